/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a configuration, an occasion and a site within the site make of a profile's sections. */

#include <criterion/criterion.h>
#include <string.h>

#include "base/error.h"
#include "tests/support/evidence-table.h"
#include "policy/policy.h"

TestSuite (moved, .timeout = 60);

#define HEAD "[Profile]\nName=x\n[**]\nApp=read\n"
#define UPLOADS HEAD "[up/loads/**]\nApp=modify\nMovedBy=conf~/^uploads=(?:DIR(?<here>.*)|(.+))$/m\n"

static E13Profile *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  E13Profile *profile = e13_profile_parse ("x", "test", text, strlen (text), &error);

  cr_assert_not_null (profile, "%s", error != NULL ? error->message : "");
  return profile;
}

static E13Level
level_of (const E13Policy *policy, const char *directory)
{
  g_autoptr (E13Scope) scope = e13_policy_enter (policy, directory, 0);
  E13Requirement requirement;

  e13_scope_directory (scope, &requirement);
  return requirement.app;
}

/* The directories of a list, of which the policy asks for writing, divided by spaces. */
static char *
written (const E13Policy *policy)
{
  static const char *const directories[] = { "",     "up/loads",      "up/loads/a", "media", "media/a", "conf.d/media",
                                             "blog", "blog/up/loads", "blog/media", "tmp" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (directories); i++)
    if (level_of (policy, directories[i]) >= E13_LEVEL_WRITE)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", *directories[i] != '\0' ? directories[i] : ".");
  return g_strdup (text->str);
}

typedef struct
{
  const char *label;
  const char *profile;
  const char *path; /* of the configuration */
  const char *content;
  const char *written;
  const char *remark; /* NULL: none */
} Row;

static const Row rows[] = {
  { "no configuration", UPLOADS, "other", "", "up/loads up/loads/a", NULL },
  { "nothing said", UPLOADS, "conf", "x=y", "up/loads up/loads/a", NULL },
  { "elsewhere in the site", UPLOADS, "conf", "uploads=media", "media media/a",
    "'conf' says that 'up/loads' is at 'media' instead." },
  { "with dots and slashes", UPLOADS, "conf", "uploads=./x/..//media/", "media media/a",
    "'conf' says that 'up/loads' is at './x/..//media/' instead." },
  { "absolute, in the site", UPLOADS, "conf", "uploads=/srv/site/media", "media media/a",
    "'conf' says that 'up/loads' is at '/srv/site/media' instead." },
  { "absolute, by the other name of the site", UPLOADS, "conf", "uploads=/var/www/media", "media media/a",
    "'conf' says that 'up/loads' is at '/var/www/media' instead." },
  { "from the file's directory", UPLOADS, "conf", "uploads=DIR/media", "media media/a",
    "'conf' says that 'up/loads' is at '/media' instead." },
  { "where it was anyway", UPLOADS, "conf", "uploads=up/loads/", "up/loads up/loads/a", NULL },
  { "out of the site", UPLOADS, "conf", "uploads=/srv/other", "",
    "'conf' says that 'up/loads' is at '/srv/other' instead, outside the site: check that as a site of its own." },
  { "a sibling of a similar name", UPLOADS, "conf", "uploads=/srv/site2/media", "",
    "'conf' says that 'up/loads' is at '/srv/site2/media' instead, outside the site: check that as a site of its "
    "own." },
  { "out of the site by dots", UPLOADS, "conf", "uploads=../../etc", "",
    "'conf' says that 'up/loads' is at '../../etc' instead, outside the site: check that as a site of its own." },
  { "out of the site and back by dots", UPLOADS, "conf", "uploads=/srv/site/../../etc", "",
    "'conf' says that 'up/loads' is at '/srv/site/../../etc' instead, outside the site: check that as a site of its "
    "own." },
  { "the whole site", UPLOADS, "conf", "uploads=.", "up/loads up/loads/a",
    "'conf' says that 'up/loads' is at '.' instead, which is not followed." },
  { "wildcards are names", UPLOADS, "conf", "uploads=*", "", "'conf' says that 'up/loads' is at '*' instead." },
  { "what a terminal obeys", UPLOADS, "conf", "uploads=a\033[31mb", "",
    "'conf' says that 'up/loads' is at 'a\\033[31mb' instead." },
  { "only if, and it is", HEAD "[tmp/]\nApp=write\nIf=conf~/on/\n", "conf", "on", "tmp", NULL },
  { "only if, and it is not", HEAD "[tmp/]\nApp=write\nIf=conf~/on/\n", "conf", "off", "", NULL },
  { "unless, and it is", HEAD "[tmp/]\nApp=write\nUnless=conf~/on/;gone\n", "conf", "on", "", NULL },
  { "unless, and it is not", HEAD "[tmp/]\nApp=write\nUnless=conf~/on/;gone\n", "conf", "off", "tmp", NULL },
  { "a directory alone", HEAD "[tmp/]\nApp=write\nMovedBy=conf~/=(.*)/\n", "conf", "=media", "media",
    "'conf' says that 'tmp' is at 'media' instead." },
};

