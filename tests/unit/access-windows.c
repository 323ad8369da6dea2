/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>

#include "access/windows.h"
#include "tests/support/sd-text.h"

TestSuite (access_windows, .timeout = 60);

#define MARIA "S-1-5-21-1-2-3-1000"
#define MOST E13_MASK_MAXIMUM_ALLOWED
#define NONE G_MAXUINT

typedef struct
{
  const char *label;
  const char *sd;
  const char *token;
  guint32 want;
  gboolean granted;
  guint32 mask;
  E13WinDecider decider;
  guint entry;
} Row;

static const Row rows[] = {
  /* Stored order. */
  { "allowed", "D:(A;;0x3;;;AU)", MARIA ",AU", 0x3, TRUE, 0x3, E13_WIN_BY_ENTRY, 0 },
  { "by two", "D:(A;;0x1;;;AU)(A;;0x2;;;WD)", MARIA ",AU,WD", 0x3, TRUE, 0x3, E13_WIN_BY_ENTRY, 1 },
  { "half", "D:(A;;0x1;;;AU)", MARIA ",AU", 0x3, FALSE, 0, E13_WIN_BY_END, NONE },
  { "somebody else", "D:(A;;0x1;;;BA)", MARIA ",AU", 0x1, FALSE, 0, E13_WIN_BY_END, NONE },
  { "deny first", "D:(D;;0x2;;;AU)(A;;FA;;;AU)", MARIA ",AU", 0x3, FALSE, 0, E13_WIN_BY_ENTRY, 0 },
  { "deny last", "D:(A;;FA;;;AU)(D;;0x2;;;AU)", MARIA ",AU", 0x3, TRUE, 0x3, E13_WIN_BY_ENTRY, 0 },
  { "deny of another bit", "D:(D;;0x4;;;AU)(A;;FA;;;AU)", MARIA ",AU", 0x3, TRUE, 0x3, E13_WIN_BY_ENTRY, 1 },
  { "an allowed bit denied later", "D:(A;;0x1;;;AU)(D;;0x1;;;AU)(A;;0x2;;;AU)", MARIA ",AU", 0x3, TRUE, 0x3,
    E13_WIN_BY_ENTRY, 2 },
  { "explicit allow over inherited deny", "D:(A;;0x2;;;AU)(D;ID;0x2;;;AU)", MARIA ",AU", 0x2, TRUE, 0x2,
    E13_WIN_BY_ENTRY, 0 },
  { "inherit only", "D:(A;OICIIO;FA;;;AU)", MARIA ",AU", 0x1, FALSE, 0, E13_WIN_BY_END, NONE },
  { "inherit only deny", "D:(D;OICIIO;FA;;;AU)(A;;0x1;;;AU)", MARIA ",AU", 0x1, TRUE, 0x1, E13_WIN_BY_ENTRY, 1 },
  { "audit entries do not matter", "D:(AU;SA;FA;;;AU)(A;;0x1;;;AU)", MARIA ",AU", 0x1, TRUE, 0x1, E13_WIN_BY_ENTRY, 1 },
  { "nothing asked", "D:", MARIA, 0, TRUE, 0, E13_WIN_BY_PRIVILEGE, NONE },
  /* Generic bits, asked and given. */
  { "generic asked", "D:(A;;0x120089;;;AU)", MARIA ",AU", E13_MASK_GENERIC_READ, TRUE, 0x120089, E13_WIN_BY_ENTRY, 0 },
  { "generic given", "D:(A;;GR;;;AU)", MARIA ",AU", 0x120089, TRUE, 0x120089, E13_WIN_BY_ENTRY, 0 },
  { "generic denied", "D:(D;;GW;;;AU)(A;;FA;;;AU)", MARIA ",AU", 0x2, FALSE, 0, E13_WIN_BY_ENTRY, 0 },
  /* No list, and one of nothing. */
  { "absent", "O:SY", MARIA, 0x1f01ff, TRUE, 0x1f01ff, E13_WIN_BY_NO_DACL, NONE },
  { "null", "D:NO_ACCESS_CONTROL", MARIA, 0x1f01ff, TRUE, 0x1f01ff, E13_WIN_BY_NO_DACL, NONE },
  { "null, the most", "D:NO_ACCESS_CONTROL", MARIA, MOST, TRUE, 0x1f01ff, E13_WIN_BY_NO_DACL, NONE },
  { "empty", "O:SYD:", MARIA, 0x1, FALSE, 0, E13_WIN_BY_END, NONE },
  { "empty, the owner", "O:" MARIA "D:", MARIA, 0x60000, TRUE, 0x60000, E13_WIN_BY_OWNER, NONE },
  { "empty, the owner, more", "O:" MARIA "D:", MARIA, 0x60001, FALSE, 0, E13_WIN_BY_END, NONE },
  /* The owner. */
  { "an owner is not denied", "O:" MARIA "D:(D;;FA;;;WD)", MARIA ",WD", 0x40000, TRUE, 0x40000, E13_WIN_BY_OWNER,
    NONE },
  { "an owner by group", "O:BAD:", MARIA ",BA", 0x40000, TRUE, 0x40000, E13_WIN_BY_OWNER, NONE },
  { "not by a group to deny", "O:BAD:", MARIA ",!BA", 0x40000, FALSE, 0, E13_WIN_BY_END, NONE },
  { "owner rights take away", "O:" MARIA "D:(A;;0x1;;;OW)", MARIA, 0x40000, FALSE, 0, E13_WIN_BY_END, NONE },
  { "owner rights give", "O:" MARIA "D:(A;;0x1;;;OW)", MARIA, 0x1, TRUE, 0x1, E13_WIN_BY_ENTRY, 0 },
  { "owner rights deny", "O:" MARIA "D:(D;;0x1;;;OW)(A;;FA;;;WD)", MARIA ",WD", 0x1, FALSE, 0, E13_WIN_BY_ENTRY, 0 },
  { "owner rights of others", "O:BAD:(A;;0x1;;;OW)", MARIA, 0x1, FALSE, 0, E13_WIN_BY_END, NONE },
  { "owner rights below only", "O:" MARIA "D:(A;OIIO;0x1;;;OW)", MARIA, 0x40000, TRUE, 0x40000, E13_WIN_BY_OWNER,
    NONE },
  { "creator owner is nobody here", "O:" MARIA "D:(A;;0x1;;;CO)", MARIA, 0x1, FALSE, 0, E13_WIN_BY_END, NONE },
  { "nor is self", "D:(A;;0x1;;;PS)", MARIA, 0x1, FALSE, 0, E13_WIN_BY_END, NONE },
  /* The most that can be had. */
  { "most", "D:(A;;0x3;;;AU)(D;;0x2;;;AU)(A;;0x4;;;WD)", MARIA ",AU,WD", MOST, TRUE, 0x7, E13_WIN_BY_END, NONE },
  { "most, denied first", "D:(D;;0x2;;;WD)(A;;FA;;;WD)", MARIA ",WD", MOST, TRUE, 0x1f01fd, E13_WIN_BY_END, NONE },
  { "most and more", "D:(A;;0x1;;;AU)", MARIA ",AU", MOST | 0x2, FALSE, 0, E13_WIN_BY_END, NONE },
  { "most and some of it", "D:(A;;0x3;;;AU)", MARIA ",AU", MOST | 0x2, TRUE, 0x3, E13_WIN_BY_END, NONE },
  { "most is nothing", "D:", MARIA, MOST, FALSE, 0, E13_WIN_BY_END, NONE },
  /* Groups. */
  { "deny only allows nothing", "D:(A;;0x1;;;BA)", MARIA ",!BA", 0x1, FALSE, 0, E13_WIN_BY_END, NONE },
  { "deny only denies", "D:(D;;0x1;;;BA)(A;;0x1;;;WD)", MARIA ",!BA,WD", 0x1, FALSE, 0, E13_WIN_BY_ENTRY, 0 },
  { "restricted, both", "D:(A;;0x1;;;AU)(A;;0x1;;;RC)", MARIA ",AU,?RC", 0x1, TRUE, 0x1, E13_WIN_BY_ENTRY, 0 },
  { "restricted, one", "D:(A;;0x1;;;AU)", MARIA ",AU,?RC", 0x1, FALSE, 0, E13_WIN_BY_RESTRICTION, NONE },
  { "restricted, the other", "D:(A;;0x1;;;RC)", MARIA ",AU,?RC", 0x1, FALSE, 0, E13_WIN_BY_END, NONE },
  { "restricted, most", "D:(A;;0x3;;;AU)(A;;0x6;;;RC)", MARIA ",AU,?RC", MOST, TRUE, 0x2, E13_WIN_BY_END, NONE },
  /* Privileges. */
  { "SACL", "D:(A;;FA;;;WD)", MARIA ",WD", 0x1000000, FALSE, 0, E13_WIN_BY_PRIVILEGE, NONE },
  { "SACL by an entry", "D:(A;;0x1000001;;;WD)", MARIA ",WD", 0x1000000, FALSE, 0, E13_WIN_BY_PRIVILEGE, NONE },
  { "SACL by an entry, most", "D:(A;;0x1000001;;;WD)", MARIA ",WD", MOST, TRUE, 0x1, E13_WIN_BY_END, NONE },
  { "SACL without a list", "D:NO_ACCESS_CONTROL", MARIA, 0x1000000, FALSE, 0, E13_WIN_BY_PRIVILEGE, NONE },
  { "SACL by privilege", "D:", MARIA ",$security", 0x1000000, TRUE, 0x1000000, E13_WIN_BY_PRIVILEGE, NONE },
  { "take ownership", "D:(D;;FA;;;WD)", MARIA ",WD,$owner", 0x80000, TRUE, 0x80000, E13_WIN_BY_PRIVILEGE, NONE },
  { "take ownership and read", "D:(A;;0x1;;;WD)", MARIA ",WD,$owner", 0x80001, TRUE, 0x80001, E13_WIN_BY_ENTRY, 0 },
  { "privileges, most", "D:(A;;0x1;;;WD)", MARIA ",WD,$owner,$security", MOST, TRUE, 0x1, E13_WIN_BY_END, NONE },
  { "privileges, most and by name", "D:(A;;0x1;;;WD)", MARIA ",WD,$owner,$security", MOST | 0x80000, TRUE, 0x80001,
    E13_WIN_BY_END, NONE },
  /* Integrity. Without a label: medium, no write up. */
  { "low writes to none", "D:(A;;FA;;;WD)", MARIA ",WD,@4096", 0x2, FALSE, 0, E13_WIN_BY_LABEL, NONE },
  { "low reads", "D:(A;;FA;;;WD)", MARIA ",WD,@4096", 0x120089, TRUE, 0x120089, E13_WIN_BY_ENTRY, 0 },
  { "low, most", "D:(A;;FA;;;WD)", MARIA ",WD,@4096", MOST, TRUE, 0x1200a9, E13_WIN_BY_END, NONE },
  { "low, no list", "D:NO_ACCESS_CONTROL", MARIA ",@4096", MOST, TRUE, 0x1200a9, E13_WIN_BY_NO_DACL, NONE },
  { "low owner", "O:" MARIA "D:", MARIA ",@4096", 0x40000, FALSE, 0, E13_WIN_BY_LABEL, NONE },
  { "low writes to low", "D:(A;;FA;;;WD)S:(ML;;NW;;;LW)", MARIA ",WD,@4096", 0x2, TRUE, 0x2, E13_WIN_BY_ENTRY, 0 },
  { "medium writes to high", "D:(A;;FA;;;WD)S:(ML;;NW;;;HI)", MARIA ",WD", 0x2, FALSE, 0, E13_WIN_BY_LABEL, NONE },
  { "no read up", "D:(A;;FA;;;WD)S:(ML;;NWNR;;;HI)", MARIA ",WD", MOST, TRUE, 0x1200a0, E13_WIN_BY_END, NONE },
  { "nothing up", "D:(A;;FA;;;WD)S:(ML;;NWNRNX;;;HI)", MARIA ",WD", MOST, FALSE, 0, E13_WIN_BY_END, NONE },
  { "policy of nothing", "D:(A;;FA;;;WD)S:(ML;;0x0;;;HI)", MARIA ",WD", 0x2, TRUE, 0x2, E13_WIN_BY_ENTRY, 0 },
  { "label for below", "D:(A;;FA;;;WD)S:(ML;OICIIO;NW;;;HI)", MARIA ",WD", 0x2, TRUE, 0x2, E13_WIN_BY_ENTRY, 0 },
};

