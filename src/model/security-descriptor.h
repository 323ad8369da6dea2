/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows security descriptors as values: owner, group, DACL, SACL, decoded from and encoded to the self-relative form
 * ([MS-DTYP] 2.4.6) without loss. Pure; hostile bytes are expected. */

#pragma once

#include <glib.h>

#include "model/sid.h"

/* ---- Rights of files and directories (winnt.h) -------------------------------------------------------------------- */

#define E13_MASK_READ_DATA 0x1u /* of a directory: list */
#define E13_MASK_WRITE_DATA 0x2u /* add file */
#define E13_MASK_APPEND_DATA 0x4u /* add subdirectory */
#define E13_MASK_READ_EA 0x8u
#define E13_MASK_WRITE_EA 0x10u
#define E13_MASK_EXECUTE 0x20u /* traverse */
#define E13_MASK_DELETE_CHILD 0x40u
#define E13_MASK_READ_ATTRIBUTES 0x80u
#define E13_MASK_WRITE_ATTRIBUTES 0x100u
#define E13_MASK_DELETE 0x10000u
#define E13_MASK_READ_CONTROL 0x20000u
#define E13_MASK_WRITE_DAC 0x40000u
#define E13_MASK_WRITE_OWNER 0x80000u
#define E13_MASK_SYNCHRONIZE 0x100000u
#define E13_MASK_ACCESS_SYSTEM_SECURITY 0x1000000u
#define E13_MASK_MAXIMUM_ALLOWED 0x2000000u
#define E13_MASK_GENERIC_ALL 0x10000000u
#define E13_MASK_GENERIC_EXECUTE 0x20000000u
#define E13_MASK_GENERIC_WRITE 0x40000000u
#define E13_MASK_GENERIC_READ 0x80000000u

#define E13_MASK_FULL 0x1f01ffu
#define E13_MASK_MODIFY 0x1301bfu
#define E13_MASK_READ_AND_EXECUTE 0x1200a9u
#define E13_MASK_READ 0x120089u          /* FILE_GENERIC_READ */
#define E13_MASK_FILE_GENERIC_WRITE 0x120116u
#define E13_MASK_FILE_GENERIC_EXECUTE 0x1200a0u
#define E13_MASK_WRITE 0x100116u         /* "Write" of the dialogue and of icacls */

/* The four generic bits replaced by what they mean for files. */
guint32 e13_mask_map_generic (guint32 mask);
/* "Full control", "Modify", "Read & execute, Write", or the single rights by their usual names. Free with g_free(). */
char *e13_mask_describe (guint32 mask);

/* ---- Entries -------------------------------------------------------------------------------------------------------- */

typedef enum {
  E13_ACE_ALLOW = 0,
  E13_ACE_DENY = 1,
  E13_ACE_AUDIT = 2,
  E13_ACE_ALLOW_OBJECT = 5,
  E13_ACE_DENY_OBJECT = 6,
  E13_ACE_AUDIT_OBJECT = 7,
  E13_ACE_ALLOW_CALLBACK = 9,
  E13_ACE_DENY_CALLBACK = 10,
  E13_ACE_MANDATORY_LABEL = 0x11,
} E13AceType;

typedef enum {
  E13_ACE_OBJECT_INHERIT = 0x1,
  E13_ACE_CONTAINER_INHERIT = 0x2,
  E13_ACE_NO_PROPAGATE = 0x4,
  E13_ACE_INHERIT_ONLY = 0x8,
  E13_ACE_INHERITED = 0x10,
  E13_ACE_SUCCESSFUL_ACCESS = 0x40,
  E13_ACE_FAILED_ACCESS = 0x80,
} E13AceFlags;

typedef struct {
  guint8 type;  /* E13AceType, or one that we do not know */
  guint8 flags; /* of E13AceFlags */
  gboolean is_plain; /* header, mask and SID and nothing else: those three say all */
  guint32 mask;      /* where the type has one */
  E13Sid sid;        /* of plain entries, and of object and callback ones */
  gboolean has_sid;
  GBytes *raw;       /* of entries that are not plain: the whole entry, kept byte for byte; else NULL */
} E13Ace;

/* A list as it stands: the order is kept, whatever it is. */
typedef struct {
  gint ref_count;
  guint8 revision;
  GArray *aces; /* of E13Ace */
} E13WinAcl;

E13WinAcl *e13_win_acl_new (guint8 revision);
E13WinAcl *e13_win_acl_copy (const E13WinAcl *acl);
E13WinAcl *e13_win_acl_ref (E13WinAcl *acl);
void e13_win_acl_unref (E13WinAcl *acl); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13WinAcl, e13_win_acl_unref)
/* Appends (@position G_MAXUINT) or inserts a plain entry. */
void e13_win_acl_insert (E13WinAcl *acl, guint position, guint8 type, guint8 flags, guint32 mask, const E13Sid *sid);
gboolean e13_ace_equal (const E13Ace *a, const E13Ace *b);

/* Explicit deny, explicit allow, then inherited entries, which count as in order by themselves (whose ancestor each is from is not recorded;
 * within one ancestor deny comes first, so an inherited deny may follow an inherited allow). Returns the index of the first entry that is out of
 * order, or G_MAXUINT. */
guint e13_win_acl_first_out_of_order (const E13WinAcl *acl);

/* ---- Descriptors ---------------------------------------------------------------------------------------------------- */

typedef enum {
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

typedef struct {
  guint8 sbz1; /* the resource manager's, where the control says so */
  guint16 control;
  gboolean has_owner;
  gboolean has_group;
  E13Sid owner;
  E13Sid group;
  E13WinAcl *dacl; /* NULL: none, everybody may do everything. An empty one: nobody may do anything */
  E13WinAcl *sacl;
} E13SecurityDescriptor;

E13SecurityDescriptor *e13_sd_new (void);
E13SecurityDescriptor *e13_sd_copy (const E13SecurityDescriptor *sd);
void e13_sd_free (E13SecurityDescriptor *sd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13SecurityDescriptor, e13_sd_free)

/* Same owner, group, control bits and entries in the same order. Layout does not count. */
gboolean e13_sd_equal (const E13SecurityDescriptor *a, const E13SecurityDescriptor *b);

/* E13_ERROR_INPUT, with the offset, where a size or an offset lies. */
E13SecurityDescriptor *e13_sd_decode (const guint8 *bytes, gsize size, GError **error);
/* Self-relative: header, SACL, DACL, owner, group, as Windows lays them out. E13_ERROR_INPUT where a list would pass 64 KiB. */
GBytes *e13_sd_encode (const E13SecurityDescriptor *sd, GError **error);
