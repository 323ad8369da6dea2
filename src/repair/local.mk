# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/repair/apply.h \
	src/repair/grant.h \
	src/repair/guard.h \
	src/repair/journal.h \
	src/repair/plan.h \
	src/repair/undo.h
