/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <string.h>

#include "audit/auditor.h"
#include "base/error.h"
#include "base/quote.h"

/* ---- One directory --------------------------------------------------------------------------- */

static E13Finding *
unknown_new (const char *path, const E13Facts *facts, char *sentence, char *because)
{
  E13Finding *finding = e13_finding_new (&e13_rules[E13_RULE_UNKNOWN], path, facts);

  finding->sentence = sentence;
  finding->because = because;
  return finding;
}

/* The pinned entry. One that has changed since the walk saw it is pinned as it is now, and @ret_moved is set. NULL
 * where it has gone; where it cannot be pinned for another reason that is reported: silence would pass for a clean
 * answer. */
static E13Pin *
pin_entry (E13Auditor *auditor, const E13Batch *batch, gsize index, gboolean *ret_moved)
{
  const E13ReadOps *ops = auditor->request->ops;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  E13Pin *pin = ops->pin_entry (batch, index, &error);
  gboolean already_said;

  *ret_moved = g_error_matches (error, E13_ERROR, E13_ERROR_MOVED);
  if (pin != NULL)
    return pin;
  path = e13_auditor_path (batch, index);
  if (*ret_moved)
    {
      g_clear_error (&error);
      pin = ops->pin (auditor->request->tree, path, &error);
      if (pin != NULL && !auditor->request->cross_mounts
          && pin->facts.key.mount_id != auditor->request->tree->root->facts.key.mount_id)
        {
          /* Something was mounted over it: it is none of the site's. */
          g_clear_pointer (&pin, ops->unpin);
          return NULL;
        }
    }
  already_said = index == E13_THE_DIRECTORY && batch->dir->error != 0; /* that it cannot be listed */
  if (pin == NULL && !already_said && !g_error_matches (error, E13_ERRNO, ENOENT))
    e13_auditor_add (auditor,
                     unknown_new (path, index == E13_THE_DIRECTORY ? &batch->dir->facts : &batch->entries[index].facts,
                                  g_strdup ("this object could not be judged"),
                                  g_strdup (error->domain == E13_ERRNO ? g_strerror (error->code) : error->message)));
  return pin;
}

/* On a network file system the server decides by its own rules: what the kernel here says is a guess. Said once a
 * mount. */
static void
check_network (E13Auditor *auditor, const E13Batch *batch)
{
  const E13Dir *dir = batch->dir;
  const E13ReadOps *ops = auditor->request->ops;
  const E13Mount *mount;
  E13Pin *pin;

  if (dir->parent != NULL && dir->parent->facts.key.mount_id == dir->facts.key.mount_id)
    return;
  pin = ops->pin_entry (batch, E13_THE_DIRECTORY, NULL);
  if (pin == NULL)
    return;
  mount = e13_auditor_mount (auditor, pin);
  if (mount != NULL && mount->is_network)
    e13_auditor_add (
        auditor,
        unknown_new (
            dir->path, &pin->facts,
            g_strdup_printf ("this lies on %s: its server may decide otherwise than this machine sees", mount->fs_type),
            g_strdup ("identity mapping and ACLs of the server are not visible here")));
  ops->unpin (pin);
}

static void
visit_directory (E13Auditor *auditor, const E13Batch *batch, const E13Requirement *requirement)
{
  E13Dir *dir = batch->dir;

  check_network (auditor, batch);
  e13_auditor_check_exposure (auditor, batch, E13_THE_DIRECTORY, requirement);
  if (dir->error != 0)
    e13_auditor_add (
        auditor, unknown_new (dir->path, &dir->facts, g_strdup ("what this directory holds could not be told"),
                              g_strdup_printf ("it cannot be listed by this process: %s", g_strerror (dir->error))));
}

static void
report_full (E13Auditor *auditor, const char *path, const E13Facts *facts, const E13Mount *mount)
{
  E13Finding *finding = e13_finding_new (&e13_rules[E13_RULE_NO_SPACE], path, facts);
  g_autofree char *place = e13_quote_display (mount->mount_point);
  g_autofree char *word = e13_quote_shell_display (mount->mount_point);

  finding->sentence = g_strdup_printf ("the file system at %s has no %s left for ordinary users", place,
                                       mount->no_bytes_left ? "space" : "inodes");
  finding->because = g_strdup ("writing here fails with 'No space left on device', whatever the permissions");
  g_ptr_array_add (finding->cures, g_strdup_printf ("df %s %s", mount->no_bytes_left ? "-h" : "-i", word));
  e13_auditor_add (auditor, finding);
}

