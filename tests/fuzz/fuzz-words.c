/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The small parsers, each on the whole input: an ACL entry, an escaped name, an identity, the
 * mark of a download. */

#include <string.h>

#include "base/quote.h"
#include "model/posix-acl.h"
#include "model/zone.h"
#include "platform/posix/system.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
try_entry (const char *text)
{
  g_autoptr (GError) error = NULL;
  E13AclEntry entry = { 0, 0, 0 };

  g_assert_true (e13_acl_entry_parse (text, &entry, &error) == (error == NULL));
  g_assert_cmpuint (entry.rights, <=, E13_RIGHTS_ALL);
}

/* What was quoted comes back as it was. */
static void
try_name (const char *text)
{
  g_autofree char *quoted = e13_quote_getfacl (text);
  g_autofree char *back = e13_unquote_getfacl (quoted, NULL);
  g_autofree char *other = e13_unquote_getfacl (text, NULL);
  g_autofree char *shown = e13_quote_display (text);

  g_assert_cmpstr (back, ==, text);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  (void)other;
}

static void
try_identity (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Identity) identity = e13_posix_identity_parse (text, &error);

  g_assert_true ((identity == NULL) == (error != NULL));
}

static void
try_zone (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) stream = g_bytes_new_static (data, size);
  int zone = e13_zone_of_stream (stream);

  g_assert_true (zone >= E13_ZONE_UNSAID && zone <= 9);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);

  try_zone (data, size);

  try_entry (text);
  try_name (text);
  try_identity (text);
  return 0;
}
