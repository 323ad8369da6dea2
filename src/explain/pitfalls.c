/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "explain/pitfalls.h"

#include <errno.h>
#include <string.h>

#include "audit/sight.h"
#include "base/quote.h"

/* More names than that are not looked through for one that was meant. */
#define MAX_NAMES 100000

/* ---- For detectors --------------------------------------------------------------------------- */

static void
add (GPtrArray *words, const char *format, va_list arguments)
{
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);

  for (guint i = 0; i < words->len; i++)
    if (strcmp (words->pdata[i], sentence) == 0)
      return;
  g_ptr_array_add (words, g_steal_pointer (&sentence));
}

void
e13_pitfall_remark (const E13Situation *situation, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add (situation->asking->explanation->remarks, format, arguments);
  va_end (arguments);
}

void
e13_pitfall_cure (const E13Situation *situation, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add (situation->asking->explanation->cures, format, arguments);
  va_end (arguments);
}

const E13Link *
e13_pitfall_refused (const E13Situation *situation)
{
  const GPtrArray *chain = situation->asking->explanation->chain;

  for (guint i = 0; i < chain->len; i++)
    {
      const E13Link *link = chain->pdata[i];

      if (!link->granted && !link->unknown)
        return link;
    }
  return NULL;
}

/* What the link is about; NULL: it is not there. */
static const E13Pin *
pin_of (const E13Situation *situation, const E13Link *link)
{
  const GPtrArray *pins = situation->route->pins;

  for (guint i = 0; link != NULL && i < pins->len; i++)
    if (strcmp (((const E13Pin *)pins->pdata[i])->path, link->path) == 0)
      return pins->pdata[i];
  return NULL;
}

static char *
who (const E13Situation *situation)
{
  return e13_identity_label (situation->asking->identity);
}

/* ---- Names that were meant ------------------------------------------------------------------- */

/* "site\inc\conf.php" is what "site/inc/conf.php" became; "Uploads" what "uploads" is called. */
static gboolean
is_split (const char *name, const char *missing)
{
  g_autofree char *slashed = g_strdelimit (g_strdup (name), "\\", '/');
  gsize length = strlen (missing);

  return strchr (name, '\\') != NULL && strncmp (slashed, missing, length) == 0
         && (slashed[length] == '\0' || slashed[length] == '/');
}

static gboolean
is_other_case (const char *name, const char *first)
{
  g_autofree char *a = g_utf8_validate (name, -1, NULL) ? g_utf8_casefold (name, -1) : g_ascii_strdown (name, -1);
  g_autofree char *b = g_utf8_validate (first, -1, NULL) ? g_utf8_casefold (first, -1) : g_ascii_strdown (first, -1);

  return strcmp (a, b) == 0;
}

static void
tell_split (const E13Situation *situation, const char *name)
{
  g_autofree char *shown = e13_quote_display (name);
  g_autofree char *directory = e13_quote_display (situation->directory->path);
  g_autofree char *from = g_build_filename (situation->directory->path, name, NULL);
  g_autofree char *to = g_build_filename (situation->directory->path, situation->route->missing, NULL);
  g_autofree char *folder = g_path_get_dirname (to);
  g_autofree char *from_word = e13_quote_shell_display (from);
  g_autofree char *to_word = e13_quote_shell_display (to);
  g_autofree char *folder_word = e13_quote_shell_display (folder);

  e13_pitfall_remark (
      situation,
      "Not a permission problem: '%s' in '%s' is one file name. An archive from Windows was unpacked by a "
      "program that took its backslashes for a part of the name.",
      shown, directory);
  if (strlen (name) == strlen (situation->route->missing))
    e13_pitfall_cure (situation, "mkdir -p %s && mv %s %s", folder_word, from_word, to_word);
  e13_pitfall_cure (situation, "or unpack the archive again, with unzip or bsdtar, which mend such names");
}

static void
find_meant_name (const E13Situation *situation)
{
  const E13ReadOps *ops = situation->asking->ops;
  const char *missing = situation->route->missing;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *first = NULL;

  if (missing == NULL || situation->route->error != ENOENT || situation->asking->asker->tree != NULL)
    return;
  names = ops->list != NULL ? ops->list (situation->directory, NULL) : NULL;
  first = g_strndup (missing, strcspn (missing, "/"));
  for (guint i = 0; names != NULL && i < MIN (names->len, MAX_NAMES); i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *shown = e13_quote_display (name);
      g_autofree char *wanted = e13_quote_display (first);

      if (is_split (name, missing))
        {
          tell_split (situation, name);
          return;
        }
      if (is_other_case (name, first))
        e13_pitfall_remark (situation,
                            "'%s' is there: upper and lower case are not the same here, and '%s' was wanted.", shown,
                            wanted);
    }
}

