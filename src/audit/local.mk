# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/audit/audit.c \
	src/audit/audit.h \
	src/audit/auditor.h \
	src/audit/detect.c \
	src/audit/exposure.c \
	src/audit/finish.c \
	src/audit/in-use.c \
	src/audit/judge.c \
	src/audit/nesting.c \
	src/audit/occasions.c \
	src/audit/program.c \
	src/audit/rules.c \
	src/audit/rules.def \
	src/audit/rules.h \
	src/audit/sight.c \
	src/audit/sight.h \
	src/audit/surroundings.c \
	src/audit/views.c \
	src/audit/visit.c \
	src/audit/windows.c
