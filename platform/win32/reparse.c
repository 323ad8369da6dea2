/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/win32/reparse.h"

#include <string.h>

#include "platform/win32/names.h"

#define TAG_MOUNT_POINT 0xa0000003u /* junctions as well */
#define TAG_SYMLINK 0xa000000cu
#define TAG_LX_SYMLINK 0xa000001du
#define TAG_AF_UNIX 0x80000023u
#define TAG_LX_FIFO 0x80000024u
#define TAG_LX_CHR 0x80000025u
#define TAG_LX_BLK 0x80000026u
/* The bit by which Windows says of any tag that the object stands for another. */
#define NAME_SURROGATE 0x20000000u

#define HEADER_SIZE 8
#define NT_PREFIX "\\??\\"

E13ObjectType
e13_reparse_type (guint32 tag)
{
  if ((tag & NAME_SURROGATE) != 0)
    return E13_TYPE_SYMLINK;
  switch (tag)
    {
    case TAG_AF_UNIX:
      return E13_TYPE_SOCKET;
    case TAG_LX_FIFO:
      return E13_TYPE_FIFO;
    case TAG_LX_CHR:
      return E13_TYPE_CHAR_DEVICE;
    case TAG_LX_BLK:
      return E13_TYPE_BLOCK_DEVICE;
    default:
      return E13_TYPE_UNKNOWN;
    }
}

static guint16
u16_at (const guint8 *bytes)
{
  return (guint16)(bytes[0] | bytes[1] << 8);
}

/* The name by which the system goes on, not the one that is shown, which may say anything. */
static char *
substitute_name (const guint8 *data, gsize size, gsize names_at)
{
  gsize offset, length;
  g_autofree gunichar2 *units = NULL;

  if (size < names_at)
    return NULL;
  offset = u16_at (data);
  length = u16_at (data + 2);
  if (offset + length > size - names_at || length % 2 != 0)
    return NULL;
  units = g_new (gunichar2, length / 2 + 1);
  for (gsize i = 0; i < length / 2; i++)
    {
      units[i] = u16_at (data + names_at + offset + 2 * i);
      if (units[i] == 0)
        return NULL;
    }
  return e13_win32_from_utf16 (units, length / 2);
}

/* The object manager's name as a path: \??\C:\x is C:\x, \??\UNC\server\share is \\server\share, and what has no drive
 * is written with \\?\. */
static char *
written (char *name)
{
  const char *rest = g_str_has_prefix (name, NT_PREFIX) ? name + strlen (NT_PREFIX) : NULL;
  char *path;

  if (rest == NULL)
    return name;
  if (g_ascii_strncasecmp (rest, "UNC\\", 4) == 0)
    path = g_strconcat ("\\\\", rest + 4, NULL);
  else
    path = g_strconcat (g_ascii_isalpha (rest[0]) && rest[1] == ':' ? "" : "\\\\?\\", rest, NULL);
  g_free (name);
  return path;
}

/* [MS-FSCC] does not have it: four bytes of version, then UTF-8. */
static char *
lx_target (const guint8 *data, gsize size)
{
  if (size < 4 || memchr (data + 4, '\0', size - 4) != NULL)
    return NULL;
  return g_strndup ((const char *)data + 4, size - 4);
}

char *
e13_reparse_target (const guint8 *bytes, gsize size)
{
  guint32 tag;
  gsize length;
  char *name;

  if (size < HEADER_SIZE)
    return NULL;
  tag = u16_at (bytes) | (guint32)u16_at (bytes + 2) << 16;
  length = u16_at (bytes + 4);
  if (length > size - HEADER_SIZE)
    return NULL;
  bytes += HEADER_SIZE;
  if (tag == TAG_LX_SYMLINK)
    return lx_target (bytes, length);
  if (tag != TAG_MOUNT_POINT && tag != TAG_SYMLINK)
    return g_strdup ("");
  name = substitute_name (bytes, length, tag == TAG_SYMLINK ? 12 : 8);
  return name != NULL ? written (name) : NULL;
}
