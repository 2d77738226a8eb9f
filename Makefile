# `make demo` and `make test` need python3 (3.11 or newer), its venv module and make; nothing else. Every environment installs
# its part of requirements.lock, which tools/lock.py prints.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PART   ?= dev
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo test test-commands test-honest test-asking test-libraries test-course test-docs test-install test-postgres test-pythons package check docs format oracles handouts validate examples attacks hostile-class fuzz bench benchmarks-small large-class lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(STAMP)  ## a virtual environment with everything, from the hashed lock

# $(call environment,FOLDER,PART): a virtual environment in FOLDER with a part of the lock.
define environment
test -x $(1)/bin/python || $(PYTHON) -m venv $(1)
$(1)/bin/python tools/lock.py $(2) >$(1)/pins.txt
$(1)/bin/python -m pip install --quiet --no-deps --no-compile --require-hashes -r $(1)/pins.txt
endef

$(STAMP): requirements.lock pyproject.toml
	$(call environment,$(VENV),$(PART))
	@# On every processor at once, because sandboxes write no bytecode. Some packages hold templates that are not Python.
	$(BIN)/python -W ignore -m compileall -qq -j 0 $(VENV)/lib grader reference tests || true
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP)  ## build problem set 1, make a class of twelve notebooks and grade it
	rm -rf demo
	$(BIN)/gradmark build ps1 --out demo/built
	$(BIN)/python tools/demo_class.py demo/built/student/ps1.ipynb demo/submissions
	$(BIN)/gradmark grade ps1 demo/submissions --out demo/graded

# Tests that are too slow for `make test`.
COURSE_TESTS  := tests/course
COMMAND_TESTS := tests/batch/test_cluster.py tests/judge/test_watched.py tests/judge/test_nothing_stops_it.py \
                 tests/batch/test_batch.py tests/validate/test_changes.py tests/report/test_made_again.py \
                 tests/validate/test_validate.py tests/validate/test_sandboxed.py tests/validate/test_quick.py \
                 tests/validate/test_costs.py tests/gradebook/test_sqlite.py \
                 tests/gradebook/test_erasure.py tests/gradebook/test_same_points.py tests/cli/test_seed_is_told_to_nobody.py \
                 tests/cli/test_private.py tests/judge/test_before.py tests/local tests/judge/test_classes.py \
                 tests/judge/test_layouts.py tests/validate/test_naming.py tests/validate/test_cheaters.py \
                 tests/validate/test_groups.py tests/gradebook/test_class.py tests/gradebook/test_answers.py \
                 tests/gradebook/test_rendered_answers.py tests/judge/test_whose_fault.py tests/judge/test_draws.py \
                 tests/sandbox/test_attacks.py tests/sandbox/test_deadlines.py tests/cli/test_preload.py \
                 tests/build/test_in_jupyter.py \
                 tests/gradescope tests/preview tests/scaffold tests/simulate
HONEST_TESTS  := tests/honest/test_both_ways.py tests/honest/test_time.py tests/honest/test_times.py tests/honest/test_found.py \
                 tests/honest/test_numbers_forms.py tests/honest/test_numbers_precision.py tests/honest/test_running.py

test: $(STAMP)  ## the tests that need no root, no system package and no long wait
	$(BIN)/python -m pytest -n 3 --dist worksteal tests reference $(addprefix --ignore=,$(COURSE_TESTS) $(COMMAND_TESTS) $(HONEST_TESTS) $(ASKING_TESTS) $(ADOPT_TESTS) $(LIBRARY_CODE) tests/docs tests/install tests/package)
	@echo "NOT RUN here: the gradebook in PostgreSQL (make test-postgres), jax and optax (make oracles), every problem set"
	@echo "  from end to end (make test-course), the longest commands and waits (make test-commands), the docs' blocks (make test-docs),"
	@echo "  installing it from nothing (make test-install), correct work in every form (make test-honest), every kind of answer (make test-asking),"
	@echo "  answers in torch, jax and scipy (make test-libraries), the sdist and the wheel (make package), later Pythons (make test-pythons),"
	@echo "  the verdicts of otter-grader and nbgrader (make test-adopt)"

test-commands: $(STAMP)  ## whole commands and long waits: batches and their files, Gradescope's folders, preview, new, simulate, a cluster, erasing
	$(BIN)/python -m pytest -n 3 --dist worksteal $(COMMAND_TESTS)

