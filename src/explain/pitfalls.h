/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pitfalls: what looks like a missing permission and is another thing, or hides behind one. Each is looked for once
 * the chain stands; it adds a link to it where it decides, else a remark, and its own cure. Internal to explain/. */

#pragma once

#include "explain/asking.h"

/* Where the lookup ended, and what was wanted there. */
typedef struct
{
  E13Asking *asking;
  const E13Route *route;
  const E13Wanted *wanted;
  const E13Pin *object;    /* what the path leads to; NULL: it is not there */
  const E13Pin *directory; /* that holds it, or, where it is not there, the last that is */
} E13Situation;

void e13_pitfalls_find (const E13Situation *situation);

/* Of the scripts that are to be run: pitfalls-run.c. */
void e13_pitfall_first_line (const E13Situation *situation);

/* Does the kernel refuse @identity to open the object with O_CREAT although its bits grant it: fs.protected_regular and
 * fs.protected_fifos, in sticky directories? Their name, or NULL. */
const char *e13_pitfall_protected (const E13ReadOps *ops, const E13Identity *identity, const E13Pin *directory,
                                   const E13Pin *object);

/* For detectors. */
void e13_pitfall_remark (const E13Situation *situation, const char *format, ...) G_GNUC_PRINTF (2, 3);
void e13_pitfall_cure (const E13Situation *situation, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The first link that refuses; NULL: none does. */
const E13Link *e13_pitfall_refused (const E13Situation *situation);
