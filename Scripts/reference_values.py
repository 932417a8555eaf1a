#!/usr/bin/env python3
"""Writes Tests/TabularTests/Fixtures: seeded data and what scikit-learn makes of it.

usage: python3 Scripts/reference_values.py   (needs numpy and scikit-learn 1.9)

Undefined metrics are left out: what Assay answers there is its own policy, which
the tests state themselves.
"""
import json
import pathlib
import warnings

import numpy as np
import sklearn
import sklearn.metrics as m

warnings.simplefilter("ignore")
FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Tests/TabularTests/Fixtures"


def ece(y, s, w, bins=15):
    edges = np.arange(bins + 1) / bins
    place = np.clip(np.searchsorted(edges, s, side="right") - 1, 0, bins - 1)
    gap = sum(abs(np.sum((s - y)[place == b] * w[place == b])) for b in range(bins))
    return gap / w.sum()


def binary_values(y, s, w):
    ones = np.ones(len(y)) if w is None else w
    p = (s >= 0.5).astype(int)
    k = {"sample_weight": w}
    v = {
        "log_loss": m.log_loss(y, s.astype(np.float64), labels=[0, 1], **k),
        "brier": np.average((s.astype(np.float64) - y) ** 2, weights=ones),
        "ece": ece(y, s.astype(np.float64), ones),
        "accuracy": m.accuracy_score(y, p, **k),
    }
    both = 0 < y.sum() < len(y)
    if both:
        fpr, tpr, _ = m.roc_curve(y, s, drop_intermediate=False, **k)
        precision, recall, thresholds = m.precision_recall_curve(y, s, **k)
        f1 = 2 * precision * recall / np.where(precision + recall > 0, precision + recall, 1)
        best = np.flatnonzero(f1[:-1] >= f1[:-1].max() * (1 - 1e-13))[-1]
        v |= {
            "roc_auc": m.roc_auc_score(y, s, **k),
            "average_precision": m.average_precision_score(y, s, **k),
            "ks": np.max(np.abs(tpr - fpr)),
            "optimal_f1": f1[best],
            "optimal_threshold": float(thresholds[best]),
            "balanced_accuracy": m.balanced_accuracy_score(y, p, **k),
            "recall": m.recall_score(y, p, **k),
            "specificity": m.recall_score(y, p, pos_label=0, **k),
        }
    if p.sum() > 0:
        v["precision"] = m.precision_score(y, p, **k)
    if p.sum() + y.sum() > 0:
        v["f1"] = m.f1_score(y, p, **k)
        v["f_beta"] = m.fbeta_score(y, p, beta=2, **k)
    if both and 0 < p.sum() < len(p):
        v["mcc"] = m.matthews_corrcoef(y, p, **k)
    if both:
        v["cohen_kappa"] = m.cohen_kappa_score(y, p, **k)
    return {name: float(value) for name, value in v.items()}


def binary_cases(rng):
    def scores(y, spread=1.3):
        return 1 / (1 + np.exp(-(rng.normal(size=len(y)) * spread + y * 1.7 - 0.9)))

    def labels(n, share):
        return (rng.random(n) < share).astype(int)

    y = labels(1500, 0.3)
    yield "random", y, scores(y), None
    yield "random, weighted", y, scores(y), rng.gamma(2.0, 0.5, len(y))
    yield "random, some weights 0", y, scores(y), rng.gamma(2.0, 0.5, len(y)) * (rng.random(len(y)) < 0.7)
    y = labels(1200, 0.5)
    yield "tied", y, np.round(scores(y), 2), None
    yield "tied, weighted", y, np.round(scores(y), 1), rng.integers(1, 8, len(y)) / 4
    yield "tied on bin edges", y, np.round(scores(y) * 15) / 15, None
    y = labels(900, 0.1)
    yield "float32", y, scores(y).astype(np.float32), None
    yield "extreme scores", y, np.where(rng.random(900) < 0.5, np.round(scores(y)), scores(y)), None
    yield "nearly certain", y, np.clip(np.where(y == 1, 1 - 1e-9, 1e-12) * (1 + rng.random(900) * 1e-10), 0, 1), None
    yield "tiny scores", y, scores(y) * 1e-200, None
    yield "one threshold for all", y, np.full(900, 0.25), None
    y = np.zeros(400, int)
    y[123] = 1
    yield "one positive row", y, scores(y), None
    y = np.array([0, 1])
    yield "two rows, right", y, np.array([0.2, 0.9]), None
    yield "two rows, wrong", y, np.array([0.9, 0.2]), None
    y = np.repeat([0, 1], 50)
    yield "separated", y, np.linspace(0, 1, 100), None
    yield "only positive rows", np.ones(5, int), np.array([0.1, 0.5, 0.7, 0.9, 1.0]), None


