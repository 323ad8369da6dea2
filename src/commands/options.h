/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Options: the command line as values. Each command says which groups it takes and adds its own. */

#pragma once

#include <glib.h>

#include "repair/plan.h"
#include "report/report.h"

typedef enum
{
  E13_OPTIONS_WHO = 1,    /* --as, --judge */
  E13_OPTIONS_SITE = 2,   /* what is judged and shown: --profile, --write, --each … */
  E13_OPTIONS_REPAIR = 4, /* --via, --parents … */
  E13_OPTIONS_REPORT = 8, /* --format */
  E13_OPTIONS_LIST = 16,  /* -f, -0 */
  E13_OPTIONS_JOURNAL = 32,
  E13_OPTIONS_DUMP = 64,  /* --dump, --pool … */
  E13_OPTIONS_LINT = 128, /* --apphost, --root */
} E13OptionGroups;

typedef struct
{
  char *as;
  char *as_app;
  char *as_server;
  char *judge;
  char *profile;
  char **write_paths;
  gboolean read_only;
  char **whens;
  char **excludes;
  gboolean cross_mounts;
  int n_threads;
  gboolean trust_site_profile;
  char *via;
  gboolean parents;
  gboolean parents_force;
  gboolean inherit;
  gboolean no_keep_owner;
  gboolean hard_links;
  gboolean foreign;
  gboolean harden;
  gboolean create_missing;
  char **remove_denies;
  gboolean override_deny;
  gboolean null_dacl;
  char *unblock;
  char *export_icacls;
  char **formats;
  gboolean each;
  char *list;
  gboolean nul;
  char *journal;
  char *dump;
  char *root;
  char *pool;
  char *as_sid;
  char *apphost;
  gboolean force_pool;
  gboolean classic;
  char *color;
  gboolean quiet;
  gboolean verbose;
  char **arguments; /* SITE... */

  /* Derived from the above once they are parsed. */
  const E13Reporter *reporter;
  guint when;          /* of E13When */
  GPtrArray *features; /* of const char *, ended by NULL: those of --when=feature: */
  E13PlanOptions plan;
} E13Options;

/* What one command takes. */
typedef struct
{
  const char *name;      /* "check" */
  const char *arguments; /* "SITE..." */
  const char *summary;   /* what --help says below the usage line */
  guint groups;          /* of E13OptionGroups */
} E13CommandLine;

/* Parses @argv (argv[0] is passed over). @own: the command's own options, ended by a row of zeros; may be NULL. FALSE
 * and @error (E13_ERROR_USAGE) where one is wrong, which names the nearest option that exists. --help prints and exits.
 * Clear @options with e13_options_clear() in either case. */
gboolean e13_options_parse (E13Options *options, const E13CommandLine *command, const GOptionEntry *own, int argc,
                            char **argv, GError **error);
void e13_options_clear (E13Options *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Options, e13_options_clear)

/* Where what is named lies: @ops, this machine's, or a dump or a tree of Windows. */
const E13ReadOps *e13_options_platform (const E13Options *options, const E13ReadOps *ops);

/* How the reports shall look on stdout. */
E13ReportOptions e13_options_report (const E13Options *options, const E13ReadOps *ops);

/* The arguments and what -f lists, as char *; E13_ERROR_USAGE where there is none. Free with g_ptr_array_unref(). */
GPtrArray *e13_options_paths (const E13Options *options, GError **error);

/* The tree of --dump, which is there; E13_ERROR_USAGE where other options do not fit its kind. Close it with
 * e13_snapshot_read. */
E13Tree *e13_options_open_dump (const E13Options *options, GError **error);
/* The same of sites, with the patterns of Windows expanded. */
GPtrArray *e13_options_sites (const E13Options *options, const E13ReadOps *ops, GError **error);