/* Asked once of each file system that is to be written. */
static void
check_space (E13Auditor *auditor, const E13Batch *batch)
{
  const E13ReadOps *ops = auditor->request->ops;
  const E13Mount *mount;
  gboolean is_new;
  E13Pin *pin;

  g_mutex_lock (&auditor->lock);
  is_new = g_hash_table_add (auditor->written_mounts, g_memdup2 (&batch->dir->facts.key.mount_id, sizeof (guint64)));
  g_mutex_unlock (&auditor->lock);
  pin = is_new ? ops->pin_entry (batch, E13_THE_DIRECTORY, NULL) : NULL;
  mount = pin != NULL ? e13_auditor_mount (auditor, pin) : NULL;
  if (mount != NULL && (mount->no_bytes_left || mount->no_inodes_left))
    report_full (auditor, batch->dir->path, &pin->facts, mount);
  ops->unpin (pin);
}

/* ---- Entries --------------------------------------------------------------------------------- */

#define SHEBANG_BYTES 256

/* Does the pinned file begin with an interpreter line, and does that end in a carriage return, which becomes part of
 * the interpreter's name (execve then says ENOENT)? */
static gboolean
is_script (const E13ReadOps *ops, const E13Pin *pin, gboolean *ret_has_crlf)
{
  g_autoptr (GBytes) head = ops->read_file (pin, SHEBANG_BYTES, NULL);
  gsize size = 0;
  const char *text = head != NULL ? g_bytes_get_data (head, &size) : NULL;
  const char *newline;

  if (size < 2 || memcmp (text, "#!", 2) != 0)
    return FALSE;
  newline = memchr (text, '\n', size);
  *ret_has_crlf = newline != NULL && newline[-1] == '\r';
  return TRUE;
}

/* Scripts that are run by their interpreter line: their content decides what they need. */
static void
check_script (E13Auditor *auditor, const E13Batch *batch, gsize index, E13Requirement *requirement)
{
  const E13ReadOps *ops = auditor->request->ops;
  gboolean has_crlf = FALSE;
  E13Finding *finding;
  gboolean moved;
  E13Pin *pin;

  if (requirement->script < E13_LEVEL_RUN || batch->entries[index].facts.type != E13_TYPE_FILE)
    return;
  pin = pin_entry (auditor, batch, index, &moved);
  if (pin != NULL && is_script (ops, pin, &has_crlf))
    {
      requirement->app = MAX (requirement->app, requirement->script);
      if (has_crlf)
        {
          g_autofree char *path = e13_auditor_path (batch, index);
          g_autofree char *shell_path = e13_auditor_shell_path (auditor, path);

          finding = e13_finding_new (&e13_rules[E13_RULE_CRLF_SHEBANG], path, &pin->facts);
          finding->sentence
              = g_strdup ("this script cannot start: the kernel looks for an interpreter whose name ends in a carriage "
                          "return (Errno 2 on a file that exists)");
          finding->because = g_strdup ("its first line ends with CR LF, as editors on Windows write it");
          g_ptr_array_add (finding->cures,
                           g_strdup_printf ("save %s with Unix line ends, in an editor or with dos2unix", shell_path));
          e13_auditor_add (auditor, finding);
        }
    }
  ops->unpin (pin);
}

/* The question to put for one inode: nothing where its mode alone says that all is granted. (Writing is always asked: a
 * mode does not tell of a read-only mount.) */
static E13Rights
question (const E13Role *role, const E13Facts *facts, const E13Requirement *requirement)
{
  E13Rights needs, surely = 0, surely_not = 0;
  gboolean is_directory = facts->type == E13_TYPE_DIRECTORY;

  if (!is_directory && facts->type != E13_TYPE_FILE)
    return E13_RIGHT_NONE;
  needs = e13_auditor_needs (role, requirement, facts->type);
  if ((needs & E13_RIGHT_WRITE) != 0 || (!is_directory && (needs & E13_RIGHT_EXECUTE) != 0))
    return needs;
  e13_access_bounds (facts, role->identity, needs, &surely, &surely_not);
  return needs == surely ? E13_RIGHT_NONE : needs;
}

/* What one role asks of one batch, and what it was answered. */
typedef struct
{
  E13Rights want_directory; /* of a first batch */
  E13Answer directory;
  E13Rights *want; /* one an entry */
  E13Answer *answers;
} Questions;

