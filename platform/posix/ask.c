/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/ask.h"

#include <fcntl.h>
#include <sys/syscall.h>

#include "base/error.h"
#include "base/fd.h"
#include "platform/posix/capabilities.h"
#include "platform/posix/guise.h"
#include "platform/posix/open.h"
#include "platform/posix/proc.h"
#include "platform/posix/walk.h"

/* Objects behind a directory that the identity cannot search are pinned in groups of this many. */
#define N_PINNED 32

/* ---- Questions ------------------------------------------------------------------------------- */

/* Without AT_EACCESS the real uid would be asked about, which is ours. */
static int
question (int dirfd, const char *name, E13Rights want)
{
  G_STATIC_ASSERT ((int)E13_RIGHT_READ == R_OK && (int)E13_RIGHT_WRITE == W_OK && (int)E13_RIGHT_EXECUTE == X_OK);

  if (syscall (SYS_faccessat2, dirfd, name, (int)want, AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH) == 0)
    return 0;
  return errno;
}

static gboolean
is_refusal (int error)
{
  return error == EACCES || error == EROFS || error == EPERM || error == ETXTBSY;
}

static E13Answer
unknown_answer (int error)
{
  return (E13Answer){ .error = error, .unknown = TRUE };
}

static E13Answer
ask_here (int dirfd, const char *name, E13Rights want)
{
  static const E13Rights bits[] = { E13_RIGHT_READ, E13_RIGHT_WRITE, E13_RIGHT_EXECUTE };
  E13Answer answer = { 0 };

  if (want == E13_RIGHT_NONE)
    return answer;
  answer.error = question (dirfd, name, want);
  if (answer.error == 0)
    answer.granted = want;
  else if (!is_refusal (answer.error))
    return unknown_answer (answer.error);

  for (gsize i = 0; answer.error != 0 && i < G_N_ELEMENTS (bits); i++)
    if ((want & bits[i]) != 0 && want != bits[i] && question (dirfd, name, bits[i]) == 0)
      answer.granted |= bits[i];
  return answer;
}

/* ---- Ways of asking as somebody -------------------------------------------------------------- */

typedef enum
{
  IN_GUISE,
  AS_WE_ARE,
  NOT_AT_ALL, /* errno says why */
} Way;

static gboolean
is_this_process (const E13Identity *identity)
{
  g_autoptr (E13Identity) self = NULL;
  g_autofree gid_t *gids = NULL;
  int n;

  if (identity->uid != geteuid ())
    return FALSE;
  n = getgroups (0, NULL);
  gids = g_new0 (gid_t, (gsize)MAX (n, 0) + 1);
  if (n < 0 || getgroups (n, gids) != n)
    return FALSE;
  self = e13_identity_new (NULL, geteuid (), getegid (), gids, (gsize)n, "");
  self->overrides_dac = e13_posix_overrides_dac ();
  return e13_identity_equal (self, identity);
}

static Way
way_to_ask (const E13Identity *identity)
{
  gboolean like_us;

  if (e13_posix_guise_is_kept (identity))
    return IN_GUISE;
  /* Whom no permission bit holds back gets the answers that we get, if none holds us back either. */
  like_us = identity->overrides_dac ? e13_posix_overrides_dac () : is_this_process (identity);
  if (like_us)
    return AS_WE_ARE;
  /* Root without its privileges: an fsuid of 0 takes none away. */
  errno = identity->overrides_dac || identity->uid == 0 ? ENOSYS : EPERM;
  return errno == EPERM && geteuid () == 0 ? IN_GUISE : NOT_AT_ALL;
}

static Way
begin (const E13Identity *identity, Way way)
{
  int error = way == IN_GUISE ? e13_posix_guise_put_on (identity) : 0;

  if (error == 0)
    return way;
  errno = error;
  return NOT_AT_ALL;
}

/* Are the answers since begin() worth anything? */
static gboolean
end (Way way)
{
  return way != IN_GUISE || e13_posix_guise_take_off ();
}

E13Answer
e13_posix_ask (const E13Pin *pin, const E13Identity *identity, E13Rights want)
{
  Way way = begin (identity, way_to_ask (identity));
  E13Answer answer;

  if (way == NOT_AT_ALL)
    return unknown_answer (errno);
  answer = ask_here (pin->fd, "", want);
  return end (way) ? answer : unknown_answer (EPERM);
}

/* ---- Batches --------------------------------------------------------------------------------- */

/* FALSE where the directory turns out to be closed to the identity: behind it nothing is found by name. */
static gboolean
ask_by_name (const E13Batch *batch, int dirfd, gboolean known_to_search, const E13Rights *want, E13Answer *answers)
{
  gboolean searches = known_to_search;

  for (gsize i = 0; i < batch->n_entries; i++)
    {
      const E13Entry *entry = &batch->entries[i];

      if (want[i] != E13_RIGHT_NONE && entry->error != 0)
        {
          answers[i] = unknown_answer (entry->error);
          continue;
        }
      answers[i] = ask_here (dirfd, entry->name, want[i]);
      if (answers[i].error == EACCES && !searches)
        {
          searches = question (dirfd, "", E13_RIGHT_EXECUTE) == 0;
          if (!searches)
            return FALSE;
        }
    }
  return TRUE;
}

