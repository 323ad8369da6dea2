/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What CGI scripts write: the first byte says which server reads it and how the script ended; then comes its output,
 * and behind a 0xff what it wrote to standard error. */

#include <string.h>

#include "cgi/markup.h"
#include "cgi/verdict.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
try_markup (const char *text, gsize size)
{
  g_autoptr (GPtrArray) html = e13_markup_check_html (text, size);
  g_autoptr (GPtrArray) xml = e13_markup_check_xml (text, size, NULL);

  for (guint i = 0; i < html->len; i++)
    {
      const E13MarkupFault *fault = html->pdata[i];

      g_assert_true (fault->line > 0 && fault->column > 0 && fault->line <= size && fault->column <= size);
      g_assert_true (g_utf8_validate (fault->what, -1, NULL));
    }
  g_assert_cmpuint (xml->len, <=, 1);
}

static void
try_verdict (const E13CgiVerdict *verdict, gsize size)
{
  g_assert_true (verdict->status < 1000);
  for (guint i = 0; i < verdict->problems->len; i++)
    {
      const E13CgiProblem *problem = verdict->problems->pdata[i];

      g_assert_true (problem->id < E13_CGI_N_PROBLEMS);
      g_assert_true (problem->sentence != NULL && g_utf8_validate (problem->sentence, -1, NULL));
      g_assert_true (strpbrk (problem->sentence, "\n\r\033") == NULL);
    }
  if (verdict->head != NULL)
    g_assert_cmpuint (verdict->head->body, <=, size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint8 how = size > 0 ? data[0] : 0;
  const guint8 *output = data + (size > 0);
  gsize n_output = size > 0 ? size - 1 : 0;
  const guint8 *errors = n_output > 0 ? memchr (output, 0xff, n_output) : NULL;
  gsize n_errors = errors != NULL ? n_output - (gsize)(errors - output) - 1 : 0;
  g_auto (E13LaunchResult) result = { .end = (E13LaunchEnd)((how >> 1) % (E13_LAUNCH_CANCELLED + 1)),
                                      .code = how,
                                      .step = E13_LAUNCH_STEP_START,
                                      .output = g_byte_array_new (),
                                      .errors = g_byte_array_new () };
  g_autoptr (E13Shebang) shebang = e13_shebang_parse ((const char *)output, n_output);
  g_autofree char *runs = e13_shebang_runs (shebang);
  E13CgiRun run = { .server = how & 1 ? E13_CGI_IIS : E13_CGI_APACHE,
                    .names = { runs, "www-data", "/srv/x", "/srv/x/a.py" },
                    .shebang = shebang,
                    .source = (const char *)output,
                    .source_size = n_output,
                    .result = &result };
  g_autoptr (E13CgiVerdict) verdict = NULL;
  g_autoptr (GPtrArray) denied = NULL;

  if (errors != NULL)
    n_output -= n_errors + 1;
  if (n_output > 0)
    g_byte_array_append (result.output, output, (guint)n_output);
  if (n_errors > 0)
    g_byte_array_append (result.errors, errors + 1, (guint)n_errors);
  verdict = e13_cgi_judge (&run);
  e13_cgi_verdict_finish (verdict);
  try_verdict (verdict, n_output);
  try_markup ((const char *)output, n_output);
  denied = e13_cgi_denied_find ((const char *)result.errors->data, result.errors->len);
  return 0;
}
