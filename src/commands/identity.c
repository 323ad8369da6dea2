/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13 identity: whom a web server here runs as, by which evidence, and which account is chosen. */

#include "commands/commands.h"

#include <stdio.h>

#include "commands/run.h"

static const E13CommandLine command_line = {
  .name = "identity",
  .arguments = "",
  .summary = "Shows the accounts that web servers here run as, the evidence for each, and which one is judged.",
  .groups = E13_OPTIONS_WHO,
};

static void
append_groups (GString *line, const E13ReadOps *ops, const E13GroupSet *groups)
{
  for (gsize i = 0; i < groups->n_gids; i++)
    {
      const char *name = ops->group_name (groups->gids[i]);

      g_string_append_printf (line, "%s%" G_GUINT32_FORMAT "%s%s%s", i > 0 ? ", " : "", groups->gids[i],
                              name != NULL ? " (" : "", name != NULL ? name : "", name != NULL ? ")" : "");
    }
}

static void
print_identity (const E13ReadOps *ops, const E13Identity *identity)
{
  g_autofree char *label = e13_identity_label (identity);
  const char *group = ops->group_name (identity->gid);
  g_autoptr (GString) groups = g_string_new (NULL);

  append_groups (groups, ops, &identity->groups);
  printf ("%-16s %s\n", label, identity->evidence);
  printf ("    uid %" G_GUINT32_FORMAT ", gid %" G_GUINT32_FORMAT "%s%s%s, other groups: %s\n", identity->uid,
          identity->gid, group != NULL ? " (" : "", group != NULL ? group : "", group != NULL ? ")" : "",
          groups->len > 0 ? groups->str : "none");
}

int
e13_command_identity (const E13ReadOps *ops, int argc, char **argv)
{
  g_auto (E13Options) options = { 0 };
  g_auto (E13Who) who = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *chosen = NULL;

  if (!e13_options_parse (&options, &command_line, NULL, argc, argv, &error))
    return e13_command_fail (error);
  found = ops->identities_found ();
  for (guint i = 0; i < found->len; i++)
    print_identity (ops, found->pdata[i]);
  if (!e13_who_find (&who, ops, &options, NULL, &error))
    return e13_command_fail (error);
  chosen = e13_identity_label (who.app);
  printf ("Judged: %s (%s), by %s.\n", chosen, who.app->evidence, who.ask_kernel ? "the kernel" : "the model");
  return E13_EXIT_CLEAN;
}
