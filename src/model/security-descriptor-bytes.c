/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The self-relative bytes: [MS-DTYP] 2.4.6 (descriptor), 2.4.5 (list), 2.4.4 (entries). All numbers are
 * little-endian. */

#include <string.h>

#include "base/error.h"
#include "model/security-descriptor.h"

#define SD_REVISION 1
#define SD_HEADER 20
#define OWNER_FIELD 4
#define GROUP_FIELD 8
#define SACL_FIELD 12
#define DACL_FIELD 16
#define ACL_HEADER 8
#define ACE_HEADER 4
#define ACL_REVISION_MIN 2
#define ACL_REVISION_MAX 4
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

/* ---- Entries --------------------------------------------------------------------------------- */

/* Where the SID of an entry begins; 0 for types whose layout we do not know. May lie beyond @size. */
static gsize
sid_offset (guint8 type, const guint8 *ace, gsize size)
{
  static const gsize offset = ACE_HEADER + 4;
  guint32 object_flags;

  switch (type)
    {
    case E13_ACE_ALLOW:
    case E13_ACE_DENY:
    case E13_ACE_AUDIT:
    case E13_ACE_ALARM:
    case E13_ACE_ALLOW_CALLBACK:
    case E13_ACE_DENY_CALLBACK:
    case E13_ACE_AUDIT_CALLBACK:
    case E13_ACE_ALARM_CALLBACK:
    case E13_ACE_MANDATORY_LABEL:
    case E13_ACE_RESOURCE_ATTRIBUTE:
    case E13_ACE_SCOPED_POLICY:
      return offset;
    case E13_ACE_ALLOW_OBJECT:
    case E13_ACE_DENY_OBJECT:
    case E13_ACE_AUDIT_OBJECT:
    case E13_ACE_ALARM_OBJECT:
    case E13_ACE_ALLOW_CALLBACK_OBJECT:
    case E13_ACE_DENY_CALLBACK_OBJECT:
    case E13_ACE_AUDIT_CALLBACK_OBJECT:
    case E13_ACE_ALARM_CALLBACK_OBJECT:
      object_flags = size >= offset + 4 ? get32 (ace + offset) : 0;
      return offset + 4 + (object_flags & OBJECT_TYPE_PRESENT ? GUID_BYTES : 0)
             + (object_flags & INHERITED_OBJECT_TYPE_PRESENT ? GUID_BYTES : 0);
    default:
      return 0;
    }
}

static gboolean
decode_ace (const guint8 *bytes, gsize size, E13Ace *ret_ace, GError **error)
{
  E13Ace ace = { .type = bytes[0], .flags = bytes[1] };
  gsize offset = sid_offset (ace.type, bytes, size);

  if (offset > size)
    return e13_throw (error, E13_ERROR_INPUT, "an entry of type %u is cut short", ace.type);
  if (offset != 0)
    {
      ace.mask = get32 (bytes + ACE_HEADER);
      if (!e13_sid_decode (bytes + offset, size - offset, &ace.sid, error))
        return FALSE;
      ace.has_sid = TRUE;
    }
  if (offset != ACE_HEADER + 4 || offset + e13_sid_size (&ace.sid) != size)
    ace.raw = g_bytes_new (bytes, size);
  *ret_ace = ace;
  return TRUE;
}

/* The bytes of @raw with what @ace says in the places that it speaks of. */
static GBytes *
rebuild_raw (GBytes *raw, const E13Ace *ace, gsize old_sid_size)
{
  gsize size;
  const guint8 *old = g_bytes_get_data (raw, &size);
  gsize offset = sid_offset (ace->type, old, size);
  GByteArray *out = g_byte_array_new ();

  if (offset == 0)
    g_byte_array_append (out, old, (guint)size);
  else
    {
      g_byte_array_append (out, old, (guint)offset);
      set_at (out, ACE_HEADER, ace->mask, 4);
      e13_sid_encode (&ace->sid, out);
      g_byte_array_append (out, old + offset + old_sid_size, (guint)(size - offset - old_sid_size));
    }
  out->data[1] = ace->flags;
  set_at (out, 2, out->len, 2);
  return g_byte_array_free_to_bytes (out);
}

E13Ace
e13_ace_with (const E13Ace *ace, guint8 flags, guint32 mask, const E13Sid *sid)
{
  E13Ace other = *ace;

  other.flags = flags;
  if (ace->has_sid)
    {
      other.mask = mask;
      other.sid = *sid;
    }
  if (ace->raw != NULL)
    other.raw = rebuild_raw (ace->raw, &other, e13_sid_size (&ace->sid));
  return other;
}

static void
encode_ace (const E13Ace *ace, GByteArray *out)
{
  if (ace->raw != NULL)
    {
      g_byte_array_append (out, g_bytes_get_data (ace->raw, NULL), (guint)g_bytes_get_size (ace->raw));
      return;
    }
  g_byte_array_append (out, (const guint8[]){ ace->type, ace->flags }, 2);
  put16 (out, (guint16)(ACE_HEADER + 4 + e13_sid_size (&ace->sid)));
  put32 (out, ace->mask);
  e13_sid_encode (&ace->sid, out);
}

/* ---- Lists ----------------------------------------------------------------------------------- */