Test (access_windows, verdicts)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (E13SecurityDescriptor) sd = sd_from_text (row->sd);
      g_autoptr (E13Token) token = token_from_text (row->token);
      E13WinVerdict verdict = e13_windows_judge (sd, token, row->want);

      cr_expect_eq (verdict.granted, row->granted, "%s: granted %d", row->label, verdict.granted);
      cr_expect_eq (verdict.mask, row->mask, "%s: 0x%x", row->label, verdict.mask);
      cr_expect_eq (verdict.decider, row->decider, "%s: decider %d", row->label, verdict.decider);
      cr_expect_eq (verdict.entry, row->entry, "%s: entry %u", row->label, verdict.entry);
      cr_expect_eq (verdict.unsure, 0, "%s: unsure of 0x%x", row->label, verdict.unsure);
    }
}

/* ---- What is not evaluated ------------------------------------------------------------------- */

#define HEAD "0100048000000000000000000000000014000000"
#define EVERYONE "010100000000000100000000"
#define MAYBE_ALLOW "0900180003000000" EVERYONE "61727478" /* conditional: rights 3 for Everyone */
#define MAYBE_DENY "0a00180003000000" EVERYONE "61727478"
#define ALLOW_1 "0000140001000000" EVERYONE
#define DENY_1 "0100140001000000" EVERYONE
#define STRANGE "ff000800aabbccdd"

