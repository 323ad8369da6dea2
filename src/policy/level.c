/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "policy/profile.h"

static const struct
{
  const char *name;
  E13Rights of_directory;
  E13Rights of_file;
} levels[] = {
  [E13_LEVEL_UNSET] = { "unset", 0, 0 },
  [E13_LEVEL_NONE] = { "none", 0, 0 },
  [E13_LEVEL_TRAVERSE] = { "traverse", E13_RIGHT_EXECUTE, 0 },
  [E13_LEVEL_READ] = { "read", E13_RIGHT_READ | E13_RIGHT_EXECUTE, E13_RIGHT_READ },
  [E13_LEVEL_RUN] = { "run", E13_RIGHT_READ | E13_RIGHT_EXECUTE, E13_RIGHT_READ | E13_RIGHT_EXECUTE },
  [E13_LEVEL_WRITE] = { "write", E13_RIGHTS_ALL, E13_RIGHT_READ | E13_RIGHT_WRITE },
  [E13_LEVEL_MODIFY] = { "modify", E13_RIGHTS_ALL, E13_RIGHT_READ | E13_RIGHT_WRITE },
};

const char *
e13_level_name (E13Level level)
{
  return levels[level].name;
}

E13Rights
e13_level_rights (E13Level level, E13ObjectType type)
{
  return type == E13_TYPE_DIRECTORY ? levels[level].of_directory : levels[level].of_file;
}
