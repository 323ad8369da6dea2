/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The records that getdents64(2) writes, without "." and "..". */

#pragma once

#include <dirent.h>
#include <glib.h>

/* The next record of @buffer from *@offset on, which is moved behind it; NULL at the end. */
static inline const struct dirent64 *
e13_posix_next_dirent (const char *buffer, gsize length, gsize *offset)
{
  while (*offset < length)
    {
      const struct dirent64 *entry = (const struct dirent64 *)(const void *)(buffer + *offset);
      const char *name = entry->d_name;

      *offset += entry->d_reclen;
      if (name[0] != '.' || (name[1] != '\0' && (name[1] != '.' || name[2] != '\0')))
        return entry;
    }
  return NULL;
}
