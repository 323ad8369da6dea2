# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the judges of POSIX permissions have in common.

[ "$(id -u)" = 0 ] || skip_all 'needs root, to be other accounts'
command -v python3 >/dev/null 2>&1 || skip_all 'there is no python3'
unshare --mount --propagation private -- true 2>/dev/null || skip_all 'no mount namespace of our own to be had'

# judge SCRIPT HOW-MUCH LABEL
judge () {
  if output=$(unshare --mount --propagation private -- python3 -B "$(dirname "$0")/$1" "${errno13:-${top_builddir:-.}/errno13}" "$2" \
    "${E13_SEED--}" 2>&1); then
    ok "$3"
  else
    not_ok "$3"
  fi
  diag "$output"
}
