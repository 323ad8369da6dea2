/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/posix/capabilities.h"

#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static gboolean
has_capability (int capability)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { { 0 } };

  if (syscall (SYS_capget, &header, data) < 0)
    return FALSE;
  return (data[CAP_TO_INDEX (capability)].effective & CAP_TO_MASK (capability)) != 0;
}

gboolean
e13_posix_overrides_dac (void)
{
  return has_capability (CAP_DAC_OVERRIDE);
}

gboolean
e13_posix_may_change_ids (void)
{
  int bits = prctl (PR_GET_SECUREBITS);

  /* With that bit another fsuid keeps the capabilities, and everything would be granted. */
  return has_capability (CAP_SETUID) && has_capability (CAP_SETGID) && bits >= 0
         && (bits & SECBIT_NO_SETUID_FIXUP) == 0;
}