static E13Answer
ask_model (E13Auditor *auditor, const E13Batch *batch, gsize index, const E13Identity *identity, E13Rights want)
{
  gboolean moved;
  E13Pin *pin = pin_entry (auditor, batch, index, &moved);
  /* Gone meanwhile, or said to be unknown: nothing more to say of it. */
  E13Answer answer = { .granted = want };

  if (pin != NULL)
    answer = e13_auditor_ask (auditor, pin, identity, want);
  auditor->request->ops->unpin (pin);
  return answer;
}

static void
ask (E13Auditor *auditor, const E13Batch *batch, const E13Identity *identity, Questions *questions)
{
  if (auditor->request->ask_kernel)
    {
      auditor->request->ops->ask_batch (batch, identity, questions->want_directory, &questions->directory,
                                        questions->want, questions->answers);
      return;
    }
  if (questions->want_directory != E13_RIGHT_NONE)
    questions->directory = ask_model (auditor, batch, E13_THE_DIRECTORY, identity, questions->want_directory);
  for (gsize i = 0; i < batch->n_entries; i++)
    if (questions->want[i] != E13_RIGHT_NONE)
      questions->answers[i] = ask_model (auditor, batch, i, identity, questions->want[i]);
}

static gboolean
is_clean (const E13Facts *facts, E13Rights want, const E13Answer *answer)
{
  gboolean append_only = (facts->attributes & E13_ATTRIBUTE_APPEND_ONLY) != 0 && (want & E13_RIGHT_WRITE) != 0;

  return want == E13_RIGHT_NONE || (answer->granted == want && answer->error == 0 && !answer->unknown && !append_only);
}

static E13Finding *
judge_one (E13Auditor *auditor, const E13Batch *batch, gsize index, const E13Role *role,
           const E13Requirement *requirement, E13Rights want, const E13Answer *answer)
{
  gboolean moved;
  E13Pin *pin = pin_entry (auditor, batch, index, &moved);
  g_autofree char *path = e13_auditor_path (batch, index);
  E13Finding *finding = NULL;

  if (pin != NULL)
    finding = e13_auditor_judge (auditor, pin, path, role, want, requirement, moved ? NULL : answer);
  auditor->request->ops->unpin (pin);
  return finding;
}

static void
judge_batch (E13Auditor *auditor, const E13Batch *batch, const E13Role *role, const E13Requirement *directory,
             const E13Requirement *entries)
{
  g_autofree E13Rights *want = g_new0 (E13Rights, batch->n_entries);
  g_autofree E13Answer *answers = g_new0 (E13Answer, batch->n_entries);
  Questions questions = { .want = want, .answers = answers };
  E13Rights any;

  if (batch->first)
    questions.want_directory = question (role, &batch->dir->facts, directory);
  if ((questions.want_directory & E13_RIGHT_WRITE) != 0)
    check_space (auditor, batch);
  any = questions.want_directory;
  for (gsize i = 0; i < batch->n_entries; i++)
    any |= want[i]
        = batch->entries[i].error == 0 ? question (role, &batch->entries[i].facts, &entries[i]) : E13_RIGHT_NONE;
  if (any == E13_RIGHT_NONE)
    return;

  ask (auditor, batch, role->identity, &questions);
  if (!is_clean (&batch->dir->facts, questions.want_directory, &questions.directory))
    {
      E13Finding *finding = judge_one (auditor, batch, E13_THE_DIRECTORY, role, directory, questions.want_directory,
                                       &questions.directory);

      if (finding != NULL && (finding->needs & ~finding->has & E13_RIGHT_EXECUTE) != 0)
        batch->dir->user = finding;
    }
  for (gsize i = 0; i < batch->n_entries; i++)
    if (!is_clean (&batch->entries[i].facts, want[i], &answers[i]))
      judge_one (auditor, batch, i, role, &entries[i], want[i], &answers[i]);
}