test-honest: $(STAMP)  ## correct work in every form: notebooks checked and graded, files found, times read, numbers of every kind
	$(BIN)/python -m pytest -n 3 --dist worksteal $(HONEST_TESTS)

# The tests of each kind of answer that take long.
ASKING_TESTS := tests/asking tests/batch/test_variants.py tests/build/test_each.py tests/validate/test_drawn.py \
                tests/checks/test_distribution_power.py

# Answers in libraries that only the environment `libraries` has.
LIBRARY_TESTS  := tests/asking/libraries
NEED_LIBRARIES := torch
LIBRARY_PSETS  := ps6
LIBRARY_CODE   := reference/softmax_torch.py
LIBRARY_SEEDS  ?= 20

# What asks otter-grader and nbgrader themselves, each in an environment of its own.
ADOPT_TESTS := tests/adopt/test_same_verdicts.py tests/adopt/test_environment.py tests/adopt/test_draft.py tests/adopt/test_pages.py \
               tests/adopt/test_limits.py

test-asking: $(STAMP)  ## every kind of answer that a course may ask for: right and wrong ones of each
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ASKING_TESTS) --ignore=$(LIBRARY_TESTS)

test-libraries: libraries  ## answers in torch, jax and scipy, in an environment of their own, and the course that asks for them
	.venv-libraries/bin/python -m pytest -c /dev/null --rootdir . --import-mode=importlib -ra -W error::pytest.PytestWarning \
	  -o pythonpath=. -p no:cacheprovider -n 2 --dist loadfile $(LIBRARY_TESTS) examples/asking/reference/networks.py --doctest-modules
	.venv-libraries/bin/python -m pytest -c /dev/null --rootdir . --import-mode=importlib -ra -o pythonpath=. -p no:cacheprovider \
	  tests/asking/test_page.py -k "torch"
	.venv-libraries/bin/gradmark validate $(NEED_LIBRARIES) --course examples/asking --seeds $(LIBRARY_SEEDS) $(PAIRED)
	.venv-libraries/bin/gradmark validate $(LIBRARY_PSETS) --seeds $(LIBRARY_SEEDS) $(PAIRED)
	.venv-libraries/bin/python -m pytest -c /dev/null --rootdir . --import-mode=importlib -ra -o pythonpath=. -p no:cacheprovider \
	  --doctest-modules $(LIBRARY_CODE) tests/course -k "softmax_torch or $(LIBRARY_PSETS)"

test-course: $(STAMP)  ## every problem set: built, checked as a student would, its mistakes graded as in Gradescope
	$(BIN)/python -m pytest -n 2 --dist worksteal $(COURSE_TESTS)
	@echo "NOT RUN here: $(LIBRARY_PSETS), which needs torch (make test-libraries)"

test-docs: $(STAMP)  ## run every command and code block of README.md and docs/
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/docs

test-install: $(STAMP)  ## in empty environments: a student's zip, the TA guide from start to end, a new course and its CI
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/install

test-postgres: $(STAMP)  ## the gradebook in PostgreSQL (as root, installs Debian's package where it is missing)
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || \
	  { test "$$(id -u)" = 0 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql; } || \
	  { echo "PostgreSQL is missing: install it (apt-get install postgresql), or run this as root"; exit 1; }
	$(BIN)/python -m pytest tests/postgres

# Environments of their own for one part of the lock each.
.venv-docs/.installed: requirements.lock
	$(call environment,$(@D),docs)
	@touch $@

.venv-otter/.installed .venv-nbgrader/.installed: requirements.lock
	$(call environment,$(@D),$(patsubst .venv-%,%,$(@D)))
	$(@D)/bin/python -W ignore -m compileall -qq -j 0 $(@D)/lib || true
	@touch $@

.PHONY: originals test-adopt adopt-compare
originals: .venv-otter/.installed .venv-nbgrader/.installed  # otter-grader and nbgrader

# ONE_IN=8 asks the originals themselves about every eighth assignment; of all others, the file of their verdicts counts.
# EVERY=4 has gradmark grade every fourth.
ONE_IN ?= 8
EVERY ?= 1
test-adopt: $(STAMP) originals  ## gradmark's verdicts on otter's and nbgrader's assignments are the originals', of which one in ONE_IN=8 is asked again
	ONE_IN=$(ONE_IN) EVERY=$(EVERY) $(BIN)/python -m pytest -n 3 --dist worksteal $(ADOPT_TESTS)

