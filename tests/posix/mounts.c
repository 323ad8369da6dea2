/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/posix/mountinfo.h"
#include "platform/posix/proc.h"
#include "platform/posix/process.h"
#include "platform/posix/system.h"
#include "tests/posix/host.h"

TestSuite (mounts, .init = host_enter, .fini = host_leave, .timeout = 120);

/* ---- mountinfo, pure ------------------------------------------------------------------------- */

static const char table[] = "21 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
                            "22 21 0:5 / /a\\040b\\011c\\012d\\134e rw shared:7 master:2 - tmpfs none rw,size=4k\n"
                            "23 21 0:6 /sub /plain ro,noexec - fuse.my\\040fs x rw\n"
                            "malformed\n"
                            "24 21 0:7 / /no-dash rw shared:1\n"
                            "25 21 0:8 / /cut rw - ext4\n"
                            "226 21 0:9 / /last rw - xfs /dev/x rw";

static const struct
{
  guint64 id;
  const char *mount_point; /* NULL: there is none */
  const char *fs_type;
  const char *options;
} lines[] = {
  { 21, "/", "ext4", "rw,relatime,rw" },
  { 22, "/a b\tc\nd\\e", "tmpfs", "rw,rw,size=4k" },
  { 23, "/plain", "fuse.my fs", "ro,noexec,rw" },
  { 226, "/last", "xfs", "rw,rw" },
  { 2, NULL, NULL, NULL },
  { 24, NULL, NULL, NULL },
  { 25, NULL, NULL, NULL },
  { 0, NULL, NULL, NULL },
};

Test (mounts, lines_are_found_and_unescaped)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (E13MountLine) line = { NULL, NULL, NULL };
      gboolean found = e13_mount_line_find (table, lines[i].id, &line);

      cr_expect_eq (found, lines[i].mount_point != NULL, "mount %" G_GUINT64_FORMAT, lines[i].id);
      cr_expect (g_strcmp0 (line.mount_point, lines[i].mount_point) == 0, "mount point '%s'", line.mount_point);
      cr_expect (g_strcmp0 (line.fs_type, lines[i].fs_type) == 0, "type '%s'", line.fs_type);
      cr_expect (g_strcmp0 (line.options, lines[i].options) == 0, "options '%s'", line.options);
    }
}

static const struct
{
  const char *type;
  const char *options;
  guint traits;
} traits[] = {
  { "ext4", "rw", 0 },
  { "btrfs", "rw,unix", 0 },
  { "vfat", "rw,uid=33", E13_FS_MODE_FROM_MOUNT },
  { "fuseblk", "rw,allow_other", E13_FS_MODE_FROM_MOUNT },
  { "fuseblk", "rw,default_permissions", 0 },
  { "ntfs3", "rw", 0 },
  { "ntfs3", "rw,noacsrules", E13_FS_MODE_FROM_MOUNT },
  { "cifs", "rw,nounix,uid=0", E13_FS_MODE_FROM_MOUNT | E13_FS_NETWORK },
  { "cifs", "rw,unix", E13_FS_NETWORK },
  { "9p", "rw,trans=fd,aname=drvfs;path=C:\\;uid=1000;symlinkroot=/mnt/",
    E13_FS_MODE_FROM_MOUNT | E13_FS_NETWORK | E13_FS_WINDOWS_DRIVE },
  { "9p", "rw,aname=drvfs;path=C:\\;metadata;uid=1000", E13_FS_NETWORK | E13_FS_WINDOWS_DRIVE },
  { "9p", "rw,trans=virtio", E13_FS_NETWORK },
  { "drvfs", "rw,noatime", E13_FS_MODE_FROM_MOUNT | E13_FS_WINDOWS_DRIVE },
  { "nfs4", "rw,vers=4.2", E13_FS_NETWORK },
  { "fuse.sshfs", "rw,default_permissions", E13_FS_NETWORK },
  { "fuse.unheard-of", "rw,user_id=0", E13_FS_NETWORK },
  { "fuse.unheard-of", "rw,default_permissions", 0 },
};

Test (mounts, traits_by_type_and_options)
{
  for (gsize i = 0; i < G_N_ELEMENTS (traits); i++)
    {
      E13MountLine line = { (char *)"/", (char *)traits[i].type, (char *)traits[i].options };

      cr_expect_eq (e13_mount_line_traits (&line), traits[i].traits, "%s (%s): %u", traits[i].type, traits[i].options,
                    e13_mount_line_traits (&line));
    }
}

/* ---- Real mounts ----------------------------------------------------------------------------- */

enum
{
  READ_ONLY = 1,
  NOEXEC = 2,
  NO_BYTES = 4,
  NO_INODES = 8
};

