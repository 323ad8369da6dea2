/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* 404.2: what a handler starts must stand, word for word, in the server's list of what may be started. For IIS
 * "C:\Python27\python.exe" and "C:\Python27\python.exe %s %s" are two programs, and so are two copies of one. */

#include "iis/lint-place.h"

#include <string.h>

#include "access/windows.h"
#include "base/quote.h"
#include "iis/handler.h"
#include "iis/lint-words.h"

#define RESTRICTION "system.webServer/security/isapiCgiRestriction"

/* ---- The list -------------------------------------------------------------------------------- */

typedef enum
{
  ALLOWED,
  DENIED,     /* it stands there, with allowed="false" */
  NOT_LISTED, /* it does not, and such are not allowed */
} Verdict;

/* An entry of the list. */
typedef struct
{
  const E13XmlElement *element; /* NULL: none */
  char *path;                   /* its variables replaced */
  char *program;                /* NULL: cannot be told */
} Entry;

static void
entry_clear (Entry *entry)
{
  g_clear_pointer (&entry->path, g_free);
  g_clear_pointer (&entry->program, g_free);
  entry->element = NULL;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entry, entry_clear)

static Entry
entry_of (const E13LintSite *site, const E13XmlElement *element)
{
  const char *path = e13_xml_value (element, "path");
  Entry entry = { element, NULL, NULL };

  entry.path = e13_iis_expand (path != NULL ? path : "", e13_lint_machine_variables (site->machine));
  entry.program = e13_iis_program_of (entry.path);
  return entry;
}

static gboolean
is_allowed (const E13XmlElement *element)
{
  return g_ascii_strcasecmp (e13_xml_value (element, "allowed") != NULL ? e13_xml_value (element, "allowed") : "true",
                             "true")
         == 0;
}

static gboolean
same_name (const char *program, const char *other)
{
  return program != NULL && other != NULL
         && g_ascii_strcasecmp (strrchr (program, '\\') != NULL ? strrchr (program, '\\') : program,
                                strrchr (other, '\\') != NULL ? strrchr (other, '\\') : other)
                == 0;
}

static gboolean
same_program (const E13LintHandler *handler, const Entry *entry)
{
  return handler->program != NULL && entry->program != NULL
         && g_ascii_strcasecmp (handler->program, entry->program) == 0;
}

/* How near an entry comes to what the handler says: the best one is what was meant. */
static guint
nearness (const E13LintHandler *handler, const Entry *entry)
{
  if (g_ascii_strcasecmp (handler->command, entry->path) == 0)
    return 5;
  if (same_program (handler, entry))
    return is_allowed (entry->element) ? 4 : 3;
  if (same_name (handler->program, entry->program))
    return is_allowed (entry->element) ? 2 : 1;
  return 0;
}

static guint
find_nearest (const E13LintSite *site, const E13LintHandler *handler, Entry *ret_entry)
{
  g_autoptr (GPtrArray) entries = e13_iis_scope_collection (handler->place->scope, RESTRICTION);
  guint best = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      g_auto (Entry) entry = { 0 };
      guint near;

      /* The section counts in applicationHost.config alone. */
      if (!e13_lint_is_of_server (site, entries->pdata[i]))
        continue;
      entry = entry_of (site, entries->pdata[i]);
      near = nearness (handler, &entry);
      if (near <= best)
        continue;
      best = near;
      entry_clear (ret_entry);
      *ret_entry = entry;
      entry = (Entry){ 0 };
    }
  return best;
}

static Verdict
judge (const E13LintHandler *handler, gboolean is_isapi, const Entry *nearest, guint near)
{
  E13IisValue others = e13_iis_scope_value (handler->place->scope, RESTRICTION,
                                            is_isapi ? "notListedIsapisAllowed" : "notListedCgisAllowed", "false");

  if (near == 5)
    return is_allowed (nearest->element) ? ALLOWED : DENIED;
  return e13_iis_value_is_true (&others) ? ALLOWED : NOT_LISTED;
}

/* ---- Sentences ------------------------------------------------------------------------------- */

/* May who runs the scripts start it? A sentence, or NULL where that is not known. */
static char *
say_reach (const E13LintHandler *handler, const E13LintProgram *program)
{
  g_autoptr (E13IisAccount) account
      = handler->pool != NULL
            ? e13_iis_runner (handler->place->scope, &handler->place->match, handler->pool, handler->element, NULL)
            : NULL;
  E13WinVerdict verdict;

  if (account == NULL || account->token == NULL || program->sd == NULL)
    return NULL;
  verdict = e13_windows_judge (program->sd, account->token, E13_LINT_RUN_MASK);
  return g_strdup_printf ("%s %s start it", account->name, verdict.granted ? "may" : "may not");
}

