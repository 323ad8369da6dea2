# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# posix-access.py ERRNO13 VERDICTS SEED: real processes judge the model, and errno13's own questions to the kernel.
#
# Each tree is random, on each file system in turn, and asked about for each account. Of each object: `check` by the model, `check` by the kernel,
# and what a process of that account can really do with the inode; then, of some, `explain` by both, and what works by the path. One verdict is one
# right of one account to one object, on which all three agree (of root without its powers: the model and the process). VERDICTS is how many at
# least; 0 goes on until somebody interrupts it.

import base64
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import posix_disks
import posix_people as people
from posix_tree import Tree

# Owners, members of owning and of named groups, users with an entry who are in the owning group too, those in none, and root without its powers.
PEOPLE = [(4000, 4100), (4000, 5), (4033, 4033), (4033, 100), (4033, 4033, 7, 9), (4033, 7, 100, 9), (4034, 4034), (4034, 4034, 4100),
          (4035, 9, 4033), (4099, 100), (4099, 4099), (0, 0), (0, 7)]
PROFILE = "[Profile]\nName=Everything\nSource=none\n[**]\nApp=write\nServer=none\n[**/*.run]\nApp=run\n"
N_OBJECTS, N_BY_PATH = 1250, 40
LETTERS = ((people.R, "r"), (people.W, "w"), (people.X, "x"))
WANTS = {True: ("read", "run", "delete", "create"), False: ("read", "run", "delete", "write")}


def to_number(letters):
    return sum(right for right, letter in LETTERS if letter in letters)


def to_letters(number):
    return "".join(letter if number & right else "-" for right, letter in LETTERS)


def judges_of(person):
    """Root without its powers cannot be asked for by one that has them: errno13 then says that it does not know, and the model stands alone."""
    return ("model", "kernel") if person.uid != 0 else ("model",)


def path_of(line):
    return base64.b64decode(line["path_base64"]) if "path_base64" in line else os.fsencode(line["path"])


def is_on_the_way(link, path):
    """Whether the kernel passes it; that its program could be started, too, is another question."""
    place = path_of(link)
    return link["asked"] != "start" and (path + b"/").startswith(place.rstrip(b"/") + b"/")


