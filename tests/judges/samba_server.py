# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A smbd with accounts of its own, whose share keeps whole descriptors. It must be started in new network, mount and
process namespaces (see samba-opens.test): its network, its /etc/passwd and all that it writes are gone with them."""

import errno
import os
import subprocess
import sys
import time

from samba import NTSTATUSError, credentials
from samba.dcerpc import security, xattr
from samba.ndr import ndr_pack, ndr_unpack
from samba.samba3 import libsmb_samba_internal as libsmb
from samba.samba3 import param

from descriptors import ALLOW, EVERYONE, Descriptor, Entry, descriptor_bytes

TOP = "/mnt"
SHARE = f"{TOP}/share"
CONFIGURATION = f"{TOP}/smb.conf"
DOMAIN = "S-1-5-21-11-22-33"
PASSWORD = "secret"
NTACL = "security.NTACL"

# Name: uid, primary gid, privileges.
USERS = {"anna": (61001, 61001, []), "bert": (61002, 61002, ["SeSecurityPrivilege"]),
         "clea": (61003, 61001, ["SeTakeOwnershipPrivilege"])}
# Name: gid, members, what else makes it a group of Windows.
GROUPS = {"annas": (61001, "", None), "berts": (61002, "", ["sid=S-1-5-32-545", "type=builtin"]),
          "teachers": (61010, "anna,clea", ["type=local"]), "web": (61011, "anna,bert", ["type=local"])}

# The SMB1 is for posix_whoami() alone.
SETTINGS = """[global]
netbios name = JUDGE
workgroup = ERRNO13
server role = standalone server
private dir = {top}/private
lock directory = {top}/lock
state directory = {top}/state
cache directory = {top}/cache
pid directory = {top}/pid
ncalrpc dir = {top}/ncalrpc
log file = {top}/log
log level = 1
passdb backend = tdbsam
interfaces = lo
bind interfaces only = yes
smb ports = 445
disable netbios = yes
disable spoolss = yes
load printers = no
server min protocol = NT1
client min protocol = NT1
unix extensions = yes
oplocks = no
store dos attributes = no
map archive = no
map readonly = no
[share]
path = {top}/share
read only = no
vfs objects = acl_xattr
acl_xattr:ignore system acls = yes
acl_xattr:default acl style = windows
"""


def run(*words, text=None):
    done = subprocess.run(words, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stdout}")


def add_lines(path, lines):
    """To what the file holds, for us alone."""
    ours = TOP + path.replace("/", "-")
    with open(path) as theirs, open(ours, "w") as out:
        out.write(theirs.read() + "".join(line + "\n" for line in lines))
    run("mount", "--bind", ours, path)


def make_world():
    run("mount", "-t", "tmpfs", "-o", "mode=0755", "errno13", TOP)
    run("ip", "link", "set", "lo", "up")
    for name in ("private", "lock", "state", "cache", "pid", "ncalrpc", "share"):
        os.mkdir(f"{TOP}/{name}")
    os.chmod(SHARE, 0o777)
    with open(CONFIGURATION, "w") as out:
        out.write(SETTINGS.format(top=TOP))
    add_lines("/etc/passwd", [f"{name}:x:{uid}:{gid}::/:/bin/false" for name, (uid, gid, _) in USERS.items()])
    add_lines("/etc/group", [f"{name}:x:{gid}:{members}" for name, (gid, members, _) in GROUPS.items()])
    run("net", "-s", CONFIGURATION, "setlocalsid", DOMAIN)
    for name in USERS:
        run("pdbedit", "-s", CONFIGURATION, "-a", "-t", "-u", name, text=f"{PASSWORD}\n{PASSWORD}\n")
    for name, (_, _, words) in GROUPS.items():
        if words:
            run("net", "-s", CONFIGURATION, "groupmap", "add", f"unixgroup={name}", f"ntgroup=the {name}", *words)
    for name, (_, _, privileges) in USERS.items():
        for privilege in privileges:
            run("net", "-s", CONFIGURATION, "sam", "rights", "grant", name, privilege)


class Server:
    def __init__(self):
        make_world()
        self.settings = param.get_context()
        self.settings.load(CONFIGURATION)
        self.process = subprocess.Popen(["smbd", "--foreground", "--no-process-group", "-s", CONFIGURATION],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.sids = {name: self.token_of(name) for name in USERS}

    def connect(self, user, smb1=False):
        who = credentials.Credentials()
        who.guess(self.settings)
        who.set_username(user)
        who.set_password(PASSWORD)
        who.set_domain("JUDGE")
        who.set_kerberos_state(credentials.DONT_USE_KERBEROS)
        give_up = time.monotonic() + 10
        while True:
            try:
                return libsmb.Conn("127.0.0.1", "share", lp=self.settings, creds=who, force_smb1=smb1)
            except NTSTATUSError as error:
                if self.process.poll() is not None or time.monotonic() > give_up:
                    with open(f"{TOP}/log") as log:
                        sys.exit(f"no connection to smbd as {user}: {error}\n{log.read()}")
                time.sleep(0.02)

    def token_of(self, user):
        """The SIDs that smbd has given the user, who comes first."""
        return [str(sid) for sid in self.connect(user, smb1=True).posix_whoami()[3]]


# ---- Descriptors on disk --------------------------------------------------------------------------------------------

# Version 1 of Samba's attribute: nothing but the descriptor, whose offsets count from the start of the attribute.
HEADER = bytes.fromhex("0100010000000200")


def check_writing():
    """Is that how Samba itself writes it?"""
    descriptor = Descriptor(EVERYONE, [Entry(ALLOW, 0, 1, EVERYONE)])
    acl = xattr.NTACL()
    acl.version = 1
    acl.info = ndr_unpack(security.descriptor, descriptor_bytes(descriptor))
    assert ndr_pack(acl) == attribute_of(descriptor)


def attribute_of(descriptor, control=0):
    return HEADER + descriptor_bytes(descriptor, control, base=len(HEADER))


def write_descriptor(path, descriptor, control=0):
    os.setxattr(path, NTACL, attribute_of(descriptor, control))


def read_descriptor(path):
    """Owner, group and the bytes; None where Samba has not written any."""
    try:
        acl = ndr_unpack(xattr.NTACL, os.getxattr(path, NTACL))
    except OSError as error:
        if error.errno != errno.ENODATA:
            raise
        return None
    descriptor = acl.info if acl.version == 1 else acl.info.sd
    return str(descriptor.owner_sid), str(descriptor.group_sid), ndr_pack(descriptor)
