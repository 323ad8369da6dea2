/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Access masks: what a Windows token may do to a file or a directory, one bit a right (winnt.h). Pure. */

#pragma once

#include <glib.h>

#define E13_MASK_READ_DATA 0x1u   /* of a directory: list */
#define E13_MASK_WRITE_DATA 0x2u  /* of a directory: add a file */
#define E13_MASK_APPEND_DATA 0x4u /* of a directory: add a directory */
#define E13_MASK_READ_EA 0x8u
#define E13_MASK_WRITE_EA 0x10u
#define E13_MASK_EXECUTE 0x20u /* of a directory: traverse */
#define E13_MASK_DELETE_CHILD 0x40u
#define E13_MASK_READ_ATTRIBUTES 0x80u
#define E13_MASK_WRITE_ATTRIBUTES 0x100u
#define E13_MASK_DELETE 0x10000u
#define E13_MASK_READ_CONTROL 0x20000u
#define E13_MASK_WRITE_DAC 0x40000u
#define E13_MASK_WRITE_OWNER 0x80000u
#define E13_MASK_SYNCHRONIZE 0x100000u
#define E13_MASK_ACCESS_SYSTEM_SECURITY 0x1000000u
#define E13_MASK_MAXIMUM_ALLOWED 0x2000000u
#define E13_MASK_GENERIC_ALL 0x10000000u
#define E13_MASK_GENERIC_EXECUTE 0x20000000u
#define E13_MASK_GENERIC_WRITE 0x40000000u
#define E13_MASK_GENERIC_READ 0x80000000u

/* What the dialogues and icacls call by one name. */
#define E13_MASK_FULL 0x1f01ffu
#define E13_MASK_MODIFY 0x1301bfu
#define E13_MASK_READ_AND_EXECUTE 0x1200a9u
#define E13_MASK_READ 0x120089u
#define E13_MASK_WRITE 0x100116u

/* What the generic bits mean for files; generic read is E13_MASK_READ, generic all E13_MASK_FULL. */
#define E13_MASK_FILE_GENERIC_WRITE 0x120116u
#define E13_MASK_FILE_GENERIC_EXECUTE 0x1200a0u

/* @mask with its four generic bits replaced by what they mean for files. */
guint32 e13_mask_map_generic (guint32 mask);

/* "Full control", "Modify", "Read & execute, Write", or the single rights as the dialogue of advanced permissions has
 * them. Free with g_free(). */
char *e13_mask_describe (guint32 mask);
