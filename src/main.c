/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* errno13: who is denied what, why, and the least grant that cures it.
 *
 * The map of the program, in the order in which a run passes through it:
 *
 * - main(): the command table below; picks the platform
 *     - commands/check.c fix.c undo.c explain.c trace.c lint.c cgi.c profiles.c identity.c status.c   one command each
 *     - commands/explain-log.[ch] suggest-profile.[ch]   explain on logs
 *     - commands/trace-run.[ch] trace-seen.[ch]   trace: strace beside us, and what it sees
 *     - commands/options.[ch]       the command line as values
 *     - commands/run.[ch] site-profile.[ch]   what check and fix share: which site, which profile
 *     - commands/who.c who-servers.[ch] who-windows.[ch]       who asks
 *     - commands/site-policy.[ch]   which profile a site is judged by
 *     - commands/profile-test.[ch]  is a new profile right?
 *     - commands/fix-command.[ch]   the command that would leave exit status 0
 *     - commands/watch.[ch]         Ctrl-C and the progress line
 *     - commands/first-screen.[ch] elevation.[ch]   for whoever meets it on Windows
 * - policy/: what a site needs
 *     - profile.[ch] profiles/      the profile format, and the profiles that are compiled in
 *     - keyfile.[ch]                its syntax, with line numbers
 *     - detect.[ch] marker.[ch]     which application is this, and which others lie in its directories?
 *     - sections.[ch] moved.[ch]    which sections apply here and now, as occasion and configuration have it
 *     - policy.[ch] glob.[ch]       a profile and the command line, held against paths
 *     - guarded.[ch] guarded.def    what no profile decides: system directories, homes, keys
 * - platform/: all that is asked of the operating system
 *     - platform.h                  the seam: one table that reads, one that writes
 *     - store.h                     the program's own files: journals and their lock
 *     - input.h                     logs that the caller names
 *     - console.h                   arguments, the window, Ctrl-C
 *     - launch.h                    running a stranger's program, never as root
 *     - companion.h                 a program that watches others beside us
 *     - snapshot/                   dumps of other machines
 *     - posix/                      walk, pins, ACLs, identities, processes, questions to the kernel
 * - audit/: facts, policy and judge make findings
 *     - rules.def                   every rule once
 * - access/: the model: who may do what to an inode, and which entry decided
 * - repair/: the only folder that is handed the table that writes
 *     - plan.[ch] grant.[ch]        findings → the least changes that cure them
 *     - guard.[ch]                  the one place that refuses
 *     - journal.[ch]                before-images, on disk before the first write
 *     - apply.[ch] undo.[ch]        the changes, forth and back
 * - servers/: who serves a site here
 *     - programs.[ch] programs.def  which programs, and where their configuration lies
 *     - running.c                   which processes are believed
 *     - sources.[ch] local.[ch]     configuration files within bounds; those of this machine
 *     - nginx.c apache.c lighttpd.c caddy.c php-fpm.c uwsgi.c unit.[ch]   one reader a format, each giving hosting.[ch]
 *     - claims.[ch] choose.c whose.[ch]   what all of it says, and who it is
 * - iis/: the configuration of IIS
 *     - xml.[ch]                    elements and attributes with their places
 *     - xml-words.[ch] xml-remedy.c what is wrong with XML, and the edit that cures it
 *     - schema.[ch] schema.def products.def   the sections that IIS and its modules know
 *     - edit.[ch]                   one edit that keeps every other byte
 *     - lint-fix.[ch] lint-allow.[ch]   which edits do good; what a server is to allow
 *     - config.[ch] scope.[ch]      sites and pools; what is in effect in one place
 *     - whose.[ch] files.[ch]       who asks for a site's files there; the files that say so
 *     - lint.[ch] lint-rules.def    which HTTP errors that makes; a family of rules each lint-NAME.c
 *     - lint-site.[ch]              the web.config files of a site, and what is in effect at each place of it
 *     - lint-machine.[ch] pe.[ch]   what programs there are, for how many bits
 *     - status.[ch] statuses.catalogue      what the numbers mean, and what cures them
 *     - status-query.[ch]           such a number as people and logs write it
 * - cgi/: what a server makes of a script
 *     - request.[ch]                what the script is told
 *     - head.[ch]                   the head of what it writes
 *     - html.c markup.[ch]          the page behind that
 *     - causes.[ch] causes.def      what scripts die of
 *     - verdict.[ch] problems.def   what the server would answer, and what is wrong
 * - logs/: logs → failures
 *     - reader.[ch] needles.[ch] layers.[ch]   the stream, the search, what carried a message
 *     - family.h families/          one table of patterns a family of programs
 * - explain/: a path → the chain of decisions from / down
 *     - pitfalls.[ch]               what looks like a missing permission, and is not one
 *     - denial.[ch]                 failures that say the same, and what can be said of them here
 * - report/: text.c json.c sh.c cmd.c      one file a format
 *     - group.[ch] cure.[ch]        findings of one cause are one entry; the commands that cure it
 * - model/: the nouns: identity, rights, object, ACL, finding, change
 * - base/: errors, quoting, paths as text, first lines of scripts, descriptors owned by type
 */