class Judge:
    def __init__(self, errno13, seed, stage):
        self.errno13, self.seed, self.stage = errno13, seed, stage
        self.counts = collections.Counter()
        self.wrong = []
        self.place = ""
        self.profile = os.path.join(stage, "everything.profile")
        with open(self.profile, "w", encoding="ascii") as out:
            out.write(PROFILE)

    def lines_of(self, words, given=None):
        result = subprocess.run([self.errno13] + words, input=given, capture_output=True, check=False)
        if result.returncode not in (0, 1):
            raise RuntimeError("%s: status %d: %s" % (" ".join(words), result.returncode, result.stderr.decode(errors="replace")))
        return [json.loads(line) for line in result.stdout.splitlines()]

    def complain(self, what, *values):
        self.wrong.append("%s: " % self.place + what % values)

    def check(self, tree, person, judge):
        """What `check` says that @person lacks of what he needs, by paths beneath the tree."""
        root = os.path.realpath(tree.root)
        lacks = collections.Counter()
        lines = self.lines_of(["check", "--judge=" + judge, "--each", "--format=json", "--profile=" + self.profile, person.words(),
                               os.fsdecode(tree.root)])
        for line in lines:
            if line["type"] == "finding" and line["has"] is not None:
                path = path_of(line)
                lacks[path[len(root) + 1:]] |= to_number(line["needs"]) & ~to_number(line["has"])
        if not lines[-1]["complete"] or lines[-1]["objects"] != len(tree.things):
            self.complain("%s looked at %d of %d objects", judge, lines[-1]["objects"], len(tree.things))
        return lacks

    def judge_inodes(self, tree, person):
        said = {judge: self.check(tree, person, judge) for judge in judges_of(person)}
        for thing, (works, together) in zip(tree.things, people.rights_of(person, tree)):
            needs = 7 if thing.is_directory else 5 if thing.is_script else 6
            for judge, lacks in said.items():
                self.compare(thing, person, judge, needs & ~lacks[thing.path], needs, works & needs, together)
            self.counts["verdicts"] += bin(needs).count("1")
            self.counts["granted"] += bin(works & needs).count("1")

    def compare(self, thing, person, judge, has, needs, works, together):
        if has == works and (has != needs or needs in together or has == 0):
            return
        # Bits that are granted one by one, and never at once: then what the nearest entry gives is what one has.
        if works not in together and has & ~works == 0 and (has == 0 or has in together):
            self.counts["split"] += judge == "model"
            return
        self.complain("%s and %r: the %s grants %s, and what works is %s", person.label, thing.path, judge, to_letters(has),
                      to_letters(works))

    def explain(self, things, tree, person, judge):
        paths = [tree.path(thing) for thing in things]
        words = ["explain", "--judge=" + judge, "--format=json", person.words(), "-0", "-f", "-"]
        for want in sorted({want for thing in things for want in WANTS[thing.is_directory]}):
            words.append("--want=" + want)
        granted = {}
        for line in self.lines_of(words, b"\0".join(paths) + b"\0"):
            path = path_of(line)
            granted[path, line["want"]] = all(link["granted"] for link in line["chain"] if is_on_the_way(link, path))
        return granted

    def judge_paths(self, tree, person, things):
        works = person.run(people.try_paths, [tree.path(thing) for thing in things], [thing.is_directory for thing in things])
        for judge in judges_of(person):
            granted = self.explain(things, tree, person, judge)
            for thing, did in zip(things, works):
                for want in WANTS[thing.is_directory]:
                    if granted[tree.path(thing), want] != did[want]:
                        self.complain("%s and %r: to %s it is granted %s by the %s, and %s", person.label, thing.path, want,
                                      granted[tree.path(thing), want], judge, "works" if did[want] else "does not work")
        self.counts["verdicts"] += sum(len(did) for did in works)
        self.counts["by path"] += sum(len(did) for did in works)
        self.counts["granted"] += sum(sum(did.values()) for did in works)

    def judge_tree(self, kind, place, number):
        seed = "%s-%d" % (self.seed, number)
        self.place = "E13_SEED=%s tree %d on %s" % (self.seed, number, kind)
        chance = random.Random(seed)
        tree = posix_disks.make_tree(kind, place, lambda root: Tree(chance, root, N_OBJECTS), number)
        files = [thing for thing in tree.things[1:] if not thing.is_directory]
        directories = [thing for thing in tree.things[1:] if thing.is_directory]
        for numbers in PEOPLE:
            person = people.Person(*numbers)
            some = chance.sample(files, N_BY_PATH // 2)
            some_directories = chance.sample(directories, N_BY_PATH // 2)
            try:
                self.judge_inodes(tree, person)
                self.judge_paths(tree, person, some)
                self.judge_paths(tree, person, some_directories)
            finally:
                person.leave()
        self.counts[kind] += 1
        posix_disks.forget_tree(kind, place, tree)


def main():
    errno13, wanted, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3]
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
            while places and not judge.wrong and (wanted == 0 or judge.counts["verdicts"] < wanted):
                for kind, place in places.items():
                    judge.judge_tree(kind, place, number)
                    number += 1
                if wanted == 0:
                    print(dict(judge.counts), flush=True)
        except KeyboardInterrupt:
            pass
        finally:
            posix_disks.unmount_all(stage)
    for sentence in judge.wrong[:40]:
        print(sentence)
    print("%d verdicts (%d by path), %d of them granted; %d split; trees: %s" % (
        judge.counts["verdicts"], judge.counts["by path"], judge.counts["granted"], judge.counts["split"],
        ", ".join("%d on %s" % (judge.counts[kind], kind) for kind in places)))
    sys.exit(1 if judge.wrong or not places else 0)


if __name__ == "__main__":
    main()
