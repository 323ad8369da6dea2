/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <criterion/criterion.h>
#include <string.h>

#include "servers/hosting.h"
#include "servers/unit.h"
#include "tests/support/memory-sources.h"

TestSuite (formats, .timeout = 60);

static void
append_list (GString *out, const char *name, const GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (out, " %s=%s", name, (char *)texts->pdata[i]);
}

/* One line a hosting: program, name, user and group, what it serves, and where requests go and come from. */
static char *
describe (const E13Reading *reading)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < reading->hostings->len; i++)
    {
      const E13Hosting *hosting = reading->hostings->pdata[i];

      g_string_append_printf (out, "%s %s %s:%s", hosting->program, hosting->name != NULL ? hosting->name : "-",
                              hosting->user != NULL ? hosting->user : "-",
                              hosting->group != NULL && *hosting->group != '\0' ? hosting->group : "-");
      if (hosting->is_per_request)
        g_string_append (out, " per-request");
      if (hosting->is_dynamic)
        g_string_append (out, " dynamic");
      append_list (out, "group", hosting->groups);
      append_list (out, "path", hosting->paths);
      append_list (out, "pass", hosting->passes);
      append_list (out, "listen", hosting->listens);
      append_list (out, "set", hosting->settings);
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < reading->sources->unread->len; i++)
    g_string_append_printf (out, "unread: %s\n", (char *)reading->sources->unread->pdata[i]);
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *label;
  void (*read) (E13Reading *reading, const char *file);
  TestFile files[6]; /* the first is what is read */
  const char *expected;
} rows[] = {
  /* ---- nginx ---- */
  { "roots, aliases, passes, by server block",
    e13_read_nginx,
    { { "/etc/nginx/nginx.conf",
        "user www; http { root /srv/all;\n server { server_name a.example b; root \"/srv/a b\";\n"
        "location /x { alias /srv/x/; } location ~ \\.php$ { fastcgi_pass unix:/run/a.sock; } }\n"
        "server { location / { proxy_pass http://localhost:8000/api; } } }" } },
    "nginx a.example www:- path=/srv/a b path=/srv/x pass=/run/a.sock\n"
    "nginx - www:- path=/srv/all pass=127.0.0.1:8000\n" },
  { "includes with patterns, in order, relative to the first file",
    e13_read_nginx,
    { { "/etc/nginx/nginx.conf", "user u g;\nhttp { include sites/*.conf; include gone/*; }" },
      { "/etc/nginx/sites/b.conf", "server { root /srv/b; }" },
      { "/etc/nginx/sites/a.conf", "server { root /srv/a; }" },
      { "/etc/nginx/sites/.c.conf", "server { root /srv/c; }" },
      { "/etc/nginx/sites/d.bak", "server { root /srv/d; }" } },
    "nginx - u:g path=/srv/a\nnginx - u:g path=/srv/b\n" },
  { "an upstream stands for its servers",
    e13_read_nginx,
    { { "/n", "upstream app { server unix:/run/1.sock; server 10.0.0.1:9000 weight=5; }\n"
              "server { root /s; uwsgi_pass app; }" } },
    "nginx - -:- path=/s pass=app pass=/run/1.sock pass=10.0.0.1:9000\n" },
  { "a variable in a root cuts it there",
    e13_read_nginx,
    { { "/n", "server { root /srv/$host/public; }" } },
    "nginx - -:- path=/srv\n" },
  { "Lua has braces of its own",
    e13_read_nginx,
    { { "/n", "server { content_by_lua_block { if x then y = { '}' } end } root /s; }" } },
    "nginx - -:- path=/s\n" },
  { "a user without a server", e13_read_nginx, { { "/n", "user www; # user root;\n" } }, "nginx - www:-\n" },
  { "a file that includes itself",
    e13_read_nginx,
    { { "/n", "include /n; server { root /s; }" } },
    "nginx - -:- path=/s\nunread: '/n' includes itself, and was not read again\n" },
  { "a file that may not be read",
    e13_read_nginx,
    { { "/n", "include /secret;\nuser x;" }, { "/secret", NULL } },
    "nginx - x:-\nunread: cannot read '/secret': Permission denied\n" },
  { "an included file that is missing",
    e13_read_nginx,
    { { "/n", "include /gone; user x;" } },
    "nginx - x:-\nunread: cannot read '/gone': No such file or directory\n" },
  { "blocks out of balance",
    e13_read_nginx,
    { { "/n", "} server { root /s; " } },
    "nginx - -:- path=/s\nunread: /n line 1: a block ends that did not begin\nunread: '/n' ends within a block\n" },
  { "an empty file", e13_read_nginx, { { "/n", "include /e; user x;" }, { "/e", "" } }, "nginx - x:-\n" },
  { "nothing there", e13_read_nginx, { { "/other", "" } }, "" },

  /* ---- Apache ---- */
  { "virtual hosts, variables of the shell and the file",
    e13_read_apache,
    { { "/etc/apache2/apache2.conf", "User ${APACHE_RUN_USER}\nGroup ${APACHE_RUN_GROUP}\nDefine base /srv\n"
                                     "<VirtualHost *:80>\nServerName a\nDocumentRoot \"${base}/a b\"\n"
                                     "Alias /x \\\n  /srv/x\n</VirtualHost>\n" },
      { "/etc/apache2/envvars",
        "# x\nexport APACHE_RUN_USER=www\nexport APACHE_RUN_GROUP=\"web$SUFFIX\"\nunset HOME\n" } },
    "apache - www:web\napache a www:web path=/srv/a b path=/srv/x\n" },
  { "a pool, by handler and by proxy",
    e13_read_apache,
    { { "/a", "User w\nDocumentRoot /srv/d\nSetHandler \"proxy:unix:/run/p.sock|fcgi://localhost\"\n"
              "<VirtualHost *>\nDocumentRoot /srv/v\n</VirtualHost>\n<VirtualHost *>\nDocumentRoot /srv/w\n"
              "ProxyPassMatch ^/(.*)$ fcgi://127.0.0.1:9000/srv/w/$1\n</VirtualHost>" } },
    "apache - w:- path=/srv/d pass=/run/p.sock\napache - w:- path=/srv/v pass=/run/p.sock\n"
    "apache - w:- path=/srv/w pass=127.0.0.1:9000\n" },
  { "an account for a virtual host, where the module is loaded",
    e13_read_apache,
    { { "/a", "LoadModule mpm_itk_module x.so\nUser w\n<VirtualHost *>\nDocumentRoot /v\n<IfModule mpm_itk_module>\n"
              "AssignUserID maria students\n</IfModule>\n<IfModule !mpm_itk.c>\nAssignUserID x x\n</IfModule>\n"
              "</VirtualHost>" } },
    "apache - w:-\napache - maria:students per-request path=/v\n" },
  { "daemons of mod_wsgi",
    e13_read_apache,
    { { "/a", "User w\nGroup g\nWSGIDaemonProcess app user=app group=appg threads=5\n<VirtualHost *>\n"
              "DocumentRoot /v\nWSGIScriptAlias / /srv/app/wsgi.py process-group=app\n</VirtualHost>" } },
    "apache - w:g\nmod_wsgi app app:appg listen=wsgi:app\napache - w:g path=/v path=/srv/app/wsgi.py pass=wsgi:app\n" },
  { "what is defined, and what is not",
    e13_read_apache,
    { { "/a",
        "Define ON\n<IfDefine ON>\nUser a\n</IfDefine>\n<IfDefine !ON>\nUser b\n</IfDefine>\n<IfDefine OFF>\nUser c\n"
        "</IfDefine>\nDocumentRoot /d" } },
    "apache - a:- path=/d\n" },
  { "optional files may be missing, others not",
    e13_read_apache,
    { { "/a", "User w\nIncludeOptional /x.conf\nInclude /y.conf\n" } },
    "apache - w:-\nunread: cannot read '/y.conf': No such file or directory\n" },

  /* ---- lighttpd ---- */
  { "names joined, conditions, lists",
    e13_read_lighttpd,
    { { "/etc/lighttpd/lighttpd.conf",
        "var.base = \"/srv\" # x\nserver.username = \"www\"\nserver.groupname = \"web\"\n"
        "server.document-root = var.base + \"/main\"\nalias.url = ( \"/a/\" => \"/srv/a/\",\n \"/b/\" => \"/srv/b/\" "
        ")\n"
        "fastcgi.server += ( \".php\" => (( \"socket\" => \"/run/p.sock\" )) )\n"
        "$HTTP[\"host\"] == \"x{\" {\n server.document-root = \"/srv/x\"\n}\n"
        "include_shell \"/usr/share/lighttpd/create-mime.conf.pl\"\ninclude \"conf/*.conf\"\n" },
      { "/etc/lighttpd/conf/1.conf",
        "include_shell \"cat /x\"\n$SERVER[\"port\"] == 81 { proxy.server = ( \"\" => "
        "(( \"host\" => \"127.0.0.1\", \"port\" => 8080 )) ) server.document-root = \"/p\" }" } },
    "lighttpd - www:web path=/srv/main path=/srv/a path=/srv/b pass=/run/p.sock\n"
    "lighttpd - www:web path=/srv/x pass=/run/p.sock\nlighttpd - www:web path=/p pass=127.0.0.1:8080\n"
    "unread: /etc/lighttpd/conf/1.conf line 1: what 'cat /x' prints is a part of the configuration, and was not "
    "asked\n" },

  /* ---- Caddy ---- */
  { "sites, matchers, imports",
    e13_read_caddy,
    { { "/etc/caddy/Caddyfile",
        "{\n\tadmin off\n}\nexample.org {\n\troot * /srv/x # here\n\tphp_fastcgi unix//run/p.sock\n"
        "\thandle /api/* {\n\t\treverse_proxy localhost:9000\n\t}\n}\nimport sites/*\n" },
      { "/etc/caddy/sites/b", "b.example {\n\troot /srv/b\n}\n" } },
    "caddy example.org -:- path=/srv/x pass=/run/p.sock pass=127.0.0.1:9000\ncaddy b.example -:- path=/srv/b\n" },
  { "one site without braces",
    e13_read_caddy,
    { { "/c", "localhost\nroot * /srv/x\nfile_server\n" } },
    "caddy localhost -:- path=/srv/x\n" },

  /* ---- Pools and applications ---- */
  { "pools, with their names in values",
    e13_read_php_fpm,
    { { "/etc/php/8.2/fpm/php-fpm.conf", "[global]\npid = /run/x\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n" },
      { "/etc/php/8.2/fpm/pool.d/a.conf", "; [b]\n[a]\nuser = $pool ; who\ngroup = \"web\"\nlisten = /run/$pool.sock\n"
                                          "chdir = /srv/$pool\nlisten.owner = x\n[b]\nuser = bob\nlisten = 9001\n" } },
    "php-fpm a a:web path=/srv/a listen=/run/a.sock\nphp-fpm b bob:- listen=127.0.0.1:9001\n" },
  { "an application of uwsgi",
    e13_read_uwsgi,
    { { "/etc/uwsgi.d/shop.ini",
        "[uwsgi]\nbase = /srv/%n\nchdir = %(base)\nuid = shop\ngid = web\nsocket = /run/%n.sock\n"
        "wsgi-file = %dapp.py\n[other]\nuid = x\n" } },
    "uwsgi shop.ini shop:web path=/srv/shop path=/etc/uwsgi.d listen=/run/shop.sock\n" },
  { "Debian's applications have Debian's account",
    e13_read_uwsgi,
    { { "/etc/uwsgi/apps-enabled/a.ini", "[uwsgi]\nchdir = /srv/a\n" },
      { "/usr/share/uwsgi/conf/default.ini", "[uwsgi]\nuid = www-data\ngid = www-data\nsocket = /run/x\n" } },
    "uwsgi a.ini www-data:www-data path=/srv/a\n" },
  { "applications that refer to themselves end",
    e13_read_uwsgi,
    { { "/u.ini", "[uwsgi]\na = %(b)%(b)\nb = %(a)%(a)\nuid = %(a)\nini = /u.ini\nchdir = /x\n" } },
    NULL },

  /* ---- Units ---- */
  { "a unit and its drop-ins, the strongest last",
    e13_read_unit,
    { { "/etc/systemd/system/shop.service",
        "[Unit]\nUser=no\n[Service]\nUser=a\nSupplementaryGroups=x y\nWorkingDirectory=-/srv/s\n"
        "ExecStart=/usr/bin/gunicorn \\\n  app:app\nProtectSystem=full\n" },
      { "/usr/lib/systemd/system/shop.service.d/1.conf", "[Service]\nUser=weak\n" },
      { "/etc/systemd/system/shop.service.d/2.conf",
        "[Service]\nUser=strong\nGroup=g\nReadWritePaths=/srv/s/data\n" } },
    "gunicorn shop.service strong:g group=x group=y path=/srv/s set=ProtectSystem=full "
    "set=ReadWritePaths=/srv/s/data\n" },
  { "an account that is there only while it runs",
    e13_read_unit,
    { { "/etc/systemd/system/d.service", "[Service]\nDynamicUser=yes\nExecStart=-!/opt/x\n" } },
    "service d.service -:- dynamic\n" },
};

