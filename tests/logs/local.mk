# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What real programs printed, and a program that holds the readers against it. To record anew:
#   tests/logs/record.py >tests/logs/records.jsonl
EXTRA_PROGRAMS += tests/logs/judge-records
check_DATA += tests/logs/judge-records$(EXEEXT)
tests_logs_judge_records_SOURCES = tests/logs/judge-records.c
tests_logs_judge_records_LDADD = liberrno13.a $(GLIB_LIBS) $(ACL_LIBS) $(SELINUX_LIBS) $(JANSSON_LIBS) $(EXPAT_LIBS)
EXTRA_DIST += tests/logs/record.py tests/logs/records.jsonl
dist_check_SCRIPTS += tests/logs/records.test
TESTS += tests/logs/records.test
