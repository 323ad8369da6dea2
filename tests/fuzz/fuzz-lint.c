/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole lint: applicationHost.config, a web.config and a description of the machine, divided by NULs. Each finding
 * has a reason, a cure and a place; no command that is offered holds what a shell would take for its own. And the
 * headers of programs, from whatever it is. */

#include <string.h>

#include "iis/lint-site.h"
#include "iis/pe.h"
#include "tests/support/site-platform.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What begins at @*at, up to a NUL or the end. */
static GBytes *
next_part (const guint8 *data, gsize size, gsize *at)
{
  const guint8 *begin = data + MIN (*at, size);
  gsize left = size - MIN (*at, size);
  const guint8 *end = left > 0 ? memchr (begin, '\0', left) : NULL;
  gsize length = end != NULL ? (gsize)(end - begin) : left;

  *at += length + 1;
  return g_bytes_new (begin, length);
}

/* After the newline stands what will be pasted. */
static void
check_cure (const char *cure)
{
  const char *command = strchr (cure, '\n');

  if (command != NULL)
    g_assert_null (strpbrk (command + 1, "&|<>^`\n\r"));
}

static void
check_finding (const E13LintFinding *finding)
{
  g_assert_true (finding->because != NULL && finding->cures->len > 0 && finding->origin != NULL);
  g_assert_true (finding->certainty >= finding->rule->certainty);
  for (guint i = 0; i < finding->cures->len; i++)
    check_cure (finding->cures->pdata[i]);
}

static void
lint_with (const E13IisServer *server, const char *place, const E13LintMachine *machine, GBytes *web)
{
  E13Tree *tree = e13_test_site_open (web);
  const E13LintRequest request = {
    .server = server,
    .place = place,
    .shown = "site",
    .ops = &e13_test_site_read,
    .tree = tree,
    .machine = machine,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (E13LintSite) site = e13_lint_site_new (&request, &error);

  g_assert_true ((site == NULL) == (error != NULL));
  if (site != NULL)
    {
      g_autoptr (E13Lint) lint = e13_lint_site (site);

      for (guint i = 0; i < lint->findings->len; i++)
        check_finding (lint->findings->pdata[i]);
    }
  g_clear_pointer (&site, e13_lint_site_free);
  e13_test_site_read.close_tree (tree);
}

static void
lint_all (GBytes *apphost, GBytes *web, const E13LintMachine *machine)
{
  g_autoptr (E13IisServer) server
      = e13_iis_server_parse ("applicationHost.config", g_bytes_get_data (apphost, NULL), g_bytes_get_size (apphost),
                              e13_lint_machine_variables (machine), NULL);
  g_autoptr (GPtrArray) places = server != NULL ? e13_lint_site_places (server) : NULL;

  lint_with (NULL, NULL, machine, web);
  for (guint i = 0; places != NULL && i < MIN (places->len, 5); i++)
    lint_with (server, places->pdata[i], machine, web);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gsize at = 0;
  g_autoptr (GBytes) apphost = next_part (data, size, &at);
  g_autoptr (GBytes) web = next_part (data, size, &at);
  g_autoptr (GBytes) description = next_part (data, size, &at);
  g_autoptr (GError) error = NULL;
  g_autoptr (E13LintMachine) machine = e13_lint_machine_parse ("machine", g_bytes_get_data (description, NULL),
                                                               g_bytes_get_size (description), &error);
  g_auto (E13Pe) pe = { 0, NULL };

  g_assert_true ((machine == NULL) == (error != NULL));
  if (machine == NULL)
    machine = e13_lint_machine_new ();
  if (e13_pe_read (data, size, &pe))
    g_assert_true (pe.bits == 0 || pe.bits == 32 || pe.bits == 64);
  lint_all (apphost, web, machine);
  return 0;
}
