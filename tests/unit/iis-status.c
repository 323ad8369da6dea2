/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The catalogue of statuses: complete, agreeing with the headers of the systems whose numbers it has, and found by
 * whatever people and logs write. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <errno.h>
#include <string.h>

#include "iis/status-query.h"

TestSuite (iis_status, .timeout = 60);

/* ---- The catalogue ----------------------------------------------------------------------------------------------- */

static gboolean
is_sentence (const char *text)
{
  return g_utf8_validate (text, -1, NULL) && strlen (text) > 8 && strchr (text, '\n') == NULL && text[0] != ' '
         && strstr (text, "  ") == NULL;
}

static void
expect_sentences (const char *label, const char *what, const char *const *texts)
{
  for (gsize i = 0; texts[i] != NULL; i++)
    cr_expect (is_sentence (texts[i]), "%s, %s: '%s'", label, what, texts[i]);
}

Test (iis_status, every_entry_is_complete)
{
  for (gsize i = 0; i < e13_n_statuses; i++)
    {
      const E13Status *s = &e13_statuses[i];
      g_autofree char *label = e13_status_label (s);

      cr_expect (strlen (s->name) > 1 && strlen (s->name) < 80, "%s: '%s'", label, s->name);
      cr_expect (is_sentence (s->means) && g_str_has_suffix (s->means, "."), "%s: '%s'", label, s->means);
      cr_expect (s->causes[0] != NULL, "%s: no cause", label);
      cr_expect (s->cures[0] != NULL, "%s: nothing to do", label);
      cr_expect (s->source[0] != '\0', "%s: no source", label);
      expect_sentences (label, "causes", s->causes);
      expect_sentences (label, "cures", s->cures);
    }
}

Test (iis_status, no_entry_stands_there_twice)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < e13_n_statuses; i++)
    {
      char *word = e13_status_word (&e13_statuses[i]);

      cr_expect (g_hash_table_add (seen, word), "%s", word);
    }
}

Test (iis_status, checks_are_commands_of_errno13)
{
  static const char *const verbs[] = { "check", "explain", "identity", "lint", "cgi", NULL };

  for (gsize i = 0; i < e13_n_statuses; i++)
    for (gsize j = 0; e13_statuses[i].checks[j] != NULL; j++)
      {
        g_auto (GStrv) words = g_strsplit (e13_statuses[i].checks[j], " ", -1);

        cr_expect (g_strv_length (words) >= 2 && strcmp (words[0], "errno13") == 0 && g_strv_contains (verbs, words[1]),
                   "'%s'", e13_statuses[i].checks[j]);
      }
}

/* KB943891 names 26 statuses, and 107 different sub-statuses: 110 rows, since ARR gives three of them a second meaning.
 */
Test (iis_status, microsoft_s_list_is_whole)
{
  static const struct
  {
    guint status;
    guint n;
  } counts[] = { { 400, 17 }, { 401, 9 }, { 403, 26 }, { 404, 25 }, { 405, 1 }, { 406, 1 },
                 { 412, 1 },  { 413, 1 }, { 500, 15 }, { 502, 7 },  { 503, 4 } };
  guint n_statuses = 0, n_subs = 0;

  for (gsize i = 0; i < e13_n_statuses; i++)
    if (e13_statuses[i].kind == E13_STATUS_HTTP && strcmp (e13_statuses[i].source, "KB943891") == 0)
      *(e13_statuses[i].sub < 0 ? &n_statuses : &n_subs) += 1;
  cr_expect (n_statuses == 26, "%u statuses", n_statuses);
  cr_expect (n_subs == 107, "%u sub-statuses", n_subs);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      guint n = 0;

      for (gsize j = 0; j < e13_n_statuses; j++)
        if (e13_statuses[j].kind == E13_STATUS_HTTP && e13_statuses[j].status == counts[i].status
            && e13_statuses[j].sub >= 0 && strcmp (e13_statuses[j].source, "KB943891") == 0)
          n++;
      cr_expect (n == counts[i].n, "%u: %u, not %u", counts[i].status, n, counts[i].n);
    }
}