Test (moved, by_a_configuration)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (E13Profile) profile = parse (row->profile);
      g_autoptr (EvidenceTable) table = evidence_table_new ();
      const E13PolicyOptions options
          = { .evidence = &table->evidence, .root = "/srv/site", .root_as_given = "/var/www" };
      g_autoptr (E13Policy) policy = NULL;
      g_autofree char *asked = NULL;
      const GPtrArray *remarks;

      evidence_table_add (table, row->path, row->content);
      policy = e13_policy_new (profile, &options, NULL);
      asked = written (policy);
      remarks = e13_policy_remarks (policy);
      cr_expect_str_eq (asked, row->written, "%s: writes '%s'", row->label, asked);
      cr_expect_eq (remarks->len, row->remark != NULL ? 1 : 0, "%s: %u remarks", row->label, remarks->len);
      if (remarks->len > 0 && row->remark != NULL)
        cr_expect_str_eq (remarks->pdata[0], row->remark, "%s: %s", row->label, (char *)remarks->pdata[0]);
    }
}

/* ---- Sites within the site ------------------------------------------------------------------- */

Test (moved, a_site_within_the_site_begins_anew)
{
  g_autoptr (E13Profile) outer
      = parse ("[Profile]\nName=o\n[**]\nApp=modify\nServer=none\nWorld=none\nCode=yes\nScript=run\n"
               "[**/]\nHolding=*.php\nApp=modify\n");
  g_autoptr (E13Profile) inner = parse (UPLOADS "[**/]\nHolding=*.db\nApp=modify\nWhy=database\n");
  g_autoptr (EvidenceTable) table = evidence_table_new ();
  E13Nested blog = { (char *)"blog", inner };
  g_autoptr (GPtrArray) nested = g_ptr_array_new ();
  const char *const paths[] = { "blog/asked", NULL };
  const E13PolicyOptions options = { .nested = nested, .evidence = &table->evidence, .write_paths = paths };
  g_autoptr (E13Policy) policy = NULL;
  g_autoptr (E13Scope) scope = NULL;
  g_autoptr (E13Scope) with_php = NULL;
  g_autoptr (E13Scope) with_db = NULL;
  E13Requirement entry, php, db;

  g_ptr_array_add (nested, &blog);
  evidence_table_add (table, "blog/conf", "uploads=media");
  policy = e13_policy_new (outer, &options, NULL);
  scope = e13_policy_enter (policy, "blog/code", 0);
  with_php = e13_policy_enter (policy, "blog/code", e13_policy_marks_of_name (policy, "a.php"));
  with_db = e13_policy_enter (policy, "blog/code", e13_policy_marks_of_name (policy, "a.db"));
  e13_scope_entry (scope, "a.php", &entry);
  e13_scope_directory (with_php, &php);
  e13_scope_directory (with_db, &db);
  cr_expect_eq (level_of (policy, "elsewhere"), E13_LEVEL_MODIFY);
  cr_expect_eq (level_of (policy, "blog"), E13_LEVEL_READ);
  cr_expect_eq (level_of (policy, "blog/media"), E13_LEVEL_MODIFY);
  cr_expect_eq (level_of (policy, "blog/up/loads"), E13_LEVEL_READ);
  cr_expect_eq (level_of (policy, "media"), E13_LEVEL_MODIFY, "of the outer one");
  cr_expect_eq (level_of (policy, "blog/asked"), E13_LEVEL_MODIFY, "the command line counts everywhere");
  cr_expect_eq (entry.app, E13_LEVEL_READ);
  cr_expect_eq (entry.server, E13_LEVEL_READ);
  cr_expect_eq (entry.world, E13_LEVEL_UNSET);
  cr_expect_eq (entry.script, E13_LEVEL_UNSET);
  cr_expect_not (entry.code);
  cr_expect_eq (php.app, E13_LEVEL_READ, "the outer one's names say nothing here");
  cr_expect_eq (db.app, E13_LEVEL_MODIFY, "its own do");
}

