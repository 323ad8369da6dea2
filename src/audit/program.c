/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Can who runs the scripts start the program that runs them? The settings of a server of Windows name it. */

#include <errno.h>
#include <string.h>

#include "audit/auditor.h"
#include "base/error.h"
#include "base/quote.h"

#define RUNS (E13_RIGHT_READ | E13_RIGHT_EXECUTE)

static gboolean
is_alias (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return strstr (lower, "\\windowsapps\\") != NULL;
}

/* Takes @because over. */
static void
report (E13Auditor *auditor, const E13Facts *facts, char *because)
{
  const E13Program *program = auditor->request->program;
  const E13Identity *app = auditor->request->app;
  g_autofree char *who = e13_identity_label (app);
  g_autofree char *shown = e13_quote_windows (program->shown);
  E13Finding *finding = e13_finding_new (&e13_rules[E13_RULE_INTERPRETER_UNREACHABLE], "", facts);

  finding->identity = app;
  finding->needs = RUNS;
  finding->sentence
      = g_strdup_printf ("%s cannot start '%s', which runs the scripts here (%s)", who, shown, program->place);
  finding->because = because;
  g_ptr_array_add (finding->cures, g_strdup ("install it for all users, outside of C:\\Users, and name that one in the "
                                             "handler; do not grant anything in somebody's profile"));
  e13_auditor_add (auditor, finding);
}

static void
judge (E13Auditor *auditor, const E13Pin *pin)
{
  const E13Identity *app = auditor->request->app;
  E13Verdict verdict = e13_access_judge (&pin->facts, app, RUNS);

  if (verdict.unsure == 0 && verdict.granted != RUNS)
    report (auditor, &pin->facts,
            e13_access_explain (&pin->facts, NULL, 0, app, &verdict, RUNS & ~verdict.granted, &auditor->names));
}

void
e13_auditor_check_program (E13Auditor *auditor)
{
  const E13AuditRequest *request = auditor->request;
  const E13Program *program = request->program;
  g_autoptr (GError) error = NULL;
  E13Pin *pin;

  if (program == NULL || program->shown == NULL || request->app->token == NULL)
    return;
  if (is_alias (program->shown))
    {
      report (auditor, &request->tree->root->facts,
              g_strdup ("it is an alias of the Microsoft Store, which no service can start"));
      return;
    }
  pin = program->path != NULL ? request->ops->pin (request->tree, program->path, &error) : NULL;
  if (pin != NULL)
    judge (auditor, pin);
  else if (g_error_matches (error, E13_ERRNO, ENOENT))
    report (auditor, &request->tree->root->facts, g_strdup ("it is not there"));
  request->ops->unpin (pin);
}
