"""Times the tabular plugin and scikit-learn's functions for the same metrics, in turn,
on the same columns in memory, and checks that the values agree.

usage: compare.py libTabularPlugin.so [--rows N] [--repeats N] [--threads N]

Prints a table of medians and ratios; ends with 1 where values differ.
"""
from __future__ import annotations

import argparse
import os
import statistics
import sys
import time

import numpy as np
import sklearn.metrics as m

from plugin import Columns, Evaluator

TOLERANCE = 1e-12


def binary_data(n: int):
    """20 % positives, overlapping normals through a miscalibrated sigmoid, 1 % tied."""
    rng = np.random.default_rng(20260101)
    y = (rng.random(n) < 0.2).astype(np.int64)
    s = 1.0 / (1.0 + np.exp(-(rng.normal(size=n) * 1.3 + y * 1.7 - 1.9)))
    tied = rng.random(n) < 0.01
    s[tied] = np.round(s[tied], 3)
    return y, s, rng.gamma(2.0, 0.5, n)


def regression_data(n: int):
    rng = np.random.default_rng(20260102)
    y = rng.normal(size=n) * 4 + np.sin(np.arange(n) / 1e5)
    return y, y + rng.normal(size=n) * (0.3 + rng.exponential(0.4, n)), rng.gamma(2.0, 0.5, n)


def binary_peer(y, s, w=None):
    p = (s >= 0.5).astype(y.dtype)
    k = {"sample_weight": w}
    precision, recall, f1, _ = m.precision_recall_fscore_support(y, p, average="binary", **k)
    m.confusion_matrix(y, p, **k)
    return {"roc_auc": m.roc_auc_score(y, s, **k), "average_precision": m.average_precision_score(y, s, **k),
            "log_loss": m.log_loss(y, s, **k), "brier": m.brier_score_loss(y, s, **k),
            "accuracy": m.accuracy_score(y, p, **k), "precision": precision, "recall": recall, "f1": f1,
            "mcc": m.matthews_corrcoef(y, p, **k), "cohen_kappa": m.cohen_kappa_score(y, p, **k)}


def regression_peer(y, p, w=None, median=False):
    k = {"sample_weight": w}
    found = {"mae": m.mean_absolute_error(y, p, **k), "mse": m.mean_squared_error(y, p, **k),
             "rmse": m.root_mean_squared_error(y, p, **k), "mape": m.mean_absolute_percentage_error(y, p, **k),
             "r2": m.r2_score(y, p, **k), "explained_variance": m.explained_variance_score(y, p, **k),
             "max_error": m.max_error(y, p), "pinball_0_9": m.mean_pinball_loss(y, p, alpha=0.9, **k)}
    if median:
        found["median_absolute_error"] = m.median_absolute_error(y, p, **k)
    return found


def interleave(ours, theirs, repeats: int):
    pairs = []
    for _ in range(repeats + 1):
        a = time.perf_counter()
        mine = ours()
        b = time.perf_counter()
        yours = theirs()
        pairs.append((b - a, time.perf_counter() - b))
    return mine, yours, pairs[1:]


failed = False


def compare(title: str, ours, theirs, repeats: int, goal: float):
    global failed
    mine, yours, pairs = interleave(ours, theirs, repeats)
    for name, value in yours.items():
        if not abs(mine[name] - value) <= TOLERANCE * abs(value):
            print(f"{title}: {name} is {mine[name]!r}, scikit-learn says {value!r}", file=sys.stderr)
            failed = True
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"| {title} | {statistics.median(a for a, _ in pairs):.3f} s | "
          f"{statistics.median(b for _, b in pairs):.2f} s | {ratio:.1f}x | "
          f"{goal:g}x {'reached' if ratio >= goal else 'MISSED'} |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    a = parser.parse_args()

    def ours(name, parameters, columns, wanted):
        parameters = parameters | {"only": sorted(wanted)}
        evaluator, batch = Evaluator(a.library, name, parameters), Columns(columns)
        return lambda: evaluator.run(batch, wanted, a.threads)

    print(f"{a.rows:,} rows, {a.threads} threads, median of {a.repeats}\n")
    print("| suite | assay | scikit-learn | ratio | goal |\n| --- | --- | --- | --- | --- |")
    y, s, w = binary_data(a.rows)
    names = {"roc_auc", "average_precision", "log_loss", "brier", "accuracy", "precision", "recall",
             "f1", "mcc", "cohen_kappa", "confusion_matrix"}
    compare("binary", ours("tabular_binary", {}, {"target": y, "score": s}, names - {"confusion_matrix"}),
            lambda: binary_peer(y, s), a.repeats, 15)
    compare("binary, weighted",
            ours("tabular_binary", {}, {"target": y, "score": s, "weight": w}, names - {"confusion_matrix"}),
            lambda: binary_peer(y, s, w), min(3, a.repeats), 12)
    replicates(a, y, s)
    y, p, w = regression_data(a.rows)
    names = {"mae", "mse", "rmse", "mape", "r2", "explained_variance", "max_error", "pinball_0_9"}
    compare("regression without the median",
            ours("tabular_regression", {}, {"target": y, "prediction": p}, names),
            lambda: regression_peer(y, p), a.repeats, 10)
    names |= {"median_absolute_error"}
    compare("regression with the median",
            ours("tabular_regression", {}, {"target": y, "prediction": p}, names),
            lambda: regression_peer(y, p, median=True), a.repeats, 2)
    compare("regression, weighted, with the median",
            ours("tabular_regression", {}, {"target": y, "prediction": p, "weight": w}, names),
            lambda: regression_peer(y, p, w, median=True), min(3, a.repeats), 6)
    sys.exit(1 if failed else 0)


def replicates(a, y, s, count: int = 20):
    """Bootstrap of the area under the curve; a replicate is a weighted evaluation."""
    n = min(1_000_000, a.rows)
    columns = Columns({"target": y[:n], "score": s[:n], "row_id": np.arange(n, dtype=np.uint64)})
    evaluator = Evaluator(a.library, "tabular_binary", {})
    rng = np.random.default_rng(1)
    times = {}
    for title, wanted in {"roc_auc": {"roc_auc"}, "all metrics": {"roc_auc", "average_precision", "ks",
                          "brier", "log_loss", "ece", "accuracy", "f1", "mcc"}}.items():
        draw = evaluator.replicates(columns, wanted, count)
        rounds = []
        for _ in range(a.repeats):
            started = time.perf_counter()
            draw()
            rounds.append((time.perf_counter() - started) / count)
        times[title] = statistics.median(rounds)
    weights = rng.poisson(1, n).astype(float)
    started = time.perf_counter()
    m.roc_auc_score(y[:n], s[:n], sample_weight=weights)
    peer = time.perf_counter() - started
    print(f"| a bootstrap replicate of roc_auc, {n:,} rows, one core | {times['roc_auc'] * 1000:.2f} ms | "
          f"{peer * 1000:.0f} ms | {peer / times['roc_auc']:.0f}x | 40x |")
    print(f"| the same of nine metrics | {times['all metrics'] * 1000:.2f} ms | | | |", flush=True)


main()
