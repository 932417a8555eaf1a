#!/bin/sh
# Builds the readers of CSV, Arrow and Parquet files into OUTDIR:
#   libassay_arrow_reader.so, libassay_arrow_parquet.so
# and links the Arrow libraries that they need beside them, so that the run path is
# $ORIGIN alone and the folder can be copied (cp -L). Does nothing where nothing changed.
set -eu
[ $# -eq 1 ] || { echo "usage: $0 OUTDIR" >&2; exit 2; }
mkdir -p "$1"
out=$(cd "$1" && pwd -P)
root=$(cd "$(dirname "$0")/.." && pwd)
source=$root/Plugins/ArrowReader

settings=$("$root/Scripts/setup-arrow.sh")
include=$(echo "$settings" | sed -n 's/^include=//p')
libraries=$(echo "$settings" | sed -n 's/^libraries=//p')
origin=$(echo "$settings" | sed -n 's/^origin=//p')

objects=$root/.build/arrow-reader
mkdir -p "$objects"
compiler=${CXX:-}
if [ -z "$compiler" ]; then
  compiler=$(command -v clang++ || command -v g++ || command -v c++)
fi
flags="-std=c++20 -O2 -g1 -fPIC -fvisibility=hidden -Wall -Wextra -Werror -pthread"

# Everything that a change of must lead to a new build.
state=$({
  echo "$compiler $flags $settings"
  cat "$0" "$source"/*.json "$source"/src/* "$root"/Sources/CAssayPlugin/include/assay/*
} | cksum)
stamp=$out/.arrow-reader-state
if [ -f "$stamp" ] && [ "$state" = "$(cat "$stamp")" ] && [ -f "$out/libassay_arrow_reader.so" ] &&
  [ -f "$out/libassay_arrow_parquet.so" ]; then
  exit 0
fi
echo "Building the Arrow readers …" >&2

compile() { # NAME [FLAG…]: an object, where its source or what it includes is newer
  name=$1
  shift
  object=$objects/$name.o
  marker=$objects/$name.state
  own=$({ echo "$compiler $flags $settings $*"
    cat "$source/src/$name.cpp" "$source"/src/*.hpp "$source"/*.json; } | cksum)
  if [ ! -f "$object" ] || [ "$own" != "$(cat "$marker" 2>/dev/null)" ]; then
    # shellcheck disable=SC2086
    "$compiler" $flags "$@" -isystem "$include" -I "$root/Sources/CAssayPlugin/include" \
      -c "$source/src/$name.cpp" -o "$object"
    echo "$own" >"$marker"
  fi
}

library() { # versioned file name of a shared library of Arrow
  basename "$(ls "$libraries/$1".so.[0-9]* "$libraries/$1".so 2>/dev/null | head -n 1)"
}

shared="failure options source input"
for name in $shared csv csv_blocks csv_rows csv_pipeline ipc parquet; do echo "$name"; done |
  while read -r name; do compile "$name"; done
embed() { # MANIFEST OBJECT
  # shellcheck disable=SC2086
  "$compiler" $flags "-DASSAY_MANIFEST_FILE=\"$source/$1\"" -c "$source/src/manifest.cpp" -o "$objects/$2.o"
}
embed manifest.json manifest-arrow
embed manifest-parquet.json manifest-parquet

link() { # LIBRARY NAME… -- LINKED…
  target=$1
  shift
  "$compiler" -shared -pthread -Wl,-soname,"$target" -Wl,-z,defs -Wl,--as-needed \
    -Wl,-rpath,"\$ORIGIN" -o "$out/$target.new" "$@" -lsimdjson
  mv "$out/$target.new" "$out/$target"
}
arrow=$(library libarrow)
parquet=$(library libparquet)
set --
for name in $shared csv csv_blocks csv_rows csv_pipeline ipc manifest-arrow; do
  set -- "$@" "$objects/$name.o"
done
link libassay_arrow_reader.so "$@" "$libraries/$arrow"
set --
for name in $shared parquet manifest-parquet; do set -- "$@" "$objects/$name.o"; done
link libassay_arrow_parquet.so "$@" "$libraries/$arrow" "$libraries/$parquet"

if [ "$origin" = wheel ]; then
  ln -sf "$libraries/$arrow" "$libraries/$parquet" "$out/"
fi
echo "$state" >"$stamp"
