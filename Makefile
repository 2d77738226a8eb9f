# `make demo` and `make test` need python3 (3.11 or newer), its venv module and make; nothing else.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo test test-commands test-honest test-course test-docs test-install test-postgres check docs format oracles handouts validate examples attacks hostile-class fuzz bench benchmarks-small large-class lock clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(STAMP)  ## a virtual environment with everything, from the hashed lock

$(STAMP): requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --no-compile --require-hashes -r requirements/dev.txt
	@# On every processor at once; sandboxes write no bytecode. Some packages carry templates that are no Python.
	$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP)  ## build problem set 1, make a class of twelve notebooks and grade it
	rm -rf demo
	$(BIN)/gradmark build ps1 --out demo/built
	$(BIN)/python tools/demo_class.py demo/built/student/ps1.ipynb demo/submissions
	$(BIN)/gradmark grade ps1 demo/submissions --out demo/graded

# What make test would take too long with.
COURSE_TESTS  := tests/course
COMMAND_TESTS := tests/batch/test_cluster.py tests/judge/test_watched.py tests/judge/test_nothing_stops_it.py \
                 tests/batch/test_batch.py tests/validate/test_changes.py tests/report/test_made_again.py \
                 tests/validate/test_validate.py tests/validate/test_sandboxed.py tests/gradebook/test_sqlite.py \
                 tests/gradebook/test_erasure.py tests/gradebook/test_same_points.py tests/cli/test_seed_is_told_to_nobody.py \
                 tests/cli/test_private.py tests/judge/test_before.py tests/local tests/judge/test_classes.py \
                 tests/validate/test_naming.py tests/validate/test_cheaters.py tests/validate/test_groups.py \
                 tests/gradebook/test_class.py tests/gradebook/test_answers.py \
                 tests/gradescope tests/preview tests/scaffold tests/simulate
HONEST_TESTS  := tests/honest/test_both_ways.py tests/honest/test_time.py tests/honest/test_times.py tests/honest/test_found.py \
                 tests/honest/test_numbers_forms.py tests/honest/test_numbers_precision.py

test: $(STAMP)  ## the tests that need no root, no system package and no long wait
	$(BIN)/python -m pytest -n 3 --dist worksteal tests reference $(addprefix --ignore=,$(COURSE_TESTS) $(COMMAND_TESTS) $(HONEST_TESTS) tests/docs tests/install)
	@echo "NOT RUN here: the gradebook in PostgreSQL (make test-postgres), jax and optax (make oracles), every problem set"
	@echo "  from end to end (make test-course), the longest commands and waits (make test-commands), the docs' blocks (make test-docs),"
	@echo "  installing it from nothing (make test-install), right work of every form (make test-honest)"

test-commands: $(STAMP)  ## whole commands and long waits: batches and their files, Gradescope's folders, preview, new, simulate, a cluster, erasing
	$(BIN)/python -m pytest -n 3 --dist worksteal $(COMMAND_TESTS)

test-honest: $(STAMP)  ## right work in every form: notebooks checked and graded, files found, times read, numbers of every kind
	$(BIN)/python -m pytest -n 3 --dist worksteal $(HONEST_TESTS)

test-course: $(STAMP)  ## every problem set: built, checked as a student would, its mistakes graded as in Gradescope
	$(BIN)/python -m pytest -n 2 --dist worksteal $(COURSE_TESTS)

test-docs: $(STAMP)  ## run every command and code block of README.md and docs/
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/docs

test-install: $(STAMP)  ## in empty environments: a student's zip, a TA's whole day as the guide says it, a new course and its CI
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/install

test-postgres: $(STAMP)  ## the gradebook in PostgreSQL (as root, installs Debian's package where it is missing)
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || \
	  { test "$$(id -u)" = 0 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql; } || \
	  { echo "PostgreSQL is missing: install it (apt-get install postgresql), or run this as root"; exit 1; }
	$(BIN)/python -m pytest tests/postgres

