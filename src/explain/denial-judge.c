/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be said of a denial: in words, and by the judge. */

#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "base/quote.h"
#include "explain/denial.h"
#include "explain/pitfalls.h"
#include "logs/errno-words.h"

/* Errors that no permission causes or cures. */
static const struct
{
  int error;
  const char *sentence;
} other_causes[] = {
  { E13_ENOSPC, "Not a permission problem: the file system is full, of data (df) or of inodes (df -i)." },
  { E13_EDQUOT, "Not a permission problem: the account's quota is used up." },
  { E13_EISDIR, "Not a permission problem: it is a directory, and the program wanted a file." },
  { E13_ENOTDIR, "Not a permission problem: something on the way is a file, not a directory." },
  { E13_ELOOP, "Not a permission problem: the symbolic links on the way lead in a circle." },
  { E13_ETXTBSY, "Not a permission problem: the program is running, and cannot be written meanwhile." },
  { E13_ENOEXEC,
    "Not a permission problem: the file is no program for this machine, or its first line is no #! line." },
  { E13_EADDRINUSE, "Not a permission problem: another process listens there." },
  { E13_ECONNREFUSED, "Not a permission problem: nobody listens there." },
};

/* What an operation asks; of several, each. */
static const struct
{
  E13Operation operation;
  E13Want wants[2];
  guint n;
} asked[] = {
  { E13_OPERATION_UNKNOWN, { E13_WANT_READ, E13_WANT_WRITE }, 2 },
  { E13_OPERATION_OPEN, { E13_WANT_READ, E13_WANT_WRITE }, 2 },
  { E13_OPERATION_READ, { E13_WANT_READ }, 1 },
  { E13_OPERATION_WRITE, { E13_WANT_WRITE }, 1 },
  { E13_OPERATION_CREATE, { E13_WANT_CREATE }, 1 },
  { E13_OPERATION_DELETE, { E13_WANT_DELETE }, 1 },
  { E13_OPERATION_RENAME, { E13_WANT_DELETE }, 1 },
  { E13_OPERATION_RUN, { E13_WANT_RUN }, 1 },
  { E13_OPERATION_STAT, { E13_WANT_RUN }, 1 }, /* of the directory that holds it */
  { E13_OPERATION_LIST, { E13_WANT_READ }, 1 },
  { E13_OPERATION_ENTER, { E13_WANT_RUN }, 1 },
  { E13_OPERATION_CONNECT, { E13_WANT_WRITE }, 1 },
};

