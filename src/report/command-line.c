/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/command-line.h"

#include <string.h>

/* ---- Access control lists as setfacl reads them ---------------------------------------------- */

/* setfacl reads \040 for a space; the shell takes one of two backslashes. */
static char *
escaped (const char *name, const char *plain)
{
  GString *out = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (strchr (plain, *name) != NULL)
      g_string_append_c (out, *name);
    else
      g_string_append_printf (out, "\\\\%03o", (guchar)*name);
  return g_string_free (out, FALSE);
}

char *
e13_command_line_account (E13AclTag tag, guint32 id, const E13ReadOps *names)
{
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
  const char *name = NULL;

  if (names != NULL)
    name = tag == E13_ACL_USER ? names->user_name (id) : names->group_name (id);
  if (name != NULL && e13_id_is_named (id))
    return escaped (name, plain);
  if (name != NULL && *name != '\0' && !g_ascii_isdigit (*name) && name[strspn (name, plain)] == '\0')
    return g_strdup (name);
  return g_strdup_printf ("%" G_GUINT32_FORMAT, id);
}

static void
append_named_entry (GString *out, const E13AclEntry *entry, const char *rights, const E13ReadOps *names)
{
  g_autofree char *who = e13_command_line_account (entry->tag, entry->id, names);

  g_string_append_printf (out, "%s%c:%s:%s", out->len > 0 ? "," : "", entry->tag == E13_ACL_USER ? 'u' : 'g', who,
                          rights);
}

static void
append_base_entry (GString *out, const E13AclEntry *entry)
{
  static const char letters[] = {
    [E13_ACL_USER_OBJ] = 'u',
    [E13_ACL_GROUP_OBJ] = 'g',
    [E13_ACL_MASK] = 'm',
    [E13_ACL_OTHER] = 'o',
  };

  g_string_append_printf (out, "%s%c::%s", out->len > 0 ? "," : "", letters[entry->tag],
                          e13_rights_to_text (entry->rights));
}

static gboolean
has_names (const E13Acl *acl)
{
  for (guint i = 0; i < acl->n_entries; i++)
    if (e13_acl_tag_is_named (acl->entries[i].tag) && e13_id_is_named (acl->entries[i].id))
      return TRUE;
  return FALSE;
}

char *
e13_command_line_acl (const E13Acl *acl, const E13ReadOps *names)
{
  GString *out = g_string_new (NULL);

  if (!has_names (acl))
    return g_string_free (out, TRUE), e13_acl_to_text (acl);
  for (guint i = 0; i < acl->n_entries; i++)
    {
      const E13AclEntry *entry = &acl->entries[i];

      if (e13_acl_tag_is_named (entry->tag))
        append_named_entry (out, entry, e13_rights_to_text (entry->rights), names);
      else
        append_base_entry (out, entry);
    }
  return g_string_free (out, FALSE);
}

/* What `setfacl -m` makes of @acl when it is given @entry alone: the mask becomes the union of the group class. */
static E13Acl *
modified (const E13Acl *acl, const E13AclEntry *entry)
{
  g_autoptr (E13Acl) with = e13_acl_with (acl, entry->tag, entry->id, entry->rights);
  E13Rights mask = 0;

  for (guint i = 0; i < with->n_entries; i++)
    if (e13_acl_tag_is_named (with->entries[i].tag) || with->entries[i].tag == E13_ACL_GROUP_OBJ)
      mask |= with->entries[i].rights;
  return e13_acl_with (with, E13_ACL_MASK, 0, mask);
}

/* "-m u:www-data:--x" where that leads from a list without named entries to exactly @after; else NULL. */
static char *
modify_option (const E13Acl *before, const E13Acl *after, const E13ReadOps *names)
{
  g_autoptr (E13Acl) result = e13_acl_ref ((E13Acl *)before);
  GString *entries = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < after->n_entries; i++)
    if (e13_acl_tag_is_named (after->entries[i].tag))
      {
        E13Acl *next = modified (result, &after->entries[i]);

        e13_acl_unref (result);
        result = next;
        append_named_entry (entries, &after->entries[i], e13_rights_to_text (after->entries[i].rights), names);
      }
  text = g_string_free (entries, FALSE);
  if (e13_acl_is_extended (before) || *text == '\0' || !e13_acl_equal (result, after))
    return NULL;
  return g_strdup_printf ("-m %s", text);
}

/* ---- Modes ----------------------------------------------------------------------------------- */

static void
append_clause (GString *out, char who, char operation, const char *bits)
{
  if (*bits != '\0')
    g_string_append_printf (out, "%s%c%c%s", out->len > 0 ? "," : "", who, operation, bits);
}

static void
append_bits (char *out, guint32 rwx, gboolean special, char letter)
{
  if (rwx & E13_RIGHT_READ)
    *out++ = 'r';
  if (rwx & E13_RIGHT_WRITE)
    *out++ = 'w';
  if (rwx & E13_RIGHT_EXECUTE)
    *out++ = 'x';
  if (special)
    *out++ = letter;
  *out = '\0';
}

