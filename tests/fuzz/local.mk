# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# One program a parser: fuzz-NAME.c holds LLVMFuzzerTestOneInput, corpus/NAME its seeds and what it once found.
# `make check` replays the corpora through replay.c. `make fuzz` fuzzes, each target for E13_FUZZ_SECONDS, with clang in a build of its own;
# E13_FUZZ_TARGETS names some alone.
E13_FUZZ_ENGINE = tests/fuzz/libreplay.a
E13_FUZZ_LDADD = $(E13_FUZZ_ENGINE) liberrno13.a $(GLIB_LIBS) $(ACL_LIBS) $(SELINUX_LIBS) $(EXPAT_LIBS)
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/run

E13_FUZZ_SECONDS = 120
E13_FUZZ_TARGETS =
fuzz:
	$(top_srcdir)/tests/fuzz/run $(top_srcdir) $(abs_top_builddir)/fuzz $(E13_FUZZ_SECONDS) $(E13_FUZZ_TARGETS)
.PHONY: fuzz

check_LIBRARIES += tests/fuzz/libreplay.a
tests_fuzz_libreplay_a_SOURCES = tests/fuzz/replay.c

check_PROGRAMS += tests/fuzz/fuzz-glob
tests_fuzz_fuzz_glob_SOURCES = tests/fuzz/fuzz-glob.c
tests_fuzz_fuzz_glob_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-profile
tests_fuzz_fuzz_profile_SOURCES = tests/fuzz/fuzz-profile.c
tests_fuzz_fuzz_profile_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-journal
tests_fuzz_fuzz_journal_SOURCES = tests/fuzz/fuzz-journal.c
tests_fuzz_fuzz_journal_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-security-descriptor
tests_fuzz_fuzz_security_descriptor_SOURCES = tests/fuzz/fuzz-security-descriptor.c
tests_fuzz_fuzz_security_descriptor_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-sddl
tests_fuzz_fuzz_sddl_SOURCES = tests/fuzz/fuzz-sddl.c
tests_fuzz_fuzz_sddl_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-proc
tests_fuzz_fuzz_proc_SOURCES = tests/fuzz/fuzz-proc.c
tests_fuzz_fuzz_proc_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-words
tests_fuzz_fuzz_words_SOURCES = tests/fuzz/fuzz-words.c
tests_fuzz_fuzz_words_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-dump
tests_fuzz_fuzz_dump_SOURCES = tests/fuzz/fuzz-dump.c
tests_fuzz_fuzz_dump_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-iis
tests_fuzz_fuzz_iis_SOURCES = tests/fuzz/fuzz-iis.c
tests_fuzz_fuzz_iis_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-servers
tests_fuzz_fuzz_servers_SOURCES = tests/fuzz/fuzz-servers.c
tests_fuzz_fuzz_servers_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-iis-edit
tests_fuzz_fuzz_iis_edit_SOURCES = tests/fuzz/fuzz-iis-edit.c
tests_fuzz_fuzz_iis_edit_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-samba-xattr
tests_fuzz_fuzz_samba_xattr_SOURCES = tests/fuzz/fuzz-samba-xattr.c
tests_fuzz_fuzz_samba_xattr_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-win32-text
tests_fuzz_fuzz_win32_text_SOURCES = tests/fuzz/fuzz-win32-text.c
tests_fuzz_fuzz_win32_text_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-status-query
tests_fuzz_fuzz_status_query_SOURCES = tests/fuzz/fuzz-status-query.c
tests_fuzz_fuzz_status_query_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-log-iis
tests_fuzz_fuzz_log_iis_SOURCES = tests/fuzz/fuzz-log-iis.c
tests_fuzz_fuzz_log_iis_LDADD = $(E13_FUZZ_LDADD)

# The same, one format each.
check_PROGRAMS += tests/fuzz/fuzz-getfacl
tests_fuzz_fuzz_getfacl_SOURCES = tests/fuzz/fuzz-dump.c
tests_fuzz_fuzz_getfacl_CPPFLAGS = $(AM_CPPFLAGS) -DE13_DUMP_HEAD='"\# file: "'
tests_fuzz_fuzz_getfacl_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-icacls
tests_fuzz_fuzz_icacls_SOURCES = tests/fuzz/fuzz-dump.c
tests_fuzz_fuzz_icacls_CPPFLAGS = $(AM_CPPFLAGS) -DE13_DUMP_HEAD='"C:\\x Everyone:(F)\n\n"'
tests_fuzz_fuzz_icacls_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-csv
tests_fuzz_fuzz_csv_SOURCES = tests/fuzz/fuzz-dump.c
tests_fuzz_fuzz_csv_CPPFLAGS = $(AM_CPPFLAGS) -DE13_DUMP_HEAD='"Path,Sddl\n"'
tests_fuzz_fuzz_csv_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-logs
tests_fuzz_fuzz_logs_SOURCES = tests/fuzz/fuzz-logs.c
tests_fuzz_fuzz_logs_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-lint
tests_fuzz_fuzz_lint_SOURCES = tests/fuzz/fuzz-lint.c tests/support/site-platform.c tests/support/site-platform.h
tests_fuzz_fuzz_lint_LDADD = $(E13_FUZZ_LDADD)

check_PROGRAMS += tests/fuzz/fuzz-cgi
tests_fuzz_fuzz_cgi_SOURCES = tests/fuzz/fuzz-cgi.c
tests_fuzz_fuzz_cgi_LDADD = $(E13_FUZZ_LDADD)
