/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What Samba keeps of Windows in extended attributes (librpc/idl/xattr.idl): security.NTACL with the security
 * descriptor, user.DOSATTRIB with the attributes. Pure; hostile bytes are expected. */

#pragma once

#include <glib.h>

/* The self-relative descriptor in an NTACL of version 1 to 4, whose offsets count from the start of the blob and are
 * made to count from its own. NULL and E13_ERROR_INPUT; E13_ERROR_UNSUPPORTED for another version. */
GBytes *e13_ntacl_get_sd (GBytes *ntacl, GError **error);
/* @ntacl with another descriptor; what else it holds stays, as it speaks of the POSIX permissions, which do not change.
 * NULL and @error as above. */
GBytes *e13_ntacl_with_sd (GBytes *ntacl, GBytes *sd, GError **error);
/* An NTACL of version 1, which has no hash: Samba believes it whatever the POSIX permissions. */
GBytes *e13_ntacl_new (GBytes *sd);

/* The FILE_ATTRIBUTE_ bits in a DOSATTRIB of version 3 to 5. FALSE and E13_ERROR_INPUT where there are none. */
gboolean e13_dosattrib_get (GBytes *dosattrib, guint32 *ret_attributes, GError **error);
/* @dosattrib with other bits; NULL and @error as above. */
GBytes *e13_dosattrib_with (GBytes *dosattrib, guint32 attributes, GError **error);
