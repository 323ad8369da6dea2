# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tree that smbd serves is repaired for one user: what she may do then she really can, and nobody else can more or less.

  samba-repair.py ERRNO13

Every object is opened by each user for each right, before the repair, after it, and after its undoing."""

import os
import subprocess
import sys

from samba import NTSTATUSError

import samba_server
from descriptors import ALLOW, Descriptor, Entry

SITE = f"{samba_server.SHARE}/week7"
FULL, READ_RUN = 0x1f01ff, 0x1200a9
SYSTEM, ADMINISTRATORS = "S-1-5-18", "S-1-5-32-544"
INHERIT, INHERITED, PROTECTED, AUTO_INHERITED = 0x3, 0x10, 0x1000, 0x400

SHARE_ALL, FILE_OPEN, FILE_CREATE, DELETE_ON_CLOSE = 7, 1, 2, 0x1000
RIGHTS = {"read": 0x1, "write": 0x2, "append": 0x4, "execute": 0x20, "delete child": 0x40, "write attributes": 0x100,
          "delete": 0x10000, "write DAC": 0x40000}
FILES = {"web.config": "<configuration/>", "cgi-bin/count.py": "#!/usr/bin/python\n", "cgi-bin/count.txt": "0",
         "cgi-bin/id_rsa": "key", "cgi-bin/sub/a.py": "#!/usr/bin/python\n", "closed/a.py": "#!/usr/bin/python\n"}


def lay(everybody):
    for name, text in FILES.items():
        os.makedirs(os.path.dirname(f"{SITE}/{name}"), exist_ok=True)
        with open(f"{SITE}/{name}", "w") as out:
            out.write(text)
    for directory, _, files in os.walk(SITE):
        closed = directory.endswith("/closed")
        flags = INHERIT | (0 if closed or directory == SITE else INHERITED)
        entries = [(ADMINISTRATORS, FULL), (everybody, READ_RUN)]
        samba_server.write_descriptor(
            directory, Descriptor(SYSTEM, [Entry(ALLOW, flags, mask, sid) for sid, mask in entries]),
            AUTO_INHERITED | (PROTECTED if closed or directory == SITE else 0))
        for name in files:
            samba_server.write_descriptor(
                f"{directory}/{name}",
                Descriptor(SYSTEM, [Entry(ALLOW, INHERITED, mask, sid) for sid, mask in entries]), AUTO_INHERITED)
        os.chmod(directory, 0o777)
        for name in files:
            os.chmod(f"{directory}/{name}", 0o666)


def opens(connection, path, mask):
    try:
        connection.close(connection.create(path, DesiredAccess=mask, ShareAccess=SHARE_ALL, CreateDisposition=FILE_OPEN))
        return True
    except NTSTATUSError:
        return False


def all_rights(connections):
    """(user, object, right) of all that smbd grants."""
    granted = set()
    for directory, _, files in os.walk(SITE):
        for path in [directory] + [f"{directory}/{name}" for name in files]:
            name = os.path.relpath(path, samba_server.SHARE).replace("/", "\\")
            granted |= {(user, name, right) for user, connection in connections.items()
                        for right, mask in RIGHTS.items() if opens(connection, name, mask)}
    return granted


def makes(connection, path):
    try:
        connection.close(connection.create(path, DesiredAccess=0x10002, ShareAccess=SHARE_ALL,
                                           CreateDisposition=FILE_CREATE, CreateOptions=DELETE_ON_CLOSE))
        return True
    except NTSTATUSError:
        return False


class Report:
    failed = 0

    def say(self, label, good, found=None):
        Report.failed += not good
        print(f"{'' if good else 'not '}ok - {label}")
        if not good:
            print(f"# found: {found}")


PROFILE = "[Profile]\nName=Week 7\nSource=none\n[**]\nApp=read\n[uploads/new/**]\nApp=modify\n"


def ask_for_uploads(everybody):
    """The site says that it wants a directory which is not there."""
    with open(f"{SITE}/.errno13", "w") as out:
        out.write(PROFILE)
    samba_server.write_descriptor(f"{SITE}/.errno13", Descriptor(SYSTEM, [
        Entry(ALLOW, INHERITED, FULL, ADMINISTRATORS), Entry(ALLOW, INHERITED, READ_RUN, everybody)]), AUTO_INHERITED)


def repair(errno13, *words):
    done = subprocess.run([errno13, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def main():
    errno13 = sys.argv[1]
    os.makedirs("/var/lib/errno13", exist_ok=True)
    samba_server.run("mount", "-t", "tmpfs", "-o", "mode=0700", "errno13", "/var/lib/errno13")
    server = samba_server.Server()
    report = Report()
    connections = {user: server.connect(user) for user in samba_server.USERS}
    anna = server.sids["anna"]
    lay("S-1-5-11")

    before = all_rights(connections)
    report.say("before, she can make nothing", not makes(connections["anna"], "week7\\cgi-bin\\new.txt"))
    status, text = repair(errno13, "fix", "--as-sid", ",".join(anna), SITE)
    report.say("it is repaired", status == 0 or "changed and verified" in text, (status, text))
    after = all_rights(connections)
    report.say("then she makes files", makes(connections["anna"], "week7\\cgi-bin\\new.txt"))
    report.say("but not those who were not meant", not makes(connections["bert"], "week7\\cgi-bin\\new.txt"))

    wanted = {("anna", f"week7\\{name}", right) for right in ("read", "write", "append", "delete")
              for name in ("cgi-bin", "cgi-bin\\count.py", "cgi-bin\\count.txt", "cgi-bin\\sub", "cgi-bin\\sub\\a.py", "closed",
                           "closed\\a.py")}
    report.say("she has what was asked for", wanted <= after, wanted - after)
    report.say("nobody has less", before <= after, before - after)
    gained = after - before
    report.say("nobody else has more", {user for user, _, _ in gained} == {"anna"}, gained)
    report.say("nor she on the key, or the permissions themselves",
               not any(name.endswith("id_rsa") or right == "write DAC" for _, name, right in gained), gained)

    status, text = repair(errno13, "undo", SITE)
    report.say("it is taken back", status == 0, (status, text))
    undone = all_rights(connections)
    report.say("everybody has what they had", undone == before, undone ^ before)

    ask_for_uploads("S-1-5-11")
    status, text = repair(errno13, "fix", "--as-sid", ",".join(anna), "--trust-site-profile", "--create-missing", SITE)
    report.say("a directory is made", os.path.isdir(f"{SITE}/uploads/new"), (status, text))
    report.say("she makes files in it", makes(connections["anna"], "week7\\uploads\\new\\new.txt"))
    report.say("nobody else does", not makes(connections["bert"], "week7\\uploads\\new\\new.txt"))
    report.say("who may list it as the rest of the site", opens(connections["bert"], "week7\\uploads\\new", RIGHTS["read"]))
    report.say("nor does she beside it", not makes(connections["anna"], "week7\\uploads\\new.txt"))
    status, text = repair(errno13, "undo", SITE)
    report.say("it is taken away", status == 0 and not os.path.exists(f"{SITE}/uploads"), (status, text))
    print(f"# {len(before)} rights before, {len(gained)} gained")
    # smbd ends with this process, and its namespace.
    sys.exit(Report.failed > 0)


main()
