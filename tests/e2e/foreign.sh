# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A site of Windows on a bad day, on whatever keeps descriptors: $kind and $site are the caller's.

# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
own_journals "$0" "$@"

top_builddir=${top_builddir:-.}
errno13=${errno13:-$top_builddir/errno13}
foreign=$(dirname "$0")/foreign.py

[ "$(id -u)" = 0 ] || skip_all 'needs root, to mount and to read descriptors'
/usr/bin/python3 -c 'import samba.dcerpc.xattr' 2>/dev/null || skip_all 'there is no python3-samba'
stage=$(mktemp -d)

: "${kind:=}" "${site:=}"
judge () { /usr/bin/python3 "$foreign" "$@"; }
image () { judge image "$kind" "$site" >"$1"; }
without_times () { judge image "$kind" "$site" | sed 's/ [0-9]*$//' >"$1"; } # a directory's move when one is made in it

# Objects in any order; "\n" in a name.
unpack_site () {
  mkdir -p "$site/cgi-bin/sub" "$site/protected" "$site/denied" "$site/nobody" "$site/null"
  printf '#!/usr/bin/python\n' | tee "$site/cgi-bin/count.py" "$site/cgi-bin/sub/a.py" "$site/protected/a.py" "$site/denied/a.py" \
    "$site/nobody/a.py" "$site/null/a.py" >/dev/null
  printf '0\n' >"$site/cgi-bin/count.txt"
  printf '<configuration/>\n' >"$site/web.config"
  printf 'x' | tee "$site/cgi-bin/lib.dll" "$site/doc.pdf" "$site/cgi-bin/id_rsa" >/dev/null
  printf 'x' >"$site/cgi-bin/Grüße und mehr.txt"
  printf 'PK' >"$stage/week7.zip"
  judge lay "$kind" "$site" >"$stage/laid"
  diag "$(tail -n 1 "$stage/laid")"
}

# run STATUS LABEL COMMAND...: the command exits with STATUS; what it printed is in $output.
run () {
  expected=$1
  label=$2
  shift 2
  status=0
  output=$("$@" 2>&1) || status=$?
  same "$label" "$expected" "$status"
  [ "$status" = "$expected" ] || diag "$output"
}

prints () {
  case $output in
    *"$2"*) ok "$1" ;;
    *) not_ok "$1"; diag "not printed: $2"; diag "$output" ;;
  esac
}

# What is the same on every kind of tree.
check_and_fix () {
  image "$stage/before"
  run 1 'check finds the problems' "$errno13" check --as-sid S-1-5-17 "$site"
  prints 'it names the account' 'IUSR (S-1-5-17, --as-sid)'
  prints 'a directory with scripts' "$site/cgi-bin"
  prints 'a null DACL' 'null-dacl'
  prints 'a protected one' 'protected-dacl'
  prints 'a deny that is not overruled' '--remove-deny=S-1-5-17 takes it away'
  prints 'an account without a name' 'unresolved-sid'
  prints 'a blocked web.config' '500.19'
  prints 'a read-only file' 'readonly-attribute'
  image "$stage/after"
  same_files 'check changes nothing' "$stage/before" "$stage/after"

  run 1 'explain: why a file cannot be written' "$errno13" explain --as-sid S-1-5-17 --want write "$site/cgi-bin/count.txt"
  prints 'by its entries' 'by the entry for Users (S-1-5-32-545)'
  prints 'and by what no entry overrules' 'the read-only attribute is set'
  run 1 'explain: a directory' "$errno13" explain --as-sid S-1-5-17 --want write "$site/cgi-bin"
  prints 'may also have been opened as a file' 'as if it were a file gets Errno 13'
  run 2 'the archive is not the site' "$errno13" check --as-sid S-1-5-17 "$stage/week7.zip"
  prints 'and how to go on' 'unpack it inside the folder that it is to be served from'

  run 1 'fix cures what a grant may cure' "$errno13" fix --as-sid S-1-5-17 "$site"
  prints 'and says how it was verified' 'changed and verified, by calculation'
  image "$stage/fixed"
  same 'each object got one entry more, or lost what kept it from use, and nothing else' "$(cat <<'END'
cgi-bin/Grüße und mehr.txt: gained type 0 flags 0x10 mask 0x1301bf S-1-5-17 at 0
cgi-bin/count.py: gained type 0 flags 0x10 mask 0x1301bf S-1-5-17 at 0
cgi-bin/count.txt: gained type 0 flags 0x10 mask 0x1301bf S-1-5-17 at 0, attributes changed
cgi-bin/lib.dll: gained type 0 flags 0x10 mask 0x1301bf S-1-5-17 at 0, unblocked
cgi-bin/sub/a.py: gained type 0 flags 0x10 mask 0x1301bf S-1-5-17 at 0
cgi-bin/sub: gained type 0 flags 0x13 mask 0x1301bf S-1-5-17 at 0
cgi-bin: gained type 0 flags 0x3 mask 0x1301bf S-1-5-17 at 0
nobody/a.py: gained type 0 flags 0x10 mask 0x1301bf S-1-5-17 at 0
nobody: gained type 0 flags 0x3 mask 0x1301bf S-1-5-17 at 1
protected/a.py: gained type 0 flags 0x10 mask 0x1301bf S-1-5-17 at 2
protected: gained type 0 flags 0x3 mask 0x1301bf S-1-5-17 at 2
web.config: unblocked
END
)" "$(judge grown "$kind" "$stage/before" "$stage/fixed" | LC_ALL=C sort)"
  run 1 'a second fix finds nothing that it may do' "$errno13" fix --as-sid S-1-5-17 "$site"
  image "$stage/again"
  same_files 'and does nothing' "$stage/fixed" "$stage/again"
}

