/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The self-relative form: [MS-DTYP] 2.4.6 (descriptor), 2.4.5 (ACL), 2.4.4 (entries). */

#include <string.h>

#include "base/error.h"
#include "model/security-descriptor.h"

#define SD_HEADER 20
#define ACL_HEADER 8
#define ACE_HEADER 4
#define OBJECT_TYPE_PRESENT 1u
#define INHERITED_OBJECT_TYPE_PRESENT 2u
#define GUID_BYTES 16

static guint16
get16 (const guint8 *bytes)
{
  guint16 raw;

  memcpy (&raw, bytes, sizeof raw);
  return GUINT16_FROM_LE (raw);
}

static guint32
get32 (const guint8 *bytes)
{
  guint32 raw;

  memcpy (&raw, bytes, sizeof raw);
  return GUINT32_FROM_LE (raw);
}

static void
put16 (GByteArray *out, guint16 value)
{
  guint16 raw = GUINT16_TO_LE (value);

  g_byte_array_append (out, (const guint8 *)&raw, sizeof raw);
}

static void
put32 (GByteArray *out, guint32 value)
{
  guint32 raw = GUINT32_TO_LE (value);

  g_byte_array_append (out, (const guint8 *)&raw, sizeof raw);
}

static void
set_at (GByteArray *out, gsize offset, guint32 value, gsize n_bytes)
{
  guint32 raw = GUINT32_TO_LE (value);

  memcpy (out->data + offset, &raw, n_bytes);
}

/* ---- Entries ------------------------------------------------------------------------------------------------------ */

/* Where the SID of an entry begins; 0 for types whose layout we do not know. */
static gsize
sid_offset (guint8 type, const guint8 *ace, gsize size)
{
  gsize offset = ACE_HEADER + 4;

  switch (type)
    {
    case E13_ACE_ALLOW:
    case E13_ACE_DENY:
    case E13_ACE_AUDIT:
    case E13_ACE_MANDATORY_LABEL:
    case E13_ACE_ALLOW_CALLBACK:
    case E13_ACE_DENY_CALLBACK:
      return offset;
    case E13_ACE_ALLOW_OBJECT:
    case E13_ACE_DENY_OBJECT:
    case E13_ACE_AUDIT_OBJECT:
      if (size < offset + 4)
        return 0;
      return offset + 4 + (get32 (ace + offset) & OBJECT_TYPE_PRESENT ? GUID_BYTES : 0)
             + (get32 (ace + offset) & INHERITED_OBJECT_TYPE_PRESENT ? GUID_BYTES : 0);
    default:
      return 0;
    }
}

static gboolean
is_plain_type (guint8 type)
{
  return type == E13_ACE_ALLOW || type == E13_ACE_DENY || type == E13_ACE_AUDIT || type == E13_ACE_MANDATORY_LABEL;
}

static gboolean
decode_ace (const guint8 *bytes, gsize size, E13Ace *ret_ace, GError **error)
{
  E13Ace ace = { .type = bytes[0], .flags = bytes[1] };
  gsize offset = sid_offset (ace.type, bytes, size);
  gsize used = 0;

  if (offset != 0)
    {
      if (offset > size)
        return e13_throw (error, E13_ERROR_INPUT, "an access control entry of type %u is cut short", ace.type);
      ace.mask = get32 (bytes + ACE_HEADER);
      if (!e13_sid_decode (bytes + offset, size - offset, &ace.sid, &used, error))
        return FALSE;
      ace.has_sid = TRUE;
    }
  ace.is_plain = is_plain_type (ace.type) && offset + used == size;
  if (!ace.is_plain)
    ace.raw = g_bytes_new (bytes, size);
  *ret_ace = ace;
  return TRUE;
}

static void
encode_ace (const E13Ace *ace, GByteArray *out)
{
  if (!ace->is_plain)
    {
      gsize size;
      const guint8 *raw = g_bytes_get_data (ace->raw, &size);
      gsize start = out->len;

      g_byte_array_append (out, raw, (guint)size);
      out->data[start + 1] = ace->flags;
      return;
    }
  g_byte_array_append (out, (const guint8[]){ ace->type, ace->flags }, 2);
  put16 (out, (guint16)(ACE_HEADER + 4 + e13_sid_size (&ace->sid)));
  put32 (out, ace->mask);
  e13_sid_encode (&ace->sid, out);
}

/* ---- Lists -------------------------------------------------------------------------------------------------------- */

static E13WinAcl *
decode_acl (const guint8 *bytes, gsize size, const char *which, GError **error)
{
  g_autoptr (E13WinAcl) acl = NULL;
  gsize acl_size, offset = ACL_HEADER;
  guint n_aces;

  if (size < ACL_HEADER || (acl_size = get16 (bytes + 2)) < ACL_HEADER || acl_size > size)
    return e13_throw (error, E13_ERROR_INPUT, "the %s says that it is larger than what is there", which), NULL;
  acl = e13_win_acl_new (bytes[0]);
  n_aces = get16 (bytes + 4);
  for (guint i = 0; i < n_aces; i++)
    {
      E13Ace ace;
      gsize ace_size;

      if (acl_size - offset < ACE_HEADER || (ace_size = get16 (bytes + offset + 2)) < ACE_HEADER
          || ace_size > acl_size - offset)
        return e13_throw (error, E13_ERROR_INPUT, "entry %u of the %s (offset %" G_GSIZE_FORMAT ") does not fit in it", i + 1,
                          which, offset),
               NULL;
      if (!decode_ace (bytes + offset, ace_size, &ace, error))
        {
          g_prefix_error (error, "entry %u of the %s: ", i + 1, which);
          return NULL;
        }
      g_array_append_val (acl->aces, ace);
      offset += ace_size;
    }
  return g_steal_pointer (&acl);
}

