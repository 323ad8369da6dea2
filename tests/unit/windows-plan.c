/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a dump to the plan: which entries cure which findings. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "repair/windows-plan.h"

TestSuite (windows_plan, .timeout = 60);

#define TOP "D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"
#define DIR_ "D:AI(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)"
#define FILE_ "D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)"

static const struct
{
  const char *label;
  const char *root;
  const char *dump;
  const char *grants;   /* "PATH MASK FINDINGS; ..." */
  const char *refusals; /* "PATH: REASON; ..." */
} rows[] = {
  { "one entry on the directory cures what it holds", "C:\\www\\s",
    "s\n" TOP "\ns\\a.py\n" FILE_ "\ns\\a.txt\n" FILE_ "\ns\\b\n" DIR_ "\ns\\b\\b.py\n" FILE_ "\ns\\b\\b.txt\n" FILE_,
    " 0x1301bf 4; ", "" },
  { "what is protected gets its own", "C:\\www\\s",
    "s\n" TOP "\ns\\a.py\n" FILE_ "\ns\\a.txt\nD:PAI(A;;FA;;;BA)(A;;0x1200a9;;;BU)", " 0x1301bf 1; a.txt 0x12019f 1; ",
    "" },
  { "below a directory that is protected, too", "C:\\www\\s",
    "s\n" TOP "\ns\\a.py\n" FILE_ "\ns\\b\n" TOP "\ns\\b\\c\n" DIR_ "\ns\\b\\c\\c.py\n" FILE_,
    " 0x1301bf 1; b/c 0x1301bf 1; ", "" },
  { "a deny is not overruled", "C:\\www\\s",
    "s\nD:PAI(D;OICI;0x116;;;BU)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)\ns\\a.py\n" FILE_, "",
    ": an entry denies it, perhaps on purpose: a grant must not overrule that, or could not; " },
  { "nothing is granted on what holds sites", "C:\\inetpub\\wwwroot", "s\n" TOP "\ns\\a.py\n" FILE_, "",
    ": it holds the sites side by side, and each would inherit the grant: name the folder of one; " },
  { "an order without a place is left", "C:\\www\\s",
    "s\nD:AI(A;OICIID;0x1200a9;;;BU)(D;OICI;0x116;;;BG)\ns\\a.py\n" FILE_, "",
    ": the order of its entries leaves no place for one more; " },
  { "but beside it", "C:\\Windows2\\s", "s\n" TOP "\ns\\a.py\n" FILE_, " 0x1301bf 1; ", "" },
  { "icacls does not reach a dot at the end", "C:\\www\\s",
    "s\nD:P(A;OICI;FA;;;WD)\ns\\b.\n" TOP "\ns\\b.\\a.py\n" FILE_, "",
    "b.: its name ends in a dot or a space, which icacls does not reach; " },
  { "nothing is wrong", "C:\\www\\s", "s\nD:P(A;OICI;0x1301bf;;;AU)\ns\\a.py\nD:AI(A;ID;0x1301bf;;;AU)", "", "" },
};

ParameterizedTestParameters (windows_plan, grants)
{
  static guint indexes[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (rows));
}

static E13Tree *
open_dump (const char *text, const char *root)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "errno13-plan-XXXXXX", NULL);
  g_autofree char *whole = g_strconcat (text, "\n", NULL);
  g_autoptr (GError) error = NULL;
  E13Tree *tree;

  close (g_mkstemp (path));
  g_file_set_contents (path, whole, -1, NULL);
  tree = e13_snapshot_open (path, root, &error);
  g_unlink (path);
  cr_assert_not_null (tree, "%s", error != NULL ? error->message : "");
  return tree;
}

static E13Policy *
generic_policy (void)
{
  const E13PolicyOptions options = { 0 };
  g_autoptr (GPtrArray) profiles = e13_profiles_load ((const char *const[]){ NULL }, NULL);

  return e13_policy_new (e13_profiles_find (profiles, "generic"), &options, NULL);
}

static char *
describe_grants (const E13Plan *plan)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < plan->grants->len; i++)
    {
      const E13WindowsGrant *grant = plan->grants->pdata[i];

      g_string_append_printf (out, "%s 0x%x %u; ", grant->path, grant->mask, grant->findings->len);
    }
  return g_string_free (out, FALSE);
}

static char *
describe_refusals (const E13Plan *plan)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < plan->refusals->len; i++)
    {
      const E13Refusal *refusal = plan->refusals->pdata[i];

      g_string_append_printf (out, "%s: %s; ", refusal->finding->path, refusal->reason);
    }
  return g_string_free (out, FALSE);
}

ParameterizedTest (guint *row, windows_plan, grants)
{
  E13Sid user = e13_sid_well_known ("S-1-5-11");
  E13Sid users = e13_sid_well_known ("S-1-5-32-545");
  g_autoptr (E13Identity) identity
      = e13_identity_new_of_token (e13_token_account ("Authenticated Users", &user, &users, 1), "test");
  g_autoptr (E13Policy) policy = generic_policy ();
  E13Tree *tree = open_dump (rows[*row].dump, rows[*row].root);
  const E13AuditRequest request
      = { .ops = &e13_snapshot_read, .tree = tree, .policy = policy, .app = identity, .server = identity };
  g_autoptr (E13Audit) audit = e13_audit_run (&request, NULL);
  const E13PlanOptions plan_options = { 0 };
  g_autoptr (E13Plan) plan = e13_windows_plan_make (&request, audit, &plan_options);
  g_autofree char *grants = describe_grants (plan);
  g_autofree char *refusals = describe_refusals (plan);

  cr_assert_str_eq (grants, rows[*row].grants, "%s: %s", rows[*row].label, grants);
  cr_assert_str_eq (refusals, rows[*row].refusals, "%s: %s", rows[*row].label, refusals);
  e13_snapshot_read.close_tree (tree);
}
