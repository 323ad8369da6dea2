/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What this thread may do beyond its user id. */

#pragma once

#include <glib.h>

/* No permission bit restrains it (CAP_DAC_OVERRIDE). */
gboolean e13_posix_overrides_dac (void);
/* It may take on other user and group ids, and loses its privileges over files with them. */
gboolean e13_posix_may_change_ids (void);
