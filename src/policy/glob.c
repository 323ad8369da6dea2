/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/glob.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "policy/glob-parts.h"

struct E13Glob
{
  GArray *paths; /* of E13GlobPath */
  char *literal_directory;
};

/* ---- One component --------------------------------------------------------------------------- */

/* The ] that ends the class which begins at @open; NULL where there is none within the component. */
static const char *
class_end (const char *open)
{
  const char *p = open + 1;

  if (*p == '!')
    p++;
  if (*p == ']')
    p++;
  while (*p != ']' && *p != '/' && *p != '\0')
    p++;
  return *p == ']' ? p : NULL;
}

static gboolean
class_holds (const char *open, const char *end, guchar byte)
{
  gboolean is_negated = open[1] == '!';
  const guchar *p = (const guchar *)open + (is_negated ? 2 : 1);
  const guchar *stop = (const guchar *)end;
  gboolean is_in = FALSE;

  while (p < stop && !is_in)
    {
      gboolean is_range = p + 2 < stop && p[1] == '-';

      is_in = is_range ? byte >= p[0] && byte <= p[2] : byte == p[0];
      p += is_range ? 3 : 1;
    }
  return is_in != is_negated;
}

/* What follows the element at @pattern, where that element matches @byte; else NULL. Not for stars. */
static const char *
match_one (const char *pattern, char byte)
{
  if (*pattern == '[')
    {
      const char *end = class_end (pattern);

      return class_holds (pattern, end, (guchar)byte) ? end + 1 : NULL;
    }
  return *pattern == '?' || *pattern == byte ? pattern + 1 : NULL;
}

/* Only the last star seen is ever tried again: an earlier one could not do better. So the time is at most the product
 * of the two lengths. */
static gboolean
match_component (const char *pattern, const char *name, const char *end)
{
  const char *after_star = NULL;
  const char *retry = NULL;

  while (name < end)
    {
      const char *next;

      if (*pattern == '*')
        {
          after_star = ++pattern;
          retry = name;
        }
      else if (*pattern != '\0' && (next = match_one (pattern, *name)) != NULL)
        {
          pattern = next;
          name++;
        }
      else if (after_star != NULL)
        {
          pattern = after_star;
          name = ++retry;
        }
      else
        return FALSE;
    }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}

static gboolean
matches_around_star (const E13GlobPart *part, const char *name, gsize length)
{
  gsize before = (gsize)part->only_star;
  gsize behind = part->length - before - 1;

  return length >= before + behind && memcmp (part->text, name, before) == 0
         && memcmp (part->text + before + 1, name + length - behind, behind) == 0;
}

gboolean
e13_glob_part_matches (const E13GlobPart *part, const char *name, gsize length)
{
  if (part->kind == E13_PART_LITERAL)
    return part->length == length && memcmp (part->text, name, length) == 0;
  if (part->only_star >= 0)
    return matches_around_star (part, name, length);
  return match_component (part->text, name, name + length);
}

char *
e13_glob_fold_case (const char *text)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char_validated (text, -1);

      if ((gint32)c < 0)
        g_string_append_c (out, *text++);
      else
        {
          g_string_append_unichar (out, g_unichar_tolower (c));
          text = g_utf8_next_char (text);
        }
    }
  return g_string_free (out, FALSE);
}

/* ---- Compiling ------------------------------------------------------------------------------- */

static gboolean
throw_at (GError **error, const char *pattern, const char *place, const char *what)
{
  g_autofree char *shown = e13_quote_display (pattern);

  return e13_throw (error, E13_ERROR_INPUT, "bad pattern '%s': column %u: %s", shown, (guint)(place - pattern) + 1,
                    what);
}

/* Brackets and braces balance. Said of the pattern as it was written, before anything is multiplied out. */
static gboolean
check_balance (const char *pattern, GError **error)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();

  for (const char *p = pattern; *p != '\0'; p++)
    if (*p == '[')
      {
        const char *end = class_end (p);

        if (end == NULL)
          return throw_at (error, pattern, p, "this bracket is not closed");
        p = end;
      }
    else if (*p == '{')
      g_ptr_array_add (open, (gpointer)p);
    else if (*p == '}' && open->len == 0)
      return throw_at (error, pattern, p, "this brace was not opened");
    else if (*p == '}')
      g_ptr_array_set_size (open, (int)open->len - 1);
  if (open->len > 0)
    return throw_at (error, pattern, g_ptr_array_index (open, open->len - 1), "this brace is not closed");
  return TRUE;
}

/* The first { outside brackets, or the end of the text. */
static const char *
next_brace (const char *text)
{
  while (*text != '\0' && *text != '{')
    text = *text == '[' ? class_end (text) + 1 : text + 1;
  return text;
}

