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

static void
describe_node (GString *out, const E13DumpNode *node)
{
  g_autofree char *path = e13_dump_path (node, NULL);

  if (node->parent != NULL)
    g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? " " : "", path,
                            e13_dump_type (node) == E13_TYPE_DIRECTORY ? "/" : "", node->sd != NULL ? "" : "?");
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    describe_node (out, node->children->pdata[i]);
}

/* "a/ a/b c?": directories end with a slash, what has no descriptor with a question mark. */
static char *
describe (const E13Dump *dump)
{
  GString *out = g_string_new (dump->top->sd != NULL ? "." : "");

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
  { "what getfacl prints", "# file: a\n# owner: 0\n", "only dumps of Windows are read" },
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
  cr_assert_null (e13_dump_find (dump, node->parent, "a"));
}
