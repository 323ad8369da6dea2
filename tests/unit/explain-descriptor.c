/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts of Windows, on any platform whose facts carry descriptors: here one that holds three objects. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <errno.h>
#include <string.h>

#include "explain/cure.h"
#include "explain/path.h"
#include "model/sddl.h"

TestSuite (explain_descriptor, .timeout = 60);

/* ---- The platform ------------------------------------------------------------------------------------------------ */

/* Of "/", "/site" and "/site/file"; NULL: not known. */
static const char *world[3];
static gboolean file_exists;

static void
pin_free (gpointer data)
{
  E13Pin *pin = data;

  g_free (pin->path);
  e13_facts_clear (&pin->facts);
  g_free (pin);
}

static E13Route *
fake_route (const char *path, GError **error)
{
  static const char *const paths[] = { "/", "/site", "/site/file" };
  E13Route *route = g_new0 (E13Route, 1);
  gboolean is_file = g_str_equal (path, "/site/file");
  guint n = is_file && file_exists ? 3 : 2;

  route->pins = g_ptr_array_new_with_free_func (pin_free);
  for (guint i = 0; i < n; i++)
    {
      E13Pin *pin = g_new0 (E13Pin, 1);

      pin->path = g_strdup (paths[i]);
      pin->facts.type = i < 2 ? E13_TYPE_DIRECTORY : E13_TYPE_FILE;
      pin->facts.sd = world[i] != NULL ? e13_sddl_parse (world[i], NULL, error) : NULL;
      cr_assert (world[i] == NULL || pin->facts.sd != NULL, "%s", world[i]);
      g_ptr_array_add (route->pins, pin);
    }
  route->given = g_strdup (path);
  route->resolved = g_strdup (paths[n - 1]);
  route->missing = is_file && !file_exists ? g_strdup ("file") : NULL;
  route->error = route->missing != NULL ? ENOENT : 0;
  return route;
}

static const E13ReadOps fake = { .name = "fake", .route = fake_route };

/* ---- The cases --------------------------------------------------------------------------------------------------- */

#define ADMINS "(A;OICI;FA;;;BA)"

typedef struct
{
  const char *label;
  const char *want;
  const char *site; /* of the directory */
  const char *file; /* "-": there is none */
  gboolean passes_nowhere;
  E13YesNo granted;
  const char *last; /* what the last link says */
  const char *cure;
} Row;

static const Row rows[] = {
  { "read by an inherited entry", "read", "D:" ADMINS "(A;OICI;FR;;;BU)", "D:(A;ID;FA;;;BA)(A;ID;FR;;;BU)", FALSE,
    E13_ANSWER_YES, "an entry gives Read to Users (S-1-5-32-545), inherited from '/site'", NULL },
  { "write is lacking", "write", "D:" ADMINS, "D:(A;;FA;;;BA)(A;;FR;;;BU)", FALSE, E13_ANSWER_NO,
    "needs Write, and has only Read, by the entry for Users (S-1-5-32-545), set here",
    "/site/file /grant \"*S-1-5-11:W\"" },
  { "write what is not there", "write", "D:" ADMINS, "-", FALSE, E13_ANSWER_NO, "it does not exist", NULL },
  { "a mask", "0x40", "D:" ADMINS, "D:(A;;0x40;;;AU)", FALSE, E13_ANSWER_YES,
    "needs Delete subfolders and files, and an entry gives", NULL },
  { "delete by the object", "delete", "D:" ADMINS, "D:(A;;SD;;;AU)", FALSE, E13_ANSWER_YES, "an entry gives Delete to",
    NULL },
  { "delete by the directory", "delete", "D:(A;;0x40;;;AU)", "D:" ADMINS, FALSE, E13_ANSWER_YES,
    "in place of it a right to its directory '/site': that needs Delete subfolders and files", NULL },
  { "delete by neither", "delete", "D:" ADMINS, "D:" ADMINS, FALSE, E13_ANSWER_NO,
    "of its directory '/site' would do as well, and is not given either", "*S-1-5-11:DE" },
  { "delete, and the directory is not known", "delete", NULL, "D:" ADMINS, FALSE, E13_ANSWER_UNKNOWN,
    "would do as well, and is not known", NULL },
  { "create a file that is not there", "create", "D:(A;;0x6;;;AU)", "-", FALSE, E13_ANSWER_YES,
    "needs Create files/write data, Create folders/append data, and an entry gives", NULL },
  { "create is lacking", "create", "D:" ADMINS, "-", FALSE, E13_ANSWER_NO, "no entry gives it any of that",
    "/site /grant \"*S-1-5-11:(OI)(CI)(WD,AD)\"" },
  { "no descriptor", "read", NULL, NULL, FALSE, E13_ANSWER_UNKNOWN, "its security descriptor is not known", NULL },
  { "no list", "0x1f01ff", "D:" ADMINS, "D:NO_ACCESS_CONTROL", FALSE, E13_ANSWER_YES, "everybody may do everything",
    NULL },
  { "a deny is not overruled", "write", "D:" ADMINS, "D:(D;;0x2;;;BU)", FALSE, E13_ANSWER_NO, "an entry denies",
    "no command for /site/file: an entry denies it" },
  { "two entries together", "0x3", "D:" ADMINS, "D:(A;;0x1;;;AU)(A;;0x2;;;BU)", FALSE, E13_ANSWER_YES,
    "entries give it together, the last of them Create files/write data to Users", NULL },
  { "who must be let through", "read", "D:" ADMINS, "D:(A;;FA;;;AU)", TRUE, E13_ANSWER_NO, "an entry gives", NULL },
};

