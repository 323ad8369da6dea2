/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The text reporter's answer to `errno13 explain`: the chain, with the component that decides marked. */

#pragma once

#include "report/report.h"

void e13_report_text_explanation (const E13ReportOptions *options, const E13Explanation *explanation,
                                  const E13Identity *identity);
