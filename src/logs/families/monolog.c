/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Monolog, which Laravel logs with, and Symfony. */

#include "logs/families.h"
#include "logs/texts.h"

static const E13LogPattern patterns[] = {
  { .id = "stream",
    .needle = "The stream or file \"",
    .regex = "The stream or file \"(?<path>[^\"\\n]*)\" could not be opened(?: in append mode)?(?:: (?:[Ff]ailed to open "
             "stream: )?" E13_TEXT ")?",
    .operation = E13_OPERATION_WRITE,
    .examples = { { "The stream or file \"/srv/app/storage/logs/laravel.log\" could not be opened in append mode: Failed "
                    "to open stream: Permission denied",
                    "/srv/app/storage/logs/laravel.log", E13_OPERATION_WRITE, 13 },
                  { "UnexpectedValueException: The stream or file \"/srv/app/var/log/dev.log\" could not be opened: "
                    "failed to open stream: No such file or directory",
                    "/srv/app/var/log/dev.log", E13_OPERATION_WRITE, 2 } } },
  { .id = "no-directory",
    .needle = "There is no existing directory at ",
    .regex = "There is no existing directory at \"(?<path>[^\"\\n]*)\" and (?:its not buildable|it could not be created)"
             "(?:: " E13_TEXT ")?",
    .operation = E13_OPERATION_CREATE,
    .examples = { { "There is no existing directory at \"/srv/app/storage/logs\" and it could not be created: Permission "
                    "denied",
                    "/srv/app/storage/logs", E13_OPERATION_CREATE, 13 } } },
  { .id = "unable-in-parentheses",
    .needle = "nable to create the",
    .regex = "[Uu]nable to (?<op>create) the (?:\"[^\"\\n]*\"|\\w+) directory \\((?<path>[^)\\n]+)\\)",
    .operation = E13_OPERATION_CREATE,
    .examples = { { "Unable to create the \"cache\" directory (/srv/app/var/cache/prod).", "/srv/app/var/cache/prod",
                    E13_OPERATION_CREATE, 0 } } },
  { .id = "unable-directory",
    .needle = "nable to write in",
    .regex = "[Uu]nable to (?<op>write in) the \"(?<path>/[^\"\\n]*)\" directory",
    .examples = { { "Unable to write in the \"/srv/app/var/cache/prod\" directory", "/srv/app/var/cache/prod",
                    E13_OPERATION_CREATE, 0 } } },
  { .id = "cache-file",
    .needle = "Failed to write ",
    .regex = "Failed to write (?:cache )?file \"(?<path>[^\"\\n]*)\"(?:: " E13_TEXT ")?",
    .operation = E13_OPERATION_WRITE,
    .examples = { { "Failed to write cache file \"/srv/app/var/cache/x.php\".", "/srv/app/var/cache/x.php",
                    E13_OPERATION_WRITE, 0 } } },
  { .id = "not-writable",
    .needle = " not writable",
    .regex = "[Tt]he (?:directory|file|path) [\"'](?<path>[^\"'\\n]*)[\"'] is not writable",
    .operation = E13_OPERATION_WRITE,
    .examples = { { "The directory \"/srv/app/var\" is not writable.", "/srv/app/var", E13_OPERATION_WRITE, 0 } } },
  { .id = "laravel-directory",
    .needle = " directory must be present",
    .regex = "The (?<path>[^\\n]+?) directory must be present and writable",
    .operation = E13_OPERATION_CREATE,
    .examples = { { "Exception: The /srv/app/bootstrap/cache directory must be present and writable.",
                    "/srv/app/bootstrap/cache", E13_OPERATION_CREATE, 0 } } },
  { .id = "failed-create",
    .regex = "Failed to (?<op>create|copy|remove|chmod|chown|touch|rename|open) (?:file |directory |symbolic link )?"
             "\"(?<path>[^\"\\n]*)\"(?: to \"(?<path2>[^\"\\n]*)\")?: [^\\n]*?" E13_TEXT,
    .examples = { { "Failed to create \"/srv/app/var/x\": mkdir(): Permission denied", "/srv/app/var/x",
                    E13_OPERATION_CREATE, 13 } } },
  { 0 },
};

static const E13LogWord words[] = { { "write in", E13_OPERATION_CREATE }, { "copy", E13_OPERATION_OPEN }, { NULL, 0 } };

const E13LogFamily e13_log_monolog = { .name = "php-monolog", .patterns = patterns, .words = words };
