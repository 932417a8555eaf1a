#!/usr/bin/env bash
# Times us and the libraries people use today, interleaved in one run, and checks
# that the values agree. Peers are installed into a venv of their own.
#
#   Benchmarks/run.sh [PART…]     parts: calls tabular files statistics; all of them without
set -euo pipefail
cd "$(dirname "$0")/.."
work=$PWD/.build/bench
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(calls tabular files statistics)
mkdir -p "$work"

if [ ! -x "$work/venv/bin/python" ]; then
  echo "bench: installing the peers (numpy, scipy, scikit-learn, pandas) into .build/bench/venv"
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 pandas==3.1.1
fi

for part in "${parts[@]}"; do
  printf '\n## %s\n\n' "$part"
  case $part in
    calls) Benchmarks/Calls/run.sh ;;
    tabular) Benchmarks/Tabular/run.sh "$work/venv/bin/python" ;;
    files)
      "$work/venv/bin/python" Benchmarks/Files/generate.py "$work/data"
      "$work/venv/bin/python" Benchmarks/Files/compare.py .build/release/assay "$work/data"
      ;;
    statistics) Benchmarks/Statistics/run.sh "$work/venv/bin/python" ;;
    *) echo "bench: unknown part $part; there are calls, tabular, files and statistics" >&2; exit 2 ;;
  esac
done
