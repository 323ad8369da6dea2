/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <string.h>

#include "base/error.h"
#include "repair/grant.h"
#include "tests/support/acl-text.h"

TestSuite (grant, .timeout = 60);

/* An object of owner 1000 and group 100. */
static E13Facts
object (const char *acl, const char *default_acl, E13AclState state)
{
  E13Facts facts = { 0 };

  facts.type = E13_TYPE_DIRECTORY;
  facts.uid = 1000;
  facts.gid = 100;
  facts.n_links = 1;
  facts.acl_state = state;
  facts.access = test_acl (acl);
  facts.mode = e13_acl_to_mode (facts.access);
  facts.default_acl = default_acl != NULL ? test_acl (default_acl) : NULL;
  return facts;
}

static char *
notes_of (const E13Change *change)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; change->notes != NULL && i < change->notes->len; i++)
    g_string_append_printf (out, "%s\n", (const char *)g_ptr_array_index (change->notes, i));
  return g_string_free (out, FALSE);
}

#define INDICES(rows)                                                                                                  \
  static gsize indices[G_N_ELEMENTS (rows)];                                                                           \
                                                                                                                       \
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)                                                                      \
    indices[i] = i;                                                                                                    \
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows))

/* ---- Granting -------------------------------------------------------------------------------- */

typedef struct
{
  const char *label;
  const char *acl;
  gboolean no_acls;
  const char *who;
  E13Rights needs;
  E13Via via;
  const char *after; /* NULL: refused */
  guint32 uid, gid;  /* 0: as they were */
  const char *note;  /* a part of the notes, or of the error; NULL: there are none */
} GrantRow;

static const GrantRow grant_rows[] = {
  { "entry", "u::rw-,g::---,o::---", FALSE, "33:33", R, E13_VIA_ACL, "u::rw-,u:33:r--,g::---,m::r--,o::---", 0, 0,
    NULL },
  { "owner", "u::---,g::r--,o::r--", FALSE, "1000:33", R | W, E13_VIA_ACL, "u::rw-,g::r--,o::r--", 0, 0, NULL },
  { "enough", "u::rw-,g::r--,o::r--", FALSE, "33:33", R, E13_VIA_ACL, "u::rw-,g::r--,o::r--", 0, 0, NULL },
  { "trimmed mask", "u::rw-,u:2000:rw-,g::rw-,m::r--,o::---", FALSE, "33:33", R | W, E13_VIA_ACL,
    "u::rw-,u:33:rw-,u:2000:r--,g::r--,m::rw-,o::---", 0, 0, NULL },
  { "woken ACL", "u::rw-,u:2000:rw-,g::rw-,m::---,o::r--", FALSE, "33:33", R | W, E13_VIA_ACL,
    "u::rw-,u:33:rw-,u:2000:---,g::---,m::rw-,o::r--", 0, 0, "user 2000 loses r--" },
  { "no ACLs, in no group", "u::rw-,g::---,o::---", TRUE, "33:33", R, E13_VIA_ACL, NULL, 0, 0, "--via=group" },
  { "no ACLs, in the group", "u::rw-,g::---,o::---", TRUE, "33:33,100", R, E13_VIA_ACL, NULL, 0, 0,
    "every member of group 100" },
  { "no ACLs, owner", "u::---,g::---,o::---", TRUE, "1000:33", R, E13_VIA_ACL, "u::r--,g::---,o::---", 0, 0, NULL },
  { "group, in it", "u::rw-,g::---,o::---", TRUE, "33:33,100", R, E13_VIA_GROUP, "u::rw-,g::r--,o::---", 0, 0,
    "every member of group 100 has r--" },
  { "group, not in it", "u::rw-,g::r--,o::---", FALSE, "33:33", R | W, E13_VIA_GROUP,
    "u::rw-,g::rw-,g:100:r--,m::rw-,o::---", 0, 33, "every member of group 33 has rw-" },
  { "group, nothing to keep", "u::rw-,g::r--,o::r--", FALSE, "33:33", R | W, E13_VIA_GROUP, "u::rw-,g::rw-,o::r--", 0,
    33, "every member of group 33 has rw-" },
  { "group, no ACLs", "u::rw-,g::rw-,o::r--", TRUE, "33:33", W, E13_VIA_GROUP, "u::rw-,g::rw-,o::r--", 0, 33,
    "also-loses: members of group 100 lose -w-" },
  { "group, no ACLs, one who is denied", "u::rw-,g::---,o::r--", TRUE, "33:33", W, E13_VIA_GROUP, NULL, 0, 0,
    "denied what others may do" },
  { "group, own entry decides", "u::rw-,u:33:r--,g::r--,m::r--,o::---", FALSE, "33:33", R | W, E13_VIA_GROUP,
    "u::rw-,u:33:rw-,g::r--,m::rw-,o::---", 0, 0, NULL },
  { "owner by chown", "u::rw-,g::---,o::---", FALSE, "33:33", R, E13_VIA_OWNER,
    "u::r--,u:1000:rw-,g::---,m::rw-,o::---", 33, 0, "user 1000 may no longer change its permissions" },
  { "owner by chown keeps what it had", "u::rw-,g::---,o::r--", FALSE, "33:33", W, E13_VIA_OWNER,
    "u::rw-,u:1000:rw-,g::---,m::rw-,o::r--", 33, 0, "also-loses" },
  { "owner by chown, no ACLs", "u::rw-,g::---,o::---", TRUE, "33:33", R, E13_VIA_OWNER, "u::r--,g::---,o::---", 33, 0,
    "user 1000 may lose rw-" },
  { "owner by chown, no ACLs, one who is denied", "u::---,g::r--,o::---", TRUE, "33:33", R, E13_VIA_OWNER, NULL, 0, 0,
    "would gain r--" },
  { "mode", "u::rw-,g::---,o::---", TRUE, "33:33", R, E13_VIA_MODE, "u::rw-,g::---,o::r--", 0, 0,
    "everybody gains r--" },
  { "mode, in the group", "u::rw-,g::---,o::---", TRUE, "33:33,100", R, E13_VIA_MODE, "u::rw-,g::r--,o::---", 0, 0,
    "every member of group 100" },
};

