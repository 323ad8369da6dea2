/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/argument-file.h"

#include "base/error.h"
#include "platform/input.h"

#define FIRST_ROOM 65536

static char *
read_all (E13Input *input, gsize most, gsize *ret_size, GError **error)
{
  gsize size = 0, room = FIRST_ROOM;
  g_autofree char *text = g_malloc (room);
  gssize got = 1;

  while (got > 0 && size < most)
    {
      if (size + 1 >= room)
        text = g_realloc (text, room *= 2);
      got = e13_input_read (input, text + size, MIN (room - size - 1, most - size), error);
      if (got < 0)
        return NULL;
      size += (gsize)got;
    }
  text[size] = '\0';
  *ret_size = size;
  return g_steal_pointer (&text);
}

char *
e13_argument_file_read (const char *path, gsize most, gsize *ret_size, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (E13Input) input = e13_input_open (path, &cause);
  char *text = input != NULL ? read_all (input, most, ret_size, &cause) : NULL;
  const char *reason = cause != NULL ? g_strrstr (cause->message, ": ") : NULL;

  if (text == NULL)
    e13_throw (error, E13_ERROR_INPUT, "%s", reason != NULL ? reason + 2 : cause->message);
  return text;
}
