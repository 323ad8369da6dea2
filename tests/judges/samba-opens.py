#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the Windows access model against a real smbd: what real users can open, and what their new files and
directories inherit.

    samba-opens.py VERDICT CASES SEED

VERDICT is the program tests/judges/windows-verdict, SEED a number or "-". CASES are the opens; there is a child for
each ten of them. To be run by samba-opens.test, in namespaces of its own. DEVIATIONS says where Samba is known to
differ from [MS-DTYP] and [MS-FSA]: how it reads a case, in words of another case. Its answer must then be the right
one to that."""

import collections
import os
import sys

from samba import NTSTATUSError, ntstatus

import descriptors
import samba_server
from descriptors import (ALLOW, CREATOR_GROUP, CREATOR_OWNER, EVERYONE, GENERIC, MAXIMUM_ALLOWED, Descriptor, Entry)

CHUNK = 2000
FILE_OPEN, FILE_CREATE = 1, 2
FILE_DIRECTORY, FILE_NO_DIRECTORY = 0x1, 0x40
SHARE_ALL = 7
LIST, TRAVERSE, DELETE_CHILD, READ_ATTRIBUTES = 0x1, 0x20, 0x40, 0x80
DELETE, READ_CONTROL, FULL = 0x10000, 0x20000, 0x1F01FF
PRIVILEGES = {"SeSecurityPrivilege": "$security", "SeTakeOwnershipPrivilege": "$owner"}
DENIED = {ntstatus.NT_STATUS_ACCESS_DENIED, ntstatus.NT_STATUS_PRIVILEGE_NOT_HELD}
DIRECTORY = f"{samba_server.SHARE}/d"

# token: as tests/support/sd-text.h has it, in parts. kind: "file" or "directory". parent: of the directory around it.
Open = collections.namedtuple("Open", "user token kind parent sd want")
Child = collections.namedtuple("Child", "user kind parent")


def trustees(server):
    some = {sid for sids in server.sids.values() for sid in sids}
    return sorted(some) + [CREATOR_OWNER, CREATOR_GROUP, descriptors.OWNER_RIGHTS, "S-1-5-32-544", "S-1-5-17",
                           "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415"]


def random_user_and_kind(dice):
    return dice.choice(list(samba_server.USERS)), dice.choice(["file", "directory"])


def random_open(dice, sids, tokens):
    user, kind = random_user_and_kind(dice)
    return Open(user, tokens[user], kind, descriptors.random_descriptor(dice, sids, most=4),
                descriptors.random_descriptor(dice, sids),
                DELETE if dice.random() < 0.1 else descriptors.random_want(dice))


def random_child(dice, sids):
    """In a directory where everybody may make it."""
    user, kind = random_user_and_kind(dice)
    first = Entry(ALLOW, 0, FULL, EVERYONE)
    return Child(user, kind, Descriptor("S-1-5-32-544", [first] + descriptors.random_dacl(dice, sids, flagged=0.9)))


# ---- Where Samba differs --------------------------------------------------------------------------------------------

def both(case, function):
    return case._replace(parent=function(case.parent), sd=function(case.sd))


def is_absent(descriptor):
    return descriptor.dacl is None and not descriptor.present


def nothing_where_absent(case):
    """Not even what a privilege gives."""
    if is_absent(case.parent):
        case = case._replace(parent=Descriptor(None, []))
    if is_absent(case.sd):
        case = case._replace(sd=Descriptor(None, []), token=[sid for sid in case.token if not sid.startswith("$")])
    return case


def present(descriptor):
    return descriptor._replace(present=True)


def without_bits(bits):
    return lambda descriptor: descriptors.with_masks(descriptor, lambda mask: mask & ~bits)


def only_what_is_named(case):
    """With MAXIMUM_ALLOWED, neither side asks the directory for DELETE; without it, ours would."""
    if not case.want & MAXIMUM_ALLOWED:
        return case
    if is_absent(case.sd) and case.sd.owner in case.token:
        # What owners may always do is named too, and then nothing is granted.
        return case._replace(want=case.want & ~MAXIMUM_ALLOWED | READ_CONTROL)
    return case._replace(want=case.want & ~MAXIMUM_ALLOWED, parent=Descriptor(None, []))


def listable_by_all(case):
    dacl = [Entry(ALLOW, 0, LIST, EVERYONE)] + (case.parent.dacl or [])
    return case if descriptors.has_no_list(case.parent) else case._replace(parent=case.parent._replace(dacl=dacl))


DEVIATIONS = [
    ("MAXIMUM_ALLOWED is granted where there is nothing", only_what_is_named),
    ("no DACL, and none said to be there, grants nothing", nothing_where_absent),
    ("a DACL counts that is not said to be there", lambda case: both(case, present)),
    ("generic bits of an entry are not mapped", lambda case: both(case, without_bits(sum(GENERIC)))),
    ("READ_ATTRIBUTES needs nothing of the directory", listable_by_all),
]


def without_owner_rights(descriptor):
    if descriptor.dacl is None:
        return descriptor
    return descriptor._replace(dacl=[entry for entry in descriptor.dacl if entry.sid != descriptors.OWNER_RIGHTS])


# What we want to have met, another case, and whether the answers to the case and to that one show it.
MARKS = [
    ("decided by the directory's DELETE_CHILD",
     lambda case: case._replace(parent=without_bits(DELETE_CHILD)(case.parent)), lambda ours, other: ours != other),
    ("opened in a directory that may not be traversed",
     lambda case: case._replace(sd=case.parent, want=TRAVERSE, parent=Descriptor(None, [])),
     lambda ours, other: ours and not other),
    ("decided by who owns it", lambda case: case._replace(sd=case.sd._replace(owner=None)),
     lambda ours, other: ours != other),
    ("decided by an entry for OWNER RIGHTS", lambda case: case._replace(sd=without_owner_rights(case.sd)),
     lambda ours, other: ours != other),
]


# ---- The two: opening -----------------------------------------------------------------------------------------------

class Opens:
    def __init__(self, server, model):
        self.server, self.model = server, model
        self.connections = {user: server.connect(user) for user in samba_server.USERS}

        self.tokens = {user: server.sids[user] + ["@12288"] + [PRIVILEGES[name] for name in privileges]
                       for user, (_, _, privileges) in samba_server.USERS.items()}

    def ask_us(self, cases):
        """Is it granted?"""
        return [mask is not None for mask in self.model.ask_verdicts([
            ("inside", descriptors.descriptor_bytes(case.parent).hex(), descriptors.descriptor_bytes(case.sd).hex(),
             ",".join(case.token), f"{case.want:x}") for case in cases])]

    def ask_samba(self, case):
        is_directory = case.kind == "directory"
        samba_server.write_descriptor(DIRECTORY, case.parent)
        samba_server.write_descriptor(f"{DIRECTORY}/{case.kind}", case.sd)
        connection = self.connections[case.user]
        try:
            handle = connection.create(f"d\\{case.kind}", DesiredAccess=case.want, ShareAccess=SHARE_ALL,
                                       CreateDisposition=FILE_OPEN,
                                       CreateOptions=FILE_DIRECTORY if is_directory else FILE_NO_DIRECTORY)
        except NTSTATUSError as error:
            if error.args[0] not in DENIED:
                raise
            return False
        connection.close(handle)
        return True

    def as_samba_reads(self, case):
        """The case in Samba's eyes, and the steps there."""
        steps = []
        for name, read in DEVIATIONS:
            steps.append((name, case, read(case)))
            case = steps[-1][2]
        return case, steps

    def judge(self, cases, sums):
        read = [self.as_samba_reads(case) for case in cases]
        right = self.ask_us(cases)
        expected = self.ask_us([case for case, _ in read])
        for case, ours, theirs, (_, steps) in zip(cases, right, expected, read):
            answer = self.ask_samba(case)
            causes = [] if ours == theirs else self.causes(steps)
            sums.count(case, ours, causes, None if answer == theirs else "Samba " + ("grants" if answer else "denies"))
        for name, another, is_met in MARKS:
            others = self.ask_us([another(case) for case, _ in read])
            sums.met[name] += sum(is_met(ours, other) for ours, other in zip(expected, others))

    def causes(self, steps):
        before, after = self.ask_us([step[1] for step in steps]), self.ask_us([step[2] for step in steps])
        return [step[0] for step, a, b in zip(steps, before, after) if a != b]

    def trial(self, cause):
        known = dict(DEVIATIONS).get(cause)

        def is_still(case):
            if known:
                right, read = self.ask_us([case, known(case)])
                return right != read and self.ask_samba(case) == read
            return self.ask_us([self.as_samba_reads(case)[0]])[0] != self.ask_samba(case)

        def lines(case):
            answers = ["granted" if answer else "denied" for answer in (self.ask_us([case])[0], self.ask_samba(case))]
            yield f"{case.user} opens a {case.kind} for {case.want:#x}"
            yield f"the {case.kind}: {descriptors.shown(case.sd)}"
            yield f"its directory: {descriptors.shown(case.parent)}"
            yield f"errno13: {answers[0]}, Samba: {answers[1]}"

        return is_still, smaller_opens, lines


