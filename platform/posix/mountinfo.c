/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/mountinfo.h"

#include <errno.h>
#include <string.h>

#include "platform/posix/proc.h"

static const struct
{
  const char *type;
  guint trait;
  const char *only;
  const char *unless;
} traits[] = {
#define FILE_SYSTEM(type, trait, only, unless) { type, E13_FS_##trait, only, unless },
#include "platform/posix/filesystems.def"
#undef FILE_SYSTEM
};

void
e13_mount_line_clear (E13MountLine *line)
{
  g_clear_pointer (&line->mount_point, g_free);
  g_clear_pointer (&line->fs_type, g_free);
  g_clear_pointer (&line->options, g_free);
}

static gboolean
has_any (const char *options, const char *wanted)
{
  /* WSL packs its own options into one of 9p's, divided by semicolons. */
  g_auto (GStrv) set = g_strsplit_set (options, ",;", -1);
  g_auto (GStrv) any = g_strsplit (wanted, "|", -1);

  for (gsize i = 0; any[i] != NULL; i++)
    if (g_strv_contains ((const char *const *)set, any[i]))
      return TRUE;
  return FALSE;
}

guint
e13_mount_line_traits (const E13MountLine *line)
{
  guint found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (traits); i++)
    if (g_pattern_match_simple (traits[i].type, line->fs_type)
        && (traits[i].only == NULL || has_any (line->options, traits[i].only))
        && (traits[i].unless == NULL || !has_any (line->options, traits[i].unless)))
      found |= traits[i].trait;
  return found;
}

/* mountinfo writes space, tab, newline, '#' and backslash as \ooo. */
static char *
unescape (const char *text)
{
  char *plain = g_malloc (strlen (text) + 1);
  char *out = plain;

  while (*text != '\0')
    if (text[0] == '\\' && text[1] >= '0' && text[1] <= '3' && text[2] >= '0' && text[2] <= '7' && text[3] >= '0'
        && text[3] <= '7')
      {
        *out++ = (char)((text[1] - '0') * 64 + (text[2] - '0') * 8 + (text[3] - '0'));
        text += 4;
      }
    else
      *out++ = *text++;
  *out = '\0';
  return plain;
}

/* ID PARENT MAJOR:MINOR ROOT MOUNT-POINT OPTIONS [TAG…] - TYPE SOURCE SUPER-OPTIONS */
static gboolean
parse_line (const char *text, guint64 *ret_id, E13MountLine *ret_line)
{
  enum
  {
    ID,
    MOUNT_POINT = 4,
    OPTIONS = 5,
    TAGS = 6
  };
  g_auto (GStrv) fields = g_strsplit (text, " ", -1);
  guint n_fields = g_strv_length (fields);
  guint dash = TAGS;

  while (dash < n_fields && !g_str_equal (fields[dash], "-"))
    dash++;
  if (dash + 3 >= n_fields || !g_ascii_string_to_unsigned (fields[ID], 10, 0, G_MAXUINT64, ret_id, NULL))
    return FALSE;
  ret_line->mount_point = unescape (fields[MOUNT_POINT]);
  ret_line->fs_type = unescape (fields[dash + 1]);
  ret_line->options = g_strjoin (",", fields[OPTIONS], fields[dash + 3], NULL);
  return TRUE;
}

gboolean
e13_mount_line_find (const char *text, guint64 mount_id, E13MountLine *ret_line)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (E13MountLine) line = { NULL, NULL, NULL };
      guint64 id;

      if (!parse_line (lines[i], &id, &line) || id != mount_id)
        continue;
      *ret_line = line;
      line = (E13MountLine){ NULL, NULL, NULL };
      return TRUE;
    }
  return FALSE;
}

static gboolean
may_wait_for_ever (const char *fs_type)
{
  static const char *const types[] = { "fuse*", "autofs", "nfs*", "cifs", "smb*", "9p", "ceph", "afs" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_pattern_match_simple (types[i], fs_type))
      return TRUE;
  return FALSE;
}

GPtrArray *
e13_mount_points (const char *text)
{
  GPtrArray *points = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (E13MountLine) line = { NULL, NULL, NULL };
      guint64 id;

      if (parse_line (lines[i], &id, &line) && !may_wait_for_ever (line.fs_type))
        g_ptr_array_add (points, g_steal_pointer (&line.mount_point));
    }
  return points;
}

gboolean
e13_posix_mount_id (int fd, guint64 *ret_id)
{
  static const char label[] = "\nmnt_id:";
  g_autofree char *name = g_strdup_printf ("../fdinfo/%d", fd);
  int proc = e13_posix_proc_fd (NULL);
  g_autofree char *text = NULL;
  const char *line;

  if (proc < 0)
    return errno = ENOSYS, FALSE;
  text = e13_posix_read_proc (proc, name);
  if (text == NULL)
    return FALSE;
  line = strstr (text, label);
  if (line == NULL)
    return errno = ENOSYS, FALSE;
  *ret_id = g_ascii_strtoull (line + strlen (label), NULL, 10);
  return TRUE;
}