Test (formats, configurations_are_read)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const E13SourceOps ops = test_sources (rows[i].files);
      g_autoptr (E13Sources) sources = e13_sources_new (&ops);
      g_autoptr (GPtrArray) hostings = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_hosting_free);
      E13Reading reading = { sources, hostings };
      g_autofree char *said = NULL;

      rows[i].read (&reading, g_strcmp0 (rows[i].expected, "") == 0 ? "/nothing" : rows[i].files[0].path);
      said = describe (&reading);
      if (rows[i].expected != NULL)
        cr_expect_str_eq (said, rows[i].expected, "%s:\n%s", rows[i].label, said);
      cr_expect_eq (sources->open->len, 0, "%s", rows[i].label);
    }
}

/* ---- Bounds ---------------------------------------------------------------------------------- */

Test (formats, what_is_too_long_is_said)
{
  g_autofree char *text = g_strnfill (10 << 20, 'x');
  const TestFile files[] = { { "/n", text }, { NULL, NULL } };
  const E13SourceOps ops = test_sources (files);
  g_autoptr (E13Sources) sources = e13_sources_new (&ops);

  cr_expect_null (e13_sources_enter (sources, "/n", TRUE));
  cr_assert_eq (sources->unread->len, 1);
  cr_expect_str_eq (sources->unread->pdata[0], "'/n' was not read: it is larger than 4 MiB");
}