/* Asks for up to N_PINNED entries from @from on, each by itself; returns the index behind the last. */
static gsize
ask_pinned (const E13Batch *batch, int dirfd, const E13Identity *identity, Way way, gsize from, const E13Rights *want,
            E13Answer *answers)
{
  gsize to = MIN (from + N_PINNED, batch->n_entries);
  int fds[N_PINNED];
  gboolean worth;

  for (gsize i = from; i < to; i++)
    {
      const E13Entry *entry = &batch->entries[i];

      fds[i - from] = -1;
      errno = entry->error;
      if (want[i] != E13_RIGHT_NONE && entry->error == 0)
        fds[i - from] = e13_posix_open_beneath (dirfd, entry->name, 0);
      if (fds[i - from] < 0 && errno == EMFILE && i > from)
        {
          /* Those that are pinned make room for the rest. */
          to = i;
          break;
        }
      answers[i] = fds[i - from] >= 0 || want[i] == E13_RIGHT_NONE ? (E13Answer){ 0 } : unknown_answer (errno);
    }

  way = begin (identity, way);
  for (gsize i = from; i < to; i++)
    if (fds[i - from] >= 0)
      answers[i] = way == NOT_AT_ALL ? unknown_answer (errno) : ask_here (fds[i - from], "", want[i]);
  worth = end (way);

  for (gsize i = from; i < to; i++)
    {
      if (fds[i - from] >= 0 && !worth)
        answers[i] = unknown_answer (EPERM);
      e13_close_fd (&fds[i - from]);
    }
  return to;
}

static void
answer_all (const E13Batch *batch, E13Rights want_directory, E13Answer *directory, const E13Rights *want,
            E13Answer *answers, int error)
{
  if (directory != NULL)
    *directory = want_directory != E13_RIGHT_NONE ? unknown_answer (error) : (E13Answer){ 0 };
  for (gsize i = 0; i < batch->n_entries; i++)
    answers[i] = want[i] != E13_RIGHT_NONE ? unknown_answer (error) : (E13Answer){ 0 };
}

void
e13_posix_ask_batch (const E13Batch *batch, const E13Identity *identity, E13Rights want_directory,
                     E13Answer *ret_directory, const E13Rights *want, E13Answer *ret_answers)
{
  int dirfd = e13_posix_batch_fd (batch);
  Way way = way_to_ask (identity);
  E13Answer directory;
  gboolean by_name;

  if (dirfd < 0)
    errno = batch->dir->error != 0 ? batch->dir->error : EBADF;
  if (dirfd < 0 || way == NOT_AT_ALL || begin (identity, way) == NOT_AT_ALL)
    {
      answer_all (batch, want_directory, ret_directory, want, ret_answers, errno);
      return;
    }

  directory = ask_here (dirfd, "", want_directory);
  by_name = (want_directory & E13_RIGHT_EXECUTE) == 0 || (directory.granted & E13_RIGHT_EXECUTE) != 0;
  if (by_name)
    by_name = ask_by_name (batch, dirfd, (directory.granted & E13_RIGHT_EXECUTE) != 0, want, ret_answers);
  if (!end (way))
    {
      answer_all (batch, want_directory, ret_directory, want, ret_answers, EPERM);
      return;
    }

  if (ret_directory != NULL)
    *ret_directory = directory;
  for (gsize i = 0; !by_name && i < batch->n_entries;)
    i = ask_pinned (batch, dirfd, identity, way, i, want, ret_answers);
}

/* ---- May we ask? ----------------------------------------------------------------------------- */

/* Sets this thread's groups to what they are: user namespaces can forbid even that. */
static gboolean
may_set_groups (void)
{
  g_autoptr (E13Identity) root = e13_identity_new (NULL, 0, getegid (), NULL, 0, "");
  int error = e13_posix_guise_put_on (root);

  if (error == 0)
    return e13_posix_guise_take_off ();
  errno = error;
  return FALSE;
}

gboolean
e13_posix_can_ask (GError **error)
{
  static const char what[] = "cannot ask the kernel for other users";

  if (geteuid () != 0)
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "%s: not running as root", what);
  if (!e13_posix_may_change_ids ())
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "%s: this process may not change its user and group ids", what);
  if (!may_set_groups ())
    return e13_throw_errno (error, "%s: cannot set groups", what);
  if (question (AT_FDCWD, "/", E13_RIGHT_NONE) != 0)
    return e13_throw_errno (error, "%s: faccessat2(2) does not work", what);
  return e13_posix_proc_fd (error) >= 0;
}
