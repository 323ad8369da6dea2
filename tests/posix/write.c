/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "tests/posix/host.h"
#include "tests/support/acl-text.h"

TestSuite (write, .init = host_enter, .fini = host_leave, .timeout = 120);

/* "UID:GID MODE ACCESS DEFAULT", the mode in octal with its upper bits, the default ACL "-" where there is none. */
static void
attributes_parse (const char *text, E13Attributes *ret_attributes)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  g_assert_cmpuint (g_strv_length (words), ==, 4);
  ret_attributes->uid = (guint32)g_ascii_strtoull (words[0], NULL, 10);
  ret_attributes->gid = (guint32)g_ascii_strtoull (strchr (words[0], ':') + 1, NULL, 10);
  ret_attributes->mode = (guint32)g_ascii_strtoull (words[1], NULL, 8);
  ret_attributes->access = test_acl (words[2]);
  ret_attributes->default_acl = g_str_equal (words[3], "-") ? NULL : test_acl (words[3]);
}

static char *
attributes_text (const E13Attributes *attributes)
{
  g_autofree char *access = e13_acl_to_text (attributes->access);
  g_autofree char *default_acl
      = attributes->default_acl != NULL ? e13_acl_to_text (attributes->default_acl) : g_strdup ("-");

  return g_strdup_printf ("%u:%u %o %s %s", attributes->uid, attributes->gid, attributes->mode, access, default_acl);
}

typedef struct
{
  const char *label;
  const char *make; /* makes "o" */
  const char *after;
  int refusal; /* an E13ErrorCode; -1: it is done */
} Row;

#define DONE -1
#define FILE_R "u::rw-,g::r--,o::---"
#define FILE_GRANT "u::rw-,u:33:r--,g::r--,m::r--,o::---"
#define DIR_RX "u::rwx,g::r-x,o::---"
#define DIR_GRANT "u::rwx,u:33:rwx,g::r-x,m::rwx,o::---"

static const Row rows[] = {
  { "nothing", "touch o; chmod 640 o", "0:0 640 " FILE_R " -", DONE },
  { "a mode", "touch o; chmod 600 o", "0:0 640 " FILE_R " -", DONE },
  { "an entry", "touch o; chmod 640 o", "0:0 640 " FILE_GRANT " -", DONE },
  { "back to three entries", "touch o; chmod 640 o; setfacl -m u:33:rw o", "0:0 640 " FILE_R " -", DONE },
  { "an owner", "touch o; chmod 640 o", "33:0 640 " FILE_R " -", DONE },
  { "a group and an entry", "touch o; chmod 640 o", "0:33 640 " FILE_GRANT " -", DONE },
  { "a default ACL", "mkdir o; chmod 750 o", "0:0 750 " DIR_RX " " DIR_GRANT, DONE },
  { "both ACLs", "mkdir o; chmod 750 o", "0:0 770 " DIR_GRANT " " DIR_GRANT, DONE },
  { "no default ACL any more", "mkdir o; chmod 750 o; setfacl -dm u:7:rwx o", "0:0 750 " DIR_RX " -", DONE },
  { "setgid kept on a directory", "mkdir o; chgrp 7 o; chmod 2750 o", "0:7 2770 " DIR_GRANT " -", DONE },
  { "setgid and sticky kept through chown", "mkdir o; chmod 3750 o", "33:7 3750 " DIR_RX " -", DONE },
  { "setuid kept through an ACL", "touch o; chmod 4640 o", "0:0 4640 " FILE_GRANT " -", DONE },
  { "setuid and setgid kept through chown", "touch o; chmod 6750 o", "33:7 6750 u::rwx,u:7:r-x,g::r-x,m::r-x,o::--- -",
    DONE },
  { "setgid set", "mkdir o; chmod 750 o", "0:0 2750 " DIR_RX " -", DONE },
  { "sticky taken away under an ACL", "mkdir o; setfacl --set " DIR_GRANT " o; chmod +t o", "0:0 770 " DIR_GRANT " -",
    DONE },
  { "an entry beside a file capability", "touch o; chmod 640 o; setcap cap_net_raw+ep o", "0:0 640 " FILE_GRANT " -",
    DONE },
  { "a file capability that chown would take", "touch o; chmod 640 o; setcap cap_net_raw+ep o", "33:0 640 " FILE_R " -",
    E13_ERROR_REFUSED },
  { "a file capability that chgrp would take", "touch o; chmod 640 o; setcap cap_net_raw+ep o", "0:33 640 " FILE_R " -",
    E13_ERROR_REFUSED },
  { "a default ACL for a file", "touch o; chmod 640 o", "0:0 640 " FILE_R " " DIR_GRANT, E13_ERROR_REFUSED },
  { "a mode that its ACL denies", "touch o; chmod 640 o", "0:0 660 " FILE_R " -", E13_ERROR_REFUSED },
  { "a link", "ln -s nowhere o", "0:0 640 " FILE_R " -", E13_ERROR_REFUSED },
};

