/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/fake-site.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "tests/support/acl-text.h"

static const FakeSiteObject *the_objects;

static const FakeSiteObject protected_links
    = FAKE ("/proc/sys/fs/protected_hardlinks", E13_TYPE_FILE, "u::rw-,g::r--,o::r--", 0, 0, .content = "1\n");

/* ---- The platform ---------------------------------------------------------------------------- */

static const FakeSiteObject *
look_up (const char *path)
{
  for (const FakeSiteObject *object = the_objects; object->path != NULL; object++)
    if (g_str_equal (object->path, path))
      return object;
  return g_str_equal (path, protected_links.path) ? &protected_links : NULL;
}

E13Facts
fake_site_facts (const char *path)
{
  const FakeSiteObject *object = look_up (path);
  E13Facts facts = { 0 };

  g_assert (object != NULL);
  facts.type = object->type;
  facts.uid = object->uid;
  facts.gid = object->gid;
  facts.n_links = MAX (object->n_links, 1);
  facts.attributes = object->attributes;
  facts.key.device = 1;
  facts.key.inode = object->inode != 0 ? object->inode : 1000 + (guint64)(object - the_objects);
  facts.acl_state = object->state == E13_ACL_NOT_READ ? E13_ACL_READ : object->state;
  facts.access = test_acl (object->acl);
  facts.mode = object->upper_mode | e13_acl_to_mode (facts.access);
  facts.default_acl = object->default_acl != NULL ? test_acl (object->default_acl) : NULL;
  if (facts.acl_state == E13_ACL_UNREADABLE)
    {
      g_clear_pointer (&facts.access, e13_acl_unref);
      facts.acl_errno = EIO;
    }
  return facts;
}

static E13Pin *
pin (const E13Tree *tree G_GNUC_UNUSED, const char *path, GError **error)
{
  E13Pin *pinned;

  if (look_up (path) == NULL)
    {
      errno = ENOENT;
      return e13_throw_errno (error, "cannot look up '%s'", path), NULL;
    }
  pinned = g_new0 (E13Pin, 1);
  pinned->path = g_strdup (path);
  pinned->facts = fake_site_facts (path);
  pinned->fd = -1;
  return pinned;
}

static void
unpin (E13Pin *pinned)
{
  if (pinned == NULL)
    return;
  e13_facts_clear (&pinned->facts);
  g_free (pinned->path);
  g_free (pinned);
}

/* The part of @path that is one name in @directory; NULL where it lies elsewhere. */
static const char *
name_in (const char *directory, const char *path)
{
  gsize length = strlen (directory);

  if (length > 0 && (strncmp (path, directory, length) != 0 || path[length] != '/'))
    return NULL;
  path += length > 0 ? length + 1 : 0;
  return *path != '\0' && strchr (path, '/') == NULL ? path : NULL;
}

static GPtrArray *
list (const E13Pin *directory, GError **error)
{
  GPtrArray *names;

  if (g_str_has_suffix (directory->path, "unlistable"))
    {
      errno = EIO;
      return e13_throw_errno (error, "cannot list '%s'", directory->path), NULL;
    }
  names = g_ptr_array_new_with_free_func (g_free);
  for (const FakeSiteObject *object = the_objects; object->path != NULL; object++)
    {
      const char *name = name_in (directory->path, object->path);

      if (name != NULL)
        g_ptr_array_add (names, g_strdup (name));
    }
  return names;
}

static GBytes *
read_file (const E13Pin *pinned, gsize max_bytes, GError **error)
{
  const FakeSiteObject *object = look_up (pinned->path);

  if (object->content == NULL)
    return e13_throw (error, E13_ERROR_FAILED, "'%s' has no content", pinned->path), NULL;
  return g_bytes_new (object->content, MIN (max_bytes, strlen (object->content)));
}

static const char *
user_name (guint32 uid)
{
  return uid == 0 ? "root" : uid == 33 ? "www-data" : uid == 34 ? "nginx" : uid == 1000 ? "maria" : NULL;
}

static const char *
group_name (guint32 gid)
{
  return gid == 33 ? "www-data" : gid == 100 ? "staff" : NULL;
}

static E13Identity *
identity_self (void)
{
  return e13_identity_new ("root", 0, 0, NULL, 0, "test");
}

const E13ReadOps fake_site_ops = {
  .name = "fake site",
  .pin = pin,
  .unpin = unpin,
  .list = list,
  .read_file = read_file,
  .identity_self = identity_self,
  .user_name = user_name,
  .group_name = group_name,
};

/* ---- The site -------------------------------------------------------------------------------- */

