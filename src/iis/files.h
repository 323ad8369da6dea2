/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that say whose rights count, read through the seam: the server's configuration, the web.config files of a
 * site, and which scripts it holds. */

#pragma once

#include "iis/scope.h"
#include "platform/platform.h"

typedef enum
{
  E13_IIS_ABSENT,     /* no IIS here, or nobody can know: a copy, a dump */
  E13_IIS_UNREADABLE, /* there is one, and this process may not read how it is set up */
  E13_IIS_READ,
} E13IisState;

/* Reads the configuration of the machine that the program runs on (@ops->is_windows), by default at
 * "%windir%\System32\inetsrv\config\applicationHost.config"; @windir is its first part. FALSE and @error where it was
 * read and is broken. */
gboolean e13_iis_find_server (const E13ReadOps *ops, const char *windir, E13IisState *ret_state,
                              E13IisServer **ret_server, GError **error);

/* The same of the IIS Express of whoever has the folder @documents ("C:\Users\x\Documents"): it serves as that user.
 * @ret_server is NULL where there is none, or it may not be read. */
gboolean e13_iis_find_express (const E13ReadOps *ops, const char *documents, E13IisServer **ret_server, GError **error);

/* A site whose files can be read. */
typedef struct
{
  const E13ReadOps *ops;
  const E13Tree *tree;
  const char *path;    /* of its root on the machine of the configuration, as e13_iis_path() makes it */
  gboolean has_missed; /* set where a web.config above the site was asked for and could not be looked for */
} E13IisSiteFiles;

/* IIS itself reads 250 KB of a web.config, unless its registry says otherwise. */
#define E13_IIS_MAX_WEB_CONFIG (1u << 20)

/* The file @rest beneath the site, names in either case of letters, as far as one byte beyond that. NULL without
 * @error: there is none. */
GBytes *e13_iis_read_beneath (const E13IisSiteFiles *files, const char *rest, GError **error);

/* An E13IisRead; @data: E13IisSiteFiles. Names count alike in either case of letters. */
E13XmlDocument *e13_iis_read_site_file (const char *directory, const char *name, gpointer data, GError **error);

/* Some scripts of the site, beneath it, from its root and the directories there, at most @max: an array of char * ended
 * by NULL. Free with g_ptr_array_unref(). */
GPtrArray *e13_iis_some_scripts (const E13ReadOps *ops, const E13Tree *tree, guint max);

/* Does the name look like that of a script? */
gboolean e13_iis_is_script (const char *name);
