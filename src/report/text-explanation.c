/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/subjects.h"

#include "base/quote.h"
#include "report/terminal.h"

#define INDENT 4
#define MARKED "  > "

static const struct
{
  const char *phrase;
  E13Ink ink;
} answers[] = {
  [E13_ANSWER_NO] = { "may not", E13_INK_BAD },
  [E13_ANSWER_YES] = { "may", E13_INK_GOOD },
  [E13_ANSWER_UNKNOWN] = { "perhaps may", E13_INK_UNSURE },
};

static const char *const judges[] = {
  [E13_JUDGE_KERNEL] = "the kernel was asked",
  [E13_JUDGE_KERNEL_AND_MODEL] = "the kernel was asked, and the model for the rest",
  [E13_JUDGE_MODEL] = "by the model; the kernel was not asked",
};

/* Of what is there, and of a directory or a path that is not there yet. */
static const struct
{
  const char *usual;
  const char *otherwise;
} deeds[] = {
  [E13_WANT_READ] = { "read", "read" },       [E13_WANT_WRITE] = { "write", "write" },
  [E13_WANT_RUN] = { "run", "enter" },        [E13_WANT_CREATE] = { "create files in", "create" },
  [E13_WANT_DELETE] = { "delete", "delete" },
};

static char *
shown_path (const E13Explanation *explanation, const char *path)
{
  g_autofree char *written = g_strdup (path);

  if (!explanation->is_windows)
    return e13_quote_display (path);
  return e13_quote_windows (g_strdelimit (written, "/", '\\'));
}

static gboolean
is_otherwise (const E13Explanation *explanation)
{
  const GPtrArray *chain = explanation->chain;
  const E13Link *last = chain->len > 0 ? chain->pdata[chain->len - 1] : NULL;

  if (last == NULL)
    return FALSE;
  return explanation->wanted.want == E13_WANT_CREATE ? !g_str_equal (last->path, explanation->path)
                                                     : g_str_equal (last->asked, "search");
}

static char *
deed (const E13Explanation *explanation)
{
  g_autofree char *mask = e13_wanted_name (&explanation->wanted);

  if (explanation->wanted.want == E13_WANT_MASK)
    return g_strdup_printf ("have %s of", mask);
  return g_strdup (is_otherwise (explanation) ? deeds[explanation->wanted.want].otherwise
                                              : deeds[explanation->wanted.want].usual);
}

/* The first that is not granted; the last where all are. NULL for an empty chain. */
static const E13Link *
deciding_link (const E13Explanation *explanation)
{
  const GPtrArray *chain = explanation->chain;

  for (guint i = 0; i < chain->len; i++)
    if (!((E13Link *)chain->pdata[i])->granted)
      return chain->pdata[i];
  return chain->len > 0 ? chain->pdata[chain->len - 1] : NULL;
}

static void
print_link (const E13ReportOptions *options, const E13Explanation *explanation, const E13Link *link, gboolean decides)
{
  E13YesNo answer = link->unknown ? E13_ANSWER_UNKNOWN : link->granted ? E13_ANSWER_YES : E13_ANSWER_NO;
  static const char *const words[]
      = { [E13_ANSWER_NO] = "no", [E13_ANSWER_YES] = "yes", [E13_ANSWER_UNKNOWN] = "not to be told" };
  g_autofree char *path = shown_path (explanation, link->path);

  fputs (decides ? MARKED : "    ", options->out);
  e13_terminal_word (options, decides ? E13_INK_BOLD : E13_INK_PLAIN, path, 0);
  fprintf (options->out, ": %s: ", link->asked);
  e13_terminal_word (options, answers[answer].ink, words[answer], 0);
  fputc ('\n', options->out);
  if (link->because != NULL && (decides || options->verbosity > 1))
    e13_terminal_line (options, 2 * INDENT, "because", link->because, TRUE);
}

void
e13_report_text_explanation (const E13ReportOptions *options, const E13Explanation *explanation,
                             const E13Identity *identity)
{
  const E13Link *deciding = deciding_link (explanation);
  g_autofree char *path = shown_path (explanation, explanation->path);
  g_autofree char *what = deed (explanation);
  g_autofree char *label = e13_identity_label (identity);

  fprintf (options->out, "%s ", label);
  e13_terminal_word (options, answers[explanation->granted].ink, answers[explanation->granted].phrase, 0);
  fprintf (options->out, " %s %s (%s)\n", what, path, judges[explanation->judge]);
  for (guint i = 0; options->verbosity > 0 && i < explanation->chain->len; i++)
    print_link (options, explanation, explanation->chain->pdata[i], explanation->chain->pdata[i] == deciding);
  for (guint i = 0; options->verbosity > 0 && i < explanation->cures->len; i++)
    e13_terminal_line (options, INDENT, i == 0 ? "cure" : " ", explanation->cures->pdata[i], FALSE);
  for (guint i = 0; options->verbosity > 0 && i < explanation->remarks->len; i++)
    e13_terminal_line (options, INDENT, i == 0 ? "note" : " ", explanation->remarks->pdata[i], TRUE);
}
