/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include "explain/path.h"
#include "tests/support/acl-text.h"
#include "tests/support/fake-platform.h"

TestSuite (explain_path, .timeout = 60);

static const E13Mount read_only
    = { .mount_point = (char *)"/mnt/a b", .fs_type = (char *)"iso9660", .read_only = TRUE };
static const E13Mount noexec = { .mount_point = (char *)"/tmp", .fs_type = (char *)"tmpfs", .noexec = TRUE };
static const E13Mount nfs = { .mount_point = (char *)"/net", .fs_type = (char *)"nfs4", .is_network = TRUE };
static const E13Mount vfat = { .mount_point = (char *)"/usb", .fs_type = (char *)"vfat", .mode_from_mount = TRUE };
static const E13Mount full = { .mount_point = (char *)"/full", .fs_type = (char *)"ext4", .no_inodes_left = TRUE };

#define PUBLIC_DIRECTORY .type = E13_TYPE_DIRECTORY, .acl = "u::rwx,g::r-x,o::r-x"
#define PUBLIC_FILE .type = E13_TYPE_FILE, .acl = "u::rw-,g::r--,o::r--"
#define MARIAS .uid = 1000, .gid = 100

static const FakeObject world[] = {
  { "/srv", PUBLIC_DIRECTORY },
  { "/srv/site", .type = E13_TYPE_DIRECTORY, .acl = "u::rwx,g::r-x,o::r-x", MARIAS },
  { "/srv/site/a b.txt", .type = E13_TYPE_FILE, .acl = "u::rw-,g::---,o::---", MARIAS },
  { "/srv/site/mine", .type = E13_TYPE_FILE, .acl = "u::r--,g::---,o::rw-", .uid = 33, .gid = 33 },
  { "/srv/site/extended", .type = E13_TYPE_FILE, .acl = "u::rw-,u:8:rw-,u:33:rw-,g::r--,m::r--,o::---", MARIAS },
  { "/srv/site/ignored", .type = E13_TYPE_FILE, .acl = "u::rw-,u:8:rw-,g::---,m::---,o::r--", MARIAS },
  { "/srv/site/script", .type = E13_TYPE_FILE, .acl = "u::rwx,g::r-x,o::r-x", MARIAS },
  { "/srv/site/immutable", PUBLIC_FILE, .uid = 33, .attributes = E13_ATTRIBUTE_IMMUTABLE, .kernel_takes = W,
    .kernel_error = EPERM },
  { "/srv/site/log", PUBLIC_FILE, .uid = 33, .attributes = E13_ATTRIBUTE_APPEND_ONLY },
  { "/srv/site/labelled", PUBLIC_FILE, .kernel_takes = R },
  { "/srv/site/lenient", .type = E13_TYPE_FILE, .acl = "u::---,g::---,o::---", .kernel_gives = R },
  { "/srv/site/running", .type = E13_TYPE_FILE, .acl = "u::rwx,g::r-x,o::r-x", .uid = 33, .kernel_takes = W,
    .kernel_error = ETXTBSY },
  { "/srv/site/mute", PUBLIC_FILE, .kernel_is_mute = TRUE },
  { "/srv/site/odd", PUBLIC_FILE, .kernel_takes = R, .kernel_error = EIO },
  { "/srv/site/unread", PUBLIC_FILE, .acl_state = E13_ACL_UNREADABLE, .kernel_takes = R },
  { "/srv/site/unread-private", .type = E13_TYPE_FILE, .acl = "u::rw-,g::---,o::---", .acl_state = E13_ACL_UNREADABLE },
  { "/srv/site/no-acls", .type = E13_TYPE_FILE, .acl = "u::rw-,g::---,o::---", .acl_state = E13_ACL_UNSUPPORTED,
    MARIAS },
  { "/srv/site/id_rsa", .type = E13_TYPE_FILE, .acl = "u::rw-,g::---,o::---", MARIAS },
  { "/home", PUBLIC_DIRECTORY },
  { "/home/maria", .type = E13_TYPE_DIRECTORY, .acl = "u::rwx,g::---,o::---", MARIAS },
  { "/srv/site/private", .type = E13_TYPE_DIRECTORY, .acl = "u::rwx,g::---,o::---", MARIAS },
  { "/srv/site/private/there", PUBLIC_FILE, MARIAS },
  { "/srv/site/data", .type = E13_TYPE_DIRECTORY, .acl = "u::rwx,g::r-x,o::r-x", .uid = 33 },
  { "/srv/site/data/kept", PUBLIC_FILE, MARIAS },
  { "/srv/site/data/mount", PUBLIC_DIRECTORY, .attributes = E13_ATTRIBUTE_MOUNT_ROOT },
  { "/srv/site/unseen", PUBLIC_DIRECTORY, .lookup_error = EACCES },
  { "/srv/current", .type = E13_TYPE_SYMLINK, .link_target = "site/data" },
  { "/srv/absolute", .type = E13_TYPE_SYMLINK, .link_target = "/srv/site" },
  { "/srv/circle", .type = E13_TYPE_SYMLINK, .link_target = "circle" },
  { "/srv/dangling", .type = E13_TYPE_SYMLINK, .link_target = "nowhere/x" },
  { "/tmp", .type = E13_TYPE_DIRECTORY, .acl = "u::rwx,g::rwx,o::rwx", .upper_mode = 01000 },
  { "/tmp/cgi", .type = E13_TYPE_FILE, .acl = "u::rwx,g::r-x,o::r-x", .mount = &noexec, .kernel_takes = X },
  { "/tmp/theirs", PUBLIC_FILE, MARIAS },
  { "/tmp/link", .type = E13_TYPE_SYMLINK, .link_target = "/srv", MARIAS },
  { "/mnt", PUBLIC_DIRECTORY },
  { "/mnt/a b", .type = E13_TYPE_DIRECTORY, .acl = "u::rwx,g::rwx,o::rwx", .mount = &read_only, .kernel_takes = W,
    .kernel_error = EROFS },
  { "/net", PUBLIC_DIRECTORY, .mount = &nfs },
  { "/usb", .type = E13_TYPE_DIRECTORY, .acl = "u::rwx,g::---,o::---", .mount = &vfat },
  { "/full", .type = E13_TYPE_DIRECTORY, .acl = "u::rwx,g::rwx,o::rwx", .mount = &full },
};

