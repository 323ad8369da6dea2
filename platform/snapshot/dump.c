/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/snapshot/dump.h"

#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "model/sddl.h"
#include "policy/glob.h"

/* Far more than any path of Windows that works, far less than what would exhaust us. */
#define MAX_DEPTH 1024
#define MAX_PATH_BYTES (3 * 32767)

/* ---- Nodes ------------------------------------------------------------------------------------------------------ */

static guint
node_hash (gconstpointer key)
{
  const E13DumpNode *node = key;

  return g_str_hash (node->name) * 31 + g_direct_hash (node->parent);
}

static gboolean
node_equal (gconstpointer a, gconstpointer b)
{
  const E13DumpNode *x = a, *y = b;

  return x->parent == y->parent && g_str_equal (x->name, y->name);
}

static E13DumpNode *
node_new (E13DumpNode *parent, const char *name)
{
  E13DumpNode *node = g_new0 (E13DumpNode, 1);

  node->name = g_strdup (name);
  node->parent = parent;
  if (parent != NULL && parent->children == NULL)
    parent->children = g_ptr_array_new ();
  if (parent != NULL)
    g_ptr_array_add (parent->children, node);
  return node;
}

static void
node_free (gpointer data)
{
  E13DumpNode *node = data;

  g_clear_pointer (&node->children, g_ptr_array_unref);
  if (node->posix != NULL)
    {
      e13_acl_unref (node->posix->access);
      e13_acl_unref (node->posix->default_acl);
      g_free (node->posix);
    }
  g_free (node->name);
  g_free (node);
}

static E13DumpNode *
child_of (const E13Dump *dump, const E13DumpNode *parent, const char *name)
{
  const E13DumpNode key = { .name = (char *)name, .parent = (E13DumpNode *)parent };

  return g_hash_table_lookup (dump->nodes, &key);
}

static E13Dump *
dump_new (void)
{
  E13Dump *dump = g_new0 (E13Dump, 1);

  dump->top = node_new (NULL, "");
  dump->nodes = g_hash_table_new_full (node_hash, node_equal, node_free, NULL);
  dump->descriptors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)e13_sd_free);
  dump->names = e13_dump_names_new ();
  return dump;
}

void
e13_dump_free (E13Dump *dump)
{
  if (dump == NULL)
    return;
  g_hash_table_unref (dump->nodes);
  node_free (dump->top);
  g_hash_table_unref (dump->descriptors);
  e13_dump_names_free (dump->names);
  g_free (dump);
}

static gboolean
has_inheritable_entry (const E13SecurityDescriptor *sd)
{
  for (guint i = 0; sd != NULL && sd->dacl != NULL && i < sd->dacl->aces->len; i++)
    if ((e13_win_acl_at (sd->dacl, i)->flags & (E13_ACE_OBJECT_INHERIT | E13_ACE_CONTAINER_INHERIT)) != 0)
      return TRUE;
  return FALSE;
}

/* "count.py": what can be run, and is no directory that happens to be empty. */
static gboolean
has_extension (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot != name && dot[1] != '\0';
}

static gboolean
looks_like_a_directory (const E13DumpNode *node)
{
  const E13DumpPosix *posix = node->posix;

  if (posix == NULL)
    return has_inheritable_entry (node->sd);
  return posix->default_acl != NULL || (posix->mode & 01000) != 0
         || ((posix->mode & 0111) != 0 && !has_extension (node->name));
}

/* No format says it. Files have nothing that inherits from them. */
E13ObjectType
e13_dump_type (const E13DumpNode *node)
{
  return node->parent == NULL || node->children != NULL || looks_like_a_directory (node) ? E13_TYPE_DIRECTORY
                                                                                         : E13_TYPE_FILE;
}

/* ---- Paths ------------------------------------------------------------------------------------------------------ */

/* Of what Windows allows in no name; a colon stands after a drive's letter alone. */
static gboolean
is_name (const E13Dump *dump, const char *name, gboolean is_first)
{
  gboolean is_drive = is_first && g_ascii_isalpha (name[0]) && name[1] == ':' && name[2] == '\0';

  if (dump->is_posix)
    return !g_str_equal (name, "..");
  for (const char *c = name; *c != '\0'; c++)
    if ((guchar)*c < ' ' || *c == '\177' || strchr ("<>\"|?*", *c) != NULL || (*c == ':' && !is_drive))
      return FALSE;
  return !g_str_equal (name, "..");
}

/* The components of @path as it is written, without empty ones and "."; of a server's share, the first one is
 * "\\server". */
static GPtrArray *
split (const E13Dump *dump, const char *path)
{
  gboolean is_share;
  g_auto (GStrv) parts = NULL;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  if (dump->is_posix)
    {
      parts = g_strsplit (path, "/", -1);
      for (char **part = parts; *part != NULL; part++)
        if (**part != '\0' && !g_str_equal (*part, "."))
          g_ptr_array_add (names, g_strdup (*part));
      return names;
    }
  if (g_str_has_prefix (path, "\\\\?\\") && !g_str_has_prefix (path, "\\\\?\\UNC"))
    path += strlen ("\\\\?\\");
  is_share = g_str_has_prefix (path, "\\\\");
  parts = g_strsplit_set (path, "\\/", -1);
  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0' && !g_str_equal (*part, "."))
      {
        g_ptr_array_add (names, is_share && names->len == 0 ? g_strconcat ("\\\\", *part, NULL) : g_strdup (*part));
      }
  return names;
}

