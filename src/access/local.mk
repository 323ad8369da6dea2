# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/access/least.c \
	src/access/least.h \
	src/access/posix-explain.c \
	src/access/posix.c \
	src/access/posix.h
