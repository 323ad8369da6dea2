# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# TAP for shell tests: ok, not_ok, skip, check, fails, same, same_files, skip_all, and done_testing as the last line.

tap_count=0
tap_failed=0

diag () { printf '%s\n' "$*" | sed 's/^/# /'; }

ok () {
  tap_count=$((tap_count + 1))
  printf 'ok %d - %s\n' "$tap_count" "$1"
}

not_ok () {
  tap_count=$((tap_count + 1))
  tap_failed=$((tap_failed + 1))
  printf 'not ok %d - %s\n' "$tap_count" "$1"
}

# skip LABEL REASON
skip () { ok "$1 # SKIP $2"; }

# check LABEL COMMAND...: the command succeeds.
check () {
  tap_label=$1
  shift
  if tap_output=$("$@" 2>&1); then
    ok "$tap_label"
  else
    not_ok "$tap_label"
    diag "$*"
    diag "$tap_output"
  fi
}

# fails LABEL COMMAND...: the command does not.
fails () {
  tap_label=$1
  shift
  if tap_output=$("$@" 2>&1); then
    not_ok "$tap_label"
    diag "$*"
    diag "$tap_output"
  else
    ok "$tap_label"
  fi
}

# same LABEL EXPECTED ACTUAL: two strings are equal.
same () {
  if [ "$2" = "$3" ]; then
    ok "$1"
  else
    not_ok "$1"
    diag "expected: $2"
    diag "     got: $3"
  fi
}

# same_files LABEL EXPECTED ACTUAL: two files are equal to the byte.
same_files () {
  if cmp -s "$2" "$3"; then
    ok "$1"
  else
    not_ok "$1"
    diag "$(diff -u "$2" "$3" | head -40)"
  fi
}

skip_all () {
  printf '1..0 # SKIP %s\n' "$*"
  exit 0
}

done_testing () {
  printf '1..%d\n' "$tap_count"
  exit "$((tap_failed > 0))"
}

# own_journals "$0" "$@": as root, begins again where /var/lib is the test's own: tests side by side do not meet in the one lock
# of the host, and the host's journals stay as they are. Where the system does not let us, it goes on as it is.
own_journals () {
  [ "$(id -u)" = 0 ] && [ -z "${E13_OWN_JOURNALS-}" ] || return 0
  unshare --mount --propagation private -- true 2>/dev/null || return 0
  export E13_OWN_JOURNALS=yes
  exec unshare --mount --propagation private -- \
    sh -c 'mount -t tmpfs -o mode=0755 errno13 /var/lib && exec "$@"' own_journals "$@"
}
