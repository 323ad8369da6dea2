# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

check_PROGRAMS += tests/posix/grant-kernel
tests_posix_grant_kernel_SOURCES = tests/posix/grant-kernel.c
tests_posix_grant_kernel_LDADD = $(E13_TEST_LDADD)
