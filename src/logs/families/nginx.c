/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* nginx's error log: 'FUNC() "NAME" failed (13: Permission denied)', the name as it is. */

#include "logs/families.h"

#define CODE "\\((?<code>\\d+): [^)\\n]*\\)"

static const E13LogPattern patterns[] = {
  { .id = "two-paths",
    .needle = " failed (",
    .regex = "\\b(?<op>rename|link)\\(\\) \"(?<path>[^\\n]*?)\" to \"(?<path2>[^\\n]*?)\" failed " CODE,
    .examples = { { "2026/11/23 10:00:00 [crit] 7#7: *1 rename() \"/srv/tmp/1\" to \"/srv/up/1\" failed (13: Permission "
                    "denied) while reading client request body, client: 192.0.2.1",
                    "/srv/tmp/1", E13_OPERATION_RENAME, 13 } } },
  { .id = "error-log",
    .needle = "could not open error log file",
    .regex = "could not open error log file: (?<op>\\w+)\\(\\) \"(?<path>[^\\n]*?)\" failed " CODE,
    .operation = E13_OPERATION_WRITE,
    .examples = { { "nginx: [alert] could not open error log file: fopen() \"/var/log/nginx/error.log\" failed (13: "
                    "Permission denied)",
                    "/var/log/nginx/error.log", E13_OPERATION_WRITE, 13 } } },
  { .id = "start",
    .needle = " failed (",
    .regex = "open\\(\\) \"(?<path>[^\\n\"]*)\" failed " CODE "$",
    .operation = E13_OPERATION_OPEN,
    .examples = { { "nginx: [emerg] open() \"/var/log/nginx/error.log\" failed (13: Permission denied)",
                    "/var/log/nginx/error.log", E13_OPERATION_OPEN, 13 } } },
  { .id = "index",
    .needle = "\" is forbidden (",
    .regex = "\"(?<path>[^\\n]*?)\" is forbidden " CODE,
    .operation = E13_OPERATION_STAT,
    .examples = { { "2026/11/23 10:00:00 [error] 7#7: *1 \"/srv/app/index.html\" is forbidden (13: Permission denied), client: "
                    "192.0.2.1",
                    "/srv/app/index.html", E13_OPERATION_STAT, 13 } } },
  { .id = "call",
    .needle = " failed (",
    .regex = "\\b(?<op>\\w+)\\(\\) \"(?<path>[^\\n]*?)\" failed " CODE,
    .examples
    = { { "2026/11/23 10:00:00 [error] 7#7: *1 open() \"/srv/app/index.html\" failed (13: Permission denied), client: "
          "192.0.2.1, server: example.org, request: \"GET / HTTP/1.1\", host: \"example.org\"",
          "/srv/app/index.html", E13_OPERATION_READ, 13 },
        { "2026/11/23 10:00:00 [crit] 7#7: *1 stat() \"/srv/app/\" failed (13: Permission denied), client: 192.0.2.1",
          "/srv/app/", E13_OPERATION_STAT, 13 },
        { "nginx: [emerg] open() \"/etc/nginx/x.conf\" failed (2: No such file or directory) in /etc/nginx/nginx.conf:3",
          "/etc/nginx/x.conf", E13_OPERATION_READ, 2 },
        { "nginx: [emerg] mkdir() \"/var/lib/nginx/body\" failed (13: Permission denied)", "/var/lib/nginx/body",
          E13_OPERATION_CREATE, 13 } } },
  { .id = "socket",
    .needle = "() to unix:",
    .regex = "\\b(?<op>connect|bind)\\(\\) to unix:(?://)?(?<path>[^\\n]*?) failed " CODE,
    .examples = { { "2026/11/23 10:00:00 [crit] 7#7: *1 connect() to unix:/run/php/php.sock failed (13: Permission "
                    "denied) while connecting to upstream, client: 192.0.2.1, upstream: "
                    "\"fastcgi://unix:/run/php/php.sock:\"",
                    "/run/php/php.sock", E13_OPERATION_CONNECT, 13 },
                  { "nginx: [emerg] bind() to unix:/run/app/n.sock failed (2: No such file or directory)",
                    "/run/app/n.sock", E13_OPERATION_CREATE, 2 } } },
  { .id = "key",
    .needle = "(SSL: error:",
    .regex = "cannot load certificate(?: key)? \"(?<path>[^\"\\n]*)\": [^\\n]*?\\(SSL: error:[^\\n]*?(?<text>Permission denied|No such file or directory)",
    .operation = E13_OPERATION_READ,
    .examples = { { "nginx: [emerg] cannot load certificate key \"/etc/ssl/private/x.key\": BIO_new_file() failed (SSL: "
                    "error:8000000D:system library::Permission denied:calling fopen(/etc/ssl/private/x.key, r) "
                    "error:10080002:BIO routines::system lib)",
                    "/etc/ssl/private/x.key", E13_OPERATION_READ, 13 } } },
  { .id = "upstream",
    .needle = "reading upstream",
    .regex = "\\b(?:readv|recv|sendmsg)\\(\\) failed \\((?<code>13|1): [^)\\n]*\\) while reading upstream[^\\n]*upstream: "
             "\"\\w+://unix:(?://)?(?<path>[^\\n\"]*?):?(?::/[^\"\\n]*)?\"",
    .operation = E13_OPERATION_CONNECT,
    .note = "A socket that is open already refuses nothing by permission bits: SELinux or AppArmor does.",
    .examples = { { "2026/11/23 10:00:00 [error] 7#7: *1 readv() failed (13: Permission denied) while reading upstream, "
                    "client: 192.0.2.1, upstream: \"fastcgi://unix:/run/php/php.sock:\"",
                    "/run/php/php.sock", E13_OPERATION_CONNECT, 13 } } },
  { .id = "directory-index",
    .needle = "directory index of \"",
    .regex = "directory index of \"(?<path>[^\\n]*?)\" is forbidden",
    .kind = E13_FAILURE_SETTING,
    .operation = E13_OPERATION_LIST,
    .note = "Not a permission problem: the directory could be read, but it holds no index file, and autoindex is off.",
    .examples = { { "2026/11/23 10:00:00 [error] 7#7: *1 directory index of \"/srv/app/\" is forbidden, client: 192.0.2.1",
                    "/srv/app/", E13_OPERATION_LIST, 0 } } },
  { .id = "rule",
    .needle = "access forbidden by rule",
    .regex = "access forbidden by rule[^\\n]*request: \"\\w+ (?<url>[^ \"\\n]*)",
    .kind = E13_FAILURE_SETTING,
    .note = "Not a permission problem: a deny directive of nginx refuses.",
    .examples = { { "2026/11/23 10:00:00 [error] 7#7: *1 access forbidden by rule, client: 192.0.2.1, request: \"GET "
                    "/.env HTTP/1.1\"",
                    NULL, E13_OPERATION_UNKNOWN, 0 } } },
  { 0 },
};

/* nginx serves what it opens. */
static const E13LogWord words[]
    = { { "open", E13_OPERATION_READ }, { "openat", E13_OPERATION_READ }, { "fopen", E13_OPERATION_WRITE }, { NULL, 0 } };

const E13LogFamily e13_log_nginx = { .name = "nginx", .patterns = patterns, .words = words };