static void G_GNUC_PRINTF (2, 3) say (E13Denial *denial, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (denial->sentences, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* ---- What needs no judge --------------------------------------------------------------------- */

static gboolean
say_label (E13Denial *denial)
{
  const E13Failure *failure = denial->failure;
  g_autofree char *label = e13_quote_display (failure->label != NULL ? failure->label : "?");

  if (g_str_equal (failure->family, "apparmor"))
    say (denial,
         "AppArmor refused, after permissions had granted it: the profile %s has no rule for it. aa-logprof adds one.",
         label);
  else
    say (denial,
         "SELinux refused, after permissions had granted it: %s. restorecon gives a file the label of its place; "
         "audit2why names the rule or the boolean that is missing.",
         label);
  return TRUE;
}

static gboolean
has_other_cause (E13Denial *denial)
{
  const E13Failure *failure = denial->failure;

  if (failure->kind == E13_FAILURE_LABEL)
    return say_label (denial);
  if (failure->kind == E13_FAILURE_SETTING || failure->kind == E13_FAILURE_OWNERSHIP
      || failure->kind == E13_FAILURE_HTTP)
    return TRUE;
  if (failure->windows_code == 32)
    {
      say (denial, "Not a permission problem: another program has the file open for itself.");
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (other_causes); i++)
    if (other_causes[i].error == failure->error)
      {
        say (denial, "%s", other_causes[i].sentence);
        return TRUE;
      }
  return FALSE;
}

static void
say_nameless (E13Denial *denial)
{
  const E13Failure *failure = denial->failure;

  if (failure->path == NULL && failure->http_status != 0 && failure->url != NULL)
    say (denial, "The log has the address alone: --site DIR says which folder it is of.");
  else if (failure->path == NULL)
    say (denial,
         "The message does not name what was refused: errno13 check SITE looks at all that the application needs.");
  else if (*failure->path == '\0')
    say (denial,
         "The message has lost the name, or the program was given an empty one: look where it comes from, or let "
         "errno13 check SITE look at all that the application needs.");
  else
    say (denial, "The path is relative to where the program was started, which the message does not say: name the "
                 "directory with --site DIR.");
}

/* ---- The judge ------------------------------------------------------------------------------- */

static E13Explanation *
ask (E13Denial *denial, const E13Asker *asker, const char *path, E13Want want)
{
  E13Wanted wanted = { want, 0 };
  g_autoptr (GError) error = NULL;
  E13Explanation *explanation = e13_explain_path (asker, path, &wanted, &error);

  if (explanation == NULL)
    say (denial, "It cannot be asked about: %s.", error->message);
  return explanation;
}

/* Keeps the worst answer: a refusal, else what is not to be told, else the last. */
static void
keep (E13Denial *denial, E13Explanation *explanation)
{
  E13Explanation *kept = denial->explanation;

  if (explanation == NULL)
    return;
  if (kept == NULL || (kept->granted != E13_ANSWER_NO && explanation->granted != E13_ANSWER_YES))
    {
      e13_explanation_free (kept);
      denial->explanation = explanation;
    }
  else
    e13_explanation_free (explanation);
}

static void
ask_operation (E13Denial *denial, const E13Asker *asker, const char *second_place, gboolean exists)
{
  E13Operation operation = denial->failure->operation;
  g_autofree char *parent = g_path_get_dirname (denial->place);

  if (operation == E13_OPERATION_WRITE && !exists)
    operation = E13_OPERATION_CREATE;
  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    for (guint j = 0; asked[i].operation == operation && j < asked[i].n; j++)
      keep (denial, ask (denial, asker, operation == E13_OPERATION_STAT ? parent : denial->place, asked[i].wants[j]));
  if (second_place != NULL && (operation == E13_OPERATION_RENAME || operation == E13_OPERATION_CREATE))
    keep (denial, ask (denial, asker, second_place, E13_WANT_CREATE));
}

static const E13Pin *
last_pin (const E13Route *route)
{
  return route->pins->pdata[route->pins->len - 1];
}

static char *
owner_of (const E13Asker *asker, const E13Pin *pin)
{
  const char *name = asker->ops->user_name (pin->facts.uid);

  return name != NULL ? g_strdup (name) : g_strdup_printf ("uid %u", pin->facts.uid);
}

/* Only the owner may change it: no permission bit gives that away. */
static void
judge_change (E13Denial *denial, const E13Asker *asker, const E13Route *route)
{
  const E13Pin *pin = last_pin (route);
  g_autofree char *owner = owner_of (asker, pin);
  g_autofree char *label = e13_identity_label (asker->identity);

  if (asker->identity->token != NULL || pin->facts.uid == asker->identity->uid)
    return;
  denial->verdict = E13_DENIAL_REFUSED;
  say (denial,
       "Mode, owner and times are changed only by the owner, here %s, or root; %s is neither, whatever the permission "
       "bits say. Few programs need this: most go on without it.",
       owner, label);
}

/* Errno 2: the nearest directory that is there, and who could make the rest in it. */
static void
judge_missing (E13Denial *denial, const E13Asker *asker, const E13Route *route)
{
  g_autofree char *label = e13_identity_label (asker->identity);
  g_autofree char *missing = e13_quote_display (route->missing);
  g_autofree char *nearest = e13_quote_display (route->resolved);
  g_autofree char *owner = owner_of (asker, last_pin (route));
  gboolean is_roots = g_str_equal (owner, "root");

  denial->verdict = E13_DENIAL_MISSING;
  keep (denial, ask (denial, asker, denial->place, E13_WANT_CREATE));
  say (denial, "'%s' is not there; the nearest directory that is: %s.", missing, nearest);
  if (denial->explanation == NULL || denial->explanation->granted == E13_ANSWER_UNKNOWN)
    return;
  if (denial->explanation->granted == E13_ANSWER_NO)
    say (denial,
         "%s cannot create it there, so no script that runs as %s can have made it: %s%s would have to, or the cure "
         "below lets the script do it.",
         label, label, owner, is_roots ? "" : " or root");
  else
    say (denial,
         "%s could create it there: nothing but the file itself is missing, which a deployment, an installer or the "
         "program has to bring.",
         label);
}

/* What was refused is gone: only the way to where it was can be asked about. */
static void
judge_gone (E13Denial *denial, const E13Asker *asker, const E13Route *route)
{
  keep (denial, ask (denial, asker, route->resolved, E13_WANT_RUN));
  if (denial->explanation != NULL && denial->explanation->granted == E13_ANSWER_NO)
    {
      denial->verdict = E13_DENIAL_REFUSED;
      say (denial, route->error == ENOENT ? "It is not there now, and the way to it is closed."
                                          : "It cannot be seen from here, and the way to it is closed.");
      return;
    }
  g_clear_pointer (&denial->explanation, e13_explanation_free);
  say (denial,
       "It is not there now, and the way to it is open as far as there is one: what refused it then cannot be told "
       "here (if the log is of another machine: --map OLD=NEW).");
}

static gboolean
is_made_by (E13Operation operation)
{
  return operation == E13_OPERATION_CREATE || operation == E13_OPERATION_WRITE || operation == E13_OPERATION_RENAME;
}

/* Refused only to who opens it with O_CREAT, as most do to write; the bits grant it. */
static gboolean
is_protected (E13Denial *denial, const E13Asker *asker, const E13Route *route)
{
  const char *setting = NULL;

  if (denial->failure->error == E13_EACCES && route->pins->len > 1 && denial->failure->operation != E13_OPERATION_READ)
    setting = e13_pitfall_protected (asker->ops, asker->identity, route->pins->pdata[route->pins->len - 2],
                                     last_pin (route));
  if (setting != NULL)
    say (denial, "%s refuses it: somebody else's file in a sticky directory is not opened with O_CREAT.", setting);
  return setting != NULL;
}

static void
judge_at (E13Denial *denial, const E13Asker *asker, const E13Route *route, const char *second_place)
{
  gboolean exists = route->missing == NULL;

  if (!exists && denial->failure->error == E13_ENOENT)
    {
      judge_missing (denial, asker, route);
      return;
    }
  if (exists && denial->failure->operation == E13_OPERATION_CHANGE)
    {
      judge_change (denial, asker, route);
      if (denial->verdict == E13_DENIAL_REFUSED)
        return;
    }
  if (!exists && !is_made_by (denial->failure->operation))
    {
      judge_gone (denial, asker, route);
      return;
    }
  ask_operation (denial, asker, second_place, exists);
  if (denial->explanation == NULL)
    return;
  if (exists && denial->failure->error == E13_ENOENT)
    say (denial, "It is there now.");
  denial->verdict = denial->explanation->granted == E13_ANSWER_NO    ? E13_DENIAL_REFUSED
                    : denial->explanation->granted == E13_ANSWER_YES ? E13_DENIAL_GRANTED
                                                                     : E13_DENIAL_UNKNOWN;
  if (denial->verdict == E13_DENIAL_GRANTED && exists && is_protected (denial, asker, route))
    denial->verdict = E13_DENIAL_REFUSED;
  else if (denial->verdict == E13_DENIAL_GRANTED)
    say (denial,
         "Nothing refuses that now: it was cured since, another account asked, the process has older groups or a "
         "sandbox of its own, or the log is of another machine.");
}

/* Is not even the first directory of the path here? */
static gboolean
is_elsewhere (const E13Route *route)
{
  return route->missing != NULL && strcmp (route->resolved, "/") == 0 && strchr (route->given + 1, '/') != NULL;
}

static void
judge_place (E13Denial *denial, const E13Asker *asker, const E13Whereabouts *where)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Route) route = NULL;
  g_autofree char *how = NULL;
  g_autofree char *second = e13_failure_place (denial->failure, denial->failure->second_path, where, &how);

  if (e13_path_is_windows (denial->place) != asker->ops->is_windows)
    {
      denial->verdict = E13_DENIAL_ELSEWHERE;
      say (denial, "The path is of another system: --map OLD=NEW says where it lies here.");
      return;
    }
  route = asker->ops->route (denial->place, &error);
  if (route == NULL)
    say (denial, "It cannot be looked up: %s.", error->message);
  else if (is_elsewhere (route))
    {
      denial->verdict = E13_DENIAL_ELSEWHERE;
      say (denial,
           "Nothing of that path is here: if the log is of a container or of another machine, --map OLD=NEW says where "
           "it lies.");
    }
  else if (asker->identity != NULL)
    judge_at (denial, asker, route, second);
}

void
e13_denial_judge (E13Denial *denial, const E13Asker *asker, const E13Whereabouts *where)
{
  const E13Failure *failure = denial->failure;
  g_autofree char *how = NULL;
  gboolean other;

  denial->sentences = g_ptr_array_new_with_free_func (g_free);
  denial->place = e13_denial_place (failure, where, &how);
  if (failure->note != NULL)
    say (denial, "%s", failure->note);
  if (how != NULL)
    say (denial, "%s", how);
  other = has_other_cause (denial);
  if (other)
    denial->verdict = E13_DENIAL_OTHER;
  else if (denial->place == NULL)
    {
      denial->verdict = E13_DENIAL_NAMELESS;
      say_nameless (denial);
    }
  else
    judge_place (denial, asker, where);
}