ParameterizedTestParameters (write, set)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

/* There and, where it was done, back again. */
static void
check_row (const Row *row)
{
  g_autoptr (GError) error = NULL;
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  g_auto (E13Attributes) now = { 0 };
  g_autofree char *now_text = NULL;
  g_autofree char *capability = NULL;
  g_autofree char *capability_now = NULL;
  E13Pin *pin = host_pin ("o");
  E13ObjectKey key = pin->facts.key;
  gboolean done;

  e13_attributes_from_facts (&before, &pin->facts);
  attributes_parse (row->after, &after);
  capability = host_ask ("getfattr -hn security.capability o 2>/dev/null || :");
  done = e13_posix_write.set (pin, &key, &before, &after, FALSE, &error);
  cr_expect_eq (done, row->refusal == DONE, "%s: %s", row->label, error != NULL ? error->message : "was done");
  if (row->refusal != DONE)
    cr_expect (g_error_matches (error, E13_ERROR, row->refusal), "%s: %s", row->label,
               error != NULL ? error->message : "no error");

  capability_now = host_ask ("getfattr -hn security.capability o 2>/dev/null || :");
  cr_expect_str_eq (capability_now, capability, "%s", row->label);
  g_clear_error (&error);
  cr_assert (e13_posix_read.refresh (pin, &error));
  e13_attributes_from_facts (&now, &pin->facts);
  now_text = attributes_text (&now);
  cr_expect (e13_attributes_equal (&now, done ? &after : &before), "%s: it is now %s", row->label, now_text);
  if (!done || e13_attributes_equal (&before, &after))
    cr_expect (e13_object_key_same_state (&pin->facts.key, &key), "%s: something was written", row->label);

  key = pin->facts.key;
  cr_expect (!done || e13_posix_write.set (pin, &key, &after, &before, TRUE, &error), "%s: back: %s", row->label,
             error != NULL ? error->message : "");
  e13_posix_read.unpin (pin);
}

ParameterizedTest (gsize *index, write, set)
{
  const Row *row = &rows[*index];

  SKIP_UNLESS_ROOT ();
  host_run ("%s", row->make);
  check_row (row);
}

/* ---- What has moved on ----------------------------------------------------------------------- */

static const struct
{
  const char *label;
  const char *meanwhile;
  gboolean pin_again; /* the pin is of what is there now, the judgement of what was there */
} moves[] = {
  { "its mode was changed", "chmod 600 o", FALSE },
  { "its mode was changed and changed back", "chmod 600 o; chmod 640 o", FALSE },
  { "its ACL was changed", "setfacl -m u:7:r o", FALSE },
  { "its content was changed", "sleep 0.02; echo more >> o", FALSE },
  { "another took its name", "mv o p; touch o; chmod 640 o", TRUE },
};

