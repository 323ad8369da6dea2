/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/sid.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"

#define REVISION 1
#define AUTHORITY_MAX G_GUINT64_CONSTANT (0xffffffffffff)

gboolean
e13_sid_equal (const E13Sid *a, const E13Sid *b)
{
  return a->authority == b->authority && a->n_sub_authorities == b->n_sub_authorities
         && memcmp (a->sub_authorities, b->sub_authorities, a->n_sub_authorities * sizeof a->sub_authorities[0]) == 0;
}

/* ---- Text ------------------------------------------------------------------------------------ */

char *
e13_sid_to_text (const E13Sid *sid)
{
  GString *text = g_string_new (NULL);

  /* [MS-DTYP] 2.4.2.1: hexadecimal from 2^32 on. */
  g_string_printf (text, sid->authority <= G_MAXUINT32 ? "S-1-%" G_GUINT64_FORMAT : "S-1-0x%012" G_GINT64_MODIFIER "x",
                   sid->authority);
  for (guint i = 0; i < sid->n_sub_authorities; i++)
    g_string_append_printf (text, "-%" G_GUINT32_FORMAT, sid->sub_authorities[i]);
  return g_string_free (text, FALSE);
}

/* Takes a number of at most @max that begins with a digit: decimal, or after 0x as many hexadecimal digits as @max has.
 * In SDDL a D may follow that begins the DACL. */
static gboolean
take_number (const char **text, guint64 max, guint64 *ret_number)
{
  gboolean is_hex = g_ascii_strncasecmp (*text, "0x", 2) == 0 && g_ascii_isxdigit ((*text)[2]);
  const char *p = is_hex ? *text + 2 : *text;
  guint64 number = 0;

  if (!g_ascii_isdigit (**text))
    return FALSE;
  if (is_hex)
    for (guint64 room = max; room != 0 && g_ascii_isxdigit (*p); room >>= 4)
      number = number << 4 | (guint64)g_ascii_xdigit_value (*p++);
  else
    for (; g_ascii_isdigit (*p) && number <= max; p++)
      number = number * 10 + (guint64)g_ascii_digit_value (*p);
  *text = p;
  *ret_number = number;
  return number <= max;
}

static gboolean
take_sid (const char **text, E13Sid *sid)
{
  if (g_ascii_strncasecmp (*text, "S-1-", 4) != 0)
    return FALSE;
  *text += 4;
  if (!take_number (text, AUTHORITY_MAX, &sid->authority))
    return FALSE;
  while (**text == '-')
    {
      guint64 number;

      ++*text;
      if (sid->n_sub_authorities == E13_SID_MAX_SUB_AUTHORITIES || !take_number (text, G_MAXUINT32, &number))
        return FALSE;
      sid->sub_authorities[sid->n_sub_authorities++] = (guint32)number;
    }
  return TRUE;
}

gboolean
e13_sid_parse (const char *text, E13Sid *ret_sid, const char **ret_end, GError **error)
{
  E13Sid sid = { 0 };
  const char *end = text;

  if (!take_sid (&end, &sid) || (ret_end == NULL && *end != '\0'))
    {
      g_autofree char *shown = e13_quote_display (text);

      return e13_throw (error, E13_ERROR_INPUT, "'%s' is not a security identifier", shown);
    }
  *ret_sid = sid;
  if (ret_end != NULL)
    *ret_end = end;
  return TRUE;
}

/* ---- Bytes ----------------------------------------------------------------------------------- */

gboolean
e13_sid_decode (const guint8 *bytes, gsize size, E13Sid *ret_sid, GError **error)
{
  E13Sid sid = { 0 };

  if (size < 8 || bytes[0] != REVISION)
    return e13_throw (error, E13_ERROR_INPUT, "a security identifier is cut short or of an unknown revision");
  sid.n_sub_authorities = bytes[1];
  if (sid.n_sub_authorities > E13_SID_MAX_SUB_AUTHORITIES || size < 8 + 4 * (gsize)sid.n_sub_authorities)
    return e13_throw (error, E13_ERROR_INPUT,
                      "a security identifier claims %u sub-authorities, more than there is room for",
                      sid.n_sub_authorities);
  for (guint i = 2; i < 8; i++)
    sid.authority = sid.authority << 8 | bytes[i];
  for (guint i = 0; i < sid.n_sub_authorities; i++)
    {
      guint32 raw;

      memcpy (&raw, bytes + 8 + 4 * i, sizeof raw);
      sid.sub_authorities[i] = GUINT32_FROM_LE (raw);
    }
  *ret_sid = sid;
  return TRUE;
}

