/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a security descriptor denies something, in words: which entry, and where it was inherited from. Pure. */

#pragma once

#include "access/judge.h"
#include "access/windows.h"

typedef struct
{
  const E13SecurityDescriptor *sd; /* NULL: not known */
  gboolean is_directory;
  const E13Above *above; /* nearest first */
  gsize n_above;
  const E13Token *token;
  guint32 want;
} E13WinQuestion;

/* "needs Modify, and has only Read & execute, by the entry for Users (S-1-5-32-545), inherited from
 * 'C:\inetpub\wwwroot'". Free with g_free(). */
char *e13_windows_explain (const E13WinQuestion *question);

/* Why it is granted, as e13_windows_judge() said of the question by @verdict: "needs Read, and an entry gives Full
 * control to Administrators (S-1-5-32-544), set here". Free with g_free(). */
char *e13_windows_explain_granted (const E13WinQuestion *question, const E13WinVerdict *verdict);

/* ", inherited from 'C:\inetpub'", ", set here" or ", inherited from further above" for the entry at @position of the
 * question's DACL. Free with g_free(). */
char *e13_windows_explain_origin (const E13WinQuestion *question, guint position);
