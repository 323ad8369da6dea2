/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a script could not even be started: the system's errno, and what its first line says. */

#include <errno.h>
#include <string.h>

#include "base/quote.h"
#include "cgi/verdict.h"

static char *
set_first_line (const E13CgiRun *run)
{
  g_autofree char *script = e13_quote_shell_display (run->names.script);

  return g_strdup_printf ("the first line of %s: #!/usr/bin/python3, #!/usr/bin/perl or #!/bin/sh, whichever it is",
                          script);
}

static gboolean
add_shebang_form (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const E13Shebang *shebang = run->shebang;
  g_autofree char *script = e13_quote_shell_display (run->names.script);
  g_autofree char *interpreter = e13_quote_display (shebang->interpreter != NULL ? shebang->interpreter : "");

  switch (shebang->state)
    {
    case E13_SHEBANG_CR:
      e13_cgi_verdict_add (verdict, E13_CGI_SHEBANG_CR,
                           g_strdup ("the script has the line ends of Windows, so its first line ends in a carriage "
                                     "return"),
                           g_strdup_printf ("the kernel looks for a program '%s\\r'", interpreter),
                           g_strdup_printf ("dos2unix %s", script));
      return TRUE;
    case E13_SHEBANG_BOM:
      e13_cgi_verdict_add (verdict, E13_CGI_SHEBANG_BOM,
                           g_strdup ("a byte order mark (three bytes that an editor put there) stands before #!"),
                           g_strdup ("the kernel looks at the first two bytes only"),
                           g_strdup_printf ("sed -i '1s/^\\xef\\xbb\\xbf//' %s", script));
      return TRUE;
    case E13_SHEBANG_UTF16:
      e13_cgi_verdict_add (verdict, E13_CGI_SHEBANG_BOM, g_strdup ("the script was saved as UTF-16"),
                           g_strdup ("the kernel looks for #! in single bytes"),
                           g_strdup_printf ("iconv -f UTF-16 -t UTF-8 %s", script));
      return TRUE;
    case E13_SHEBANG_LATE:
      e13_cgi_verdict_add (verdict, E13_CGI_SHEBANG_MISSING,
                           g_strdup ("blanks or empty lines stand before #!, which must be the first two bytes"), NULL,
                           NULL);
      return TRUE;
    case E13_SHEBANG_LONG:
      e13_cgi_verdict_add (verdict, E13_CGI_INTERPRETER,
                           g_strdup ("the first line is longer than the 255 bytes that the kernel reads"), NULL, NULL);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
add_unknown_format (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const E13Shebang *shebang = run->shebang;

  if (add_shebang_form (verdict, run))
    return;
  if (shebang->state == E13_SHEBANG_BINARY)
    e13_cgi_verdict_add (verdict, E13_CGI_NOT_STARTED, g_strdup ("the program is built for another kind of machine"),
                         NULL, NULL);
  else if (shebang->state == E13_SHEBANG_NO_FILE)
    e13_cgi_verdict_add (verdict, E13_CGI_SHEBANG_MISSING, g_strdup ("the script is an empty file"), NULL, NULL);
  else
    e13_cgi_verdict_add (verdict, E13_CGI_SHEBANG_MISSING,
                         g_strdup ("the script does not begin with #! and the program that runs it, so the kernel "
                                   "does not know what to do with it; a shell would guess, a server does not"),
                         NULL, set_first_line (run));
}

/* It is there itself: what is missing is what it names. */
static void
add_missing (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const E13Shebang *shebang = run->shebang;
  g_autofree char *interpreter = NULL;

  if (add_shebang_form (verdict, run))
    return;
  if (shebang->interpreter == NULL)
    {
      e13_cgi_verdict_add (verdict, E13_CGI_INTERPRETER, g_strdup ("what the program is linked with is missing here"),
                           NULL, NULL);
      return;
    }
  interpreter = e13_quote_display (shebang->interpreter);
  e13_cgi_verdict_add (verdict, E13_CGI_INTERPRETER,
                       g_strdup_printf ("the first line names %s, which is not on this machine", interpreter),
                       g_strdup ("the system says 'No such file or directory' of the script, although it is there"),
                       set_first_line (run));
}

static void
add_refused (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const E13Shebang *shebang = run->shebang;
  g_autofree char *who = e13_quote_display (run->names.who);
  g_autofree char *interpreter = e13_quote_display (shebang->interpreter != NULL ? shebang->interpreter : "the script");

  e13_cgi_verdict_add (verdict, E13_CGI_NOT_EXECUTABLE,
                       g_strdup_printf ("%s may not run %s, or its file system is mounted noexec", who, interpreter),
                       NULL, NULL);
}

void
e13_cgi_judge_start (E13CgiVerdict *verdict, const E13CgiRun *run)
{
  const E13LaunchResult *result = run->result;
  g_autofree char *script = e13_quote_display (run->names.script);
  g_autofree char *directory = e13_quote_display (run->names.directory);

  verdict->status = run->server == E13_CGI_IIS ? 502 : 500;
  verdict->substatus = run->server == E13_CGI_IIS ? 2 : 0;
  if (run->server == E13_CGI_APACHE)
    verdict->log = g_strdup_printf ("(%d)%s: exec of '%s' failed", result->code, g_strerror (result->code), script);
  if (result->step == E13_LAUNCH_STEP_DIRECTORY)
    e13_cgi_verdict_add (verdict, E13_CGI_DIRECTORY,
                         g_strdup_printf ("the server cannot enter %s: %s", directory, g_strerror (result->code)), NULL,
                         NULL);
  else if (result->code == ENOEXEC)
    add_unknown_format (verdict, run);
  else if (result->code == ENOENT || result->code == ENOTDIR)
    add_missing (verdict, run);
  else if (result->code == EACCES || result->code == EPERM)
    add_refused (verdict, run);
  else
    e13_cgi_verdict_add (verdict, E13_CGI_NOT_STARTED,
                         g_strdup_printf ("the script could not be started: %s", g_strerror (result->code)), NULL,
                         NULL);
}
