/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"

#ifndef O_BINARY
#define O_BINARY 0
#endif
#ifndef O_CLOEXEC
#define O_CLOEXEC 0
#endif

#define WAIT_MS 200

struct E13Input
{
  char *path; /* NULL: standard input */
  int fd;
  guint64 read; /* bytes of this file */
};

E13Input *
e13_input_open (const char *path, GError **error)
{
  g_autoptr (E13Input) input = g_new0 (E13Input, 1);
  g_autofree char *shown = e13_quote_path (path);

  input->fd = STDIN_FILENO;
  if (g_str_equal (path, "-"))
    return g_steal_pointer (&input);
  input->path = g_strdup (path);
  input->fd = g_open (path, O_RDONLY | O_BINARY | O_CLOEXEC, 0);
  if (input->fd < 0)
    return e13_throw (error, E13_ERROR_INPUT, "cannot open '%s': %s", shown, g_strerror (errno)), NULL;
  return g_steal_pointer (&input);
}

void
e13_input_close (E13Input *input)
{
  if (input == NULL)
    return;
  if (input->path != NULL)
    e13_close_fd (&input->fd);
  g_free (input->path);
  g_free (input);
}

gssize
e13_input_read (E13Input *input, char *bytes, gsize size, GError **error)
{
  g_autofree char *shown = input->path != NULL ? e13_quote_path (input->path) : g_strdup ("standard input");
  gssize n;

  do
    n = read (input->fd, bytes, (guint)MIN (size, G_MAXINT));
  while (n < 0 && errno == EINTR && input->path != NULL);
  if (n < 0 && errno == EINTR)
    return 0; /* Ctrl-C at a terminal */
  if (n < 0)
    e13_throw (error, E13_ERROR_INPUT, "cannot read '%s': %s", shown, g_strerror (errno));
  else
    input->read += (guint64)n;
  return n;
}

/* Another file bears the name now. */
static gboolean
reopen (E13Input *input)
{
  int fd = g_open (input->path, O_RDONLY | O_BINARY | O_CLOEXEC, 0);

  if (fd < 0)
    return FALSE;
  e13_close_fd (&input->fd);
  input->fd = fd;
  input->read = 0;
  return TRUE;
}

static gboolean
has_more (E13Input *input)
{
  GStatBuf named;
  struct stat held;

  if (fstat (input->fd, &held) != 0)
    return FALSE;
  if ((guint64)held.st_size > input->read)
    return TRUE;
  if ((guint64)held.st_size < input->read)
    return reopen (input);
  return g_stat (input->path, &named) == 0 && named.st_ino != 0
         && (named.st_ino != held.st_ino || named.st_dev != held.st_dev) && reopen (input);
}

gboolean
e13_input_wait (E13Input *input, const gint *cancelled)
{
  while (input->path != NULL && g_atomic_int_get (cancelled) == 0)
    {
      if (has_more (input))
        return TRUE;
      g_usleep (WAIT_MS * 1000);
    }
  return FALSE;
}

gboolean
e13_input_is_terminal (void)
{
  return isatty (STDIN_FILENO) != 0;
}
