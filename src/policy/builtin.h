/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of src/policy/profiles/ as data. The table is written by embed.awk when the program is built. */

#pragma once

#include <glib.h>

typedef struct
{
  const char *id;
  const char *text;
  gsize size;
} E13Builtin;

extern const E13Builtin e13_builtins[];
extern const gsize e13_n_builtins;
