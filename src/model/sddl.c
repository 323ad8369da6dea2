/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/sddl.h"

#include <string.h>

#include "base/error.h"

#define ACL_REVISION 2
#define NO_ACCESS_CONTROL "NO_ACCESS_CONTROL"

typedef struct
{
  const char *code;
  guint32 value;
} Code;

static const Code ace_types[] = {
  { "A", E13_ACE_ALLOW },
  { "D", E13_ACE_DENY },
  { "AU", E13_ACE_AUDIT },
  { "AL", E13_ACE_ALARM },
  { "ML", E13_ACE_MANDATORY_LABEL },
  { NULL, 0 },
};

/* They carry more than a trustee and a mask. */
static const Code refused_types[] = {
  { "OA", E13_ACE_ALLOW_OBJECT },
  { "OD", E13_ACE_DENY_OBJECT },
  { "OU", E13_ACE_AUDIT_OBJECT },
  { "OL", E13_ACE_ALARM_OBJECT },
  { "XA", E13_ACE_ALLOW_CALLBACK },
  { "XD", E13_ACE_DENY_CALLBACK },
  { "ZA", E13_ACE_ALLOW_CALLBACK_OBJECT },
  { "XU", E13_ACE_AUDIT_CALLBACK },
  { "RA", E13_ACE_RESOURCE_ATTRIBUTE },
  { "SP", E13_ACE_SCOPED_POLICY },
  { "TL", 0x14 },
  { "FL", 0x15 },
  { NULL, 0 },
};

static const Code ace_flags[] = {
  { "OI", E13_ACE_OBJECT_INHERIT }, { "CI", E13_ACE_CONTAINER_INHERIT },
  { "NP", E13_ACE_NO_PROPAGATE },   { "IO", E13_ACE_INHERIT_ONLY },
  { "ID", E13_ACE_INHERITED },      { "SA", E13_ACE_SUCCESSFUL_ACCESS },
  { "FA", E13_ACE_FAILED_ACCESS },  { NULL, 0 },
};

/* The first that is all of a mask is what we write. */
static const Code rights[] = {
  { "FA", E13_MASK_FULL },
  { "FR", E13_MASK_READ },
  { "FW", E13_MASK_FILE_GENERIC_WRITE },
  { "FX", E13_MASK_FILE_GENERIC_EXECUTE },
  { "GA", E13_MASK_GENERIC_ALL },
  { "GR", E13_MASK_GENERIC_READ },
  { "GW", E13_MASK_GENERIC_WRITE },
  { "GX", E13_MASK_GENERIC_EXECUTE },
  { "SD", E13_MASK_DELETE },
  { "RC", E13_MASK_READ_CONTROL },
  { "WD", E13_MASK_WRITE_DAC },
  { "WO", E13_MASK_WRITE_OWNER },
  /* The names are those of a directory service's objects; the bits are the low ones of any object. */
  { "CC", E13_MASK_READ_DATA },
  { "DC", E13_MASK_WRITE_DATA },
  { "LC", E13_MASK_APPEND_DATA },
  { "SW", E13_MASK_READ_EA },
  { "RP", E13_MASK_WRITE_EA },
  { "WP", E13_MASK_EXECUTE },
  { "DT", E13_MASK_DELETE_CHILD },
  { "LO", E13_MASK_READ_ATTRIBUTES },
  { "CR", E13_MASK_WRITE_ATTRIBUTES },
  /* Registry keys have names of their own. */
  { "KA", 0xf003f },
  { "KR", 0x20019 },
  { "KW", 0x20006 },
  { "KX", 0x20019 },
  { NULL, 0 },
};

/* Policy of a mandatory label: the same letters mean other bits there. */
static const Code label_rights[] = { { "NW", 1 }, { "NR", 2 }, { "NX", 4 }, { NULL, 0 } };

static const Code dacl_flags[] = {
  { "P", E13_SD_DACL_PROTECTED },
  { "AR", E13_SD_DACL_AUTO_INHERIT_REQ },
  { "AI", E13_SD_DACL_AUTO_INHERITED },
  { NULL, 0 },
};

static const Code sacl_flags[] = {
  { "P", E13_SD_SACL_PROTECTED },
  { "AR", E13_SD_SACL_AUTO_INHERIT_REQ },
  { "AI", E13_SD_SACL_AUTO_INHERITED },
  { NULL, 0 },
};

/* Accounts that every domain or machine has: relative identifiers below its own SID. */
static const Code domain_accounts[] = {
  { "LA", 500 }, { "LG", 501 }, { "DA", 512 }, { "DU", 513 }, { "DG", 514 }, { "DC", 515 },
  { "DD", 516 }, { "CA", 517 }, { "SA", 518 }, { "EA", 519 }, { "PA", 520 }, { "CN", 522 },
  { "AP", 525 }, { "KA", 526 }, { "EK", 527 }, { "RS", 553 }, { "RO", 498 }, { NULL, 0 },
};

/* ---- Reading --------------------------------------------------------------------------------- */

typedef struct
{
  const char *start;
  const char *at;
  const E13Sid *domain;
} Reader;