typedef struct
{
  const char *path;
  E13Want want;
  const char *who;
  gboolean model;
  E13YesNo granted;
  E13Judge judge;
  const char *text; /* the last links, one a line, and the cures */
} Row;

#define SERVER "www-data=33:33"
#define NO E13_ANSWER_NO
#define YES E13_ANSWER_YES
#define UNKNOWN E13_ANSWER_UNKNOWN
#define KERNEL E13_JUDGE_KERNEL
#define BOTH E13_JUDGE_KERNEL_AND_MODEL
#define MODEL E13_JUDGE_MODEL

static const Row rows[] = {
  /* The object itself. */
  { "/srv/site/script", E13_WANT_READ, SERVER, FALSE, YES, KERNEL,
    "/ search yes: mode 0755, owner root: www-data is neither owner nor in group 0, and others get r-x\n"
    "/srv search yes: mode 0755, owner root: www-data is neither owner nor in group 0, and others get r-x\n"
    "/srv/site search yes: mode 0755, owner maria: www-data is neither owner nor in group staff, and others get r-x\n"
    "/srv/site/script read yes: mode 0755, owner maria: www-data is neither owner nor in group staff, and others get "
    "r-x\n" },
  { "/srv/site/a b.txt", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "/srv/site/a b.txt read no: mode 0600, owner maria: www-data is neither owner nor in group staff, and others get "
    "---\ncure: setfacl -m u:www-data:r-- '/srv/site/a b.txt'\n" },
  { "/srv/site/a b.txt", E13_WANT_READ, "4321:33", TRUE, NO, MODEL,
    "cure: setfacl -m u:4321:r-- '/srv/site/a b.txt'\n" },
  { "/srv/site/id_rsa", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "cure: no command for /srv/site/id_rsa: it is key material by its name, which its own programs refuse once others "
    "can read it\n" },
  { "/home/maria", E13_WANT_RUN, SERVER, FALSE, NO, KERNEL, "cure: setfacl -m u:www-data:--x /home/maria\n" },
  { "/home/maria/new", E13_WANT_CREATE, SERVER, FALSE, NO, KERNEL,
    "cure: no command for /home/maria: it is a home: sshd refuses the keys below a directory that others may write\n" },
  { "/srv/site/a b.txt", E13_WANT_READ, "root=0:0+", FALSE, YES, KERNEL,
    "/srv/site/a b.txt read yes: root is held by no permission bit (CAP_DAC_OVERRIDE)\n" },
  { "/srv/site/a b.txt", E13_WANT_RUN, "root=0:0+", FALSE, NO, KERNEL,
    "/srv/site/a b.txt run no: mode 0600: nobody has an execute bit, and not even CAP_DAC_OVERRIDE runs such a "
    "file\n" },
  { "/srv/site/mine", E13_WANT_WRITE, SERVER, FALSE, NO, KERNEL,
    "/srv/site/mine write no: mode 0406: www-data is the owner, and the owner bits r-- decide alone, though others "
    "have "
    "-w-\ncure: chmod u+w /srv/site/mine\n" },
  { "/srv/site/extended", E13_WANT_WRITE, SERVER, FALSE, NO, KERNEL,
    "/srv/site/extended write no: ACL entry user:www-data:rw- is cut to r-- by the mask (chmod after the ACL was set "
    "does this)\ncure: setfacl --set u::rw-,u:8:r--,u:33:rw-,g::r--,m::rw-,o::--- /srv/site/extended\n" },
  { "/srv/site/ignored", E13_WANT_WRITE, SERVER, FALSE, NO, KERNEL,
    "cure: setfacl --set u::rw-,u:8:---,u:33:rw-,g::---,m::rw-,o::r-- /srv/site/ignored\n"
    "cure: beware: uid 8 then loses r--, which the ignored ACL had left to others\n" },
  { "/srv/site/unread", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "/srv/site/unread read no: the mode would grant this; the ACL, which could not be read, or a security label denies "
    "it\n" },
  { "/srv/site/unread", E13_WANT_READ, SERVER, TRUE, UNKNOWN, MODEL,
    "/srv/site/unread read unknown: mode 0644, owner root: www-data is neither owner nor in group 0, and others get "
    "r--; "
    "but its ACL could not be read: Input/output error\n" },
  { "/srv/site/unread", E13_WANT_WRITE, SERVER, TRUE, NO, MODEL, "could not be read: Input/output error\n" },
  { "/srv/site/unread-private", E13_WANT_READ, SERVER, TRUE, NO, MODEL, "and others get ---\n" },
  { "/srv/site/no-acls", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "cure: the file system has no ACLs: only chgrp and chmod can widen /srv/site/no-acls, for a whole group or for "
    "everybody\n" },
  { "/srv/site/data", E13_WANT_RUN, SERVER, FALSE, YES, KERNEL,
    "/srv/site/data search yes: mode 0755: www-data is the owner, and the owner bits rwx decide alone\n" },

  /* What no permission decides. */
  { "/srv/site/immutable", E13_WANT_WRITE, SERVER, FALSE, NO, KERNEL,
    "/srv/site/immutable write no: it is immutable (chattr +i): not even root writes it\n"
    "cure: lsattr -d /srv/site/immutable shows the flag; chattr -i /srv/site/immutable takes it away, if nobody set it "
    "on "
    "purpose\n" },
  { "/srv/site/immutable", E13_WANT_WRITE, SERVER, TRUE, NO, MODEL,
    "chattr -i /srv/site/immutable takes it away, if nobody set it on "
    "purpose\n" },
  { "/srv/site/log", E13_WANT_WRITE, SERVER, FALSE, NO, BOTH,
    "/srv/site/log write no: it is append-only (chattr +a): data can be added at its end, but nothing overwritten\n"
    "cure: lsattr -d /srv/site/log shows the flag; chattr -a /srv/site/log takes it away, if nobody set it on "
    "purpose\n" },
  { "/srv/site/log", E13_WANT_READ, SERVER, FALSE, YES, KERNEL, "owner bits rw- decide alone\n" },
  { "/srv/site/labelled", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "/srv/site/labelled read no: the permission bits would grant this; something else denies it: a security label "
    "(SELinux, AppArmor) or the file system itself\n" },
  { "/srv/site/lenient", E13_WANT_READ, SERVER, FALSE, YES, KERNEL,
    "/srv/site/lenient read yes: the kernel grants it, though the permission bits would not (mode 0000, owner root: "
    "www-data is neither owner nor in group 0, and others get ---): the file system decides by rules of its own\n" },
  { "/srv/site/running", E13_WANT_WRITE, SERVER, FALSE, NO, KERNEL,
    "/srv/site/running write no: it is being executed right now\n" },
  { "/srv/site/odd", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "/srv/site/odd read no: the kernel says: Input/output error\n" },
  { "/srv/site/mute", E13_WANT_READ, SERVER, FALSE, YES, MODEL,
    "and others get r-- (by the model: the kernel could not be asked)\n" },
  { "/tmp/cgi", E13_WANT_RUN, SERVER, FALSE, NO, KERNEL,
    "/tmp/cgi run no: the file system at '/tmp' is mounted noexec\n"
    "cure: no permission cures a noexec mount: mount -o remount,exec /tmp, or keep programs elsewhere\n" },
  { "/tmp/cgi", E13_WANT_RUN, SERVER, TRUE, NO, MODEL,
    "/tmp/cgi run no: the file system at '/tmp' is mounted noexec\n"
    "cure: no permission cures a noexec mount: mount -o remount,exec /tmp, or keep programs elsewhere\n" },
  { "/mnt/a b", E13_WANT_CREATE, SERVER, FALSE, NO, KERNEL,
    "/mnt/a b create no: the file system at '/mnt/a b' is mounted read-only\n"
    "cure: no permission cures a read-only mount: mount -o remount,rw '/mnt/a b', if it is not meant to be so\n" },
  { "/mnt/a b", E13_WANT_CREATE, SERVER, TRUE, NO, MODEL,
    "/mnt/a b create no: the file system at '/mnt/a b' is mounted read-only\n"
    "cure: no permission cures a read-only mount: mount -o remount,rw '/mnt/a b', if it is not meant to be so\n" },
  { "/net", E13_WANT_READ, SERVER, FALSE, UNKNOWN, KERNEL,
    "and others get r-x; but the server of this file system (nfs4) decides, and may map accounts differently\n" },
  { "/usb", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "cure: the mount decides the permissions here: change the options uid=, gid= and umask= of /usb\n" },
  { "/full", E13_WANT_CREATE, SERVER, FALSE, YES, KERNEL,
    "and others get rwx; but the file system has no inodes left\n" },

  /* The way. */
  { "/srv/site/private/there", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "/srv/site/private search no: mode 0700, owner maria: www-data is neither owner nor in group staff, and others get "
    "---\n/srv/site/private/there read yes: mode 0644, owner maria: www-data is neither owner nor in group staff, and "
    "others get r--\ncure: setfacl -m u:www-data:--x /srv/site/private\n" },
  { "/srv/site/nothing/here", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "/srv/site/nothing/here read no: it does not exist\n" },
  { "/srv/site/private/nothing", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "and others get ---\n/srv/site/private/nothing read no: it does not exist; but as a directory above cannot be "
    "entered, the error is Permission denied, not No such file or directory\n"
    "cure: setfacl -m u:www-data:--x /srv/site/private\n" },
  { "/srv/site/script/below", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "/srv/site/script search no: it is a file, not a directory: nothing lies below it\n" },
  { "/srv/site/unseen/x", E13_WANT_READ, SERVER, FALSE, UNKNOWN, KERNEL,
    "/srv/site/unseen/x read unknown: it cannot be looked up: Permission denied\n" },
  { "/srv/current", E13_WANT_WRITE, SERVER, FALSE, YES, KERNEL,
    "/srv/current follow yes: it leads to 'site/data'\n"
    "/srv/site search yes: mode 0755, owner maria: www-data is neither owner nor in group staff, and others get r-x\n"
    "/srv/site/data write yes: mode 0755: www-data is the owner, and the owner bits rwx decide alone\n" },
  { "/srv/absolute/mine", E13_WANT_READ, SERVER, FALSE, YES, KERNEL,
    "others get r-x\n/srv/absolute follow yes: it leads to '/srv/site'\n"
    "/srv/site search yes: mode 0755, owner maria: www-data is neither owner nor in group staff, and others get r-x\n"
    "/srv/site/mine read yes: mode 0406: www-data is the owner, and the owner bits r-- decide alone\n" },
  { "/srv/circle", E13_WANT_READ, SERVER, FALSE, NO, KERNEL,
    "/srv/circle read no: the links on the way lead in a circle, or are none that can be followed by their text\n" },
  { "/tmp/link/site", E13_WANT_READ, SERVER, FALSE, UNKNOWN, KERNEL,
    "/tmp/link follow unknown: it leads to '/srv'; somebody else's link in a sticky directory is not followed where "
    "fs.protected_symlinks is on\n"
    "/srv search yes: mode 0755, owner root: www-data is neither owner nor in group 0, and others get r-x\n"
    "/srv/site read yes: mode 0755, owner maria: www-data is neither owner nor in group staff, and others get r-x\n" },
  { "/srv/site/data/..", E13_WANT_READ, SERVER, FALSE, YES, KERNEL,
    "/srv/site search yes: mode 0755, owner maria: www-data is neither owner nor in group staff, and others get r-x\n"
    "/srv/site/data search yes: mode 0755: www-data is the owner, and the owner bits rwx decide alone\n"
    "/srv/site read yes: mode 0755, owner maria: www-data is neither owner nor in group staff, and others get r-x\n" },

  /* Creating. */
  { "/srv/site/data", E13_WANT_CREATE, SERVER, FALSE, YES, KERNEL,
    "/srv/site/data create yes: mode 0755: www-data is the owner, and the owner bits rwx decide alone\n" },
  { "/srv/site/data/new/file", E13_WANT_CREATE, SERVER, FALSE, YES, KERNEL,
    "and others get r-x\n/srv/site/data create yes: mode 0755: www-data is the owner, and the owner bits rwx decide "
    "alone\n" },
  { "/srv/site/new/file", E13_WANT_CREATE, SERVER, FALSE, NO, KERNEL,
    "/srv/site create no: mode 0755, owner maria: www-data is neither owner nor in group staff, and others get r-x\n"
    "cure: setfacl -m u:www-data:rwx /srv/site\n" },
  { "/srv/site/private/new", E13_WANT_CREATE, SERVER, FALSE, NO, KERNEL,
    "/srv/site/private create no: mode 0700, owner maria: www-data is neither owner nor in group staff, and others get "
    "---\ncure: setfacl -m u:www-data:-wx /srv/site/private\n" },
  { "/srv/site/data/kept", E13_WANT_CREATE, SERVER, FALSE, YES, KERNEL,
    "and others get r-x\n/srv/site/data create yes: mode 0755: www-data is the owner, and the owner bits rwx decide "
    "alone\n" },
  { "/srv/dangling", E13_WANT_CREATE, SERVER, FALSE, NO, KERNEL,
    "/srv/dangling follow yes: it leads to 'nowhere/x'\n"
    "/srv create no: mode 0755, owner root: www-data is neither owner nor in group 0, and others get r-x\n"
    "cure: no command for /srv: it belongs to the system, not to a site: its administrator decides who may\n" },
  { "/srv/site/script/below", E13_WANT_CREATE, SERVER, FALSE, NO, KERNEL,
    "/srv/site/script search no: it is a file, not a directory: nothing lies below it\n" },

  /* Deleting. */
  { "/srv/site/data/kept", E13_WANT_DELETE, SERVER, FALSE, YES, BOTH,
    "/srv/site/data delete yes: mode 0755: www-data is the owner, and the owner bits rwx decide alone\n"
    "/srv/site/data/kept delete yes: no flag, mount or sticky directory protects it\n" },
  { "/srv/site/mine", E13_WANT_DELETE, SERVER, TRUE, NO, MODEL,
    "/srv/site delete no: mode 0755, owner maria: www-data is neither owner nor in group staff, and others get r-x\n"
    "/srv/site/mine delete yes: no flag, mount or sticky directory protects it\n"
    "cure: setfacl -m u:www-data:rwx /srv/site\n" },
  { "/tmp/theirs", E13_WANT_DELETE, SERVER, FALSE, NO, BOTH,
    "/tmp/theirs delete no: the directory is sticky (mode 1777): only the object's owner maria, the directory's owner "
    "root and root delete in it\n" },
  { "/srv/site/data/mount", E13_WANT_DELETE, SERVER, FALSE, NO, BOTH,
    "/srv/site/data/mount delete no: it is a mount point\ncure: umount /srv/site/data/mount, if it may go\n" },
  { "/srv/current", E13_WANT_DELETE, SERVER, FALSE, NO, BOTH,
    "/srv delete no: mode 0755, owner root: www-data is neither owner nor in group 0, and others get r-x\n"
    "/srv/current delete yes: no flag, mount or sticky directory protects it\n"
    "cure: no command for /srv: it belongs to the system, not to a site: its administrator decides who may\n" },
  { "/srv/dangling", E13_WANT_DELETE, "root=0:0+", FALSE, YES, BOTH,
    "/srv/dangling delete yes: no flag, mount or sticky directory protects it\n" },
  { "/srv/site/data/..", E13_WANT_DELETE, "maria=1000:100", FALSE, NO, BOTH,
    "/srv delete no: mode 0755, owner root: maria is neither owner nor in group 0, and others get r-x\n"
    "/srv/site delete yes: no flag, mount or sticky directory protects it\n"
    "cure: no command for /srv: it belongs to the system, not to a site: its administrator decides who may\n" },
  { "/srv/absolute/data/kept/", E13_WANT_DELETE, SERVER, FALSE, YES, BOTH,
    "/srv/site/data/kept delete yes: no flag, mount or sticky directory protects it\n" },
  { "/srv/site/nothing", E13_WANT_DELETE, SERVER, FALSE, NO, KERNEL,
    "/srv/site/nothing delete no: it does not exist\n" },
  { "/", E13_WANT_DELETE, SERVER, FALSE, NO, BOTH,
    "/ delete yes: no flag, mount or sticky directory protects it\n"
    "cure: no command for /: it belongs to the system, not to a site: its administrator decides who may\n" },
};

