/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A tree as a table of paths and contents, for what asks for evidence. */

#pragma once

#include "policy/detect.h"

typedef struct
{
  GHashTable *files; /* path → content; a directory's is NULL. Parents are implied */
  E13Evidence evidence;
} EvidenceTable;

EvidenceTable *evidence_table_new (void);
/* @path that ends with a slash is a directory. What a file holds already stays before @content, on lines of its own. */
void evidence_table_add (EvidenceTable *table, const char *path, const char *content);
void evidence_table_free (EvidenceTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EvidenceTable, evidence_table_free)
