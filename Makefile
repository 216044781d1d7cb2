# The same few words everywhere. Each sets up what it needs, with nothing but Python 3.11 or later and make.
#
#   make          build the site into _site/
#   make serve    build, show it on this machine, and build again on every change
#   make check    check the content; writes nothing. TEXTS="FILE …": our wording against these source texts too
#   make test     everything: formatting, types, tests, pages in a browser. In a project made by `new project`, what can go wrong there: the content
#   make clean    remove what these made

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
BUILD := $(RUN) build.py

.PHONY: site serve check test lint docs clean
.DEFAULT_GOAL := site

site: $(VENV)/ready
	@$(BUILD) $(if $(STRICT),--strict) $(if $(BASE_URL),--base-url "$(BASE_URL)")

serve: $(VENV)/ready
	@$(BUILD) serve $(if $(PORT),--port $(PORT))

check: $(VENV)/ready
	@$(BUILD) check $(if $(STRICT),--strict) $(foreach text,$(TEXTS),--source-text "$(text)")

# The tests of the program live with the program. A project made by `new project` has none; there, the strict check is the test.
ifneq ($(wildcard tests/.),)
test: lint
	$(RUN) -m pytest

lint: $(VENV)/ready-for-tests
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
else
test lint: $(VENV)/ready
	@$(BUILD) check --strict
endif

# What is made from the code: references and the catalogue of problems in docs/, the JSON Schemas for editors, and that of the data.
docs: $(VENV)/ready
	@$(RUN) -m explainer.reference
	@$(if $(wildcard tests/.),$(RUN) -m explainer.catalogue)

clean:
	rm -rf _site build $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis explainer.egg-info

# A bare Debian has Python without the means to make an environment; they are installed where that is allowed, and named where it is not.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; this is " + sys.version.split()[0])'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh tools/install-venv
	@$(PYTHON) -m venv $(VENV)

$(VENV)/ready: $(VENV)/bin/python pyproject.toml constraints.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt .
	@touch $@

# Beside Python's packages: a browser, found or installed; and where there are Java and npm, a checker of markup.
$(VENV)/ready-for-tests: $(VENV)/ready tools/install-browser tools/install-checker
	@$(RUN) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt '.[dev]'
	@sh tools/install-browser >/dev/null
	@sh tools/install-checker $(VENV)
	@touch $@
