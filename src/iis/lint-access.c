/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 401.2, 401.3, 403.4 and 500.19 by permissions: who may come in, and may read what he asks for. Of the files, those
 * that every request needs; errno13 check looks at all of them. */

#include "iis/lint-place.h"

#include <string.h>

#include "access/windows-explain.h"
#include "base/path.h"
#include "base/quote.h"

#define READ_MASK 0x120089u
#define AUTHENTICATION "system.webServer/security/authentication/"

/* ---- Who may read ---------------------------------------------------------------------------- */

/* Of @path beneath the site; NULL: not known. Free with e13_sd_free(). */
static E13SecurityDescriptor *
descriptor_of (const E13LintSite *site, const char *path)
{
  g_autofree char *there = e13_path_join (site->path, path, '\\');
  g_auto (E13LintProgram) object = { 0 };
  E13Pin *pin = site->has_descriptors ? site->ops->pin (site->tree, path, NULL) : NULL;
  E13SecurityDescriptor *sd = pin != NULL && pin->facts.sd != NULL ? e13_sd_copy (pin->facts.sd) : NULL;

  if (pin != NULL)
    site->ops->unpin (pin);
  if (sd != NULL)
    return sd;
  e13_lint_machine_ask (site->machine, there, &object);
  return g_steal_pointer (&object.sd);
}

/* Why @account may not read @path; NULL where it may, or that is not known. Free with g_free(). */
static char *
why_denied (const E13LintSite *site, const E13IisAccount *account, const char *path, gboolean is_directory)
{
  gboolean is_known = account != NULL && account->token != NULL && !site->is_express;
  g_autoptr (E13SecurityDescriptor) sd = is_known ? descriptor_of (site, path) : NULL;
  E13WinVerdict verdict;
  g_autofree char *why = NULL;

  if (sd == NULL)
    return NULL;
  verdict = e13_windows_judge (sd, account->token, READ_MASK);
  if (verdict.granted || verdict.unsure != 0)
    return NULL;
  why = e13_windows_explain (
      &(E13WinQuestion){ .sd = sd, .is_directory = is_directory, .token = account->token, .want = READ_MASK });
  return g_strdup_printf ("%s (%s) %s.", account->name, account->evidence, why);
}

/* Takes @because over. @folder: what is to be granted, beneath the site. */
static void
report_denied (const E13LintSite *site, E13LintRuleId rule, const char *path, const E13IisAccount *account,
               const char *folder, char *because, E13Lint *lint)
{
  const E13XmlPlace none = { 0, 0, 0 };
  g_autofree char *origin = e13_lint_site_origin (site, path);
  E13LintFinding *finding = e13_lint_add_at (lint, rule, origin, &none, NULL, because);
  g_autofree char *there = e13_path_join (site->path, folder, '\\');
  g_autofree char *word = e13_quote_cmd (there);
  g_autofree char *safe = e13_lint_appcmd_value (there);
  E13Sid trustee = e13_token_trustee (account->token);
  g_autofree char *sid = e13_sid_to_text (&trustee);

  if (safe != NULL)
    e13_lint_cure (finding, "icacls %s /grant \"*%s:(OI)(CI)RX\"", word, sid);
  else
    e13_lint_cure (finding, "grant %s Read & Execute on the folder", sid);
  e13_lint_cure (finding, "let errno13 check and errno13 fix find the least grant for the whole site");
}

/* ---- 500.19: who reads web.config ------------------------------------------------------------ */

static void
check_config (const E13LintSite *site, const E13LintPlace *place, E13Lint *lint)
{
  const E13IisPool *pool = e13_lint_pool (site, place);
  g_autoptr (E13IisAccount) worker = pool != NULL ? e13_iis_worker (pool, NULL) : NULL;
  g_autofree char *of_file = place->file != NULL ? why_denied (site, worker, place->file->path, FALSE) : NULL;
  g_autofree char *of_folder
      = place->file != NULL || *place->directory == '\0' ? why_denied (site, worker, place->directory, TRUE) : NULL;

  /* It is looked for in a folder that has none, too. */
  if (of_folder != NULL)
    report_denied (site, E13_LINT_CONFIG_UNREADABLE, place->directory, worker, place->directory,
                   g_steal_pointer (&of_folder), lint);
  else if (of_file != NULL)
    report_denied (site, E13_LINT_CONFIG_UNREADABLE, place->file->path, worker, place->directory,
                   g_steal_pointer (&of_file), lint);
}

/* ---- 401.3: who reads the files -------------------------------------------------------------- */

static const E13LintPlace *
place_of (const E13LintSite *site, const char *path)
{
  const E13LintPlace *best = site->places->pdata[0];

  for (guint i = 0; i < site->places->len; i++)
    {
      const E13LintPlace *place = site->places->pdata[i];

      if (e13_path_is_in (path, place->directory) && strlen (place->directory) > strlen (best->directory))
        best = place;
    }
  return best;
}

