# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes the table of builtin.h from the profiles named as arguments: each line of theirs becomes a line of a C string.

function id_of(file) {
  sub(/^.*\//, "", file)
  sub(/\.profile$/, "", file)
  return file
}

# Question marks too: no two of them may become a trigraph.
function as_c(text) {
  gsub(/\\/, "\\\\", text)
  gsub(/"/, "\\\"", text)
  gsub(/\?/, "\\?", text)
  gsub(/\t/, "\\t", text)
  gsub(/\r/, "\\r", text)
  return text
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
