# Thin calls into the CMake presets (CMakePresets.json). `make help` lists them.

PRESET ?= release
PREFIX ?= /usr/local
SEEDS ?= 5
# Options of bench/peers/run.sh, such as --mixtures.
ONLY ?=
BUILD := build/$(PRESET)
DEMO := build/demo
PYTHON := /usr/bin/python3

.PHONY: help setup ready configure build demo regions conditional distribution test test-long neon \
        bindings golden accuracy benchmarks bench bench-bindings bench-fit bench-units bench-peers \
        bench-distributions bench-quality figures sanitize check-abi install clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: ## install what the build, the tests, the pictures and the bindings need
	@cmake/setup.sh
	@cmake/setup.sh --julia || echo "setup: without Julia its binding is not tested"
	@command -v cargo >/dev/null || echo "setup: without cargo (Rust 1.95) its binding is not tested"

ready: ## install only if something is missing
	@cmake/setup.sh --check >/dev/null 2>&1 || cmake/setup.sh

configure: ready
	@cmake --preset $(PRESET) >/dev/null

build: configure ## configure and build (PRESET=release, clang, serial, openmp, sanitize or neon)
	@cmake --build --preset $(PRESET)

demo: configure ## train on Fig. 1 of the paper and on Old Faithful; tables, JSON and pictures
	@cmake --build --preset $(PRESET) --target fig1 faithful
	@mkdir -p $(DEMO)
	@$(BUILD)/examples/fig1 $(DEMO)
	@$(PYTHON) examples/plot_fig1.py $(DEMO)
	@$(BUILD)/examples/faithful data/old_faithful.csv $(DEMO)
	@$(PYTHON) examples/plot_faithful.py $(DEMO)
	@echo "Results and pictures: $(DEMO)/fig1.json fig1.png faithful.json faithful.png"

regions: configure ## fit densities on a pentagon and a flower; table, JSON and picture
	@cmake --build --preset $(PRESET) --target regions
	@$(BUILD)/examples/regions $(DEMO)
	@$(PYTHON) examples/plot_regions.py $(DEMO)

conditional: configure ## fit a conditional density; table, JSON and picture
	@cmake --build --preset $(PRESET) --target conditional
	@$(BUILD)/examples/conditional $(DEMO)
	@$(PYTHON) examples/plot_conditional.py $(DEMO)

distribution: configure ## ask a fitted density for quantiles, regions, samples; table, JSON, picture
	@cmake --build --preset $(PRESET) --target distribution
	@$(BUILD)/examples/distribution data/old_faithful.csv $(DEMO)
	@$(PYTHON) examples/plot_distribution.py $(DEMO)

test: ready ## build and run every test
	@cmake/timed.sh configure cmake --preset $(PRESET) >/dev/null
	@cmake/timed.sh build cmake --build --preset $(PRESET)
	@cmake/timed.sh tests ctest --preset $(PRESET) --parallel 2
	@tests/slowest.py $(BUILD)

test-long: test ## then every test on every instruction set, and the long sweeps
	@cmake/timed.sh "long tests" ctest --preset $(PRESET) --parallel 2 -C Long -L long

neon: ## cross-compile for 64-bit ARM and test the kernels under an emulator
	@cmake/setup.sh --neon
	@$(MAKE) --no-print-directory PRESET=neon test

bindings: ## make the declarations of the bindings from finn.h and list what they cover
	@bindings/generate.py
	@bindings/coverage.py

golden: build ## write the golden bits anew, after a change that means to change them
	@tests/bindings/golden.sh $(BUILD)/tests/bindings/golden_bits tests/data/golden_bits.txt --write

accuracy: build ## print the errors of the functions; EXHAUSTIVE=1: of every float (an hour)
	@$(BUILD)/tests/accuracy/accuracy $(if $(EXHAUSTIVE),--exhaustive) --json build/accuracy.json

benchmarks: configure ## build the benchmarks, which make build leaves out
	@cmake --build --preset $(PRESET) --target benchmarks

bench: benchmarks ## time kernels, densities, steps, trained networks; JSON under build/bench/
	@mkdir -p build/bench
	@for name in sigma affine compose lanes step call derivative distribution trained company; do \
	  $(BUILD)/bench/bench_$$name --benchmark_out=build/bench/$$name.json \
	    --benchmark_out_format=json || exit 1; \
	done

bench-bindings: build ## what a call costs above C, in Rust and in Julia
	@LIBFINN_LIB_DIR=$(CURDIR)/$(BUILD) LD_LIBRARY_PATH=$(CURDIR)/$(BUILD) \
	  CARGO_TARGET_DIR=$(CURDIR)/build/rust cargo bench --quiet --locked \
	  --manifest-path bindings/rust/Cargo.toml --bench call
	@LIBFINN=$(CURDIR)/$(BUILD)/libfinn.so julia --project=bindings/julia bindings/julia/bench/call.jl

bench-fit: benchmarks ## fit problems with known answers by every network (hours); build/bench/fit.json
	@mkdir -p build/bench
	@$(BUILD)/bench/bench_fit --json build/bench/fit.json

bench-units: benchmarks ## one fit in units from 1e-6 to 1e6, for every constraint; a table
	@$(BUILD)/bench/bench_units

bench-quality: benchmarks ## fit tables of real data beside scikit-learn and a flow; build/bench/quality.json
	@bench/quality/run.sh $(SEEDS)

bench-peers: build benchmarks ## PyTorch, JAX, a flow, libxsmm, Eigen, ADOL-C; build/bench/peers.json
	@bench/peers/run.sh $(ONLY)

bench-distributions: build ## distributions beside pyvinecopulib, OpenTURNS, SciPy, scikit-learn
	@bench/peers/distributions.sh

figures: demo regions distribution ## make the pictures of README.md anew
	@cp $(DEMO)/fig1.png docs/fig1.png
	@cp $(DEMO)/faithful.png docs/faithful.png
	@cp $(DEMO)/regions.png docs/regions.png
	@cp $(DEMO)/distribution.png docs/distribution.png

sanitize: ## run the tests under clang's address, leak and undefined-behaviour sanitizers
	@cmake/setup.sh --clang
	@$(MAKE) --no-print-directory PRESET=sanitize test

check-abi: build ## compare the exported symbols with the committed list
	@cmake/check_abi.sh $(BUILD)/libfinn.so

install: build ## install under PREFIX (default /usr/local)
	@cmake --install $(BUILD) --prefix $(PREFIX)

clean: ## remove build/
	@rm -rf build
