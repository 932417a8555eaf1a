"""Whole processes, timed one after the other in one run."""
from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Measured:
    """Wall seconds, peak memory in KiB, and what the command printed."""

    seconds: float
    peak: int
    output: bytes


def run(command: list[str], allowed: tuple[int, ...] = (0,)) -> Measured:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in allowed:
        sys.exit(f"{' '.join(command)} ended with status {status}")
    return Measured(time.perf_counter() - started, usage.ru_maxrss, output)


def interleaved(ours: list[str], theirs: list[str], repeats: int, warmup: bool = True):
    """Both commands in turn, after a round that does not count."""
    if warmup:
        run(ours), run(theirs)
    rounds = [(run(ours), run(theirs)) for _ in range(repeats)]
    return [r[0] for r in rounds], [r[1] for r in rounds]


def median(runs: list[Measured]) -> float:
    return statistics.median(r.seconds for r in runs)


HEADER = ("| workload | assay | peer | ratio | goal | our peak | their peak |\n"
          "| --- | --- | --- | --- | --- | --- | --- |")


def row(name: str, ours: list[Measured], theirs: list[Measured], goal: float) -> None:
    """A line of the table: medians, and the median of the rounds' ratios."""
    ratio = statistics.median(b.seconds / a.seconds for a, b in zip(ours, theirs))
    mark = "reached" if ratio >= goal else "MISSED"
    print(f"| {name} | {median(ours):.3f} s | {median(theirs):.3f} s | {ratio:.1f}x | "
          f"{goal:g}x {mark} | {max(r.peak for r in ours) / 1024:.0f} MiB | "
          f"{max(r.peak for r in theirs) / 1024:.0f} MiB |", flush=True)
