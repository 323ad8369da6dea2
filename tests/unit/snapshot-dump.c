/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "base/error.h"
#include "platform/snapshot/dump.h"

TestSuite (snapshot_dump, .timeout = 60);

#define DIR_SDDL "D:(A;OICI;FA;;;BA)"
#define FILE_SDDL "D:(A;;FA;;;BA)"

#define HEAD "# owner: maria\n# group: 100\n"
#define PUBLIC "user::rw-\ngroup::r--\nother::r--\n\n"
#define SEARCHABLE "user::rwx\ngroup::r-x\nother::r-x\n\n"

static void
describe_node (GString *out, const E13DumpNode *node)
{
  g_autofree char *path = e13_dump_path (node, NULL);

  if (node->parent != NULL)
    g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? " " : "", path,
                            e13_dump_type (node) == E13_TYPE_DIRECTORY ? "/" : "",
                            node->sd != NULL || node->posix != NULL ? "" : "?");
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    describe_node (out, node->children->pdata[i]);
}

/* "a/ a/b c?": directories end with a slash, what has no descriptor with a question mark. */
static char *
describe (const E13Dump *dump)
{
  GString *out = g_string_new (dump->top->sd != NULL || dump->top->posix != NULL ? "." : "");

  describe_node (out, dump->top);
  return g_string_free (out, FALSE);
}

/* ---- What is read ----------------------------------------------------------------------------------------------- */

static const struct
{
  const char *label;
  const char *text;
  const char *tree;
  const char *site;
} good[] = {
  { "icacls /save DIR", "a\r\n" DIR_SDDL "\r\na\\b\r\n" FILE_SDDL "\r\n", "a/ a/b", "a" },
  { "without carriage returns", "a\n" DIR_SDDL "\na\\b\n" FILE_SDDL "\n\n", "a/ a/b", "a" },
  { "icacls /save DIR\\*", "b\n" FILE_SDDL "\nc\n" DIR_SDDL "\n", "b c/", "" },
  { "a lone directory", "a\n" DIR_SDDL "\n", "a/", "a" },
  { "a lone file lies in a directory that is not told", "a\n" FILE_SDDL "\n", "a", "" },
  { "the empty name", "\n" DIR_SDDL "\nb\n" FILE_SDDL "\n", ". b", "" },
  { "the name of a dot", ".\n" DIR_SDDL "\n.\\b\n" FILE_SDDL "\n", ". b", "" },
  { "a directory of which only what it holds is told", "a\\b\\c\n" FILE_SDDL "\n", "a/? a/b/? a/b/c", "a/b" },
  { "a name of letters that are not ASCII", "\xc3\xa4\n" DIR_SDDL "\n", "\xc3\xa4/", "\xc3\xa4" },
  { "UTF-8 with a mark",
    "\xef\xbb\xbf"
    "a\n" DIR_SDDL "\n",
    "a/", "a" },
  { "a table", "\"Path\",\"Sddl\"\r\n\"C:\\a\",\"" DIR_SDDL "\"\r\n", "C:/? C:/a/", "C:/a" },
  { "with the line about types, more columns, in another order",
    "#TYPE X\r\nSddl;Owner;Path\r\n\"" DIR_SDDL "\";BA;C:\\a\r\n", "C:/? C:/a/", "C:/a" },
  { "with the provider's name", "Path,Sddl\nMicrosoft.PowerShell.Core\\FileSystem::C:\\a," DIR_SDDL "\n", "C:/? C:/a/",
    "C:/a" },
  { "with quotation marks in quotation marks", "Path,\"S\"\"x\",Sddl\nC:\\a,\"1\"\"2\"," DIR_SDDL "\n", "C:/? C:/a/",
    "C:/a" },
  { "a server's share", "Path,Sddl\n\\\\srv\\www\\a," DIR_SDDL "\n", "\\\\srv/? \\\\srv/www/? \\\\srv/www/a/",
    "\\\\srv/www/a" },
  { "the prefix of long paths", "Path,Sddl\n\\\\?\\C:\\a," DIR_SDDL "\n", "C:/? C:/a/", "C:/a" },
  { "a row without a descriptor", "Path,Sddl\nC:\\a," DIR_SDDL "\nC:\\a\\b,\n", "C:/? C:/a/ C:/a/b?", "C:/a" },
  { "an entry with a condition", "a\nD:(XA;;FR;;;WD;(Member_of{SID(BA)}))\n", "a?", "" },
  { "getfacl", "# file: a\n" HEAD SEARCHABLE "# file: a/b\n" HEAD PUBLIC, "a/ a/b", "a" },
  { "of the current directory", "# file: .\n" HEAD SEARCHABLE "# file: b\n" HEAD PUBLIC, ". b", "" },
  { "with absolute names, carriage returns and a message",
    "getfacl: Removing\r\n# file: /srv/a\r\n# owner: 0\r\n# group: 0\r\nuser::rwx\r\ngroup::---\r\nother::---\r\n\r\n",
    "srv/? srv/a/", "srv/a" },
  { "directories without anything in them, by their flags, default entries and names",
    "# file: a\n" HEAD "# flags: --t\n" PUBLIC "# file: b\n" HEAD
    "user::rw-\nuser:maria:rw-\t#effective:r--\ngroup::r--\nmask::r--\nother::r--\ndefault:user::rwx\n"
    "default:group::r-x\ndefault:other::---\n\n# file: c\n" HEAD SEARCHABLE "# file: d.py\n" HEAD SEARCHABLE,
    "a/ b/ c/ d.py", "" },
  { "names in whatever encoding, with escapes", "# file: a\351\\012\\\\012\n" HEAD PUBLIC, "a\351\n\\012", "" },
  { "an account of the machine", "a\nD:(A;OICI;FA;;;LA)\n", "a/", "a" },
};

