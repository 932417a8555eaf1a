#!/usr/bin/env bash
# Runs every shell block of the README, in order, in a folder of its own.
#
#   Scripts/check-readme.sh PATH-TO-ASSAY
#
# The two lines that build and put the program on the path are left out: this uses
# the program that it is given. Swift blocks are held to the example package that
# the tests build.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
binary=$(cd "$(dirname "$1")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$root/Examples" "$folder/Examples"

blocks() { awk -v kind="$1" '$0 == "```" kind {inside = 1; next} /^```/ {inside = 0} inside' "$root/README.md"; }

blocks sh | grep -vE '^(make |export PATH=)' > "$folder/readme.sh"
[ -s "$folder/readme.sh" ] || { echo "check-readme: no shell blocks found" >&2; exit 1; }
if ! (cd "$folder" && PATH="$binary:$PATH" bash -euo pipefail readme.sh > output.txt 2>&1); then
  cat "$folder/output.txt" >&2
  echo "check-readme: a block of the README failed" >&2
  exit 1
fi
[ -s "$folder/report.html" ] || { echo "check-readme: the first block wrote no report.html" >&2; exit 1; }

blocks swift > "$folder/readme.swift"
while IFS= read -r line; do
  [ -z "$line" ] || grep -qF -- "$line" "$root/Examples/swift-host/Sources/swift-host/main.swift" || {
    echo "check-readme: not in Examples/swift-host: $line" >&2
    exit 1
  }
done < "$folder/readme.swift"
echo "check-readme: every block of the README runs"
