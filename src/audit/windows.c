/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is odd or too open in the security descriptor of one object, and what keeps it from use whatever that says. */

#include <string.h>

#include "access/windows-explain.h"
#include "access/windows-inherit.h"
#include "audit/auditor.h"
#include "base/quote.h"
#include "model/zone.h"
#include "policy/guarded.h"

/* Changing what is there and adding to it. */
#define WRITES (E13_MASK_WRITE_DATA | E13_MASK_APPEND_DATA)

typedef struct
{
  E13Auditor *auditor;
  char *path;
  const E13Facts *facts;
  const E13Facts *parent; /* NULL: the root of the site */
  const E13Requirement *requirement;
} Place;

static gboolean
is_directory (const Place *place)
{
  return place->facts->type == E13_TYPE_DIRECTORY;
}

/* Takes the texts over. */
static E13Finding *
add (const Place *place, E13RuleId rule, char *sentence, char *because)
{
  E13Finding *finding = e13_finding_new (&e13_rules[rule], place->path, place->facts);

  finding->sentence = sentence;
  finding->because = because;
  e13_auditor_add (place->auditor, finding);
  return finding;
}

/* As a word for a command on its own machine; NULL where that is not known. */
static char *
path_there (const Place *place)
{
  g_autofree char *full = e13_tree_path_there (place->auditor->request->tree, place->path);
  g_autofree char *shown = full != NULL ? e13_quote_windows (full) : NULL;

  return shown != NULL ? e13_quote_cmd (shown) : NULL;
}

/* "icacls PATH ARGUMENTS", after @when ("" or "if ...: "). */
static void
add_icacls (const Place *place, E13Finding *finding, const char *when, const char *arguments)
{
  g_autofree char *quoted = path_there (place);

  if (quoted != NULL)
    g_ptr_array_add (finding->cures, g_strdup_printf ("%sicacls %s %s", when, quoted, arguments));
}

/* ---- Whence ----------------------------------------------------------------------------------------------------- */

static void
above_clear (gpointer data)
{
  E13Above *above = data;

  e13_sd_free ((E13SecurityDescriptor *)above->sd);
  g_free ((char *)above->path);
}

/* Those above the site, as far as they have descriptors: what a site inherits mostly comes from there. */
static void
add_outside (const E13Tree *tree, GArray *all)
{
  const GPtrArray *pins = tree->route != NULL ? tree->route->pins : NULL;

  for (guint i = pins != NULL ? pins->len : 0; i > 1; i--)
    {
      const E13Pin *pin = pins->pdata[i - 2];
      E13Above above = { 0 };

      if (pin->facts.type != E13_TYPE_DIRECTORY || pin->facts.sd == NULL)
        return;
      above.path = e13_quote_windows (pin->path);
      above.sd = e13_sd_copy (pin->facts.sd);
      g_array_append_val (all, above);
    }
}

GArray *
e13_auditor_above (const E13Auditor *auditor, const char *path)
{
  const E13AuditRequest *request = auditor->request;
  GArray *all = g_array_new (FALSE, TRUE, sizeof (E13Above));
  g_autofree char *at = g_strdup (path);

  g_array_set_clear_func (all, above_clear);
  while (at[0] != '\0')
    {
      char *slash = strrchr (at, '/');
      E13Above above = { 0 };
      g_autofree char *full = NULL;
      E13Pin *pin;

      *(slash != NULL ? slash : at) = '\0';
      pin = request->ops->pin (request->tree, at, NULL);
      full = e13_tree_full_path (request->tree, at);
      above.path = e13_quote_windows (full);
      above.sd = pin != NULL && pin->facts.sd != NULL ? e13_sd_copy (pin->facts.sd) : NULL;
      request->ops->unpin (pin);
      g_array_append_val (all, above);
    }
  add_outside (request->tree, all);
  return all;
}

/* ---- The rules -------------------------------------------------------------------------------------------------- */

static void
check_null (const Place *place)
{
  E13Finding *finding;

  if (place->facts->sd->dacl != NULL || place->auditor->keeps_no_lists)
    return;
  finding
      = add (place, E13_RULE_NULL_DACL,
             g_strdup_printf ("every account may do anything with this %s", e13_object_type_name (place->facts->type)),
             g_strdup ("it has no list of entries at all, which is not the same as an empty one"));
  add_icacls (place, finding, "", "/reset");
}

