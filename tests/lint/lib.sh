# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A lint is a function `lint ROOT` that prints one line a violation. Each must find none in the source tree and, so that
# it is known to bite, at least one in every bad sample.

# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
top_builddir=${top_builddir:-$top_srcdir}
samples=$(mktemp -d)
trap 'rm -rf "$samples"' EXIT

# The C files beneath ROOT's given folders; folders that are not there yet are no error.
c_files () (
  cd "$1" || exit
  shift
  for folder in "$@"; do
    [ ! -e "$folder" ] || find "$folder" -type f \( -name '*.c' -o -name '*.h' -o -name '*.def' \)
  done | LC_ALL=C sort
)

# Prints a C file with comments and the contents of string literals blanked, so that only code is left to be searched.
code_of () {
  awk '
    {
      line = $0; out = ""
      while (length(line)) {
        if (in_comment) {
          end = index(line, "*/")
          if (!end) break
          line = substr(line, end + 2); in_comment = 0
        } else if (match(line, /^"([^"\\]|\\.)*"/)) {
          # The name of an included file is kept.
          out = out ($0 ~ /^#[ ]*include/ ? substr(line, 1, RLENGTH) : "\"\"")
          line = substr(line, RLENGTH + 1)
        } else if (match(line, /^'\''([^'\''\\]|\\.)*'\''/)) {
          out = out "0"; line = substr(line, RLENGTH + 1)
        } else if (substr(line, 1, 2) == "/*") {
          in_comment = 1; line = substr(line, 3)
        } else if (substr(line, 1, 2) == "//") {
          break
        } else {
          out = out substr(line, 1, 1); line = substr(line, 2)
        }
      }
      print out
    }' "$1"
}

# search ROOT PATTERN MESSAGE FOLDER...: where the code of the folders' C files matches an extended regular expression.
search () {
  search_root=$1
  search_pattern=$2
  search_message=$3
  shift 3
  c_files "$search_root" "$@" | while IFS= read -r file; do
    code_of "$search_root/$file" | grep -nE "$search_pattern" \
      | while IFS=: read -r line text; do printf '%s:%s: %s: %s\n' "$file" "$line" "$search_message" "$text"; done
  done
}

# bad FILE LINE...: a sample tree with this file must be found fault with.
bad () {
  sample=$samples/$tap_count
  mkdir -p "$sample/$(dirname "$1")"
  bad_file=$1
  shift
  printf '%s\n' "$@" >"$sample/$bad_file"
  if [ -n "$(lint "$sample")" ]; then
    ok "finds in $bad_file: $1"
  else
    not_ok "finds in $bad_file: $1"
  fi
}

# good FILE LINE...: a sample tree with this file is not.
good () {
  sample=$samples/$tap_count
  mkdir -p "$sample/$(dirname "$1")"
  good_file=$1
  shift
  printf '%s\n' "$@" >"$sample/$good_file"
  same "allows in $good_file: $1" '' "$(lint "$sample")"
}

lint_source () {
  violations=$(lint "$top_srcdir")
  same "$1" '' "$violations"
}
