/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that any checker must do: open each directory, getdents64(2) with 64 KiB, and for each name one statx(2)
 * and one faccessat2(2) for reading as the account. Nothing is compared, kept or said but three counts. What errno13
 * takes beyond this is what its answers cost.
 *
 *   bare-loop UID GID THREADS DIR */

#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BUFFER_SIZE 65536

/* Directories that wait, as paths. */
typedef struct Waiting
{
  struct Waiting *next;
  char path[];
} Waiting;

static struct
{
  pthread_mutex_t lock;
  pthread_cond_t changed;
  Waiting *first;
  unsigned n_busy;
} queue = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NULL, 0 };

static uid_t uid;
static gid_t gid;
static unsigned long n_objects, n_denied, n_failed;

static void
put (const char *directory, const char *name)
{
  size_t length = strlen (directory) + strlen (name) + 2;
  Waiting *waiting = malloc (sizeof *waiting + length);

  snprintf (waiting->path, length, "%s%s%s", directory, *name != '\0' ? "/" : "", name);
  pthread_mutex_lock (&queue.lock);
  waiting->next = queue.first;
  queue.first = waiting;
  pthread_cond_signal (&queue.changed);
  pthread_mutex_unlock (&queue.lock);
}

/* NULL: all is done. */
static Waiting *
take (void)
{
  Waiting *waiting;

  pthread_mutex_lock (&queue.lock);
  while (queue.first == NULL && queue.n_busy > 0)
    pthread_cond_wait (&queue.changed, &queue.lock);
  waiting = queue.first;
  if (waiting != NULL)
    {
      queue.first = waiting->next;
      queue.n_busy++;
    }
  pthread_mutex_unlock (&queue.lock);
  return waiting;
}

static void
done (void)
{
  pthread_mutex_lock (&queue.lock);
  queue.n_busy--;
  pthread_cond_broadcast (&queue.changed);
  pthread_mutex_unlock (&queue.lock);
}

static void
look (int fd, const char *path, const struct dirent64 *entry)
{
  struct statx facts;

  if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0)
    return;
  __atomic_fetch_add (&n_objects, 1, __ATOMIC_RELAXED);
  if (statx (fd, entry->d_name, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &facts) != 0)
    __atomic_fetch_add (&n_failed, 1, __ATOMIC_RELAXED);
  else if (syscall (SYS_faccessat2, fd, entry->d_name, R_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW) != 0)
    __atomic_fetch_add (&n_denied, 1, __ATOMIC_RELAXED);
  if (entry->d_type == DT_DIR)
    put (path, entry->d_name);
}

static void
look_into (const char *path, char *buffer)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  long length;

  if (fd < 0)
    __atomic_fetch_add (&n_failed, 1, __ATOMIC_RELAXED);
  setfsuid (uid);
  while (fd >= 0 && (length = syscall (SYS_getdents64, fd, buffer, BUFFER_SIZE)) > 0)
    for (long at = 0; at < length;)
      {
        const struct dirent64 *entry = (const void *)(buffer + at);

        look (fd, path, entry);
        at += entry->d_reclen;
      }
  setfsuid (0);
  if (fd >= 0)
    close (fd);
}

static void *
work (void *data)
{
  char *buffer = malloc (BUFFER_SIZE);
  Waiting *waiting;

  (void)data;
  setfsgid (gid);
  syscall (SYS_setgroups, 1, &gid);
  while ((waiting = take ()) != NULL)
    {
      look_into (waiting->path, buffer);
      free (waiting);
      done ();
    }
  free (buffer);
  return NULL;
}

int
main (int argc, char **argv)
{
  unsigned n_threads = argc == 5 ? (unsigned)atoi (argv[3]) : 0;
  pthread_t threads[64];

  if (n_threads == 0 || n_threads > sizeof threads / sizeof threads[0])
    return fputs ("usage: bare-loop UID GID THREADS DIR\n", stderr), 2;
  uid = (uid_t)atoi (argv[1]);
  gid = (gid_t)atoi (argv[2]);
  put (argv[4], "");
  for (unsigned i = 0; i < n_threads; i++)
    pthread_create (&threads[i], NULL, work, NULL);
  for (unsigned i = 0; i < n_threads; i++)
    pthread_join (threads[i], NULL);
  printf ("%lu objects, %lu denied, %lu failed\n", n_objects, n_denied, n_failed);
  return 0;
}
