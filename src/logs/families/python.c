/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Python 2 and 3: "[Errno 13] Permission denied: 'NAME'", the name as repr() writes it. What open() was to do stands in
 * the source line above. */

#include <string.h>

#include "logs/errno-words.h"
#include "logs/families.h"
#include "logs/texts.h"

/* repr() of a name; the last form is one that was cut off. */
#define LITERAL "(?:[uUbB]{0,2}(?:'(?:[^'\\\\\\n]|\\\\.)*'|\"(?:[^\"\\\\\\n]|\\\\.)*\")|'[^'\\n]*$)"
#define NAMES "(?:: (?<path>" LITERAL ")(?: -> (?<path2>" LITERAL "))?)?"

static const E13LogPattern patterns[] = {
  { .id = "cannot-open",
    .needle = "can't open file",
    .regex = "can't open file (?<path>" LITERAL "): \\[Errno (?<code>\\d+)\\]",
    .escape = E13_ESCAPE_PYTHON,
    .operation = E13_OPERATION_READ,
    .examples = { { "python3: can't open file '/srv/app/run.py': [Errno 13] Permission denied", "/srv/app/run.py",
                    E13_OPERATION_READ, 13 } } },
  { .id = "errno",
    .needle = "rror: [Errno ",
    .regex = "\\[Errno (?<code>" E13_CODES ")\\] (?<text>[^:'\"\\n]*)" NAMES,
    .escape = E13_ESCAPE_PYTHON,
    .examples
    = { { "PermissionError: [Errno 13] Permission denied: '/srv/app/data.txt'", "/srv/app/data.txt",
          E13_OPERATION_UNKNOWN, 13 },
        { "IOError: [Errno 13] Permission denied: u'/srv/\\xfcber.txt'", "/srv/\303\274ber.txt", E13_OPERATION_UNKNOWN, 13 },
        { "FileNotFoundError: [Errno 2] No such file or directory: \"/srv/it's here\"", "/srv/it's here",
          E13_OPERATION_UNKNOWN, 2 },
        { "PermissionError: [Errno 13] Permission denied: ''", "", E13_OPERATION_UNKNOWN, 13 },
        { "Traceback (most recent call last):\n  File \"/srv/app/run.py\", line 3, in <module>\n"
          "    with open(name, \"w\") as out:\n         ^^^^^^^^^^^^^^^\n"
          "PermissionError: [Errno 13] Permission denied: '/srv/app/out'",
          "/srv/app/out", E13_OPERATION_WRITE, 13 },
        { "PermissionError: [Errno 1] Operation not permitted: '/srv/a' -> b'/srv/\\xff'", "/srv/a",
          E13_OPERATION_UNKNOWN, 1 } } },
  { .id = "errno-alone",
    .needle = "[Errno ",
    .regex = "\\[Errno (?<code>" E13_CODES ")\\] (?<text>[^:'\"\\n]*)" NAMES,
    .escape = E13_ESCAPE_PYTHON,
    .examples = { { "could not save: [Errno 30] Read-only file system: '/srv/app/x'", "/srv/app/x",
                    E13_OPERATION_UNKNOWN, 30 },
                  { "Error: [('/srv/a', '/srv/b', \"[Errno 13] Permission denied: '/srv/b'\")]", "/srv/b",
                    E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "winerror",
    .needle = "[WinError ",
    .regex = "\\[WinError (?<windows>2|3|5|32)\\] (?<text>[^:'\"\\n]*)" NAMES,
    .escape = E13_ESCAPE_PYTHON,
    .examples = { { "PermissionError: [WinError 5] Access is denied: 'C:\\\\inetpub\\\\wwwroot\\\\x'",
                    "C:\\inetpub\\wwwroot\\x", E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "windowserror",
    .needle = "WindowsError: [Error ",
    .regex = "\\[Error (?<windows>2|3|5|32)\\] (?<text>[^:'\"\\n]*)" NAMES,
    .escape = E13_ESCAPE_PYTHON,
    .examples = { { "WindowsError: [Error 5] Access is denied: u'C:\\\\x'", "C:\\x", E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "repr",
    .regex = "\\b(?:PermissionError|FileNotFoundError|OSError|IOError)\\((?<code>" E13_CODES
             "), [uU]?['\"](?<text>[^'\"\\n]*)['\"]\\)",
    .note = "This form of the message holds no name.",
    .examples = { { "cannot write: PermissionError(13, 'Permission denied')", NULL, E13_OPERATION_UNKNOWN, 13 } } },
  { 0 },
};

/* What stands in a source line: the first that is there. */
static const E13LogWord calls[] = {
  { "mkdir(", E13_OPERATION_CREATE },    { "makedirs(", E13_OPERATION_CREATE }, { "rename(", E13_OPERATION_RENAME },
  { "replace(", E13_OPERATION_RENAME },  { "listdir(", E13_OPERATION_LIST },    { "scandir(", E13_OPERATION_LIST },
  { "iterdir(", E13_OPERATION_LIST },    { "unlink(", E13_OPERATION_DELETE },   { "remove(", E13_OPERATION_DELETE },
  { "rmdir(", E13_OPERATION_DELETE },    { "rmtree(", E13_OPERATION_DELETE },   { "chdir(", E13_OPERATION_ENTER },
  { "chmod(", E13_OPERATION_CHANGE },    { "chown(", E13_OPERATION_CHANGE },    { "utime(", E13_OPERATION_CHANGE },
  { "symlink(", E13_OPERATION_CREATE },  { "os.link(", E13_OPERATION_CREATE },  { "mkfifo(", E13_OPERATION_CREATE },
  { "mknod(", E13_OPERATION_CREATE },    { ".bind(", E13_OPERATION_CREATE },    { ".connect(", E13_OPERATION_CONNECT },
  { "os.stat(", E13_OPERATION_STAT },    { "os.lstat(", E13_OPERATION_STAT },   { ".stat(", E13_OPERATION_STAT },
  { "getsize(", E13_OPERATION_STAT },    { "readlink(", E13_OPERATION_STAT },   { "execv", E13_OPERATION_RUN },
  { "Popen(", E13_OPERATION_RUN },       { "subprocess.", E13_OPERATION_RUN },  { "raise child_exception", E13_OPERATION_RUN },
  { "write_text(", E13_OPERATION_WRITE }, { "write_bytes(", E13_OPERATION_WRITE }, { "read_text(", E13_OPERATION_READ },
  { "read_bytes(", E13_OPERATION_READ }, { "touch(", E13_OPERATION_CREATE },    { "copyfile(", E13_OPERATION_UNKNOWN },
  { "truncate(", E13_OPERATION_WRITE },  { "mkdtemp(", E13_OPERATION_CREATE },  { "mkstemp(", E13_OPERATION_CREATE },
};

/* The mode of an open(): a literal of these letters after a comma. */
static E13Operation
mode_of (const char *call)
{
  const char *comma = call;

  while ((comma = strchr (comma, ',')) != NULL)
    {
      const char *mode = comma + 1 + strspn (comma + 1, " ");

      comma++;
      if (g_str_has_prefix (mode, "mode="))
        mode += strlen ("mode=");
      if (*mode != '\'' && *mode != '"')
        continue;
      mode++;
      if (mode[strspn (mode, "rwaxbtU+")] != mode[-1])
        continue;
      return strcspn (mode, "wax+") < strspn (mode, "rwaxbtU+") ? E13_OPERATION_WRITE : E13_OPERATION_READ;
    }
  return strchr (call, ',') != NULL || strchr (call, '*') != NULL ? E13_OPERATION_OPEN : E13_OPERATION_READ;
}

static E13Operation
operation_in (const char *source)
{
  const char *call = strstr (source, "open(");

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (strstr (source, calls[i].word) != NULL)
      return calls[i].operation;
  if (call == NULL)
    return E13_OPERATION_UNKNOWN;
  return strstr (source, "os.open(") != NULL ? E13_OPERATION_OPEN : mode_of (call);
}

/* The source line of the last frame, the marks below it, then the frame itself. */
static gboolean
before (E13Failure *failure, const E13LogLine *line)
{
  gsize indent = strspn (line->text, " ");
  const char *file = line->text + indent;

  if (indent < 2 || *file == '\0' || strcmp (failure->pattern, "errno") != 0)
    return FALSE;
  if (g_str_has_prefix (file, "File \""))
    {
      failure->script = g_strndup (file + 6, strcspn (file + 6, "\""));
      return FALSE;
    }
  if (failure->operation == E13_OPERATION_UNKNOWN && file[strspn (file, "^~ ")] != '\0')
    failure->operation = operation_in (file);
  return TRUE;
}

const E13LogFamily e13_log_python = { .name = "python", .patterns = patterns, .before = before };
