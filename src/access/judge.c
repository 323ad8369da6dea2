/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "access/judge.h"

#include "access/windows-explain.h"
#include "access/windows.h"

typedef struct
{
  E13Rights right;
  guint32 of_directory;
  guint32 of_file;
} Meaning;

static const Meaning meanings[] = {
  { E13_RIGHT_READ, E13_MASK_READ, E13_MASK_READ },
  { E13_RIGHT_WRITE, E13_MASK_MODIFY, E13_MASK_WRITE },
  { E13_RIGHT_EXECUTE, 0, E13_MASK_FILE_GENERIC_EXECUTE },
};

guint32
e13_access_mask (E13ObjectType type, E13Rights rights)
{
  guint32 mask = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (rights & meanings[i].right)
      mask |= type == E13_TYPE_DIRECTORY ? meanings[i].of_directory : meanings[i].of_file;
  return mask;
}

/* Each right by itself: what is missing is then named exactly. */
static E13Verdict
judge_descriptor (const E13Facts *facts, const E13Token *token, E13Rights want)
{
  E13Verdict verdict = { 0 };

  if (facts->sd == NULL)
    {
      verdict.unsure = want;
      return verdict;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (want & meanings[i].right)
      {
        E13WinVerdict one = e13_windows_judge (facts->sd, token, e13_access_mask (facts->type, meanings[i].right));

        if (one.granted)
          verdict.granted |= meanings[i].right;
        if (one.unsure != 0)
          verdict.unsure |= meanings[i].right;
      }
  return verdict;
}

E13Verdict
e13_access_judge (const E13Facts *facts, const E13Identity *identity, E13Rights want)
{
  return identity->token != NULL ? judge_descriptor (facts, identity->token, want)
                                 : e13_posix_judge (facts, identity, want);
}

void
e13_access_bounds (const E13Facts *facts, const E13Identity *identity, E13Rights want, E13Rights *ret_surely,
                   E13Rights *ret_surely_not)
{
  if (identity->token == NULL)
    e13_posix_bounds (facts, identity, want, ret_surely, ret_surely_not);
  else
    *ret_surely = *ret_surely_not = E13_RIGHT_NONE;
}

char *
e13_access_explain (const E13Facts *facts, const E13Above *above, gsize n_above, const E13Identity *identity,
                    const E13Verdict *verdict, E13Rights want, const E13Names *names)
{
  E13WinQuestion question = { facts->sd,       facts->type == E13_TYPE_DIRECTORY,  above, n_above,
                              identity->token, e13_access_mask (facts->type, want) };

  return identity->token != NULL ? e13_windows_explain (&question)
                                 : e13_posix_explain (facts, identity, verdict, want, names);
}

char *
e13_access_describe (const E13Identity *identity, E13ObjectType type, E13Rights rights)
{
  guint32 mask = identity->token != NULL ? e13_access_mask (type, rights) : 0;

  if (identity->token == NULL)
    return g_strdup (e13_rights_to_text (rights));
  return mask != 0 ? e13_mask_describe (mask) : g_strdup ("nothing");
}
