# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/report/cmd.c \
	src/report/command-line-windows.c \
	src/report/command-line-windows.h \
	src/report/command-line.c \
	src/report/command-line.h \
	src/report/command-tree.c \
	src/report/cure.c \
	src/report/cure.h \
	src/report/group.c \
	src/report/group.h \
	src/report/json-status.c \
	src/report/json-status.h \
	src/report/json.c \
	src/report/report.h \
	src/report/sh.c \
	src/report/terminal.c \
	src/report/terminal.h \
	src/report/text.c \
	src/report/text-denial.c \
	src/report/text-denial.h \
	src/report/text-explanation.c \
	src/report/text-explanation.h \
	src/report/text-status.c \
	src/report/text-status.h
