/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What Windows hands over as it stands on a disk, and what people write: reparse points, names, paths. */

#include <string.h>

#include "platform/win32/names.h"
#include "platform/win32/paths.h"
#include "platform/win32/reparse.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A name of the system comes back as it was. */
static void
check_units (const guint8 *data, gsize size)
{
  g_autofree gunichar2 *units = g_new (gunichar2, size / 2 + 1);
  g_autofree gunichar2 *back = NULL;
  g_autofree char *text = NULL;
  gsize n = 0, length = 0;

  for (; n < size / 2; n++)
    {
      units[n] = (gunichar2)(data[2 * n] | data[2 * n + 1] << 8);
      if (units[n] == 0)
        break;
    }
  text = e13_win32_from_utf16 (units, n);
  back = e13_win32_to_utf16 (text, &length);
  g_assert_true (back != NULL && length == n && memcmp (back, units, n * sizeof *units) == 0);
}

static void
check_path (const char *text)
{
  g_auto (E13WinPath) path = { 0 };
  g_autofree char *nt = NULL;

  if (!e13_win_path_parse (text, &path))
    return;
  nt = e13_win_path_nt_root (path.root);
  g_assert_true (g_str_has_prefix (nt, "\\??\\") && g_str_has_suffix (path.root, "\\"));
  for (guint i = 0; i < path.names->len; i++)
    {
      const char *name = path.names->pdata[i];

      g_assert_true (*name != '\0' && strpbrk (name, "/\\") == NULL && strcmp (name, "..") != 0);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autofree char *target = e13_reparse_target (data, size);
  g_autofree gunichar2 *units = NULL;
  gsize length;

  units = e13_win32_to_utf16 (text, &length);
  if (units != NULL)
    {
      g_autofree char *back = e13_win32_from_utf16 (units, length);

      g_assert_cmpstr (back, ==, text);
    }
  check_units (data, size);
  check_path (text);
  return 0;
}
