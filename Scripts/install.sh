#!/usr/bin/env bash
# Copies a build into a tree that runs from any folder, without the toolchain.
#
#   Scripts/install.sh BUILD-FOLDER PREFIX
#
# PREFIX/bin/assay                 the program
# PREFIX/lib/assay/                the libraries it needs, the Swift runtime's among them
# PREFIX/lib/assay/plugins/        what ships with it
# PREFIX/include/assay/            the plugin contract's headers
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
prefix=$2
libraries=$prefix/lib/assay
plugins=$libraries/plugins

install -d "$prefix/bin" "$plugins" "$prefix/include/assay" "$prefix/share/assay"
install -m 755 "$build/assay" "$prefix/bin/assay"
install -m 644 Sources/CAssayPlugin/include/assay/*.h "$prefix/include/assay/"
cp -r Registry "$prefix/share/assay/"

shopt -s nullglob
for plugin in "$build"/libTabularPlugin.so "$build"/libVisionPlugin.so "$build"/libJudgementsPlugin.so \
  "$build"/libassay_*.so "$build"/*.assay.json; do
  install -m 755 "$plugin" "$plugins/"
done

# What every system has stays the system's; the rest is carried along.
is_systems() {
  case $1 in
    libc.so.*|libm.so.*|libdl.so.*|librt.so.*|libpthread.so.*|libresolv.so.*|libutil.so.*|ld-linux*|linux-vdso*|libstdc++.so.*|libgcc_s.so.*) return 0 ;;
    *) return 1 ;;
  esac
}

# carry FILE FOLDER: copies the libraries that FILE needs, by the loader's own account.
carry() {
  ldd "$1" | awk '$2 == "=>" && $3 ~ /^\// {print $1, $3}' | while read -r name path; do
    is_systems "$name" && continue
    [ -e "$libraries/$name" ] || [ -e "$2/$name" ] || install -m 644 "$path" "$2/$name"
  done
}
carry "$build/assay" "$libraries"
for plugin in "$plugins"/*.so; do
  carry "$build/$(basename "$plugin")" "$plugins"
done
echo "install: $prefix/bin/assay ($(du -sh "$libraries" | cut -f1) of libraries)"
