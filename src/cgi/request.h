/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Request: what a server tells a script (RFC 3875), and the command line that it starts it with. Pure. */

#pragma once

#include "cgi/head.h"

typedef struct
{
  E13CgiServer server;
  gboolean is_windows;       /* paths are written with backslashes */
  const char *script;        /* absolute */
  const char *document_root; /* absolute */
  const char *script_name;   /* "/cgi-bin/x.py" */
  const char *path_info;     /* "/a/b"; NULL: none */
  const char *query;         /* as it stands in the address; "" for none */
  const char *method;        /* "GET" */
  const char *content_type;  /* of the body; NULL: none */
  gsize body_size;           /* with @has_body */
  gboolean has_body;
  char *const *headers; /* "Name: value", ended by NULL; NULL: none */
} E13CgiRequest;

/* "NAME=VALUE", on top of @base. NULL and @error (E13_ERROR_USAGE) where a header is none. Free with g_strfreev(). */
char **e13_cgi_environment (const E13CgiRequest *request, char *const *base, GError **error);

/* The arguments that a server hands a script for a query without "=" (RFC 3875, 4.4), behind its name. Free with
 * g_strfreev(). */
char **e13_cgi_arguments (const char *name, const char *query);

/* The same with the handler of IIS: @handler is its scriptProcessor, "C:\\Python\\python.exe %s %s", whose first %s is
 * the script and the second the query. NULL and @error where it names no program. Free with g_strfreev(). */
char **e13_cgi_handler_arguments (const char *handler, const char *script, const char *query, GError **error);

/* Where a site that holds @script most likely begins, and the script's address in it: the folder above cgi-bin, else
 * its own. Both absolute. Free with g_free(). */
char *e13_cgi_guess_root (const char *script);
char *e13_cgi_script_name (const char *script, const char *root);
