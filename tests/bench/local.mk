# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# As root, on a quiet machine: some twenty minutes. BENCH='--only reading --size 20000' for less.
EXTRA_PROGRAMS += tests/bench/bare-loop
CLEANFILES += tests/bench/bare-loop$(EXEEXT)
tests_bench_bare_loop_SOURCES = tests/bench/bare-loop.c
EXTRA_DIST += tests/bench/run tests/bench/trees.py

BENCH = --write $(abs_top_srcdir)/docs/benchmarks.md
bench: errno13$(EXEEXT) tests/bench/bare-loop$(EXEEXT)
	$(srcdir)/tests/bench/run --errno13 errno13$(EXEEXT) --bare-loop tests/bench/bare-loop$(EXEEXT) --work $(abs_builddir)/bench $(BENCH)
.PHONY: bench
