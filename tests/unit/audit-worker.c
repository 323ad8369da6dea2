/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The third role, the worker process that reads web.config, and who may ask where that is not sure. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "audit/audit.h"

TestSuite (audit_worker, .timeout = 60);

#define TOP "D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;S-1-5-17)"
#define READ_BY_POOL "(A;OICI;0x120089;;;S-1-5-32-568)"
#define FILE_ "D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;S-1-5-17)"
#define MODIFY_BY_ALL "D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;AU)"

static const struct
{
  const char *label;
  const char *dump;
  gboolean has_worker;
  gboolean is_provisional; /* Authenticated Users may ask, too */
  const char *findings;    /* "RULE PATH WHO NEEDED; ...", notes in brackets */
} rows[] = {
  { "nobody is known to read it", "s\n" TOP "\ns\\a.htm\n" FILE_ "\ns\\web.config\n" FILE_, FALSE, FALSE,
    "(protected-dacl ) " },
  { "the worker may not", "s\n" TOP "\ns\\a.htm\n" FILE_ "\ns\\web.config\n" FILE_, TRUE, FALSE,
    "not-readable  IIS AppPool\\A 0x4; (protected-dacl ) not-readable web.config IIS AppPool\\A 0x4; " },
  { "the worker may",
    "s\n" TOP READ_BY_POOL "\ns\\a.htm\n" FILE_ "\ns\\web.config\n" FILE_ "(A;ID;0x120089;;;S-1-5-32-568)", TRUE, FALSE,
    "(protected-dacl ) (stale-inheritance a.htm) " },
  { "then visitors need not", "s\n" TOP READ_BY_POOL "\ns\\web.config\nD:PAI(A;;0x120089;;;S-1-5-32-568)", TRUE, FALSE,
    "(protected-dacl ) (protected-dacl web.config) " },
  { "in every directory, but not in what is nobody's",
    "s\n" TOP READ_BY_POOL "\ns\\b\n" TOP "\ns\\b\\a.htm\n" FILE_ "\ns\\.git\n" TOP "\ns\\.git\\x\n" FILE_, TRUE, FALSE,
    "(protected-dacl ) (protected-dacl .git) not-readable b IIS AppPool\\A 0x4; (protected-dacl b) " },
  { "each who may ask is judged", "s\n" TOP "\ns\\a.htm\n" FILE_, FALSE, TRUE,
    "not-readable  Authenticated Users 0x4; (protected-dacl ) not-readable a.htm Authenticated Users 0x4; " },
  { "the classic cure is a note where another asks",
    "s\n" MODIFY_BY_ALL "\ns\\a.py\nD:AI(A;ID;FA;;;BA)(A;ID;0x1301bf;;;AU)", FALSE, FALSE,
    "(broad-write ) (protected-dacl ) " },
};

ParameterizedTestParameters (audit_worker, findings)
{
  static guint indexes[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (rows));
}

static E13Tree *
open_dump (const char *text)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "errno13-worker-XXXXXX", NULL);
  g_autofree char *whole = g_strconcat (text, "\n", NULL);
  g_autoptr (GError) error = NULL;
  E13Tree *tree;

  close (g_mkstemp (path));
  g_file_set_contents (path, whole, -1, NULL);
  tree = e13_snapshot_open (path, "C:\\www\\s", &error);
  g_unlink (path);
  cr_assert_not_null (tree, "%s", error != NULL ? error->message : "");
  return tree;
}

static char *
describe (const E13Audit *audit)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = audit->findings->pdata[i];

      if (finding->severity == E13_SEVERITY_NOTE)
        g_string_append_printf (out, "(%s %s) ", finding->rule->id, finding->path);
      else
        g_string_append_printf (out, "%s %s %s 0x%x; ", finding->rule->id, finding->path,
                                finding->identity != NULL ? finding->identity->name : "-",
                                finding->needs & ~finding->has);
    }
  return g_string_free (out, FALSE);
}

static E13Policy *
generic_policy (void)
{
  g_autoptr (GPtrArray) profiles = e13_profiles_load ((const char *const[]){ NULL }, NULL);

  return e13_policy_new (e13_profiles_find (profiles, "generic"), NULL, NULL);
}

ParameterizedTest (guint *row, audit_worker, findings)
{
  E13Sid all = e13_sid_well_known ("S-1-5-11");
  g_autoptr (E13Identity) iusr = e13_identity_new_of_token (e13_token_iusr (), "test");
  g_autoptr (E13Identity) worker = e13_identity_new_of_token (e13_token_worker ("A", NULL, FALSE, NULL), "test");
  g_autoptr (E13Identity) anybody
      = e13_identity_new_of_token (e13_token_account ("Authenticated Users", &all, NULL, 0), "test");
  g_autoptr (GPtrArray) also = g_ptr_array_new ();
  g_autoptr (E13Policy) policy = generic_policy ();
  E13Tree *tree = open_dump (rows[*row].dump);
  const E13AuditRequest request = {
    .ops = &e13_snapshot_read,
    .tree = tree,
    .policy = policy,
    .app = iusr,
    .server = iusr,
    .worker = rows[*row].has_worker ? worker : NULL,
    .also = rows[*row].is_provisional ? also : NULL,
  };
  g_autoptr (E13Audit) audit = NULL;
  g_autofree char *is = NULL;

  g_ptr_array_add (also, anybody);
  audit = e13_audit_run (&request, NULL);
  is = describe (audit);
  cr_assert_str_eq (is, rows[*row].findings, "%s: %s", rows[*row].label, is);
  e13_snapshot_read.close_tree (tree);
}

