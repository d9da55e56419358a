# Two commands: `make crawl` and `make test`. Each sets up what it needs; a second run reinstalls nothing.
SHELL := /bin/bash
PYTHON ?= python3
PIP_FLAGS := --quiet --disable-pip-version-check
SITE ?=
CONTACT ?=

.PHONY: crawl browse test lint clean

.venv/run: requirements.txt
	$(PYTHON) -m venv .venv
	# pip 23.2 stops with an assertion on some of these pins.
	.venv/bin/pip install $(PIP_FLAGS) --upgrade pip==26.3
	.venv/bin/pip install $(PIP_FLAGS) -r requirements.txt
	touch $@

.venv/dev: .venv/run requirements-dev.txt
	.venv/bin/pip install $(PIP_FLAGS) -r requirements-dev.txt
	touch $@