Test (write, what_has_moved_on_is_not_changed)
{
  SKIP_UNLESS_ROOT ();
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (E13Attributes) before = { 0 };
      g_auto (E13Attributes) after = { 0 };
      g_autofree char *acl = NULL;
      E13ObjectKey key;
      E13Pin *pin;

      host_run ("rm -f o p; touch o; chmod 640 o; sleep 0.02");
      pin = host_pin ("o");
      key = pin->facts.key;
      e13_attributes_from_facts (&before, &pin->facts);
      attributes_parse ("0:0 640 " FILE_GRANT " -", &after);
      host_run ("%s", moves[i].meanwhile);
      if (moves[i].pin_again)
        {
          e13_posix_read.unpin (pin);
          pin = host_pin ("o");
        }
      cr_expect_not (e13_posix_write.set (pin, &key, &before, &after, FALSE, &error), "%s", moves[i].label);
      cr_expect (g_error_matches (error, E13_ERROR, E13_ERROR_MOVED), "%s: %s", moves[i].label,
                 error != NULL ? error->message : "no error");
      acl = host_ask ("getfacl -n o");
      cr_expect_null (strstr (acl, "user:33"), "%s: it was changed", moves[i].label);
      e13_posix_read.unpin (pin);
    }
}

Test (write, attributes_that_were_not_judged_are_not_changed)
{
  g_autoptr (GError) error = NULL;
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  E13ObjectKey key;
  E13Pin *pin;

  host_run ("touch o; chmod 640 o");
  pin = host_pin ("o");
  key = pin->facts.key;
  attributes_parse ("0:0 640 u::rw-,u:7:r--,g::r--,m::r--,o::--- -", &before);
  before.uid = pin->facts.uid;
  before.gid = pin->facts.gid;
  attributes_parse ("0:0 640 " FILE_GRANT " -", &after);
  cr_expect_not (e13_posix_write.set (pin, &key, &before, &after, FALSE, &error));
  cr_expect_str_eq (error->message, "cannot change 'o': its access ACL is not what was judged", "%s", error->message);
  cr_expect_eq (error->code, E13_ERROR_MOVED);
  e13_posix_read.unpin (pin);
}

Test (write, the_name_may_lead_elsewhere_by_then)
{
  g_autoptr (GError) error = NULL;
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  g_autofree char *victim = NULL;
  g_autofree char *judged = NULL;
  E13ObjectKey key;
  E13Pin *pin;

  SKIP_UNLESS_ROOT ();
  host_run ("touch o victim; chmod 640 o victim");
  pin = host_pin ("o");
  host_run ("mv o elsewhere; ln -s victim o");
  cr_assert (e13_posix_read.refresh (pin, NULL));
  key = pin->facts.key;
  e13_attributes_from_facts (&before, &pin->facts);
  attributes_parse ("33:0 640 " FILE_GRANT " -", &after);
  cr_assert (e13_posix_write.set (pin, &key, &before, &after, FALSE, &error), "%s", error->message);
  victim = host_ask ("stat -c '%%u %%a' victim");
  judged = host_ask ("stat -c '%%u %%a' elsewhere");
  cr_expect_str_eq (victim, "0 640");
  cr_expect_str_eq (judged, "33 640");
  e13_posix_read.unpin (pin);
}

/* ---- What the system does not let through ---------------------------------------------------- */

static void
expect_errno (const char *make, const char *after_text, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  E13ObjectKey key;
  E13Pin *pin;

  host_run ("%s", make);
  pin = host_pin ("o");
  key = pin->facts.key;
  e13_attributes_from_facts (&before, &pin->facts);
  attributes_parse (after_text, &after);
  cr_expect_not (e13_posix_write.set (pin, &key, &before, &after, FALSE, &error));
  cr_assert_not_null (error);
  cr_expect_str_eq (error->message, message, "%s", error->message);
  cr_expect_eq (error->code, code, "code %d", error->code);
  e13_posix_read.unpin (pin);
}

