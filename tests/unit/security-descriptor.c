/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <string.h>

#include "base/error.h"
#include "model/sddl.h"
#include "tests/support/sd-text.h"

TestSuite (access_mask, .timeout = 60);
TestSuite (security_descriptor, .timeout = 60);

/* ---- Masks ----------------------------------------------------------------------------------- */

typedef struct
{
  guint32 mask;
  const char *text;
} MaskRow;

static const MaskRow mask_rows[] = {
  { E13_MASK_FULL, "Full control" },
  { E13_MASK_GENERIC_ALL, "Full control" },
  { E13_MASK_MODIFY, "Modify" },
  { E13_MASK_READ_AND_EXECUTE, "Read & execute" },
  { E13_MASK_GENERIC_READ | E13_MASK_GENERIC_EXECUTE, "Read & execute" },
  { E13_MASK_READ, "Read" },
  { E13_MASK_WRITE, "Write" },
  { E13_MASK_READ | E13_MASK_WRITE, "Read, Write" },
  { E13_MASK_READ_AND_EXECUTE | E13_MASK_WRITE, "Read & execute, Write" },
  { E13_MASK_MODIFY | E13_MASK_DELETE_CHILD, "Modify, Delete subfolders and files" },
  { E13_MASK_GENERIC_WRITE, "Write, Read permissions" },
  { E13_MASK_WRITE_DATA, "Create files/write data" },
  { E13_MASK_DELETE | E13_MASK_SYNCHRONIZE, "Delete, Synchronize" },
  { 0x8000, "0x8000" },
  { E13_MASK_DELETE | 0x8000, "Delete, 0x8000" },
  { 0, "0x0" },
};

Test (access_mask, names)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mask_rows); i++)
    {
      g_autofree char *text = e13_mask_describe (mask_rows[i].mask);

      cr_expect_str_eq (text, mask_rows[i].text, "0x%x is '%s', not '%s'", mask_rows[i].mask, mask_rows[i].text, text);
    }
}

Test (access_mask, generic_bits)
{
  cr_expect_eq (e13_mask_map_generic (E13_MASK_GENERIC_READ), 0x120089);
  cr_expect_eq (e13_mask_map_generic (E13_MASK_GENERIC_WRITE), 0x120116);
  cr_expect_eq (e13_mask_map_generic (E13_MASK_GENERIC_EXECUTE), 0x1200a0);
  cr_expect_eq (e13_mask_map_generic (E13_MASK_GENERIC_ALL), 0x1f01ff);
  cr_expect_eq (e13_mask_map_generic (E13_MASK_DELETE | E13_MASK_GENERIC_READ), 0x130089);
}

/* ---- Bytes ----------------------------------------------------------------------------------- */

/* O:BAG:SYD:PAI(A;;0x1ff;;;SY)(A;;0x1301bf;;;AU)(A;;0x1200a9;;;IS), as Samba packed it. */
#define WORKED_EXAMPLE                                                                                                 \
  "01000494"                                                                                                           \
  "14000000"                                                                                                           \
  "24000000"                                                                                                           \
  "00000000"                                                                                                           \
  "30000000"                                                                                                           \
  "01020000000000052000000020020000"                                                                                   \
  "010100000000000512000000"                                                                                           \
  "0400480003000000"                                                                                                   \
  "00001400ff010000010100000000000512000000"                                                                           \
  "00001400bf01130001010000000000050b000000"                                                                           \
  "00001800a900120001020000000000052000000038020000"

Test (security_descriptor, the_worked_example)
{
  g_autoptr (E13SecurityDescriptor) sd = sd_from_text (WORKED_EXAMPLE);
  g_autofree char *sddl = e13_sddl_format (sd, NULL);

  cr_expect_str_eq (sddl, "O:BAG:SYD:PAI(A;;0x1ff;;;SY)(A;;0x1301bf;;;AU)(A;;0x1200a9;;;IS)", "%s", sddl);
  cr_expect_eq (sd->dacl->revision, 4);
}

static void
expect_same_after_bytes (const E13SecurityDescriptor *sd, const char *label)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = e13_sd_encode (sd, &error);
  g_autoptr (E13SecurityDescriptor) again = NULL;
  g_autoptr (GBytes) second = NULL;

  cr_assert_not_null (bytes, "%s: %s", label, error != NULL ? error->message : "");
  again = e13_sd_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  cr_assert_not_null (again, "%s: %s", label, error != NULL ? error->message : "");
  cr_assert (e13_sd_equal (sd, again), "%s", label);
  second = e13_sd_encode (again, NULL);
  cr_assert (g_bytes_equal (bytes, second), "%s", label);
}

Test (security_descriptor, encoding_and_decoding_are_inverse)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (E13SecurityDescriptor) sd = sd_random (rand, 12, TRUE);
      g_autofree char *label = g_strdup_printf ("seed %u, descriptor %u", seed, i);

      expect_same_after_bytes (sd, label);
    }
}

