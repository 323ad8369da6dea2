# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

errno13_SOURCES += \
	src/commands/cgi-denied.c \
	src/commands/cgi-run.c \
	src/commands/cgi.c \
	src/commands/cgi.h \
	src/commands/check.c \
	src/commands/commands.h \
	src/commands/explain-log.c \
	src/commands/explain-log.h \
	src/commands/explain.c \
	src/commands/elevation.c \
	src/commands/elevation.h \
	src/commands/first-screen.c \
	src/commands/first-screen.h \
	src/commands/fix-command.c \
	src/commands/fix-command.h \
	src/commands/fix.c \
	src/commands/identity.c \
	src/commands/lint-fix.c \
	src/commands/lint-fix.h \
	src/commands/lint.c \
	src/commands/options.c \
	src/commands/options.h \
	src/commands/place.c \
	src/commands/place.h \
	src/commands/profile-test.c \
	src/commands/profile-test.h \
	src/commands/profiles.c \
	src/commands/run.c \
	src/commands/run.h \
	src/commands/site-policy.c \
	src/commands/site-policy.h \
	src/commands/site-profile.c \
	src/commands/site-profile.h \
	src/commands/status.c \
	src/commands/suggest-profile.c \
	src/commands/suggest-profile.h \
	src/commands/trace.c \
	src/commands/trace-run.c \
	src/commands/trace-run.h \
	src/commands/trace-seen.c \
	src/commands/trace-seen.h \
	src/commands/undo.c \
	src/commands/watch.c \
	src/commands/watch.h \
	src/commands/who-express.c \
	src/commands/who-express.h \
	src/commands/who-servers.c \
	src/commands/who-servers.h \
	src/commands/who-windows.c \
	src/commands/who-windows.h \
	src/commands/who.c
