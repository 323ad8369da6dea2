/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/suggest-profile.h"

#include <string.h>

#include "base/path.h"
#include "base/quote.h"
#include "logs/errno-words.h"

/* What an operation needs of the path, or of the directory that holds it. */
static const struct
{
  E13Operation operation;
  gboolean of_directory;
  const char *level;
} needs[] = {
  { E13_OPERATION_UNKNOWN, FALSE, "read" }, { E13_OPERATION_OPEN, FALSE, "read" },
  { E13_OPERATION_READ, FALSE, "read" },    { E13_OPERATION_STAT, FALSE, "read" },
  { E13_OPERATION_LIST, FALSE, "read" },    { E13_OPERATION_ENTER, FALSE, "read" },
  { E13_OPERATION_RUN, FALSE, "run" },      { E13_OPERATION_WRITE, FALSE, "write" },
  { E13_OPERATION_CREATE, TRUE, "modify" }, { E13_OPERATION_DELETE, TRUE, "modify" },
  { E13_OPERATION_RENAME, TRUE, "modify" },
};

/* As a pattern that matches nothing else. */
static char *
pattern (const char *path)
{
  GString *out = g_string_new (NULL);

  for (; *path != '\0'; path++)
    {
      if (strchr ("*?[]{}\\", *path) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *path);
    }
  return g_string_free (out, FALSE);
}

static gboolean
can_stand_in_a_section (const char *path)
{
  for (; *path != '\0'; path++)
    if (g_ascii_iscntrl (*path))
      return FALSE;
  return TRUE;
}

/* The section and its level as one text; NULL where the denial implies none. */
static char *
section (const E13Denial *denial, const char *site)
{
  const char *level = NULL;
  gboolean of_directory = FALSE;
  g_autofree char *path = NULL;
  g_autofree char *shown = NULL;
  const char *below;

  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    if (needs[i].operation == denial->failure->operation)
      {
        level = needs[i].level;
        of_directory = needs[i].of_directory;
      }
  if (level == NULL || denial->verdict == E13_DENIAL_OTHER
      || (denial->failure->error == E13_ENOENT && !of_directory && strcmp (level, "write") != 0))
    return NULL;
  if (strcmp (level, "write") == 0 && denial->failure->error == E13_ENOENT)
    of_directory = TRUE;
  path = of_directory ? g_path_get_dirname (denial->place) : g_strdup (denial->place);
  if (!e13_path_is_in (path, site) || !can_stand_in_a_section (path))
    return NULL;
  below = path + strlen (site);
  below += strspn (below, "/");
  shown = pattern (below);
  if (of_directory)
    return g_strdup_printf ("[%s%s**]\nApp=modify\n", shown, *shown != '\0' ? "/" : "");
  return *shown != '\0' ? g_strdup_printf ("[%s]\nApp=%s\n", shown, level) : NULL;
}

void
e13_suggest_profile (FILE *out, const GPtrArray *denials, const char *site)
{
  g_autoptr (GHashTable) printed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < denials->len; i++)
    {
      const E13Denial *denial = denials->pdata[i];
      g_autofree char *text = denial->place != NULL ? section (denial, site) : NULL;
      g_autofree char *path = denial->place != NULL ? e13_quote_path (denial->place) : NULL;

      if (text != NULL && g_hash_table_add (printed, g_strdup (text)))
        fprintf (out, "%sWhy=%s: %s, %s\n\n", text, denial->failure->family, e13_errno_text (denial->failure->error),
                 e13_operation_name (denial->failure->operation));
      else if (text == NULL)
        fprintf (out, "# line %" G_GUINT64_FORMAT ": %s: no section says it\n", denial->failure->line,
                 path != NULL ? path : "(no name)");
    }
}
