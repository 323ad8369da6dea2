/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Perl: its own messages, and die "… NAME: $!", which ends in "at SCRIPT line N." */

#include "logs/families.h"
#include "logs/texts.h"

#define AT " at (?<script>[^\\n]+?) line \\d+"

static const E13LogPattern patterns[] = {
  { .id = "locate-denied",
    .needle = "Can't locate ",
    .names_errno = TRUE,
    .regex = "Can't locate [^\\n:]+?: +(?<path>[^\\n]+?): " E13_TEXT AT,
    .operation = E13_OPERATION_READ,
    .examples = { { "Can't locate Site.pm:   /srv/lib/Site.pm: Permission denied at /srv/run.pl line 2.",
                    "/srv/lib/Site.pm", E13_OPERATION_READ, 13 } } },
  { .id = "locate",
    .needle = "Can't locate ",
    .regex = "Can't locate (?<path>[\\w/]+\\.pm) in @INC [^\\n]*" AT,
    .error = 2,
    .operation = E13_OPERATION_READ,
    .note = "Perl looked for the module in each directory of @INC; an older Perl says so, too, of one that it may not "
            "read.",
    .examples = { { "Can't locate Local/Site.pm in @INC (you may need to install the Local::Site module) (@INC contains: "
                    "/etc/perl /usr/share/perl5) at /srv/run.pl line 2.",
                    "Local/Site.pm", E13_OPERATION_READ, 2 } } },
  { .id = "script",
    .needle = "Can't open perl script",
    .names_errno = TRUE,
    .regex = "Can't open perl script \"(?<path>[^\"\\n]*)\": " E13_TEXT,
    .operation = E13_OPERATION_READ,
    .examples = { { "Can't open perl script \"/srv/run.pl\": Permission denied", "/srv/run.pl", E13_OPERATION_READ, 13 } } },
  { .id = "exec",
    .needle = "Can't exec \"",
    .names_errno = TRUE,
    .regex = "Can't exec \"(?<path>[^\"\\n]*)\": " E13_TEXT AT,
    .operation = E13_OPERATION_RUN,
    .examples = { { "Can't exec \"/srv/run\": Permission denied at /srv/a.pl line 2.", "/srv/run", E13_OPERATION_RUN, 13 } } },
  { .id = "rename",
    .regex = "(?<op>[Rr]ename|[Mm]ove|[Ll]ink|[Ss]ymlink)\\b[^\\n/'\"]*['\"]?(?<path>[^\\n'\"]*?)['\"]?,? (?:to|as|->|=>) ['\"]?(?<path2>[^'\"\\n]*?)['\"]?"
             "(?::? \\(?|[,:] +)" E13_TEXT "\\)?" AT,
    .examples = { { "rename '/srv/a' to '/srv/b': Permission denied at /srv/run.pl line 4.", "/srv/a", E13_OPERATION_RENAME,
                    13 } } },
  { .id = "quoted",
    .regex = "(?:(?<op>[Oo]pen(?:ing)?|[Rr]ead|[Ww]rite|[Cc]reate|mkdir|unlink|rename|chdir|opendir|[Cc]hmod|rmdir|[Rr]emove|stat|exec|chown|symlink)"
             "[^\\n'\"]*)?['\"](?<path>[^'\"\\n]+)['\"][:, (]+(?:because )?" E13_TEXT "\\)?" AT,
    .examples = { { "Cannot open '/srv/app/a b': Permission denied at /srv/run.pl line 4.", "/srv/app/a b",
                    E13_OPERATION_OPEN, 13 } } },
  { .id = "absolute",
    .regex = "(?:(?<op>[Oo]pen(?:ing)?|[Rr]ead|[Ww]rite|[Cc]reate|mkdir|unlink|rename|chdir|opendir|[Cc]hmod|rmdir|[Rr]emove|stat|exec|chown|symlink)\\b"
             "[^\\n/]*?)? (?<path>/[^\\n]*?)(?::? \\(?|[,:] +)" E13_TEXT "\\)?" AT,
    .examples = { { "Can't open /srv/app/log (Permission denied) at /srv/run.pl line 124.", "/srv/app/log",
                    E13_OPERATION_OPEN, 13 },
                  { "Can't open /srv/app/x: No such file or directory at -e line 1.", "/srv/app/x", E13_OPERATION_OPEN,
                    2 } } },
  { .id = "relative",
    .regex = "(?<op>[Oo]pen(?:ing)?|[Rr]ead|[Ww]rite|[Cc]reate|mkdir|unlink|chdir|opendir|[Cc]hmod|rmdir|[Rr]emove|stat|exec|chown|symlink) "
             "(?:file |directory |dir )?(?<path>[\\w.-]*[/.][\\w./-]*)(?::? \\(?|[,:] +)" E13_TEXT "\\)?" AT,
    .examples = { { "could not open data/log.txt: Permission denied at run.pl line 4.", "data/log.txt", E13_OPERATION_OPEN,
                    13 } } },
  { .id = "no-path",
    .regex = "(?:(?<op>[Oo]pen(?:ing)?|[Rr]ead|[Ww]rite|[Cc]reate|mkdir|unlink|chdir|opendir)[^\\n:]*)?: " E13_TEXT AT,
    .note = "The message holds no name: the author of the script left it out.",
    .examples = { { "Cannot open file: Permission denied at run.pl line 232.", NULL, E13_OPERATION_OPEN, 13 } } },
  { 0 },
};

const E13LogFamily e13_log_perl = { .name = "perl", .patterns = patterns };
