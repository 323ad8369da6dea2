/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 cgi: one script, run as the web server runs it, and what the server would answer. */

#include "commands/cgi.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/commands.h"

/* Apache's Timeout. */
#define USUAL_SECONDS 60
#define MAX_SECONDS (24 * 60 * 60)

static const E13CommandLine command_line = {
  .name = "cgi",
  .arguments = "SCRIPT [-- QUERY]",
  .summary = "Runs SCRIPT once, as the account of the web server, the way the server would, and says what that would "
             "answer.",
  .groups = E13_OPTIONS_WHO | E13_OPTIONS_REPORT,
};

/* ---- Options --------------------------------------------------------------------------------- */

static void
clear_options (E13CgiOptions *options)
{
  g_free (options->server);
  g_free (options->method);
  g_free (options->body);
  g_free (options->content_type);
  g_free (options->document_root);
  g_free (options->path_info);
  g_free (options->handler);
  g_strfreev (options->headers);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13CgiOptions, clear_options)

static gboolean
is_method (const char *text)
{
  return *text != '\0' && text[strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-")] == '\0';
}

static gboolean
check_options (const E13Options *options, const E13CgiOptions *own, GError **error)
{
  guint n = options->arguments != NULL ? g_strv_length (options->arguments) : 0;

  if (options->reporter->cgi == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "cgi has no --format=%s", options->reporter->name);
  if (n == 0)
    return e13_throw (error, E13_ERROR_USAGE, "a script is missing (see errno13 cgi --help)");
  if (n > 2)
    return e13_throw (error, E13_ERROR_USAGE, "one script at a time, and one query behind it");
  if (own->server != NULL && strcmp (own->server, "apache") != 0 && strcmp (own->server, "iis") != 0)
    return e13_throw (error, E13_ERROR_USAGE, "--server takes one of apache, iis");
  if (own->method != NULL && !is_method (own->method))
    return e13_throw (error, E13_ERROR_USAGE, "--method takes a word in capitals: GET, HEAD, POST");
  if (own->path_info != NULL && own->path_info[0] != '/')
    return e13_throw (error, E13_ERROR_USAGE,
                      "--path-info begins with a slash: what the address has behind the script");
  if (own->seconds < 1 || own->seconds > MAX_SECONDS)
    return e13_throw (error, E13_ERROR_USAGE, "--timeout takes seconds, from 1 to %d", MAX_SECONDS);
  return TRUE;
}

/* The body of the request: of a file, or for - of standard input. */
static GBytes *
read_body (const char *path, GError **error)
{
  g_autofree char *shown = e13_quote_display (path);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GIOChannel) channel
      = strcmp (path, "-") == 0 ? g_io_channel_unix_new (fileno (stdin)) : g_io_channel_new_file (path, "r", &cause);
  char *text = NULL;
  gsize size = 0;

  if (channel != NULL)
    g_io_channel_set_encoding (channel, NULL, NULL);
  if (channel == NULL || g_io_channel_read_to_end (channel, &text, &size, &cause) != G_IO_STATUS_NORMAL)
    return e13_throw (error, E13_ERROR_INPUT, "cannot read the body '%s': %s", shown, cause->message), NULL;
  return g_bytes_new_take (text, size);
}

int
e13_command_cgi (const E13ReadOps *ops, int argc, char **argv)
{
  g_auto (E13Options) options = { 0 };
  g_auto (E13CgiOptions) own = { .seconds = USUAL_SECONDS };
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  int status;
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &own.server, "As which server does (default: apache, on Windows iis)",
      "apache|iis" },
    { "method", 0, 0, G_OPTION_ARG_STRING, &own.method, "Of the request (default: GET, with --body POST)", "METHOD" },
    { "body", 0, 0, G_OPTION_ARG_FILENAME, &own.body, "The body of the request; - is standard input", "FILE" },
    { "content-type", 0, 0, G_OPTION_ARG_STRING, &own.content_type, "Of the body (default: a form's)", "TYPE" },
    { "header", 0, 0, G_OPTION_ARG_STRING_ARRAY, &own.headers, "A header of the request; may be repeated",
      "NAME: VALUE" },
    { "path-info", 0, 0, G_OPTION_ARG_STRING, &own.path_info, "What the address has behind the script", "/PATH" },
    { "document-root", 0, 0, G_OPTION_ARG_FILENAME, &own.document_root,
      "Where the site begins (default: the folder above cgi-bin, else the script's)", "DIR" },
    { "handler", 0, 0, G_OPTION_ARG_STRING, &own.handler, "What starts it under IIS: \"C:\\Python\\python.exe %s %s\"",
      "COMMAND" },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &own.seconds, "How long it may take (default: 60)", "SECONDS" },
    { "allow-root", 0, 0, G_OPTION_ARG_NONE, &own.allow_root, "Run it as root, if that is who --as names", NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!e13_options_parse (&options, &command_line, entries, argc, argv, &error)
      || !check_options (&options, &own, &error) || (own.body != NULL && (body = read_body (own.body, &error)) == NULL))
    return e13_command_fail (error);
  status = e13_cgi_run_script (ops, &options, &own, body, &error);
  return error != NULL ? e13_command_fail (error) : status;
}
