# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Programs of their own, one a table of operations, linked with scene.c and liberrno13.a for Windows. They write TAP.
E13_WINDOWS_TESTS = \
	tests/win32/read.c \
	tests/win32/scene.c tests/win32/scene.h \
	tests/win32/write.c
EXTRA_DIST += $(E13_WINDOWS_TESTS)

# For a volunteer with a real Windows, and the reader of what that gives.
EXTRA_DIST += tests/win32/manual.cmd
dist_check_SCRIPTS += tests/win32/check-manual tests/win32/manual.test
TESTS += tests/win32/manual.test
