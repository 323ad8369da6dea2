/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the families of lint that look at sections share. Private to src/iis/lint-*.c. */

#pragma once

#include "iis/lint.h"
#include "iis/schema.h"

/* A section as one file has it. */
typedef struct
{
  char *path; /* "system.webServer/handlers" */
  const E13XmlElement *element;
  const E13XmlElement *location; /* the <location> that it stands in; NULL: none */
  const E13SchemaNode *node;     /* NULL: unknown, and perhaps a group of sections */
} E13LintSection;

/* All sections of @document, as they stand there: an array of E13LintSection. Free with g_array_unref(). */
GArray *e13_lint_sections (const E13XmlDocument *document);

/* <section name="handlers" …>, or the <sectionGroup>, of the <configSections> of @document; NULL: there is none. */
const E13XmlElement *e13_lint_declaration (const E13XmlDocument *document, const char *path);

/* "appcmd … config "Default Web Site/week7" -section:…"; @verb: "unlock", "list"; @place: quoted, or NULL. Free with
 * g_free(). */
char *e13_lint_appcmd (const char *verb, const char *place, const char *section);

/* Does the file at @path beneath the site lie in @directory, or above it? */
gboolean e13_lint_file_counts (const E13LintFile *file, const char *directory);

/* Has @name, of an element or attribute at @element, no prefix, or one that is declared? */
gboolean e13_lint_is_bound (const E13XmlElement *element, const char *name);
