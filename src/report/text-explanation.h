/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The text reporter's answer to `errno13 explain`: the chain, with the component that decides marked. */

#pragma once

#include "report/report.h"

void e13_report_text_explanation (const E13ReportOptions *options, const E13Explanation *explanation,
                                  const E13Identity *identity);

/* The link that decides: the first that is not granted; the last where all are. NULL for an empty chain. */
const E13Link *e13_report_deciding_link (const E13Explanation *explanation);
