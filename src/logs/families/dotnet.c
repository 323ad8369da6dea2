/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* .NET and ASP.NET: the name in plain single quotes, which it may hold itself. */

#include <string.h>

#include "logs/families.h"
#include "logs/texts.h"

static const E13LogPattern patterns[] = {
  { .id = "denied",
    .needle = "Access to the path",
    .regex = "Access to the path '(?<path>[^\\n]*?)' is denied",
    .error = 13,
    .examples
    = { { "System.UnauthorizedAccessException: Access to the path '/srv/app/it's' is denied.", "/srv/app/it's",
          E13_OPERATION_UNKNOWN, 13 },
        { "Unhandled exception. System.UnauthorizedAccessException: Access to the path 'C:\\inetpub\\x' is denied.\n   at "
          "System.IO.FileSystem.CreateDirectory(String fullPath)",
          "C:\\inetpub\\x", E13_OPERATION_CREATE, 13 } } },
  { .id = "denied-anonymous",
    .needle = "Access to the path",
    .regex = "Access to the path is denied",
    .error = 13,
    .note = "This form of the message holds no name.",
    .examples = { { "System.UnauthorizedAccessException: Access to the path is denied.", NULL, E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "part",
    .needle = "Could not find a part of the path",
    .regex = "Could not find a part of the path '(?<path>[^\\n]*?)'\\.?(?=$|[\\n\"\\\\ ])",
    .error = 2,
    .note = "A directory of the path is missing; some versions of .NET say so where it cannot be entered.",
    .examples = { { "System.IO.DirectoryNotFoundException: Could not find a part of the path '/srv/app/data/x'.",
                    "/srv/app/data/x", E13_OPERATION_UNKNOWN, 2 } } },
  { .id = "file",
    .needle = "Could not find file",
    .regex = "Could not find file '(?<path>[^\\n]*?)'\\.?(?=$|[\\n\"\\\\ ])",
    .error = 2,
    .note = "Some versions of .NET say so where they may not create a directory.",
    .examples = { { "System.IO.FileNotFoundException: Could not find file '/srv/app/x'.", "/srv/app/x",
                    E13_OPERATION_UNKNOWN, 2 } } },
  { .id = "read-only",
    .needle = "Read-only file system",
    .regex = "System\\.IO\\.IOException ?: (?<text>Read-only file system) : '(?<path>[^\\n]*?)'",
    .examples = { { "System.IO.IOException: Read-only file system : '/srv/app/x'", "/srv/app/x", E13_OPERATION_UNKNOWN, 30 } } },
  { .id = "process",
    .needle = "trying to start process",
    .names_errno = TRUE,
    .regex = "An error occurred trying to start process '(?<path>[^\\n]*?)' with working directory '(?<directory>[^\\n]*?)'"
             "\\. " E13_TEXT,
    .operation = E13_OPERATION_RUN,
    .examples = { { "System.ComponentModel.Win32Exception (13): An error occurred trying to start process '/srv/run' with "
                    "working directory '/srv'. Permission denied",
                    "/srv/run", E13_OPERATION_RUN, 13 } } },
  { .id = "inner",
    .needle = "System.IO.IOException",
    .names_errno = TRUE,
    .regex = "System\\.IO\\.IOException ?: " E13_TEXT "(?: : '(?<path>[^\\n]*?)')?",
    .examples = { { "---- System.IO.IOException : Permission denied", NULL, E13_OPERATION_UNKNOWN, 13 } } },
  { 0 },
};

static const E13LogWord methods[] = {
  { "FileMode.Open, FileAccess.Read", E13_OPERATION_READ }, { "CreateDirectory", E13_OPERATION_CREATE },
  { "DeleteFile", E13_OPERATION_DELETE }, { "File.Delete", E13_OPERATION_DELETE }, { "RemoveDirectory", E13_OPERATION_DELETE },
  { "MoveFile", E13_OPERATION_RENAME }, { "File.Move", E13_OPERATION_RENAME }, { "File.ReadAll", E13_OPERATION_READ },
  { "File.OpenRead", E13_OPERATION_READ }, { "StreamReader..ctor", E13_OPERATION_READ }, { "File.WriteAll", E13_OPERATION_WRITE },
  { "File.AppendAll", E13_OPERATION_WRITE }, { "StreamWriter..ctor", E13_OPERATION_WRITE }, { "FileSystemEnumerator", E13_OPERATION_LIST },
};

static gboolean
more (E13Failure *failure, const E13LogLine *line)
{
  const char *text = line->text + strspn (line->text, " ");

  if (!g_str_has_prefix (text, "at ") && !g_str_has_prefix (text, "--- "))
    return FALSE;
  for (gsize i = 0; failure->operation == E13_OPERATION_UNKNOWN && i < G_N_ELEMENTS (methods); i++)
    if (strstr (text, methods[i].word) != NULL)
      failure->operation = methods[i].operation;
  return TRUE;
}

const E13LogFamily e13_log_dotnet = { .name = "dotnet", .patterns = patterns, .more = more };
