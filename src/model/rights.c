/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/rights.h"

const char *
e13_rights_to_text (E13Rights rights)
{
  static const char texts[8][4] = { "---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx" };

  return texts[rights & E13_RIGHTS_ALL];
}
