# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# One program a module.
check_PROGRAMS += tests/unit/base-quote
tests_unit_base_quote_SOURCES = tests/unit/base-quote.c
tests_unit_base_quote_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/model-identity
tests_unit_model_identity_SOURCES = tests/unit/model-identity.c
tests_unit_model_identity_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/model-posix-acl
tests_unit_model_posix_acl_SOURCES = tests/unit/model-posix-acl.c
tests_unit_model_posix_acl_LDADD = $(E13_TEST_LDADD)
