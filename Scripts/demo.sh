#!/usr/bin/env bash
# Shows the main job: real predictions in, a verdict out.
#
#   Scripts/demo.sh PATH-TO-ASSAY
set -euo pipefail
cd "$(dirname "$0")/.."
assay=$1
output=.build/demo
mkdir -p "$output"

# show EXPECTED-EXIT-CODE COMMAND…: prints the command, runs it, and checks how it ended.
show() {
  local expected=$1 status=0
  shift
  printf '\n$ assay %s\n' "$(printf '%q ' "$@")"
  "$assay" "$@" || status=$?
  printf '(exit code %s)\n' "$status"
  if [ "$status" -ne "$expected" ]; then
    echo "demo: expected exit code $expected" >&2
    exit 1
  fi
}

echo "A classifier's predictions, the metrics a release depends on, and a gate:"
show 0 run -e tabular.binary --sample Examples/data/breast_cancer_logistic.csv \
  --bind target=label --bind score=score --slice site --ci 0.95 \
  --threshold 'roc_auc >= 0.99' --threshold 'min(recall by site) >= 0.95' \
  -o "$output/report.html" -o "$output/report.md" -o "$output/report.junit.xml"

echo
echo "A bar that the model does not reach stops the pipeline:"
show 1 run -e tabular.binary --sample Examples/data/breast_cancer_logistic.csv \
  --bind target=label --only precision,recall --threshold 'precision >= 0.99'

echo
echo "A regression:"
show 0 run -e tabular.regression --sample Examples/data/diabetes_ridge.csv \
  --threshold 'r2 >= 0.4' --only mae,rmse,r2

echo
echo "A function of a library that knows nothing of Assay:"
show 0 run --library libm.so.6 --call 'double fabs(double x)' --bind x=target \
  --sample Examples/data/diabetes_ridge.csv

echo
echo "The report of the first run: $output/report.html"
