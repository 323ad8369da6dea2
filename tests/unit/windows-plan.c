/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a dump to the plan: which entries cure which findings. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "model/sddl.h"
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

/* ---- What becomes of each object -------------------------------------------------------------- */

static const struct
{
  const char *label;
  const char *sid; /* whose rights; NULL: Authenticated Users */
  const char *dump;
  const char *remove_deny; /* SID; NULL */
  gboolean override_deny;
  gboolean null_dacl;
  gboolean classic;
  const char *changes; /* "PATH SDDL; ..." */
} change_rows[] = {
  { "each object gets its copy", NULL, "s\n" TOP "\ns\\a.py\n" FILE_ "\ns\\b\n" DIR_ "\ns\\b\\b.txt\n" FILE_, NULL,
    FALSE, FALSE, FALSE,
    " D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICI;0x1301bf;;;AU); "
    "a.py D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU); "
    "b D:AI(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)(A;OICIID;0x1301bf;;;AU); "
    "b/b.txt D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU); " },
  { "a key gets none", NULL, "s\n" TOP "\ns\\a.py\n" FILE_ "\ns\\id_rsa\n" FILE_, NULL, FALSE, FALSE, FALSE,
    " D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICI;0x1301bf;;;AU); "
    "a.py D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU); " },
  { "nor what the application does not need", NULL,
    "s\n" TOP "\ns\\a.py\n" FILE_ "\ns\\dump.sql\n" FILE_ "\ns\\.git\n" DIR_ "\ns\\.git\\config\n" FILE_, NULL, FALSE,
    FALSE, FALSE,
    " D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICI;0x1301bf;;;AU); "
    "a.py D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU); " },
  { "what is protected keeps what is below it, too", NULL,
    "s\n" TOP "\ns\\a.py\n" FILE_
    "\ns\\b\nD:PAI(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;AU)\ns\\b\\b.txt\nD:AI(A;ID;FA;;;BA)(A;ID;0x1301bf;;;AU)",
    NULL, FALSE, FALSE, FALSE,
    " D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICI;0x1301bf;;;AU); "
    "a.py D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU); " },
  { "who asks gets it, and no more", "S-1-5-17", "s\n" TOP "\ns\\a.py\n" FILE_, NULL, FALSE, FALSE, FALSE,
    " D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICI;0x1301bf;;;S-1-5-17); "
    "a.py D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)(A;ID;0x1301bf;;;S-1-5-17); " },
  { "the classic cure is for all who can log on", "S-1-5-17", "s\n" TOP "\ns\\a.py\n" FILE_, NULL, FALSE, FALSE, TRUE,
    " D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICI;0x1301bf;;;AU); "
    "a.py D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU); " },
  { "a deny goes where it is named, and what it handed down", "S-1-5-17",
    "s\nD:P(D;OICI;FW;;;S-1-5-17)(A;OICI;0x1301bf;;;AU)\ns\\a.py\nD:AI(D;ID;FW;;;S-1-5-17)(A;ID;0x1301bf;;;AU)",
    "S-1-5-17", FALSE, FALSE, FALSE, " D:P(A;OICI;0x1301bf;;;AU); a.py D:AI(A;ID;0x1301bf;;;AU); " },
  { "one from above the site stays", "S-1-5-17",
    "s\nD:AI(D;OICIID;FW;;;S-1-5-17)(A;OICIID;0x1301bf;;;AU)\ns\\a.py\nD:AI(D;ID;FW;;;S-1-5-17)(A;ID;0x1301bf;;;AU)",
    "S-1-5-17", FALSE, FALSE, FALSE, "" },
  { "and is overruled when that is asked for", "S-1-5-17",
    "s\nD:AI(D;OICIID;FW;;;S-1-5-17)(A;OICIID;0x1200a9;;;AU)\ns\\x.png\nD:AI(A;ID;0x1200a9;;;AU)\ns\\a.py\nD:P(A;;"
    "0x1301bf;;;AU)",
    NULL, TRUE, FALSE, FALSE,
    " D:AI(A;OICI;0x1301bf;;;S-1-5-17)(D;OICIID;FW;;;S-1-5-17)(A;OICIID;0x1200a9;;;AU); "
    "x.png D:AI(A;ID;0x1301bf;;;S-1-5-17)(A;ID;0x1200a9;;;AU); " },
  { "a list in place of none", NULL, "s\nD:P(A;OICI;0x1301bf;;;AU)\ns\\a.py\nD:NO_ACCESS_CONTROL", NULL, FALSE, TRUE,
    FALSE, "a.py D:AI(A;ID;0x1301bf;;;AU); " },
};

