/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules that file systems decide, on file systems mounted for the test in a mount namespace of its own. */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/audit-fixture.h"

TestSuite (audit_mounts, .timeout = 120);

#define OWNER 1500
#define APP 1533

static const char profile_text[] = "[Profile]\nName=Test\nSource=none\n"
                                   "[**]\nApp=read\n"
                                   "[data/**]\nApp=modify\n"
                                   "[**/*.cgi]\nApp=run\n";

static const E13TempObject objects[] = { { 'd', 0755, OWNER, "data", NULL, NULL }, { 0 } };

static void
own_namespace (void)
{
  if (geteuid () != 0)
    cr_skip_test ("needs root: mounts file systems");
  if (unshare (CLONE_NEWNS) != 0 || mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    cr_skip_test ("needs mount namespaces, which this system refuses");
}

static void
put_file (const char *directory, const char *name, mode_t mode)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  cr_assert (g_file_set_contents (path, "#!/bin/sh\n", -1, NULL));
  cr_assert_eq (chmod (path, mode), 0);
}

static void
fill_bytes (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "filler", NULL);
  static const char block[65536];
  int fd = open (path, O_WRONLY | O_CREAT, 0644);

  while (write (fd, block, sizeof block) > 0)
    ;
  close (fd);
}

static void
fill_inodes (const char *directory)
{
  for (guint i = 0;; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u", directory, i);
      int fd = open (path, O_WRONLY | O_CREAT, 0666);

      if (fd < 0)
        return;
      close (fd);
    }
}

typedef struct
{
  const char *label;
  const char *fs_type;
  const char *options;
  void (*fill) (const char *directory);
  unsigned long remount; /* flags set after filling */
  gboolean cross_mounts;
  const char *expected;
} Case;

static void
put_script (const char *directory)
{
  put_file (directory, "a.cgi", 0755);
}

static const Case cases[] = {
  { "not entered", "tmpfs", "mode=0777", NULL, 0, FALSE, "unknown data\n" },
  { "entered", "tmpfs", "mode=0755,uid=1533", NULL, 0, TRUE, "" },
  { "read-only", "tmpfs", "mode=0755,uid=1533", NULL, MS_RDONLY, TRUE, "read-only-mount data\n" },
  { "noexec", "tmpfs", "mode=0755,uid=1533", put_script, MS_NOEXEC, TRUE, "noexec-mount data/a.cgi\n" },
  { "no bytes", "tmpfs", "mode=0755,uid=1533,size=1m", fill_bytes, 0, TRUE,
    "no-space data\nnot-writable data/filler\n" },
  { "no inodes", "tmpfs", "mode=0755,uid=1533,nr_inodes=4", fill_inodes, 0, TRUE, NULL },
};

ParameterizedTestParameters (audit_mounts, rules)
{
  static gsize indices[G_N_ELEMENTS (cases)];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (cases));
}

ParameterizedTest (gsize *index, audit_mounts, rules, .init = own_namespace)
{
  const Case *row = &cases[*index];
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  g_autofree char *data = NULL;
  g_autofree char *found = NULL;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  data = g_build_filename (fixture.temp->path, "data", NULL);
  cr_assert_eq (mount ("none", data, row->fs_type, 0, row->options), 0, "%s: mount: %s", row->label, strerror (errno));
  if (row->fill != NULL)
    row->fill (data);
  if (row->remount != 0)
    cr_assert_eq (mount ("none", data, NULL, MS_REMOUNT | MS_BIND | row->remount, NULL), 0, "%s: %s", row->label,
                  strerror (errno));
  e13_audit_fixture_reopen (&fixture);
  fixture.request.cross_mounts = row->cross_mounts;
  audit = e13_audit_run (&fixture.request, NULL);
  found = e13_audit_describe (audit);
  if (row->expected != NULL)
    cr_expect_str_eq (found, row->expected, "%s: found\n%s", row->label, found);
  else
    cr_expect_not_null (e13_audit_find (audit, E13_RULE_NO_SPACE), "%s: found\n%s", row->label, found);
  umount (data);
}

/* The kernels of test machines seldom have such file systems: the real platform, but for what it says of the mount. */
static gboolean
mount_of_vfat (const E13Pin *pin, E13Mount *ret_mount, GError **error)
{
  (void)pin;
  (void)error;
  *ret_mount = (E13Mount){ .mount_point = g_strdup ("/mnt/\033[2J"),
                           .fs_type = g_strdup ("vfat"),
                           .mode_from_mount = TRUE,
                           .no_bytes_left = TRUE };
  return TRUE;
}

