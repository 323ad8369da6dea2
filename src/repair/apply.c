/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/apply.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "policy/guarded.h"
#include "repair/parallel.h"

typedef struct
{
  const E13ApplyRequest *request;
  GPtrArray *changes; /* those of one step; not owned */
} Step;

/* ---- One change ------------------------------------------------------------------------------ */

/* An error on the way to an object says that its place was changed; the same error from writing is the system's. */
static gboolean
is_absence (const GError *error)
{
  return g_error_matches (error, E13_ERRNO, ENOENT) || g_error_matches (error, E13_ERRNO, ENOTDIR)
#ifdef ESTALE /* Windows has no such state */
         || g_error_matches (error, E13_ERRNO, ESTALE)
#endif
         || g_error_matches (error, E13_ERRNO, ELOOP) || g_error_matches (error, E13_ERRNO, EXDEV);
}

static E13Pin *
pin (const E13ApplyRequest *request, const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  E13Pin *pinned = request->read->hold (request->tree, path, &cause);

  if (pinned != NULL)
    return pinned;
  if (is_absence (cause))
    e13_throw (error, E13_ERROR_MOVED, "%s", cause->message);
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static gboolean
set (const E13ApplyRequest *request, E13Change *change, GError **error)
{
  E13Pin *pinned = pin (request, change->path, error);
  gboolean done;

  if (pinned == NULL)
    return FALSE;
  done = request->write->set (pinned, &change->key, &change->before, &change->after, request->undoing, error);
  request->read->unpin (pinned);
  return done;
}

/* The directory that holds @path's last component, which is @ret_name (within @path). */
static E13Pin *
pin_parent (const E13ApplyRequest *request, const char *path, const char **ret_name, GError **error)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *parent = g_strndup (path, slash != NULL ? (gsize)(slash - path) : 0);

  *ret_name = slash != NULL ? slash + 1 : path;
  return pin (request, parent, error);
}

/* Labels, the list for auditing and what is said of them are the system's to give: as the directory has them they are
 * right, and only its DACL is ours to set. */
static void
take_all_but_dacl (E13Change *change, const E13Facts *made)
{
  const guint16 of_dacl = E13_SD_DACL_PRESENT | E13_SD_DACL_DEFAULTED | E13_SD_DACL_AUTO_INHERIT_REQ
                          | E13_SD_DACL_AUTO_INHERITED | E13_SD_DACL_PROTECTED;
  gsize size;
  const guint8 *data = g_bytes_get_data (change->after.sd, &size);
  g_autoptr (E13SecurityDescriptor) sd = made->sd != NULL ? e13_sd_decode (data, size, NULL) : NULL;
  GBytes *whole;

  if (sd == NULL)
    return;
  e13_win_acl_free (sd->sacl);
  sd->sacl = made->sd->sacl != NULL ? e13_win_acl_copy (made->sd->sacl) : NULL;
  sd->control = (guint16)((sd->control & of_dacl) | (made->sd->control & ~of_dacl));
  sd->sbz1 = made->sd->sbz1;
  whole = e13_sd_encode (sd, NULL);
  if (whole == NULL)
    return;
  g_bytes_unref (change->after.sd);
  change->after.sd = whole;
}

/* Gives the directory just made what the change says, beyond what it got from its parent. */
static gboolean
finish_directory (const E13ApplyRequest *request, E13Pin *made, E13Change *change, GError **error)
{
  g_auto (E13Attributes) fresh = { 0 };

  change->key = made->facts.key;
  if (change->after.sd != NULL)
    take_all_but_dacl (change, &made->facts);
  e13_attributes_from_facts (&fresh, &made->facts);
  if (e13_attributes_equal (&fresh, &change->after))
    return TRUE;
  return request->write->set (made, &change->key, &fresh, &change->after, request->undoing, error);
}

/* What lies over the place by now may belong to anybody. */
static gboolean
is_on_the_mount (const E13Pin *parent, const E13ObjectKey *judged, GError **error)
{
  if (judged->mount_id == 0 || parent->facts.key.mount_id == judged->mount_id)
    return TRUE;
  return e13_throw (error, E13_ERROR_MOVED, "another file system has been mounted over the directory above it");
}

static gboolean
make_directory (const E13ApplyRequest *request, E13Change *change, GError **error)
{
  const char *name;
  E13Pin *parent = pin_parent (request, change->path, &name, error);
  E13Pin *made;
  gboolean done;

  if (parent == NULL)
    return FALSE;
  made = is_on_the_mount (parent, &change->key, error)
             ? request->write->make_directory (parent, name, change->after.sd, error)
             : NULL;
  if (made == NULL)
    {
      request->read->unpin (parent);
      return FALSE;
    }
  done = finish_directory (request, made, change, error);
  request->read->unpin (made);
  if (!done)
    request->write->remove_directory (parent, name, &change->key, NULL);
  request->read->unpin (parent);
  return done;
}