Test (security_descriptor, a_copy_is_equal_and_its_own)
{
  g_autoptr (E13SecurityDescriptor) sd = sd_from_text (WORKED_EXAMPLE);
  g_autoptr (E13SecurityDescriptor) copy = e13_sd_copy (sd);
  E13Ace ace = *e13_win_acl_at (sd->dacl, 0);

  cr_expect (e13_sd_equal (sd, copy));
  e13_win_acl_insert (copy->dacl, 1, &ace);
  cr_expect_not (e13_sd_equal (sd, copy));
  cr_expect_eq (sd->dacl->aces->len, 3);
}

/* Entries that say more than who may do what are kept, whatever they hold. */
static const char *const odd_entries[] = {
  "0900180003001200"
  "010100000000000100000000"
  "61727478", /* conditional */
  "0500240003001200"
  "01000000"
  "00112233445566778899aabbccddeeff"
  "0101000000000001"
  "00", /* see below: too short */
  "42100c0001020304"
  "05060708", /* unknown */
  "0000180003001200"
  "010100000000000100000000"
  "deadbeef", /* slack after the SID */
};

static char *
descriptor_around (const char *ace_hex)
{
  guint ace_size = (guint)strlen (ace_hex) / 2;

  return g_strdup_printf ("0100048000000000000000000000000014000000"
                          "0400%02x00"
                          "01000000%s",
                          ace_size + 8, ace_hex);
}

Test (security_descriptor, odd_entries_are_kept_byte_for_byte)
{
  for (gsize i = 0; i < G_N_ELEMENTS (odd_entries); i++)
    {
      g_autofree char *hex = descriptor_around (odd_entries[i]);
      g_autoptr (GByteArray) bytes = bytes_from_hex (hex);
      g_autoptr (E13SecurityDescriptor) sd = e13_sd_decode (bytes->data, bytes->len, NULL);
      g_autoptr (GBytes) encoded = NULL;
      gboolean is_short = odd_entries[i][1] == '5';

      cr_assert_eq (sd == NULL, is_short, "%s", odd_entries[i]);
      if (sd == NULL)
        continue;
      cr_expect_not_null (e13_win_acl_at (sd->dacl, 0)->raw, "%s", odd_entries[i]);
      encoded = e13_sd_encode (sd, NULL);
      cr_expect (g_bytes_get_size (encoded) == bytes->len
                     && memcmp (g_bytes_get_data (encoded, NULL), bytes->data, bytes->len) == 0,
                 "%s", odd_entries[i]);
    }
}

Test (security_descriptor, an_odd_entry_for_somebody_else_keeps_its_condition)
{
  g_autofree char *hex = descriptor_around (odd_entries[0]);
  g_autoptr (E13SecurityDescriptor) sd = sd_from_text (hex);
  E13Sid other = e13_sid_well_known ("S-1-5-32-544");
  E13Ace ace = e13_ace_with (e13_win_acl_at (sd->dacl, 0), E13_ACE_INHERITED, E13_MASK_READ, &other);
  g_autoptr (E13SecurityDescriptor) expected = NULL;
  g_autofree char *expected_hex = descriptor_around ("09101c0089001200"
                                                     "01020000000000052000000020020000"
                                                     "61727478");

  expected = sd_from_text (expected_hex);
  cr_expect (e13_ace_equal (&ace, e13_win_acl_at (expected->dacl, 0)));
  e13_ace_clear (&ace);
}

/* ---- Hostile bytes --------------------------------------------------------------------------- */

/* In memory of just that size, so that the address sanitizer sees what reads beyond. What is accepted must come
 * back. */
