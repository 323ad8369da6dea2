# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

dist_check_SCRIPTS += \
	tests/cli/cgi.test \
	tests/cli/class.test \
	tests/cli/dump.test \
	tests/cli/explain-iis.test \
	tests/cli/getfacl.test \
	tests/cli/iis.test \
	tests/cli/lint-fix.test \
	tests/cli/lint-xmllint.test \
	tests/cli/last-line.test \
	tests/cli/lint.test \
	tests/cli/logs.test \
	tests/cli/nested.test \
	tests/cli/profiles.test \
	tests/cli/status.test \
	tests/cli/trace.test \
	tests/cli/undo.test \
	tests/cli/usage.test
TESTS += \
	tests/cli/cgi.test \
	tests/cli/class.test \
	tests/cli/dump.test \
	tests/cli/explain-iis.test \
	tests/cli/getfacl.test \
	tests/cli/iis.test \
	tests/cli/lint-fix.test \
	tests/cli/lint-xmllint.test \
	tests/cli/last-line.test \
	tests/cli/lint.test \
	tests/cli/logs.test \
	tests/cli/nested.test \
	tests/cli/profiles.test \
	tests/cli/status.test \
	tests/cli/trace.test \
	tests/cli/undo.test \
	tests/cli/usage.test
EXTRA_DIST += tests/data
