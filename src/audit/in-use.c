/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that another program has taken for itself, which Windows lets it do: whoever opens them then gets the errno of
 * a denial. */

#include <errno.h>

#include "audit/auditor.h"
#include "base/error.h"

static gboolean
is_in_use (const E13ReadOps *ops, const E13Pin *pin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) byte = ops->read_file (pin, 1, &error);

  return byte == NULL && g_error_matches (error, E13_ERRNO, EBUSY);
}

static void
report (E13Auditor *auditor, const E13Pin *pin, const char *path)
{
  g_autofree char *users = auditor->request->ops->who_uses (pin);
  E13Finding *finding = e13_finding_new (&e13_rules[E13_RULE_IN_USE], path, &pin->facts);

  finding->sentence = g_strdup ("another program has this file open for itself, so nobody else can open it (Errno 13)");
  finding->because = users != NULL ? g_strdup_printf ("it is open in %s", users)
                                   : g_strdup ("the system does not tell which program that is");
  g_ptr_array_add (finding->cures, g_strdup ("close it there: no permission helps while it is open"));
  e13_auditor_add (auditor, finding);
}

void
e13_auditor_check_use (E13Auditor *auditor, const E13Batch *batch, gsize index, const E13Requirement *requirement)
{
  const E13ReadOps *ops = auditor->request->ops;
  const E13Facts *facts = &batch->entries[index].facts;
  gboolean is_opened = requirement->app >= E13_LEVEL_WRITE || requirement->script != E13_LEVEL_UNSET;
  g_autofree char *path = NULL;
  E13Pin *pin;

  if (ops->who_uses == NULL || !is_opened || facts->type != E13_TYPE_FILE
      || (facts->attributes & E13_ATTRIBUTE_PLACEHOLDER) != 0)
    return;
  /* What cannot be pinned is said where it is judged. */
  pin = ops->pin_entry (batch, index, NULL);
  path = e13_auditor_path (batch, index);
  if (pin != NULL && is_in_use (ops, pin))
    report (auditor, pin, path);
  ops->unpin (pin);
}