ParameterizedTestParameters (grant, add) { INDICES (grant_rows); }

ParameterizedTest (gsize *index, grant, add)
{
  const GrantRow *row = &grant_rows[*index];
  g_auto (E13Facts) facts = object (row->acl, NULL, row->no_acls ? E13_ACL_UNSUPPORTED : E13_ACL_READ);
  g_autoptr (E13Change) change = e13_change_new (E13_CHANGE_SET, "x", &facts);
  g_autoptr (E13Identity) identity = test_identity (row->who);
  g_autoptr (GError) error = NULL;
  gboolean granted = e13_grant_add (change, &facts, identity, row->needs, row->via, &error);
  g_autofree char *after = e13_acl_to_text (change->after.access);
  g_autofree char *notes = granted ? notes_of (change) : g_strdup (error->message);

  cr_assert_eq (granted, row->after != NULL, "%s: %s", row->label, notes);
  cr_expect (row->note != NULL ? strstr (notes, row->note) != NULL : *notes == '\0', "%s: %s", row->label, notes);
  if (!granted)
    return;
  cr_expect_str_eq (after, row->after, "%s: %s", row->label, after);
  cr_expect_eq (change->after.uid, row->uid != 0 ? row->uid : 1000, "%s: uid %u", row->label, change->after.uid);
  cr_expect_eq (change->after.gid, row->gid != 0 ? row->gid : 100, "%s: gid %u", row->label, change->after.gid);
  cr_expect_eq (change->after.mode & 0777, e13_acl_to_mode (change->after.access), "%s: mode", row->label);
}

