# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the tests under Wine share: errno13.exe and its test programs as `./bootstrap windows` leaves them, a folder on drive C:, and
# Wine itself. Skips the whole test where one of these is missing.

top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
top_builddir=${top_builddir:-$top_srcdir}
# shellcheck source=tests/support/tap.sh
. "$top_srcdir/tests/support/tap.sh"
# shellcheck source=tests/support/wine.sh
. "$top_srcdir/tests/support/wine.sh"

windows_build=${E13_WINDOWS_BUILD:-$top_srcdir/build/windows/exe}
[ -e "$windows_build/errno13.exe" ] || skip_all 'errno13.exe is not built: ./bootstrap windows'
# shellcheck disable=SC2154 # wine.sh sets it
{ wine_missing || ! wine_start; } && skip_all "$wine_missing"

# One folder by two names.
folder=errno13-test-$$
# shellcheck disable=SC2154 # wine.sh sets it
here=$wine_prefix/drive_c/$folder
# shellcheck disable=SC2034 # for the tests
there="C:\\$folder"
mkdir -p "$here"
trap 'chmod -R u+rwx "$here"; rm -rf "$here"; wine_stop' EXIT
