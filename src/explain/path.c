/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "explain/path.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "explain/asking.h"
#include "explain/descriptor.h"
#include "explain/pitfalls.h"
#include "model/access-mask.h"

#define CHANGE_NAMES (E13_RIGHT_WRITE | E13_RIGHT_EXECUTE)

static const struct
{
  const char *name;
  E13Rights rights; /* of the object; of its directory for CREATE and DELETE */
} words[] = {
  [E13_WANT_READ] = { "read", E13_RIGHT_READ },   [E13_WANT_WRITE] = { "write", E13_RIGHT_WRITE },
  [E13_WANT_RUN] = { "run", E13_RIGHT_EXECUTE },  [E13_WANT_CREATE] = { "create", CHANGE_NAMES },
  [E13_WANT_DELETE] = { "delete", CHANGE_NAMES },
};

/* All that an object may be asked for by name, and the generic bits. */
#define MASKS                                                                                                          \
  (E13_MASK_FULL | E13_MASK_ACCESS_SYSTEM_SECURITY | E13_MASK_GENERIC_ALL | E13_MASK_GENERIC_EXECUTE                   \
   | E13_MASK_GENERIC_WRITE | E13_MASK_GENERIC_READ)

char *
e13_wanted_name (const E13Wanted *wanted)
{
  return wanted->want == E13_WANT_MASK ? g_strdup_printf ("0x%x", wanted->mask) : g_strdup (words[wanted->want].name);
}

static gboolean
parse_mask (const char *digits, E13Wanted *ret_wanted, GError **error)
{
  guint64 mask;

  if (!g_ascii_string_to_unsigned (digits, 16, 1, G_MAXUINT32, &mask, NULL))
    return e13_throw (error, E13_ERROR_USAGE, "'0x%s' is no access mask for --want", digits);
  if ((mask & ~(guint64)MASKS) != 0)
    return e13_throw (error, E13_ERROR_USAGE, "'0x%s' for --want has bits that are no rights to files: 0x%x", digits,
                      (guint)(mask & ~(guint64)MASKS));
  *ret_wanted = (E13Wanted){ E13_WANT_MASK, (guint32)mask };
  return TRUE;
}

gboolean
e13_wanted_parse (const char *name, E13Wanted *ret_wanted, GError **error)
{
  g_autofree char *shown = e13_quote_display (name);

  for (guint want = 0; want < G_N_ELEMENTS (words); want++)
    if (g_str_equal (name, words[want].name))
      {
        *ret_wanted = (E13Wanted){ want, 0 };
        return TRUE;
      }
  if (g_ascii_strncasecmp (name, "0x", 2) == 0)
    return parse_mask (shown + 2, ret_wanted, error);
  return e13_throw (error, E13_ERROR_USAGE,
                    "unknown value '%s' for --want: read, write, run, create, delete, or an access mask of Windows "
                    "(0x1301bf)",
                    shown);
}

static void
link_free (gpointer data)
{
  E13Link *link = data;

  g_free (link->path);
  g_free (link->asked);
  g_free (link->because);
  g_free (link);
}

static E13Explanation *
explanation_new (const E13Asker *asker, const char *path, const E13Wanted *wanted)
{
  E13Explanation *explanation = g_new0 (E13Explanation, 1);

  explanation->path = g_strdup (path);
  explanation->wanted = *wanted;
  explanation->is_windows = asker->ops->is_windows || (asker->tree != NULL && asker->tree->is_windows);
  explanation->remarks = g_ptr_array_new_with_free_func (g_free);
  explanation->chain = g_ptr_array_new_with_free_func (link_free);
  explanation->cures = g_ptr_array_new_with_free_func (g_free);
  return explanation;
}

void
e13_explanation_free (E13Explanation *explanation)
{
  if (explanation == NULL)
    return;
  g_free (explanation->path);
  g_ptr_array_unref (explanation->chain);
  g_ptr_array_unref (explanation->cures);
  g_ptr_array_unref (explanation->remarks);
  g_free (explanation);
}

static E13Route *
route_to (const E13Asker *asker, const char *path, GError **error)
{
  if (asker->tree != NULL && asker->ops->route_in != NULL)
    return asker->ops->route_in (asker->tree, path, error);
  return asker->ops->route (path, error);
}

