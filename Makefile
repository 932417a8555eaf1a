# Every target does all the set-up that it needs, and says what it installs.
#
#   make demo              evaluate real predictions and open the gate
#   make test              everything that must hold
#   make build             .build/release/assay with what ships beside it
#   make bench             our times and our peers', interleaved, with the ratios
#   make install PREFIX=…  a tree that runs from any folder, without the toolchain

SHELL := /bin/bash
PREFIX ?= /usr/local
SWIFT_FLAGS := --explicit-target-dependency-import-check error
RELEASE_FLAGS := $(SWIFT_FLAGS) -c release -Xlinker '-rpath=$$ORIGIN/../lib/assay'
export SWIFT_BACKTRACE := enable=no

.PHONY: all setup demo build build-debug test bench install clean

all: build

setup:
	@Scripts/setup.sh
	@Scripts/setup-arrow.sh >/dev/null

build: setup
	swift build $(RELEASE_FLAGS) --product assay
	swift build $(RELEASE_FLAGS) --product TabularPlugin
	swift build $(RELEASE_FLAGS) --product VisionPlugin
	swift build $(RELEASE_FLAGS) --product JudgementsPlugin
	Scripts/build-arrow-reader.sh .build/release

build-debug: setup
	swift build $(SWIFT_FLAGS) --build-tests
	Scripts/build-arrow-reader.sh .build/debug

demo: build
	@Scripts/demo.sh .build/release/assay

test: build-debug
	Scripts/check-rules.sh
	Scripts/registry.py --check
	swift test $(SWIFT_FLAGS) --skip-build --disable-xctest
	Scripts/check-readme.sh .build/debug/assay
	Scripts/check-swift-host.sh

bench: build
	Benchmarks/run.sh

install: build
	Scripts/install.sh .build/release "$(DESTDIR)$(PREFIX)"

clean:
	rm -rf .build
