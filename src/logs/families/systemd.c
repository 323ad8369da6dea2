/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* systemd: "Failed at step STEP spawning PROGRAM: reason". Only at step EXEC it is the program that was refused. */

#include "logs/families.h"
#include "logs/texts.h"

#define STEP(step) "Failed at step " step " spawning (?<script>[^\\n]+?): " E13_TEXT

static const E13LogPattern patterns[] = {
  { .id = "exec",
    .needle = "Failed at step EXEC",
    .names_errno = TRUE,
    .regex = "Failed at step EXEC spawning (?<path>[^\\n]+?): " E13_TEXT,
    .operation = E13_OPERATION_RUN,
    .note = "The program of ExecStart=, a directory above it, the interpreter in its first line, a mount that is noexec, or "
            "a label of SELinux.",
    .examples = { { "Nov 23 10:00:00 web systemd[812]: app.service: Failed at step EXEC spawning /srv/app/run: Permission "
                    "denied",
                    "/srv/app/run", E13_OPERATION_RUN, 13 } } },
  { .id = "chdir",
    .needle = "Failed at step CHDIR",
    .names_errno = TRUE,
    .regex = STEP ("CHDIR"),
    .operation = E13_OPERATION_ENTER,
    .note = "The directory is that of WorkingDirectory=, which the message does not name.",
    .examples = { { "Nov 23 10:00:00 web systemd[812]: app.service: Failed at step CHDIR spawning /srv/app/run: "
                    "Permission denied",
                    NULL, E13_OPERATION_ENTER, 13 } } },
  { .id = "namespace",
    .needle = "Failed at step NAMESPACE",
    .names_errno = TRUE,
    .regex = STEP ("NAMESPACE"),
    .operation = E13_OPERATION_CREATE,
    .note = "A path of ReadWritePaths=, BindPaths=, InaccessiblePaths= or the like is missing or cannot be mounted; the "
            "line before may name it.",
    .examples = { { "systemd[812]: app.service: Failed at step NAMESPACE spawning /srv/app/run: No such file or directory",
                    NULL, E13_OPERATION_CREATE, 2 } } },
  { .id = "step",
    .needle = "Failed at step ",
    .names_errno = TRUE,
    .regex = STEP ("\\w+"),
    .note = "The step names the setting of the unit that could not be carried out, not a file.",
    .examples = { { "systemd[812]: app.service: Failed at step STATE_DIRECTORY spawning /srv/app/run: Read-only file system",
                    NULL, E13_OPERATION_UNKNOWN, 30 } } },
  { .id = "namespacing",
    .needle = "Failed to set up mount namespacing: ",
    .names_errno = TRUE,
    .regex = "Failed to set up mount namespacing: (?:(?:/run/systemd/(?:unit-root|mount-rootfs))?(?<path>/[^\\n]*?): )?" E13_TEXT,
    .operation = E13_OPERATION_CREATE,
    .note = "A path of ReadWritePaths=, BindPaths= or the like of the unit: put a - in front of it where it may be missing.",
    .examples = { { "systemd[812]: app.service: Failed to set up mount namespacing: /run/systemd/unit-root/srv/data: No such "
                    "file or directory",
                    "/srv/data", E13_OPERATION_CREATE, 2 } } },
  { .id = "remount",
    .needle = "Failed to re-mount '",
    .names_errno = TRUE,
    .regex = "Failed to re-mount '(?:/run/systemd/(?:unit-root|mount-rootfs))?(?<path>[^'\\n]*)'[^\\n]*?: " E13_TEXT,
    .operation = E13_OPERATION_CREATE,
    .examples = { { "systemd[1]: Failed to re-mount '/run/systemd/unit-root/srv' read-only: No such file or directory",
                    "/srv", E13_OPERATION_CREATE, 2 } } },
  { .id = "working-directory",
    .needle = "requested working directory failed",
    .names_errno = TRUE,
    .regex = "Changing to the requested working directory failed: " E13_TEXT,
    .operation = E13_OPERATION_ENTER,
    .note = "The directory is that of WorkingDirectory=, which the message does not name.",
    .examples = { { "systemd[812]: app.service: Changing to the requested working directory failed: No such file or "
                    "directory",
                    NULL, E13_OPERATION_ENTER, 2 } } },
  { .id = "locate",
    .needle = "Unable to locate executable '",
    .names_errno = TRUE,
    .regex = "Unable to locate executable '(?<path>[^'\\n]*)': " E13_TEXT,
    .operation = E13_OPERATION_RUN,
    .examples = { { "systemd[812]: app.service: Unable to locate executable '/srv/run': No such file or directory",
                    "/srv/run", E13_OPERATION_RUN, 2 } } },
  { .id = "environment",
    .needle = "Failed to load environment files",
    .names_errno = TRUE,
    .regex = "Failed to load environment files: " E13_TEXT,
    .operation = E13_OPERATION_READ,
    .note = "A file of EnvironmentFile=, which the message does not name.",
    .examples = { { "systemd[1]: app.service: Failed to load environment files: No such file or directory", NULL,
                    E13_OPERATION_READ, 2 } } },
  { .id = "standard-output",
    .needle = "Failed to set up standard ",
    .names_errno = TRUE,
    .regex = "Failed to set up standard (?:output|error|input): " E13_TEXT,
    .operation = E13_OPERATION_OPEN,
    .note = "The file of StandardOutput=file: or the like, which the message does not name.",
    .examples = { { "systemd[812]: app.service: Failed to set up standard output: Permission denied", NULL,
                    E13_OPERATION_OPEN, 13 } } },
  { 0 },
};

const E13LogFamily e13_log_systemd = { .name = "systemd", .patterns = patterns };
