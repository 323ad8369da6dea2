/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes of a security descriptor. What can be read must come back from what is written, be judged, and take a grant
 * that is just one entry more. */

#include "access/windows-least.h"
#include "model/sddl.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
expect_round_trip (const E13SecurityDescriptor *sd)
{
  g_autoptr (GBytes) bytes = e13_sd_encode (sd, NULL);
  g_autoptr (E13SecurityDescriptor) again = NULL;

  g_assert_nonnull (bytes);
  again = e13_sd_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  g_assert_true (again != NULL && e13_sd_equal (sd, again));
}

static void
expect_text (const E13SecurityDescriptor *sd)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = e13_sddl_format (sd, &error);
  g_autoptr (E13SecurityDescriptor) again = NULL;
  g_autofree char *text_again = NULL;

  g_assert_true ((text == NULL) == (error != NULL));
  if (text == NULL)
    return;
  again = e13_sddl_parse (text, NULL, NULL);
  g_assert_nonnull (again);
  text_again = e13_sddl_format (again, NULL);
  g_assert_cmpstr (text, ==, text_again);
}

static void
expect_grant (const E13SecurityDescriptor *sd)
{
  g_autoptr (E13Token) token = e13_token_iusr ();
  E13WinGrant grant = { token->user, E13_MASK_MODIFY, token, FALSE };
  g_auto (E13WinGranted) granted = e13_windows_least_grant (sd, TRUE, &grant);
  g_auto (E13WinGranted) copied = { 0 };
  g_autoptr (E13WinStaleness) staleness = e13_windows_staleness (sd, sd, TRUE);

  if (granted.outcome != E13_WIN_GRANT_MADE)
    return;
  g_assert_true (e13_windows_judge (granted.sd, token, E13_MASK_MODIFY).granted);
  g_assert_cmpuint (granted.sd->dacl->aces->len, ==, sd->dacl->aces->len + 1);
  copied = e13_windows_least_inherit (granted.sd, granted.entry, sd, FALSE, &grant);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13SecurityDescriptor) sd = e13_sd_decode (data, size, &error);

  g_assert_true ((sd == NULL) == (error != NULL));
  if (sd == NULL)
    return 0;
  expect_round_trip (sd);
  expect_text (sd);
  expect_grant (sd);
  return 0;
}
