# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs programs of Windows under Wine, for tests side by side, in one prefix of our own with one server that stays:
#
#   wine_missing && skip_all "$wine_missing"
#   wine_start || skip_all "$wine_missing"
#   wine_run "$top_builddir/errno13.exe" --help
#   wine_stop
#
# The prefix lies in the build tree and is kept, since making one takes ten seconds; `make clean` removes it. The server
# is killed by whoever stops last, and goes by itself where a test was killed.

# Where Debian, and others, keep the program and its server.
wine_program=$(command -v wine64 || command -v /usr/lib/wine/wine64 || command -v wine) || wine_program=
wine_server=$(command -v /usr/lib/wine/wineserver64 || command -v wineserver64 || command -v wineserver) || wine_server=
wine_prefix=$(cd "${top_builddir:-.}" && pwd)/tests/wine
wine_lock=$wine_prefix.lock
# Beyond the longest pause between two calls of one test.
wine_idle_seconds=120

# Succeeds where Wine cannot be used here; then $wine_missing says why.
wine_missing () {
  wine_missing=
  if [ "$(uname -m)" != x86_64 ]; then
    wine_missing='programs for x86_64 do not run here'
  elif [ -z "$wine_program" ] || [ -z "$wine_server" ]; then
    wine_missing='there is no 64-bit Wine'
  elif ! command -v flock >/dev/null 2>&1 || ! command -v setsid >/dev/null 2>&1; then
    wine_missing='there is no flock or setsid'
  fi
  [ -n "$wine_missing" ]
}

# The environment that any Wine process here needs: no window, no downloads of Mono and Gecko, and UTF-8, which GLib wants to hear
# where there is no window. Descriptor 9 is the lock, which no process that outlives us may hold.
wine_environment () {
  env -u DISPLAY -u WAYLAND_DISPLAY WINEPREFIX="$wine_prefix" WINESERVER="$wine_server" WINEARCH=win64 WINEDEBUG=-all \
    WINEDLLOVERRIDES='mscoree,mshtml=' LANG=C.UTF-8 LC_ALL=C.UTF-8 "$@" 9>&-
}

# A server that has our pipes open keeps whoever reads them waiting.
wine_detached () {
  wine_environment setsid "$@" </dev/null >/dev/null 2>&1
}

wine_start () {
  mkdir -p "$(dirname "$wine_prefix")"
  exec 9>"$wine_lock"
  flock -x 9
  if [ ! -e "$wine_prefix/errno13-is-complete" ]; then
    rm -rf "$wine_prefix"
    mkdir -p "$wine_prefix"
    if wine_detached "$wine_program" wineboot --init && wine_detached "$wine_server" -w; then
      : >"$wine_prefix/errno13-is-complete"
    else
      wine_missing='Wine cannot make a prefix'
      exec 9>&-
      return 1
    fi
  fi
  flock -s 9
  # Where there is one already, this one ends at once.
  wine_detached "$wine_server" "-p$wine_idle_seconds" || :
}

# wine_run PROGRAM ARGUMENT...: the streams and the exit status are the program's.
wine_run () {
  wine_environment "$wine_program" "$@"
}

# wine_path FILE: as programs there call it.
wine_path () {
  wine_run winepath -w "$1" | tr -d '\r'
}

wine_stop () {
  flock -n -x 9 && wine_detached "$wine_server" -k -w
  exec 9>&-
}
