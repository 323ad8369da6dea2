# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/model/access-mask.c \
	src/model/access-mask.h \
	src/model/change.c \
	src/model/change.h \
	src/model/finding.c \
	src/model/finding.h \
	src/model/icacls.c \
	src/model/icacls.h \
	src/model/identity.c \
	src/model/identity.h \
	src/model/object.c \
	src/model/object.h \
	src/model/posix-acl.c \
	src/model/posix-acl.h \
	src/model/process.c \
	src/model/process.h \
	src/model/rights.c \
	src/model/rights.h \
	src/model/samba-xattr.c \
	src/model/samba-xattr.h \
	src/model/sddl.c \
	src/model/sddl.h \
	src/model/security-descriptor.c \
	src/model/security-descriptor.h \
	src/model/security-descriptor-bytes.c \
	src/model/sid.c \
	src/model/sid.h \
	src/model/sids.def \
	src/model/token.c \
	src/model/token.h \
	src/model/zone.c \
	src/model/zone.h
