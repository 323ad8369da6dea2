/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* MySQL and MariaDB, clients and servers. */

#include "logs/families.h"

static const E13LogPattern patterns[] = {
  { .id = "socket",
    .needle = "server through socket '",
    .regex = "server through socket '(?<path>[^'\\n]*)' \\((?<code>\\d+)(?: \"[^\"\\n]*\")?\\)",
    .operation = E13_OPERATION_CONNECT,
    .examples = { { "ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/run/mysqld/mysqld.sock' (2)",
                    "/run/mysqld/mysqld.sock", E13_OPERATION_CONNECT, 2 },
                  { "ERROR 2002 (HY000): Can't connect to local server through socket '/run/mysqld/mysqld.sock' (13 "
                    "\"Permission denied\")",
                    "/run/mysqld/mysqld.sock", E13_OPERATION_CONNECT, 13 } } },
  { .id = "errcode",
    .needle = "(Errcode: ",
    .regex = "'(?<path>[^'\\n]*)'[^'\\n]*? ?\\((?:OS errno|Errcode:) (?<code>" "1|2|13|30|28"
             ")[ \\)-]",
    .note = "Where the words and the number disagree (\"not found\", 13), the number is right.",
    .examples = { { "mysqld: File '/srv/mysql/binlog.index' not found (Errcode: 13 - Permission denied)",
                    "/srv/mysql/binlog.index", E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "os-errno",
    .needle = "(OS errno ",
    .regex = "'(?<path>[^'\\n]*)'[^'\\n]*? ?\\(OS errno (?<code>1|2|13|30|28)[ \\)-]",
    .examples = { { "mysqld: Can't create/write to file '/srv/mysql/is_writable' (OS errno 13 - Permission denied)",
                    "/srv/mysql/is_writable", E13_OPERATION_UNKNOWN, 13 } } },
  { .id = "innodb",
    .needle = " must be writable",
    .regex = "InnoDB: The innodb_system data file '(?<path>[^'\\n]*)' must be writable",
    .error = 13,
    .operation = E13_OPERATION_WRITE,
    .examples = { { "[ERROR] InnoDB: The innodb_system data file 'ibdata1' must be writable", "ibdata1", E13_OPERATION_WRITE,
                    13 } } },
  { .id = "innodb-number",
    .needle = "Operating system error number ",
    .regex = "InnoDB: Operating system error number (?<code>13|2|30) in a file operation",
    .note = "InnoDB names the file in the line after it, if anywhere.",
    .examples = { { "[ERROR] InnoDB: Operating system error number 13 in a file operation.", NULL, E13_OPERATION_UNKNOWN,
                    13 } } },
  { .id = "pdo",
    .needle = "[2002] ",
    .regex = "SQLSTATE\\[HY000\\] \\[2002\\] (?<text>Permission denied|No such file or directory)",
    .operation = E13_OPERATION_CONNECT,
    .note = "The client's library lost the socket's name: it is the server's socket, as the client is configured to find "
            "it.",
    .examples = { { "PDOException: SQLSTATE[HY000] [2002] No such file or directory", NULL, E13_OPERATION_CONNECT, 2 } } },
  { 0 },
};

const E13LogFamily e13_log_mysql = { .name = "mysql", .patterns = patterns };