static void
check_order (const Place *place)
{
  guint position = e13_win_acl_first_out_of_order (place->facts->sd->dacl);
  g_autofree char *who = NULL;
  E13Finding *finding;

  if (position == G_MAXUINT)
    return;
  who = e13_win_acl_at (place->facts->sd->dacl, position)->has_sid
            ? e13_sid_describe (&e13_win_acl_at (place->facts->sd->dacl, position)->sid)
            : g_strdup ("an unknown kind");
  finding = add (
      place, E13_RULE_NONCANONICAL_DACL,
      g_strdup ("its entries stand in an order that Windows does not make: tools may refuse to edit it, or sort it "
                "and so change who is denied"),
      g_strdup_printf ("entry %u, for %s, should stand before others (deny, allow, inherited)", position + 1, who));
  add_icacls (place, finding, "", "/verify");
}

static void
check_protected (const Place *place)
{
  E13Finding *finding;

  if ((place->facts->sd->control & E13_SD_DACL_PROTECTED) == 0)
    return;
  finding = add (place, E13_RULE_PROTECTED_DACL,
                 g_strdup_printf ("this %s inherits nothing: what is granted above does not reach it",
                                  e13_object_type_name (place->facts->type)),
                 g_strdup ("its list is protected (D:P), often on purpose"));
  add_icacls (place, finding, "if it is not meant to be so: ", "/inheritance:e");
}

static gboolean
has_explicit_entries (const E13WinAcl *dacl)
{
  for (guint i = 0; i < dacl->aces->len; i++)
    if ((e13_win_acl_at (dacl, i)->flags & E13_ACE_INHERITED) == 0)
      return TRUE;
  return FALSE;
}

static void
check_stale (const Place *place)
{
  g_autoptr (E13WinStaleness) stale = NULL;
  E13Finding *finding;

  /* A key, or what is kept from the application, is handed nothing down by fix: it is meant to be so. */
  if (place->parent == NULL || place->parent->sd == NULL || place->requirement->app == E13_LEVEL_NONE
      || e13_guarded_is_key (place->path, is_directory (place)))
    return;
  stale = e13_windows_staleness (place->parent->sd, place->facts->sd, is_directory (place));
  if (stale == NULL)
    return;
  finding = add (place, E13_RULE_STALE_INHERITANCE,
                 g_strdup_printf ("what this %s has inherited is not what its directory gives now",
                                  e13_object_type_name (place->facts->type)),
                 g_strdup ("it was moved here, not copied, or put here by a program that keeps permissions"));
  if (has_explicit_entries (place->facts->sd->dacl))
    g_ptr_array_add (finding->cures,
                     g_strdup ("copy it instead of moving it; icacls /reset would drop the entries of its own"));
  else
    add_icacls (place, finding, "", "/reset");
  if (!is_directory (place) && place->requirement->app >= E13_LEVEL_WRITE)
    g_ptr_array_add (finding->cures,
                     g_strdup ("if PHP moves uploads here: give upload_tmp_dir in php.ini a directory beside this one, "
                               "or the next upload is the same"));
}

/* Accounts that a machine, a domain or a directory made: only there is it known who they are. (A domain of zeros stands
 * for one that is not known either.) */
static gboolean
is_of_some_domain (const E13Sid *sid)
{
  return (sid->authority == 5 && sid->n_sub_authorities == 5 && sid->sub_authorities[0] == 21
          && (sid->sub_authorities[1] | sid->sub_authorities[2] | sid->sub_authorities[3]) != 0)
         || (sid->authority == 12 && sid->n_sub_authorities > 1 && sid->sub_authorities[0] == 1);
}

/* Whoever has a name here is nobody to speak of. */
static void
check_trustee (const Place *place, const E13Sid *sid)
{
  E13Auditor *auditor = place->auditor;
  char *(*name_of_sid) (const E13Sid *) = auditor->request->ops->sid_name;
  g_autofree char *text = e13_sid_to_text (sid);
  g_autofree char *name = NULL;
  gboolean is_new;

  if (!is_of_some_domain (sid))
    return;
  g_mutex_lock (&auditor->lock);
  is_new = g_hash_table_add (auditor->strange_sids, g_strdup (text));
  g_mutex_unlock (&auditor->lock);
  name = is_new && name_of_sid != NULL ? name_of_sid (sid) : NULL;
  if (!is_new || name != NULL)
    return;
  if (name_of_sid != NULL)
    add (place, E13_RULE_UNRESOLVED_SID,
         g_strdup_printf ("an entry here (the first of its kind) is for %s, which has no name on this machine", text),
         g_strdup ("the account may be gone, or its domain out of reach"));
  else
    add (place, E13_RULE_UNRESOLVED_SID,
         g_strdup_printf (
             "an entry here (the first of its kind) is for %s, whose name only its own machine or domain knows", text),
         g_strdup ("if it has no name there either, the account may be gone, or its domain out of reach"));
}

