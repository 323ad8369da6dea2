/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>

#include "audit/auditor.h"
#include "base/quote.h"

/* ---- Who decides ---------------------------------------------------------------------------------------------- */

/* Each bit granted by itself, by different groups, but not all in one question: then what counts is what the entry that
 * comes nearest gives. */
static E13Answer
settle (const E13Facts *facts, const E13Identity *identity, E13Rights want, E13Answer answer)
{
  if (!answer.unknown && answer.error != 0 && answer.granted == want)
    {
      E13Verdict verdict = e13_access_judge (facts, identity, want);

      answer.granted = verdict.split ? verdict.granted : E13_RIGHT_NONE;
    }
  return answer;
}

E13Answer
e13_auditor_ask (const E13Auditor *auditor, const E13Pin *pin, const E13Identity *identity, E13Rights want)
{
  E13Verdict verdict;

  if (auditor->request->ask_kernel)
    return settle (&pin->facts, identity, want, auditor->request->ops->ask (pin, identity, want));
  if (identity->token == NULL && pin->facts.acl_state == E13_ACL_UNREADABLE)
    return (E13Answer){ .error = pin->facts.acl_errno, .unknown = TRUE };
  verdict = e13_access_judge (&pin->facts, identity, want);
  if (verdict.unsure != 0)
    return (E13Answer){ .granted = verdict.granted & ~verdict.unsure, .error = EACCES, .unknown = TRUE };
  return (E13Answer){ .granted = verdict.granted, .error = verdict.granted == want ? 0 : EACCES };
}

char *
e13_auditor_explain (const E13Auditor *auditor, const E13Pin *pin, const E13Identity *identity,
                     const E13Verdict *verdict, E13Rights want)
{
  g_autoptr (GArray) above = identity->token != NULL ? e13_auditor_above (auditor, pin->path) : NULL;

  return e13_access_explain (&pin->facts, above != NULL ? (const E13Above *)(gpointer)above->data : NULL,
                             above != NULL ? above->len : 0, identity, verdict, want, &auditor->names);
}

/* ---- Which rule it is ----------------------------------------------------------------------------------------- */

static E13RuleId
rule_of_missing_rights (E13ObjectType type, E13Rights missing)
{
  if (type == E13_TYPE_DIRECTORY)
    return missing & E13_RIGHT_EXECUTE ? E13_RULE_BLOCKED_PARENT
           : missing & E13_RIGHT_WRITE ? E13_RULE_CANNOT_CREATE
                                       : E13_RULE_NOT_READABLE;
  return missing & E13_RIGHT_READ    ? E13_RULE_NOT_READABLE
         : missing & E13_RIGHT_WRITE ? E13_RULE_NOT_WRITABLE
                                     : E13_RULE_NOT_EXECUTABLE;
}

static gboolean
is_flagged (const E13Facts *facts)
{
  return (facts->attributes & (E13_ATTRIBUTE_IMMUTABLE | E13_ATTRIBUTE_APPEND_ONLY)) != 0;
}

/* What no permission cures comes before what one does: a grant there would be written and change nothing. */
static E13RuleId
rule_of (const E13Pin *pin, const E13Mount *mount, E13Rights missing, const E13Answer *answer,
         const E13Verdict *verdict)
{
  if (answer->unknown)
    return E13_RULE_UNKNOWN;
  if ((missing & E13_RIGHT_WRITE) != 0 && (answer->error == EROFS || (mount != NULL && mount->read_only)))
    return E13_RULE_READ_ONLY_MOUNT;
  if ((missing & E13_RIGHT_WRITE) != 0 && is_flagged (&pin->facts))
    return E13_RULE_IMMUTABLE;
  if (missing == E13_RIGHT_EXECUTE && pin->facts.type == E13_TYPE_FILE && mount != NULL && mount->noexec)
    return E13_RULE_NOEXEC_MOUNT;
  if (mount != NULL && mount->mode_from_mount)
    return E13_RULE_MODE_FROM_MOUNT;
  if (verdict->granted == missing)
    return E13_RULE_UNKNOWN;
  if ((missing & ~verdict->mask_cuts) == 0)
    return E13_RULE_MASK_CUT;
  return rule_of_missing_rights (pin->facts.type, missing);
}

