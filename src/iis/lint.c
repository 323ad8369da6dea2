/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/lint.h"

#include <string.h>

#include "base/quote.h"

/* ---- Rules ----------------------------------------------------------------------------------- */

const E13LintRule e13_lint_rules[E13_N_LINT_RULES] = {
#define E13_LINT_RULE(symbol, id, status, hresult, certainty, restart, title, source)                                  \
  { id, status, hresult, E13_LINT_##certainty, E13_RESTART_##restart, title, source },
#include "iis/lint-rules.def"
#undef E13_LINT_RULE
};

const char *
e13_lint_certainty_name (E13LintCertainty certainty)
{
  static const char *const names[] = {
    [E13_LINT_CERTAIN] = "certain",
    [E13_LINT_LIKELY] = "likely",
    [E13_LINT_POSSIBLE] = "possible",
  };

  return names[certainty];
}

const char *
e13_lint_restart_advice (E13LintRestart restart)
{
  static const char *const advice[] = {
    [E13_RESTART_NOTHING] = "nothing: IIS notices by itself",
    [E13_RESTART_POOL] = "the application pool: appcmd recycle apppool",
    [E13_RESTART_SERVER] = "the whole server, not the site alone: iisreset",
  };

  return advice[restart];
}

/* ---- Findings -------------------------------------------------------------------------------- */

static void
finding_free (gpointer data)
{
  E13LintFinding *finding = data;

  g_free (finding->origin);
  g_free (finding->text);
  g_free (finding->because);
  g_ptr_array_unref (finding->cures);
  if (finding->edit != NULL)
    g_free (finding->edit->text);
  g_free (finding->edit);
  g_free (finding);
}

static void
unknown_free (gpointer data)
{
  g_free (((E13LintUnknown *)data)->about);
  g_free (((E13LintUnknown *)data)->command);
  g_free (data);
}

E13Lint *
e13_lint_new (void)
{
  E13Lint *lint = g_new0 (E13Lint, 1);

  lint->findings = g_ptr_array_new_with_free_func (finding_free);
  lint->unknowns = g_ptr_array_new_with_free_func (unknown_free);
  return lint;
}

void
e13_lint_free (E13Lint *lint)
{
  if (lint == NULL)
    return;
  g_ptr_array_unref (lint->findings);
  g_ptr_array_unref (lint->unknowns);
  g_free (lint);
}

/* @text for a terminal: what families put together holds a stranger's words. Lines stay lines. Takes @text over. */
static char *
make_safe (char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_free (text);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      char *line = e13_quote_windows (lines[i]);

      g_free (lines[i]);
      lines[i] = line;
    }
  return g_strjoinv ("\n", lines);
}

static E13LintFinding *
find_same (const E13Lint *lint, const E13LintRule *rule, const char *origin, const E13XmlPlace *place)
{
  for (guint i = 0; i < lint->findings->len; i++)
    {
      E13LintFinding *finding = lint->findings->pdata[i];

      if (finding->rule == rule && finding->place.line == place->line && finding->place.column == place->column
          && strcmp (finding->origin, origin) == 0)
        return finding;
    }
  return NULL;
}

E13LintFinding *
e13_lint_add_at (E13Lint *lint, E13LintRuleId rule, const char *origin, const E13XmlPlace *place, const char *text,
                 char *because)
{
  E13LintFinding *finding = find_same (lint, &e13_lint_rules[rule], origin, place);

  if (finding != NULL)
    {
      g_free (because);
      return finding;
    }
  finding = g_new0 (E13LintFinding, 1);
  finding->rule = &e13_lint_rules[rule];
  finding->certainty = finding->rule->certainty;
  finding->origin = g_strdup (origin);
  finding->place = *place;
  finding->text = g_strdup (text);
  finding->because = make_safe (because);
  finding->cures = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (lint->findings, finding);
  return finding;
}

E13LintFinding *
e13_lint_add (E13Lint *lint, E13LintRuleId rule, const E13XmlElement *element, const E13XmlAttribute *attribute,
              char *because)
{
  const char *name = e13_xml_value (element, "name");
  g_autofree char *text = attribute != NULL ? g_strdup_printf ("%s=\"%s\"", attribute->name, attribute->value)
                          : name != NULL    ? g_strdup_printf ("<%s name=\"%s\">", element->name, name)
                                            : g_strdup_printf ("<%s>", element->name);

  return e13_lint_add_at (lint, rule, element->document->origin,
                          attribute != NULL ? &attribute->place : &element->place, text, because);
}

void
e13_lint_cure (E13LintFinding *finding, const char *format, ...)
{
  g_autofree char *cure = NULL;
  va_list words;

  va_start (words, format);
  cure = make_safe (g_strdup_vprintf (format, words));
  va_end (words);
  for (guint i = 0; i < finding->cures->len; i++)
    if (strcmp (finding->cures->pdata[i], cure) == 0)
      return;
  g_ptr_array_add (finding->cures, g_steal_pointer (&cure));
}

void
e13_lint_edit (E13LintFinding *finding, const E13IisEdit *edit, const char *words)
{
  if (finding->edit != NULL)
    {
      g_free (edit->text);
      return;
    }
  finding->edit = g_new (E13IisEdit, 1);
  *finding->edit = *edit;
  finding->edit_words = words;
}

void
e13_lint_cannot_tell (E13Lint *lint, const char *about, const char *command)
{
  E13LintUnknown *unknown;

  for (guint i = 0; i < lint->unknowns->len; i++)
    if (strcmp (((E13LintUnknown *)lint->unknowns->pdata[i])->about, about) == 0)
      return;
  unknown = g_new0 (E13LintUnknown, 1);
  unknown->about = make_safe (g_strdup (about));
  unknown->command = command != NULL ? make_safe (g_strdup (command)) : NULL;
  g_ptr_array_add (lint->unknowns, unknown);
}

/* ---- Families -------------------------------------------------------------------------------- */

static const E13LintFamily families[] = {
  e13_lint_xml,      e13_lint_schema,    e13_lint_locks,   e13_lint_unreadable, e13_lint_duplicates,
  e13_lint_programs, e13_lint_starts,    e13_lint_modules, e13_lint_handlers,   e13_lint_pools,
  e13_lint_errors,   e13_lint_documents, e13_lint_access,  e13_lint_includes,
};

static gint
compare_findings (gconstpointer a, gconstpointer b)
{
  const E13LintFinding *x = *(const E13LintFinding *const *)a, *y = *(const E13LintFinding *const *)b;
  int by_file = strcmp (x->origin, y->origin);

  if (by_file != 0)
    return by_file;
  if (x->place.line != y->place.line)
    return x->place.line < y->place.line ? -1 : 1;
  if (x->place.column != y->place.column)
    return x->place.column < y->place.column ? -1 : 1;
  return strcmp (x->rule->id, y->rule->id);
}

E13Lint *
e13_lint_site (const E13LintSite *site)
{
  E13Lint *lint = e13_lint_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    families[i](site, lint);
  g_ptr_array_sort (lint->findings, compare_findings);
  return lint;
}