static const struct
{
  const char *label;
  const char *make; /* mounts on "m" */
  const char *object;
  const char *fs_type;
  guint flags;
} mounts[] = {
  { "plain", "mount -t tmpfs none m", "m", "tmpfs", 0 },
  { "read-only mount", "mount -t tmpfs none m; mount -o remount,bind,ro m", "m", "tmpfs", READ_ONLY },
  { "read-only file system", "mount -t tmpfs -o ro none m", "m", "tmpfs", READ_ONLY },
  { "noexec", "mount -t tmpfs -o noexec none m; touch m/f", "m/f", "tmpfs", NOEXEC },
  { "full", "mount -t tmpfs -o size=16k none m; head -c 16384 /dev/zero > m/f", "m/f", "tmpfs", NO_BYTES },
  { "out of inodes", "mount -t tmpfs -o nr_inodes=2 none m; touch m/f", "m/f", "tmpfs", NO_INODES },
  { "full and read-only",
    "mount -t tmpfs -o size=16k,nr_inodes=2 none m; head -c 16384 /dev/zero > m/f; mount -o remount,ro m", "m", "tmpfs",
    READ_ONLY },
  { "one that counts nothing", "mount -t ramfs none m", "m", "ramfs", 0 },
  { "mounted over", "mount -t ramfs none m; mount -t tmpfs -o noexec none m", "m", "tmpfs", NOEXEC },
  { "behind a link", "mkdir 't m'; mount -t tmpfs none 't m'; ln -s x 't m/f'; mount --bind 't m' m", "m/f", "tmpfs",
    0 },
};

static guint
flags_of (const E13Mount *mount)
{
  return (mount->read_only ? READ_ONLY : 0) | (mount->noexec ? NOEXEC : 0) | (mount->no_bytes_left ? NO_BYTES : 0)
         | (mount->no_inodes_left ? NO_INODES : 0);
}

Test (mounts, real_ones)
{
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *mount_point = g_build_filename (here, "m", NULL);

  SKIP_UNLESS_ROOT ();
  host_unshare_mounts ();
  for (gsize i = 0; i < G_N_ELEMENTS (mounts); i++)
    for (int by_fdinfo = 0; by_fdinfo <= 1; by_fdinfo++)
      {
        g_autoptr (GError) error = NULL;
        g_auto (E13Mount) mount = { 0 };
        E13Pin *pin;

        host_run ("rm -rf 't m'; mkdir -p m; %s", mounts[i].make);
        pin = host_pin (mounts[i].object);
        if (by_fdinfo)
          pin->facts.key.mount_id = 0;
        cr_assert (e13_posix_mount_of (pin, &mount, &error), "%s: %s", mounts[i].label, error->message);
        cr_expect_str_eq (mount.mount_point, mount_point, "%s: on %s", mounts[i].label, mount.mount_point);
        cr_expect_str_eq (mount.fs_type, mounts[i].fs_type, "%s: type %s", mounts[i].label, mount.fs_type);
        cr_expect_eq (flags_of (&mount), mounts[i].flags, "%s: flags %u", mounts[i].label, flags_of (&mount));
        cr_expect_not (mount.is_network || mount.mode_from_mount, "%s", mounts[i].label);
        e13_posix_read.unpin (pin);
        host_run ("while umount m 2>/dev/null; do :; done; umount 't m' 2>/dev/null; :");
      }
}

/* Exits with 0 where all is as it should be: whoever is in a chroot cannot leave it to clean up. */
static int
look_from_a_chroot (void)
{
  g_auto (E13Mount) mount = { 0 };
  E13Pin *pin;

  if (chroot ("m/jail") < 0 || chdir ("/") < 0)
    return 1;
  pin = host_pin ("/");
  if (!e13_posix_mount_of (pin, &mount, NULL))
    return 2;
  if (!g_str_equal (mount.mount_point, "/") || !g_str_equal (mount.fs_type, "unknown"))
    return 3;
  return flags_of (&mount) == (READ_ONLY | NOEXEC) ? 0 : 4;
}

Test (mounts, in_a_chroot_the_flags_are_still_known)
{
  pid_t child;
  int status;

  SKIP_UNLESS_ROOT ();
  host_unshare_mounts ();
  host_run ("mkdir m && mount -t tmpfs -o noexec none m && mkdir -p m/jail/proc && mount -t proc none m/jail/proc "
            "&& mount -o remount,ro m");
  child = fork ();
  if (child == 0)
    _exit (look_from_a_chroot ());
  cr_assert (child > 0 && waitpid (child, &status, 0) == child);
  cr_expect_eq (status, 0, "status %d", status);
}

/* ---- Without a /proc that is proc ------------------------------------------------------------ */

