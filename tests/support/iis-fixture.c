/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/iis-fixture.h"

#include <string.h>

char *
e13_test_stock_text (void)
{
  const char *source = g_getenv ("top_srcdir");
  g_autofree char *path
      = g_build_filename (source != NULL ? source : ".", "tests", "data", "iis", "stock.config", NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

E13IisServer *
e13_test_stock_server (void)
{
  g_autofree char *text = e13_test_stock_text ();
  g_autoptr (GError) error = NULL;
  E13IisServer *server
      = e13_iis_server_parse ("applicationHost.config", text, strlen (text), e13_iis_usual_variables, &error);

  g_assert_no_error (error);
  return server;
}

E13XmlDocument *
e13_test_read_config (const char *directory, const char *name, gpointer data, GError **error)
{
  for (const E13TestConfig *config = data; config != NULL && config->text != NULL; config++)
    if (strcmp (config->directory, directory) == 0
        && strcmp (config->name != NULL ? config->name : "web.config", name) == 0)
      {
        g_autofree char *origin = g_strconcat (directory, "\\", name, NULL);

        return e13_xml_parse (origin, config->text, strlen (config->text), error);
      }
  return NULL;
}
