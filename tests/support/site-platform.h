/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A platform that is one site in memory: "web.config" of given bytes, "index.html", "cgi-bin/a.py" and a web.config
 * there, too. Reads alone; for fuzzers, which must not touch the file system. */

#pragma once

#include "platform/platform.h"

extern const E13ReadOps e13_test_site_read;

/* @web is referenced. Close it with e13_test_site_read. */
E13Tree *e13_test_site_open (GBytes *web);
