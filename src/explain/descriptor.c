/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "explain/descriptor.h"

#include <string.h>

#include "access/windows-explain.h"
#include "base/quote.h"
#include "explain/cure.h"

/* ---- The way ----------------------------------------------------------------------------------------------------- */

static gboolean
bypasses (const E13Asking *asking)
{
  return (asking->identity->token->privileges & E13_PRIVILEGE_CHANGE_NOTIFY) != 0;
}

static void
ask_to_pass (E13Asking *asking, const E13Pin *directory, const char *asked)
{
  const E13SecurityDescriptor *sd = directory->facts.sd;
  const char *because = "the account does not bypass traverse checking, so it needs Traverse here";
  E13YesNo granted = E13_ANSWER_UNKNOWN;

  if (bypasses (asking))
    {
      granted = E13_ANSWER_YES;
      because = "accounts bypass traverse checking: no directory on the way needs a right";
    }
  else if (sd != NULL)
    granted = e13_windows_may_pass (sd, asking->identity->token) ? E13_ANSWER_YES : E13_ANSWER_NO;
  e13_asking_add (asking, directory->path, asked, granted, g_strdup (because));
}

void
e13_descriptor_ask_way (E13Asking *asking, const E13Pin *const *above, gsize n_above)
{
  gsize n = bypasses (asking) ? MIN (n_above, 1) : n_above;

  for (gsize i = n; i > 0; i--)
    ask_to_pass (asking, above[i - 1], "pass");
}

/* ---- The object -------------------------------------------------------------------------------------------------- */

static guint32
mask_of (const E13Wanted *wanted, E13ObjectType type)
{
  switch (wanted->want)
    {
    case E13_WANT_READ:
      return e13_access_mask (type, E13_RIGHT_READ);
    case E13_WANT_WRITE:
      return e13_access_mask (type, E13_RIGHT_WRITE);
    case E13_WANT_RUN:
      return e13_access_mask (type, E13_RIGHT_EXECUTE);
    case E13_WANT_CREATE:
      return E13_MASK_WRITE_DATA | E13_MASK_APPEND_DATA;
    case E13_WANT_DELETE:
      return E13_MASK_DELETE;
    default:
      return e13_mask_map_generic (wanted->mask);
    }
}

/* One object, and what lies above it. */
typedef struct
{
  const E13Pin *object;
  const E13Above *above; /* nearest first */
  gsize n_above;
  guint32 mask;
  E13WinQuestion question;
  E13WinVerdict verdict;
} Case;

static const E13SecurityDescriptor *
parent_of (const Case *one)
{
  return one->n_above > 0 ? one->above[0].sd : NULL;
}

/* The same question about the directory that holds the object. */
static E13WinQuestion
question_of_parent (const Case *one, guint32 mask)
{
  return (E13WinQuestion){ parent_of (one), TRUE, one->above + 1, one->n_above - 1, one->question.token, mask };
}

/* What the parent lets whoever does it do to what it holds. */
static guint32
part_of_parent (const Case *one)
{
  return (one->mask & E13_MASK_DELETE) != 0 ? E13_MASK_DELETE_CHILD : E13_MASK_READ_DATA;
}

static char *
why_by_parent (const Case *one)
{
  E13WinQuestion question = question_of_parent (one, part_of_parent (one));
  E13WinVerdict verdict = e13_windows_judge (question.sd, question.token, question.want);
  g_autofree char *wanted = e13_mask_describe (one->mask);
  g_autofree char *why = e13_windows_explain_granted (&question, &verdict);

  return g_strdup_printf ("needs %s, or in place of it a right to its directory '%s': that %s", wanted,
                          one->above[0].path, why);
}

static char *
why_granted (const Case *one)
{
  return one->verdict.decider == E13_WIN_BY_PARENT ? why_by_parent (one)
                                                   : e13_windows_explain_granted (&one->question, &one->verdict);
}

/* Whoever may delete what a directory holds needs no right to the object. */
static char *
why_not (const Case *one)
{
  g_autofree char *why = e13_windows_explain (&one->question);
  g_autofree char *child = e13_mask_describe (E13_MASK_DELETE_CHILD);

  if (one->mask != E13_MASK_DELETE || one->n_above == 0)
    return g_steal_pointer (&why);
  return g_strdup_printf ("%s; %s of its directory '%s' would do as well, and is not %s", why, child,
                          one->above[0].path, parent_of (one) != NULL ? "given either" : "known");
}

static E13YesNo
judge (Case *one)
{
  if (one->question.sd == NULL)
    return E13_ANSWER_UNKNOWN;
  one->verdict = e13_windows_judge_inside (one->question.sd, parent_of (one), one->question.token, one->mask);
  if (one->verdict.unsure != 0)
    return E13_ANSWER_UNKNOWN;
  if (!one->verdict.granted && (one->mask & E13_MASK_DELETE) != 0 && parent_of (one) == NULL && one->n_above > 0
      && e13_windows_judge (one->question.sd, one->question.token, one->mask & ~E13_MASK_DELETE).granted)
    return E13_ANSWER_UNKNOWN;
  return one->verdict.granted ? E13_ANSWER_YES : E13_ANSWER_NO;
}

static char *
asked_of (const E13Wanted *wanted, E13ObjectType type)
{
  g_autofree char *name = e13_wanted_name (wanted);
  g_autofree char *described = e13_mask_describe (wanted->mask);

  if (wanted->want == E13_WANT_RUN && type == E13_TYPE_DIRECTORY)
    return g_strdup ("search");
  return wanted->want == E13_WANT_MASK ? g_strdup_printf ("%s (%s)", name, described) : g_steal_pointer (&name);
}

