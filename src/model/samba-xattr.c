/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/samba-xattr.h"

#include <string.h>

#include "base/error.h"

static guint16
get_u16 (const guint8 *at)
{
  return (guint16)(at[0] | at[1] << 8);
}

static guint32
get_u32 (const guint8 *at)
{
  return get_u16 (at) | (guint32)get_u16 (at + 2) << 16;
}

static void
put_u32 (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8)(value >> (8 * i));
}

static gsize
aligned (gsize offset, gsize unit)
{
  return (offset + unit - 1) / unit * unit;
}

/* ---- security.NTACL ---------------------------------------------------------------------------------------------- */

#define SD_HEADER 20
/* Version, the union's tag, and a pointer to what follows. */
#define NTACL_HEADER 8
/* From version 3 on: a pointer to the descriptor, the kind of hash, and the hash. */
#define NTACL_DESCRIPTION (NTACL_HEADER + 4 + 2 + 64)
#define NTACL_TIME_AND_HASH (8 + 64)

/* Where the descriptor begins; 0 and @error. */
static gsize
sd_offset (const guint8 *data, gsize size, GError **error)
{
  guint16 version = size >= NTACL_HEADER ? get_u16 (data) : 0;
  const guint8 *end;
  gsize offset = 0;

  switch (version)
    {
    case 0:
      return e13_throw (error, E13_ERROR_INPUT, "it is too short"), 0;
    case 1:
      offset = NTACL_HEADER;
      break;
    case 2:
      offset = NTACL_HEADER + 4 + 16;
      break;
    case 3:
      offset = aligned (NTACL_DESCRIPTION, 4);
      break;
    case 4:
      end = size > NTACL_DESCRIPTION ? memchr (data + NTACL_DESCRIPTION, '\0', size - NTACL_DESCRIPTION) : NULL;
      if (end != NULL)
        offset = aligned (aligned ((gsize)(end + 1 - data), 8) + NTACL_TIME_AND_HASH, 4);
      break;
    default:
      return e13_throw (error, E13_ERROR_UNSUPPORTED, "it has version %u, and only 1 to 4 are known", version), 0;
    }
  if (get_u16 (data + 2) != version)
    return e13_throw (error, E13_ERROR_INPUT, "its two version numbers differ"), 0;
  if (offset == 0 || size < offset + SD_HEADER)
    return e13_throw (error, E13_ERROR_INPUT, "it ends before its descriptor"), 0;
  return offset;
}

/* Moves the four offsets of the descriptor @sd by @distance, modulo 2^32. One of 0 says that there is no such part. */
static void
move_offsets (guint8 *sd, guint32 distance)
{
  for (gsize at = 4; at < SD_HEADER; at += 4)
    if (get_u32 (sd + at) != 0)
      put_u32 (sd + at, get_u32 (sd + at) + distance);
}

GBytes *
e13_ntacl_get_sd (GBytes *ntacl, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (ntacl, &size);
  gsize offset = sd_offset (data, size, error);
  guint8 *sd;

  if (offset == 0)
    return NULL;
  for (gsize at = offset + 4; at < offset + SD_HEADER; at += 4)
    if (get_u32 (data + at) != 0 && get_u32 (data + at) < offset + SD_HEADER)
      return e13_throw (error, E13_ERROR_INPUT, "a part of its descriptor lies before it"), NULL;
  sd = g_memdup2 (data + offset, size - offset);
  move_offsets (sd, -(guint32)offset);
  return g_bytes_new_take (sd, size - offset);
}

GBytes *
e13_ntacl_with_sd (GBytes *ntacl, GBytes *sd, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (ntacl, &size);
  gsize offset = sd_offset (data, size, error);
  g_autoptr (GByteArray) out = NULL;

  if (offset == 0)
    return NULL;
  if (g_bytes_get_size (sd) < SD_HEADER)
    return e13_throw (error, E13_ERROR_INPUT, "the new descriptor is too short"), NULL;
  out = g_byte_array_new ();
  g_byte_array_append (out, data, (guint)offset);
  g_byte_array_append (out, g_bytes_get_data (sd, NULL), (guint)g_bytes_get_size (sd));
  move_offsets (out->data + offset, (guint32)offset);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
e13_ntacl_new (GBytes *sd)
{
  static const guint8 head[NTACL_HEADER + SD_HEADER]
      = { 1, 0, 1, 0, 1 }; /* a pointer that is not NULL: to what follows */
  g_autoptr (GBytes) empty = g_bytes_new_static (head, sizeof head);

  return e13_ntacl_with_sd (empty, sd, NULL);
}

/* ---- user.DOSATTRIB ---------------------------------------------------------------------------------------------- */

#define DOSINFO_ATTRIB 1u /* in the flags that say which members count */

/* Where the bits stand; 0 and @error. */
static gsize
attributes_offset (const guint8 *data, gsize size, GError **error)
{
  const guint8 *end = size > 0 ? memchr (data, '\0', size) : NULL; /* of a text that older versions read */
  gsize version_at = end != NULL ? aligned ((gsize)(end + 1 - data), 2) : size;
  gsize flags_at = aligned (version_at + 4, 4);

  if (flags_at + 8 > size)
    return e13_throw (error, E13_ERROR_INPUT, "it is too short"), 0;
  if (get_u16 (data + version_at) < 3 || get_u16 (data + version_at) > 5)
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "it has version %u, and only 3 to 5 are known",
                      get_u16 (data + version_at)),
           0;
  if ((get_u32 (data + flags_at) & DOSINFO_ATTRIB) == 0)
    return e13_throw (error, E13_ERROR_INPUT, "it holds no attributes"), 0;
  return flags_at + 4;
}

gboolean
e13_dosattrib_get (GBytes *dosattrib, guint32 *ret_attributes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (dosattrib, &size);
  gsize offset = attributes_offset (data, size, error);

  if (offset != 0)
    *ret_attributes = get_u32 (data + offset);
  return offset != 0;
}

GBytes *
e13_dosattrib_with (GBytes *dosattrib, guint32 attributes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (dosattrib, &size);
  gsize offset = attributes_offset (data, size, error);
  guint8 *copy;

  if (offset == 0)
    return NULL;
  copy = g_memdup2 (data, size);
  put_u32 (copy + offset, attributes);
  return g_bytes_new_take (copy, size);
}
