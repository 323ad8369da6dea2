/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/trace-seen.h"

#include <string.h>

#include "logs/unescape.h"

#define MAX_KEPT 4096
#define MAX_PROCESSES 4096

typedef struct
{
  E13Failure *failure;
  char *name; /* its last component */
  gint64 since;
} Kept;

struct E13TraceSeen
{
  char *directory;         /* of the first process */
  GHashTable *directories; /* pid → char * */
  GHashTable *halves;      /* pid → the first half of a call that was interrupted */
  GPtrArray *kept;         /* of Kept * */
  guint64 n_found;
};

static void
free_kept (gpointer data)
{
  Kept *kept = data;

  g_clear_pointer (&kept->failure, e13_failure_free);
  g_free (kept->name);
  g_free (kept);
}

E13TraceSeen *
e13_trace_seen_new (const char *directory)
{
  E13TraceSeen *seen = g_new0 (E13TraceSeen, 1);

  seen->directory = g_strdup (directory);
  seen->directories = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  seen->halves = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  seen->kept = g_ptr_array_new_with_free_func (free_kept);
  return seen;
}

void
e13_trace_seen_free (E13TraceSeen *seen)
{
  if (seen == NULL)
    return;
  g_free (seen->directory);
  g_hash_table_unref (seen->directories);
  g_hash_table_unref (seen->halves);
  g_ptr_array_unref (seen->kept);
  g_free (seen);
}

/* ---- Lines ----------------------------------------------------------------------------------- */

/* The first string among the arguments of @call, as bytes; NULL: it has none. */
static char *
first_name (const char *call)
{
  const char *quote = strchr (call, '"');
  gsize length = 0;

  if (quote == NULL)
    return NULL;
  for (quote++; quote[length] != '\0' && quote[length] != '"'; length++)
    if (quote[length] == '\\' && quote[length + 1] != '\0')
      length++;
  return e13_unescape (E13_ESCAPE_C, quote, length);
}

static gboolean
succeeds (const char *call)
{
  const char *result = g_strrstr (call, ") ");

  if (result == NULL)
    return FALSE;
  result += strspn (result, ") ");
  return g_str_has_prefix (result, "= ") && g_ascii_isdigit (result[2]);
}

static void
set_directory (E13TraceSeen *seen, guint32 pid, char *directory)
{
  if (g_hash_table_size (seen->directories) < MAX_PROCESSES)
    g_hash_table_replace (seen->directories, GUINT_TO_POINTER (pid), directory);
  else
    g_free (directory);
}

/* strace -y says it beside every AT_FDCWD. */
static void
note_directory (E13TraceSeen *seen, guint32 pid, const char *call)
{
  static const char mark[] = "(AT_FDCWD<";
  const char *start = strstr (call, mark);
  const char *end = start != NULL ? strchr (start, '>') : NULL;

  if (end == NULL || strchr (call, '"') < start)
    return;
  start += strlen (mark);
  if (*start == '/')
    set_directory (seen, pid, e13_unescape (E13_ESCAPE_C, start, (gsize)(end - start)));
}

static void
note_chdir (E13TraceSeen *seen, guint32 pid, const char *name)
{
  const char *from = e13_trace_seen_directory (seen, pid);

  if (*name == '/')
    set_directory (seen, pid, g_strdup (name));
  else if (from != NULL)
    set_directory (seen, pid, g_canonicalize_filename (name, from));
}

/* What was not found is there after all, here or elsewhere. */
static void
note_found (E13TraceSeen *seen, guint32 pid, const char *name)
{
  g_autofree char *last = g_path_get_basename (name);

  for (guint i = seen->kept->len; i-- > 0;)
    {
      const Kept *kept = seen->kept->pdata[i];

      if (kept->failure->pid != pid || strcmp (kept->name, last) != 0)
        continue;
      g_ptr_array_remove_index (seen->kept, i);
      seen->n_found++;
    }
}

/* "CALL(… <unfinished ...>" and, later, "<... CALL resumed>…": the whole of it; NULL: there is more to come. Free with
 * g_free(). */
