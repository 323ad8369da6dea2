/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Profiles: what an application is recognised by, and what each of its paths needs. One key file each; the format is
 * described in errno13-profile(5). */

#pragma once

#include <glib.h>

#include "model/object.h"
#include "model/rights.h"
#include "policy/glob.h"

/* How much a role needs of an object, least first. */
typedef enum
{
  E13_LEVEL_UNSET,
  E13_LEVEL_NONE,
  E13_LEVEL_TRAVERSE, /* directories: search. Files: nothing */
  E13_LEVEL_READ,     /* directories: list and search. Files: read */
  E13_LEVEL_RUN,      /* READ, and execute files */
  E13_LEVEL_WRITE,    /* directories: list, search, create. Files: read and write */
  E13_LEVEL_MODIFY,   /* WRITE, and delete and rename what others made */
} E13Level;

const char *e13_level_name (E13Level level); /* "modify" */
/* The bits of the inode that @level means; UNSET and NONE mean none. */
E13Rights e13_level_rights (E13Level level, E13ObjectType type);

/* When a path is needed. Only `runtime` is required of a running site. */
typedef enum
{
  E13_WHEN_RUNTIME = 1,
  E13_WHEN_INSTALL = 2,
  E13_WHEN_UPDATE = 4,
  E13_WHEN_FEATURE = 8, /* feature:NAME, named in E13Section.feature */
} E13When;

/* One [pattern] section. */
typedef struct
{
  char *pattern;
  E13Glob *glob;
  E13Level app;
  E13Level server;   /* UNSET: as App, but never more than READ */
  E13Level script;   /* what the app needs of a file that begins with "#!"; UNSET: its content does not matter */
  E13Level world;    /* NONE: nobody else should read it (secret); READ: it may be read; UNSET: does not matter */
  gboolean code;     /* Code=yes: the app should not be able to write it, unless App= itself says so */
  gboolean has_code; /* Code= is there */
  guint holding; /* bits of e13_profile_names(). Not 0: only directories that directly hold such a name, and no file */
  guint beside;  /* the same. Not 0: only files in such a directory, and no directory */
  guint when;    /* of E13When */
  char *feature; /* NULL */
  GPtrArray *moved_by; /* of E13Marker *: what such a file captures is the path instead; NULL: nothing moves it */
  GPtrArray *only_if;  /* of E13Marker *: the section is left out where none holds; NULL: always */
  GPtrArray *unless;   /* of E13Marker *: it is left out where one holds; NULL: never */
  char *why;           /* NULL */
  /* What the worker process of IIS needs, by worker.def and no profile; and nobody else? */
  E13Level worker;
  gboolean worker_alone;
  guint line;           /* in its file */
  gboolean is_borrowed; /* of a built-in profile that First= or Last= names */
} E13Section;

/* A list of Holding= or Beside=. Each distinct one of a profile has a bit: its index in e13_profile_names(). */
typedef struct
{
  char *text;
  GPtrArray *globs; /* of E13Glob *, each of one component */
} E13NameList;

#define E13_PROFILE_MAX_NAME_LISTS 32

typedef struct
{
  gint ref_count; /* atomic */
  char *id;       /* the file's name without ".profile": what --profile takes */
  char *origin;   /* "built-in" or the file's path */
  char *text;     /* the whole file */
  char *name;     /* "WordPress" */
  char *source;   /* the vendor's text or code that says so; NULL */
  GPtrArray *all; /* of E13Marker *: see marker.h */
  GPtrArray *any;
  GPtrArray *none;     /* Not= */
  GPtrArray *before;   /* of char *: ids of more general profiles that this one outdoes */
  GPtrArray *docroots; /* of char *: directories beneath the site, one of which is served */
  GPtrArray *first;    /* of char *: built-in profiles whose sections stand before these */
  GPtrArray *last;     /* the same behind them */
  gboolean alone;      /* Nested=no: not looked for in the directories of another site */
  guint name_line;     /* where Name= stands */
  /* Private: see below. */
  gsize has_sections;
  GPtrArray *sections;
  GPtrArray *names;
} E13Profile;

/* Those of built-in profiles are read when they are first asked for: most profiles are never needed but for their
 * markers. */
const GPtrArray *e13_profile_sections (const E13Profile *profile); /* of E13Section *, in file order: later ones win */
const GPtrArray *e13_profile_names (const E13Profile *profile);    /* of E13NameList * */

/* Reads @data. @error (E13_ERROR_INPUT) names @origin, line and key, and for an unknown key the nearest one that
 * exists. */
E13Profile *e13_profile_parse (const char *id, const char *origin, const char *data, gsize size, GError **error);
/* The built-in profile at @index: read as far as its markers, the rest when it is asked for. NULL past the last. */
E13Profile *e13_profile_new_builtin (gsize index);
E13Profile *e13_profile_ref (E13Profile *profile);
void e13_profile_unref (E13Profile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Profile, e13_profile_unref)

/* The profile in the file @path, which was named by the caller; its id is the file's name without ".profile". */
E13Profile *e13_profile_load (const char *path, GError **error);

/* The built-in profile files, compiled in: @ret_data is its text. NULL past the last. */
const char *e13_profile_builtin (gsize index, const char **ret_data, gsize *ret_size);

/* Every profile: built-in, then those of @directories (in order; a missing directory is no error), each replacing an
 * earlier one of its id. Two that are called the same are an error. An array of E13Profile *. Free with
 * g_ptr_array_unref(). */
GPtrArray *e13_profiles_load (const char *const *directories, GError **error);
/* NULL where there is none. Owned by the array. */
E13Profile *e13_profiles_find (const GPtrArray *profiles, const char *id);
