/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <string.h>

#include "base/error.h"
#include "servers/local.h"
#include "servers/whose.h"
#include "tests/support/memory-sources.h"

TestSuite (choose, .timeout = 60);

/* ---- A machine ------------------------------------------------------------------------------- */

/* Accounts have the groups of their own number; "late" is one that the database has given to shop. */
static const struct
{
  const char *name;
  guint32 uid;
} accounts[]
    = { { "root", 0 }, { "www-data", 33 }, { "nginx", 101 }, { "shop", 787 }, { "maria", 1000 }, { "bob", 1001 } };

typedef struct
{
  guint32 pid;
  guint32 parent;
  const char *program;
  const char *words; /* separated by bars */
  guint32 uid;
  const char *directory;
  const char *unit;
  gboolean is_stranger; /* its executable is not believed */
  gboolean is_by_root;
} Row;

static const Row *machine;

static E13Identity *
parse (const char *text, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (strcmp (accounts[i].name, text) == 0)
      {
        E13Identity *identity = e13_identity_new (text, accounts[i].uid, accounts[i].uid, NULL, 0, "--as");

        identity->overrides_dac = accounts[i].uid == 0;
        return identity;
      }
  return e13_throw (error, E13_ERROR_USAGE, "there is no account named '%s'", text), NULL;
}

static gboolean
find_group (const char *name, guint32 *ret_gid)
{
  g_autoptr (E13Identity) identity = parse (name, NULL);

  if (identity != NULL)
    *ret_gid = identity->gid;
  return identity != NULL;
}

static const char *
name_of (guint32 id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (accounts[i].uid == id)
      return accounts[i].name;
  return NULL;
}

static E13Route *
no_route (const char *path G_GNUC_UNUSED, GError **error)
{
  return e13_throw (error, E13_ERROR_FAILED, "there is no file system"), NULL;
}

static GPtrArray *
processes (E13WantsProgram wants, gpointer data)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_process_free);

  for (const Row *row = machine; row->program != NULL; row++)
    {
      g_autofree char *evidence = g_strdup_printf ("running %s (pid %u)", row->program, row->pid);
      E13Process *process;

      if (!wants (row->program, data))
        continue;
      process = g_new0 (E13Process, 1);
      process->pid = row->pid;
      process->parent = row->parent;
      process->program = g_strdup (row->program);
      process->words = g_strsplit (row->words != NULL ? row->words : row->program, "|", -1);
      process->directory = g_strdup (row->directory);
      process->unit = g_strdup (row->unit);
      process->identity = e13_identity_new (name_of (row->uid), row->uid, row->uid, NULL, 0, evidence);
      process->identity->overrides_dac = row->uid == 0;
      process->umask = 022;
      process->is_believed = !row->is_stranger;
      process->is_by_root = row->uid == 0 || row->is_by_root;
      process->inside_uid = row->uid;
      g_ptr_array_add (all, process);
    }
  return all;
}

static const E13ReadOps ops = { .route = no_route,
                                .identity_parse = parse,
                                .group_find = find_group,
                                .user_name = name_of,
                                .group_name = name_of,
                                .processes = processes };

/* ---- Who it is ------------------------------------------------------------------------------- */

#define ROW(n, above, name, line, user, ...)                                                                           \
  {                                                                                                                    \
    .pid = n, .parent = above, .program = name, .words = line, .uid = user, __VA_ARGS__                                \
  }
#define NGINX_MASTER ROW (1, 0, "nginx", "nginx: master process /usr/sbin/nginx", 0, )
#define NGINX_WORKER ROW (2, 1, "nginx", "nginx: worker process", 33, )
#define FPM_MASTER ROW (3, 0, "php-fpm8.2", "php-fpm: master process (/etc/php/8.2/fpm/php-fpm.conf)", 0, )
#define FPM_SHOP ROW (4, 3, "php-fpm8.2", "php-fpm: pool shop", 787, .is_by_root = TRUE)
#define FPM_WWW ROW (5, 3, "php-fpm8.2", "php-fpm: pool www", 33, .is_by_root = TRUE)
#define NGINX_CONF(passes)                                                                                             \
  {                                                                                                                    \
    "/etc/nginx/nginx.conf", "user www-data; http { server { root /srv/shop/public; " passes " } "                     \
                             "server { root /srv/blog; } }"                                                            \
  }
