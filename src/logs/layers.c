/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "logs/layers.h"

#include <string.h>

#include "logs/unescape.h"

/* A message carried by that many others is no message. */
#define MAX_LAYERS 6

#define ISO "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?(?:Z| ?[+-]\\d\\d:?\\d\\d)?"
#define BSD "[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d"

static const struct
{
  const char *name;
  const char *first; /* bytes that it may begin with */
  const char *needle; /* stands in it */
  const char *regex;  /* anchored; groups process and pid */
  E13LogEscape escape; /* of the rest */
} rows[] = {
  { "quote", ">", "> ", "(?:> ?)+", E13_ESCAPE_NONE },
  { "compose", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", " | ",
    "(?<process>[a-zA-Z0-9][\\w.-]*?)(?:[-_]\\d+)? +\\| ", E13_ESCAPE_NONE },
  { "cri", "0123456789", " std", ISO " std(?:out|err) [FP] ", E13_ESCAPE_NONE },
  { "syslog-5424", "<", ">1 ", "<\\d+>1 " ISO " \\S+ (?<process>\\S+) (?:(?<pid>\\d+)|\\S+) \\S+ (?:-|\\[.*?\\]) ",
    E13_ESCAPE_NONE },
  { "syslog", "<ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", ": ",
    "(?:<\\d+>)?(?:" BSD "|" ISO ") (?:[\\w.:-]+ )?(?<process>[A-Za-z][\\w./()-]*)(?:\\[(?<pid>\\d+)\\])?: ",
    E13_ESCAPE_NONE },
  { "kernel", "[", "] ", "\\[ *\\d+\\.\\d+\\] ", E13_ESCAPE_NONE },
  { "apache", "[", "] [",
    "\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d[.\\d]* \\d{4}\\] \\[[\\w-]*:?\\w+\\] "
    "(?:\\[pid (?<pid>\\d+)(?::tid \\w+)?\\] )?(?:\\[(?:remote|client) [^\\]]*\\] )?",
    E13_ESCAPE_APACHE },
  { "nginx", "0123456789", "#",
    "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[\\w+\\] (?<pid>\\d+)#\\d+: (?:\\*\\d+ )?", E13_ESCAPE_NONE },
  { "gunicorn", "[", "] [", "\\[" ISO "\\] \\[(?<pid>\\d+)\\] \\[\\w+\\] ", E13_ESCAPE_NONE },
  { "fpm-child", "[", "child ",
    "\\[\\d\\d-[A-Z][a-z]{2}-\\d{4} \\d\\d:\\d\\d:\\d\\d\\] \\w+: \\[pool [^\\]]*\\] child (?<pid>\\d+) said into "
    "std(?:err|out): \"",
    E13_ESCAPE_NONE },
  { "php-time", "[", "-", "\\[\\d\\d-[A-Z][a-z]{2}-\\d{4} \\d\\d:\\d\\d:\\d\\d(?: [\\w/+:-]+)?\\] ", E13_ESCAPE_NONE },
  { "passenger", "A[", "App ", "(?:\\[ [^\\]]* \\]: )?App (?<pid>\\d+) (?:stdout|stderr|output): ", E13_ESCAPE_NONE },
  { "lighttpd-stderr", "(0123456789", "FastCGI-stderr: ",
    "(?:" ISO ": )?\\([\\w./]+\\.\\d+\\) FastCGI-stderr: ?", E13_ESCAPE_NONE },
  { "time", "[0123456789", ":", "\\[?" ISO "\\]?:? ", E13_ESCAPE_NONE },
};

static const GRegex *
regex_of (gsize row)
{
  static gsize compiled[G_N_ELEMENTS (rows)];

  if (g_once_init_enter (&compiled[row]))
    g_once_init_leave (&compiled[row],
                       (gsize)g_regex_new (rows[row].regex, G_REGEX_RAW | G_REGEX_OPTIMIZE | G_REGEX_ANCHORED,
                                           G_REGEX_MATCH_ANCHORED, NULL));
  return (const GRegex *)compiled[row];
}

static void
take_process (GMatchInfo *match, E13Peeled *peeled)
{
  g_autofree char *process = g_match_info_fetch_named (match, "process");
  g_autofree char *pid = g_match_info_fetch_named (match, "pid");

  if (peeled->process == NULL && process != NULL && *process != '\0')
    peeled->process = g_steal_pointer (&process);
  if (peeled->pid == 0 && pid != NULL)
    peeled->pid = (guint32)g_ascii_strtoull (pid, NULL, 10);
}

/* rsyslog writes control characters as #011. */
static char *
unescape_syslog (const char *text)
{
  g_autoptr (GString) out = g_string_new (text);

  g_string_replace (out, "#012", "\n", 0);
  g_string_replace (out, "#011", "\t", 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The rest after the prefix of @row; NULL: it is not there. */
static char *
peel_one (gsize row, const char *text, E13Peeled *peeled)
{
  g_autoptr (GMatchInfo) match = NULL;
  int end;

  if (strchr (rows[row].first, *text) == NULL || strstr (text, rows[row].needle) == NULL
      || !g_regex_match (regex_of (row), text, 0, &match))
    return NULL;
  take_process (match, peeled);
  g_match_info_fetch_pos (match, 0, NULL, &end);
  if (g_str_has_prefix (rows[row].name, "syslog") && strstr (text + end, "#01") != NULL)
    return unescape_syslog (text + end);
  return e13_unescape (rows[row].escape, text + end, strlen (text + end));
}

void
e13_layers_peel (const char *line, gsize length, E13Peeled *ret_peeled)
{
  E13Peeled peeled = { .text = g_strndup (line, length) };

  for (guint n = 0; n < MAX_LAYERS && *peeled.text != '\0'; n++)
    {
      char *rest = NULL;

      for (gsize row = 0; rest == NULL && row < G_N_ELEMENTS (rows); row++)
        rest = peel_one (row, peeled.text, &peeled);
      if (rest == NULL)
        break;
      g_free (peeled.text);
      peeled.text = rest;
    }
  peeled.is_json = peeled.text[0] == '{' && strstr (peeled.text, "\":") != NULL;
  if (strstr (peeled.text, "<b>") != NULL || strstr (peeled.text, "<br") != NULL || strstr (peeled.text, "&#039;") != NULL)
    {
      char *plain = e13_unescape (E13_ESCAPE_HTML, peeled.text, strlen (peeled.text));

      g_free (peeled.text);
      peeled.text = plain;
    }
  *ret_peeled = peeled;
}

void
e13_peeled_clear (E13Peeled *peeled)
{
  g_clear_pointer (&peeled->text, g_free);
  g_clear_pointer (&peeled->process, g_free);
}

char *
e13_layers_next_string (const char **at)
{
  const char *begin = strchr (*at, '"');
  const char *end;

  if (begin == NULL)
    return NULL;
  for (end = ++begin; *end != '\0' && *end != '"'; end++)
    if (*end == '\\' && end[1] != '\0')
      end++;
  *at = *end == '"' ? end + 1 : end;
  return e13_unescape (E13_ESCAPE_JSON, begin, (gsize)(end - begin));
}
