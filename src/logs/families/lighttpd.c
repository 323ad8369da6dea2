/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* lighttpd: "(file.c.LINE) TEXT: reason", without a number. Of a static file that it may not read it says nothing. */

#include "logs/families.h"
#include "logs/texts.h"

#define PLACE "\\((?:[\\w./-]+/)?[\\w-]+\\.c\\.\\d+\\) "

static const E13LogPattern patterns[] = {
  { .id = "errorlog",
    .regex = PLACE "opening (?:errorlog|accesslog|pid-file|log|pipe) '?(?<path>[^'\\n]*?)'? failed: " E13_TEXT,
    .operation = E13_OPERATION_WRITE,
    .examples = { { "2026-11-23 10:00:00: (log.c.118) opening errorlog '/var/log/lighttpd/error.log' failed: Permission "
                    "denied",
                    "/var/log/lighttpd/error.log", E13_OPERATION_WRITE, 13 } } },
  { .id = "failed-colon",
    .regex = PLACE "(?:(?:file )?(?<op>open|stat|unlink|mkdir|rename|opendir)(?:dir)?(?:\\(\\))? failed: ?)(?<path>/[^\\n]*?): "
             E13_TEXT,
    .operation = E13_OPERATION_OPEN,
    .examples = { { "2026-11-23 10:00:00: (mod_webdav.c.12) open failed: /srv/app/x: Permission denied", "/srv/app/x",
                    E13_OPERATION_OPEN, 13 } } },
  { .id = "bin-path",
    .needle = "invalid \"bin-path\"",
    .regex = "invalid \"bin-path\" => \"(?<path>[^\"\\n]*)\"[^\\n]*?(?:: " E13_TEXT ")?$",
    .operation = E13_OPERATION_RUN,
    .examples = { { "2026-11-23 10:00:00: (gw_backend.c.2400) invalid \"bin-path\" => \"/srv/run.fcgi\" (check that file "
                    "exists, is regular file, and is executable by lighttpd)",
                    "/srv/run.fcgi", E13_OPERATION_RUN, 0 } } },
  { .id = "verb",
    .regex = PLACE "(?<op>opendir|open dirname|open|cycling log|error cycling log|fork/spawn|stat|unlink|mkdir|rename|execve\\(\\)|"
             "chdir|chroot|bind|bind\\(\\)|connect|opening)[ :]+(?:unix:)?(?<path>/[^\\n]*?)(?: failed)?: " E13_TEXT,
    .operation = E13_OPERATION_OPEN,
    .examples = { { "2026-11-23 10:00:00: (mod_dirlisting.c.700) opendir /srv/app/d: Permission denied", "/srv/app/d",
                    E13_OPERATION_LIST, 13 },
                  { "2026-11-23 10:00:00: (../../src/gw_backend.c.510) fork/spawn /srv/run.fcgi: Permission denied",
                    "/srv/run.fcgi", E13_OPERATION_RUN, 13 } } },
  { .id = "any",
    .regex = PLACE "[^\\n/]*?(?<path>/[^\\n'\"]*?)[\"']?(?: failed)?: " E13_TEXT,
    .examples = { { "2026-11-23 10:00:00: (server.c.5) can't do it to '/srv/run': Permission denied", "/srv/run",
                    E13_OPERATION_UNKNOWN, 13 } } },
  { 0 },
};

static const E13LogWord words[] = { { "fork/spawn", E13_OPERATION_RUN }, { "execve()", E13_OPERATION_RUN },
                                    { "cycling log", E13_OPERATION_WRITE }, { "error cycling log", E13_OPERATION_WRITE },
                                    { "bind()", E13_OPERATION_CREATE }, { "open dirname", E13_OPERATION_LIST }, { NULL, 0 } };

const E13LogFamily e13_log_lighttpd = { .name = "lighttpd", .patterns = patterns, .words = words };
