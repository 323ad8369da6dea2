/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/cgi.h"

#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "base/quote.h"

#define MAX_EXPLAINED 3

/* What it was that was refused: the message does not say, so the first that is. */
static E13Explanation *
first_refused (const E13Asker *asker, const char *path)
{
  static const E13Want wants[] = { E13_WANT_READ, E13_WANT_WRITE, E13_WANT_CREATE };

  for (gsize i = 0; i < G_N_ELEMENTS (wants); i++)
    {
      const E13Wanted wanted = { wants[i], 0 };
      g_autoptr (E13Explanation) explanation = e13_explain_path (asker, path, &wanted, NULL);

      if (explanation != NULL && explanation->granted == E13_ANSWER_NO)
        return g_steal_pointer (&explanation);
    }
  return NULL;
}

static gboolean
is_absolute (const char *path)
{
  return path[0] == '/' || e13_path_is_windows (path);
}

static void
add_refused (const E13Asker *asker, const E13CgiDenied *denied, const char *path, E13CgiVerdict *verdict,
             GPtrArray *explanations)
{
  g_autoptr (E13Explanation) explanation = first_refused (asker, path);
  g_autofree char *label = e13_identity_label (asker->identity);
  g_autofree char *who = e13_quote_display (label);
  g_autofree char *shown = e13_quote_path (path);
  g_autofree char *line = e13_quote_display (denied->line);
  g_autofree char *word = e13_quote_path_word (path);

  if (explanation == NULL)
    {
      e13_cgi_verdict_add (
          verdict, E13_CGI_DENIED,
          g_strdup_printf ("the script was refused %s, although its permissions let %s through", shown, who),
          g_strdup_printf ("it said: %s", line), g_strdup_printf ("errno13 explain %s", word));
      return;
    }
  e13_cgi_verdict_add (verdict, E13_CGI_DENIED, g_strdup_printf ("%s was refused %s; below is why", who, shown),
                       g_strdup_printf ("it said: %s", line),
                       explanation->cures->len > 0 ? g_strdup (explanation->cures->pdata[0]) : NULL);
  g_ptr_array_add (explanations, g_steal_pointer (&explanation));
}

static void
add_not_found (const E13CgiDenied *denied, const char *path, const char *directory, E13CgiVerdict *verdict)
{
  g_autofree char *shown = e13_quote_path (path);
  g_autofree char *given = e13_quote_display (denied->path);
  g_autofree char *start = e13_quote_path (directory);
  g_autofree char *line = e13_quote_display (denied->line);

  e13_cgi_verdict_add (
      verdict, E13_CGI_NOT_FOUND,
      is_absolute (denied->path)
          ? g_strdup_printf ("the script looks for %s, which is not there", shown)
          : g_strdup_printf ("the script looks for '%s', a relative path: under a server that begins in %s, "
                             "which is not where you start it from",
                             given, start),
      g_strdup_printf ("it said: %s", line),
      is_absolute (denied->path)
          ? NULL
          : g_strdup ("begin the path with the script's own folder: os.path.dirname(__file__), $FindBin::Bin "
                      "or __DIR__"));
}

void
e13_cgi_explain_denied (const E13Asker *asker, const char *text, gsize size, const char *directory,
                        E13CgiVerdict *verdict, GPtrArray *explanations)
{
  g_autoptr (GPtrArray) found = e13_cgi_denied_find (text, size);

  for (guint i = 0; i < found->len && i < MAX_EXPLAINED; i++)
    {
      const E13CgiDenied *denied = found->pdata[i];
      g_autofree char *path = is_absolute (denied->path)
                                  ? g_strdup (denied->path)
                                  : e13_path_join (directory, denied->path, asker->ops->is_windows ? '\\' : '/');

      if (denied->error == EACCES || denied->error == EPERM || denied->error == EROFS)
        add_refused (asker, denied, path, verdict, explanations);
      else if (denied->error == ENOENT)
        add_not_found (denied, path, directory, verdict);
    }
}
