/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <string.h>

#include "base/error.h"
#include "model/sddl.h"
#include "tests/support/sd-text.h"

TestSuite (sddl, .timeout = 60);

/* ---- Both ways ------------------------------------------------------------------------------- */

typedef struct
{
  const char *text;
  const char *canonical;
} GoodRow;

static const GoodRow good_rows[] = {
  { "", "" },
  { "O:BA", "O:BA" },
  { "O:BAG:SYD:PAI(A;;FA;;;SY)", "O:BAG:SYD:PAI(A;;FA;;;SY)" },
  { "o:bag:syd:pai(a;oici;fa;;;sy)", "O:BAG:SYD:PAI(A;OICI;FA;;;SY)" },
  { "D:(A;;0x1301bf;;;AU)G:SYO:BA", "O:BAG:SYD:(A;;0x1301bf;;;AU)" },
  { "D:", "D:" },
  { "D:S:", "D:S:" },
  { "D:NO_ACCESS_CONTROL", "D:NO_ACCESS_CONTROL" },
  { "D:PNO_ACCESS_CONTROL", "D:PNO_ACCESS_CONTROL" },
  { "D:ARP(A;;FR;;;WD)", "D:PAR(A;;FR;;;WD)" },
  { "D:(A;CIOI;FA;;;S-1-5-32-568)", "D:(A;OICI;FA;;;IS)" },
  { "D:(A;OICINPIOID;FA;;;IS)", "D:(A;OICINPIOID;FA;;;IS)" },
  { "D:(D;;FW;;;S-1-5-17)", "D:(D;;FW;;;S-1-5-17)" },
  { "D:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;WD)", "D:(A;;0xf01ff;;;WD)" },
  { "D:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;WD)(A;;CC;;;WD)", "D:(A;;0xf01ff;;;WD)(A;;CC;;;WD)" },
  { "D:(A;;GRGX;;;BU)", "D:(A;;0xa0000000;;;BU)" },
  { "D:(A;;FRFX;;;BU)", "D:(A;;0x1200a9;;;BU)" },
  { "D:(A;;KA;;;BU)(A;;KR;;;BU)(A;;KW;;;BU)(A;;KX;;;BU)", "D:(A;;KA;;;BU)(A;;KR;;;BU)(A;;KW;;;BU)(A;;KR;;;BU)" },
  { "D:(A;;2032127;;;WD)", "D:(A;;FA;;;WD)" },
  { "D:(A;;010;;;WD)", "D:(A;;SW;;;WD)" }, /* octal */
  { "D:(A;;0xFFFFFFFF;;;WD)", "D:(A;;0xffffffff;;;WD)" },
  { "D:(A;;;;;WD)", "D:(A;;0x0;;;WD)" },
  { "D: ( A ; OI CI ; FA ; ; ; WD ) ", NULL }, /* not inside a field */
  { " D: ( A ; OICI ; FA ; ; ; WD ) ", "D:(A;OICI;FA;;;WD)" },
  { "D:(A;;WD;;;WD)(A;;WO;;;OW)", "D:(A;;WD;;;WD)(A;;WO;;;OW)" }, /* the same letters, a right and Everyone */
  { "S:AI(AU;SAFA;FA;;;AU)", "S:AI(AU;SAFA;FA;;;AU)" },           /* and an audit of Authenticated Users */
  { "S:(ML;;NW;;;LW)", "S:(ML;;NW;;;LW)" },
  { "S:(ML;;NRNWNX;;;HI)", "S:(ML;;0x7;;;HI)" },
  { "O:S-1-5", "O:S-1-5" },
  { "O:LAG:DUD:(A;;FA;;;DA)", "O:S-1-5-21-1-2-3-500G:S-1-5-21-1-2-3-513D:(A;;FA;;;S-1-5-21-1-2-3-512)" },
  { "D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)",
    "D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)(A;OICIIO;0xe0010000;;;AU)(A;;LC;;;AU)" },
};

static const E13Sid domain = { .authority = 5, .n_sub_authorities = 4, .sub_authorities = { 21, 1, 2, 3 } };

Test (sddl, what_is_read_is_written)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good_rows); i++)
    {
      const GoodRow *row = &good_rows[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (E13SecurityDescriptor) sd = e13_sddl_parse (row->text, &domain, &error);
      g_autoptr (E13SecurityDescriptor) again = NULL;
      g_autofree char *text = NULL;

      cr_assert_eq (sd != NULL, row->canonical != NULL, "%s: %s", row->text,
                    error != NULL ? error->message : "accepted");
      if (sd == NULL)
        continue;
      text = e13_sddl_format (sd, NULL);
      cr_expect_str_eq (text, row->canonical, "%s became %s", row->text, text);
      again = e13_sddl_parse (text, NULL, NULL);
      cr_expect (again != NULL && e13_sd_equal (sd, again), "%s came back from %s", row->text, text);
    }
}

Test (sddl, text_says_all_of_plain_descriptors)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (E13SecurityDescriptor) sd = sd_random (rand, 8, FALSE);
      g_autofree char *text = NULL;
      g_autoptr (E13SecurityDescriptor) again = NULL;

      /* These two need a DACL to be said. */
      if ((sd->control & E13_SD_DACL_PRESENT) == 0)
        sd->control = E13_SD_SELF_RELATIVE | (sd->control & E13_SD_SACL_PRESENT);
      text = e13_sddl_format (sd, NULL);
      cr_assert_not_null (text, "seed %u, descriptor %u", seed, i);
      again = e13_sddl_parse (text, NULL, NULL);
      cr_assert (again != NULL && e13_sd_equal (sd, again), "seed %u, descriptor %u: %s", seed, i, text);
    }
}

/* ---- Errors ---------------------------------------------------------------------------------- */

