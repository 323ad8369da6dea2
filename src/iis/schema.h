/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What Windows and the common modules know of a configuration: schema.def and products.def, looked up. All that is
 * returned lives as long as the program. Pure. */

#pragma once

#include <glib.h>

typedef enum
{
  E13_SCHEMA_TEXT,
  E13_SCHEMA_BOOL,
  E13_SCHEMA_NUMBER,
  E13_SCHEMA_TIME,
  E13_SCHEMA_ENUM,  /* one of the words */
  E13_SCHEMA_FLAGS, /* some of the words, with commas */
} E13SchemaType;

typedef struct
{
  const char *name;
  E13SchemaType type;
  const char *const *words; /* of an enum or flags; else NULL */
} E13SchemaAttribute;

/* How a fresh Windows declares a section. */
typedef enum
{
  E13_SCHEMA_FREE,
  E13_SCHEMA_DENIED,
  E13_SCHEMA_DENIED_APP, /* and only in the root of an application */
  E13_SCHEMA_APP,        /* free there */
  E13_SCHEMA_HOST,       /* only in applicationHost.config */
} E13SchemaDelegation;

typedef struct E13SchemaNode
{
  const char *path;                    /* "system.webServer/handlers/add" */
  const char *name;                    /* its last part */
  const struct E13SchemaNode *section; /* that it lies in, or itself; NULL: a group of sections */
  E13SchemaDelegation delegation;      /* of the section */
  gboolean is_entry;                   /* of the list that is above it */
  gboolean is_open;                    /* nothing in it is judged */
  gboolean takes_any;                  /* any attribute */
  GArray *attributes;                  /* of E13SchemaAttribute */
  GPtrArray *children;                 /* of E13SchemaNode * */
  const char *const *keys;             /* of an entry: what tells it from others; may be empty */
  gboolean prepends;                   /* of an entry: before those that are inherited */
  gboolean repeats;                    /* of an entry: one may come twice */
  gboolean is_case_sensitive;          /* of an entry: keys that differ in case are two */
  gboolean has_clear, has_remove;      /* of a list, by its entries */
} E13SchemaNode;

/* A section, a group of them, or what stands in a section; NULL where it is not known. "" is what holds all groups. */
const E13SchemaNode *e13_schema_find (const char *path);
const E13SchemaNode *e13_schema_child (const E13SchemaNode *node, const char *name);
/* What entries of the list @node are like; NULL: it is none, or entries have several names. */
const E13SchemaNode *e13_schema_entry_of (const E13SchemaNode *node);
const E13SchemaAttribute *e13_schema_attribute (const E13SchemaNode *node, const char *name);

/* What @name was most likely meant to be, of what may stand in @node, or of its attributes; NULL: none of them. */
const char *e13_schema_near_child (const E13SchemaNode *node, const char *name);
const char *e13_schema_near_attribute (const E13SchemaNode *node, const char *name);
/* The section of @name, where there is just one of that name: "system.webServer/handlers"; else NULL. */
const char *e13_schema_home_of (const char *name);

/* Is @value one that the attribute takes? */
gboolean e13_schema_fits (const E13SchemaAttribute *attribute, const char *value);
/* "'true' or 'false'", for a sentence. Free with g_free(). */
char *e13_schema_expected (const E13SchemaAttribute *attribute);

/* What brings a section that Windows does not know by itself: a row of products.def. */
typedef struct
{
  const char *path;
  const char *what;
  const char *cure;
  const char *module; /* in <globalModules> */
} E13SchemaModule;

/* NULL: nothing more than IIS and .NET. */
const E13SchemaModule *e13_schema_module_of (const char *path);
