#!/bin/sh
# Finds Apache Arrow C++, or installs it, and prints how to build against it:
#   include=DIR  libraries=DIR  origin=system|wheel
# Where pkg-config knows arrow and parquet, nothing is installed. Otherwise the pinned
# pyarrow wheel goes from PyPI into .build/arrow; it carries the headers and libraries.
set -eu
pyarrow_version=26.0.1

root=$(cd "$(dirname "$0")/.." && pwd)
home=$root/.build/arrow
stamp=$home/ready-$pyarrow_version

say() { echo "$@" >&2; }

if [ -z "${ASSAY_ARROW_FROM_WHEEL:-}" ] && pkg-config --exists arrow parquet 2>/dev/null; then
  echo "include=$(pkg-config --variable=includedir arrow)"
  echo "libraries=$(pkg-config --variable=libdir arrow)"
  echo "origin=system"
  exit 0
fi

if [ ! -f "$stamp" ]; then
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || {
    say "Python 3.10 or newer is needed to install Apache Arrow from PyPI: apt-get install python3 python3-venv"
    exit 1
  }
  say "Installing Apache Arrow C++ (pyarrow $pyarrow_version from PyPI, about 150 MB) into .build/arrow …"
  rm -rf "$home"
  mkdir -p "$home"
  python3 -m venv "$home/venv" >&2 || {
    say "python3 -m venv does not work here: apt-get install python3-venv"
    exit 1
  }
  "$home/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
    --only-binary :all: "pyarrow==$pyarrow_version" >&2
  "$home/venv/bin/python" -c 'import os, pyarrow; print(os.path.dirname(pyarrow.__file__))' \
    2>/dev/null >"$home/location" || {
    # pyarrow itself is never imported for anything else; without numpy it still imports.
    say "The pyarrow wheel does not load on this machine."
    exit 1
  }
  touch "$stamp"
fi
location=$(cat "$home/location")
echo "include=$location/include"
echo "libraries=$location"
echo "origin=wheel"
