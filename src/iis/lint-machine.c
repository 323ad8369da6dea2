/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/lint-machine.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "iis/pe.h"
#include "model/sddl.h"

struct E13LintMachine
{
  const E13ReadOps *ops; /* NULL: it is only described */
  GArray *variables;     /* of E13IisVariable, ended by a row of NULLs; the texts are its own */
  GHashTable *programs;  /* path in lower case → E13LintProgram * */
};

void
e13_lint_program_clear (E13LintProgram *program)
{
  g_clear_pointer (&program->version, g_free);
  g_clear_pointer (&program->sd, e13_sd_free);
}

static void
program_free (gpointer data)
{
  e13_lint_program_clear (data);
  g_free (data);
}

static void
variable_clear (gpointer data)
{
  g_free ((char *)((E13IisVariable *)data)->name);
  g_free ((char *)((E13IisVariable *)data)->value);
}

/* ---- What is known --------------------------------------------------------------------------- */

/* The last one of a name counts. */
static void
set_variable (E13LintMachine *machine, const char *name, const char *value)
{
  const E13IisVariable variable = { g_strdup (name), g_strdup (value) };

  for (guint i = 0; i < machine->variables->len; i++)
    if (g_ascii_strcasecmp (g_array_index (machine->variables, E13IisVariable, i).name, name) == 0)
      {
        g_array_remove_index (machine->variables, i);
        break;
      }
  g_array_append_val (machine->variables, variable);
}

E13LintMachine *
e13_lint_machine_new (void)
{
  E13LintMachine *machine = g_new0 (E13LintMachine, 1);

  machine->variables = g_array_new (TRUE, FALSE, sizeof (E13IisVariable));
  g_array_set_clear_func (machine->variables, variable_clear);
  machine->programs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, program_free);
  for (const E13IisVariable *usual = e13_iis_usual_variables; usual->name != NULL; usual++)
    set_variable (machine, usual->name, usual->value);
  return machine;
}

E13LintMachine *
e13_lint_machine_here (const E13ReadOps *ops)
{
  E13LintMachine *machine = e13_lint_machine_new ();

  machine->ops = ops;
  /* As this process has them, which is what services have but for what is one account's own. */
  for (const E13IisVariable *usual = e13_iis_usual_variables; usual->name != NULL; usual++)
    {
      const char *value = g_getenv (usual->name);

      if (value != NULL && g_utf8_validate (value, -1, NULL))
        set_variable (machine, usual->name, value);
    }
  return machine;
}

void
e13_lint_machine_free (E13LintMachine *machine)
{
  if (machine == NULL)
    return;
  g_array_unref (machine->variables);
  g_hash_table_unref (machine->programs);
  g_free (machine);
}

const E13IisVariable *
e13_lint_machine_variables (const E13LintMachine *machine)
{
  return (const E13IisVariable *)(gpointer)machine->variables->data;
}

/* ---- A description --------------------------------------------------------------------------- */

#define MAX_LINES 20000
#define MAX_FIELDS 4

typedef struct
{
  const char *origin;
  guint line;
} Place;

static gboolean G_GNUC_PRINTF (3, 4) throw_at (const Place *place, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list words;

  va_start (words, format);
  message = g_strdup_vprintf (format, words);
  va_end (words);
  return e13_throw (error, E13_ERROR_INPUT, "%s:%u: %s", place->origin, place->line, message);
}

static gboolean
read_bits (const Place *place, const char *text, guint *ret_bits, GError **error)
{
  *ret_bits = strcmp (text, "32") == 0 ? 32 : strcmp (text, "64") == 0 ? 64 : 0;
  if (*text == '\0' || *ret_bits != 0)
    return TRUE;
  return throw_at (place, error, "a program is made for 32 or 64 bits: one of these two numbers is missing");
}

static gboolean
read_descriptor (const Place *place, const char *text, E13SecurityDescriptor **ret_sd, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (*text == '\0')
    return TRUE;
  *ret_sd = e13_sddl_parse (text, NULL, &cause);
  return *ret_sd != NULL || throw_at (place, error, "the security descriptor is wrong: %s", cause->message);
}

