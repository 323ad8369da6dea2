/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <errno.h>
#include <fcntl.h>

#include "platform/posix/acl.h"
#include "tests/posix/host.h"
#include "tests/support/acl-text.h"

TestSuite (acl, .init = host_enter, .fini = host_leave, .timeout = 120);

typedef struct
{
  const char *text; /* for setfacl --set, and as we read it again */
  const char *mode;
} Row;

static const Row rows[] = {
  { "u::rw-,g::r--,o::---", "640" },
  { "u::---,g::---,o::---", "0" },
  { "u::rwx,u:33:r-x,g::r-x,m::r-x,o::---", "750" },
  { "u::rw-,u:0:---,u:33:rw-,u:4294967294:r--,g::---,m::rw-,o::r--", "664" },
  { "u::rw-,g::rw-,g:7:-w-,g:100:r--,m::---,o::---", "600" },
  { "u::rw-,g::rw-,m::r--,o::---", "640" },
  { "u::-wx,u:1:--x,u:2:-w-,u:3:r--,g::--x,g:4:rwx,m::rwx,o::-w-", "372" },
};

ParameterizedTestParameters (acl, round_trip)
{
  static gsize indices[G_N_ELEMENTS (rows)];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    indices[i] = i;
  return cr_make_param_array (gsize, indices, G_N_ELEMENTS (rows));
}

static char *
text_of (const E13Acl *acl)
{
  return acl != NULL ? e13_acl_to_text (acl) : g_strdup ("none");
}

/* What another program reads: getfacl's lines, in our short form. */
static char *
getfacl (const char *options, const char *path)
{
  return host_ask (
      "getfacl %s -nEc %s | sed 's/^default://; s/^user/u/; s/^group/g/; s/^mask/m/; s/^other/o/' | paste -sd, "
      "| sed 's/,*$//'",
      options, path);
}

ParameterizedTest (gsize *index, acl, round_trip)
{
  const Row *row = &rows[*index];
  g_autoptr (E13Acl) ours = test_acl (row->text);
  g_autofree char *read = NULL;
  g_autofree char *read_default = NULL;
  g_autofree char *written = NULL;
  g_autofree char *written_default = NULL;
  g_autofree char *mode = NULL;
  E13Pin *pin;

  host_run ("mkdir theirs ours && setfacl --set '%s' theirs && setfacl -d --set '%s' theirs", row->text, row->text);
  pin = host_pin ("theirs");
  read = text_of (pin->facts.access);
  read_default = text_of (pin->facts.default_acl);
  cr_expect_eq (pin->facts.acl_state, E13_ACL_READ, "row %s", row->text);
  cr_expect_str_eq (read, row->text, "row %s: read %s", row->text, read);
  cr_expect_str_eq (read_default, row->text, "row %s: read the default %s", row->text, read_default);
  e13_posix_read.unpin (pin);

  pin = host_pin ("ours");
  cr_expect_eq (e13_posix_acl_write_access (pin->fd, ours), 0, "row %s", row->text);
  cr_expect_eq (e13_posix_acl_write_default (pin->fd, ours), 0, "row %s", row->text);
  e13_posix_read.unpin (pin);
  written = getfacl ("-a", "ours");
  written_default = getfacl ("-d", "ours");
  mode = host_ask ("stat -c %%a ours");
  cr_expect_str_eq (written, row->text, "row %s: wrote %s", row->text, written);
  cr_expect_str_eq (written_default, row->text, "row %s: wrote the default %s", row->text, written_default);
  cr_expect_str_eq (mode, row->mode, "row %s: the mode became %s", row->text, mode);
}

Test (acl, three_entries_remove_an_extended_list_and_keep_the_upper_bits)
{
  g_autoptr (E13Acl) base = test_acl ("u::rwx,g::r-x,o::---");
  g_autofree char *left = NULL;
  g_autofree char *mode = NULL;
  E13Pin *pin;

  host_run ("touch f && setfacl -m u:33:rw f && chmod ug+s f");
  pin = host_pin ("f");
  cr_assert_eq (e13_posix_acl_write_access (pin->fd, base), 0);
  left = host_ask ("getfattr -m - f 2>/dev/null");
  mode = host_ask ("stat -c %%a f");
  cr_expect_str_empty (left, "there is still %s", left);
  cr_expect_str_eq (mode, "6750", "the mode became %s", mode);
  e13_posix_read.unpin (pin);
}

Test (acl, a_default_acl_is_removed_twice_without_an_error)
{
  E13Pin *pin;

  host_run ("mkdir d && setfacl -dm u:33:rwx d");
  pin = host_pin ("d");
  cr_assert_not_null (pin->facts.default_acl);
  cr_expect_eq (e13_posix_acl_write_default (pin->fd, NULL), 0);
  cr_expect_eq (e13_posix_acl_write_default (pin->fd, NULL), 0);
  cr_assert (e13_posix_read.refresh (pin, NULL));
  cr_expect_null (pin->facts.default_acl);
  cr_expect_eq (pin->facts.acl_state, E13_ACL_READ);
  e13_posix_read.unpin (pin);
}

Test (acl, sockets_and_fifos_have_them_and_links_do_not)
{
  E13Pin *fifo;
  E13Pin *link;
  g_autofree char *text = NULL;

  host_run ("mkfifo -m 0600 p && setfacl -m u:33:rw p && touch f && setfacl -m u:33:rw f && ln -s f l");
  fifo = host_pin ("p");
  link = host_pin ("l");
  text = text_of (fifo->facts.access);
  cr_expect_str_eq (text, "u::rw-,u:33:rw-,g::---,m::rw-,o::---", "got %s", text);
  cr_expect_eq (link->facts.acl_state, E13_ACL_READ);
  cr_expect_not (e13_acl_is_extended (link->facts.access), "a link was followed");
  e13_posix_read.unpin (fifo);
  e13_posix_read.unpin (link);
}

static void
expect_unsupported (const char *path)
{
  E13Pin *pin = host_pin (path);
  g_autoptr (E13Acl) grant = test_acl ("u::rwx,u:33:r-x,g::r-x,m::r-x,o::---");

  cr_expect_eq (pin->facts.acl_state, E13_ACL_UNSUPPORTED, "%s: state %d", path, pin->facts.acl_state);
  cr_assert_not_null (pin->facts.access, "%s", path);
  cr_expect_eq (e13_acl_to_mode (pin->facts.access), pin->facts.mode & 0777, "%s", path);
  cr_expect_eq (e13_posix_acl_write_access (pin->fd, grant), EOPNOTSUPP, "%s", path);
  e13_posix_read.unpin (pin);
}

Test (acl, proc_has_none) { expect_unsupported ("/proc/version"); }

Test (acl, ramfs_has_none)
{
  SKIP_UNLESS_ROOT ();
  host_unshare_mounts ();
  host_run ("mkdir ram && mount -t ramfs none ram && touch ram/f");
  expect_unsupported ("ram/f");
  expect_unsupported ("ram");
}

Test (acl, what_changes_between_mode_and_acl_is_not_believed)
{
  E13Pin *pin;

  host_run ("touch f && chmod 0640 f");
  pin = host_pin ("f");
  host_run ("chmod 0600 f");
  e13_posix_acl_read (pin->fd, &pin->facts);
  cr_expect_eq (pin->facts.acl_state, E13_ACL_UNREADABLE);
  cr_expect_eq (pin->facts.acl_errno, EAGAIN);
  cr_expect_null (pin->facts.access);
  e13_posix_read.unpin (pin);
}