static const struct
{
  const char *label;
  const char *cover;
  const char *message;
} covers[] = {
  { "nothing is mounted", "mount -t tmpfs none /proc",
    "cannot open '/proc/self/fd', without which no object can be pinned: No such file or directory" },
  { "something else is mounted", "mount -t tmpfs none /proc && mkdir -p /proc/self/fd",
    "'/proc/self/fd' is not on a proc file system, without which no object can be pinned" },
};

static gboolean
any_program (const char *program G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  return TRUE;
}

Test (mounts, without_proc_it_is_said)
{
  SKIP_UNLESS_ROOT ();
  host_unshare_mounts ();
  for (gsize i = 0; i < G_N_ELEMENTS (covers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = NULL;
      int fd;

      host_run ("%s", covers[i].cover);
      fd = e13_posix_proc_fd (&error);
      found = e13_posix_processes (any_program, NULL);
      host_run ("umount /proc");
      cr_expect_eq (fd, -1, "%s", covers[i].label);
      cr_assert_not_null (error, "%s", covers[i].label);
      cr_expect_str_eq (error->message, covers[i].message, "%s: %s", covers[i].label, error->message);
      cr_expect_not_null (found, "%s", covers[i].label);
    }
  cr_expect_geq (e13_posix_proc_fd (NULL), 0);
}

/* ---- Handles --------------------------------------------------------------------------------- */

static char *
handle_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  E13Pin *pin = host_pin (path);
  char *handle = e13_posix_handle_of (pin, &error);

  cr_assert_not_null (handle, "%s: %s", path, error != NULL ? error->message : "");
  e13_posix_read.unpin (pin);
  return handle;
}

static const struct
{
  const char *fs_type;
  const char *make; /* makes "img" */
  const char *prefix;
} images[] = {
  { "ext4", "truncate -s 8M img && mkfs.ext4 -q img", NULL },
  { "xfs", "truncate -s 320M img && mkfs.xfs -q img", "0000000000000000/" },
};

/* Mounted again, on another device and place, with the name changed: the same. The inode's number used again:
 * another. */
Test (mounts, handles_outlive_a_mount_and_not_an_inode)
{
  SKIP_UNLESS_ROOT ();
  host_unshare_mounts ();
  for (gsize i = 0; i < G_N_ELEMENTS (images); i++)
    {
      g_autofree char *first = NULL;
      g_autofree char *later = NULL;
      g_autofree char *other = NULL;

      host_run ("mkdir -p m n; %s && mount -o loop img m && touch m/f", images[i].make);
      first = handle_of ("m/f");
      host_run ("mv m/f m/g && chmod 600 m/g && umount m && touch other && truncate -s 1M other "
                "&& l=$(losetup -f --show other) && mount -o loop img n && losetup -d $l");
      later = handle_of ("n/g");
      cr_expect_str_eq (later, first, "%s: %s became %s", images[i].fs_type, first, later);
      cr_expect (images[i].prefix == NULL || g_str_has_prefix (first, images[i].prefix), "%s: %s", images[i].fs_type,
                 first);
      /* Unmounting lets go of what XFS frees in the background only. */
      host_run ("i=$(stat -c %%i n/g); rm n/g; umount n; mount -o loop img n; for k in $(seq 64); do touch n/$k; done; "
                "find n -inum $i -exec mv {} n/again ';'; test -e n/again");
      other = handle_of ("n/again");
      cr_expect_str_neq (other, first, "%s: another inode is taken for the first", images[i].fs_type);
      host_run ("umount n; rm img");
    }
}

Test (mounts, an_overlay_has_handles_that_outlive_a_copy_up)
{
  g_autofree char *lower = NULL;
  g_autofree char *upper = NULL;

  SKIP_UNLESS_ROOT ();
  host_unshare_mounts ();
  if (system ("mkdir t low o && mount -t tmpfs none t && mkdir t/up t/work && touch low/f "
              "&& mount -t overlay -o lowerdir=low,upperdir=t/up,workdir=t/work none o 2>/dev/null")
      != 0)
    HOST_SKIP ("no overlay can be mounted here");
  lower = handle_of ("o/f");
  host_run ("chmod 600 o/f");
  upper = handle_of ("o/f");
  if (strstr (lower, "/btime:") != NULL)
    HOST_SKIP ("this kernel has no handles on an overlay");
  cr_expect_str_eq (upper, lower, "%s became %s", lower, upper);
}

Test (mounts, file_capabilities_are_seen)
{
  E13Pin *with;
  E13Pin *without;

  SKIP_UNLESS_ROOT ();
  host_run ("touch with without && setcap cap_net_raw+ep with");
  with = host_pin ("with");
  without = host_pin ("without");
  cr_expect (e13_posix_has_capability (with));
  cr_expect_not (e13_posix_has_capability (without));
  e13_posix_read.unpin (with);
  e13_posix_read.unpin (without);
}