/* Each file includes the next twice: 2^20 files, but for the bounds. */
Test (formats, includes_that_double_end)
{
  TestFile files[22] = { { NULL, NULL } };
  E13SourceOps ops;
  g_autoptr (E13Sources) sources = NULL;
  g_autoptr (GPtrArray) hostings = g_ptr_array_new_with_free_func ((GDestroyNotify)e13_hosting_free);
  E13Reading reading;

  for (guint i = 0; i < 21; i++)
    files[i] = (TestFile){ g_strdup_printf ("/%u", i), g_strdup_printf ("include /%u; include /%u;", i + 1, i + 1) };
  ops = test_sources (files);
  sources = e13_sources_new (&ops);
  reading = (E13Reading){ sources, hostings };
  e13_read_nginx (&reading, "/0");
  cr_expect_eq (sources->files_left, 0);
  cr_expect_gt (sources->unread->len, 0);
  for (guint i = 0; i < 21; i++)
    {
      g_free ((char *)files[i].path);
      g_free ((char *)files[i].text);
    }
}

/* ---- Words ----------------------------------------------------------------------------------- */

static const struct
{
  const char *text;
  const char *normal;
} addresses[] = {
  { "unix:/run/x.sock", "/run/x.sock" },
  { "http://unix:/run/x.sock:/uri", "/run/x.sock" },
  { "unix:/run/x.sock|fcgi://localhost", "/run/x.sock" },
  { "unix//run/x.sock", "/run/x.sock" },
  { "/run/x.sock", "/run/x.sock" },
  { "9000", "127.0.0.1:9000" },
  { ":9000", "127.0.0.1:9000" },
  { "*:9000", "127.0.0.1:9000" },
  { "localhost:9000", "127.0.0.1:9000" },
  { "[::1]:9000", "127.0.0.1:9000" },
  { "fcgi://127.0.0.1:9000/srv", "127.0.0.1:9000" },
  { "10.1.2.3:80", "10.1.2.3:80" },
  { "backend", "backend" },
  { "wsgi:x", "wsgi:x" },
  { "", "" },
};

