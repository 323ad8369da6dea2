/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Apache 2.4 and 2.2: "(13)Permission denied: [client …] AHnnnnn: TEXT", the number in front. The name is unquoted in
 * most, and ends where the referer begins. */

#include "logs/families.h"
#include "logs/texts.h"

/* The errno part, then perhaps the client, then the number of the message. */
#define FRONT "(?:\\((?<code>\\d+)\\)[^\\n:]*: (?:\\[(?:client|remote) [^\\]\\n]*\\] )?)?(?:AH\\d+: )?"
#define STRICT "\\((?<code>\\d+)\\)[^\\n:]*: (?:\\[(?:client|remote) [^\\]\\n]*\\] )?(?:AH\\d+: )?"
#define END "(?=, referer: |$)"

static const E13LogPattern patterns[] = {
  { .id = "search",
    .needle = "filesystem path '",
    .regex = FRONT "access to (?<url>[^\\n]*?) (?:denied|failed) \\(filesystem path '(?<path>[^\\n]*?)'\\)",
    .operation = E13_OPERATION_STAT,
    .examples
    = { { "[Mon Nov 23 10:00:00.123456 2026] [core:error] [pid 7:tid 7] (13)Permission denied: [client 192.0.2.1:5] "
          "AH00035: access to /a/b denied (filesystem path '/srv/app/a') because search permissions are missing on a "
          "component of the path",
          "/srv/app/a", E13_OPERATION_STAT, 13 },
        { "[Mon Nov 23 10:00:00 2026] [error] [client 192.0.2.1] (13)Permission denied: access to /x denied (filesystem "
          "path '/srv/\\xc3\\xa9') because search permissions are missing on a component of the path",
          "/srv/\303\251", E13_OPERATION_STAT, 13 } } },
  { .id = "search-2.2",
    .needle = ": access to ",
    .regex = STRICT "access to (?<url>[^\\n]*?) denied" END,
    .operation = E13_OPERATION_STAT,
    .note = "Apache 2.2 names the URL alone: look below DocumentRoot.",
    .examples = { { "[Mon Nov 23 10:00:00 2026] [error] [client 192.0.2.1] (13)Permission denied: access to /x denied",
                    NULL, E13_OPERATION_STAT, 13 } } },
  { .id = "file",
    .needle = "file permissions deny server access: ",
    .regex = FRONT "file permissions deny server access: (?:\\(null\\)|(?<path>[^\\n]*?))" END,
    .error = 13,
    .operation = E13_OPERATION_READ,
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [core:error] [pid 7] (13)Permission denied: [client 192.0.2.1:5] "
                    "AH00132: file permissions deny server access: /srv/app/a b.html, referer: http://example.org/",
                    "/srv/app/a b.html", E13_OPERATION_READ, 13 } } },
  { .id = "htaccess",
    .needle = "pcfg_openfile: unable to check htaccess",
    .regex = FRONT "(?<path>[^\\n]*?) pcfg_openfile: unable to check htaccess file",
    .operation = E13_OPERATION_READ,
    .note = "Apache looks for .htaccess in each directory: that one, or one above it, cannot be entered, or the file "
            "not be read.",
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [core:crit] [pid 7] (13)Permission denied: [client 192.0.2.1:5] "
                    "AH00529: /srv/app/.htaccess pcfg_openfile: unable to check htaccess file, ensure it is readable and "
                    "that '/srv/app/' is executable",
                    "/srv/app/.htaccess", E13_OPERATION_READ, 13 } } },
  { .id = "link",
    .needle = "Symbolic link not allowed",
    .regex = "Symbolic link not allowed or link target not accessible: (?<path>[^\\n]*?)" END,
    .kind = E13_FAILURE_SETTING,
    .operation = E13_OPERATION_READ,
    .note = "Either Options lacks FollowSymLinks (or the owners differ, with SymLinksIfOwnerMatch), or the link leads to "
            "where the server cannot look.",
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [core:error] [pid 7] [client 192.0.2.1:5] AH00037: Symbolic link not "
                    "allowed or link target not accessible: /srv/app/l",
                    "/srv/app/l", E13_OPERATION_READ, 0 } } },
  { .id = "exist",
    .needle = "File does not exist: ",
    .regex = "(?:File|script) does not exist: (?<path>[^\\n]*?)" END,
    .error = 2,
    .operation = E13_OPERATION_READ,
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [core:info] [pid 7] [client 192.0.2.1:5] AH00128: File does not exist: "
                    "/srv/app/favicon.ico",
                    "/srv/app/favicon.ico", E13_OPERATION_READ, 2 } } },
  { .id = "setting",
    .needle = "client denied by server configuration: ",
    .regex = "client denied by server configuration: (?:proxy:|uri )?(?<path>[^\\n]*?)" END,
    .kind = E13_FAILURE_SETTING,
    .note = "Not a permission problem: Apache's own Require or Deny refuses.",
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [authz_core:error] [pid 7] [client 192.0.2.1:5] AH01630: client denied "
                    "by server configuration: /srv/app/.git",
                    "/srv/app/.git", E13_OPERATION_UNKNOWN, 0 } } },
  { .id = "index",
    .needle = "Cannot serve directory ",
    .regex = "Cannot serve directory (?<path>[^\\n]*?): No matching DirectoryIndex",
    .kind = E13_FAILURE_SETTING,
    .operation = E13_OPERATION_LIST,
    .note = "Not a permission problem: there is no index file, and Options lacks Indexes.",
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [autoindex:error] [pid 7] [client 192.0.2.1:5] AH01276: Cannot serve "
                    "directory /srv/app/: No matching DirectoryIndex (index.html) found, and server-generated directory "
                    "index forbidden by Options directive",
                    "/srv/app/", E13_OPERATION_LIST, 0 } } },
  { .id = "cgi-exec",
    .needle = "exec of '",
    .regex = STRICT "(?:stderr from [^\\n]*?: )?exec of '(?<path>[^\\n]*?)' failed",
    .operation = E13_OPERATION_RUN,
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [cgi:error] [pid 7] [client 192.0.2.1:5] AH01215: (13)Permission denied: "
                    "exec of '/srv/cgi/run.py' failed: /srv/cgi/run.py",
                    "/srv/cgi/run.py", E13_OPERATION_RUN, 13 } } },
  { .id = "cgi-spawn",
    .needle = "spawn child process: ",
    .regex = FRONT "(?:don't know how to|couldn't) spawn child process: (?<path>[^\\n]*?)" END,
    .operation = E13_OPERATION_RUN,
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [cgi:error] [pid 7] (13)Permission denied: [client 192.0.2.1:5] "
                    "AH01223: couldn't spawn child process: /srv/cgi/run.py",
                    "/srv/cgi/run.py", E13_OPERATION_RUN, 13 } } },
  { .id = "cgi-spawn-daemon",
    .needle = "error spawning CGI child",
    .names_errno = TRUE,
    .regex = "error spawning CGI child: " E13_TEXT,
    .operation = E13_OPERATION_RUN,
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [cgid:error] [pid 7] AH01241: error spawning CGI child: Permission "
                    "denied",
                    NULL, E13_OPERATION_RUN, 13 } } },
  { .id = "cgi-script-quoted",
    .needle = "not found or unable to stat",
    .regex = "script '(?<path>[^\\n]*?)' not found or unable to stat",
    .operation = E13_OPERATION_STAT,
    .note = "It is missing, or a directory above it cannot be entered: the message does not tell which.",
    .examples = { { "[Mon Nov 23 10:00:00 2026] [error] [client 192.0.2.1] script '/srv/app/x.php' not found or unable to "
                    "stat",
                    "/srv/app/x.php", E13_OPERATION_STAT, 0 } } },
  { .id = "cgi-script-front",
    .needle = "script not found or unable to stat",
    .regex = "stderr from (?<path>[^\\n]*?): script not found or unable to stat",
    .operation = E13_OPERATION_STAT,
    .note = "It is missing, or a directory above it cannot be entered: the message does not tell which.",
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [cgi:error] [pid 7] [client 192.0.2.1:5] AH02811: stderr from "
                    "/srv/cgi/x: script not found or unable to stat",
                    "/srv/cgi/x", E13_OPERATION_STAT, 0 } } },
  { .id = "cgi-script",
    .needle = "script not found or unable to stat",
    .regex = "script not found or unable to stat: (?<path>[^\\n]*?)" END,
    .operation = E13_OPERATION_STAT,
    .note = "It is missing, or a directory above it cannot be entered: the message does not tell which.",
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [cgi:error] [pid 7] [client 192.0.2.1:5] AH02811: script not found or "
                    "unable to stat: /srv/cgi/x",
                    "/srv/cgi/x", E13_OPERATION_STAT, 0 } } },
  { .id = "cgi-header",
    .needle = "Premature end of script headers: ",
    .regex = "Premature end of script headers: (?<script>[^\\n]*?)" END,
    .kind = E13_FAILURE_SETTING,
    .note = "The script ended before it answered: why stands in the lines of its own before this one, if anywhere.",
    .examples = { { "[Mon Nov 23 10:00:00 2026] [error] [client 192.0.2.1] Premature end of script headers: run.py", NULL,
                    E13_OPERATION_UNKNOWN, 0 } } },
  { .id = "unix-socket",
    .needle = "connect to Unix domain socket ",
    .regex = STRICT "(?:FCGI|AJP|HTTP|[A-Z]+): attempt to connect to Unix domain socket (?<path>[^\\n]*?) \\(",
    .operation = E13_OPERATION_CONNECT,
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [proxy:error] [pid 7] (13)Permission denied: AH02454: FCGI: attempt to "
                    "connect to Unix domain socket /run/php/php.sock (localhost) failed",
                    "/run/php/php.sock", E13_OPERATION_CONNECT, 13 } } },
  { .id = "log",
    .needle = "could not open ",
    .regex = STRICT "[^\\n]*?could not open (?:error|transfer) log file (?<path>[^\\n]*?)\\.?$",
    .operation = E13_OPERATION_WRITE,
    .examples = { { "(13)Permission denied: AH00091: apache2: could not open error log file /var/log/apache2/error.log.",
                    "/var/log/apache2/error.log", E13_OPERATION_WRITE, 13 } } },
  { .id = "wsgi",
    .needle = "source file '",
    .regex = STRICT "mod_wsgi \\(pid=(?<pid>\\d+)[^)\\n]*\\): (?:Could not read/compile source file|[^\\n]*?) ?'(?<path>[^\\n]*?)'",
    .operation = E13_OPERATION_READ,
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [wsgi:error] [pid 7] (13)Permission denied: [remote 192.0.2.1:5] mod_wsgi "
                    "(pid=7, process='app', application='x'): Could not read/compile source file '/srv/app/wsgi.py'.",
                    "/srv/app/wsgi.py", E13_OPERATION_READ, 13 } } },
  { .id = "load",
    .needle = " into server: ",
    .names_errno = TRUE,
    .regex = "Cannot load (?<path>[^\\n]*?) into server: [^\\n]*?" E13_TEXT,
    .operation = E13_OPERATION_READ,
    .examples = { { "apache2: Syntax error on line 3 of /etc/apache2/apache2.conf: Cannot load /usr/lib/x.so into server: "
                    "/usr/lib/x.so: cannot open shared object file: Permission denied",
                    "/usr/lib/x.so", E13_OPERATION_READ, 13 } } },
  { .id = "directory",
    .needle = "Can't open directory for index: ",
    .regex = FRONT "Can't open directory for index: (?<path>[^\\n]*?)" END,
    .operation = E13_OPERATION_LIST,
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [autoindex:error] [pid 7] (13)Permission denied: [client 192.0.2.1:5] "
                    "AH01275: Can't open directory for index: /srv/app/d/",
                    "/srv/app/d/", E13_OPERATION_LIST, 13 } } },
  { .id = "other",
    .regex = "\\((?<code>1|2|13|30)\\)[^\\n:]*: (?:\\[(?:client|remote) [^\\]\\n]*\\] )?AH\\d+: [^\\n/]*?['\"]?"
             "(?<path>/(?:[^\\n:,'\"( ])*)",
    .examples = { { "[Mon Nov 23 10:00:00.1 2026] [dav:error] [pid 7] (13)Permission denied: AH00591: Could not open "
                    "property database /srv/dav/x.pag",
                    "/srv/dav/x.pag", E13_OPERATION_UNKNOWN, 13 } } },
  { 0 },
};

const E13LogFamily e13_log_apache = { .name = "apache", .patterns = patterns };
