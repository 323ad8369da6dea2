/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is confined by what stands in /proc/PID/attr/current, a label in an attribute of the inode: both are read without
 * any library. What the policy says of them takes libselinux, where errno13 was built with it. */

#include "config.h"

#include "platform/posix/label.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#ifdef HAVE_SELINUX
#include <selinux/label.h>
#include <selinux/selinux.h>
#endif

#include "base/fd.h"
#include "platform/posix/proc.h"

#define MAX_LABEL 4096

/* ---- Settings -------------------------------------------------------------------------------- */

static char *
read_below_proc (const char *name)
{
  e13_autofd int proc = e13_posix_open_proc (NULL);

  return proc >= 0 ? e13_posix_read_proc (proc, name) : NULL;
}

int
e13_posix_setting (const char *name)
{
  g_autofree char *path = g_strconcat ("sys/", name, NULL);
  g_autofree char *text = NULL;
  guint64 value;

  g_strdelimit (path, ".", '/');
  text = read_below_proc (path);
  if (text == NULL || !g_ascii_string_to_unsigned (g_strchomp (text), 10, 0, G_MAXINT, &value, NULL))
    return -1;
  return (int)value;
}

/* ---- Labels ---------------------------------------------------------------------------------- */

static char *
label_of (const E13Pin *pin)
{
  E13FdPath path = e13_posix_fd_path (pin->fd);
  char label[MAX_LABEL];
  ssize_t length = getxattr (path.text, "security.selinux", label, sizeof label - 1);

  if (length <= 0)
    return NULL;
  label[length] = '\0';
  return g_strdup (label);
}

#ifdef HAVE_SELINUX

static gboolean
is_enforced (void)
{
  return is_selinux_enabled () > 0 && security_getenforce () > 0;
}

static mode_t
type_bits (E13ObjectType type)
{
  static const mode_t bits[] = {
    [E13_TYPE_UNKNOWN] = 0,           [E13_TYPE_FILE] = S_IFREG,         [E13_TYPE_DIRECTORY] = S_IFDIR,
    [E13_TYPE_SYMLINK] = S_IFLNK,     [E13_TYPE_FIFO] = S_IFIFO,         [E13_TYPE_SOCKET] = S_IFSOCK,
    [E13_TYPE_CHAR_DEVICE] = S_IFCHR, [E13_TYPE_BLOCK_DEVICE] = S_IFBLK,
  };

  return bits[type];
}

static char *
expected_at (const E13Pin *pin)
{
  struct selabel_handle *handle = selabel_open (SELABEL_CTX_FILE, NULL, 0);
  char *context = NULL;
  char *label = NULL;

  if (handle == NULL)
    return NULL;
  if (selabel_lookup_raw (handle, &context, pin->path, (int)type_bits (pin->facts.type)) == 0)
    {
      label = g_strdup (context);
      freecon (context);
    }
  selabel_close (handle);
  return label;
}

static int
is_allowed (const char *profile, const char *label, const E13Pin *pin, E13Rights rights)
{
  gboolean is_directory = pin->facts.type == E13_TYPE_DIRECTORY;
  const struct
  {
    E13Rights right;
    const char *permission;
  } wanted[] = {
    { E13_RIGHT_READ, "read" },
    { E13_RIGHT_WRITE, is_directory ? "add_name" : "write" },
    { E13_RIGHT_EXECUTE, is_directory ? "search" : "execute" },
  };
  const char *class = pin->facts.type == E13_TYPE_FILE     ? "file"
                      : is_directory                       ? "dir"
                      : pin->facts.type == E13_TYPE_SOCKET ? "sock_file"
                      : pin->facts.type == E13_TYPE_FIFO   ? "fifo_file"
                                                           : NULL;

  if (class == NULL || label == NULL)
    return -1;
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if ((rights & wanted[i].right) != 0
        && selinux_check_access (profile, label, class, wanted[i].permission, NULL) != 0)
      return 0;
  return 1;
}

#else

static gboolean
is_enforced (void)
{
  g_autofree char *text = read_below_proc ("self/root/sys/fs/selinux/enforce");

  return text != NULL && text[0] == '1';
}

static char *
expected_at (const E13Pin *pin G_GNUC_UNUSED)
{
  return NULL;
}

static int
is_allowed (const char *profile G_GNUC_UNUSED, const char *label G_GNUC_UNUSED, const E13Pin *pin G_GNUC_UNUSED,
            E13Rights rights G_GNUC_UNUSED)
{
  return -1;
}

#endif

/* ---- Who is confined ------------------------------------------------------------------------- */

/* AppArmor writes "PROFILE (enforce)" and "unconfined", SELinux "USER:ROLE:TYPE:LEVEL". */
static gboolean
is_by_apparmor (const char *profile)
{
  return g_str_has_suffix (profile, " (enforce)") || g_str_has_suffix (profile, " (kill)");
}

static gboolean
is_by_selinux (const char *profile)
{
  g_auto (GStrv) parts = g_strsplit (profile, ":", 4);

  return g_strv_length (parts) >= 3 && !g_str_has_prefix (parts[2], "unconfined") && is_enforced ();
}

E13Confinement *
e13_posix_confinement (guint32 pid, const E13Pin *pin, E13Rights rights)
{
  g_autofree char *name = g_strdup_printf ("%" G_GUINT32_FORMAT "/attr/current", pid);
  g_autofree char *profile = read_below_proc (name);
  E13Confinement *confinement;
  gboolean is_selinux;

  if (profile == NULL)
    return NULL;
  g_strchomp (profile);
  is_selinux = is_by_selinux (profile);
  if (!is_selinux && !is_by_apparmor (profile))
    return NULL;
  confinement = g_new0 (E13Confinement, 1);
  confinement->is_selinux = is_selinux;
  confinement->allowed = -1;
  if (is_selinux)
    {
      confinement->label = label_of (pin);
      confinement->expected = expected_at (pin);
      confinement->allowed = is_allowed (profile, confinement->label, pin, rights);
    }
  confinement->profile = g_steal_pointer (&profile);
  return confinement;
}