Test (formats, addresses_have_one_notation)
{
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *normal = e13_address_normal (addresses[i].text);

      cr_expect_str_eq (normal, addresses[i].normal, "%s: %s", addresses[i].text, normal);
    }
}

static const struct
{
  const char *text;
  const char *path;
} paths[] = {
  { "/srv/x/", "/srv/x" },       { "//srv//x", "/srv/x" },
  { "/srv/./a/../x", "/srv/x" }, { "/", NULL },
  { "relative", NULL },          { "", NULL },
  { "/srv/$x/y", "/srv" },       { "/../..", NULL },
  { "/srv/%{HOST}/x", "/srv" },  { "/srv/*/public", "/srv" },
};

Test (formats, paths_are_made_plain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *path = e13_hosting_path (paths[i].text);

      cr_expect_eq (g_strcmp0 (path, paths[i].path), 0, "%s: %s", paths[i].text, path);
    }
}

/* ---- What a unit keeps from its service ------------------------------------------------------ */

static const struct
{
  const char *settings;
  const char *path;
  E13UnitView view;
  const char *setting;
} views[] = {
  { "", "/srv/x", E13_UNIT_SEES, NULL },
  { "ProtectSystem=yes", "/srv/x", E13_UNIT_SEES, NULL },
  { "ProtectSystem=yes", "/usr/share/x", E13_UNIT_READ_ONLY, "ProtectSystem=yes" },
  { "ProtectSystem=full", "/etc/x", E13_UNIT_READ_ONLY, "ProtectSystem=full" },
  { "ProtectSystem=true", "/etc/x", E13_UNIT_SEES, NULL },
  { "ProtectSystem=strict", "/srv/x", E13_UNIT_READ_ONLY, "ProtectSystem=strict" },
  { "ProtectSystem=strict;ReadWritePaths=-/srv/x /var/y", "/srv/x/data", E13_UNIT_SEES,
    "ReadWritePaths=-/srv/x /var/y" },
  { "ProtectSystem=strict;ReadWritePaths=/srv/x", "/srv/xy", E13_UNIT_READ_ONLY, "ProtectSystem=strict" },
  { "ProtectHome=yes", "/home/maria/site", E13_UNIT_HIDES, "ProtectHome=yes" },
  { "ProtectHome=tmpfs", "/root/x", E13_UNIT_HIDES, "ProtectHome=tmpfs" },
  { "ProtectHome=read-only", "/home/x", E13_UNIT_READ_ONLY, "ProtectHome=read-only" },
  { "ProtectHome=yes", "/homework", E13_UNIT_SEES, NULL },
  { "ProtectHome=yes;BindPaths=/home/maria", "/home/maria/x", E13_UNIT_SEES, "BindPaths=/home/maria" },
  { "PrivateTmp=yes", "/tmp/x", E13_UNIT_HIDES, "PrivateTmp=yes" },
  { "PrivateTmp=no", "/tmp/x", E13_UNIT_SEES, NULL },
  { "ReadOnlyPaths=/srv", "/srv/x", E13_UNIT_READ_ONLY, "ReadOnlyPaths=/srv" },
  { "InaccessiblePaths=/srv/x", "/srv/x", E13_UNIT_HIDES, "InaccessiblePaths=/srv/x" },
  { "RootDirectory=/jail", "/srv/x", E13_UNIT_HIDES, "RootDirectory=/jail" },
};

Test (formats, a_unit_tells_what_its_service_sees)
{
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      E13Hosting *unit = e13_hosting_new ("service", "/x.service", "x");
      g_auto (GStrv) settings = g_strsplit (views[i].settings, ";", -1);
      const char *setting = NULL;

      for (gsize k = 0; settings[k] != NULL; k++)
        g_ptr_array_add (unit->settings, g_strdup (settings[k]));
      cr_expect_eq (e13_unit_view (unit, views[i].path, &setting), views[i].view, "%s: %s", views[i].settings,
                    views[i].path);
      cr_expect_eq (g_strcmp0 (setting, views[i].setting), 0, "%s: %s", views[i].settings, setting);
      e13_hosting_free (unit);
    }
}
