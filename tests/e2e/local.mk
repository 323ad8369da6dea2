# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Real servers, real accounts, the kernel as witness: as root; elsewhere they skip and say so.
E13_E2E = \
	tests/e2e/apache-cgi.test \
	tests/e2e/applications.test \
	tests/e2e/cgi-apache.test \
	tests/e2e/crash.test \
	tests/e2e/fat.test \
	tests/e2e/iis-tree.test \
	tests/e2e/journal.test \
	tests/e2e/mounts.test \
	tests/e2e/ntfs.test \
	tests/e2e/pitfalls.test \
	tests/e2e/readme.test \
	tests/e2e/readonly.test \
	tests/e2e/samba-tree.test \
	tests/e2e/sandbox.test \
	tests/e2e/servers.test \
	tests/e2e/sh-format.test \
	tests/e2e/wordpress.test

dist_check_SCRIPTS += $(E13_E2E) demo/run
EXTRA_DIST += tests/e2e/applications.sh tests/e2e/foreign.py tests/e2e/foreign.sh tests/e2e/lib.sh tests/e2e/scene.sh
TESTS += $(E13_E2E)

# Asks the kernel what an account may do; no test itself.
EXTRA_PROGRAMS += tests/e2e/ask-kernel
check_DATA += tests/e2e/ask-kernel$(EXEEXT)
CLEANFILES += tests/e2e/ask-kernel$(EXEEXT)
tests_e2e_ask_kernel_SOURCES = tests/e2e/ask-kernel.c

# Writes into the README what its examples print now.
readme: errno13$(EXEEXT)
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' $(top_srcdir)/tests/e2e/readme.test --update
.PHONY: readme
