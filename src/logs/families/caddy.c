/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Caddy writes Go's messages (go.c) in JSON; these are its own. */

#include "logs/families.h"

static const E13LogPattern patterns[] = {
  { .id = "dial",
    .needle = "dial unix ",
    .regex = "^dialing backend: dial unix (?<path>[^\\n]*?): connect: (?<text>permission denied|no such file or directory)",
    .operation = E13_OPERATION_CONNECT,
    .examples = { { "{\"level\":\"error\",\"ts\":1795420800.5,\"logger\":\"http.log.error\",\"msg\":\"dialing backend: dial "
                    "unix /run/php/php.sock: connect: permission denied\",\"status\":502}",
                    "/run/php/php.sock", E13_OPERATION_CONNECT, 13 } } },
  { 0 },
};

const E13LogFamily e13_log_caddy = { .name = "caddy", .patterns = patterns };
