/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Node.js: "EACCES: permission denied, open 'NAME'", the name as it is; then the error's properties, where it is a
 * literal of JavaScript. */

#include <string.h>

#include "logs/errno-words.h"
#include "logs/families.h"
#include "logs/unescape.h"

#define CODE "(?<code>EACCES|EPERM|ENOENT|EROFS|ENOTDIR|EISDIR|ELOOP|ENOSPC|EDQUOT|ENAMETOOLONG|ETXTBSY)"

static const E13LogPattern patterns[] = {
  { .id = "socket",
    .needle = "listen E",
    .names_errno = TRUE,
    .regex = "\\b(?<op>listen|bind) " CODE "(?:: [a-z ]+)?[ :] ?(?<path>/[^\\n]*)$",
    .operation = E13_OPERATION_CREATE,
    .note = "Node reports EACCES here for a directory that does not exist, too.",
    .examples = { { "Error: listen EACCES: permission denied /run/app/app.sock", "/run/app/app.sock",
                    E13_OPERATION_CREATE, 13 } } },
  { .id = "chdir",
    .regex = CODE ": [a-z ,-]+, (?<op>chdir) '[^\\n]*?' -> '(?<path>[^\\n]*)'",
    .examples = { { "Error: EACCES: permission denied, chdir '/' -> '/srv/app'", "/srv/app", E13_OPERATION_ENTER, 13 } } },
  { .id = "two-paths",
    .regex = CODE ": [a-z ,-]+, (?<op>\\w+) '(?<path>[^\\n]*?)' -> '(?<path2>[^\\n]*)'",
    .examples = { { "Error: EACCES: permission denied, rename '/srv/a' -> '/srv/b'", "/srv/a", E13_OPERATION_RENAME, 13 } } },
  { .id = "call",
    .regex = CODE ": [a-z ,-]+, (?<op>\\w+) '(?<path>[^\\n]*)'",
    .examples = { { "Error: EACCES: permission denied, open '/srv/it's'", "/srv/it's", E13_OPERATION_OPEN, 13 },
                  { "[Error: ENOENT: no such file or directory, scandir '/srv/d'] {\n  errno: -2,\n  code: 'ENOENT',\n  "
                    "syscall: 'scandir',\n  path: '/srv/d'\n}",
                    "/srv/d", E13_OPERATION_LIST, 2 },
                  { "Error: ENOENT: no such file or directory, open ''", "", E13_OPERATION_OPEN, 2 } } },
  { .id = "exec",
    .regex = "\\b(?<op>spawn|spawnSync|exec|execFile) (?<path>[^\\n]*?) " CODE,
    .examples = { { "Error: spawn /srv/app/run EACCES", "/srv/app/run", E13_OPERATION_RUN, 13 } } },
  { .id = "connect",
    .needle = "connect E",
    .names_errno = TRUE,
    .regex = "\\b(?<op>connect) " CODE " (?<path>/[^\\n]*)$",
    .examples = { { "Error: connect EACCES /run/app.sock", "/run/app.sock", E13_OPERATION_CONNECT, 13 } } },
  { .id = "no-path",
    .regex = "\\b" CODE ": [a-z ,-]+, (?<op>\\w+)\\b",
    .note = "This form of the message holds no name.",
    .examples = { { "[Error: ENOENT: no such file or directory, mkdir]", NULL, E13_OPERATION_CREATE, 2 } } },
  { 0 },
};

static const E13LogWord words[] = { { "open", E13_OPERATION_OPEN }, { "copyfile", E13_OPERATION_OPEN }, { "spawnSync", E13_OPERATION_RUN }, { NULL, 0 } };

/* The value of a property, without its comma. */
static const char *
property (const char *line, const char *name)
{
  const char *at = line + strspn (line, " ");

  return g_str_has_prefix (at, name) ? at + strlen (name) : NULL;
}

static void
take (char **member, const char *value)
{
  gsize length = value != NULL ? e13_literal_length (value) : 0;

  if (length == 0)
    return;
  g_free (*member);
  *member = e13_unescape (E13_ESCAPE_JS, value, length);
}

/* The stack, then the properties up to the brace. */
static gboolean
more (E13Failure *failure, const E13LogLine *line)
{
  const char *text = line->text + strspn (line->text, " ");

  if (line->length == 0 || *text == '}' || (line->text == text && !g_str_has_prefix (text, "Node.js v")))
    return *text == '}';
  if (failure->operation != E13_OPERATION_ENTER) /* of chdir() the path is where it began */
    {
      take (&failure->path, property (line->text, "path: "));
      take (&failure->second_path, property (line->text, "dest: "));
    }
  return TRUE;
}

const E13LogFamily e13_log_node = { .name = "node", .patterns = patterns, .words = words, .more = more };
