/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* SELinux' denials, and failed system calls in the audit log; records of one event stand together. */

#include <string.h>

#include "logs/errno-words.h"
#include "logs/families.h"
#include "logs/unescape.h"

#define VALUE "(?:\"[^\"\\n]*\"|[0-9A-F]+\\b|/[^\\s\"]*|[^\\s\"=]+(?= ))"
/* The fields come in any order. A record with permissive=1 was let through. */
#define AVC                                                                                                            \
  "avc: +denied +\\{ (?<op>\\w+)[^}\\n]*\\} for (?![^\\n]*permissive=1)(?=(?:[^\\n]*? ?\\bpid=(?<pid>\\d+))?)"         \
  "(?=(?:[^\\n]*? comm=(?<process>" VALUE "))?)(?=(?:[^\\n]*? scontext=(?<label>\\S+ tcontext=\\S+ tclass=\\w+))?)"

static const E13LogPattern patterns[] = {
  { .id = "path",
    .needle = " scontext=",
    .regex = AVC "[^\\n]*? path=(?<path>" VALUE ")",
    .escape = E13_ESCAPE_AUDIT,
    .error = 13,
    .kind = E13_FAILURE_LABEL,
    .examples
    = { { "type=AVC msg=audit(1795420800.123:45): avc:  denied  { read } for  pid=812 comm=\"nginx\" "
          "path=\"/srv/app/index.html\" dev=\"sda1\" ino=12 scontext=system_u:system_r:httpd_t:s0 "
          "tcontext=unconfined_u:object_r:user_home_t:s0 tclass=file permissive=0",
          "/srv/app/index.html", E13_OPERATION_READ, 13 },
        { "audit: type=1400 audit(1795420800.123:45): avc:  denied  { write } for  pid=812 comm=\"php\" "
          "path=2F7372762F6120622E747874 dev=\"sda1\" ino=12 scontext=a:b:c:s0 tcontext=d:e:f:s0 tclass=file",
          "/srv/a b.txt", E13_OPERATION_WRITE, 13 } } },
  { .id = "name",
    .needle = " scontext=",
    .regex = AVC "[^\\n]*? name=(?<path>" VALUE ")",
    .escape = E13_ESCAPE_AUDIT,
    .error = 13,
    .kind = E13_FAILURE_LABEL,
    .note = "The record has only the last component of the path: find -inum with its ino= on its dev= tells the rest.",
    .examples
    = { { "type=AVC msg=audit(1795420800.123:45): avc:  denied  { search } for  pid=812 comm=\"nginx\" name=\"maria\" "
          "dev=\"sda1\" ino=12 scontext=system_u:system_r:httpd_t:s0 tcontext=unconfined_u:object_r:user_home_dir_t:s0 "
          "tclass=dir permissive=0",
          "maria", E13_OPERATION_ENTER, 13 },
        { "type=AVC msg=audit(1795420800.123:45): avc:  denied  { add_name } for  pid=8 comm=\"php\" name=\"x\" "
          "scontext=a:b:c:s0 tcontext=d:e:f:s0 tclass=dir\ntype=SYSCALL msg=audit(1795420800.123:45): arch=c000003e "
          "syscall=257 success=no exit=-13 a0=1 uid=33 fsuid=33 comm=\"php\"\ntype=CWD msg=audit(1795420800.123:45): "
          "cwd=\"/srv/app\"\ntype=PATH msg=audit(1795420800.123:45): item=1 name=\"/srv/app/up/x\" nametype=CREATE",
          "/srv/app/up/x", E13_OPERATION_CREATE, 13 } } },
  { .id = "no-path",
    .needle = " scontext=",
    .regex = AVC,
    .escape = E13_ESCAPE_AUDIT,
    .error = 13,
    .kind = E13_FAILURE_LABEL,
    .examples = { { "type=AVC msg=audit(1795420800.1:4): avc:  denied  { connectto } for  pid=8 comm=\"nginx\" "
                    "scontext=a:b:c:s0 tcontext=d:e:f:s0 tclass=unix_stream_socket permissive=0",
                    NULL, E13_OPERATION_CONNECT, 13 } } },
  { .id = "syscall",
    .needle = "success=no",
    .regex = "type=SYSCALL [^\\n]*?success=no exit=(?<code>-(?:1|2|13|30)|EACCES|EPERM|ENOENT|EROFS)\\b[^\\n]*? pid=(?<pid>\\d+)"
             "(?=(?:[^\\n]*? fsuid=(?<user>[\\w-]+))?)(?=(?:[^\\n]*? comm=(?<process>" VALUE "))?)",
    .escape = E13_ESCAPE_AUDIT,
    .examples = { { "type=SYSCALL msg=audit(1795420800.1:4): arch=c000003e syscall=257 success=no exit=-13 a0=ff items=1 "
                    "ppid=1 pid=812 auid=33 uid=33 gid=33 euid=33 suid=33 fsuid=33 comm=\"php\" exe=\"/usr/bin/php\"\n"
                    "type=CWD msg=audit(1795420800.1:4): cwd=\"/srv/app\"\ntype=PATH msg=audit(1795420800.1:4): item=0 "
                    "name=\"data/x\" inode=7 mode=0100600 ouid=0 nametype=NORMAL",
                    "data/x", E13_OPERATION_UNKNOWN, 13 } } },
  { 0 },
};

