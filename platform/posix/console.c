/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/console.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_COLUMNS 80

char **
e13_console_begin (int argc, char **argv)
{
  (void)argc;
  return g_strdupv (argv);
}

gboolean
e13_console_takes_escapes (E13ConsoleStream stream)
{
  return isatty (stream == E13_CONSOLE_OUT ? STDOUT_FILENO : STDERR_FILENO) != 0;
}

guint
e13_console_columns (void)
{
  struct winsize size;

  if (!isatty (STDOUT_FILENO))
    return 0;
  return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : DEFAULT_COLUMNS;
}

/* ---- Interrupts ------------------------------------------------------------------------------ */

/* A signal handler has nothing else to reach it by. */
static void (*interrupt_handler) (void);

static void
on_signal (int number)
{
  (void)number;
  interrupt_handler ();
}

void
e13_console_on_interrupt (void (*handler) (void))
{
  struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART | (int)SA_RESETHAND };

  interrupt_handler = handler;
  sigemptyset (&action.sa_mask);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

/* ---- Windows' double click ------------------------------------------------------------------- */

gboolean
e13_console_is_own_window (void)
{
  return FALSE;
}

void
e13_console_wait_for_key (void)
{
}
