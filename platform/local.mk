# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += platform/companion.h platform/console.h platform/expand.c platform/expand.h platform/input.c platform/input.h platform/launch.h \
	platform/platform.h platform/store.h platform/tree.c

if !HOST_WINDOWS

# The POSIX platform, reading: the table, what it is made of, and the walk.
liberrno13_a_SOURCES += \
	platform/posix/read.c \
	platform/posix/ask.c platform/posix/ask.h \
	platform/posix/capabilities.c platform/posix/capabilities.h \
	platform/posix/companion.c \
	platform/posix/console.c \
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
	platform/posix/host.c \
	platform/posix/identity.c \
	platform/posix/label.c \
	platform/posix/label.h \
	platform/posix/launch.c \
	platform/posix/launch-account.h \
	platform/posix/launch-child.c \
	platform/posix/launch-child.h \
	platform/posix/launch-sweep.c \
	platform/posix/launch-sweep.h \
	platform/posix/mount.c \
	platform/posix/mountinfo.c \
	platform/posix/mountinfo.h \
	platform/posix/names.c \
	platform/posix/proc-map.c \
	platform/posix/proc-map.h \
	platform/posix/proc-status.c \
	platform/posix/proc-status.h \
	platform/posix/proc.c \
	platform/posix/proc.h \
	platform/posix/process.c \
	platform/posix/process.h \
	platform/posix/store.c \
	platform/posix/system.h \
	platform/posix/view.c \
	platform/posix/rewrite.c \
	platform/posix/rewrite.h \
	platform/posix/write.c

# The same on trees of Windows: NTFS, CIFS, Samba.
liberrno13_a_SOURCES += \
	platform/posix/foreign.c \
	platform/posix/foreign.h \
	platform/posix/foreign-write.c \
	platform/posix/foreign-xattr.c \
	platform/posix/foreign-xattr.h

endif

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

# Windows, as text: what is the same on every system, and tested there.
liberrno13_a_SOURCES += \
	platform/win32/command-words.c platform/win32/command-words.h \
	platform/win32/names.c platform/win32/names.h \
	platform/win32/paths.c platform/win32/paths.h \
	platform/win32/reparse.c platform/win32/reparse.h

if HOST_WINDOWS

# The Windows that the program runs on.
liberrno13_a_SOURCES += \
	platform/win32/accounts.c platform/win32/accounts.h \
	platform/win32/companion.c \
	platform/win32/console.c \
	platform/win32/facts.c platform/win32/facts.h \
	platform/win32/host.c \
	platform/win32/identity.c platform/win32/identity.h \
	platform/win32/list.c platform/win32/list.h \
	platform/win32/mount.c platform/win32/mount.h \
	platform/win32/nt.c platform/win32/nt.h \
	platform/win32/pin.c platform/win32/pin.h \
	platform/win32/launch.c \
	platform/win32/privileges.c platform/win32/privileges.h \
	platform/win32/read.c \
	platform/win32/route.c platform/win32/route.h \
	platform/win32/services.c platform/win32/services.h \
	platform/win32/store.c \
	platform/win32/store-place.c platform/win32/store-place.h \
	platform/win32/tokens.c platform/win32/tokens.h \
	platform/win32/tree.c \
	platform/win32/users.c platform/win32/users.h \
	platform/win32/walk-queue.c platform/win32/walk-queue.h \
	platform/win32/walk.c platform/win32/walk.h \
	platform/win32/write.c \
	platform/win32/zone.c platform/win32/zone.h

E13_WINDOWS_LIBS = -lntdll -lshell32 -lole32 -luuid
errno13_LDADD += platform/win32/resources.o $(E13_WINDOWS_LIBS)
errno13_LDFLAGS = -static

platform/win32/resources.o: platform/win32/errno13.rc platform/win32/errno13.manifest
	@$(MKDIR_P) $(@D)
	$(AM_V_GEN)$(WINDRES) --include-dir $(top_srcdir)/platform/win32 --input $(top_srcdir)/platform/win32/errno13.rc --output $@
CLEANFILES += platform/win32/resources.o

endif

EXTRA_DIST += \
	platform/win32/build-deps \
	platform/win32/errno13.manifest \
	platform/win32/errno13.rc \
	platform/win32/intl/libintl.c \
	platform/win32/intl/libintl.h
