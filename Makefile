# Qdos from a clone: `make run` sets everything up, builds it and starts it with a demonstration organisation.

TARGET := $(or $(CARGO_TARGET_DIR),target)
# The server's default; always in this directory, whatever CARGO_TARGET_DIR says.
SITE := target/site
WASM := wasm32-unknown-unknown
BINS := --bins
APP := cargo build --package app --lib --target $(WASM) --features csr
# Debian puts PostgreSQL's programs beside the path.
POSTGRES := $(wildcard /usr/lib/postgresql/*/bin/initdb)
SUDO := $(if $(filter-out 0,$(shell id -u)),sudo)

.DEFAULT_GOAL := help
.PHONY: help setup setup-build setup-fuzz setup-bench setup-bench-score site dev build run test soak fuzz bench bench-score bench-fairness bench-sync bench-phone screenshots icons

help:
	@echo 'make run    set up, build for release and start with a demonstration organisation'
	@echo 'make dev    build quickly and start; arguments for qdos in ARGS'
	@echo 'make test   everything that can fail, on SQLite and PostgreSQL'
	@echo 'make soak   what the tests try a little, for longer: sync under 100,000 schedules and 200 kills, or as many as SCHEDULES and KILLS say'
	@echo 'make fuzz   what anybody may send, guided by coverage; SECONDS for each target, 60 by default'
	@echo 'make build  the release: $(TARGET)/release/qdos and $(SITE)'
	@echo 'make bench  measure the release, all but sync and phone, and write BENCHMARKS.md; only some parts in ARGS'
	@echo 'make bench-score  measure the scoring engine against lme4, which is installed, and write BENCHMARKS.md'
	@echo 'make bench-fairness  hold the score to simulated truth and to InstEval, and write BENCHMARKS.md'
	@echo 'make bench-sync  push and pull beside PouchDB, and write BENCHMARKS.md'
	@echo 'make bench-phone  a phone with 50,000 meetings, and write BENCHMARKS.md'
	@echo 'make screenshots  take the pictures of README.md again'
	@echo 'make icons  draw the PNG icons from public/favicon.svg again'

# What building needs. Quick when there is nothing to do.
setup-build: app/bundle/node_modules/.package-lock.json
	@rustup target list --installed | grep -qx $(WASM) || rustup target add $(WASM)

# What testing needs besides.
setup: setup-build end2end/node_modules/.package-lock.json
	@missing="$(if $(shell command -v chromium),,chromium) $(if $(POSTGRES),,postgresql)"; \
	if [ -n "$${missing# }" ]; then \
		$(SUDO) apt-get update && $(SUDO) apt-get install --yes --no-install-recommends $$missing; \
	fi

# What fuzzing needs: libFuzzer is C++.
setup-fuzz:
	@command -v c++ >/dev/null || { $(SUDO) apt-get update && $(SUDO) apt-get install --yes --no-install-recommends g++; }

# What measuring needs besides: a load generator, a slow disk, Lighthouse and a Node.js for it.
setup-bench: setup end2end/bench/node_modules/.package-lock.json
	@missing="$(if $(shell command -v wrk),,wrk) $(if $(shell command -v strace),,strace)"; \
	if [ -n "$${missing# }" ]; then \
		$(SUDO) apt-get update && $(SUDO) apt-get install --yes --no-install-recommends $$missing; \
	fi

# lme4, which also has InstEval, and both BLAS that it is measured with; which one the machine uses by default changes nothing.
setup-bench-score: end2end/bench/node_modules/.package-lock.json
	@missing=; for package in r-base-core r-cran-lme4 libblas3 liblapack3 libopenblas0-serial; do \
		dpkg-query --show --showformat '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
		$(SUDO) apt-get update && $(SUDO) apt-get install --yes --no-install-recommends $$missing; \
	fi

%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	npm ci --prefix $*
	@touch $@

# What a phone loads, built quickly, and the server with it: building one package at a time would choose other features for each and
# compile twice what they share. The tests say BINS for the same reason.
site: setup-build
	$(APP) --profile wasm-dev
	cargo build --workspace $(BINS)
	$(TARGET)/debug/bundle $(TARGET)/$(WASM)/wasm-dev/app.wasm $(SITE)

dev: site
	$(TARGET)/debug/qdos $(or $(ARGS),demo)

build: setup-build
	$(APP) --profile wasm
	cargo run --package bundle -- --release $(TARGET)/$(WASM)/wasm/app.wasm $(SITE)
	cargo build --package server --bin qdos --release

run: build
	$(TARGET)/release/qdos $(or $(ARGS),demo)

# Sets up by itself, so that a machine where even that fails still gets its closing line.
test:
	@.ci/test

# The same as in the tests, for longer: simulated schedules, processes that overtake each other, kills of real browsers and servers, and
# organisations in which nobody disagrees.
soak: setup site
	QDOS_SCHEDULES=$(or $(SCHEDULES),100000) cargo test --package server-tests --profile soak --test simulation -- --nocapture
	QDOS_SECONDS=60 end2end/postgres.sh cargo test --package server-tests --test it overtaking
	QDOS_KILLS=$(or $(KILLS),200) end2end/postgres.sh npm --prefix end2end test -- meeting/killed
	cargo test --package server --lib --profile soak disagreement -- --ignored --nocapture

# What anybody may send, guided by what the code does with it: SECONDS for each of the targets, which find on from where they stopped.
# libFuzzer comes with a crate; the stable compiler counts for it, as long as build scripts are left alone, which a named target does.
HOST = $(shell rustc --version --verbose | sed -n 's/^host: //p')
COVERAGE := -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
	-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares
fuzz: $(addprefix fuzz-,push pull decode)
fuzz-%: setup-fuzz
	@mkdir -p $(TARGET)/fuzz/found/$*
	RUSTFLAGS='$(COVERAGE)' cargo build --manifest-path server/fuzz/Cargo.toml --target-dir $(TARGET)/fuzz --target $(HOST) --release --bin $*
	$(TARGET)/fuzz/$(HOST)/release/$* -max_total_time=$(or $(SECONDS),60) -max_len=16384 -artifact_prefix=$(TARGET)/fuzz/$*- \
		$(TARGET)/fuzz/found/$* server/fuzz/seeds/$*

# What PostgreSQL says is committed survives a power cut, unlike in the tests.
define DURABLE
fsync = on
synchronous_commit = on
full_page_writes = on
endef

# Every commit waits 5 ms besides: what slow commits are measured on.
define SLOW_COMMITS
$(DURABLE)
commit_delay = 5000
commit_siblings = 0
endef

bench: export QDOS_BINARY := $(abspath $(TARGET)/release/qdos)
bench: export POSTGRES_SETTINGS := $(SLOW_COMMITS)
bench: setup-bench setup-bench-score build
	cargo build --package server --example fill --example bench_refresh --example bench_score --example bench_fairness --release
	end2end/postgres.sh end2end/bench/node_modules/.bin/node end2end/bench/main.ts $(ARGS)

bench-score: export QDOS_BINARY := $(abspath $(TARGET)/release/qdos)
bench-score: setup-bench-score
	cargo build --package server --example bench_score --release
	end2end/bench/node_modules/.bin/node end2end/bench/main.ts score

bench-fairness: export QDOS_BINARY := $(abspath $(TARGET)/release/qdos)
bench-fairness: setup-bench-score
	cargo build --package server --example bench_fairness --release
	end2end/bench/node_modules/.bin/node end2end/bench/main.ts fairness

bench-sync: export QDOS_BINARY := $(abspath $(TARGET)/release/qdos)
bench-sync: export POSTGRES_SETTINGS := $(DURABLE)
bench-sync: setup-bench build
	cargo build --package server --example fill --example bench_sync --release
	end2end/postgres.sh end2end/bench/node_modules/.bin/node end2end/bench/main.ts --apart sync

bench-phone: export QDOS_BINARY := $(abspath $(TARGET)/release/qdos)
bench-phone: setup-bench build
	cargo build --package server --example fill --release
	end2end/bench/node_modules/.bin/node end2end/bench/main.ts --apart phone

screenshots: setup site
	npm --prefix end2end run screenshots

icons: setup
	node end2end/icons.mjs
