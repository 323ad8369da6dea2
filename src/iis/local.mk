# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/iis/below.c \
	src/iis/below.h \
	src/iis/collections.def \
	src/iis/config.c \
	src/iis/config.h \
	src/iis/files.c \
	src/iis/files.h \
	src/iis/scope.c \
	src/iis/scope.h \
	src/iis/whose.c \
	src/iis/whose.h \
	src/iis/xml-words.c \
	src/iis/xml-words.h \
	src/iis/xml.c \
	src/iis/xml.h
