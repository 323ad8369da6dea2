# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

check_PROGRAMS += tests/posix/grant-kernel
tests_posix_grant_kernel_SOURCES = tests/posix/grant-kernel.c
tests_posix_grant_kernel_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/access-kernel
tests_posix_access_kernel_SOURCES = tests/posix/access-kernel.c
tests_posix_access_kernel_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/journal
tests_posix_journal_SOURCES = tests/posix/journal.c
tests_posix_journal_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

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

# The host's side of the platform: what it writes, and what it knows of mounts, accounts and servers.
check_LIBRARIES += tests/posix/libhost.a
tests_posix_libhost_a_SOURCES = tests/posix/host.c tests/posix/host.h
E13_TEST_HOST = tests/posix/libhost.a $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/acl
tests_posix_acl_SOURCES = tests/posix/acl.c
tests_posix_acl_LDADD = $(E13_TEST_HOST)

check_PROGRAMS += tests/posix/write
tests_posix_write_SOURCES = tests/posix/write.c
tests_posix_write_LDADD = $(E13_TEST_HOST)

check_PROGRAMS += tests/posix/accounts tests/posix/mounts
tests_posix_accounts_SOURCES = tests/posix/accounts.c
tests_posix_accounts_LDADD = $(E13_TEST_LDADD)
tests_posix_mounts_SOURCES = tests/posix/mounts.c
tests_posix_mounts_LDADD = $(E13_TEST_HOST)

check_PROGRAMS += tests/posix/servers
tests_posix_servers_SOURCES = tests/posix/servers.c
tests_posix_servers_LDADD = $(E13_TEST_HOST)

# The reading half of the platform.
E13_SCRATCH = tests/posix/scratch.c tests/posix/scratch.h

check_PROGRAMS += tests/posix/walk
tests_posix_walk_SOURCES = tests/posix/walk.c $(E13_SCRATCH)
tests_posix_walk_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/pin
tests_posix_pin_SOURCES = tests/posix/pin.c $(E13_SCRATCH)
tests_posix_pin_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/route
tests_posix_route_SOURCES = tests/posix/route.c $(E13_SCRATCH)
tests_posix_route_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/ask
tests_posix_ask_SOURCES = tests/posix/ask.c $(E13_SCRATCH)
tests_posix_ask_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/undo
tests_posix_undo_SOURCES = tests/posix/undo.c
tests_posix_undo_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/posix/attack
tests_posix_attack_SOURCES = tests/posix/attack.c
tests_posix_attack_LDADD = $(E13_TEST_HOST)

check_PROGRAMS += tests/posix/hostile
tests_posix_hostile_SOURCES = tests/posix/hostile.c src/commands/site-profile.c
tests_posix_hostile_LDADD = $(E13_TEST_HOST)

check_PROGRAMS += tests/posix/launch
tests_posix_launch_SOURCES = tests/posix/launch.c
tests_posix_launch_LDADD = $(E13_TEST_LDADD)
