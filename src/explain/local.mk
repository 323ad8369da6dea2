# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/explain/asking.c \
	src/explain/asking.h \
	src/explain/cure.c \
	src/explain/cure.h \
	src/explain/denial-judge.c \
	src/explain/denial.c \
	src/explain/denial.h \
	src/explain/descriptor.c \
	src/explain/descriptor.h \
	src/explain/pitfalls.c \
	src/explain/pitfalls.h \
	src/explain/pitfalls-run.c \
	src/explain/path.c \
	src/explain/path.h
