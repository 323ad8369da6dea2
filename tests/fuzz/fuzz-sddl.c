/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* SDDL. What can be read must mean the same after it was written. */

#include "model/sddl.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const E13Sid domain = { .authority = 5, .n_sub_authorities = 4, .sub_authorities = { 21, 1, 2, 3 } };
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (E13SecurityDescriptor) sd = e13_sddl_parse (text, &domain, &error);
  g_autoptr (E13SecurityDescriptor) again = NULL;
  g_autofree char *written = NULL;

  g_assert_true ((sd == NULL) == (error != NULL));
  if (sd == NULL)
    return 0;
  written = e13_sddl_format (sd, NULL);
  g_assert_nonnull (written);
  again = e13_sddl_parse (written, NULL, NULL);
  g_assert_true (again != NULL && e13_sd_equal (sd, again));
  return 0;
}
