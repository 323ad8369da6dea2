/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One edit of a configuration file, in the file's own encoding and line ends: every byte that it does not mean stays.
 */

#pragma once

#include <glib.h>

typedef struct
{
  gsize offset;
  gsize n_removed;
  char *text;       /* in UTF-8: written there */
  gboolean is_line; /* the text gets a line of its own, set in as what it comes before; and where nothing else stands in
                       the lines of what is removed, they go, too */
} E13IisEdit;

/* E13_ERROR_UNSUPPORTED where the file's encoding has no characters for the text. */
GBytes *e13_iis_edit (GBytes *bytes, const E13IisEdit *edit, GError **error);
