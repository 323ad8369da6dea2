/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "explain/asking.h"

#include <errno.h>

#include "base/quote.h"
#include "explain/cure.h"

/* One question and its answer in the making. */
typedef struct
{
  E13Asking *asking;
  const E13Pin *pin;
  E13Rights rights;
  E13Verdict verdict; /* the model's, which explains what the kernel says */
  gboolean by_kernel;
} Question;

void
e13_asking_init (E13Asking *asking, const E13Asker *asker, E13Explanation *explanation)
{
  /* No kernel that we could ask knows tokens. */
  gboolean ask_kernel = asker->ask_kernel && asker->identity->token == NULL;

  *asking = (E13Asking){
    .asker = asker,
    .ops = asker->ops,
    .identity = asker->identity,
    .ask_kernel = ask_kernel,
    .names = { asker->ops->user_name, asker->ops->group_name },
    .explanation = explanation,
  };
  explanation->judge = ask_kernel ? E13_JUDGE_KERNEL : E13_JUDGE_MODEL;
}

void
e13_asking_clear (E13Asking *asking)
{
  e13_mount_clear (&asking->mount);
}

/* An unknown mount is one without properties: it explains nothing. */
static void
look_up_mount (E13Asking *asking, const E13Pin *pin)
{
  if (asking->mount_id != 0 && asking->mount_id == pin->facts.key.mount_id)
    return;
  e13_mount_clear (&asking->mount);
  asking->mount = (E13Mount){ 0 };
  asking->mount_id = pin->facts.key.mount_id;
  asking->ops->mount_of (pin, &asking->mount, NULL);
}

static void
model_adds (E13Asking *asking)
{
  if (asking->explanation->judge == E13_JUDGE_KERNEL)
    asking->explanation->judge = E13_JUDGE_KERNEL_AND_MODEL;
}

void
e13_asking_add (E13Asking *asking, const char *path, const char *asked, E13YesNo granted, char *because)
{
  E13Link *link = g_new0 (E13Link, 1);

  link->path = g_strdup (path);
  link->asked = g_strdup (asked);
  link->granted = granted == E13_ANSWER_YES;
  link->unknown = granted == E13_ANSWER_UNKNOWN;
  link->because = because;
  g_ptr_array_add (asking->explanation->chain, link);
}

/* ---- Whether, and why ------------------------------------------------------------------------ */

static gboolean
wants (const Question *question, E13Rights rights)
{
  return (question->rights & rights) != 0;
}

/* What beside permission bits denies, as the errno that the kernel gives; 0: nothing. For the model; the kernel knows
 * by itself. */
static int
denied_beside_bits (const Question *question)
{
  const E13Facts *facts = &question->pin->facts;
  const E13Mount *mount = &question->asking->mount;

  if (wants (question, E13_RIGHT_WRITE) && mount->read_only
      && (facts->type == E13_TYPE_FILE || facts->type == E13_TYPE_DIRECTORY))
    return EROFS;
  if (wants (question, E13_RIGHT_WRITE) && (facts->attributes & E13_ATTRIBUTE_IMMUTABLE))
    return EPERM;
  return 0;
}

static gboolean
is_noexec (const Question *question)
{
  return wants (question, E13_RIGHT_EXECUTE) && question->asking->mount.noexec
         && question->pin->facts.type == E13_TYPE_FILE;
}

/* Is there an ACL, for all we know, that could change the verdict of the mode alone? */
static gboolean
acl_is_missed (const Question *question)
{
  const E13Facts *facts = &question->pin->facts;
  E13Rights surely, surely_not;

  if (facts->acl_state == E13_ACL_READ || facts->acl_state == E13_ACL_UNSUPPORTED)
    return FALSE;
  e13_posix_bounds (facts, question->asking->identity, question->rights, &surely, &surely_not);
  return surely != question->rights && surely_not == E13_RIGHT_NONE;
}

/* 0, or why not: the kernel's errno, or the model's in its place. */
static int
decide (Question *question)
{
  E13Asking *asking = question->asking;
  E13Answer answer = { .unknown = TRUE };
  int error;

  if (asking->ask_kernel)
    answer = asking->ops->ask (question->pin, asking->identity, question->rights);
  question->by_kernel = !answer.unknown;
  if (question->by_kernel && answer.error == 0 && (answer.granted & question->rights) == question->rights)
    return 0;
  if (question->by_kernel)
    return answer.error != 0 ? answer.error : EACCES;
  asking->explanation->judge = E13_JUDGE_MODEL;
  error = denied_beside_bits (question);
  if (error == 0 && (question->verdict.granted != question->rights || is_noexec (question)))
    error = EACCES;
  return error;
}

static char *
sentence (const Question *question)
{
  return e13_posix_explain (&question->pin->facts, question->asking->identity, &question->verdict, question->rights,
                            &question->asking->names);
}

static char *
why_granted (const Question *question)
{
  g_autofree char *bits = sentence (question);

  if (question->verdict.granted == question->rights)
    return g_steal_pointer (&bits);
  return g_strdup_printf ("the kernel grants it, though the permission bits would not (%s): the file system decides by "
                          "rules of its own",
                          bits);
}

static char *
mount_denies (const Question *question, const char *how)
{
  const E13Mount *mount = &question->asking->mount;
  g_autofree char *mount_point = mount->mount_point != NULL ? e13_quote_display (mount->mount_point) : NULL;

  return mount_point != NULL ? g_strdup_printf ("the file system at '%s' is mounted %s", mount_point, how)
                             : g_strdup_printf ("the file system is mounted %s", how);
}

