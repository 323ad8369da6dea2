# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later


dist_man_MANS += docs/man/errno13-profile.5
dist_doc_DATA += docs/policy.md
