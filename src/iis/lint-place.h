/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What several families of a linter ask of a place: its handlers one by one, its pool, who asks there, and commands of
 * appcmd that can be shown. Private to lint-*.c. */

#pragma once

#include "iis/lint.h"
#include "iis/whose.h"

/* A handler that is in effect at a place, and matters to the site. */
typedef struct
{
  const E13LintPlace *place;
  const E13IisPool *pool; /* NULL: not known */
  const E13XmlElement *element;
  const E13XmlAttribute *processor; /* its scriptProcessor; NULL: none */
  char *command;                    /* the same with its variables replaced; "" */
  char *program;                    /* what of it is the program; NULL: cannot be told */
  char *arguments;                  /* and what follows; "" */
  char *condition_fails; /* why its preCondition does not hold in the pool, so that it is passed over; NULL */
  gboolean is_own;       /* the site's own file says so, or a <location> for it */
} E13LintHandler;

typedef void (*E13LintHandlerVisit) (const E13LintSite *site, const E13LintHandler *handler, E13Lint *lint);

/* Each handler at each place that the site set itself, or that takes one of its files. */
void e13_lint_each_handler (const E13LintSite *site, E13Lint *lint, E13LintHandlerVisit visit);

/* NULL where the server is not known, or has no such pool. */
const E13IisPool *e13_lint_pool (const E13LintSite *site, const E13LintPlace *place);

/* What the server shows for the root of the site, beneath it; NULL: it finds no default document. Free with g_free().
 */
char *e13_lint_default_document (const E13LintSite *site);

/* Is @element from the server's own file? */
gboolean e13_lint_is_of_server (const E13LintSite *site, const E13XmlElement *element);

/* @text as it may stand within "[path='…']" on a command line; NULL where it holds what a shell would take for its own,
 * which a stranger may have written. Free with g_free(). */
char *e13_lint_appcmd_value (const char *text);
/* The place as appcmd takes it, in quotes: "Default Web Site/week7"; NULL as above. Free with g_free(). */
char *e13_lint_appcmd_place (const E13LintPlace *place);
/* Where appcmd is: as plain text, and in a format. */
#define E13_LINT_APPCMD "%windir%\\system32\\inetsrv\\appcmd"
#define E13_LINT_APPCMD_F "%%windir%%\\system32\\inetsrv\\appcmd"

/* @text as the value of an attribute. Free with g_free(). */
char *e13_lint_attribute_text (const char *text);
/* "site/web.config line 7". Free with g_free(). */
char *e13_lint_where (const E13XmlElement *element, const E13XmlAttribute *attribute);
