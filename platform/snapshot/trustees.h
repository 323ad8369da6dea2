/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom icacls means by a name: a number, an application pool of IIS, or a well-known account in some languages
 * (trustees.def). Internal to platform/snapshot. */

#pragma once

#include "model/sid.h"

/* FALSE where it is not known. Letters count alike in either case. */
gboolean e13_dump_trustee (const char *name, E13Sid *ret_sid);
