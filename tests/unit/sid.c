/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <string.h>

#include "base/error.h"
#include "model/sid.h"

TestSuite (sid, .timeout = 60);

/* ---- Text and bytes -------------------------------------------------------------------------- */

typedef struct
{
  const char *text;
  const char *canonical; /* NULL: not a SID */
  const char *rest;      /* what is left where something may follow; NULL: nothing is read even then */
} TextRow;

static const TextRow text_rows[] = {
  { "S-1-1-0", "S-1-1-0", "" },
  { "s-1-5-32-544", "S-1-5-32-544", "" },
  { "S-1-0x5-0x20", "S-1-5-32", "" },
  { "S-1-0x010000000000-1", "S-1-0x010000000000-1", "" },
  { "S-1-4294967295-0", "S-1-4294967295-0", "" },
  { "S-1-4294967296-0", "S-1-0x000100000000-0", "" },
  { "S-1-281474976710655-0", "S-1-0xffffffffffff-0", "" },
  { "S-1-281474976710656-0", NULL, NULL },
  { "S-1-5-4294967295", "S-1-5-4294967295", "" },
  { "S-1-5-4294967296", NULL, NULL },
  { "S-1-5-99999999999999999999", NULL, NULL },
  { "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15", "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15", "" },
  { "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16", NULL, NULL },
  { "S-1-5", "S-1-5", "" }, /* valid in bytes, so it must come back from text */
  { "S-1-5-", NULL, NULL },
  { "S-1-5-x", NULL, NULL },
  { "S-1-5--1", NULL, NULL },
  { "S-1-", NULL, NULL },
  { "S-1", NULL, NULL },
  { "S", NULL, NULL },
  { "", NULL, NULL },
  { "S-2-5-18", NULL, NULL },
  { " S-1-5-18", NULL, NULL },
  { "S-1-5-18D:(A;;FA;;;WD)", NULL, "D:(A;;FA;;;WD)" },
  { "S-1-5-18 ", NULL, " " },
};

Test (sid, text_is_read_and_written)
{
  for (gsize i = 0; i < G_N_ELEMENTS (text_rows); i++)
    {
      const TextRow *row = &text_rows[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      const char *end = NULL;
      E13Sid sid;
      gboolean is_sid = e13_sid_parse (row->text, &sid, NULL, &error);

      cr_assert_eq (is_sid, row->canonical != NULL, "'%s': %s", row->text, error != NULL ? error->message : "accepted");
      cr_assert_eq (error == NULL, is_sid, "'%s': an error is set just where it fails", row->text);
      if (is_sid)
        cr_expect_str_eq (text = e13_sid_to_text (&sid), row->canonical, "'%s' became '%s'", row->text, text);
      cr_expect_eq (e13_sid_parse (row->text, &sid, &end, NULL), row->rest != NULL, "'%s' with more after it",
                    row->text);
      if (row->rest != NULL)
        cr_expect_str_eq (end, row->rest, "'%s': '%s' is left", row->text, end);
    }
}

Test (sid, bytes_come_back)
{
  for (gsize i = 0; i < G_N_ELEMENTS (text_rows); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      E13Sid sid, again;

      if (text_rows[i].canonical == NULL)
        continue;
      cr_assert (e13_sid_parse (text_rows[i].canonical, &sid, NULL, NULL));
      e13_sid_encode (&sid, bytes);
      cr_assert_eq (bytes->len, e13_sid_size (&sid), "%s", text_rows[i].canonical);
      cr_assert (e13_sid_decode (bytes->data, bytes->len, &again, NULL), "%s", text_rows[i].canonical);
      cr_expect (e13_sid_equal (&sid, &again), "%s", text_rows[i].canonical);
      for (guint cut = 0; cut < bytes->len; cut++)
        {
          g_autofree guint8 *exact = g_memdup2 (bytes->data, cut);

          cr_expect_not (e13_sid_decode (exact, cut, &again, NULL), "%s cut to %u bytes", text_rows[i].canonical, cut);
        }
    }
}

Test (sid, the_authority_is_big_endian)
{
  static const guint8 administrators[] = { 1, 2, 0, 0, 0, 0, 0, 5, 0x20, 0, 0, 0, 0x20, 2, 0, 0 };
  g_autofree char *text = NULL;
  E13Sid sid;

  cr_assert (e13_sid_decode (administrators, sizeof administrators, &sid, NULL));
  cr_expect_str_eq (text = e13_sid_to_text (&sid), "S-1-5-32-544", "%s", text);
}

Test (sid, bytes_that_lie_are_errors)
{
  guint8 bytes[8 + 4 * 16] = { 1, 15 };
  g_autoptr (GError) error = NULL;
  E13Sid sid;

  cr_expect (e13_sid_decode (bytes, sizeof bytes, &sid, NULL));
  bytes[1] = 16;
  cr_expect_not (e13_sid_decode (bytes, sizeof bytes, &sid, &error), "16 sub-authorities");
  cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_INPUT));
  bytes[1] = 1;
  bytes[0] = 2;
  cr_expect_not (e13_sid_decode (bytes, sizeof bytes, &sid, NULL), "revision 2");
}

