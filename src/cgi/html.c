/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* HTML: do the tags balance? */

#include <string.h>

#include "cgi/markup.h"

#define MAX_FAULTS 5
#define MAX_DEPTH 512
#define MAX_NAME 40

/* ---- What is known of elements --------------------------------------------------------------- */

typedef enum
{
  MUST_CLOSE,
  VOID,
  RAW,
  OPTIONAL,
} Kind;

static const struct
{
  const char *name;
  Kind kind;
} elements[] = {
#define ELEMENT(name, kind) { name, kind },
#define ENDS(tags, ended, within)
#include "cgi/html-elements.def"
#undef ELEMENT
#undef ENDS
};

static const struct
{
  const char *tags;
  const char *ended;
  const char *within;
} ends[] = {
#define ELEMENT(name, kind)
#define ENDS(tags, ended, within) { tags, ended, within },
#include "cgi/html-elements.def"
#undef ELEMENT
#undef ENDS
};

static Kind
kind_of (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (strcmp (elements[i].name, name) == 0)
      return elements[i].kind;
  return MUST_CLOSE;
}

static gboolean
is_one_of (const char *name, const char *names)
{
  g_autofree char *word = g_strdup_printf (" %s ", name);

  return strstr (names, word) != NULL;
}

/* ---- The page -------------------------------------------------------------------------------- */

typedef struct
{
  char name[MAX_NAME + 1];
  Kind kind;
  guint line;
  guint column;
} Open;

typedef struct
{
  const char *data;
  gsize size;
  gsize at;
  gsize counted; /* up to where line and column are */
  guint line;
  guint column;
  GArray *open;    /* of Open */
  guint n_foreign; /* how many of them are svg or math */
  GPtrArray *faults;
  gboolean stopped;
} Page;

/* One tag. */
typedef struct
{
  char name[MAX_NAME + 1];
  gboolean is_end;
  gboolean closes_itself;
  guint line;
  guint column;
} Tag;

static void
place (Page *page, gsize offset, guint *ret_line, guint *ret_column)
{
  for (; page->counted < offset; page->counted++)
    if (page->data[page->counted] == '\n')
      {
        page->line++;
        page->column = 1;
      }
    else if (((guchar)page->data[page->counted] & 0xc0) != 0x80)
      page->column++;
  *ret_line = page->line;
  *ret_column = page->column;
}

static void
add (Page *page, guint line, guint column, char *what)
{
  e13_markup_add (page->faults, line, column, what);
  page->stopped = page->stopped || page->faults->len >= MAX_FAULTS;
}

static void
pop (Page *page)
{
  const Open *last = &g_array_index (page->open, Open, page->open->len - 1);

  page->n_foreign -= is_one_of (last->name, " svg math ");
  g_array_set_size (page->open, page->open->len - 1);
}

/* Closes all from @from on; those that must be closed by a tag of their own, but for @from itself, are faults. */
static void
close_from (Page *page, guint from, const char *by)
{
  while (page->open->len > from)
    {
      const Open *last = &g_array_index (page->open, Open, page->open->len - 1);

      if (page->open->len - 1 > from && last->kind == MUST_CLOSE && !page->stopped)
        add (page, last->line, last->column, g_strdup_printf ("<%s> is still open where %s ends it", last->name, by));
      pop (page);
    }
}

/* The open element that @tag ends by its mere beginning. */
static gboolean
find_ended (const Page *page, const char *ended, const char *within, guint *ret_index)
{
  for (guint i = page->open->len; i > 0; i--)
    {
      const Open *element = &g_array_index (page->open, Open, i - 1);

      if (is_one_of (element->name, ended))
        {
          *ret_index = i - 1;
          return TRUE;
        }
      /* What must be closed keeps what is around it open; a formatting element is only left open by mistake. */
      if (is_one_of (element->name, within) || (element->kind == MUST_CLOSE && strcmp (ended, " p ") != 0))
        return FALSE;
    }
  return FALSE;
}

static void
end_implied (Page *page, const Tag *tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ends) && page->n_foreign == 0; i++)
    {
      g_autofree char *by = g_strdup_printf ("<%s>", tag->name);
      guint index;

      while (is_one_of (tag->name, ends[i].tags) && find_ended (page, ends[i].ended, ends[i].within, &index))
        close_from (page, index, by);
    }
}

/* ---- Tags ------------------------------------------------------------------------------------ */

static void
take_start (Page *page, const Tag *tag)
{
  Open element
      = { .kind = page->n_foreign > 0 ? MUST_CLOSE : kind_of (tag->name), .line = tag->line, .column = tag->column };
  gboolean is_foreign = page->n_foreign > 0 || is_one_of (tag->name, " svg math ");

  end_implied (page, tag);
  if (element.kind == VOID || (is_foreign && tag->closes_itself))
    return;
  if (tag->closes_itself)
    add (page, tag->line, tag->column,
         g_strdup_printf ("<%s/> opens an element: in HTML the slash closes nothing", tag->name));
  if (page->open->len >= MAX_DEPTH)
    {
      add (page, tag->line, tag->column, g_strdup_printf ("elements are nested more than %d deep", MAX_DEPTH));
      page->stopped = TRUE;
      return;
    }
  memcpy (element.name, tag->name, sizeof element.name);
  g_array_append_val (page->open, element);
  page->n_foreign += is_one_of (tag->name, " svg math ");
}