Test (grant, roles_add_up)
{
  g_auto (E13Facts) facts = object ("u::rw-,g::---,o::---", NULL, E13_ACL_READ);
  g_autoptr (E13Change) change = e13_change_new (E13_CHANGE_SET, "x", &facts);
  g_autoptr (E13Identity) app = test_identity ("33:33");
  g_autoptr (E13Identity) server = test_identity ("34:34");
  g_autofree char *after = NULL;

  cr_assert (e13_grant_add (change, &facts, app, R | W, E13_VIA_ACL, NULL));
  cr_assert (e13_grant_add (change, &facts, server, R, E13_VIA_ACL, NULL));
  after = e13_acl_to_text (change->after.access);
  cr_expect_str_eq (after, "u::rw-,u:33:rw-,u:34:r--,g::---,m::rw-,o::---", "%s", after);
  cr_expect_eq (change->granted, R | W);
}

Test (grant, a_second_role_does_not_take_the_group_from_the_first)
{
  g_auto (E13Facts) facts = object ("u::rw-,g::---,o::---", NULL, E13_ACL_UNSUPPORTED);
  g_autoptr (E13Change) change = e13_change_new (E13_CHANGE_SET, "x", &facts);
  g_autoptr (E13Identity) app = test_identity ("33:33");
  g_autoptr (E13Identity) server = test_identity ("34:34");
  g_autoptr (GError) error = NULL;

  cr_assert (e13_grant_add (change, &facts, app, R, E13_VIA_GROUP, NULL));
  cr_expect_not (e13_grant_add (change, &facts, server, R, E13_VIA_GROUP, &error));
  cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_REFUSED));
  cr_expect_eq (change->after.gid, 33);
}

Test (grant, setgid_and_sticky_bits_stay)
{
  g_auto (E13Facts) facts = object ("u::rwx,g::---,o::---", NULL, E13_ACL_READ);
  g_autoptr (E13Identity) app = test_identity ("33:33");
  g_autoptr (E13Change) change = NULL;

  facts.mode |= 03000;
  change = e13_change_new (E13_CHANGE_SET, "x", &facts);
  cr_assert (e13_grant_add (change, &facts, app, X, E13_VIA_ACL, NULL));
  cr_expect_eq (change->after.mode, 03710, "%o", change->after.mode);
}

Test (grant, an_acl_that_is_not_known_is_not_changed)
{
  static const E13AclState states[] = { E13_ACL_NOT_READ, E13_ACL_UNREADABLE };
  g_autoptr (E13Identity) app = test_identity ("33:33");

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_auto (E13Facts) facts = object ("u::rw-,g::---,o::---", NULL, states[i]);
      g_autoptr (E13Change) change = NULL;

      g_clear_pointer (&facts.access, e13_acl_unref);
      change = e13_change_new (E13_CHANGE_SET, "x", &facts);
      cr_expect_not (e13_grant_add (change, &facts, app, R, E13_VIA_ACL, NULL));
      cr_expect_not (e13_grant_inherit (change, &facts, app, NULL, TRUE, FALSE, NULL, NULL));
      cr_expect_not (e13_grant_harden (change, &facts, app, E13_HARDEN_APP_WRITE, NULL));
    }
}

/* ---- What later files get -------------------------------------------------------------------- */

typedef struct
{
  const char *label;
  const char *acl;
  const char *default_acl;
  const char *reader; /* NULL: none */
  gboolean keep_owner;
  gboolean deny_world;
  const char *after;
  const char *note;
} InheritRow;

