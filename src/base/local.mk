# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/base/error.c \
	src/base/error.h \
	src/base/fd.h \
	src/base/path.c \
	src/base/path.h \
	src/base/quote.c \
	src/base/quote.h \
	src/base/shebang.c \
	src/base/shebang.h
