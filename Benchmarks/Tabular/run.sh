#!/usr/bin/env bash
# The tabular plugin against scikit-learn, on columns in memory.
#
#   Benchmarks/Tabular/run.sh PYTHON [compare.py's options]
set -euo pipefail
cd "$(dirname "$0")/../.."
python=$1
shift
"$python" Benchmarks/Tabular/compare.py .build/release/libTabularPlugin.so "$@"
