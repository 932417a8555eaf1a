#!/usr/bin/env bash
# Builds and runs Examples/swift-host as an outsider would: the package by URL and
# version, from a tagged clone, so that nothing of this checkout can leak in.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/.build/swift-host
mkdir -p "$work"
rm -rf "$work/assay" "$work/example"

# The working tree as it is, committed and tagged in a repository of its own.
mkdir "$work/assay"
(cd "$root" && git ls-files -co --exclude-standard -z | xargs -0 tar cf - --ignore-failed-read 2>/dev/null) |
  tar xf - -C "$work/assay"
git -C "$work/assay" init -q -b main
git -C "$work/assay" add -A
git -C "$work/assay" -c user.name=check -c user.email=check@localhost commit -q -m "The working tree"
git -C "$work/assay" tag 0.1.0

cp -r "$root/Examples/swift-host" "$work/example"
sed -i "s|https://github.com/assay-project/assay|file://$work/assay|" "$work/example/Package.swift"
swift build --quiet --package-path "$work/example" --scratch-path "$work/build"
output=$("$work/build/debug/swift-host")

expected=$(awk '/^```$/ {inside = !inside; next} inside' "$root/Examples/swift-host/README.md")
if [ "$output" != "$expected" ]; then
  printf 'check-swift-host: printed\n%s\ninstead of\n%s\n' "$output" "$expected" >&2
  exit 1
fi
echo "check-swift-host: the example builds by URL and version, and prints what it says"
