/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The stream by which Windows knows that a file came from elsewhere, reached through the file's own handle. */

#pragma once

#include "platform/win32/nt.h"

/* The whole stream of what @file holds; NULL where there is none, it cannot be read, or it is no such thing (over 64
 * KiB). */
GBytes *e13_win32_zone_read (HANDLE file);

/* Makes the stream hold @zone byte for byte; NULL removes it. Times of the file move: the caller puts them back. */
NTSTATUS e13_win32_zone_write (HANDLE file, GBytes *zone);

/* The same for a stream that is called @name (@length units) as seen from @base, which Wine shows as a file of a
 * directory: for tests. */
GBytes *e13_win32_stream_read (HANDLE base, const gunichar2 *name, gsize length);
NTSTATUS e13_win32_stream_write (HANDLE base, const gunichar2 *name, gsize length, GBytes *content);
