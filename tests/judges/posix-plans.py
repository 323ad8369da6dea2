# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# posix-plans.py ERRNO13 ROUNDS SEED: real processes judge what `fix` made of random trees, for random profiles.
#
# Of each tree, on each file system in turn:
# - after `fix`, who was granted something has all that the profile asks for, or the report says what was left and why;
# - nobody else, of eight accounts, has gained a right, and lost one only where the plan said so ("also-loses");
# - the script of `fix --format=sh`, run by a shell on the same tree, leaves the same state;
# - `undo` gives back owner, group, mode, ACLs and capabilities to the byte.
# ROUNDS is how many trees a file system; 0 goes on until somebody interrupts it.

import base64
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import posix_disks
import posix_people as people
from posix_tree import Tree

GRANTED = [(4033, 4033), (4033, 100), (4033, 4033, 9), (4036, 4036)]
# Owners, members of the owning group, of named groups, a user with an entry who is in the owning group, one in none, root without its powers.
OTHERS = [(4000, 4100), (4000, 5), (4034, 4034), (4034, 4034, 4100, 7), (4035, 9), (4035, 7, 100), (4099, 4100), (4101, 4101), (0, 0)]
LEVELS = {"none": (0, 0), "traverse": (people.X, 0), "read": (people.R | people.X, people.R), "run": (people.R | people.X, people.R | people.X),
          "write": (7, people.R | people.W)}
N_OBJECTS = 70


def letters(number):
    return "".join(letter if number & right else "-" for right, letter in ((people.R, "r"), (people.W, "w"), (people.X, "x")))


def to_number(text):
    return sum(right for right, letter in ((people.R, "r"), (people.W, "w"), (people.X, "x")) if letter in text)


class Needs:
    """A random profile, and what it asks for of a path, by rules of our own: the last section that matches decides."""

    def __init__(self, chance, tree):
        self.sections = [(None, chance.choice(["read", "read", "run", "write", "traverse"]))]
        plain = [thing for thing in tree.things[1:] if re.fullmatch(rb"[0-9/]+", thing.path)]
        for thing in chance.sample(plain, min(5, len(plain))):
            self.sections.append((thing, chance.choice(["none", "read", "run", "write", "write", "traverse"])))

    def text(self):
        lines = ["[Profile]", "Name=Random", "Source=none"]
        for whose, level in self.sections:
            pattern = "**" if whose is None else whose.path.decode() + ("/**" if whose.is_directory else "")
            lines += ["[%s]" % pattern, "App=" + level, "Server=none"]
        return "\n".join(lines) + "\n"

    def of(self, thing):
        level = "none"
        for whose, of_section in self.sections:
            if whose in (None, thing) or thing.path.startswith(whose.path + b"/"):
                level = of_section
        return LEVELS[level][0 if thing.is_directory else 1]


