/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where Linux shows what an object of Windows has: in extended attributes of ntfs-3g, ntfs3, cifs and Samba. */

#pragma once

#include "model/change.h"
#include "platform/platform.h"

/* Reads descriptor, attributes and Zone.Identifier of the object pinned by @fd, whose type is known, into @facts. What
 * has no descriptor, or one that cannot be read, has the reason in facts->sd_errno: ENODATA where its file system keeps
 * none. */
void e13_foreign_read_facts (int fd, E13Facts *facts);

/* Does the object pinned by @fd lie on a volume of NTFS? */
gboolean e13_foreign_is_ntfs (int fd);

/* When the object was made, by the clock of its own file system, as text; NULL where that is not kept. Free with
 * g_free(). */
char *e13_foreign_birth (int fd);

/* Writes what differs between @before and @after, the descriptor last. FALSE and @error. @path: for messages. */
gboolean e13_foreign_put (int fd, const char *path, const E13Attributes *before, const E13Attributes *after,
                          GError **error);

/* Gives the directory @made, which was just made in @parent, its descriptor, where that of @parent is; of a share of
 * Samba, the permission bits of @parent as well, which the server asks for beside the descriptor. FALSE and @error. */
gboolean e13_foreign_put_new (const E13Pin *parent, const E13Pin *made, GBytes *sd, GError **error);
