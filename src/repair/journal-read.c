/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading journals from files, and listing them. A journal tells root what to write, so one that a stranger could have
 * written is not read: the store sees to that. */

#include "config.h"

#include "repair/journal-format.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "platform/store.h"

#define SUFFIX ".acl"
#define LONGEST_MARK 65536

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FILE, fclose)

char *
e13_journal_machine (void)
{
  return e13_store_machine ();
}

E13Journal *
e13_journal_read (const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (FILE) in = e13_store_read (NULL, absolute, error);

  return in != NULL ? e13_journal_parse (in, absolute, FALSE, error) : NULL;
}

/* ---- Listing --------------------------------------------------------------------------------- */

/* Who undid it, by the mark at the end of the file; NULL. */
static char *
read_mark (FILE *in)
{
  g_autofree char *tail = g_malloc (LONGEST_MARK + 1);
  gsize length;
  char *line;

  if (fseeko (in, -LONGEST_MARK, SEEK_END) != 0)
    rewind (in);
  length = fread (tail, 1, LONGEST_MARK, in);
  tail[length] = '\0';
  line = strrchr (tail, '\n');
  if (line == NULL)
    return NULL;
  *line = '\0'; /* what follows is empty, or a mark that was cut off */
  line = strrchr (tail, '\n');
  return line != NULL ? e13_journal_parse_mark (line + 1) : NULL;
}

static E13Journal *
read_header (const E13Store *store, const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (FILE) in = e13_store_read (store, name, NULL);
  E13Journal *journal = in != NULL ? e13_journal_parse (in, path, TRUE, NULL) : NULL;

  if (journal == NULL)
    {
      journal = g_new0 (E13Journal, 1);
      journal->path = g_steal_pointer (&path);
    }
  else
    journal->undone_by = read_mark (in);
  return journal;
}

/* By name, which is the time, and the number in it where there were several in one second. */
static gint
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a;
  const char *y = *(const char *const *)b;
  gsize x_length = strlen (x);
  gsize y_length = strlen (y);
  int order = strncmp (y, x, strlen ("YYYY-MM-DDTHH-MM-SS"));

  if (order != 0)
    return order;
  if (x_length != y_length)
    return x_length < y_length ? 1 : -1;
  return strcmp (y, x);
}

GPtrArray *
e13_journal_list (const char *directory, GError **error)
{
  g_autoptr (GPtrArray) journals = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_journal_free);
  g_autofree char *absolute = g_canonicalize_filename (directory, NULL);
  g_autoptr (GError) cause = NULL;
  g_autoptr (E13Store) store = e13_store_open_own (absolute, FALSE, &cause);
  g_autoptr (GPtrArray) names = NULL;

  if (g_error_matches (cause, E13_ERRNO, ENOENT))
    return g_steal_pointer (&journals);
  if (store == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  names = e13_store_list (store);
  if (names == NULL)
    return e13_throw_errno (error, "cannot list the journals"), NULL;
  g_ptr_array_sort (names, compare_newest_first);
  for (guint i = 0; i < names->len; i++)
    if (g_str_has_suffix (names->pdata[i], SUFFIX))
      g_ptr_array_add (journals, read_header (store, absolute, names->pdata[i]));
  return g_steal_pointer (&journals);
}
