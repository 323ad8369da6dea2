/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/posix-acl.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static int
compare_entries (const void *a, const void *b)
{
  const E13AclEntry *x = a;
  const E13AclEntry *y = b;

  if (x->tag != y->tag)
    return (int)x->tag - (int)y->tag;
  return (x->id > y->id) - (x->id < y->id);
}

static E13Acl *
acl_alloc (gsize n_entries)
{
  E13Acl *acl = g_malloc0 (sizeof *acl + n_entries * sizeof acl->entries[0]);

  acl->ref_count = 1;
  acl->n_entries = (guint)n_entries;
  return acl;
}

gboolean
e13_acl_tag_is_named (E13AclTag tag)
{
  return tag == E13_ACL_USER || tag == E13_ACL_GROUP;
}

static gboolean
validate (const E13Acl *acl, GError **error)
{
  guint count[E13_ACL_OTHER + 1] = { 0 };

  for (guint i = 0; i < acl->n_entries; i++)
    {
      const E13AclEntry *entry = &acl->entries[i];

      if (entry->tag > E13_ACL_OTHER || entry->rights > E13_RIGHTS_ALL)
        return e13_throw (error, E13_ERROR_INPUT, "an entry has an unknown kind or unknown rights");
      if (i > 0 && compare_entries (entry - 1, entry) == 0)
        return e13_throw (error, E13_ERROR_INPUT, "two entries stand for the same user, group or class");
      count[entry->tag]++;
    }
  if (count[E13_ACL_USER_OBJ] == 0 || count[E13_ACL_GROUP_OBJ] == 0 || count[E13_ACL_OTHER] == 0)
    return e13_throw (error, E13_ERROR_INPUT, "the entry of the owner, of the owning group or of others is missing");
  if (count[E13_ACL_USER] + count[E13_ACL_GROUP] > 0 && count[E13_ACL_MASK] == 0)
    return e13_throw (error, E13_ERROR_INPUT, "there are named entries but no mask");
  return TRUE;
}

E13Acl *
e13_acl_new (const E13AclEntry *entries, gsize n_entries, GError **error)
{
  g_autoptr (E13Acl) acl = acl_alloc (n_entries);

  for (gsize i = 0; i < n_entries; i++)
    {
      acl->entries[i] = entries[i];
      if (!e13_acl_tag_is_named (entries[i].tag))
        acl->entries[i].id = 0;
    }
  if (n_entries > 1)
    qsort (acl->entries, n_entries, sizeof acl->entries[0], compare_entries);
  return validate (acl, error) ? g_steal_pointer (&acl) : NULL;
}

E13Acl *
e13_acl_from_mode (guint32 mode)
{
  E13Acl *acl = acl_alloc (3);

  acl->entries[0] = (E13AclEntry){ 0, E13_ACL_USER_OBJ, (mode >> 6) & E13_RIGHTS_ALL };
  acl->entries[1] = (E13AclEntry){ 0, E13_ACL_GROUP_OBJ, (mode >> 3) & E13_RIGHTS_ALL };
  acl->entries[2] = (E13AclEntry){ 0, E13_ACL_OTHER, mode & E13_RIGHTS_ALL };
  return acl;
}

E13Acl *
e13_acl_ref (E13Acl *acl)
{
  if (acl != NULL)
    g_atomic_int_inc (&acl->ref_count);
  return acl;
}

void
e13_acl_unref (E13Acl *acl)
{
  if (acl != NULL && g_atomic_int_dec_and_test (&acl->ref_count))
    g_free (acl);
}

gboolean
e13_acl_equal (const E13Acl *a, const E13Acl *b)
{
  if (a == NULL || b == NULL || a->n_entries != b->n_entries)
    return a == b;
  for (guint i = 0; i < a->n_entries; i++)
    if (compare_entries (&a->entries[i], &b->entries[i]) != 0 || a->entries[i].rights != b->entries[i].rights)
      return FALSE;
  return TRUE;
}

gboolean
e13_acl_is_extended (const E13Acl *acl)
{
  return acl->n_entries > 3;
}

const E13AclEntry *
e13_acl_find (const E13Acl *acl, E13AclTag tag, guint32 id)
{
  for (guint i = 0; i < acl->n_entries; i++)
    if (acl->entries[i].tag == tag && (!e13_acl_tag_is_named (tag) || acl->entries[i].id == id))
      return &acl->entries[i];
  return NULL;
}

E13Rights
e13_acl_masked (const E13Acl *acl, E13Rights rights)
{
  const E13AclEntry *mask = e13_acl_find (acl, E13_ACL_MASK, 0);

  return mask != NULL ? rights & mask->rights : rights;
}

E13Rights
e13_acl_rights_of (const E13Acl *acl, E13AclTag tag)
{
  return e13_acl_find (acl, tag, 0)->rights;
}

guint32
e13_acl_to_mode (const E13Acl *acl)
{
  const E13AclEntry *mask = e13_acl_find (acl, E13_ACL_MASK, 0);
  E13Rights group = mask != NULL ? mask->rights : e13_acl_rights_of (acl, E13_ACL_GROUP_OBJ);

  return (guint32)e13_acl_rights_of (acl, E13_ACL_USER_OBJ) << 6 | (guint32)group << 3
         | e13_acl_rights_of (acl, E13_ACL_OTHER);
}