/* ---- Well-known ones ------------------------------------------------------------------------- */

typedef struct
{
  const char *alias;
  const char *text;
  const char *name;
} KnownRow;

static const KnownRow known_rows[] = {
#define E13_SID(alias, text, name) { alias, text, name },
#include "model/sids.def"
#undef E13_SID
};

Test (sid, the_table_of_known_ones_is_sound)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_rows); i++)
    {
      const KnownRow *row = &known_rows[i];
      g_autofree char *canonical = NULL;
      const E13KnownSid *known;
      E13Sid sid, by_alias;

      cr_assert (e13_sid_parse (row->text, &sid, NULL, NULL), "%s", row->text);
      cr_expect_str_eq (canonical = e13_sid_to_text (&sid), row->text, "%s is written as it is found", row->text);
      known = e13_sid_known (&sid);
      cr_assert_not_null (known, "%s", row->text);
      cr_expect_str_eq (known->name, row->name, "%s stands twice", row->text);
      if (row->alias == NULL)
        continue;
      cr_assert (e13_sid_from_alias (row->alias, strlen (row->alias), &by_alias), "%s", row->alias);
      cr_expect (e13_sid_equal (&sid, &by_alias), "alias %s stands twice", row->alias);
    }
}

Test (sid, descriptions)
{
  E13Sid users = e13_sid_well_known ("S-1-5-11"), unknown = e13_sid_well_known ("S-1-5-21-1-2-3-1001");
  g_autofree char *known_text = e13_sid_describe (&users);
  g_autofree char *unknown_text = e13_sid_describe (&unknown);
  E13Sid sid;

  cr_expect_str_eq (known_text, "Authenticated Users (S-1-5-11)", "%s", known_text);
  cr_expect_str_eq (unknown_text, "S-1-5-21-1-2-3-1001", "%s", unknown_text);
  cr_expect (e13_sid_from_alias ("isx", 2, &sid), "the length counts, the case does not");
  cr_expect_not (e13_sid_from_alias ("I", 1, &sid));
  cr_expect_not (e13_sid_from_alias ("QQ", 2, &sid));
}

/* ---- Application pools ----------------------------------------------------------------------- */

typedef struct
{
  const char *pool;
  const char *sid; /* NULL: no name of a pool */
} PoolRow;

/* The first three as Windows itself was seen to print them. */
static const PoolRow pool_rows[] = {
  { "DefaultAppPool", "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415" },
  { "dev", "S-1-5-82-781516728-2844361489-696272565-2378874797-2530480757" },
  { "ExamPanel", "S-1-5-82-2916625395-3930688606-393764215-2099654449-2832396995" },
  { "DEFAULTAPPPOOL", "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415" },
  { "defaultapppool", "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415" },
  { "", NULL },
  { "IIS AppPool\\DefaultAppPool", NULL },
  { "a|b", NULL },
  { "a*", NULL },
  { "a\xff", NULL },
};

Test (sid, application_pools)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pool_rows); i++)
    {
      const PoolRow *row = &pool_rows[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      E13Sid sid;
      gboolean is_pool = e13_sid_of_app_pool (row->pool, &sid, &error);

      cr_assert_eq (is_pool, row->sid != NULL, "'%s'", row->pool);
      cr_assert_eq (error == NULL, is_pool, "'%s'", row->pool);
      if (is_pool)
        cr_expect_str_eq (text = e13_sid_to_text (&sid), row->sid, "%s: %s", row->pool, text);
    }
}

Test (sid, pool_names_are_lowered_beyond_ascii)
{
  E13Sid upper, lower;

  cr_assert (e13_sid_of_app_pool ("SCHÜLER", &upper, NULL));
  cr_assert (e13_sid_of_app_pool ("schüler", &lower, NULL));
  cr_expect (e13_sid_equal (&upper, &lower));
}
