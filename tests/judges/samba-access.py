#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the Windows access model against Samba's access_check(), on random descriptors, tokens and masks.

    samba-access.py VERDICT CASES SEED

VERDICT is the program tests/judges/windows-verdict, SEED a number or "-". Where Samba is known to differ from
[MS-DTYP], the table DEVIATIONS says how, and the rest of the answer is still compared. Needs Debian's python3-samba,
which serves the system's own Python alone."""

import collections
import sys

from samba import NTSTATUSError
from samba.dcerpc import security
from samba.ndr import ndr_unpack
from samba.security import access_check

import descriptors
from descriptors import EVERYONE, GENERIC, SYSTEM_SECURITY, Entry

CHUNK = 20000

MARIA = "S-1-5-21-1-2-3-1000"
TRUSTEES = [MARIA, "S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1100", "S-1-1-0", "S-1-5-11", "S-1-5-32-545",
            "S-1-5-32-544", "S-1-5-32-568", "S-1-3-0", "S-1-3-4", "S-1-5-17", "S-1-5-10"]
GROUPS = ["S-1-5-21-1-2-3-1100", "S-1-1-0", "S-1-5-11", "S-1-5-32-545", "S-1-5-32-544", "S-1-5-32-568"]
NOTHING_IS_GRANTED = "the most that there is, which is nothing, is granted"

Case = collections.namedtuple("Case", "sd groups privileges want")


def random_case(dice):
    return Case(descriptors.random_descriptor(dice, TRUSTEES), tuple(sid for sid in GROUPS if dice.random() < 0.5),
                tuple(name for name in ("security", "owner") if dice.random() < 0.1), descriptors.random_want(dice))


# ---- The two --------------------------------------------------------------------------------------------------------

def ask_us(model, cases):
    return model.ask_verdicts([
        ("judge", descriptors.descriptor_bytes(case.sd).hex(),
         ",".join((MARIA,) + case.groups + ("@12288",) + tuple("$" + name for name in case.privileges)),
         f"{case.want:x}") for case in cases])


TOKENS = {}


def token_of(case):
    key = (case.groups, case.privileges)
    if key not in TOKENS:
        token = security.token()
        sids = [security.dom_sid(sid) for sid in (MARIA,) + case.groups]
        token.sids = sids
        token.num_sids = len(sids)
        for name in case.privileges:
            token.set_privilege({"security": security.SEC_PRIV_SECURITY,
                                 "owner": security.SEC_PRIV_TAKE_OWNERSHIP}[name])
        TOKENS[key] = token
    return TOKENS[key]


def ask_samba(case):
    descriptor = ndr_unpack(security.descriptor, descriptors.descriptor_bytes(case.sd))
    try:
        return access_check(descriptor, token_of(case), case.want)
    except NTSTATUSError:
        return None


# ---- Where Samba differs from [MS-DTYP] -----------------------------------------------------------------------------

def has_bits(case, bits):
    return any(entry.mask & bits for entry in case.sd.dacl or [])


def with_masks(case, function):
    return case._replace(sd=descriptors.with_masks(case.sd, function))


def all_rights_for_everyone(case):
    groups = case.groups if EVERYONE in case.groups else case.groups + (EVERYONE,)
    dacl = [Entry(descriptors.ALLOW, 0, 0x1F01FF, EVERYONE)]
    return case._replace(sd=case.sd._replace(dacl=dacl, present=True), groups=groups)


# What Samba gets wrong, when, and a case that means the same and that it gets right.
DEVIATIONS = [
    ("no DACL is taken for one that grants nothing",
     lambda case: descriptors.has_no_list(case.sd), all_rights_for_everyone),
    ("generic bits of an entry are not mapped",
     lambda case: has_bits(case, sum(GENERIC)), lambda case: with_masks(case, descriptors.mapped)),
    ("an entry can grant the SACL",
     lambda case: has_bits(case, SYSTEM_SECURITY), lambda case: with_masks(case, lambda mask: mask & ~SYSTEM_SECURITY)),
]


def samba_says(case):
    """Samba's answer, put right, and the deviations that it took."""
    causes = []
    for name, applies, same_but_right in DEVIATIONS:
        if applies(case):
            before = ask_samba(case)
            case = same_but_right(case)
            if ask_samba(case) != before:
                causes.append(name)
    granted = ask_samba(case)
    if granted == 0:
        causes.append(NOTHING_IS_GRANTED)
        granted = None
    return granted, causes


# ---- The trial ------------------------------------------------------------------------------------------------------

def smaller(case):
    for sd in descriptors.smaller_descriptors(case.sd):
        yield case._replace(sd=sd)
    for i in range(len(case.groups)):
        yield case._replace(groups=descriptors.without(case.groups, i))
    for i in range(len(case.privileges)):
        yield case._replace(privileges=descriptors.without(case.privileges, i))
    for want in descriptors.smaller_masks(case.want):
        yield case._replace(want=want)


def trial(model, cause):
    is_known = cause in [row[0] for row in DEVIATIONS] + [NOTHING_IS_GRANTED]

    def is_still(case):
        granted, causes = samba_says(case)
        return cause in causes if is_known else ask_us(model, [case])[0] != granted

    def lines(case):
        yield (f"{descriptors.shown(case.sd)}, token {','.join((MARIA,) + case.groups + case.privileges)},"
               f" want {case.want:#x}")
        yield (f"errno13: {descriptors.answer(ask_us(model, [case])[0])},"
               f" Samba: {descriptors.answer(ask_samba(case))}")

    return is_still, smaller, lines


def main():
    model, n_cases, dice = descriptors.arguments()
    sums = descriptors.Sums()
    for start in range(0, n_cases, CHUNK):
        cases = [random_case(dice) for _ in range(min(CHUNK, n_cases - start))]
        for case, ours in zip(cases, ask_us(model, cases)):
            theirs, causes = samba_says(case)
            failure = None
            if ours != theirs:
                failure = "one grants" if None in (ours, theirs) else "other rights"
            sums.count(case, ours is not None, causes, failure)
    return not sums.report(lambda cause: trial(model, cause))


sys.exit(main())
