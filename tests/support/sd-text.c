/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/sd-text.h"

#include <string.h>

#include "model/sddl.h"

/* ---- From text ------------------------------------------------------------------------------- */

GByteArray *
bytes_from_hex (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (; *text != '\0'; text += 2)
    {
      guint8 byte;

      if (!g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
        return NULL;
      byte = (guint8)(g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_steal_pointer (&bytes);
}

E13SecurityDescriptor *
sd_from_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) bytes = bytes_from_hex (text);
  E13SecurityDescriptor *sd = bytes != NULL && bytes->len > 0 ? e13_sd_decode (bytes->data, bytes->len, &error)
                                                              : e13_sddl_parse (text, NULL, &error);

  if (sd == NULL)
    g_error ("%s: %s", text, error->message);
  return sd;
}

E13Sid
sid_from_text (const char *text)
{
  E13Sid sid;

  return e13_sid_from_alias (text, strlen (text), &sid) ? sid : e13_sid_well_known (text);
}

static void
take_word (E13Token *token, const char *word)
{
  E13Sid sid;

  if (g_str_equal (word, "$security"))
    token->privileges |= E13_PRIVILEGE_SECURITY;
  else if (g_str_equal (word, "$owner"))
    token->privileges |= E13_PRIVILEGE_TAKE_OWNERSHIP;
  else if (*word == '@')
    token->integrity = (guint32)g_ascii_strtoull (word + 1, NULL, 10);
  else if (*word == '?')
    {
      if (token->restricted == NULL)
        token->restricted = g_array_new (FALSE, FALSE, sizeof (E13Sid));
      sid = sid_from_text (word + 1);
      g_array_append_val (token->restricted, sid);
    }
  else
    {
      sid = sid_from_text (*word == '!' ? word + 1 : word);
      e13_token_add_group (token, &sid, *word == '!' ? E13_SID_USE_FOR_DENY_ONLY : E13_SID_ENABLED);
    }
}

E13Token *
token_from_text (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  E13Sid user = sid_from_text (words[0]);
  E13Token *token = e13_token_new (text, &user);

  for (guint i = 1; words[i] != NULL; i++)
    take_word (token, words[i]);
  return token;
}

/* ---- At random ------------------------------------------------------------------------------- */

static E13Sid
random_sid (GRand *rand)
{
  static const char *const common[] = { "WD", "AU", "BU",       "BA",         "SY",         "CO", "CG",
                                        "OW", "IS", "S-1-5-17", "S-1-0-0",    "S-1-5-82-0", "NS", "S-1-5-21-1-2-3-1000",
                                        "PS", "RC", "S-1-5",    "S-1-16-8192" };
  E13Sid sid = sid_from_text (common[g_rand_int_range (rand, 0, G_N_ELEMENTS (common))]);

  if (g_rand_int_range (rand, 0, 16) == 0)
    {
      sid.authority = (guint64)g_rand_int (rand) << 16 | 1;
      sid.n_sub_authorities = (guint8)g_rand_int_range (rand, 0, E13_SID_MAX_SUB_AUTHORITIES + 1);
      for (guint i = 0; i < sid.n_sub_authorities; i++)
        sid.sub_authorities[i] = g_rand_int (rand);
    }
  return sid;
}

static guint32
random_mask (GRand *rand)
{
  static const guint32 common[]
      = { E13_MASK_FULL,         E13_MASK_MODIFY,      E13_MASK_READ_AND_EXECUTE, E13_MASK_READ,
          E13_MASK_WRITE,        E13_MASK_WRITE_DATA,  E13_MASK_WRITE_DAC,        E13_MASK_DELETE,
          E13_MASK_DELETE_CHILD, E13_MASK_GENERIC_ALL, E13_MASK_GENERIC_WRITE,    E13_MASK_READ_CONTROL };

  return g_rand_boolean (rand) ? common[g_rand_int_range (rand, 0, G_N_ELEMENTS (common))]
                               : g_rand_int (rand) & (E13_MASK_FULL | E13_MASK_GENERIC_READ);
}

/* The bytes of an entry of some other type, as a list of its own to be decoded. */
static void
insert_odd (GRand *rand, E13WinAcl *acl)
{
  static const guint8 types[] = { 0x4, 0x5, 0x6, 0x7, 0x9, 0xa, 0xb, 0xc, 0xd, 0x12, 0x13, 0x14, 0x42, 0xff };
  static const guint8 head[]
      = { 1, 0, 4, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0 };
  static const guint8 everyone[] = { 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (E13SecurityDescriptor) sd = NULL;
  guint8 type = types[g_rand_int_range (rand, 0, G_N_ELEMENTS (types))];
  gboolean is_object = (type >= 5 && type <= 8) || type == 0xb || type == 0xc;
  guint tail = (guint)g_rand_int_range (rand, 0, 9);

  g_byte_array_append (bytes, head, sizeof head);
  g_byte_array_append (bytes, (const guint8[]){ type, (guint8)g_rand_int (rand), 0, 0, 3, 0, 0x12, 0 }, 8);
  if (is_object)
    g_byte_array_append (bytes, (const guint8[]){ 0, 0, 0, 0 }, 4);
  g_byte_array_append (bytes, everyone, sizeof everyone);
  for (guint i = 0; i < tail; i++)
    g_byte_array_append (bytes, (const guint8[]){ (guint8)g_rand_int (rand) }, 1);
  bytes->data[30] = (guint8)(bytes->len - 28);
  bytes->data[22] = (guint8)(bytes->len - 20);
  sd = e13_sd_decode (bytes->data, bytes->len, NULL);
  g_assert_nonnull (sd);
  e13_win_acl_insert (acl, G_MAXUINT, e13_win_acl_at (sd->dacl, 0));
}

static E13WinAcl *
random_acl (GRand *rand, guint max_entries, gboolean with_odd)
{
  E13WinAcl *acl = e13_win_acl_new (with_odd ? 4 : 2);
  guint n = (guint)g_rand_int_range (rand, 0, (gint32)max_entries + 1);

  for (guint i = 0; i < n; i++)
    {
      E13Ace ace = { .has_sid = TRUE };

      if (with_odd && g_rand_int_range (rand, 0, 4) == 0)
        {
          insert_odd (rand, acl);
          continue;
        }
      ace.type = g_rand_int_range (rand, 0, 3) == 0 ? E13_ACE_DENY : E13_ACE_ALLOW;
      ace.flags = g_rand_boolean (rand) ? (guint8)(g_rand_int (rand) & 0x1f) : 0;
      ace.mask = random_mask (rand);
      ace.sid = random_sid (rand);
      e13_win_acl_insert (acl, G_MAXUINT, &ace);
    }
  return acl;
}

E13SecurityDescriptor *
sd_random (GRand *rand, guint max_entries, gboolean with_odd)
{
  E13SecurityDescriptor *sd = e13_sd_new ();

  sd->has_owner = g_rand_int_range (rand, 0, 8) != 0;
  sd->has_group = g_rand_int_range (rand, 0, 8) != 0;
  if (sd->has_owner)
    sd->owner = random_sid (rand);
  if (sd->has_group)
    sd->group = random_sid (rand);
  if (g_rand_int_range (rand, 0, 16) != 0)
    sd->control |= E13_SD_DACL_PRESENT;
  if ((sd->control & E13_SD_DACL_PRESENT) != 0 && g_rand_int_range (rand, 0, 16) != 0)
    sd->dacl = random_acl (rand, max_entries, with_odd);
  if (g_rand_int_range (rand, 0, 8) == 0)
    {
      sd->control |= E13_SD_SACL_PRESENT;
      sd->sacl = random_acl (rand, 2, with_odd);
    }
  sd->control |= g_rand_int (rand) & (E13_SD_DACL_PROTECTED | E13_SD_DACL_AUTO_INHERITED);
  return sd;
}