ParameterizedTestParameters (snapshot_dump, reads)
{
  static guint rows[G_N_ELEMENTS (good)];

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    rows[i] = i;
  return cr_make_param_array (guint, rows, G_N_ELEMENTS (good));
}

ParameterizedTest (guint *row, snapshot_dump, reads)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Dump) dump = e13_dump_parse (good[*row].text, strlen (good[*row].text), &error);
  g_autofree char *tree = NULL;
  g_autofree char *site = NULL;

  cr_assert_not_null (dump, "%s: %s", good[*row].label, error != NULL ? error->message : "");
  tree = describe (dump);
  site = e13_dump_path (e13_dump_site (dump), NULL);
  cr_assert_str_eq (tree, good[*row].tree, "%s: %s", good[*row].label, tree);
  cr_assert_str_eq (site, good[*row].site, "%s: the site is '%s'", good[*row].label, site);
}

/* ---- What is not ------------------------------------------------------------------------------------------------ */

static const struct
{
  const char *label;
  const char *text;
  const char *message;
} bad[] = {
  { "nothing", "", "line 1: the dump is empty" },
  { "blank lines", "\r\n\r\n", "line 1: the dump is empty" },
  { "a name without a descriptor", "a\n" DIR_SDDL "\na\\b\n", "line 3: no descriptor follows the name" },
  { "two names", "a\nb\n" DIR_SDDL "\n", "line 2: no descriptor (D:...)" },
  { "a drive is no descriptor", "a\nD:\\b\n", "line 2: no descriptor (D:...)" },
  { "the beginning is missing", DIR_SDDL "\na\n", "line 1: a descriptor stands where a name should" },
  { "a descriptor is cut", "a\n" DIR_SDDL "\nb\nD:(A;OICI;FA;;\n", "line 3: SDDL, column" },
  { "a list is cut between two entries", "a\nD:(A;OICI;FA;;;BA)", "line 2: this line has no end" },
  { "a row is cut between two entries", "Path,Sddl\nC:\\a,D:(A;OICI;FA;;;BA)", "the last line has no end" },
  { "a name twice", "a\n" DIR_SDDL "\na\n" DIR_SDDL "\n", "line 3: 'a' stands in line 1 already" },
  { "a quotation mark in a name", "a\"b\n" FILE_SDDL "\n", "line 1: 'a\"b' is no path that Windows allows" },
  { "a wildcard", "a*\n" FILE_SDDL "\n", "is no path that Windows allows" },
  { "a control character", "a\033[2J\n" FILE_SDDL "\n", "line 1: 'a\\033[2J' is no path" },
  { "a stream", "a:b\n" FILE_SDDL "\n", "is no path that Windows allows" },
  { "a way out", "a\\..\\..\\b\n" FILE_SDDL "\n", "is no path that Windows allows" },
  { "Latin-1", "a\n" FILE_SDDL "\nb\xe9\n" FILE_SDDL "\n", "line 3: this is neither UTF-8 nor UTF-16" },
  { "what icacls prints", "C:\\a BUILTIN\\Users:(I)(OI)(CI)(RX)\n", "icacls DIR /save FILE /T" },
  { "getfacl, and no owner", "# file: a\n# group: 0\n" PUBLIC, "line 2: no '# owner: ' follows" },
  { "getfacl, and no ACL", "# file: a\n" HEAD "\n", "line 1: the ACL of this object is not whole" },
  { "getfacl -d", "# file: a\n" HEAD "default:user::rwx\ndefault:group::r-x\ndefault:other::---\n\n",
    "line 1: the ACL of this object is not whole" },
  { "getfacl -t", "# file: a\nUSER   root  rwx\n\n", "line 2: no '# owner: ' follows" },
  { "an entry of another kind", "# file: a\n" HEAD "user::rwx\nrichacl:x:y\n\n",
    "line 5: 'richacl:x:y' is no entry of an ACL" },
  { "getfacl that is cut in a list", "# file: a\n" HEAD "user::rwx\n", "line 4: no blank line ends this object" },
  { "getfacl that is cut in a line", "# file: a\n" HEAD "user::rwx\ngroup::r", "is no entry of an ACL" },
  { "flags that are not known", "# file: a\n" HEAD "# flags: xyz\n" PUBLIC, "line 4: '# flags: xyz' has no flags" },
  { "an escape that is none", "# file: a\\9\n" HEAD PUBLIC, "line 1: bad escape" },
  { "an account with a control character", "# file: a\n# owner: a\\033[2J\n# group: 0\n" PUBLIC,
    "line 2: 'a\\033[2J' is no name of an account" },
  { "an account with a quotation mark", "# file: a\n# owner: a'b\n# group: 0\n" PUBLIC, "is no name of an account" },
  { "a number out of range", "# file: a\n# owner: 4294967295\n# group: 0\n" PUBLIC, "is no number of an account" },
  { "a number that stands for a name", "# file: a\n# owner: 4026531840\n# group: 0\n" PUBLIC, "is not read" },
  { "getfacl's way out", "# file: a/../b\n" HEAD PUBLIC, "'a/../b' is no path that a dump allows" },
  { "absolute and relative names", "# file: /a\n" HEAD PUBLIC "# file: b\n" HEAD PUBLIC,
    "line 8: 'b' is relative, or alone is not" },
  { "getfacl with a name twice", "# file: a\n" HEAD PUBLIC "# file: ./a\n" HEAD PUBLIC, "stands in line 1 already" },
  { "what is between two objects", "# file: a\n" HEAD PUBLIC "hello\n", "line 8: 'hello' stands where an object" },
  { "a table that is cut", "Path,Sddl\n\"C:\\a\",\"D:(A;;", "line 2: a quotation mark is not closed" },
  { "a row that is cut", "Path,Sddl\nC:\\a\n", "line 2: 1 fields, and the first line names 2 columns" },
  { "a newline in a name", "Path,Sddl\n\"C:\\a\nb\"," FILE_SDDL "\n", "line 2: 'C:\\a\\nb' is no path" },
};