def smaller_opens(case):
    for sd in descriptors.smaller_descriptors(case.sd):
        yield case._replace(sd=sd)
    for parent in descriptors.smaller_descriptors(case.parent):
        yield case._replace(parent=parent)
    for want in descriptors.smaller_masks(case.want):
        yield case._replace(want=want)


# ---- The two: making ------------------------------------------------------------------------------------------------
# On set, Samba maps them; we have written past it.
GENERIC_STAYS = "generic bits of an inherited entry are not mapped"
ONCE = "an entry that comes twice is given once"


def once(entries):
    return list(dict.fromkeys(entries))


class Children:
    def __init__(self, opens):
        self.opens = opens

    def make(self, case):
        """The entries that Samba gives the child."""
        control = descriptors.AUTO_INHERIT_REQ | descriptors.AUTO_INHERITED
        samba_server.write_descriptor(DIRECTORY, case.parent, control)
        connection = self.opens.connections[case.user]
        is_directory = case.kind == "directory"
        path = f"{DIRECTORY}/child"
        connection.close(connection.create("d\\child", DesiredAccess=READ_ATTRIBUTES, ShareAccess=SHARE_ALL,
                                           CreateDisposition=FILE_CREATE,
                                           CreateOptions=FILE_DIRECTORY if is_directory else FILE_NO_DIRECTORY))
        made = samba_server.read_descriptor(path)
        (os.rmdir if is_directory else os.unlink)(path)
        if made is None:
            return []
        assert made[:2] == self.owner_and_group(case)
        return descriptors.entries_of(made[2])

    def owner_and_group(self, case):
        return tuple(self.opens.server.sids[case.user][:2])

    def ask_us(self, cases):
        return [descriptors.entries_of(bytes.fromhex(line)) for line in self.opens.model.ask([
            ("child", descriptors.descriptor_bytes(case.parent).hex(), "O:%sG:%s" % self.owner_and_group(case),
             case.kind) for case in cases])]

    def judge(self, cases, sums):
        put_right = [self.put_right(case) for case in cases]
        for case, right, ours, ours_right in zip(cases, put_right, self.ask_us(cases), self.ask_us(put_right)):
            causes = []
            if case != right and self.make(case) != ours:
                causes.append(GENERIC_STAYS)
            if once(ours) != ours:
                causes.append(ONCE)
            sums.count(case, bool(ours), causes, None if once(ours_right) == self.make(right) else "other entries")

    @staticmethod
    def put_right(case):
        return case._replace(parent=descriptors.with_masks(case.parent, descriptors.mapped))

    def trial(self, cause):
        def both(case):
            return self.ask_us([case])[0], self.make(case)

        def is_still(case):
            try:
                ours, theirs = both(case if cause == GENERIC_STAYS else self.put_right(case))
            except NTSTATUSError:
                return False
            return (ours if cause == ONCE else once(ours)) != theirs

        def lines(case):
            yield f"{case.user} makes a {case.kind} in: {descriptors.shown(case.parent)}"
            for name, entries in zip(("errno13", "Samba"), both(case)):
                yield f"{name}: {descriptors.shown(Descriptor(None, entries))}"

        return is_still, smaller_children, lines