typedef struct
{
  const char *sid;
  gboolean is_note; /* who has at least logged on */
} Broad;

static const Broad broad[] = {
  { "S-1-1-0", FALSE },      { "S-1-5-7", FALSE }, { "S-1-5-32-546", FALSE },
  { "S-1-5-32-545", FALSE }, { "S-1-5-11", TRUE },
};

/* Is it the account that is judged? Then what it may do here is what was asked for. */
static gboolean
is_judged (const Place *place, const E13Sid *sid)
{
  const E13Token *token = place->auditor->roles[0].identity->token;

  return token != NULL && e13_sid_equal (&token->user, sid);
}

/* Is it the entry of the classic cure, where that belongs? It is a choice, then, which nobody needs to be told to take
 * back. */
static gboolean
is_classic (const Place *place, const E13Ace *ace)
{
  E13Sid classic = e13_sid_well_known ("S-1-5-11");

  return is_directory (place) && place->requirement->app >= E13_LEVEL_WRITE && e13_sid_equal (&ace->sid, &classic)
         && ace->mask == E13_MASK_MODIFY && (ace->flags & E13_ACE_INHERITED) == 0;
}

static void
note_classic (const Place *place)
{
  E13Finding *finding = add (place, E13_RULE_BROAD_WRITE,
                             g_strdup ("every account that can log on can change this directory and what it holds: the "
                                       "classic cure"),
                             g_strdup ("an entry set here gives Authenticated Users (S-1-5-11) Modify"));

  finding->severity = E13_SEVERITY_NOTE;
}

static void
check_broad (const Place *place, const E13Ace *ace)
{
  gboolean is_inherited = (ace->flags & E13_ACE_INHERITED) != 0;
  g_autofree char *who = e13_sid_describe (&ace->sid);
  g_autofree char *what = e13_mask_describe (ace->mask);
  g_autofree char *text = e13_sid_to_text (&ace->sid);
  g_autofree char *arguments = g_strdup_printf ("/remove:g *%s", text);
  E13Finding *finding;

  for (gsize i = 0; i < G_N_ELEMENTS (broad); i++)
    {
      /* What the site needs to be written may be so by all who log on, where they are whom the classic cure names. */
      if (!g_str_equal (broad[i].sid, text)
          || (broad[i].is_note && place->requirement->app >= E13_LEVEL_WRITE && is_judged (place, &ace->sid)))
        continue;
      if (is_classic (place, ace))
        {
          note_classic (place);
          continue;
        }
      finding = add (
          place, E13_RULE_BROAD_WRITE,
          g_strdup_printf ("%s can change this %s", who, e13_object_type_name (place->facts->type)),
          g_strdup_printf ("an entry %s gives %s", is_inherited ? "inherited from above the site" : "set here", what));
      if (broad[i].is_note)
        finding->severity = E13_SEVERITY_NOTE;
      if (is_inherited)
        g_ptr_array_add (finding->cures, g_strdup ("it comes from above the site: it can be taken away only there"));
      else
        add_icacls (place, finding, "", arguments);
    }
}

static void
check_entries (const Place *place)
{
  const E13WinAcl *dacl = place->facts->sd->dacl;

  for (guint i = 0; i < dacl->aces->len; i++)
    {
      const E13Ace *ace = e13_win_acl_at (dacl, i);
      /* Said where it is set, or where it enters the site. */
      gboolean is_source = (ace->flags & E13_ACE_INHERITED) == 0 || place->parent == NULL;

      if (!ace->has_sid)
        continue;
      check_trustee (place, &ace->sid);
      if (is_source && ace->type == E13_ACE_ALLOW && (e13_mask_map_generic (ace->mask) & WRITES) == WRITES)
        check_broad (place, ace);
    }
}

/* ---- What no entry decides -------------------------------------------------------------------------------------- */

static const char *
name_of (const Place *place)
{
  const char *slash = strrchr (place->path, '/');

  return slash != NULL ? slash + 1 : place->path;
}

static gboolean
is_needed (const Place *place)
{
  return place->requirement->app > E13_LEVEL_NONE || place->requirement->server > E13_LEVEL_NONE;
}

