/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* git: most of its paths are relative to where it was started. */

#include "logs/families.h"
#include "logs/texts.h"

static const E13LogPattern patterns[] = {
  { .id = "objects",
    .needle = "insufficient permission for adding an object",
    .regex = "insufficient permission for adding an object to repository database (?<path>[^\\n]+)$",
    .error = 13,
    .operation = E13_OPERATION_CREATE,
    .note = "One of the directories below it cannot be written; git does not say which.",
    .examples = { { "remote: error: insufficient permission for adding an object to repository database ./objects",
                    "./objects", E13_OPERATION_CREATE, 13 } } },
  { .id = "dubious",
    .needle = "detected dubious ownership in repository at '",
    .regex = "detected dubious ownership in repository at '(?<path>[^'\\n]*)'",
    .kind = E13_FAILURE_OWNERSHIP,
    .operation = E13_OPERATION_READ,
    .note = "Not a permission problem: git works only in a repository that the caller owns. Either run it as the owner, "
            "or name the directory in safe.directory.",
    .examples = { { "fatal: detected dubious ownership in repository at '/srv/app'", "/srv/app", E13_OPERATION_READ, 0 } } },
  { .id = "work-tree",
    .needle = "could not create ",
    .names_errno = TRUE,
    .regex = "(?:fatal|error): could not create (?:work tree dir|leading directories of|directory|file) '(?<path>[^'\\n]*)': " E13_TEXT,
    .operation = E13_OPERATION_CREATE,
    .examples = { { "fatal: could not create work tree dir 'app': Permission denied", "app", E13_OPERATION_CREATE, 13 } } },
  { .id = "lock",
    .needle = "Unable to create '",
    .names_errno = TRUE,
    .regex = "Unable to create '(?<path>[^'\\n]*)': " E13_TEXT,
    .operation = E13_OPERATION_CREATE,
    .examples = { { "fatal: Unable to create '/srv/app/.git/index.lock': Permission denied", "/srv/app/.git/index.lock",
                    E13_OPERATION_CREATE, 13 } } },
  { .id = "cannot",
    .regex = "(?:fatal|error|warning): (?:cannot|could not|unable to|failed to|unable to) (?<op>open|create|unlink old|unlink|write|stat|mkdir|remove|read|chdir "
             "to|access|copy|rename|lock|create directory for|create file|create directory|open directory|create "
             "temporary file|create thread|change to) '?(?<path>[^'\\n]+?)'?: " E13_TEXT,
    .examples = { { "error: cannot open '.git/FETCH_HEAD': Permission denied", ".git/FETCH_HEAD", E13_OPERATION_OPEN, 13 },
                  { "warning: unable to access '/root/.config/git/attributes': Permission denied",
                    "/root/.config/git/attributes", E13_OPERATION_READ, 13 },
                  { "error: unable to unlink old 'x/y': Permission denied", "x/y", E13_OPERATION_DELETE, 13 } } },
  { .id = "bare",
    .regex = "^fatal: (?<path>[^'\\n:]+): " E13_TEXT "$",
    .examples = { { "fatal: .git/objects/12: Permission denied", ".git/objects/12", E13_OPERATION_UNKNOWN, 13 } } },
  { 0 },
};

static const E13LogWord words[] = {
  { "access", E13_OPERATION_READ },   { "chdir to", E13_OPERATION_ENTER },        { "change to", E13_OPERATION_ENTER },
  { "create directory", E13_OPERATION_CREATE }, { "create file", E13_OPERATION_CREATE },
  { "create directory for", E13_OPERATION_CREATE }, { "create temporary file", E13_OPERATION_CREATE },
  { "open directory", E13_OPERATION_LIST }, { "lock", E13_OPERATION_CREATE }, { "unlink old", E13_OPERATION_DELETE },
  { "copy", E13_OPERATION_OPEN }, { NULL, 0 },
};

const E13LogFamily e13_log_git = { .name = "git", .patterns = patterns, .words = words };