typedef struct
{
  const char *label;
  const char *sd;
  guint32 want;
  gboolean granted;
  guint32 unsure;
} UnsureRow;

static const UnsureRow unsure_rows[] = {
  { "it might allow", HEAD "0400200001000000" MAYBE_ALLOW, 0x1, FALSE, 0x1 },
  { "not that bit", HEAD "0400200001000000" MAYBE_ALLOW, 0x4, FALSE, 0 },
  { "one bit lacks surely", HEAD "0400200001000000" MAYBE_ALLOW, 0x5, FALSE, 0 },
  { "allowed anyway", HEAD "0400340002000000" MAYBE_ALLOW ALLOW_1, 0x1, TRUE, 0 },
  { "allowed before", HEAD "0400340002000000" ALLOW_1 MAYBE_DENY, 0x1, TRUE, 0 },
  { "it might deny", HEAD "0400340002000000" MAYBE_DENY ALLOW_1, 0x1, TRUE, 0x1 },
  { "it might deny what is denied", HEAD "0400340002000000" MAYBE_DENY DENY_1, 0x1, FALSE, 0 },
  { "it might allow before the deny", HEAD "0400340002000000" MAYBE_ALLOW DENY_1, 0x1, FALSE, 0x1 },
  { "denied before", HEAD "0400340002000000" DENY_1 MAYBE_ALLOW, 0x1, FALSE, 0 },
  { "of unknown kind", HEAD "0400100001000000" STRANGE, 0x1, FALSE, 0x1 },
  { "of unknown kind, before", HEAD "0400240002000000" STRANGE ALLOW_1, 0x1, TRUE, 0x1 },
};

