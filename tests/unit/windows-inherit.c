/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include "access/windows-inherit.h"
#include "access/windows.h"
#include "model/sddl.h"
#include "model/token.h"
#include "tests/support/sd-text.h"

TestSuite (windows_inherit, .timeout = 60);

/* ---- What a child gets ----------------------------------------------------------------------- */

typedef struct
{
  const char *label;
  const char *parent;
  const char *directory; /* the DACL that a directory of IU (group IS) made in it gets */
  const char *file;
} Row;

static const Row rows[] = {
  { "nothing inheritable", "D:(A;;FA;;;SY)", "D:", "D:" },
  { "no list", "D:NO_ACCESS_CONTROL", "D:", "D:" },
  { "OI CI", "D:(A;OICI;FA;;;SY)", "D:(A;OICIID;FA;;;SY)", "D:(A;ID;FA;;;SY)" },
  { "OI", "D:(A;OI;FA;;;SY)", "D:(A;OIIOID;FA;;;SY)", "D:(A;ID;FA;;;SY)" },
  { "CI", "D:(A;CI;FA;;;SY)", "D:(A;CIID;FA;;;SY)", "D:" },
  { "OI CI IO", "D:(A;OICIIO;FA;;;SY)", "D:(A;OICIID;FA;;;SY)", "D:(A;ID;FA;;;SY)" },
  { "OI IO", "D:(A;OIIO;FA;;;SY)", "D:(A;OIIOID;FA;;;SY)", "D:(A;ID;FA;;;SY)" },
  { "CI IO", "D:(A;CIIO;FA;;;SY)", "D:(A;CIID;FA;;;SY)", "D:" },
  { "OI CI NP", "D:(A;OICINP;FA;;;SY)", "D:(A;ID;FA;;;SY)", "D:(A;ID;FA;;;SY)" },
  { "OI NP", "D:(A;OINP;FA;;;SY)", "D:", "D:(A;ID;FA;;;SY)" },
  { "CI NP IO", "D:(A;CINPIO;FA;;;SY)", "D:(A;ID;FA;;;SY)", "D:" },
  { "IO alone", "D:(A;IO;FA;;;SY)", "D:", "D:" },
  { "inherited goes on", "D:(A;OICIID;FA;;;SY)", "D:(A;OICIID;FA;;;SY)", "D:(A;ID;FA;;;SY)" },
  { "deny", "D:(D;OICI;FW;;;AU)", "D:(D;OICIID;FW;;;AU)", "D:(D;ID;FW;;;AU)" },
  { "creator owner", "D:(A;OICIIO;FA;;;CO)", "D:(A;ID;FA;;;IU)(A;OICIIOID;FA;;;CO)", "D:(A;ID;FA;;;IU)" },
  { "creator group", "D:(A;OICIIO;FR;;;CG)", "D:(A;ID;FR;;;IS)(A;OICIIOID;FR;;;CG)", "D:(A;ID;FR;;;IS)" },
  { "creator owner, no further", "D:(A;OICINP;FA;;;CO)", "D:(A;ID;FA;;;IU)", "D:(A;ID;FA;;;IU)" },
  { "creator owner, files", "D:(A;OIIO;GA;;;CO)", "D:(A;OIIOID;GA;;;CO)", "D:(A;ID;FA;;;IU)" },
  { "generic", "D:(A;OICI;GA;;;SY)", "D:(A;ID;FA;;;SY)(A;OICIIOID;GA;;;SY)", "D:(A;ID;FA;;;SY)" },
  { "generic, no further", "D:(A;OICINP;GRGX;;;SY)", "D:(A;ID;0x1200a9;;;SY)", "D:(A;ID;0x1200a9;;;SY)" },
  { "owner rights stay", "D:(A;OICI;FR;;;OW)", "D:(A;OICIID;FR;;;OW)", "D:(A;ID;FR;;;OW)" },
  { "in order", "D:(A;OICI;FR;;;SY)(D;OICI;FW;;;AU)(A;;FA;;;BA)(A;OICI;FR;;;WD)",
    "D:(A;OICIID;FR;;;SY)(D;OICIID;FW;;;AU)(A;OICIID;FR;;;WD)", "D:(A;ID;FR;;;SY)(D;ID;FW;;;AU)(A;ID;FR;;;WD)" },
  { "wwwroot", "D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)",
    "D:(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)(A;OICIIOID;0xe0010000;;;AU)",
    "D:(A;ID;FA;;;BA)(A;ID;FA;;;SY)(A;ID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)" },
};