adopt-compare: $(STAMP) originals  ## FOLDER=... of otter or nbgrader assignments, NAME.submissions beside NAME: gradmark's verdicts and the original's
	$(BIN)/python -m benchmarks.adopted folder $(FOLDER)

# With torch and jax: 500 MB to download, 1.8 GB on disk. tools/lock.py says where pip finds torch's build for processors.
.PHONY: libraries
libraries:
	@$(MAKE) --no-print-directory install VENV=.venv-libraries PART=libraries

# What a student installs, with the wheel that `make package` makes.
.venv-notebook/.installed: requirements.lock dist/.made
	$(call environment,$(@D),notebook)
	$(@D)/bin/python -m pip install --quiet --no-deps --force-reinstall dist/gradmark-*.whl
	@touch $@

# The wheel is built from the sdist, as whoever gets the sdist would build it.
dist/.made: $(STAMP) MANIFEST.in README.md LICENSE CHANGELOG.md CITATION.cff SECURITY.md $(shell find grader -type f -not -name '*.pyc')
	rm -rf dist
	$(BIN)/python -m build --quiet --no-isolation .
	@touch $@

package: dist/.made  ## the sdist and the wheel in dist, checked and installed; with TAG=v1.2.3, whether they may be released
	$(if $(TAG),$(BIN)/python tools/release.py $(TAG))
	$(BIN)/check-wheel-contents dist/*.whl
	$(BIN)/python -m pytest -q tests/package

# With what grading needs; nbconvert is for staff's pages, and its tests run on the first Python.
LATER_PYTHONS ?= 3.12 3.13
PYTHON_TESTS  := tests/notebook tests/checks/test_closeness.py tests/checks/test_other_checks.py tests/checks/test_purity.py \
                 tests/judge/test_plugin.py tests/judge/test_explain.py tests/judge/test_grading.py tests/test_encoding.py \
                 tests/test_numpy_alone.py tests/test_points.py tests/test_text.py tests/test_times.py tests/test_wheel.py
# $(call python-of,VERSION): the command of that Python, if PATH or pyenv has it.
python-of = $(shell for one in python$(1) ~/.pyenv/versions/$(1).*/bin/python; do $$one -c "" 2>/dev/null && echo $$one && break; done)

test-pythons: $(addprefix test-python-,$(LATER_PYTHONS))  ## notebooks, checks and judging on later Pythons, where this machine has them

test-python-%:
	@python="$(call python-of,$*)"; \
	test -n "$$python" || { echo "NOT RUN: Python $*, which is not on this machine"; exit 0; }; \
	$(MAKE) --no-print-directory install VENV=.venv-$* PYTHON="$$python" PART=pythons; \
	.venv-$*/bin/python -m pytest -n 2 --dist worksteal -p no:cacheprovider -k "not nbconvert" $(PYTHON_TESTS)

.PHONY: chromium pages test-pages screenshots
chromium:  # with a font for Chinese names
	command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { test "$$(id -u)" = 0 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-wqy-microhei; } || \
	  { echo "Chromium is missing: install it (apt-get install chromium fonts-wqy-microhei), or run this as root"; exit 1; }

COUNT ?= 600
pages: $(STAMP)  ## the class's and the students' pages of a made-up class of COUNT=600, in build/pages
	$(BIN)/python -m tests.browser.pages build/pages --count $(COUNT)

test-pages: $(STAMP) docs .venv-notebook/.installed chromium  ## every page in Chromium, and a student's notebook in JupyterLab
	$(BIN)/python -m tests.browser.pages build/pages --count 60
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser

screenshots: $(STAMP) .venv-notebook/.installed chromium  ## pictures of the pages into docs/images
	$(BIN)/python -m tests.browser.screenshots build/pages docs/images

oracles: libraries  ## compare the reference with jax and optax, in an environment of their own
	.venv-libraries/bin/python -m pytest -c /dev/null --rootdir . --import-mode=importlib -ra -W error::pytest.PytestWarning \
	  -o pythonpath=. -p no:cacheprovider tests/oracles | tee .venv-libraries/log
	! grep -q skipped .venv-libraries/log || { echo "an oracle was skipped: that is a failure here"; exit 1; }

