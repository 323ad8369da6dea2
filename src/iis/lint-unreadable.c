/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 500.19: what IIS cannot get at, beside what permissions (lint-access.c) and paths that do not exist (lint-pools.c)
 * say. */

#include <string.h>

#include "base/quote.h"
#include "iis/files.h"
#include "iis/lint.h"
#include "model/zone.h"

/* Has the path the ending of what is surely a file? */
static gboolean
names_a_file (const char *path)
{
  static const char *const endings[] = { ".config", ".htm", ".html", ".zip", ".exe", ".dll", ".txt" };
  const char *dot = strrchr (path, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot, endings[i]) == 0)
      return TRUE;
  return e13_iis_is_script (path);
}

static void
check_folder (const E13LintSite *site, const E13LintPlace *place, E13Lint *lint)
{
  const E13IisDirectory *directory = place->match.directory;
  const E13XmlAttribute *attribute = e13_xml_attribute (directory->element, "physicalPath");
  E13LintFinding *finding;

  if (!site->is_known || attribute == NULL || directory->physical_path == NULL)
    return;
  if (names_a_file (directory->physical_path))
    {
      finding
          = e13_lint_add (lint, E13_LINT_NO_FOLDER, directory->element, attribute,
                          g_strdup ("the path of a site or application is a folder, and this one ends as a file does"));
      e13_lint_cure (finding, "name the folder that the file lies in");
    }
  if (g_str_has_prefix (directory->physical_path, "\\\\") && directory->user_name.text[0] == '\0')
    {
      finding = e13_lint_add (
          lint, E13_LINT_REMOTE_FOLDER, directory->element, attribute,
          g_strdup ("the folder lies on another machine, and no account is given (Connect as): that machine knows the "
                    "pool as this computer's account, and IUSR as nobody"));
      e13_lint_cure (finding,
                     "give the virtual directory an account that may read the share: IIS Manager, Basic Settings, "
                     "Connect as");
      e13_lint_cure (finding, "let this computer's account (DOMAIN\\COMPUTER$) read the share and the folder");
    }
}

static gboolean
is_from_afar (GBytes *stream)
{
  int zone = stream != NULL ? e13_zone_of_stream (stream) : E13_ZONE_UNSAID;

  return zone == E13_ZONE_INTERNET || zone == E13_ZONE_UNTRUSTED;
}

static void
check_mark (const E13LintSite *site, const E13LintFile *file, E13Lint *lint)
{
  static const E13XmlPlace whole_file = { 0, 0, 0 };
  E13Pin *pin = site->ops->pin (site->tree, file->path, NULL);
  g_autofree char *there = e13_tree_path_there (site->tree, file->path);
  g_autofree char *quoted = e13_quote_cmd (there != NULL ? there : "web.config");
  E13LintFinding *finding;

  if (pin != NULL && is_from_afar (pin->facts.zone))
    {
      finding
          = e13_lint_add_at (lint, E13_LINT_BLOCKED_CONFIG, file->origin, &whole_file, NULL,
                             g_strdup ("Windows has marked the file as one from the Internet (Zone.Identifier); some "
                                       "report that 500.19 went away when the mark was taken off"));
      e13_lint_cure (finding, "take the mark off\npowershell Unblock-File -LiteralPath %s", quoted);
    }
  site->ops->unpin (pin);
}

void
e13_lint_unreadable (const E13LintSite *site, E13Lint *lint)
{
  for (guint i = 0; i < site->places->len; i++)
    check_folder (site, site->places->pdata[i], lint);
  for (guint i = 0; site->tree != NULL && i < site->files->len; i++)
    check_mark (site, site->files->pdata[i], lint);
}