static char *
format_gifts (const E13WinAcl *dacl, const E13WinChild *child)
{
  g_autoptr (GArray) gifts = e13_windows_gifts (dacl, child);
  g_autoptr (E13SecurityDescriptor) sd = sd_from_text ("D:");

  for (guint i = 0; i < gifts->len; i++)
    {
      const E13WinGift *gift = &g_array_index (gifts, E13WinGift, i);

      cr_assert_lt (gift->origin, dacl->aces->len);
      e13_win_acl_insert (sd->dacl, G_MAXUINT, &gift->ace);
    }
  return e13_sddl_format (sd, NULL);
}

Test (windows_inherit, what_a_child_gets)
{
  E13Sid owner = sid_from_text ("IU"), group = sid_from_text ("IS");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (E13SecurityDescriptor) parent = sd_from_text (rows[i].parent);
      E13WinChild child = { &owner, &group, TRUE };
      g_autofree char *directory = format_gifts (parent->dacl, &child);
      g_autofree char *file = NULL;

      child.is_directory = FALSE;
      file = format_gifts (parent->dacl, &child);
      cr_expect_str_eq (directory, rows[i].directory, "%s: the directory got %s", rows[i].label, directory);
      cr_expect_str_eq (file, rows[i].file, "%s: the file got %s", rows[i].label, file);
    }
}

Test (windows_inherit, an_unknown_creator_gets_nothing)
{
  g_autoptr (E13SecurityDescriptor) parent = sd_from_text ("D:(A;OICIIO;FA;;;CO)(A;OICI;FR;;;SY)");
  E13WinChild child = { NULL, NULL, TRUE };
  g_autofree char *directory = format_gifts (parent->dacl, &child);

  cr_expect_str_eq (directory, "D:(A;OICIIOID;FA;;;CO)(A;OICIID;FR;;;SY)", "%s", directory);
}

/* Rights 3 for CREATOR OWNER, to be inherited by all, with a condition. */
Test (windows_inherit, a_condition_is_inherited_with_its_entry)
{
  g_autoptr (E13SecurityDescriptor) parent = sd_from_text ("0100048000000000000000000000000014000000"
                                                           "0400200001000000"
                                                           "090b180003000000"
                                                           "010100000000000300000000"
                                                           "61727478");
  g_autoptr (E13SecurityDescriptor) expected = sd_from_text ("0100048000000000000000000000000014000000"
                                                             "0400240001000000"
                                                             "09101c0003000000"
                                                             "01020000000000052000000020020000"
                                                             "61727478");
  E13Sid owner = sid_from_text ("BA");
  E13WinChild child = { &owner, NULL, FALSE };
  g_autoptr (GArray) gifts = e13_windows_gifts (parent->dacl, &child);

  cr_assert_eq (gifts->len, 1);
  cr_expect (e13_ace_equal (&g_array_index (gifts, E13WinGift, 0).ace, e13_win_acl_at (expected->dacl, 0)));
}

/* ---- The place decides ----------------------------------------------------------------------- */

/* Lists of a fresh Windows: wwwroot's by Microsoft's KB981949; the others from memory. What a folder gets that is
 * unpacked there, and so whether anonymous visitors' scripts may read and write in it. */
static const struct
{
  const char *place;
  const char *dacl;
  gboolean reads;
  gboolean writes;
} stock[] = {
  { "C:\\", "D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)", TRUE,
    TRUE },
  { "C:\\inetpub\\wwwroot",
    "D:PAI(A;OICIIO;FA;;;CO)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICI;0x1200a9;;;S-1-5-32-568)"
    "(A;OICI;FA;;;S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464)",
    TRUE, FALSE },
  { "C:\\Users\\maria", "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-21-1-2-3-1001)", FALSE, FALSE },
  { "D:\\", "D:(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICIIO;GA;;;CO)(A;OICI;0x1200a9;;;BU)(A;CI;LC;;;BU)(A;CIIO;DC;;;BU)",
    TRUE, TRUE },
};

