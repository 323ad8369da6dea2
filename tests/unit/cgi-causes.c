/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What interpreters say, word for word, and what is made of it. */

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <errno.h>
#include <string.h>

#include "cgi/causes.h"

TestSuite (cgi_causes, .timeout = 60);

static const E13CgiNames names = {
  .interpreter = "/usr/bin/python3", .who = "www-data", .directory = "/srv/x/cgi-bin", .script = "/srv/x/cgi-bin/a.py"
};

/* Every row of causes.def once, in its order; tests that the table and this agree stand below. */
static const struct
{
  const char *line;
  const char *id;
} said[] = {
  { "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?", "python2-print" },
  { "SyntaxError: multiple exception types must be parenthesized", "python2-except" },
  { "NameError: name 'raw_input' is not defined", "python2-name" },
  { "AttributeError: 'dict' object has no attribute 'has_key'", "python2-has-key" },
  { "ModuleNotFoundError: No module named 'urllib2'", "python2-module" },
  { "ModuleNotFoundError: No module named 'cgi'", "python-cgi-removed" },
  { "ModuleNotFoundError: No module named 'cgitb'", "python-cgi-removed" },
  { "ModuleNotFoundError: No module named 'distutils'", "python-removed-module" },
  { "ModuleNotFoundError: No module named 'flask'", "python-module" },
  { "ImportError: No module named MySQLdb", "python-module" },
  { "TabError: inconsistent use of tabs and spaces in indentation", "python-tabs" },
  { "IndentationError: unexpected indent", "python-indentation" },
  { "SyntaxError: Non-UTF-8 code starting with '\\xe9' in file /srv/x/a.py on line 2, but no encoding declared; see "
    "https://peps.python.org/pep-0263/ for details",
    "python-encoding" },
  { "SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xe9 in position 9: invalid continuation byte",
    "python-encoding" },
  { "SyntaxError: Non-ASCII character '\\xc3' in file a.py on line 2, but no encoding declared", "python2-encoding" },
  { "SyntaxError: source code cannot contain null bytes", "python-null" },
  { "ValueError: source code string cannot contain null bytes", "python-null" },
  { "SyntaxError: unexpected character after line continuation character", "python-crlf" },
  { "SyntaxError: invalid syntax", "python-syntax" },
  { "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)",
    "python-output-encoding" },
  { "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 1: invalid continuation byte",
    "python-decoding" },
  { "TypeError: write() argument must be str, not bytes", "python-bytes" },
  { "KeyError: 'name'", "python-form-key" },
  { "Unknown option: -\r", "python-no-option" },
  { "/usr/bin/python3: can't open file '/srv/x/a.py': [Errno 13] Permission denied", "python-no-script" },
  { "ZeroDivisionError: division by zero", "python-exception" },
  { "sqlite3.OperationalError: attempt to write a readonly database", "database" },
  { "mysql.connector.errors.ProgrammingError: 1045 (28000): Access denied", "python-exception" },
  { "Can't locate CGI.pm in @INC (you may need to install the CGI module) (@INC contains: /etc/perl) at x line 1.",
    "perl-module" },
  { "Can't locate lib/x.pl in @INC (@INC contains: /etc/perl /usr/share/perl5) at x line 1.", "perl-unsafe-inc" },
  { "Illegal character \\015 (carriage return) at a.pl line 2.", "perl-crlf" },
  { "Global symbol \"$x\" requires explicit package name (did you forget to declare \"my $x\"?) at x.pl line 3.",
    "perl-strict" },
  { "syntax error at x.pl line 3, near \"}\"", "perl-syntax" },
  { "Undefined subroutine &main::foo called at x.pl line 3.", "perl-undefined" },
  { "<b>Security Alert!</b> The PHP CGI cannot be accessed directly.", "php-force-redirect" },
  { "No input file specified.", "php-no-input" },
  { "PHP Parse error:  syntax error, unexpected identifier \"echo\" in /srv/x/a.php on line 3", "php-parse" },
  { "PHP Fatal error:  Uncaught Error: Call to undefined function mysql_connect() in /srv/x/a.php:3",
    "php-undefined-function" },
  { "PHP Fatal error:  Uncaught Error: Class \"mysqli\" not found in /srv/x/a.php:3", "php-class" },
  { "PHP Fatal error:  Uncaught Error: Failed opening required 'x.php' (include_path='.') in /srv/x/a.php:3",
    "php-failed-include" },
  { "PHP Warning:  Cannot modify header information - headers already sent by (output started at x:1)",
    "php-headers-sent" },
  { "PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 4096 bytes)", "php-memory" },
  { "/srv/x/a.sh: line 2: $'\\r': command not found", "shell-crlf" },
  { "/srv/x/a.sh: 2: \r: not found", "shell-crlf" },
  { "/usr/bin/env: 'python3\\r': No such file or directory", "env-crlf" },
  { "/usr/bin/env: \xe2\x80\x98python\xe2\x80\x99: No such file or directory", "env-missing" },
  { "/usr/bin/env: use -[v]S to pass options in shebang lines", "env-options" },
  { "/srv/x/a.sh: 2: convert: not found", "shell-not-found" },
  { "/srv/x/a.sh: line 2: convert: command not found", "shell-not-found" },
  { "/srv/x/a.sh: 2: Syntax error: \"(\" unexpected", "shell-array" },
  { "/srv/x/a.sh: 2: [[: not found", "shell-double-bracket" },
  { "./a: error while loading shared libraries: libfoo.so.1: cannot open shared object file", "shared-library" },
  { "OSError: [Errno 28] No space left on device: 'x'", "disk-full" },
};