/* Who cannot enter a directory is told Permission denied of what is not even there. */
static void
find_hidden_end (const E13Situation *situation)
{
  E13Want want = situation->wanted->want;

  if (situation->route->error == ENOENT && want != E13_WANT_CREATE
      && pin_of (situation, e13_pitfall_refused (situation)) != NULL)
    e13_pitfall_remark (situation, "It does not exist either: as a directory above cannot be entered, the error is "
                                   "Permission denied, not No such file or directory.");
}

/* ---- Bits that mislead ----------------------------------------------------------------------- */

static void
find_odd_modes (const E13Situation *situation)
{
  const E13Link *refused = e13_pitfall_refused (situation);
  const E13Pin *pin = pin_of (situation, refused);
  const E13Identity *identity = situation->asking->identity;
  g_autofree char *shown = pin != NULL ? e13_quote_display (pin->path) : NULL;

  if (pin == NULL || pin->facts.type == E13_TYPE_SYMLINK)
    return;
  if ((pin->facts.mode & 0777) == 0)
    e13_pitfall_remark (
        situation,
        "'%s' has no permission bit at all, not even for its owner: so archives are unpacked that hold no "
        "modes of Unix.",
        shown);
  else if (pin->facts.type == E13_TYPE_DIRECTORY && strcmp (refused->asked, "search") == 0
           && e13_posix_judge (&pin->facts, identity, E13_RIGHT_READ).granted == E13_RIGHT_READ)
    e13_pitfall_remark (
        situation,
        "'%s' may be listed, but nothing in it opened or even looked at: a directory needs x (files get "
        "0644, directories 0755).",
        shown);
}

/* The group would do, and it is another than the directory's. */
static void
find_wrong_group (const E13Situation *situation)
{
  const E13Pin *object = situation->object;
  const E13Pin *directory = situation->directory;
  const E13Identity *identity = situation->asking->identity;
  const E13Link *refused = e13_pitfall_refused (situation);
  g_autofree char *label = NULL;
  g_autofree char *word = NULL;
  const char *group;

  if (object == NULL || pin_of (situation, refused) != object || object == directory
      || object->facts.uid == identity->uid || e13_identity_in_group (identity, object->facts.gid)
      || !e13_identity_in_group (identity, directory->facts.gid) || (object->facts.mode & 0070) == 0
      || (directory->facts.mode & 02000) != 0)
    return;
  label = who (situation);
  word = e13_quote_shell_display (directory->path);
  group = situation->asking->ops->group_name (directory->facts.gid);
  e13_pitfall_remark (situation,
                      "It has the group of whoever made it, while its directory has one of %s's: without setgid on the "
                      "directory, new files do not get its group.",
                      label);
  e13_pitfall_cure (situation, "for what is made later: chmod g+s %s (its group is %s)", word,
                    group != NULL ? group : "a number");
}

/* Who has it by the account database may not have it in the process that runs. */
static void
find_stale_groups (const E13Situation *situation)
{
  const E13Pin *pin = pin_of (situation, e13_pitfall_refused (situation));
  const E13Identity *identity = situation->asking->identity;
  const E13Service *service = situation->asking->asker->service;
  gboolean has_unit = service != NULL && service->unit != NULL;
  E13Rights now;

  if (pin == NULL || identity->also_groups == NULL)
    return;
  now = e13_posix_judge (&pin->facts, identity, 7).granted;
  for (gsize i = 0; i < identity->also_groups->len; i++)
    {
      g_autoptr (E13Identity) later = e13_identity_with_other_groups (identity, i);
      g_autofree char *label = who (situation);

      if ((e13_posix_judge (&pin->facts, later, 7).granted & ~now) == 0)
        continue;
      e13_pitfall_remark (
          situation,
          "The account database has %s in a group that would have more here, but the running process does "
          "not have that group: groups are taken on when a service starts.",
          label);
      e13_pitfall_cure (situation, "systemctl restart %s", has_unit ? service->unit : "the service, for its groups");
      return;
    }
}

