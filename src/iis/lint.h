/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lint: what in the configuration of IIS keeps a site from working, by the HTTP error that it will show. Rules stand in
 * lint-rules.def, once each; how they are found is the business of families, a file lint-NAME.c and a row of the table
 * in lint.c each. */

#pragma once

#include "iis/edit.h"
#include "iis/lint-machine.h"
#include "iis/scope.h"
#include "platform/platform.h"

/* ---- Rules ----------------------------------------------------------------------------------- */

typedef enum
{
  E13_LINT_CERTAIN, /* a document of Microsoft says that this fails */
  E13_LINT_LIKELY,
  E13_LINT_POSSIBLE,
} E13LintCertainty;

/* What must be restarted before a cure counts. */
typedef enum
{
  E13_RESTART_NOTHING, /* IIS sees for itself that a configuration file or an ACL has changed */
  E13_RESTART_POOL,
  E13_RESTART_SERVER, /* the whole of IIS, as "iisreset" does: not the site alone */
} E13LintRestart;

/* One row of lint-rules.def. */
typedef struct
{
  const char *id;
  const char *status; /* "404.2" */
  guint32 hresult;    /* 0: none that is known */
  E13LintCertainty certainty;
  E13LintRestart restart;
  const char *title;
  const char *source; /* the document that says so */
} E13LintRule;

typedef enum
{
#define E13_LINT_RULE(symbol, id, status, hresult, certainty, restart, title, source) E13_LINT_##symbol,
#include "iis/lint-rules.def"
#undef E13_LINT_RULE
  E13_N_LINT_RULES,
} E13LintRuleId;

extern const E13LintRule e13_lint_rules[E13_N_LINT_RULES];

/* "certain"; and what is to be done after a cure, a sentence. */
const char *e13_lint_certainty_name (E13LintCertainty certainty);
const char *e13_lint_restart_advice (E13LintRestart restart);

/* ---- What is looked at ----------------------------------------------------------------------- */

/* A web.config of the site, as it lies there. */
typedef struct
{
  char *path;               /* beneath the site: "cgi-bin/web.config" */
  char *origin;             /* as messages and findings call it, ready for a terminal */
  GBytes *bytes;            /* NULL: it could not be read */
  E13XmlDocument *document; /* NULL: it is no XML, or could not be read */
  GError *error;            /* why; else NULL */
} E13LintFile;

/* A place of the site for which something may be set: its root, each directory that has a web.config, each that a
 * <location> names. */
typedef struct
{
  char *directory; /* beneath the site; "" its root */
  char *path;      /* on the machine of the configuration */
  E13IisMatch match;
  E13IisScope *scope;      /* the configuration in effect there; never NULL */
  const E13LintFile *file; /* its own web.config; NULL: none */
} E13LintPlace;

typedef struct E13LintSite
{
  const E13IisServer *server;    /* never NULL; a stand-in that says nothing where @is_known is FALSE */
  gboolean is_known;             /* the server's configuration was read */
  gboolean is_express;           /* IIS Express: all is done by whoever started it, whatever pools say */
  const E13ReadOps *ops;         /* NULL with @tree */
  const E13Tree *tree;           /* the site's files; NULL: they are not at hand */
  const E13LintMachine *machine; /* what is known of the programs of that machine */
  gboolean has_descriptors;      /* the permissions of @tree's files are those of the site */
  const char *path;              /* of the root on that machine */
  GPtrArray *files;              /* of E13LintFile *: the web.config files beneath the site, the topmost first */
  GPtrArray *places;             /* of E13LintPlace *: the root first */
  GPtrArray *twins;              /* of E13LintPlace *: below the root on the server, and the same folder again */
  GHashTable *endings; /* ".py", in lower case → char *, the first file of the site that ends so, beneath it */
  GPtrArray *scripts;  /* of char *: some scripts, beneath the site */
} E13LintSite;

/* What a file of the site is called in findings. Free with g_free(). */
char *e13_lint_site_origin (const E13LintSite *site, const char *path);
/* Is @path, with slashes, a file of the site, in letters of either case? */
gboolean e13_lint_site_has_file (const E13LintSite *site, const char *path);

