/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/win32/scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/win32/names.h"

static guint n_tests, n_failed;
static char *place;

/* ---- TAP --------------------------------------------------------------------------------------------------------- */

static void
print_test (gboolean passed, const char *format, va_list args, const char *skipped)
{
  g_autofree char *what = g_strdup_vprintf (format, args);

  n_tests++;
  n_failed += !passed;
  printf ("%sok %u - %s%s%s\n", passed ? "" : "not ", n_tests, what, skipped != NULL ? " # SKIP " : "",
          skipped != NULL ? skipped : "");
  fflush (stdout);
}

void
check (gboolean passed, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  print_test (passed, format, args, NULL);
  va_end (args);
}

void
skip (const char *reason, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  print_test (TRUE, format, args, reason);
  va_end (args);
}

void
note (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  printf ("# ");
  vprintf (format, args);
  printf ("\n");
  fflush (stdout);
  va_end (args);
}

void
check_error (const GError *error, GQuark domain, int code, const char *what)
{
  gboolean matches = g_error_matches (error, domain, code);

  check (matches, "%s", what);
  if (!matches)
    note ("it is: %s", error != NULL ? error->message : "no error");
}

gboolean
is_wine (void)
{
  return GetProcAddress (GetModuleHandleW (L"ntdll.dll"), "wine_get_version") != NULL;
}

/* ---- Objects ----------------------------------------------------------------------------------------------------- */

static WCHAR *
wide (const char *path)
{
  gsize length;
  gunichar2 *units = e13_win32_to_utf16 (path, &length);

  g_assert (units != NULL);
  return (WCHAR *)units;
}

const char *
scene (void)
{
  WCHAR temp[MAX_PATH + 1];
  g_autofree char *above = NULL;
  g_autofree WCHAR *units = NULL;

  if (place != NULL)
    return place;
  above = e13_win32_from_utf16 ((const gunichar2 *)temp, GetTempPathW (MAX_PATH + 1, temp));
  /* What a test that crashed has left may stand there. */
  place = g_strdup_printf ("\\\\?\\%serrno13-%lu-%" G_GINT64_FORMAT, above, GetCurrentProcessId (), g_get_real_time ());
  units = wide (place);
  g_assert (CreateDirectoryW (units, NULL));
  return place;
}

WCHAR *
scene_path (const char *path)
{
  g_autofree char *whole = g_strconcat (scene (), *path != '\0' ? "\\" : "", path, NULL);
  gsize from = strlen (scene ());

  for (char *c = whole + from; *c != '\0'; c++)
    if (*c == '/')
      *c = '\\';
  return wide (whole);
}

gboolean
make_directory (const char *path)
{
  g_autofree WCHAR *units = scene_path (path);

  return CreateDirectoryW (units, NULL);
}

gboolean
make_file (const char *path, const char *content)
{
  g_autofree WCHAR *units = scene_path (path);
  HANDLE file = CreateFileW (units, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
  DWORD size = (DWORD)strlen (content), done = 0;
  gboolean written;

  if (file == INVALID_HANDLE_VALUE)
    return FALSE;
  written = WriteFile (file, content, size, &done, NULL) && done == size;
  CloseHandle (file);
  return written;
}

gboolean
remove_file (const char *path)
{
  g_autofree WCHAR *units = scene_path (path);

  return DeleteFileW (units);
}

gboolean
move_object (const char *from, const char *to)
{
  g_autofree WCHAR *old = scene_path (from);
  g_autofree WCHAR *new = scene_path (to);

  return MoveFileW (old, new);
}

gboolean
set_read_only (const char *path, gboolean read_only)
{
  g_autofree WCHAR *units = scene_path (path);

  return SetFileAttributesW (units, read_only ? FILE_ATTRIBUTE_READONLY : FILE_ATTRIBUTE_NORMAL);
}

static void
remove_all (const WCHAR *directory)
{
  g_autofree WCHAR *mask = g_new (WCHAR, wcslen (directory) + 3);
  WIN32_FIND_DATAW found;
  HANDLE find;

  wcscpy (mask, directory);
  wcscat (mask, L"\\*");
  find = FindFirstFileW (mask, &found);
  for (BOOL more = find != INVALID_HANDLE_VALUE; more; more = FindNextFileW (find, &found))
    {
      g_autofree WCHAR *path = g_new (WCHAR, wcslen (directory) + wcslen (found.cFileName) + 2);

      if (wcscmp (found.cFileName, L".") == 0 || wcscmp (found.cFileName, L"..") == 0)
        continue;
      wcscpy (path, directory);
      wcscat (path, L"\\");
      wcscat (path, found.cFileName);
      SetFileAttributesW (path, FILE_ATTRIBUTE_NORMAL);
      if ((found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0
          && (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
        remove_all (path);
      else if (!DeleteFileW (path))
        RemoveDirectoryW (path);
    }
  if (find != INVALID_HANDLE_VALUE)
    FindClose (find);
  RemoveDirectoryW (directory);
}

int
finish (void)
{
  if (place != NULL)
    {
      g_autofree WCHAR *units = wide (place);

      remove_all (units);
    }
  printf ("1..%u\n", n_tests);
  return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

E13Tree *
open_scene (void)
{
  g_autoptr (GError) error = NULL;
  E13Tree *tree = e13_win32_read.open_tree (scene (), &error);

  g_assert_no_error (error);
  return tree;
}

E13Pin *
pin_of (const E13Tree *tree, const char *path)
{
  g_autoptr (GError) error = NULL;
  E13Pin *pin = e13_win32_read.pin (tree, path, &error);

  g_assert_no_error (error);
  return pin;
}