static gboolean
wants_any (const char *program G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  return TRUE;
}

/* A running service with a umask makes files for itself alone. All processes are looked through: not for those who ask
 * about many paths and know no service. */
static void
find_umask (const E13Situation *situation)
{
  const E13Pin *object = situation->object;
  const E13ReadOps *ops = situation->asking->ops;
  g_autoptr (GPtrArray) processes = NULL;

  if (object == NULL || pin_of (situation, e13_pitfall_refused (situation)) != object
      || object->facts.uid == situation->asking->identity->uid || object->facts.uid == 0
      || (object->facts.mode & 0044) != 0 || ops->processes == NULL || situation->asking->asker->tree != NULL
      || situation->asking->asker->service == NULL)
    return;
  processes = ops->processes (wants_any, NULL);
  for (guint i = 0; i < processes->len; i++)
    {
      const E13Process *process = processes->pdata[i];
      g_autofree char *name = e13_quote_display (process->program);

      if (process->umask <= 0 || (process->umask & 0044) != 0044 || process->identity->uid != object->facts.uid)
        continue;
      e13_pitfall_remark (situation,
                          "%s (pid %" G_GUINT32_FORMAT
                          "), which runs as its owner, has umask %03o: what it makes has no "
                          "bits for anybody else.",
                          name, process->pid, (guint)process->umask);
      if (process->unit != NULL)
        e13_pitfall_cure (situation, "for what is made later: systemctl edit %s, and write there: [Service] UMask=0022",
                          process->unit);
      return;
    }
}

/* ---- Beside the bits ------------------------------------------------------------------------- */

const char *
e13_pitfall_protected (const E13ReadOps *ops, const E13Identity *identity, const E13Pin *directory,
                       const E13Pin *object)
{
  gboolean is_fifo = object->facts.type == E13_TYPE_FIFO;
  const char *name = is_fifo ? "fs.protected_fifos" : "fs.protected_regular";
  guint32 mode = directory->facts.mode;
  int setting;

  if ((!is_fifo && object->facts.type != E13_TYPE_FILE) || (mode & 01000) == 0 || ops->setting == NULL
      || object->facts.uid == directory->facts.uid || object->facts.uid == identity->uid)
    return NULL;
  setting = ops->setting (name);
  return (setting >= 1 && (mode & 0002) != 0) || (setting >= 2 && (mode & 0020) != 0) ? name : NULL;
}

static void
find_protected (const E13Situation *situation)
{
  const E13Pin *object = situation->object;
  E13Want want = situation->wanted->want;
  const char *setting;

  if (object == NULL || (want != E13_WANT_WRITE && want != E13_WANT_CREATE))
    return;
  setting = e13_pitfall_protected (situation->asking->ops, situation->asking->identity, situation->directory, object);
  if (setting != NULL)
    e13_pitfall_remark (
        situation,
        "Whatever the bits say, opening it with O_CREAT, as > and fopen() with \"w\" do, is refused with "
        "Permission denied, even to root: %s protects somebody else's file in a sticky directory. Keep it "
        "in a directory of its own.",
        setting);
}

static void
find_socket (const E13Situation *situation)
{
  if (situation->object != NULL && situation->object->facts.type == E13_TYPE_SOCKET
      && situation->wanted->want == E13_WANT_WRITE)
    e13_pitfall_remark (situation, "It is a socket: connecting takes w of it, and x of each directory on the way.");
}

/* A service in a sandbox sees another file system. */
static void
find_sandbox (const E13Situation *situation)
{
  E13Asking *asking = situation->asking;
  const E13Service *service = asking->asker->service;
  const E13Pin *pin = situation->object != NULL ? situation->object : situation->directory;
  E13Want want = situation->wanted->want;
  gboolean writes = want == E13_WANT_WRITE || want == E13_WANT_CREATE || want == E13_WANT_DELETE;
  const E13Pin *asked = want == E13_WANT_CREATE || want == E13_WANT_DELETE ? situation->directory : pin;
  g_autofree char *because = NULL;
  E13View *view;
  E13Sight sight;

  if (service == NULL || service->pid == 0 || !service->is_apart || asking->ops->open_view == NULL)
    return;
  view = asking->ops->open_view (service->pid, NULL);
  if (view == NULL)
    return;
  sight = e13_sight_look (asking->ops, view, asked->path, asked, asking->identity, writes ? E13_RIGHT_WRITE : 0);
  asking->ops->close_view (view);
  if (sight == E13_SIGHT_SAME)
    return;
  because = g_strdup_printf ("%s: %s", service->name, e13_sight_because (sight));
  e13_asking_add (asking, asked->path, writes ? "write in its view" : "be seen",
                  sight == E13_SIGHT_OTHER ? E13_ANSWER_UNKNOWN : E13_ANSWER_NO, g_steal_pointer (&because));
  e13_sight_cures (asking->explanation->cures, service, sight, asked->path);
}

