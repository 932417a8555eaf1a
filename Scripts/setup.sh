#!/usr/bin/env bash
# Installs what the build needs and the machine lacks, and says so.
#
#   Scripts/setup.sh            the C libraries, as Debian or Ubuntu packages
#
# Apache Arrow is fetched by Scripts/setup-arrow.sh, the Swift packages by the build.
set -euo pipefail

packages=(libexpat1-dev libffi-dev libsimdjson-dev libsqlite3-dev libzstd-dev zlib1g-dev pkg-config g++ python3 python3-venv)

if ! command -v swift >/dev/null; then
  echo "setup: no Swift toolchain found. Install Swift 6.3 from https://www.swift.org/install and try again." >&2
  exit 2
fi

if ! command -v dpkg-query >/dev/null; then
  echo "setup: not a Debian or Ubuntu system; these libraries are needed: expat 2, libffi 3.4, simdjson 3, SQLite 3, zstd, zlib." >&2
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  # python3-venv may come with another Python than the system's.
  if [ "$package" = python3-venv ] && python3 -c 'import venv, ensurepip' 2>/dev/null; then continue; fi
  if [ "$package" = g++ ] && command -v g++ >/dev/null; then continue; fi
  if [ "$package" = python3 ] && command -v python3 >/dev/null; then continue; fi
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "setup: missing packages. As root, run: apt-get install ${missing[*]}" >&2
    exit 2
  fi
  as_root=(sudo)
fi
echo "setup: installing the packages ${missing[*]}"
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq "${missing[@]}" >/dev/null