static const E13LogWord words[] = {
  { "getattr", E13_OPERATION_STAT },    { "search", E13_OPERATION_ENTER },   { "append", E13_OPERATION_WRITE },
  { "setattr", E13_OPERATION_CHANGE },  { "add_name", E13_OPERATION_CREATE }, { "remove_name", E13_OPERATION_DELETE },
  { "execute", E13_OPERATION_RUN },     { "execute_no_trans", E13_OPERATION_RUN }, { "entrypoint", E13_OPERATION_RUN },
  { "connectto", E13_OPERATION_CONNECT }, { "map", E13_OPERATION_READ },      { "ioctl", E13_OPERATION_READ },
  { NULL, 0 },
};

static char *
field (const char *text, const char *name)
{
  g_autofree char *key = g_strconcat (" ", name, "=", NULL);
  const char *at = strstr (text, key);
  gsize length;

  if (at == NULL)
    return NULL;
  at += strlen (key);
  length = *at == '"' ? 2 + strcspn (at + 1, "\"") : strcspn (at, " \n");
  return e13_unescape (E13_ESCAPE_AUDIT, at, MIN (length, strlen (at)));
}

/* The path that the last component in the denial belongs to. */
static void
take_path (E13Failure *failure, const char *text)
{
  g_autofree char *name = field (text, "name");
  g_autofree char *last = NULL;
  gsize length;

  if (name == NULL || strstr (text, "nametype=PARENT") != NULL || g_str_equal (failure->pattern, "path"))
    return;
  length = strlen (name);
  while (length > 1 && name[length - 1] == '/')
    name[--length] = '\0';
  last = g_path_get_basename (name);
  if (failure->path == NULL || (strchr (failure->path, '/') == NULL && strcmp (last, failure->path) == 0))
    {
      g_free (failure->path);
      failure->path = g_steal_pointer (&name);
      failure->note = NULL;
    }
}

/* The records of the same event that follow. */
static gboolean
more (E13Failure *failure, const E13LogLine *line)
{
  const char *type = strstr (line->text, "type=");

  if (type == NULL || strstr (type, "avc:") != NULL)
    return FALSE;
  if (g_str_has_prefix (type, "type=SYSCALL"))
    {
      if (g_str_equal (failure->pattern, "syscall"))
        return FALSE;
      if (failure->user == NULL)
        failure->user = field (type, "fsuid");
    }
  else if (g_str_has_prefix (type, "type=CWD") && failure->directory == NULL)
    failure->directory = field (type, "cwd");
  else if (g_str_has_prefix (type, "type=PATH"))
    take_path (failure, type);
  return g_str_has_prefix (type, "type=SYSCALL") || g_str_has_prefix (type, "type=CWD")
         || g_str_has_prefix (type, "type=PATH") || g_str_has_prefix (type, "type=PROCTITLE")
         || g_str_has_prefix (type, "type=EXECVE");
}

const E13LogFamily e13_log_selinux = { .name = "selinux", .patterns = patterns, .words = words, .more = more };
