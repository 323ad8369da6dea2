#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the Windows access model against the AccessCheck() of Wine, on random descriptors and masks, for the one token
that Wine has and for restricted ones.

    wine-access.py VERDICT CASES SEED PROGRAM [ARGUMENT...]

VERDICT is the program tests/judges/windows-verdict, SEED a number or "-", and PROGRAM starts the program of
tests/judges/wine-access.c. DEVIATIONS says where Wine is known to differ from [MS-DTYP]: how it reads a case, in words
of another case, and what it then makes of the right answer to that."""

import collections
import subprocess
import sys

import descriptors
from descriptors import ALLOW, MAXIMUM_ALLOWED, OWNER_RIGHTS, SYSTEM_SECURITY, Entry

CHUNK = 2000
# Ours, and with these groups for deny entries alone.
TOKENS = [[], ["S-1-5-32-544"], ["S-1-5-11", "S-1-5-32-545"], ["S-1-1-0"]]
STRANGERS = ["S-1-5-21-1-2-3-1001", "S-1-5-17", "S-1-5-32-568", "S-1-3-0", "S-1-3-4", "S-1-5-18"]
NOBODY = "S-1-0-0"
STANDARD = 0x1F0000
# A bit that no right has.
SPARE = 0x200

# token: the SIDs of it, as tests/support/sd-text.h has them, and for Wine its number.
Case = collections.namedtuple("Case", "sd number token want")


def random_case(dice, judge):
    """With an owner always: without one AccessCheck() refuses to answer, on Windows too."""
    number = dice.randrange(len(TOKENS))
    sd = descriptors.random_descriptor(dice, judge.trustees)
    return Case(sd._replace(owner=sd.owner or STRANGERS[0]), number, judge.tokens[number],
                descriptors.random_want(dice))


# ---- The two --------------------------------------------------------------------------------------------------------

class Judge:
    def __init__(self, model, command):
        self.model = model
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.tokens = [tuple(line.split(",")) for line in self.ask([" ".join(["token"] + sids) for sids in TOKENS])]
        for token, sids in zip(self.tokens, TOKENS):
            assert set(sids) == {sid[1:] for sid in token if sid.startswith("!")}, token
        self.trustees = [sid for sid in self.tokens[0] if not sid.startswith("@")] + STRANGERS

    def ask(self, questions):
        self.process.stdin.write("".join(line + "\n" for line in questions) + "end\n")
        self.process.stdin.flush()
        return [self.process.stdout.readline().strip() for _ in questions]

    def ask_wine(self, cases):
        """The masks that are granted; None: denied."""
        answers = []
        for line in self.ask([f"judge {case.number} {bytes_of(case)} {case.want:x}" for case in cases]):
            granted, mask = line.split()
            assert granted in "01", line
            answers.append(int(mask, 16) if granted == "1" else None)
        return answers

    def ask_us(self, cases):
        return self.model.ask_verdicts([
            ("judge", bytes_of(case), ",".join(case.token), f"{case.want:x}") for case in cases])


def bytes_of(case):
    return descriptors.descriptor_bytes(case.sd, group="S-1-5-18").hex()


# ---- Where Wine differs ---------------------------------------------------------------------------------------------

def with_dacl(case, function):
    if descriptors.has_no_list(case.sd):
        return case
    return case._replace(sd=case.sd._replace(dacl=function(case.sd.dacl)))


def no_owner_rights(case):
    return with_dacl(case, lambda dacl: [entry for entry in dacl if entry.sid != OWNER_RIGHTS])


def no_deny_only(case):
    return case._replace(token=tuple(sid for sid in case.token if not sid.startswith("!")))


def owner_has_standard_rights(case):
    if case.sd.owner not in case.token:
        return case
    first = Entry(ALLOW, 0, STANDARD, case.token[0])
    return with_dacl(case._replace(sd=case.sd._replace(owner=NOBODY)), lambda dacl: [first] + dacl)


def is_maximum(case):
    return case.want & MAXIMUM_ALLOWED != 0


def sorted_denies(dacl):
    return sorted(dacl, key=lambda entry: entry.kind == ALLOW)


def denies_first(case):
    return with_dacl(case, sorted_denies) if is_maximum(case) else case


def matches(case, entry):
    return entry.sid in case.token and not entry.flags & descriptors.INHERIT_ONLY


def denies_first_until_all_is_granted(case):
    if is_maximum(case) or descriptors.has_no_list(case.sd):
        return case
    granted = 0
    for i, entry in enumerate(case.sd.dacl):
        if matches(case, entry) and entry.kind == ALLOW:
            granted |= descriptors.mapped(entry.mask)
        if not case.want & ~granted:
            return with_dacl(case, lambda dacl: sorted_denies(dacl[:i + 1]))
    return with_dacl(case, sorted_denies)


def maximum_alone(case):
    """The SACL is asked for by name, where there is a DACL."""
    if not is_maximum(case) or case.want & SYSTEM_SECURITY and not descriptors.has_no_list(case.sd):
        return case
    return case._replace(want=MAXIMUM_ALLOWED)


def privileged_where_no_list(case):
    return case._replace(token=case.token + ("$security",)) if descriptors.has_no_list(case.sd) else case


def sacl_to_spare(case):
    def moved(mask):
        return mask & ~SYSTEM_SECURITY | (SPARE if mask & SYSTEM_SECURITY else 0)
    return case._replace(sd=descriptors.with_masks(case.sd, moved)) if is_maximum(case) else case


def spare_to_sacl(case, mask):
    return mask & ~SPARE | SYSTEM_SECURITY if mask and mask & SPARE else mask


# What it is, how Wine reads the case, and what it says where the answer to that is MASK.
DEVIATIONS = [
    ("entries for OWNER RIGHTS are not known", no_owner_rights, None),
    ("groups for deny entries alone do not count for these either", no_deny_only, None),
    ("owners have all standard rights and SYNCHRONIZE", owner_has_standard_rights, None),
    ("for MAXIMUM_ALLOWED, each deny comes first", denies_first, None),
    ("a deny takes what was granted before it, until all is granted", denies_first_until_all_is_granted, None),
    ("with MAXIMUM_ALLOWED, what is asked beside it need not be had", maximum_alone, None),
    ("no DACL grants the SACL too", privileged_where_no_list, None),
    ("an entry can grant the SACL", sacl_to_spare, spare_to_sacl),
]


def as_wine_reads(case):
    """The case before and after each deviation."""
    steps = [case]
    for _, read, _ in DEVIATIONS:
        steps.append(read(steps[-1]))
    return steps


def as_wine_says(steps, mask):
    for (_, _, say), case in reversed(list(zip(DEVIATIONS, steps))):
        mask = say(case, mask) if say else mask
    return mask


# ---- The trial ------------------------------------------------------------------------------------------------------

def judge_cases(judge, cases, sums):
    read = [as_wine_reads(case) for case in cases]
    right = judge.ask_us(cases)
    expected = [as_wine_says(steps, mask) for steps, mask in zip(read, judge.ask_us([steps[-1] for steps in read]))]
    for case, steps, ours, theirs, answer in zip(cases, read, right, expected, judge.ask_wine(cases)):
        causes = []
        if ours != theirs:
            masks = judge.ask_us(steps)
            causes = [row[0] for row, case_, a, b in zip(DEVIATIONS, steps, masks, masks[1:])
                      if (row[2](case_, b) if row[2] else b) != a]
        failure = None
        if answer != theirs:
            failure = "one grants" if None in (answer, theirs) else "other rights"
        sums.count(case, ours is not None, causes, failure)


def smaller(case):
    for sd in descriptors.smaller_descriptors(case.sd):
        if sd.owner:
            yield case._replace(sd=sd)
    for want in descriptors.smaller_masks(case.want):
        yield case._replace(want=want)


def trial(judge, cause):
    known = {row[0]: row for row in DEVIATIONS}.get(cause)

    def is_still(case):
        theirs = judge.ask_wine([case])[0]
        if known:
            _, read, say = known
            right, mask = judge.ask_us([case, read(case)])
            mask = say(case, mask) if say else mask
            return right != mask and theirs == mask
        steps = as_wine_reads(case)
        return as_wine_says(steps, judge.ask_us([steps[-1]])[0]) != theirs

    def lines(case):
        yield f"{descriptors.shown(case.sd)}, token {case.number}, want {case.want:#x}"
        yield (f"errno13: {descriptors.answer(judge.ask_us([case])[0])},"
               f" Wine: {descriptors.answer(judge.ask_wine([case])[0])}")

    return is_still, smaller, lines


def main():
    model, n_cases, dice = descriptors.arguments()
    judge = Judge(model, sys.argv[4:])
    for number, token in enumerate(judge.tokens):
        print(f"token {number}: {','.join(token)}")
    sums = descriptors.Sums()
    for start in range(0, n_cases, CHUNK):
        judge_cases(judge, [random_case(dice, judge) for _ in range(min(CHUNK, n_cases - start))], sums)
    return not sums.report(lambda cause: trial(judge, cause))


sys.exit(main())
