/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cgi/request.h"

#include <string.h>

#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"

#define BODY_TYPE "application/x-www-form-urlencoded"

/* ---- The environment ------------------------------------------------------------------------- */

static void
set (GPtrArray *out, const char *name, const char *value)
{
  g_ptr_array_add (out, g_strdup_printf ("%s=%s", name, value));
}

/* As its system writes it. Free with g_free(). */
static char *
written (const E13CgiRequest *request, const char *path)
{
  char *text = g_strdup (path);

  return request->is_windows ? g_strdelimit (text, "/", '\\') : text;
}

static void
set_path (GPtrArray *out, const E13CgiRequest *request, const char *name, const char *path)
{
  g_autofree char *text = written (request, path);

  set (out, name, text);
}

/* "X-Name: value" → HTTP_X_NAME. Proxy is left out, as servers do (httpoxy), and so are credentials. */
static gboolean
add_header (GPtrArray *out, const char *header, GError **error)
{
  const char *colon = strchr (header, ':');
  g_autofree char *shown = e13_quote_display (header);
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  g_autofree char *variable = NULL;

  if (colon == NULL || colon == header)
    return e13_throw (error, E13_ERROR_USAGE, "--header takes 'Name: value', which '%s' is not", shown);
  name = g_ascii_strup (header, colon - header);
  for (char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
        return e13_throw (error, E13_ERROR_USAGE, "--header takes 'Name: value', which '%s' is not", shown);
      if (*p == '-')
        *p = '_';
    }
  if (strcmp (name, "PROXY") == 0 || strcmp (name, "AUTHORIZATION") == 0)
    return TRUE;
  value = g_strstrip (g_strdup (colon + 1));
  variable = g_strdup_printf ("HTTP_%s", name);
  set (out, variable, value);
  return TRUE;
}

static void
add_of_apache (GPtrArray *out, const E13CgiRequest *request)
{
  set (out, "SERVER_SOFTWARE", "Apache");
  set (out, "SERVER_ADDR", "127.0.0.1");
  set (out, "SERVER_SIGNATURE", "");
  set (out, "SERVER_ADMIN", "[no address given]");
  set (out, "REQUEST_SCHEME", "http");
  set (out, "CONTEXT_PREFIX", "");
  set_path (out, request, "CONTEXT_DOCUMENT_ROOT", request->document_root);
  set_path (out, request, "DOCUMENT_ROOT", request->document_root);
  set_path (out, request, "SCRIPT_FILENAME", request->script);
  if (request->path_info != NULL)
    set (out, "PATH_INFO", request->path_info);
}

/* IIS puts the script's own address before PATH_INFO unless allowPathInfoForScriptMappings is set. */
static void
add_of_iis (GPtrArray *out, const E13CgiRequest *request)
{
  g_autofree char *info
      = g_strconcat (request->script_name, request->path_info != NULL ? request->path_info : "", NULL);

  set (out, "SERVER_SOFTWARE", "Microsoft-IIS/10.0");
  set (out, "LOCAL_ADDR", "127.0.0.1");
  set (out, "HTTPS", "off");
  set (out, "SERVER_PORT_SECURE", "0");
  set (out, "INSTANCE_ID", "1");
  set (out, "URL", request->script_name);
  set (out, "PATH_INFO", info);
  set_path (out, request, "APPL_PHYSICAL_PATH", request->document_root);
}

static void
add_translated (GPtrArray *out, const E13CgiRequest *request)
{
  g_autofree char *path = NULL;

  if (request->server == E13_CGI_IIS)
    set_path (out, request, "PATH_TRANSLATED", request->script);
  if (request->server == E13_CGI_IIS || request->path_info == NULL)
    return;
  path = g_strconcat (request->document_root, request->path_info, NULL);
  set_path (out, request, "PATH_TRANSLATED", path);
}

static void
add_common (GPtrArray *out, const E13CgiRequest *request)
{
  g_autofree char *address = g_strconcat (request->script_name, request->path_info != NULL ? request->path_info : "",
                                          *request->query != '\0' ? "?" : "", request->query, NULL);

  set (out, "GATEWAY_INTERFACE", "CGI/1.1");
  set (out, "SERVER_PROTOCOL", "HTTP/1.1");
  set (out, "SERVER_NAME", "localhost");
  set (out, "SERVER_PORT", "80");
  set (out, "REMOTE_ADDR", "127.0.0.1");
  set (out, "REMOTE_PORT", "49152");
  set (out, "REQUEST_METHOD", request->method);
  set (out, "REQUEST_URI", address);
  set (out, "SCRIPT_NAME", request->script_name);
  set (out, "QUERY_STRING", request->query);
  if (request->has_body)
    {
      g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, request->body_size);

      set (out, "CONTENT_LENGTH", length);
      set (out, "CONTENT_TYPE", request->content_type != NULL ? request->content_type : BODY_TYPE);
    }
}