static gboolean
is_absolute (const E13Dump *dump, const char *path, const GPtrArray *names)
{
  const char *first = names->len > 0 ? names->pdata[0] : "";

  if (dump->is_posix)
    return path[0] == '/';
  return first[0] == '\\' || (first[0] != '\0' && first[1] == ':');
}

gboolean
e13_dump_is_path (const E13Dump *dump, const char *path)
{
  g_autoptr (GPtrArray) names = NULL;

  if (!dump->is_posix && !g_utf8_validate (path, -1, NULL))
    return FALSE;
  names = split (dump, path);
  for (guint i = 0; i < names->len; i++)
    if (!is_name (dump, names->pdata[i], i == 0))
      return FALSE;
  return TRUE;
}

char *
e13_dump_shown (const E13Dump *dump, const char *path)
{
  return dump->is_posix ? e13_quote_display (path) : e13_quote_windows (path);
}

/* A relative name has no place among absolute ones. */
static gboolean
takes_path (E13Dump *dump, const char *path, const GPtrArray *names)
{
  gboolean absolute = is_absolute (dump, path, names);
  gboolean is_first = dump->top->line == 0 && dump->top->children == NULL;

  if (dump->is_posix && !is_first && absolute != dump->is_absolute)
    return FALSE;
  dump->is_absolute = dump->is_absolute || absolute;
  return TRUE;
}

static E13DumpNode *
node_at (E13Dump *dump, const char *path, guint line, GError **error)
{
  g_autoptr (GPtrArray) names = split (dump, path);
  g_autofree char *shown = e13_dump_shown (dump, path);
  E13DumpNode *node = dump->top;

  if (names->len > MAX_DEPTH || strlen (path) > MAX_PATH_BYTES)
    return e13_throw (error, E13_ERROR_INPUT, "line %u: this path is too long", line), NULL;
  if (!takes_path (dump, path, names))
    return e13_throw (error, E13_ERROR_INPUT, "line %u: '%s' is relative, or alone is not: give one kind of names",
                      line, shown),
           NULL;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      E13DumpNode *child = child_of (dump, node, name);

      if (!is_name (dump, name, i == 0))
        return e13_throw (error, E13_ERROR_INPUT, "line %u: '%s' is no path that %s allows", line, shown,
                          dump->is_posix ? "a dump" : "Windows"),
               NULL;
      if (child == NULL)
        {
          child = node_new (node, name);
          g_hash_table_add (dump->nodes, child);
        }
      node = child;
    }
  return node;
}

static E13DumpNode *
child_written (const E13Dump *dump, const E13DumpNode *parent, const char *name)
{
  g_autofree char *wanted = NULL;

  if (dump->is_posix)
    return child_of (dump, parent, name);
  wanted = e13_glob_fold_case (name);
  for (guint i = 0; parent->children != NULL && i < parent->children->len; i++)
    {
      E13DumpNode *child = parent->children->pdata[i];
      g_autofree char *folded = e13_glob_fold_case (child->name);

      if (g_str_equal (folded, wanted))
        return child;
    }
  return NULL;
}

E13DumpNode *
e13_dump_find (const E13Dump *dump, const E13DumpNode *from, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  const E13DumpNode *node = from;

  for (char **name = names; *name != NULL && node != NULL; name++)
    {
      const E13DumpNode *child = child_of (dump, node, *name);

      node = child != NULL || **name == '\0' ? child : child_written (dump, node, *name);
    }
  return (E13DumpNode *)node;
}

gboolean
e13_dump_is_absolute (const E13Dump *dump, const char *path)
{
  g_autoptr (GPtrArray) names = split (dump, path);

  return is_absolute (dump, path, names);
}

const E13DumpNode *
e13_dump_follow (const E13Dump *dump, const E13DumpNode *from, const char *path, char **ret_missing)
{
  g_autoptr (GPtrArray) names = split (dump, path);
  const E13DumpNode *node = is_absolute (dump, path, names) ? dump->top : from;
  guint n = 0;

  for (const E13DumpNode *next; n < names->len; n++)
    {
      next = child_written (dump, node, names->pdata[n]);
      if (next == NULL)
        break;
      node = next;
    }
  g_ptr_array_add (names, NULL);
  *ret_missing = n + 1 < names->len ? g_strjoinv ("/", (char **)names->pdata + n) : NULL;
  return node;
}

const E13DumpNode *
e13_dump_find_written (const E13Dump *dump, const char *path)
{
  g_autofree char *missing = NULL;
  const E13DumpNode *node = e13_dump_follow (dump, dump->top, path, &missing);

  return missing == NULL ? node : NULL;
}

