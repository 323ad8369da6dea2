/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands/site-profile.h"

#include "access/windows-trust.h"
#include "base/error.h"
#include "base/quote.h"

#define NAME ".errno13"
#define MAX_BYTES (256 * 1024)

/* Why somebody else than root or the caller may have written it; NULL where nobody can have. */
static char *
why_not_trusted (const E13ReadOps *ops, const E13Facts *facts)
{
  g_autoptr (E13Identity) self = ops->identity_self ();
  char *why_not = facts->sd != NULL ? e13_windows_why_not_trusted (facts->sd, NULL) : NULL;

  if (why_not != NULL)
    return why_not;
  if (facts->sd == NULL && ops->is_windows)
    return g_strdup ("its security descriptor cannot be read");
  if (facts->uid != 0 && facts->uid != self->uid)
    return g_strdup_printf ("it belongs to uid %" G_GUINT32_FORMAT, facts->uid);
  if ((facts->mode & 022) != 0)
    return g_strdup ("others than its owner can write it");
  if (facts->n_links > 1)
    return g_strdup ("it has several names");
  return NULL;
}

static void
parse (E13SiteProfile *own, const E13ReadOps *ops, const E13Pin *pin)
{
  g_autoptr (GBytes) bytes = ops->read_file (pin, MAX_BYTES + 1, &own->broken);
  gconstpointer data;
  gsize size;

  if (bytes == NULL)
    return;
  data = g_bytes_get_data (bytes, &size);
  if (size > MAX_BYTES)
    e13_throw (&own->broken, E13_ERROR_INPUT, "'%s' is too large for a profile", own->shown_path);
  else
    own->profile = e13_profile_parse (NAME, own->shown_path, data != NULL ? data : "", size, &own->broken);
}

E13SiteProfile *
e13_site_profile_find (const E13ReadOps *ops, const E13Tree *tree, gboolean only_trusted)
{
  g_autoptr (E13SiteProfile) own = NULL;
  g_autofree char *full = g_build_filename (tree->path, NAME, NULL);
  E13Pin *pin = ops->pin (tree, NAME, NULL);

  if (pin == NULL)
    return NULL;
  if (pin->facts.type != E13_TYPE_FILE)
    {
      ops->unpin (pin);
      return NULL;
    }
  own = g_new0 (E13SiteProfile, 1);
  own->shown_path = e13_quote_path (full);
  own->why_not = why_not_trusted (ops, &pin->facts);
  own->trusted = own->why_not == NULL;
  if (own->trusted || !only_trusted)
    parse (own, ops, pin);
  ops->unpin (pin);
  return g_steal_pointer (&own);
}

void
e13_site_profile_free (E13SiteProfile *own)
{
  if (own == NULL)
    return;
  g_clear_pointer (&own->profile, e13_profile_unref);
  g_clear_error (&own->broken);
  g_free (own->shown_path);
  g_free (own->why_not);
  g_free (own);
}