/* Below the Internet, Windows does not mind. */
static gboolean
is_from_outside (GBytes *stream)
{
  int zone = e13_zone_of_stream (stream);

  return zone == E13_ZONE_UNSAID || zone >= E13_ZONE_INTERNET;
}

static void
check_download (const Place *place)
{
  gboolean is_config = g_ascii_strcasecmp (name_of (place), "web.config") == 0;
  gboolean is_loaded = is_config || (is_needed (place) && e13_guarded_is_loaded (name_of (place)));
  g_autofree char *quoted = NULL;
  E13Finding *finding;

  if (place->facts->zone == NULL || !is_from_outside (place->facts->zone))
    return;
  finding
      = add (place, E13_RULE_BLOCKED_DOWNLOAD,
             is_config   ? g_strdup ("this came from the Internet, and Windows may block it: IIS then perhaps answers "
                                       "500.19")
             : is_loaded ? g_strdup ("this came from the Internet, and Windows may keep the server from loading it")
                         : g_strdup ("this came from the Internet; the server does not mind"),
             g_strdup ("it has a stream Zone.Identifier, as the program that unpacked it marks what is downloaded"));
  if (!is_loaded)
    finding->severity = E13_SEVERITY_NOTE;
  quoted = path_there (place);
  if (quoted != NULL)
    g_ptr_array_add (finding->cures, g_strdup_printf ("powershell Unblock-File %s", quoted));
}

static void
check_read_only (const Place *place)
{
  g_autofree char *quoted = NULL;
  E13Finding *finding;

  /* On a directory the attribute means something to Explorer, and to nobody else. */
  if (is_directory (place) || (place->facts->attributes & E13_ATTRIBUTE_READ_ONLY) == 0
      || place->requirement->app < E13_LEVEL_WRITE)
    return;
  finding = add (place, E13_RULE_READ_ONLY_ATTRIBUTE, g_strdup ("no account can write this file: Errno 13"),
                 g_strdup ("its read-only attribute is set, which no entry overrules"));
  quoted = path_there (place);
  if (quoted != NULL)
    g_ptr_array_add (finding->cures, g_strdup_printf ("attrib -R %s", quoted));
}

static void
check_encrypted (const Place *place)
{
  g_autofree char *quoted = NULL;
  E13Finding *finding;

  if (is_directory (place) || (place->facts->attributes & E13_ATTRIBUTE_ENCRYPTED) == 0 || !is_needed (place))
    return;
  finding = add (place, E13_RULE_ENCRYPTED, g_strdup ("only the account that encrypted this file can read it"),
                 g_strdup ("it is encrypted by the file system (EFS), often because the folder that it was unpacked in "
                           "is"));
  quoted = path_there (place);
  if (quoted != NULL)
    g_ptr_array_add (finding->cures, g_strdup_printf ("as that account: cipher /d %s", quoted));
}

static void
check_placeholder (const Place *place)
{
  E13Finding *finding;

  if (is_directory (place) || (place->facts->attributes & E13_ATTRIBUTE_PLACEHOLDER) == 0 || !is_needed (place))
    return;
  finding = add (place, E13_RULE_CLOUD_PLACEHOLDER,
                 g_strdup ("this file is a placeholder: a service cannot fetch its content"),
                 g_strdup ("its attributes say that the content is recalled from elsewhere (OneDrive, a tape)"));
  g_ptr_array_add (finding->cures, g_strdup ("move the site out of the synchronized folder, or in the file's menu "
                                             "choose 'Always keep on this device'"));
}

void
e13_auditor_check_descriptor (E13Auditor *auditor, const E13Batch *batch, gsize index,
                              const E13Requirement *requirement)
{
  gboolean is_self = index == E13_THE_DIRECTORY;
  const E13Facts *above = batch->dir->parent != NULL ? &batch->dir->parent->facts : NULL;
  g_autofree char *path = e13_auditor_path (batch, index);
  const Place place = {
    .auditor = auditor,
    .path = path,
    .facts = is_self ? &batch->dir->facts : &batch->entries[index].facts,
    .parent = is_self ? above : &batch->dir->facts,
    .requirement = requirement,
  };

  if (place.facts->sd == NULL)
    return;
  check_download (&place);
  check_read_only (&place);
  check_encrypted (&place);
  check_placeholder (&place);
  check_null (&place);
  if (place.facts->sd->dacl == NULL)
    return;
  check_order (&place);
  check_protected (&place);
  check_stale (&place);
  check_entries (&place);
}
