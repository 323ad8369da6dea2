/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include "tests/support/acl-text.h"

TestSuite (explain, .timeout = 60);

static const char *
user_name (guint32 uid)
{
  return uid == 1000 ? "maria" : uid == 0 ? "root" : NULL;
}

static const char *
group_name (guint32 gid)
{
  return gid == 100 ? "staff" : gid == 7 ? "web" : NULL;
}

static const E13Names names = { user_name, group_name };

/* The object belongs to maria (1000) and group staff (100) where @uid and @gid are not given. */
typedef struct
{
  const char *acl;
  const char *who;
  E13Rights want;
  guint32 uid;
  guint32 gid;
  const char *sentence;
} Row;

static const Row rows[] = {
  { "u::rwx,g::---,o::---", "www-data=33:33", X, 1000, 100,
    "mode 0700, owner maria: www-data is neither owner nor in group staff, and others get ---" },
  { "u::rwx,g::r-x,o::---", "5555:33", X, 4321, 4322,
    "mode 0750, owner uid 4321: uid 5555 is neither owner nor in group 4322, and others get ---" },
  { "u::rwx,u:8:r-x,g::---,m::r-x,o::---", "www-data=33:33", X, 1000, 100,
    "mode 0750, owner maria: www-data is neither owner nor in group staff nor in the ACL, and others get ---" },
  { "u::rwx,g::r-x,o::r-x", "www-data=33:33", X, 1000, 100,
    "mode 0755, owner maria: www-data is neither owner nor in group staff, and others get r-x" },
  { "u::---,g::rwx,o::rwx", "maria=1000:100", R | X, 1000, 100,
    "mode 0077: maria is the owner, and the owner bits --- decide alone, though group and others have r-x" },
  { "u::r--,g::---,o::-w-", "maria=1000:100", R | W, 1000, 100,
    "mode 0402: maria is the owner, and the owner bits r-- decide alone, though others have -w-" },
  { "u::r--,u:1000:rw-,g::---,m::rw-,o::---", "maria=1000:100", W, 1000, 100,
    "mode 0460: maria is the owner, and the owner bits r-- decide alone, though the group has -w- "
    "(its ACL entry with rw- is not looked at)" },
  { "u::rw-,g::---,o::---", "maria=1000:100", W, 1000, 100,
    "mode 0600: maria is the owner, and the owner bits rw- decide alone" },
  { "u::rw-,u:33:r--,g::---,m::rw-,o::rw-", "www-data=33:33", W, 1000, 100,
    "ACL entry user:www-data:r-- decides alone" },
  { "u::rw-,u:5555:r--,g::---,m::rw-,o::rw-", "5555:33", W, 1000, 100, "ACL entry user:5555:r-- decides alone" },
  { "u::rw-,u:33:r--,g::---,m::rw-,o::---", "www-data=33:33", R, 1000, 100, "ACL entry user:www-data:r-- grants it" },
  { "u::rwx,u:33:rwx,g::r-x,m::--x,o::---", "www-data=33:33", R, 1000, 100,
    "ACL entry user:www-data:rwx is cut to --x by the mask (chmod after the ACL was set does this)" },
  { "u::rwx,u:33:r-x,g::r-x,m::--x,o::---", "www-data=33:33", R | W, 1000, 100,
    "ACL entry user:www-data:r-x is cut to --x by the mask (chmod after the ACL was set does this), and lacks -w- "
    "without it" },
  { "u::rw-,g::r--,o::rw-", "www-data=33:100", W, 1000, 100,
    "mode 0646: www-data is in group staff, and the group bits r-- decide alone, though others have -w-" },
  { "u::rw-,g::---,g:7:r--,m::r--,o::rw-", "www-data=33:7", W, 1000, 100,
    "www-data is in group web, and ACL entry group:web:r-- decides alone" },
  { "u::rw-,g::rw-,g:7:r--,m::r--,o::rw-", "www-data=33:100", W, 1000, 100,
    "www-data is in group staff, and ACL entry group::rw- is cut to r-- by the mask (chmod after the ACL was set does "
    "this)" },
  { "u::rw-,g::r--,g:7:-w-,g:9:---,m::rw-,o::---", "www-data=33:100,7,9", R | W, 1000, 100,
    "www-data is in 3 groups of the ACL, and no single one holds rw- (nearest: group::r--)" },
  { "u::rw-,g::---,g:7:-w-,g:9:---,m::rwx,o::rwx", "www-data=33:7,9", W | X, 1000, 100,
    "www-data is in 2 groups of the ACL, and none of them holds -wx (nearest: group:web:-w-)" },
  { "u::rw-,g::---,g:7:rw-,g:9:---,m::rwx,o::rwx", "www-data=33:7,9", W, 1000, 100,
    "www-data is in group web, and ACL entry group:web:rw- grants it" },
  { "u::rw-,u:33:rw-,g::---,m::---,o::r--", "www-data=33:33", W, 1000, 100,
    "mode 0604, owner maria: www-data is neither owner nor in group staff, and others get r--; the ACL is ignored "
    "because the group bits are all zero, so its entry with rw- for www-data is dead" },
  { "u::rw-,u:8:rw-,g::rw-,m::---,o::r--", "www-data=33:100", R, 1000, 100,
    "mode 0604: www-data is in group staff, and the group bits --- decide alone, though others have r--; the ACL is "
    "ignored because the group bits are all zero" },
  { "u::---,g::---,o::---", "root=0:0+", R, 1000, 100, "root is held by no permission bit (CAP_DAC_OVERRIDE)" },
  { "u::rw-,g::r--,o::r--", "root=0:0+", X, 1000, 100,
    "mode 0644: nobody has an execute bit, and not even CAP_DAC_OVERRIDE runs such a file" },
};

