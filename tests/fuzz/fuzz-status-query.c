/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Codes as they are asked for. Each is either known or has something near it, where there is anything of its kind. */

#include "iis/status-query.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  const char *const words[] = { text, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = e13_status_ask (words, &error);

  g_assert_true ((answers == NULL) == (error != NULL));
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const E13StatusAnswer *answer = answers->pdata[i];

      g_assert_nonnull (answer->text);
      g_assert_true (answer->found->len == 0 || answer->nearest->len == 0);
    }
  return 0;
}
