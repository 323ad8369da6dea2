/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* judge-records FILE [-v]: holds what the readers find in recorded output against the truth that was recorded with it,
 * family by family. Exit status 1 where fewer than 98 of 100 paths are right or a failure is not found. */

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "logs/reader.h"

typedef struct
{
  guint n;
  guint found;
  guint paths;
  guint operations;
  guint errors;
} Score;

static void
keep (E13Failure *failure, gpointer data)
{
  g_ptr_array_add (data, failure);
}

static const char *
member (json_t *record, const char *key)
{
  return json_string_value (json_object_get (record, key));
}

/* open() for writing makes the file where there is none, and few messages tell; OPEN says that this one does not. */
static gboolean
operation_is (const char *truth, E13Operation found)
{
  const char *name = e13_operation_name (found);

  if (strcmp (truth, name) == 0)
    return TRUE;
  if (found == E13_OPERATION_OPEN)
    return strcmp (truth, "read") == 0 || strcmp (truth, "write") == 0 || strcmp (truth, "create") == 0
           || strcmp (truth, "list") == 0;
  return (strcmp (truth, "write") == 0 && found == E13_OPERATION_CREATE)
         || (strcmp (truth, "enter") == 0 && found == E13_OPERATION_STAT);
}

static void
judge (json_t *record, Score *score, gboolean verbose)
{
  const char *text = member (record, "text");
  const char *path = member (record, "path");
  int error = (int)json_integer_value (json_object_get (record, "errno"));
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_failure_free);
  g_autoptr (E13LogReader) reader = e13_log_reader_new (keep, failures);
  const E13Failure *best = NULL;

  e13_log_reader_feed (reader, text, strlen (text));
  e13_log_reader_end (reader);
  for (guint i = 0; i < failures->len; i++)
    if (best == NULL || (g_strcmp0 (best->path, path) != 0 && g_strcmp0 (((E13Failure *)failures->pdata[i])->path, path) == 0))
      best = failures->pdata[i];
  score->n++;
  if (best != NULL)
    {
      gboolean right_path = g_strcmp0 (best->path, path) == 0;
      gboolean right_operation = operation_is (member (record, "operation"), best->operation);

      score->found++;
      score->paths += right_path;
      score->operations += right_operation;
      score->errors += best->error == error;
      if (!verbose || (right_path && right_operation && best->error == error && failures->len == 1))
        return;
    }
  else if (!verbose)
    return;
  printf ("# %s %s: %s '%s' %d, found (%u): %s %s '%s' %d in\n%s", member (record, "family"), member (record, "program"),
          member (record, "operation"), path != NULL ? path : "(none)", error, failures->len,
          best != NULL ? best->pattern : "nothing", best != NULL ? e13_operation_name (best->operation) : "",
          best != NULL && best->path != NULL ? best->path : "(none)", best != NULL ? best->error : 0, text);
}

static void
print_score (const char *name, const Score *score)
{
  printf ("# %-12s %4u records, found %4u, path right %4u, operation right %4u, errno right %4u\n", name, score->n, score->found,
          score->paths, score->operations, score->errors);
}

static int
judge_all (FILE *in, gboolean verbose)
{
  g_autoptr (GHashTable) scores = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) names = NULL;
  Score all = { 0 };
  json_error_t error;
  json_t *record;

  while ((record = json_loadf (in, JSON_DISABLE_EOF_CHECK, &error)) != NULL)
    {
      const char *family = member (record, "family");
      Score *score = g_hash_table_lookup (scores, family);

      if (score == NULL)
        {
          score = g_new0 (Score, 1);
          g_hash_table_insert (scores, g_strdup (family), score);
        }
      judge (record, score, verbose);
      json_decref (record);
    }
  names = g_list_sort (g_hash_table_get_keys (scores), (GCompareFunc)strcmp);
  for (GList *name = names; name != NULL; name = name->next)
    {
      const Score *score = g_hash_table_lookup (scores, name->data);

      print_score (name->data, score);
      all.n += score->n;
      all.found += score->found;
      all.paths += score->paths;
      all.operations += score->operations;
      all.errors += score->errors;
    }
  print_score ("all", &all);
  return all.n > 0 && all.found == all.n && all.paths * 100 >= all.n * 98 && all.operations * 100 >= all.n * 95 ? 0 : 1;
}

int
main (int argc, char **argv)
{
  FILE *in = argc > 1 ? fopen (argv[1], "r") : NULL;
  int status;

  if (in == NULL)
    {
      fprintf (stderr, "judge-records: cannot open the records\n");
      return 2;
    }
  status = judge_all (in, argc > 2 && strcmp (argv[2], "-v") == 0);
  fclose (in);
  return status;
}
