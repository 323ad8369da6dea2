# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

check_PROGRAMS += tests/posix/grant-kernel
tests_posix_grant_kernel_SOURCES = tests/posix/grant-kernel.c
tests_posix_grant_kernel_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/access-kernel
tests_posix_access_kernel_SOURCES = tests/posix/access-kernel.c
tests_posix_access_kernel_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/audit tests/posix/audit-mounts
tests_posix_audit_SOURCES = tests/posix/audit.c
tests_posix_audit_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)
tests_posix_audit_mounts_SOURCES = tests/posix/audit-mounts.c
tests_posix_audit_mounts_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)
check_PROGRAMS += tests/posix/explain-path
tests_posix_explain_path_SOURCES = tests/posix/explain-path.c
tests_posix_explain_path_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/plan-cures
tests_posix_plan_cures_SOURCES = tests/posix/plan-cures.c
tests_posix_plan_cures_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)