ParameterizedTestParameters (cgi_causes, line)
{
  static gsize indexes[G_N_ELEMENTS (said)];

  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (indexes));
}

ParameterizedTest (const gsize *row, cgi_causes, line)
{
  g_autoptr (GPtrArray) found = e13_cgi_causes_find (said[*row].line, strlen (said[*row].line), &names);
  const E13CgiCause *cause;

  cr_assert_eq (found->len, 1, "%s: %u causes", said[*row].line, found->len);
  cause = found->pdata[0];
  cr_expect_str_eq (cause->id, said[*row].id, "%s: %s", said[*row].line, cause->id);
  cr_expect_null (strchr (cause->sentence, '{'), "%s", cause->sentence);
  cr_expect_null (strstr (cause->sentence, "\\1"), "%s", cause->sentence);
}

static const char *const rows[] = {
#define CAUSE(id, pattern, sentence, cure) id,
#include "cgi/causes.def"
#undef CAUSE
};

Test (cgi_causes, every_row_has_a_test)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean is_tested = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (said); j++)
        is_tested = is_tested || strcmp (said[j].id, rows[i]) == 0;
      cr_expect (is_tested, "%s", rows[i]);
    }
}

static const char *const silent[] = {
  "",
  "Traceback (most recent call last):",
  "  File \"/srv/x/a.py\", line 2, in <module>",
  "PermissionError: [Errno 13] Permission denied: '/srv/x/count.txt'",
  "FileNotFoundError: [Errno 2] No such file or directory: 'x'",
  "DeprecationWarning: 'cgi' is deprecated and slated for removal in Python 3.13",
  "Content-Type: text/html",
  "starting: 3 workers",
};

Test (cgi_causes, what_is_no_cause_is_none)
{
  for (gsize i = 0; i < G_N_ELEMENTS (silent); i++)
    {
      g_autoptr (GPtrArray) found = e13_cgi_causes_find (silent[i], strlen (silent[i]), &names);

      cr_expect_eq (found->len, 0, "%s", silent[i]);
    }
}

/* Whatever a script prints, no command that is shown does more than it says. */
Test (cgi_causes, what_a_script_says_is_quoted)
{
  const char *line
      = "ModuleNotFoundError: No module named 'x'\nCan't locate A;rm$(x)'\\1.pm in @INC\n\033[31mKeyError: '\033'";
  const E13CgiNames odd = { "/usr/bin/py thon", "w\033", "/srv/\\1", "/srv/a'b;c \\1" };
  g_autoptr (GPtrArray) found = e13_cgi_causes_find (line, strlen (line), &odd);
  const E13CgiCause *module = found->pdata[0];
  const E13CgiCause *perl = found->pdata[1];

  cr_assert_eq (found->len, 2);
  cr_expect_not_null (strstr (module->sentence, "w\\033"), "%s", module->sentence);
  cr_expect_not_null (strstr (perl->cure, "'A;rm$(x)'\\''\\1'"), "%s", perl->cure);
}

