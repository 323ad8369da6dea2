# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += platform/platform.h

# The host: ACLs, writing, file systems, accounts, servers.
liberrno13_a_SOURCES += \
	platform/posix/acl.c \
	platform/posix/acl.h \
	platform/posix/proc.c \
	platform/posix/proc.h
