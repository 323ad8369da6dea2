/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/quote.h"

#include <string.h>

#include "base/error.h"
#include "base/path.h"

static gboolean
is_shown_as_it_is (gunichar c)
{
  GUnicodeType type;

  if (c < 0x80)
    return g_ascii_isprint ((char)c);
  type = g_unichar_type (c);
  return g_unichar_isprint (c) && type != G_UNICODE_FORMAT && type != G_UNICODE_LINE_SEPARATOR
         && type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

static void
append_octal (GString *out, guchar byte)
{
  g_string_append_printf (out, "\\%03o", byte);
}

/* Appends the first character of @text, escaped where it must be, and returns the bytes it took. */
static gsize
append_escaped (GString *out, const char *text, char also_escaped)
{
  gunichar c = g_utf8_get_char_validated (text, -1);
  gsize length = (c == (gunichar)-1 || c == (gunichar)-2) ? 1 : (gsize)(g_utf8_next_char (text) - text);

  if (*text == '\\' || *text == also_escaped)
    g_string_append_printf (out, "\\%c", *text);
  else if (*text == '\n')
    g_string_append (out, "\\n");
  else if (*text == '\t')
    g_string_append (out, "\\t");
  else if (*text == '\r')
    g_string_append (out, "\\r");
  else if (c != (gunichar)-1 && c != (gunichar)-2 && is_shown_as_it_is (c))
    g_string_append_len (out, text, (gssize)length);
  else
    for (gsize i = 0; i < length; i++)
      append_octal (out, (guchar)text[i]);
  return length;
}

char *
e13_quote_display (const char *name)
{
  GString *out = g_string_new (NULL);

  while (*name != '\0')
    name += append_escaped (out, name, '\\');
  return g_string_free (out, FALSE);
}

static gboolean
is_harmless_in_shell (const char *word)
{
  static const char harmless[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,+@%=";

  return *word != '\0' && word[strspn (word, harmless)] == '\0';
}

static gboolean
is_printable (const char *name)
{
  if (!g_utf8_validate (name, -1, NULL))
    return FALSE;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_shown_as_it_is (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* What printf(1) makes a word of that cannot be shown. It is told so by the shell without the newlines at its end, so
 * these follow as they are. */
static char *
quote_by_printf (const char *word)
{
  const char *end = word + strlen (word);
  GString *out = g_string_new ("\"$(printf -- '");

  while (end > word && end[-1] == '\n')
    end--;
  while (word < end)
    if (*word == '\'' || *word == '%')
      append_octal (out, (guchar)*word++);
    else
      word += append_escaped (out, word, '\\');
  g_string_append (out, "')\"");
  if (*end != '\0')
    g_string_append_printf (out, "'%s'", end);
  return g_string_free (out, FALSE);
}

char *
e13_quote_shell (const char *word)
{
  if (!is_printable (word))
    return quote_by_printf (word);
  return is_harmless_in_shell (word) ? g_strdup (word) : g_shell_quote (word);
}

char *
e13_quote_shell_display (const char *word)
{
  GString *out;

  if (is_printable (word))
    return e13_quote_shell (word);

  out = g_string_new ("$'");
  while (*word != '\0')
    word += append_escaped (out, word, '\'');
  g_string_append_c (out, '\'');
  return g_string_free (out, FALSE);
}

char *
e13_quote_windows (const char *path)
{
  GString *out = g_string_new (NULL);

  while (*path != '\0')
    if (*path == '\\')
      g_string_append_c (out, *path++);
    else
      path += append_escaped (out, path, '\\');
  return g_string_free (out, FALSE);
}

/* A backslash before the closing quote would escape it: a drive's root gets a dot. */
char *
e13_quote_cmd (const char *path)
{
  return g_strdup_printf ("\"%s%s\"", path, g_str_has_suffix (path, "\\") ? "." : "");
}

char *
e13_quote_cmd_word (const char *word)
{
  for (const char *c = word; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("\\/:._-+=", *c) == NULL)
      return e13_quote_cmd (word);
  return *word != '\0' ? g_strdup (word) : e13_quote_cmd (word);
}

char *
e13_quote_path (const char *path)
{
  return e13_path_is_windows (path) ? e13_quote_windows (path) : e13_quote_display (path);
}

char *
e13_quote_path_word (const char *path)
{
  g_autofree char *word = e13_path_is_windows (path) ? e13_quote_cmd_word (path) : NULL;

  return word != NULL ? e13_quote_windows (word) : e13_quote_shell_display (path);
}

char *
e13_quote_batch (const char *path)
{
  GString *doubled = g_string_new (path);
  char *quoted;

  for (gsize i = 0; i < doubled->len; i++)
    if (doubled->str[i] == '%')
      g_string_insert_c (doubled, (gssize)i++, '%');
  quoted = e13_quote_cmd (doubled->str);
  g_string_free (doubled, TRUE);
  return quoted;
}

char *
e13_quote_getfacl (const char *name)
{
  GString *out = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (*name == '\\' || g_ascii_iscntrl (*name))
      append_octal (out, (guchar)*name);
    else
      g_string_append_c (out, *name);
  return g_string_free (out, FALSE);
}

static gboolean
is_octal_byte (const char *digits)
{
  return digits[0] >= '0' && digits[0] <= '3' && digits[1] >= '0' && digits[1] <= '7' && digits[2] >= '0'
         && digits[2] <= '7';
}

char *
e13_unquote_getfacl (const char *text, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      char byte = *p;

      if (byte == '\\' && p[1] == '\\')
        p++;
      else if (byte == '\\')
        {
          if (!is_octal_byte (p + 1))
            return e13_throw (error, E13_ERROR_INPUT, "bad escape in the name '%s'", text), NULL;
          byte = (char)((p[1] - '0') * 64 + (p[2] - '0') * 8 + (p[3] - '0'));
          p += 3;
        }
      if (byte == '\0')
        return e13_throw (error, E13_ERROR_INPUT, "NUL byte in the name '%s'", text), NULL;
      g_string_append_c (out, byte);
    }
  return g_strdup (out->str);
}
