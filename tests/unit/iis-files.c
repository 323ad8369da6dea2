/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings of IIS through the seam: the three states of the machine's own, and the files of a site. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "iis/files.h"
#include "tests/support/iis-fixture.h"
#include "tests/support/temp-tree.h"

TestSuite (iis_files, .timeout = 60);

/* ---- The machine's own ----------------------------------------------------------------------- */

#define REDIRECTION(enabled)                                                                                           \
  "<configuration><configurationRedirection enabled='" enabled "' path='\\\\files\\iis' /></configuration>"

static const struct
{
  const char *label;
  int lookup_error; /* 0: all of the path is there */
  int read_error;
  const char *text;
  E13IisState state;
  const char *error;
  const char *redirection; /* redirection.config; NULL: there is none */
  const char *read;        /* what is read, beneath D:\\; NULL: as usual */
} states[] = {
  { "there is no IIS", ENOENT, 0, NULL, E13_IIS_ABSENT, NULL, NULL, NULL },
  { "nor such a directory", ENOTDIR, 0, NULL, E13_IIS_ABSENT, NULL, NULL, NULL },
  { "its directory may not be entered", EACCES, 0, NULL, E13_IIS_UNREADABLE, NULL, NULL, NULL },
  { "the file may not be read", 0, EACCES, NULL, E13_IIS_UNREADABLE, NULL, NULL, NULL },
  { "it may", 0, 0, "<configuration/>", E13_IIS_READ, NULL, NULL, NULL },
  { "and is broken", 0, 0, "<configuration>", E13_IIS_READ,
    "applicationHost.config:1:16: the file ends before <configuration> of line 1 is closed", NULL, NULL },
  { "it lies elsewhere", 0, 0, "<configuration/>", E13_IIS_READ, NULL, REDIRECTION ("true"),
    "\\\\files\\iis\\applicationHost.config" },
  { "what lies elsewhere is there, even if it cannot be seen", ENOENT, 0, NULL, E13_IIS_UNREADABLE, NULL,
    REDIRECTION ("true"), "\\\\files\\iis\\applicationHost.config" },
  { "the redirection is switched off", 0, 0, "<configuration/>", E13_IIS_READ, NULL, REDIRECTION ("false"), NULL },
  { "the redirection is broken", 0, 0, "<configuration/>", E13_IIS_READ, NULL, "<configuration>", NULL },
};

static guint state_now;
static E13Pin the_redirection = { .path = (char *)"redirection", .facts = { .type = E13_TYPE_FILE } };
static E13Pin the_file = { .path = (char *)"x", .facts = { .type = E13_TYPE_FILE } };

static E13Route *
scripted_route (const char *path, GError **error)
{
  E13Route *route = g_new0 (E13Route, 1);
  gboolean redirects = g_str_has_suffix (path, "redirection.config");
  const char *wanted = states[state_now].read != NULL ? states[state_now].read
                                                      : "D:\\Win\\System32\\inetsrv\\config\\applicationHost.config";

  (void)error;
  route->pins = g_ptr_array_new ();
  if (redirects)
    {
      route->error = states[state_now].redirection == NULL ? ENOENT : 0;
      route->missing = route->error != 0 ? g_strdup ("x") : NULL;
      g_ptr_array_add (route->pins, &the_redirection);
      return route;
    }
  cr_assert_str_eq (path, wanted);
  route->error = states[state_now].lookup_error;
  route->missing = route->error != 0 ? g_strdup ("x") : NULL;
  g_ptr_array_add (route->pins, &the_file);
  return route;
}

static GBytes *
scripted_read_file (const E13Pin *pin, gsize max_bytes, GError **error)
{
  (void)max_bytes;
  if (pin == &the_redirection)
    return g_bytes_new_static (states[state_now].redirection, strlen (states[state_now].redirection));
  errno = states[state_now].read_error;
  if (errno != 0)
    return e13_throw_errno (error, "cannot read"), NULL;
  return g_bytes_new_static (states[state_now].text, strlen (states[state_now].text));
}

ParameterizedTestParameters (iis_files, states)
{
  static guint indexes[G_N_ELEMENTS (states)];

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    indexes[i] = i;
  return cr_make_param_array (guint, indexes, G_N_ELEMENTS (states));
}

ParameterizedTest (guint *row, iis_files, states)
{
  const E13ReadOps ops
      = { .name = "scripted", .is_windows = TRUE, .route = scripted_route, .read_file = scripted_read_file };
  g_autoptr (E13IisServer) server = NULL;
  g_autoptr (GError) error = NULL;
  E13IisState state = E13_IIS_ABSENT;
  gboolean done;

  state_now = *row;
  done = e13_iis_find_server (&ops, "D:\\Win", &state, &server, &error);
  cr_assert_eq (state, states[*row].state, "%s: %d", states[*row].label, state);
  cr_assert_eq (done, states[*row].error == NULL);
  cr_assert_eq (server != NULL, done && state == E13_IIS_READ);
  cr_assert_eq (g_strcmp0 (error != NULL ? error->message : NULL, states[*row].error), 0);
}

/* ---- IIS Express ------------------------------------------------------------------------------ */

static char *express_asked;
static const char *express_text;

static E13Route *
express_route (const char *path, GError **error G_GNUC_UNUSED)
{
  E13Route *route = g_new0 (E13Route, 1);

  g_free (express_asked);
  express_asked = g_strdup (path);
  route->pins = g_ptr_array_new ();
  route->error = express_text == NULL ? ENOENT : 0;
  route->missing = express_text == NULL ? g_strdup ("x") : NULL;
  g_ptr_array_add (route->pins, &the_file);
  return route;
}