static E13Policy *
policy_from (const char *sections)
{
  g_autofree char *text = g_strconcat ("[Profile]\nName=Test\n[**]\nApp=read\n", sections, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (E13Profile) profile = e13_profile_parse ("test", "test", text, strlen (text), &error);
  E13PolicyOptions options = { 0 };
  E13Policy *policy;

  g_assert_no_error (error);
  policy = e13_policy_new (profile, &options, &error);
  g_assert_no_error (error);
  return policy;
}

FakeSite *
fake_site_new (const FakeSiteObject *objects, const char *path, const char *profile_text, gboolean two_accounts)
{
  FakeSite *site = g_new0 (FakeSite, 1);

  the_objects = objects;
  site->route.pins = g_ptr_array_new ();
  site->tree.route = &site->route;
  site->tree.root = &site->root;
  site->tree.path = path != NULL ? path : FAKE_SITE;
  site->policy = policy_from (profile_text);
  site->app = e13_identity_new ("www-data", 33, 33, NULL, 0, "test");
  site->server = two_accounts ? e13_identity_new ("nginx", 34, 34, NULL, 0, "test") : site->app;
  site->request.ops = &fake_site_ops;
  site->request.tree = &site->tree;
  site->request.policy = site->policy;
  site->request.app = site->app;
  site->request.server = site->server;
  site->audit.findings = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_finding_free);
  site->options.keep_owner = TRUE;
  return site;
}

void
fake_site_free (FakeSite *site)
{
  g_ptr_array_unref (site->route.pins);
  g_ptr_array_unref (site->audit.findings);
  if (site->server != site->app)
    e13_identity_free (site->server);
  e13_identity_free (site->app);
  e13_policy_free (site->policy);
  g_free (site);
}

void
fake_site_find_for (FakeSite *site, const E13Identity *identity, E13RuleId rule, const char *path, E13Rights needs)
{
  g_auto (E13Facts) facts = { 0 };
  E13Finding *finding;

  facts = fake_site_facts (rule == E13_RULE_MISSING_DIRECTORY ? "" : path);
  finding = e13_finding_new (&e13_rules[rule], path, &facts);
  finding->identity = identity;
  finding->needs = needs;
  g_ptr_array_add (site->audit.findings, finding);
}

void
fake_site_find (FakeSite *site, E13RuleId rule, const char *path, E13Rights needs)
{
  fake_site_find_for (site, site->app, rule, path, needs);
}

/* ---- The plan as text ------------------------------------------------------------------------ */

static void
append_change (GString *out, const E13Change *change)
{
  g_autofree char *acl = e13_acl_to_text (change->after.access);

  g_string_append_printf (out, "%s %s %s", change->kind == E13_CHANGE_SET ? "set" : "make",
                          *change->path != '\0' ? change->path : ".", acl);
  if (change->after.uid != change->before.uid || change->after.gid != change->before.gid)
    g_string_append_printf (out, " owner %u:%u", change->after.uid, change->after.gid);
  if (!e13_acl_equal (change->after.default_acl, change->before.default_acl))
    {
      g_autofree char *default_acl = e13_acl_to_text (change->after.default_acl);

      g_string_append_printf (out, " default %s", default_acl);
    }
  g_string_append_c (out, '\n');
}

static E13Plan *
make_plan (FakeSite *site)
{
  E13Plan *plan = e13_plan_make (&site->request, &site->audit, &site->options);

  g_assert (plan != NULL);
  return plan;
}

char *
fake_site_plan (FakeSite *site)
{
  g_autoptr (E13Plan) plan = make_plan (site);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < plan->changes->len; i++)
    append_change (out, g_ptr_array_index (plan->changes, i));
  for (guint i = 0; i < plan->refusals->len; i++)
    {
      const E13Refusal *refusal = g_ptr_array_index (plan->refusals, i);

      g_string_append_printf (out, "refuse %s %s %s\n", *refusal->finding->path != '\0' ? refusal->finding->path : ".",
                              refusal->finding->rule->id, refusal->option != NULL ? refusal->option : "-");
    }
  return g_string_free (out, FALSE);
}

char *
fake_site_notes (FakeSite *site)
{
  g_autoptr (E13Plan) plan = make_plan (site);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < plan->changes->len; i++)
    {
      const E13Change *change = g_ptr_array_index (plan->changes, i);

      for (guint j = 0; change->notes != NULL && j < change->notes->len; j++)
        g_string_append_printf (out, "%s: %s\n", change->path, (const char *)g_ptr_array_index (change->notes, j));
    }
  for (guint i = 0; i < plan->notes->len; i++)
    g_string_append_printf (out, "%s\n", (const char *)g_ptr_array_index (plan->notes, i));
  return g_string_free (out, FALSE);
}

char *
fake_site_reasons (FakeSite *site)
{
  g_autoptr (E13Plan) plan = make_plan (site);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < plan->refusals->len; i++)
    g_string_append_printf (out, "%s\n", ((const E13Refusal *)g_ptr_array_index (plan->refusals, i))->reason);
  return g_string_free (out, FALSE);
}
