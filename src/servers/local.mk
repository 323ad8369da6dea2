# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/servers/account.c \
	src/servers/apache.c \
	src/servers/caddy.c \
	src/servers/choose.c \
	src/servers/claims.c \
	src/servers/claims.h \
	src/servers/hosting.c \
	src/servers/hosting.h \
	src/servers/ini.c \
	src/servers/ini.h \
	src/servers/lighttpd.c \
	src/servers/local.c \
	src/servers/local.h \
	src/servers/nginx.c \
	src/servers/php-fpm.c \
	src/servers/programs.c \
	src/servers/programs.def \
	src/servers/programs.h \
	src/servers/running.c \
	src/servers/sources.c \
	src/servers/sources.h \
	src/servers/statement.c \
	src/servers/statement.h \
	src/servers/unit.c \
	src/servers/unit.h \
	src/servers/uwsgi.c \
	src/servers/whose.c \
	src/servers/whose.h
