# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes the table of status.h from statuses.catalogue, whose head says how it is written. A line that is none of its kind ends the
# build with its place.

function fail(message) {
  printf "%s:%d: %s\n", FILENAME, FNR, message >"/dev/stderr"
  failed = 1
  exit 1
}

# As in embed.awk.
function as_c(text,    i, c, out) {
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    out = out (index("\\\"?", c) > 0 ? "\\" c : c)
  }
  return "\"" out "\""
}

# "404", "404.2", "500.19 0x80070021", "win32 33 ERROR_LOCK_VIOLATION", "errno 13 EACCES", "hresult 0x80004005 E_FAIL".
function head_of(text,    words, n, parts, m) {
  n = split(text, words, " ")
  if (n == 3 && words[1] ~ /^(win32|errno)$/ && words[2] ~ /^[0-9]+$/ && words[3] ~ /^[EW][A-Z0-9_]+$/)
    return sprintf("E13_STATUS_%s, 0, -1, %s, \"%s\"", toupper(words[1]), words[2], words[3])
  if (n == 3 && words[1] == "hresult" && words[2] ~ /^0x[0-9a-f]+$/ && words[3] ~ /^[A-Z0-9_]+$/)
    return sprintf("E13_STATUS_HRESULT, 0, -1, %su, \"%s\"", words[2], words[3])
  if (words[1] !~ /^[1-5][0-9][0-9](\.[0-9]+)?$/ || n > 2 || (n == 2 && words[2] !~ /^0x[0-9a-f]+$/))
    fail("no such kind of section: [" text "]")
  m = split(words[1], parts, ".")
  return sprintf("E13_STATUS_%s, %d, %d, %s, NULL", n == 2 ? "DETAIL" : "HTTP", parts[1], m == 2 ? parts[2] : -1, \
                 n == 2 ? words[2] "u" : "0")
}

function list(what,    i) {
  printf "static const char *const %s_%d[] = {", what, n_entries
  for (i = 1; i <= n_values[what]; i++)
    printf "\n  %s,", as_c(values[what, i])
  print (n_values[what] > 0 ? "\n  " : " ") "NULL\n};"
}

function end_entry(    i) {
  if (n_entries == 0)
    return
  for (i = 1; i <= n_keys; i++)
    list(keys[i])
  rows[n_entries] = sprintf("  { %s, %s, %s, Cause_%d, Check_%d, Do_%d, %s },", head, as_c(values["Name", 1]), \
                            as_c(values["Means", 1]), n_entries, n_entries, n_entries, as_c(values["Source", 1]))
}

BEGIN {
  n_keys = split("Cause Check Do", keys, " ")
  split("Name Means Source Cause Check Do", known, " ")
  for (i in known)
    is_known[known[i]] = 1
  print "/* Made by statuses.awk from statuses.catalogue. */\n\n#include \"iis/status.h\"\n"
}

/^#/ || /^$/ { next }

/^\[.*\]$/ {
  end_entry()
  split("", values)
  split("", n_values)
  head = head_of(substr($0, 2, length($0) - 2))
  if (head in seen)
    fail("there is this section already: " $0)
  seen[head]
  n_entries++
  key = ""
  next
}

# A line that begins with blanks goes on with the one above.
/^ / {
  sub(/^ +/, "")
  if (key == "")
    fail("goes on with nothing")
  values[key, n_values[key]] = values[key, n_values[key]] " " $0
  next
}

{
  at = index($0, "=")
  key = substr($0, 1, at - 1)
  if (n_entries == 0 || !(key in is_known))
    fail("neither a section nor one of the keys")
  if (n_values[key] > 0 && key ~ /^(Name|Means|Source)$/)
    fail("stands there twice: " key)
  values[key, ++n_values[key]] = substr($0, at + 1)
}

END {
  if (failed)
    exit 1
  end_entry()
  print "\nconst E13Status e13_statuses[] = {"
  for (i = 1; i <= n_entries; i++)
    print rows[i]
  print "};\n\nconst gsize e13_n_statuses = G_N_ELEMENTS (e13_statuses);"
}
