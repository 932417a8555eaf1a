#!/bin/sh
# Measures the call engine and fails where a target is missed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-"$here/../../.build/benchmarks"}
engine="$here/../../Sources/CAssayCall"
mkdir -p "$out"
${CC:-cc} -O2 -fPIC -shared -o "$out/libkernels.so" "$here/kernels.c" -lm
${CXX:-c++} -std=c++20 -O2 -I "$engine/include" -o "$out/calls" "$here/main.cpp" "$engine"/*.cpp \
  -lffi -ldl -pthread
"$out/calls" "$out/libkernels.so"
