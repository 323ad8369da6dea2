/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Programs that may be run, and yet are not: what their first line names. */

#include "explain/pitfalls.h"

#include <string.h>

#include "base/quote.h"
#include "base/shebang.h"
#include "platform/launch.h"

/* The kernel reads less; enough for the first line of whatever length. */
#define MAX_HEAD 4096

/* What ends in "Exec format error": a shell runs such a file all the same, a server does not. */
static const char *const no_programs[] = {
  [E13_SHEBANG_NONE] = "it has no #! line",
  [E13_SHEBANG_LATE] = "something stands before its #!",
  [E13_SHEBANG_BOM] = "a byte order mark stands before its #!",
  [E13_SHEBANG_UTF16] = "it is UTF-16",
  [E13_SHEBANG_LONG] = "its #! line is longer than the kernel reads",
  [E13_SHEBANG_EMPTY] = "its #! line names nothing",
  [E13_SHEBANG_NO_FILE] = "it is empty",
};

static void
tell_carriage_return (const E13Situation *situation, const E13Shebang *shebang)
{
  g_autofree char *interpreter = e13_quote_display (shebang->interpreter != NULL ? shebang->interpreter : "");
  g_autofree char *word = e13_quote_shell_display (situation->object->path);

  e13_asking_add (
      situation->asking, situation->object->path, "start", E13_ANSWER_NO,
      g_strdup_printf ("its first line ends with a carriage return, as files from Windows do: the kernel looks "
                       "for a program called '%s\\r', and says No such file or directory of a file that is there",
                       interpreter));
  e13_pitfall_cure (situation, "not a permission problem: sed -i 's/\\r$//' %s (and upload it as text)", word);
}

/* Links of the chain of @other that refuse, or its end, put on our own. */
static void
take_over (const E13Situation *situation, const E13Explanation *other, const char *interpreter)
{
  const E13Link *last = NULL;
  g_autofree char *shown = e13_quote_display (interpreter);

  for (guint i = 0; i < other->chain->len; i++)
    {
      last = other->chain->pdata[i];
      if (!last->granted)
        break;
    }
  if (last == NULL || last->granted)
    return;
  e13_asking_add (situation->asking, last->path, last->asked, last->unknown ? E13_ANSWER_UNKNOWN : E13_ANSWER_NO,
                  g_strdup_printf ("its first line names the interpreter '%s': %s", shown, last->because));
  for (guint i = 0; i < other->cures->len; i++)
    e13_pitfall_cure (situation, "%s", (const char *)other->cures->pdata[i]);
}

static void
check_interpreter (const E13Situation *situation, const E13Shebang *shebang)
{
  const E13Wanted run = { E13_WANT_RUN, 0 };
  const char *interpreter = shebang->interpreter;
  g_autoptr (E13Explanation) other = NULL;
  g_autofree char *name = e13_shebang_runs (shebang);
  g_autofree char *shown = e13_quote_display (interpreter);
  g_autofree char *shown_name = e13_quote_display (name != NULL ? name : "");
  g_autofree char *found = NULL;

  if (interpreter[0] != '/' || strcmp (interpreter, situation->object->path) == 0)
    return;
  if (situation->asking->depth < 4) /* an interpreter may be a script, too */
    other = e13_explain_below (situation->asking->asker, interpreter, &run, situation->asking->depth + 1);
  if (other == NULL)
    return;
  if (other->granted != E13_ANSWER_YES)
    {
      take_over (situation, other, interpreter);
      if (other->error != 0)
        e13_pitfall_cure (
            situation, "not a permission problem: install what brings %s, or name the interpreter that is here", shown);
      return;
    }
  if (!g_str_has_suffix (interpreter, "/env") || name == NULL || strchr (name, '/') != NULL)
    return;
  found = e13_launch_find_program (name);
  if (found == NULL)
    e13_pitfall_remark (situation,
                        "Its first line has env look for '%s', which is in none of the usual directories of "
                        "programs: env then says No such file or directory.",
                        shown_name);
}

void
e13_pitfall_first_line (const E13Situation *situation)
{
  const E13ReadOps *ops = situation->asking->ops;
  const E13Pin *object = situation->object;
  g_autoptr (GBytes) head = NULL;
  g_autoptr (E13Shebang) shebang = NULL;
  const char *data;
  gsize size;

  if (object == NULL || object->facts.type != E13_TYPE_FILE || situation->wanted->want != E13_WANT_RUN
      || e13_pitfall_refused (situation) != NULL || ops->read_file == NULL || situation->asking->asker->tree != NULL)
    return;
  head = ops->read_file (object, MAX_HEAD, NULL);
  if (head == NULL)
    return;
  data = g_bytes_get_data (head, &size);
  shebang = e13_shebang_parse (data != NULL ? data : "", size);
  if (shebang->state == E13_SHEBANG_CR)
    tell_carriage_return (situation, shebang);
  else if (shebang->state == E13_SHEBANG_THERE && shebang->interpreter != NULL)
    check_interpreter (situation, shebang);
  else if (shebang->state < G_N_ELEMENTS (no_programs) && no_programs[shebang->state] != NULL)
    e13_pitfall_remark (situation,
                        "It is no program for the kernel, though: %s. A shell tries all the same; a server says "
                        "Exec format error, which no permission cures.",
                        no_programs[shebang->state]);
}