/* ---- In words ------------------------------------------------------------------------------------------------- */

typedef struct
{
  E13Rights right;
  const char *verb;
} Verb;

static const Verb directory_verbs[]
    = { { E13_RIGHT_EXECUTE, "enter" }, { E13_RIGHT_READ, "list" }, { E13_RIGHT_WRITE, "create files in" } };
static const Verb file_verbs[]
    = { { E13_RIGHT_READ, "read" }, { E13_RIGHT_WRITE, "write" }, { E13_RIGHT_EXECUTE, "execute" } };

/* "enter, list or create files in" */
static void
append_verbs (GString *sentence, const Verb *verbs, E13Rights rights, const char *conjunction)
{
  for (gsize i = 0; i < G_N_ELEMENTS (file_verbs); i++)
    {
      if ((rights & verbs[i].right) == 0)
        continue;
      g_string_append (sentence, verbs[i].verb);
      rights &= ~(guint)verbs[i].right;
      if (rights != 0)
        g_string_append (sentence, (rights & (rights - 1)) != 0 ? ", " : conjunction);
    }
}

static char *
sentence_of (const E13Pin *pin, const E13Identity *identity, E13Rights missing, E13Rights needs, gboolean split)
{
  gboolean is_directory = pin->facts.type == E13_TYPE_DIRECTORY;
  const Verb *verbs = is_directory ? directory_verbs : file_verbs;
  g_autofree char *who = e13_identity_label (identity);
  GString *sentence = g_string_new (who);

  g_string_append (sentence, " cannot ");
  append_verbs (sentence, verbs, split ? needs : missing, split ? " and " : " or ");
  g_string_append_printf (sentence, " this %s%s", e13_object_type_name (pin->facts.type), split ? " at once" : "");
  if (is_directory && (missing & E13_RIGHT_EXECUTE) != 0)
    g_string_append (sentence, ", so nothing below it can be reached");
  return g_string_free (sentence, FALSE);
}

static char *
sentence_of_unsure (const E13Pin *pin, const E13Identity *identity)
{
  g_autofree char *who = e13_identity_label (identity);

  return g_strdup_printf ("what %s may do with this %s could not be told", who, e13_object_type_name (pin->facts.type));
}

static char *
because_of (const E13Auditor *auditor, const E13Pin *pin, const E13Mount *mount, const E13Identity *identity,
            E13RuleId rule, E13Rights missing, const E13Answer *answer, const E13Verdict *verdict)
{
  g_autofree char *place = NULL;

  if (rule == E13_RULE_READ_ONLY_MOUNT || rule == E13_RULE_NOEXEC_MOUNT || rule == E13_RULE_MODE_FROM_MOUNT)
    place = mount != NULL ? e13_quote_display (mount->mount_point) : g_strdup ("this place");
  switch (rule)
    {
    case E13_RULE_READ_ONLY_MOUNT:
      return g_strdup_printf ("the file system at %s is mounted read-only", place);
    case E13_RULE_NOEXEC_MOUNT:
      return g_strdup_printf ("the file system at %s is mounted noexec", place);
    case E13_RULE_MODE_FROM_MOUNT:
      return g_strdup_printf ("%s at %s keeps no permissions of its own: its mount options decide", mount->fs_type,
                              place);
    case E13_RULE_IMMUTABLE:
      return g_strdup_printf ("its %s flag is set, which holds back even root",
                              pin->facts.attributes & E13_ATTRIBUTE_IMMUTABLE ? "immutable" : "append-only");
    case E13_RULE_UNKNOWN:
      if (verdict->unsure != 0)
        return e13_auditor_explain (auditor, pin, identity, verdict, missing);
      if (answer->unknown)
        return g_strdup_printf ("the question could not be put: %s", g_strerror (answer->error));
      return g_strdup_printf (
          "the permission bits would grant it, yet the kernel says '%s': a security label (SELinux, AppArmor) "
          "or the file system itself decides",
          g_strerror (answer->error));
    default:
      return e13_auditor_explain (auditor, pin, identity, verdict, missing);
    }
}