Test (access_windows, what_is_not_evaluated_is_said)
{
  g_autoptr (E13Token) token = token_from_text (MARIA ",WD");

  for (gsize i = 0; i < G_N_ELEMENTS (unsure_rows); i++)
    {
      const UnsureRow *row = &unsure_rows[i];
      g_autoptr (E13SecurityDescriptor) sd = sd_from_text (row->sd);
      E13WinVerdict verdict = e13_windows_judge (sd, token, row->want);

      cr_expect_eq (verdict.granted, row->granted, "%s: granted %d", row->label, verdict.granted);
      cr_expect_eq (verdict.unsure, row->unsure, "%s: unsure of 0x%x", row->label, verdict.unsure);
    }
}

/* ---- The parent ------------------------------------------------------------------------------ */

typedef struct
{
  const char *label;
  const char *sd;
  const char *parent; /* NULL: not known */
  guint32 want;
  gboolean granted;
  E13WinDecider decider;
} InsideRow;

static const InsideRow inside_rows[] = {
  { "own delete", "D:(A;;SD;;;WD)", "D:", 0x10000, TRUE, E13_WIN_BY_ENTRY },
  { "delete child", "D:(A;;FR;;;WD)", "D:(A;;DT;;;WD)", 0x10000, TRUE, E13_WIN_BY_PARENT },
  { "over a deny", "D:(D;;SD;;;WD)", "D:(A;;DT;;;WD)", 0x10000, TRUE, E13_WIN_BY_PARENT },
  { "neither", "D:(A;;FR;;;WD)", "D:(A;;FR;;;WD)", 0x10000, FALSE, E13_WIN_BY_END },
  { "parent unknown", "D:(A;;FR;;;WD)", NULL, 0x10000, FALSE, E13_WIN_BY_END },
  { "and to write", "D:(A;;FR;;;WD)", "D:(A;;DT;;;WD)", 0x10002, FALSE, E13_WIN_BY_END },
  { "and to read", "D:(A;;FR;;;WD)", "D:(A;;DT;;;WD)", 0x10001, TRUE, E13_WIN_BY_PARENT },
  { "attributes", "D:", "D:(A;;CC;;;WD)", 0x80, TRUE, E13_WIN_BY_PARENT },
  { "both gifts", "D:", "D:(A;;CCDT;;;WD)", 0x10080, TRUE, E13_WIN_BY_PARENT },
  { "one of two gifts", "D:", "D:(A;;CC;;;WD)", 0x10080, FALSE, E13_WIN_BY_END },
  { "no content by listing", "D:", "D:(A;;FA;;;WD)", 0x1, FALSE, E13_WIN_BY_END },
};