/* EACCES: the permission bits, or whatever hides behind them. */
static char *
why_no_access (const Question *question)
{
  const E13Asking *asking = question->asking;
  GPtrArray *cures = asking->explanation->cures;
  const E13Pin *pin = question->pin;

  if (question->verdict.granted != question->rights)
    {
      e13_cure_grant (cures, pin->path, &pin->facts, &asking->mount, asking->identity, question->rights);
      return sentence (question);
    }
  if (is_noexec (question))
    {
      e13_cure_noexec (cures, &asking->mount);
      return mount_denies (question, "noexec");
    }
  if (acl_is_missed (question))
    return g_strdup ("the mode would grant this; the ACL, which could not be read, or a security label denies it");
  return g_strdup (
      "the permission bits would grant this; something else denies it: a security label (SELinux, AppArmor) "
      "or the file system itself");
}

static char *
why_not (const Question *question, int error)
{
  GPtrArray *cures = question->asking->explanation->cures;
  const E13Pin *pin = question->pin;

  switch (error)
    {
    case EACCES:
      return why_no_access (question);
    case EROFS:
      e13_cure_read_only (cures, &question->asking->mount);
      return mount_denies (question, "read-only");
    case ETXTBSY:
      return g_strdup ("it is being executed right now");
    case EPERM:
      if (pin->facts.attributes & E13_ATTRIBUTE_IMMUTABLE)
        {
          e13_cure_flag (cures, pin->path, 'i');
          return g_strdup ("it is immutable (chattr +i): not even root writes it");
        }
      break;
    default:
      break;
    }
  return g_strdup_printf ("the kernel says: %s", g_strerror (error));
}

/* An append-only file opens for appending, so the kernel says yes to w; whatever else writes it fails. */
static gboolean
is_append_only (const Question *question)
{
  return wants (question, E13_RIGHT_WRITE) && question->pin->facts.type == E13_TYPE_FILE
         && (question->pin->facts.attributes & E13_ATTRIBUTE_APPEND_ONLY);
}

/* What makes the answer uncertain, or less than the whole truth. */
static char *
with_reservations (const Question *question, char *because, E13YesNo *granted)
{
  const E13Asking *asking = question->asking;
  g_autofree char *plain = because;

  if (asking->mount.is_network)
    {
      *granted = E13_ANSWER_UNKNOWN;
      return g_strdup_printf ("%s; but the server of this file system (%s) decides, and may map accounts differently",
                              plain, asking->mount.fs_type != NULL ? asking->mount.fs_type : "network");
    }
  if (!question->by_kernel && acl_is_missed (question))
    *granted = E13_ANSWER_UNKNOWN;
  if (*granted == E13_ANSWER_YES && wants (question, E13_RIGHT_WRITE)
      && (asking->mount.no_bytes_left || asking->mount.no_inodes_left))
    return g_strdup_printf ("%s; but the file system has no %s left", plain,
                            asking->mount.no_bytes_left ? "space" : "inodes");
  if (asking->ask_kernel && !question->by_kernel)
    return g_strdup_printf ("%s (by the model: the kernel could not be asked)", plain);
  return g_steal_pointer (&plain);
}

void
e13_asking_rights (E13Asking *asking, const E13Pin *pin, const char *asked, E13Rights rights)
{
  Question question = { .asking = asking, .pin = pin, .rights = rights };
  E13YesNo granted;
  char *because;
  int error;

  look_up_mount (asking, pin);
  question.verdict = e13_posix_judge (&pin->facts, asking->identity, rights);
  error = decide (&question);
  granted = error == 0 ? E13_ANSWER_YES : E13_ANSWER_NO;
  if (granted == E13_ANSWER_YES && is_append_only (&question))
    {
      granted = E13_ANSWER_NO;
      because = g_strdup ("it is append-only (chattr +a): data can be added at its end, but nothing overwritten");
      e13_cure_flag (asking->explanation->cures, pin->path, 'a');
      model_adds (asking);
    }
  else
    because = granted == E13_ANSWER_YES ? why_granted (&question) : why_not (&question, error);
  because = with_reservations (&question, because, &granted);
  e13_asking_add (asking, pin->path, asked, granted, because);
}

/* ---- Deleting -------------------------------------------------------------------------------- */

static void
cure_delete (GPtrArray *cures, const E13Pin *directory, const E13Pin *object)
{
  const E13Pin *pins[] = { directory, object };

  if (object->facts.attributes & E13_ATTRIBUTE_MOUNT_ROOT)
    {
      g_autofree char *shell_path = e13_quote_shell_display (object->path);

      g_ptr_array_add (cures, g_strdup_printf ("umount %s, if it may go", shell_path));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (pins); i++)
    {
      if (pins[i]->facts.attributes & E13_ATTRIBUTE_IMMUTABLE)
        e13_cure_flag (cures, pins[i]->path, 'i');
      if (pins[i]->facts.attributes & E13_ATTRIBUTE_APPEND_ONLY)
        e13_cure_flag (cures, pins[i]->path, 'a');
    }
}

void
e13_asking_delete (E13Asking *asking, const E13Pin *directory, const E13Pin *object)
{
  char *because = e13_posix_why_not_unlink (&directory->facts, &object->facts, asking->identity, &asking->names);

  model_adds (asking);
  if (because != NULL)
    cure_delete (asking->explanation->cures, directory, object);
  e13_asking_add (asking, object->path, "delete", because != NULL ? E13_ANSWER_NO : E13_ANSWER_YES,
                  because != NULL ? because : g_strdup ("no flag, mount or sticky directory protects it"));
}
