/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rights: what may be asked of an inode, as the kernel's own three bits. */

#pragma once

#include <glib.h>

typedef enum
{
  E13_RIGHT_NONE = 0,
  E13_RIGHT_EXECUTE = 1, /* of a directory: search */
  E13_RIGHT_WRITE = 2,
  E13_RIGHT_READ = 4,
  E13_RIGHTS_ALL = 7,
} E13Rights;

/* "rwx", "r--" …: a constant string of three characters; never NULL. Bits beyond the three are ignored. */
const char *e13_rights_to_text (E13Rights rights);
