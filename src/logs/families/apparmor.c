/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* AppArmor's denials. What is "ALLOWED" was let through by a profile in complain mode. */

#include "logs/families.h"

#define VALUE "(?:\"[^\"\\n]*\"|[0-9A-F]+\\b)"

static const E13LogPattern patterns[] = {
  { .id = "mask",
    .needle = "apparmor=\"DENIED\"",
    .regex = "apparmor=\"DENIED\"(?=(?:[^\\n]*? profile=(?<label>" VALUE "))?)(?=(?:[^\\n]*? pid=(?<pid>\\d+))?)"
             "(?=(?:[^\\n]*? comm=(?<process>" VALUE "))?)(?=(?:[^\\n]*? fsuid=(?<user>\\d+))?)[^\\n]*? name=(?<path>" VALUE
             ")[^\\n]*? denied_mask=\"(?<op>[a-z]+)",
    .escape = E13_ESCAPE_AUDIT,
    .error = 13,
    .kind = E13_FAILURE_LABEL,
    .examples
    = { { "audit: type=1400 audit(1795420800.1:4): apparmor=\"DENIED\" operation=\"open\" class=\"file\" "
          "profile=\"/usr/sbin/mysqld\" name=\"/srv/mysql/x\" pid=812 comm=\"mysqld\" requested_mask=\"r\" "
          "denied_mask=\"r\" fsuid=110 ouid=0",
          "/srv/mysql/x", E13_OPERATION_READ, 13 },
        { "type=AVC msg=audit(1795420800.1:4): apparmor=\"DENIED\" operation=\"mknod\" profile=\"nginx\" "
          "name=2F7372762F612062 pid=8 comm=\"nginx\" requested_mask=\"c\" denied_mask=\"c\" fsuid=33 ouid=33",
          "/srv/a b", E13_OPERATION_CREATE, 13 } } },
  { .id = "no-name",
    .needle = "apparmor=\"DENIED\"",
    .regex = "apparmor=\"DENIED\" operation=\"(?<op>\\w+)\"(?=(?:[^\\n]*? profile=(?<label>" VALUE "))?)",
    .escape = E13_ESCAPE_AUDIT,
    .error = 13,
    .kind = E13_FAILURE_LABEL,
    .examples = { { "audit: type=1400 audit(1795420800.1:4): apparmor=\"DENIED\" operation=\"capable\" profile=\"nginx\" "
                    "pid=8 comm=\"nginx\" capability=1 capname=\"dac_override\"",
                    NULL, E13_OPERATION_UNKNOWN, 13 } } },
  { 0 },
};

static const E13LogWord words[] = {
  { "r", E13_OPERATION_READ },    { "rm", E13_OPERATION_READ },   { "w", E13_OPERATION_WRITE },
  { "rw", E13_OPERATION_WRITE },  { "wr", E13_OPERATION_WRITE },  { "a", E13_OPERATION_WRITE },
  { "ra", E13_OPERATION_WRITE },  { "c", E13_OPERATION_CREATE },  { "wc", E13_OPERATION_CREATE },
  { "rwc", E13_OPERATION_CREATE }, { "wrc", E13_OPERATION_CREATE }, { "ac", E13_OPERATION_CREATE },
  { "d", E13_OPERATION_DELETE },  { "wd", E13_OPERATION_DELETE }, { "x", E13_OPERATION_RUN },
  { "rx", E13_OPERATION_RUN },    { "m", E13_OPERATION_RUN },     { "k", E13_OPERATION_WRITE },
  { "l", E13_OPERATION_CREATE },  { "connect", E13_OPERATION_CONNECT }, { NULL, 0 },
};

const E13LogFamily e13_log_apparmor = { .name = "apparmor", .patterns = patterns, .words = words };
