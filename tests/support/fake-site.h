/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A site that exists only as a table, findings about it, and the plan that is made of them, told as text. */

#pragma once

#include "repair/guard.h"
#include "repair/plan.h"

/* Where the site stands. */
#define FAKE_SITE "/srv/class/week7"

typedef struct
{
  const char *path; /* beneath the site, or absolute for what lies outside it; NULL ends a table */
  E13ObjectType type;
  const char *acl; /* as test_acl() reads it */
  guint32 uid;
  guint32 gid;
  guint32 upper_mode; /* 07000 */
  const char *default_acl;
  guint32 n_links;   /* 0: one */
  guint64 inode;     /* 0: one of its own */
  guint attributes;  /* of E13ObjectAttributes */
  E13AclState state; /* E13_ACL_NOT_READ: taken for E13_ACL_READ */
  const char *content;
} FakeSiteObject;

/* A row, and the last one. Further fields by name. */
#define FAKE(path_, type_, acl_, uid_, gid_, ...)                                                                      \
  {                                                                                                                    \
    .path = path_, .type = type_, .acl = acl_, .uid = uid_, .gid = gid_, ##__VA_ARGS__                                 \
  }
#define FAKE_END                                                                                                       \
  {                                                                                                                    \
    .path = NULL                                                                                                       \
  }

/* pin, unpin, list, read_file, identity_self (root), user_name and group_name; the others are NULL. Users 0 root, 33
 * www-data, 34 nginx, 1000 maria; groups 33 www-data, 100 staff. fs.protected_hardlinks is on unless the table says
 * otherwise. */
extern const E13ReadOps fake_site_ops;

typedef struct
{
  E13Tree tree;
  E13Route route; /* without pins: tests add theirs */
  E13Pin root;
  E13Policy *policy;
  E13Identity *app;    /* www-data, 33:33 */
  E13Identity *server; /* the same, or nginx, 34:34 */
  E13AuditRequest request;
  E13Audit audit;
  E13PlanOptions options;
} FakeSite;

/* @profile_text: sections of a profile; NULL: everything may be read. @path: where the site stands; NULL: FAKE_SITE.
 * One at a time. */
FakeSite *fake_site_new (const FakeSiteObject *objects, const char *path, const char *profile_text,
                         gboolean two_accounts);
void fake_site_free (FakeSite *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeSite, fake_site_free)

/* The facts of an object of the table; aborts where there is none. */
E13Facts fake_site_facts (const char *path);

/* Adds a finding of the app's, or of @identity. */
void fake_site_find (FakeSite *site, E13RuleId rule, const char *path, E13Rights needs);
void fake_site_find_for (FakeSite *site, const E13Identity *identity, E13RuleId rule, const char *path,
                         E13Rights needs);

/* Makes the plan and tells it, a line each: "set PATH ACL", "make PATH ACL" (with " owner UID:GID" where that changes,
 * " default ACL" where that does), "refuse PATH RULE OPTION". Free with g_free(). */
char *fake_site_plan (FakeSite *site);
/* The notes of the plan and of its changes, a line each. */
char *fake_site_notes (FakeSite *site);
/* The reasons of its refusals, a line each. */
char *fake_site_reasons (FakeSite *site);
