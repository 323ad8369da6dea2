/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading journals from files, and listing them. A journal tells root what to write, so one that a stranger could have
 * written is not read. */

#include "config.h"

#include "repair/journal-format.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"
#include "repair/journal-files.h"

#define SUFFIX ".acl"
#define MACHINE_ID "/etc/machine-id"
#define LONGEST_MARK 65536

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FILE, fclose)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DIR, closedir)

char *
e13_journal_machine (void)
{
  g_autofree char *id = NULL;

  if (g_file_get_contents (MACHINE_ID, &id, NULL, NULL) && g_strstrip (id)[0] != '\0')
    return g_steal_pointer (&id);
  return g_strdup (g_get_host_name ());
}

static gboolean
check_file (int fd, const char *shown, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return e13_throw_errno (error, "cannot read the journal '%s'", shown);
  if (!S_ISREG (status.st_mode))
    return e13_throw (error, E13_ERROR_INPUT, "cannot read the journal '%s': it is no regular file", shown);
  if (status.st_uid != 0 && status.st_uid != geteuid ())
    return e13_throw (error, E13_ERROR_REFUSED, "cannot trust the journal '%s': it belongs to another user", shown);
  if (status.st_mode & 022)
    return e13_throw (error, E13_ERROR_REFUSED, "cannot trust the journal '%s': others can write to it", shown);
  return TRUE;
}

/* O_NONBLOCK, lest a FIFO in the journal's place holds us. */
static FILE *
open_journal (int dirfd, const char *name, GError **error)
{
  g_autofree char *shown = e13_quote_display (name);
  e13_autofd int fd = openat (dirfd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  FILE *in;

  if (fd < 0)
    return e13_throw_errno (error, "cannot open the journal '%s'", shown), NULL;
  if (!check_file (fd, shown, error))
    return NULL;
  in = fdopen (fd, "r");
  if (in == NULL)
    return e13_throw_errno (error, "cannot read the journal '%s'", shown), NULL;
  g_steal_fd (&fd);
  return in;
}

E13Journal *
e13_journal_read (const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (FILE) in = open_journal (AT_FDCWD, absolute, error);

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
read_header (int dirfd, const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (FILE) in = open_journal (dirfd, name, NULL);
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
  const char *x = (*(E13Journal *const *)a)->path;
  const char *y = (*(E13Journal *const *)b)->path;
  gsize x_length = strlen (x);
  gsize y_length = strlen (y);
  const gsize stem = strlen ("YYYY-MM-DDTHH-MM-SS");
  const char *x_name = strrchr (x, '/') + 1;
  const char *y_name = strrchr (y, '/') + 1;
  int order = strncmp (y_name, x_name, stem);

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
  e13_autofd int fd = e13_journal_open_own (absolute, FALSE, &cause);
  g_autoptr (DIR) entries = NULL;
  const struct dirent *entry;

  if (g_error_matches (cause, E13_ERRNO, ENOENT))
    return g_steal_pointer (&journals);
  if (fd < 0)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  entries = fdopendir (fd);
  if (entries == NULL)
    return e13_throw_errno (error, "cannot list the journals"), NULL;
  g_steal_fd (&fd);
  while ((entry = readdir (entries)) != NULL)
    if (g_str_has_suffix (entry->d_name, SUFFIX))
      g_ptr_array_add (journals, read_header (dirfd (entries), absolute, entry->d_name));
  g_ptr_array_sort (journals, compare_newest_first);
  return g_steal_pointer (&journals);
}
