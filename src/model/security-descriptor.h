/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows security descriptors as values: owner, group, DACL and SACL, from and to the self-relative bytes
 * ([MS-DTYP] 2.4.6). Entries of kinds that we do not understand are kept byte for byte. Pure; hostile bytes are
 * expected. */

#pragma once

#include <glib.h>

#include "model/access-mask.h"
#include "model/sid.h"

/* ---- Entries --------------------------------------------------------------------------------- */

typedef enum
{
  E13_ACE_ALLOW = 0x0,
  E13_ACE_DENY = 0x1,
  E13_ACE_AUDIT = 0x2,
  E13_ACE_ALARM = 0x3,
  E13_ACE_ALLOW_COMPOUND = 0x4,
  E13_ACE_ALLOW_OBJECT = 0x5,
  E13_ACE_DENY_OBJECT = 0x6,
  E13_ACE_AUDIT_OBJECT = 0x7,
  E13_ACE_ALARM_OBJECT = 0x8,
  E13_ACE_ALLOW_CALLBACK = 0x9,
  E13_ACE_DENY_CALLBACK = 0xa,
  E13_ACE_ALLOW_CALLBACK_OBJECT = 0xb,
  E13_ACE_DENY_CALLBACK_OBJECT = 0xc,
  E13_ACE_AUDIT_CALLBACK = 0xd,
  E13_ACE_ALARM_CALLBACK = 0xe,
  E13_ACE_AUDIT_CALLBACK_OBJECT = 0xf,
  E13_ACE_ALARM_CALLBACK_OBJECT = 0x10,
  E13_ACE_MANDATORY_LABEL = 0x11,
  E13_ACE_RESOURCE_ATTRIBUTE = 0x12,
  E13_ACE_SCOPED_POLICY = 0x13,
} E13AceType;

typedef enum
{
  E13_ACE_OBJECT_INHERIT = 0x1,
  E13_ACE_CONTAINER_INHERIT = 0x2,
  E13_ACE_NO_PROPAGATE = 0x4,
  E13_ACE_INHERIT_ONLY = 0x8,
  E13_ACE_INHERITED = 0x10,
  E13_ACE_SUCCESSFUL_ACCESS = 0x40,
  E13_ACE_FAILED_ACCESS = 0x80,
} E13AceFlags;

/* What decides how a child comes by an entry. */
#define E13_ACE_INHERITANCE                                                                                            \
  (E13_ACE_OBJECT_INHERIT | E13_ACE_CONTAINER_INHERIT | E13_ACE_NO_PROPAGATE | E13_ACE_INHERIT_ONLY)

typedef struct
{
  guint8 type;  /* E13AceType, or one that we do not know */
  guint8 flags; /* of E13AceFlags, and whatever else stood there */
  guint32 mask; /* 0 where we do not know the layout */
  E13Sid sid;   /* where @has_sid */
  gboolean has_sid;
  GBytes *raw; /* the whole entry, where it is more than header, mask and SID; else NULL */
} E13Ace;

/* A new entry that is @ace with other flags, mask and SID; whatever else it holds is carried over. An entry of unknown
 * layout takes the flags alone. Clear with e13_ace_clear(). */
E13Ace e13_ace_with (const E13Ace *ace, guint8 flags, guint32 mask, const E13Sid *sid);
void e13_ace_clear (E13Ace *ace);
gboolean e13_ace_equal (const E13Ace *a, const E13Ace *b);
gboolean e13_ace_is_deny (const E13Ace *ace); /* of whatever kind */

/* ---- Lists ----------------------------------------------------------------------------------- */

/* The entries as they stand: the order is kept, whatever it is. */
typedef struct
{
  guint8 revision; /* 2, or 4 with object entries */
  GArray *aces;    /* of E13Ace */
} E13WinAcl;

E13WinAcl *e13_win_acl_new (guint8 revision);
E13WinAcl *e13_win_acl_copy (const E13WinAcl *acl);
void e13_win_acl_free (E13WinAcl *acl); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13WinAcl, e13_win_acl_free)

const E13Ace *e13_win_acl_at (const E13WinAcl *acl, guint position);

/* Puts in a copy of @ace, before what stands at @position; G_MAXUINT: at the end. */
void e13_win_acl_insert (E13WinAcl *acl, guint position, const E13Ace *ace);

/* The canonical order is explicit deny, explicit allow, inherited. Within the inherited a deny may follow an allow:
 * they are ordered by the ancestor that each is from, which is not recorded. Returns the first entry that is out of
 * order, or G_MAXUINT. */
guint e13_win_acl_first_out_of_order (const E13WinAcl *acl);

/* ---- Descriptors ----------------------------------------------------------------------------- */

typedef enum
{
  E13_SD_OWNER_DEFAULTED = 0x1,
  E13_SD_GROUP_DEFAULTED = 0x2,
  E13_SD_DACL_PRESENT = 0x4,
  E13_SD_DACL_DEFAULTED = 0x8,
  E13_SD_SACL_PRESENT = 0x10,
  E13_SD_SACL_DEFAULTED = 0x20,
  E13_SD_DACL_AUTO_INHERIT_REQ = 0x100,
  E13_SD_SACL_AUTO_INHERIT_REQ = 0x200,
  E13_SD_DACL_AUTO_INHERITED = 0x400,
  E13_SD_SACL_AUTO_INHERITED = 0x800,
  E13_SD_DACL_PROTECTED = 0x1000,
  E13_SD_SACL_PROTECTED = 0x2000,
  E13_SD_RM_CONTROL_VALID = 0x4000,
  E13_SD_SELF_RELATIVE = 0x8000,
} E13SdControl;

typedef struct
{
  guint8 sbz1; /* the resource manager's, where the control says so */
  guint16 control;
  gboolean has_owner;
  gboolean has_group;
  E13Sid owner;
  E13Sid group;
  E13WinAcl *dacl; /* NULL: everybody may do everything. An empty one: nobody may do anything */
  E13WinAcl *sacl;
} E13SecurityDescriptor;

E13SecurityDescriptor *e13_sd_new (void);
E13SecurityDescriptor *e13_sd_copy (const E13SecurityDescriptor *sd);
void e13_sd_free (E13SecurityDescriptor *sd); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13SecurityDescriptor, e13_sd_free)

/* Same owner, group, control bits and entries in the same order. Layout does not count. */
gboolean e13_sd_equal (const E13SecurityDescriptor *a, const E13SecurityDescriptor *b);

/* NULL and E13_ERROR_INPUT where a size or an offset lies. What is lost is layout: where the parts stood, slack after
 * the last entry of a list. To put back the very bytes, keep them. */
E13SecurityDescriptor *e13_sd_decode (const guint8 *bytes, gsize size, GError **error);

/* Header, SACL, DACL, owner, group, as Windows lays them out. NULL and E13_ERROR_INPUT where a list would pass 64
 * KiB. */
GBytes *e13_sd_encode (const E13SecurityDescriptor *sd, GError **error);
