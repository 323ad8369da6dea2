# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# One program a module.
check_PROGRAMS += tests/unit/base-quote
tests_unit_base_quote_SOURCES = tests/unit/base-quote.c
tests_unit_base_quote_LDADD = $(E13_TEST_LDADD)