static void
add_cures (const E13Auditor *auditor, E13Finding *finding, const E13Mount *mount, E13RuleId rule)
{
  g_autofree char *shown_path = rule == E13_RULE_IMMUTABLE ? e13_auditor_shell_path (auditor, finding->path) : NULL;
  gboolean says_mount = mount != NULL && (rule == E13_RULE_READ_ONLY_MOUNT || rule == E13_RULE_NOEXEC_MOUNT);
  g_autofree char *shown_mount = says_mount ? e13_quote_shell_display (mount->mount_point) : NULL;
  char *cure = NULL;

  if (rule == E13_RULE_READ_ONLY_MOUNT && shown_mount != NULL)
    cure = g_strdup_printf ("mount -o remount,rw %s", shown_mount);
  else if (rule == E13_RULE_NOEXEC_MOUNT)
    cure = g_strdup_printf ("mount -o remount,exec %s", shown_mount);
  else if (rule == E13_RULE_MODE_FROM_MOUNT && mount->is_windows_drive)
    cure = g_strdup ("modes here are made up by the mount: use errno13.exe in Windows");
  else if (rule == E13_RULE_MODE_FROM_MOUNT)
    cure = g_strdup_printf (
        "mount it again with options that suit the web server (uid=, gid=, umask=), or move the site");
  else if (rule == E13_RULE_IMMUTABLE)
    cure = g_strdup_printf ("chattr %s %s   (often set on purpose: ask who did)",
                            finding->facts.attributes & E13_ATTRIBUTE_IMMUTABLE ? "-i" : "-a", shown_path);
  if (cure != NULL)
    g_ptr_array_add (finding->cures, cure);
}

/* ---- The judgement -------------------------------------------------------------------------------------------- */

static E13Finding *
denied (E13Auditor *auditor, const E13Pin *pin, const char *path, const E13Role *role, E13Rights needs,
        const E13Requirement *requirement, const E13Answer *answer)
{
  E13Rights missing = needs & ~answer->granted;
  const E13Mount *mount = e13_auditor_mount (auditor, pin);
  E13Verdict together = e13_access_judge (&pin->facts, role->identity, needs);
  gboolean split = together.split && answer->error == EACCES;
  E13Verdict verdict = split ? together : e13_access_judge (&pin->facts, role->identity, missing);
  E13RuleId rule = rule_of (pin, mount, missing, answer, &verdict);
  E13Finding *finding = e13_finding_new (&e13_rules[rule], path, &pin->facts);

  finding->identity = role->identity;
  finding->needs = needs;
  finding->has = answer->granted;
  finding->why = e13_auditor_why (role, requirement, pin->facts.type, missing);
  finding->sentence = verdict.unsure != 0 ? sentence_of_unsure (pin, role->identity)
                                          : sentence_of (pin, role->identity, missing, needs, split);
  finding->because = because_of (auditor, pin, mount, role->identity, rule, split ? needs : missing, answer, &verdict);
  add_cures (auditor, finding, mount, rule);
  if (auditor->request->is_repair && finding->rule->cure == E13_CURE_GRANT)
    finding->handle = auditor->request->ops->handle_of (pin, NULL);
  e13_auditor_add (auditor, finding);
  return finding;
}

/* The kernel refuses no one to write in an append-only object when it is only asked; the write itself would fail. */
static void
hold_append_only_against (const E13Facts *facts, E13Rights needs, E13Answer *answer)
{
  if ((facts->attributes & E13_ATTRIBUTE_APPEND_ONLY) != 0 && (needs & E13_RIGHT_WRITE) != 0)
    {
      answer->granted &= ~E13_RIGHT_WRITE;
      answer->error = EPERM;
    }
}

E13Finding *
e13_auditor_judge (E13Auditor *auditor, const E13Pin *pin, const char *path, const E13Role *role, E13Rights needs,
                   const E13Requirement *requirement, const E13Answer *answer)
{
  E13Answer own = answer != NULL ? settle (&pin->facts, role->identity, needs, *answer)
                                 : e13_auditor_ask (auditor, pin, role->identity, needs);

  hold_append_only_against (&pin->facts, needs, &own);
  return needs == own.granted ? NULL : denied (auditor, pin, path, role, needs, requirement, &own);
}
