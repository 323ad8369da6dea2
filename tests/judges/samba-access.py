#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the Windows access model against Samba's access_check(), on random descriptors, tokens and masks.

    samba-access.py VERDICT [CASES [SEED]]

VERDICT is the program tests/judges/windows-verdict. The bytes of the descriptors are made here, so that neither side
wrote what it reads. Where Samba is known to differ from [MS-DTYP], the table DEVIATIONS says how, and the rest of the
answer is still compared. Needs Debian's python3-samba, which serves the system's own Python alone."""

import collections
import random
import struct
import subprocess
import sys

from samba import NTSTATUSError
from samba.dcerpc import security
from samba.ndr import ndr_unpack
from samba.security import access_check

CHUNK = 20000
MAXIMUM_ALLOWED = 0x2000000
SYSTEM_SECURITY = 0x1000000
ALLOW, DENY = 0, 1
GENERIC = {0x10000000: 0x1F01FF, 0x20000000: 0x1200A0, 0x40000000: 0x120116, 0x80000000: 0x120089}

MARIA = "S-1-5-21-1-2-3-1000"
TRUSTEES = [MARIA, "S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1100", "S-1-1-0", "S-1-5-11", "S-1-5-32-545",
            "S-1-5-32-544", "S-1-5-32-568", "S-1-3-0", "S-1-3-4", "S-1-5-17", "S-1-5-10"]
GROUPS = ["S-1-5-21-1-2-3-1100", "S-1-1-0", "S-1-5-11", "S-1-5-32-545", "S-1-5-32-544", "S-1-5-32-568"]
MASKS = [0x1F01FF, 0x1301BF, 0x1200A9, 0x120089, 0x120116, 0x100116, 0x20000, 0x40000, 0x60000, 0x80000, 0x10000,
         0x1, 0x2, 0x20, 0x40, 0x80, 0x1000003]

# dacl: None, or a list of (type, flags, mask, trustee).
Case = collections.namedtuple("Case", "owner dacl present groups privileges want")


# ---- Descriptors ----------------------------------------------------------------------------------------------------

def sid_bytes(text):
    numbers = [int(word) for word in text.split("-")[2:]]
    return struct.pack(">BBHI", 1, len(numbers) - 1, 0, numbers[0]) + struct.pack(f"<{len(numbers) - 1}I", *numbers[1:])


SID_BYTES = {text: sid_bytes(text) for text in TRUSTEES + GROUPS}


def descriptor_bytes(case):
    owner = SID_BYTES[case.owner] if case.owner else b""
    dacl = b""
    if case.dacl is not None:
        entries = b"".join(struct.pack("<BBHI", kind, flags, 8 + len(SID_BYTES[sid]), mask) + SID_BYTES[sid]
                           for kind, flags, mask, sid in case.dacl)
        dacl = struct.pack("<BBHHH", 2, 0, 8 + len(entries), len(case.dacl), 0) + entries
    control = 0x8000 | (4 if case.present else 0)
    return struct.pack("<BBHIIII", 1, 0, control, 20 if owner else 0, 0, 0,
                       20 + len(owner) if dacl else 0) + owner + dacl


def random_mask(dice):
    if dice.random() < 0.5:
        return dice.choice(MASKS)
    mask = dice.getrandbits(21) & 0x1F01FF
    return mask | dice.choice(list(GENERIC)) if dice.random() < 0.1 else mask


def random_case(dice):
    shape = dice.random()
    dacl = [(DENY if dice.random() < 0.3 else ALLOW, dice.getrandbits(5) if dice.random() < 0.4 else 0,
             random_mask(dice), dice.choice(TRUSTEES)) for _ in range(dice.randint(0, 6))]
    groups = tuple(sid for sid in GROUPS if dice.random() < 0.5)
    privileges = tuple(name for name in ("security", "owner") if dice.random() < 0.1)
    want = random_mask(dice) & 0x11F01FF or 1
    if dice.random() < 0.3:
        want = MAXIMUM_ALLOWED | (want if dice.random() < 0.2 else 0)
    return Case(dice.choice(TRUSTEES) if shape > 0.05 else None, dacl if dice.random() > 0.02 else None,
                dice.random() > 0.02, groups, privileges, want)


# ---- The two ----------------------------------------------------------------------------------------------------------

def ask_us(verdict, cases):
    """The masks that are granted; None: denied."""
    lines = []
    for case in cases:
        token = ",".join((MARIA,) + case.groups + ("@12288",) + tuple("$" + name for name in case.privileges))
        lines.append(f"{descriptor_bytes(case).hex()}\t{token}\t{case.want:x}\n")
    output = subprocess.run([verdict], input="".join(lines), stdout=subprocess.PIPE, text=True, check=True).stdout
    answers = []
    for line in output.splitlines():
        granted, mask, unsure = line.split()
        assert unsure == "0", line
        answers.append(int(mask, 16) if granted == "1" else None)
    assert len(answers) == len(cases)
    return answers


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
    descriptor = ndr_unpack(security.descriptor, descriptor_bytes(case))
    try:
        return access_check(descriptor, token_of(case), case.want)
    except NTSTATUSError:
        return None


# ---- Where Samba differs from [MS-DTYP] ------------------------------------------------------------------------------

def has_generic(case):
    return any(entry[2] & 0xF0000000 for entry in case.dacl or [])


def mapped(mask):
    for bit, meaning in GENERIC.items():
        if mask & bit:
            mask = mask & ~bit | meaning
    return mask


def map_generic(case):
    return case._replace(dacl=[(kind, flags, mapped(mask), sid) for kind, flags, mask, sid in case.dacl])


def has_no_list(case):
    return case.dacl is None or not case.present


def all_rights_for_everyone(case):
    everyone = "S-1-1-0"
    groups = case.groups if everyone in case.groups else case.groups + (everyone,)
    return case._replace(dacl=[(ALLOW, 0, 0x1F01FF, everyone)], present=True, groups=groups)


def gives_the_sacl(case):
    return any(entry[2] & SYSTEM_SECURITY for entry in case.dacl or [])


def without_the_sacl(case):
    return case._replace(dacl=[(kind, flags, mask & ~SYSTEM_SECURITY, sid) for kind, flags, mask, sid in case.dacl])


# What Samba gets wrong, when, and a case that means the same and that it gets right.
DEVIATIONS = [
    ("no DACL is taken for one that grants nothing", has_no_list, all_rights_for_everyone),
    ("generic bits of an entry are not mapped", has_generic, map_generic),
    ("an entry can grant the SACL", gives_the_sacl, without_the_sacl),
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
    answer = ask_samba(case)
    if answer == 0:
        causes.append("the most that there is, which is nothing, is granted")
        answer = None
    return answer, causes


# ---- The trial ------------------------------------------------------------------------------------------------------

def smaller(case):
    for i in range(len(case.dacl or [])):
        yield case._replace(dacl=case.dacl[:i] + case.dacl[i + 1:])
    for i in range(len(case.groups)):
        yield case._replace(groups=case.groups[:i] + case.groups[i + 1:])
    for i in range(len(case.privileges)):
        yield case._replace(privileges=case.privileges[:i] + case.privileges[i + 1:])
    for i, (kind, flags, mask, sid) in enumerate(case.dacl or []):
        for less in [(0, mask)] * (flags != 0) + [(flags, mask & ~(1 << bit)) for bit in range(32) if mask & 1 << bit]:
            yield case._replace(dacl=case.dacl[:i] + [(kind, *less, sid)] + case.dacl[i + 1:])
    for bit in range(26):
        if case.want & 1 << bit and case.want != 1 << bit:
            yield case._replace(want=case.want & ~(1 << bit))


def minimal(case, is_still):
    """The smallest case that one gets to by leaving out one thing after the other."""
    while True:
        for candidate in smaller(case):
            if is_still(candidate):
                case = candidate
                break
        else:
            return case


def shown(case):
    token = ",".join((MARIA,) + case.groups + case.privileges)
    dacl = "none" if has_no_list(case) else "".join(
        f"({'AD'[kind]};{flags:#x};{mask:#x};;;{sid})" for kind, flags, mask, sid in case.dacl)
    return f"owner {case.owner}, DACL {dacl}, token {token}, want {case.want:#x}"


def answer(mask):
    return "denied" if mask is None else f"{mask:#x}"


def report(name, number, case, is_still, verdict):
    small = minimal(case, is_still)
    print(f"  {number:8} {name}")
    print(f"           {shown(small)}")
    print(f"           errno13: {answer(ask_us(verdict, [small])[0])}, Samba: {answer(ask_samba(small))}")


def main():
    verdict = sys.argv[1]
    n_cases = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.SystemRandom().getrandbits(32)
    dice = random.Random(seed)
    counts, examples = collections.Counter(), {}
    n_granted = n_wrong = 0

    print(f"{n_cases} cases, seed {seed}", flush=True)
    for start in range(0, n_cases, CHUNK):
        cases = [random_case(dice) for _ in range(min(CHUNK, n_cases - start))]
        for case, ours in zip(cases, ask_us(verdict, cases)):
            theirs, causes = samba_says(case)
            n_granted += ours is not None
            if ours != theirs:
                n_wrong += 1
                causes = ["unexplained: one grants" if None in (ours, theirs) else "unexplained: other rights"]
            for cause in causes:
                counts[cause] += 1
                examples.setdefault(cause, case)

    print(f"{n_cases - n_wrong} agree ({n_granted} of all are granted), {n_wrong} do not")
    for cause, number in counts.most_common():
        if cause.startswith("unexplained"):
            def is_still(case):
                return ask_us(verdict, [case])[0] != samba_says(case)[0]
        else:
            def is_still(case, cause=cause):
                return cause in samba_says(case)[1]
        report(cause, number, examples[cause], is_still, verdict)
    return n_wrong > 0 or n_granted == 0 or n_granted == n_cases


sys.exit(main())
