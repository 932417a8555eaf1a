"""Writes Tests/AssayStatisticsTests/Reference.swift: values of scipy.

Run it with a Python that has scipy (made with 1.13 or newer) and statsmodels (0.15):

    python3 Scripts/statistics-reference.py > Tests/AssayStatisticsTests/Reference.swift
"""

import numpy
import statsmodels.api
from scipy import stats


def number(value):
    value = float(value)
    if numpy.isinf(value):
        return "-.infinity" if value < 0 else ".infinity"
    return repr(value)


def table(name, kind, rows):
    print()
    print(f"  static let {name}: [{kind}] = [")
    for row in rows:
        print("    (" + ", ".join(number(v) if isinstance(v, float) else str(v) for v in row) + "),")
    print("  ]")


print("// Written by Scripts/statistics-reference.py; values of scipy.\n")
print("enum Reference {")
tails = [1e-300, 1e-20, 1e-10, 1e-5, 0.0013498980316300933, 0.005, 0.025, 0.05, 0.074, 0.076,
         0.1, 0.25, 0.4, 0.499, 0.5, 0.501, 0.75, 0.924, 0.926, 0.975, 0.995, 0.999999]
table("normalQuantiles", "(p: Double, z: Double)",
      [(p, float(stats.norm.ppf(p))) for p in tails])
table("normalCumulative", "(z: Double, p: Double)",
      [(z, float(stats.norm.cdf(z))) for z in [-30.0, -8.0, -3.0, -1.0, -1e-3, 0.0, 0.5, 1.96, 5.0]])
table("studentQuantiles", "(df: Double, p: Double, t: Double)",
      [(df, p, float(stats.t.ppf(p, df))) for df in [1.0, 2.0, 2.5, 5.0, 29.0, 63.0, 64.0, 1000.0, 1e6]
       for p in [1e-6, 0.0005, 0.025, 0.2, 0.45, 0.9, 0.975, 0.9999]])
table("studentCumulative", "(df: Double, t: Double, p: Double)",
      [(df, t, float(stats.t.cdf(t, df))) for df in [1.0, 3.0, 12.5, 400.0]
       for t in [-40.0, -3.0, -1.0, -0.01, 0.0, 0.7, 2.5]])
wilson = []
for k, n in [(0, 10), (1, 10), (10, 10), (50, 100), (81, 263), (999_999, 1_000_000)]:
    for level in [0.8, 0.95, 0.99]:
        ci = stats.binomtest(k, n).proportion_ci(level, method="wilson")
        wilson.append((float(k), float(n), level, float(ci.low), float(ci.high)))
table("wilson", "(successes: Double, trials: Double, level: Double, low: Double, high: Double)", wilson)
ranks = []
for n in [5, 6, 10, 25, 100, 1001, 20000]:
    for p in [0.1, 0.5, 0.9]:
        for level in [0.9, 0.95]:
            # The ranks by the definition, from scipy's binomial: -1 where there is none.
            k = numpy.arange(0, n + 1)
            tail = (1 - level) / 2
            low = numpy.flatnonzero(stats.binom.cdf(k, n, p) <= tail)
            high = numpy.flatnonzero(stats.binom.sf(k, n, p) <= tail)  # P(B >= k + 1)
            low, high = (int(low[-1]) if len(low) else -1), int(high[0])
            ranks.append((n, p, level, low if high < n else -1, high if low >= 0 and high < n else -1))
            if low < 0:
                ranks[-1] = (n, p, level, -1, -1)
table("ranks", "(count: Int, p: Double, level: Double, low: Int, high: Int)", ranks)
values = [0.1, 0.5, 0.5, 0.9, 1.5, 2.25, 7.0]
table("quantiles", "(p: Double, value: Double)",
      [(p, float(numpy.quantile(values, p))) for p in [0.0, 0.025, 0.1, 0.25, 0.5, 0.66, 0.9, 0.975, 1.0]])
print()
print(f"  static let values: [Double] = {values}")
sample = numpy.array([0.3, 0.9, 0.4, 0.75, 0.2, 0.61])
means = []
for level in [0.9, 0.95]:
    ci = stats.t.interval(level, len(sample) - 1, sample.mean(), stats.sem(sample))
    means.append((float(sample.mean()), float(sample.std(ddof=1)), len(sample), level, float(ci[0]), float(ci[1])))
table("means", "(mean: Double, deviation: Double, count: Int, level: Double, low: Double, high: Double)", means)
clusters = numpy.array([0, 0, 1, 1, 1, 2])
clustered = []
for level in [0.9, 0.95]:
    # The mean as a regression on a constant, with the sandwich over clusters and t of G - 1.
    fit = statsmodels.api.OLS(sample, numpy.ones(len(sample))).fit(
        cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)
    ci = fit.conf_int(1 - level)[0]
    clustered.append((level, float(fit.bse[0]), float(ci[0]), float(ci[1])))
table("clustered", "(level: Double, error: Double, low: Double, high: Double)", clustered)
print()
print(f"  static let sample: [Double] = {sample.tolist()}")
print(f"  static let sampleClusters: [Int] = {clusters.tolist()}")
print("}")