def regression_values(y, p, w):
    k = {"sample_weight": w}
    e = np.abs(y - p)
    scale = np.abs(y) + np.abs(p)
    v = {
        "mae": m.mean_absolute_error(y, p, **k),
        "mse": m.mean_squared_error(y, p, **k),
        "rmse": m.root_mean_squared_error(y, p, **k),
        "median_absolute_error": m.median_absolute_error(y, p, **k),
        "max_error": m.max_error(y[w > 0] if w is not None else y, p[w > 0] if w is not None else p),
        "smape": np.average(np.where(scale > 0, 2 * e / np.where(scale > 0, scale, 1), 0), weights=w),
        "wape": np.average(e, weights=w) / np.average(np.abs(y), weights=w),
    }
    for q in (0.1, 0.5, 0.9):
        v[f"pinball_{str(q).replace('.', '_')}"] = m.mean_pinball_loss(y, p, alpha=q, **k)
    if np.all(y != 0):
        v["mape"] = m.mean_absolute_percentage_error(y, p, **k)
    if len(y) > 1 and np.ptp(y) > 0:
        v["r2"] = m.r2_score(y, p, **k)
        v["explained_variance"] = m.explained_variance_score(y, p, **k)
    return {name: float(value) for name, value in v.items()}


def regression_cases(rng):
    n = 700
    y = rng.normal(size=n) * 3 + 1
    p = y + rng.normal(size=n) * 0.7
    w = rng.gamma(2.0, 0.5, n)
    yield "random", y, p, None
    yield "random, weighted", y, p, w
    yield "random, some weights 0", y, p, w * (rng.random(n) < 0.7)
    yield "whole weights", y[:301], p[:301], rng.integers(1, 4, 301).astype(float)
    yield "odd count", y[:201], p[:201], None
    yield "even count", y[:200], p[:200], None
    yield "biased", y, p + 1e4, None
    yield "offset 1e6", y + 2.0**20, p + 2.0**20, None
    yield "sorted", np.sort(y) * 1e3, np.sort(y) * 1e3 + rng.normal(size=n), None
    yield "huge", y * 1e120, p * 1e120, None
    yield "small", y * 1e-120, p * 1e-120, None
    yield "tied errors", np.round(y[:500]), np.round(p[:500]) + 0.5, None
    yield "targets of 0", np.round(y[:500] / 3), p[:500], None
    yield "perfect", y[:100], y[:100], None
    yield "one row", np.array([3.0]), np.array([2.5]), None
    yield "equal targets", np.full(10, 0.1), np.linspace(0, 1, 10), None


def write(name, keys, cases, values):
    rows = []
    for title, a, b, w in cases:
        case = {"name": title, keys[0]: a.tolist(), keys[1]: b.tolist()}
        if w is not None:
            case["weight"] = w.tolist()
        rows.append(json.dumps(case | {"expected": values(a, b, w)}))
    text = f'{{"scikit_learn": "{sklearn.__version__}", "cases": [\n' + ",\n".join(rows) + "\n]}\n"
    (FOLDER / name).write_text(text)


FOLDER.mkdir(parents=True, exist_ok=True)
write("binary.json", ("target", "score"), binary_cases(np.random.default_rng(20260101)), binary_values)
write("regression.json", ("target", "prediction"), regression_cases(np.random.default_rng(20260102)), regression_values)