#define FPM_CONF                                                                                                       \
  {                                                                                                                    \
    "/etc/php/8.2/fpm/php-fpm.conf",                                                                                   \
        "[www]\nuser = www-data\nlisten = /run/www.sock\n[shop]\nuser = shop\nlisten = /run/shop.sock\n"               \
  }

static const struct
{
  const char *label;
  Row machine[8];
  TestFile files[5];
  const char *server; /* NULL: nobody is chosen */
  const char *app;
  const char *said; /* a part of what is said, or of why nobody is chosen; NULL */
  guint32 owner;
} rows[] = {
  { "nothing at all", { { 0 } }, { { NULL, NULL } }, NULL, NULL, "several accounts may serve this site: www-data", 0 },
  { "a socket ties a virtual host to its pool",
    { NGINX_MASTER, NGINX_WORKER, FPM_MASTER, FPM_WWW, FPM_SHOP },
    { NGINX_CONF ("fastcgi_pass unix:/run/shop.sock;"), FPM_CONF },
    "www-data",
    "shop",
    "www-data also works for 1 other place (/srv/blog)",
    0 },
  { "the same when nothing runs",
    { { 0 } },
    { NGINX_CONF ("fastcgi_pass unix:/run/shop.sock;"), FPM_CONF },
    "www-data",
    "shop",
    NULL,
    0 },
  { "a pool that waits for requests has no process",
    { NGINX_MASTER, NGINX_WORKER, FPM_MASTER },
    { NGINX_CONF ("fastcgi_pass unix:/run/shop.sock;"), FPM_CONF },
    "www-data",
    "shop",
    NULL,
    0 },
  { "a virtual host that hands on to whom a command line says listens there",
    { NGINX_MASTER, NGINX_WORKER,
      ROW (8, 0, "python3.11", "/usr/bin/python3|/usr/bin/gunicorn|--bind=localhost:8000|app:app", 787,
           .directory = "/") },
    { NGINX_CONF ("proxy_pass http://127.0.0.1:8000;") },
    "www-data",
    "shop",
    NULL,
    0 },
  { "a virtual host that hands on to nobody known",
    { NGINX_MASTER, NGINX_WORKER },
    { NGINX_CONF ("proxy_pass http://127.0.0.1:8000;") },
    "www-data",
    NULL,
    "requests are handed to a program of which neither process nor configuration was found",
    0 },
  { "a virtual host without an application",
    { NGINX_MASTER, NGINX_WORKER, FPM_MASTER, FPM_SHOP },
    { NGINX_CONF (""), FPM_CONF },
    "www-data",
    "www-data",
    NULL,
    0 },
  { "no virtual host is known, and one pool runs",
    { NGINX_MASTER, NGINX_WORKER, FPM_MASTER, FPM_SHOP },
    { { NULL, NULL } },
    "www-data",
    "shop",
    NULL,
    0 },
  { "no virtual host is known, and two pools run",
    { NGINX_MASTER, NGINX_WORKER, FPM_MASTER, FPM_SHOP, FPM_WWW },
    { { NULL, NULL } },
    "www-data",
    NULL,
    "several accounts may run this site: ",
    0 },
  { "two servers, two accounts",
    { NGINX_WORKER, ROW (7, 0, "apache2", NULL, 787, ) },
    { { NULL, NULL } },
    NULL,
    "shop",
    "several accounts may serve this site: ",
    0 },
  { "a program that works in the site",
    { NGINX_MASTER, NGINX_WORKER,
      ROW (8, 0, "python3.11", "/usr/bin/python3|/usr/bin/gunicorn|app:app", 787, .directory = "/srv/shop") },
    { { NULL, NULL } },
    "www-data",
    "shop",
    NULL,
    0 },
  { "and one that works elsewhere",
    { NGINX_MASTER, NGINX_WORKER,
      ROW (8, 0, "python3.11", "/usr/bin/python3|/usr/bin/gunicorn|app:app", 787, .directory = "/srv/other") },
    { { NULL, NULL } },
    "www-data",
    "www-data",
    NULL,
    0 },
  { "the owner's own program in the owner's tree",
    { ROW (8, 0, "python3.11", "gunicorn: worker [app]", 1000, .directory = "/srv/shop") },
    { { NULL, NULL } },
    "maria",
    "maria",
    NULL,
    1000 },
  { "a login user's program in somebody else's tree",
    { NGINX_WORKER, ROW (8, 0, "python3.11", "gunicorn: worker [app]", 1001, .directory = "/srv/shop") },
    { { NULL, NULL } },
    "www-data",
    "www-data",
    NULL,
    1000 },
  { "a login user's copy, by whatever title",
    { NGINX_WORKER, ROW (8, 0, "nginx", "nginx: worker process", 1001, .directory = "/srv/shop", .is_stranger = TRUE) },
    { { NULL, NULL } },
    "www-data",
    "www-data",
    NULL,
    1001 },
  { "a service of the system that is nobody's server by name",
    { NGINX_WORKER, ROW (8, 0, "node", "node|server.js", 1001, .directory = "/srv/shop", .unit = "shop.service") },
    { { NULL, NULL } },
    "www-data",
    "bob",
    NULL,
    0 },
  { "an account for each request",
    { ROW (1, 0, "apache2", "/usr/sbin/apache2|-k|start", 0, ),
      ROW (2, 1, "apache2", "/usr/sbin/apache2|-k|start", 0, ) },
    { { "/etc/apache2/apache2.conf", "User www-data\nDocumentRoot /srv/blog\n<VirtualHost *>\nDocumentRoot /srv/shop\n"
                                     "AssignUserID shop shop\n</VirtualHost>" } },
    "shop",
    "shop",
    NULL,
    0 },
  { "a daemon of mod_wsgi",
    { ROW (1, 0, "apache2", NULL, 0, ), ROW (2, 1, "apache2", NULL, 33, ),
      ROW (3, 1, "apache2", "(wsgi:shop)|-k|start", 787, .is_by_root = TRUE) },
    { { "/etc/apache2/apache2.conf", "User www-data\nWSGIDaemonProcess shop user=shop\n<VirtualHost *>\n"
                                     "WSGIScriptAlias / /srv/shop/wsgi.py\nWSGIProcessGroup shop\n</VirtualHost>" } },
    "www-data",
    "shop",
    NULL,
    0 },
  { "the configuration names another than runs",
    { NGINX_MASTER, NGINX_WORKER },
    { { "/etc/nginx/nginx.conf", "user nginx; server { root /srv/shop; }" } },
    "www-data",
    "www-data",
    "still runs as www-data, but its configuration now says nginx",
    0 },
  { "the configuration names nobody who exists",
    { { 0 } },
    { { "/etc/nginx/nginx.conf", "user gone; server { root /srv/shop; }" } },
    NULL,
    NULL,
    "several accounts",
    0 },
  { "a server that runs by a file of its own",
    { ROW (1, 0, "nginx", "nginx: master process nginx -c /opt/n.conf", 0, ), NGINX_WORKER },
    { { "/etc/nginx/nginx.conf", "user nginx; server { root /srv/shop; }" },
      { "/opt/n.conf", "user www-data; server { root /srv/shop; }" } },
    "www-data",
    "www-data",
    NULL,
    0 },
  { "a unit that does not run, at work in the site",
    { { 0 } },
    { { "/etc/systemd/system/shop.service",
        "[Service]\nUser=shop\nWorkingDirectory=/srv/shop\nExecStart=/usr/bin/node x.js\n" } },
    "shop",
    "shop",
    NULL,
    0 },
  { "root runs the application itself",
    { ROW (8, 0, "uwsgi-core", "uwsgi", 0, .directory = "/srv/shop") },
    { { NULL, NULL } },
    "root",
    "root",
    NULL,
    0 },
};

