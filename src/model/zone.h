/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Zone: where a file came from, as Windows marks a download in a stream of its own (Zone.Identifier). */

#pragma once

#include <glib.h>

#define E13_ZONE_INTERNET 3
#define E13_ZONE_UNTRUSTED 4
#define E13_ZONE_UNSAID (-1)

/* The number behind "ZoneId=" in the stream, which may hold anything; E13_ZONE_UNSAID where there is none. */
int e13_zone_of_stream (GBytes *stream);