ParameterizedTestParameters (explain, sentences)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

ParameterizedTest (gsize *index, explain, sentences)
{
  const Row *row = &rows[*index];
  g_auto (E13Facts) facts = { .type = E13_TYPE_FILE, .uid = row->uid, .gid = row->gid, .acl_state = E13_ACL_READ };
  g_autoptr (E13Identity) identity = test_identity (row->who);
  g_autofree char *sentence = NULL;
  E13Verdict verdict;

  facts.access = test_acl (row->acl);
  facts.mode = e13_acl_to_mode (facts.access);
  verdict = e13_posix_judge (&facts, identity, row->want);
  sentence = e13_posix_explain (&facts, identity, &verdict, row->want, &names);
  cr_expect_str_eq (sentence, row->sentence, "row %zu:\n  got %s\n  not %s", *index, sentence, row->sentence);
}

Test (explain, without_names_and_without_an_acl)
{
  const E13Facts facts = {
    .type = E13_TYPE_FILE, .mode = 0640, .uid = 1000, .gid = 100, .acl_state = E13_ACL_UNREADABLE, .acl_errno = EIO
  };
  const E13Names no_names = { NULL, NULL };
  g_autoptr (E13Identity) identity = test_identity ("33:33");
  E13Verdict verdict = e13_posix_judge (&facts, identity, R);
  g_autofree char *nameless = e13_posix_explain (&facts, identity, &verdict, R, &no_names);
  g_autofree char *null_names = e13_posix_explain (&facts, identity, &verdict, R, NULL);

  cr_expect_str_eq (nameless,
                    "mode 0640, owner uid 1000: uid 33 is neither owner nor in group 100, and others get ---; "
                    "but its ACL could not be read: Input/output error");
  cr_expect_str_eq (null_names, nameless);
}

typedef struct
{
  const char *label;
  guint32 mode; /* of the directory, which is root's */
  guint directory_attributes;
  guint object_attributes;
  guint32 object_uid;
  const char *who;
  const char *why_not;
} Deletion;

static const Deletion deletions[] = {
  { "allowed", 0777, 0, 0, 1000, "www-data=33:33", NULL },
  { "sticky", 01777, 0, 0, 1000, "www-data=33:33",
    "the directory is sticky (mode 1777): only the object's owner maria, the directory's owner root and root delete in "
    "it" },
  { "sticky, own object", 01777, 0, 0, 33, "www-data=33:33", NULL },
  { "sticky, own directory", 01777, 0, 0, 1000, "0:0", NULL },
  { "sticky, privileged", 01755, 0, 0, 1000, "5:5+", NULL },
  { "immutable directory", 0777, E13_ATTRIBUTE_IMMUTABLE, 0, 33, "0:0+", "the directory is immutable (chattr +i)" },
  { "append-only directory", 0777, E13_ATTRIBUTE_APPEND_ONLY, 0, 33, "0:0+",
    "the directory is append-only (chattr +a): names are added to it but never removed" },
  { "immutable", 0777, 0, E13_ATTRIBUTE_IMMUTABLE, 33, "0:0+", "it is immutable (chattr +i)" },
  { "append-only", 0777, 0, E13_ATTRIBUTE_APPEND_ONLY, 33, "0:0+", "it is append-only (chattr +a)" },
  { "mount point", 0777, 0, E13_ATTRIBUTE_MOUNT_ROOT, 33, "0:0+", "it is a mount point" },
  { "a mount point's directory", 0777, E13_ATTRIBUTE_MOUNT_ROOT, 0, 33, "www-data=33:33", NULL },
};

Test (explain, deletion)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deletions); i++)
    {
      const Deletion *row = &deletions[i];
      const E13Facts directory
          = { .type = E13_TYPE_DIRECTORY, .mode = row->mode, .gid = 100, .attributes = row->directory_attributes };
      const E13Facts object
          = { .type = E13_TYPE_FILE, .mode = 0600, .uid = row->object_uid, .attributes = row->object_attributes };
      g_autoptr (E13Identity) identity = test_identity (row->who);
      g_autofree char *why_not = e13_posix_why_not_unlink (&directory, &object, identity, &names);

      cr_expect (g_strcmp0 (why_not, row->why_not) == 0, "%s: got %s", row->label, why_not);
    }
}
