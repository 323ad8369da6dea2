/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A POSIX shell script that does what `errno13 fix` would do. */

#include "report/report.h"

#include "base/quote.h"
#include "report/command-line.h"

/* clang-format off */
static const char head[] =
  "#!/bin/sh\n"
  "# Written by errno13: what `errno13 fix` would do, as commands. It needs setfacl and GNU stat.\n"
  "#\n"
  "# WARNING: run it only on a tree in which nobody else can write meanwhile. Unlike `errno13 fix`, which\n"
  "# holds each object while it judges and changes it, a script names it again for each command: whoever may\n"
  "# rename things in the tree can put a link to another file there in between. It writes no journal: there is\n"
  "# no undo.\n"
  "\n"
  "status=0\n"
  "\n"
  "# complain WORD PATH: no control character of a name reaches the terminal.\n"
  "complain ()\n"
  "{\n"
  "  { printf '%s: ' \"$1\"; printf '%s' \"$2\" | LC_ALL=C tr '[:cntrl:]' '?'; echo; } >&2\n"
  "  status=1\n"
  "  return 1\n"
  "}\n"
  "\n"
  "# judged STATE PATH: is it no link, and still the inode, mode, owner, group and change time that were judged?\n"
  "judged ()\n"
  "{\n"
  "  if test -L \"$2\"; then complain 'skipped, now a link' \"$2\"; return; fi\n"
  "  test \"$(stat -c %i:%f:%u:%g:%Z -- \"$2\" 2>/dev/null)\" = \"$1\" ||\n"
  "    complain 'skipped, no longer what was judged' \"$2\"\n"
  "}\n"
  "\n"
  "# dumped STATE PATH: the same of what a dump knows: mode, owner and group, by whatever it calls them.\n"
  "dumped ()\n"
  "{\n"
  "  if test -L \"$2\"; then complain 'skipped, now a link' \"$2\"; return; fi\n"
  "  for format in %U:%G %u:%g %U:%g %u:%G; do\n"
  "    test \"$(stat -c \"%a:$format\" -- \"$2\" 2>/dev/null)\" != \"$1\" || return 0\n"
  "  done\n"
  "  complain 'skipped, no longer what was dumped' \"$2\"\n"
  "}\n"
  "\n"
  "# make UID GID PATH: makes a directory as its parent's owner, so that nothing has to be given away afterwards.\n"
  "make ()\n"
  "{\n"
  "  if test -e \"$3\" || test -L \"$3\"; then complain 'skipped, there is something now' \"$3\"; return; fi\n"
  "  umask 022\n"
  "  if test \"$(id -u)\" = \"$1\" || test \"$(id -un)\" = \"$1\"; then mkdir -- \"$3\"\n"
  "  else setpriv --reuid=\"$1\" --regid=\"$2\" --clear-groups -- mkdir -- \"$3\"\n"
  "  fi || complain 'cannot be made' \"$3\"\n"
  "}\n"
  "\n"
  "# run PATH COMMAND...\n"
  "run ()\n"
  "{\n"
  "  path=$1\n"
  "  shift\n"
  "  \"$@\" || complain \"failed, $1\" \"$path\"\n"
  "}\n";
/* clang-format on */

static void
sh_begin (const E13ReportOptions *options)
{
  fputs (head, options->out);
}

/* The type bits of st_mode, as the kernel writes them: %f of stat(1) shows them with the mode. */
static guint32
type_bits (E13ObjectType type)
{
  static const guint32 bits[] = {
    [E13_TYPE_UNKNOWN] = 0,           [E13_TYPE_FILE] = 0100000,         [E13_TYPE_DIRECTORY] = 0040000,
    [E13_TYPE_SYMLINK] = 0120000,     [E13_TYPE_FIFO] = 0010000,         [E13_TYPE_SOCKET] = 0140000,
    [E13_TYPE_CHAR_DEVICE] = 0020000, [E13_TYPE_BLOCK_DEVICE] = 0060000,
  };

  return bits[type];
}

