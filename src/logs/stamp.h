/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Stamps: the time that a line of a log has in front, or that a JSON line has among its members. */

#pragma once

#include <glib.h>

/* Microseconds since 1970; 0: none is there. Where no zone is written it is this machine's; where no year is, the one
 * that makes it the last such day before @now. */
gint64 e13_stamp_find (const char *line, gsize length, gint64 now);
