/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose files are believed on Windows. */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "access/windows-trust.h"
#include "model/sddl.h"

TestSuite (windows_trust, .timeout = 60);

#define ME "S-1-5-21-1-2-3-1000"
#define PEER "S-1-5-21-1-2-3-1001"

typedef struct
{
  const char *label;
  const char *sddl;
  gboolean self;       /* is the caller believed, too? */
  const char *because; /* NULL: it is trusted */
} Row;

static const Row table[] = {
  { "what the program makes itself", "O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", FALSE, NULL },
  { "others may read and list", "O:SYD:(A;;FA;;;SY)(A;;0x1200a9;;;BU)(A;;GRGX;;;WD)", FALSE, NULL },
  { "by the installer of Windows", "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464D:(A;;FA;;;BA)",
    FALSE, NULL },
  { "an empty list", "O:BAD:P", FALSE, NULL },
  { "a user's folder", "O:" ME "D:P(A;;FA;;;BA)", FALSE, "it belongs to " ME },
  { "a user's own folder, for that user", "O:" ME "D:P(A;;FA;;;" ME ")", TRUE, NULL },
  { "another's folder, for the user", "O:" PEER "D:P(A;;FA;;;" ME ")", TRUE, "it belongs to " PEER },
  { "no owner", "D:P(A;;FA;;;BA)", FALSE, "its owner is not known" },
  { "no list", "O:BA", FALSE, "it has no access list" },
  { "a folder of ProgramData: files may be added", "O:BAD:(A;OICI;FA;;;BA)(A;CI;0x116;;;BU)", FALSE,
    "Users (S-1-5-32-545) can write" },
  { "may only append", "O:BAD:(A;;FA;;;BA)(A;;0x4;;;WD)", FALSE, "Everyone (S-1-1-0) can write" },
  { "may delete from it", "O:BAD:(A;;FA;;;BA)(A;;0x40;;;AU)", FALSE, "Authenticated Users (S-1-5-11) can write" },
  { "may delete it", "O:BAD:(A;;FA;;;BA)(A;;0x10000;;;AU)", FALSE, "can write" },
  { "may open it to himself", "O:BAD:(A;;FA;;;BA)(A;;0x40000;;;" PEER ")", FALSE, PEER " can write" },
  { "may take it", "O:BAD:(A;;FA;;;BA)(A;;0x80000;;;" PEER ")", FALSE, PEER " can write" },
  { "by a generic right", "O:BAD:(A;;FA;;;BA)(A;;GW;;;" PEER ")", FALSE, PEER " can write" },
  { "inherited", "O:BAD:(A;ID;FA;;;BA)(A;ID;FA;;;BU)", FALSE, "can write" },
  { "a deny above it does not help", "O:BAD:(D;;FA;;;" PEER ")(A;;FA;;;BU)", FALSE, "can write" },
  { "denies alone", "O:BAD:(D;;FA;;;WD)(A;;FA;;;BA)", FALSE, NULL },
  { "only what is made in it", "O:BAD:(A;;FA;;;BA)(A;OICIIO;FA;;;CO)", FALSE, NULL },
  { "the rights of its owner", "O:BAD:(A;;FA;;;S-1-3-4)", FALSE, NULL },
};

ParameterizedTestParameters (windows_trust, tells_who_could_have_written)
{
  static int indices[G_N_ELEMENTS (table)];

  for (int i = 0; i < (int)G_N_ELEMENTS (table); i++)
    indices[i] = i;
  return cr_make_param_array (int, indices, G_N_ELEMENTS (indices));
}

ParameterizedTest (const int *index, windows_trust, tells_who_could_have_written)
{
  const Row *row = &table[*index];
  g_autoptr (GError) error = NULL;
  g_autoptr (E13SecurityDescriptor) sd = e13_sddl_parse (row->sddl, NULL, &error);
  E13Sid me = e13_sid_well_known (ME);
  g_autofree char *why_not = NULL;

  cr_assert_not_null (sd, "%s: %s", row->label, error != NULL ? error->message : "no error");
  why_not = e13_windows_why_not_trusted (sd, row->self ? &me : NULL);
  if (row->because == NULL)
    cr_expect_null (why_not, "%s: not trusted, because %s", row->label, why_not);
  else
    cr_expect (why_not != NULL && strstr (why_not, row->because) != NULL, "%s: '%s' does not say '%s'", row->label,
               why_not != NULL ? why_not : "trusted", row->because);
}

/* An entry whose layout is unknown might give anything. */
Test (windows_trust, does_not_guess)
{
  static const guint8 odd[] = { 0x42, 0, 8, 0, 1, 2, 3, 4 };
  g_autoptr (E13SecurityDescriptor) sd = e13_sddl_parse ("O:BAD:(A;;FA;;;BA)", NULL, NULL);
  E13Ace ace = { .type = odd[0], .raw = g_bytes_new_static (odd, sizeof odd) };
  g_autofree char *why_not = NULL;

  e13_win_acl_insert (sd->dacl, G_MAXUINT, &ace);
  e13_ace_clear (&ace);
  why_not = e13_windows_why_not_trusted (sd, NULL);
  cr_expect_str_eq (why_not, "an entry of unknown kind can write to it");
}
