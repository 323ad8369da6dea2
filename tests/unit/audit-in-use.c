/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files in use, on a dump's tree whose files a test opens. */

#include <criterion/criterion.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "audit/audit.h"
#include "base/error.h"

TestSuite (audit_in_use, .timeout = 60);

#define DUMP                                                                                                           \
  "s\nD:P(A;OICI;FA;;;WD)\ns\\count.txt\nD:AI(A;ID;FA;;;WD)\ns\\denied.txt\nD:AI(A;ID;FA;;;WD)\n"                      \
  "s\\free.txt\nD:AI(A;ID;FA;;;WD)\ns\\page.html\nD:AI(A;ID;FA;;;WD)\n"
#define PROFILE "[Profile]\nName=Test\n[**]\nApp=read\n[*.txt]\nApp=write\n"

static const char *users;
static guint n_asked;

static GBytes *
read_file (const E13Pin *pin, gsize max_bytes G_GNUC_UNUSED, GError **error)
{
  if (g_str_equal (pin->path, "free.txt"))
    return g_bytes_new_static ("x", 1);
  errno = g_str_equal (pin->path, "denied.txt") ? EACCES : EBUSY;
  return e13_throw_errno (error, "cannot open"), NULL;
}

static char *
who_uses (const E13Pin *pin G_GNUC_UNUSED)
{
  n_asked++;
  return g_strdup (users);
}

static E13Tree *
open_dump (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "errno13-use-XXXXXX", NULL);
  E13Tree *tree;

  close (g_mkstemp (path));
  g_file_set_contents (path, DUMP, -1, NULL);
  tree = e13_snapshot_open (path, "C:\\www\\s", NULL);
  g_unlink (path);
  return tree;
}

/* What the audit says of files in use: "PATH: BECAUSE" a line. */
static char *
audited (const E13ReadOps *ops)
{
  g_autoptr (E13Identity) identity = e13_identity_new_of_token (e13_token_iusr (), "test");
  g_autoptr (E13Profile) profile = e13_profile_parse ("test", "test.profile", PROFILE, strlen (PROFILE), NULL);
  g_autoptr (E13Policy) policy = e13_policy_new (profile, &(E13PolicyOptions){ 0 }, NULL);
  E13Tree *tree = open_dump ();
  const E13AuditRequest request
      = { .ops = ops, .tree = tree, .policy = policy, .app = identity, .server = identity, .n_threads = 1 };
  g_autoptr (E13Audit) audit = e13_audit_run (&request, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = audit->findings->pdata[i];

      if (finding->rule == &e13_rules[E13_RULE_IN_USE])
        g_string_append_printf (out, "%s: %s\n", finding->path, finding->because);
    }
  ops->close_tree (tree);
  return g_string_free (out, FALSE);
}

Test (audit_in_use, who_has_it_is_said)
{
  E13ReadOps ops = e13_snapshot_read;
  g_autofree char *named = NULL;
  g_autofree char *nameless = NULL;

  ops.read_file = read_file;
  ops.who_uses = who_uses;
  users = "Microsoft Excel (process 4711)";
  named = audited (&ops);
  cr_expect_str_eq (named, "count.txt: it is open in Microsoft Excel (process 4711)\n", "%s", named);
  /* Neither of what is merely denied, nor of what is only read and was not opened. */
  cr_expect_eq (n_asked, 1);

  users = NULL;
  nameless = audited (&ops);
  cr_expect_str_eq (nameless, "count.txt: the system does not tell which program that is\n", "%s", nameless);
}

Test (audit_in_use, silent_where_the_system_has_no_such_state)
{
  E13ReadOps ops = e13_snapshot_read;
  g_autofree char *text = NULL;

  ops.read_file = read_file;
  text = audited (&ops);
  cr_expect_str_eq (text, "", "%s", text);
}
