/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who serves, as text: every claim with its evidence, and which one counts. */

#include "base/quote.h"
#include "report/report.h"
#include "report/terminal.h"

static void
append_group (GString *line, const E13ReadOps *ops, guint32 gid)
{
  const char *name = ops->group_name (gid);

  g_string_append_printf (line, "%" G_GUINT32_FORMAT, gid);
  if (name != NULL)
    g_string_append_printf (line, " (%s)", name);
}

static char *
credentials (const E13ReadOps *ops, const E13Identity *identity)
{
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "uid %" G_GUINT32_FORMAT ", gid ", identity->uid);
  append_group (line, ops, identity->gid);
  g_string_append (line, ", other groups: ");
  for (gsize i = 0; i < identity->groups.n_gids; i++)
    {
      g_string_append (line, i > 0 ? ", " : "");
      append_group (line, ops, identity->groups.gids[i]);
    }
  if (identity->groups.n_gids == 0)
    g_string_append (line, "none");
  if (identity->overrides_dac)
    g_string_append (line, "; no permission bit holds it back");
  return g_string_free (line, FALSE);
}

static const char *
role_of (const E13Claim *claim)
{
  if (claim->is_app && claim->is_server)
    return "serves and runs the site";
  return claim->is_server ? "serves the site's files" : claim->is_app ? "runs the site's code" : NULL;
}

static char *
heading (const E13Claim *claim)
{
  g_autofree char *label
      = claim->identity != NULL ? e13_identity_label (claim->identity) : g_strdup ("unknown account");
  g_autofree char *name = claim->name != NULL ? e13_quote_display (claim->name) : NULL;
  const char *role = role_of (claim);
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "%-16s %s", label,
                          claim->identity != NULL ? claim->identity->evidence : claim->program);
  if (name != NULL)
    g_string_append_printf (line, ", '%s'", name);
  if (role != NULL)
    g_string_append_printf (line, ": %s", role);
  return g_string_free (line, FALSE);
}

static void
print_paths (const E13ReportOptions *options, const GPtrArray *paths)
{
  g_autoptr (GString) line = g_string_new ("directories: ");

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *shown = e13_quote_display (paths->pdata[i]);

      g_string_append_printf (line, "%s%s", i > 0 ? ", " : "", shown);
    }
  e13_terminal_line (options, 4, NULL, line->str, TRUE);
}

static void
print_claim (const E13ReportOptions *options, const E13Claim *claim)
{
  g_autofree char *line = heading (claim);
  g_autofree char *numbers = claim->identity != NULL ? credentials (options->ops, claim->identity) : NULL;
  g_autofree char *place = claim->place != NULL ? g_strdup_printf ("configured: %s", claim->place) : NULL;

  e13_terminal_line (options, 0, NULL, line, TRUE);
  if (numbers != NULL)
    e13_terminal_line (options, 4, NULL, numbers, TRUE);
  if (place != NULL)
    e13_terminal_line (options, 4, NULL, place, TRUE);
  if (claim->hosting != NULL && claim->hosting->paths->len > 0)
    print_paths (options, claim->hosting->paths);
}

static void
print_chosen (const E13ReportOptions *options, const char *role, const E13Claim *claim, const char *why_not)
{
  g_autofree char *label = claim != NULL ? e13_identity_label (claim->identity) : NULL;
  g_autofree char *line = claim != NULL ? g_strdup_printf ("%s: %s (%s).", role, label, claim->identity->evidence)
                                        : g_strdup_printf ("%s: not known: %s.", role, why_not);

  e13_terminal_line (options, 0, NULL, line, TRUE);
}

void
e13_report_serving_text (const E13ReportOptions *options, const E13ServingReport *report)
{
  const E13Serving *serving = report->serving;
  g_autofree char *site = report->site != NULL ? e13_quote_display (report->site) : NULL;

  if (site != NULL)
    fprintf (options->out, "%s\n", site);
  for (guint i = 0; options->verbosity > 0 && i < serving->claims->len; i++)
    print_claim (options, serving->claims->pdata[i]);
  print_chosen (options, "Server", serving->server, serving->no_server);
  print_chosen (options, "App", serving->app, serving->no_app);
  for (guint i = 0; i < serving->remarks->len; i++)
    e13_terminal_line (options, 0, NULL, serving->remarks->pdata[i], TRUE);
  for (guint i = 0; i < serving->unread->len; i++)
    {
      g_autofree char *line = g_strdup_printf ("Not known: %s.", (char *)serving->unread->pdata[i]);

      e13_terminal_line (options, 0, NULL, line, TRUE);
    }
}