Test (cgi_causes, each_once_and_only_so_many)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "KeyError: 'x'\n");
  found = e13_cgi_causes_find (text->str, text->len, &names);
  cr_expect_eq (found->len, 1);
}

/* ---- What was refused ------------------------------------------------------------------------ */

static const struct
{
  const char *line;
  const char *path;
  int error;
} denials[] = {
  { "PermissionError: [Errno 13] Permission denied: '/srv/x/count.txt'", "/srv/x/count.txt", EACCES },
  { "IOError: [Errno 13] Permission denied: \"it's\"", "it's", EACCES },
  { "PermissionError: [Errno 13] Permission denied: 'C:\\\\x\\\\y.txt'", "C:\\x\\y.txt", EACCES },
  { "PermissionError: [Errno 13] Permission denied: 'a\\'b\"c'", "a'b\"c", EACCES },
  { "PermissionError: [Errno 1] Operation not permitted: 'x'", "x", EPERM },
  { "FileNotFoundError: [Errno 2] No such file or directory: 'data/x.txt'", "data/x.txt", ENOENT },
  { "OSError: [Errno 30] Read-only file system: '/srv/x'", "/srv/x", EROFS },
  { "PHP Warning:  fopen(/srv/x/count.txt): Failed to open stream: Permission denied in /srv/x/a.php on line 3",
    "/srv/x/count.txt", EACCES },
  { "PHP Warning:  file_put_contents(count.txt): failed to open stream: Permission denied in a.php on line 3",
    "count.txt", EACCES },
  { "PHP Warning:  mkdir(): Permission denied in /srv/x/a.php on line 3", NULL, 0 },
  { "/srv/x/a.sh: line 3: count.txt: Permission denied", "count.txt", EACCES },
  { "/srv/x/a.sh: 3: cannot create data/count.txt: Permission denied", "data/count.txt", EACCES },
  { "/srv/x/a.sh: 3: cannot create data/count.txt: Directory nonexistent", "data/count.txt", ENOENT },
  { "/srv/x/a.sh: 3: cannot open data/count.txt: No such file", "data/count.txt", ENOENT },
  { "touch: cannot touch 'count.txt': Permission denied", "count.txt", EACCES },
  { "mkdir: cannot create directory \xe2\x80\x98x y\xe2\x80\x99: Permission denied", "x y", EACCES },
  { "cat: /srv/x/secret: Permission denied", "/srv/x/secret", EACCES },
  { "Can't open 'count.txt': Permission denied at a.pl line 3.", "count.txt", EACCES },
  { "Could not open count.txt: No such file or directory at a.pl line 3.", "count.txt", ENOENT },
  { "ConnectionRefusedError: [Errno 111] Connection refused", NULL, 0 },
  { "nothing of the kind", NULL, 0 },
};

ParameterizedTestParameters (cgi_causes, denied)
{
  static gsize indexes[G_N_ELEMENTS (denials)];

  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    indexes[i] = i;
  return cr_make_param_array (gsize, indexes, G_N_ELEMENTS (indexes));
}

ParameterizedTest (const gsize *row, cgi_causes, denied)
{
  const char *line = denials[*row].line;
  g_autoptr (GPtrArray) found = e13_cgi_denied_find (line, strlen (line));
  const E13CgiDenied *denied = found->len > 0 ? found->pdata[0] : NULL;

  cr_assert_eq (found->len, denials[*row].path != NULL, "%s: %u", line, found->len);
  if (denied == NULL)
    return;
  cr_expect_str_eq (denied->path, denials[*row].path, "%s: %s", line, denied->path);
  cr_expect_eq (denied->error, denials[*row].error, "%s: %d", line, denied->error);
}