E13DumpNode *
e13_dump_site (const E13Dump *dump)
{
  E13DumpNode *node = dump->top;

  while (node->line == 0 && node->children != NULL && node->children->len == 1
         && e13_dump_type (node->children->pdata[0]) == E13_TYPE_DIRECTORY)
    node = node->children->pdata[0];
  return node;
}

char *
e13_dump_path (const E13DumpNode *node, const E13DumpNode *from)
{
  GString *path = g_string_new (NULL);

  for (; node != from && node->parent != NULL; node = node->parent)
    {
      if (path->len > 0)
        g_string_prepend_c (path, '/');
      g_string_prepend (path, node->name);
    }
  return g_string_free (path, FALSE);
}

/* ---- Descriptors ------------------------------------------------------------------------------------------------ */

/* Stands for the machine's or domain's own SID, which no dump tells: no real one is below it. */
static const E13Sid nowhere = { .authority = 5, .n_sub_authorities = 4, .sub_authorities = { 21, 0, 0, 0 } };

/* NULL without @error: it cannot be judged. */
static E13SecurityDescriptor *
parse_sddl (E13Dump *dump, const char *sddl, GError **error)
{
  g_autoptr (GError) own_error = NULL;
  E13SecurityDescriptor *sd = e13_sddl_parse (sddl, NULL, &own_error);

  if (sd == NULL && g_error_matches (own_error, E13_ERROR, E13_ERROR_INPUT))
    {
      sd = e13_sddl_parse (sddl, &nowhere, NULL);
      dump->has_local_aliases = dump->has_local_aliases || sd != NULL;
    }
  if (sd != NULL)
    {
      dump->has_no_owner = dump->has_no_owner || !sd->has_owner;
      return sd;
    }
  if (g_error_matches (own_error, E13_ERROR, E13_ERROR_UNSUPPORTED))
    dump->n_beyond++;
  else
    g_propagate_error (error, g_steal_pointer (&own_error));
  return NULL;
}

static gboolean
describe (E13Dump *dump, E13DumpNode *node, const char *sddl, GError **error)
{
  g_autoptr (GError) own_error = NULL;
  gpointer known;

  if (sddl == NULL || *sddl == '\0')
    return TRUE;
  if (!g_hash_table_lookup_extended (dump->descriptors, sddl, NULL, &known))
    {
      known = parse_sddl (dump, sddl, &own_error);
      if (own_error != NULL)
        return e13_throw (error, E13_ERROR_INPUT, "line %u: %s", node->line, own_error->message);
      g_hash_table_insert (dump->descriptors, g_strdup (sddl), known);
    }
  node->sd = known;
  return TRUE;
}

/* The node at @path, which is now found in @line. */
static E13DumpNode *
new_node_at (E13Dump *dump, const char *path, guint line, GError **error)
{
  E13DumpNode *node = node_at (dump, path, line, error);
  g_autofree char *shown = e13_dump_shown (dump, path);

  if (node == NULL)
    return NULL;
  if (node->line != 0)
    return e13_throw (error, E13_ERROR_INPUT, "line %u: '%s' stands in line %u already", line, shown, node->line), NULL;
  node->line = line;
  return node;
}

gboolean
e13_dump_add (E13Dump *dump, const char *path, const char *sddl, guint line, GError **error)
{
  E13DumpNode *node = new_node_at (dump, path, line, error);

  return node != NULL && describe (dump, node, sddl, error);
}

gboolean
e13_dump_add_posix (E13Dump *dump, const char *path, const E13DumpPosix *posix, guint line, GError **error)
{
  E13DumpNode *node = new_node_at (dump, path, line, error);

  if (node == NULL)
    return FALSE;
  node->posix = g_new (E13DumpPosix, 1);
  *node->posix = *posix;
  e13_acl_ref (posix->access);
  if (posix->default_acl != NULL)
    e13_acl_ref (posix->default_acl);
  return TRUE;
}

/* ---- Which format ----------------------------------------------------------------------------------------------- */

static gboolean
read_lines (E13Dump *dump, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_suffix (*line, "\r"))
      (*line)[strlen (*line) - 1] = '\0';
  if (e13_dump_looks_like_getfacl (text))
    return e13_dump_read_getfacl (dump, lines, error);
  return e13_dump_read_icacls (dump, lines, error);
}

/* On a POSIX machine names are bytes, in whatever encoding. */
static char *
text_of (const char *bytes, gsize size, GError **error)
{
  g_autofree char *whole = g_strndup (bytes, size);

  if (strlen (whole) == size && e13_dump_looks_like_getfacl (whole))
    return g_steal_pointer (&whole);
  return e13_dump_decode (bytes, size, error);
}

E13Dump *
e13_dump_parse (const char *bytes, gsize size, GError **error)
{
  g_autofree char *text = text_of (bytes, size, error);
  g_autoptr (E13Dump) dump = dump_new ();

  if (text == NULL)
    return NULL;
  if (!(e13_dump_looks_like_csv (text) ? e13_dump_read_csv (dump, text, error) : read_lines (dump, text, error)))
    return NULL;
  if (dump->top->line == 0 && dump->top->children == NULL)
    return e13_throw (error, E13_ERROR_INPUT, "line 1: the dump is empty"), NULL;
  return g_steal_pointer (&dump);
}
