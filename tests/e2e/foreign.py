# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of Windows' trees lay out, and see of them without errno13: bytes are packed and read by Samba.

  foreign.py lay KIND ROOT        gives the site's objects the descriptors, streams and attributes of a bad day
  foreign.py give KIND PATH SDDL  gives one object a descriptor
  foreign.py mark KIND PATH BITS  gives one object the attributes FILE_ATTRIBUTE_...
  foreign.py inherit KIND PARENT CHILD...  gives each what Windows would have given it when it was made there
  foreign.py lines KIND ROOT      prints each object's descriptor in SDDL
  foreign.py image KIND ROOT      prints all that was stored, byte for byte, one object a line
  foreign.py grown KIND OLD NEW   compares two such images: which objects got just one entry more, and which
KIND: ntfs (ntfs-3g) or samba (security.NTACL)."""

import ctypes
import os
import struct
import sys

from samba.dcerpc import security, xattr
from samba.ndr import ndr_pack, ndr_unpack

DOMAIN = security.dom_sid("S-1-5-21-1-2-3")
FRAME = "O:BAG:SY"
TOP = "(A;OICI;0x1f01ff;;;SY)(A;OICI;0x1f01ff;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICI;0x1200a9;;;S-1-5-32-568)"
DIRECTORY = "D:AI" + TOP.replace("OICI", "OICIID")
FILE = "D:AI" + TOP.replace("OICI", "ID")
ZONE = b"[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=C:\\Users\\x\\site.zip\r\nHostUrl=https://x.example/\r\n"

# path -> SDDL, where it is not what is inherited
ODD = {
    "protected": "D:PAI(A;OICI;0x1f01ff;;;SY)(A;OICI;0x1200a9;;;BU)",
    "protected/a.py": "D:AI(A;ID;0x1f01ff;;;SY)(A;ID;0x1200a9;;;BU)",
    "denied": "D:AI(D;OICI;0x116;;;S-1-5-21-1-2-3-1001)(D;OICI;0x116;;;S-1-5-17)" + TOP.replace("OICI", "OICIID"),
    "denied/a.py": "D:AI(D;ID;0x116;;;S-1-5-21-1-2-3-1001)(D;ID;0x116;;;S-1-5-17)" + TOP.replace("OICI", "ID"),
    "nobody": "D:AI(A;OICI;0x1f01ff;;;S-1-5-21-9-9-9-4711)" + TOP.replace("OICI", "OICIID"),
    "null": None,
}
BLOCKED = ("web.config", "cgi-bin/lib.dll", "doc.pdf")
READ_ONLY = ("cgi-bin/count.txt",)


def descriptor(sddl):
    if sddl is None:  # present, and none: everybody may do everything
        sd = security.descriptor.from_sddl(FRAME, DOMAIN)
        sd.type |= security.SEC_DESC_DACL_PRESENT
        return sd
    return security.descriptor.from_sddl(FRAME + sddl, DOMAIN)


libc = ctypes.CDLL(None, use_errno=True)


def read(path, name):
    """The attribute, asked for its size first: ntfs-3g answers a buffer that is too small with EIO. None: it has none."""
    size = libc.getxattr(path.encode("utf-8", "surrogateescape"), name.encode(), None, 0)
    buffer = ctypes.create_string_buffer(max(size, 1))
    if size >= 0:
        size = libc.getxattr(path.encode("utf-8", "surrogateescape"), name.encode(), buffer, size)
    return buffer.raw[:size] if size >= 0 else None


class Ntfs:
    stream = "user.Zone.Identifier"
    names = ("system.ntfs_acl", "system.ntfs_attrib_be", stream)

    def set_sd(self, path, sd):
        os.setxattr(path, "system.ntfs_acl", ndr_pack(sd))

    def sd_of(self, stored):
        return ndr_unpack(security.descriptor, stored)

    def set_zone(self, path, zone):
        os.setxattr(path, self.stream, zone)

    def set_attributes(self, path, bits):
        os.setxattr(path, "system.ntfs_attrib_be", struct.pack(">I", bits))


class Samba:
    stream = "user.DosStream.Zone.Identifier:$DATA"
    names = ("security.NTACL", "user.DOSATTRIB", stream)
    made = 0

    def set_sd(self, path, sd):
        acl = xattr.NTACL()
        acl.version = 1 + Samba.made % 4  # each of the four in turn
        Samba.made += 1
        if acl.version == 1:
            acl.info = sd
        else:
            kinds = {2: xattr.security_descriptor_hash_v2, 3: xattr.security_descriptor_hash_v3,
                     4: xattr.security_descriptor_hash_v4}
            acl.info = kinds[acl.version]()
            acl.info.sd = sd
            acl.info.hash = [7] * (16 if acl.version == 2 else 64)
            if acl.version > 2:
                acl.info.hash_type = 1
            if acl.version == 4:
                acl.info.description = "posix_acl"
                acl.info.time = 0x1122334455667788
                acl.info.sys_acl_hash = [9] * 64
        os.setxattr(path, "security.NTACL", ndr_pack(acl))

    def sd_of(self, stored):
        acl = ndr_unpack(xattr.NTACL, stored)
        return acl.info if acl.version == 1 else acl.info.sd

    def set_zone(self, path, zone):
        os.setxattr(path, self.stream, zone + b"\0")

    def set_attributes(self, path, bits):
        info = xattr.DosInfo4()
        info.valid_flags = 1
        info.attrib = bits
        blob = xattr.DOSATTRIB()
        blob.attrib_hex = ""
        blob.version = 4
        blob.info = info
        os.setxattr(path, "user.DOSATTRIB", ndr_pack(blob))


def objects(root):
    for directory, names, files in sorted(os.walk(root)):
        names.sort()
        yield directory, True
        for name in sorted(files):
            yield os.path.join(directory, name), False


def lay(kind, root):
    unreadable = 0
    for path, is_directory in objects(root):
        name = os.path.relpath(path, root)
        sddl = ODD.get(name, DIRECTORY if is_directory else FILE)
        kind.set_sd(path, descriptor(sddl))
        if name in BLOCKED:
            kind.set_zone(path, ZONE)
        if name in READ_ONLY:
            kind.set_attributes(path, 0x21)
        if read(path, kind.names[0]) is None:
            unreadable += 1
            print("cannot be read back:", name, sddl)
    print("descriptors that cannot be read back:", unreadable)


def give(kind, path, sddl):
    kind.set_sd(path, security.descriptor.from_sddl(sddl, DOMAIN))


def mark(kind, path, bits):
    kind.set_attributes(path, int(bits, 0))


def inherit(kind, parent, *children):
    """What Windows gives a new child (entries for all that is made in a directory, no CREATOR OWNER here)."""
    above = kind.sd_of(read(parent, kind.names[0]))
    for child in children:
        is_directory = os.path.isdir(child)
        keep = security.SEC_ACE_FLAG_OBJECT_INHERIT | security.SEC_ACE_FLAG_CONTAINER_INHERIT if is_directory else 0
        sd = descriptor("D:AI")
        for ace in above.dacl.aces:
            if ace.flags & 3 == 3:
                ace.flags = (ace.flags & keep) | security.SEC_ACE_FLAG_INHERITED_ACE
                sd.dacl_add(ace)
        kind.set_sd(child, sd)
        above = kind.sd_of(read(parent, kind.names[0]))


def lines(kind, root):
    """Each object's entries, in a line."""
    for path, _ in objects(root):
        print(os.path.relpath(path, root), kind.sd_of(read(path, kind.names[0])).as_sddl(DOMAIN))