/* The comma or the } that ends the alternative which begins at @text. */
static const char *
alternative_end (const char *text)
{
  guint depth = 0;

  while (depth > 0 || (*text != ',' && *text != '}'))
    {
      if (*text == '{')
        depth++;
      else if (*text == '}')
        depth--;
      text = *text == '[' ? class_end (text) + 1 : text + 1;
    }
  return text;
}

/* Adds to @out what @text stands for without braces. FALSE where that is too many. */
static gboolean
expand_braces (const char *text, GPtrArray *out)
{
  const char *open = next_brace (text);
  const char *close = open + 1;
  const char *begin;

  if (*open == '\0')
    {
      g_ptr_array_add (out, g_strdup (text));
      return out->len <= E13_GLOB_MAX_PATHS;
    }

  while (*(close = alternative_end (close)) == ',')
    close++;
  begin = open + 1;
  for (;;)
    {
      const char *end = alternative_end (begin);
      g_autofree char *one
          = g_strdup_printf ("%.*s%.*s%s", (int)(open - text), text, (int)(end - begin), begin, close + 1);

      if (!expand_braces (one, out))
        return FALSE;
      if (end == close)
        return TRUE;
      begin = end + 1;
    }
}

void
e13_glob_part_complete (E13GlobPart *part)
{
  gsize before = strcspn (part->text, "*?[");

  part->length = strlen (part->text);
  part->only_star
      = part->kind == E13_PART_PATTERN && part->text[before] == '*' && strpbrk (part->text + before + 1, "*?[") == NULL
            ? (gssize)before
            : -1;
}

/* The part of that kind; takes @text. */
static E13GlobPart
part_of (E13GlobPartKind kind, char *text)
{
  E13GlobPart part = { .kind = kind, .text = text };

  e13_glob_part_complete (&part);
  return part;
}

/* [x] is how a special character is taken as it is; without such brackets most names are literal, which is much
 * quicker. */
static E13GlobPart
compile_part (const char *text, gsize length)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  const char *end = text + length;

  if (length == 2 && memcmp (text, "**", 2) == 0)
    return part_of (E13_PART_ANY, g_strdup ("**"));
  for (const char *p = text; p < end; p++)
    {
      gboolean is_class = *p == '[';
      const char *close = is_class ? class_end (p) : NULL;

      if (*p == '*' || *p == '?' || (is_class && close != p + 2))
        return part_of (E13_PART_PATTERN, g_strndup (text, length));
      g_string_append_c (plain, is_class ? p[1] : *p);
      p = is_class ? close : p;
    }
  return part_of (E13_PART_LITERAL, g_strndup (plain->str, plain->len));
}

static void
clear_path (gpointer data)
{
  E13GlobPath *path = data;

  for (guint i = 0; i < path->n_parts; i++)
    g_free (path->parts[i].text);
  g_free (path->parts);
}

static const char *
bad_component (const E13GlobPart *part)
{
  if (part->length == 0)
    return "an empty component";
  if (part->kind == E13_PART_LITERAL && (strcmp (part->text, ".") == 0 || strcmp (part->text, "..") == 0))
    return "no component may be . or ..";
  return NULL;
}

/* Takes @part. Two ** in a row are one. */
static void
add_part (E13GlobPath *path, E13GlobPart part)
{
  if (part.kind == E13_PART_ANY && path->n_parts > 0 && path->parts[path->n_parts - 1].kind == E13_PART_ANY)
    g_free (part.text);
  else
    path->parts[path->n_parts++] = part;
}

static gboolean
compile_path (const char *pattern, E13GlobPath *path, GError **error)
{
  const char *begin = pattern;

  if (*pattern == '\0')
    return throw_at (error, pattern, pattern, "it is empty");
  if (*pattern == '/')
    return throw_at (error, pattern, pattern, "patterns are relative to the site");
  for (;;)
    {
      gsize length = strcspn (begin, "/");
      E13GlobPart part = compile_part (begin, length);
      const char *bad = bad_component (&part);

      if (bad == NULL && path->n_parts == E13_GLOB_MAX_PARTS)
        bad = "too many components";
      if (bad != NULL)
        {
          g_free (part.text);
          return throw_at (error, pattern, begin, bad);
        }
      add_part (path, part);
      begin += length;
      if (*begin == '\0')
        return TRUE;
      if (*++begin == '\0')
        return path->directories_only = TRUE;
    }
}

static gboolean
is_tree (const E13GlobPath *path)
{
  return path->n_parts > 1 && path->parts[path->n_parts - 1].kind == E13_PART_ANY;
}

/* NULL where it has a wildcard, but for what makes it a tree. */
static char *
literal_of (const E13GlobPath *path)
{
  g_autoptr (GString) literal = g_string_new (NULL);
  guint n = is_tree (path) ? path->n_parts - 1 : path->n_parts;

  for (guint i = 0; i < n; i++)
    {
      if (path->parts[i].kind != E13_PART_LITERAL)
        return NULL;
      g_string_append_printf (literal, "%s%s", i > 0 ? "/" : "", path->parts[i].text);
    }
  return g_strdup (literal->str);
}

