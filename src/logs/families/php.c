/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* PHP: "Warning: fopen(NAME): Failed to open stream: Permission denied in SCRIPT on line N". The name is as it is,
 * without quotes; the script is never what was refused. */

#include <string.h>

#include "logs/families.h"
#include "logs/texts.h"

#define SCRIPT "(?: in (?<script>[^\\n]*?)(?: on line |\\(|:)\\d+)?"
/* A name in parentheses that stand before a colon, as it is. */
#define ARGUMENT "\\((?<path>(?:(?!\\)(?: \\[[^\\]]*\\])?: )[^\\n])*)\\)(?: \\[[^\\]]*\\])?: "

static const E13LogPattern patterns[] = {
  { .id = "open-stream",
    .needle = "ailed to open ",
    .names_errno = TRUE,
    .regex = "(?<op>\\w+)" ARGUMENT "[Ff]ailed to open (?:stream|dir|directory): " E13_TEXT SCRIPT,
    .operation = E13_OPERATION_OPEN,
    .examples
    = { { "PHP Warning:  file_put_contents(/srv/app/cache/a (1).php): failed to open stream: Permission denied in "
          "/srv/app/index.php on line 12",
          "/srv/app/cache/a (1).php", E13_OPERATION_WRITE, 13 },
        { "Warning: include(/srv/app/x.php): Failed to open stream: No such file or directory in /srv/app/i.php on "
          "line 3",
          "/srv/app/x.php", E13_OPERATION_READ, 2 },
        { "<b>Warning</b>:  fopen(/srv/a&amp;b) [<a href='function.fopen'>function.fopen</a>]: failed to open stream: "
          "Permission denied in <b>/srv/i.php</b> on line <b>4</b><br />",
          "/srv/a&b", E13_OPERATION_OPEN, 13 },
        { "[object] (ErrorException(code: 0): file_put_contents(/srv/app/storage/x): failed to open stream: Permission "
          "denied at /srv/app/f.php:122)",
          "/srv/app/storage/x", E13_OPERATION_WRITE, 13 },
        { "2026/11/23 10:00:00 [error] 7#7: *1 FastCGI sent in stderr: \"PHP message: PHP Warning:  "
          "scandir(/srv/d): Failed to open directory: Permission denied in /srv/i.php on line 4\" while reading "
          "response header from upstream",
          "/srv/d", E13_OPERATION_LIST, 13 } } },
  { .id = "rename",
    .needle = "rename(",
    .names_errno = TRUE,
    .regex = "(?<op>rename)\\((?<path>[^,\\n]*),(?<path2>[^\\n]*?)\\): " E13_TEXT SCRIPT,
    .examples = { { "PHP Warning:  rename(/srv/a,/srv/b): Permission denied in /srv/i.php on line 2", "/srv/a",
                    E13_OPERATION_RENAME, 13 } } },
  { .id = "call",
    .regex = "\\b(?<op>mkdir|rmdir|unlink|chmod|chown|chgrp|lchown|lchgrp|touch|symlink|link|readlink|stat|lstat|chdir"
             "|tempnam|ftruncate|copy|bindtextdomain)\\((?<path>(?:(?!\\): )[^\\n])+)?\\): " E13_TEXT SCRIPT,
    .examples = { { "PHP Warning:  mkdir(): Permission denied in /srv/i.php on line 2", NULL, E13_OPERATION_CREATE, 13 },
                  { "Warning: unlink(/srv/app/a b): Operation not permitted in /srv/i.php on line 2", "/srv/app/a b",
                    E13_OPERATION_DELETE, 1 } } },
  { .id = "touch",
    .needle = "Unable to create file ",
    .names_errno = TRUE,
    .regex = "touch\\(\\): Unable to create file (?<path>[^\\n]*) because " E13_TEXT SCRIPT,
    .operation = E13_OPERATION_CREATE,
    .examples = { { "Warning: touch(): Unable to create file /srv/app/t because Permission denied in /srv/i.php on "
                    "line 2",
                    "/srv/app/t", E13_OPERATION_CREATE, 13 } } },
  { .id = "stat",
    .needle = "stat failed for ",
    .regex = "(?<op>\\w+)\\(\\): [Ll]?stat failed for (?<path>[^\\n]*?)(?: in (?<script>[^\\n]*) on line \\d+|$)",
    .operation = E13_OPERATION_STAT,
    .note = "PHP does not say whether it is missing or cannot be reached.",
    .examples = { { "Warning: filesize(): stat failed for /srv/app/x in /srv/i.php on line 2", "/srv/app/x",
                    E13_OPERATION_STAT, 0 } } },
  { .id = "failed-opening",
    .needle = "ailed opening ",
    .regex = "[Ff]ailed opening (?:required )?(?:'(?<path>[^'\\n]*)'| for inclusion)(?: for inclusion)? "
             "\\(include_path='[^'\\n]*'\\)" SCRIPT,
    .operation = E13_OPERATION_READ,
    .note = "PHP does not say here whether it is missing or cannot be read; the warning before it does.",
    .examples = { { "PHP Fatal error:  Uncaught Error: Failed opening required '/srv/app/a.php' (include_path='.:/usr') "
                    "in /srv/i.php:3",
                    "/srv/app/a.php", E13_OPERATION_READ, 0 } } },
  { .id = "upload",
    .needle = "Unable to move ",
    .regex = "move_uploaded_file\\(\\): Unable to move [\"'](?<path2>[^\"'\\n]*)[\"'] to [\"'](?<path>[^\"'\\n]*)[\"']"
             SCRIPT,
    .operation = E13_OPERATION_CREATE,
    .examples = { { "Warning: move_uploaded_file(): Unable to move \"/tmp/php1\" to \"/srv/app/up/x\" in /srv/i.php on "
                    "line 2",
                    "/srv/app/up/x", E13_OPERATION_CREATE, 0 } } },
  { .id = "session-open",
    .needle = ") failed: ",
    .regex = "\\b(?<op>open|opendir|scandir)\\((?<path>[^\\n]*?)(?:, O_RDWR)?\\) failed: [^(\\n]*\\((?<code>\\d+)\\)" SCRIPT,
    .examples = { { "PHP Warning:  session_start(): open(/var/lib/php/sessions/sess_abc, O_RDWR) failed: Keine "
                    "Berechtigung (13) in /srv/i.php on line 2",
                    "/var/lib/php/sessions/sess_abc", E13_OPERATION_OPEN, 13 },
                  { "PHP Notice:  session_start(): ps_files_cleanup_dir: opendir(/var/lib/php/sessions) failed: "
                    "Permission denied (13) in /srv/i.php on line 2",
                    "/var/lib/php/sessions", E13_OPERATION_LIST, 13 } } },
  { .id = "session-path",
    .needle = "session.save_path",
    .regex = "session\\.save_path is correct \\((?<path>[^)\\n]+)\\)" SCRIPT,
    .operation = E13_OPERATION_WRITE,
    .note = "PHP could not write its session there; the reason stands in the warning before it.",
    .examples = { { "PHP Warning:  Unknown: Failed to write session data (files). Please verify that the current "
                    "setting of session.save_path is correct (/var/lib/php/sessions) in Unknown on line 0",
                    "/var/lib/php/sessions", E13_OPERATION_WRITE, 0 } } },
  { .id = "open-basedir",
    .needle = "open_basedir restriction",
    .regex = "open_basedir restriction in effect\\. File\\((?<path>[^\\n]*?)\\) is not within the allowed path\\(s\\): "
             "\\([^\\n]*?\\)" SCRIPT,
    .kind = E13_FAILURE_SETTING,
    .operation = E13_OPERATION_OPEN,
    .note = "PHP's own setting open_basedir refuses, before the system was asked: add the directory to it.",
    .examples = { { "PHP Warning:  fopen(): open_basedir restriction in effect. File(/etc/x) is not within the allowed "
                    "path(s): (/srv:/tmp) in /srv/i.php on line 2",
                    "/etc/x", E13_OPERATION_OPEN, 0 } } },
  { .id = "primary-script-open",
    .needle = "nable to open primary script",
    .regex = "[Uu]nable to open primary script: (?<path>[^\\n]*?) \\((?<text>[^)\\n]*)\\)",
    .operation = E13_OPERATION_READ,
    .examples = { { "PHP message: PHP Warning:  Unknown: Unable to open primary script: /srv/app/index.php (No such file or "
                    "directory)",
                    "/srv/app/index.php", E13_OPERATION_READ, 2 } } },
  { .id = "primary-script",
    .needle = "Primary script unknown",
    .regex = "Primary script unknown",
    .error = 2,
    .operation = E13_OPERATION_READ,
    .note = "php-fpm found no script at SCRIPT_FILENAME: either it is missing, the web server's root is not php-fpm's, "
            "or a directory above it cannot be entered by the pool's account.",
    .examples = { { "2026/11/23 10:00:00 [error] 7#7: *1 FastCGI sent in stderr: \"Primary script unknown\" while "
                    "reading response header from upstream",
                    NULL, E13_OPERATION_READ, 2 } } },
  { .id = "cannot-open-input",
    .needle = "Could not open input file: ",
    .regex = "Could not open input file: (?<path>[^\\n]+)$",
    .operation = E13_OPERATION_READ,
    .note = "PHP does not say whether it is missing or cannot be read.",
    .examples = { { "Could not open input file: /srv/app/artisan", "/srv/app/artisan", E13_OPERATION_READ, 0 } } },
  { 0 },
};

static const E13LogWord words[] = {
  { "fopen", E13_OPERATION_OPEN }, { "copy", E13_OPERATION_OPEN }, { "simplexml_load_file", E13_OPERATION_READ },
  { "imagejpeg", E13_OPERATION_WRITE }, { "imagepng", E13_OPERATION_WRITE }, { "fileperms", E13_OPERATION_STAT },
  { "unlink", E13_OPERATION_DELETE }, { NULL, 0 },
};

/* The error that follows a warning about the same file says nothing new. */
static gboolean
more (E13Failure *failure, const E13LogLine *line)
{
  return failure->path != NULL && *failure->path != '\0' && strstr (line->text, "ailed opening ") != NULL
         && strstr (line->text, failure->path) != NULL;
}

const E13LogFamily e13_log_php = { .name = "php", .patterns = patterns, .words = words, .more = more };
