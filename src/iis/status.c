/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "iis/status.h"

#define FACILITY_WIN32 0x80070000u
#define FACILITY_MASK 0xffff0000u

gboolean
e13_hresult_is_win32 (guint32 hresult, guint32 *ret_number)
{
  if ((hresult & FACILITY_MASK) != FACILITY_WIN32)
    return FALSE;
  *ret_number = hresult & ~FACILITY_MASK;
  return TRUE;
}

static const E13Status *
find (E13StatusKind kind, guint status, gint sub, guint32 code)
{
  for (gsize i = 0; i < e13_n_statuses; i++)
    {
      const E13Status *s = &e13_statuses[i];

      if (s->kind == kind && s->status == status && s->sub == sub && s->code == code)
        return s;
    }
  return NULL;
}

const E13Status *
e13_status_http (guint status, gint sub)
{
  return find (E13_STATUS_HTTP, status, sub, 0);
}

const E13Status *
e13_status_http_nearest (guint status, gint sub)
{
  const E13Status *found = e13_status_http (status, sub);

  return found != NULL ? found : e13_status_http (status, -1);
}

const E13Status *
e13_status_detail (guint status, gint sub, guint32 code)
{
  return find (E13_STATUS_DETAIL, status, sub, code != 0 && code < FACILITY_WIN32 ? FACILITY_WIN32 | code : code);
}

const E13Status *
e13_status_win32 (guint32 number)
{
  return find (E13_STATUS_WIN32, 0, -1, number);
}

const E13Status *
e13_status_hresult (guint32 hresult)
{
  guint32 number;

  if (e13_hresult_is_win32 (hresult, &number))
    return e13_status_win32 (number);
  return find (E13_STATUS_HRESULT, 0, -1, hresult);
}

const E13Status *
e13_status_hresult_or_win32 (guint32 code)
{
  return code >= FACILITY_WIN32 ? e13_status_hresult (code) : code != 0 ? e13_status_win32 (code) : NULL;
}

const E13Status *
e13_status_best (guint status, gint sub, guint32 code)
{
  const E13Status *detail = code != 0 ? e13_status_detail (status, sub, code) : NULL;

  return detail != NULL ? detail : e13_status_http_nearest (status, sub);
}

const E13Status *
e13_status_errno (guint32 number)
{
  return find (E13_STATUS_ERRNO, 0, -1, number);
}

const E13Status *
e13_status_symbol (const char *symbol)
{
  g_autofree char *prefixed = g_strconcat ("ERROR_", symbol, NULL);

  for (gsize i = 0; i < e13_n_statuses; i++)
    {
      const E13Status *s = &e13_statuses[i];

      if (s->symbol != NULL
          && (g_ascii_strcasecmp (s->symbol, symbol) == 0 || g_ascii_strcasecmp (s->symbol, prefixed) == 0))
        return s;
    }
  return NULL;
}

gboolean
e13_status_is_kind_of (const E13Status *status, const E13Status *general)
{
  if (general->kind != E13_STATUS_HTTP || status->status != general->status)
    return FALSE;
  if (status->kind == E13_STATUS_DETAIL)
    return status->sub == general->sub;
  return status->kind == E13_STATUS_HTTP && general->sub < 0 && status->sub >= 0;
}

guint32
e13_status_as_hresult (const E13Status *status)
{
  switch (status->kind)
    {
    case E13_STATUS_WIN32:
      return status->code == 0 ? 0 : FACILITY_WIN32 | status->code;
    case E13_STATUS_DETAIL:
    case E13_STATUS_HRESULT:
      return status->code;
    case E13_STATUS_HTTP:
    case E13_STATUS_ERRNO:
      break;
    }
  return 0;
}

char *
e13_status_word (const E13Status *status)
{
  g_autofree char *sub = status->sub >= 0 ? g_strdup_printf (".%d", status->sub) : g_strdup ("");

  if (status->kind == E13_STATUS_DETAIL)
    return g_strdup_printf ("%u%s 0x%08x", status->status, sub, status->code);
  if (status->kind == E13_STATUS_HTTP)
    return g_strdup_printf ("%u%s", status->status, sub);
  return g_strdup (status->symbol);
}

char *
e13_status_label (const E13Status *status)
{
  switch (status->kind)
    {
    case E13_STATUS_WIN32:
      return g_strdup_printf ("%s (win32 %u, 0x%08x)", status->symbol, status->code, e13_status_as_hresult (status));
    case E13_STATUS_HRESULT:
      return g_strdup_printf ("%s (0x%08x)", status->symbol, status->code);
    case E13_STATUS_ERRNO:
      return g_strdup_printf ("%s (errno %u)", status->symbol, status->code);
    case E13_STATUS_HTTP:
    case E13_STATUS_DETAIL:
      break;
    }
  return e13_status_word (status);
}