/* Of a dump, whose inodes and times are not known. */
static void
print_dumped (const E13ReportOptions *options, const E13Change *change, const char *path)
{
  const E13Attributes *before = &change->before;
  const char *owner = options->ops->user_name (before->uid);
  const char *group = options->ops->group_name (before->gid);
  g_autofree char *state = g_strdup_printf ("%o:%s:%s", before->mode, owner, group);
  g_autofree char *word = e13_quote_shell (state);
  g_autofree char *owner_word = e13_quote_shell (owner);
  g_autofree char *group_word = e13_quote_shell (group);

  if (change->kind == E13_CHANGE_MAKE_DIRECTORY)
    fprintf (options->out, "make %s %s %s", owner_word, group_word, path);
  else
    fprintf (options->out, "dumped %s %s", word, path);
}

static void
print_condition (const E13ReportOptions *options, const E13SiteReport *site, const E13Change *change, const char *path)
{
  const E13Attributes *before = &change->before;

  if (site->request->tree->is_dump)
    print_dumped (options, change, path);
  else if (change->kind == E13_CHANGE_MAKE_DIRECTORY)
    fprintf (options->out, "make %" G_GUINT32_FORMAT " %" G_GUINT32_FORMAT " %s", before->uid, before->gid, path);
  else
    fprintf (options->out,
             "judged %" G_GUINT64_FORMAT ":%x:%" G_GUINT32_FORMAT ":%" G_GUINT32_FORMAT ":%" G_GINT64_FORMAT " %s",
             change->key.inode, (guint)(type_bits (change->type) | before->mode), before->uid, before->gid,
             change->key.changed_seconds, path);
}

/* A newline in a comment would end it. */
static void
print_comment (const E13ReportOptions *options, const char *text)
{
  g_autofree char *shown = e13_quote_display (text);

  fprintf (options->out, "# %s\n", shown);
}

static void
print_change (const E13ReportOptions *options, const E13SiteReport *site, const E13Change *change)
{
  g_autofree char *full = e13_tree_full_path (site->request->tree, change->path);
  g_autofree char *path = e13_quote_shell (full);
  g_autofree char *target = g_strdup_printf ("-- %s", path);
  const E13ReadOps *names = site->request->tree->is_dump ? options->ops : NULL;
  g_autoptr (GPtrArray) commands = e13_command_line_set (change, target, names);

  fputc ('\n', options->out);
  for (guint i = 0; change->notes != NULL && i < change->notes->len; i++)
    print_comment (options, change->notes->pdata[i]);
  print_condition (options, site, change, path);
  for (guint i = 0; i < commands->len; i++)
    fprintf (options->out, " &&\n  run %s %s", path, (const char *)commands->pdata[i]);
  fputc ('\n', options->out);
}

static void
print_refusal (const E13ReportOptions *options, const E13SiteReport *site, const E13Refusal *refusal)
{
  g_autofree char *full = e13_tree_full_path (site->request->tree, refusal->finding->path);
  g_autofree char *line = g_strdup_printf ("Left: %s %s: %s", refusal->finding->rule->id, full, refusal->reason);

  print_comment (options, line);
}

static void
sh_site (const E13ReportOptions *options, const E13SiteReport *site)
{
  g_autofree char *label = e13_identity_label (site->request->app);
  g_autofree char *title = g_strdup_printf ("%s, for %s", site->request->tree->path, label);

  fputs ("\n", options->out);
  print_comment (options, title);
  for (guint i = 0; site->plan != NULL && i < site->plan->notes->len; i++)
    print_comment (options, site->plan->notes->pdata[i]);
  for (guint i = 0; site->plan != NULL && i < site->plan->refusals->len; i++)
    print_refusal (options, site, site->plan->refusals->pdata[i]);
  for (guint i = 0; site->plan != NULL && i < site->plan->changes->len; i++)
    print_change (options, site, site->plan->changes->pdata[i]);
}

static void
sh_end (const E13ReportOptions *options)
{
  fputs ("\nexit $status\n", options->out);
}

const E13Reporter e13_report_sh = {
  .name = "sh",
  .begin = sh_begin,
  .site = sh_site,
  .end = sh_end,
};