ParameterizedTestParameters (windows_inherit, the_place_decides)
{
  static gsize indices[G_N_ELEMENTS (stock)];

  for (gsize i = 0; i < G_N_ELEMENTS (indices); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (indices));
}

ParameterizedTest (gsize *index, windows_inherit, the_place_decides)
{
  g_autoptr (E13SecurityDescriptor) parent = sd_from_text (stock[*index].dacl);
  g_autoptr (E13SecurityDescriptor) bare = sd_from_text ("O:BAG:BAD:");
  g_autoptr (E13SecurityDescriptor) unpacked = e13_windows_with_inherited (bare, parent, TRUE);
  g_autoptr (E13Token) visitor = e13_token_iusr ();

  cr_expect_eq (e13_windows_judge (unpacked, visitor, 0x1).granted, stock[*index].reads, "list %s",
                stock[*index].place);
  cr_expect_eq (e13_windows_judge (unpacked, visitor, 0x2).granted, stock[*index].writes, "make files in %s",
                stock[*index].place);
}

/* ---- What is stale --------------------------------------------------------------------------- */

typedef struct
{
  const char *label;
  const char *parent;
  const char *child;
  gboolean is_directory;
  guint strange;
  guint missing;
} StaleRow;

#define OF_TEMP "(A;ID;FA;;;BA)(A;ID;FA;;;SY)"

static const StaleRow stale_rows[] = {
  { "as made", "D:(A;OICI;FA;;;SY)", "D:(A;ID;FA;;;SY)", FALSE, 0, 0 },
  { "as made, a directory", "D:(A;OICI;FA;;;SY)", "D:(A;OICIID;FA;;;SY)", TRUE, 0, 0 },
  { "explicit ones are its own", "D:(A;OICI;FA;;;SY)", "D:(A;;FR;;;WD)(A;ID;FA;;;SY)", FALSE, 0, 0 },
  { "in another order", "D:(A;OI;FA;;;SY)(A;OI;FR;;;WD)", "D:(A;ID;FR;;;WD)(A;ID;FA;;;SY)", FALSE, 0, 0 },
  { "moved from elsewhere", "D:(A;OICI;FA;;;BA)(A;OICI;FR;;;IS)", "D:" OF_TEMP, FALSE, 1, 1 },
  { "the parent got one more", "D:(A;OI;FA;;;SY)(A;OI;FR;;;WD)", "D:(A;ID;FA;;;SY)", FALSE, 0, 1 },
  { "the parent lost one", "D:(A;OI;FA;;;SY)", "D:(A;ID;FA;;;SY)(A;ID;FR;;;WD)", FALSE, 1, 0 },
  { "twice", "D:(A;OI;FA;;;SY)", "D:(A;ID;FA;;;SY)(A;ID;FA;;;SY)", FALSE, 1, 0 },
  { "other rights", "D:(A;OI;FA;;;SY)", "D:(A;ID;FR;;;SY)", FALSE, 1, 1 },
  { "other kind", "D:(A;OI;FA;;;SY)", "D:(D;ID;FA;;;SY)", FALSE, 1, 1 },
  { "flags of a directory", "D:(A;OICI;FA;;;SY)", "D:(A;ID;FA;;;SY)", TRUE, 1, 1 },
  { "generic, left unresolved", "D:(A;OI;GA;;;SY)", "D:(A;ID;GA;;;SY)", FALSE, 0, 0 },
  { "protected", "D:(A;OI;FA;;;SY)", "D:P(A;;FR;;;WD)", FALSE, 0, 0 },
  { "null", "D:(A;OI;FA;;;SY)", "D:NO_ACCESS_CONTROL", FALSE, 0, 0 },
  { "null parent", "D:NO_ACCESS_CONTROL", "D:(A;ID;FR;;;WD)", FALSE, 0, 0 },
  { "its owner", "D:(A;OIIO;FA;;;CO)", "O:IUD:(A;ID;FA;;;IU)", FALSE, 0, 0 },
  { "its owner of then", "D:(A;OIIO;FA;;;CO)", "O:BAD:(A;ID;FA;;;IU)", FALSE, 0, 0 },
  { "two owners", "D:(A;OIIO;FA;;;CO)", "O:BAD:(A;ID;FA;;;IU)(A;ID;FA;;;BA)", FALSE, 1, 0 },
};

