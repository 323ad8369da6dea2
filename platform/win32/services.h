/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The services that are web servers, and the accounts that they run as, whether they run now or not. */

#pragma once

#include "platform/platform.h"

/* Adds an E13Identity to @found for each that runs as an account that none of them has yet. */
void e13_win32_add_services (GPtrArray *found);
