/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 lint: which HTTP errors the configuration of IIS will answer with, and why. Changes nothing. */

#include "commands/commands.h"

#include "base/error.h"
#include "base/quote.h"
#include "commands/argument-file.h"
#include "commands/elevation.h"
#include "commands/lint-fix.h"
#include "commands/options.h"
#include "iis/files.h"
#include "iis/lint-site.h"

static const E13CommandLine command_line = {
  .name = "lint",
  .arguments = "[PATH]",
  .summary
  = "Finds what in the settings of IIS makes the site in PATH answer with an error: on Windows in those of the "
    "machine, elsewhere in copies. Changes nothing without --fix.",
  .groups = E13_OPTIONS_REPORT | E13_OPTIONS_LINT | E13_OPTIONS_JOURNAL,
};

typedef struct
{
  E13Options options;
  char *site;
  char *machine_file;
  char *allow_cgi;
  gboolean fix;
  const E13WriteOps *write; /* with @fix */
  E13IisServer *server;
  gboolean is_express;    /* the settings are those of IIS Express, which runs as the developer */
  gboolean is_unreadable; /* the machine's own settings are there, and not for this account */
  E13LintMachine *machine;
} Run;

static void
run_clear (Run *run)
{
  e13_options_clear (&run->options);
  g_free (run->site);
  g_free (run->machine_file);
  g_free (run->allow_cgi);
  e13_iis_server_free (run->server);
  e13_lint_machine_free (run->machine);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* ---- What is read ---------------------------------------------------------------------------- */

/* A file as it was named, which on Windows may have backslashes. */
static char *
show (const char *path)
{
  return e13_host_read->is_windows ? e13_quote_windows (path) : e13_quote_path (path);
}

/* What is longer is refused by who reads it. */
static char *
read_argument (const char *path, gsize *ret_size, GError **error)
{
  g_autofree char *shown = show (path);
  g_autoptr (GError) cause = NULL;
  char *text = e13_argument_file_read (path, E13_XML_MAX_BYTES + 1, ret_size, &cause);

  if (text == NULL)
    e13_throw (error, E13_ERROR_INPUT, "cannot read '%s': %s", shown, cause->message);
  return text;
}

static gboolean
read_machine (Run *run, const E13ReadOps *host, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *origin = NULL;
  gsize size = 0;

  if (run->machine_file == NULL)
    {
      /* Copies are of another machine, even on Windows. */
      run->machine
          = host->is_windows && run->options.apphost == NULL ? e13_lint_machine_here (host) : e13_lint_machine_new ();
      return TRUE;
    }
  text = read_argument (run->machine_file, &size, error);
  origin = show (run->machine_file);
  run->machine = text != NULL ? e13_lint_machine_parse (origin, text, size, error) : NULL;
  return run->machine != NULL;
}

/* The developer's server, which keeps a file of its own for each user. */
static char *
express_file (void)
{
  const char *home = g_getenv ("USERPROFILE");

  return home != NULL ? g_strconcat (home, "\\Documents\\IISExpress\\config\\applicationhost.config", NULL) : NULL;
}

static gboolean
parse_server (Run *run, const char *path, GError **error)
{
  g_autofree char *origin = show (path);
  g_autofree char *text = NULL;
  gsize size = 0;

  text = read_argument (path, &size, error);
  run->server = text != NULL
                    ? e13_iis_server_parse (origin, text, size, e13_lint_machine_variables (run->machine), error)
                    : NULL;
  return run->server != NULL;
}

static gboolean
read_server (Run *run, const E13ReadOps *host, GError **error)
{
  const char *windir = g_getenv ("windir");
  g_autofree char *express = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  E13IisState state = E13_IIS_ABSENT;

  if (run->options.apphost != NULL)
    return parse_server (run, run->options.apphost, error);
  if (!host->is_windows)
    return TRUE;
  if (!e13_iis_find_server (host, windir != NULL ? windir : "C:\\Windows", &state, &run->server, error))
    return FALSE;
  run->is_unreadable = state == E13_IIS_UNREADABLE;
  express = state == E13_IIS_ABSENT ? express_file () : NULL;
  text = express != NULL ? e13_argument_file_read (express, 1, &size, NULL) : NULL;
  if (text != NULL)
    {
      run->is_express = TRUE;
      return parse_server (run, express, error);
    }
  return TRUE;
}

/* A copy beside a redirection.config that is switched on is not what the server uses. */
static char *
redirection_beside (const Run *run)
{
  g_autofree char *directory = g_path_get_dirname (run->options.apphost);
  g_autofree char *path = g_build_filename (directory, "redirection.config", NULL);
  g_autofree char *text = NULL;
  g_autoptr (E13XmlDocument) document = NULL;
  gsize size = 0;

  text = e13_argument_file_read (path, E13_XML_MAX_BYTES + 1, &size, NULL);
  if (text == NULL)
    return NULL;
  document = e13_xml_parse ("redirection.config", text, size, NULL);
  return document != NULL ? e13_iis_redirection (document, e13_lint_machine_variables (run->machine)) : NULL;
}

/* ---- One site -------------------------------------------------------------------------------- */

/* What one run looks at. */
typedef struct
{
  const char *path;  /* of the tree, here; NULL: none */
  const char *place; /* of the server; NULL: that which holds the path */
  E13Tree *tree;
  const E13ReadOps *ops;
} Look;

/* On Linux a tree may have descriptors of Windows, or be a plain copy. */
static gboolean
open_tree (Look *look, const E13ReadOps *host, GError **error)
{
  look->ops = host;
  if (look->path == NULL)
    return TRUE;
  if (!host->is_windows && (look->tree = e13_host_foreign_read->open_tree (look->path, NULL)) != NULL)
    look->ops = e13_host_foreign_read;
  else
    look->tree = host->open_tree (look->path, error);
  return look->tree != NULL;
}

/* What holds for the whole run, and cannot be told. */
static void
add_unknowns (const Run *run, const E13LintSite *site, E13Lint *lint)
{
  g_autofree char *elsewhere = run->options.apphost != NULL ? redirection_beside (run) : NULL;

  if (run->is_unreadable)
    e13_lint_cannot_tell (lint, "what the server's own settings say, which only an administrator may read",
                          "the same command in a window opened with \"Run as administrator\"");
  if (elsewhere != NULL)
    {
      g_autofree char *shown = e13_quote_windows (elsewhere);
      g_autofree char *command = g_strdup_printf ("--apphost with the applicationHost.config of '%s'", shown);

      e13_lint_cannot_tell (lint,
                            "whether the server uses this applicationHost.config: redirection.config beside it "
                            "names another",
                            command);
    }
  if (site->tree == NULL)
    e13_lint_cannot_tell (lint, "what the web.config files of the site itself say", "PATH, a copy of its folder");
  if (run->server != NULL && e13_lint_site_has_missed (site))
    e13_lint_cannot_tell (lint, "what web.config files above the site say",
                          "PATH as the folder of the whole site, or --machine that says which of them are missing");
}

/* The site's own path on the machine of the settings; NULL: found by its name. */
static const char *
path_there (const Run *run, const Look *look)
{
  if (run->options.root != NULL)
    return run->options.root;
  return look->tree != NULL && look->tree->is_windows && run->options.apphost == NULL ? look->tree->path : NULL;
}

static gboolean
report (const Run *run, const Look *look, E13Exit *status, GError **error)
{
  const E13LintRequest request = {
    .server = run->server,
    .place = look->place,
    .path = path_there (run, look),
    .shown = look->path,
    .ops = look->tree != NULL ? look->ops : NULL,
    .tree = look->tree,
    .machine = run->machine,
    .is_express = run->is_express,
    .is_copy = look->ops->is_windows && run->options.apphost != NULL,
  };
  g_auto (E13LintFixes) fixes = { 0 };
  g_autoptr (E13LintSite) site = NULL;
  g_autoptr (E13Lint) found = NULL;
  g_autofree char *about = NULL;
  g_autofree char *shown = look->path != NULL ? show (look->path) : NULL;
  const E13ReportOptions options = e13_options_report (&run->options, look->ops);
  E13LintReport said;

  if (run->allow_cgi != NULL)
    return e13_lint_allow (&request, run->allow_cgi, run->fix ? run->write : NULL, run->options.apphost,
                           run->options.journal, error);
  if (run->fix && !e13_lint_fix (&request, run->write, run->options.journal, &fixes, error))
    return FALSE;
  site = e13_lint_site_new (&request, error);
  if (site == NULL)
    return FALSE;
  found = e13_lint_site (site);
  add_unknowns (run, site, found);
  about = e13_lint_site_describe (site);
  said = (E13LintReport){ .shown = shown, .about = about, .lint = found, .n_files = site->files->len };
  said.fixed = fixes.fixed;
  said.journal = fixes.journal;
  run->options.reporter->lint (&options, &said);
  if (fixes.has_failed)
    *status = E13_EXIT_TROUBLE;
  if (found->findings->len + found->unknowns->len > 0)
    *status = MAX (*status, E13_EXIT_PROBLEMS);
  return TRUE;
}

static gboolean
lint_one (const Run *run, const E13ReadOps *host, const char *path, const char *place, E13Exit *status, GError **error)
{
  Look look = { .path = path, .place = place };
  gboolean done = open_tree (&look, host, error) && report (run, &look, status, error);

  if (look.tree != NULL)
    look.ops->close_tree (look.tree);
  return done;
}

/* Without PATH, where the server says that its site lies: on the machine itself its files are read, too. */
static gboolean
lint_place (const Run *run, const E13ReadOps *host, const char *place, E13Exit *status, GError **error)
{
  gboolean is_here = host->is_windows && run->options.apphost == NULL;
  g_autofree char *path = is_here ? e13_lint_site_path (run->server, place, error) : NULL;

  if (is_here && path == NULL)
    return FALSE;
  return lint_one (run, host, path, place, status, error);
}

static gboolean
lint_all (const Run *run, const E13ReadOps *host, E13Exit *status, GError **error)
{
  g_autoptr (GPtrArray) places = NULL;

  if (run->server == NULL)
    return e13_throw (error, E13_ERROR_USAGE,
                      "PATH is missing: no settings of IIS were found here, and --apphost names none");
  if (run->site != NULL)
    return lint_place (run, host, run->site, status, error);
  places = e13_lint_site_places (run->server);
  for (guint i = 0; i < places->len; i++)
    {
      g_autoptr (GError) cause = NULL;

      /* One that cannot be opened does not keep the others from being read. */
      if (!lint_place (run, host, places->pdata[i], status, &cause)
          && !lint_one (run, host, NULL, places->pdata[i], status, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_arguments (const Run *run, GError **error)
{
  char **arguments = run->options.arguments;

  if (run->options.reporter->lint == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "lint has no --format=%s", run->options.reporter->name);
  if (arguments != NULL && arguments[1] != NULL)
    return e13_throw (error, E13_ERROR_USAGE, "lint takes one PATH: run it once for each");
  if (run->fix && run->allow_cgi == NULL && (arguments == NULL || arguments[0] == NULL))
    return e13_throw (error, E13_ERROR_USAGE, "lint --fix needs the PATH of the site");
  if (run->fix && run->allow_cgi != NULL && run->options.apphost == NULL)
    return e13_throw (
        error, E13_ERROR_USAGE,
        "--allow-cgi with --fix edits a copy, which --apphost names; of the server itself it prints what to type");
  if (run->site != NULL && run->options.root != NULL)
    return e13_throw (error, E13_ERROR_USAGE, "--site and --root both say which site it is: give one of them");
  return TRUE;
}

static gboolean
needs_server (const Run *run, GError **error)
{
  if (run->server != NULL || (run->site == NULL && run->options.root == NULL))
    return TRUE;
  return e13_throw (error, E13_ERROR_USAGE,
                    "%s names a site of a server, whose settings are not at hand: --apphost FILE",
                    run->site != NULL ? "--site" : "--root");
}

/* @write: NULL where nothing may be written. */
static int
run_lint (const E13ReadOps *ops, const E13WriteOps *write, int argc, char **argv)
{
  g_auto (Run) run = { .write = write };
  g_autoptr (GError) error = NULL;
  const GOptionEntry own[] = {
    { "site", 0, 0, G_OPTION_ARG_FILENAME, &run.site, "Which site or application of the server, as IIS names it",
      "NAME" },
    { "machine", 0, 0, G_OPTION_ARG_FILENAME, &run.machine_file, "What else is known of the machine of the copies",
      "FILE" },
    { "fix", 0, 0, G_OPTION_ARG_NONE, &run.fix,
      "Edit the site's web.config files where there is no doubt; can be undone", NULL },
    { "allow-cgi", 0, 0, G_OPTION_ARG_STRING, &run.allow_cgi,
      "Say how the server is to allow the program STRING, as a handler starts it", "STRING" },
    G_OPTION_ENTRY_NULL,
  };
  E13Exit status = E13_EXIT_CLEAN;
  gboolean done;

  if (!e13_options_parse (&run.options, &command_line, own, argc, argv, &error) || !check_arguments (&run, &error)
      || (run.fix && !e13_elevation_check (ops, argc, argv, &error)) || !read_machine (&run, ops, &error)
      || !read_server (&run, ops, &error) || !needs_server (&run, &error))
    return e13_command_fail (error);
  done = run.options.arguments != NULL ? lint_one (&run, ops, run.options.arguments[0], run.site, &status, &error)
                                       : lint_all (&run, ops, &status, &error);
  if (g_error_matches (error, E13_ERROR, E13_ERROR_REFUSED))
    return e13_command_fail (error), E13_EXIT_PROBLEMS;
  return done ? (int)status : e13_command_fail (error);
}

int
e13_command_lint (const E13ReadOps *ops, int argc, char **argv)
{
  return run_lint (ops, NULL, argc, argv);
}

int
e13_command_lint_fix (const E13ReadOps *ops, const E13WriteOps *write, int argc, char **argv)
{
  return run_lint (ops, write, argc, argv);
}
