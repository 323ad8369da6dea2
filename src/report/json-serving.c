/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who serves, in JSON. */

#include "report/subjects.h"

#include "report/json-value.h"

static json_t *
claim_object (const E13Claim *claim, const E13ReadOps *ops)
{
  json_t *object = json_pack ("{s:o, s:o, s:b, s:b, s:b}", "program", e13_json_text (claim->program), "name",
                              e13_json_text (claim->name), "running", claim->is_running, "server", claim->is_server,
                              "app", claim->is_app);

  json_object_set_new (object, "pid", claim->service.pid != 0 ? json_integer (claim->service.pid) : json_null ());
  json_object_set_new (object, "unit", e13_json_text (claim->service.unit));
  json_object_set_new (object, "umask", claim->service.umask >= 0 ? json_integer (claim->service.umask) : json_null ());
  json_object_set_new (object, "sees_other_files", json_boolean (claim->service.is_apart));
  json_object_set_new (object, "place", e13_json_text (claim->place));
  json_object_set_new (object, "directories", e13_json_texts (claim->hosting != NULL ? claim->hosting->paths : NULL));
  json_object_set_new (object, "serves_site", json_boolean (claim->nearness > 0));
  json_object_set_new (object, "identity",
                       claim->identity != NULL ? e13_json_identity (claim->identity, ops) : json_null ());
  json_object_set_new (object, "remarks", e13_json_texts (claim->remarks));
  return object;
}

void
e13_report_json_serving (const E13ReportOptions *options, const E13ServingReport *report)
{
  const E13Serving *serving = report->serving;
  json_t *line = json_pack ("{s:s, s:i}", "type", "identity", "version", E13_JSON_VERSION);
  json_t *claims = json_array ();

  if (report->site != NULL)
    e13_json_set_path (line, "path", report->site);
  else
    json_object_set_new (line, "path", json_null ());
  for (guint i = 0; i < serving->claims->len; i++)
    json_array_append_new (claims, claim_object (serving->claims->pdata[i], options->ops));
  json_object_set_new (line, "server",
                       serving->server != NULL ? e13_json_identity (serving->server->identity, options->ops)
                                               : json_null ());
  json_object_set_new (line, "no_server", e13_json_text (serving->no_server));
  json_object_set_new (line, "identity",
                       serving->app != NULL ? e13_json_identity (serving->app->identity, options->ops) : json_null ());
  json_object_set_new (line, "no_identity", e13_json_text (serving->no_app));
  json_object_set_new (line, "evidence", claims);
  json_object_set_new (line, "remarks", e13_json_texts (serving->remarks));
  json_object_set_new (line, "unread", e13_json_texts (serving->unread));
  e13_json_print (options, line);
}
