# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

dist_man_MANS += \
	docs/man/errno13.1 \
	docs/man/errno13-profile.5

dist_doc_DATA += \
	LICENSE \
	NEWS.md \
	README.md \
	docs/architecture.md \
	docs/benchmarks.md \
	docs/journal.md \
	docs/json.md \
	docs/policy.md \
	docs/rules.md \
	docs/security.md \
	docs/testing.md \
	docs/windows.md
