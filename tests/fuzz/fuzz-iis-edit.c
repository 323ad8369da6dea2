/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A web.config, whatever it is. What is wrong with it has words and a place; each edit, of what is no XML, of what lint
 * finds, and before and for every element, keeps all other bytes; and no edit makes well-formed XML anything else. */

#include <string.h>

#include "iis/lint.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define MOST_EDITS 20
#define MOST_ELEMENTS 10

static E13XmlDocument *
parse (GBytes *bytes, E13XmlFault *fault)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  E13XmlDocument *document = e13_xml_read ("x", data, size, fault);

  g_assert_true ((document == NULL) == (fault->words != NULL));
  if (fault->words != NULL)
    g_assert_true (*fault->words != '\0' && fault->place.offset <= size);
  if (fault->edit != NULL)
    g_assert_true (fault->edit_offset + fault->n_removed <= size && fault->edit_words != NULL);
  return document;
}

/* Are all bytes there that the edit did not mean? */
static GBytes *
edit (GBytes *before, const E13IisEdit *what)
{
  GBytes *after = e13_iis_edit (before, what, NULL);
  gsize old_size = 0, new_size = 0;
  const char *old = g_bytes_get_data (before, &old_size), *new = NULL;
  gsize kept = old_size - what->offset - what->n_removed;

  if (after == NULL || (what->is_line && what->n_removed > 0))
    return after;
  new = g_bytes_get_data (after, &new_size);
  g_assert_true (new_size >= what->offset + kept);
  g_assert_true (memcmp (old, new, what->offset) == 0);
  g_assert_true (memcmp (old + old_size - kept, new + new_size - kept, kept) == 0);
  return after;
}

static void
try_remedies (GBytes *bytes)
{
  GBytes *now = g_bytes_ref (bytes);

  for (guint i = 0; i < MOST_EDITS && now != NULL; i++)
    {
      g_auto (E13XmlFault) fault = { .words = NULL };
      E13XmlDocument *document = parse (now, &fault);
      const E13IisEdit what = { fault.edit_offset, fault.n_removed, fault.edit, FALSE };
      GBytes *next = document == NULL && fault.edit != NULL ? edit (now, &what) : NULL;

      e13_xml_free (document);
      g_bytes_unref (now);
      now = next;
    }
  if (now != NULL)
    g_bytes_unref (now);
}

/* A comment before the element, and the element gone: still XML, but where that was the root. */
static void
try_element (GBytes *bytes, const E13XmlElement *element, guint *left)
{
  char comment[] = "<!--x-->", nothing[] = "";
  const E13IisEdit insert = { element->place.offset, 0, comment, TRUE };
  const E13IisEdit removal = { element->place.offset, element->end - element->place.offset, nothing, TRUE };
  const E13IisEdit *edits[] = { &insert, &removal };

  if (*left == 0)
    return;
  (*left)--;
  g_assert_true (element->end > element->place.offset && element->end <= g_bytes_get_size (bytes));
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_auto (E13XmlFault) fault = { .words = NULL };
      g_autoptr (GBytes) after = edit (bytes, edits[i]);
      E13XmlDocument *document = after != NULL ? parse (after, &fault) : NULL;

      g_assert_true (after == NULL || document != NULL || element->parent == NULL);
      e13_xml_free (document);
    }
  for (guint i = 0; i < e13_xml_n_children (element); i++)
    try_element (bytes, e13_xml_nth (element, i), left);
}

static void
try_findings (GBytes *bytes, E13XmlDocument *document)
{
  E13LintFile file = { .path = (char *)"web.config", .origin = (char *)"x", .bytes = bytes, .document = document };
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GPtrArray) places = g_ptr_array_new ();
  const E13LintSite site = { .files = files, .places = places };
  g_autoptr (E13Lint) lint = e13_lint_new ();

  g_ptr_array_add (files, &file);
  e13_lint_xml (&site, lint);
  e13_lint_schema (&site, lint);
  for (guint i = 0; i < lint->findings->len && i < MOST_EDITS; i++)
    {
      const E13LintFinding *finding = lint->findings->pdata[i];
      g_autoptr (GBytes) after = finding->edit != NULL ? edit (bytes, finding->edit) : NULL;

      g_assert_true (finding->because != NULL && finding->cures->len > 0);
      if (after != NULL)
        try_remedies (after);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_auto (E13XmlFault) fault = { .words = NULL };
  E13XmlDocument *document = parse (bytes, &fault);
  guint left = MOST_ELEMENTS;

  try_findings (bytes, document);
  if (document == NULL)
    try_remedies (bytes);
  else
    try_element (bytes, document->root, &left);
  e13_xml_free (document);
  return 0;
}