static gboolean
fail (const Reader *reader, GError **error, const char *what)
{
  return e13_throw (error, E13_ERROR_INPUT, "SDDL, column %d: %s", (int)(reader->at - reader->start) + 1, what);
}

/* The longest code that stands here; NULL where none does. */
static const Code *
take_code (Reader *reader, const Code *codes)
{
  const Code *best = NULL;

  for (; codes->code != NULL; codes++)
    if (g_ascii_strncasecmp (reader->at, codes->code, strlen (codes->code)) == 0
        && (best == NULL || strlen (codes->code) > strlen (best->code)))
      best = codes;
  if (best != NULL)
    reader->at += strlen (best->code);
  return best;
}

static void
skip_spaces (Reader *reader)
{
  while (g_ascii_isspace (*reader->at))
    reader->at++;
}

static gboolean
take (Reader *reader, char c)
{
  skip_spaces (reader);
  if (*reader->at != c)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
read_domain_account (Reader *reader, E13Sid *ret_sid, GError **error)
{
  const Code *account = take_code (reader, domain_accounts);

  if (account == NULL)
    return fail (reader, error, "unknown trustee");
  if (reader->domain == NULL || reader->domain->n_sub_authorities == E13_SID_MAX_SUB_AUTHORITIES)
    return fail (reader, error, "this trustee belongs to a domain that is not known here");
  *ret_sid = *reader->domain;
  ret_sid->sub_authorities[ret_sid->n_sub_authorities++] = account->value;
  return TRUE;
}

static gboolean
read_sid (Reader *reader, E13Sid *ret_sid, GError **error)
{
  skip_spaces (reader);
  if (g_ascii_strncasecmp (reader->at, "S-", 2) == 0)
    return e13_sid_parse (reader->at, ret_sid, &reader->at, NULL)
           || fail (reader, error, "malformed security identifier");
  if (strnlen (reader->at, 2) == 2 && e13_sid_from_alias (reader->at, 2, ret_sid))
    {
      reader->at += 2;
      return TRUE;
    }
  return read_domain_account (reader, ret_sid, error);
}

static guint32
read_codes (Reader *reader, const Code *codes)
{
  guint32 bits = 0;
  const Code *code;

  while ((code = take_code (reader, codes)) != NULL)
    bits |= code->value;
  return bits;
}

/* A number as C writes it, or codes one after the other. */
static gboolean
read_mask (Reader *reader, guint32 type, guint32 *ret_mask, GError **error)
{
  const char *start;
  char *end;
  guint64 number;
  guint base;

  skip_spaces (reader);
  start = reader->at;
  if (!g_ascii_isdigit (*start))
    {
      *ret_mask = read_codes (reader, type == E13_ACE_MANDATORY_LABEL ? label_rights : rights);
      return TRUE;
    }
  base = *start != '0' ? 10 : g_ascii_toupper (start[1]) == 'X' ? 16 : 8;
  number = g_ascii_strtoull (start, &end, base);
  if (number > G_MAXUINT32)
    return fail (reader, error, "the rights do not fit in 32 bits");
  reader->at = end;
  *ret_mask = (guint32)number;
  return TRUE;
}

static gboolean
read_type (Reader *reader, guint8 *ret_type, GError **error)
{
  const char *start;
  const Code *type;

  skip_spaces (reader);
  start = reader->at;
  type = take_code (reader, ace_types);
  if (type != NULL && take (reader, ';'))
    {
      *ret_type = (guint8)type->value;
      return TRUE;
    }
  reader->at = start;
  type = take_code (reader, refused_types);
  if (type == NULL)
    return fail (reader, error, "unknown type of entry");
  return e13_throw (
      error, E13_ERROR_UNSUPPORTED,
      "SDDL, column %d: an entry of type %s says more than who may do what; give the descriptor in binary form",
      (int)(start - reader->start) + 1, type->code);
}

static gboolean
read_ace (Reader *reader, E13WinAcl *acl, GError **error)
{
  E13Ace ace = { .has_sid = TRUE };

  if (!read_type (reader, &ace.type, error))
    return FALSE;
  skip_spaces (reader);
  ace.flags = (guint8)read_codes (reader, ace_flags);
  if (!take (reader, ';'))
    return fail (reader, error, "unknown inheritance flag");
  if (!read_mask (reader, ace.type, &ace.mask, error))
    return FALSE;
  if (!take (reader, ';'))
    return fail (reader, error, "unknown right");
  if (!take (reader, ';') || !take (reader, ';'))
    return fail (reader, error, "an entry of this type names no object: expected ';'");
  if (!read_sid (reader, &ace.sid, error))
    return FALSE;
  if (!take (reader, ')'))
    return fail (reader, error, "expected ')'");
  e13_win_acl_insert (acl, G_MAXUINT, &ace);
  return TRUE;
}

static gboolean
read_acl (Reader *reader, const Code *flags, guint16 *control, E13WinAcl **ret_acl, GError **error)
{
  g_autoptr (E13WinAcl) acl = e13_win_acl_new (ACL_REVISION);

  skip_spaces (reader);
  *control |= (guint16)read_codes (reader, flags);
  skip_spaces (reader);
  if (g_str_has_prefix (reader->at, NO_ACCESS_CONTROL))
    {
      reader->at += strlen (NO_ACCESS_CONTROL);
      return TRUE;
    }
  while (take (reader, '('))
    if (!read_ace (reader, acl, error))
      return FALSE;
  *ret_acl = g_steal_pointer (&acl);
  return TRUE;
}

static gboolean
read_part (Reader *reader, char which, E13SecurityDescriptor *sd, GError **error)
{
  switch (which)
    {
    case 'O':
      sd->has_owner = TRUE;
      return read_sid (reader, &sd->owner, error);
    case 'G':
      sd->has_group = TRUE;
      return read_sid (reader, &sd->group, error);
    case 'D':
      sd->control |= E13_SD_DACL_PRESENT;
      return read_acl (reader, dacl_flags, &sd->control, &sd->dacl, error);
    default:
      sd->control |= E13_SD_SACL_PRESENT;
      return read_acl (reader, sacl_flags, &sd->control, &sd->sacl, error);
    }
}

E13SecurityDescriptor *
e13_sddl_parse (const char *text, const E13Sid *domain, GError **error)
{
  static const char parts[] = "OGDS";
  g_autoptr (E13SecurityDescriptor) sd = e13_sd_new ();
  Reader reader = { text, text, domain };
  guint seen = 0;

  for (skip_spaces (&reader); *reader.at != '\0'; skip_spaces (&reader))
    {
      const char *part = strchr (parts, g_ascii_toupper (*reader.at));
      guint bit = part != NULL ? 1u << (part - parts) : 0;

      if (part == NULL || reader.at[1] != ':')
        return fail (&reader, error, "expected O:, G:, D: or S:"), NULL;
      if (seen & bit)
        return fail (&reader, error, "this part stands here a second time"), NULL;
      seen |= bit;
      reader.at += 2;
      if (!read_part (&reader, *part, sd, error))
        return NULL;
    }
  return g_steal_pointer (&sd);
}

/* ---- Writing --------------------------------------------------------------------------------- */

static void
write_codes (GString *out, const Code *codes, guint32 bits)
{
  for (; codes->code != NULL; codes++)
    if (bits & codes->value)
      g_string_append (out, codes->code);
}

static void
write_sid (GString *out, const E13Sid *sid)
{
  const E13KnownSid *known = e13_sid_known (sid);
  g_autofree char *text = e13_sid_to_text (sid);

  g_string_append (out, known != NULL && known->alias != NULL ? known->alias : text);
}

static void
write_mask (GString *out, const E13Ace *ace)
{
  const Code *codes = ace->type == E13_ACE_MANDATORY_LABEL ? label_rights : rights;

  for (const Code *code = codes; code->code != NULL; code++)
    if (ace->mask == code->value)
      {
        g_string_append (out, code->code);
        return;
      }
  g_string_append_printf (out, "0x%x", ace->mask);
}

#define ALL_FLAGS (E13_ACE_INHERITANCE | E13_ACE_INHERITED | E13_ACE_SUCCESSFUL_ACCESS | E13_ACE_FAILED_ACCESS)

static gboolean
write_ace (GString *out, const E13Ace *ace, GError **error)
{
  const Code *type = ace_types;

  while (type->code != NULL && type->value != ace->type)
    type++;
  if (type->code == NULL || ace->raw != NULL || (ace->flags & ~ALL_FLAGS) != 0)
    return e13_throw (error, E13_ERROR_UNSUPPORTED, "an entry of type %u, flags 0x%02x, holds what our SDDL cannot say",
                      ace->type, ace->flags);
  g_string_append_printf (out, "(%s;", type->code);
  write_codes (out, ace_flags, ace->flags);
  g_string_append_c (out, ';');
  write_mask (out, ace);
  g_string_append (out, ";;;");
  write_sid (out, &ace->sid);
  g_string_append_c (out, ')');
  return TRUE;
}

static gboolean
write_acl (GString *out, const char *head, const E13WinAcl *acl, const Code *flags, guint16 control, GError **error)
{
  g_string_append (out, head);
  write_codes (out, flags, control);
  if (acl == NULL)
    {
      g_string_append (out, NO_ACCESS_CONTROL);
      return TRUE;
    }
  for (guint i = 0; i < acl->aces->len; i++)
    if (!write_ace (out, e13_win_acl_at (acl, i), error))
      return FALSE;
  return TRUE;
}

char *
e13_sddl_format (const E13SecurityDescriptor *sd, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (sd->has_owner)
    {
      g_string_append (out, "O:");
      write_sid (out, &sd->owner);
    }
  if (sd->has_group)
    {
      g_string_append (out, "G:");
      write_sid (out, &sd->group);
    }
  if ((sd->control & E13_SD_DACL_PRESENT) != 0 && !write_acl (out, "D:", sd->dacl, dacl_flags, sd->control, error))
    return NULL;
  if ((sd->control & E13_SD_SACL_PRESENT) != 0 && !write_acl (out, "S:", sd->sacl, sacl_flags, sd->control, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
