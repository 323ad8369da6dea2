/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "audit/audit.h"
#include "policy/detect.h"

/* Detection looks beneath the site only, through pins: a link is there, but its target is not looked at. */

typedef struct
{
  const E13ReadOps *ops;
  const E13Tree *tree;
} Place;

static gboolean
exists (const char *path, gboolean is_directory, gpointer data)
{
  const Place *place = data;
  E13Pin *pin = place->ops->pin (place->tree, path, NULL);
  gboolean found = pin != NULL && (!is_directory || pin->facts.type == E13_TYPE_DIRECTORY);

  place->ops->unpin (pin);
  return found;
}

static GBytes *
read_file (const char *path, gsize max_bytes, gpointer data)
{
  const Place *place = data;
  E13Pin *pin = place->ops->pin (place->tree, path, NULL);
  GBytes *bytes = pin != NULL && pin->facts.type == E13_TYPE_FILE ? place->ops->read_file (pin, max_bytes, NULL) : NULL;

  place->ops->unpin (pin);
  return bytes;
}

static GPtrArray *
list (const char *path, gpointer data)
{
  const Place *place = data;
  E13Pin *pin = place->ops->pin (place->tree, path, NULL);
  GPtrArray *names = pin != NULL && pin->facts.type == E13_TYPE_DIRECTORY ? place->ops->list (pin, NULL) : NULL;

  place->ops->unpin (pin);
  return names;
}

E13Profile *
e13_audit_detect (const E13ReadOps *ops, const E13Tree *tree, const GPtrArray *profiles)
{
  Place place = { ops, tree };
  const E13Evidence evidence = { exists, read_file, list, &place, tree->has_descriptors };

  return e13_detect (profiles, &evidence);
}