static gboolean
try_bytes (const guint8 *bytes, gsize size, const char *label)
{
  g_autofree guint8 *exact = g_memdup2 (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (E13SecurityDescriptor) sd = e13_sd_decode (exact, size, &error);

  cr_assert_eq (sd == NULL, error != NULL, "%s", label);
  if (sd == NULL)
    cr_assert (g_error_matches (error, E13_ERROR, E13_ERROR_INPUT), "%s", label);
  else
    expect_same_after_bytes (sd, label);
  return sd != NULL;
}

Test (security_descriptor, every_truncation)
{
  g_autoptr (GByteArray) bytes = bytes_from_hex (WORKED_EXAMPLE);

  for (guint size = 0; size < bytes->len; size++)
    {
      g_autofree char *label = g_strdup_printf ("cut to %u bytes", size);

      cr_expect_not (try_bytes (bytes->data, size, label), "%s: accepted", label);
    }
}

Test (security_descriptor, every_byte_in_all_values)
{
  g_autoptr (GByteArray) bytes = bytes_from_hex (WORKED_EXAMPLE);
  guint n_accepted = 0;

  for (guint at = 0; at < bytes->len; at++)
    for (guint value = 0; value < 256; value++)
      {
        guint8 was = bytes->data[at];
        g_autofree char *label = g_strdup_printf ("byte %u set to 0x%02x", at, value);

        bytes->data[at] = (guint8)value;
        n_accepted += try_bytes (bytes->data, bytes->len, label);
        bytes->data[at] = was;
      }
  cr_expect_gt (n_accepted, bytes->len, "some of them are other descriptors, equally good");
}

Test (security_descriptor, random_damage)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (E13SecurityDescriptor) sd = sd_random (rand, 6, TRUE);
      g_autoptr (GBytes) good = e13_sd_encode (sd, NULL);
      gsize size = g_bytes_get_size (good);
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (good, NULL), size);
      g_autofree char *label = g_strdup_printf ("seed %u, descriptor %u", seed, i);

      for (guint flips = (guint)g_rand_int_range (rand, 1, 5); flips > 0; flips--)
        bytes[g_rand_int_range (rand, 0, (gint32)size)] = (guint8)g_rand_int (rand);
      try_bytes (bytes, size, label);
    }
}

typedef struct
{
  const char *label;
  guint at;
  guint32 value;
  guint size;
} Lie;

static const Lie lies[] = {
  { "revision", 0, 2, 1 },
  { "not self-relative", 2, 0x1404, 2 },
  { "owner in the header", 4, 19, 4 },
  { "owner at the end", 4, 132, 4 },
  { "owner beyond", 4, 0xffffffff, 4 },
  { "group beyond", 8, 0x80000000, 4 },
  { "list beyond", 16, 0xfffffff0, 4 },
  { "list inside the header", 16, 4, 4 },
  { "list of revision 1", 48, 1, 1 },
  { "list of revision 5", 48, 5, 1 },
  { "list smaller than its head", 50, 7, 2 },
  { "list larger than the rest", 50, 0x49, 2 },
  { "list of 64 KiB", 50, 0xffff, 2 },
  { "one entry too many", 52, 4, 2 },
  { "65535 entries", 52, 0xffff, 2 },
  { "entry of no size", 58, 0, 2 },
  { "entry of its head alone", 58, 4, 2 },
  { "entry larger than the list", 58, 0x41, 2 },
  { "SID larger than its entry", 65, 2, 1 },
};

Test (security_descriptor, lying_sizes_and_offsets)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (GByteArray) bytes = bytes_from_hex (WORKED_EXAMPLE);
      guint32 raw = GUINT32_TO_LE (lies[i].value);

      cr_assert_eq (bytes->len, 120);
      memcpy (bytes->data + lies[i].at, &raw, lies[i].size);
      cr_expect_not (try_bytes (bytes->data, bytes->len, lies[i].label), "%s: accepted", lies[i].label);
    }
}

Test (security_descriptor, lists_of_64_kilobytes)
{
  g_autoptr (E13SecurityDescriptor) sd = sd_from_text ("D:");
  const E13Ace ace = { .mask = 1, .sid = e13_sid_well_known ("S-1-1-0"), .has_sid = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  while (sd->dacl->aces->len < (65535 - 8) / 20)
    e13_win_acl_insert (sd->dacl, G_MAXUINT, &ace);
  expect_same_after_bytes (sd, "as full as can be");
  e13_win_acl_insert (sd->dacl, G_MAXUINT, &ace);
  bytes = e13_sd_encode (sd, &error);
  cr_expect_null (bytes);
  cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_INPUT));
}

/* ---- Order ----------------------------------------------------------------------------------- */

typedef struct
{
  const char *sddl;
  guint position;
} OrderRow;

static const OrderRow order_rows[] = {
  { "D:", G_MAXUINT },
  { "D:(D;;1;;;WD)(A;;1;;;WD)(D;ID;1;;;WD)(A;ID;1;;;WD)", G_MAXUINT },
  { "D:(A;ID;1;;;WD)(D;ID;1;;;WD)", G_MAXUINT }, /* the deny may be the grandparent's */
  { "D:(A;;1;;;WD)(D;;1;;;WD)", 1 },
  { "D:(D;;1;;;WD)(A;ID;1;;;WD)(A;;1;;;WD)", 2 },
  { "D:(A;ID;1;;;WD)(D;;1;;;WD)", 1 },
};

Test (security_descriptor, canonical_order)
{
  for (gsize i = 0; i < G_N_ELEMENTS (order_rows); i++)
    {
      g_autoptr (E13SecurityDescriptor) sd = sd_from_text (order_rows[i].sddl);
      guint position = e13_win_acl_first_out_of_order (sd->dacl);

      cr_expect_eq (position, order_rows[i].position, "%s: %u", order_rows[i].sddl, position);
    }
}