gsize
e13_sid_size (const E13Sid *sid)
{
  return 8 + 4 * (gsize)sid->n_sub_authorities;
}

void
e13_sid_encode (const E13Sid *sid, GByteArray *out)
{
  guint8 head[8] = { REVISION, sid->n_sub_authorities };

  for (guint i = 0; i < 6; i++)
    head[7 - i] = (guint8)(sid->authority >> (8 * i));
  g_byte_array_append (out, head, sizeof head);
  for (guint i = 0; i < sid->n_sub_authorities; i++)
    {
      guint32 raw = GUINT32_TO_LE (sid->sub_authorities[i]);

      g_byte_array_append (out, (const guint8 *)&raw, sizeof raw);
    }
}

/* ---- Well-known ones ------------------------------------------------------------------------- */

static const E13KnownSid known_sids[] = {
#define E13_SID(alias, text, name) { alias, text, name },
#include "model/sids.def"
#undef E13_SID
};

const E13KnownSid *
e13_sid_known (const E13Sid *sid)
{
  g_autofree char *text = e13_sid_to_text (sid);

  for (gsize i = 0; i < G_N_ELEMENTS (known_sids); i++)
    if (g_str_equal (known_sids[i].text, text))
      return &known_sids[i];
  return NULL;
}

char *
e13_sid_describe (const E13Sid *sid)
{
  const E13KnownSid *known = e13_sid_known (sid);
  g_autofree char *text = e13_sid_to_text (sid);

  return known != NULL ? g_strdup_printf ("%s (%s)", known->name, text) : g_steal_pointer (&text);
}

E13Sid
e13_sid_well_known (const char *text)
{
  E13Sid sid = { 0 };
  gboolean valid = e13_sid_parse (text, &sid, NULL, NULL);

  g_assert (valid);
  return sid;
}

gboolean
e13_sid_from_alias (const char *alias, gsize length, E13Sid *ret_sid)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_sids); i++)
    if (known_sids[i].alias != NULL && strlen (known_sids[i].alias) == length
        && g_ascii_strncasecmp (known_sids[i].alias, alias, length) == 0)
      return e13_sid_parse (known_sids[i].text, ret_sid, NULL, NULL);
  return FALSE;
}

/* ---- Application pools ----------------------------------------------------------------------- */

static void
append_utf16le (GByteArray *out, const gunichar2 *units, glong n_units)
{
  for (glong i = 0; i < n_units; i++)
    {
      gunichar2 raw = GUINT16_TO_LE (units[i]);

      g_byte_array_append (out, (const guint8 *)&raw, sizeof raw);
    }
}

/* Character by character, as an invariant mapping does it: no special casing, no locale. */
static char *
simple_lower (const char *name)
{
  GString *lower = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (lower, g_unichar_tolower (g_utf8_get_char (p)));
  return g_string_free (lower, FALSE);
}

/* As IIS validates it. */
static gboolean
is_pool_name (const char *name)
{
  return *name != '\0' && strpbrk (name, "|<>&\"/\\[]+=;:,?*@") == NULL && g_utf8_validate (name, -1, NULL);
}

gboolean
e13_sid_of_app_pool (const char *name, E13Sid *ret_sid, GError **error)
{
  g_autoptr (GChecksum) sha1 = g_checksum_new (G_CHECKSUM_SHA1);
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autofree char *lower = NULL;
  g_autofree gunichar2 *units = NULL;
  glong n_units = 0;
  guint8 digest[20];
  gsize size = sizeof digest;
  E13Sid sid = { .authority = 5, .n_sub_authorities = 6, .sub_authorities = { 82 } };

  if (!is_pool_name (name))
    {
      g_autofree char *shown = e13_quote_display (name);

      return e13_throw (error, E13_ERROR_INPUT, "'%s' cannot be the name of an application pool", shown);
    }
  lower = simple_lower (name);
  units = g_utf8_to_utf16 (lower, -1, NULL, &n_units, NULL);
  append_utf16le (text, units, n_units);
  g_checksum_update (sha1, text->data, text->len);
  g_checksum_get_digest (sha1, digest, &size);
  for (guint i = 0; i < 5; i++)
    {
      guint32 raw;

      memcpy (&raw, digest + 4 * i, sizeof raw);
      sid.sub_authorities[i + 1] = GUINT32_FROM_LE (raw);
    }
  *ret_sid = sid;
  return TRUE;
}
