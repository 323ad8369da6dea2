/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The first line is a pattern, the rest are paths. */

#include <string.h>

#include "policy/glob.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 64);
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Glob) glob = e13_glob_new (lines[0] != NULL ? lines[0] : "", &error);

  g_assert_true ((glob == NULL) == (error != NULL));
  for (guint i = 1; glob != NULL && lines[0] != NULL && lines[i] != NULL; i++)
    {
      gboolean as_file = e13_glob_matches (glob, lines[i], FALSE);
      gboolean as_directory = e13_glob_matches (glob, lines[i], TRUE);

      g_assert_true (as_directory || !as_file);
    }
  return 0;
}
