/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* uwsgi: perror() and the place in its source, most without a name. */

#include "logs/families.h"
#include "logs/texts.h"

static const E13LogPattern patterns[] = {
  { .id = "perror",
    .regex = "(?<op>bind|unlink|chdir|open|connect|chmod|chown|stat|mkdir|rename|exec|execvp|opendir)\\(\\) ?: "
             E13_TEXT " \\[[\\w./-]+ line \\d+\\]",
    .note = "uwsgi does not name it: it stands in its configuration.",
    .examples = { { "bind(): Operation not permitted [core/socket.c line 230]", NULL, E13_OPERATION_CREATE, 1 },
                  { "unlink() : Permission denied [core/uwsgi.c line 1596]", NULL, E13_OPERATION_DELETE, 13 } } },
  { .id = "open",
    .regex = "(?<op>open|unable to stat|unable to open)(?:\\(\\))? ?[\"'(]{0,2}(?<path>/[^\"')\\n]*?)[\"')]{0,2}: " E13_TEXT
             " \\[[\\w./-]+ line \\d+\\]",
    .operation = E13_OPERATION_OPEN,
    .examples = { { "open(\"/srv/app/uwsgi.log\"): Permission denied [core/logging.c line 288]", "/srv/app/uwsgi.log",
                    E13_OPERATION_OPEN, 13 } } },
  { 0 },
};

const E13LogFamily e13_log_uwsgi = { .name = "uwsgi", .patterns = patterns };
