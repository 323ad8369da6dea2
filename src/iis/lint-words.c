/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/lint-words.h"

#include <string.h>

/* Programs that are started for a script, and read it from the file that an argument names. php-cgi.exe is told by its
 * environment. */
static const char *const interpreters[]
    = { "python.exe", "pythonw.exe", "python3.exe", "py.exe",   "pypy.exe", "pypy3.exe",   "perl.exe", "wperl.exe",
        "ruby.exe",   "php.exe",     "tclsh.exe",   "node.exe", "lua.exe",  "cscript.exe", "bash.exe", "rscript.exe" };

gboolean
e13_lint_needs_script (const char *program)
{
  const char *slash = program != NULL ? strrchr (program, '\\') : NULL;
  const char *name = slash != NULL ? slash + 1 : program;

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (interpreters); i++)
    if (g_ascii_strcasecmp (name, interpreters[i]) == 0)
      return TRUE;
  return FALSE;
}

char *
e13_lint_version_in_path (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "\\", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      const char *digits = parts[i] + strlen ("Python");

      if (g_ascii_strncasecmp (parts[i], "Python", strlen ("Python")) == 0 && g_ascii_isdigit (digits[0])
          && g_ascii_isdigit (digits[1]))
        return g_strdup_printf ("%c.%.*s", digits[0], (int)strspn (digits + 1, "0123456789"), digits + 1);
    }
  return NULL;
}

static gboolean
has_part (const char *path, const char *part)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return strstr (lower, part) != NULL;
}

gboolean
e13_lint_is_store_alias (const char *path)
{
  return has_part (path, "\\windowsapps\\");
}

gboolean
e13_lint_is_in_profile (const char *path)
{
  return (has_part (path, ":\\users\\") && !has_part (path, ":\\users\\public\\")) || has_part (path, "\\appdata\\");
}