/* Each HRESULT of KB942055 has its section. */
Test (iis_status, the_codes_of_500_19_are_whole)
{
  static const guint32 codes[]
      = { 0x8007000d, 0x80070021, 0x80070005, 0x800700b7, 0x8007007e, 0x800700c1, 0x8007010b, 0x8007052e, 0x80070003 };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const E13Status *s = e13_status_detail (500, 19, codes[i]);

      cr_expect (s != NULL && strcmp (s->source, "KB942055") == 0, "0x%08x", codes[i]);
    }
}

/* A code that a status stands with says by itself, too, what it is. */
Test (iis_status, codes_of_details_are_known)
{
  for (gsize i = 0; i < e13_n_statuses; i++)
    if (e13_statuses[i].kind == E13_STATUS_DETAIL)
      {
        g_autofree char *word = e13_status_word (&e13_statuses[i]);

        cr_expect (e13_status_hresult (e13_statuses[i].code) != NULL, "%s: the code has no entry", word);
        cr_expect (e13_status_http (e13_statuses[i].status, e13_statuses[i].sub) != NULL, "%s: nor the status", word);
      }
}

/* ---- Held against the systems' headers --------------------------------------------------------------------------- */

/* The number in "#define NAME ... NUMBER": the last one on the line. FALSE where the header does not define it. */
static gboolean
defined_as (const char *header, const char *name, guint64 *ret_number)
{
  g_autofree char *pattern
      = g_strdup_printf ("^#define %s\\s+(.*[^0-9A-Za-z])?(0x[0-9a-fA-F]+|[0-9]+)[lLuU]*\\)*\\s*$", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *number = NULL;

  if (!g_regex_match (regex, header, 0, &match))
    return FALSE;
  number = g_match_info_fetch (match, 2);
  *ret_number = g_ascii_strtoull (number, NULL, g_str_has_prefix (number, "0x") ? 16 : 10);
  return TRUE;
}

static char *
header_of_windows (const char *name)
{
  static const char *const folders[] = { "/usr/share/mingw-w64/include", "/usr/x86_64-w64-mingw32/include",
                                         "/usr/x86_64-w64-mingw32/sys-root/mingw/include" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);
      char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL))
        return text;
    }
  return NULL;
}

static guint
hold_against (const char *header_name, guint64 base)
{
  g_autofree char *header = header_of_windows (header_name);
  guint n = 0;

  if (header == NULL)
    cr_skip_test ("mingw's headers are not installed");
  for (gsize i = 0; i < e13_n_statuses; i++)
    {
      const E13Status *s = &e13_statuses[i];
      guint64 number = 0;

      if ((s->kind != E13_STATUS_WIN32 && s->kind != E13_STATUS_HRESULT) || strcmp (s->source, header_name) != 0)
        continue;
      n++;
      cr_expect (defined_as (header, s->symbol, &number) && base + number == s->code, "%s: %s has %" G_GUINT64_FORMAT,
                 s->symbol, header_name, base + number);
    }
  return n;
}

Test (iis_status, agrees_with_winerror_h) { cr_expect (hold_against ("winerror.h", 0) > 40); }

Test (iis_status, agrees_with_ntstatus_h) { cr_expect (hold_against ("ntstatus.h", 0) > 4); }

Test (iis_status, agrees_with_winhttp_h) { cr_expect (hold_against ("winhttp.h", 12000) == 3); }

Test (iis_status, errors_of_windows_come_from_a_header)
{
  static const char *const headers[] = { "winerror.h", "ntstatus.h", "winhttp.h", NULL };

  for (gsize i = 0; i < e13_n_statuses; i++)
    if (e13_statuses[i].kind == E13_STATUS_WIN32 || e13_statuses[i].kind == E13_STATUS_HRESULT)
      cr_expect (g_strv_contains (headers, e13_statuses[i].source), "%s", e13_statuses[i].symbol);
}

#ifdef __linux__
#define ERRNO(name)                                                                                                    \
  {                                                                                                                    \
#name, name                                                                                                        \
  }