Test (access_windows, a_parent_gives_what_is_its_to_give)
{
  g_autoptr (E13Token) token = token_from_text (MARIA ",WD");

  for (gsize i = 0; i < G_N_ELEMENTS (inside_rows); i++)
    {
      const InsideRow *row = &inside_rows[i];
      g_autoptr (E13SecurityDescriptor) sd = sd_from_text (row->sd);
      g_autoptr (E13SecurityDescriptor) parent = row->parent != NULL ? sd_from_text (row->parent) : NULL;
      E13WinVerdict verdict = e13_windows_judge_inside (sd, parent, token, row->want);

      cr_expect_eq (verdict.granted, row->granted, "%s: granted %d", row->label, verdict.granted);
      cr_expect_eq (verdict.mask, row->granted ? row->want : 0, "%s: 0x%x", row->label, verdict.mask);
      cr_expect_eq (verdict.decider, row->decider, "%s: decider %d", row->label, verdict.decider);
    }
}

/* ---- Tokens ---------------------------------------------------------------------------------- */

Test (access_windows, passing_through_needs_a_right_only_without_the_privilege)
{
  g_autoptr (E13Token) token = token_from_text (MARIA ",AU");
  g_autoptr (E13SecurityDescriptor) closed = sd_from_text ("D:");
  g_autoptr (E13SecurityDescriptor) open = sd_from_text ("D:(A;;FX;;;AU)");

  cr_expect (e13_windows_may_pass (closed, token));
  token->privileges = 0;
  cr_expect_not (e13_windows_may_pass (closed, token));
  cr_expect (e13_windows_may_pass (open, token));
}

typedef struct
{
  const char *sddl;
  gboolean pool, other_pool, as_service, manual, iusr, service;
} TokenRow;

#define POOL "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415"

