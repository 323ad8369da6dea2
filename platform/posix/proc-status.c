/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/proc-status.h"

#include <linux/capability.h>
#include <string.h>

#include "platform/posix/proc.h"

void
e13_proc_status_clear (E13ProcStatus *status)
{
  g_clear_pointer (&status->groups, g_array_unref);
}

/* The text after @label (which begins with the newline that ends the line before); NULL where there is no such line. */
static char *
line_of (const char *text, const char *label)
{
  const char *start = strstr (text, label);

  if (start == NULL)
    return NULL;
  start += strlen (label);
  return g_strstrip (g_strndup (start, strcspn (start, "\n")));
}

/* All numbers of a line; NULL where there is no such line or something else stands in it. */
static GArray *
numbers_of (const char *text, const char *label, guint base)
{
  g_autofree char *line = line_of (text, label);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_auto (GStrv) words = NULL;

  if (line == NULL)
    return NULL;
  words = g_strsplit_set (line, " \t", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      guint64 number;

      if (*words[i] == '\0')
        continue;
      if (!g_ascii_string_to_unsigned (words[i], base, 0, G_MAXUINT64, &number, NULL))
        return NULL;
      g_array_append_val (numbers, number);
    }
  return g_steal_pointer (&numbers);
}

static gboolean
number_at (const char *text, const char *label, guint base, guint index, guint64 *ret_number)
{
  g_autoptr (GArray) numbers = numbers_of (text, label, base);

  if (numbers == NULL || index >= numbers->len)
    return FALSE;
  *ret_number = g_array_index (numbers, guint64, index);
  return TRUE;
}

gboolean
e13_proc_status_parse (const char *text, E13ProcStatus *ret_status)
{
  enum
  {
    FS = 3
  }; /* Uid and Gid: real, effective, saved, of the file system */
  g_autoptr (GArray) groups = numbers_of (text, "\nGroups:", 10);
  guint64 parent, uid, gid, capabilities, umask;

  if (groups == NULL || !number_at (text, "\nPPid:", 10, 0, &parent) || !number_at (text, "\nUid:", 10, FS, &uid)
      || !number_at (text, "\nGid:", 10, FS, &gid) || !number_at (text, "\nCapEff:", 16, 0, &capabilities))
    return FALSE;
  *ret_status = (E13ProcStatus){ (guint32)parent, (guint32)uid,
                                 (guint32)gid,    g_array_new (FALSE, FALSE, sizeof (guint32)),
                                 capabilities,    number_at (text, "\nUmask:", 8, 0, &umask) ? (int)umask : -1 };
  for (guint i = 0; i < groups->len; i++)
    {
      guint32 group = (guint32)g_array_index (groups, guint64, i);

      g_array_append_val (ret_status->groups, group);
    }
  return TRUE;
}

gboolean
e13_proc_status_overrides_dac (const E13ProcStatus *status)
{
  return (status->capabilities >> CAP_DAC_OVERRIDE & 1) != 0;
}

gboolean
e13_posix_own_status (E13ProcStatus *ret_status)
{
  int proc = e13_posix_proc_fd (NULL);
  g_autofree char *text = proc >= 0 ? e13_posix_read_proc (proc, "../status") : NULL;

  return text != NULL && e13_proc_status_parse (text, ret_status);
}