static gboolean
says (const E13Serving *serving, const char *part)
{
  for (guint i = 0; i < serving->remarks->len; i++)
    if (strstr (serving->remarks->pdata[i], part) != NULL)
      return TRUE;
  return (serving->no_app != NULL && strstr (serving->no_app, part) != NULL)
         || (serving->no_server != NULL && strstr (serving->no_server, part) != NULL);
}

static const char *
chosen (const E13Claim *claim)
{
  return claim != NULL ? claim->identity->name : NULL;
}

Test (choose, who_serves_is_chosen_by_the_evidence)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const E13SourceOps files = test_sources (rows[i].files);
      const E13ServingQuestion question = { &ops, &files, "/srv/shop", rows[i].owner, TRUE };
      g_autoptr (E13Serving) serving = NULL;

      machine = rows[i].machine;
      serving = e13_serving_find (&question);
      cr_expect_eq (g_strcmp0 (chosen (serving->server), rows[i].server), 0, "%s: %s serves (%s)", rows[i].label,
                    chosen (serving->server), serving->no_server);
      cr_expect_eq (g_strcmp0 (chosen (serving->app), rows[i].app), 0, "%s: %s runs it (%s)", rows[i].label,
                    chosen (serving->app), serving->no_app);
      cr_expect_eq (serving->app == NULL, serving->no_app != NULL, "%s", rows[i].label);
      cr_expect_eq (serving->server == NULL, serving->no_server != NULL, "%s", rows[i].label);
      if (rows[i].said != NULL)
        cr_expect (says (serving, rows[i].said), "%s: %s, %s", rows[i].label, serving->no_app,
                   serving->remarks->len > 0 ? (char *)serving->remarks->pdata[0] : "-");
    }
}

