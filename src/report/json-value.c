/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/json-value.h"

#include <string.h>

#include "base/quote.h"

json_t *
e13_json_text (const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return json_null ();
  if (g_utf8_validate (value, -1, NULL))
    return json_string (value);
  escaped = e13_quote_display (value);
  return json_string (escaped);
}

json_t *
e13_json_texts (const GPtrArray *values)
{
  json_t *array = json_array ();

  for (guint i = 0; values != NULL && i < values->len; i++)
    json_array_append_new (array, e13_json_text (values->pdata[i]));
  return array;
}

void
e13_json_set_path (json_t *object, const char *key, const char *path)
{
  json_object_set_new (object, key, e13_json_text (path));
  if (!g_utf8_validate (path, -1, NULL))
    {
      g_autofree char *base64 = g_base64_encode ((const guchar *)path, strlen (path));
      g_autofree char *base64_key = g_strdup_printf ("%s_base64", key);

      json_object_set_new (object, base64_key, json_string (base64));
    }
}

static json_t *
sid (const E13Sid *value)
{
  g_autofree char *shown = e13_sid_to_text (value);

  return e13_json_text (shown);
}

static json_t *
token_object (const E13Identity *identity)
{
  const E13Token *token = identity->token;
  json_t *groups = json_array ();

  for (guint i = 0; i < token->groups->len; i++)
    json_array_append_new (groups, sid (&g_array_index (token->groups, E13TokenGroup, i).sid));
  return json_pack ("{s:o, s:o, s:o, s:o}", "name", e13_json_text (identity->name), "sid", sid (&token->user), "groups",
                    groups, "evidence", e13_json_text (identity->evidence));
}

json_t *
e13_json_account (guint32 id, const char *(*name_of) (guint32 id))
{
  if (id == G_MAXUINT32)
    return json_null ();
  return e13_id_is_named (id) ? e13_json_text (name_of (id)) : json_integer (id);
}

json_t *
e13_json_identity (const E13Identity *identity, const E13ReadOps *ops)
{
  json_t *groups;

  if (identity->token != NULL)
    return token_object (identity);
  groups = json_array ();
  for (gsize i = 0; i < identity->groups.n_gids; i++)
    json_array_append_new (groups, e13_json_account (identity->groups.gids[i], ops->group_name));
  return json_pack ("{s:o, s:o, s:o, s:o, s:o}", "name", e13_json_text (identity->name), "uid",
                    e13_json_account (identity->uid, ops->user_name), "gid",
                    e13_json_account (identity->gid, ops->group_name), "groups", groups, "evidence",
                    e13_json_text (identity->evidence));
}

json_t *
e13_json_identity_label (const E13Identity *identity)
{
  g_autofree char *label = identity != NULL ? e13_identity_label (identity) : NULL;

  return e13_json_text (label);
}

void
e13_json_set_identity_number (json_t *line, const E13Identity *identity, const E13ReadOps *ops)
{
  if (identity->token != NULL)
    json_object_set_new (line, "sid", sid (&identity->token->user));
  else
    json_object_set_new (line, "uid", e13_json_account (identity->uid, ops->user_name));
}

void
e13_json_print (const E13ReportOptions *options, json_t *object)
{
  json_dumpf (object, options->out, JSON_COMPACT | JSON_PRESERVE_ORDER);
  fputc ('\n', options->out);
  json_decref (object);
}