ParameterizedTestParameters (snapshot_dump, refuses)
{
  static guint rows[G_N_ELEMENTS (bad)];

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    rows[i] = i;
  return cr_make_param_array (guint, rows, G_N_ELEMENTS (bad));
}

ParameterizedTest (guint *row, snapshot_dump, refuses)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Dump) dump = e13_dump_parse (bad[*row].text, strlen (bad[*row].text), &error);

  cr_assert_null (dump, "%s", bad[*row].label);
  cr_assert_not_null (strstr (error->message, bad[*row].message), "%s: %s", bad[*row].label, error->message);
}

Test (snapshot_dump, a_path_has_a_limit)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "a\\");
  g_string_append (text, "b\n" FILE_SDDL "\n");
  cr_assert_null (e13_dump_parse (text->str, text->len, &error));
  cr_assert_str_eq (error->message, "line 1: this path is too long");
}

/* ---- Encodings -------------------------------------------------------------------------------------------------- */

/* @order: the place of the low byte in each pair. */
static GByteArray *
to_utf16 (const char *text, guint order, gboolean has_mark)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autofree char *marked = g_strconcat (has_mark ? "\xef\xbb\xbf" : "", text, NULL);
  g_autofree gunichar2 *units = g_utf8_to_utf16 (marked, -1, NULL, NULL, NULL);

  for (const gunichar2 *unit = units; *unit != 0; unit++)
    {
      guint8 pair[2];

      pair[order] = (guint8)(*unit & 0xff);
      pair[1 - order] = (guint8)(*unit >> 8);
      g_byte_array_append (bytes, pair, 2);
    }
  return bytes;
}

