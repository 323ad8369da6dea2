/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The sentences of the access model: which entry decided, in words. */

#include "access/posix.h"

static const char *
name_or_null (const char *(*lookup) (guint32 id), guint32 id)
{
  return lookup != NULL ? lookup (id) : NULL;
}

/* "maria", or "uid 1234". */
static char *
user_label (const E13Names *names, guint32 uid)
{
  const char *name = names != NULL ? name_or_null (names->user_name, uid) : NULL;

  return name != NULL ? g_strdup (name) : g_strdup_printf ("uid %" G_GUINT32_FORMAT, uid);
}

/* As it stands in an ACL entry and after the word group: "staff", or "500". */
static char *
group_label (const E13Names *names, guint32 gid)
{
  const char *name = names != NULL ? name_or_null (names->group_name, gid) : NULL;

  return name != NULL ? g_strdup (name) : g_strdup_printf ("%" G_GUINT32_FORMAT, gid);
}

/* "user:www-data:rwx", as getfacl shows it. */
static char *
entry_label (const E13AclEntry *entry, const E13Identity *identity, const E13Names *names)
{
  const char *rights = e13_rights_to_text (entry->rights);
  g_autofree char *group = NULL;

  if (entry->tag == E13_ACL_USER && identity->name != NULL)
    return g_strdup_printf ("user:%s:%s", identity->name, rights);
  if (entry->tag == E13_ACL_USER)
    return g_strdup_printf ("user:%" G_GUINT32_FORMAT ":%s", entry->id, rights);
  if (entry->tag == E13_ACL_GROUP_OBJ)
    return g_strdup_printf ("group::%s", rights);
  group = group_label (names, entry->id);
  return g_strdup_printf ("group:%s:%s", group, rights);
}

/* "others have", "group and others have": who has what the class that decides lacks; NULL where nobody has. */
static const char *
who_has (const E13Facts *facts, E13Rights missing, gboolean group_counts)
{
  gboolean group = group_counts && ((facts->mode >> 3) & missing) == missing;
  gboolean others = (facts->mode & missing) == missing;

  if (missing == E13_RIGHT_NONE)
    return NULL;
  if (group && others)
    return "group and others have";
  return group ? "the group has" : others ? "others have" : NULL;
}

/* How the bits of a class that decides alone are told: ", and the owner bits r-- decide alone, though others have
 * -w-". */
static void
append_decides_alone (GString *out, const char *class, const E13Facts *facts, const E13Verdict *verdict, E13Rights want)
{
  E13Rights missing = want & ~verdict->granted;
  const char *luckier = who_has (facts, missing, verdict->decider == E13_DECIDED_BY_OWNER);

  g_string_append_printf (out, ", and the %s bits %s decide alone", class, e13_rights_to_text (verdict->entry.rights));
  if (luckier != NULL)
    g_string_append_printf (out, ", though %s %s", luckier, e13_rights_to_text (missing));
}

static void
append_owner (GString *out, const E13Facts *facts, const char *who, const E13Verdict *verdict, E13Rights want)
{
  const E13AclEntry *named = NULL;

  g_string_append_printf (out, "mode %04o: %s is the owner", facts->mode, who);
  append_decides_alone (out, "owner", facts, verdict, want);
  if (facts->access != NULL && verdict->granted != want)
    named = e13_acl_find (facts->access, E13_ACL_USER, facts->uid);
  if (named != NULL)
    g_string_append_printf (out, " (its ACL entry with %s is not looked at)", e13_rights_to_text (named->rights));
}

/* One entry of the ACL, and what the mask makes of it. */
static void
append_entry (GString *out, const E13Facts *facts, const char *label, const E13Verdict *verdict, E13Rights want)
{
  E13Rights lacks = want & ~(E13Rights)verdict->entry.rights;

  g_string_append_printf (out, "ACL entry %s", label);
  if (verdict->granted == want)
    g_string_append (out, " grants it");
  else if (verdict->mask_cuts == E13_RIGHT_NONE)
    g_string_append (out, " decides alone");
  else
    {
      g_string_append_printf (out, " is cut to %s by the mask (chmod after the ACL was set does this)",
                              e13_rights_to_text (e13_acl_masked (facts->access, verdict->entry.rights)));
      if (lacks != E13_RIGHT_NONE)
        g_string_append_printf (out, ", and lacks %s without it", e13_rights_to_text (lacks));
    }
}

/* The owning group by the mode alone. */
static void
append_owning_group (GString *out, const E13Facts *facts, const char *who, const E13Verdict *verdict, E13Rights want,
                     const E13Names *names)
{
  g_autofree char *group = group_label (names, facts->gid);

  g_string_append_printf (out, "mode %04o: %s is in group %s", facts->mode, who, group);
  append_decides_alone (out, "group", facts, verdict, want);
}

static void
append_groups (GString *out, const E13Facts *facts, const char *who, const E13Identity *identity,
               const E13Verdict *verdict, E13Rights want, const E13Names *names)
{
  g_autofree char *label = entry_label (&verdict->entry, identity, names);
  g_autofree char *group = NULL;

  if (verdict->granted != want && verdict->n_groups > 1 && verdict->mask_cuts == E13_RIGHT_NONE)
    {
      g_string_append_printf (out, "%s is in %u groups of the ACL, and %s holds %s (nearest: %s)", who,
                              verdict->n_groups, verdict->split ? "no single one" : "none of them",
                              e13_rights_to_text (want), label);
      return;
    }
  group = group_label (names, verdict->entry.tag == E13_ACL_GROUP ? verdict->entry.id : facts->gid);
  g_string_append_printf (out, "%s is in group %s, and ", who, group);
  append_entry (out, facts, label, verdict, want);
}

