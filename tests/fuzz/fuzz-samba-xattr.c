/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What Samba keeps in extended attributes: read, and put back as it was. */

#include "model/samba-xattr.h"
#include "model/security-descriptor.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
try_ntacl (GBytes *blob)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sd = e13_ntacl_get_sd (blob, &error);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (E13SecurityDescriptor) decoded = NULL;

  g_assert_true ((sd == NULL) == (error != NULL));
  if (sd == NULL)
    return;
  again = e13_ntacl_with_sd (blob, sd, NULL);
  g_assert_true (again != NULL && g_bytes_equal (again, blob));
  decoded = e13_sd_decode (g_bytes_get_data (sd, NULL), g_bytes_get_size (sd), NULL);
}

static void
try_dosattrib (GBytes *blob)
{
  guint32 attributes = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = NULL;

  if (!e13_dosattrib_get (blob, &attributes, &error))
    {
      g_assert_nonnull (error);
      return;
    }
  again = e13_dosattrib_with (blob, attributes, NULL);
  g_assert_true (again != NULL && g_bytes_equal (again, blob));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) blob = g_bytes_new (data, size);

  try_ntacl (blob);
  try_dosattrib (blob);
  return 0;
}
