# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# The house rules. Each lint also proves on bad samples that it bites.
E13_LINTS = \
	tests/lint/applications.test \
	tests/lint/dist.test \
	tests/lint/house.test \
	tests/lint/iis-rules.test \
	tests/lint/layers.test \
	tests/lint/links.test \
	tests/lint/options.test \
	tests/lint/output.test \
	tests/lint/rules.test \
	tests/lint/seam.test \
	tests/lint/shell.test

dist_check_SCRIPTS += $(E13_LINTS)
EXTRA_DIST += tests/lint/lib.sh tests/support/lsan.supp tests/support/tap.sh tests/support/wine.sh
TESTS += $(E13_LINTS)
