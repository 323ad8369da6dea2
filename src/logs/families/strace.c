/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* strace: "SYSCALL(ARGUMENTS) = -1 EACCES (Permission denied)". Only with -y it tells what a relative name is relative
 * to. A call that was interrupted stands in two lines, which are joined here. */

#include <string.h>

#include "logs/families.h"

/* What stands before a call: who made it, and when. */
#define FRONT "^(?:\\[pid +(?<pid>\\d+)\\] +|(?<pid>\\d+) +)?(?:[\\d:.]+ +)?"
#define DIRECTORY "(?:(?:AT_FDCWD|\\d+)(?:<(?<directory>[^>\\n]*)>(?:\\(deleted\\))?)?, )?"
#define STRING(group) "\"(?<" group ">(?:[^\"\\\\\\n]|\\\\.)*)\""
#define RESULT " *= -1 (?<code>E[A-Z0-9]+) \\("
#define ERRORS "(?=[^\\n]*= -1 E(?:ACCES|PERM|NOENT|ROFS|NOTDIR|LOOP|TXTBSY|NOSPC|DQUOT|ISDIR) \\()"

static const E13LogPattern patterns[] = {
  { .id = "open-write",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?:open(?:at)?|openat2|open64)\\(" DIRECTORY STRING ("path") ", [^\\n]*?\\bO_(?:WRONLY|RDWR|TRUNC)\\b[^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .operation = E13_OPERATION_WRITE,
    .examples = { { "[pid  5279] openat(AT_FDCWD</srv/app>, \"data/\\303\\251.txt\", O_WRONLY|O_CREAT|O_TRUNC, 0666) = -1 "
                    "EACCES (Permission denied)",
                    "data/\303\251.txt", E13_OPERATION_WRITE, 13 } } },
  { .id = "open-directory",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?:open(?:at)?|openat2|open64)\\(" DIRECTORY STRING ("path") ", [^\\n]*?\\bO_DIRECTORY\\b[^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .operation = E13_OPERATION_LIST,
    .examples = { { "openat(AT_FDCWD, \"/srv/d\", O_RDONLY|O_NONBLOCK|O_CLOEXEC|O_DIRECTORY) = -1 EACCES (Keine "
                    "Berechtigung)",
                    "/srv/d", E13_OPERATION_LIST, 13 } } },
  { .id = "open-read",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?:open(?:at)?|openat2|open64)\\(" DIRECTORY STRING ("path") ", [^\\n]*?\\bO_RDONLY\\b[^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .operation = E13_OPERATION_READ,
    .examples = { { "11401 21:28:34.123 open(\"/srv/a\\\"b\", O_RDONLY) = -1 ENOENT (No such file or directory)",
                    "/srv/a\"b", E13_OPERATION_READ, 2 } } },
  { .id = "exec",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?<op>execve|execveat)\\(" DIRECTORY STRING ("path") ", [^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .examples = { { "execve(\"/srv/run\", [\"/srv/run\"], 0x7ffe1 /* 20 vars */) = -1 EACCES (Permission denied)", "/srv/run",
                    E13_OPERATION_RUN, 13 } } },
  { .id = "access-write",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?:access|faccessat2?)\\(" DIRECTORY STRING ("path") ", [^\\n]*?\\bW_OK[^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .operation = E13_OPERATION_WRITE,
    .examples = { { "access(\"/srv/x\", W_OK) = -1 EACCES (Permission denied)", "/srv/x", E13_OPERATION_WRITE, 13 } } },
  { .id = "access-read",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?:access|faccessat2?)\\(" DIRECTORY STRING ("path") ", [^\\n]*?\\bR_OK[^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .operation = E13_OPERATION_READ,
    .examples = { { "access(\"/srv/x\", R_OK) = -1 EACCES (Permission denied)", "/srv/x", E13_OPERATION_READ, 13 } } },
  { .id = "access-run",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?:access|faccessat2?)\\(" DIRECTORY STRING ("path") ", [^\\n]*?\\bX_OK[^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .operation = E13_OPERATION_RUN,
    .examples = { { "access(\"/srv/x\", X_OK) = -1 EACCES (Permission denied)", "/srv/x", E13_OPERATION_RUN, 13 } } },
  { .id = "socket",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?<op>connect|bind)\\(\\d+(?:<[^\\n]*?>)?, \\{sa_family=AF_UNIX, sun_path=" STRING ("path") "\\}[^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .examples = { { "connect(3, {sa_family=AF_UNIX, sun_path=\"/run/x.sock\"}, 110) = -1 EACCES (Permission denied)",
                    "/run/x.sock", E13_OPERATION_CONNECT, 13 } } },
  { .id = "two-paths",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?<op>rename|renameat2?|link|linkat)\\(" DIRECTORY STRING ("path") ", (?:(?:AT_FDCWD|\\d+)(?:<[^>\\n]*>)?, )?"
             STRING ("path2") "[^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .examples = { { "rename(\"/srv/a\", \"/srv/b\") = -1 EACCES (Permission denied)", "/srv/a", E13_OPERATION_RENAME, 13 } } },
  { .id = "symlink",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?<op>symlink|symlinkat)\\(\"(?:[^\"\\\\\\n]|\\\\.)*\", " DIRECTORY STRING ("path") "[^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .examples = { { "symlink(\"/srv/a\", \"/srv/b\") = -1 EACCES (Permission denied)", "/srv/b", E13_OPERATION_CREATE, 13 } } },
  { .id = "call",
    .needle = " = -1 E",
    .names_errno = TRUE,
    .regex = FRONT ERRORS "(?<op>\\w+)\\(" DIRECTORY STRING ("path") "[^\\n]*?" RESULT,
    .escape = E13_ESCAPE_C,
    .examples = { { "mkdir(\"/srv/app/cache\", 0777) = -1 EACCES (Permission denied)", "/srv/app/cache",
                    E13_OPERATION_CREATE, 13 },
                  { "newfstatat(AT_FDCWD, \"/srv/x\", 0x7ffc, 0) = -1 EACCES (Permission denied)", "/srv/x",
                    E13_OPERATION_STAT, 13 },
                  { "chdir(\"/srv/x\") = -1 EACCES (Permission denied)", "/srv/x", E13_OPERATION_ENTER, 13 } } },
  { .id = "no-path",
    .needle = " = -1 E",
    .regex = FRONT "(?<op>\\w+)\\((?:(?:AT_FDCWD|\\d+)(?:<[^>\\n]*>)?, )?(?:0x[0-9a-f]+|NULL)[^\\n]*?" " *= -1 (?<code>EACCES|EROFS) \\(",
    .note = "strace printed the address of the name, not the name.",
    .examples = { { "openat(AT_FDCWD, 0x7ffe12345678, O_RDONLY) = -1 EACCES (Permission denied)", NULL, E13_OPERATION_OPEN,
                    13 } } },
  { 0 },
};

static const E13LogWord words[] = { { "getxattr", E13_OPERATION_STAT }, { "lgetxattr", E13_OPERATION_STAT },
                                    { "statfs", E13_OPERATION_STAT }, { "setxattr", E13_OPERATION_CHANGE },
                                    { "utimensat", E13_OPERATION_CHANGE }, { "truncate", E13_OPERATION_WRITE }, { NULL, 0 } };

static const char *const needles[] = { " <unfinished ...>", " resumed>", NULL };

/* More threads than that are not waited for at a time. */
#define MAX_UNFINISHED 256

typedef struct
{
  GHashTable *unfinished; /* what stands before the call, with the process → the first half */
} State;

/* The front of @line up to the call, as the key of its process: the number alone. */
static guint
process_of (const char *line)
{
  const char *digits = strpbrk (line, "0123456789");
  gboolean is_pid = g_str_has_prefix (line, "[pid ") || g_ascii_isdigit (line[0]);

  return is_pid && digits != NULL ? (guint)g_ascii_strtoull (digits, NULL, 10) : 0;
}

static gboolean
join (E13LogReader *reader, gpointer data, const E13LogLine *line)
{
  State *state = data;
  guint process = process_of (line->text);
  const char *cut = strstr (line->text, " <unfinished ...>");
  const char *rest = strstr (line->text, " resumed>");
  const char *half;

  if (state->unfinished == NULL)
    state->unfinished = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (cut != NULL)
    {
      if (g_hash_table_size (state->unfinished) < MAX_UNFINISHED)
        g_hash_table_replace (state->unfinished, GUINT_TO_POINTER (process), g_strndup (line->text, (gsize)(cut - line->text)));
      return FALSE;
    }
  half = g_hash_table_lookup (state->unfinished, GUINT_TO_POINTER (process));
  if (rest != NULL && half != NULL && strstr (rest, " = -1 E") != NULL)
    {
      g_autofree char *whole = g_strconcat (half, rest + strlen (" resumed>"), NULL);

      e13_log_reader_instead (reader, whole);
    }
  if (rest != NULL)
    g_hash_table_remove (state->unfinished, GUINT_TO_POINTER (process));
  return FALSE;
}

static void
clear (gpointer data)
{
  State *state = data;

  g_clear_pointer (&state->unfinished, g_hash_table_unref);
}

const E13LogFamily e13_log_strace = { .name = "strace", .patterns = patterns, .words = words, .read = join,
                                      .clear = clear, .needles = needles, .state_size = sizeof (State) };
