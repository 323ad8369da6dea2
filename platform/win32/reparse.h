/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reparse points: what an object with a tag is, and where it leads ([MS-FSCC] 2.1.2). Pure; hostile bytes are
 * expected. */

#pragma once

#include "model/object.h"

/* What an object with that tag is instead of a file or directory; E13_TYPE_UNKNOWN where it is one all the same: its
 * content is elsewhere (cloud, deduplicated), but not another object's. */
E13ObjectType e13_reparse_type (guint32 tag);

/* Where the link leads, as a person writes it: "C:\www\current", "..\shared"; of a tag whose form is not known, "".
 * NULL where the bytes contradict themselves. Free with g_free(). */
char *e13_reparse_target (const guint8 *bytes, gsize size);
