/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/guise.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "platform/posix/capabilities.h"

/* Where group ids were once 16 bits wide, the call of that name still takes those. */
#ifdef SYS_setgroups32
#define SYS_SETGROUPS SYS_setgroups32
#else
#define SYS_SETGROUPS SYS_setgroups
#endif

typedef struct
{
  gsize n_gids;
  gid_t *gids;
  gid_t gid;
} Groups;

static _Thread_local struct
{
  gboolean keep;
  gboolean wears_groups;
  gboolean must_prove; /* that the own user id was taken back */
  Groups own;
  Groups worn;
  uid_t own_uid;
  uid_t worn_uid;
} thread;

static gid_t
current_fsgid (void)
{
  return (gid_t)setfsgid ((gid_t)-1);
}

static uid_t
current_fsuid (void)
{
  return (uid_t)setfsuid ((uid_t)-1);
}

/* setfsgid(2) does not say whether it worked. */
static gboolean
set_fsgid (gid_t gid)
{
  setfsgid (gid);
  return current_fsgid () == gid;
}

static void
clear_groups (Groups *groups)
{
  g_clear_pointer (&groups->gids, g_free);
  groups->n_gids = 0;
}

static void
take_off_groups (void)
{
  if (syscall (SYS_SETGROUPS, thread.own.n_gids, thread.own.gids) < 0 || !set_fsgid (thread.own.gid))
    g_error ("cannot take this thread's own groups back");
  thread.wears_groups = FALSE;
  clear_groups (&thread.own);
  clear_groups (&thread.worn);
}

static gboolean
wears_groups_of (const E13Identity *identity)
{
  return thread.wears_groups && thread.worn.gid == identity->gid && thread.worn.n_gids == identity->groups.n_gids
         && (thread.worn.n_gids == 0
             || memcmp (thread.worn.gids, identity->groups.gids, thread.worn.n_gids * sizeof (gid_t)) == 0);
}

static int
note_own_groups (void)
{
  int n = getgroups (0, NULL);

  if (n < 0)
    return errno;
  thread.own = (Groups){ (gsize)n, g_new0 (gid_t, (gsize)n + 1), current_fsgid () };
  if (getgroups (n, thread.own.gids) == n)
    return 0;
  clear_groups (&thread.own);
  return EAGAIN;
}

static int
put_on_groups (const E13Identity *identity)
{
  const E13GroupSet *wanted = &identity->groups;
  int error = thread.wears_groups ? 0 : note_own_groups ();

  if (error != 0)
    return error;
  if (syscall (SYS_SETGROUPS, wanted->n_gids, wanted->gids) < 0)
    {
      error = errno;
      if (!thread.wears_groups)
        clear_groups (&thread.own);
      return error;
    }

  clear_groups (&thread.worn);
  thread.worn = (Groups){ wanted->n_gids, g_new0 (gid_t, wanted->n_gids + 1), identity->gid };
  if (wanted->n_gids > 0)
    memcpy (thread.worn.gids, wanted->gids, wanted->n_gids * sizeof (gid_t));
  thread.wears_groups = TRUE;
  if (set_fsgid (identity->gid))
    return 0;
  take_off_groups ();
  return EPERM;
}

static void
prove_own_uid (uid_t now)
{
  if (thread.must_prove && now != thread.own_uid)
    g_error ("cannot take this thread's own user id back");
  thread.must_prove = FALSE;
}

int
e13_posix_guise_put_on (const E13Identity *identity)
{
  uid_t before;

  G_STATIC_ASSERT (sizeof (gid_t) == sizeof (guint32));

  if (!wears_groups_of (identity))
    {
      int error = put_on_groups (identity);

      if (error != 0)
        return error;
    }
  before = (uid_t)setfsuid (identity->uid);
  prove_own_uid (before);
  thread.worn_uid = identity->uid;
  thread.own_uid = before;
  return 0;
}

gboolean
e13_posix_guise_is_kept (const E13Identity *identity)
{
  return thread.keep && thread.worn_uid == identity->uid && wears_groups_of (identity);
}

gboolean
e13_posix_guise_take_off (void)
{
  /* It returns what was before, which is how to see that the guise had taken. */
  gboolean had_taken = (uid_t)setfsuid (thread.own_uid) == thread.worn_uid;

  /* A thread that will soon put one on again learns then whether this one came off; until then it could at worst do
   * less than it may. */
  thread.must_prove = TRUE;
  if (!thread.keep)
    prove_own_uid (current_fsuid ());
  if (!thread.keep && thread.wears_groups)
    take_off_groups ();
  return had_taken;
}

void
e13_posix_guise_keep (gboolean keep)
{
  thread.keep = keep && e13_posix_overrides_dac ();
  if (!thread.keep && thread.must_prove)
    prove_own_uid (current_fsuid ());
  if (!thread.keep && thread.wears_groups)
    take_off_groups ();
}
