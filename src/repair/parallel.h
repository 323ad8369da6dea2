/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Work on the items of a list by several threads, the caller's among them. */

#pragma once

#include <glib.h>

/* Calls @work for each index below @n_items, in about that order, and returns when all are done. @n_threads: 0 for one
 * a core. Where no more threads can be had, those that there are do it all. */
void e13_parallel_each (guint n_items, guint n_threads, void (*work) (guint index, gpointer data), gpointer data);
