/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Names, paths and reparse points of Windows, which are text and bytes on every system. */

#include <criterion/criterion.h>
#include <string.h>

#include "platform/win32/names.h"
#include "platform/win32/paths.h"
#include "platform/win32/reparse.h"

TestSuite (win32_text, .timeout = 60);

/* ---- Names ------------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *text;
  gunichar2 units[5];
} names[] = {
  { "", { 0 } },
  { "a", { 'a', 0 } },
  { "\303\244\342\202\254", { 0xe4, 0x20ac, 0 } },
  { "\360\237\230\200", { 0xd83d, 0xde00, 0 } },
  { "x\355\240\275", { 'x', 0xd83d, 0 } },
  { "\355\270\200y", { 0xde00, 'y', 0 } },
  { "\355\270\200\355\240\275", { 0xde00, 0xd83d, 0 } },
  { "\355\240\275\360\237\230\200", { 0xd83d, 0xd83d, 0xde00, 0 } },
  { "\357\277\277", { 0xffff, 0 } },
};

static gsize
units_length (const gunichar2 *units)
{
  gsize n = 0;

  while (units[n] != 0)
    n++;
  return n;
}

Test (win32_text, names_both_ways)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize expected = units_length (names[i].units), length = 99;
      g_autofree char *text = e13_win32_from_utf16 (names[i].units, expected);
      g_autofree gunichar2 *units = e13_win32_to_utf16 (names[i].text, &length);

      cr_expect_str_eq (text, names[i].text, "row %zu", i);
      cr_assert (units != NULL && length == expected, "row %zu: %zu units", i, length);
      cr_expect (memcmp (units, names[i].units, (length + 1) * sizeof *units) == 0, "row %zu", i);
    }
}

/* Any sequence of units is some name on NTFS. */
Test (win32_text, random_names_come_back)
{
  static const gunichar2 edges[]
      = { 'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfffe };
  guint32 seed = g_random_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < 20000; i++)
    {
      gunichar2 units[8];
      gsize n = (gsize)g_rand_int_range (random, 0, 8), length;
      g_autofree char *text = NULL;
      g_autofree gunichar2 *back = NULL;

      for (gsize k = 0; k < n; k++)
        units[k] = edges[g_rand_int_range (random, 0, G_N_ELEMENTS (edges))];
      text = e13_win32_from_utf16 (units, n);
      back = e13_win32_to_utf16 (text, &length);
      cr_assert (back != NULL && length == n && memcmp (back, units, n * sizeof *units) == 0, "seed %u, case %u", seed,
                 i);
    }
}

Test (win32_text, names_that_are_none)
{
  /* Cut short, too long a form, beyond the last character, a pair in two halves. */
  static const char *const bad[]
      = { "\377", "\303", "\300\257", "\364\220\200\200", "\355\240", "\355\240\275\355\270\200" };
  static const char *const no_names[] = { "", ".", "..", "a/b", "a\\b", "a:b", "..\\a" };
  static const char *const good[] = { "a", "...", "a.", "con", "aux.py", " ", "a b " };
  gsize length;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    cr_expect_null (e13_win32_to_utf16 (bad[i], &length), "row %zu", i);
  for (gsize i = 0; i < G_N_ELEMENTS (no_names); i++)
    cr_expect (!e13_win32_is_name (no_names[i]), "'%s'", no_names[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    cr_expect (e13_win32_is_name (good[i]), "'%s'", good[i]);
}

/* ---- Paths ------------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *text;
  const char *root; /* NULL: not absolute */
  const char *names;
  const char *nt;
} paths[] = {
  { "C:\\", "C:\\", "", "\\??\\C:\\" },
  { "C:", "C:\\", "", "\\??\\C:\\" },
  { "c:/www/site/", "c:\\", "www|site", "\\??\\c:\\" },
  { "C:\\a\\.\\b\\..\\..\\..\\c", "C:\\", "c", "\\??\\C:\\" },
  { "C:\\dot.\\space ", "C:\\", "dot.|space ", "\\??\\C:\\" },
  { "\\\\?\\C:\\a", "C:\\", "a", "\\??\\C:\\" },
  { "\\\\?\\Volume{1}\\a", "\\\\?\\Volume{1}\\", "a", "\\??\\Volume{1}\\" },
  { "\\\\server\\share", "\\\\server\\share\\", "", "\\??\\UNC\\server\\share\\" },
  { "//server/share/x", "\\\\server\\share\\", "x", "\\??\\UNC\\server\\share\\" },
  { "\\\\?\\unc\\server\\share\\x", "\\\\server\\share\\", "x", "\\??\\UNC\\server\\share\\" },
  { "\\\\server", NULL, NULL, NULL },
  { "\\\\server\\", NULL, NULL, NULL },
  { "\\\\server\\..\\x", NULL, NULL, NULL },
  { "\\\\.\\pipe\\x", NULL, NULL, NULL },
  { "\\\\?\\", NULL, NULL, NULL },
  { "\\\\?\\..\\x", NULL, NULL, NULL },
  { "C:a", NULL, NULL, NULL },
  { "\\a", NULL, NULL, NULL },
  { "a\\b", NULL, NULL, NULL },
  { "", NULL, NULL, NULL },
  { "1:\\", NULL, NULL, NULL },
};

Test (win32_text, paths_from_their_roots)
{
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto (E13WinPath) path = { 0 };
      gboolean parsed = e13_win_path_parse (paths[i].text, &path);
      g_autofree char *joined = NULL;
      g_autofree char *nt = NULL;

      cr_assert_eq (parsed, paths[i].root != NULL, "'%s'", paths[i].text);
      if (!parsed)
        continue;
      g_ptr_array_add (path.names, NULL);
      joined = g_strjoinv ("|", (char **)path.names->pdata);
      nt = e13_win_path_nt_root (path.root);
      cr_expect_str_eq (path.root, paths[i].root, "'%s': %s", paths[i].text, path.root);
      cr_expect_str_eq (joined, paths[i].names, "'%s': %s", paths[i].text, joined);
      cr_expect_str_eq (nt, paths[i].nt, "'%s': %s", paths[i].text, nt);
    }
}

