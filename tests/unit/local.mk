# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# One program a module.
check_PROGRAMS += tests/unit/base-quote
tests_unit_base_quote_SOURCES = tests/unit/base-quote.c
tests_unit_base_quote_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/policy-glob
tests_unit_policy_glob_SOURCES = tests/unit/policy-glob.c
tests_unit_policy_glob_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/policy-profile
tests_unit_policy_profile_SOURCES = tests/unit/policy-profile.c
tests_unit_policy_profile_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/policy-detect
tests_unit_policy_detect_SOURCES = tests/unit/policy-detect.c
tests_unit_policy_detect_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/policy-scope
tests_unit_policy_scope_SOURCES = tests/unit/policy-scope.c
tests_unit_policy_scope_LDADD = $(E13_TEST_LDADD)
