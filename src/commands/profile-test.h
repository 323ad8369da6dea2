/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Is a new profile right? What the format forbids is an error with its place; what it allows and nobody means is said.
 */

#pragma once

#include "policy/profile.h"

/* Prints what is to be said of the profile in @path among @profiles: an exit status, TROUBLE with @error. */
int e13_profile_test (const GPtrArray *profiles, const char *path, GError **error);
