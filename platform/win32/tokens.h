/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The system's access tokens as ours. */

#pragma once

#include "model/token.h"
#include "platform/win32/nt.h"

/* What @token (opened with TOKEN_QUERY) stands for; NULL where it cannot be read. */
E13Token *e13_win32_token_of (HANDLE token);
/* That of a process; NULL where it cannot be opened. */
E13Token *e13_win32_token_of_process (HANDLE process);