ParameterizedTestParameters (explain_descriptor, decides)
{
  static guint indices[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (guint, indices, G_N_ELEMENTS (rows));
}

static E13Identity *
user (gboolean passes_nowhere)
{
  E13Sid authenticated = e13_sid_well_known ("S-1-5-11"), users = e13_sid_well_known ("S-1-5-32-545");
  E13Token *token = e13_token_account ("somebody", &authenticated, &users, 1);

  if (passes_nowhere)
    token->privileges &= ~(guint)E13_PRIVILEGE_CHANGE_NOTIFY;
  return e13_identity_new_of_token (token, "--as-sid");
}

ParameterizedTest (guint *index, explain_descriptor, decides)
{
  const Row *row = &rows[*index];
  g_autoptr (E13Identity) identity = user (row->passes_nowhere);
  const E13Asker asker = { .ops = &fake, .identity = identity, .ask_kernel = TRUE };
  g_autoptr (E13Explanation) explanation = NULL;
  E13Wanted wanted;
  const E13Link *last;

  file_exists = g_strcmp0 (row->file, "-") != 0;
  world[0] = "D:" ADMINS;
  world[1] = row->site;
  world[2] = file_exists ? row->file : NULL;
  cr_assert (e13_wanted_parse (row->want, &wanted, NULL));
  explanation = e13_explain_path (&asker, "/site/file", &wanted, NULL);
  cr_assert_not_null (explanation, "%s", row->label);
  last = explanation->chain->pdata[explanation->chain->len - 1];
  cr_expect_eq (explanation->granted, row->granted, "%s: granted is %d", row->label, explanation->granted);
  cr_expect_eq (explanation->judge, E13_JUDGE_MODEL, "%s", row->label);
  cr_expect_not_null (strstr (last->because, row->last), "%s: %s", row->label, last->because);
  cr_assert_eq (explanation->cures->len, row->cure != NULL ? 1 : 0, "%s: %u cures", row->label,
                explanation->cures->len);
  cr_expect (row->cure == NULL || strstr (explanation->cures->pdata[0], row->cure) != NULL, "%s: %s", row->label,
             row->cure != NULL ? (const char *)explanation->cures->pdata[0] : "");
}

Test (explain_descriptor, the_bypass_is_said_once)
{
  g_autoptr (E13Identity) identity = user (FALSE);
  const E13Asker asker = { .ops = &fake, .identity = identity, .ask_kernel = FALSE };
  const E13Wanted wanted = { E13_WANT_READ, 0 };
  g_autoptr (E13Explanation) explanation = NULL;

  file_exists = TRUE;
  world[0] = world[1] = world[2] = "D:" ADMINS;
  explanation = e13_explain_path (&asker, "/site/file", &wanted, NULL);
  cr_expect_eq (explanation->chain->len, 2, "%u links", explanation->chain->len);
}

/* What a repair would refuse is not offered as a command, and a path is written as its own machine has it. */
Test (explain_descriptor, cures)
{
  static const struct
  {
    const char *path;
    const char *there;
    const char *cure;
  } cases[] = {
    { "/mnt/www/a.txt", "\\www\\a.txt", "icacls \"\\www\\a.txt\" /grant \"*S-1-5-11:W\"" },
    { "/mnt/www/a.txt", NULL, "on Windows, with its path there: icacls /mnt/www/a.txt /grant \"*S-1-5-11:W\"" },
    { "/mnt/www/id_rsa", "\\www\\id_rsa",
      "no command for \"\\www\\id_rsa\": it is key material by its name, which its own programs refuse once others can "
      "read it" },
    { "C:/Windows/win.ini", "C:\\Windows\\win.ini",
      "no command for \"C:\\Windows\\win.ini\": it is a place of the system's own: nothing is granted there" },
    { "C:/s/a.", "C:\\s\\a.",
      "no command for \"C:\\s\\a.\": its name ends in a dot or a space, which icacls does not reach" },
  };
  g_autoptr (E13Identity) identity = user (FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) cures = g_ptr_array_new_with_free_func (g_free);
      g_auto (E13Facts) facts = { .type = E13_TYPE_FILE, .sd = e13_sddl_parse ("D:(A;;FA;;;BA)", NULL, NULL) };

      e13_cure_descriptor (cures, cases[i].path, cases[i].there, &facts, identity->token, E13_MASK_WRITE);
      cr_assert_eq (cures->len, 1, "%s", cases[i].path);
      cr_expect_str_eq (cures->pdata[0], cases[i].cure, "%s: %s", cases[i].path, (char *)cures->pdata[0]);
    }
}