Test (write, an_immutable_file_is_named)
{
  SKIP_UNLESS_ROOT ();
  if (system ("touch probe && chattr +i probe 2>/dev/null && chattr -i probe") != 0)
    HOST_SKIP ("this file system has no immutable flag");
  expect_errno ("touch o; chmod 640 o; chattr +i o", "0:0 640 " FILE_GRANT " -", EPERM,
                "cannot write the access ACL of 'o': Operation not permitted");
}

Test (write, a_read_only_mount_is_named)
{
  SKIP_UNLESS_ROOT ();
  host_unshare_mounts ();
  host_run ("mkdir m && mount -t tmpfs none m && touch m/o && chmod 640 m/o && mount -o remount,ro m");
  cr_assert_eq (chdir ("m"), 0);
  expect_errno (":", "0:0 640 " FILE_GRANT " -", EROFS, "cannot write the access ACL of 'o': Read-only file system");
}

Test (write, without_acls_the_mode_is_written_and_an_acl_is_an_error)
{
  g_autoptr (GError) error = NULL;
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  E13Pin *pin;
  E13ObjectKey key;

  SKIP_UNLESS_ROOT ();
  host_unshare_mounts ();
  host_run ("mkdir m && mount -t ramfs none m && touch m/o && chmod 4600 m/o");
  cr_assert_eq (chdir ("m"), 0);
  pin = host_pin ("o");
  key = pin->facts.key;
  e13_attributes_from_facts (&before, &pin->facts);
  attributes_parse ("0:33 4640 " FILE_R " -", &after);
  cr_expect (e13_posix_write.set (pin, &key, &before, &after, FALSE, &error), "%s", error->message);
  cr_expect_eq (pin->facts.mode, 04640, "mode %o", pin->facts.mode);
  e13_posix_read.unpin (pin);
  expect_errno (":", "0:33 4640 " FILE_GRANT " -", E13_ERROR_UNSUPPORTED,
                "cannot write an ACL of 'o': its file system has none");
}

Test (write, a_file_system_that_keeps_nothing_is_caught)
{
  SKIP_UNLESS_ROOT ();
  host_unshare_mounts ();
  if (system ("mkdir s m && mount -t ramfs none s && touch s/o && bindfs --chmod-ignore s m 2>/dev/null") != 0)
    HOST_SKIP ("bindfs cannot mount here");
  cr_assert_eq (chdir ("m"), 0);
  expect_errno (":", "0:0 700 u::rwx,g::---,o::--- -", E13_ERROR_FAILED,
                "the system did not keep the access ACL of 'o'");
}

/* A child of another user, since a test that gave up root could not clean up. Exits with 0 where @check says so. */
static void
expect_as (guint32 uid, guint32 gid, gboolean (*check) (void))
{
  pid_t child = fork ();
  int status = -1;

  if (child == 0)
    _exit (setgid (gid) == 0 && setuid (uid) == 0 && check () ? 0 : 1);
  cr_assert (child > 0 && waitpid (child, &status, 0) == child);
  cr_expect_eq (status, 0);
}

static gboolean
is_refused_for_setgid (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (E13Attributes) before = { 0 };
  g_auto (E13Attributes) after = { 0 };
  E13Pin *pin = host_pin ("o");
  E13ObjectKey key = pin->facts.key;

  e13_attributes_from_facts (&before, &pin->facts);
  attributes_parse ("65534:7 2770 " DIR_GRANT " -", &after);
  return !e13_posix_write.set (pin, &key, &before, &after, FALSE, &error)
         && g_error_matches (error, E13_ERROR, E13_ERROR_REFUSED) && (e13_posix_read.refresh (pin, NULL))
         && pin->facts.mode == 02750;
}

Test (write, an_owner_outside_the_group_does_not_lose_setgid)
{
  SKIP_UNLESS_ROOT ();
  host_run ("mkdir o && chown 65534:7 o && chmod 2750 o && chmod 0755 .");
  expect_as (65534, 65534, is_refused_for_setgid);
}

