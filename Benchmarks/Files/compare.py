"""Times whole processes, ours and the peers', one after the other in one run.

usage: compare.py ASSAY DATA-FOLDER [--repeats N]

Prints a table of medians and ratios; a ratio counts only where the values agree,
and the program ends with 1 where they do not.
"""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from timing import HEADER, interleaved, row, run  # noqa: E402


def agree(ours: bytes, theirs: bytes, tolerance: float) -> None:
    metrics = json.loads(ours)["evaluators"][0]["metrics"]
    for name, expected in json.loads(theirs).items():
        value = metrics[name]["value"]
        if value is None or abs(value - expected) > tolerance * max(1e-300, abs(expected)):
            sys.exit(f"{name}: {value!r} instead of {expected!r}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("assay")
    parser.add_argument("data", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    data = arguments.data

    def assay(file: str, *more: str) -> list[str]:
        return [arguments.assay, "run", "-e", "tabular.binary", "--sample", str(data / file),
                "--bind", "target=label", "--format", "json", *more]

    print(HEADER)
    ours, theirs = interleaved(
        assay("binary.csv"),
        [sys.executable, str(HERE / "peer_binary.py"), str(data / "binary.csv")],
        arguments.repeats)
    # pandas reads float64, the file has float32's shortest digits: the same numbers.
    agree(ours[0].output, theirs[0].output, 1e-12)
    row("CSV of 10M rows to the binary report, against pandas + scikit-learn", ours, theirs, 8)

    ours, theirs = interleaved(
        assay("small.csv"), [sys.executable, "-c", "import sklearn.metrics"], 3 * arguments.repeats)
    row("process start to the report of 1,000 rows, against importing scikit-learn", ours, theirs, 20)

    counting = ["--only", "accuracy,precision,recall,f1,brier,log_loss,ece"]
    peaks = [max(run(assay(file, *counting)).peak for _ in range(3))
             for file in ("counting-100MB.csv", "counting-1GB.csv")]
    print(f"\ncounting metrics, peak memory: {peaks[0] / 1024:.0f} MiB over 100 MB of input, "
          f"{peaks[1] / 1024:.0f} MiB over 1 GB ({peaks[1] / peaks[0]:.2f}x; goal at most 1.10x)")


if __name__ == "__main__":
    main()