def image(kind, root):
    for path, _ in objects(root):
        values = []
        for name in kind.names:
            value = read(path, name)
            values.append("-" if value is None else value.hex() or "=")
        print(repr(os.path.relpath(path, root)), *values, os.stat(path).st_mtime_ns)


def read_image(path):
    with open(path) as file:
        return {line.rsplit(" ", 4)[0]: line.split()[-4:] for line in file}


def aces(sd):
    return [(a.type, a.flags, a.access_mask, str(a.trustee)) for a in sd.dacl.aces] if sd.dacl is not None else None


def grown(kind, old_path, new_path):
    old, new = read_image(old_path), read_image(new_path)
    assert old.keys() == new.keys()
    for name, before in old.items():
        after = new[name]
        said = []
        assert before[3] == after[3], name + ": the time of its content moved"
        if before[0] != after[0]:
            a, b = kind.sd_of(bytes.fromhex(before[0])), kind.sd_of(bytes.fromhex(after[0]))
            assert (str(a.owner_sid), str(a.group_sid)) == (str(b.owner_sid), str(b.group_sid)), name
            was, now = aces(a), aces(b)
            more = [i for i in range(len(now)) if now[:i] + now[i + 1:] == was] if was is not None else []
            said.append("gained type %d flags 0x%x mask 0x%x %s at %d" % (*now[more[0]], more[0])
                        if more and a.type == b.type else "was changed otherwise")
        if before[2] != after[2]:
            said.append("unblocked" if after[2] == "-" else "blocked")
        if before[1] != after[1]:
            said.append("attributes changed")
        if said:
            print(name.strip("'") + ":", ", ".join(said))


if __name__ == "__main__":
    what, kind = sys.argv[1], {"ntfs": Ntfs, "samba": Samba}[sys.argv[2]]()
    {"lay": lay, "mark": mark, "give": give, "inherit": inherit, "lines": lines, "image": image, "grown": grown}[what](kind, *sys.argv[3:])