static const InheritRow inherit_rows[] = {
  { "new", "u::rwx,g::r-x,o::r-x", NULL, NULL, FALSE, FALSE, "u::rwx,u:33:rwx,g::r-x,m::rwx,o::r-x",
    "user 33 rwx, and at most group r-x, others r-x, whatever their creator's umask" },
  { "reader and owner", "u::rwx,g::r-x,o::---", NULL, "34:34", TRUE, FALSE,
    "u::rwx,u:33:rwx,u:34:r-x,u:1000:rwx,g::r-x,m::rwx,o::---", "user 1000 rwx" },
  { "never w for group or others", "u::rwx,g::rwx,o::rwx", NULL, NULL, FALSE, FALSE,
    "u::rwx,u:33:rwx,g::r-x,m::rwx,o::r-x", "group r-x, others r-x" },
  { "the world is denied", "u::rwx,g::r-x,o::r-x", NULL, NULL, FALSE, TRUE, "u::rwx,u:33:rwx,g::r-x,m::rwx,o::---",
    "others ---" },
  { "what the mask cut stays cut", "u::rwx,u:2000:rwx,g::rwx,m::--x,o::---", NULL, NULL, FALSE, FALSE,
    "u::rwx,u:33:rwx,g::--x,m::rwx,o::---", "group --x" },
  { "an old one is trimmed", "u::rwx,g::r-x,o::r-x", "u::rwx,u:2000:rwx,g::r-x,m::r-x,o::---", NULL, FALSE, FALSE,
    "u::rwx,u:33:rwx,u:2000:r-x,g::r-x,m::rwx,o::---", "user 33 rwx" },
  { "an old one that is enough", "u::rwx,g::r-x,o::r-x", "u::rwx,u:33:rwx,g::r-x,m::rwx,o::---", NULL, FALSE, TRUE,
    "u::rwx,u:33:rwx,g::r-x,m::rwx,o::---", NULL },
  { "an old one that was not looked at", "u::rwx,g::r-x,o::r-x", "u::rwx,u:2000:rwx,g::r-x,m::---,o::r-x", NULL, FALSE,
    FALSE, "u::rwx,u:33:rwx,u:2000:---,g::---,m::rwx,o::r-x", "also-loses: user 2000 r-x" },
  { "an old one that the mask cuts", "u::rwx,g::r-x,o::r-x", "u::rwx,u:33:rwx,g::r-x,m::r-x,o::---", NULL, FALSE, FALSE,
    "u::rwx,u:33:rwx,g::r-x,m::rwx,o::---", "user 33 rwx" },
};

ParameterizedTestParameters (grant, inherit) { INDICES (inherit_rows); }

ParameterizedTest (gsize *index, grant, inherit)
{
  const InheritRow *row = &inherit_rows[*index];
  g_auto (E13Facts) facts = object (row->acl, row->default_acl, E13_ACL_READ);
  g_autoptr (E13Change) change = e13_change_new (E13_CHANGE_SET, "x", &facts);
  g_autoptr (E13Identity) app = test_identity ("33:33");
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_identity_free);
  g_autofree char *after = NULL;
  g_autofree char *notes = NULL;

  if (row->reader != NULL)
    g_ptr_array_add (readers, test_identity (row->reader));
  cr_assert (e13_grant_inherit (change, &facts, app, readers, row->keep_owner, row->deny_world, NULL, NULL));
  after = e13_acl_to_text (change->after.default_acl);
  notes = notes_of (change);
  cr_expect_str_eq (after, row->after, "%s: %s", row->label, after);
  cr_expect (row->note != NULL ? strstr (notes, row->note) != NULL : *notes == '\0', "%s: %s", row->label, notes);
  cr_expect (e13_acl_equal (change->before.access, change->after.access), "%s: the access ACL changed", row->label);
}

static const char *
some_user (guint32 uid)
{
  return uid == 33 ? "www-data" : NULL;
}

static const char *
some_group (guint32 gid)
{
  return gid == 7 ? "web" : NULL;
}

Test (grant, notes_call_accounts_by_name)
{
  static const E13Names names = { some_user, some_group };
  g_auto (E13Facts) facts
      = object ("u::rwx,g::r-x,o::r-x", "u::rwx,u:2000:rwx,g::r-x,g:7:r-x,m::---,o::r-x", E13_ACL_READ);
  g_autoptr (E13Change) change = e13_change_new (E13_CHANGE_SET, "x", &facts);
  g_autoptr (E13Identity) app = test_identity ("33:33");
  g_autofree char *notes = NULL;

  cr_assert (e13_grant_inherit (change, &facts, app, NULL, FALSE, FALSE, &names, NULL));
  notes = notes_of (change);
  cr_expect_not_null (strstr (notes, "for files made here later: www-data rwx"), "%s", notes);
  cr_expect_not_null (strstr (notes, "also-loses: user 2000 r-x"), "%s", notes);
  cr_expect_not_null (strstr (notes, "also-loses: group web r-x"), "%s", notes);
}