/* ---- Directories ----------------------------------------------------------------------------- */

static const struct
{
  const char *label;
  const char *make; /* makes "p" */
  guint umask;
  const char *made; /* stat's %u:%g %a of p/new; NULL: it is refused */
} directories[] = {
  { "as its parent's owner", "mkdir p; chown 33:7 p", 022, "33:7 755" },
  { "whatever our umask", "mkdir p; chown 33:7 p", 077, "33:7 755" },
  { "below setgid", "mkdir p; chown 33:7 p; chmod 2755 p", 022, "33:7 2755" },
  { "below a default ACL", "mkdir p; chown 33:33 p; setfacl -dm u::rwx,u:7:rwx,g::r-x,m::rwx,o::- p", 077,
    "33:33 770" },
  { "as root", "mkdir p", 022, "0:0 755" },
  { "where its owner could not", "mkdir p; chown 33:33 p; chmod 555 p", 022, NULL },
  { "where something is", "mkdir -p p/new; chown 33:33 p", 022, NULL },
};

Test (write, directories_are_made_as_their_parents_owner_would)
{
  SKIP_UNLESS_ROOT ();
  for (gsize i = 0; i < G_N_ELEMENTS (directories); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *made = NULL;
      E13Pin *parent;
      E13Pin *pin;
      mode_t mask;

      host_run ("rm -rf p; %s", directories[i].make);
      parent = host_pin ("p");
      umask ((mode_t)directories[i].umask);
      pin = e13_posix_write.make_directory (parent, "new", NULL, &error);
      mask = umask (022);
      cr_expect_eq (mask, directories[i].umask, "%s: the umask became %o", directories[i].label, mask);
      cr_expect_eq (geteuid (), 0);
      cr_expect_eq (pin != NULL, directories[i].made != NULL, "%s: %s", directories[i].label,
                    error != NULL ? error->message : "was made");
      if (pin != NULL)
        {
          made = host_ask ("stat -c '%%u:%%g %%a' p/new");
          cr_expect_str_eq (made, directories[i].made, "%s: it is %s", directories[i].label, made);
          cr_expect_str_eq (pin->path, "p/new");
        }
      e13_posix_read.unpin (pin);
      e13_posix_read.unpin (parent);
      /* The identity of this thread must be its own again. */
      host_run ("mkdir -p own && test \"$(stat -c %%u own)\" = 0 && rmdir own");
    }
}

static const struct
{
  const char *label;
  const char *meanwhile;
  gboolean removed;
} removals[] = {
  { "it is empty", ":", TRUE },
  { "its attributes have changed", "chmod 700 p/d", TRUE },
  { "something is in it", "touch p/d/x", FALSE },
  { "another took its place", "mkdir p/e; mv p/d q; mv p/e p/d", FALSE },
  { "a link took its place", "mv p/d q; ln -s ../q p/d", FALSE },
  { "it is gone", "rmdir p/d", FALSE },
};

Test (write, only_the_directory_that_was_made_is_removed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (removals); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *there = NULL;
      E13ObjectKey key;
      E13Pin *parent;
      E13Pin *pin;
      gboolean removed;

      host_run ("rm -rf p q; mkdir -p p/d");
      parent = host_pin ("p");
      pin = host_pin ("p/d");
      key = pin->facts.key;
      e13_posix_read.unpin (pin);
      host_run ("%s", removals[i].meanwhile);
      removed = e13_posix_write.remove_directory (parent, "d", &key, &error);
      cr_expect_eq (removed, removals[i].removed, "%s: %s", removals[i].label,
                    error != NULL ? error->message : "was removed");
      cr_expect_eq (error == NULL, removed, "%s", removals[i].label);
      there = host_ask ("ls -d p/d q 2>/dev/null || :");
      cr_expect (removed == (*there == '\0') || g_str_equal (removals[i].label, "it is gone"), "%s: left %s",
                 removals[i].label, there);
      e13_posix_read.unpin (parent);
    }
}
