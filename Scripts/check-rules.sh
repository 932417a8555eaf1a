#!/usr/bin/env bash
# Checks the rules of the house that the compiler does not: who may import what.
#
# The build itself refuses imports of targets that a target does not declare
# (--explicit-target-dependency-import-check error).
set -euo pipefail
cd "$(dirname "$0")/.."
failures=0

fail() {
  echo "check-rules: $1" >&2
  failures=$((failures + 1))
}

# Files that match a pattern and lie outside an allowed place.
strays() {
  local pattern=$1 allowed=$2
  git ls-files -co --exclude-standard -- Sources Plugins |
    grep -E '\.(swift|c|cc|cpp|h|hpp)$' | grep -vE "$allowed" | xargs -r grep -lE "$pattern" || true
}

# only MODULE-OR-PATTERN ALLOWED WHY
only() {
  local found
  found=$(strays "$1" "$2")
  [ -z "$found" ] || fail "$3: $(echo "$found" | tr '\n' ' ')"
}

only '^[a-z@ ]*import GRDB' '^Sources/AssayStore/' 'GRDB is imported by AssayStore alone'
only '^[a-z@ ]*import Hummingbird' '^Sources/AssayServer/' 'Hummingbird is imported by AssayServer alone'
only '^[a-z@ ]*import ArgumentParser' '^Sources/AssayCLI/' 'ArgumentParser is imported by AssayCLI alone'
only '^[a-z@ ]*import GRDB' '^(Sources/AssayStore/|Tests/AssayStoreTests/)' 'GRDB is imported by AssayStore alone'
only '^[a-z@ ]*import Yams' '^Sources/AssayCLI/' 'Yams is imported by AssayCLI alone'
only '^[a-z@ ]*import Crypto' '^Sources/AssayRuntime/' 'Crypto is imported by AssayRuntime alone'
only '#include [<"]ffi\.h' '^Sources/CAssayCall/' 'ffi.h is included by CAssayCall alone'
only '\bdlopen *\(|\bdlmopen *\(' '^Sources/(AssayHost|CAssaySystem)/|^Plugins/ArrowReader/' 'dlopen is called by AssayHost alone'
only '#include [<"]simdjson' '^Sources/CAssayJSON/|^Plugins/(ArrowReader|Vision/Reader)/' 'simdjson is included by CAssayJSON and the readers alone'
only '^[a-z@ ]*import Foundation' '^Sources/(AssayCLI|AssayServer|AssayStore)/' 'Foundation has no place in the core'
only '^[a-z@ ]*import Assay(Host|Runtime|Data|Store|Report)' '^Sources/' 'a plugin sees the kit, never the host'
only 'import (AssayHost|AssayData|AssayStore)' \
  '^Sources/(AssayHost|AssayData|AssayStore|AssayRuntime|AssayWorker|AssayTesting)/' \
  'host, data and store are used through the runtime'

# What loads plugins is no part of what an embedder holds.
handed=$(git ls-files -co --exclude-standard -- 'Sources/AssayRuntime/*.swift' |
  xargs -r grep -lE 'public import (AssayHost|AssayData|AssayStatistics)' || true)
[ -z "$handed" ] || fail "the runtime's public API uses its own values, not the host's: $handed"

# The kernels see the standard library only, and what they report with.
kernels=$(git ls-files -co --exclude-standard -- 'Plugins/*/Kernels/*.swift' 'Plugins/*/Kernels/**/*.swift' |
  xargs -r grep -nE '^[a-z@ ]*import ' | grep -vE 'import (Glibc|Synchronization|KernelSupport)' || true)
[ -z "$kernels" ] || fail "kernels import the standard library and KernelSupport only: $kernels"

# A product of a library must be usable by version, which unsafeFlags forbid.
if grep -n 'unsafeFlags' Package.swift; then fail 'unsafeFlags make the package unusable by version'; fi

[ "$failures" -eq 0 ] || exit 1
echo "check-rules: the rules of the house hold"