typedef struct
{
  const char *text;
  gint code;
  const char *message; /* a part of it */
} BadRow;

static const BadRow bad_rows[] = {
  { "X", E13_ERROR_INPUT, "column 1: expected O:" },
  { "O", E13_ERROR_INPUT, "column 1" },
  { "O:", E13_ERROR_INPUT, "unknown trustee" },
  { "O:B", E13_ERROR_INPUT, "unknown trustee" },
  { "O:QQ", E13_ERROR_INPUT, "column 3: unknown trustee" },
  { "O:S-1-", E13_ERROR_INPUT, "malformed security identifier" },
  { "O:DA", E13_ERROR_INPUT, "domain that is not known here" },
  { "O:BAO:BA", E13_ERROR_INPUT, "a second time" },
  { "D:D:", E13_ERROR_INPUT, "a second time" },
  { "D:X", E13_ERROR_INPUT, "expected O:" },
  { "D:(", E13_ERROR_INPUT, "unknown type" },
  { "D:(A", E13_ERROR_INPUT, "unknown type" },
  { "D:(A;", E13_ERROR_INPUT, "unknown inheritance flag" },
  { "D:(A;;", E13_ERROR_INPUT, "unknown right" },
  { "D:(A;;FA", E13_ERROR_INPUT, "unknown right" },
  { "D:(A;;FA;;", E13_ERROR_INPUT, "names no object" },
  { "D:(A;;FA;;;", E13_ERROR_INPUT, "unknown trustee" },
  { "D:(A;;FA;;;WD", E13_ERROR_INPUT, "expected ')'" },
  { "D:(A;;FA;;;WDX)", E13_ERROR_INPUT, "expected ')'" },
  { "D:(A;XX;FA;;;WD)", E13_ERROR_INPUT, "unknown inheritance flag" },
  { "D:(A;;QQ;;;WD)", E13_ERROR_INPUT, "unknown right" },
  { "D:(A;;FAQ;;;WD)", E13_ERROR_INPUT, "unknown right" },
  { "D:(A;;0x;;;WD)", E13_ERROR_INPUT, "unknown right" },
  { "D:(A;;08;;;WD)", E13_ERROR_INPUT, "unknown right" },
  { "D:(A;;0x100000000;;;WD)", E13_ERROR_INPUT, "32 bits" },
  { "D:(A;;99999999999999999999;;;WD)", E13_ERROR_INPUT, "32 bits" },
  { "D:(A;;-1;;;WD)", E13_ERROR_INPUT, "unknown right" },
  { "D:(A;;FA;{00112233-4455-6677-8899-aabbccddeeff};;WD)", E13_ERROR_INPUT, "names no object" },
  { "D:(A;;FA;;;S-1-5-21-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16)", E13_ERROR_INPUT, "malformed" },
  { "D:(QQ;;FA;;;WD)", E13_ERROR_INPUT, "unknown type" },
  { "D:(OA;;CR;{00112233-4455-6677-8899-aabbccddeeff};;WD)", E13_ERROR_UNSUPPORTED, "column 4: an entry of type OA" },
  { "D:(XA;;FA;;;WD;(@User.x == 1))", E13_ERROR_UNSUPPORTED, "type XA" },
  { "D:(XD;;FA;;;WD;(@User.x == 1))", E13_ERROR_UNSUPPORTED, "type XD" },
  { "S:(RA;;;;;WD;(\"x\",TI,0,1))", E13_ERROR_UNSUPPORTED, "type RA" },
  { "S:(SP;;;;;S-1-17-1)", E13_ERROR_UNSUPPORTED, "type SP" },
};

Test (sddl, errors_name_the_place)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      const BadRow *row = &bad_rows[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (E13SecurityDescriptor) sd = e13_sddl_parse (row->text, NULL, &error);

      cr_assert_null (sd, "'%s' was accepted", row->text);
      cr_expect (g_error_matches (error, E13_ERROR, row->code), "'%s': %s", row->text, error->message);
      cr_expect_not_null (strstr (error->message, row->message), "'%s': %s", row->text, error->message);
    }
}

Test (sddl, every_truncation_and_every_character)
{
  static const char text[] = "O:S-1-5-32-544G:SYD:PAI(D;OICI;FW;;;AU)(A;;0x1200a9;;;IS)S:(ML;;NW;;;LW)";
  static const char others[] = "ADO:;()0xS-PFW \n\x80";

  for (gsize at = 0; at < strlen (text); at++)
    {
      g_autofree char *cut = g_strndup (text, at);
      g_autoptr (E13SecurityDescriptor) cut_sd = e13_sddl_parse (cut, NULL, NULL);

      for (gsize i = 0; i < strlen (others); i++)
        {
          g_autofree char *changed = g_strdup (text);
          g_autoptr (GError) error = NULL;
          g_autoptr (E13SecurityDescriptor) sd = NULL;

          changed[at] = others[i];
          sd = e13_sddl_parse (changed, NULL, &error);
          cr_assert_eq (sd == NULL, error != NULL, "%s", changed);
        }
    }
}

Test (sddl, what_text_cannot_say_is_not_written)
{
  static const char *const hex[] = {
    "0100048000000000000000000000000014000000"
    "0400200001000000"
    "0900180003001200"
    "010100000000000100000000"
    "61727478",
    "0100048000000000000000000000000014000000"
    "04001c0001000000"
    "0020140003001200"
    "010100000000000100000000",
    "0100048000000000000000000000000014000000"
    "0400140001000000"
    "42100c000102030405060708",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hex); i++)
    {
      g_autoptr (E13SecurityDescriptor) sd = sd_from_text (hex[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = e13_sddl_format (sd, &error);

      cr_assert_null (text, "%s", text);
      cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_UNSUPPORTED));
    }
}