static gboolean
remove_directory (const E13ApplyRequest *request, const E13Change *change, GError **error)
{
  const char *name;
  E13Pin *parent = pin_parent (request, change->path, &name, error);
  g_autoptr (GError) cause = NULL;
  gboolean done;

  if (parent == NULL)
    return FALSE;
  done = request->write->remove_directory (parent, name, &change->key, &cause);
  request->read->unpin (parent);
  if (done)
    return TRUE;
  if (g_error_matches (cause, E13_ERRNO, ENOTEMPTY) || g_error_matches (cause, E13_ERRNO, EEXIST))
    return e13_throw (error, E13_ERROR_REFUSED, "it is kept, since something was put into it");
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
rewrite (const E13ApplyRequest *request, const E13Change *change, GError **error)
{
  const char *name;
  E13Pin *parent = pin_parent (request, change->path, &name, error);
  gboolean done;

  if (parent == NULL)
    return FALSE;
  done = request->write->rewrite (parent, name, &change->key, change->before.content, change->after.content, error);
  request->read->unpin (parent);
  return done;
}

static gboolean
make (const E13ApplyRequest *request, E13Change *change, GError **error)
{
  switch (change->kind)
    {
    case E13_CHANGE_MAKE_DIRECTORY:
      return make_directory (request, change, error);
    case E13_CHANGE_REMOVE_DIRECTORY:
      return remove_directory (request, change, error);
    case E13_CHANGE_REWRITE:
      return rewrite (request, change, error);
    case E13_CHANGE_SET:
    default:
      return set (request, change, error);
    }
}

static void
settle (guint index, gpointer data)
{
  const Step *step = data;
  const E13ApplyRequest *request = step->request;
  E13Change *change = step->changes->pdata[index];
  g_autoptr (GError) error = NULL;

  if (request->cancelled != NULL && g_atomic_int_get (request->cancelled))
    return;
  if (make (request, change, &error))
    change->outcome = E13_OUTCOME_DONE;
  else
    {
      gboolean refused = g_error_matches (error, E13_ERROR, E13_ERROR_MOVED)
                         || g_error_matches (error, E13_ERROR, E13_ERROR_REFUSED);

      change->outcome = refused ? E13_OUTCOME_REFUSED : E13_OUTCOME_FAILED;
      change->reason = g_strdup (error->message);
    }
  if (request->n_done != NULL)
    g_atomic_int_inc (request->n_done);
}

/* ---- All of them, step by step --------------------------------------------------------------- */

typedef enum
{
  STEP_OUTSIDE, /* the parents of the site */
  STEP_INSIDE,  /* each by itself, so by all threads */
  STEP_WATCHED, /* ASP.NET restarts the application when these change: last, and once */
  STEP_MAKE,    /* after the parents got their lists: making an entry changes the state that the plan judged */
  STEP_REMOVE,
  N_STEPS,
} StepKind;

static gboolean
is_watched (const E13Change *change)
{
  return change->before.sd != NULL && e13_guarded_restarts (change->path);
}

static StepKind
step_of (const E13Change *change)
{
  if (change->kind == E13_CHANGE_MAKE_DIRECTORY)
    return STEP_MAKE;
  if (change->kind == E13_CHANGE_REMOVE_DIRECTORY)
    return STEP_REMOVE;
  if (is_watched (change))
    return STEP_WATCHED;
  return change->path[0] == '/' ? STEP_OUTSIDE : STEP_INSIDE;
}

static gint
compare_paths_backwards (gconstpointer a, gconstpointer b)
{
  return e13_change_compare_paths (b, a);
}

static GPtrArray *
changes_of (const GPtrArray *changes, StepKind kind)
{
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      E13Change *change = changes->pdata[i];

      if (change->outcome == E13_OUTCOME_PENDING && step_of (change) == kind)
        g_ptr_array_add (chosen, change);
    }
  if (kind == STEP_MAKE)
    g_ptr_array_sort (chosen, e13_change_compare_paths);
  else if (kind == STEP_REMOVE)
    g_ptr_array_sort (chosen, compare_paths_backwards);
  return chosen;
}

guint
e13_apply (const E13ApplyRequest *request, GPtrArray *changes)
{
  static const StepKind doing[] = { STEP_OUTSIDE, STEP_INSIDE, STEP_MAKE, STEP_REMOVE, STEP_WATCHED };
  static const StepKind undoing[] = { STEP_INSIDE, STEP_MAKE, STEP_REMOVE, STEP_OUTSIDE, STEP_WATCHED };
  guint left = 0;

  for (guint i = 0; i < N_STEPS; i++)
    {
      StepKind kind = request->undoing ? undoing[i] : doing[i];
      g_autoptr (GPtrArray) chosen = changes_of (changes, kind);
      Step step = { request, chosen };

      e13_parallel_each (chosen->len, kind == STEP_INSIDE ? request->n_threads : 1, settle, &step);
    }
  for (guint i = 0; i < changes->len; i++)
    left += ((const E13Change *)changes->pdata[i])->outcome != E13_OUTCOME_DONE;
  return left;
}