static gboolean
encode_acl (const E13WinAcl *acl, const char *which, GByteArray *out, GError **error)
{
  gsize start = out->len;

  g_byte_array_append (out, (const guint8[]){ acl->revision, 0, 0, 0 }, 4);
  put16 (out, (guint16)acl->aces->len);
  put16 (out, 0);
  for (guint i = 0; i < acl->aces->len; i++)
    encode_ace (&g_array_index (acl->aces, E13Ace, i), out);
  if (out->len - start > G_MAXUINT16 || acl->aces->len > G_MAXUINT16)
    return e13_throw (error, E13_ERROR_INPUT, "the %s is full: it would pass 64 KiB", which);
  set_at (out, start + 2, (guint32)(out->len - start), 2);
  return TRUE;
}

/* ---- Descriptors -------------------------------------------------------------------------------------------------- */

static gboolean
decode_sid_at (const guint8 *bytes, gsize size, gsize offset, const char *which, gboolean *ret_has, E13Sid *ret_sid,
               GError **error)
{
  gsize used;

  *ret_has = offset != 0;
  if (offset == 0)
    return TRUE;
  if (offset < SD_HEADER || offset > size)
    return e13_throw (error, E13_ERROR_INPUT, "the %s is said to be at offset %" G_GSIZE_FORMAT ", outside the descriptor",
                      which, offset);
  if (e13_sid_decode (bytes + offset, size - offset, ret_sid, &used, error))
    return TRUE;
  g_prefix_error (error, "the %s at offset %" G_GSIZE_FORMAT ": ", which, offset);
  return FALSE;
}

static gboolean
decode_acl_at (const guint8 *bytes, gsize size, gsize offset, gboolean present, const char *which, E13WinAcl **ret_acl,
               GError **error)
{
  *ret_acl = NULL;
  if (!present || offset == 0)
    return TRUE;
  if (offset < SD_HEADER || offset > size)
    return e13_throw (error, E13_ERROR_INPUT, "the %s is said to be at offset %" G_GSIZE_FORMAT ", outside the descriptor",
                      which, offset);
  *ret_acl = decode_acl (bytes + offset, size - offset, which, error);
  return *ret_acl != NULL;
}

E13SecurityDescriptor *
e13_sd_decode (const guint8 *bytes, gsize size, GError **error)
{
  g_autoptr (E13SecurityDescriptor) sd = e13_sd_new ();

  if (size < SD_HEADER)
    return e13_throw (error, E13_ERROR_INPUT, "a security descriptor of %" G_GSIZE_FORMAT " bytes is cut short", size), NULL;
  if (bytes[0] != 1)
    return e13_throw (error, E13_ERROR_INPUT, "a security descriptor of unknown revision %u", bytes[0]), NULL;
  sd->sbz1 = bytes[1];
  sd->control = get16 (bytes + 2);
  if ((sd->control & E13_SD_SELF_RELATIVE) == 0)
    return e13_throw (error, E13_ERROR_INPUT, "a security descriptor that is not self-relative"), NULL;
  if (!decode_sid_at (bytes, size, get32 (bytes + 4), "owner", &sd->has_owner, &sd->owner, error)
      || !decode_sid_at (bytes, size, get32 (bytes + 8), "group", &sd->has_group, &sd->group, error)
      || !decode_acl_at (bytes, size, get32 (bytes + 12), (sd->control & E13_SD_SACL_PRESENT) != 0, "SACL", &sd->sacl, error)
      || !decode_acl_at (bytes, size, get32 (bytes + 16), (sd->control & E13_SD_DACL_PRESENT) != 0, "DACL", &sd->dacl, error))
    return NULL;
  return g_steal_pointer (&sd);
}

GBytes *
e13_sd_encode (const E13SecurityDescriptor *sd, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  static const guint8 offsets[16];

  g_byte_array_append (out, (const guint8[]){ 1, sd->sbz1 }, 2);
  put16 (out, sd->control | E13_SD_SELF_RELATIVE);
  g_byte_array_append (out, offsets, sizeof offsets);
  if (sd->sacl != NULL)
    {
      set_at (out, 12, out->len, 4);
      if (!encode_acl (sd->sacl, "SACL", out, error))
        return NULL;
    }
  if (sd->dacl != NULL)
    {
      set_at (out, 16, out->len, 4);
      if (!encode_acl (sd->dacl, "DACL", out, error))
        return NULL;
    }
  if (sd->has_owner)
    {
      set_at (out, 4, out->len, 4);
      e13_sid_encode (&sd->owner, out);
    }
  if (sd->has_group)
    {
      set_at (out, 8, out->len, 4);
      e13_sid_encode (&sd->group, out);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
