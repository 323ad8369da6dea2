# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += platform/platform.h

# The host: ACLs, writing, file systems, accounts, servers.
liberrno13_a_SOURCES += \
	platform/posix/acl.c \
	platform/posix/acl.h \
	platform/posix/filesystems.def \
	platform/posix/handle.c \
	platform/posix/mount.c \
	platform/posix/mountinfo.c \
	platform/posix/mountinfo.h \
	platform/posix/proc.c \
	platform/posix/proc.h \
	platform/posix/system.h
