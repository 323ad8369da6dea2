/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/process.h"

void
e13_process_free (E13Process *process)
{
  if (process == NULL)
    return;
  g_free (process->program);
  g_strfreev (process->words);
  g_free (process->directory);
  g_free (process->unit);
  e13_identity_free (process->identity);
  g_free (process);
}

void
e13_service_set (E13Service *service, const E13Process *process)
{
  e13_service_clear (service);
  *service = (E13Service){
    .pid = process->pid,
    .is_apart = process->is_apart,
    .umask = process->umask,
    .unit = g_strdup (process->unit),
    .name = g_strdup_printf ("%s (pid %" G_GUINT32_FORMAT ")", process->program, process->pid),
  };
}

void
e13_service_copy (E13Service *service, const E13Service *other)
{
  *service = *other;
  service->unit = g_strdup (other->unit);
  service->name = g_strdup (other->name);
}

void
e13_service_clear (E13Service *service)
{
  g_clear_pointer (&service->unit, g_free);
  g_clear_pointer (&service->name, g_free);
  *service = (E13Service){ .umask = -1 };
}
