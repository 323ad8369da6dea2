/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rust: the standard library's errors hold no name; what wraps them may. */

#include "logs/families.h"

static const E13LogPattern patterns[] = {
  { .id = "wrapped",
    .needle = "(os error ",
    .regex = "(?:[`'\"](?<path>[^`'\"\\n]+)[`'\"])[^`'\"\\n]{0,40}?: [^`'\"\\n:]* \\(os error (?<code>" "1|2|13|20|21|28|30|40"
             ")\\)",
    .examples = { { "Error: failed to open file `/srv/app/x`: Permission denied (os error 13)", "/srv/app/x",
                    E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "tool",
    .needle = "(os error ",
    .regex = "(?:^|: |\\s)(?<path>/[^\\n:]+): [^\\n:]* \\(os error (?<code>1|2|13|20|21|28|30|40)\\)",
    .examples = { { "rg: /srv/app/secret: Permission denied (os error 13)", "/srv/app/secret", E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "debug",
    .needle = "Os { code: ",
    .regex = "Os \\{ code: (?<code>1|2|13|20|21|28|30|40), (?:kind: \\w+, )?message: \"(?<text>[^\"\\n]*)\" \\}",
    .note = "Rust's own message holds no name: only what the program adds to it would.",
    .examples = { { "called `Result::unwrap()` on an `Err` value: Os { code: 13, kind: PermissionDenied, message: "
                    "\"Permission denied\" }",
                    NULL, E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "debug-windows",
    .needle = "Os { code: ",
    .regex = "Os \\{ code: (?<windows>3|5), (?:kind: \\w+, )?message: ",
    .note = "Rust's own message holds no name: only what the program adds to it would.",
    .examples = { { "Os { code: 5, kind: PermissionDenied, message: \"Access is denied.\" }", NULL, E13_OPERATION_UNKNOWN,
                    13 } } },
  { .id = "display",
    .needle = "(os error ",
    .regex = "\\(os error (?<code>1|2|13|30)\\)",
    .note = "Rust's own message holds no name: only what the program adds to it would.",
    .examples = { { "Error: Permission denied (os error 13)", NULL, E13_OPERATION_UNKNOWN, 13 } } },
  { 0 },
};

const E13LogFamily e13_log_rust = { .name = "rust", .patterns = patterns };
