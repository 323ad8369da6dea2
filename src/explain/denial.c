/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "explain/denial.h"

#include <string.h>

#include "base/path.h"

static const char *const verdict_names[] = {
  [E13_DENIAL_REFUSED] = "refused",   [E13_DENIAL_GRANTED] = "granted",   [E13_DENIAL_MISSING] = "missing",
  [E13_DENIAL_OTHER] = "other-cause", [E13_DENIAL_NAMELESS] = "nameless", [E13_DENIAL_ELSEWHERE] = "elsewhere",
  [E13_DENIAL_UNKNOWN] = "unknown",
};

const char *
e13_denial_verdict_name (E13DenialVerdict verdict)
{
  return verdict_names[verdict];
}

E13Denial *
e13_denial_new (E13Failure *failure, const char *source)
{
  E13Denial *denial = g_new0 (E13Denial, 1);

  denial->source = source;
  denial->failure = failure;
  denial->count = 1;
  denial->last_line = failure->line;
  denial->first_time = failure->time;
  denial->last_time = failure->time;
  denial->verdict = E13_DENIAL_UNKNOWN;
  return denial;
}

void
e13_denial_free (E13Denial *denial)
{
  if (denial == NULL)
    return;
  e13_failure_free (denial->failure);
  g_free (denial->place);
  g_clear_pointer (&denial->sentences, g_ptr_array_unref);
  e13_identity_free (denial->identity);
  e13_explanation_free (denial->explanation);
  g_free (denial);
}

void
e13_denial_add (E13Denial *denial, const E13Failure *failure)
{
  denial->count++;
  denial->last_line = failure->line;
  if (failure->time == 0)
    return;
  if (denial->first_time == 0 || failure->time < denial->first_time)
    denial->first_time = failure->time;
  if (failure->time > denial->last_time)
    denial->last_time = failure->time;
}

char *
e13_failure_key (const E13Failure *failure)
{
  static const char none[] = "\1";

  return g_strdup_printf ("%s\n%d\n%d\n%d\n%u\n%u\n%u\n%s\n%s\n%s\n%s\n%s", failure->family, (int)failure->kind,
                          failure->error, (int)failure->operation, failure->http_status, failure->http_substatus,
                          (guint)failure->windows_code, failure->path != NULL ? failure->path : none,
                          failure->second_path != NULL ? failure->second_path : none,
                          failure->directory != NULL ? failure->directory : none,
                          failure->path == NULL && failure->script != NULL ? failure->script : none,
                          failure->url != NULL && failure->path == NULL ? failure->url : none);
}

/* ---- Where it lies here ---------------------------------------------------------------------- */

static char *
map_path (const char *path, const E13Whereabouts *where)
{
  for (guint i = 0; where->mapped != NULL && i + 1 < where->mapped->len; i += 2)
    {
      const char *old = where->mapped->pdata[i];
      gsize length = strlen (old);

      while (length > 1 && (old[length - 1] == '/' || old[length - 1] == '\\'))
        length--;
      if (strncmp (path, old, length) == 0
          && (path[length] == '\0' || strchr ("/\\", path[length]) != NULL || length == 1))
        {
          char *mapped = g_strconcat (where->mapped->pdata[i + 1], length == 1 ? "/" : "", path + length, NULL);

          return e13_path_is_windows (path) && !e13_path_is_windows (mapped) ? g_strdelimit (mapped, "\\", '/')
                                                                             : mapped;
        }
    }
  return g_strdup (path);
}

static gboolean
is_absolute (const char *path)
{
  return path[0] == '/' || e13_path_is_windows (path);
}

char *
e13_failure_place (const E13Failure *failure, const char *path, const E13Whereabouts *where, char **ret_how)
{
  g_autofree char *mapped = NULL;
  g_autofree char *directory = NULL;

  *ret_how = NULL;
  if (path == NULL || *path == '\0')
    return NULL;
  mapped = map_path (path, where);
  if (is_absolute (mapped))
    return g_steal_pointer (&mapped);
  if (failure->directory != NULL && is_absolute (failure->directory))
    directory = map_path (failure->directory, where);
  else if (where->site != NULL)
    {
      directory = g_strdup (where->site);
      *ret_how = g_strdup ("The path in the message is relative: taken as beneath --site.");
    }
  else if (failure->script != NULL && failure->script[0] == '/')
    {
      g_autofree char *folder = g_path_get_dirname (failure->script);

      directory = map_path (folder, where);
      *ret_how
          = g_strdup ("The path in the message is relative to where the program was started, which it does not say: "
                      "taken as beside the script that it names (--site DIR says otherwise).");
    }
  if (directory == NULL)
    return NULL;
  return g_build_filename (directory, mapped, NULL);
}

/* "a/b.html" for "/a/b.html?x" and "http://host/a/b.html", and the configuration for 500.19, where the site is known;
 * NULL: none, or no address. */
static char *
path_of_url (const E13Failure *failure, const E13Whereabouts *where)
{
  const char *url = failure->url;
  const char *host = url != NULL ? strstr (url, "://") : NULL;
  const char *path = host != NULL ? strchr (host + 3, '/') : url;

  if (failure->http_status == 0 || where->site == NULL || path == NULL || *path != '/')
    return NULL;
  if (failure->http_status == 500 && failure->http_substatus == 19)
    return g_strdup ("web.config");
  path += strspn (path, "/");
  return g_strndup (path, strcspn (path, "?"));
}

char *
e13_denial_place (const E13Failure *failure, const E13Whereabouts *where, char **ret_how)
{
  g_autofree char *from_url = failure->path == NULL ? path_of_url (failure, where) : NULL;
  char *place = e13_failure_place (failure, from_url != NULL ? from_url : failure->path, where, ret_how);

  if (from_url != NULL && *ret_how != NULL)
    {
      g_free (*ret_how);
      *ret_how = g_strdup ("The log has the address alone: taken as beneath --site.");
    }
  return place;
}