class Judge:
    def __init__(self, errno13, seed, stage):
        self.errno13, self.seed, self.stage = errno13, seed, stage
        self.counts = collections.Counter()
        self.wrong = []
        self.place = ""

    def complain(self, what, *values):
        self.wrong.append(self.place + ": " + what % values)

    def run(self, words, *statuses):
        environment = dict(os.environ, XDG_STATE_HOME=self.stage)
        result = subprocess.run(words, capture_output=True, check=False, env=environment)
        if result.returncode not in statuses:
            self.complain("%s: status %d: %s", " ".join(words), result.returncode, result.stderr.decode(errors="replace"))
        return result.stdout

    def path_of(self, line, tree):
        path = base64.b64decode(line["path_base64"]) if "path_base64" in line else os.fsencode(line["path"])
        return path[len(os.path.realpath(tree.root)) + 1:]

    def judge_granted(self, tree, granted, needs, after, left):
        for thing, (works, together) in zip(tree.things, after):
            wants = needs.of(thing)
            if wants == 0 or wants in together:
                self.counts["requirements"] += wants != 0
            elif thing.path in left:
                self.counts["left"] += 1
                if left[thing.path] is not None and left[thing.path] & wants & ~works:
                    self.complain("of %r the report says %s is there, and %s is", thing.path, letters(left[thing.path]), letters(works))
            else:
                self.complain("%s needs %s of %r, has %s, and nothing is said", granted.label, letters(wants), thing.path, letters(works))

    def judge_others(self, tree, person, before, after, announced):
        for thing, (had, _), (has, _) in zip(tree.things, before, after):
            self.counts["others"] += 3
            if has & ~had:
                self.complain("%s gains %s of %r", person.label, letters(has & ~had), thing.path)
            if had & ~has and not any(person.uid == number if kind == "user" else number in (person.gid,) + person.groups
                                      for kind, number, rights in announced.get(thing.path, []) if had & ~has & ~rights == 0):
                self.complain("%s loses %s of %r, and the plan does not say so", person.label, letters(had & ~has), thing.path)
            self.counts["announced losses"] += (had & ~has) != 0

    def judge_tree(self, kind, place, number):
        seed = "%s-%d" % (self.seed, number)
        self.place = "E13_SEED=%s tree %d on %s" % (self.seed, number, kind)

        def make(root):
            return Tree(random.Random(seed), root, N_OBJECTS, with_capabilities=True)

        chance = random.Random(seed + "-profile")
        tree = posix_disks.make_tree(kind, place, make, number)
        needs = Needs(chance, tree)
        granted = people.Person(*chance.choice(GRANTED))
        profile = os.path.join(self.stage, "random.profile")
        with open(profile, "w", encoding="ascii") as out:
            out.write(needs.text())
        site = os.fsdecode(tree.root)
        options = ["--foreign", granted.words(), "--profile=" + profile] + chance.choice([[], ["--inherit"]])

        old = tree.state()
        others = [people.Person(*numbers) for numbers in OTHERS if numbers[0] != granted.uid]
        before = [people.rights_of(person, tree) for person in others]
        told = self.run([self.errno13, "fix", "--each", "--format=json"] + options + [site], 0, 1)
        announced, left = {}, {}
        for line in (json.loads(text) for text in told.splitlines()):
            if line["type"] == "change":
                self.counts["changes"] += 1
                if line["outcome"] not in ("done",):
                    self.complain("%r: %s: %s", line["path"], line["outcome"], line["reason"])
                announced[self.path_of(line, tree)] = [
                    (which, int(who), to_number(what)) for note in line["notes"]
                    for which, who, what in re.findall(r"^also-loses: by the ACL: (user|group) (\d+) loses ([r-][w-][x-])", note)]
            elif line["type"] == "finding" and line["stage"] == "after":
                left[self.path_of(line, tree)] = to_number(line["has"]) if line["has"] is not None else None
        self.judge_granted(tree, granted, needs, people.rights_of(granted, tree), left)
        for person, had in zip(others, before):
            self.judge_others(tree, person, had, people.rights_of(person, tree), announced)
        fixed = tree.state()

        self.run([self.errno13, "undo", site], 0)
        self.compare_states(old, tree.state(), "undo leaves")
        self.counts["undone"] += 1

        # Written now: it knows each object by its change time.
        script = self.run([self.errno13, "fix", "--format=sh"] + options + [site], 0, 1)
        path = os.path.join(self.stage, "script")
        with open(path, "wb") as out:
            out.write(script)
        self.run(["sh", path], 0)
        self.compare_states(fixed, tree.state(), "the script leaves")
        self.counts["scripts"] += 1
        self.counts[kind] += 1
        posix_disks.forget_tree(kind, place, tree)

    def compare_states(self, expected, found, what):
        for path, state in expected.items():
            if found[path] != state:
                self.complain("%s %r as\n  %r\nwhere it should be\n  %r", what, path, found[path], state)


def main():
    errno13, rounds, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if seed == "-":
        seed = str(random.SystemRandom().randrange(1 << 32))
    people.allow_many_descriptors()
    os.umask(0o022)
    print("E13_SEED=%s" % seed, flush=True)
    with tempfile.TemporaryDirectory() as stage:
        os.chmod(stage, 0o755)
        judge = Judge(errno13, seed, stage)
        places, missing = posix_disks.mount_all(stage)
        for kind, why_not in missing.items():
            print("not on %s: %s" % (kind, why_not))
        number = 0
        try:
            while places and not judge.wrong and (rounds == 0 or number < rounds * len(places)):
                for kind, place in places.items():
                    judge.judge_tree(kind, place, number)
                    number += 1
                if rounds == 0:
                    print(dict(judge.counts), flush=True)
        except KeyboardInterrupt:
            pass
        finally:
            posix_disks.unmount_all(stage)
    for sentence in judge.wrong[:40]:
        print(sentence)
    counts = judge.counts
    print("%d changes, %d undone to the byte, %d scripts; %d requirements hold, %d were left and said; %d rights of others compared, "
          "%d losses announced; trees: %s" % (
              counts["changes"], counts["undone"], counts["scripts"], counts["requirements"], counts["left"], counts["others"],
              counts["announced losses"], ", ".join("%d on %s" % (counts[kind], kind) for kind in places)))
    sys.exit(1 if judge.wrong or not places else 0)


if __name__ == "__main__":
    main()
