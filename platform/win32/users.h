/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which programs have a file open; platform.h has the contract, of E13ReadOps.who_uses. */

#pragma once

#include "platform/platform.h"

char *e13_win32_who_uses (const E13Pin *pin);
