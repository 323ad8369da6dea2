/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Java: java.io has the name and, in parentheses, the reason; java.nio the name alone. The stack tells what was to be
 * done. */

#include <string.h>

#include "logs/families.h"
#include "logs/texts.h"

static const E13LogPattern patterns[] = {
  { .id = "io",
    .needle = "FileNotFoundException: ",
    .names_errno = TRUE,
    .regex = "FileNotFoundException: (?<path>[^\\n]*) \\(" E13_TEXT "\\)",
    .operation = E13_OPERATION_OPEN,
    .examples
    = { { "java.io.FileNotFoundException: /srv/app/a (1).log (Permission denied)", "/srv/app/a (1).log",
          E13_OPERATION_OPEN, 13 },
        { "Caused by: java.io.FileNotFoundException: app.log (Permission denied)\n\tat "
          "java.base/java.io.FileOutputStream.open0(Native Method)",
          "app.log", E13_OPERATION_WRITE, 13 },
        { "java.io.FileNotFoundException: /srv/x (No such file or directory)\n\tat "
          "java.base/java.io.FileInputStream.open0(Native Method)",
          "/srv/x", E13_OPERATION_READ, 2 } } },
  { .id = "denied-two",
    .needle = "AccessDeniedException: ",
    .regex = "nio\\.file\\.AccessDeniedException: (?<path>[^\\n]*?) -> (?<path2>[^\\n]*?)(?:: [^\\n]*)?$",
    .error = 13,
    .operation = E13_OPERATION_RENAME,
    .examples = { { "java.nio.file.AccessDeniedException: /srv/a -> /srv/b", "/srv/a", E13_OPERATION_RENAME, 13 } } },
  { .id = "denied",
    .needle = "AccessDeniedException: ",
    .names_errno = TRUE,
    .regex = "nio\\.file\\.AccessDeniedException: (?<path>[^\\n]*?)(?:: (?:Permission denied|" E13_TEXTS "))?$",
    .error = 13,
    .examples = { { "java.nio.file.AccessDeniedException: /srv/app/data", "/srv/app/data", E13_OPERATION_UNKNOWN, 13 },
                  { "java.nio.file.AccessDeniedException: /srv/app/data\n\tat "
                    "java.base/sun.nio.fs.UnixException.translateToIOException(UnixException.java:90)\n\tat "
                    "java.base/sun.nio.fs.UnixFileSystemProvider.createDirectory(UnixFileSystemProvider.java:438)",
                    "/srv/app/data", E13_OPERATION_CREATE, 13 } } },
  { .id = "missing-two",
    .needle = "NoSuchFileException: ",
    .regex = "nio\\.file\\.NoSuchFileException: (?<path>[^\\n]*?) -> (?<path2>[^\\n]*?)$",
    .error = 2,
    .operation = E13_OPERATION_RENAME,
    .examples = { { "java.nio.file.NoSuchFileException: /srv/a -> /srv/b", "/srv/a", E13_OPERATION_RENAME, 2 } } },
  { .id = "missing",
    .needle = "NoSuchFileException: ",
    .regex = "nio\\.file\\.NoSuchFileException: (?<path>[^\\n]*?)$",
    .error = 2,
    .examples = { { "java.nio.file.NoSuchFileException: /srv/app/x", "/srv/app/x", E13_OPERATION_UNKNOWN, 2 } } },
  { .id = "file-system",
    .needle = "FileSystemException: ",
    .names_errno = TRUE,
    .regex = "nio\\.file\\.(?:FileSystemException|NotDirectoryException): (?<path>[^\\n]*?): " E13_TEXT,
    .examples = { { "java.nio.file.FileSystemException: /srv/x: Read-only file system", "/srv/x", E13_OPERATION_UNKNOWN,
                    30 } } },
  { .id = "process",
    .needle = "Cannot run program ",
    .names_errno = TRUE,
    .regex = "Cannot run program \"(?<path>[^\"\\n]*)\"(?: \\(in directory \"(?<directory>[^\"\\n]*)\"\\))?: "
             "(?:error=(?<code>\\d+), )?(?:Exec failed, error: \\d+ \\(|)" E13_TEXTS,
    .operation = E13_OPERATION_RUN,
    .examples = { { "java.io.IOException: Cannot run program \"/srv/app/run\": error=13, Permission denied",
                    "/srv/app/run", E13_OPERATION_RUN, 13 } } },
  { .id = "io-exception",
    .needle = "java.io.IOException: ",
    .names_errno = TRUE,
    .regex = "java\\.io\\.IOException: " E13_TEXT "$",
    .note = "This form of the message holds no name.",
    .examples = { { "java.io.IOException: Permission denied\n\tat "
                    "java.base/java.io.UnixFileSystem.createFileExclusively(Native Method)",
                    NULL, E13_OPERATION_CREATE, 13 } } },
  { 0 },
};

/* Methods on the stack, in this order. */
static const E13LogWord methods[] = {
  { "FileOutputStream.open", E13_OPERATION_WRITE },  { "FileInputStream.open", E13_OPERATION_READ },
  { "RandomAccessFile.open", E13_OPERATION_OPEN },   { "createFileExclusively", E13_OPERATION_CREATE },
  { ".createDirectory(", E13_OPERATION_CREATE },     { ".createSymbolicLink(", E13_OPERATION_CREATE },
  { ".createLink(", E13_OPERATION_CREATE },          { ".newDirectoryStream(", E13_OPERATION_LIST },
  { ".implDelete(", E13_OPERATION_DELETE },          { "Files.delete", E13_OPERATION_DELETE },
  { ".setPosixPermissions(", E13_OPERATION_CHANGE }, { ".setMode(", E13_OPERATION_CHANGE },
  { ".setTimes(", E13_OPERATION_CHANGE },            { ".setOwners(", E13_OPERATION_CHANGE },
  { "Attributes.readAttributes(", E13_OPERATION_STAT }, { "Views$Basic.readAttributes(", E13_OPERATION_STAT },
  { ".readSymbolicLink(", E13_OPERATION_STAT },      { "Files.newOutputStream(", E13_OPERATION_WRITE },
  { "Files.write", E13_OPERATION_WRITE },            { "Files.newInputStream(", E13_OPERATION_READ },
  { "Files.read", E13_OPERATION_READ },              { "Files.lines(", E13_OPERATION_READ },
  { "Files.newBufferedReader(", E13_OPERATION_READ }, { "Files.newBufferedWriter(", E13_OPERATION_WRITE },
  { "Files.createFile(", E13_OPERATION_CREATE },     { "Files.createTempFile(", E13_OPERATION_CREATE },
  { "Files.move(", E13_OPERATION_RENAME },
};

/* The stack below it. */
static gboolean
more (E13Failure *failure, const E13LogLine *line)
{
  const char *text = line->text + strspn (line->text, " \t");

  if (!g_str_has_prefix (text, "at ") && !g_str_has_prefix (text, "... "))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if ((failure->operation == E13_OPERATION_UNKNOWN || failure->operation == E13_OPERATION_OPEN)
        && strstr (text, methods[i].word) != NULL)
      failure->operation = methods[i].operation;
  return TRUE;
}

const E13LogFamily e13_log_java = { .name = "java", .patterns = patterns, .more = more };
