# Everything starts here. Needed: make and Python 3.11 or newer; all else is set up below, in this folder.

SHELL := /bin/sh
.DEFAULT_GOAL := help

# The first Python here that is new enough. To choose another: make site PYTHON=/path/to/python3
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$python; break; fi; done)

# What users get, and the tools that judge it.
VENV := .venv
# The other host and the plugins beside which Handrail is tested; see pyproject.toml.
HOSTS := .venv-hosts

# An environment is as it should be while neither pyproject.toml nor this folder's place has changed. The content
# counts and not the file's time, so that a fresh checkout of the same version reinstalls nothing.
STATE := $(shell { cat pyproject.toml; pwd; } | cksum | tr -cd '0-9')
SITE_READY := $(VENV)/ready-for-site-$(STATE)
TEST_READY := $(VENV)/ready-for-test-$(STATE)
HOSTS_READY := $(HOSTS)/ready-$(STATE)

# With setuptools at hand in the environment, a changed pyproject.toml is taken in without the network.
INSTALL = -m pip install -qq --disable-pip-version-check --no-input
TOOLS = 'pip>=25.1' 'setuptools>=77'

# How many tests run side by side.
JOBS ?= 2
PYTEST = $(VENV)/bin/python -m pytest -n $(JOBS)

# MkDocs and its plugins print advertisements for their successors otherwise.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.PHONY: help
help:  ## Say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' $(MAKEFILE_LIST) | while IFS=: read -r name text; do \
		printf '  make %-10s %s\n' "$$name" "$$text"; done

# ---- the handbook ----

.PHONY: site
site: $(SITE_READY)  ## Build this handbook into site/, strictly
	@$(VENV)/bin/python -m mkdocs build --strict --clean
	@echo
	@echo "The handbook is built. Open this in a browser: file://$(CURDIR)/site/index.html"

.PHONY: serve
serve: $(SITE_READY)  ## Show this handbook while you write
	@$(VENV)/bin/python -m mkdocs serve --livereload --watch templates

# ---- the tests ----

.PHONY: test
test: lint browser $(HOSTS_READY)  ## Judge everything: style, types, imports, tests
	$(PYTEST)

.PHONY: test-all
test-all: lint browser $(HOSTS_READY)  ## The same, with the long sweeps
	$(PYTEST) -m "" --hypothesis-profile=thorough

.PHONY: lint
lint: $(TEST_READY)  ## Judge style, types and imports alone
	$(VENV)/bin/python -m ruff check
	$(VENV)/bin/python -m ruff format --check
	$(VENV)/bin/python -m mypy
	$(VENV)/bin/python -c 'from importlinter.cli import lint_imports_command; lint_imports_command(["--no-logo"])'

.PHONY: format
format: $(TEST_READY)  ## Mend the style, as far as a machine can
	$(VENV)/bin/python -m ruff check --fix
	$(VENV)/bin/python -m ruff format

.PHONY: golden
golden: browser $(HOSTS_READY)  ## Renew the expected outputs in tests/golden; review them as a diff
	$(PYTEST) --golden-update

# The page is made in any case, and says which tests failed; then this fails too.
.PHONY: validation
validation: browser $(HOSTS_READY)  ## Test, and write build/tool-validation.md from the results
	@mkdir -p build
	-$(PYTEST) --junitxml=build/tests.xml
	$(VENV)/bin/python -m tests.validation build/tests.xml > build/tool-validation.md
	@echo "Written: build/tool-validation.md"

.PHONY: bench
bench: $(TEST_READY)  ## Measure speed and memory
	$(VENV)/bin/python bench/run.py

# Finds a browser, or installs one: see the file.
.PHONY: browser
browser: $(TEST_READY)
	@$(VENV)/bin/python tests/browser.py

# ---- the environments ----

$(SITE_READY): | $(VENV)/bin/python
	@echo "Setting up $(VENV) for the handbook; this happens once."
	@$(VENV)/bin/python $(INSTALL) $(TOOLS)
	@$(VENV)/bin/python $(INSTALL) --no-build-isolation --editable .
	@rm -f $(VENV)/ready-*
	@touch $@

$(TEST_READY): $(SITE_READY)
	@echo "Setting up $(VENV) for the tests; this happens once."
	@$(VENV)/bin/python $(INSTALL) --group test
	@touch $@

$(HOSTS_READY): | $(HOSTS)/bin/python
	@echo "Setting up $(HOSTS) for the tests beside other software; this happens once."
	@$(HOSTS)/bin/python $(INSTALL) $(TOOLS)
	@$(HOSTS)/bin/python $(INSTALL) --no-build-isolation --editable . --group hosts
	@rm -f $(HOSTS)/ready-*
	@touch $@

$(VENV)/bin/python $(HOSTS)/bin/python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Handrail needs Python 3.11 or newer, and $(or $(PYTHON),none) was found." \
		"Install it, or name it: make site PYTHON=/path/to/python3" >&2; exit 1; }
	@rm -rf $(@D:/bin=)
	@$(PYTHON) -m venv $(@D:/bin=) || { rm -rf $(@D:/bin=); \
		echo "$(PYTHON) could not make a virtual environment." \
		"On Debian and Ubuntu this helps: apt-get install python3-venv" >&2; exit 1; }

# ---- away with it ----

.PHONY: clean
clean:  ## Remove what was built; the environments stay
	rm -rf site build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .cache
	find plugins templates tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: clean-all
clean-all: clean  ## Remove the environments too
	rm -rf $(VENV) $(HOSTS)
