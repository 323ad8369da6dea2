/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was asked of the catalogue, as a person or a log writes it: "404.2", "500.19 0x80070021", "8007000d",
 * "-2147024883", "ERROR_LOCK_VIOLATION", "errno 13", "[Errno 13]", and the "401 3 5" of a log. Pure. */

#pragma once

#include "iis/status.h"

typedef struct
{
  char *text;         /* as it was asked */
  GPtrArray *found;   /* of const E13Status *: all that it can mean, the likeliest first; empty: none is known */
  GPtrArray *nearest; /* of the same, where none was found: the few that it may have been meant to be */
} E13StatusAnswer;

void e13_status_answer_free (E13StatusAnswer *answer); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13StatusAnswer, e13_status_answer_free)

/* An array of E13StatusAnswer *, one for each code in @words. E13_ERROR_USAGE where a word is no code of any kind, or
 * there is none. Free with g_ptr_array_unref(). */
GPtrArray *e13_status_ask (const char *const *words, GError **error);
