/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/change.h"

#include <string.h>

void
e13_attributes_from_facts (E13Attributes *attributes, const E13Facts *facts)
{
  attributes->uid = facts->uid;
  attributes->gid = facts->gid;
  attributes->mode = facts->mode;
  attributes->access = facts->access != NULL ? e13_acl_ref (facts->access) : e13_acl_from_mode (facts->mode);
  attributes->default_acl = e13_acl_ref (facts->default_acl);
  if (facts->sd_bytes != NULL)
    attributes->sd = g_bytes_ref (facts->sd_bytes);
  else
    attributes->sd = facts->sd != NULL ? e13_sd_encode (facts->sd, NULL) : NULL;
  attributes->zone = facts->zone != NULL ? g_bytes_ref (facts->zone) : NULL;
  attributes->read_only = (facts->attributes & E13_ATTRIBUTE_READ_ONLY) != 0;
}

void
e13_attributes_copy (E13Attributes *copy, const E13Attributes *attributes)
{
  *copy = *attributes;
  e13_acl_ref (copy->access);
  e13_acl_ref (copy->default_acl);
  if (copy->sd != NULL)
    g_bytes_ref (copy->sd);
  if (copy->zone != NULL)
    g_bytes_ref (copy->zone);
  if (copy->content != NULL)
    g_bytes_ref (copy->content);
}

void
e13_attributes_clear (E13Attributes *attributes)
{
  g_clear_pointer (&attributes->access, e13_acl_unref);
  g_clear_pointer (&attributes->default_acl, e13_acl_unref);
  g_clear_pointer (&attributes->sd, g_bytes_unref);
  g_clear_pointer (&attributes->zone, g_bytes_unref);
  g_clear_pointer (&attributes->content, g_bytes_unref);
}

static E13SecurityDescriptor *
decode (const GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data ((GBytes *)bytes, &size);

  return e13_sd_decode (data, size, NULL);
}

gboolean
e13_attributes_same_zone (const GBytes *a, const GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

gboolean
e13_attributes_same_sd (const GBytes *a, const GBytes *b)
{
  g_autoptr (E13SecurityDescriptor) x = NULL;
  g_autoptr (E13SecurityDescriptor) y = NULL;

  if (a == NULL || b == NULL || g_bytes_equal (a, b))
    return a == b || (a != NULL && b != NULL);
  x = decode (a);
  y = decode (b);
  return x != NULL && y != NULL && e13_sd_equal (x, y);
}

gboolean
e13_attributes_equal (const E13Attributes *a, const E13Attributes *b)
{
  if (a->sd != NULL || b->sd != NULL)
    return e13_attributes_same_sd (a->sd, b->sd) && e13_attributes_same_zone (a->zone, b->zone)
           && a->read_only == b->read_only;
  return a->uid == b->uid && a->gid == b->gid && a->mode == b->mode && e13_acl_equal (a->access, b->access)
         && e13_acl_equal (a->default_acl, b->default_acl);
}

E13Change *
e13_change_new (E13ChangeKind kind, const char *path, const E13Facts *facts)
{
  E13Change *change = g_new0 (E13Change, 1);

  change->kind = kind;
  change->path = g_strdup (path);
  change->type = facts->type;
  change->key = facts->key;
  change->n_links = facts->n_links;
  e13_attributes_from_facts (&change->before, facts);
  e13_attributes_copy (&change->after, &change->before);
  return change;
}

void
e13_change_free (E13Change *change)
{
  if (change == NULL)
    return;
  g_free (change->path);
  g_free (change->handle);
  g_free (change->reason);
  e13_attributes_clear (&change->before);
  e13_attributes_clear (&change->after);
  g_clear_pointer (&change->notes, g_ptr_array_unref);
  g_free (change);
}

void
e13_change_note (E13Change *change, const char *format, ...)
{
  va_list args;

  if (change->notes == NULL)
    change->notes = g_ptr_array_new_with_free_func (g_free);
  va_start (args, format);
  g_ptr_array_add (change->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

gint
e13_change_compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const E13Change *const *)a)->path, (*(const E13Change *const *)b)->path);
}

guint
e13_changes_count (const GPtrArray *changes, E13Outcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < changes->len; i++)
    n += ((const E13Change *)changes->pdata[i])->outcome == outcome;
  return n;
}
