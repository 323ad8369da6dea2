# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/policy/builtin.h \
	src/policy/detect.c \
	src/policy/detect.h \
	src/policy/glob-parts.h \
	src/policy/glob.c \
	src/policy/glob.h \
	src/policy/guarded.c \
	src/policy/guarded.def \
	src/policy/guarded.h \
	src/policy/keyfile.c \
	src/policy/keyfile.h \
	src/policy/level.c \
	src/policy/marker.c \
	src/policy/marker.h \
	src/policy/matcher.c \
	src/policy/matcher.h \
	src/policy/nearest.c \
	src/policy/nearest.h \
	src/policy/policy.c \
	src/policy/policy.h \
	src/policy/profile-keys.c \
	src/policy/profile-keys.h \
	src/policy/profile.c \
	src/policy/profile.h \
	src/policy/profiles.c \
	src/policy/worker.def

# The built-in profiles, as C. Their order here is their order in `errno13 profiles`.
E13_PROFILES = \
	src/policy/profiles/generic.profile \
	src/policy/profiles/django.profile \
	src/policy/profiles/python-cgi.profile \
	src/policy/profiles/wordpress.profile

EXTRA_DIST += $(E13_PROFILES) src/policy/embed.awk
CLEANFILES += src/policy/builtin.c
nodist_liberrno13_a_SOURCES = src/policy/builtin.c

src/policy/builtin.c: $(E13_PROFILES) src/policy/embed.awk src/policy/local.mk
	$(AM_V_GEN)$(MKDIR_P) src/policy
	$(AM_V_at)(cd $(srcdir) && LC_ALL=C $(AWK) -f src/policy/embed.awk $(E13_PROFILES)) >$@.tmp && mv $@.tmp $@
