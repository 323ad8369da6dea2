/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Ruby and Rails: "Permission denied @ rb_sysopen - NAME (Errno::EACCES)", the name as it is, to the end. */

#include "logs/families.h"
#include "logs/texts.h"

/* The name ends where the class begins, or the line does; Rails puts a bracket and a colon there. */
#define END "(?= \\(Errno::|\\):?$|$)"

static const E13LogPattern patterns[] = {
  { .id = "two-paths",
    .regex = E13_TEXT " @ (?<op>rb_file_s_(?:rename|symlink|link)) - \\((?<path>[^\\n]*?), (?<path2>[^\\n]*?)\\)",
    .examples = { { "run.rb:3:in `rename': Permission denied @ rb_file_s_rename - (/srv/a, /srv/b) (Errno::EACCES)",
                    "/srv/a", E13_OPERATION_RENAME, 13 } } },
  { .id = "apply",
    .regex = "in [`'](?:[\\w:]+[#.])?(?<op>\\w+)': " E13_TEXT " @ apply2files - +(?<path>[^\\n]*?)" END,
    .operation = E13_OPERATION_DELETE,
    .examples = { { "run.rb:1:in `chmod': Operation not permitted @ apply2files - /srv/x (Errno::EPERM)", "/srv/x",
                    E13_OPERATION_CHANGE, 1 } } },
  { .id = "at",
    .regex = E13_TEXT " @ (?<op>\\w+) - +(?<path>[^\\n]*?)" END,
    .examples
    = { { "run.rb:1:in `initialize': Permission denied @ rb_sysopen - /srv/app/log a (Errno::EACCES)", "/srv/app/log a",
          E13_OPERATION_OPEN, 13 },
        { "Errno::EACCES (Permission denied @ unlink_internal - /srv/app/x):", "/srv/app/x", E13_OPERATION_DELETE, 13 },
        { "Errno::ENOENT: No such file or directory @ dir_initialize - /srv/d", "/srv/d", E13_OPERATION_LIST, 2 } } },
  { .id = "class-last",
    .needle = " (Errno::E",
    .names_errno = TRUE,
    .regex = "(?:in [`'](?:[\\w:]+[#.])?(?<op>\\w+)': )?" E13_TEXT " - +(?<path>[^\\n]*?) \\(Errno::E\\w+\\)",
    .examples = { { "run.rb:1:in `initialize': Permission denied - /srv/app/log (Errno::EACCES)", "/srv/app/log",
                    E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "class-first",
    .needle = "Errno::E",
    .names_errno = TRUE,
    .regex = "Errno::(?<code>EACCES|EPERM|ENOENT|EROFS|ENOTDIR)(?:: | \\()" E13_TEXTS " - +(?<path>[^\\n]*?)" END,
    .examples = { { "Errno::EACCES: Permission denied - /srv/app/log", "/srv/app/log", E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "no-path",
    .needle = "Errno::E",
    .regex = "Errno::(?<code>EACCES|EPERM|ENOENT|EROFS)\\b",
    .note = "This form of the message holds no name.",
    .examples = { { "Errno::EACCES: Permission denied", NULL, E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "rails-log",
    .needle = "Unable to access log file",
    .regex = "Unable to access log file\\. Please ensure that (?<path>[^\\n]*?) exists and is ",
    .operation = E13_OPERATION_WRITE,
    .examples = { { "Rails Error: Unable to access log file. Please ensure that /srv/app/log/production.log exists and "
                    "is writable (ie, make it writable for user and group: chmod 0664 /srv/app/log/production.log).",
                    "/srv/app/log/production.log", E13_OPERATION_WRITE, 0 } } },
  { .id = "load",
    .needle = "cannot load such file -- /",
    .regex = "cannot load such file -- (?<path>/[^\\n(]*?)(?: \\(LoadError\\))?$",
    .error = 2,
    .operation = E13_OPERATION_READ,
    .note = "Ruby says so, too, of a file that it may not read.",
    .examples = { { "run.rb:1:in `require': cannot load such file -- /srv/app/lib/x (LoadError)", "/srv/app/lib/x",
                    E13_OPERATION_READ, 2 } } },
  { 0 },
};

const E13LogFamily e13_log_ruby = { .name = "ruby", .patterns = patterns };
