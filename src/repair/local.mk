# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/repair/apply.h \
	src/repair/grant.h \
	src/repair/guard.h \
	src/repair/journal.h \
	src/repair/plan.h \
	src/repair/undo.h

# The journal, and what reads and obeys it.
liberrno13_a_SOURCES += \
	src/repair/apply.c \
	src/repair/journal-icacls.c \
	src/repair/journal-icacls.h \
	src/repair/journal-format.c \
	src/repair/journal-format.h \
	src/repair/journal-lines.c \
	src/repair/journal-lines.h \
	src/repair/journal-lock.c \
	src/repair/journal-parse.c \
	src/repair/journal-read.c \
	src/repair/journal-write.c \
	src/repair/parallel.c \
	src/repair/parallel.h \
	src/repair/undo.c \
	src/repair/undo-new.c \
	src/repair/undo-new-windows.c \
	src/repair/undo-new-windows.h

# Grant, plan, guard.
liberrno13_a_SOURCES += \
	src/repair/grant-harden.c \
	src/repair/grant-inherit.c \
	src/repair/grant-parts.h \
	src/repair/grant.c \
	src/repair/guard.c \
	src/repair/plan-jobs.c \
	src/repair/plan-missing.c \
	src/repair/plan-needs.c \
	src/repair/plan-parents.c \
	src/repair/plan-parts.h \
	src/repair/plan.c \
	src/repair/guard-windows.c \
	src/repair/guard-windows.h \
	src/repair/windows-hand-down.c \
	src/repair/windows-missing.c \
	src/repair/windows-plan.c \
	src/repair/windows-plan.h \
	src/repair/windows-plan-parts.h
