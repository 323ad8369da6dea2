/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking on an identity's fsuid, fsgid and groups in one thread, for the time of a question.
 *
 * Never the real uid: whoever has it could send the thread signals. Never by way of the C library's setgroups(),
 * which would change every thread. Between put_on and take_off nothing else may be done. */

#pragma once

#include "model/identity.h"

/* 0, or the errno of what the system refused; then nothing is changed. Is not nested. */
int e13_posix_guise_put_on (const E13Identity *identity);
/* Back to this process' own. FALSE where the guise had not taken, so that what was answered meanwhile is worth
 * nothing. Where it can't be taken off, the process ends. */
gboolean e13_posix_guise_take_off (void);

/* While TRUE, this thread keeps groups and fsgid of the last guise until it needs others, which saves half of the
 * calls; the fsuid is always taken off. Only where no group restrains this process: else it has no effect. FALSE
 * takes them off. */
void e13_posix_guise_keep (gboolean keep);
/* Was @identity's the last guise, and has this thread kept what it keeps of it? Then it can be put on again. */
gboolean e13_posix_guise_is_kept (const E13Identity *identity);
