# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/policy/detect.h \
	src/policy/glob-parts.h \
	src/policy/glob.c \
	src/policy/glob.h \
	src/policy/policy.h \
	src/policy/profile.h
