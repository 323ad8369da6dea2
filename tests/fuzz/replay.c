/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Stands in for libFuzzer: runs every file of a target's corpus through it once, as TAP, so that `make check` replays
 * what a fuzzer once found, with any compiler. fuzz-NAME reads tests/fuzz/corpus/NAME, or the files named as its
 * arguments. */

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static char *
corpus_of (const char *program)
{
  g_autofree char *name = g_path_get_basename (program);
  const char *source = g_getenv ("top_srcdir");
  const char *target = strstr (name, "fuzz-");

  return g_build_filename (source != NULL ? source : ".", "tests", "fuzz", "corpus",
                           target != NULL ? target + strlen ("fuzz-") : name, NULL);
}

static GPtrArray *
files_of (const char *directory, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, error);
  GPtrArray *files;
  const char *name;

  if (dir == NULL)
    return NULL;
  files = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (files, g_build_filename (directory, name, NULL));
  return files;
}

/* The input is copied to memory of just its size: what reads past its end is then seen by the address sanitizer. */
static gboolean
replay (const char *file, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree guint8 *data = NULL;
  gsize size;

  if (!g_file_get_contents (file, &text, &size, error))
    return FALSE;
  data = g_malloc (MAX (size, 1));
  if (size > 0)
    memcpy (data, text, size);
  LLVMFuzzerTestOneInput (data, size);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *corpus = corpus_of (argv[0]);
  gboolean all_read = TRUE;

  if (argc > 1)
    {
      files = g_ptr_array_new_with_free_func (g_free);
      for (int i = 1; i < argc; i++)
        g_ptr_array_add (files, g_strdup (argv[i]));
    }
  else if ((files = files_of (corpus, &error)) == NULL || files->len == 0)
    {
      printf ("Bail out! no corpus: %s\n", error != NULL ? error->message : corpus);
      return EXIT_FAILURE;
    }

  printf ("1..%u\n", files->len);
  for (guint i = 0; i < files->len; i++)
    {
      const char *file = g_ptr_array_index (files, i);
      g_autofree char *name = g_path_get_basename (file);
      gboolean was_read = replay (file, &error);

      printf ("%sok %u - %s%s%s\n", was_read ? "" : "not ", i + 1, name, was_read ? "" : ": ",
              was_read ? "" : error->message);
      fflush (stdout);
      g_clear_error (&error);
      all_read = all_read && was_read;
    }
  return all_read ? EXIT_SUCCESS : EXIT_FAILURE;
}
