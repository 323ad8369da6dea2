/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a Windows administrator sees who starts the program without knowing of it: by its name alone, or by a double
 * click. */

#pragma once

/* Prints the few commands that most people ever need; in a window that would vanish it then waits for a key. */
void e13_first_screen (void);
