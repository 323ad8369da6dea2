# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes the table of builtin.h from the profiles named as arguments: each line of theirs becomes a line of a C string.

function id_of(file) {
  sub(/^.*\//, "", file)
  sub(/\.profile$/, "", file)
  return file
}

# Every awk has its own idea of backslashes in gsub(), so this goes character by character. Question marks are escaped too: no two
# of them may begin a trigraph.
function as_c(text,    i, c, out) {
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    out = out (index("\\\"?", c) > 0 ? "\\" c : c)
  }
  return out
}

BEGIN {
  print "/* Made by embed.awk from the profiles. */\n"
  print "#include \"policy/builtin.h\"\n"
}

FNR == 1 {
  ids[++n] = id_of(FILENAME)
  if (n > 1)
    print ";\n"
  printf "static const char text_%d[] =", n
}

{
  printf "\n  \"%s\\n\"", as_c($0)
}

END {
  print ";\n\nconst E13Builtin e13_builtins[] = {"
  for (i = 1; i <= n; i++)
    printf "  { \"%s\", text_%d, sizeof text_%d - 1 },\n", ids[i], i, i
  print "};\n\nconst gsize e13_n_builtins = G_N_ELEMENTS (e13_builtins);"
}