Test (snapshot_dump, reads_utf16_of_either_order_with_and_without_a_mark)
{
  for (guint order = 0; order < 2; order++)
    for (int has_mark = 0; has_mark < 2; has_mark++)
      {
        g_autoptr (GByteArray) bytes = to_utf16 ("\xc3\xa4\xf0\x9f\x98\x80\r\n" DIR_SDDL "\r\n", order, has_mark);
        g_autoptr (E13Dump) dump = e13_dump_parse ((const char *)bytes->data, bytes->len, NULL);
        g_autofree char *tree = dump != NULL ? describe (dump) : g_strdup ("nothing");

        cr_assert_str_eq (tree, "\xc3\xa4\xf0\x9f\x98\x80/", "order %u, mark %d: %s", order, has_mark, tree);
      }
}

/* However a dump is cut, it is read as far as it is whole, or refused. */
Test (snapshot_dump, survives_every_cut)
{
  g_autoptr (GByteArray) bytes = to_utf16 ("a\r\n" DIR_SDDL "\r\na\\b\r\n" FILE_SDDL "\r\n", 0, FALSE);
  guint n_read = 0;

  for (guint size = 0; size <= bytes->len; size++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (E13Dump) dump = e13_dump_parse ((const char *)bytes->data, size, &error);

      cr_assert ((dump == NULL) == (error != NULL), "cut at %u", size);
      cr_assert (dump == NULL || size % 2 == 0, "half a character was read at %u", size);
      n_read += dump != NULL;
    }
  cr_assert_eq (n_read, 2, "one pair of lines and both are whole, but %u cuts were read", n_read);
}

/* ---- Looking up ------------------------------------------------------------------------------------------------- */

Test (snapshot_dump, finds_written_paths_in_either_case)
{
  const char *text = "Path,Sddl\nC:\\Site\\A," DIR_SDDL "\n";
  g_autoptr (E13Dump) dump = e13_dump_parse (text, strlen (text), NULL);
  const E13DumpNode *node = e13_dump_find_written (dump, "c:/site\\a\\");

  cr_assert_not_null (node);
  cr_assert_str_eq (node->name, "A");
  cr_assert_null (e13_dump_find_written (dump, "c:\\site\\b"));
  cr_assert_eq (e13_dump_find (dump, node->parent, "A"), node);
  cr_assert_eq (e13_dump_find (dump, node->parent, "a"), node);
  cr_assert_null (e13_dump_find (dump, node->parent, "b"));
}

/* ---- Accounts --------------------------------------------------------------------------------------------------- */

Test (snapshot_dump, names_are_accounts_of_the_dump)
{
  g_autoptr (E13DumpNames) names = e13_dump_names_new ();
  g_autoptr (E13Identity) identity = NULL;
  guint32 root, maria, again, number;

  cr_assert (e13_dump_names_add (names, "root", &root, NULL));
  cr_assert (e13_dump_names_add (names, "maria", &maria, NULL));
  cr_assert (e13_dump_names_add (names, "maria", &again, NULL));
  cr_assert (e13_dump_names_add (names, "1000", &number, NULL));
  cr_expect_eq (root, 0);
  cr_expect (e13_id_is_named (maria) && maria == again);
  cr_expect_eq (number, 1000);
  cr_expect_str_eq (e13_dump_names_find (names, maria), "maria");
  cr_expect_null (e13_dump_names_find (names, 1001));
  identity = e13_dump_names_identity (names, "maria:root,1000", NULL);
  cr_assert_not_null (identity);
  cr_expect (identity->uid == maria && identity->gid == 0 && e13_identity_in_group (identity, 1000));
  cr_expect_not (identity->overrides_dac);
}

Test (snapshot_dump, root_is_held_back_by_no_bit)
{
  g_autoptr (E13DumpNames) names = e13_dump_names_new ();
  g_autoptr (E13Identity) by_name = e13_dump_names_identity (names, "root", NULL);
  g_autoptr (E13Identity) by_number = e13_dump_names_identity (names, "0:0", NULL);

  cr_assert (by_name != NULL && by_number != NULL);
  cr_expect (by_name->overrides_dac && by_number->overrides_dac);
}