benchmarks-small: $(STAMP)  ## check that the benchmarks run; the figures mean nothing here
	$(BIN)/python benchmarks/throughput.py --count 4 --parts 3
	$(BIN)/python -m benchmarks.scale --sizes 4 --jobs 2 --times 1
	$(BIN)/python -m benchmarks.peers --here --count 6 --many 8 --rounds 1
	$(BIN)/python -m benchmarks.references metrics --size 20000 --rounds 2
	$(BIN)/python -m benchmarks.explaining --psets ps1 --count 2 --rounds 1
	$(BIN)/python -m benchmarks.naming --psets ps1 --seeds 1 --pairs 3 --most 3
	$(BIN)/python -m benchmarks.paid_once --psets ps3 --count 8
	$(BIN)/python -m benchmarks.tables --cells 20000 --rounds 2

LARGEST ?= 10000
bench: $(STAMP) libraries  ## every figure of docs/performance.md, written into it (an hour and more; LARGEST=2000 is quicker)
	$(BIN)/python -m benchmarks.performance --largest $(LARGEST)

LARGE ?= 5000
large-class: $(STAMP)  ## a class of LARGE=5000: memory, killed twenty times, on a cluster, every layout (an hour)
	$(BIN)/python -m tests.large_class --count $(LARGE)

handouts: $(STAMP)  ## run every solved handout in a real Jupyter kernel and write it as HTML into build/handouts
	$(BIN)/python -m tools.run_handouts build/handouts

SEEDS ?= 20
# PAIRS=5 plants so many pairs of mistakes of each kind, in place of 20 for each seed.
PAIRED = $(if $(PAIRS),--pairs $(PAIRS))
validate: $(STAMP)  ## check on SEEDS=20 seeds that every problem set's suite deserves trust
	$(BIN)/gradmark validate $(filter-out $(LIBRARY_PSETS),$(notdir $(patsubst %/pset.yaml,%,$(wildcard psets/*/pset.yaml)))) --seeds $(SEEDS) $(PAIRED)
	@echo "NOT RUN here: $(LIBRARY_PSETS), which needs torch (make test-libraries)"

EXAMPLE := examples/linear-algebra
EXAMPLE_SEEDS ?= 20
examples: $(STAMP)  ## the second course, and a problem set for each kind of answer: answers, suites, handouts
	cd $(EXAMPLE) && $(CURDIR)/$(BIN)/python -m pytest -q
	$(BIN)/gradmark validate --course $(EXAMPLE)
	$(BIN)/python -m tools.run_handouts build/handouts $(EXAMPLE)
	$(BIN)/gradmark validate $(filter-out $(NEED_LIBRARIES),$(notdir $(wildcard examples/asking/psets/*))) --course examples/asking --seeds $(EXAMPLE_SEEDS) $(PAIRED)
	@echo "NOT RUN here: $(NEED_LIBRARIES) of examples/asking (make test-libraries)"

attacks: $(STAMP)  ## every hostile submission, under the best isolation plan and each plan whose layers it attacks (as root: on four kinds of machine)
	$(BIN)/python -m tests.attacks.everywhere

hostile-class: COUNT = 1000
hostile-class: $(STAMP)  ## COUNT=1000 hostile submissions among honest ones in one batch; the honest results must not change
	$(BIN)/python -m tests.attacks.crowd --count $(COUNT)

image-test: $(STAMP)  ## build the container image without Docker and grade in it (as root; installs podman and its kin)
	$(BIN)/python -m tests.image $(EVERY)

fuzz: $(STAMP)  ## a hundred seconds of random messages, notebooks and archives for what reads them, and random answers for whole suites
	$(BIN)/python tools/lock.py fuzz >$(VENV)/pins-fuzz.txt
	$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes -r $(VENV)/pins-fuzz.txt
	$(BIN)/python -m tests.fuzz --seconds 40
	$(BIN)/python -m tests.fuzz_suites --seconds 40
	$(BIN)/python -m tests.fuzz_objects --seconds 20

docs: .venv-docs/.installed  ## the documentation as a site in build/site, readable offline
	NO_MKDOCS_2_WARNING=1 .venv-docs/bin/mkdocs build --strict --quiet

check: $(STAMP)  ## format, lint, types and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(STAMP)  ## rewrite in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:  ## resolve every dependency anew, keeping the pins that still fit (UPGRADE=--upgrade: the newest of each)
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet uv
	.venv-lock/bin/python tools/lock.py --renew $(UPGRADE)
	rm -rf .venv-lock

clean:
	rm -rf .venv* build dist demo *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
