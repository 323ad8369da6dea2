# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What every end-to-end test begins with: TAP, the scene, and $errno13. The test's own arguments are kept.

# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/e2e/scene.sh
. "$(dirname "$0")/scene.sh"

top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
top_builddir=${top_builddir:-$top_srcdir}
errno13=${errno13:-$top_builddir/errno13}
# shellcheck disable=SC2034 # of some tests
ask_kernel=$top_builddir/tests/e2e/ask-kernel

[ "$(id -u)" = 0 ] || skip_all 'needs root, to be several accounts'
for tool in unshare setpriv getfacl setfacl python3 zip unzip apache2; do
  command -v "$tool" >/dev/null 2>&1 || skip_all "there is no $tool"
done
scene_enter "$0" "$@" || skip_all 'no mount namespace of our own to be had'
scene_begin

# A tree's owners, modes and ACLs, as text.
acls () { (cd "$1" && getfacl -RPnp . 2>/dev/null); }

# run STATUS LABEL COMMAND...: the command exits with STATUS; what it printed is in $output.
run () {
  run_expected=$1
  run_label=$2
  shift 2
  run_status=0
  output=$("$@" 2>&1) || run_status=$?
  if [ "$run_status" = "$run_expected" ]; then
    ok "$run_label"
  else
    not_ok "$run_label"
    diag "$*: exit status $run_status, not $run_expected"
    diag "$output"
  fi
}

# prints LABEL TEXT: what the last run printed contains TEXT.
prints () {
  case $output in
    *"$2"*) ok "$1" ;;
    *) not_ok "$1"; diag "not printed: $2"; diag "$output" ;;
  esac
}
