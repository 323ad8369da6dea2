/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "logs/unescape.h"

#include <string.h>

/* What a program's backslashes stand for. */
typedef struct
{
  const char *letters; /* which of abfnrtv */
  gboolean itself;     /* any other character after a backslash stands for itself; else the backslash stays */
  gboolean hex;        /* \xNN */
  gboolean octal;      /* \N, \NN, \NNN */
  gboolean unicode;    /* \uNNNN, \UNNNNNNNN */
  gboolean quoted;     /* the text is a literal with its quotes */
  gboolean wide;       /* \xNN is a character */
} Dialect;

static const Dialect dialects[] = {
  [E13_ESCAPE_PYTHON] = { "abfnrtv", TRUE, TRUE, FALSE, TRUE, TRUE, FALSE },
  [E13_ESCAPE_C] = { "abfnrtv", TRUE, TRUE, TRUE, FALSE, FALSE, FALSE },
  [E13_ESCAPE_GO] = { "abfnrtv", TRUE, TRUE, FALSE, TRUE, FALSE, FALSE },
  [E13_ESCAPE_JSON] = { "bfnrt", TRUE, FALSE, FALSE, TRUE, FALSE, FALSE },
  [E13_ESCAPE_APACHE] = { "bnrtv", FALSE, TRUE, FALSE, FALSE, FALSE, FALSE },
  [E13_ESCAPE_JS] = { "bfnrtv", TRUE, TRUE, FALSE, TRUE, TRUE, FALSE },
};

/* u'…', where \xNN is a character, not a byte. */
static const Dialect unicode_literal = { "abfnrtv", TRUE, TRUE, FALSE, TRUE, TRUE, TRUE };

static const struct
{
  const char *entity;
  char byte;
} entities[] = { { "&lt;", '<' },   { "&gt;", '>' },   { "&amp;", '&' },  { "&quot;", '"' },
                 { "&#039;", '\'' }, { "&#39;", '\'' }, { "&nbsp;", ' ' } };

static void
append_byte (GString *out, guint byte)
{
  g_string_append_c (out, byte != 0 ? (char)byte : ' ');
}

/* A half of a surrogate pair that Python made of a byte is that byte. */
static void
append_unicode (GString *out, guint32 code)
{
  if (code >= 0xdc80 && code <= 0xdcff)
    append_byte (out, code & 0xff);
  else if (code == 0)
    append_byte (out, 0);
  else if (g_unichar_validate (code))
    g_string_append_unichar (out, code);
  else
    g_string_append_unichar (out, 0xfffd);
}

/* The number of @least to @most digits at @text; how many there are. */
static gsize
digits (const char *text, const char *end, guint base, gsize least, gsize most, guint32 *ret_number)
{
  gsize n = 0;
  guint32 number = 0;

  while (n < most && text + n < end && g_ascii_xdigit_value (text[n]) >= 0
         && (guint)g_ascii_xdigit_value (text[n]) < base)
    number = number * base + (guint32)g_ascii_xdigit_value (text[n++]);
  *ret_number = number;
  return n >= least ? n : 0;
}

static gsize
surrogates (const char *text, const char *end, guint32 *code)
{
  guint32 low;

  if (*code < 0xd800 || *code > 0xdbff || end - text < 6 || text[0] != '\\' || text[1] != 'u'
      || digits (text + 2, end, 16, 4, 4, &low) == 0 || low < 0xdc00 || low > 0xdfff)
    return 0;
  *code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
  return 6;
}

