# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Under Wine, with what `./bootstrap windows` has built; elsewhere they skip and say so.
E13_WINE_TESTS = \
	tests/win32/exe.test \
	tests/win32/lint.test \
	tests/win32/platform.test
dist_check_SCRIPTS += $(E13_WINE_TESTS)
TESTS += $(E13_WINE_TESTS)
EXTRA_DIST += tests/win32/lib.sh

# Programs of their own, one a table of operations. They write TAP.
E13_WINDOWS_SCENE = tests/win32/scene.c tests/win32/scene.h
EXTRA_DIST += tests/win32/read.c tests/win32/write.c $(E13_WINDOWS_SCENE)

if HOST_WINDOWS
EXTRA_PROGRAMS += tests/win32/read tests/win32/write
E13_WINDOWS_TEST_LDADD = liberrno13.a $(GLIB_LIBS) $(JANSSON_LIBS) $(EXPAT_LIBS) $(E13_WINDOWS_LIBS)

tests_win32_read_SOURCES = tests/win32/read.c $(E13_WINDOWS_SCENE)
tests_win32_read_LDADD = $(E13_WINDOWS_TEST_LDADD)
tests_win32_read_LDFLAGS = -static
tests_win32_write_SOURCES = tests/win32/write.c $(E13_WINDOWS_SCENE)
tests_win32_write_LDADD = $(E13_WINDOWS_TEST_LDADD)
tests_win32_write_LDFLAGS = -static
endif

# For a volunteer with a real Windows, and the reader of what that gives.
EXTRA_DIST += tests/win32/manual.cmd
dist_check_SCRIPTS += tests/win32/check-manual tests/win32/manual.test
TESTS += tests/win32/manual.test