ParameterizedTestParameters (windows_plan, changes)
{
  static guint indexes[G_N_ELEMENTS (change_rows)];

  for (guint i = 0; i < G_N_ELEMENTS (change_rows); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (change_rows));
}

static E13Identity *
identity_of (const char *text)
{
  E13Sid user = e13_sid_well_known (text != NULL ? text : "S-1-5-11");
  E13Sid users = e13_sid_well_known ("S-1-5-32-545");

  return e13_identity_new_of_token (e13_token_account ("somebody", &user, &users, 1), "test");
}

static char *
describe_changes (const E13Plan *plan)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < plan->changes->len; i++)
    {
      const E13Change *change = plan->changes->pdata[i];
      gsize size;
      const guint8 *data = g_bytes_get_data (change->after.sd, &size);
      g_autoptr (E13SecurityDescriptor) sd = e13_sd_decode (data, size, NULL);
      g_autofree char *text = e13_sddl_format (sd, NULL);

      g_string_append_printf (out, "%s %s; ", change->path, text);
    }
  return g_string_free (out, FALSE);
}

ParameterizedTest (guint *row, windows_plan, changes)
{
  g_autoptr (E13Identity) identity = identity_of (change_rows[*row].sid);
  g_autoptr (E13Policy) policy = generic_policy ();
  g_autoptr (GArray) denies = g_array_new (FALSE, FALSE, sizeof (E13Sid));
  E13Tree *tree = open_dump (change_rows[*row].dump, "C:\\www\\s");
  const E13AuditRequest request
      = { .ops = &e13_snapshot_read, .tree = tree, .policy = policy, .app = identity, .server = identity };
  const E13PlanOptions options = {
    .remove_denies = denies,
    .override_deny = change_rows[*row].override_deny,
    .null_dacl = change_rows[*row].null_dacl,
    .classic = change_rows[*row].classic,
  };
  g_autoptr (E13Audit) audit = e13_audit_run (&request, NULL);
  g_autoptr (E13Plan) plan = NULL;
  g_autofree char *changes = NULL;

  if (change_rows[*row].remove_deny != NULL)
    {
      E13Sid sid = e13_sid_well_known (change_rows[*row].remove_deny);

      g_array_append_val (denies, sid);
    }
  plan = e13_windows_plan_make (&request, audit, &options);
  changes = describe_changes (plan);
  cr_assert_str_eq (changes, change_rows[*row].changes, "%s: %s", change_rows[*row].label, changes);
  e13_snapshot_read.close_tree (tree);
}

/* What is granted to the accounts of one application does not reach those of another. */
Test (windows_plan, an_application_of_its_own_inherits_nothing)
{
  g_autoptr (E13Identity) identity = identity_of (NULL);
  g_autoptr (E13Policy) policy = generic_policy ();
  g_autoptr (GPtrArray) apart = g_ptr_array_new ();
  E13Tree *tree = open_dump ("s\n" TOP "\ns\\a.py\n" FILE_ "\ns\\Shop\n" DIR_ "\ns\\Shop\\x.png\n" FILE_, "C:\\www\\s");
  const E13AuditRequest request = {
    .ops = &e13_snapshot_read, .tree = tree, .policy = policy, .app = identity, .server = identity, .apart = apart
  };
  const E13PlanOptions options = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  g_autoptr (E13Plan) plan = NULL;
  g_autofree char *changes = NULL;

  g_ptr_array_add (apart, (gpointer) "shop");
  audit = e13_audit_run (&request, NULL);
  plan = e13_windows_plan_make (&request, audit, &options);
  changes = describe_changes (plan);
  cr_expect_str_eq (changes, " D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICI;0x1301bf;;;AU); "
                             "a.py D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU); ");
  cr_assert_gt (plan->notes->len, 0);
  cr_expect_str_eq (plan->notes->pdata[0],
                    "'Shop' is an application of its own, of another pool: it inherits nothing of this");
  e13_snapshot_read.close_tree (tree);
}
