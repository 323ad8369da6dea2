/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/lint-allow.h"

#include <string.h>

#include "access/windows-trust.h"
#include "base/error.h"
#include "base/quote.h"
#include "iis/handler.h"
#include "iis/lint-place.h"
#include "iis/lint-words.h"

typedef struct
{
  const E13LintSite *site;
  const char *text;
  char *command; /* its variables replaced */
  char *program;
  char *shown; /* the program, for a message */
  const E13XmlElement *list;
  const E13XmlElement *entry; /* with the same path, if there is one */
} Plan;

static void
plan_clear (Plan *plan)
{
  g_free (plan->command);
  g_free (plan->program);
  g_free (plan->shown);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

void
e13_lint_allow_clear (E13LintAllow *allow)
{
  g_clear_pointer (&allow->commands, g_ptr_array_unref);
  g_clear_pointer (&allow->remarks, g_ptr_array_unref);
  g_clear_pointer (&allow->edit.text, g_free);
}

/* ---- The program ----------------------------------------------------------------------------- */

static gboolean
read_text (Plan *plan, GError **error)
{
  g_autofree char *arguments = NULL;

  plan->command = e13_iis_expand (plan->text, e13_lint_machine_variables (plan->site->machine));
  plan->program = e13_iis_program_of (plan->command);
  if (plan->program == NULL)
    return e13_throw (error, E13_ERROR_USAGE,
                      "--allow-cgi wants the whole of what the handler starts, with the program's full path, such as "
                      "'C:\\Python\\python.exe %%s %%s'");
  plan->shown = e13_quote_windows (plan->program);
  arguments = e13_iis_arguments_of (plan->command);
  if (e13_lint_needs_script (plan->program) && strstr (arguments, "%s") == NULL)
    return e13_throw (
        error, E13_ERROR_REFUSED,
        "'%s' is an interpreter, and without '%%s %%s' it is not told which script to run: the handler and "
        "this list both need them (502.2)",
        plan->shown);
  return TRUE;
}

/* Who can write to a site could then run what he likes as the server. */
static gboolean
check_outside_sites (const Plan *plan, GError **error)
{
  const E13IisServer *server = plan->site->server;

  for (guint s = 0; s < server->sites->len; s++)
    for (guint a = 0; a < ((E13IisSite *)server->sites->pdata[s])->applications->len; a++)
      {
        const E13IisSite *site = server->sites->pdata[s];
        const E13IisApplication *application = site->applications->pdata[a];

        for (guint d = 0; d < application->directories->len; d++)
          {
            const E13IisDirectory *directory = application->directories->pdata[d];
            g_autofree char *beneath = directory->physical_path != NULL
                                           ? e13_iis_path_beneath (plan->program, directory->physical_path)
                                           : NULL;
            g_autofree char *name = e13_quote_display (site->name);

            if (beneath != NULL)
              return e13_throw (error, E13_ERROR_REFUSED,
                                "'%s' lies inside the site '%s': whoever can write there could run anything",
                                plan->shown, name);
          }
      }
  return TRUE;
}

/* @what: "the program", "its folder". */
static gboolean
check_writers (const Plan *plan, const char *path, const char *what, E13LintAllow *allow, GError **error)
{
  g_auto (E13LintProgram) object = { 0 };
  g_autofree char *why = NULL;

  e13_lint_machine_ask (plan->site->machine, path, &object);
  if (object.presence == E13_LINT_ABSENT)
    return e13_throw (error, E13_ERROR_REFUSED, "%s of '%s' is not there", what, plan->shown);
  if (object.sd == NULL)
    {
      g_ptr_array_add (
          allow->remarks,
          g_strdup_printf ("Who may write %s could not be told here: on the server, icacls \"%s\" must give "
                           "Users, Authenticated Users, Everyone and the web's accounts no more than RX.",
                           what, path));
      return TRUE;
    }
  why = e13_windows_why_not_trusted (object.sd, NULL);
  return why == NULL
         || e13_throw (error, E13_ERROR_REFUSED, "others than administrators can replace '%s': of %s, %s", plan->shown,
                       what, why);
}

/* ---- Its handlers ---------------------------------------------------------------------------- */

/* The handlers of the site that start the program: what a visit is given for what it finds. */
typedef struct
{
  E13Lint lint; /* first, and empty */
  const Plan *plan;
  gboolean has_twin;            /* one says it in these words */
  const E13XmlElement *another; /* NULL: none says it in others */
} Twins;

static void
visit (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint)
{
  Twins *twins = (Twins *)lint;

  (void)site;
  if (handler->program == NULL || g_ascii_strcasecmp (handler->program, twins->plan->program) != 0)
    return;
  if (g_ascii_strcasecmp (handler->command, twins->plan->command) == 0)
    twins->has_twin = TRUE;
  else
    twins->another = handler->element;
}

static gboolean
check_handlers (const Plan *plan, E13LintAllow *allow, GError **error)
{
  Twins twins = { .plan = plan };

  e13_lint_each_handler (plan->site, &twins.lint, visit);
  if (!twins.has_twin && twins.another != NULL)
    {
      g_autofree char *where = e13_iis_element_place (twins.another);

      return e13_throw (
          error, E13_ERROR_REFUSED,
          "the handler in %s starts the program with other words: it must say the very same first, or both "
          "stay as they are (404.2)",
          where);
    }
  if (!twins.has_twin)
    g_ptr_array_add (allow->remarks,
                     g_strdup ("No handler that was read starts it: its scriptProcessor must be the very "
                               "same words."));
  return TRUE;
}

/* ---- The list -------------------------------------------------------------------------------- */

static const E13XmlElement *
restriction_of (const E13IisServer *server)
{
  const E13XmlElement *group = e13_xml_child (server->document->root, "system.webServer", NULL);
  const E13XmlElement *security = group != NULL ? e13_xml_child (group, "security", NULL) : NULL;

  return security != NULL ? e13_xml_child (security, "isapiCgiRestriction", NULL) : NULL;
}

static gboolean
find_entry (Plan *plan, GError **error)
{
  plan->list = restriction_of (plan->site->server);
  for (guint i = 0; plan->list != NULL && i < e13_xml_n_children (plan->list); i++)
    {
      const E13XmlElement *child = e13_xml_nth (plan->list, i);
      const char *path = e13_xml_value (child, "path"), *allowed = e13_xml_value (child, "allowed");
      g_autofree char *expanded
          = path != NULL ? e13_iis_expand (path, e13_lint_machine_variables (plan->site->machine)) : NULL;

      if (strcmp (child->name, "add") != 0 || expanded == NULL || g_ascii_strcasecmp (expanded, plan->command) != 0)
        continue;
      if (allowed == NULL || g_ascii_strcasecmp (allowed, "true") == 0)
        return e13_throw (error, E13_ERROR_USAGE, "the server allows it already");
      plan->entry = child;
    }
  return TRUE;
}

/* Into the list, in front of its last entry; one that is there and is denied is a person's decision. */
static void
plan_edit (const Plan *plan, E13LintAllow *allow)
{
  guint n = plan->list != NULL ? e13_xml_n_children (plan->list) : 0;
  g_autofree char *escaped = g_markup_escape_text (plan->text, -1);

  if (n == 0 || plan->entry != NULL)
    return;
  allow->edit = (E13IisEdit){ .offset = e13_xml_nth (plan->list, n - 1)->place.offset, .is_line = TRUE };
  allow->edit.text = g_strdup_printf ("<add path=\"%s\" allowed=\"true\" />", escaped);
}

static gboolean
plan_commands (const Plan *plan, E13LintAllow *allow, GError **error)
{
  g_autofree char *value = e13_lint_appcmd_value (plan->text);
  const char *const section = "-section:system.webServer/security/isapiCgiRestriction";

  if (value == NULL)
    return e13_throw (error, E13_ERROR_USAGE, "--allow-cgi has a character that a command line would take for its own");
  g_ptr_array_add (allow->commands, g_strdup (E13_LINT_APPCMD " add backup \"before errno13\""));
  if (plan->entry != NULL)
    g_ptr_array_add (allow->commands,
                     g_strdup_printf (E13_LINT_APPCMD_F " set config %s \"/[path='%s'].allowed:true\" /commit:apphost",
                                      section, value));
  else
    g_ptr_array_add (allow->commands,
                     g_strdup_printf (E13_LINT_APPCMD_F
                                      " set config %s \"/+[path='%s',allowed='true']\" /commit:apphost",
                                      section, value));
  return TRUE;
}

gboolean
e13_lint_allow_plan (const E13LintSite *site, const char *text, E13LintAllow *ret_allow, GError **error)
{
  g_auto (Plan) plan = { .site = site, .text = text };
  g_autofree char *folder = NULL;
  const char *slash;

  ret_allow->commands = g_ptr_array_new_with_free_func (g_free);
  ret_allow->remarks = g_ptr_array_new_with_free_func (g_free);
  if (!site->is_known)
    return e13_throw (error, E13_ERROR_USAGE, "--allow-cgi needs the settings of the server: --apphost FILE");
  if (!read_text (&plan, error) || !find_entry (&plan, error) || !check_outside_sites (&plan, error))
    return FALSE;
  slash = strrchr (plan.program, '\\');
  folder = g_strndup (plan.program, slash != NULL ? (gsize)(slash - plan.program) : 0);
  if (!check_writers (&plan, plan.program, "the program", ret_allow, error)
      || (*folder != '\0' && !check_writers (&plan, folder, "its folder", ret_allow, error))
      || !check_handlers (&plan, ret_allow, error) || !plan_commands (&plan, ret_allow, error))
    return FALSE;
  plan_edit (&plan, ret_allow);
  return TRUE;
}