static char *
shown_path (const E13Asking *asking, const char *path)
{
  g_autofree char *written = g_strdup (path);

  if (!asking->explanation->is_windows)
    return e13_quote_display (path);
  g_strdelimit (written, "/", '\\');
  return e13_quote_windows (written);
}

/* ---- What no entry decides --------------------------------------------------------------------------------------- */

/* What is denied to all by an attribute of a file. */
static const struct
{
  E13ObjectAttributes attribute;
  guint32 mask; /* it keeps from */
  const char *because;
  const char *cure; /* before the path */
} overruling[] = {
  { E13_ATTRIBUTE_READ_ONLY, E13_MASK_WRITE_DATA | E13_MASK_APPEND_DATA,
    "the read-only attribute is set, which no entry overrules", "attrib -R" },
  { E13_ATTRIBUTE_ENCRYPTED, E13_MASK_READ_DATA,
    "it is encrypted by the file system: only who encrypted it can read it", "as who encrypted it: cipher /d" },
};

static gboolean
keeps (gsize row, const Case *one)
{
  const E13Facts *facts = &one->object->facts;

  return facts->type == E13_TYPE_FILE && (facts->attributes & overruling[row].attribute) != 0
         && (one->mask & overruling[row].mask) != 0;
}

/* Adds the cure of each attribute of the object that keeps from what is asked, and to @because, which it takes over and
 * may be NULL, why. */
static char *
add_overruling (E13Asking *asking, const Case *one, char *because)
{
  g_autofree char *shown = shown_path (asking, one->object->path);
  g_autofree char *quoted = e13_quote_cmd (shown);

  for (gsize i = 0; i < G_N_ELEMENTS (overruling); i++)
    {
      g_autofree char *before = NULL;

      if (!keeps (i, one))
        continue;
      before = because;
      because = before != NULL ? g_strdup_printf ("%s; besides, %s", before, overruling[i].because)
                               : g_strdup (overruling[i].because);
      g_ptr_array_add (asking->explanation->cures, g_strdup_printf ("%s %s", overruling[i].cure, quoted));
    }
  return because;
}

static gboolean
is_overruled (const Case *one)
{
  for (gsize i = 0; i < G_N_ELEMENTS (overruling); i++)
    if (keeps (i, one))
      return TRUE;
  return FALSE;
}

/* As its own machine writes it; NULL where that is not known. */
static char *
path_there (const E13Asking *asking, const E13Pin *object)
{
  if (asking->explanation->is_windows)
    return g_strdelimit (g_strdup (object->path), "/", '\\');
  return asking->ops->path_there != NULL ? asking->ops->path_there (object) : NULL;
}

static void
ask_object (E13Asking *asking, Case *one, const char *asked)
{
  E13YesNo by_entries = judge (one);
  char *because = by_entries == E13_ANSWER_YES ? why_granted (one) : why_not (one);
  E13YesNo granted = is_overruled (one) ? E13_ANSWER_NO : by_entries;

  g_autofree char *there = path_there (asking, one->object);

  if (by_entries == E13_ANSWER_NO)
    e13_cure_descriptor (asking->explanation->cures, one->object->path, there, &one->object->facts,
                         asking->identity->token, one->mask);
  if (by_entries == E13_ANSWER_YES && granted == E13_ANSWER_NO)
    g_clear_pointer (&because, g_free);
  because = add_overruling (asking, one, because);
  e13_asking_add (asking, one->object->path, asked, granted, because);
}

/* Errors 13 that are none of permissions. */
static void
remark_on_place (E13Asking *asking, const Case *one)
{
  static const char where_scripts_start[] = "/system32/inetsrv";
  g_autofree char *lower = g_ascii_strdown (one->object->path, -1);

  g_strdelimit (lower, "\\", '/');
  if (one->object->facts.type == E13_TYPE_DIRECTORY && one->mask != 0)
    g_ptr_array_add (asking->explanation->remarks,
                     g_strdup ("A script that opens this directory as if it were a file gets Errno 13, whatever its "
                               "entries say."));
  if (strstr (lower, where_scripts_start) != NULL)
    g_ptr_array_add (
        asking->explanation->remarks,
        g_strdup ("Scripts under FastCGI start here: a relative path in a script leads to this place. Give "
                  "the script an absolute path; nothing is to be granted here."));
}

void
e13_descriptor_ask (E13Asking *asking, const E13Pin *object, const E13Pin *const *above, gsize n_above,
                    const E13Wanted *wanted)
{
  g_autofree E13Above *known = g_new0 (E13Above, n_above + 1);
  g_autofree char *asked = asked_of (wanted, object->facts.type);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  Case one = { object, known, n_above, mask_of (wanted, object->facts.type), { 0 }, { 0 } };

  for (gsize i = 0; i < n_above; i++)
    {
      g_ptr_array_add (paths, shown_path (asking, above[i]->path));
      known[i] = (E13Above){ above[i]->facts.sd, paths->pdata[i] };
    }
  one.question = (E13WinQuestion){
    object->facts.sd, object->facts.type == E13_TYPE_DIRECTORY, known, n_above, asking->identity->token, one.mask,
  };
  remark_on_place (asking, &one);
  if (one.mask == 0)
    {
      ask_to_pass (asking, object, asked);
      return;
    }
  ask_object (asking, &one, asked);
}
