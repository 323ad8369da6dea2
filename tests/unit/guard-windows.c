/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the guard keeps from on Windows, beside names and places. */

#include <criterion/criterion.h>
#include <string.h>

#include "repair/guard-windows.h"
#include "tests/support/sd-text.h"

TestSuite (guard_windows, .timeout = 60);

#define TRUSTED_INSTALLER "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"

static GBytes *
bytes_of (const char *text)
{
  g_autoptr (E13SecurityDescriptor) sd = sd_from_text (text);

  return e13_sd_encode (sd, NULL);
}

Test (guard_windows, changes)
{
  static const struct
  {
    const char *label;
    const char *before;
    const char *after;
    const char *reason; /* a part of it; NULL: it is allowed */
  } rows[] = {
    { "one entry more", "D:P(A;;FA;;;BA)", "D:P(A;;FA;;;BA)(A;;FR;;;AU)", NULL },
    { "a part of Windows", "O:" TRUSTED_INSTALLER "D:P(A;;FA;;;BA)",
      "O:" TRUSTED_INSTALLER "D:P(A;;FA;;;BA)(A;;FR;;;AU)", "TrustedInstaller" },
    { "nobody could use it", "D:P(D;;FW;;;S-1-5-17)", "D:P", "would be empty" },
    { "it was empty before", "D:P", "D:P", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      E13Tree tree = { .path = "/mnt/s", .has_descriptors = TRUE };
      const E13AuditRequest request = { .tree = &tree };
      E13Facts facts = { .type = E13_TYPE_FILE, .sd = sd_from_text (rows[i].before) };
      E13Change *change = e13_change_new (E13_CHANGE_SET, "a", &facts);
      g_autofree char *reason = NULL;

      g_bytes_unref (change->after.sd);
      change->after.sd = bytes_of (rows[i].after);
      reason = e13_guard_windows_change (&request, change, &facts);
      cr_expect (rows[i].reason != NULL ? reason != NULL && strstr (reason, rows[i].reason) != NULL : reason == NULL,
                 "%s: %s", rows[i].label, reason);
      e13_change_free (change);
      e13_facts_clear (&facts);
    }
}

/* ---- File servers ---------------------------------------------------------------------------------------------------
 */

static gboolean is_network;
static gboolean keeps_nothing;

static gboolean
mount_of (const E13Pin *pin G_GNUC_UNUSED, E13Mount *ret_mount, GError **error G_GNUC_UNUSED)
{
  *ret_mount = (E13Mount){ .fs_type = g_strdup ("FAT32"), .is_network = is_network, .mode_from_mount = keeps_nothing };
  return TRUE;
}

Test (guard_windows, accounts_on_a_file_server)
{
  static const struct
  {
    const char *label;
    const char *path;
    gboolean is_network;
    const char *token;
    gboolean is_refused;
  } rows[] = {
    { "here", "C:\\s", FALSE, "S-1-5-17", FALSE },
    { "IUSR on a share", "\\\\server\\s", FALSE, "S-1-5-17", TRUE },
    { "IUSR on what is mounted from one", "/mnt/s", TRUE, "S-1-5-17", TRUE },
    { "a pool", "/mnt/s", TRUE, "S-1-5-82-1-2-3-4-5", TRUE },
    { "an account of the domain", "/mnt/s", TRUE, "S-1-5-21-1-2-3-1001", FALSE },
    { "all that can log on", "/mnt/s", TRUE, "S-1-5-11", FALSE },
  };
  const E13ReadOps ops = { .mount_of = mount_of };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      E13Tree tree = { .path = rows[i].path, .has_descriptors = TRUE };
      g_autoptr (E13Identity) identity = e13_identity_new_of_token (token_from_text (rows[i].token), "test");
      const E13AuditRequest request = { .ops = &ops, .tree = &tree, .app = identity };
      g_autofree char *reason = NULL;

      is_network = rows[i].is_network;
      reason = e13_guard_windows_server (&request);
      cr_expect_eq (reason != NULL, rows[i].is_refused, "%s: %s", rows[i].label, reason);
    }
}

/* ---- FAT --------------------------------------------------------------------------------------------------------- */

Test (guard_windows, a_file_system_without_lists)
{
  const E13ReadOps ops = { .mount_of = mount_of };
  const E13Tree tree = { .path = "D:\\s", .has_descriptors = TRUE, .is_windows = TRUE };
  g_autofree char *on_ntfs = NULL;
  g_autofree char *on_fat = NULL;

  on_ntfs = e13_guard_windows_site (&ops, &tree);
  keeps_nothing = TRUE;
  on_fat = e13_guard_windows_site (&ops, &tree);
  cr_expect_null (on_ntfs, "%s", on_ntfs);
  cr_expect_str_eq (on_fat, "its file system (FAT32) keeps no permissions, so nothing can be granted");
}