# A directory that the application expects and that is not there, two levels deep, in the site as it was unpacked.
check_missing () {
  printf '[Profile]\nName=Week 7\nSource=none\n[**]\nApp=read\n[uploads/new/**]\nApp=modify\n[denied/x/new/**]\nApp=modify\n' >"$site/.errno13"
  judge inherit "$kind" "$site" "$site/.errno13"
  run 1 'a directory that is missing is a problem' "$errno13" check --as-sid S-1-5-17 "$site"
  prints 'which the command that is printed makes' '--create-missing /'
  without_times "$stage/there"
  set -- "$errno13" fix --as-sid S-1-5-17 --trust-site-profile
  run 1 'it is not made without being told' "$@" "$site"
  prints 'which it says' 'it can be made, rather than opening its parent'
  fails 'indeed' test -e "$site/uploads"
  "$errno13" undo -q "$site" >/dev/null 2>&1
  run 1 'it is made' "$@" --create-missing "$site"
  same 'with what its directory hands down, and the grant that is lacking' "$(cat <<'END'
uploads O:BAG:SYD:AI(A;OICIID;0x001f01ff;;;SY)(A;OICIID;0x001f01ff;;;BA)(A;OICIID;0x001200a9;;;BU)(A;OICIID;0x001200a9;;;IS)
uploads/new O:BAG:SYD:AI(A;OICI;0x001301bf;;;S-1-5-17)(A;OICIID;0x001f01ff;;;SY)(A;OICIID;0x001f01ff;;;BA)(A;OICIID;0x001200a9;;;BU)(A;OICIID;0x001200a9;;;IS)
END
)" "$(judge lines "$kind" "$site" | grep '^uploads')"
  fails 'nothing is made on the way to one that is refused' test -e "$site/denied/x"
  run 1 'that one is missing then' "$errno13" check --as-sid S-1-5-17 "$site"
  same 'and no other' 1 "$(printf '%s\n' "$output" | grep -c '^missing-directory')"
  run 0 'undo' "$errno13" undo "$site"
  fails 'takes it away' test -e "$site/uploads"
  without_times "$stage/back"
  same_files 'and all is as it was' "$stage/there" "$stage/back"
  "$@" -q --create-missing "$site" >/dev/null 2>&1
  rmdir "$site/uploads/new" "$site/uploads"
  mkdir "$site/uploads"
  run 0 'undo of a repair that was killed when it had made one' "$errno13" undo "$site"
  fails 'takes that away, too' test -e "$site/uploads"
  "$@" -q --create-missing "$site" >/dev/null 2>&1
  printf 'x' >"$site/uploads/new/kept.txt"
  run 1 'undo leaves what holds something' "$errno13" undo "$site"
  prints 'and says so' 'it is kept, since something was put into it'
  check 'with what it holds' test -e "$site/uploads/new/kept.txt"
  rm -r "$site/uploads" "$site/.errno13"
}
