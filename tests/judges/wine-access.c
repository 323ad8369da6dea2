/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks the AccessCheck() of the system that it runs on, for wine-access.py. Each line of the input is a question:
 *
 *   token [SID...]      makes the next token, ours with these groups for deny entries alone; answers with all that it
 *                       holds, as tests/support/sd-text.h writes tokens
 *   judge N SD MASK     may token N, counted from 0? SD is self-relative bytes in hexadecimal, MASK hexadecimal;
 *                       answers "1 MASK", "0 0", or "error N"
 *   end                 nothing; what was answered is written out
 */

#include <windows.h>

#include <sddl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TOKENS 16
#define MAX_GROUPS 16
#define MAX_LINE 65536
#define MAX_INFORMATION 8192

static HANDLE tokens[MAX_TOKENS];
static int n_tokens;

static void
fail (const char *what)
{
  fprintf (stderr, "%s: error %lu\n", what, GetLastError ());
  exit (1);
}

/* ---- Tokens ---------------------------------------------------------------------------------- */

static void
say_sid (const char *before, PSID sid)
{
  char *text;

  if (!ConvertSidToStringSidA (sid, &text))
    fail ("ConvertSidToStringSid");
  printf ("%s%s", before, text);
  LocalFree (text);
}

static void *
information (HANDLE token, TOKEN_INFORMATION_CLASS kind)
{
  static union
  {
    BYTE bytes[MAX_INFORMATION];
    void *aligned;
  } room;
  DWORD size;

  if (!GetTokenInformation (token, kind, &room, sizeof room, &size))
    fail ("GetTokenInformation");
  return &room;
}

static void
say_token (HANDLE token)
{
  const TOKEN_GROUPS *groups;
  const TOKEN_MANDATORY_LABEL *label;

  say_sid ("", ((TOKEN_USER *)information (token, TokenUser))->User.Sid);
  groups = information (token, TokenGroups);
  for (DWORD i = 0; i < groups->GroupCount; i++)
    if (groups->Groups[i].Attributes & SE_GROUP_USE_FOR_DENY_ONLY)
      say_sid (",!", groups->Groups[i].Sid);
    else if (groups->Groups[i].Attributes & SE_GROUP_ENABLED)
      say_sid (",", groups->Groups[i].Sid);
  label = information (token, TokenIntegrityLevel);
  printf (",@%lu\n", *GetSidSubAuthority (label->Label.Sid, 0));
}

static void
make_token (char *words)
{
  SID_AND_ATTRIBUTES denied[MAX_GROUPS] = { 0 };
  DWORD n_denied = 0;
  HANDLE process, restricted;

  for (char *word = strtok (words, " "); word != NULL && n_denied < MAX_GROUPS; word = strtok (NULL, " "))
    if (!ConvertStringSidToSidA (word, &denied[n_denied++].Sid))
      fail (word);
  if (n_tokens == MAX_TOKENS || !OpenProcessToken (GetCurrentProcess (), TOKEN_ALL_ACCESS, &process)
      || !CreateRestrictedToken (process, 0, n_denied, denied, 0, NULL, 0, NULL, &restricted)
      || !DuplicateTokenEx (restricted, TOKEN_ALL_ACCESS, NULL, SecurityImpersonation, TokenImpersonation,
                            &tokens[n_tokens]))
    fail ("cannot make a token");
  say_token (tokens[n_tokens++]);
}

/* ---- Questions ------------------------------------------------------------------------------- */

static void
judge (char *words)
{
  static union
  {
    BYTE bytes[MAX_LINE / 2];
    void *aligned;
  } sd;
  static GENERIC_MAPPING files = { FILE_GENERIC_READ, FILE_GENERIC_WRITE, FILE_GENERIC_EXECUTE, FILE_ALL_ACCESS };
  PRIVILEGE_SET privileges;
  DWORD n_privileges = sizeof privileges, granted = 0;
  BOOL is_granted = FALSE;
  unsigned index, byte;
  DWORD want;
  int at;

  if (sscanf (words, "%u %n", &index, &at) != 1 || index >= (unsigned)n_tokens)
    fail (words);
  words += at;
  for (size_t i = 0; sscanf (words, "%2x", &byte) == 1 && words[0] != ' '; i++, words += 2)
    sd.bytes[i] = (BYTE)byte;
  want = strtoul (words, NULL, 16);
  if (!AccessCheck (&sd, tokens[index], want, &files, &privileges, &n_privileges, &granted, &is_granted))
    printf ("error %lu\n", GetLastError ());
  else
    printf ("%d %lx\n", is_granted ? 1 : 0, is_granted ? granted : 0);
}

int
main (void)
{
  static char line[MAX_LINE];

  setvbuf (stdout, NULL, _IOFBF, MAX_LINE);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      line[strcspn (line, "\r\n")] = '\0';
      if (strncmp (line, "judge ", 6) == 0)
        judge (line + 6);
      else if (strncmp (line, "token", 5) == 0)
        make_token (line + 5);
      else if (strcmp (line, "end") == 0)
        fflush (stdout);
      else
        fail (line);
    }
  return 0;
}
