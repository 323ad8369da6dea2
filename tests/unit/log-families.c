/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Each pattern of each family reads its own examples, in the midst of all others. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "logs/reader.h"

TestSuite (log_families, .timeout = 120);

static void
keep (E13Failure *failure, gpointer data)
{
  g_ptr_array_add (data, failure);
}

static GPtrArray *
read_all (const char *text)
{
  GPtrArray *failures = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_failure_free);
  g_autoptr (E13LogReader) reader = e13_log_reader_new (keep, failures);

  e13_log_reader_feed (reader, text, strlen (text));
  e13_log_reader_end (reader);
  return failures;
}

static void
check_example (const E13LogFamily *family, const E13LogPattern *pattern, const E13LogExample *example)
{
  g_autoptr (GPtrArray) failures = read_all (example->line);
  const E13Failure *failure = failures->len > 0 ? failures->pdata[0] : NULL;

  cr_expect (failures->len == 1, "%s %s: %u failures in: %s", family->name, pattern->id, failures->len, example->line);
  if (failure == NULL)
    return;
  cr_expect_str_eq (failure->family, family->name, "%s %s: read by %s %s: %s", family->name, pattern->id,
                    failure->family, failure->pattern, example->line);
  cr_expect_str_eq (failure->pattern, pattern->id, "%s %s: read by %s: %s", family->name, pattern->id, failure->pattern,
                    example->line);
  cr_expect (g_strcmp0 (failure->path, example->path) == 0, "%s %s: path '%s' in: %s", family->name, pattern->id,
             failure->path, example->line);
  cr_expect (failure->operation == example->operation, "%s %s: operation %s in: %s", family->name, pattern->id,
             e13_operation_name (failure->operation), example->line);
  cr_expect (failure->error == example->error, "%s %s: errno %d in: %s", family->name, pattern->id, failure->error,
             example->line);
}

Test (log_families, read_their_examples)
{
  for (gsize i = 0; e13_log_families[i] != NULL; i++)
    for (const E13LogPattern *pattern = e13_log_families[i]->patterns; pattern != NULL && pattern->id != NULL; pattern++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GRegex) regex = g_regex_new (pattern->regex, G_REGEX_RAW | G_REGEX_DUPNAMES, 0, &error);

        cr_expect_not_null (regex, "%s %s: %s", e13_log_families[i]->name, pattern->id,
                            error != NULL ? error->message : "");
        cr_expect (pattern->needle == NULL || strlen (pattern->needle) >= 7, "%s: needle too short", pattern->id);
        cr_expect_not_null (pattern->examples[0].line, "%s %s: no example", e13_log_families[i]->name, pattern->id);
        for (gsize j = 0; regex != NULL && j < E13_LOG_EXAMPLES && pattern->examples[j].line != NULL; j++)
          check_example (e13_log_families[i], pattern, &pattern->examples[j]);
      }
}