static char *
whole_call (E13TraceSeen *seen, guint32 pid, const char *call)
{
  const char *cut = strstr (call, " <unfinished ...>");
  const char *rest = g_str_has_prefix (call, "<... ") ? strstr (call, " resumed>") : NULL;
  const char *half = g_hash_table_lookup (seen->halves, GUINT_TO_POINTER (pid));
  char *whole;

  if (cut != NULL)
    {
      if (g_hash_table_size (seen->halves) < MAX_PROCESSES)
        g_hash_table_replace (seen->halves, GUINT_TO_POINTER (pid), g_strndup (call, (gsize)(cut - call)));
      return NULL;
    }
  if (rest == NULL)
    return g_strdup (call);
  whole = half != NULL ? g_strconcat (half, rest + strlen (" resumed>"), NULL) : NULL;
  g_hash_table_remove (seen->halves, GUINT_TO_POINTER (pid));
  return whole;
}

static void
forget (E13TraceSeen *seen, guint32 pid)
{
  g_hash_table_remove (seen->directories, GUINT_TO_POINTER (pid));
  g_hash_table_remove (seen->halves, GUINT_TO_POINTER (pid));
}

E13TraceLine
e13_trace_seen_line (E13TraceSeen *seen, const char *line)
{
  const char *call = line;
  E13TraceLine told = { (guint32)g_ascii_strtoull (line, (char **)&call, 10), FALSE };
  g_autofree char *whole = NULL;
  g_autofree char *name = NULL;

  if (call == line || told.pid == 0)
    return (E13TraceLine){ 0, FALSE };
  call += strspn (call, " ");
  told.has_ended = g_str_has_prefix (call, "+++ ");
  if (told.has_ended)
    forget (seen, told.pid);
  else
    whole = whole_call (seen, told.pid, call);
  if (whole == NULL)
    return told;
  note_directory (seen, told.pid, whole);
  name = succeeds (whole) ? first_name (whole) : NULL;
  if (name == NULL || *name == '\0')
    return told;
  if (g_str_has_prefix (whole, "chdir("))
    note_chdir (seen, told.pid, name);
  note_found (seen, told.pid, name);
  return told;
}

const char *
e13_trace_seen_directory (const E13TraceSeen *seen, guint32 pid)
{
  const char *directory = g_hash_table_lookup (seen->directories, GUINT_TO_POINTER (pid));

  return directory != NULL ? directory : g_hash_table_size (seen->directories) == 0 ? seen->directory : NULL;
}

/* ---- Kept ------------------------------------------------------------------------------------ */

gboolean
e13_trace_seen_keep (E13TraceSeen *seen, E13Failure *failure)
{
  Kept *kept;

  if (failure->path == NULL || seen->kept->len >= MAX_KEPT)
    return FALSE;
  kept = g_new0 (Kept, 1);
  kept->failure = failure;
  kept->name = g_path_get_basename (failure->path);
  kept->since = g_get_monotonic_time ();
  g_ptr_array_add (seen->kept, kept);
  return TRUE;
}

GPtrArray *
e13_trace_seen_release (E13TraceSeen *seen, guint32 pid, guint seconds)
{
  GPtrArray *failures = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = g_steal_pointer (&seen->kept);
  gint64 before = g_get_monotonic_time () - (gint64)seconds * G_USEC_PER_SEC;

  seen->kept = g_ptr_array_new_with_free_func (free_kept);
  for (guint i = 0; i < all->len; i++)
    {
      Kept *kept = all->pdata[i];

      if ((pid == 0 || kept->failure->pid == pid) && kept->since <= before)
        g_ptr_array_add (failures, g_steal_pointer (&kept->failure));
      else
        g_ptr_array_add (seen->kept, g_steal_pointer (&all->pdata[i]));
    }
  /* What has moved on is no longer this array's. */
  for (guint i = all->len; i-- > 0;)
    if (all->pdata[i] == NULL)
      g_ptr_array_steal_index_fast (all, i);
  return failures;
}

guint64
e13_trace_seen_found (const E13TraceSeen *seen)
{
  return seen->n_found;
}
