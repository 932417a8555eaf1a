#!/usr/bin/env bash
# Builds the examples in C, C++ and Rust with nothing but each language's compiler.
#
#   Plugins/Examples/build.sh OUTPUT-FOLDER
#
# The example in Swift is a product of the package. Without rustc the Rust example
# is left out, and that is said.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
output=$1
mkdir -p "$output"
include=$here/../../Sources/CAssayPlugin/include

# stale LIBRARY SOURCE: whether the library has to be built.
stale() { [ ! -e "$output/$1" ] || [ "$2" -nt "$output/$1" ]; }

if stale libexact_match.so "$here/c/exact_match.c"; then
  cc -std=c11 -Wall -Wextra -Werror -O2 -g -shared -fPIC \
    -o "$output/libexact_match.so" "$here/c/exact_match.c"
fi
if stale libword_error_rate.so "$here/cpp/word_error_rate.cpp"; then
  c++ -std=c++17 -Wall -Wextra -Werror -O2 -g -shared -fPIC -fvisibility=hidden -I "$include" \
    -o "$output/libword_error_rate.so" "$here/cpp/word_error_rate.cpp"
fi
if ! command -v rustc >/dev/null; then
  echo "examples: no rustc, the Rust example is left out"
elif stale libjaro_winkler.so "$here/rust/jaro_winkler.rs"; then
  rustc --edition 2021 -O -g --crate-type cdylib -D warnings \
    -o "$output/libjaro_winkler.so" "$here/rust/jaro_winkler.rs"
fi
cp "$here"/c/*.assay.json "$here"/cpp/*.assay.json "$output/"
[ ! -e "$output/libjaro_winkler.so" ] || cp "$here"/rust/*.assay.json "$output/"
cp "$here"/system/*.assay.json "$output/"