static void
take_end (Page *page, const Tag *tag)
{
  if (page->n_foreign == 0 && kind_of (tag->name) == VOID)
    {
      add (page, tag->line, tag->column, g_strdup_printf ("</%s>: this element has no end tag", tag->name));
      return;
    }
  for (guint i = page->open->len; i > 0; i--)
    if (strcmp (g_array_index (page->open, Open, i - 1).name, tag->name) == 0)
      {
        g_autofree char *by = g_strdup_printf ("</%s>", tag->name);

        close_from (page, i - 1, by);
        return;
      }
  /* These two may be left out at both ends. */
  if (!is_one_of (tag->name, " html head body "))
    add (page, tag->line, tag->column, g_strdup_printf ("</%s> ends what is not open", tag->name));
}

/* Moves past @what, in any case; FALSE where it does not come any more. */
static gboolean
skip_past (Page *page, const char *what)
{
  gsize length = strlen (what);

  for (; page->at + length <= page->size; page->at++)
    if (g_ascii_strncasecmp (page->data + page->at, what, length) == 0)
      {
        page->at += length;
        return TRUE;
      }
  page->at = page->size;
  return FALSE;
}

static void
take_raw (Page *page, const Tag *tag)
{
  g_autofree char *end = g_strdup_printf ("</%s", tag->name);

  if (!skip_past (page, end))
    add (page, tag->line, tag->column, g_strdup_printf ("<%s> is not closed: all the rest is in it", tag->name));
  else
    {
      skip_past (page, ">");
      pop (page);
    }
}

/* ---- Reading --------------------------------------------------------------------------------- */

/* Up to the ">" of a tag: attributes, whose values may hold it in quotes. FALSE where the page ends before. */
static gboolean
skip_attributes (Page *page, Tag *tag)
{
  char quote = '\0';
  gboolean after_equals = FALSE;

  for (; page->at < page->size; page->at++)
    {
      char c = page->data[page->at];

      if (quote != '\0')
        quote = c == quote ? '\0' : quote;
      else if (c == '>')
        {
          tag->closes_itself = page->data[page->at - 1] == '/';
          page->at++;
          return TRUE;
        }
      else if ((c == '"' || c == '\'') && after_equals)
        quote = c;
      if (quote == '\0' && !g_ascii_isspace (c))
        after_equals = c == '=';
    }
  return FALSE;
}

static void
read_tag (Page *page, gsize start)
{
  Tag tag = { .is_end = page->data[page->at] == '/' };
  gsize length = 0;

  page->at += tag.is_end;
  for (; page->at < page->size && strchr (" \t\r\n\f/>", page->data[page->at]) == NULL; page->at++)
    if (length < MAX_NAME)
      tag.name[length++] = g_ascii_tolower (page->data[page->at]);
  place (page, start, &tag.line, &tag.column);
  if (!g_utf8_validate (tag.name, -1, NULL))
    g_strlcpy (tag.name, "?", sizeof tag.name);
  if (!skip_attributes (page, &tag))
    {
      add (page, tag.line, tag.column,
           g_strdup_printf ("the tag <%s%s is not ended by '>'", tag.is_end ? "/" : "", tag.name));
      page->stopped = TRUE;
      return;
    }
  if (tag.is_end)
    take_end (page, &tag);
  else
    take_start (page, &tag);
  if (!tag.is_end && page->n_foreign == 0 && kind_of (tag.name) == RAW && !page->stopped)
    take_raw (page, &tag);
}

static void
skip_comment (Page *page, gsize start)
{
  guint line, column;

  page->at += strlen ("!--");
  /* "<!-->" is a whole comment. */
  page->at -= page->at < page->size && page->data[page->at] == '>' ? 2 : 0;
  if (skip_past (page, "-->"))
    return;
  place (page, start, &line, &column);
  add (page, line, column, g_strdup ("the comment is not ended by '-->'"));
}

/* Behind a "<". */
static void
read_markup (Page *page, gsize start)
{
  gsize left = page->size - page->at;
  const char *next = page->data + page->at;

  if (left >= 3 && memcmp (next, "!--", 3) == 0)
    skip_comment (page, start);
  else if (page->n_foreign > 0 && left >= 8 && memcmp (next, "![CDATA[", 8) == 0)
    skip_past (page, "]]>");
  else if (left > 0 && (*next == '!' || *next == '?'))
    skip_past (page, ">");
  else if (left > 0 && (g_ascii_isalpha (*next) || (*next == '/' && left > 1 && g_ascii_isalpha (next[1]))))
    read_tag (page, start);
}

static void
report_open (Page *page)
{
  for (guint i = 0; i < page->open->len && page->faults->len < MAX_FAULTS; i++)
    {
      const Open *element = &g_array_index (page->open, Open, i);

      if (element->kind == MUST_CLOSE)
        add (page, element->line, element->column, g_strdup_printf ("<%s> is not closed", element->name));
    }
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const E13MarkupFault *one = *(E13MarkupFault *const *)a;
  const E13MarkupFault *two = *(E13MarkupFault *const *)b;

  if (one->line != two->line)
    return one->line < two->line ? -1 : 1;
  return one->column < two->column ? -1 : one->column > two->column;
}

GPtrArray *
e13_markup_check_html (const char *data, gsize size)
{
  Page page = { .data = data, .size = size, .line = 1, .column = 1 };
  const char *next;

  page.open = g_array_new (FALSE, TRUE, sizeof (Open));
  page.faults = e13_markup_faults_new ();
  while (!page.stopped && page.at < size && (next = memchr (data + page.at, '<', size - page.at)) != NULL)
    {
      page.at = (gsize)(next - data) + 1;
      read_markup (&page, page.at - 1);
    }
  if (!page.stopped)
    report_open (&page);
  g_ptr_array_sort (page.faults, by_place);
  g_array_unref (page.open);
  return page.faults;
}
