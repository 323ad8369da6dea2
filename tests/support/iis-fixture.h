/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Configurations of IIS for tests: the stock one, and web.config files in memory. */

#pragma once

#include "iis/scope.h"

/* tests/data/iis/stock.config: its text (free with g_free()), and read, as "applicationHost.config". Both abort on any
 * error. */
char *e13_test_stock_text (void);
E13IisServer *e13_test_stock_server (void);

/* A web.config: the directory it lies in, and its text. A row of NULLs ends a table. */
typedef struct
{
  const char *directory;
  const char *name; /* NULL: "web.config" */
  const char *text;
} E13TestConfig;

/* An E13IisRead; @data: a table of E13TestConfig. Its documents are called "DIRECTORY\NAME". */
E13XmlDocument *e13_test_read_config (const char *directory, const char *name, gpointer data, GError **error);
