/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "access/windows-explain.h"

#include "access/windows-inherit.h"

/* ---- Where an entry comes from ---------------------------------------------------------------------------------- */

char *
e13_windows_explain_origin (const E13WinQuestion *question, guint position)
{
  g_autofree const E13SecurityDescriptor **chain = g_new (const E13SecurityDescriptor *, question->n_above + 1);
  gsize n = 0;
  guint from;

  chain[n++] = question->sd;
  while (n <= question->n_above && question->above[n - 1].sd != NULL)
    {
      chain[n] = question->above[n - 1].sd;
      n++;
    }
  from = e13_windows_inherited_from (chain, n, question->is_directory, position, NULL);
  if (from == 0)
    return g_strdup (", set here");
  if (from == G_MAXUINT)
    return g_strdup (n > question->n_above ? ", inherited from further above" : ", inherited");
  return g_strdup_printf (", inherited from '%s'", question->above[from - 1].path);
}

/* ---- What is granted -------------------------------------------------------------------------------------------- */

/* The entry that gives the token most of what is wanted; G_MAXUINT where none gives anything. */
static guint
best_allow (const E13WinQuestion *question)
{
  const E13WinAcl *dacl = question->sd->dacl;
  guint best = G_MAXUINT;
  int most = 0;

  for (guint i = 0; i < dacl->aces->len; i++)
    {
      const E13Ace *ace = e13_win_acl_at (dacl, i);
      int n = __builtin_popcount (e13_mask_map_generic (ace->mask) & question->want);

      if (ace->type == E13_ACE_ALLOW && (ace->flags & E13_ACE_INHERIT_ONLY) == 0 && n > most
          && e13_token_holds (question->token, &ace->sid, E13_SID_ENABLED))
        {
          best = i;
          most = n;
        }
    }
  return best;
}

static char *
explain_end (const E13WinQuestion *question, const char *wanted)
{
  guint32 has = e13_windows_judge (question->sd, question->token, E13_MASK_MAXIMUM_ALLOWED).mask;
  guint best = best_allow (question);
  g_autofree char *had = e13_mask_describe (has);
  g_autofree char *who = NULL;
  g_autofree char *origin = NULL;

  if (question->sd->dacl->aces->len == 0)
    return g_strdup_printf ("needs %s, and its list of entries is empty: nobody may do anything", wanted);
  if (has == 0 || best == G_MAXUINT)
    return g_strdup_printf ("needs %s, and no entry gives it any of that", wanted);
  who = e13_sid_describe (&e13_win_acl_at (question->sd->dacl, best)->sid);
  origin = e13_windows_explain_origin (question, best);
  return g_strdup_printf ("needs %s, and has only %s, by the entry for %s%s", wanted, had, who, origin);
}

static char *
explain_deny (const E13WinQuestion *question, const char *wanted, guint position)
{
  const E13Ace *ace = e13_win_acl_at (question->sd->dacl, position);
  g_autofree char *who = e13_sid_describe (&ace->sid);
  g_autofree char *what = e13_mask_describe (ace->mask);
  g_autofree char *origin = e13_windows_explain_origin (question, position);

  return g_strdup_printf ("needs %s, and an entry denies %s to %s%s", wanted, what, who, origin);
}

char *
e13_windows_explain (const E13WinQuestion *question)
{
  g_autofree char *wanted = e13_mask_describe (question->want);
  E13WinVerdict verdict;

  if (question->sd == NULL)
    return g_strdup ("its security descriptor is not known");
  verdict = e13_windows_judge (question->sd, question->token, question->want);
  if (verdict.unsure != 0)
    return g_strdup_printf ("needs %s, and an entry with a condition may decide that otherwise", wanted);
  switch (verdict.decider)
    {
    case E13_WIN_BY_ENTRY:
      return explain_deny (question, wanted, verdict.entry);
    case E13_WIN_BY_LABEL:
      return g_strdup_printf ("needs %s, and its integrity label is above the account's", wanted);
    case E13_WIN_BY_RESTRICTION:
      return g_strdup_printf ("needs %s, and the account's token is restricted", wanted);
    default:
      return explain_end (question, wanted);
    }
}

char *
e13_windows_explain_granted (const E13WinQuestion *question, const E13WinVerdict *verdict)
{
  g_autofree char *wanted = e13_mask_describe (question->want);
  const E13Ace *ace;
  g_autofree char *who = NULL;
  g_autofree char *what = NULL;
  g_autofree char *origin = NULL;

  if (verdict->decider == E13_WIN_BY_NO_DACL)
    return g_strdup_printf ("needs %s, and it has no list of entries: everybody may do everything", wanted);
  if (verdict->decider != E13_WIN_BY_ENTRY)
    return g_strdup_printf ("needs %s, which %s", wanted,
                            verdict->decider == E13_WIN_BY_OWNER ? "owners may always do" : "a privilege gives");
  ace = e13_win_acl_at (question->sd->dacl, verdict->entry);
  who = e13_sid_describe (&ace->sid);
  what = e13_mask_describe (ace->mask);
  origin = e13_windows_explain_origin (question, verdict->entry);
  if ((e13_mask_map_generic (question->want) & ~e13_mask_map_generic (ace->mask)) != 0)
    return g_strdup_printf ("needs %s, and entries give it together, the last of them %s to %s%s", wanted, what, who,
                            origin);
  return g_strdup_printf ("needs %s, and an entry gives %s to %s%s", wanted, what, who, origin);
}
