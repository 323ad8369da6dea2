/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sections and keys: what php-fpm, uwsgi and systemd's units have in common. Pure; a line that is neither is passed
 * over. */

#pragma once

#include <glib.h>

typedef struct
{
  const char *section; /* interned; "" before the first */
  char *key;
  char *value; /* without the space around it, nor quotes around all of it */
  guint line;
} E13IniLine;

/* An array of E13IniLine *, in file order. @comments: the characters that begin one, at the start of a line;
 * @trailing: do they also after a value, with a space before? A backslash at a line's end joins the next to it. Free
 * with g_ptr_array_unref(). */
GPtrArray *e13_ini_parse (const char *text, const char *comments, gboolean trailing);
