/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "repair/journal-icacls.h"

#include <string.h>

#include "base/error.h"
#include "base/path.h"
#include "base/quote.h"
#include "model/sddl.h"
#include "platform/store.h"

/* The DACL alone: icacls restores nothing else, and refuses a line with more. NULL where SDDL cannot say it. */
static char *
dacl_of (const GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data ((GBytes *)bytes, &size);
  g_autoptr (E13SecurityDescriptor) sd = e13_sd_decode (data, size, NULL);

  if (sd == NULL)
    return NULL;
  sd->has_owner = sd->has_group = FALSE;
  g_clear_pointer (&sd->sacl, e13_win_acl_free);
  sd->control &= ~(guint)(E13_SD_SACL_PRESENT | E13_SD_SACL_AUTO_INHERITED | E13_SD_SACL_PROTECTED);
  return e13_sddl_format (sd, NULL);
}

/* "week7\cgi-bin" of "C:\www\week7" and "cgi-bin". */
static char *
name_above (const E13Tree *tree, const char *path)
{
  const char *slash = strrchr (tree->path, tree->is_windows ? '\\' : '/');

  return e13_path_join (slash != NULL ? slash + 1 : tree->path, path, '\\');
}

static gboolean
append_object (GString *out, const E13Tree *tree, const E13Change *change)
{
  g_autofree char *name = name_above (tree, change->path);
  g_autofree char *dacl = dacl_of (change->before.sd);

  if (dacl == NULL || strpbrk (name, "\r\n") != NULL || !g_utf8_validate (name, -1, NULL))
    return FALSE;
  g_string_append_printf (out, "%s\r\n%s\r\n", name, dacl);
  return TRUE;
}

/* "week7\cgi-bin" and its list, for each. */
static char *
describe (const E13Tree *tree, const GPtrArray *changes, guint *ret_n_left_out, gsize *ret_size)
{
  g_autoptr (GString) text = g_string_new (NULL);

  *ret_n_left_out = 0;
  for (guint i = 0; i < changes->len; i++)
    {
      const E13Change *change = changes->pdata[i];

      if (change->outcome == E13_OUTCOME_PENDING && change->before.sd != NULL && !append_object (text, tree, change))
        ++*ret_n_left_out;
    }
  return g_convert (text->str, (gssize)text->len, "UTF-16LE", "UTF-8", NULL, ret_size, NULL);
}

gboolean
e13_journal_export_icacls (const char *path, const E13Tree *tree, const GPtrArray *changes, guint *ret_n_left_out,
                           GError **error)
{
  g_autofree char *shown = e13_quote_display (path);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  gsize size = 0;
  g_autofree char *text = describe (tree, changes, ret_n_left_out, &size);
  g_autoptr (E13Store) store = e13_store_open_chosen (directory, error);
  g_autoptr (E13StoreFile) file = NULL;

  if (store == NULL)
    return FALSE;
  if (e13_store_lies_inside (store, &tree->root->facts.key))
    return e13_throw (error, E13_ERROR_REFUSED, "cannot write '%s': it lies inside the site", shown);
  file = e13_store_create (store, name);
  if (file == NULL)
    return e13_throw_errno (error, "cannot create '%s'", shown);
  if (e13_store_write (file, text, size) && e13_store_sync (file))
    return TRUE;
  e13_throw_errno (error, "cannot write '%s'", shown);
  e13_store_remove (file);
  return FALSE;
}
