/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 500.0, 502.2: programs of handlers that are not there, not for this pool, or not for who would start them. */

#include "iis/lint-place.h"

#include "access/windows.h"
#include "base/quote.h"
#include "iis/handler.h"
#include "iis/lint-words.h"

static E13IisAccount *
runner_of (const E13LintHandler *handler)
{
  return handler->pool != NULL
             ? e13_iis_runner (handler->place->scope, &handler->place->match, handler->pool, handler->element, NULL)
             : NULL;
}

/* ---- Where it lies --------------------------------------------------------------------------- */

static void
cure_for_all (E13LintFinding *finding)
{
  e13_lint_cure (finding, "install it for all users, outside of C:\\Users, name that one in the handler, and allow it; "
                          "grant nothing in somebody's profile");
}

static void
report_profile (const E13LintHandler *handler, const char *shown, E13Lint *lint)
{
  g_autoptr (E13IisAccount) account = runner_of (handler);
  E13LintFinding *finding
      = e13_lint_add (lint, E13_LINT_PROGRAM_IN_PROFILE, handler->element, handler->processor,
                      g_strdup_printf ("'%s' was installed for one user: %s has no way into that profile.", shown,
                                       account != NULL ? account->name : "the account of the scripts"));

  cure_for_all (finding);
}

static void
report_alias (const E13LintHandler *handler, const char *shown, E13Lint *lint)
{
  E13LintFinding *finding = e13_lint_add (
      lint, E13_LINT_PROGRAM_STORE_ALIAS, handler->element, handler->processor,
      g_strdup_printf ("'%s' is an alias of the Microsoft Store, for one user's own session: no service can start it.",
                       shown));

  cure_for_all (finding);
}

/* ---- What it is ------------------------------------------------------------------------------ */

static void
report_missing (const E13LintHandler *handler, const char *shown, E13Lint *lint)
{
  E13LintFinding *finding = e13_lint_add (lint, E13_LINT_PROGRAM_MISSING, handler->element, handler->processor,
                                          g_strdup_printf ("'%s' is not there.", shown));

  e13_lint_cure (finding, "install it there, or write the path at which it is, and allow that");
}

static void
report_bitness (const E13LintHandler *handler, const char *shown, guint bits, E13Lint *lint)
{
  g_autofree char *pool = e13_quote_display (handler->pool->name);
  g_autofree char *value = e13_lint_appcmd_value (handler->pool->name);
  g_autofree char *place = e13_iis_value_place (&handler->pool->enable_32_bit);
  E13LintFinding *finding = e13_lint_add (
      lint, E13_LINT_ISAPI_BITNESS, handler->element, handler->processor,
      g_strdup_printf ("'%s' is made for %u bits; the pool '%s' runs with %u (enable32BitAppOnWin64: %s) "
                       "and cannot load it.",
                       shown, bits, pool, e13_iis_pool_bits (handler->pool), place));

  e13_lint_cure (finding, "take the %u-bit build of it", e13_iis_pool_bits (handler->pool));
  if (value != NULL)
    e13_lint_cure (finding,
                   "let the pool run with %u bits:\n" E13_LINT_APPCMD_F " set apppool \"%s\" /enable32BitAppOnWin64:%s",
                   bits, value, bits == 32 ? "true" : "false");
}

static void
report_denied (const E13LintHandler *handler, const E13IisAccount *account, const char *shown, E13Lint *lint)
{
  E13LintFinding *finding = e13_lint_add (
      lint, E13_LINT_PROGRAM_NOT_STARTED, handler->element, handler->processor,
      g_strdup_printf ("%s (%s) may not read and execute '%s'.", account->name, account->evidence, shown));
  E13Sid trustee = e13_token_trustee (account->token);
  g_autofree char *sid = e13_sid_to_text (&trustee);
  g_autofree char *path = e13_quote_cmd (handler->program);
  g_autofree char *safe = e13_lint_appcmd_value (handler->program);

  if (safe != NULL)
    e13_lint_cure (finding, "icacls %s /grant \"*%s:RX\", and the same for the folder with its libraries", path, sid);
  else
    e13_lint_cure (finding, "grant %s Read & Execute on it, and on the folder with its libraries", sid);
}

static gboolean
is_denied (const E13LintProgram *program, const E13IisAccount *account)
{
  E13WinVerdict verdict;

  if (program->sd == NULL || account == NULL || account->token == NULL)
    return FALSE;
  verdict = e13_windows_judge (program->sd, account->token, E13_LINT_RUN_MASK);
  return !verdict.granted && verdict.unsure == 0;
}

static void
check_program (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  gboolean is_isapi = e13_iis_handler_has_module (handler->element, "IsapiModule");
  g_autofree char *shown = e13_quote_windows (handler->program);
  g_autoptr (E13IisAccount) account = runner_of (handler);
  g_auto (E13LintProgram) program = { 0 };
  gboolean is_known;

  e13_lint_machine_ask (site->machine, handler->program, &program);
  /* IIS Express runs as the developer himself, who may have it all to himself. */
  if (site->is_express)
    g_clear_pointer (&account, e13_iis_account_free);
  is_known = site->is_express || (program.sd != NULL && account != NULL && account->token != NULL);
  if (program.presence == E13_LINT_ABSENT)
    report_missing (handler, shown, lint);
  else if (e13_lint_is_store_alias (handler->program) && !site->is_express)
    report_alias (handler, shown, lint);
  else if (e13_lint_is_in_profile (handler->program) && (!is_known || is_denied (&program, account)))
    report_profile (handler, shown, lint);
  else if (is_denied (&program, account))
    report_denied (handler, account, shown, lint);
  else if (is_isapi && handler->pool != NULL && program.bits != 0 && program.bits != e13_iis_pool_bits (handler->pool))
    report_bitness (handler, shown, program.bits, lint);
}

static void
check (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  if (handler->program == NULL || handler->condition_fails != NULL)
    return;
  if (e13_iis_handler_has_module (handler->element, "CgiModule")
      || e13_iis_handler_has_module (handler->element, "FastCgiModule")
      || e13_iis_handler_has_module (handler->element, "IsapiModule"))
    check_program (site, handler, lint);
}

void
e13_lint_starts (const E13LintSite *site, E13Lint *lint)
{
  e13_lint_each_handler (site, lint, check);
}
