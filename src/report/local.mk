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
	src/report/json-cgi.c \
	src/report/json-denial.c \
	src/report/json-explanation.c \
	src/report/json-lint.c \
	src/report/json-serving.c \
	src/report/json-status.c \
	src/report/json-value.c \
	src/report/json-value.h \
	src/report/json.c \
	src/report/report.h \
	src/report/sh.c \
	src/report/subjects.h \
	src/report/terminal.c \
	src/report/terminal.h \
	src/report/text-brief.c \
	src/report/text-brief.h \
	src/report/text-cgi.c \
	src/report/text-denial.c \
	src/report/text-explanation.c \
	src/report/text-lint.c \
	src/report/text-serving.c \
	src/report/text-status.c \
	src/report/text.c
