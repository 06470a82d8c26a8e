# Qdos from a clone: `make run` sets everything up, builds it and starts it with a demonstration organisation.

TARGET := $(or $(CARGO_TARGET_DIR),target)
# The server's default; always in this directory, whatever CARGO_TARGET_DIR says.
SITE := target/site
WASM := wasm32-unknown-unknown
APP := cargo build --package app --lib --target $(WASM) --features csr
# Debian's packages, and a program of each that shows it is there.
POSTGRES := $(wildcard /usr/lib/postgresql/*/bin/initdb)
SUDO := $(if $(filter-out 0,$(shell id -u)),sudo)

.DEFAULT_GOAL := help
.PHONY: help setup site dev build run test icons

help:
	@echo 'make run    set up, build for release and start with a demonstration organisation'
	@echo 'make dev    build quickly and start; arguments for qdos in ARGS'
	@echo 'make test   everything that can fail, on SQLite and PostgreSQL'
	@echo 'make build  the release: $(TARGET)/release/qdos and $(SITE)'
	@echo 'make icons  draw the PNG icons from public/favicon.svg again'

# Quick when there is nothing to do.
setup: app/bundle/node_modules/.package-lock.json end2end/node_modules/.package-lock.json
	@rustup target list --installed | grep -qx $(WASM) || rustup target add $(WASM)
	@missing="$(if $(shell command -v chromium),,chromium) $(if $(POSTGRES),,postgresql)"; \
	if [ -n "$${missing# }" ]; then \
		$(SUDO) apt-get update && $(SUDO) apt-get install --yes --no-install-recommends $$missing; \
	fi

%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	npm ci --prefix $*
	@touch $@

# What a phone loads, built quickly.
site: setup
	$(APP) --profile wasm-dev
	cargo run --package bundle -- $(TARGET)/$(WASM)/wasm-dev/app.wasm $(SITE)

dev: site
	cargo run --package server --bin qdos -- $(or $(ARGS),demo)

build: setup
	$(APP) --profile wasm
	cargo run --package bundle -- --release $(TARGET)/$(WASM)/wasm/app.wasm $(SITE)
	cargo build --package server --bin qdos --release

run: build
	$(TARGET)/release/qdos $(or $(ARGS),demo)

# Sets up by itself, so that a machine where even that fails still gets its closing line.
test:
	@.ci/test

icons: setup
	node end2end/icons.mjs
