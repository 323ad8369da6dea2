/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The configuration of servers: the first byte chooses the format, the rest is the file, which may include itself. */

#include "servers/hosting.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  const guint8 *data;
  gsize size;
} Input;

static GBytes *
read_input (const char *path G_GNUC_UNUSED, gsize max, gpointer data, GError **error G_GNUC_UNUSED)
{
  const Input *input = data;

  return g_bytes_new (input->data, MIN (input->size, max));
}

static GPtrArray *
list_input (const char *directory G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (names, g_strdup ("a.conf"));
  g_ptr_array_add (names, g_strdup ("b.conf"));
  return names;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static void (*const readers[]) (E13Reading *, const char *)
      = { e13_read_nginx,   e13_read_apache, e13_read_lighttpd, e13_read_caddy,
          e13_read_php_fpm, e13_read_uwsgi,  e13_read_unit };
  Input input = { data + 1, size - 1 };
  const E13SourceOps ops = { read_input, list_input, &input };
  g_autoptr (E13Sources) sources = NULL;
  g_autoptr (GPtrArray) hostings = NULL;
  E13Reading reading;

  if (size == 0)
    return 0;
  sources = e13_sources_new (&ops);
  /* What files within bounds can hold is found by few of them as well. */
  sources->files_left = 8;
  hostings = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_hosting_free);
  reading = (E13Reading){ sources, hostings };
  readers[data[0] % G_N_ELEMENTS (readers)](&reading, "/etc/x.service");
  g_assert_cmpuint (sources->open->len, ==, 0);
  for (guint i = 0; i < hostings->len; i++)
    {
      const E13Hosting *hosting = hostings->pdata[i];

      for (guint k = 0; k < hosting->paths->len; k++)
        g_assert_true (((const char *)hosting->paths->pdata[k])[0] == '/');
    }
  return 0;
}
