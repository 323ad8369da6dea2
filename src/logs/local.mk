# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/logs/errno-words.c \
	src/logs/errno-words.def \
	src/logs/errno-words.h \
	src/logs/failure.c \
	src/logs/failure.h \
	src/logs/families.c \
	src/logs/families.def \
	src/logs/families.h \
	src/logs/family.h \
	src/logs/layers.c \
	src/logs/layers.h \
	src/logs/match.c \
	src/logs/match.h \
	src/logs/needles.c \
	src/logs/needles.h \
	src/logs/operations.def \
	src/logs/reader.c \
	src/logs/reader.h \
	src/logs/stamp.c \
	src/logs/stamp.h \
	src/logs/texts.h \
	src/logs/unescape.c \
	src/logs/unescape.h

# One file a family of programs.
liberrno13_a_SOURCES += \
	src/logs/families/apache.c \
	src/logs/families/apparmor.c \
	src/logs/families/caddy.c \
	src/logs/families/dotnet.c \
	src/logs/families/git.c \
	src/logs/families/go.c \
	src/logs/families/gunicorn.c \
	src/logs/families/iis-page.c \
	src/logs/families/iis.c \
	src/logs/families/java.c \
	src/logs/families/lighttpd.c \
	src/logs/families/monolog.c \
	src/logs/families/mysql.c \
	src/logs/families/nginx.c \
	src/logs/families/node.c \
	src/logs/families/other.c \
	src/logs/families/perl.c \
	src/logs/families/php-fpm.c \
	src/logs/families/php.c \
	src/logs/families/python.c \
	src/logs/families/ruby.c \
	src/logs/families/rust.c \
	src/logs/families/selinux.c \
	src/logs/families/shell.c \
	src/logs/families/sqlite.c \
	src/logs/families/strace.c \
	src/logs/families/systemd.c \
	src/logs/families/uwsgi.c
