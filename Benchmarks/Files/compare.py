"""Times whole processes, ours and the peers', one after the other in one run.

usage: compare.py ASSAY DATA-FOLDER [--repeats N]

Prints a table of medians and ratios; a ratio counts only where the values agree,
and the program ends with 1 where they do not.
"""
from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def run(command: list[str]) -> tuple[float, int, bytes]:
    """Wall seconds, peak memory in KiB, and what the command printed."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with status {status}")
    return time.perf_counter() - started, usage.ru_maxrss, output


def interleaved(ours: list[str], theirs: list[str], repeats: int):
    """Both commands in turn, after a round that does not count."""
    run(ours), run(theirs)
    rounds = [(run(ours), run(theirs)) for _ in range(repeats)]
    return [r[0] for r in rounds], [r[1] for r in rounds]


def median(runs) -> float:
    return statistics.median(r[0] for r in runs)


def report(name: str, ours, theirs, goal: float) -> None:
    ratio = statistics.median(b[0] / a[0] for a, b in zip(ours, theirs))
    mark = "reached" if ratio >= goal else "MISSED"
    print(f"| {name} | {median(ours):.3f} s | {median(theirs):.3f} s | {ratio:.1f}x | "
          f"{goal:g}x {mark} | {max(r[1] for r in ours) / 1024:.0f} MiB | "
          f"{max(r[1] for r in theirs) / 1024:.0f} MiB |", flush=True)


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

    print("| workload | assay | peer | ratio | goal | our peak | their peak |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    ours, theirs = interleaved(
        assay("binary.csv"),
        [sys.executable, str(HERE / "peer_binary.py"), str(data / "binary.csv")],
        arguments.repeats)
    # pandas reads float64, the file has float32's shortest digits: the same numbers.
    agree(ours[0][2], theirs[0][2], 1e-12)
    report("CSV of 10M rows to the binary report, against pandas + scikit-learn", ours, theirs, 8)

    ours, theirs = interleaved(
        assay("small.csv"), [sys.executable, "-c", "import sklearn.metrics"], 3 * arguments.repeats)
    report("process start to the report of 1,000 rows, against importing scikit-learn", ours, theirs, 20)

    counting = ["--only", "accuracy,precision,recall,f1,brier,log_loss,ece"]
    peaks = [max(run(assay(file, *counting))[1] for _ in range(3))
             for file in ("counting-100MB.csv", "counting-1GB.csv")]
    print(f"\ncounting metrics, peak memory: {peaks[0] / 1024:.0f} MiB over 100 MB of input, "
          f"{peaks[1] / 1024:.0f} MiB over 1 GB ({peaks[1] / peaks[0]:.2f}x; goal at most 1.10x)")


if __name__ == "__main__":
    main()
