# make run: the dashboard. make test: every check. See README.md.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run snapshot test deploy-test lint format lock bench load scale messages docs check-docs audit attack mutants dependencies html screenshots

run: .venv/run
	@echo "The dashboard is at http://localhost:$(PORT)"
	@$(BIN)/python -m web --port $(PORT)

# The light pages as files, for a stick or any host; packed beside the data it is /snapshot.zip.
snapshot: .venv/run
	@rm -rf snapshot
	$(BIN)/python -m web.snapshot snapshot --publish

test: .venv/dev lint
	@sh tests/install-tools.sh $(BIN)
	$(BIN)/pytest -n 2 --dist worksteal

# Four processes, an update without a lost reader, a withdrawal, the container's steps, and a table of
# throughput: what takes minutes of deploy/. It is no part of `make test`.
deploy-test: .venv/dev
	@sh tests/install-tools.sh $(BIN) bubblewrap debootstrap faketime systemd wrk
	$(BIN)/pytest -m "long or not long" tests/deploy tests/load
	$(BIN)/python -m benchmarks.processes

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Builds cubes of 1 and 10 million generated incidents and measures them beside DuckDB and Datasette
# (half an hour, 20 GB of disk).
scale: .venv/dev
	$(BIN)/python -m benchmarks.scale

# Measures pages and rivals, and writes docs/benchmarks.md (45 minutes). AGAINST=DIRECTORY names a checkout
# of another build with its own .venv, which the targets are held against. See `python -m benchmarks --help`.
bench: .venv/dev
	@sh tests/install-tools.sh $(BIN) openssl
	$(BIN)/python -m benchmarks $(if $(AGAINST),--against $(AGAINST))

# A crowd of readers on one server, more of them, and what may befall it (half an hour).
load: .venv/dev
	@sh tests/install-tools.sh $(BIN) bubblewrap faketime
	$(BIN)/python -m benchmarks.load

# Takes pictures of every page, for looking at; not committed.
screenshots: .venv/dev
	@sh tests/install-tools.sh $(BIN)
	$(BIN)/python -m tests.screenshots

# Searches everything that leaves the house for what may not be known.
audit: .venv/dev
	@sh tests/install-tools.sh $(BIN)
	$(BIN)/python -m tests.audit

# Tries to find out of protected records what is not published, with the rules on and off: nothing,
# and something of every kind (then the attack itself works, and ends with 1).
attack: .venv/dev
	$(BIN)/python -m tests.attacker
	! $(BIN)/python -m tests.attacker --without-rules --doors 15

# Breaks the rules of protection in every small way and asks whether their tests notice (20 minutes).
# 160 of 161 mutants are killed; the one that lives sets the type `Holds` to None, read by mypy alone.
mutants: .venv/dev
	@sh tests/mutants.sh $(BIN)

# Resolves again from the .in files, for every supported Python at once.
lock: .venv/dev
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" requirements-cube.in -o requirements-cube.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt

# Asks whether a locked package has a known vulnerability. Ends with 1 if one has, with 3 if that
# could not be asked. Needs the network, so it is no part of the tests.
dependencies: .venv/dev
	$(BIN)/python -m tests.dependencies

# Asks html-validate about every light page and embed in three languages. npm fetches it, so it is no
# part of the tests.
html: .venv/dev
	$(BIN)/python -m tests.html

# Collects the messages of the code into the catalogues of Russian and Kyrgyz.
messages: .venv/dev
	$(BIN)/python -m tests.messages

# Writes the tables of the README from the code, and CITATION.cff from the data.
docs: .venv/dev
	$(BIN)/python -m tests.docs

check-docs: .venv/dev
	$(BIN)/python -m tests.docs --check

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  (echo "Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1)
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@