static const struct
{
  const char *symbol;
  guint number;
} errnos[] = {
  ERRNO (EPERM),     ERRNO (ENOENT),       ERRNO (EINTR),      ERRNO (EIO),        ERRNO (ENXIO),
  ERRNO (ENOEXEC),   ERRNO (EBADF),        ERRNO (EAGAIN),     ERRNO (ENOMEM),     ERRNO (EACCES),
  ERRNO (EBUSY),     ERRNO (EEXIST),       ERRNO (EXDEV),      ERRNO (ENOTDIR),    ERRNO (EISDIR),
  ERRNO (EINVAL),    ERRNO (ENFILE),       ERRNO (EMFILE),     ERRNO (ETXTBSY),    ERRNO (EFBIG),
  ERRNO (ENOSPC),    ERRNO (EROFS),        ERRNO (EMLINK),     ERRNO (EPIPE),      ERRNO (ENAMETOOLONG),
  ERRNO (ENOTEMPTY), ERRNO (ELOOP),        ERRNO (EOPNOTSUPP), ERRNO (EADDRINUSE), ERRNO (ECONNRESET),
  ERRNO (ETIMEDOUT), ERRNO (ECONNREFUSED), ERRNO (ESTALE),     ERRNO (EDQUOT),
};

Test (iis_status, agrees_with_errno_h)
{
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (errnos); i++)
    {
      const E13Status *s = e13_status_errno (errnos[i].number);

      cr_expect (s != NULL && strcmp (s->symbol, errnos[i].symbol) == 0, "%s", errnos[i].symbol);
    }
  for (gsize i = 0; i < e13_n_statuses; i++)
    n += e13_statuses[i].kind == E13_STATUS_ERRNO;
  cr_expect (n == G_N_ELEMENTS (errnos), "%u entries, %zu held against errno.h", n, G_N_ELEMENTS (errnos));
}
#endif

/* ---- Asking ------------------------------------------------------------------------------------------------------ */

/* What is asked, and what is answered: the words of what was found, "|" between answers, "?" before what is nearest. */
static const struct
{
  const char *asked[4];
  const char *is;
} rows[] = {
  { { "404" }, "404" },
  { { "404.2" }, "404.2" },
  { { "404.2", "404.3" }, "404.2|404.3" },
  { { "500.19 0x80070021" }, "500.19 0x80070021" },
  { { "500.19", "0x80070021" }, "500.19 0x80070021" },
  { { "500.19", "0X8007000D" }, "500.19 0x8007000d" },
  { { "500.19", "80070021" }, "500.19 0x80070021" },
  { { "500.19", "-2147024863" }, "500.19 0x80070021" },
  { { "500.19", "2147942433" }, "500.19 0x80070021" },
  { { "500.19", "33" }, "500.19 0x80070021" },
  { { "500.19", "error_lock_violation" }, "500.19 0x80070021" },
  { { "500.19", "LOCK_VIOLATION" }, "500.19 0x80070021" },
  /* What is not known of both is known of each. */
  { { "500.19", "0x80070070" }, "500.19,ERROR_DISK_FULL" },
  { { "404.13", "0x80070005" }, "404.13,401.3 0x80070005,500.19 0x80070005,ERROR_ACCESS_DENIED" },
  { { "HTTP Error 500.19" }, "500.19" },
  { { "0x8007000d" }, "500.19 0x8007000d,ERROR_INVALID_DATA" },
  { { "8007000d" }, "500.19 0x8007000d,ERROR_INVALID_DATA" },
  { { "-2147024883" }, "500.19 0x8007000d,ERROR_INVALID_DATA" },
  { { "ERROR_LOCK_VIOLATION" }, "ERROR_LOCK_VIOLATION" },
  { { "eacces" }, "EACCES" },
  { { "13" }, "EACCES,ERROR_INVALID_DATA" },
  { { "0xd" }, "EACCES,ERROR_INVALID_DATA" },
  { { "errno", "13" }, "EACCES" },
  { { "[Errno 13]" }, "EACCES" },
  { { "[WinError 5]" }, "ERROR_ACCESS_DENIED" },
  { { "win32", "13" }, "ERROR_INVALID_DATA" },
  { { "0" }, "ERROR_SUCCESS" },
  { { "-1073741819" }, "STATUS_ACCESS_VIOLATION" },
  { { "c00000fd" }, "502.2 0xc00000fd,STATUS_STACK_OVERFLOW" },
  { { "502.2", "0xC00000FD" }, "502.2 0xc00000fd" },
  /* As a log has them. */
  { { "401", "3", "5" }, "401.3 0x80070005" },
  { { "404 0 2" }, "404.0 0x80070002" },
  { { "404 2 1260" }, "404.2 0x800704ec" },
  { { "500 19 2147942405" }, "500.19 0x80070005" },
  { { "403 14 0" }, "403.14" },
  { { "500 0 64" }, "500.0,ERROR_NETNAME_DELETED" },
  { { "401.3.5" }, "401.3 0x80070005" },
  { { "404 77 2" }, "404,ERROR_FILE_NOT_FOUND" },
  /* A status and an errno are two questions. */
  { { "404", "13" }, "404|EACCES,ERROR_INVALID_DATA" },
  { { "500.19 errno 13" }, "500.19|EACCES" },
  /* Not known. */
  { { "404.99" }, "?404,404.20,404.19,404.18" },
  { { "418" }, "?417,416,415" },
  { { "EACCESS" }, "?EACCES" },
  { { "ERROR_ACESS_DENIED" }, "?ERROR_ACCESS_DENIED" },
  { { "0x80070006 0x80070007" },
    "ERROR_INVALID_HANDLE|?ERROR_INVALID_HANDLE,ERROR_NOT_ENOUGH_MEMORY,ERROR_ACCESS_DENIED" },
  { { "errno 14" }, "?EACCES,ENOMEM,EBUSY" },
  { { "http 13" }, "?" },
  /* No codes. */
  { { "4..2" }, "!" },
  { { "404.2.1.1" }, "!" },
  { { "0x" }, "!" },
  { { "0x123456789" }, "!" },
  { { "99999999999" }, "!" },
  { { "-99999999999" }, "!" },
  { { "\303\244" }, "!" },
  { { "http" }, "!" },
  { { "" }, "!" },
};

