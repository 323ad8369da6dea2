/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How the kernel reads the first line of a script. Pure. */

#pragma once

#include <glib.h>

typedef enum
{
  E13_SHEBANG_THERE,
  E13_SHEBANG_BINARY,  /* ELF: the kernel needs none */
  E13_SHEBANG_NONE,    /* the kernel does not know what this is */
  E13_SHEBANG_LATE,    /* "#!" stands there, but something before it: spaces, empty lines */
  E13_SHEBANG_BOM,     /* a byte order mark before it */
  E13_SHEBANG_UTF16,   /* the file is UTF-16 */
  E13_SHEBANG_CR,      /* the name ends in a carriage return */
  E13_SHEBANG_LONG,    /* longer than the kernel reads */
  E13_SHEBANG_EMPTY,   /* "#!" and nothing */
  E13_SHEBANG_NO_FILE, /* the file is empty */
} E13ShebangState;

typedef struct
{
  E13ShebangState state;
  char *interpreter; /* "/usr/bin/env", as it stands there, without the carriage return; NULL: none */
  char *argument;    /* all that follows as one; NULL: none */
} E13Shebang;

E13Shebang *e13_shebang_parse (const char *data, gsize size);
void e13_shebang_free (E13Shebang *shebang); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Shebang, e13_shebang_free)

/* What runs in the end: "python3" for "#!/usr/bin/env python3 -u", else the interpreter. NULL: not known. Free with
 * g_free(). */
char *e13_shebang_runs (const E13Shebang *shebang);
