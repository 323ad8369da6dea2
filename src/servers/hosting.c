/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "servers/hosting.h"

#include <string.h>

E13Hosting *
e13_hosting_new (const char *program, const char *file, const char *place)
{
  E13Hosting *hosting = g_new0 (E13Hosting, 1);

  hosting->program = g_intern_string (program);
  hosting->file = g_strdup (file);
  hosting->place = g_strdup (place);
  hosting->groups = g_ptr_array_new_with_free_func (g_free);
  hosting->paths = g_ptr_array_new_with_free_func (g_free);
  hosting->passes = g_ptr_array_new_with_free_func (g_free);
  hosting->listens = g_ptr_array_new_with_free_func (g_free);
  hosting->settings = g_ptr_array_new_with_free_func (g_free);
  return hosting;
}

void
e13_hosting_free (E13Hosting *hosting)
{
  if (hosting == NULL)
    return;
  g_free (hosting->name);
  g_free (hosting->file);
  g_free (hosting->place);
  g_free (hosting->user);
  g_free (hosting->group);
  g_free (hosting->user_place);
  g_ptr_array_unref (hosting->groups);
  g_ptr_array_unref (hosting->paths);
  g_ptr_array_unref (hosting->passes);
  g_ptr_array_unref (hosting->listens);
  g_ptr_array_unref (hosting->settings);
  g_free (hosting);
}

char *
e13_hosting_path (const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) path = g_string_new (NULL);

  if (text == NULL || *text != '/')
    return NULL;
  parts = g_strsplit (text, "/", -1);
  for (gsize i = 0; parts[i] != NULL && strpbrk (parts[i], "$*?%{") == NULL; i++)
    if (strcmp (parts[i], "..") == 0)
      g_string_truncate (path, path->len > 0 ? (gsize)(strrchr (path->str, '/') - path->str) : 0);
    else if (*parts[i] != '\0' && strcmp (parts[i], ".") != 0)
      g_string_append_printf (path, "/%s", parts[i]);
  return path->len > 0 ? g_string_free (g_steal_pointer (&path), FALSE) : NULL;
}

/* A port of this machine, by whichever of its names. */
static char *
local_port (const char *host, const char *port)
{
  static const char *const names[] = { "", "*", "localhost", "0.0.0.0", "[::]", "[::1]", "127.0.0.1" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (host, names[i]) == 0)
      return g_strconcat ("127.0.0.1:", port, NULL);
  return g_strconcat (host, ":", port, NULL);
}

char *
e13_address_normal (const char *text)
{
  const char *scheme = strstr (text, "://");
  const char *unix_socket = strstr (text, "unix:");
  const char *colon;
  g_autofree char *host = NULL;
  g_autofree char *rest = NULL;

  if (g_str_has_prefix (text, "wsgi:"))
    return g_strdup (text);
  if (g_str_has_prefix (text, "unix/"))
    return e13_address_normal (text + strlen ("unix/"));
  if (unix_socket != NULL)
    text = unix_socket + strlen ("unix:");
  else if (scheme != NULL)
    text = scheme + strlen ("://");
  while (text[0] == '/' && text[1] == '/')
    text++;
  if (*text == '/')
    return g_strndup (text, strcspn (text, ":|"));
  rest = g_strndup (text, strcspn (text, "/"));
  colon = strrchr (rest, ':');
  if (colon == NULL)
    return rest[strspn (rest, "0123456789")] == '\0' && *rest != '\0' ? local_port ("", rest) : g_steal_pointer (&rest);
  host = g_strndup (rest, (gsize)(colon - rest));
  return local_port (host, colon + 1);
}

static void
add_once (GPtrArray *texts, char *text)
{
  for (guint i = 0; i < texts->len; i++)
    if (strcmp (texts->pdata[i], text) == 0)
      {
        g_free (text);
        return;
      }
  g_ptr_array_add (texts, text);
}

void
e13_hosting_add_path (E13Hosting *hosting, const char *path)
{
  char *plain = e13_hosting_path (path);

  if (plain != NULL)
    add_once (hosting->paths, plain);
}

void
e13_hosting_add_pass (E13Hosting *hosting, const char *address)
{
  add_once (hosting->passes, e13_address_normal (address));
}

void
e13_hosting_add_listen (E13Hosting *hosting, const char *address)
{
  add_once (hosting->listens, e13_address_normal (address));
}

void
e13_hosting_set_user (E13Hosting *hosting, const char *user, const char *group, const char *place)
{
  if (group != NULL && *group != '\0')
    {
      g_free (hosting->group);
      hosting->group = g_strdup (group);
    }
  if (user == NULL || *user == '\0')
    return;
  g_free (hosting->user);
  g_free (hosting->user_place);
  hosting->user = g_strdup (user);
  hosting->user_place = g_strdup (place);
}
