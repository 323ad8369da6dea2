/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "logs/failure.h"

static const char *const names[] = {
  [E13_OPERATION_UNKNOWN] = "unknown", [E13_OPERATION_OPEN] = "open",     [E13_OPERATION_READ] = "read",
  [E13_OPERATION_WRITE] = "write",     [E13_OPERATION_CREATE] = "create", [E13_OPERATION_DELETE] = "delete",
  [E13_OPERATION_RENAME] = "rename",   [E13_OPERATION_RUN] = "run",       [E13_OPERATION_STAT] = "stat",
  [E13_OPERATION_LIST] = "list",       [E13_OPERATION_ENTER] = "enter",   [E13_OPERATION_CONNECT] = "connect",
  [E13_OPERATION_CHANGE] = "change",
};

const char *
e13_operation_name (E13Operation operation)
{
  return names[operation];
}

E13Failure *
e13_failure_new (const char *family, const char *pattern)
{
  E13Failure *failure = g_new0 (E13Failure, 1);

  failure->family = family;
  failure->pattern = pattern;
  return failure;
}

void
e13_failure_free (E13Failure *failure)
{
  if (failure == NULL)
    return;
  g_free (failure->path);
  g_free (failure->second_path);
  g_free (failure->directory);
  g_free (failure->script);
  g_free (failure->url);
  g_free (failure->label);
  g_free (failure->process);
  g_free (failure->user);
  g_free (failure);
}
