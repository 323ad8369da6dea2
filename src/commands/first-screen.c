/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/first-screen.h"

#include <stdio.h>

#include "platform/console.h"

#define SITE "C:\\inetpub\\wwwroot\\week7"

static const struct
{
  const char *command;
  const char *does;
} rows[] = {
  { SITE, "what is wrong with the site; changes nothing" },
  { "fix " SITE, "repair it, in a window opened as administrator" },
  { "undo", "take the last repair back" },
  { "explain", "paste the error message, then Ctrl-Z and Enter" },
  { "explain " SITE "\\count.txt", "who may read this file, and which entry says so" },
  { "identity", "the accounts that web servers here run as" },
  { "status 500.19", "what a number means" },
  { "profiles", "the web applications that are known" },
};

void
e13_first_screen (void)
{
  puts ("errno13 finds out why a web site is denied its files, and repairs it.\n");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    printf ("  errno13 %-44s  %s\n", rows[i].command, rows[i].does);
  puts ("\nMore is said by: errno13 --help");
  if (!e13_console_is_own_window ())
    return;
  puts ("\nThis is a program for the command prompt: press Start, type cmd, and give it there.\n"
        "Any key closes this window.");
  fflush (stdout);
  e13_console_wait_for_key ();
}