static char *
explanation_text (const E13Explanation *explanation)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < explanation->chain->len; i++)
    {
      const E13Link *link = g_ptr_array_index (explanation->chain, i);

      g_string_append_printf (text, "%s %s %s: %s\n", link->path, link->asked,
                              link->unknown   ? "unknown"
                              : link->granted ? "yes"
                                              : "no",
                              link->because);
    }
  for (guint i = 0; i < explanation->cures->len; i++)
    g_string_append_printf (text, "cure: %s\n", (const char *)g_ptr_array_index (explanation->cures, i));
  return g_string_free (text, FALSE);
}

ParameterizedTestParameters (explain_path, chains)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

ParameterizedTest (gsize *index, explain_path, chains)
{
  const Row *row = &rows[*index];
  g_autoptr (E13Identity) identity = test_identity (row->who);
  g_autoptr (E13Explanation) explanation = NULL;
  g_autoptr (GError) error = NULL;
  const E13Wanted wanted = { row->want, 0 };
  const E13Asker asker = { .ops = &fake_platform, .identity = identity, .ask_kernel = !row->model };
  g_autofree char *want = e13_wanted_name (&wanted);
  g_autofree char *text = NULL;

  fake_platform_set (world, G_N_ELEMENTS (world));
  explanation = e13_explain_path (&asker, row->path, &wanted, &error);
  cr_assert_not_null (explanation, "%s: %s", row->path, error != NULL ? error->message : "no error");
  text = explanation_text (explanation);
  cr_expect_eq (explanation->granted, row->granted, "%s %s: granted is %d", row->path, want, explanation->granted);
  cr_expect_eq (explanation->judge, row->judge, "%s %s: judge is %d", row->path, want, explanation->judge);
  cr_expect (g_str_has_suffix (text, row->text), "%s %s:\n%s\ndoes not end with\n%s", row->path, want, text, row->text);
}

