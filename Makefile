# `make crawl`, `make browse`, `make test`. Each sets up what it needs; a second run reinstalls nothing.
SHELL := /bin/bash
PYTHON ?= python3
PIP := .venv/bin/pip --quiet --disable-pip-version-check
# A site of `scrapy list`; none: the sample site, served here.
SITE ?=
# A mail address or page in the user agent; live sites need it.
CONTACT ?=
# Where `make browse` listens, on 127.0.0.1.
PORT ?= 8001
# pytest's own options, e.g. `make test PYTEST='-k noise'`.
PYTEST ?=
TEST_WORKERS ?= 2

# Options of the benchmark, e.g. `make bench BENCH='--sizes 0,100_000 --memory 1000,10_000'`.
BENCH ?=
# Size of the archive that `make bench-search` builds and searches.
ARTICLES ?= 1000000

.PHONY: crawl browse test lint browser torture bench bench-search quality screenshots install-timer clean

crawl: .venv/run
ifeq ($(SITE),)
	.venv/bin/python -m tests.sample_site -- .venv/bin/scrapy crawl sample
else
	.venv/bin/scrapy crawl $(SITE) $(if $(CONTACT),-s CONTACT="$(CONTACT)")
endif

browse: .venv/run
	@test -e data/archive.db || { echo "There is no archive yet: run make crawl first."; exit 1; }
	@echo "The archive is at http://127.0.0.1:$(PORT)/ (Ctrl-C ends; another port: make browse PORT=8080)"
	.venv/bin/python -m datasette serve data --host 127.0.0.1 --port $(PORT)

test: .venv/dev browser lint
	.venv/bin/pytest --numprocesses $(TEST_WORKERS) --dist loadfile $(PYTEST)

lint: .venv/dev
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy crawler pipelines tests/sample_site

# Every page of the reading room over data/archive.db, into screenshots/ (not kept in git).
screenshots: .venv/dev browser
	.venv/bin/python -m tests.browsing.screenshots

# Search over a generated million of articles against a LIKE scan; says size and time first, goes on where it stopped.
bench-search: .venv/dev
	.venv/bin/python -m tests.browsing.bench_search --articles $(ARTICLES)

torture: .venv/dev
	.venv/bin/pytest -m torture $(PYTEST)

bench: .venv/dev
	.venv/bin/python -m tests.bench $(BENCH)

# Extraction beside other tools over the labelled pages of FANGZHI_SHARED; the tools get .venv-peers on the first call.
quality: .venv/dev
	.venv/bin/python -m tests.quality

# Runs what is due by itself: two systemd units of this user. For cron: .venv/bin/scrapy due --crontab
install-timer: .venv/run
	.venv/bin/scrapy due --install-timer $(if $(CONTACT),-s CONTACT="$(CONTACT)")

# The browser that some tests drive. Without it they are skipped and say so; with CI=true they fail.
# libatomic1 is what the Node that comes with playwright wants and a bare Debian lacks.
BROWSER_PACKAGES := chromium fonts-noto-cjk libatomic1

browser:
	@command -v chromium > /dev/null && fc-list 2> /dev/null | grep -qi 'noto.*cjk' && ls /usr/lib/*/libatomic.so.1 > /dev/null 2>&1 || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y $(BROWSER_PACKAGES) > /dev/null; \
	else \
	  echo "Browser tests need: sudo apt-get install $(BROWSER_PACKAGES)"; \
	fi

clean:
	rm -rf .venv .venv-pywb .venv-peers .venv-newsplease .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/run: requirements.txt
	$(PYTHON) -m venv .venv
	@# Debian 12's pip 23 stops with an assertion on some of these pins.
	$(PIP) install --upgrade pip==26.3
	$(PIP) install -r requirements.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt requirements-render.txt requirements-dask.txt
	$(PIP) install -r requirements-dev.txt
	@# pywb pins old gevent, redis and brotlipy, so tests run it from an environment of its own.
	$(PYTHON) -m venv .venv-pywb
	.venv-pywb/bin/pip install --quiet --disable-pip-version-check -r requirements-pywb.txt
	@touch $@
