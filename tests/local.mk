# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Criterion writes TAP; automake's driver reads it, so that each test is a line of its own.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
# The shell tests write it themselves.
TEST_EXTENSIONS = .test
TEST_LOG_DRIVER = $(LOG_DRIVER)
# A test that hangs is an error, and so are all that it started: each Criterion suite has a limit of its own below this one.
E13_TEST_SECONDS = 600
LOG_COMPILER = timeout --kill-after=10 $(E13_TEST_SECONDS)
TEST_LOG_COMPILER = $(LOG_COMPILER)
AM_TESTS_ENVIRONMENT = CRITERION_OUTPUTS=tap:-; export CRITERION_OUTPUTS; G_DEBUG=fatal-warnings; export G_DEBUG; \
	LSAN_OPTIONS='suppressions=$(abs_top_srcdir)/tests/support/lsan.supp:print_suppressions=0'; export LSAN_OPTIONS; \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; top_builddir='$(abs_top_builddir)'; export top_builddir;

# Builds again, without optimisation and counting, in a directory of its own, and runs E13_COVERAGE_TESTS: all of them by default.
E13_COVERAGE_TESTS =
EXTRA_DIST += tests/support/coverage
coverage:
	$(top_srcdir)/tests/support/coverage $(top_srcdir) $(abs_top_builddir)/coverage $(E13_COVERAGE_TESTS)
.PHONY: coverage proof

E13_TEST_LDADD = liberrno13.a $(CRITERION_LIBS) $(GLIB_LIBS) $(ACL_LIBS) $(SELINUX_LIBS) $(JANSSON_LIBS) $(EXPAT_LIBS)

if HAVE_CRITERION
include tests/support/local.mk
include tests/unit/local.mk
include tests/posix/local.mk
include tests/cli/local.mk
include tests/judges/local.mk
endif

include tests/lint/local.mk
include tests/e2e/local.mk
include tests/fuzz/local.mk
include tests/bench/local.mk
include tests/logs/local.mk
include tests/win32/local.mk
TESTS += $(check_PROGRAMS)
