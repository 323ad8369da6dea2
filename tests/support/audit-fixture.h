/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An audit of a temporary tree by the real POSIX platform, for one application account. */

#pragma once

#include "audit/audit.h"
#include "tests/support/temp-tree.h"

typedef struct
{
  E13TempTree *temp;
  E13Tree *tree;
  E13Policy *policy;
  E13Identity *app;
  E13AuditRequest request;
} E13AuditFixture;

/* Makes the tree, reads @profile_text, opens the site. Aborts the test on any error. */
void e13_audit_fixture_init (E13AuditFixture *fixture, const E13TempObject *objects, const char *profile_text,
                             guint app_uid, gboolean ask_kernel);
/* Opens the site anew, after something was mounted or changed around it. */
void e13_audit_fixture_reopen (E13AuditFixture *fixture);
void e13_audit_fixture_clear (E13AuditFixture *fixture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13AuditFixture, e13_audit_fixture_clear)

/* "rule path" a line, notes as "(rule) path", in the report's order, without unmapped-id: the accounts of tests have no
 * names. Free with g_free(). */
char *e13_audit_describe (const E13Audit *audit);
/* The first finding of @rule; NULL. */
const E13Finding *e13_audit_find (const E13Audit *audit, E13RuleId rule);