/* chmod's symbolic words that lead from @before to @after, "u+rx,o-w"; empty where they are equal. */
static char *
chmod_words (guint32 before, guint32 after)
{
  static const struct
  {
    char who;
    guint shift;
    guint32 special;
    char letter;
  } classes[] = { { 'u', 6, 04000, 's' }, { 'g', 3, 02000, 's' }, { 'o', 0, 0, '\0' }, { 'a', 9, 01000, 't' } };
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      guint32 rwx = classes[i].who == 'a' ? 0 : E13_RIGHTS_ALL << classes[i].shift;
      guint32 added = after & ~before & (rwx | classes[i].special);
      guint32 removed = before & ~after & (rwx | classes[i].special);
      char bits[5];

      append_bits (bits, (added & rwx) >> classes[i].shift, (added & classes[i].special) != 0, classes[i].letter);
      append_clause (out, classes[i].who, '+', bits);
      append_bits (bits, (removed & rwx) >> classes[i].shift, (removed & classes[i].special) != 0, classes[i].letter);
      append_clause (out, classes[i].who, '-', bits);
    }
  return g_string_free (out, FALSE);
}

/* ---- One object ------------------------------------------------------------------------------ */

static void
add_command (GPtrArray *commands, const char *words, const char *target)
{
  g_ptr_array_add (commands, g_strdup_printf ("%s %s", words, target));
}

static void
add_chown (GPtrArray *commands, const E13Change *change, const char *target, const E13ReadOps *names)
{
  g_autofree char *owner_name = e13_command_line_account (E13_ACL_USER, change->after.uid, names);
  g_autofree char *group_name = e13_command_line_account (E13_ACL_GROUP, change->after.gid, names);
  gboolean new_owner = change->before.uid != change->after.uid;
  gboolean new_group = change->before.gid != change->after.gid;
  g_autofree char *words = NULL;

  if (!new_owner && !new_group)
    return;
  words = g_strdup_printf ("chown -h %s%s%s", new_owner ? owner_name : "", new_group ? ":" : "",
                           new_group ? group_name : "");
  add_command (commands, words, target);
}

static void
add_access (GPtrArray *commands, const E13Change *change, const char *target, const E13ReadOps *names)
{
  const E13Attributes *before = &change->before;
  const E13Attributes *after = &change->after;
  gboolean extended = e13_acl_is_extended (before->access) || e13_acl_is_extended (after->access);
  gboolean regiven = before->uid != after->uid || before->gid != after->gid;
  guint32 lower = extended ? 0 : 0777;
  /* chown(2) drops the set-id bits of what is no directory. */
  guint32 upper = regiven && change->type != E13_TYPE_DIRECTORY ? before->mode & 01000 : before->mode & 07000;
  g_autofree char *chmod_to = chmod_words (upper | (before->mode & lower), after->mode & (07000 | lower));

  if (extended && !e13_acl_equal (before->access, after->access))
    {
      g_autofree char *modify = modify_option (before->access, after->access, names);
      g_autofree char *whole = e13_command_line_acl (after->access, names);
      g_autofree char *words
          = modify != NULL ? g_strdup_printf ("setfacl %s", modify) : g_strdup_printf ("setfacl --set %s", whole);

      add_command (commands, words, target);
    }
  if (*chmod_to != '\0')
    {
      g_autofree char *words = g_strdup_printf ("chmod %s", chmod_to);

      add_command (commands, words, target);
    }
}

static void
add_default (GPtrArray *commands, const E13Change *change, const char *target, const E13ReadOps *names)
{
  const E13Acl *after = change->after.default_acl;

  if (e13_acl_equal (change->before.default_acl, after))
    return;
  if (after == NULL)
    add_command (commands, "setfacl -k", target);
  else
    {
      g_autofree char *whole = e13_command_line_acl (after, names);
      g_autofree char *words = g_strdup_printf ("setfacl -d --set %s", whole);

      add_command (commands, words, target);
    }
}

/* What the new directory inherited is not known beforehand, so all of it is set. */
static void
add_whole (GPtrArray *commands, const E13Change *change, const char *target, const E13ReadOps *names)
{
  g_autofree char *access = e13_command_line_acl (change->after.access, names);
  g_autofree char *words = g_strdup_printf ("setfacl --set %s", access);

  add_command (commands, words, target);
  if (change->after.default_acl == NULL)
    add_command (commands, "setfacl -k", target);
}

GPtrArray *
e13_command_line_set (const E13Change *change, const char *target, const E13ReadOps *names)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func (g_free);

  if (change->kind == E13_CHANGE_MAKE_DIRECTORY)
    add_whole (commands, change, target, names);
  else
    {
      add_chown (commands, change, target, names);
      add_access (commands, change, target, names);
    }
  add_default (commands, change, target, names);
  return commands;
}

char *
e13_command_line_make (const E13Change *change, const char *target, const E13ReadOps *names)
{
  g_autofree char *owner_name = e13_command_line_account (E13_ACL_USER, change->before.uid, names);
  g_autofree char *group_name = e13_command_line_account (E13_ACL_GROUP, change->before.gid, names);

  return g_strdup_printf ("setpriv --reuid=%s --regid=%s --clear-groups mkdir %s", owner_name, group_name, target);
}