static void
visit_entry (E13Auditor *auditor, const E13Batch *batch, gsize index, E13Requirement *requirement, gboolean in_secret)
{
  const E13Entry *entry = &batch->entries[index];

  if (entry->error == ENOENT)
    return;
  if (entry->error != 0)
    {
      g_autofree char *path = e13_auditor_path (batch, index);

      e13_auditor_add (auditor,
                       unknown_new (path, &entry->facts, g_strdup ("nothing could be told of this object"),
                                    g_strdup_printf ("its facts cannot be read: %s", g_strerror (entry->error))));
      return;
    }
  if (entry->facts.type == E13_TYPE_SYMLINK)
    {
      g_autofree char *path = e13_auditor_path (batch, index);

      e13_auditor_check_link (auditor, path, requirement);
    }
  check_script (auditor, batch, index, requirement);
  e13_auditor_check_use (auditor, batch, index, requirement);
  /* A closed directory keeps what it holds: one finding for the directory, not one for each file. */
  if (in_secret)
    requirement->world = E13_LEVEL_UNSET;
  e13_auditor_check_exposure (auditor, batch, index, requirement);
}

/* Adds to the objects that the nearest blocked directory on the way keeps from use. */
static void
count_blocked (const E13Batch *batch, gsize n_objects)
{
  E13Finding *blocked = batch->dir->user;

  if (blocked != NULL)
    __atomic_fetch_add (&blocked->n_objects, n_objects, __ATOMIC_RELAXED);
}

void
e13_auditor_visit (const E13Batch *batch, gpointer data)
{
  E13Auditor *auditor = data;
  g_autoptr (E13Scope) scope = e13_policy_enter (auditor->request->policy, batch->dir->path, batch->dir->marks);
  g_autofree E13Requirement *requirements = g_new (E13Requirement, batch->n_entries);
  E13Requirement own;

  e13_scope_directory (scope, &own);
  if (batch->first)
    {
      count_blocked (batch, 1);
      visit_directory (auditor, batch, &own);
    }
  for (gsize i = 0; i < batch->n_entries; i++)
    {
      e13_scope_entry (scope, batch->entries[i].name, &requirements[i]);
      visit_entry (auditor, batch, i, &requirements[i], own.world == E13_LEVEL_NONE);
    }
  for (gsize r = 0; r < auditor->n_roles; r++)
    judge_batch (auditor, batch, &auditor->roles[r], &own, requirements);
  e13_auditor_check_views (auditor, batch, &own, requirements);
  if (batch->first && batch->dir->error == 0)
    e13_auditor_check_created (auditor, batch, scope, &own);

  __atomic_fetch_add (&auditor->n_objects, batch->n_entries + (batch->first ? 1 : 0), __ATOMIC_RELAXED);
  count_blocked (batch, batch->n_entries);
}

void
e13_auditor_note_name (E13Dir *dir, const char *name, gpointer data)
{
  const E13Auditor *auditor = data;

  dir->marks |= e13_policy_marks_of_name (auditor->request->policy, name);
}

gboolean
e13_auditor_wants (const E13Dir *dir, const char *name, gpointer data)
{
  const E13Auditor *auditor = data;
  const GPtrArray *excludes = auditor->request->excludes;
  g_autofree char *as_it_is = dir->path[0] != '\0' ? g_strconcat (dir->path, "/", name, NULL) : g_strdup (name);
  g_autofree char *folded = auditor->request->tree->has_descriptors ? e13_glob_fold_case (as_it_is) : NULL;
  const char *path = folded != NULL ? folded : as_it_is;

  for (guint i = 0; i < excludes->len; i++)
    if (e13_glob_matches (g_ptr_array_index (excludes, i), path, TRUE))
      return FALSE;
  return TRUE;
}

void
e13_auditor_skipped (const char *path, const E13Facts *facts, E13SkipReason reason, gpointer data)
{
  E13Auditor *auditor = data;
  g_autoptr (E13Scope) scope = NULL;
  E13Requirement requirement;
  E13Finding *finding;

  if (reason == E13_SKIP_VANISHED)
    return;
  if (reason == E13_SKIP_LOOP)
    {
      finding = unknown_new (path, facts,
                             g_strdup ("this directory leads back to one above it, and is not entered again"), NULL);
      finding->severity = E13_SEVERITY_NOTE;
    }
  else
    {
      scope = e13_policy_enter (auditor->request->policy, path, 0);
      e13_scope_directory (scope, &requirement);
      finding = unknown_new (path, facts, g_strdup ("another file system is mounted here: it was not entered"),
                             g_strdup ("--cross-mounts enters it"));
      if (requirement.app <= E13_LEVEL_NONE && requirement.server <= E13_LEVEL_NONE)
        finding->severity = E13_SEVERITY_NOTE;
    }
  e13_auditor_add (auditor, finding);
}
