# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What the tests share: values from text, and a platform that answers from a script.
check_LIBRARIES += tests/support/libtestsupport.a
tests_support_libtestsupport_a_SOURCES = \
	tests/support/acl-text.c \
	tests/support/acl-text.h \
	tests/support/fake-platform.c \
	tests/support/fake-platform.h
E13_TEST_SUPPORT = tests/support/libtestsupport.a

# Real trees, and an audit of them.
tests_support_libtestsupport_a_SOURCES += \
	tests/support/audit-fixture.c \
	tests/support/audit-fixture.h \
	tests/support/temp-tree.c \
	tests/support/temp-tree.h

# A site as a table, and the plan for it.
tests_support_libtestsupport_a_SOURCES += \
	tests/support/fake-site.c \
	tests/support/fake-site.h