Test (windows_inherit, what_is_stale)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stale_rows); i++)
    {
      const StaleRow *row = &stale_rows[i];
      g_autoptr (E13SecurityDescriptor) parent = sd_from_text (row->parent);
      g_autoptr (E13SecurityDescriptor) child = sd_from_text (row->child);
      g_autoptr (E13WinStaleness) staleness = e13_windows_staleness (parent, child, row->is_directory);

      cr_assert_eq (staleness != NULL, row->strange + row->missing > 0, "%s", row->label);
      if (staleness == NULL)
        continue;
      cr_expect_eq (staleness->strange->len, row->strange, "%s: %u strange", row->label, staleness->strange->len);
      cr_expect_eq (staleness->missing->len, row->missing, "%s: %u missing", row->label, staleness->missing->len);
      for (guint s = 0; s < staleness->strange->len; s++)
        cr_expect (e13_win_acl_at (child->dacl, g_array_index (staleness->strange, guint, s))->flags
                       & E13_ACE_INHERITED,
                   "%s", row->label);
    }
}

/* Whatever the parent: a child that has just what it gives is not stale, and without one entry, or with one more, it
 * is. */
Test (windows_inherit, what_is_given_is_never_stale)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_compared = 0;

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (E13SecurityDescriptor) parent = sd_random (rand, 6, TRUE);
      g_autoptr (E13SecurityDescriptor) child = sd_from_text ("O:IUG:ISD:");
      gboolean is_directory = g_rand_boolean (rand);
      E13WinChild made = e13_windows_child (child, is_directory);
      g_autoptr (GArray) gifts = e13_windows_gifts (parent->dacl, &made);
      g_autoptr (E13WinStaleness) none = NULL;
      g_autoptr (E13WinStaleness) one = NULL;

      for (guint g = 0; g < gifts->len; g++)
        e13_win_acl_insert (child->dacl, G_MAXUINT, &g_array_index (gifts, E13WinGift, g).ace);
      none = e13_windows_staleness (parent, child, is_directory);
      cr_assert_null (none, "seed %u, descriptor %u", seed, i);
      if (gifts->len == 0)
        continue;
      g_array_remove_index (child->dacl->aces, (guint)g_rand_int_range (rand, 0, (gint32)gifts->len));
      one = e13_windows_staleness (parent, child, is_directory);
      cr_assert (one != NULL && one->missing->len == 1 && one->strange->len == 0, "seed %u, descriptor %u", seed, i);
      n_compared++;
    }
  cr_expect_gt (n_compared, 500);
}

/* ---- Where it is from ------------------------------------------------------------------------ */

#define ROOT "D:P(A;OICI;FA;;;SY)(A;OICIIO;GA;;;CO)"
#define SITE "O:BAD:(D;OICI;FW;;;AU)(A;OICIID;FA;;;SY)(A;ID;FA;;;BA)(A;OICIIOID;GA;;;CO)"
#define LEAF "O:IUD:(A;;FR;;;WD)(D;ID;FW;;;AU)(A;ID;FA;;;SY)(A;ID;FA;;;IU)(A;ID;FR;;;BG)"

typedef struct
{
  guint position;
  guint directory;
  guint there;
} FromRow;

static const FromRow from_rows[] = {
  { 0, 0, 0 },                   /* its own */
  { 1, 1, 0 },                   /* the site's deny */
  { 2, 2, 0 },                   /* the root's SYSTEM, by way of the site */
  { 3, 2, 1 },                   /* the root's CREATOR OWNER */
  { 4, G_MAXUINT, G_MAXUINT },   /* nobody gave that */
  { 999, G_MAXUINT, G_MAXUINT }, /* there is no such entry */
};