/* "'C:\Python27\python.exe' (2.7.18, 64 bits, IUSR may start it)" */
static char *
describe_program (const E13LintSite *site, const E13LintHandler *handler, const char *path)
{
  g_auto (E13LintProgram) program = { 0 };
  g_autofree char *shown = e13_quote_windows (path);
  g_autofree char *version = NULL, *reach = NULL, *text = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  e13_lint_machine_ask (site->machine, path, &program);
  version = program.version != NULL ? g_strdup (program.version) : e13_lint_version_in_path (path);
  reach = say_reach (handler, &program);
  if (version != NULL)
    g_ptr_array_add (words, g_strdup_printf ("version %s", version));
  if (program.bits != 0)
    g_ptr_array_add (words, g_strdup_printf ("%u bits", program.bits));
  if (program.presence == E13_LINT_ABSENT)
    g_ptr_array_add (words, g_strdup ("not there"));
  if (reach != NULL)
    g_ptr_array_add (words, g_strdup (reach));
  g_ptr_array_add (words, NULL);
  text = g_strjoinv (", ", (char **)words->pdata);
  return *text != '\0' ? g_strdup_printf ("'%s' (%s)", shown, text) : g_strdup_printf ("'%s'", shown);
}

static void
cure_by_handler (E13LintFinding *finding, const E13LintHandler *handler, const Entry *entry)
{
  const char *written = e13_xml_value (entry->element, "path");
  g_autofree char *value = e13_lint_attribute_text (written);
  g_autofree char *where = e13_lint_where (handler->element, handler->processor);

  e13_lint_cure (finding, "take the one that is allowed: in %s write scriptProcessor=\"%s\"", where, value);
}

/* As the server's list must have it: what the handler says. */
static void
cure_by_list (E13LintFinding *finding, const E13LintHandler *handler)
{
  g_autofree char *value = e13_lint_appcmd_value (handler->processor->value);
  g_autofree char *shown = e13_quote_windows (handler->processor->value);

  if (value != NULL)
    e13_lint_cure (finding,
                   "where you trust that program, allow it:\n" E13_LINT_APPCMD_F " set config -section:" RESTRICTION
                   " /+\"[path='%s',allowed='true']\" /commit:apphost",
                   value);
  else
    e13_lint_cure (finding,
                   "where you trust that program, allow it: IIS Manager, the server, ISAPI and CGI Restrictions, "
                   "Add, and there just this: %s",
                   shown);
}

/* ---- Rules ----------------------------------------------------------------------------------- */

static void
report_denied (const E13LintHandler *handler, const Entry *entry, E13Lint *lint)
{
  g_autofree char *where = e13_lint_where (entry->element, e13_xml_attribute (entry->element, "allowed"));
  g_autofree char *value = e13_lint_appcmd_value (e13_xml_value (entry->element, "path"));
  E13LintFinding *finding
      = e13_lint_add (lint, E13_LINT_PROGRAM_DENIED, handler->element, handler->processor,
                      g_strdup_printf ("%s has it in the list of what may be started, with allowed=\"false\".", where));

  if (value != NULL)
    e13_lint_cure (finding,
                   "where you trust that program:\n" E13_LINT_APPCMD_F " set config -section:" RESTRICTION
                   " \"/[path='%s'].allowed:true\" /commit:apphost",
                   value);
  else
    e13_lint_cure (finding, "where you trust that program: IIS Manager, the server, ISAPI and CGI Restrictions, Allow");
}

static void
report_other_arguments (const E13LintHandler *handler, const Entry *entry, E13Lint *lint)
{
  g_autofree char *where = e13_lint_where (entry->element, NULL);
  g_autofree char *mine = e13_quote_windows (handler->command);
  g_autofree char *theirs = e13_quote_windows (entry->path);
  E13LintFinding *finding = e13_lint_add (
      lint, E13_LINT_PROGRAM_OTHER_ARGUMENTS, handler->element, handler->processor,
      g_strdup_printf (
          "the handler starts [%s], and %s allows [%s]: the same program, but IIS compares the whole text, "
          "arguments and quotation marks with it.",
          mine, where, theirs));

  /* What is allowed might lack the script's name. */
  if (e13_lint_needs_script (handler->program) ? strstr (entry->path, "%s") != NULL : TRUE)
    cure_by_handler (finding, handler, entry);
  if (!e13_lint_needs_script (handler->program) || strstr (handler->command, "%s") != NULL)
    cure_by_list (finding, handler);
  if (finding->cures->len == 0)
    e13_lint_cure (finding,
                   "in one change, since one alone gives 502.2 or 404.2: put %%s %%s after the program in both, "
                   "the handler and the list");
}