/* "program PATH | BITS | VERSION | SDDL", "object PATH | SDDL", "missing PATH", "variable NAME | VALUE" */
static gboolean
read_record (E13LintMachine *machine, const Place *place, const char *word, char **fields, GError **error)
{
  g_autofree char *shown = e13_quote_display (word);
  E13LintProgram *program;
  gboolean is_good = TRUE;

  if (strcmp (word, "variable") == 0)
    {
      set_variable (machine, fields[0], fields[1]);
      return TRUE;
    }
  if (strcmp (word, "program") != 0 && strcmp (word, "object") != 0 && strcmp (word, "missing") != 0)
    return throw_at (place, error, "'%s' is none of program, object, missing and variable", shown);
  program = g_new0 (E13LintProgram, 1);
  program->presence = strcmp (word, "missing") == 0 ? E13_LINT_ABSENT : E13_LINT_PRESENT;
  if (strcmp (word, "program") == 0)
    {
      is_good = read_bits (place, fields[1], &program->bits, error)
                && read_descriptor (place, fields[3], &program->sd, error);
      program->version = *fields[2] != '\0' ? g_strdup (fields[2]) : NULL;
    }
  else if (strcmp (word, "object") == 0)
    is_good = read_descriptor (place, fields[1], &program->sd, error);
  if (is_good)
    {
      g_autofree char *path = e13_iis_path (fields[0], e13_iis_no_variables);

      g_hash_table_replace (machine->programs, g_utf8_strdown (path, -1), program);
    }
  else
    program_free (program);
  return is_good;
}

static gboolean
read_line (E13LintMachine *machine, const Place *place, const char *line, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (line));
  gsize length = strcspn (text, " \t");
  g_autofree char *word = g_strndup (text, length);
  g_auto (GStrv) parts = g_strsplit (text + length, "|", MAX_FIELDS);
  char *fields[MAX_FIELDS] = { NULL };

  if (*text == '\0' || *text == '#')
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return throw_at (place, error, "this is not UTF-8");
  for (guint i = 0, n = g_strv_length (parts); i < MAX_FIELDS; i++)
    fields[i] = i < n ? g_strstrip (parts[i]) : text + strlen (text);
  if (*fields[0] == '\0')
    return throw_at (place, error, "a word and then a path or name is what a line holds");
  return read_record (machine, place, word, fields, error);
}

E13LintMachine *
e13_lint_machine_parse (const char *origin, const char *data, gsize size, GError **error)
{
  g_autoptr (E13LintMachine) machine = e13_lint_machine_new ();
  g_autofree char *text = g_strndup (size > 0 ? data : "", size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_LINES + 1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const Place place = { origin, i + 1 };

      if (i == MAX_LINES)
        return throw_at (&place, error, "there are more than %d lines", MAX_LINES), NULL;
      if (!read_line (machine, &place, lines[i], error))
        return NULL;
    }
  return g_steal_pointer (&machine);
}

/* ---- Asking ---------------------------------------------------------------------------------- */

static void
ask_here (const E13ReadOps *ops, const char *path, E13LintProgram *program)
{
  g_autoptr (E13Route) route = ops->route (path, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_auto (E13Pe) pe = { 0, NULL };
  const E13Pin *last;
  gsize size = 0;

  if (route == NULL)
    return;
  if (route->missing != NULL)
    {
      program->presence = route->error == ENOENT || route->error == ENOTDIR ? E13_LINT_ABSENT : E13_LINT_NOT_KNOWN;
      return;
    }
  last = route->pins->pdata[route->pins->len - 1];
  program->presence = E13_LINT_PRESENT;
  program->sd = last->facts.sd != NULL ? e13_sd_copy (last->facts.sd) : NULL;
  bytes = last->facts.type == E13_TYPE_FILE ? ops->read_file (last, E13_PE_MAX_BYTES, NULL) : NULL;
  if (bytes == NULL || !e13_pe_read (g_bytes_get_data (bytes, NULL), (size = g_bytes_get_size (bytes)), &pe))
    return;
  program->bits = pe.bits;
  program->version = g_steal_pointer (&pe.version);
}

/* A stranger's web.config may name any path. To look at one on another machine would tell that machine who looks. */
static gboolean
is_local (const char *path)
{
  return g_ascii_isalpha (path[0]) && path[1] == ':' && path[2] == '\\';
}

void
e13_lint_machine_ask (const E13LintMachine *machine, const char *path, E13LintProgram *ret_program)
{
  g_autofree char *plain = e13_iis_path (path, e13_iis_no_variables);
  g_autofree char *key = g_utf8_strdown (plain, -1);
  const E13LintProgram *known = g_hash_table_lookup (machine->programs, key);

  *ret_program = (E13LintProgram){ E13_LINT_NOT_KNOWN, 0, NULL, NULL };
  if (known == NULL && machine->ops != NULL && is_local (plain))
    {
      E13LintProgram *asked = g_new0 (E13LintProgram, 1);

      ask_here (machine->ops, plain, asked);
      g_hash_table_insert (machine->programs, g_strdup (key), asked);
      known = asked;
    }
  if (known == NULL)
    return;
  *ret_program = *known;
  ret_program->version = g_strdup (known->version);
  ret_program->sd = known->sd != NULL ? e13_sd_copy (known->sd) : NULL;
}
