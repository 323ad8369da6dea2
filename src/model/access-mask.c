/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/access-mask.h"

typedef struct
{
  guint32 mask;
  guint32 meaning;
} Generic;

static const Generic generics[] = {
  { E13_MASK_GENERIC_ALL, E13_MASK_FULL },
  { E13_MASK_GENERIC_READ, E13_MASK_READ },
  { E13_MASK_GENERIC_WRITE, E13_MASK_FILE_GENERIC_WRITE },
  { E13_MASK_GENERIC_EXECUTE, E13_MASK_FILE_GENERIC_EXECUTE },
};

typedef struct
{
  guint32 mask;
  const char *name;
} Name;

/* Those that say more come first. */
static const Name names[] = {
  { E13_MASK_FULL, "Full control" },
  { E13_MASK_MODIFY, "Modify" },
  { E13_MASK_READ_AND_EXECUTE, "Read & execute" },
  { E13_MASK_READ, "Read" },
  { E13_MASK_WRITE, "Write" },
  { E13_MASK_READ_DATA, "List folder/read data" },
  { E13_MASK_WRITE_DATA, "Create files/write data" },
  { E13_MASK_APPEND_DATA, "Create folders/append data" },
  { E13_MASK_READ_EA, "Read extended attributes" },
  { E13_MASK_WRITE_EA, "Write extended attributes" },
  { E13_MASK_EXECUTE, "Traverse folder/execute file" },
  { E13_MASK_DELETE_CHILD, "Delete subfolders and files" },
  { E13_MASK_READ_ATTRIBUTES, "Read attributes" },
  { E13_MASK_WRITE_ATTRIBUTES, "Write attributes" },
  { E13_MASK_DELETE, "Delete" },
  { E13_MASK_READ_CONTROL, "Read permissions" },
  { E13_MASK_WRITE_DAC, "Change permissions" },
  { E13_MASK_WRITE_OWNER, "Take ownership" },
  { E13_MASK_SYNCHRONIZE, "Synchronize" },
  { E13_MASK_ACCESS_SYSTEM_SECURITY, "Access system security" },
};

guint32
e13_mask_map_generic (guint32 mask)
{
  for (gsize i = 0; i < G_N_ELEMENTS (generics); i++)
    if (mask & generics[i].mask)
      mask = (mask & ~generics[i].mask) | generics[i].meaning;
  return mask;
}

char *
e13_mask_describe (guint32 mask)
{
  guint32 bits = e13_mask_map_generic (mask);
  guint32 unsaid = bits;
  GString *text = g_string_new (NULL);

  /* Read and Write share a bit: a name is fit if the mask holds all of it and some of that is not yet said. */
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if ((bits & names[i].mask) == names[i].mask && (unsaid & names[i].mask) != 0)
      {
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i].name);
        unsaid &= ~names[i].mask;
      }
  if (unsaid != 0 || text->len == 0)
    g_string_append_printf (text, "%s0x%x", text->len > 0 ? ", " : "", unsaid);
  return g_string_free (text, FALSE);
}