Test (audit_worker, says_why)
{
  g_autoptr (E13Identity) iusr = e13_identity_new_of_token (e13_token_iusr (), "test");
  g_autoptr (E13Identity) worker = e13_identity_new_of_token (e13_token_worker ("A", NULL, FALSE, NULL), "test");
  g_autoptr (E13Policy) policy = generic_policy ();
  E13Tree *tree = open_dump ("s\n" TOP READ_BY_POOL "\ns\\web.config\n" FILE_);
  const E13AuditRequest request
      = { .ops = &e13_snapshot_read, .tree = tree, .policy = policy, .app = iusr, .server = iusr, .worker = worker };
  g_autoptr (E13Audit) audit = e13_audit_run (&request, NULL);
  const E13Finding *finding = NULL;

  for (guint i = 0; i < audit->findings->len; i++)
    if (((E13Finding *)audit->findings->pdata[i])->rule == &e13_rules[E13_RULE_NOT_READABLE])
      finding = audit->findings->pdata[i];
  cr_assert_not_null (finding);
  cr_assert_str_eq (finding->path, "web.config");
  cr_assert_str_eq (finding->sentence, "IIS AppPool\\A cannot read this file");
  cr_assert_str_eq (finding->why, "IIS reads its configuration here, as this worker process: 500.19 otherwise");
  e13_snapshot_read.close_tree (tree);
}

/* What somebody has chosen is no mistake to be told to take back; what is broader is. */
Test (audit_worker, the_classic_cure_is_known)
{
  static const struct
  {
    const char *label;
    const char *entry; /* on the directory with the script */
    const char *sentence;
    guint n_cures;
  } cases[] = {
    { "the classic cure", "(A;OICI;0x1301bf;;;AU)", "the classic cure", 0 },
    { "more than that", "(A;OICI;FA;;;AU)", "Authenticated Users (S-1-5-11) can change this directory", 1 },
    { "for more than those", "(A;OICI;0x1301bf;;;WD)", "Everyone (S-1-1-0) can change this directory", 1 },
  };
  g_autoptr (E13Identity) iusr = e13_identity_new_of_token (e13_token_iusr (), "test");
  g_autoptr (E13Policy) policy = generic_policy ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *dump
          = g_strdup_printf ("s\nD:PAI(A;OICI;FA;;;BA)%s\ns\\a.py\nD:PAI(A;;FA;;;BA)", cases[i].entry);
      E13Tree *tree = open_dump (dump);
      const E13AuditRequest request
          = { .ops = &e13_snapshot_read, .tree = tree, .policy = policy, .app = iusr, .server = iusr };
      g_autoptr (E13Audit) audit = e13_audit_run (&request, NULL);
      const E13Finding *broad = NULL;

      for (guint k = 0; k < audit->findings->len; k++)
        if (((E13Finding *)audit->findings->pdata[k])->rule == &e13_rules[E13_RULE_BROAD_WRITE])
          broad = audit->findings->pdata[k];
      cr_assert_not_null (broad, "%s", cases[i].label);
      cr_expect_not_null (strstr (broad->sentence, cases[i].sentence), "%s: %s", cases[i].label, broad->sentence);
      cr_expect_eq (broad->cures->len, cases[i].n_cures, "%s: %u cures", cases[i].label, broad->cures->len);
      e13_snapshot_read.close_tree (tree);
    }
}

/* ---- Accounts that have names -------------------------------------------------------------------------------------
 */

static char *
name_of_one (const E13Sid *sid)
{
  return sid->sub_authorities[sid->n_sub_authorities - 1] == 1001 ? g_strdup ("LAB\\ada") : NULL;
}

Test (audit_worker, who_has_a_name_here_is_known)
{
  g_autoptr (E13Identity) iusr = e13_identity_new_of_token (e13_token_iusr (), "test");
  g_autoptr (E13Policy) policy = generic_policy ();
  E13Tree *tree
      = open_dump ("s\nD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-21-1-2-3-1001)(A;OICI;FA;;;S-1-5-21-1-2-3-1002)");
  E13ReadOps ops = e13_snapshot_read;
  const E13AuditRequest request = { .ops = &ops, .tree = tree, .policy = policy, .app = iusr, .server = iusr };
  g_autoptr (E13Audit) audit = NULL;
  guint n = 0;

  ops.sid_name = name_of_one;
  audit = e13_audit_run (&request, NULL);
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = audit->findings->pdata[i];

      if (finding->rule != &e13_rules[E13_RULE_UNRESOLVED_SID])
        continue;
      n++;
      cr_expect_not_null (strstr (finding->sentence, "S-1-5-21-1-2-3-1002, which has no name on this machine"), "%s",
                          finding->sentence);
    }
  cr_expect_eq (n, 1, "%u", n);
  e13_snapshot_read.close_tree (tree);
}