static E13Rights
rights_of (const E13Situation *situation)
{
  static const E13Rights rights[] = {
    [E13_WANT_READ] = E13_RIGHT_READ,    [E13_WANT_WRITE] = E13_RIGHT_WRITE,  [E13_WANT_RUN] = E13_RIGHT_EXECUTE,
    [E13_WANT_CREATE] = E13_RIGHT_WRITE, [E13_WANT_DELETE] = E13_RIGHT_WRITE, [E13_WANT_MASK] = E13_RIGHT_NONE,
  };

  return rights[situation->wanted->want];
}

/* What confines the service decides after the permission bits, by rules that are not read here. */
static void
find_label (const E13Situation *situation)
{
  E13Asking *asking = situation->asking;
  const E13Service *service = asking->asker->service;
  const E13Pin *pin = situation->object != NULL ? situation->object : situation->directory;
  g_autoptr (E13Confinement) confinement = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_autofree char *word = e13_quote_shell_display (pin->path);

  if (asking->ops->confinement == NULL || service == NULL || service->pid == 0)
    return;
  confinement = asking->ops->confinement (service->pid, pin, rights_of (situation));
  if (confinement == NULL || confinement->allowed == 1 || e13_pitfall_refused (situation) != NULL)
    return;
  name = e13_quote_display (confinement->profile);
  label = e13_quote_display (confinement->label != NULL ? confinement->label : "not known");
  if (!confinement->is_selinux)
    {
      e13_asking_add (
          asking, pin->path, "by AppArmor", E13_ANSWER_UNKNOWN,
          g_strdup_printf ("%s is confined by the AppArmor profile %s, which may refuse what permissions grant; "
                           "its denials stand in the kernel's log (apparmor=\"DENIED\")",
                           service->name, name));
      e13_pitfall_cure (situation, "journalctl -k | grep 'apparmor=\"DENIED\"' shows it; aa-logprof adds the rule");
      return;
    }
  e13_asking_add (
      asking, pin->path, "by SELinux", confinement->allowed == 0 ? E13_ANSWER_NO : E13_ANSWER_UNKNOWN,
      g_strdup_printf ("%s runs as %s and the label is %s: the policy %s what permissions grant; its denials "
                       "stand in the audit log (avc: denied)",
                       service->name, name, label, confinement->allowed == 0 ? "refuses" : "may refuse"));
  if (confinement->expected != NULL && g_strcmp0 (confinement->expected, confinement->label) != 0)
    {
      g_autofree char *expected = e13_quote_display (confinement->expected);

      e13_pitfall_cure (situation, "restorecon -v %s (gives it the label of its place: %s)", word, expected);
      return;
    }
  e13_pitfall_cure (situation,
                    "semanage fcontext -a -t httpd_sys_rw_content_t %s && restorecon -v %s, where a web server "
                    "writes there (httpd_sys_content_t where it reads)",
                    word, word);
  e13_pitfall_cure (situation, "ausearch -m avc -ts recent | audit2why names the rule or boolean that is missing");
}

/* ---- All of them ----------------------------------------------------------------------------- */

/* In this order: what changes the verdict after what only explains it. */
static void (*const detectors[]) (const E13Situation *situation) = {
  find_hidden_end, find_meant_name, find_odd_modes,         find_stale_groups, find_wrong_group, find_umask,
  find_protected,  find_socket,     e13_pitfall_first_line, find_sandbox,      find_label,
};

void
e13_pitfalls_find (const E13Situation *situation)
{
  for (gsize i = 0; i < G_N_ELEMENTS (detectors); i++)
    detectors[i](situation);
}
