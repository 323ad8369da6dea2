/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "logs/errno-words.h"

#include <string.h>

static const struct
{
  int error;
  const char *symbol; /* NULL: another text */
  const char *text;
} rows[] = {
#define ERRNO(error, symbol, text) { error, symbol, text },
#define TEXT(error, text) { error, NULL, text },
#include "logs/errno-words.def"
#undef ERRNO
#undef TEXT
};

static const struct
{
  guint32 code;
  int error;
} windows_codes[] = {
  { 2, E13_ENOENT }, { 3, E13_ENOENT }, { 5, E13_EACCES }, { 19, E13_EROFS }, { 112, E13_ENOSPC }, { 267, E13_ENOTDIR },
};

/* Without their first letter, which is small in some languages. */
static const char *const needles[] = {
  "ermission denied",
  "ermissionDenied",
  "o such file",
  "irectory nonexistent",
  "peration not permitted",
  "ead-only file system",
  "ot a directory",
  "o space left on device",
  "oo many levels of symbolic links",
  "ccess is denied",
  " EACCES",
  " ENOENT",
  " EPERM ",
  " EPERM:",
  " EROFS ",
  " EROFS:",
  "Errno 13]",
  "Errno 2]",
  "Errno 1]",
  "Errno 30]",
  "WinError",
  "(os error ",
  "Keine Berechtigung",
  "Datei oder Verzeichnis nicht gefunden",
  "Permission non accord",
  "Aucun fichier ou dossier",
  "Permiso denegado",
  "No existe el ",
  "Permesso negato",
  "File o directory non esistente",
  "o negada",
  "rio inexistente",
  "Acceso denegado",
  "Acesso negado",
  "Toegang geweigerd",
  NULL,
};

int
e13_errno_from_word (const char *word)
{
  gint64 number;
  char *end;

  if (*word == '\0')
    return 0;
  number = g_ascii_strtoll (word, &end, 10);
  if (*end == '\0')
    return number < 0 && number > -4096 ? (int)-number : number < 4096 ? (int)number : 0;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_ascii_strcasecmp (word, rows[i].text) == 0
        || (rows[i].symbol != NULL && strcmp (word, rows[i].symbol) == 0))
      return rows[i].error;
  return 0;
}

int
e13_errno_from_windows (guint32 code)
{
  guint32 win32 = (code & 0xffff0000u) == 0x80070000u ? code & 0xffff : code;

  for (gsize i = 0; i < G_N_ELEMENTS (windows_codes); i++)
    if (windows_codes[i].code == win32)
      return windows_codes[i].error;
  return 0;
}

const char *
e13_errno_symbol (int error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].error == error && rows[i].symbol != NULL)
      return rows[i].symbol;
  return NULL;
}

const char *
e13_errno_text (int error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].error == error)
      return rows[i].text;
  return "unknown error";
}

const char *const *
e13_errno_needles (void)
{
  return needles;
}