static GBytes *
express_read_file (const E13Pin *pin G_GNUC_UNUSED, gsize max_bytes G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  return g_bytes_new_static (express_text, strlen (express_text));
}

Test (iis_files, what_a_developer_has)
{
  static const char text[] = "<configuration><system.applicationHost><sites><site name='Shop' id='1'>"
                             "<application path='/'><virtualDirectory path='/' "
                             "physicalPath='%IIS_SITES_HOME%\\Shop'/></application></site></sites>"
                             "</system.applicationHost></configuration>";
  const E13ReadOps ops
      = { .name = "scripted", .is_windows = TRUE, .route = express_route, .read_file = express_read_file };
  g_autoptr (E13IisServer) server = NULL;
  g_autoptr (E13IisServer) broken = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (E13IisMatch) match = { NULL, NULL, NULL, NULL };

  cr_assert (e13_iis_find_express (&ops, "C:\\Users\\ada\\Documents", &server, NULL));
  cr_expect_null (server, "there is none");
  cr_expect_str_eq (express_asked, "C:\\Users\\ada\\Documents\\IISExpress\\config\\applicationhost.config");
  express_text = text;
  cr_assert (e13_iis_find_express (&ops, "C:\\Users\\ada\\Documents", &server, NULL));
  cr_assert_not_null (server);
  cr_expect (e13_iis_server_find (server, "C:\\Users\\ada\\Documents\\My Web Sites\\Shop\\x", &match, NULL));
  express_text = "<configuration>";
  cr_expect_not (e13_iis_find_express (&ops, "C:\\Users\\ada\\Documents", &broken, &error));
  cr_assert_not_null (error);
  cr_expect (g_str_has_prefix (error->message, "applicationhost.config of IIS Express:1:16: "), "%s", error->message);
  g_free (express_asked);
}

/* ---- A site's -------------------------------------------------------------------------------- */

static E13TempObject objects[] = {
  { 'f', 0644, 0, "Web.CONFIG", "<configuration/>", NULL },
  { 'd', 0755, 0, "cgi-bin", NULL, NULL },
  { 'f', 0644, 0, "cgi-bin/b.py", NULL, NULL },
  { 'd', 0755, 0, "cgi-bin/deep", NULL, NULL },
  { 'f', 0644, 0, "cgi-bin/deep/c.py", NULL, NULL },
  { 'd', 0755, 0, "cgi-bin/web.config", NULL, NULL },
  { 'd', 0755, 0, "broken", NULL, NULL },
  { 'f', 0644, 0, "broken/web.config", "<a>", NULL },
  { 'f', 0644, 0, "z.PHP", NULL, NULL },
  { 'f', 0644, 0, "a.txt", NULL, NULL },
  { 0, 0, 0, NULL, NULL, NULL },
};

/* Whoever runs this owns it all. */
static E13TempTree *
make_site (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    objects[i].uid = (guint)getuid ();
  return e13_temp_tree_new (objects);
}

typedef struct
{
  const char *directory;
  const char *name;
  const char *is; /* the root's name, the error, or NULL: none */
} ReadRow;

static const ReadRow reads[] = {
  { "C:\\s", "web.config", "configuration" },
  { "c:\\S", "web.config", "configuration" },
  { "C:\\s\\CGI-bin", "web.config", NULL }, /* a directory */
  { "C:\\s\\none", "web.config", NULL },
  { "C:\\s\\Broken", "web.config", "C:\\s\\Broken\\web.config:1:4: the file ends before <a> of line 1 is closed" },
  { "C:\\s", "broken\\WEB.config", "C:\\s\\broken\\WEB.config:1:4: the file ends before <a> of line 1 is closed" },
  { "C:\\other", "web.config", NULL },
};

Test (iis_files, a_sites_own_files_are_read)
{
  g_autoptr (E13TempTree) temp = make_site ();
  E13Tree *tree = e13_posix_read.open_tree (temp->path, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      E13IisSiteFiles files = { &e13_posix_read, tree, "C:\\s", FALSE };
      g_autoptr (GError) error = NULL;
      g_autoptr (E13XmlDocument) document = e13_iis_read_site_file (reads[i].directory, reads[i].name, &files, &error);
      const char *is = document != NULL ? document->root->name : error != NULL ? error->message : NULL;

      cr_assert_eq (g_strcmp0 (is, reads[i].is), 0, "%s %s: %s", reads[i].directory, reads[i].name, is);
      cr_assert_eq (files.has_missed, g_str_has_prefix (reads[i].directory, "C:\\other"));
    }
  e13_posix_read.close_tree (tree);
}

Test (iis_files, scripts_are_found_near_the_root)
{
  g_autoptr (E13TempTree) temp = make_site ();
  E13Tree *tree = e13_posix_read.open_tree (temp->path, NULL);
  g_autoptr (GPtrArray) scripts = e13_iis_some_scripts (&e13_posix_read, tree, 10);
  g_autoptr (GPtrArray) one = e13_iis_some_scripts (&e13_posix_read, tree, 1);
  g_autofree char *all = g_strjoinv (" ", (char **)scripts->pdata);

  cr_assert_str_eq (all, "cgi-bin/b.py z.PHP");
  cr_assert_str_eq (one->pdata[0], "cgi-bin/b.py");
  cr_assert_null (one->pdata[1]);
  e13_posix_read.close_tree (tree);
}
