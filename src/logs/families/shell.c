/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Shells and the tools that are run from them: names as they are or in quotes, the reason at the end. */

#include "logs/families.h"
#include "logs/texts.h"

/* A shell's own name, with the line of the script or command behind it. */
#define SHELL "(?:^|[ (])-?(?:[\\w./-]*/)?(?:ba|da|k|mk|a|z|fi|c|tc)?sh(?:\\[\\d+\\])?: (?:(?:line )?\\d+: )?"
#define SCRIPT_LINE "(?:^|\\s)(?<script>[\\w./+@-]*[\\w+@-]): (?:line )?\\d+: "
/* How coreutils quote: plain, curly, double. */
#define QUOTED "(?:'(?<path>[^\\n]*?)'|\\xe2\\x80\\x98(?<path>[^\\n]*?)\\xe2\\x80\\x99|\"(?<path>[^\"\\n]*)\"|`(?<path>[^'\\n]*)')"
#define QUOTED_TO "(?:'(?<path2>[^\\n]*?)'|\\xe2\\x80\\x98(?<path2>[^\\n]*?)\\xe2\\x80\\x99)"

static const E13LogPattern patterns[] = {
  { .id = "interpreter",
    .needle = ": bad interpreter: ",
    .regex = "(?:^|: |\\s)(?<script>[^\\n:]+): (?<path>[^\\n:]+): bad interpreter: " E13_TEXT,
    .operation = E13_OPERATION_RUN,
    .note = "The program that the first line of the script names, not the script. A ^M at its end is the carriage return of "
            "a line that was written on Windows; and a file system mounted noexec refuses so, too.",
    .examples = { { "bash: ./run.py: /usr/local/bin/python: bad interpreter: No such file or directory",
                    "/usr/local/bin/python", E13_OPERATION_RUN, 2 } } },
  { .id = "interpreter-word",
    .needle = ": bad interpreter",
    .regex = "(?:^|: |\\s)(?<script>[^\\n:]+): (?<path>/[^\\n:]+): bad interpreter",
    .operation = E13_OPERATION_RUN,
    .examples = { { "zsh: ./run.py: /usr/local/bin/python: bad interpreter", "/usr/local/bin/python", E13_OPERATION_RUN,
                    0 } } },
  { .id = "required-file",
    .needle = "required file not found",
    .regex = "(?:^|: |\\s)(?<path>[^\\n:]+): cannot execute: required file not found",
    .error = 2,
    .operation = E13_OPERATION_RUN,
    .note = "It is there itself: what is missing is the interpreter in its first line, or its dynamic loader.",
    .examples = { { "bash: line 1: ./run: cannot execute: required file not found", "./run", E13_OPERATION_RUN, 2 } } },
  { .id = "execute",
    .needle = ": cannot execute",
    .regex = "(?:exec: )?(?<path>[^\\n: ][^\\n:]*): cannot execute(?: binary file)?: " E13_TEXT,
    .operation = E13_OPERATION_RUN,
    .examples = { { "bash: line 1: exec: /srv/run: cannot execute: Permission denied", "/srv/run", E13_OPERATION_RUN, 13 } } },
  { .id = "create",
    .regex = ": cannot (?<op>create|open) (?<path>[^\\n'\"\xe2]+?): (?<text>" E13_TEXTS "|Directory nonexistent|No such file)",
    .examples = { { "sh: 1: cannot create /srv/app/out: Permission denied", "/srv/app/out", E13_OPERATION_CREATE, 13 },
                  { "dash: 1: cannot create /srv/none/out: Directory nonexistent", "/srv/none/out", E13_OPERATION_CREATE,
                    2 },
                  { "sh: 1: cannot open /srv/app/in: No such file", "/srv/app/in", E13_OPERATION_READ, 2 } } },
  { .id = "cd",
    .needle = ": cd: ",
    .regex = ": cd: (?:can't cd to )?(?<path>[^\\n]+?)(?:: " E13_TEXT "|$)",
    .operation = E13_OPERATION_ENTER,
    .examples = { { "bash: line 1: cd: /srv/app: Permission denied", "/srv/app", E13_OPERATION_ENTER, 13 },
                  { "sh: 1: cd: can't cd to /srv/app", "/srv/app", E13_OPERATION_ENTER, 0 } } },
  { .id = "zsh",
    .regex = "zsh:(?:\\d+:)? (?<text>permission denied|no such file or directory): (?<path>[^\\n]+)$",
    .examples = { { "zsh: permission denied: ./run.sh", "./run.sh", E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "zsh-cd",
    .regex = "cd:\\d*:? ?(?<text>permission denied|no such file or directory): (?<path>[^\\n]+)$",
    .operation = E13_OPERATION_ENTER,
    .examples = { { "cd: permission denied: /srv/app", "/srv/app", E13_OPERATION_ENTER, 13 } } },
  { .id = "env",
    .regex = "\\benv: " QUOTED ": " E13_TEXT,
    .operation = E13_OPERATION_RUN,
    .note = "env looks for it in PATH.",
    .examples = { { "/usr/bin/env: 'python': No such file or directory", "python", E13_OPERATION_RUN, 2 } } },
  { .id = "tool-two",
    .regex = "(?:^|\\s)(?<process>[\\w.+-]+): (?:cannot|can't|failed to) (?:inter-device )?(?<op>move|rename|copy|link) "
             "(?:file )?'(?<path>[^\\n]*?)' to " QUOTED_TO ": " E13_TEXT,
    .examples = { { "mv: cannot move '/srv/a' to '/srv/b': Permission denied", "/srv/a", E13_OPERATION_RENAME, 13 } } },
  { .id = "tool",
    .regex = "(?:^|\\s)(?<process>[\\w.+-]+): (?:cannot|can't|failed to|unable to|couldn't|error|WARNING:)?[ ]?(?<op>"
             "open directory|open temporary file|open|create regular file|create directory|create symbolic link|create hard link|"
             "create fifo|create special file|create|read directory|read symbolic link|read|access|remove directory|remove|"
             "touch|stat|statx|write|move|copy|truncate|overwrite|unlink|chdir|change directory|"
             "changing permissions of|changing ownership of|changing group of|preserving times for|setting times of|"
             "setting permissions for|listing attributes of|reading|opening|executing|run command|execute|"
             "set permissions of|change permissions of|chroot to|change root directory to|backup|examine|do|setfacl)"
             "(?: file| for)? ?" QUOTED "(?: for (?:reading|writing))?: " E13_TEXT,
    .examples
    = { { "ls: cannot open directory '/srv/app/': Permission denied", "/srv/app/", E13_OPERATION_LIST, 13 },
        { "cp: cannot create regular file '/srv/app/x': Permission denied", "/srv/app/x", E13_OPERATION_CREATE, 13 },
        { "chmod: changing permissions of '/srv/x': Operation not permitted", "/srv/x", E13_OPERATION_CHANGE, 1 },
        { "rm: cannot remove '/srv/a b': Permission denied", "/srv/a b", E13_OPERATION_DELETE, 13 },
        { "tail: cannot open '/srv/log' for reading: Permission denied", "/srv/log", E13_OPERATION_READ, 13 } } },
  { .id = "tool-found",
    .regex = "\\bfind: " QUOTED ": " E13_TEXT,
    .operation = E13_OPERATION_LIST,
    .examples = { { "find: '/srv/app/d': Permission denied", "/srv/app/d", E13_OPERATION_LIST, 13 } } },
  { .id = "sed",
    .regex = "\\bsed: (?:(?:can't|couldn't) (?<op>read|open temporary file|open file|edit|rename) |-e expression[^\\n]*?)(?<path>[^\\n]+?): " E13_TEXT,
    .examples = { { "sed: can't read /srv/app/x: Permission denied", "/srv/app/x", E13_OPERATION_READ, 13 },
                  { "sed: couldn't open temporary file /srv/app/sedAbCdEf: Permission denied", "/srv/app/sedAbCdEf",
                    E13_OPERATION_CREATE, 13 } } },
  { .id = "tar",
    .regex = "\\b(?<process>tar|cpio): (?<path>[^\\n]+?): Cannot (?:open|(?<op>mkdir|unlink|stat|connect|utime|change mode to [^:]*|change "
             "ownership to [^:]*|create symlink to '[^']*'|savedir|exec|chdir|write|read|rename|lstat|rmdir|hard link to '[^']*')): " E13_TEXT,
    .operation = E13_OPERATION_OPEN,
    .examples = { { "tar: app/x: Cannot open: Permission denied", "app/x", E13_OPERATION_OPEN, 13 } } },
  { .id = "shell",
    .regex = SHELL "(?<path>[^\\n:]+): " E13_TEXT "$",
    .examples = { { "-bash: /srv/run: Permission denied", "/srv/run", E13_OPERATION_UNKNOWN, 13 },
                  { "sh: 1: /srv/run: Permission denied", "/srv/run", E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "script-line",
    .regex = SCRIPT_LINE "(?<path>[^\\n:]+): " E13_TEXT "$",
    .examples = { { "/srv/run.sh: line 3: /srv/app/out: Permission denied", "/srv/app/out", E13_OPERATION_UNKNOWN, 13 },
                  { "./run.sh: 3: ./tool: Permission denied", "./tool", E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "make",
    .regex = "\\bmake(?:\\[\\d+\\])?: (?<path>[^\\n:]+): " E13_TEXT "$",
    .operation = E13_OPERATION_RUN,
    .examples = { { "make[1]: ./configure: Permission denied", "./configure", E13_OPERATION_RUN, 13 } } },
  { .id = "tool-bare",
    .regex = "^(?<process>cat|tee|grep|egrep|head|wc|sort|cut|less|more|md5sum|sha256sum|diff|cmp|nice|nohup|sudo|time|ls|file|od|"
             "xxd|awk|mawk|gawk|cc|gcc|ld|ln|install|rsync|dd|stat|source|ionice|timeout|setfacl|getfacl|strip|uniq|join|paste|tac|"
             "nl|mkdir|touch|rmdir|chown|chmod|cp|mv|rm|du|df): (?<path>[^\\n:']+|'[^\\n']+'): " E13_TEXT "$",
    .examples = { { "cat: /srv/app/x: Permission denied", "/srv/app/x", E13_OPERATION_UNKNOWN, 13 } } },
  { 0 },
};

static const E13LogWord words[] = {
  { "open directory", E13_OPERATION_LIST },
  { "open temporary file", E13_OPERATION_CREATE },
  { "open", E13_OPERATION_READ },
  { "open file", E13_OPERATION_OPEN },
  { "create regular file", E13_OPERATION_CREATE },
  { "create directory", E13_OPERATION_CREATE },
  { "create symbolic link", E13_OPERATION_CREATE },
  { "create hard link", E13_OPERATION_CREATE },
  { "create fifo", E13_OPERATION_CREATE },
  { "create special file", E13_OPERATION_CREATE },
  { "read directory", E13_OPERATION_LIST },
  { "savedir", E13_OPERATION_LIST },
  { "read symbolic link", E13_OPERATION_STAT },
  { "remove directory", E13_OPERATION_DELETE },
  { "overwrite", E13_OPERATION_WRITE },
  { "change directory", E13_OPERATION_ENTER },
  { "changing permissions of", E13_OPERATION_CHANGE },
  { "changing ownership of", E13_OPERATION_CHANGE },
  { "changing group of", E13_OPERATION_CHANGE },
  { "preserving times for", E13_OPERATION_CHANGE },
  { "setting times of", E13_OPERATION_CHANGE },
  { "setting permissions for", E13_OPERATION_CHANGE },
  { "set permissions of", E13_OPERATION_CHANGE },
  { "change permissions of", E13_OPERATION_CHANGE },
  { "reading", E13_OPERATION_READ },
  { "executing", E13_OPERATION_RUN },
  { "run command", E13_OPERATION_RUN },
  { "execute", E13_OPERATION_RUN },
  { "touch", E13_OPERATION_CREATE },
  { "edit", E13_OPERATION_READ },
  { "examine", E13_OPERATION_STAT },
  { NULL, 0 },
};

const E13LogFamily e13_log_shell = { .name = "shell", .patterns = patterns, .words = words };