def smaller_children(case):
    for parent in descriptors.smaller_descriptors(case.parent):
        yield case._replace(parent=parent)


# ---- The trial ------------------------------------------------------------------------------------------------------

def run(judge, n_cases, random_case):
    sums = descriptors.Sums()
    for start in range(0, n_cases, CHUNK):
        judge.judge([random_case() for _ in range(min(CHUNK, n_cases - start))], sums)
    return sums


def main():
    model, n_cases, dice = descriptors.arguments()
    server = samba_server.Server()
    sids = trustees(server)
    samba_server.check_writing()
    for user, token in server.sids.items():
        print(f"{user}: {' '.join(token)}")
    os.makedirs(f"{DIRECTORY}/directory")
    with open(f"{DIRECTORY}/file", "w"):
        pass
    for path, mode in ((DIRECTORY, 0o777), (f"{DIRECTORY}/directory", 0o777), (f"{DIRECTORY}/file", 0o666)):
        os.chmod(path, mode)
    opens = Opens(server, model)
    children = Children(opens)
    print("Opens:")
    is_well = run(opens, n_cases, lambda: random_open(dice, sids, opens.tokens)).report(opens.trial)
    print("Children:")
    is_well &= run(children, n_cases // 10, lambda: random_child(dice, sids)).report(
        children.trial, "given something")
    return not is_well


sys.exit(main())
