/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Go, and Caddy, which is written in it: "OPERATION NAME: reason", the name as it is, the reason in small letters, all
 * of it behind any number of prefixes. */

#include "logs/families.h"

#define TEXT                                                                                                           \
  "(?<text>permission denied|no such file or directory|operation not permitted|read-only file system|not a "          \
  "directory|is a directory|no space left on device|too many levels of symbolic links|text file busy|disk quota "     \
  "exceeded|file name too long|exec format error|Access is denied\\.?|The system cannot find the (?:file|path) "       \
  "specified\\.?)"
#define END "(?=$|[\"\\\\;,)\\]]| \\()"

static const E13LogPattern patterns[] = {
  { .id = "link",
    .regex = "(?:^|[ :\"(=])(?<op>rename|link|symlink) (?<path>[^ \\n]+) (?<path2>[^ :\\n]+): " TEXT END,
    .examples = { { "2026/11/23 10:00:00 rename /srv/a /srv/b: permission denied", "/srv/a", E13_OPERATION_RENAME, 13 } } },
  { .id = "unix-socket",
    .regex = "\\b(?:dial|listen) unix(?:gram|packet)? (?<path>[^\\n]*?): (?<op>connect|bind): " TEXT END,
    .examples
    = { { "dial unix /run/docker.sock: connect: permission denied", "/run/docker.sock", E13_OPERATION_CONNECT, 13 },
        { "listen unix /run/app/app.sock: bind: no such file or directory", "/run/app/app.sock", E13_OPERATION_CREATE,
          2 } } },
  { .id = "path",
    .regex = "(?:^|[ :\"(=])(?<op>open|openat|mkdir|mkdirat|stat|lstat|chdir|unlinkat|remove|readdirent|fdopendir|chmod|chown"
             "|lchown|chtimes|truncate|readlink|fork/exec|exec|read|write|mknod|fchmodat|CreateFile|GetFileAttributesEx) "
             "(?<path>(?:/|\\.|[A-Za-z]:\\\\|[\\w.-])(?:(?!: (?:open|mkdir|l?stat|chdir|unlinkat|remove|fork/exec) )[^\\n])*?): " TEXT END,
    .examples
    = { { "Error: loading initial config: setting up custom log 'log0': opening log writer using "
          "&logging.FileWriter{Filename:\"/config/px.log\"}: mkdir /config: permission denied",
          "/config", E13_OPERATION_CREATE, 13 },
        { "{\"level\":\"error\",\"ts\":1795420800.5,\"msg\":\"saving\",\"error\":\"mkdir /.local: permission denied\"}",
          "/.local", E13_OPERATION_CREATE, 13 },
        { "2026/11/23 10:00:00 open /srv/app/a b: no such file or directory", "/srv/app/a b", E13_OPERATION_OPEN, 2 },
        { "fork/exec ./run: permission denied", "./run", E13_OPERATION_RUN, 13 },
        { "mkdir .: permission denied", ".", E13_OPERATION_CREATE, 13 } } },
  { 0 },
};

static const E13LogWord words[]
    = { { "createfile", E13_OPERATION_OPEN }, { "fdopendir", E13_OPERATION_LIST }, { "chtimes", E13_OPERATION_CHANGE },
        { "getfileattributesex", E13_OPERATION_STAT }, { NULL, 0 } };

const E13LogFamily e13_log_go = { .name = "go", .patterns = patterns, .words = words };