/* ---- Reparse points ---------------------------------------------------------------------------------------------- */

/* A junction to, or a symbolic link with that substitute name; its shown name says something else. */
static GByteArray *
reparse_point (guint32 tag, const char *target)
{
  gboolean is_symlink = tag == 0xa000000cu;
  gsize length;
  g_autofree gunichar2 *units = e13_win32_to_utf16 (target, &length);
  guint16 n = (guint16)(length * 2), shown = 4;
  guint16 size = (guint16)(n + shown + (is_symlink ? 12 : 8));
  const guint16 head[] = { (guint16)tag, (guint16)(tag >> 16), size, 0, 0, n, n, shown };
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (head); i++)
    g_byte_array_append (bytes, (const guint8[]){ (guint8)head[i], (guint8)(head[i] >> 8) }, 2);
  if (is_symlink)
    g_byte_array_append (bytes, (const guint8[4]){ 1, 0, 0, 0 }, 4);
  for (gsize i = 0; i < length; i++)
    g_byte_array_append (bytes, (const guint8[]){ (guint8)units[i], (guint8)(units[i] >> 8) }, 2);
  g_byte_array_append (bytes, (const guint8[]){ 'X', 0, 'X', 0 }, shown);
  return bytes;
}

static const struct
{
  guint32 tag;
  const char *substitute;
  const char *target;
} links[] = {
  { 0xa0000003u, "\\??\\C:\\www\\current", "C:\\www\\current" },
  { 0xa000000cu, "\\??\\D:\\", "D:\\" },
  { 0xa000000cu, "\\??\\UNC\\server\\share\\x", "\\\\server\\share\\x" },
  { 0xa0000003u, "\\??\\Volume{1}\\", "\\\\?\\Volume{1}\\" },
  { 0xa000000cu, "..\\shared", "..\\shared" },
  { 0xa000000cu, "\\rooted", "\\rooted" },
  { 0xa000000cu, "lone\355\240\275", "lone\355\240\275" },
};

Test (win32_text, where_links_lead)
{
  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (GByteArray) bytes = reparse_point (links[i].tag, links[i].substitute);
      g_autofree char *target = e13_reparse_target (bytes->data, bytes->len);

      cr_expect_str_eq (target != NULL ? target : "(none)", links[i].target, "row %zu", i);
    }
}

Test (win32_text, reparse_points_that_lie)
{
  g_autoptr (GByteArray) bytes = reparse_point (0xa000000cu, "\\??\\C:\\x");
  /* Where a length or an offset stands. */
  static const gsize places[] = { 4, 8, 10 };

  for (gsize size = 0; size < bytes->len; size++)
    {
      g_autofree guint8 *cut = g_memdup2 (bytes->data, size);

      cr_expect_null (e13_reparse_target (cut, size), "%zu bytes", size);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree guint8 *lying = g_memdup2 (bytes->data, bytes->len);

      lying[places[i]] = 0xff;
      cr_expect_null (e13_reparse_target (lying, bytes->len), "byte %zu", places[i]);
    }
}

Test (win32_text, what_a_tag_makes_of_an_object)
{
  static const struct
  {
    guint32 tag;
    E13ObjectType type;
  } rows[] = {
    { 0xa0000003u, E13_TYPE_SYMLINK }, /* junction */
    { 0xa000000cu, E13_TYPE_SYMLINK }, /* symbolic link */
    { 0xa000001du, E13_TYPE_SYMLINK }, /* of WSL */
    { 0xa0000019u, E13_TYPE_SYMLINK }, /* another that stands for a name */
    { 0x80000023u, E13_TYPE_SOCKET },  /* AF_UNIX */
    { 0x80000024u, E13_TYPE_FIFO },    /* of WSL */
    { 0x9000301au, E13_TYPE_UNKNOWN }, /* OneDrive: a file all the same */
    { 0x80000013u, E13_TYPE_UNKNOWN }, /* deduplicated */
    { 0, E13_TYPE_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    cr_expect_eq (e13_reparse_type (rows[i].tag), rows[i].type, "%x", rows[i].tag);
}

/* ---- Command lines ----------------------------------------------------------------------------------------------- */

Test (win32_text, which_program_a_command_starts)
{
  static const struct
  {
    const char *command;
    const char *program;
  } rows[] = {
    { "\"C:\\Apache24\\bin\\httpd.exe\" -k runservice", "httpd.exe" },
    { "C:\\Program Files\\Apache\\bin\\HTTPD.EXE -k runservice", "HTTPD.EXE" },
    { "c:/xampp/apache/bin/httpd.exe", "httpd.exe" },
    { "httpd.exe -d C:\\x", "httpd.exe" },
    { "\"C:\\no end", "no end" },
    { "\\SystemRoot\\System32\\drivers\\x.sys", NULL },
    { "\"\"", NULL },
    { "\"C:\\a\\\"", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *program = e13_win_path_program (rows[i].command);

      cr_expect (g_strcmp0 (program, rows[i].program) == 0, "%s: %s", rows[i].command, program);
    }
}