static void
report_other_copy (const E13LintSite *site, const E13LintHandler *handler, const Entry *entry, E13Lint *lint)
{
  g_autofree char *where = e13_lint_where (entry->element, NULL);
  g_autofree char *mine = describe_program (site, handler, handler->program);
  g_autofree char *theirs = describe_program (site, handler, entry->program);
  E13LintFinding *finding = e13_lint_add (
      lint, E13_LINT_PROGRAM_OTHER_COPY, handler->element, handler->processor,
      g_strdup_printf ("the handler starts %s; the server allows %s (%s). Two paths are two programs, whatever is in "
                       "them.",
                       mine, theirs, where));

  if (!is_allowed (entry->element))
    finding->because = (g_free (finding->because),
                        g_strdup_printf ("the handler starts %s; the list names only %s, and does not allow it (%s).",
                                         mine, theirs, where));
  else
    cure_by_handler (finding, handler, entry);
  cure_by_list (finding, handler);
}

static void
report_not_allowed (const E13LintHandler *handler, gboolean is_isapi, E13Lint *lint)
{
  const char *variable = strchr (handler->command, '%');
  const char *end = variable != NULL ? strchr (variable + 1, '%') : NULL;
  gboolean has_variable
      = end != NULL && end > variable + 2 && strcspn (variable + 1, " \\") > (gsize)(end - variable - 1);
  g_autofree char *name = has_variable ? g_strndup (variable, (gsize)(end - variable) + 1) : NULL;
  g_autofree char *shown = name != NULL ? e13_quote_windows (name) : NULL;
  E13LintFinding *finding;

  if (name != NULL)
    {
      finding = e13_lint_add (
          lint, E13_LINT_PROGRAM_VARIABLE, handler->element, handler->processor,
          g_strdup_printf ("%s is none of the variables that Windows sets for services: if it is not set for the whole "
                           "system, it is not replaced, and the text is in no list.",
                           shown));
      e13_lint_cure (finding, "write the path itself, and allow just that text");
      return;
    }
  finding = e13_lint_add (
      lint, E13_LINT_PROGRAM_NOT_ALLOWED, handler->element, handler->processor,
      g_strdup_printf ("no entry of the server's list of %s has this text, and notListed%sAllowed is not set.",
                       is_isapi ? "ISAPI extensions" : "CGI programs", is_isapi ? "Isapis" : "Cgis"));
  cure_by_list (finding, handler);
}

/* Without the script's name an interpreter waits for a program on its input, and answers nothing. */
static void
check_script (const E13LintHandler *handler, E13Lint *lint)
{
  g_autofree char *value = NULL;
  g_autofree char *text = NULL;
  g_autofree char *where = e13_lint_where (handler->element, handler->processor);
  g_autofree char *both = NULL;
  E13LintFinding *finding;

  if (!e13_lint_needs_script (handler->program) || strstr (handler->command, "%s") != NULL)
    return;
  both = g_strconcat (handler->processor->value, " %s %s", NULL);
  value = e13_lint_attribute_text (both);
  text = e13_lint_appcmd_value (both);
  finding = e13_lint_add (
      lint, E13_LINT_CGI_WITHOUT_SCRIPT, handler->element, handler->processor,
      g_strdup (
          "%s %s is missing: IIS puts the script and its query there. Without them the interpreter is started with "
          "nothing to run, and gives no headers."));
  if (text != NULL)
    e13_lint_cure (finding,
                   "both in one change, since the list is compared word for word: in %s write scriptProcessor=\"%s\", "
                   "and\n" E13_LINT_APPCMD_F " set config -section:" RESTRICTION
                   " /+\"[path='%s',allowed='true']\" /commit:apphost",
                   where, value, text);
  else
    e13_lint_cure (
        finding,
        "both in one change, since the list is compared word for word: in %s write scriptProcessor=\"%s\", and "
        "allow that text in IIS Manager, the server, ISAPI and CGI Restrictions",
        where, value);
}

/* ---- FastCGI --------------------------------------------------------------------------------- */

/* The nearest <fastCgi> application; TRUE where it is the very same. */
static gboolean
find_application (const E13LintSite *site, const E13LintHandler *handler, const char *path, const char *arguments,
                  const E13XmlElement **ret_near)
{
  g_autoptr (GPtrArray) entries = e13_iis_scope_collection (handler->place->scope, "system.webServer/fastCgi");

  *ret_near = NULL;
  for (guint i = 0; i < entries->len; i++)
    {
      const E13XmlElement *entry = entries->pdata[i];
      const char *full = e13_xml_value (entry, "fullPath");
      const char *own = e13_xml_value (entry, "arguments");
      g_autofree char *full_path
          = e13_iis_expand (full != NULL ? full : "", e13_lint_machine_variables (site->machine));
      g_autofree char *own_arguments
          = e13_iis_expand (own != NULL ? own : "", e13_lint_machine_variables (site->machine));
      g_autofree char *bare = g_strdelimit (g_strdup (full_path), "\"", ' ');
      g_autofree char *bare_path = g_strdelimit (g_strdup (path), "\"", ' ');

      if (g_ascii_strcasecmp (full_path, path) == 0 && strcmp (own_arguments, arguments) == 0)
        return TRUE;
      if (g_ascii_strcasecmp (g_strstrip (bare), g_strstrip (bare_path)) == 0 || *ret_near == NULL)
        *ret_near = g_ascii_strcasecmp (bare, bare_path) == 0 || same_name (path, full_path) ? entry : *ret_near;
    }
  return FALSE;
}