static E13WinAcl *
decode_acl (const guint8 *bytes, gsize size, const char *which, GError **error)
{
  g_autoptr (E13WinAcl) acl = NULL;
  gsize acl_size, offset = ACL_HEADER;
  guint n_aces;

  if (size < ACL_HEADER || (acl_size = get16 (bytes + 2)) < ACL_HEADER || acl_size > size)
    return e13_throw (error, E13_ERROR_INPUT, "the %s says that it is larger than what is there", which), NULL;
  if (bytes[0] < ACL_REVISION_MIN || bytes[0] > ACL_REVISION_MAX)
    return e13_throw (error, E13_ERROR_INPUT, "the %s has the unknown revision %u", which, bytes[0]), NULL;
  acl = e13_win_acl_new (bytes[0]);
  n_aces = get16 (bytes + 4);
  for (guint i = 0; i < n_aces; i++)
    {
      E13Ace ace;
      gsize ace_size;

      if (acl_size - offset < ACE_HEADER || (ace_size = get16 (bytes + offset + 2)) < ACE_HEADER
          || ace_size > acl_size - offset)
        return e13_throw (error, E13_ERROR_INPUT, "entry %u of the %s (offset %" G_GSIZE_FORMAT ") does not fit in it",
                          i + 1, which, offset),
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
    encode_ace (e13_win_acl_at (acl, i), out);
  if (out->len - start > G_MAXUINT16 || acl->aces->len > G_MAXUINT16)
    return e13_throw (error, E13_ERROR_INPUT, "the %s is full: it would pass 64 KiB", which);
  set_at (out, start + 2, (guint32)(out->len - start), 2);
  return TRUE;
}

/* ---- Descriptors ----------------------------------------------------------------------------- */

/* Is there a part, and inside the descriptor? @ret_offset 0: none. */
static gboolean
find_part (const guint8 *bytes, gsize size, gsize field, const char *which, gsize *ret_offset, GError **error)
{
  *ret_offset = get32 (bytes + field);
  if (*ret_offset == 0 || (*ret_offset >= SD_HEADER && *ret_offset <= size))
    return TRUE;
  return e13_throw (error, E13_ERROR_INPUT,
                    "the %s is said to be at offset %" G_GSIZE_FORMAT ", outside the descriptor", which, *ret_offset);
}

static gboolean
decode_trustee (const guint8 *bytes, gsize size, gsize field, const char *which, gboolean *ret_has, E13Sid *ret_sid,
                GError **error)
{
  gsize offset;

  if (!find_part (bytes, size, field, which, &offset, error))
    return FALSE;
  *ret_has = offset != 0;
  if (offset == 0 || e13_sid_decode (bytes + offset, size - offset, ret_sid, error))
    return TRUE;
  g_prefix_error (error, "the %s at offset %" G_GSIZE_FORMAT ": ", which, offset);
  return FALSE;
}

static gboolean
decode_list (const guint8 *bytes, gsize size, gsize field, const char *which, E13WinAcl **ret_acl, GError **error)
{
  gsize offset;

  if (!find_part (bytes, size, field, which, &offset, error))
    return FALSE;
  if (offset == 0)
    return TRUE;
  *ret_acl = decode_acl (bytes + offset, size - offset, which, error);
  return *ret_acl != NULL;
}

E13SecurityDescriptor *
e13_sd_decode (const guint8 *bytes, gsize size, GError **error)
{
  g_autoptr (E13SecurityDescriptor) sd = e13_sd_new ();

  if (size < SD_HEADER)
    return e13_throw (error, E13_ERROR_INPUT, "a security descriptor of %" G_GSIZE_FORMAT " bytes is cut short", size),
           NULL;
  if (bytes[0] != SD_REVISION)
    return e13_throw (error, E13_ERROR_INPUT, "a security descriptor of unknown revision %u", bytes[0]), NULL;
  sd->sbz1 = bytes[1];
  sd->control = get16 (bytes + 2);
  if ((sd->control & E13_SD_SELF_RELATIVE) == 0)
    return e13_throw (error, E13_ERROR_INPUT, "a security descriptor that is not self-relative"), NULL;
  if (!decode_trustee (bytes, size, OWNER_FIELD, "owner", &sd->has_owner, &sd->owner, error)
      || !decode_trustee (bytes, size, GROUP_FIELD, "group", &sd->has_group, &sd->group, error)
      || ((sd->control & E13_SD_SACL_PRESENT) != 0 && !decode_list (bytes, size, SACL_FIELD, "SACL", &sd->sacl, error))
      || ((sd->control & E13_SD_DACL_PRESENT) != 0 && !decode_list (bytes, size, DACL_FIELD, "DACL", &sd->dacl, error)))
    return NULL;
  return g_steal_pointer (&sd);
}

static gboolean
append_list (GByteArray *out, gsize field, const E13WinAcl *acl, const char *which, GError **error)
{
  if (acl == NULL)
    return TRUE;
  set_at (out, field, out->len, 4);
  return encode_acl (acl, which, out, error);
}

static void
append_trustee (GByteArray *out, gsize field, gboolean has, const E13Sid *sid)
{
  if (!has)
    return;
  set_at (out, field, out->len, 4);
  e13_sid_encode (sid, out);
}

GBytes *
e13_sd_encode (const E13SecurityDescriptor *sd, GError **error)
{
  static const guint8 offsets[SD_HEADER - OWNER_FIELD];
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint16 present = (sd->dacl != NULL ? E13_SD_DACL_PRESENT : 0) | (sd->sacl != NULL ? E13_SD_SACL_PRESENT : 0);

  g_byte_array_append (out, (const guint8[]){ SD_REVISION, sd->sbz1 }, 2);
  put16 (out, sd->control | present | E13_SD_SELF_RELATIVE);
  g_byte_array_append (out, offsets, sizeof offsets);
  if (!append_list (out, SACL_FIELD, sd->sacl, "SACL", error)
      || !append_list (out, DACL_FIELD, sd->dacl, "DACL", error))
    return NULL;
  append_trustee (out, OWNER_FIELD, sd->has_owner, &sd->owner);
  append_trustee (out, GROUP_FIELD, sd->has_group, &sd->group);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
