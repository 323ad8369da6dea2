/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Programs of Windows, as far as their headers say what they are. Pure; what is read may be hostile. */

#pragma once

#include <glib.h>

/* How much of a file is read for it. */
#define E13_PE_MAX_BYTES (8u << 20)

typedef struct
{
  guint bits;    /* 32 or 64: in which processes it can run, or be loaded; 0: of another kind (ARM) */
  char *version; /* "2.7.18.150", of its version resource; NULL: it has none within what was read */
} E13Pe;

/* FALSE where this is no program of Windows; then @ret_pe is untouched. Clear it with e13_pe_clear(). */
gboolean e13_pe_read (const guint8 *data, gsize size, E13Pe *ret_pe);
void e13_pe_clear (E13Pe *pe);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Pe, e13_pe_clear)
