# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the judges share: descriptors as values and as bytes, made here so that neither side wrote what it reads; random
ones and smaller ones; questions to our model; and the sums at the end."""

import collections
import random
import struct
import subprocess
import sys

MAXIMUM_ALLOWED = 0x2000000
SYSTEM_SECURITY = 0x1000000
ALLOW, DENY = 0, 1
OBJECT_INHERIT, CONTAINER_INHERIT, NO_PROPAGATE, INHERIT_ONLY, INHERITED = 1, 2, 4, 8, 16
GENERIC = {0x10000000: 0x1F01FF, 0x20000000: 0x1200A0, 0x40000000: 0x120116, 0x80000000: 0x120089}
MASKS = [0x1F01FF, 0x1301BF, 0x1200A9, 0x120089, 0x120116, 0x100116, 0x20000, 0x40000, 0x60000, 0x80000, 0x10000,
         0x1, 0x2, 0x20, 0x40, 0x80, 0x1000003]
EVERYONE, CREATOR_OWNER, CREATOR_GROUP, OWNER_RIGHTS = "S-1-1-0", "S-1-3-0", "S-1-3-1", "S-1-3-4"
PRESENT, AUTO_INHERIT_REQ, AUTO_INHERITED, SELF_RELATIVE = 0x4, 0x100, 0x400, 0x8000

# owner: None, or a SID. dacl: None, or a list of Entry. present: does the control word say that there is a DACL?
Descriptor = collections.namedtuple("Descriptor", "owner dacl present", defaults=(True,))
Entry = collections.namedtuple("Entry", "kind flags mask sid")


# ---- Bytes ----------------------------------------------------------------------------------------------------------

SIDS = {}


def sid_bytes(text):
    if text not in SIDS:
        numbers = [int(word) for word in text.split("-")[2:]]
        SIDS[text] = (struct.pack(">BBHI", 1, len(numbers) - 1, 0, numbers[0])
                      + struct.pack(f"<{len(numbers) - 1}I", *numbers[1:]))
    return SIDS[text]


def sid_text(data):
    count, high, low = struct.unpack_from(">xBHI", data)
    numbers = [high << 32 | low, *struct.unpack_from(f"<{count}I", data, 8)]
    return "-".join(["S-1"] + [str(number) for number in numbers])


def descriptor_bytes(descriptor, control=0, group=None, base=0):
    """Offsets count from BASE bytes before the descriptor."""
    owner = sid_bytes(descriptor.owner) if descriptor.owner else b""
    dacl = b""
    if descriptor.dacl is not None:
        entries = b"".join(struct.pack("<BBHI", kind, flags, 8 + len(sid_bytes(sid)), mask) + sid_bytes(sid)
                           for kind, flags, mask, sid in descriptor.dacl)
        dacl = struct.pack("<BBHHH", 2, 0, 8 + len(entries), len(descriptor.dacl), 0) + entries
    control |= SELF_RELATIVE | (PRESENT if descriptor.present else 0)
    body, offsets = b"", []
    for part in (owner, sid_bytes(group) if group else b"", dacl):
        offsets.append(base + 20 + len(body) if part else 0)
        body += part
    return struct.pack("<BBHIIII", 1, 0, control, offsets[0], offsets[1], 0, offsets[2]) + body


def entries_of(data):
    """The DACL in self-relative bytes."""
    at, = struct.unpack_from("<I", data, 16)
    count, = struct.unpack_from("<H", data, at + 4)
    entries = []
    at += 8
    for _ in range(count):
        kind, flags, size, mask = struct.unpack_from("<BBHI", data, at)
        entries.append(Entry(kind, flags, mask, sid_text(data[at + 8:at + size])))
        at += size
    return entries


# ---- At random ------------------------------------------------------------------------------------------------------

def random_mask(dice, generic=0.1):
    if dice.random() < 0.5:
        return dice.choice(MASKS)
    mask = dice.getrandbits(21) & 0x1F01FF
    return mask | dice.choice(list(GENERIC)) if dice.random() < generic else mask


def random_dacl(dice, trustees, most=6, flagged=0.4, generic=0.1):
    return [Entry(DENY if dice.random() < 0.3 else ALLOW, dice.getrandbits(5) if dice.random() < flagged else 0,
                  random_mask(dice, generic), dice.choice(trustees)) for _ in range(dice.randint(0, most))]


def random_descriptor(dice, trustees, **how):
    return Descriptor(dice.choice(trustees) if dice.random() > 0.05 else None,
                      random_dacl(dice, trustees, **how) if dice.random() > 0.02 else None, dice.random() > 0.02)


def random_want(dice):
    want = random_mask(dice) & 0x11F01FF or 1
    if dice.random() < 0.3:
        want = MAXIMUM_ALLOWED | (want if dice.random() < 0.2 else 0)
    return want


# ---- What a descriptor is like, and one a little different ----------------------------------------------------------

def has_no_list(descriptor):
    return descriptor.dacl is None or not descriptor.present


def mapped(mask):
    for bit, meaning in GENERIC.items():
        if mask & bit:
            mask = mask & ~bit | meaning
    return mask


def with_masks(descriptor, function):
    if descriptor.dacl is None:
        return descriptor
    return descriptor._replace(dacl=[entry._replace(mask=function(entry.mask)) for entry in descriptor.dacl])


def without(sequence, position):
    return sequence[:position] + sequence[position + 1:]


def smaller_descriptors(descriptor):
    dacl = descriptor.dacl or []
    for i in range(len(dacl)):
        yield descriptor._replace(dacl=without(dacl, i))
    for i, entry in enumerate(dacl):
        bits = [1 << bit for bit in range(32) if entry.mask & 1 << bit]
        for less in ([entry._replace(flags=entry.flags & ~(1 << bit)) for bit in range(8) if entry.flags & 1 << bit]
                     + [entry._replace(mask=entry.mask & ~bit) for bit in bits if len(bits) > 1]):
            yield descriptor._replace(dacl=dacl[:i] + [less] + dacl[i + 1:])
    if descriptor.owner:
        yield descriptor._replace(owner=None)


def smaller_masks(mask):
    return [mask & ~(1 << bit) for bit in range(32) if mask & 1 << bit and mask != 1 << bit]


def minimal(case, smaller, is_still):
    """The smallest case that one gets to by leaving out one thing after the other."""
    while True:
        for candidate in smaller(case):
            if is_still(candidate):
                case = candidate
                break
        else:
            return case


def shown(descriptor):
    if descriptor.dacl is None:
        dacl = "none"
    else:
        dacl = "".join(f"({'AD'[kind]};{flags:#x};{mask:#x};;;{sid})" for kind, flags, mask, sid in descriptor.dacl)
    return f"owner {descriptor.owner}, DACL {dacl or 'empty'}{'' if descriptor.present else ' (said to be absent)'}"


def answer(mask):
    return "denied" if mask is None else f"{mask:#x}"


# ---- Our model ------------------------------------------------------------------------------------------------------

class Model:
    """The program tests/judges/windows-verdict, which answers questions, lists of fields, with a line each."""

    # Whose questions and answers do not fill the pipes.
    AT_ONCE = 32

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, questions):
        answers = []
        for start in range(0, len(questions), self.AT_ONCE):
            some = questions[start:start + self.AT_ONCE]
            self.process.stdin.write("".join("\t".join(fields) + "\n" for fields in some))
            self.process.stdin.flush()
            answers += [self.process.stdout.readline().rstrip() for _ in some]
        return answers

    def ask_verdicts(self, questions):
        """The masks that are granted; None: denied."""
        answers = []
        for line in self.ask(questions):
            granted, mask, unsure = line.split()
            assert unsure == "0", line
            answers.append(int(mask, 16) if granted == "1" else None)
        return answers


# ---- Sums -----------------------------------------------------------------------------------------------------------

def arguments():
    """Of VERDICT CASES SEED: the model, the number, and dice that fall by the third, or at random where that is "-"."""
    program, n_cases, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    seed = random.SystemRandom().getrandbits(32) if seed == "-" else int(seed)
    print(f"{n_cases} cases, seed {seed}", flush=True)
    return Model(program), n_cases, random.Random(seed)


class Sums:
    """What came out, by cause. A cause that is no known deviation is a failure."""

    # Enough that one of them has no other cause beside.
    SOME = 20

    def __init__(self):
        self.n_cases = self.n_granted = 0
        self.known, self.failures, self.met = collections.Counter(), collections.Counter(), collections.Counter()
        self.examples = collections.defaultdict(list)

    def count(self, case, is_granted, causes=(), failure=None):
        self.n_cases += 1
        self.n_granted += is_granted
        self.known.update(causes)
        self.failures.update([failure] if failure else [])
        for cause in list(causes) + [failure] * (failure is not None):
            if len(self.examples[cause]) < self.SOME:
                self.examples[cause].append(case)

    def report(self, trial, granted="granted"):
        """trial(cause) is a function that says whether a case shows the cause, one that gives smaller cases, and one
        that gives the lines which show a case."""
        n_wrong = sum(self.failures.values())
        print(f"{self.n_cases - n_wrong} agree ({self.n_granted} of all are {granted}), {n_wrong} do not")
        for what, number in self.met.most_common():
            print(f"  {number:8} met: {what}")
        for causes in (self.known, self.failures):
            for cause, number in causes.most_common():
                print(f"  {number:8} {'' if causes is self.known else 'UNEXPLAINED: '}{cause}")
                is_still, smaller, lines = trial(cause)
                alone = [case for case in self.examples[cause] if is_still(case)]
                shown_case = minimal(alone[0], smaller, is_still) if alone else self.examples[cause][0]
                if not alone:
                    print("           only together with others:")
                for line in lines(shown_case):
                    print(f"           {line}")
        return n_wrong == 0 and 0 < self.n_granted < self.n_cases
