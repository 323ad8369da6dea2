/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Headers of programs: bitness and version, from files made here; every cut and every changed byte of one. */

#include <criterion/criterion.h>
#include <string.h>

#include "iis/pe.h"

TestSuite (iis_pe, .timeout = 60);

#define SIZE 0x400

static void
put (guint8 *data, gsize offset, guint32 number, guint width)
{
  for (guint i = 0; i < width; i++)
    data[offset + i] = (guint8)(number >> (8 * i));
}

/* A program for @machine, with one section, .rsrc, whose version is 2.7.18.150. */
static void
make_program (guint8 *data, guint32 machine)
{
  memset (data, 0, SIZE);
  memcpy (data, "MZ", 2);
  put (data, 0x3c, 0x80, 4);
  memcpy (data + 0x80, "PE\0", 4);
  put (data, 0x84, machine, 2);
  put (data, 0x86, 1, 2);    /* sections */
  put (data, 0x94, 0xf0, 2); /* optional header */
  memcpy (data + 0x188, ".rsrc", 5);
  put (data, 0x188 + 16, 0x100, 4);
  put (data, 0x188 + 20, 0x300, 4);
  put (data, 0x340, 0xfeef04bd, 4);
  put (data, 0x348, 2 << 16 | 7, 4);
  put (data, 0x34c, 18 << 16 | 150, 4);
}

static void
expect (guint32 machine, guint bits)
{
  guint8 data[SIZE];
  g_auto (E13Pe) pe = { 99, NULL };

  make_program (data, machine);
  cr_assert (e13_pe_read (data, SIZE, &pe));
  cr_assert_eq (pe.bits, bits, "%x: %u", machine, pe.bits);
  cr_assert_str_eq (pe.version, "2.7.18.150");
}

Test (iis_pe, bits_and_version)
{
  expect (0x8664, 64);
  expect (0x014c, 32);
  expect (0xaa64, 0);
}

Test (iis_pe, no_version_outside_of_its_section)
{
  guint8 data[SIZE];
  g_auto (E13Pe) pe = { 0, NULL };

  make_program (data, 0x8664);
  memcpy (data + 0x188, ".text", 5);
  cr_assert (e13_pe_read (data, SIZE, &pe));
  cr_assert_null (pe.version);
}

Test (iis_pe, what_is_no_program)
{
  static const char *const texts[]
      = { "", "MZ", "#!/bin/sh\n", "MZ and then nothing that a program would have, at all, of any kind here" };
  g_auto (E13Pe) pe = { 7, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    cr_assert_not (e13_pe_read ((const guint8 *)texts[i], strlen (texts[i]), &pe), "%s", texts[i]);
  cr_assert_eq (pe.bits, 7);
}

/* Each is in memory of just its size, so that what reads past it is seen. */
Test (iis_pe, every_cut)
{
  guint8 data[SIZE];

  make_program (data, 0x8664);
  for (gsize size = 0; size <= SIZE; size++)
    {
      g_autofree guint8 *cut = g_memdup2 (data, size);
      g_auto (E13Pe) pe = { 0, NULL };
      gboolean is_program = e13_pe_read (cut, size, &pe);

      cr_assert_eq (is_program, size >= 0x80 + 4 + 20, "%zu", size);
    }
}

Test (iis_pe, every_byte)
{
  guint8 data[SIZE];

  make_program (data, 0x8664);
  for (gsize at = 0; at < 0x1c0; at++)
    for (guint value = 0; value < 256; value += 15)
      {
        g_autofree guint8 *changed = g_memdup2 (data, SIZE);
        g_auto (E13Pe) pe = { 0, NULL };

        changed[at] = (guint8)value;
        if (e13_pe_read (changed, SIZE, &pe))
          cr_assert (pe.bits == 0 || pe.bits == 32 || pe.bits == 64);
      }
}
