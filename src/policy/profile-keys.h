/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of a profile's sections: which there are, and what their values say. Private to src/policy. */

#pragma once

#include "policy/profile.h"

/* What a key's value is read into. */
typedef struct
{
  E13Profile *profile;
  E13Section *section; /* NULL in [Profile] and [Match] */
} E13KeyTarget;

/* Is [GROUP] a section about paths, neither [Profile] nor [Match]? */
gboolean e13_profile_is_pattern (const char *group);

/* FALSE and @error (E13_ERROR_INPUT), which says what is wrong with the key or its value, but not where; of an unknown
 * key it names the nearest one that exists. */
gboolean e13_profile_read_key (const E13KeyTarget *target, const char *group, const char *key, const char *value,
                               GError **error);

/* Frees an E13NameList. */
void e13_name_list_free (gpointer list);
