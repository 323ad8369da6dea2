/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Configurations of IIS: applicationHost.config, and after a NUL the web.config of every directory. Whatever is read
 * has each element where its place says that it is, and each of its directories has an answer, or a reason why not. */

#include <string.h>

#include "iis/whose.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  const char *text;
  gsize size;
} Web;

static E13XmlDocument *
read_web (const char *directory, const char *name, gpointer data, GError **error)
{
  const Web *web = data;

  (void)directory;
  return web->size > 0 ? e13_xml_parse (name, web->text, web->size, error) : NULL;
}

static void
try_element (const E13XmlElement *element, const char *text, gsize size)
{
  const char *at = text + element->place.offset;

  g_assert_true (element->place.line > 0 && element->place.column > 0 && element->place.offset < size);
  g_assert_true (*at == '<' || (element->place.offset + 1 < size && at[1] == '<'));
  for (guint i = 0; element->attributes != NULL && i < element->attributes->len; i++)
    g_assert_true (g_array_index (element->attributes, E13XmlAttribute, i).place.offset < size);
  for (guint i = 0; i < e13_xml_n_children (element); i++)
    {
      g_assert_true (e13_xml_nth (element, i)->parent == element && e13_xml_nth (element, i)->index == i);
      try_element (e13_xml_nth (element, i), text, size);
    }
}

static void
try_directory (const E13IisServer *server, const char *path, Web *web)
{
  static const char *const scripts[] = { "a.py", "cgi-bin/b.php", NULL };
  const E13IisQuestion question = { server, path, scripts, read_web, web };
  g_autoptr (GError) error = NULL;
  g_autoptr (E13IisWhose) whose = e13_iis_whose (&question, &error);

  g_assert_true ((whose == NULL) == (error != NULL));
}

static void
try_sites (const E13IisServer *server, Web *web)
{
  for (guint s = 0; s < server->sites->len; s++)
    {
      const E13IisSite *site = server->sites->pdata[s];

      for (guint a = 0; a < site->applications->len; a++)
        {
          const E13IisApplication *application = site->applications->pdata[a];

          for (guint d = 0; d < application->directories->len; d++)
            {
              const E13IisDirectory *directory = application->directories->pdata[d];

              if (directory->physical_path != NULL)
                try_directory (server, directory->physical_path, web);
            }
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *)data;
  gboolean is_wide = size >= 2 && (data[0] == 0 || data[1] == 0 || data[0] >= 0xfe);
  const char *end = is_wide || size == 0 ? NULL : memchr (text, '\0', size);
  gsize own = end != NULL ? (gsize)(end - text) : size;
  Web web = { end != NULL ? end + 1 : NULL, end != NULL ? size - own - 1 : 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (E13XmlDocument) document = e13_xml_parse ("x", text, own, &error);
  g_autoptr (E13IisServer) server = e13_iis_server_parse ("x", text, own, e13_iis_usual_variables, NULL);

  g_assert_true ((document == NULL) == (error != NULL));
  if (document != NULL)
    try_element (document->root, text, own);
  if (server != NULL && server->sites->len < 100)
    try_sites (server, &web);
  return 0;
}
