/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "access/windows-trust.h"

/* Reading, listing, running, waiting: all others change something, or let it be changed. */
#define HARMLESS                                                                                                       \
  (E13_MASK_READ_DATA | E13_MASK_READ_EA | E13_MASK_EXECUTE | E13_MASK_READ_ATTRIBUTES | E13_MASK_READ_CONTROL         \
   | E13_MASK_SYNCHRONIZE | E13_MASK_GENERIC_READ | E13_MASK_GENERIC_EXECUTE)

static const char *const trusted[] = {
  "S-1-5-18",                                                       /* SYSTEM */
  "S-1-5-32-544",                                                   /* Administrators */
  "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464", /* TrustedInstaller */
};

static gboolean
is_trusted (const E13Sid *sid, const E13Sid *self)
{
  if (self != NULL && e13_sid_equal (sid, self))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (trusted); i++)
    {
      E13Sid one = e13_sid_well_known (trusted[i]);

      if (e13_sid_equal (sid, &one))
        return TRUE;
    }
  return FALSE;
}

/* OWNER RIGHTS: who that is was looked at already. */
static gboolean
is_owner (const E13Sid *sid)
{
  E13Sid owner_rights = e13_sid_well_known ("S-1-3-4");

  return e13_sid_equal (sid, &owner_rights);
}

static gboolean
may_change (const E13Ace *ace, const E13Sid *self)
{
  switch (ace->type)
    {
    case E13_ACE_DENY:
    case E13_ACE_DENY_OBJECT:
    case E13_ACE_DENY_CALLBACK:
    case E13_ACE_DENY_CALLBACK_OBJECT:
      return FALSE; /* takes away, from whomever */
    default:
      break;
    }
  if ((ace->flags & E13_ACE_INHERIT_ONLY) != 0)
    return FALSE; /* speaks of what is made in it */
  if (!ace->has_sid)
    return TRUE; /* whatever it says */
  return (ace->mask & ~(guint32)HARMLESS) != 0 && !is_trusted (&ace->sid, self) && !is_owner (&ace->sid);
}

char *
e13_windows_why_not_trusted (const E13SecurityDescriptor *sd, const E13Sid *self)
{
  if (!sd->has_owner)
    return g_strdup ("its owner is not known");
  if (!is_trusted (&sd->owner, self))
    {
      g_autofree char *owner = e13_sid_describe (&sd->owner);

      return g_strdup_printf ("it belongs to %s", owner);
    }
  if (sd->dacl == NULL)
    return g_strdup ("it has no access list, so everybody can write to it");
  for (guint i = 0; i < sd->dacl->aces->len; i++)
    {
      const E13Ace *ace = e13_win_acl_at (sd->dacl, i);

      if (may_change (ace, self))
        {
          g_autofree char *who = ace->has_sid ? e13_sid_describe (&ace->sid) : g_strdup ("an entry of unknown kind");

          return g_strdup_printf ("%s can write to it", who);
        }
    }
  return NULL;
}