static void
append_all (GString *out, const GPtrArray *statuses)
{
  for (guint i = 0; i < statuses->len; i++)
    {
      g_autofree char *word = e13_status_word (statuses->pdata[i]);

      g_string_append_printf (out, "%s%s", i > 0 ? "," : "", word);
    }
}

ParameterizedTestParameters (iis_status, is_found_as_it_is_written)
{
  static int indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = (int)i;
  return cr_make_param_array (int, indices, G_N_ELEMENTS (rows));
}

ParameterizedTest (const int *index, iis_status, is_found_as_it_is_written)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = e13_status_ask (rows[*index].asked, &error);
  g_autoptr (GString) is = g_string_new (answers == NULL ? "!" : NULL);

  cr_expect ((answers == NULL) == (error != NULL));
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const E13StatusAnswer *answer = answers->pdata[i];

      g_string_append (is, i > 0 ? "|" : "");
      g_string_append (is, answer->found->len == 0 ? "?" : "");
      append_all (is, answer->found);
      append_all (is, answer->nearest);
    }
  cr_expect_str_eq (is->str, rows[*index].is, "'%s': '%s'", rows[*index].asked[0], is->str);
}

/* Every entry is found by the word that the list has for it. */
Test (iis_status, the_list_s_words_find_their_entries)
{
  for (gsize i = 0; i < e13_n_statuses; i++)
    {
      g_autofree char *word = e13_status_word (&e13_statuses[i]);
      const char *const words[] = { word, NULL };
      g_autoptr (GPtrArray) answers = e13_status_ask (words, NULL);

      cr_assert (answers != NULL && answers->len == 1, "%s", word);
      cr_expect (g_ptr_array_find (((E13StatusAnswer *)answers->pdata[0])->found, &e13_statuses[i], NULL), "%s", word);
    }
}

Test (iis_status, what_is_near_is_said_for_a_log)
{
  cr_expect (e13_status_http_nearest (500, 0) == e13_status_http (500, 0));
  cr_expect (e13_status_http_nearest (502, 0) == e13_status_http (502, -1));
  cr_expect (e13_status_http_nearest (404, 77) == e13_status_http (404, -1));
  cr_expect_null (e13_status_http_nearest (299, 0));
  cr_expect (e13_status_detail (500, 19, 5) == e13_status_detail (500, 19, 0x80070005));
  cr_expect_null (e13_status_detail (500, 19, 0));
}