static const E13Pin *
pin_at (const E13Route *route, guint index)
{
  return g_ptr_array_index (route->pins, index);
}

static const E13Pin *
find_pin (const E13Route *route, const char *path)
{
  for (guint i = 0; i < route->pins->len; i++)
    if (g_str_equal (pin_at (route, i)->path, path))
      return pin_at (route, i);
  return NULL;
}

/* Where the lookup ended: the object, or the last directory that exists. */
static const E13Pin *
end_of (const E13Route *route)
{
  const E13Pin *pin = find_pin (route, route->resolved);

  return pin != NULL ? pin : pin_at (route, route->pins->len - 1);
}

/* The directory that a pin of @route lies in; NULL where the route holds none: it is the outermost. */
static const E13Pin *
holder_of (const E13Route *route, const E13Pin *pin)
{
  g_autofree char *path = g_path_get_dirname (pin->path);
  g_autofree char *drive = g_strconcat (path, "/", NULL);
  const E13Pin *directory = find_pin (route, path);

  if (directory == NULL)
    directory = find_pin (route, drive);
  return directory != pin ? directory : NULL;
}

/* The same; the outermost lies in itself. */
static const E13Pin *
directory_of (const E13Route *route, const E13Pin *pin)
{
  const E13Pin *directory = holder_of (route, pin);

  return directory != NULL ? directory : pin_at (route, 0);
}

/* ---- The way --------------------------------------------------------------------------------- */

/* Was the same directory on the way already? Each is asked about once, links may come back to it. */
static gboolean
passed_before (const E13Route *route, guint index)
{
  for (guint i = 0; i < index; i++)
    if (e13_object_key_same_inode (&pin_at (route, i)->facts.key, &pin_at (route, index)->facts.key))
      return TRUE;
  return FALSE;
}

/* Where fs.protected_symlinks is on, links in a directory like /tmp are followed only for their owner, or where the
 * directory's owner made them. Asking the kernel about inodes does not show this. */
static gboolean
is_link_of_a_stranger (const E13Pin *directory, const E13Pin *link, const E13Identity *identity)
{
  return (directory->facts.mode & 01002) == 01002 && link->facts.uid != identity->uid
         && link->facts.uid != directory->facts.uid;
}

static void
follow_link (E13Asking *asking, const E13Pin *directory, const E13Pin *link)
{
  g_autofree char *target = e13_quote_display (link->link_target != NULL ? link->link_target : "?");
  gboolean is_strange = is_link_of_a_stranger (directory, link, asking->identity);
  int setting = is_strange && asking->ops->setting != NULL ? asking->ops->setting ("fs.protected_symlinks") : -1;

  if (!is_strange || setting == 0)
    e13_asking_add (asking, link->path, "follow", E13_ANSWER_YES, g_strdup_printf ("it leads to '%s'", target));
  else if (setting > 0)
    e13_asking_add (asking, link->path, "follow", E13_ANSWER_NO,
                    g_strdup_printf ("it leads to '%s', and is somebody else's link in a sticky directory, which the "
                                     "kernel does not follow (fs.protected_symlinks)",
                                     target));
  else
    e13_asking_add (
        asking, link->path, "follow", E13_ANSWER_UNKNOWN,
        g_strdup_printf ("it leads to '%s'; somebody else's link in a sticky directory is not followed where "
                         "fs.protected_symlinks is on",
                         target));
}

/* Search on every directory among the first @n pins of @route but @asked_for_more, which may be NULL. */
static void
ask_way (E13Asking *asking, const E13Route *route, guint n, const E13Pin *asked_for_more)
{
  for (guint i = 0; i < n; i++)
    {
      const E13Pin *pin = pin_at (route, i);

      if (pin->facts.type == E13_TYPE_DIRECTORY && pin != asked_for_more && !passed_before (route, i))
        e13_asking_rights (asking, pin, "search", E13_RIGHT_EXECUTE);
      else if (pin->facts.type == E13_TYPE_SYMLINK)
        follow_link (asking, directory_of (route, pin), pin);
    }
}

static void
ask_way_to_the_end (E13Asking *asking, const E13Route *route)
{
  ask_way (asking, route, route->pins->len - 1, NULL);
}

/* ---- What is not there ----------------------------------------------------------------------- */

