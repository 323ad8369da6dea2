/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What only the whole walk can tell. */

#include "audit/auditor.h"
#include "base/path.h"

static void
add_foreign_hard_links (E13Auditor *auditor)
{
  guint n_findings = auditor->findings->len;
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_findings; i++)
    {
      const E13Finding *finding = g_ptr_array_index (auditor->findings, i);
      guint inside = GPOINTER_TO_UINT (g_hash_table_lookup (auditor->links_inside, &finding->facts.key));
      g_autofree char *shell_path = NULL;
      E13Finding *link;

      if (finding->rule->cure == E13_CURE_NONE || finding->facts.type != E13_TYPE_FILE
          || finding->facts.n_links <= inside || finding->facts.n_links < 2 || !g_hash_table_add (said, finding->path))
        continue;
      shell_path = e13_auditor_shell_path (auditor, finding->path);
      link = e13_finding_new (&e13_rules[E13_RULE_FOREIGN_HARD_LINK], finding->path, &finding->facts);
      link->sentence = g_strdup_printf (
          "this file has %u names, %u of them outside the site: a repair here would open it there too",
          finding->facts.n_links, finding->facts.n_links - inside);
      g_ptr_array_add (
          link->cures,
          g_strdup_printf ("see where its other names are: find / -xdev -samefile %s; then fix --hard-links",
                           shell_path));
      g_ptr_array_add (auditor->findings, link);
    }
}

static void
add_own_code (E13Auditor *auditor)
{
  const E13Identity *app = auditor->roles[0].identity;
  g_autofree char *who = e13_identity_label (app);
  E13Finding *finding;

  if (auditor->n_own_code == 0)
    return;
  finding = e13_finding_new (&e13_rules[E13_RULE_CODE_WRITABLE], "", &auditor->request->tree->root->facts);
  finding->severity = E13_SEVERITY_NOTE;
  finding->sentence = g_strdup_printf (
      "%s owns %" G_GUINT64_FORMAT " code files of this site, so whoever takes over the application can change them",
      who, auditor->n_own_code);
  finding->n_objects = auditor->n_own_code;
  g_ptr_array_add (finding->cures,
                   g_strdup ("give the code to another account (chown), and only the data to this one"));
  g_ptr_array_add (auditor->findings, finding);
}

/* What the blocked directory of @finding, the @index-th, keeps from use: itself, and what was counted below it. */
static guint64
count_blocked (const GPtrArray *findings, guint index)
{
  const E13Finding *finding = g_ptr_array_index (findings, index);
  guint64 total = 1;
  guint first = index;

  while (first > 0 && g_str_equal (((E13Finding *)findings->pdata[first - 1])->path, finding->path))
    first--;
  for (guint i = first; i < findings->len; i++)
    {
      const E13Finding *below = g_ptr_array_index (findings, i);

      if (!e13_path_is_in (below->path, finding->path))
        break;
      if (below->rule == finding->rule)
        total += below->n_objects - 1;
    }
  return total;
}

/* The walk counts an object once, for the nearest blocked directory above it and for one of the roles. */
static void
sum_blocked (const E13Auditor *auditor)
{
  const GPtrArray *findings = auditor->findings;
  g_autofree guint64 *totals = g_new (guint64, findings->len);

  for (guint i = 0; i < findings->len; i++)
    {
      const E13Finding *finding = g_ptr_array_index (findings, i);

      totals[i] = finding->n_objects;
      if (finding->rule == &e13_rules[E13_RULE_BLOCKED_PARENT])
        totals[i] = e13_finding_is_outside (finding) ? auditor->n_objects : count_blocked (findings, i);
    }
  for (guint i = 0; i < findings->len; i++)
    ((E13Finding *)findings->pdata[i])->n_objects = totals[i];
}

static int
compare_identities (const E13Identity *a, const E13Identity *b)
{
  g_autofree char *x = a->token != NULL ? e13_sid_to_text (&a->token->user) : NULL;
  g_autofree char *y = b->token != NULL ? e13_sid_to_text (&b->token->user) : NULL;

  return x != NULL || y != NULL ? g_strcmp0 (x, y) : (a->uid > b->uid) - (a->uid < b->uid);
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const E13Finding *x = *(E13Finding *const *)a;
  const E13Finding *y = *(E13Finding *const *)b;
  int by_path;

  if (e13_finding_is_outside (x) != e13_finding_is_outside (y))
    return e13_finding_is_outside (x) ? -1 : 1;
  by_path = e13_path_compare (x->path, y->path);
  if (by_path != 0)
    return by_path;
  if (x->rule != y->rule)
    return x->rule < y->rule ? -1 : 1;
  return x->identity != NULL && y->identity != NULL ? compare_identities (x->identity, y->identity) : 0;
}

E13Audit *
e13_auditor_finish (E13Auditor *auditor, double seconds)
{
  E13Audit *audit = g_new0 (E13Audit, 1);
  const E13AuditRequest *request = auditor->request;

  add_foreign_hard_links (auditor);
  add_own_code (auditor);
  g_ptr_array_sort (auditor->findings, compare_findings);
  sum_blocked (auditor);
  audit->findings = g_steal_pointer (&auditor->findings);
  audit->n_objects = auditor->n_objects;
  audit->cancelled = request->cancelled != NULL && g_atomic_int_get (request->cancelled) != 0;
  audit->seconds = seconds;
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = g_ptr_array_index (audit->findings, i);

      audit->n_problems += finding->severity == E13_SEVERITY_PROBLEM;
      audit->n_notes += finding->severity == E13_SEVERITY_NOTE;
      audit->n_unknown += finding->severity == E13_SEVERITY_UNKNOWN;
    }
  return audit;
}
