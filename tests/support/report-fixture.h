/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A run that nobody made: findings, a plan and a tree by hand, to see what the reporters say of them. The site is
 * /srv/x, its objects belong to maria (1000) and staff (100), and www-data (33) is judged. */

#pragma once

#include "report/report.h"

typedef struct
{
  E13ReadOps ops; /* account names, and a walk that counts as told by n_objects */
  E13Tree tree;
  E13Route route;
  E13Identity *identity;
  E13Policy *policy;
  E13AuditRequest request;
  E13Audit audit;
  E13Plan plan;
  E13SiteReport report;
  E13ReportOptions options;
} ReportScene;

ReportScene *report_scene_new (void);
void report_scene_free (ReportScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportScene, report_scene_free)

/* A finding on an object with @acl; www-data needs @needs and has nothing. Owned by the scene. */
E13Finding *report_scene_find (ReportScene *scene, E13RuleId rule, const char *path, E13ObjectType type,
                               const char *acl, E13Rights needs);
/* A planned change of the access ACL from @before to @after. Owned by the scene. */
E13Change *report_scene_change (ReportScene *scene, const char *path, E13ObjectType type, const char *before,
                                const char *after);
void report_scene_refuse (ReportScene *scene, const E13Finding *finding, const char *reason, const char *option);

/* How many objects, links left out, a walk finds in every directory that is walked: entries of one batch of directory
 * @directory. */
void report_scene_walk (ReportScene *scene, const char *directory, guint n_files, guint n_links);

/* What @reporter prints. Free with g_free(). */
char *report_scene_print (ReportScene *scene, const E13Reporter *reporter);