/* ---- Hardening ------------------------------------------------------------------------------- */

typedef struct
{
  const char *label;
  const char *acl;
  gboolean no_acls;
  const char *who;
  guint harden;
  const char *after; /* NULL: refused */
} HardenRow;

static const HardenRow harden_rows[] = {
  { "world w", "u::rw-,g::r--,o::rw-", FALSE, "1000:100", E13_HARDEN_WORLD_WRITE, "u::rw-,g::r--,o::r--" },
  { "world r", "u::rw-,g::r--,o::r--", FALSE, "1000:100", E13_HARDEN_WORLD_READ, "u::rw-,g::r--,o::---" },
  { "nothing to take", "u::rw-,g::r--,o::---", FALSE, "33:33", E13_HARDEN_WORLD_READ | E13_HARDEN_WORLD_WRITE,
    "u::rw-,g::r--,o::---" },
  { "the app keeps what the world loses", "u::rw-,g::r--,o::rw-", FALSE, "33:33", E13_HARDEN_WORLD_WRITE,
    "u::rw-,u:33:rw-,g::r--,m::rw-,o::r--" },
  { "the app keeps nothing without ACLs", "u::rw-,g::r--,o::rw-", TRUE, "33:33", E13_HARDEN_WORLD_WRITE, NULL },
  { "the app's own entry", "u::rw-,u:33:rw-,g::r--,m::rw-,o::r--", FALSE, "33:33", E13_HARDEN_APP_WRITE,
    "u::rw-,u:33:r--,g::r--,m::rw-,o::r--" },
  { "by the owning group", "u::rw-,g::rw-,o::---", FALSE, "33:33,100", E13_HARDEN_APP_WRITE,
    "u::rw-,u:33:r--,g::rw-,m::rw-,o::---" },
  { "by a named group", "u::rw-,g::r--,g:7:rw-,m::rw-,o::---", FALSE, "33:33,7", E13_HARDEN_APP_WRITE,
    "u::rw-,u:33:r--,g::r--,g:7:rw-,m::rw-,o::---" },
  { "by the world", "u::rw-,g::r--,o::rw-", FALSE, "33:33", E13_HARDEN_APP_WRITE,
    "u::rw-,u:33:r--,g::r--,m::r--,o::rw-" },
  { "by the world alone, w alone", "u::rw-,g::---,o::-w-", FALSE, "33:33", E13_HARDEN_APP_WRITE,
    "u::rw-,u:33:---,g::---,m::r--,o::-w-" },
  { "by group without ACLs", "u::rw-,g::rw-,o::---", TRUE, "33:33,100", E13_HARDEN_APP_WRITE, NULL },
  { "the owner itself", "u::rw-,g::r--,o::r--", TRUE, "1000:33", E13_HARDEN_APP_WRITE, "u::r--,g::r--,o::r--" },
  { "world and app", "u::rw-,g::---,o::rw-", FALSE, "33:33", E13_HARDEN_WORLD_WRITE | E13_HARDEN_APP_WRITE,
    "u::rw-,u:33:r--,g::---,m::rw-,o::r--" },
  { "no bit holds it back", "u::rw-,g::r--,o::rw-", FALSE, "33:33+", E13_HARDEN_APP_WRITE, NULL },
};

ParameterizedTestParameters (grant, harden) { INDICES (harden_rows); }

ParameterizedTest (gsize *index, grant, harden)
{
  const HardenRow *row = &harden_rows[*index];
  g_auto (E13Facts) facts = object (row->acl, NULL, row->no_acls ? E13_ACL_UNSUPPORTED : E13_ACL_READ);
  g_autoptr (E13Change) change = e13_change_new (E13_CHANGE_SET, "x", &facts);
  g_autoptr (E13Identity) app = test_identity (row->who);
  g_autofree char *after = NULL;
  gboolean done = e13_grant_harden (change, &facts, app, row->harden, NULL);

  cr_assert_eq (done, row->after != NULL, "%s", row->label);
  after = e13_acl_to_text (change->after.access);
  if (done)
    cr_expect_str_eq (after, row->after, "%s: %s", row->label, after);
}
