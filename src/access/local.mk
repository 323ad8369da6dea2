# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/access/judge.c \
	src/access/judge.h \
	src/access/least.c \
	src/access/least.h \
	src/access/posix-explain.c \
	src/access/posix.c \
	src/access/posix.h \
	src/access/windows-explain.c \
	src/access/windows-explain.h \
	src/access/windows-inherit.c \
	src/access/windows-inherit.h \
	src/access/windows-least.c \
	src/access/windows-least.h \
	src/access/windows-trust.c \
	src/access/windows-trust.h \
	src/access/windows.c \
	src/access/windows.h
