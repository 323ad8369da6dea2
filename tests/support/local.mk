# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What the tests share: values from text, and a platform that answers from a script.
check_LIBRARIES += tests/support/libtestsupport.a
tests_support_libtestsupport_a_SOURCES = \
	tests/support/acl-text.c \
	tests/support/acl-text.h \
	tests/support/evidence-table.c \
	tests/support/evidence-table.h \
	tests/support/fake-platform.c \
	tests/support/fake-platform.h
E13_TEST_SUPPORT = tests/support/libtestsupport.a

# A platform in memory that fails on demand.
tests_support_libtestsupport_a_SOURCES += \
	tests/support/memory-platform.c \
	tests/support/memory-platform.h

# Real trees, and an audit of them.
tests_support_libtestsupport_a_SOURCES += \
	tests/support/audit-fixture.c \
	tests/support/audit-fixture.h \
	tests/support/temp-tree.c \
	tests/support/temp-tree.h

# A run made by hand, for the reporters.
tests_support_libtestsupport_a_SOURCES += \
	tests/support/report-fixture.c \
	tests/support/report-fixture.h

# A site as a table, and the plan for it.
tests_support_libtestsupport_a_SOURCES += \
	tests/support/fake-site.c \
	tests/support/fake-site.h

# Windows security descriptors.
tests_support_libtestsupport_a_SOURCES += \
	tests/support/sd-text.c \
	tests/support/sd-text.h

# Configurations of IIS.
tests_support_libtestsupport_a_SOURCES += \
	tests/support/iis-fixture.c \
	tests/support/iis-fixture.h
# Configurations of servers.
tests_support_libtestsupport_a_SOURCES += \
	tests/support/memory-sources.c \
	tests/support/memory-sources.h

# What tests/support/wine.sh makes.
clean-local:
	-rm -rf tests/wine tests/wine.lock
