/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The configuration in effect at one place of a site: applicationHost.config, the web.config files on the way down, and
 * their <location> tags, laid over one another.
 *
 * On the way from the server to the place, each step takes first what the files above say for it in <location> tags,
 * the topmost first, then what its own web.config says; the last one that sets an attribute counts. A section that is
 * locked is not taken from the files below. */

#pragma once

#include "iis/config.h"
#include "iis/schema.h"

/* Where web.config files come from. @directory: as e13_iis_path() makes it. @name: beneath it, "web.config" or what
 * configSource names. NULL without @error: there is none. */
typedef E13XmlDocument *(*E13IisRead) (const char *directory, const char *name, gpointer data, GError **error);

typedef struct E13IisScope E13IisScope;

/* @server and what @match points to must outlive it. @read may be NULL: no web.config is known. */
E13IisScope *e13_iis_scope_new (const E13IisServer *server, const E13IisMatch *match, E13IisRead read, gpointer data);
void e13_iis_scope_free (E13IisScope *scope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13IisScope, e13_iis_scope_free)

/* What could not be read, a sentence each: an array of char *, owned by the scope. */
const GPtrArray *e13_iis_scope_remarks (const E13IisScope *scope);

/* What one file, or one <location> tag of it, says in a section. */
typedef struct
{
  const E13XmlElement *element;
  guint step;                     /* for which step of the way: 0 the server, 1 the site */
  gboolean is_locked;             /* a file above does not let it: IIS answers 500.19, and it does not count */
  const E13XmlElement *locked_by; /* the <section> or <location> that says so; NULL: not locked */
} E13IisLayer;

/* @section: "system.webServer/handlers". An array of E13IisLayer, the topmost first, not to be changed. Give it back
 * with g_array_unref(). */
GArray *e13_iis_scope_layers (const E13IisScope *scope, const char *section);

/* @otherwise: what IIS takes where nobody sets it. */
E13IisValue e13_iis_scope_value (const E13IisScope *scope, const char *section, const char *attribute,
                                 const char *otherwise);

/* The entries in effect of a section, or an element of one, that is a list of entries of one name, in order, the first
 * thousand of them: an array of const E13XmlElement *, not to be changed. Give it back with g_ptr_array_unref(). */
GPtrArray *e13_iis_scope_collection (const E13IisScope *scope, const char *section);

/* What tells an entry of a list from its others, as one text, alike for those that are the same; of a <remove>, too.
 * Free with g_free(). */
char *e13_iis_entry_key (const E13SchemaNode *entry, const E13XmlElement *element);
