/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The console: how the program is called and watched by a person. Each host has one implementation, which is linked. */

#pragma once

#include <glib.h>

/* Puts the console into a state in which it shows the program's bytes: UTF-8, and escapes for colours; on Windows that
 * is the window's own state, which is put back when the process ends. Returns the arguments, ended by NULL: @argv's, or
 * on Windows, where those have lost what the code page lacks, the command line's in the form of our file names. Free
 * with g_strfreev(). */
char **e13_console_begin (int argc, char **argv);

typedef enum
{
  E13_CONSOLE_OUT,
  E13_CONSOLE_ERR,
} E13ConsoleStream;

/* Is that stream a terminal that understands escapes? */
gboolean e13_console_takes_escapes (E13ConsoleStream stream);
/* How many columns standard output has; 0 where it is no terminal. */
guint e13_console_columns (void);

/* Calls @handler at the first request to stop (Ctrl-C, termination, the window being closed), perhaps in a thread or a
 * signal handler: it may set a flag. The second request ends the process. */
void e13_console_on_interrupt (void (*handler) (void));

/* Was the program started by a double click, so that its window vanishes with it? */
gboolean e13_console_is_own_window (void);
/* Until a key is pressed. */
void e13_console_wait_for_key (void);
