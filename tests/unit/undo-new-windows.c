/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What objects made since a repair lose by undo --new, as SDDL. */

#include <criterion/criterion.h>

#include "model/sddl.h"
#include "repair/undo-new-windows.h"
#include "tests/support/sd-text.h"

TestSuite (undo_new_windows, .timeout = 60);

#define BEFORE "D:P(A;OICI;FA;;;BA)"
#define AFTER "D:P(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;S-1-5-17)"

static const struct
{
  const char *label;
  const char *before;
  const char *after;
  gboolean grants;
  const char *made; /* the descriptor of an object made since */
  gboolean is_directory;
  const char *stripped; /* NULL: it is left */
} rows[] = {
  { "a file", BEFORE, AFTER, TRUE, "D:AI(A;ID;FA;;;BA)(A;ID;0x1301bf;;;S-1-5-17)", FALSE, "D:AI(A;ID;FA;;;BA)" },
  { "a directory", BEFORE, AFTER, TRUE, "D:AI(A;OICIID;FA;;;BA)(A;OICIID;0x1301bf;;;S-1-5-17)", TRUE,
    "D:AI(A;OICIID;FA;;;BA)" },
  { "an entry of its own stays", BEFORE, AFTER, TRUE, "D:AI(A;;0x1301bf;;;S-1-5-17)(A;ID;FA;;;BA)", FALSE, NULL },
  { "less than was granted", BEFORE, AFTER, TRUE, "D:AI(A;ID;FA;;;BA)(A;ID;FR;;;S-1-5-17)", FALSE, NULL },
  { "no list", BEFORE, AFTER, TRUE, "D:NO_ACCESS_CONTROL", FALSE, NULL },
  { "what was there before is not ours", AFTER, AFTER, FALSE, "D:AI(A;ID;FA;;;BA)(A;ID;0x1301bf;;;S-1-5-17)", FALSE,
    NULL },
  { "what nobody inherits", "D:P(A;;FA;;;BA)", "D:P(A;;FA;;;BA)(A;;FR;;;S-1-5-17)", FALSE, "D:AI(A;ID;FR;;;S-1-5-17)",
    FALSE, NULL },
};

static GBytes *
bytes_of (const char *text)
{
  g_autoptr (E13SecurityDescriptor) sd = sd_from_text (text);

  return e13_sd_encode (sd, NULL);
}

Test (undo_new_windows, what_is_stripped)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      E13Change record = { .before.sd = bytes_of (rows[i].before), .after.sd = bytes_of (rows[i].after) };
      E13Facts facts
          = { .type = rows[i].is_directory ? E13_TYPE_DIRECTORY : E13_TYPE_FILE, .sd = sd_from_text (rows[i].made) };
      g_autoptr (GBytes) stripped = e13_undo_windows_strip (&facts, &record);
      g_autoptr (GBytes) expected = rows[i].stripped != NULL ? bytes_of (rows[i].stripped) : NULL;

      cr_expect_eq (e13_undo_windows_grants (&record), rows[i].grants, "%s", rows[i].label);
      cr_expect (e13_attributes_same_sd (stripped, expected), "%s", rows[i].label);
      g_bytes_unref (record.before.sd);
      g_bytes_unref (record.after.sd);
      e13_facts_clear (&facts);
    }
}
