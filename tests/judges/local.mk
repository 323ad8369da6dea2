# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Other implementations judge ours, on random cases.
dist_check_SCRIPTS += tests/judges/samba-access.test
EXTRA_DIST += tests/judges/samba-access.py
TESTS += tests/judges/samba-access.test

# Says what we think; no test itself.
EXTRA_PROGRAMS += tests/judges/windows-verdict
check_DATA += tests/judges/windows-verdict$(EXEEXT)
CLEANFILES += tests/judges/windows-verdict$(EXEEXT)
tests_judges_windows_verdict_SOURCES = tests/judges/windows-verdict.c
tests_judges_windows_verdict_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)