static gboolean
is_given (const E13CgiRequest *request, const char *name)
{
  for (gsize i = 0; request->headers != NULL && request->headers[i] != NULL; i++)
    if (g_ascii_strncasecmp (request->headers[i], name, strlen (name)) == 0
        && request->headers[i][strlen (name)] == ':')
      return TRUE;
  return FALSE;
}

char **
e13_cgi_environment (const E13CgiRequest *request, char *const *base, GError **error)
{
  static const char *const usual[] = { "Host: localhost", "User-Agent: errno13", "Accept: */*" };
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; base[i] != NULL; i++)
    g_ptr_array_add (out, g_strdup (base[i]));
  add_common (out, request);
  if (request->server == E13_CGI_IIS)
    add_of_iis (out, request);
  else
    add_of_apache (out, request);
  add_translated (out, request);
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      g_autofree char *name = g_strndup (usual[i], strcspn (usual[i], ":"));

      if (!is_given (request, name))
        add_header (out, usual[i], NULL);
    }
  for (gsize i = 0; request->headers != NULL && request->headers[i] != NULL; i++)
    if (!add_header (out, request->headers[i], error))
      return NULL;
  g_ptr_array_add (out, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&out), FALSE);
}

/* ---- The command line ------------------------------------------------------------------------ */

/* What a shell reads as more than a letter gets a backslash, as ap_escape_shell_cmd() does. */
static char *
escape_word (const char *word)
{
  GString *out = g_string_new (NULL);

  for (; *word != '\0'; word++)
    {
      if (strchr ("&;`'\"|*?~<>^()[]{}$\\\n", *word) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *word);
    }
  return g_string_free (out, FALSE);
}

char **
e13_cgi_arguments (const char *name, const char *query)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = NULL;

  g_ptr_array_add (out, g_strdup (name));
  if (*query != '\0' && strchr (query, '=') == NULL)
    words = g_strsplit (query, "+", 64);
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *word = g_uri_unescape_string (words[i], NULL);

      g_ptr_array_add (out, escape_word (word != NULL ? word : words[i]));
    }
  g_ptr_array_add (out, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&out), FALSE);
}

/* The program at the beginning of a scriptProcessor: in quotes, or up to a blank behind ".exe", or the first blank. */
static char *
handler_program (const char *handler, const char **ret_rest)
{
  g_autofree char *lower = g_ascii_strdown (handler, -1);
  const char *exe = strstr (lower, ".exe ");
  gsize length;

  if (*handler == '"')
    {
      length = strcspn (handler + 1, "\"");
      *ret_rest = handler + 1 + length + (handler[1 + length] == '"');
      return g_strndup (handler + 1, length);
    }
  length = exe != NULL ? (gsize)(exe - lower) + strlen (".exe") : strcspn (handler, " ");
  *ret_rest = handler + length;
  return g_strndup (handler, length);
}

char **
e13_cgi_handler_arguments (const char *handler, const char *script, const char *query, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = NULL;
  const char *rest;
  guint n_put = 0;
  g_autofree char *program = handler_program (handler, &rest);

  if (*program == '\0')
    return e13_throw (error, E13_ERROR_USAGE, "--handler names no program"), NULL;
  g_ptr_array_add (out, g_steal_pointer (&program));
  words = g_strsplit_set (rest, " \"", 256);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (strcmp (words[i], "%s") != 0)
        g_ptr_array_add (out, g_strdup (words[i]));
      else if (n_put++ == 0)
        g_ptr_array_add (out, g_strdup (script));
      else if (*query != '\0')
        g_ptr_array_add (out, g_strdup (query));
    }
  g_ptr_array_add (out, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&out), FALSE);
}

/* ---- Where it stands ------------------------------------------------------------------------- */

char *
e13_cgi_guess_root (const char *script)
{
  g_autofree char *folder = g_path_get_dirname (script);
  g_autofree char *name = g_path_get_basename (folder);

  return g_ascii_strcasecmp (name, "cgi-bin") == 0 ? g_path_get_dirname (folder) : g_steal_pointer (&folder);
}

char *
e13_cgi_script_name (const char *script, const char *root)
{
  g_autofree char *base = g_path_get_basename (script);
  gsize length = strlen (root);

  if (length > 1 && e13_path_is_in (script, root) && strlen (script) > length)
    return g_strdelimit (g_strdup (script + length), "\\", '/');
  return g_strconcat ("/cgi-bin/", base, NULL);
}
