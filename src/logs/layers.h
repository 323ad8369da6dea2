/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Layers: what carried a message (syslog, Compose, Apache, nginx, JSON …) taken off again, one after the other, each
 * with its own escapes. Internal to logs/. */

#pragma once

#include <glib.h>

typedef struct
{
  char *text; /* the innermost message */
  char *process; /* NULL */
  guint32 pid;   /* of the outermost that names one; 0 */
  gboolean is_json; /* @text is an object or its beginning */
} E13Peeled;

void e13_layers_peel (const char *line, gsize length, E13Peeled *ret_peeled);
void e13_peeled_clear (E13Peeled *peeled);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Peeled, e13_peeled_clear)

/* The strings in a JSON text, which may be cut off, one after the other: the next from *@at on, unescaped; NULL: no
 * more. Free with g_free(). */
char *e13_layers_next_string (const char **at);
