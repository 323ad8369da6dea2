/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Statements: the syntax that nginx, Apache and Caddy have each their own of: words, and blocks of them. Pure; a text
 * that is broken yields what could be read of it. */

#pragma once

#include <glib.h>

typedef struct
{
  char **words; /* without their quotes; none where a block only ends */
  guint line;
  gboolean opens;  /* a block begins behind the words */
  gboolean closes; /* a block ends; of Apache, words[0] is its name */
} E13Statement;

/* Arrays of E13Statement *. Free with g_ptr_array_unref(). */
GPtrArray *e13_statements_of_nginx (const char *text);
GPtrArray *e13_statements_of_apache (const char *text);
GPtrArray *e13_statements_of_caddy (const char *text);

/* The word at @index; "" past the last. */
const char *e13_statement_word (const E13Statement *statement, gsize index);
/* Is the first word @name, in either case of letters? */
gboolean e13_statement_is (const E13Statement *statement, const char *name);
