/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Configuration files of servers that are rows of a table. */

#pragma once

#include "servers/sources.h"

typedef struct
{
  const char *path;
  const char *text; /* NULL: it may not be read */
} TestFile;

/* @files: ended by a row without a path; must outlive the result. */
E13SourceOps test_sources (const TestFile *files);
