# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/iis/below.c \
	src/iis/below.h \
	src/iis/config.c \
	src/iis/config.h \
	src/iis/edit.c \
	src/iis/edit.h \
	src/iis/files.c \
	src/iis/files.h \
	src/iis/handler.c \
	src/iis/handler.h \
	src/iis/lint-access.c \
	src/iis/lint-allow.c \
	src/iis/lint-allow.h \
	src/iis/lint-documents.c \
	src/iis/lint-duplicates.c \
	src/iis/lint-errors.c \
	src/iis/lint-fix.c \
	src/iis/lint-fix.h \
	src/iis/lint-handlers.c \
	src/iis/lint-includes.c \
	src/iis/lint-locks.c \
	src/iis/lint-machine.c \
	src/iis/lint-machine.h \
	src/iis/lint-modules.c \
	src/iis/lint-place.c \
	src/iis/lint-place.h \
	src/iis/lint-pools.c \
	src/iis/lint-programs.c \
	src/iis/lint-rules.def \
	src/iis/lint-runtime.def \
	src/iis/lint-schema.c \
	src/iis/lint-sections.c \
	src/iis/lint-sections.h \
	src/iis/lint-site.c \
	src/iis/lint-site.h \
	src/iis/lint-starts.c \
	src/iis/lint-unreadable.c \
	src/iis/lint-words.c \
	src/iis/lint-words.h \
	src/iis/lint-xml.c \
	src/iis/lint.c \
	src/iis/lint.h \
	src/iis/modules.def \
	src/iis/pe.c \
	src/iis/pe.h \
	src/iis/products.def \
	src/iis/schema.c \
	src/iis/schema.def \
	src/iis/schema.h \
	src/iis/scope.c \
	src/iis/scope.h \
	src/iis/status-query.c \
	src/iis/status-query.h \
	src/iis/status.c \
	src/iis/status.h \
	src/iis/whose.c \
	src/iis/whose.h \
	src/iis/xml-remedy.c \
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