static gboolean
is_blocked (const E13Explanation *explanation)
{
  for (guint i = 0; i < explanation->chain->len; i++)
    {
      const E13Link *link = g_ptr_array_index (explanation->chain, i);

      if (!link->granted && !link->unknown)
        return TRUE;
    }
  return FALSE;
}

static char *
why_not_found (const E13Explanation *explanation, int error)
{
  switch (error)
    {
    case ENOENT:
      return g_strconcat ("it does not exist",
                          is_blocked (explanation) ? "; but as a directory above cannot be entered, the error is "
                                                     "Permission denied, not No such file or directory"
                                                   : "",
                          NULL);
    case ENODATA:
      return g_strdup ("nothing is known of it");
    case ELOOP:
      return g_strdup ("the links on the way lead in a circle, or are none that can be followed by their text");
    default:
      return g_strdup_printf ("it cannot be looked up: %s", g_strerror (error));
    }
}

/* The part of the path that the lookup did not get to. */
static void
add_missing (E13Asking *asking, const E13Route *route, const char *asked)
{
  const E13Pin *end = end_of (route);
  g_autofree char *path = g_build_filename (end->path, route->missing, NULL);
  gboolean certain = route->error == ENOENT || route->error == ELOOP || route->error == ENAMETOOLONG;

  if (route->error == ENOTDIR)
    e13_asking_add (
        asking, end->path, "search", E13_ANSWER_NO,
        g_strdup_printf ("it is a %s, not a directory: nothing lies below it", e13_object_type_name (end->facts.type)));
  else /* what this process could not see may be there for the identity */
    e13_asking_add (asking, path, asked, certain ? E13_ANSWER_NO : E13_ANSWER_UNKNOWN,
                    why_not_found (asking->explanation, route->error));
}

/* ---- The end of the way ---------------------------------------------------------------------- */

static void
explain_object (E13Asking *asking, const E13Route *route, E13Want want)
{
  const E13Pin *object = end_of (route);
  const char *asked = words[want].name;

  if (route->error != 0)
    {
      ask_way (asking, route, route->pins->len, NULL);
      add_missing (asking, route, asked);
      return;
    }
  if (want == E13_WANT_RUN && object->facts.type == E13_TYPE_DIRECTORY)
    asked = "search";
  ask_way_to_the_end (asking, route);
  e13_asking_rights (asking, object, asked, words[want].rights);
}

/* In a directory, or in the nearest that there is; a file that is there already is replaced in its own. */
static void
explain_create (E13Asking *asking, const E13Route *route)
{
  const E13Pin *end = end_of (route);

  if (route->error != 0 && route->error != ENOENT && route->error != ENODATA)
    {
      explain_object (asking, route, E13_WANT_CREATE);
      return;
    }
  if (end->facts.type != E13_TYPE_DIRECTORY)
    end = directory_of (route, end);
  ask_way (asking, route, route->pins->len - (route->error == 0), end);
  e13_asking_rights (asking, end, "create", CHANGE_NAMES);
}

/* ---- Deleting -------------------------------------------------------------------------------- */

/* The path whose last component is what is to be deleted: as given, so that a link is deleted and not what it leads to,
 * unless the last component is no name. */
static char *
path_to_delete (const E13Route *route)
{
  g_autofree char *path = g_strdup (route->given);
  gsize length = strlen (path);
  const char *name;

  while (length > 1 && path[length - 1] == '/')
    path[--length] = '\0';
  name = strrchr (path, '/');
  if (name == NULL || name[1] == '\0' || g_str_equal (name, "/.") || g_str_equal (name, "/.."))
    return g_strdup (route->resolved);
  return g_steal_pointer (&path);
}

static gboolean
explain_delete (E13Asking *asking, const E13Route *route, GError **error)
{
  g_autofree char *path = path_to_delete (route);
  g_autofree char *parent_path = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (E13Route) way = route_to (asking->asker, parent_path, error);
  g_autofree char *object_path = NULL;
  const E13Pin *object;

  if (way == NULL)
    return FALSE;
  object_path = g_str_equal (path, "/") ? g_strdup (path) : g_build_filename (way->resolved, name, NULL);
  object = way->error == 0 ? find_pin (route, object_path) : NULL;
  if (object == NULL) /* it is not there, nor perhaps its directory */
    {
      explain_object (asking, route, E13_WANT_DELETE);
      return TRUE;
    }
  ask_way_to_the_end (asking, way);
  e13_asking_rights (asking, end_of (way), "delete", CHANGE_NAMES);
  e13_asking_delete (asking, end_of (way), object);
  return TRUE;
}