.venv-lab/.installed: requirements/lab.txt pyproject.toml
	test -x .venv-lab/bin/python || $(PYTHON) -m venv .venv-lab
	.venv-lab/bin/python -m pip install --quiet --no-compile --require-hashes -r requirements/lab.txt
	rm -rf build/wheel && $(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build/wheel .
	.venv-lab/bin/python -m pip install --quiet --no-deps --force-reinstall build/wheel/gradmark-*.whl
	@touch $@

.PHONY: chromium pages test-pages screenshots
chromium:
	command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { test "$$(id -u)" = 0 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } || \
	  { echo "Chromium is missing: install it (apt-get install chromium), or run this as root"; exit 1; }

COUNT ?= 600
pages: $(STAMP)  ## the class's and the students' pages of a made-up class of COUNT=600, in build/pages
	$(BIN)/python -m tests.browser.pages build/pages --count $(COUNT)

test-pages: $(STAMP) .venv-lab/.installed chromium  ## every page in Chromium, and a student's notebook in JupyterLab
	$(BIN)/python -m tests.browser.pages build/pages --count 60
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser

screenshots: $(STAMP) .venv-lab/.installed chromium  ## pictures of the pages into docs/images
	$(BIN)/python -m tests.browser.screenshots build/pages docs/images

oracles: requirements/oracles.txt  ## compare the reference with jax and optax, in an environment of their own
	test -x .venv-oracles/bin/python || $(PYTHON) -m venv .venv-oracles
	.venv-oracles/bin/python -m pip install --quiet --require-hashes -r requirements/oracles.txt
	.venv-oracles/bin/python -m pytest -c /dev/null --rootdir . --import-mode=importlib -ra -W error::pytest.PytestWarning \
	  -o pythonpath=. -p no:cacheprovider tests/oracles | tee .venv-oracles/log
	! grep -q skipped .venv-oracles/log || { echo "an oracle was skipped: that is a failure here"; exit 1; }

benchmarks-small: $(STAMP)  ## that the benchmarks run; their figures mean nothing here
	$(BIN)/python benchmarks/throughput.py --count 4 --parts 3
	$(BIN)/python -m benchmarks.scale --sizes 4 --jobs 2 --times 1
	$(BIN)/python -m benchmarks.peers --here --count 6 --many 8 --rounds 1
	$(BIN)/python -m benchmarks.references metrics --size 20000 --rounds 2

LARGEST ?= 10000
bench: $(STAMP) requirements/oracles.txt  ## every figure of docs/performance.md, written into it (an hour and more; LARGEST=2000 is quicker)
	test -x .venv-oracles/bin/python || $(PYTHON) -m venv .venv-oracles
	.venv-oracles/bin/python -m pip install --quiet --require-hashes -r requirements/oracles.txt
	$(BIN)/python -m benchmarks.performance --largest $(LARGEST)

LARGE ?= 5000
large-class: $(STAMP)  ## a class of LARGE=5000: memory, killed twenty times, on a cluster, every layout (an hour)
	$(BIN)/python -m tools.large_class --count $(LARGE)

handouts: $(STAMP)  ## run every solved handout in a real Jupyter kernel and write it as HTML into build/handouts
	$(BIN)/python tools/run_handouts.py build/handouts

SEEDS ?= 20
validate: $(STAMP)  ## whether every problem set's suite deserves trust, on SEEDS=20 seeds
	$(BIN)/gradmark validate --seeds $(SEEDS)

EXAMPLE := examples/linear-algebra
examples: $(STAMP)  ## the second course: its answers, its suite, its handout
	cd $(EXAMPLE) && $(CURDIR)/$(BIN)/python -m pytest -q
	$(BIN)/gradmark validate --course $(EXAMPLE)
	$(BIN)/python tools/run_handouts.py build/handouts $(EXAMPLE)

attacks: $(STAMP)  ## every hostile submission, under the best isolation plan and those whose wall it concerns (as root: four kinds of machine)
	$(BIN)/python -m tests.attacks.everywhere

hostile-class: COUNT = 1000
hostile-class: $(STAMP)  ## COUNT=1000 hostile submissions in one batch between honest ones, whose results stay what they are
	$(BIN)/python -m tests.attacks.crowd --count $(COUNT)

image-test: $(STAMP)  ## build the container image without Docker and grade in it (as root; installs podman and its kin)
	$(BIN)/python -m tests.image $(EVERY)

fuzz: $(STAMP)  ## random messages, notebooks and archives against what reads them, random answers against whole suites, two minutes
	$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes -r requirements/fuzz.txt
	$(BIN)/python -m tests.fuzz --seconds 60
	$(BIN)/python -m tests.fuzz_suites --seconds 60

docs: requirements/docs.txt  ## the documentation as a site in build/site, which needs no network to read
	test -x .venv-docs/bin/python || $(PYTHON) -m venv .venv-docs
	.venv-docs/bin/python -m pip install --quiet --require-hashes -r requirements/docs.txt
	NO_MKDOCS_2_WARNING=1 .venv-docs/bin/mkdocs build --strict --quiet

check: $(STAMP)  ## format, lint, types and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(STAMP)  ## rewrite in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test-pages: docs  # whose pages are looked at too

lock:  ## pin every dependency again, with hashes and without index addresses
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet uv
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra grade --output-file requirements/grading.txt pyproject.toml
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra dev --constraint requirements/grading.txt --output-file requirements/dev.txt pyproject.toml
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra staff --constraint requirements/dev.txt --output-file requirements/staff.txt pyproject.toml
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra oracles --constraint requirements/dev.txt --output-file requirements/oracles.txt pyproject.toml
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra notebook --constraint requirements/dev.txt --output-file requirements/lab.txt pyproject.toml
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra docs --constraint requirements/dev.txt --output-file requirements/docs.txt pyproject.toml
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra image --constraint requirements/grading.txt --output-file requirements/image.txt pyproject.toml
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --group fuzz --output-file requirements/fuzz.txt
	rm -rf .venv-lock

clean:
	rm -rf $(VENV) build dist demo *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
