#!/bin/sh
# What a call costs: of the engine alone, and through the host as a run makes it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=${1:-"$root/.build/bench/calls"}
engine="$root/Sources/CAssayCall"
mkdir -p "$out"
${CC:-cc} -O2 -fPIC -shared -o "$out/libkernels.so" "$here/kernels.c" -lm
${CC:-cc} -O2 -fPIC -shared -o "$out/libbare.so" "$here/bare.c" -lffi
${CXX:-c++} -std=c++20 -O2 -I "$engine/include" -o "$out/engine" "$here/main.cpp" "$engine"/*.cpp \
  "$out/libbare.so" -Wl,-rpath,"$out" -lffi -ldl -pthread
echo "The engine alone, in ns of CPU time:"
"$out/engine" "$out/libkernels.so"
# A target of the main package that is there for this script only.
ASSAY_BENCHMARKS=1 swift build --package-path "$root" -c release --product CallBenchmark >"$out/build.log" 2>&1 ||
  { cat "$out/build.log"; exit 2; }
printf '\nThrough the host, in ns of CPU time:\n'
"$root/.build/release/CallBenchmark" "$out/libkernels.so" "$out/libbare.so"
