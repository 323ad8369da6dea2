/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Privileges that this process holds but has not switched on. */

#pragma once

#include <glib.h>

/* Reading past the lists, for who may make backups; tried once. */
void e13_win32_want_to_read (void);
/* Writing lists past the lists, for who may restore backups; tried once, and by the write operations alone. */
void e13_win32_want_to_write (void);
