# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Random trees: modes, owners, ACLs with and without masks, zero group bits, sticky and setgid directories, default ACLs, odd names. The ACLs are
# written as the kernel keeps them, in bytes of their own making: nothing here is errno13's.

import os
import struct

USERS = [0, 4000, 4033, 4034, 4035]
GROUPS = [0, 7, 9, 100, 4100]
NAMED_USERS = [4000, 4033, 4034, 4099]
NAMED_GROUPS = [7, 9, 100, 4033]

USER_OBJ, USER, GROUP_OBJ, GROUP, MASK, OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
NO_ID = 0xffffffff
ACCESS, DEFAULT, CAPABILITY = "system.posix_acl_access", "system.posix_acl_default", "security.capability"
# cap_net_bind_service=ep
A_CAPABILITY = struct.pack("<IIIII", 0x02000001, 1 << 10, 0, 0, 0)

# A script without an interpreter: execve() looks for that only when it may run the script.
SCRIPT = b"#!/nonexistent/interpreter\n"

ODD_NAMES = [b"it's", b"two  words", b"-R", b"$(id)", b"new\nline", b"*", b"# site", b'"quoted"', b"bell\a", b"esc\x1b[2J",
             b"latin-\xe9", b"back\\slash", b"tab\t", b".hidden", b"~", b"%s%n", b"u:33:rwx", b"\xff\xfe", "日本".encode()]


def acl_bytes(entries):
    order = sorted(entries, key=lambda entry: (entry[0], entry[1]))
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", tag, perm, number) for tag, number, perm in order)


class Thing:
    """One object: its path beneath the site, in bytes, and what it is."""

    def __init__(self, path, is_directory, is_script):
        self.path = path
        self.is_directory = is_directory
        self.is_script = is_script

    @property
    def parent(self):
        return os.path.dirname(self.path) if self.path else None


class Tree:
    def __init__(self, random, root, n_objects, with_capabilities=False):
        self.random = random
        self.root = os.fsencode(root)
        self.things = [Thing(b"", True, False)]
        self.plan(n_objects)
        self.with_capabilities = with_capabilities

    def path(self, thing):
        return os.path.join(self.root, thing.path) if thing.path else self.root

    def plan(self, n_objects):
        """Which objects there are: some five levels, a third of them directories."""
        directories = [self.things[0]]
        names = {b"": set()}
        while len(self.things) <= n_objects:
            parent = self.random.choice(directories[-12:] if self.random.random() < 0.7 else directories)
            name = self.name(len(self.things))
            if name in names[parent.path] or parent.path.count(b"/") >= 4 or len(parent.path) > 900:
                continue
            names[parent.path].add(name)
            is_directory = self.random.random() < 0.35
            is_script = not is_directory and self.random.random() < 0.6
            if is_script:
                name += b".run"
            thing = Thing(os.path.join(parent.path, name) if parent.path else name, is_directory, is_script)
            if is_directory:
                directories.append(thing)
                names[thing.path] = set()
            self.things.append(thing)

    def name(self, number):
        odd = self.random.random()
        if odd < 0.1:
            return self.random.choice(ODD_NAMES)
        if odd < 0.11:
            return (b"%d-" % number).ljust(251, b"x")
        return b"%d" % number

    def make(self, things=None):
        """On the disk: first all objects, then what may be done with them, from the leaves up."""
        for thing in things or self.things:
            path = self.path(thing)
            if thing.is_directory:
                os.makedirs(path, exist_ok=True)
            else:
                with open(path, "wb") as out:
                    out.write(SCRIPT if thing.is_script else b"x\n")
        for thing in reversed(things or self.things):
            self.give_permissions(thing)

    def permissions(self):
        return self.random.choice([0, 1, 4, 5, 5, 6, 7, 7, self.random.randrange(8)])

    def entries(self, masked):
        entries = [(USER_OBJ, NO_ID, self.permissions()), (GROUP_OBJ, NO_ID, self.permissions()), (OTHER, NO_ID, self.permissions())]
        if masked:
            for tag, numbers in ((USER, NAMED_USERS), (GROUP, NAMED_GROUPS)):
                entries += [(tag, number, self.permissions()) for number in numbers if self.random.random() < 0.4]
            entries.append((MASK, NO_ID, 0 if self.random.random() < 0.2 else self.permissions()))
        return entries

    def give_permissions(self, thing):
        random, path = self.random, self.path(thing)
        os.chown(path, random.choice(USERS), random.choice(GROUPS))
        kind = random.random()
        if thing.path == b"" or (thing.is_directory and kind < 0.35):
            os.chmod(path, 0o755) # or next to nothing would be reached by a path
        elif kind < 0.5:
            os.chmod(path, random.randrange(0o1000))
        else:
            os.setxattr(path, ACCESS, acl_bytes(self.entries(random.random() < 0.85)))
            if random.random() < 0.3: # on a list with a mask this sets the mask: the commonest way to kill a grant
                os.chmod(path, random.randrange(0o1000))
        if thing.is_directory and thing.path and random.random() < 0.3:
            os.chmod(path, (os.stat(path).st_mode & 0o777) | random.choice([0o1000, 0o2000, 0o3000]))
        if thing.is_directory and random.random() < 0.25:
            os.setxattr(path, DEFAULT, acl_bytes(self.entries(random.random() < 0.8)))
        if self.with_capabilities and not thing.is_directory and random.random() < 0.05:
            os.setxattr(path, CAPABILITY, A_CAPABILITY)

    def state(self):
        """Owner, group, mode, ACLs and capabilities of every object, to the byte."""
        state = {}
        for thing in self.things:
            path = self.path(thing)
            status = os.lstat(path)
            attributes = tuple((name, os.getxattr(path, name)) for name in sorted(os.listxattr(path))
                               if name in (ACCESS, DEFAULT, CAPABILITY))
            state[thing.path] = (status.st_mode, status.st_uid, status.st_gid, status.st_ino, attributes)
        return state
