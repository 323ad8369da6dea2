# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/iis/collections.def \
	src/iis/config.c \
	src/iis/config.h \
	src/iis/files.c \
	src/iis/files.h \
	src/iis/scope.c \
	src/iis/scope.h \
	src/iis/status-query.c \
	src/iis/status-query.h \
	src/iis/status.c \
	src/iis/status.h \
	src/iis/whose.c \
	src/iis/whose.h \
	src/iis/xml-words.c \
	src/iis/xml-words.h \
	src/iis/xml.c \
	src/iis/xml.h

# The catalogue, as C.
EXTRA_DIST += src/iis/statuses.awk src/iis/statuses.catalogue
CLEANFILES += src/iis/statuses.c
nodist_liberrno13_a_SOURCES += src/iis/statuses.c

src/iis/statuses.c: src/iis/statuses.catalogue src/iis/statuses.awk
	$(AM_V_GEN)$(MKDIR_P) src/iis
	$(AM_V_at)(cd $(srcdir) && LC_ALL=C $(AWK) -f src/iis/statuses.awk src/iis/statuses.catalogue) >$@.tmp && mv $@.tmp $@