/* ---- All of it ------------------------------------------------------------------------------- */

static E13YesNo
sum_up (const GPtrArray *chain)
{
  E13YesNo answer = E13_ANSWER_YES;

  for (guint i = 0; i < chain->len; i++)
    {
      const E13Link *link = g_ptr_array_index (chain, i);

      if (link->unknown)
        answer = E13_ANSWER_UNKNOWN;
      else if (!link->granted)
        return E13_ANSWER_NO;
    }
  return answer;
}

/* On Windows names are not changed through the directory alone, and no links are followed on the way: what decides is
 * the object, or where it is not there the directory that it would be made in. */
static void
explain_for_token (E13Asking *asking, const E13Route *route, const E13Wanted *wanted)
{
  const E13Pin *object = end_of (route);
  g_autoptr (GPtrArray) above = g_ptr_array_new ();

  if (wanted->want == E13_WANT_CREATE && object->facts.type != E13_TYPE_DIRECTORY)
    object = directory_of (route, object);
  for (const E13Pin *pin = holder_of (route, object); pin != NULL; pin = holder_of (route, pin))
    g_ptr_array_add (above, (gpointer)pin);
  e13_descriptor_ask_way (asking, (const E13Pin *const *)above->pdata, above->len);
  if (route->error != 0 && wanted->want != E13_WANT_CREATE)
    {
      g_autofree char *asked = e13_wanted_name (wanted);

      add_missing (asking, route, asked);
      return;
    }
  e13_descriptor_ask (asking, object, (const E13Pin *const *)above->pdata, above->len, wanted);
}

static gboolean
explain_want (E13Asking *asking, const E13Route *route, const E13Wanted *wanted, GError **error)
{
  if (asking->identity->token != NULL)
    explain_for_token (asking, route, wanted);
  else if (wanted->want == E13_WANT_DELETE)
    return explain_delete (asking, route, error);
  else if (wanted->want == E13_WANT_CREATE)
    explain_create (asking, route);
  else
    explain_object (asking, route, wanted->want);
  return TRUE;
}

static void
find_pitfalls (E13Asking *asking, const E13Route *route, const E13Wanted *wanted)
{
  const E13Pin *end = end_of (route);
  gboolean exists = route->error == 0;
  const E13Situation situation
      = { asking, route, wanted, exists ? end : NULL, exists ? directory_of (route, end) : end };

  if (asking->identity->token == NULL)
    e13_pitfalls_find (&situation);
}

static E13Explanation *
explain_at (const E13Asker *asker, const char *path, const E13Wanted *wanted, guint depth, GError **error)
{
  g_autoptr (E13Route) route = NULL;
  g_autoptr (E13Explanation) explanation = NULL;
  g_auto (E13Asking) asking = { 0 };

  route = route_to (asker, path, error);
  if (route == NULL)
    return NULL;
  explanation = explanation_new (asker, path, wanted);
  explanation->error = route->error;
  e13_asking_init (&asking, asker, explanation);
  asking.depth = depth;
  if (!explain_want (&asking, route, wanted, error))
    return NULL;
  explanation->permitted = sum_up (explanation->chain);
  find_pitfalls (&asking, route, wanted);
  explanation->granted = sum_up (explanation->chain);
  return g_steal_pointer (&explanation);
}

E13Explanation *
e13_explain_path (const E13Asker *asker, const char *path, const E13Wanted *wanted, GError **error)
{
  if (wanted->want == E13_WANT_MASK && asker->identity->token == NULL)
    return e13_throw (error, E13_ERROR_USAGE,
                      "--want takes an access mask only for an account of Windows: read, write, run, create or delete"),
           NULL;
  return explain_at (asker, path, wanted, 0, error);
}

E13Explanation *
e13_explain_below (const E13Asker *asker, const char *path, const E13Wanted *wanted, guint depth)
{
  return explain_at (asker, path, wanted, depth, NULL);
}
