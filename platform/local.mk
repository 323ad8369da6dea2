# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += platform/platform.h

# The POSIX platform, reading: the table, what it is made of, and the walk.
liberrno13_a_SOURCES += \
	platform/posix/read.c \
	platform/posix/ask.c platform/posix/ask.h \
	platform/posix/capabilities.c platform/posix/capabilities.h \
	platform/posix/dirents.h \
	platform/posix/facts.c platform/posix/facts.h \
	platform/posix/guise.c platform/posix/guise.h \
	platform/posix/open.c platform/posix/open.h \
	platform/posix/pin.c platform/posix/pin.h \
	platform/posix/route.c \
	platform/posix/tree.c platform/posix/tree.h \
	platform/posix/walk.c platform/posix/walk.h \
	platform/posix/walk-fds.c platform/posix/walk-fds.h \
	platform/posix/walk-list.c platform/posix/walk-list.h \
	platform/posix/walk-queue.c platform/posix/walk-queue.h

# The host: ACLs, writing, file systems, accounts, servers.
liberrno13_a_SOURCES += \
	platform/posix/accounts.c \
	platform/posix/accounts.h \
	platform/posix/acl.c \
	platform/posix/acl.h \
	platform/posix/filesystems.def \
	platform/posix/handle.c \
	platform/posix/identity.c \
	platform/posix/mount.c \
	platform/posix/mountinfo.c \
	platform/posix/mountinfo.h \
	platform/posix/names.c \
	platform/posix/proc-status.c \
	platform/posix/proc-status.h \
	platform/posix/proc.c \
	platform/posix/proc.h \
	platform/posix/servers.c \
	platform/posix/servers.def \
	platform/posix/system.h \
	platform/posix/write.c

# Dumps of other machines.
liberrno13_a_SOURCES += \
	platform/snapshot/csv.c \
	platform/snapshot/decode.c \
	platform/snapshot/dump.c \
	platform/snapshot/dump.h \
	platform/snapshot/getfacl.c \
	platform/snapshot/icacls.c \
	platform/snapshot/names.c \
	platform/snapshot/names.h \
	platform/snapshot/printed.c \
	platform/snapshot/read.c \
	platform/snapshot/route.c \
	platform/snapshot/tree.h \
	platform/snapshot/trustees.c \
	platform/snapshot/trustees.def \
	platform/snapshot/trustees.h
