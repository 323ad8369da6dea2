/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Says what our Windows access model thinks, for judges to compare. Each line of the input is a question, with tabs
 * between its fields; each line of the output the answer. Not a test itself.
 *
 *   judge SD TOKEN MASK           "1 MASK UNSURE" where it is granted, else "0 0 UNSURE"
 *   inside PARENT SD TOKEN MASK   the same for an object in the directory of PARENT
 *   child PARENT SD KIND          what a child of SD's owner and group gets: a descriptor with nothing else in its
 * DACL. KIND is file or directory
 *
 * A descriptor is SDDL, or self-relative bytes in hexadecimal, as they are in answers; a token as
 * tests/support/sd-text.h has it; a mask hexadecimal. */

#include <stdio.h>
#include <stdlib.h>

#include "access/windows-inherit.h"
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
say_verdict (E13WinVerdict verdict)
{
  printf ("%d %x %x\n", verdict.granted, verdict.mask, verdict.unsure);
}

static guint32
mask_of (const char *text)
{
  return (guint32)g_ascii_strtoull (text, NULL, 16);
}

static void
judge (char **fields, GHashTable *tokens)
{
  g_autoptr (E13SecurityDescriptor) sd = sd_from_text (fields[0]);

  say_verdict (e13_windows_judge (sd, token_of (tokens, fields[1]), mask_of (fields[2])));
}

static void
judge_inside (char **fields, GHashTable *tokens)
{
  g_autoptr (E13SecurityDescriptor) parent = sd_from_text (fields[0]);
  g_autoptr (E13SecurityDescriptor) sd = sd_from_text (fields[1]);

  say_verdict (e13_windows_judge_inside (sd, parent, token_of (tokens, fields[2]), mask_of (fields[3])));
}

static void
say_child (char **fields, G_GNUC_UNUSED GHashTable *tokens)
{
  g_autoptr (E13SecurityDescriptor) parent = sd_from_text (fields[0]);
  g_autoptr (E13SecurityDescriptor) sd = sd_from_text (fields[1]);
  E13WinChild child = e13_windows_child (sd, g_str_equal (fields[2], "directory"));
  g_autoptr (GArray) gifts = e13_windows_gifts (parent->dacl, &child);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;
  gsize size;

  e13_win_acl_free (sd->dacl);
  sd->dacl = e13_win_acl_new (2);
  sd->control |= E13_SD_DACL_PRESENT;
  for (guint i = 0; i < gifts->len; i++)
    e13_win_acl_insert (sd->dacl, G_MAXUINT, &g_array_index (gifts, E13WinGift, i).ace);
  bytes = e13_sd_encode (sd, &error);
  if (bytes == NULL)
    g_error ("%s", error->message);
  data = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i < size; i++)
    printf ("%02x", data[i]);
  putchar ('\n');
}

static const struct
{
  const char *name;
  guint n_fields;
  void (*answer) (char **fields, GHashTable *tokens);
} questions[] = {
  { "judge", 3, judge },
  { "inside", 4, judge_inside },
  { "child", 3, say_child },
};

static void
answer_line (const char *line, GHashTable *tokens)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    if (g_strcmp0 (fields[0], questions[i].name) == 0 && g_strv_length (fields) == questions[i].n_fields + 1)
      {
        questions[i].answer (fields + 1, tokens);
        return;
      }
  g_error ("not a question: %s", line);
}

int
main (void)
{
  g_autoptr (GHashTable) tokens
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)e13_token_free);
  g_autofree char *line = NULL;
  size_t room = 0;
  ssize_t length;

  /* Who asks may wait for the answer before the next question. */
  setvbuf (stdout, NULL, _IOLBF, 0);
  while ((length = getline (&line, &room, stdin)) > 0)
    {
      g_strchomp (line);
      answer_line (line, tokens);
    }
  return EXIT_SUCCESS;
}