Test (explain_path, wants_have_names)
{
  for (E13Want i = E13_WANT_READ; i <= E13_WANT_MASK; i++)
    {
      E13Wanted wanted = { i, 0x1301bf }, parsed = { 0 };
      g_autofree char *name = e13_wanted_name (&wanted);

      cr_expect (e13_wanted_parse (name, &parsed, NULL), "%s", name);
      cr_expect_eq (parsed.want, i);
    }
}

static const struct
{
  const char *word;
  const char *message;
} bad_wants[] = {
  { "remove", "unknown value 'remove'" },
  { "0x", "'0x' is no access mask" },
  { "0x0", "'0x0' is no access mask" },
  { "0x1301bg", "is no access mask" },
  { "0x1301bf1301bf", "is no access mask" },
  { "0x2000000", "has bits that are no rights to files: 0x2000000" },
  { "0x200", "has bits that are no rights to files: 0x200" },
};

Test (explain_path, other_wants_are_refused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_wants); i++)
    {
      g_autoptr (GError) error = NULL;
      E13Wanted wanted;

      cr_assert_not (e13_wanted_parse (bad_wants[i].word, &wanted, &error), "%s", bad_wants[i].word);
      cr_assert_not_null (strstr (error->message, bad_wants[i].message), "%s: %s", bad_wants[i].word, error->message);
    }
}

Test (explain_path, a_mask_is_for_accounts_of_windows)
{
  g_autoptr (E13Identity) identity = test_identity (SERVER);
  const E13Asker asker = { .ops = &fake_platform, .identity = identity, .ask_kernel = TRUE };
  const E13Wanted wanted = { E13_WANT_MASK, 0x1301bf };
  g_autoptr (GError) error = NULL;

  cr_expect_null (e13_explain_path (&asker, "/srv", &wanted, &error));
  cr_expect_not_null (strstr (error->message, "only for an account of Windows"), "%s", error->message);
}

Test (explain_path, a_platform_that_cannot_look_up_is_an_error)
{
  g_autoptr (E13Identity) identity = test_identity (SERVER);
  const E13Asker asker = { .ops = &fake_platform, .identity = identity, .ask_kernel = TRUE };
  const E13Wanted wanted = { E13_WANT_READ, 0 };
  g_autoptr (GError) error = NULL;

  fake_platform_break_routes (TRUE);
  cr_expect_null (e13_explain_path (&asker, "/srv", &wanted, &error));
  cr_expect_not_null (error);
}
