/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/pe.h"

#include <string.h>

/* Offsets and values of the format of programs, as Microsoft's "PE Format" has them. */
#define DOS_PE_OFFSET 0x3c
#define COFF_SIZE 20
#define COFF_N_SECTIONS 2
#define COFF_OPTIONAL_SIZE 16
#define SECTION_SIZE 40
#define SECTION_RAW_SIZE 16
#define SECTION_RAW_OFFSET 20
#define MACHINE_I386 0x014c
#define MACHINE_AMD64 0x8664
#define VERSION_SIGNATURE 0xfeef04bdu
#define MAX_SECTIONS 96 /* Windows loads no more */

typedef struct
{
  const guint8 *data;
  gsize size;
} Bytes;

static gboolean
holds (const Bytes *bytes, gsize offset, gsize length)
{
  return offset <= bytes->size && length <= bytes->size - offset;
}

static guint32
number_at (const Bytes *bytes, gsize offset, guint width)
{
  guint32 number = 0;

  for (guint i = width; i > 0; i--)
    number = number << 8 | bytes->data[offset + i - 1];
  return number;
}

/* VS_FIXEDFILEINFO stands on a boundary of four bytes and begins with a number of its own. */
static char *
find_version (const Bytes *bytes, gsize begin, gsize length)
{
  gsize end = MIN (bytes->size, begin + length);

  for (gsize at = begin; at + 16 <= end; at += 4)
    if (number_at (bytes, at, 4) == VERSION_SIGNATURE)
      return g_strdup_printf ("%u.%u.%u.%u", number_at (bytes, at + 10, 2), number_at (bytes, at + 8, 2),
                              number_at (bytes, at + 14, 2), number_at (bytes, at + 12, 2));
  return NULL;
}

static char *
version_of (const Bytes *bytes, gsize sections, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      gsize section = sections + (gsize)i * SECTION_SIZE;

      if (!holds (bytes, section, SECTION_SIZE))
        return NULL;
      if (memcmp (bytes->data + section, ".rsrc\0\0", 8) == 0)
        return find_version (bytes, number_at (bytes, section + SECTION_RAW_OFFSET, 4),
                             number_at (bytes, section + SECTION_RAW_SIZE, 4));
    }
  return NULL;
}

gboolean
e13_pe_read (const guint8 *data, gsize size, E13Pe *ret_pe)
{
  const Bytes bytes = { data, size };
  gsize coff;
  guint32 machine;

  if (!holds (&bytes, 0, DOS_PE_OFFSET + 4) || memcmp (data, "MZ", 2) != 0)
    return FALSE;
  coff = (gsize)number_at (&bytes, DOS_PE_OFFSET, 4) + 4;
  if (!holds (&bytes, coff - 4, 4 + COFF_SIZE) || memcmp (data + coff - 4, "PE\0", 4) != 0)
    return FALSE;
  machine = number_at (&bytes, coff, 2);
  ret_pe->bits = machine == MACHINE_AMD64 ? 64 : machine == MACHINE_I386 ? 32 : 0;
  ret_pe->version = version_of (&bytes, coff + COFF_SIZE + number_at (&bytes, coff + COFF_OPTIONAL_SIZE, 2),
                                MIN (number_at (&bytes, coff + COFF_N_SECTIONS, 2), MAX_SECTIONS));
  return TRUE;
}

void
e13_pe_clear (E13Pe *pe)
{
  g_clear_pointer (&pe->version, g_free);
}
