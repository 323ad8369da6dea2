/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What GLib calls of gettext's library, for a program that is one file: there are no catalogues of messages beside it,
 * so every message is its own translation. Only GLib is built with it. */

#pragma once

#include <locale.h>

/* Windows has no such category; the number is gettext's. */
#ifndef LC_MESSAGES
#define LC_MESSAGES 1729
#endif

#define TRANSLATES(n) __attribute__ ((format_arg (n)))

char *gettext (const char *message) TRANSLATES (1);
char *dgettext (const char *domain, const char *message) TRANSLATES (2);
char *dcgettext (const char *domain, const char *message, int category) TRANSLATES (2);
char *ngettext (const char *one, const char *many, unsigned long n) TRANSLATES (1) TRANSLATES (2);
char *dngettext (const char *domain, const char *one, const char *many, unsigned long n) TRANSLATES (2) TRANSLATES (3);
char *textdomain (const char *domain);
char *bindtextdomain (const char *domain, const char *directory);
char *bind_textdomain_codeset (const char *domain, const char *codeset);

#undef TRANSLATES