static const TokenRow token_rows[] = {
  { "D:(A;;FR;;;WD)", TRUE, TRUE, TRUE, TRUE, TRUE, TRUE },
  { "D:(A;;FR;;;AU)", TRUE, TRUE, TRUE, TRUE, TRUE, TRUE },
  { "D:(A;;FR;;;BU)", TRUE, TRUE, TRUE, TRUE, TRUE, TRUE },
  { "D:(A;;FR;;;IS)", TRUE, TRUE, TRUE, FALSE, FALSE, FALSE },
  { "D:(A;;FR;;;S-1-5-17)", FALSE, FALSE, FALSE, FALSE, TRUE, FALSE },
  { "D:(A;;FR;;;NS)", FALSE, FALSE, TRUE, FALSE, FALSE, TRUE },
  { "D:(A;;FR;;;" POOL ")", TRUE, FALSE, TRUE, TRUE, FALSE, FALSE },
  { "D:(A;;FR;;;S-1-5-82-0)", TRUE, TRUE, TRUE, TRUE, FALSE, FALSE },
  { "D:(A;;FR;;;BA)", FALSE, FALSE, FALSE, FALSE, FALSE, FALSE },
};

Test (access_windows, whom_iis_asks_for)
{
  E13Sid network_service = e13_sid_well_known ("S-1-5-20");
  g_autoptr (E13Token) pool = e13_token_worker ("DefaultAppPool", NULL, FALSE, NULL);
  g_autoptr (E13Token) other_pool = e13_token_worker ("dev", NULL, FALSE, NULL);
  g_autoptr (E13Token) as_service = e13_token_worker ("DefaultAppPool", &network_service, FALSE, NULL);
  g_autoptr (E13Token) manual = e13_token_worker ("DefaultAppPool", NULL, TRUE, NULL);
  g_autoptr (E13Token) iusr = e13_token_iusr ();
  g_autoptr (E13Token) service = e13_token_network_service ();
  const E13Token *const tokens[] = { pool, other_pool, as_service, manual, iusr, service };

  for (gsize i = 0; i < G_N_ELEMENTS (token_rows); i++)
    {
      const TokenRow *row = &token_rows[i];
      const gboolean expected[] = { row->pool, row->other_pool, row->as_service, row->manual, row->iusr, row->service };
      g_autoptr (E13SecurityDescriptor) sd = sd_from_text (row->sddl);

      for (gsize t = 0; t < G_N_ELEMENTS (tokens); t++)
        cr_expect_eq (e13_windows_judge (sd, tokens[t], E13_MASK_READ).granted, expected[t], "%s, token %zu (%s)",
                      row->sddl, t, tokens[t]->name);
    }
}

Test (access_windows, an_account_holds_what_each_logon_does)
{
  E13Sid maria = e13_sid_well_known (MARIA), staff = e13_sid_well_known ("S-1-5-21-1-2-3-1100");
  g_autoptr (E13Token) token = e13_token_account ("MARIA", &maria, &staff, 1);
  g_autoptr (GError) error = NULL;

  cr_expect (e13_token_holds (token, &maria, E13_SID_ENABLED));
  cr_expect (e13_token_holds (token, &staff, E13_SID_ENABLED));
  cr_expect_not (e13_token_holds (token, &staff, E13_SID_USE_FOR_DENY_ONLY));
  cr_expect_null (e13_token_worker ("a|b", NULL, FALSE, &error));
  cr_expect_not_null (error);
}

Test (access_windows, to_whom_a_grant_is_made)
{
  E13Sid service = sid_from_text ("S-1-5-20");
  g_autoptr (E13Token) iusr = e13_token_iusr ();
  g_autoptr (E13Token) own = e13_token_worker ("dev", NULL, FALSE, NULL);
  g_autoptr (E13Token) as_service = e13_token_worker ("dev", &service, FALSE, NULL);
  E13Sid pool = own->user;
  E13Sid of_iusr = e13_token_trustee (iusr);
  E13Sid of_own = e13_token_trustee (own);
  E13Sid of_service = e13_token_trustee (as_service);

  cr_expect (e13_sid_equal (&of_iusr, &iusr->user));
  cr_expect (e13_sid_equal (&of_own, &pool));
  cr_expect (e13_sid_equal (&of_service, &pool), "others may run as NETWORK SERVICE, too");
}
