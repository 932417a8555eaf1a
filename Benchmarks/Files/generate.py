"""Writes the data of the benchmarks: seeded, so that every run sees the same.

usage: generate.py FOLDER

binary.csv           10 million rows: label, score, weight, group (about 260 MB)
counting-100MB.csv   the first rows of the same columns, about 100 MB
counting-1GB.csv     the same, repeated to about 1 GB
small.csv            1,000 rows
"""
from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROWS = 10_000_000


def binary(rows: int) -> pd.DataFrame:
    """About 20 % positives, scores of a mildly miscalibrated model, with ties."""
    random = np.random.default_rng([20240601, 1])
    label = (random.random(rows) < 0.2).astype(np.int8)
    logit = random.normal(size=rows) * 1.3 + label * 1.7 - 1.9
    score = 1.0 / (1.0 + np.exp(-logit))
    tied = random.random(rows) < 0.01
    score[tied] = np.round(score[tied], 3)
    weight = random.gamma(2.0, 0.5, rows)
    group = np.minimum(random.exponential(18.0, rows).astype(np.int16), 99)
    return pd.DataFrame({"label": label, "score": score.astype(np.float32),
                         "weight": weight.astype(np.float32), "group": group})


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "done").exists():
        return
    frame = binary(ROWS)
    frame.to_csv(folder / "binary.csv", index=False)
    frame.head(1000).to_csv(folder / "small.csv", index=False)
    part = frame.head(3_900_000).to_csv(index=False)
    header, rows = part.split("\n", 1)
    for name, copies in (("counting-100MB.csv", 1), ("counting-1GB.csv", 10)):
        with open(folder / name, "w") as out:
            out.write(header + "\n")
            for _ in range(copies):
                out.write(rows)
    (folder / "done").touch()


if __name__ == "__main__":
    main()