#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/quote.h"
#include "commands/commands.h"
#include "commands/first-screen.h"
#include "platform/console.h"
#include "policy/nearest.h"

typedef int (*Looks) (const E13ReadOps *ops, int argc, char **argv);
typedef int (*Writes) (const E13ReadOps *ops, const E13WriteOps *write, int argc, char **argv);

/* A command either looks or writes: one that looks is never handed the operations that write. One that has both writes
 * only with --fix. */
static const struct
{
  const char *name;
  Looks looks;
  Writes writes;
  const char *help;
} commands[] = {
  { "check", e13_command_check, NULL, "list what the web server is denied in a site, and why (changes nothing)" },
  { "fix", NULL, e13_command_fix, "grant the least that cures it, with a journal" },
  { "undo", NULL, e13_command_undo, "take a repair back" },
  { "explain", e13_command_explain, NULL, "show which entry decides whether an account may use a path" },
  { "trace", e13_command_trace, NULL, "watch a program, and explain what is refused to it as it happens" },
  { "lint", e13_command_lint, e13_command_lint_fix,
    "find what in the settings of IIS makes a site answer with an error" },
  { "cgi", e13_command_cgi, NULL, "run a CGI script as the web server's account, and judge what comes back" },
  { "profiles", e13_command_profiles, NULL, "list the applications that are known, or print a profile" },
  { "identity", e13_command_identity, NULL, "show who serves a site, and how that is known" },
  { "status", e13_command_status, NULL, "say what a number means: 404.2, 500.19 0x8007000d, errno 13" },
};

static void
print_help (void)
{
  puts ("Usage: errno13 COMMAND [OPTION...] [ARGUMENT...]\n"
        "       errno13 SITE...          (the same as errno13 check SITE...)\n"
        "\n"
        "Finds and cures the file permissions that keep a web project from running.\n"
        "\n"
        "Commands:");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    printf ("  %-10s %s\n", commands[i].name, commands[i].help);
  puts ("\n"
        "  --help     this text; errno13 COMMAND --help for the options of a command\n"
        "  --version  the version\n"
        "\n"
        "Exit status: 0 nothing to report, 1 problems found or left, 2 trouble.");
}

int
e13_command_fail (const GError *error)
{
  fflush (stdout);
  fprintf (stderr, "errno13: %s\n", error->message);
  return E13_EXIT_TROUBLE;
}

static int
run (gsize index, int argc, char **argv)
{
  if (commands[index].looks == NULL
      || (commands[index].writes != NULL && g_strv_contains ((const char *const *)argv, "--fix")))
    return commands[index].writes (e13_host_read, e13_host_write, argc, argv);
  return commands[index].looks (e13_host_read, argc, argv);
}

/* What is no command may be a site; a single word that is neither was meant to be a command. */
static gboolean
is_misspelt (const char *word, GError **error)
{
  const char *names[G_N_ELEMENTS (commands) + 1] = { NULL };
  g_autoptr (E13Route) route = NULL;
  g_autofree char *shown = e13_quote_display (word);

  if (word[0] == '-' || strpbrk (word, e13_host_read->is_windows ? "/\\:" : "/") != NULL)
    return FALSE;
  route = e13_host_read->route (word, NULL);
  if (route == NULL || route->missing == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    names[i] = commands[i].name;
  e13_throw (error, E13_ERROR_USAGE, "'%s' is neither a command nor a site here: the nearest command is '%s'", shown,
             e13_nearest (word, names));
  return TRUE;
}

static int
dispatch (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return run (i, argc - 1, argv + 1);
  if (is_misspelt (argv[1], &error))
    return e13_command_fail (error);
  return e13_command_check (e13_host_read, argc, argv);
}

static int
begin (int argc, char **argv)
{
  if (argc < 2)
    {
      if (e13_host_read->is_windows)
        e13_first_screen ();
      else
        print_help ();
      return E13_EXIT_TROUBLE;
    }
  if (strcmp (argv[1], "--help") != 0 && strcmp (argv[1], "-h") != 0 && strcmp (argv[1], "--version") != 0)
    return dispatch (argc, argv);
  if (strcmp (argv[1], "--version") == 0)
    puts (PACKAGE_STRING);
  else
    print_help ();
  return E13_EXIT_CLEAN;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) words = NULL;
  int status;

  setlocale (LC_CTYPE, "");
  words = e13_console_begin (argc, argv);
  status = begin ((int)g_strv_length (words), words);
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      perror ("errno13: cannot write to standard output");
      return E13_EXIT_TROUBLE;
    }
  return status;
}
