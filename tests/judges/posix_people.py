# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Real processes of an account: what they try, by system calls, with each object of a tree.

import ctypes
import errno
import os
import pickle
import resource
import signal
import struct

libc = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
AT_FDCWD, AT_EACCESS, AT_EMPTY_PATH = -100, 0x200, 0x1000
SYS_FACCESSAT2, SYS_CAPSET = 439, {"x86_64": 126, "aarch64": 91}.get(os.uname().machine)
R, W, X = 4, 2, 1
NO_STRINGS = (ctypes.c_char_p * 1)(None)


class Person:
    """An account, named by its numbers alone. Of root only the number is left: no capability."""

    def __init__(self, uid, gid, *groups):
        self.uid, self.gid, self.groups = uid, gid, groups
        self.label = "%d:%s" % (uid, ",".join(str(group) for group in (gid,) + groups))
        self.process = None

    def become(self):
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.setgroups(list(self.groups))
        os.setresgid(self.gid, self.gid, self.gid)
        os.setresuid(self.uid, self.uid, self.uid)
        header = struct.pack("Ii", 0x20080522, 0)
        if self.uid == 0 and libc.syscall(SYS_CAPSET, header, bytes(24)) != 0:
            raise OSError(ctypes.get_errno(), "capset")
        libc.prctl(PR_SET_DUMPABLE, 1) # or /proc/self/fd would be root's

    def words(self):
        """How errno13 is told of it. That root has no capabilities, only a process can tell."""
        if self.uid != 0:
            return "--as=" + self.label
        if self.process is None:
            ready, told = os.pipe()
            self.process = os.fork()
            if self.process == 0:
                self.become()
                os.write(told, b"x")
                while True:
                    signal.pause()
            os.close(told)
            os.read(ready, 1)
            os.close(ready)
        return "--as=pid:%d" % self.process

    def leave(self):
        if self.process is not None:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)

    def run(self, function, *arguments):
        """What @function returns in a process of this account."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(reading)
                self.become()
                result = function(*arguments)
            except BaseException as error: # pylint: disable=broad-except # it is raised again, there
                result = error
            with os.fdopen(writing, "wb") as out:
                pickle.dump(result, out)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as source:
            result = pickle.load(source)
        os.waitpid(child, 0)
        if isinstance(result, BaseException):
            raise result
        return result


def allow_many_descriptors():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def tried(call, *arguments):
    """0, or why it was refused. Only the want of a right is a refusal; another error is trouble with the judge."""
    try:
        call(*arguments)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM):
            return error.errno
        raise
    return 0


def open_and_close(path, flags):
    os.close(os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC))


def run_it(directory, path, flags):
    libc.execveat(directory, path, NO_STRINGS, NO_STRINGS, flags)
    failed = ctypes.get_errno()
    # The interpreter is not there; a file that is no script is no program. Both come after the question.
    if failed not in (errno.ENOENT, errno.ENOEXEC):
        raise OSError(failed, os.strerror(failed), path)


def make_and_remove(directory):
    path = os.path.join(directory, b"made by a judge")
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    os.unlink(path)


def rename_there_and_back(path):
    other = os.path.join(os.path.dirname(path), b"renamed by a judge")
    try:
        os.rename(path, other)
    except OSError as error:
        if error.errno == errno.EXDEV: # an overlay does not move directories of its lower layer, and says so last
            return
        raise
    os.rename(other, path)


def asked(fd, wants):
    return libc.syscall(SYS_FACCESSAT2, fd, b"", wants, AT_EACCESS | AT_EMPTY_PATH) == 0


def try_inode(fd, is_directory):
    """The rights that really work, each by itself, and the sets of rights that are granted at once."""
    link = b"/proc/self/fd/%d" % fd
    together = {wants for wants in range(8) if asked(fd, wants)}
    if is_directory:
        works = {R: tried(os.listdir, link), X: tried(os.fchdir, fd)}
        # Without search nothing is made in a directory, whatever the right to write says.
        works[W] = 0 if W in together else errno.EACCES
        made = tried(make_and_remove, link)
        if (made == 0) != (W | X in together):
            raise AssertionError("%s: making a file and asking for -wx differ" % link)
    else:
        works = {R: tried(open_and_close, link, os.O_RDONLY), W: tried(open_and_close, link, os.O_WRONLY),
                 X: tried(run_it, fd, b"", AT_EMPTY_PATH)}
        if (tried(open_and_close, link, os.O_RDWR) == 0) != (R | W in together):
            raise AssertionError("%s: opening for both and asking for rw- differ" % link)
    rights = sum(right for right in (R, W, X) if works[right] == 0)
    if rights != sum(right for right in (R, W, X) if right in together):
        raise AssertionError("%s: doing and asking differ" % link)
    return rights, together


def try_inodes(pins, kinds):
    return [try_inode(pin, kind) for pin, kind in zip(pins, kinds)]


def try_path(path, is_directory):
    """What works by the object's path, for each word of `explain --want`."""
    os.chdir("/")
    works = {"read": tried(os.listdir, path) if is_directory else tried(open_and_close, path, os.O_RDONLY),
             "run": tried(os.chdir, path) if is_directory else tried(run_it, AT_FDCWD, path, 0),
             "delete": tried(rename_there_and_back, path)}
    if is_directory:
        works["create"] = tried(make_and_remove, path)
    else:
        works["write"] = tried(open_and_close, path, os.O_WRONLY)
    return {want: failed == 0 for want, failed in works.items()}


def try_paths(paths, kinds):
    return [try_path(path, kind) for path, kind in zip(paths, kinds)]


def pin(tree):
    return [os.open(tree.path(thing), os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC) for thing in tree.things]


def unpin(pins):
    for descriptor in pins:
        os.close(descriptor)


def rights_of(person, tree):
    """For each object what @person may really do with it, whatever the way to it."""
    pins = pin(tree)
    results = person.run(try_inodes, pins, [thing.is_directory for thing in tree.things])
    unpin(pins)
    return results