Test (windows_inherit, where_an_entry_is_from)
{
  g_autoptr (E13SecurityDescriptor) root = sd_from_text (ROOT);
  g_autoptr (E13SecurityDescriptor) site = sd_from_text (SITE);
  g_autoptr (E13SecurityDescriptor) leaf = sd_from_text (LEAF);
  const E13SecurityDescriptor *const chain[] = { leaf, site, root };

  for (gsize i = 0; i < G_N_ELEMENTS (from_rows); i++)
    {
      const FromRow *row = &from_rows[i];
      guint there = G_MAXUINT;
      guint directory = e13_windows_inherited_from (chain, 3, FALSE, row->position, &there);

      cr_expect_eq (directory, row->directory, "entry %u: from %u", row->position, directory);
      cr_expect_eq (there, row->there, "entry %u: position %u", row->position, there);
    }
  cr_expect_eq (e13_windows_inherited_from (chain, 2, FALSE, 2, NULL), G_MAXUINT, "the root was not asked");
}

Test (windows_inherit, a_new_list_in_place_of_none)
{
  static const struct
  {
    const char *label;
    const char *child;
    const char *parent;
    gboolean is_directory;
    const char *after;
  } cases[] = {
    { "a file", "O:BAG:SYD:NO_ACCESS_CONTROL", "D:P(A;OICI;FA;;;SY)(A;CI;FR;;;BU)", FALSE,
      "O:BAG:SYD:AI(A;ID;FA;;;SY)" },
    { "a directory", "O:BAG:SY", "D:P(A;OICI;FA;;;SY)(A;CI;FR;;;BU)", TRUE,
      "O:BAG:SYD:AI(A;OICIID;FA;;;SY)(A;CIID;FR;;;BU)" },
    { "its creator", "O:BGG:SY", "D:(A;OICIIO;FA;;;CO)", FALSE, "O:BGG:SYD:AI(A;ID;FA;;;BG)" },
    { "protection ends", "O:BAD:P(A;;FA;;;WD)", "D:(A;OICI;FR;;;BU)", FALSE, "O:BAD:AI(A;ID;FR;;;BU)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (E13SecurityDescriptor) child = sd_from_text (cases[i].child);
      g_autoptr (E13SecurityDescriptor) parent = sd_from_text (cases[i].parent);
      g_autoptr (E13SecurityDescriptor) made = e13_windows_with_inherited (child, parent, cases[i].is_directory);
      g_autofree char *text = e13_sddl_format (made, NULL);

      cr_expect_str_eq (text, cases[i].after, "%s: %s", cases[i].label, text);
    }
}

Test (windows_inherit, a_new_directory)
{
  static const struct
  {
    const char *label;
    const char *parent;
    const char *made;
  } cases[] = {
    { "owner, group and what is handed down", "O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;;FR;;;BU)(A;OI;FR;;;BG)",
      "O:BAG:SYD:AI(A;OICIID;FA;;;SY)(A;OIIOID;FR;;;BG)" },
    { "whose owner is the creator", "O:BGG:SYD:(A;OICIIO;FA;;;CO)", "O:BGG:SYD:AI(A;ID;FA;;;BG)(A;OICIIOID;FA;;;CO)" },
    { "what is inherited goes on", "O:BAD:AI(A;OICIID;0x1200a9;;;BU)", "O:BAD:AI(A;OICIID;0x1200a9;;;BU)" },
    { "nothing", "O:BAD:P(A;;FA;;;BA)", "O:BAD:AI" },
    { "no list", "O:BAD:NO_ACCESS_CONTROL", "O:BAD:AI" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (E13SecurityDescriptor) parent = sd_from_text (cases[i].parent);
      g_autoptr (E13SecurityDescriptor) made = e13_windows_new_directory (parent);
      g_autofree char *text = e13_sddl_format (made, NULL);

      cr_expect_str_eq (text, cases[i].made, "%s: %s", cases[i].label, text);
    }
}
