/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The kernel as the judge: the functions are those of E13ReadOps of the same names; platform.h has their contracts. */

#pragma once

#include "platform/platform.h"

gboolean e13_posix_can_ask (GError **error);
void e13_posix_ask_batch (const E13Batch *batch, const E13Identity *identity, E13Rights want_directory,
                          E13Answer *ret_directory, const E13Rights *want, E13Answer *ret_answers);
E13Answer e13_posix_ask (const E13Pin *pin, const E13Identity *identity, E13Rights want);
