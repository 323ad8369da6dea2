# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/cgi/causes.c \
	src/cgi/causes.def \
	src/cgi/causes.h \
	src/cgi/denied.def \
	src/cgi/head.c \
	src/cgi/head.h \
	src/cgi/html-elements.def \
	src/cgi/html.c \
	src/cgi/markup.c \
	src/cgi/markup.h \
	src/cgi/problems.def \
	src/cgi/request.c \
	src/cgi/request.h \
	src/cgi/verdict-head.c \
	src/cgi/verdict-page.c \
	src/cgi/verdict-start.c \
	src/cgi/verdict.c \
	src/cgi/verdict.h