E13Rights
e13_acl_group_class (const E13Acl *acl)
{
  return (e13_acl_to_mode (acl) >> 3) & E13_RIGHTS_ALL;
}

E13Acl *
e13_acl_with (const E13Acl *acl, E13AclTag tag, guint32 id, E13Rights rights)
{
  g_autofree E13AclEntry *entries = g_new (E13AclEntry, acl->n_entries + 2);
  gsize n = acl->n_entries;
  const E13AclEntry *old = e13_acl_find (acl, tag, id);
  E13Acl *result;

  memcpy (entries, acl->entries, n * sizeof *entries);
  if (old != NULL)
    entries[old - acl->entries].rights = (guint8)rights;
  else
    entries[n++] = (E13AclEntry){ id, (guint8)tag, (guint8)rights };
  if (e13_acl_tag_is_named (tag) && e13_acl_find (acl, E13_ACL_MASK, 0) == NULL)
    entries[n++] = (E13AclEntry){ 0, E13_ACL_MASK, (guint8)e13_acl_rights_of (acl, E13_ACL_GROUP_OBJ) };
  result = e13_acl_new (entries, n, NULL);
  g_assert (result != NULL);
  return result;
}

E13Acl *
e13_acl_without (const E13Acl *acl, E13AclTag tag, guint32 id)
{
  const E13AclEntry *old = e13_acl_find (acl, tag, id);
  E13Acl *result;
  gsize before;

  g_assert (e13_acl_tag_is_named (tag));
  if (old == NULL)
    return e13_acl_ref ((E13Acl *)acl);
  before = (gsize)(old - acl->entries);
  result = acl_alloc (acl->n_entries - 1);
  memcpy (result->entries, acl->entries, before * sizeof *old);
  memcpy (result->entries + before, old + 1, (acl->n_entries - before - 1) * sizeof *old);
  return result;
}

E13Acl *
e13_acl_trimmed (const E13Acl *acl, E13Rights mask)
{
  E13Acl *result = acl_alloc (acl->n_entries);

  for (guint i = 0; i < acl->n_entries; i++)
    {
      E13AclEntry entry = acl->entries[i];

      if (entry.tag == E13_ACL_MASK)
        entry.rights = (guint8)mask;
      else if (entry.tag != E13_ACL_USER_OBJ && entry.tag != E13_ACL_OTHER)
        entry.rights &= (guint8)mask;
      result->entries[i] = entry;
    }
  return result;
}

static const struct
{
  const char *word;
  char letter;
} tag_names[] = {
  [E13_ACL_USER_OBJ] = { "user", 'u' }, [E13_ACL_USER] = { "user", 'u' }, [E13_ACL_GROUP_OBJ] = { "group", 'g' },
  [E13_ACL_GROUP] = { "group", 'g' },   [E13_ACL_MASK] = { "mask", 'm' }, [E13_ACL_OTHER] = { "other", 'o' },
};

static void
append_id_and_rights (GString *out, const E13AclEntry *entry)
{
  if (e13_acl_tag_is_named (entry->tag))
    g_string_append_printf (out, ":%" G_GUINT32_FORMAT ":", entry->id);
  else
    g_string_append (out, "::");
  g_string_append (out, e13_rights_to_text (entry->rights));
}

char *
e13_acl_to_text (const E13Acl *acl)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < acl->n_entries; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, tag_names[acl->entries[i].tag].letter);
      append_id_and_rights (out, &acl->entries[i]);
    }
  return g_string_free (out, FALSE);
}

void
e13_acl_append_getfacl (GString *out, const E13Acl *acl, const char *prefix)
{
  for (guint i = 0; i < acl->n_entries; i++)
    {
      g_string_append (out, prefix);
      g_string_append (out, tag_names[acl->entries[i].tag].word);
      append_id_and_rights (out, &acl->entries[i]);
      g_string_append_c (out, '\n');
    }
}

static gboolean
parse_rights (const char *text, guint8 *ret_rights)
{
  for (guint8 rights = 0; rights <= E13_RIGHTS_ALL; rights++)
    if (g_str_equal (text, e13_rights_to_text (rights)))
      {
        *ret_rights = rights;
        return TRUE;
      }
  return FALSE;
}

gboolean
e13_acl_entry_parse (const char *line, E13AclEntry *ret_entry, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (line, ":", 4);
  E13AclEntry entry = { 0, 0, 0 };
  gboolean named;

  if (g_strv_length (fields) != 3 || !parse_rights (fields[2], &entry.rights))
    return e13_throw (error, E13_ERROR_INPUT, "malformed ACL entry '%s'", line);
  named = fields[1][0] != '\0';
  if (named)
    {
      guint64 id;

      if (!g_ascii_string_to_unsigned (fields[1], 10, 0, G_MAXUINT32 - 1, &id, NULL))
        return e13_throw (error, E13_ERROR_INPUT, "the id in the ACL entry '%s' is not a number", line);
      entry.id = (guint32)id;
    }
  for (guint tag = 0; tag < G_N_ELEMENTS (tag_names); tag++)
    if (g_str_equal (fields[0], tag_names[tag].word) && e13_acl_tag_is_named (tag) == named)
      {
        entry.tag = (guint8)tag;
        *ret_entry = entry;
        return TRUE;
      }
  return e13_throw (error, E13_ERROR_INPUT, "malformed ACL entry '%s'", line);
}
