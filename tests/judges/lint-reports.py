# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds errno13 lint against what IIS has answered: tests/data/iis/reports, and against sites that nothing is wrong with.

usage: lint-reports.py ERRNO13 DATA     (TAP on standard output)
"""

import json
import os
import subprocess
import sys


def read_expected(folder):
    expected = {"server": "full.config", "place": "Default Web Site", "finding": [], "may": [], "todo": None}
    path = os.path.join(folder, "expect")
    for line in open(path, encoding="utf-8").read().splitlines() if os.path.exists(path) else []:
        if line.startswith("# todo "):
            line = line[2:]
        word, _, rest = line.partition(" ")
        if word in ("finding", "may"):
            expected[word].append(rest.split(" "))
        elif word in ("server", "place", "todo"):
            expected[word] = rest
    return expected


def part_of(folder, half, name):
    """NAME in the half of the pair, or in the pair."""
    for place in (os.path.join(folder, half, name), os.path.join(folder, name)):
        if os.path.exists(place):
            return place
    return None


def lint(program, data, folder, half, expected):
    """What is found, as (rule, status, HRESULT, file:line, certainty)."""
    site = part_of(folder, half, "site")
    server = part_of(folder, half, "applicationHost.config") or os.path.join(data, expected["server"])
    command = [program, "lint", "--format=json", "--site", expected["place"], "--apphost", server] + ([site] if site else [])
    machine = part_of(folder, half, "machine")
    if machine:
        command += ["--machine", machine]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1) or run.stderr:
        return [("trouble", str(run.returncode), "-", run.stderr.strip(), "-")]
    found = []
    for line in map(json.loads, run.stdout.splitlines()):
        if line["type"] == "finding":
            name = line["file"] or ""
            name = "site" + name[len(site):] if site and name.startswith(site) else os.path.basename(name)
            found.append((line["rule"], line["status"], line["hresult"] or "-", "%s:%s" % (name, line["line"] or 0),
                          line["certainty"]))
    return found


def fits(pattern, value):
    return pattern in ("*", value) or (pattern.endswith(":*") and value.startswith(pattern[:-1]))


def disagreements(found, wanted, may):
    missing = list(wanted)
    extra = []
    for one in found:
        hit = next((w for w in missing if all(map(fits, w, one))), None)
        if hit:
            missing.remove(hit)
        elif not any(fits(m[0], one[1]) and fits(m[1], one[2]) for m in may):
            extra.append(one)
    return ["missing: " + " ".join(w) for w in missing] + ["not expected: " + " ".join(e) for e in extra]


def main():
    program, data = sys.argv[1:]
    n = 0
    failed = 0
    for kind, halves in (("reports", ("broken", "cured")), ("healthy", (".",))):
        for name in sorted(os.listdir(os.path.join(data, kind))):
            folder = os.path.join(data, kind, name)
            if not os.path.isdir(folder):
                continue
            expected = read_expected(folder)
            for half in halves:
                is_broken = half == "broken"
                wrong = disagreements(lint(program, data, folder, half, expected), expected["finding"] if is_broken else [],
                                      expected["may"] if is_broken else [])
                n += 1
                todo = " # TODO " + expected["todo"] if expected["todo"] and half != "cured" else ""
                failed += bool(wrong) and not todo
                print("%sok %d - %s/%s %s%s" % ("not " if wrong else "", n, kind, name, half, todo))
                for line in wrong:
                    print("#    " + line)
    print("1..%d" % n)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
