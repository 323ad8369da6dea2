/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Words for an errno, as programs write them. The numbers are Linux's, whatever this machine's are. */

#pragma once

#include <glib.h>

enum
{
  E13_EPERM = 1,
  E13_ENOENT = 2,
  E13_ENOEXEC = 8,
  E13_EACCES = 13,
  E13_EEXIST = 17,
  E13_ENOTDIR = 20,
  E13_EISDIR = 21,
  E13_ETXTBSY = 26,
  E13_ENOSPC = 28,
  E13_EROFS = 30,
  E13_ELOOP = 40,
  E13_EADDRINUSE = 98,
  E13_ECONNREFUSED = 111,
  E13_EDQUOT = 122,
};

/* Of a text, a symbol or a number ("13", "-13"); 0: not known. */
int e13_errno_from_word (const char *word);
int e13_errno_from_windows (guint32 code);

const char *e13_errno_symbol (int error); /* "EACCES"; NULL: not known */
const char *e13_errno_text (int error);   /* "Permission denied"; never NULL */

/* What a search for a message that names an errno looks for; ended by NULL. */
const char *const *e13_errno_needles (void);
