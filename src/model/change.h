/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes: what is to become of one object, attribute by attribute, and what it was before. */

#pragma once

#include <glib.h>

#include "model/object.h"

/* Everything that errno13 ever writes to an object that exists. An object of Windows is one with a descriptor: of the
 * two halves, only its own counts. */
typedef struct
{
  guint32 uid;
  guint32 gid;
  guint32 mode;        /* 07777. The nine lower bits are those that @access implies */
  E13Acl *access;      /* never NULL: the three base entries where there is no extended ACL */
  E13Acl *default_acl; /* NULL: none */

  GBytes *sd;         /* self-relative; NULL: no object of Windows */
  GBytes *zone;       /* of a file: its Zone.Identifier stream; NULL: none */
  gboolean read_only; /* the attribute of Windows */

  GBytes *content; /* of a change that writes a file anew; else NULL */
} E13Attributes;

void e13_attributes_from_facts (E13Attributes *attributes, const E13Facts *facts);
void e13_attributes_copy (E13Attributes *copy, const E13Attributes *attributes);
void e13_attributes_clear (E13Attributes *attributes);
gboolean e13_attributes_equal (const E13Attributes *a, const E13Attributes *b);
/* The two halves of what an object of Windows has. Descriptors are the same where they say the same, whatever their
 * layout; both may be NULL. */
gboolean e13_attributes_same_sd (const GBytes *a, const GBytes *b);
gboolean e13_attributes_same_zone (const GBytes *a, const GBytes *b);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (E13Attributes, e13_attributes_clear)

typedef enum
{
  E13_CHANGE_SET,              /* before → after on an object that exists */
  E13_CHANGE_MAKE_DIRECTORY,   /* @path does not exist: make it under its parent's owner, then as SET to @after;
                                  what cannot become so is removed again */
  E13_CHANGE_REMOVE_DIRECTORY, /* undo of the former: only while it is empty */
  E13_CHANGE_REWRITE,          /* the content of a file, and nothing else: before.content → after.content */
} E13ChangeKind;

typedef enum
{
  E13_OUTCOME_PENDING,
  E13_OUTCOME_DONE,    /* written, and read back as it should be */
  E13_OUTCOME_REFUSED, /* not written: the object has moved on, or a guard spoke (E13Change.reason) */
  E13_OUTCOME_FAILED,  /* the system refused, or did not keep it (E13Change.reason) */
} E13Outcome;

typedef struct
{
  E13ChangeKind kind;
  char *path; /* beneath the site, "" the site itself; absolute for a parent of the site */
  E13ObjectType type;
  E13ObjectKey key; /* as it was judged; of a directory that is to be made: the mount that it belongs on, at most */
  guint32 n_links;
  char *handle; /* what E13ReadOps.handle_of says of the object; NULL until somebody asks: undo, else the journal */
  E13Attributes before;
  E13Attributes after;
  E13Rights granted; /* the bits that the identity gains, for the report */
  GPtrArray *notes;  /* of char *: what cannot be kept exactly (also-loses), what future files get. NULL: nothing */
  E13Outcome outcome;
  char *reason; /* why REFUSED or FAILED */
} E13Change;

E13Change *e13_change_new (E13ChangeKind kind, const char *path, const E13Facts *facts);
void e13_change_free (E13Change *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (E13Change, e13_change_free)

void e13_change_note (E13Change *change, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* For sorting an array of E13Change *: by path, so that a directory comes before what lies below it. */
gint e13_change_compare_paths (gconstpointer a, gconstpointer b);
/* How many of @changes (of E13Change *) have that outcome. */
guint e13_changes_count (const GPtrArray *changes, E13Outcome outcome);
