/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Names and lines as a program escaped them, back as bytes. What is no escape of that kind stays as it is; a NUL byte
 * becomes a space. */

#pragma once

#include "logs/family.h"

/* Free with g_free(). Of PYTHON, JS and AUDIT the quotes go too; where a literal ends early, so does the result. */
char *e13_unescape (E13LogEscape escape, const char *text, gsize length);

/* The literal in quotes at @text, in single or double ones, with a prefix of letters (u'…', b"…"): how many bytes it
 * takes; 0: there is none. */
gsize e13_literal_length (const char *text);