static void
append_other (GString *out, const E13Facts *facts, const char *who, const E13Verdict *verdict, const E13Names *names)
{
  g_autofree char *owner = user_label (names, facts->uid);
  g_autofree char *group = group_label (names, facts->gid);
  gboolean acl = !verdict->acl_ignored && facts->access != NULL && e13_acl_is_extended (facts->access);

  g_string_append_printf (out, "mode %04o, owner %s: %s is neither owner nor in group %s%s, and others get %s",
                          facts->mode, owner, who, group, acl ? " nor in the ACL" : "",
                          e13_rights_to_text (verdict->entry.rights));
}

static void
append_capability (GString *out, const E13Facts *facts, const char *who, const E13Verdict *verdict, E13Rights want)
{
  if (verdict->granted == want)
    g_string_append_printf (out, "%s is held by no permission bit (CAP_DAC_OVERRIDE)", who);
  else
    g_string_append_printf (out, "mode %04o: nobody has an execute bit, and not even CAP_DAC_OVERRIDE runs such a file",
                            facts->mode);
}

/* What keeps the sentence from being the whole truth. */
static void
append_reservations (GString *out, const E13Facts *facts, const E13Identity *identity, const E13Verdict *verdict)
{
  if (verdict->acl_ignored)
    {
      const E13AclEntry *named = e13_acl_find (facts->access, E13_ACL_USER, identity->uid);

      g_string_append (out, "; the ACL is ignored because the group bits are all zero");
      if (named != NULL)
        g_string_append_printf (out, ", so its entry with %s for %s is dead", e13_rights_to_text (named->rights),
                                identity->name != NULL ? identity->name : "this user");
    }
  else if (facts->acl_state == E13_ACL_UNREADABLE && identity->uid != facts->uid && (facts->mode & 0070) != 0)
    g_string_append_printf (out, "; but its ACL could not be read: %s", g_strerror (facts->acl_errno));
}

char *
e13_posix_explain (const E13Facts *facts, const E13Identity *identity, const E13Verdict *verdict, E13Rights want,
                   const E13Names *names)
{
  GString *out = g_string_new (NULL);
  g_autofree char *who = e13_identity_label (identity);
  g_autofree char *label = NULL;

  switch (verdict->decider)
    {
    case E13_DECIDED_BY_CAPABILITY:
      append_capability (out, facts, who, verdict, want);
      return g_string_free (out, FALSE);
    case E13_DECIDED_BY_OWNER:
      append_owner (out, facts, who, verdict, want);
      break;
    case E13_DECIDED_BY_NAMED_USER:
      label = entry_label (&verdict->entry, identity, names);
      append_entry (out, facts, label, verdict, want);
      break;
    case E13_DECIDED_BY_GROUPS:
      if (facts->access != NULL && e13_acl_is_extended (facts->access) && !verdict->acl_ignored)
        append_groups (out, facts, who, identity, verdict, want, names);
      else
        append_owning_group (out, facts, who, verdict, want, names);
      break;
    case E13_DECIDED_BY_OTHER:
      append_other (out, facts, who, verdict, names);
      break;
    }
  append_reservations (out, facts, identity, verdict);
  return g_string_free (out, FALSE);
}

/* Flags and mounts hold everybody, whatever the permission bits say. */
static const char *
why_nobody_deletes (const E13Facts *directory, const E13Facts *object)
{
  if (directory->attributes & E13_ATTRIBUTE_IMMUTABLE)
    return "the directory is immutable (chattr +i)";
  if (directory->attributes & E13_ATTRIBUTE_APPEND_ONLY)
    return "the directory is append-only (chattr +a): names are added to it but never removed";
  if (object->attributes & E13_ATTRIBUTE_IMMUTABLE)
    return "it is immutable (chattr +i)";
  if (object->attributes & E13_ATTRIBUTE_APPEND_ONLY)
    return "it is append-only (chattr +a)";
  if (object->attributes & E13_ATTRIBUTE_MOUNT_ROOT)
    return "it is a mount point";
  return NULL;
}

char *
e13_posix_why_not_unlink (const E13Facts *directory, const E13Facts *object, const E13Identity *identity,
                          const E13Names *names)
{
  const char *nobody = why_nobody_deletes (directory, object);
  g_autofree char *owner = NULL;
  g_autofree char *directory_owner = NULL;

  if (nobody != NULL)
    return g_strdup (nobody);
  /* Who overrides permission bits is taken to hold CAP_FOWNER too, as root does. */
  if ((directory->mode & 01000) == 0 || identity->uid == object->uid || identity->uid == directory->uid
      || identity->overrides_dac)
    return NULL;
  owner = user_label (names, object->uid);
  directory_owner = user_label (names, directory->uid);
  return g_strdup_printf ("the directory is sticky (mode %04o): only the object's owner %s, the directory's owner %s "
                          "and root delete in it",
                          directory->mode, owner, directory_owner);
}