static gboolean
mount_of_nfs (const E13Pin *pin, E13Mount *ret_mount, GError **error)
{
  (void)pin;
  (void)error;
  *ret_mount = (E13Mount){ .mount_point = g_strdup ("/mnt"), .fs_type = g_strdup ("nfs4"), .is_network = TRUE };
  return TRUE;
}

Test (audit_mounts, a_file_system_without_modes, .init = own_namespace)
{
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  g_autofree char *found = NULL;
  E13ReadOps ops = e13_posix_read;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  ops.mount_of = mount_of_vfat;
  fixture.request.ops = &ops;
  audit = e13_audit_run (&fixture.request, NULL);
  found = e13_audit_describe (audit);
  cr_expect_str_eq (found, "mode-from-mount data\nno-space data\n", "found\n%s", found);
  for (guint i = 0; i < audit->findings->len; i++)
    {
      const E13Finding *finding = g_ptr_array_index (audit->findings, i);

      cr_expect_null (strchr (finding->sentence, '\033'), "a raw escape: %s", finding->rule->id);
      cr_expect (finding->because == NULL || strchr (finding->because, '\033') == NULL, "a raw escape: %s",
                 finding->rule->id);
    }
}

static gboolean
mount_of_wsl (const E13Pin *pin G_GNUC_UNUSED, E13Mount *ret_mount, GError **error G_GNUC_UNUSED)
{
  *ret_mount = (E13Mount){
    .mount_point = g_strdup ("/mnt/c"), .fs_type = g_strdup ("9p"), .mode_from_mount = TRUE, .is_windows_drive = TRUE
  };
  return TRUE;
}

Test (audit_mounts, a_drive_of_windows, .init = own_namespace)
{
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  const E13Finding *finding;
  E13ReadOps ops = e13_posix_read;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  ops.mount_of = mount_of_wsl;
  fixture.request.ops = &ops;
  audit = e13_audit_run (&fixture.request, NULL);
  finding = e13_audit_find (audit, E13_RULE_MODE_FROM_MOUNT);
  cr_assert_not_null (finding);
  cr_assert_eq (finding->cures->len, 1);
  cr_expect_str_eq (finding->cures->pdata[0], "modes here are made up by the mount: use errno13.exe in Windows");
}

Test (audit_mounts, a_server_has_the_last_word, .init = own_namespace)
{
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  g_autofree char *found = NULL;
  E13ReadOps ops = e13_posix_read;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  ops.mount_of = mount_of_nfs;
  fixture.request.ops = &ops;
  audit = e13_audit_run (&fixture.request, NULL);
  found = e13_audit_describe (audit);
  cr_expect_str_eq (found, "unknown \ncannot-create data\n", "found\n%s", found);
}

static int
set_flag (const char *path, int flag, gboolean on)
{
  int fd = open (path, O_RDONLY);
  int flags = 0;
  int result = fd >= 0 ? ioctl (fd, FS_IOC_GETFLAGS, &flags) : -1;

  flags = on ? flags | flag : flags & ~flag;
  if (result == 0)
    result = ioctl (fd, FS_IOC_SETFLAGS, &flags);
  if (fd >= 0)
    close (fd);
  return result;
}

Test (audit_mounts, an_immutable_directory_and_an_append_only_file, .init = own_namespace)
{
  g_auto (E13AuditFixture) fixture = { 0 };
  g_autoptr (E13Audit) audit = NULL;
  g_autofree char *data = NULL;
  g_autofree char *log = NULL;
  g_autofree char *found = NULL;

  e13_audit_fixture_init (&fixture, objects, profile_text, APP, TRUE);
  data = g_build_filename (fixture.temp->path, "data", NULL);
  put_file (data, "log", 0666);
  log = g_build_filename (data, "log", NULL);
  if (set_flag (log, FS_APPEND_FL, TRUE) != 0 || set_flag (data, FS_IMMUTABLE_FL, TRUE) != 0)
    {
      set_flag (log, FS_APPEND_FL, FALSE);
      cr_skip_test ("the file system of the temporary directory has no such flags");
    }
  audit = e13_audit_run (&fixture.request, NULL);
  found = e13_audit_describe (audit);
  cr_expect_str_eq (found, "immutable data\nimmutable data/log\nworld-writable data/log\n", "found\n%s", found);
  set_flag (data, FS_IMMUTABLE_FL, FALSE);
  set_flag (log, FS_APPEND_FL, FALSE);
}