/* One escape at @text, which is a backslash: what it stands for is added; how many bytes it takes. */
static gsize
unescape_one (const Dialect *dialect, const char *text, const char *end, GString *out)
{
  static const char letters[] = "abfnrtv";
  static const char bytes[] = "\a\b\f\n\r\t\v";
  char c = text + 1 < end ? text[1] : '\0';
  guint32 number;
  gsize n;

  if (c == '\0')
    {
      g_string_append_c (out, '\\');
      return 1;
    }
  if (strchr (dialect->letters, c) != NULL)
    {
      g_string_append_c (out, bytes[strchr (letters, c) - letters]);
      return 2;
    }
  if (dialect->hex && c == 'x' && (n = digits (text + 2, end, 16, 2, 2, &number)) > 0)
    {
      if (dialect->wide)
        append_unicode (out, number);
      else
        append_byte (out, number);
      return 2 + n;
    }
  if (dialect->octal && (n = digits (text + 1, end, 8, 1, 3, &number)) > 0)
    {
      append_byte (out, number & 0xff);
      return 1 + n;
    }
  if (dialect->unicode && (c == 'u' || c == 'U')
      && (n = digits (text + 2, end, 16, c == 'u' ? 4 : 8, c == 'u' ? 4 : 8, &number)) > 0)
    {
      n += surrogates (text + 2 + n, end, &number);
      append_unicode (out, number);
      return 2 + n;
    }
  if (!dialect->itself && c != '\\')
    g_string_append_c (out, '\\');
  g_string_append_c (out, c);
  return 2;
}

static char *
unescape_backslashes (const Dialect *dialect, const char *text, gsize length)
{
  g_autoptr (GString) out = g_string_sized_new (length);
  const char *begin = text;
  const char *end = text + length;
  char quote = '\0';

  if (dialect->quoted)
    {
      while (text < end && *text != '\'' && *text != '"' && *text != '`')
        text++;
      quote = text < end ? *text++ : '\0';
    }
  if (dialect->quoted && text > begin + 1 && (text[-2] == 'u' || text[-2] == 'U'))
    dialect = &unicode_literal;
  while (text < end && (quote == '\0' || *text != quote))
    if (*text == '\\')
      text += unescape_one (dialect, text, end, out);
    else
      append_byte (out, (guchar)*text++);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* In quotes as it is, without them as hexadecimal digits. */
static char *
unescape_audit (const char *text, gsize length)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint32 byte;

  if (length > 0 && text[0] == '"')
    return g_strndup (text + 1, length - 1 - (length > 1 && text[length - 1] == '"'));
  if (length == 0 || length % 2 != 0 || strspn (text, "0123456789ABCDEF") < length)
    return g_strndup (text, length);
  for (gsize i = 0; i + 2 <= length; i += 2)
    {
      digits (text + i, text + length, 16, 2, 2, &byte);
      append_byte (out, byte);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Tags go, the commonest entities become what they stand for. */
static char *
unescape_html (const char *text, gsize length)
{
  g_autoptr (GString) out = g_string_sized_new (length);
  const char *end = text + length;

  while (text < end)
    {
      const char *close = *text == '<' && (g_ascii_isalpha (text[1]) || text[1] == '/')
                              ? memchr (text, '>', (gsize)(end - text))
                              : NULL;
      gsize i = 0;

      if (close != NULL)
        {
          text = close + 1;
          continue;
        }
      while (*text == '&' && i < G_N_ELEMENTS (entities) && !g_str_has_prefix (text, entities[i].entity))
        i++;
      if (*text != '&' || i == G_N_ELEMENTS (entities))
        append_byte (out, (guchar)*text++);
      else
        {
          g_string_append_c (out, entities[i].byte);
          text += strlen (entities[i].entity);
        }
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
e13_unescape (E13LogEscape escape, const char *text, gsize length)
{
  switch (escape)
    {
    case E13_ESCAPE_NONE:
      return g_strndup (text, length);
    case E13_ESCAPE_AUDIT:
      return unescape_audit (text, length);
    case E13_ESCAPE_HTML:
      return unescape_html (text, length);
    default:
      return unescape_backslashes (&dialects[escape], text, length);
    }
}

gsize
e13_literal_length (const char *text)
{
  gsize n = strspn (text, "uUbBrR");
  char quote = text[n];

  if (n > 2 || (quote != '\'' && quote != '"'))
    return 0;
  for (n++; text[n] != '\0'; n++)
    if (text[n] == quote)
      return n + 1;
    else if (text[n] == '\\' && text[n + 1] != '\0')
      n++;
  return 0;
}