/* ---- What is found --------------------------------------------------------------------------- */

typedef struct
{
  const E13LintRule *rule;
  E13LintCertainty certainty; /* the rule's, or less */
  char *origin;               /* the file */
  E13XmlPlace place;          /* line 0: the file or directory as such */
  char *text;             /* what offends, as it stands there, not made safe for a terminal; NULL: nothing to show */
  char *because;          /* sentences */
  GPtrArray *cures;       /* of char *: one way each; after a newline, the command as it may be pasted */
  E13IisEdit *edit;       /* of the file @origin: what cures it, where there is no doubt about it; NULL */
  const char *edit_words; /* what it does: "removes the second of two equal entries" */
} E13LintFinding;

/* What could not be told. */
typedef struct
{
  char *about;   /* "which programs the server allows" */
  char *command; /* that would settle it; NULL */
} E13LintUnknown;

typedef struct
{
  GPtrArray *findings; /* of E13LintFinding *: by file and place */
  GPtrArray *unknowns; /* of E13LintUnknown * */
} E13Lint;

E13Lint *e13_lint_new (void);
void e13_lint_free (E13Lint *lint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Lint, e13_lint_free)

/* Adds a finding at @element, or at its @attribute (may be NULL), whose text is shown. The same rule at the same place
 * is added once: then the finding that is there already is returned. @because is taken over; add cures to the result
 * with e13_lint_cure(), which passes over one that is there. */
E13LintFinding *e13_lint_add (E13Lint *lint, E13LintRuleId rule, const E13XmlElement *element,
                              const E13XmlAttribute *attribute, char *because);
/* The same for any place; @origin and @text are copied. */
E13LintFinding *e13_lint_add_at (E13Lint *lint, E13LintRuleId rule, const char *origin, const E13XmlPlace *place,
                                 const char *text, char *because);
void e13_lint_cure (E13LintFinding *finding, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The edit that cures it; the first one that is given stays. @text is taken over. */
void e13_lint_edit (E13LintFinding *finding, const E13IisEdit *edit, const char *words);
/* @about and @command (may be NULL) are copied; what was said once is passed over. */
void e13_lint_cannot_tell (E13Lint *lint, const char *about, const char *command);

/* ---- Families -------------------------------------------------------------------------------- */

typedef void (*E13LintFamily) (const E13LintSite *site, E13Lint *lint);

void e13_lint_programs (const E13LintSite *site, E13Lint *lint);   /* 404.2, 502.2: what handlers start */
void e13_lint_starts (const E13LintSite *site, E13Lint *lint);     /* 500.0, 502.2: programs that cannot be started */
void e13_lint_modules (const E13LintSite *site, E13Lint *lint);    /* 500.21 to 500.24 */
void e13_lint_handlers (const E13LintSite *site, E13Lint *lint);   /* 403.1, 404.3, 404.4, 404.17, 500.21 … */
void e13_lint_pools (const E13LintSite *site, E13Lint *lint);      /* 403.18, 403.19, 500.19: pools and paths */
void e13_lint_errors (const E13LintSite *site, E13Lint *lint);     /* 500.19: error pages */
void e13_lint_documents (const E13LintSite *site, E13Lint *lint);  /* 403.14 */
void e13_lint_access (const E13LintSite *site, E13Lint *lint);     /* 401, 403, 500.19 by permissions */
void e13_lint_includes (const E13LintSite *site, E13Lint *lint);   /* 500.19: configSource */
void e13_lint_xml (const E13LintSite *site, E13Lint *lint);        /* 500.19: what is no XML */
void e13_lint_schema (const E13LintSite *site, E13Lint *lint);     /* 500.19: what IIS does not know */
void e13_lint_locks (const E13LintSite *site, E13Lint *lint);      /* 500.19: what a file above does not let */
void e13_lint_duplicates (const E13LintSite *site, E13Lint *lint); /* 500.19: what is there already */
void e13_lint_unreadable (const E13LintSite *site, E13Lint *lint); /* 500.19: what IIS cannot get at */

/* All families. */
E13Lint *e13_lint_site (const E13LintSite *site);
