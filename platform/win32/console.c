/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/console.h"

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <windows.h>
#include <shellapi.h>

#include "platform/win32/names.h"

#define DEFAULT_COLUMNS 80
/* How long the system lets a process whose window was closed go on; it would be killed after about five seconds. */
#define MILLISECONDS_TO_END 4500

static const DWORD std_handles[] = { [E13_CONSOLE_OUT] = STD_OUTPUT_HANDLE, [E13_CONSOLE_ERR] = STD_ERROR_HANDLE };

/* What the window was like, for atexit(), which hands nothing over. */
static struct
{
  UINT code_page;
  DWORD modes[G_N_ELEMENTS (std_handles)];
  gboolean takes_escapes[G_N_ELEMENTS (std_handles)];
} before;

static gboolean
mode_of (gsize stream, DWORD *ret_mode)
{
  return GetConsoleMode (GetStdHandle (std_handles[stream]), ret_mode) != 0;
}

static void
put_back (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (std_handles); i++)
    if (before.takes_escapes[i])
      SetConsoleMode (GetStdHandle (std_handles[i]), before.modes[i]);
  if (before.code_page != 0)
    SetConsoleOutputCP (before.code_page);
}

static void
set_up_window (void)
{
  before.code_page = GetConsoleOutputCP ();
  for (gsize i = 0; i < G_N_ELEMENTS (std_handles); i++)
    if (mode_of (i, &before.modes[i]))
      before.takes_escapes[i] = SetConsoleMode (GetStdHandle (std_handles[i]), before.modes[i] | ENABLE_PROCESSED_OUTPUT
                                                                                   | ENABLE_VIRTUAL_TERMINAL_PROCESSING)
                                != 0;
  /* Without a window GLib takes the charset from LANG, and where that says none warns of it, and again in the warning,
   * until it aborts. */
  if (before.code_page != 0)
    SetConsoleOutputCP (CP_UTF8);
  else
    g_setenv ("LANG", "C.UTF-8", TRUE);
  atexit (put_back);
}

char **
e13_console_begin (int argc, char **argv)
{
  int n = 0;
  LPWSTR *words = CommandLineToArgvW (GetCommandLineW (), &n);
  GPtrArray *arguments = g_ptr_array_new ();

  /* No line gets a carriage return that the program did not print. */
  for (int fd = 0; fd <= 2; fd++)
    _setmode (fd, _O_BINARY);
  set_up_window ();
  for (int i = 0; words != NULL && i < n; i++)
    g_ptr_array_add (arguments, e13_win32_from_utf16 ((const gunichar2 *)words[i], wcslen (words[i])));
  for (int i = 0; words == NULL && i < argc; i++)
    g_ptr_array_add (arguments, g_strdup (argv[i]));
  LocalFree (words);
  g_ptr_array_add (arguments, NULL);
  return (char **)g_ptr_array_free (arguments, FALSE);
}

gboolean
e13_console_takes_escapes (E13ConsoleStream stream)
{
  return before.takes_escapes[stream];
}

guint
e13_console_columns (void)
{
  CONSOLE_SCREEN_BUFFER_INFO info;
  DWORD mode;

  if (!mode_of (E13_CONSOLE_OUT, &mode))
    return 0;
  if (!GetConsoleScreenBufferInfo (GetStdHandle (STD_OUTPUT_HANDLE), &info)
      || info.srWindow.Right <= info.srWindow.Left)
    return DEFAULT_COLUMNS;
  return (guint)(info.srWindow.Right - info.srWindow.Left); /* the last column would wrap */
}

/* ---- Interrupts ------------------------------------------------------------------------------ */

static void (*interrupt_handler) (void);
static gint n_interrupts;

/* In a thread that the system makes. */
static BOOL WINAPI
on_control (DWORD event)
{
  if (g_atomic_int_add (&n_interrupts, 1) > 0)
    return FALSE;
  interrupt_handler ();
  /* The process ends when this returns. */
  if (event == CTRL_CLOSE_EVENT || event == CTRL_LOGOFF_EVENT || event == CTRL_SHUTDOWN_EVENT)
    Sleep (MILLISECONDS_TO_END);
  return TRUE;
}

void
e13_console_on_interrupt (void (*handler) (void))
{
  interrupt_handler = handler;
  SetConsoleCtrlHandler (on_control, TRUE);
}

/* ---- A double click -------------------------------------------------------------------------- */

gboolean
e13_console_is_own_window (void)
{
  DWORD processes[2];
  DWORD mode;

  return mode_of (E13_CONSOLE_OUT, &mode) && GetConsoleProcessList (processes, G_N_ELEMENTS (processes)) == 1;
}

void
e13_console_wait_for_key (void)
{
  HANDLE in = GetStdHandle (STD_INPUT_HANDLE);
  INPUT_RECORD record;
  DWORD n;

  while (ReadConsoleInputW (in, &record, 1, &n) && n > 0)
    if (record.EventType == KEY_EVENT && record.Event.KeyEvent.bKeyDown)
      return;
}