static void
check_file (const E13LintSite *site, const char *path, E13Lint *lint)
{
  const E13LintPlace *place = place_of (site, path);
  const E13IisPool *pool = e13_lint_pool (site, place);
  g_autoptr (E13IisAccount) visitor = pool != NULL ? e13_iis_visitor (place->scope, &place->match, pool, NULL) : NULL;
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *why = why_denied (site, visitor, path, FALSE);

  if (visitor != NULL && visitor->token == NULL)
    {
      g_autofree char *account = e13_quote_windows (visitor->name);
      g_autofree char *about = g_strdup_printf ("what '%s', who reads the files here, may do", account);

      e13_lint_cannot_tell (lint, about, "errno13 check --as-sid with its SID, which \"whoami /user\" prints");
    }
  if (why != NULL)
    report_denied (site, E13_LINT_CONTENT_DENIED, path, visitor, strcmp (parent, ".") == 0 ? "" : parent,
                   g_steal_pointer (&why), lint);
}

/* ---- 401.2: no way to log on ----------------------------------------------------------------- */

static void
check_authentication (const E13LintSite *site, const E13LintPlace *place, E13Lint *lint)
{
  static const char *const others[]
      = { "basic", "windows", "digest", "clientCertificateMapping", "iisClientCertificateMapping" };
  E13IisValue anonymous
      = e13_iis_scope_value (place->scope, AUTHENTICATION "anonymousAuthentication", "enabled", "true");
  E13IisValue forms = e13_iis_scope_value (place->scope, "system.web/authentication", "mode", "Windows");
  E13LintFinding *finding;

  if (!site->is_known || e13_iis_value_is_true (&anonymous) || g_ascii_strcasecmp (forms.text, "Forms") == 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *section = g_strdup_printf (AUTHENTICATION "%sAuthentication", others[i]);
      E13IisValue enabled = e13_iis_scope_value (place->scope, section, "enabled", "false");

      if (e13_iis_value_is_true (&enabled))
        return;
    }
  finding = e13_lint_add (lint, E13_LINT_NO_AUTHENTICATION, anonymous.element, anonymous.attribute,
                          g_strdup ("anonymous visitors are turned away, and no other way to log on is switched on."));
  e13_lint_cure (finding, "for all visitors: enabled=\"true\" here");
  e13_lint_cure (finding, "for accounts of Windows: <windowsAuthentication enabled=\"true\" /> beside it, where that "
                          "feature is installed");
}

/* ---- 403.4: https alone ---------------------------------------------------------------------- */

static gboolean
has_https (const E13IisSite *site)
{
  const E13XmlElement *bindings = e13_xml_child (site->element, "bindings", NULL);

  for (const E13XmlElement *binding = NULL;
       bindings != NULL && (binding = e13_xml_child (bindings, "binding", binding)) != NULL;)
    if (g_ascii_strcasecmp (e13_xml_value (binding, "protocol") != NULL ? e13_xml_value (binding, "protocol") : "",
                            "https")
        == 0)
      return TRUE;
  return bindings == NULL;
}

static void
check_https (const E13LintSite *site, const E13LintPlace *place, E13Lint *lint)
{
  E13IisValue flags = e13_iis_scope_value (place->scope, "system.webServer/security/access", "sslFlags", "None");
  g_auto (GStrv) words = g_strsplit_set (flags.text, ", ", -1);
  g_autofree char *shown = e13_quote_display (place->match.site->name);
  E13LintFinding *finding;

  if (!site->is_known || flags.element == NULL || !g_strv_contains ((const char *const *)words, "Ssl")
      || has_https (place->match.site))
    return;
  finding = e13_lint_add (lint, E13_LINT_HTTPS_REQUIRED, flags.element, flags.attribute,
                          g_strdup_printf ("only https is let in, and the site '%s' has no binding for https.", shown));
  e13_lint_cure (finding, "add a binding for https with a certificate: IIS Manager, the site, Bindings");
  e13_lint_cure (finding, "take Ssl out of sslFlags");
}

/* ---- All ------------------------------------------------------------------------------------- */

void
e13_lint_access (const E13LintSite *site, E13Lint *lint)
{
  g_autofree char *document = NULL;

  for (guint i = 0; i < site->places->len; i++)
    {
      check_authentication (site, site->places->pdata[i], lint);
      check_https (site, site->places->pdata[i], lint);
      if (site->tree != NULL && site->is_known)
        check_config (site, site->places->pdata[i], lint);
    }
  if (site->tree == NULL || !site->is_known)
    return;
  document = e13_lint_default_document (site);
  if (document != NULL)
    check_file (site, document, lint);
  for (guint i = 0; i < site->scripts->len; i++)
    check_file (site, site->scripts->pdata[i], lint);
}