static char *
literal_directory_of (const E13GlobPath *path)
{
  return is_tree (path) || path->directories_only ? literal_of (path) : NULL;
}

E13Glob *
e13_glob_new (const char *pattern, GError **error)
{
  g_autoptr (E13Glob) glob = g_new0 (E13Glob, 1);
  g_autoptr (GPtrArray) alternatives = g_ptr_array_new_with_free_func (g_free);

  glob->paths = g_array_new (FALSE, TRUE, sizeof (E13GlobPath));
  g_array_set_clear_func (glob->paths, clear_path);
  if (strlen (pattern) > E13_GLOB_MAX_LENGTH)
    return throw_at (error, "", "", "it is too long"), NULL;
  if (!check_balance (pattern, error))
    return NULL;
  if (!expand_braces (pattern, alternatives))
    return throw_at (error, pattern, next_brace (pattern), "too many alternatives"), NULL;

  for (guint i = 0; i < alternatives->len; i++)
    {
      E13GlobPath *path;

      g_array_set_size (glob->paths, i + 1);
      path = &g_array_index (glob->paths, E13GlobPath, i);
      path->parts = g_new0 (E13GlobPart, E13_GLOB_MAX_PARTS);
      if (!compile_path (g_ptr_array_index (alternatives, i), path, error))
        return NULL;
      path->parts = g_renew (E13GlobPart, path->parts, path->n_parts);
    }
  if (glob->paths->len == 1)
    glob->literal_directory = literal_directory_of (e13_glob_path (glob, 0));
  return g_steal_pointer (&glob);
}

E13Glob *
e13_glob_new_tree (const char *path, GError **error)
{
  g_autoptr (GString) pattern = g_string_new (NULL);

  if (*path == '\0')
    return e13_glob_new ("**", error);
  for (const char *p = path; *p != '\0'; p++)
    if (strchr ("*?[{}", *p) != NULL)
      g_string_append_printf (pattern, "[%c]", *p);
    else
      g_string_append_c (pattern, *p);
  g_string_append (pattern, pattern->str[pattern->len - 1] == '/' ? "**" : "{,/**}");
  return e13_glob_new (pattern->str, error);
}

void
e13_glob_free (E13Glob *glob)
{
  if (glob == NULL)
    return;
  g_array_unref (glob->paths);
  g_free (glob->literal_directory);
  g_free (glob);
}

guint
e13_glob_n_paths (const E13Glob *glob)
{
  return glob->paths->len;
}

const E13GlobPath *
e13_glob_path (const E13Glob *glob, guint index)
{
  return &g_array_index (glob->paths, E13GlobPath, index);
}

const char *
e13_glob_literal_directory (const E13Glob *glob)
{
  return glob->literal_directory;
}

GPtrArray *
e13_glob_literal_paths (const E13Glob *glob)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < glob->paths->len; i++)
    {
      char *path = literal_of (e13_glob_path (glob, i));

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  return paths;
}

/* ---- A whole path ---------------------------------------------------------------------------- */

/* States are sets: bit i means that the parts before i have matched all that was read. A ** that is not the last may
 * match nothing, so being before it is being behind it too. */
static guint64
skip_any (const E13GlobPath *path, guint64 state)
{
  for (guint i = 0; i + 1 < path->n_parts; i++)
    if (path->parts[i].kind == E13_PART_ANY && (state >> i & 1) != 0)
      state |= G_GUINT64_CONSTANT (1) << (i + 1);
  return state;
}

static guint64
step (const E13GlobPath *path, guint64 state, const char *name, gsize length)
{
  guint64 next = 0;

  for (guint i = 0; i < path->n_parts; i++)
    if ((state >> i & 1) == 0)
      continue;
    else if (path->parts[i].kind == E13_PART_ANY)
      next |= G_GUINT64_CONSTANT (3) << i;
    else if (e13_glob_part_matches (&path->parts[i], name, length))
      next |= G_GUINT64_CONSTANT (1) << (i + 1);
  return skip_any (path, next);
}

static gboolean
path_matches (const E13GlobPath *path, const char *text, gboolean is_directory)
{
  guint64 state = skip_any (path, 1);
  guint last = path->n_parts - 1;

  if (path->directories_only && !is_directory)
    return FALSE;
  while (state != 0 && *text != '\0')
    {
      gsize length = strcspn (text, "/");

      if (length > 0)
        state = step (path, state, text, length);
      text += text[length] == '/' ? length + 1 : length;
    }
  return (state >> path->n_parts & 1) != 0
         || (is_directory && path->parts[last].kind == E13_PART_ANY && (state >> last & 1) != 0);
}

gboolean
e13_glob_matches (const E13Glob *glob, const char *path, gboolean is_directory)
{
  for (guint i = 0; i < glob->paths->len; i++)
    if (path_matches (e13_glob_path (glob, i), path, is_directory))
      return TRUE;
  return FALSE;
}
