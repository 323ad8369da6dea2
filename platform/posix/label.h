/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What decides beside permission bits and mounts: labels, profiles, settings of the kernel. See platform.h. */

#pragma once

#include "platform/platform.h"

E13Confinement *e13_posix_confinement (guint32 pid, const E13Pin *pin, E13Rights rights);
int e13_posix_setting (const char *name);
