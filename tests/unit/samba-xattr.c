/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The blobs were packed by Samba 4.17 (python3-samba, ndr_pack). */

#include <criterion/criterion.h>
#include <string.h>

#include "base/error.h"
#include "model/samba-xattr.h"
#include "model/sddl.h"

TestSuite (samba_xattr, .timeout = 60);

/* What stands behind the offsets of each descriptor. */
#define PARTS                                                                                                          \
  "01020000000000052000000020020000010100000000000512000000"                                                           \
  "040030000200000000001400ff01000001010000000000051200000000001400bf01130001010000000000050b000000"
#define HASH_2 "02020202020202020202020202020202"
#define HASH_3 "03030303030303030303030303030303"

static const struct
{
  const char *label;
  const char *hex;
} ntacls[] = {
  { "version 1", "0100010000000200010004941c0000002c0000000000000038000000" PARTS },
  { "version 2", "020002000000020004000200"
                 "01010101010101010101010101010101"
                 "010004943000000040000000000000004c000000" PARTS },
  { "version 3", "0300030000000200040002000100" HASH_2 HASH_2 HASH_2 HASH_2 "0000"
                 "010004946400000074000000000000008000"
                 "0000" PARTS },
  { "version 4", "0400040000000200040002000100" HASH_2 HASH_2 HASH_2 HASH_2 "706f7369785f61636c00"
                 "8877665544332211" HASH_3 HASH_3 HASH_3 HASH_3 "01000494b4000000c400000000000000d0000000" PARTS },
};

static const struct
{
  const char *label;
  const char *hex;
} dosattribs[] = {
  { "version 3",
    "3078323100000300030000000100000021000000000000000000000000000000000000000000000000000000000000000000000000"
    "000000" },
  { "version 4", "0000040004000000010000002100000000000000000000000000000000000000" },
};

static GBytes *
from_hex (const char *hex)
{
  gsize n = strlen (hex) / 2;
  guint8 *data = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    data[i] = (guint8)(g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return g_bytes_new_take (data, n);
}

static char *
sddl_of (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (E13SecurityDescriptor) sd = e13_sd_decode (data, size, NULL);

  return sd != NULL ? e13_sddl_format (sd, NULL) : NULL;
}

Test (samba_xattr, descriptors_come_out_and_go_back)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ntacls); i++)
    {
      g_autoptr (GBytes) ntacl = from_hex (ntacls[i].hex);
      g_autoptr (GBytes) sd = e13_ntacl_get_sd (ntacl, NULL);
      g_autoptr (GBytes) again = NULL;
      g_autofree char *sddl = NULL;

      cr_assert_not_null (sd, "%s", ntacls[i].label);
      sddl = sddl_of (sd);
      cr_expect_str_eq (sddl, "O:BAG:SYD:PAI(A;;0x1ff;;;SY)(A;;0x1301bf;;;AU)", "%s: %s", ntacls[i].label, sddl);
      again = e13_ntacl_with_sd (ntacl, sd, NULL);
      cr_expect (again != NULL && g_bytes_equal (ntacl, again), "%s: it did not come back byte for byte",
                 ntacls[i].label);
    }
}

Test (samba_xattr, another_descriptor_takes_its_place)
{
  g_autoptr (E13SecurityDescriptor) sd = e13_sddl_parse ("D:P(A;;FA;;;WD)", NULL, NULL);
  g_autoptr (GBytes) bytes = e13_sd_encode (sd, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ntacls); i++)
    {
      g_autoptr (GBytes) ntacl = from_hex (ntacls[i].hex);
      g_autoptr (GBytes) changed = e13_ntacl_with_sd (ntacl, bytes, NULL);
      g_autoptr (GBytes) found = e13_ntacl_get_sd (changed, NULL);

      cr_expect (g_bytes_equal (found, bytes), "%s", ntacls[i].label);
    }
}

Test (samba_xattr, each_cut_is_an_error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ntacls); i++)
    {
      g_autoptr (GBytes) ntacl = from_hex (ntacls[i].hex);
      gsize parts = strlen (PARTS) / 2;

      for (gsize length = 0; length < g_bytes_get_size (ntacl) - parts; length++)
        {
          g_autoptr (GBytes) cut = g_bytes_new_from_bytes (ntacl, 0, length);
          g_autoptr (GError) error = NULL;

          cr_expect_null (e13_ntacl_get_sd (cut, &error), "%s, %" G_GSIZE_FORMAT " bytes", ntacls[i].label, length);
          cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_INPUT));
        }
    }
}

Test (samba_xattr, what_lies_is_an_error)
{
  static const struct
  {
    const char *label;
    const char *hex;
    int code;
  } rows[] = {
    { "version 5", "0500050000000200010004941c0000002c0000000000000038000000" PARTS, E13_ERROR_UNSUPPORTED },
    { "two versions", "0100020000000200010004941c0000002c0000000000000038000000" PARTS, E13_ERROR_INPUT },
    { "an owner in the header", "010001000000020001000494020000002c0000000000000038000000" PARTS, E13_ERROR_INPUT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) ntacl = from_hex (rows[i].hex);
      g_autoptr (GError) error = NULL;

      cr_expect_null (e13_ntacl_get_sd (ntacl, &error), "%s", rows[i].label);
      cr_expect (g_error_matches (error, E13_ERROR, rows[i].code), "%s", rows[i].label);
    }
}

Test (samba_xattr, attributes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dosattribs); i++)
    {
      g_autoptr (GBytes) blob = from_hex (dosattribs[i].hex);
      g_autoptr (GBytes) changed = NULL;
      guint32 attributes = 0;

      cr_assert (e13_dosattrib_get (blob, &attributes, NULL), "%s", dosattribs[i].label);
      cr_expect_eq (attributes, 0x21, "%s: 0x%x", dosattribs[i].label, attributes);
      changed = e13_dosattrib_with (blob, 0x20, NULL);
      cr_expect (e13_dosattrib_get (changed, &attributes, NULL) && attributes == 0x20, "%s", dosattribs[i].label);
      for (gsize length = 0; length < 12; length++)
        {
          g_autoptr (GBytes) cut = g_bytes_new_from_bytes (blob, 0, length);
          g_autoptr (GError) error = NULL;

          cr_expect_not (e13_dosattrib_get (cut, &attributes, &error), "%s", dosattribs[i].label);
        }
    }
}

Test (samba_xattr, a_new_one_is_of_the_first_version)
{
  g_autoptr (GBytes) first = from_hex (ntacls[0].hex);
  g_autoptr (GBytes) sd = e13_ntacl_get_sd (first, NULL);
  g_autoptr (GBytes) made = e13_ntacl_new (sd);
  g_autoptr (GBytes) found = e13_ntacl_get_sd (made, NULL);
  const guint8 *bytes = g_bytes_get_data (made, NULL);

  cr_assert_not_null (found);
  cr_expect (g_bytes_equal (found, sd));
  cr_expect_eq (bytes[0], 1);
  cr_expect_eq (bytes[2], 1);
}
