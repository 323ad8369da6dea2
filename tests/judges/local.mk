# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Other implementations judge ours, on random cases.
E13_JUDGE_TESTS = \
	tests/judges/lint-reports.test \
	tests/judges/posix-access.test \
	tests/judges/posix-plans.test \
	tests/judges/samba-access.test \
	tests/judges/samba-opens.test \
	tests/judges/samba-repair.test \
	tests/judges/wine-access.test
dist_check_SCRIPTS += $(E13_JUDGE_TESTS)
TESTS += $(E13_JUDGE_TESTS)
EXTRA_DIST += \
	tests/judges/prove \
	tests/judges/descriptors.py \
	tests/judges/lint-reports.py \
	tests/judges/posix-access.py \
	tests/judges/posix-plans.py \
	tests/judges/posix.sh \
	tests/judges/posix_disks.py \
	tests/judges/posix_people.py \
	tests/judges/posix_tree.py \
	tests/judges/samba-access.py \
	tests/judges/samba-opens.py \
	tests/judges/samba-repair.py \
	tests/judges/samba_server.py \
	tests/judges/wine-access.c \
	tests/judges/wine-access.py

# Says what we think; no test itself.
EXTRA_PROGRAMS += tests/judges/windows-verdict
check_DATA += tests/judges/windows-verdict$(EXEEXT)
CLEANFILES += tests/judges/windows-verdict$(EXEEXT)
tests_judges_windows_verdict_SOURCES = tests/judges/windows-verdict.c
tests_judges_windows_verdict_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

# Goes on until it is interrupted.
proof: errno13$(EXEEXT) tests/posix/attack$(EXEEXT)
	$(top_srcdir)/tests/judges/prove ./errno13$(EXEEXT) tests/posix/attack$(EXEEXT)
