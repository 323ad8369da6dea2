/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts: parts that the regular expressions of several families share. */

#pragma once

/* What strerror() says of names and permissions, by a C library or by a runtime, in English and in other languages. */
#define E13_TEXTS                                                                                                      \
  "(?:[Pp]ermission denied|[Nn]o such file or directory|[Oo]peration not permitted|[Rr]ead-only file system"           \
  "|[Nn]ot a directory|[Ii]s a directory|[Nn]o space left on device|[Tt]oo many levels of symbolic links"              \
  "|[Tt]ext file busy|[Dd]isk quota exceeded|[Ff]ile name too long|[Ee]xec format error|Access is denied"              \
  "|Keine Berechtigung|Datei oder Verzeichnis nicht gefunden|Die Operation ist nicht erlaubt"                          \
  "|Permission non accord\\xc3\\xa9e|Aucun fichier ou dossier de ce type|Op\\xc3\\xa9ration non permise"               \
  "|Permiso denegado|No existe el (?:fichero|archivo) o el directorio|Permesso negato|File o directory non esistente"  \
  "|Permiss\\xc3\\xa3o negada|(?:Arquivo|Ficheiro) ou diret\\xc3\\xb3rio inexistente|Toegang geweigerd)"
#define E13_TEXT "(?<text>" E13_TEXTS ")"

/* Numbers of Linux that are about names and permissions. */
#define E13_CODES "(?:1|2|13|20|21|26|28|30|36|40|122)"
