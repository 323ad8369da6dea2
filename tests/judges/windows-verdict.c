/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Says what our Windows access model thinks, for judges to compare. Each line of the input is a descriptor (SDDL, or
 * self-relative bytes in hexadecimal), a token as tests/support/sd-text.h has it, and a mask in hexadecimal, with tabs
 * between; each line of the output is "1 MASK UNSURE" where it is granted, else "0 0 UNSURE". Not a test itself. */

#include <stdio.h>
#include <stdlib.h>

#include "access/windows.h"
#include "tests/support/sd-text.h"

/* Tokens are few, cases many. */
static const E13Token *
token_of (GHashTable *tokens, const char *text)
{
  E13Token *token = g_hash_table_lookup (tokens, text);

  if (token == NULL)
    {
      token = token_from_text (text);
      g_hash_table_insert (tokens, g_strdup (text), token);
    }
  return token;
}

static void
judge_line (const char *line, GHashTable *tokens)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  g_autoptr (E13SecurityDescriptor) sd = NULL;
  E13WinVerdict verdict;

  if (g_strv_length (fields) != 3)
    g_error ("not a case: %s", line);
  sd = sd_from_text (fields[0]);
  verdict = e13_windows_judge (sd, token_of (tokens, fields[1]), (guint32)g_ascii_strtoull (fields[2], NULL, 16));
  printf ("%d %x %x\n", verdict.granted, verdict.mask, verdict.unsure);
}

int
main (void)
{
  g_autoptr (GHashTable) tokens
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)e13_token_free);
  g_autofree char *line = NULL;
  size_t room = 0;
  ssize_t length;

  while ((length = getline (&line, &room, stdin)) > 0)
    {
      g_strchomp (line);
      judge_line (line, tokens);
    }
  return EXIT_SUCCESS;
}
