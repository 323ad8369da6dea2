/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The question of an account of Windows, answered by the security descriptor of the object and, for what a directory
 * gives to what it holds, by that of the directory. Internal to explain/. */

#pragma once

#include "explain/asking.h"

/* The directories on the way, nearest first: once for all where the token needs no right there, else one by one. */
void e13_descriptor_ask_way (E13Asking *asking, const E13Pin *const *above, gsize n_above);

/* What is wanted of @object, which lies in @above[0]; where it is denied, the cure is added too. */
void e13_descriptor_ask (E13Asking *asking, const E13Pin *object, const E13Pin *const *above, gsize n_above,
                         const E13Wanted *wanted);