/* ---- What no grant is made for --------------------------------------------------------------- */

static const struct
{
  const char *label;
  guint32 uid;
  gboolean overrides_dac;
  gboolean is_unmapped;
  const char *unit;
  gboolean may;
} grants[] = {
  { "an account", 33, FALSE, FALSE, NULL, TRUE },
  { "root, held back by nothing", 0, TRUE, FALSE, NULL, TRUE },
  { "root without its capabilities", 0, FALSE, FALSE, NULL, FALSE },
  { "nobody's number", 65534, FALSE, TRUE, NULL, FALSE },
  { "a number that systemd gives out", 61184, FALSE, FALSE, "x.service", FALSE },
  { "the last of these", 65519, FALSE, FALSE, "x.service", FALSE },
  { "such a number without a service", 61184, FALSE, FALSE, NULL, TRUE },
  { "nobody, by name", 65534, FALSE, FALSE, "x.service", TRUE },
};

Test (choose, nothing_is_granted_to_numbers_that_are_nobodys)
{
  for (gsize i = 0; i < G_N_ELEMENTS (grants); i++)
    {
      g_autoptr (E13Process) process = g_new0 (E13Process, 1);
      g_autofree char *why_not = NULL;

      process->identity = e13_identity_new (NULL, grants[i].uid, 1, NULL, 0, "x");
      process->identity->overrides_dac = grants[i].overrides_dac;
      process->is_unmapped = grants[i].is_unmapped;
      process->unit = g_strdup (grants[i].unit);
      why_not = e13_serving_why_no_grant (process);
      cr_expect_eq (why_not == NULL, grants[i].may, "%s: %s", grants[i].label, why_not);
    }
}

/* ---- Units and cgroups ----------------------------------------------------------------------- */

Test (choose, the_processes_of_a_unit_are_those_of_its_cgroup)
{
  const TestFile second[]
      = { { "/sys/fs/cgroup/system.slice/x.service/cgroup.procs", "12\n7\nx\n0\n99999999999\n" }, { NULL, NULL } };
  const TestFile first[] = { { "/sys/fs/cgroup/systemd/system.slice/x.service/cgroup.procs", "3\n" }, { NULL, NULL } };
  const E13SourceOps unified = test_sources (second);
  const E13SourceOps legacy = test_sources (first);
  g_autoptr (GArray) pids = e13_local_unit_pids (&unified, "x.service");
  g_autoptr (GArray) old = e13_local_unit_pids (&legacy, "x.service");
  g_autoptr (GArray) none = e13_local_unit_pids (&unified, "y.service");

  cr_assert_eq (pids->len, 2);
  cr_expect_eq (g_array_index (pids, guint32, 0), 12);
  cr_expect_eq (g_array_index (pids, guint32, 1), 7);
  cr_assert_eq (old->len, 1);
  cr_expect_eq (g_array_index (old, guint32, 0), 3);
  cr_expect_eq (none->len, 0);
}
