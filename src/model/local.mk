# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/model/change.c \
	src/model/change.h \
	src/model/finding.c \
	src/model/finding.h \
	src/model/identity.c \
	src/model/identity.h \
	src/model/object.c \
	src/model/object.h \
	src/model/posix-acl.c \
	src/model/posix-acl.h \
	src/model/rights.c \
	src/model/rights.h
