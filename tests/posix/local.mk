# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later


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
