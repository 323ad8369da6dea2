/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Security identifiers: who a Windows trustee is, as a value ([MS-DTYP] 2.4.2). Pure. */

#pragma once

#include <glib.h>

#define E13_SID_MAX_SUB_AUTHORITIES 15
#define E13_SID_MAX_BYTES (8 + 4 * E13_SID_MAX_SUB_AUTHORITIES)

typedef struct
{
  guint64 authority; /* 48 bits */
  guint8 n_sub_authorities;
  guint32 sub_authorities[E13_SID_MAX_SUB_AUTHORITIES];
} E13Sid;

gboolean e13_sid_equal (const E13Sid *a, const E13Sid *b);

/* "S-1-5-32-544". Free with g_free(). */
char *e13_sid_to_text (const E13Sid *sid);

/* Reads a SID at the start of @text; numbers are decimal or follow 0x. @ret_end is what follows the SID; where it is
 * NULL, nothing may. E13_ERROR_INPUT. */
gboolean e13_sid_parse (const char *text, E13Sid *ret_sid, const char **ret_end, GError **error);

/* The binary form. Decoding reads a SID at the start of @bytes; e13_sid_size() says how many it took.
 * E13_ERROR_INPUT. */
gboolean e13_sid_decode (const guint8 *bytes, gsize size, E13Sid *ret_sid, GError **error);
gsize e13_sid_size (const E13Sid *sid);
void e13_sid_encode (const E13Sid *sid, GByteArray *out);

/* One row of sids.def. */
typedef struct
{
  const char *alias; /* SDDL's two letters; NULL where there are none */
  const char *text;  /* of the SID */
  const char *name;  /* "Authenticated Users" */
} E13KnownSid;

/* The row of @sid; NULL where it is not well known. */
const E13KnownSid *e13_sid_known (const E13Sid *sid);

/* "Authenticated Users (S-1-5-11)", or the number alone. Free with g_free(). */
char *e13_sid_describe (const E13Sid *sid);

/* A SID that the program itself names, as text, which must be right. */
E13Sid e13_sid_well_known (const char *text);

/* By SDDL alias (@length letters); FALSE where there is none. */
gboolean e13_sid_from_alias (const char *alias, gsize length, E13Sid *ret_sid);

/* The account of the application pool @name (UTF-8), which Windows computes from the name alone: SHA-1 over the
 * lower-cased name in UTF-16LE, as five sub-authorities after S-1-5-82. E13_ERROR_INPUT where IIS would not take the
 * name. */
gboolean e13_sid_of_app_pool (const char *name, E13Sid *ret_sid, GError **error);
