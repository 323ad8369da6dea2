/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/snapshot/names.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"

#define NO_ID G_MAXUINT32

struct E13DumpNames
{
  GHashTable *words; /* id → what the dump calls it */
  GHashTable *ids;   /* the other way round */
  guint n_names;     /* which are no numbers, without root */
};

E13DumpNames *
e13_dump_names_new (void)
{
  E13DumpNames *names = g_new0 (E13DumpNames, 1);

  names->words = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  names->ids = g_hash_table_new (g_str_hash, g_str_equal);
  return names;
}

void
e13_dump_names_free (E13DumpNames *names)
{
  if (names == NULL)
    return;
  g_hash_table_unref (names->ids);
  g_hash_table_unref (names->words);
  g_free (names);
}

static gboolean
is_number (const char *word)
{
  return *word != '\0' && word[strspn (word, "0123456789")] == '\0';
}

/* It is shown, and written into commands. */
static gboolean
is_name (const char *word)
{
  g_autofree char *shown = e13_quote_windows (word);

  return *word != '\0' && *word != '-' && g_str_equal (shown, word) && strpbrk (word, ":,\"'") == NULL;
}

static gboolean
parse_number (const char *word, guint32 *ret_id, GError **error)
{
  guint64 id;

  if (!g_ascii_string_to_unsigned (word, 10, 0, NO_ID - 1, &id, NULL))
    return e13_throw (error, E13_ERROR_INPUT, "'%s' is no number of an account", word);
  if (e13_id_is_named ((guint32)id))
    return e13_throw (error, E13_ERROR_INPUT, "the number %s is in a range that is not read", word);
  *ret_id = (guint32)id;
  return TRUE;
}

static void
take (E13DumpNames *names, const char *word, guint32 id)
{
  char *kept = g_strdup (word);

  g_hash_table_insert (names->words, GUINT_TO_POINTER (id), kept);
  g_hash_table_insert (names->ids, kept, GUINT_TO_POINTER (id));
}

gboolean
e13_dump_names_add (E13DumpNames *names, const char *word, guint32 *ret_id, GError **error)
{
  g_autofree char *shown = e13_quote_display (word);
  gpointer known;

  if (g_hash_table_lookup_extended (names->ids, word, NULL, &known))
    {
      *ret_id = GPOINTER_TO_UINT (known);
      return TRUE;
    }
  if (is_number (word))
    {
      if (!parse_number (word, ret_id, error))
        return FALSE;
      if (e13_dump_names_find (names, *ret_id) == NULL)
        take (names, word, *ret_id);
      return TRUE;
    }
  if (!is_name (word))
    return e13_throw (error, E13_ERROR_INPUT, "'%s' is no name of an account", shown);
  if (names->n_names > E13_ID_NAMED_LAST - E13_ID_NAMED)
    return e13_throw (error, E13_ERROR_INPUT, "there are too many accounts");
  *ret_id = g_str_equal (word, "root") ? 0 : E13_ID_NAMED + names->n_names++;
  take (names, word, *ret_id);
  return TRUE;
}

const char *
e13_dump_names_find (const E13DumpNames *names, guint32 id)
{
  return g_hash_table_lookup (names->words, GUINT_TO_POINTER (id));
}

/* ---- Whose rights ------------------------------------------------------------------------------------------------ */

/* A number says nothing where the dump has names, nor a name where it has numbers: nothing would match. */
static gboolean
look_up (E13DumpNames *names, const char *word, guint32 *ret_id, GError **error)
{
  g_autofree char *shown = e13_quote_display (word);
  g_autoptr (GError) cause = NULL;
  gboolean occurs = g_hash_table_contains (names->ids, word) || g_str_equal (word, "root") || g_str_equal (word, "0");

  if (!occurs && is_number (word) && names->n_names > 0)
    return e13_throw (error, E13_ERROR_USAGE,
                      "the dump has accounts by name, and none with the number %s: give NAME[:GROUP[,GROUP...]]", word);
  if (!occurs && !is_number (word) && names->n_names == 0)
    return e13_throw (error, E13_ERROR_USAGE, "the dump has accounts by number, not '%s': give UID[:GID[,GID...]]",
                      shown);
  if (g_str_equal (word, "root") || g_str_equal (word, "0"))
    {
      *ret_id = 0;
      return TRUE;
    }
  if (!e13_dump_names_add (names, word, ret_id, &cause))
    return e13_throw (error, E13_ERROR_USAGE, "%s", cause->message);
  return TRUE;
}

static gboolean
look_up_groups (E13DumpNames *names, const char *text, GArray *gids, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (char **word = words; *word != NULL; word++)
    {
      guint32 gid;

      if (!look_up (names, *word, &gid, error))
        return FALSE;
      g_array_append_val (gids, gid);
    }
  return TRUE;
}

E13Identity *
e13_dump_names_identity (E13DumpNames *names, const char *text, GError **error)
{
  g_auto (GStrv) halves = g_strsplit (text, ":", 2);
  g_autofree char *shown = e13_quote_display (text);
  g_autoptr (GArray) gids = g_array_new (FALSE, FALSE, sizeof (guint32));
  const guint32 none = NO_ID;
  gboolean is_known;
  E13Identity *identity;
  guint32 uid;

  if (halves[0] == NULL || *halves[0] == '\0' || (halves[1] != NULL && *halves[1] == '\0'))
    return e13_throw (error, E13_ERROR_USAGE,
                      "'%s' names nobody: give NAME[:GROUP[,GROUP...]] as the dump has them, or numbers", shown),
           NULL;
  is_known = g_hash_table_contains (names->ids, halves[0]);
  if (!look_up (names, halves[0], &uid, error)
      || (halves[1] != NULL && !look_up_groups (names, halves[1], gids, error)))
    return NULL;
  if (gids->len == 0)
    g_array_append_val (gids, none);
  identity = e13_identity_new (is_number (halves[0]) ? NULL : halves[0], uid, g_array_index (gids, guint32, 0),
                               &g_array_index (gids, guint32, 1), gids->len - 1,
                               halves[1] != NULL ? is_known ? "--as" : "--as; the dump does not know the account"
                               : is_known        ? "--as, in no group"
                                                 : "--as, in no group; the dump does not know the account");
  identity->overrides_dac = uid == 0;
  return identity;
}