/* ---- Occasions ------------------------------------------------------------------------------- */

Test (moved, what_another_occasion_needs_is_known_and_not_asked_for)
{
  g_autoptr (E13Profile) profile = parse (
      "[Profile]\nName=x\n[**/]\nApp=read\n[**/*.php]\nApp=read\nCode=yes\n[{core,lib}/**]\nWhen=update\nApp=modify\n"
      "[**]\nWhen=install\nApp=modify\n[tmp/]\nWhen=feature:a\nApp=write\n"
      "[log/]\nWhen=feature:b\nApp=write\n");
  static const char *const features[] = { "a", NULL };
  const E13PolicyOptions some = { .when = E13_WHEN_RUNTIME | E13_WHEN_FEATURE, .features = features };
  g_autoptr (E13Policy) policy = e13_policy_new (profile, NULL, NULL);
  g_autoptr (E13Policy) with_a = e13_policy_new (profile, &some, NULL);
  const GArray *later = e13_policy_later_paths (policy);
  g_autoptr (E13Scope) scope = e13_policy_enter (policy, "core", 0);
  E13Requirement code;

  e13_scope_entry (scope, "a.php", &code);
  cr_expect_eq (code.app, E13_LEVEL_READ);
  cr_expect (code.code);
  cr_expect (code.asks_to_write_code, "writable code is a note, since updates ask for it");
  cr_assert_eq (later->len, 5);
  cr_expect_str_eq (g_array_index (later, E13LaterPath, 0).path, "core");
  cr_expect_str_eq (g_array_index (later, E13LaterPath, 1).path, "lib");
  cr_expect_str_eq (g_array_index (later, E13LaterPath, 2).path, "");
  cr_expect_str_eq (g_array_index (later, E13LaterPath, 3).feature, "a");
  cr_expect_eq (level_of (policy, "tmp"), E13_LEVEL_READ);
  cr_expect_eq (level_of (with_a, "tmp"), E13_LEVEL_WRITE);
  cr_expect_eq (level_of (with_a, "log"), E13_LEVEL_READ);
}

Test (moved, read_only_but_for_what_is_asked)
{
  g_autoptr (E13Profile) profile = parse (HEAD "[tmp/**]\nApp=modify\n");
  const char *const paths[] = { "media", NULL };
  const E13PolicyOptions options = { .read_only = TRUE, .write_paths = paths };
  g_autoptr (E13Policy) policy = e13_policy_new (profile, &options, NULL);
  g_autofree char *asked = written (policy);

  cr_expect_str_eq (asked, "media media/a");
}