static void
report_unregistered (const E13LintHandler *handler, const char *path, const char *arguments, const E13XmlElement *near,
                     E13Lint *lint)
{
  g_autofree char *near_path = near != NULL ? e13_quote_windows (e13_xml_value (near, "fullPath")) : NULL;
  g_autofree char *near_arguments
      = near != NULL
            ? e13_quote_windows (e13_xml_value (near, "arguments") != NULL ? e13_xml_value (near, "arguments") : "")
            : NULL;
  g_autofree char *where = near != NULL ? e13_lint_where (near, NULL) : NULL;
  g_autofree char *value = e13_lint_appcmd_value (path);
  g_autofree char *value_arguments = e13_lint_appcmd_value (arguments);
  E13LintFinding *finding = e13_lint_add (
      lint, E13_LINT_FASTCGI_NOT_REGISTERED, handler->element, handler->processor,
      near != NULL
          ? g_strdup_printf ("<fastCgi> has no application with this program and these arguments; the nearest is [%s] "
                             "with arguments [%s] (%s).",
                             near_path, near_arguments, where)
          : g_strdup ("<fastCgi> has no application with this program and these arguments, so nothing keeps its "
                      "processes."));

  if (value != NULL && value_arguments != NULL)
    e13_lint_cure (finding,
                   "where you trust that program:\n" E13_LINT_APPCMD_F
                   " set config -section:system.webServer/fastCgi /+\"[fullPath='%s',arguments='%s']\" /commit:apphost",
                   value, value_arguments);
  else
    e13_lint_cure (finding, "where you trust that program: IIS Manager, the server, FastCGI Settings, Add Application");
}

static void
check_fastcgi (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  gsize length = strcspn (handler->command, "|");
  g_autofree char *path = g_strndup (handler->command, length);
  const char *arguments = handler->command[length] == '|' ? handler->command + length + 1 : "";
  const E13XmlElement *near;

  if (!site->is_known)
    e13_lint_cannot_tell (lint, "whether <fastCgi> of the server has the program of each handler",
                          E13_LINT_APPCMD " list config -section:system.webServer/fastCgi");
  else if (!find_application (site, handler, path, arguments, &near))
    report_unregistered (handler, path, arguments, near, lint);
}

/* ---- All ------------------------------------------------------------------------------------- */

static void
check_listed (const E13LintSite *site, const E13LintHandler *handler, gboolean is_isapi, E13Lint *lint)
{
  g_auto (Entry) nearest = { 0 };
  guint near = find_nearest (site, handler, &nearest);

  switch (judge (handler, is_isapi, &nearest, near))
    {
    case DENIED:
      report_denied (handler, &nearest, lint);
      break;
    case NOT_LISTED:
      if (near >= 3)
        report_other_arguments (handler, &nearest, lint);
      else if (near >= 1)
        report_other_copy (site, handler, &nearest, lint);
      else
        report_not_allowed (handler, is_isapi, lint);
      break;
    case ALLOWED:
      if (!is_isapi)
        check_script (handler, lint);
      break;
    }
}

static void
check (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  gboolean is_isapi = e13_iis_handler_has_module (handler->element, "IsapiModule");
  gboolean is_cgi = e13_iis_handler_has_module (handler->element, "CgiModule");

  if (handler->processor == NULL || *handler->command == '\0' || handler->condition_fails != NULL)
    return;
  if (e13_iis_handler_has_module (handler->element, "FastCgiModule"))
    check_fastcgi (site, handler, lint);
  if (!is_isapi && !is_cgi)
    return;
  if (site->is_known)
    {
      check_listed (site, handler, is_isapi, lint);
      return;
    }
  e13_lint_cannot_tell (lint, "whether the server allows what the handlers start",
                        E13_LINT_APPCMD " list config -section:" RESTRICTION);
  if (is_cgi)
    check_script (handler, lint);
}

void
e13_lint_programs (const E13LintSite *site, E13Lint *lint)
{
  e13_lint_each_handler (site, lint, check);
}
