# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

dist_doc_DATA += docs/journal.md
dist_doc_DATA += \
	LICENSE \
	NEWS.md \
	README.md \
	docs/architecture.md \
	docs/rules.md \
	docs/security.md \
	docs/testing.md

dist_man_MANS += docs/man/errno13-profile.5
dist_doc_DATA += docs/policy.md
dist_doc_DATA += docs/json.md
dist_man_MANS += docs/man/errno13.1
