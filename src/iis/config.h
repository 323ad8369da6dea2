/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* applicationHost.config: the sites of a machine, their applications and directories, and the pools that run them. What
 * a section says for one place is put together in scope.h. Pure: nothing is looked up on the machine that runs this.
 *
 * Paths are as the machine of the configuration writes them, which may be another one. */

#pragma once

#include "iis/xml.h"

/* What %NAME% stands for on that machine; a row of NULLs ends a table. */
typedef struct
{
  const char *name;
  const char *value;
} E13IisVariable;

/* As Windows is installed by default. */
extern const E13IisVariable e13_iis_usual_variables[];
/* For paths that hold none. */
extern const E13IisVariable e13_iis_no_variables[];

/* One setting, and where it is made. */
typedef struct
{
  const char *text;
  const E13XmlElement *element; /* NULL: nobody has set it, @text is what IIS takes then */
  const E13XmlAttribute *attribute;
} E13IisValue;

/* "applicationHost.config line 214", or "the default of IIS". Free with g_free(). */
char *e13_iis_value_place (const E13IisValue *value);
/* The same of an element. */
char *e13_iis_element_place (const E13XmlElement *element);
/* Do they say "true", in any case of letters? */
gboolean e13_iis_value_is_true (const E13IisValue *value);

typedef struct
{
  char *path;                /* "/" or "/images", beneath its application */
  char *physical_path;       /* as e13_iis_path() makes it; NULL: none is given */
  E13IisValue user_name;     /* "Connect as"; "": as who visits */
  E13IisValue allow_sub_dir; /* allowSubDirConfig */
  const E13XmlElement *element;
} E13IisDirectory;

typedef struct
{
  char *path; /* "/" or "/week7", beneath its site */
  E13IisValue pool;
  GPtrArray *directories; /* of E13IisDirectory * */
  const E13XmlElement *element;
} E13IisApplication;

typedef struct
{
  const char *name;
  GPtrArray *applications; /* of E13IisApplication * */
  const E13XmlElement *element;
} E13IisSite;

typedef struct
{
  const char *name;
  E13IisValue identity_type;
  E13IisValue user_name; /* of a SpecificUser */
  E13IisValue manual_group_membership;
  E13IisValue pipeline_mode;   /* "Integrated" or "Classic" */
  E13IisValue runtime_version; /* of .NET: "v4.0", "" */
  E13IisValue enable_32_bit;   /* enable32BitAppOnWin64 */
  const E13XmlElement *element;
} E13IisPool;

typedef struct
{
  E13XmlDocument *document;
  GPtrArray *sites; /* of E13IisSite * */
  GPtrArray *pools; /* of E13IisPool * */
} E13IisServer;

/* @origin: what messages and evidence call the file. E13_ERROR_INPUT, with the place. */
E13IisServer *e13_iis_server_parse (const char *origin, const char *data, gsize size, const E13IisVariable *variables,
                                    GError **error);
void e13_iis_server_free (E13IisServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13IisServer, e13_iis_server_free)

/* The directory that @redirection, a redirection.config, says the configuration is kept in; NULL: it says nothing, or
 * is switched off. Free with g_free(). */
char *e13_iis_redirection (const E13XmlDocument *redirection, const E13IisVariable *variables);

/* In any case of letters; NULL where there is none. */
const E13IisPool *e13_iis_server_pool (const E13IisServer *server, const char *name);

/* A directory of a site, and what lies between it and what was looked for. */
typedef struct
{
  const E13IisSite *site;
  const E13IisApplication *application;
  const E13IisDirectory *directory;
  char *rest; /* beneath the directory, with slashes; "" for itself */
} E13IisMatch;

void e13_iis_match_clear (E13IisMatch *match);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13IisMatch, e13_iis_match_clear)

/* The directory that holds @path: the one with the longest physical path, and of several the first. FALSE where none
 * does. @ret_n_others (may be NULL): how many more have the same one. */
gboolean e13_iis_server_find (const E13IisServer *server, const char *path, E13IisMatch *ret_match,
                              guint *ret_n_others);

/* "Default Web Site/week7/images": where the match is in the configuration's own terms. Free with g_free(). */
char *e13_iis_match_place (const E13IisMatch *match);

/* @text with each %NAME% replaced that @variables has. Free with g_free(). */
char *e13_iis_expand (const char *text, const E13IisVariable *variables);
/* @text with %NAME% replaced, backslashes for slashes, and none at its end but a drive's. Free with g_free(). */
char *e13_iis_path (const char *text, const E13IisVariable *variables);
/* What @path is beneath @directory, with slashes, "" for itself; NULL where it is not there. Both as e13_iis_path()
 * makes them; letters count alike in either case. Free with g_free(). */
char *e13_iis_path_beneath (const char *path, const char *directory);
