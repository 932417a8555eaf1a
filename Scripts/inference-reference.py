"""Writes Tests/AssayStatisticsTests/InferenceReference.swift: values of reference libraries.

    python3 -m venv venv
    venv/bin/pip install numpy scipy statsmodels scikit-learn krippendorff choix ppi-python
    venv/bin/pip install --no-deps irrCAC
    venv/bin/pip install git+https://github.com/UW-Madison-Lee-Lab/LLM-judge-reporting
    venv/bin/pip download --no-deps --no-binary :all: confseq  # its Python part, on PYTHONPATH
    venv/bin/python Scripts/inference-reference.py > Tests/AssayStatisticsTests/InferenceReference.swift

Made with scipy 1.17, statsmodels 0.15, scikit-learn 1.9, krippendorff 0.9, choix 0.4,
irrCAC 0.4, ppi-python 0.2 and confseq 0.0.11.
"""

import warnings

import choix
import krippendorff
import numpy as np
import pandas
import statsmodels.api as sm
from confseq.betting_strategies import lambda_predmix_eb
from irrCAC.raw import CAC
from llm_judge_reporting import confidence_interval as lee_interval
from ppi_py import ppi_mean_ci, ppi_mean_pointestimate
from scipy import optimize, stats
from sklearn.metrics import cohen_kappa_score, roc_auc_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower, TTestPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

warnings.simplefilter("ignore")
rng = np.random.default_rng(20261121)


def literal(value):
    if value is None:
        return "nil"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        return repr(float(value))
    return "[" + ", ".join(literal(v) for v in value) + "]"


def wrapped(text, indent):
    """Breaks at spaces, so that lines stay readable."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(indent + line) + len(word) > 108:
            lines.append(indent + line)
            line = "  " + word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join(lines + [indent + line])


def table(name, kind, rows):
    print(f"\n  static let {name}: [{kind}] = [")
    for row in rows:
        print(wrapped("(" + ", ".join(literal(v) for v in row) + "),", "    "))
    print("  ]")


def constant(name, kind, value):
    print(f"\n  static let {name}: {kind} =\n" + wrapped(literal(value), "    "))


ALTERNATIVES = ["two-sided", "greater", "less"]


def distributions():
    table("betaQuantiles", "(p: Double, a: Double, b: Double, x: Double)",
          [(p, a, b, stats.beta.ppf(p, a, b)) for a, b in
           [(0.5, 0.5), (1.0, 1e6), (3.0, 998.0), (81.0, 183.0), (5000.0, 5001.0), (2.5, 0.25)]
           for p in [1e-6, 0.025, 0.5, 0.975]])
    table("betaCumulative", "(x: Double, a: Double, b: Double, p: Double)",
          [(x, a, b, stats.beta.cdf(x, a, b)) for a, b in [(0.5, 3.0), (40.0, 60.0), (1e5, 3e5)]
           for x in [0.01, 0.249, 0.251, 0.4, 0.9]])


def proportions():
    rows = []
    for k, n in [(0, 10), (1, 10), (10, 10), (81, 263), (15, 148), (0, 20), (999_999, 1_000_000)]:
        for level in [0.9, 0.95]:
            ci = stats.binomtest(k, n).proportion_ci(level, method="exact")
            rows.append((k, n, level, ci.low, ci.high))
    table("clopperPearson", "(successes: Int, trials: Int, level: Double, low: Double, high: Double)", rows)
    table("binomialTests",
          "(successes: Int, trials: Int, probability: Double, alternative: String, p: Double)",
          [(k, n, p, a, stats.binomtest(k, n, p, alternative=a).pvalue)
           for k, n, p in [(682, 925, 0.75), (3, 15, 0.1), (0, 5, 0.5), (5, 5, 0.9), (7, 20, 0.35), (520, 1000, 0.5)]
           for a in ALTERNATIVES])
    table("newcombe", "(a: [Int], b: [Int], level: Double, low: Double, high: Double)",
          [([a, m], [b, n], level, *confint_proportions_2indep(a, m, b, n, method="newcomb", alpha=1 - level))
           for a, m, b, n in [(56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20), (5, 56, 0, 29), (700, 1000, 690, 1000)]
           for level in [0.9, 0.95]])
    rows = []
    for b, c in [(86, 150), (11, 1), (1, 6), (0, 4), (3, 3), (40, 61)]:
        t = [[10, b], [c, 10]]
        exact = mcnemar(t, exact=True)
        mid = exact.pvalue - stats.binom.pmf(min(b, c), b + c, 0.5) if b != c else 1 - stats.binom.pmf(b, 2 * b, 0.5) / 2
        corrected, plain = mcnemar(t, exact=False, correction=True), mcnemar(t, exact=False, correction=False)
        rows.append((b, c, float(exact.pvalue), float(mid), float(corrected.statistic), float(corrected.pvalue),
                     float(plain.statistic), float(plain.pvalue)))
    table("mcNemar", "(b: Int, c: Int, exact: Double, midP: Double, edwards: Double, "
          "edwardsP: Double, plain: Double, plainP: Double)", rows)


def differences():
    """Lists of differences: plain, with ties, with zeros, both, long."""
    return {
        "plain": np.round(rng.normal(0.3, 1, 12), 3),
        "ties": np.array([1.0, 2, -1, 3, 2, 2, -4, 5, 1, -2]),
        "zeros": np.array([0.0, 1.5, -0.5, 2, 0, 3, -2.5, 0, 4]),
        "both": np.array([0.0, 1, -1, 2, 0, 2, 2, -3, 0, 3, 1, 1, -1, 2, 4, 1, -2]),
        "long": np.round(rng.normal(0.15, 1, 64), 2),
        "middle": np.round(rng.normal(-0.2, 1, 40), 6),
    }


def paired(lists):
    for name, values in lists.items():
        constant(f"{name}Differences", "[Double]", values)
    rows = []
    for name in ["plain", "ties", "long"]:
        for a in ALTERNATIVES:
            t = stats.ttest_1samp(lists[name], 0, alternative=a)
            rows.append((name, a, t.statistic, t.pvalue))
    table("pairedT", "(list: String, alternative: String, t: Double, p: Double)", rows)
    rows = []
    for name in ["plain", "ties", "zeros"]:
        for a in ALTERNATIVES:
            r = stats.permutation_test((lists[name],), lambda d, axis: np.mean(d, axis=axis), vectorized=True,
                                       permutation_type="samples", n_resamples=np.inf, alternative=a)
            rows.append((name, a, float(r.pvalue)))
    table("signFlips", "(list: String, alternative: String, p: Double)", rows)
    rows = []
    for name, values in lists.items():
        for zeros in ["wilcox", "pratt", "zsplit"]:
            for method in ["auto", "exact", "asymptotic"]:
                for correction in [False, True] if method == "asymptotic" else [False]:
                    for a in ALTERNATIVES:
                        r = stats.wilcoxon(values, zero_method=zeros, correction=correction, alternative=a, method=method)
                        rows.append((name, zeros, method, correction, a, float(r.statistic), float(r.pvalue)))
    table("wilcoxon", "(list: String, zeros: String, method: String, correction: Bool, "
          "alternative: String, statistic: Double, p: Double)", rows)


def bootstraps():
    values = np.round(rng.gamma(2, 1, 20), 3)
    constant("bcaValues", "[Double]", values)
    rows = []
    for name, statistic in [("mean", np.mean), ("variance", np.var)]:
        for level in [0.9, 0.95]:
            r = stats.bootstrap((values,), statistic, n_resamples=299, confidence_level=level, method="BCa",
                                rng=np.random.default_rng(5))
            rows.append((name, level, r.confidence_interval.low, r.confidence_interval.high, float(r.standard_error)))
        constant(f"{name}Replicates", "[Double]", r.bootstrap_distribution)
    table("bca", "(statistic: String, level: Double, low: Double, high: Double, error: Double)", rows)


def kernel(positive, negative):
    d = positive[:, None] - negative[None, :]
    return (d > 0) + 0.5 * (d == 0)


def delong():
    """By the definition of DeLong et al. (1988): placements over all pairs, no midranks."""
    labels = rng.random(70) < 0.4
    base = rng.normal(size=70) + labels
    lists = [np.round(base + rng.normal(0, s, 70), 1) for s in (0.4, 0.9, 1.6)]
    constant("rocLabels", "[Bool]", labels)
    constant("rocScores", "[[Double]]", lists)
    kernels = [kernel(s[labels], s[~labels]) for s in lists]
    areas = [k.mean() for k in kernels]
    for area, scores in zip(areas, lists):
        assert abs(area - roc_auc_score(labels, scores)) < 1e-12
    v10 = np.cov([k.mean(axis=1) for k in kernels]) / labels.sum()
    v01 = np.cov([k.mean(axis=0) for k in kernels]) / (~labels).sum()
    cov = v10 + v01
    constant("rocAreas", "[Double]", areas)
    constant("rocCovariance", "[[Double]]", cov)
    rows = []
    for i, j in [(0, 1), (0, 2), (1, 2)]:
        z = (areas[i] - areas[j]) / np.sqrt(cov[i, i] + cov[j, j] - 2 * cov[i, j])
        rows.append((i, j, z, 2 * stats.norm.sf(abs(z))))
    table("rocTests", "(first: Int, second: Int, z: Double, p: Double)", rows)
    # Unpaired, as in pROC: Welch's t over the variances of the areas.
    total = cov[0, 0] + cov[2, 2]
    df = total**2 / (cov[0, 0]**2 / 69 + cov[2, 2]**2 / 69)
    t = (areas[0] - areas[2]) / np.sqrt(total)
    table("rocUnpaired", "(t: Double, df: Double, p: Double)", [(t, df, 2 * stats.t.sf(abs(t), df))])


def clustered():
    groups = rng.integers(0, 9, 50)
    values = np.round(rng.normal(size=50) + rng.normal(size=9)[groups], 3)
    constant("clusterValues", "[Double]", values)
    constant("clusterGroups", "[Int]", groups)
    fit = sm.OLS(values, np.ones(50))
    cr1 = fit.fit(cov_type="cluster", cov_kwds={"groups": groups, "use_correction": True})
    cr0 = fit.fit(cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False})
    # statsmodels scales by (n - 1) / (n - k) too, which is 1 for a mean.
    constant("clusterErrors", "[Double]", [values.mean(), values.std(ddof=1) / np.sqrt(50), cr0.bse[0], cr1.bse[0]])


def design(pairs, n, columns):
    x = np.zeros((len(pairs), n))
    for row, (i, j) in enumerate(pairs):
        x[row, i], x[row, j] = columns
    return x[:, 1:]


def bradley_terry(wins):
    """A binomial GLM with the first model as the reference; differences to it."""
    n = len(wins)
    pairs = [(i, j) for i in range(n) for j in range(i) if wins[i, j] + wins[j, i]]
    counts = np.array([(wins[i, j], wins[j, i]) for i, j in pairs])
    fit = sm.GLM(counts, design(pairs, n, (1, -1)), family=sm.families.Binomial()).fit(tol=1e-14, maxiter=100)
    return fit.params, fit.bse


def davidson(wins, ties):
    """As a Poisson log-linear model (Fienberg and Larntz 1976), one effect a pair."""
    n, y, x = len(wins), [], []
    pairs = [(i, j) for i in range(n) for j in range(i)]
    for k, (i, j) in enumerate(pairs):
        for count, ability in [(wins[i, j], {i: 1}), (wins[j, i], {j: 1}), (ties[i, j], {i: 0.5, j: 0.5})]:
            row = np.zeros(n + 1 + len(pairs))
            for model, share in ability.items():
                row[model] = share
            row[n] = len(ability) == 2
            row[n + 1 + k] = 1
            y.append(count)
            x.append(row)
    fit = sm.GLM(np.array(y), np.array(x)[:, 1:], family=sm.families.Poisson()).fit(tol=1e-14, maxiter=200)
    return fit.params[:n - 1], fit.bse[:n - 1], np.exp(fit.params[n - 1])


def rao_kupper(wins, ties):
    n = len(wins)

    def loss(v):
        strength, theta = np.exp(np.concatenate([[0], v[:-1]])), 1 + np.exp(v[-1])
        total = 0
        for i in range(n):
            for j in range(i):
                a = strength[i] / (strength[i] + theta * strength[j])
                b = strength[j] / (strength[j] + theta * strength[i])
                total -= wins[i, j] * np.log(a) + wins[j, i] * np.log(b) + ties[i, j] * np.log(1 - a - b)
        return total

    best = np.zeros(n)
    for _ in range(5):
        best = optimize.minimize(loss, best, method="BFGS", options={"gtol": 1e-10}).x
        best = optimize.minimize(loss, best, method="Nelder-Mead",
                                 options={"xatol": 1e-12, "fatol": 1e-14, "maxiter": 20000, "maxfev": 20000}).x
    return best[:-1], 1 + np.exp(best[-1])


def rankings():
    strength = np.array([0.8, 0.3, 0.0, -0.4, -0.9])
    wins, ties = np.zeros((5, 5), int), np.zeros((5, 5), int)
    for i in range(5):
        for j in range(i):
            p = 1 / (1 + np.exp(strength[j] - strength[i]))
            a, b, t = rng.multinomial(60, [0.8 * p, 0.8 * (1 - p), 0.2])
            wins[i, j], wins[j, i], ties[i, j], ties[j, i] = a, b, t, t
    constant("rankedWins", "[[Double]]", wins.astype(float))
    constant("rankedTies", "[[Double]]", ties.astype(float))
    half, half_error = bradley_terry(wins + ties / 2)
    plain, plain_error = bradley_terry(wins)
    dav, dav_error, nu = davidson(wins, ties)
    rk, theta = rao_kupper(wins, ties)
    games = [(i, j) for i in range(5) for j in range(5) for _ in range(wins[i, j])]
    ridge = choix.opt_pairwise(5, games, alpha=0.75, tol=1e-12)
    assert np.allclose(choix.opt_pairwise(5, games, alpha=0, tol=1e-12)[1:] - choix.opt_pairwise(5, games, alpha=0, tol=1e-12)[0], plain, atol=1e-7)
    table("rankings", "(ties: String, log: [Double], errors: [Double]?, parameter: Double?)", [
        ("half", half, half_error, None), ("ignore", plain, plain_error, None),
        ("davidson", dav, dav_error, float(nu)), ("rao-kupper", rk, None, float(theta))])
    constant("ridgeAbilities", "[Double]", ridge - np.mean(ridge))


def agreement():
    table_ = np.array([[22, 4, 1, 0], [5, 17, 6, 2], [1, 3, 14, 5], [0, 1, 4, 25]])
    constant("kappaTable", "[[Double]]", table_.astype(float))
    rows = []
    for weights, name in [(None, "none"), ("linear", "linear"), ("quadratic", "quadratic")]:
        r = cohens_kappa(table_, wt=weights)
        a = np.repeat(np.repeat(range(4), 4), table_.ravel())
        b = np.repeat(np.tile(range(4), 4), table_.ravel())
        assert abs(r.kappa - cohen_kappa_score(a, b, weights=weights)) < 1e-12
        rows.append((name, r.kappa, r.std_kappa))
    table("cohenKappa", "(weights: String, kappa: Double, error: Double)", rows)
    truth = rng.integers(1, 5, 30)
    ratings = np.clip(truth[None, :] + rng.choice([-1, 0, 0, 0, 1], (4, 30)), 1, 4).astype(float)
    full = ratings.copy()
    ratings[rng.random((4, 30)) < 0.2] = np.nan
    ratings[:, 7] = [np.nan, 2, np.nan, np.nan]
    shown = [[None if np.isnan(v) else int(v) - 1 for v in row] for row in ratings]
    constant("raterRatings", "[[Int?]]", shown)
    rows = [(level, krippendorff.alpha(reliability_data=ratings, level_of_measurement=level))
            for level in ["nominal", "ordinal", "interval", "ratio"]]
    table("krippendorff", "(level: String, alpha: Double)", rows)
    rows = []
    for weights, name in [("identity", "none"), ("linear", "linear"), ("quadratic", "quadratic")]:
        for method in ["fleiss", "gwet"]:
            cac = CAC(pandas.DataFrame(ratings.T), weights=weights, digits=14)
            e = getattr(cac, method)()["est"]
            low, high = e["confidence_interval"]
            rows.append((method, name, float(e["coefficient_value"]), float(e["se"]), float(low), float(high)))
    table("chanceCorrected", "(method: String, weights: String, value: Double, error: Double, low: Double, "
          "high: Double)", rows)
    counts = np.array([[np.sum(full[:, u] == c) for c in range(1, 5)] for u in range(30)])
    constant("fleissCounts", "[[Int]]", counts)
    constant("fleissKappa", "Double", float(fleiss_kappa(counts)))


def multiplicity():
    p = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
                  0.6528, 0.7590, 1.0])
    p = p[rng.permutation(len(p))]
    constant("pValues", "[Double]", p)
    table("adjusted", "(method: String, values: [Double])",
          [(name, multipletests(p, method=method)[1]) for name, method in
           [("bonferroni", "bonferroni"), ("holm", "holm"), ("benjamini-hochberg", "fdr_bh"),
            ("benjamini-yekutieli", "fdr_by")]])


def power():
    table("pairedPower", "(effect: Double, rows: Double, alpha: Double, twoSided: Bool, power: Double)",
          [(d, n, a, two, float(TTestPower().power(d, n, a, alternative="two-sided" if two else "larger")))
           for d, n, a, two in [(0.5, 20.0, 0.05, True), (0.2, 100.0, 0.05, True), (0.1, 2000.0, 0.01, False),
                                (1.0, 3.0, 0.05, True), (0.05, 10.0, 0.1, True), (2.0, 40.0, 0.05, True)]])
    table("unpairedPower", "(effect: Double, rows: Double, alpha: Double, twoSided: Bool, power: Double)",
          [(d, n, a, two, float(TTestIndPower().power(d, n, a, alternative="two-sided" if two else "larger")))
           for d, n, a, two in [(1.0, 20.0, 0.05, True), (0.2, 394.0, 0.05, True), (0.3, 50.0, 0.025, False)]])


def judges():
    rows = []
    for p, q0, q1, n, m0, m1 in [(70, 85, 90, 100, 100, 100), (412, 45, 38, 1000, 50, 40), (3, 40, 41, 200, 50, 50),
                                 (990, 200, 195, 1000, 250, 200)]:
        low, high = lee_interval(p / n, q0 / m0, q1 / m1, n, m0, m1)
        rows.append(([p, n], [q0, m0], [q1, m1], float(low), float(high)))
    table("leeIntervals", "(observed: [Int], specificity: [Int], sensitivity: [Int], low: Double, high: Double)", rows)
    y = (rng.random(25) < 0.6).astype(float)
    f = np.round(np.clip(y * 0.5 + rng.random(25) * 0.5, 0, 1), 3)
    rest = np.round(rng.random(90) * 0.9, 3)
    constant("ppiLabels", "[Double]", y)
    constant("ppiPredictions", "[Double]", f)
    constant("ppiUnlabelled", "[Double]", rest)
    rows = []
    for lam in [1.0, None, 0.4, 0.0]:
        value = np.ravel(ppi_mean_pointestimate(y, f, rest, lam=lam))[0]
        low, high = (np.ravel(v)[0] for v in ppi_mean_ci(y, f, rest, alpha=0.05, lam=lam))
        rows.append((lam, float(value), float(low), float(high)))
    table("ppi", "(factor: Double?, value: Double, low: Double, high: Double)", rows)


def sequences():
    """Theorem 2 of Waudby-Smith and Ramdas with confseq's bets."""
    x = np.round(rng.beta(3, 2, 300), 4)
    t = np.arange(1, 301)
    mean = (0.5 + np.cumsum(x)) / (t + 1)
    before = np.append(0.5, mean[:-1])
    alpha = 0.05

    def lower(x, before):
        bets = lambda_predmix_eb(x, truncation=0.5, alpha=alpha / 2)
        margin = np.log(2 / alpha) + np.cumsum((x - before)**2 * (-np.log(1 - bets) - bets))
        return np.maximum.accumulate(np.maximum(0, (np.cumsum(bets * x) - margin) / np.cumsum(bets)))

    low, high = lower(x, before), 1 - lower(1 - x, 1 - before)
    constant("sequenceValues", "[Double]", x)
    table("sequence", "(count: Int, low: Double, high: Double)",
          [(n, float(low[n - 1]), float(min(1, high[n - 1]))) for n in [1, 2, 10, 50, 100, 300]])


def crossings():
    """The probability of leaving a box, over the statistics' joint distribution."""
    rows = []
    for times, boundaries, drift in [([0.5, 1.0], [2.5, 2.0], 0.0), ([0.3, 0.7, 1.0], [3.0, 2.4, 2.05], 1.5),
                                     ([0.2, 0.3, 1.0], [1.5, 2.0, 2.5], 0.0)]:
        t = np.array(times)
        cov = np.sqrt(np.minimum.outer(t, t) / np.maximum.outer(t, t))
        inside = stats.multivariate_normal(drift * np.sqrt(t), cov, abseps=1e-9, releps=1e-9, maxpts=10_000_000).cdf(
            boundaries, lower_limit=-np.array(boundaries))
        rows.append((times, boundaries, drift, 1 - float(inside)))
    table("crossing", "(times: [Double], boundaries: [Double], drift: Double, probability: Double)", rows)


print("// Written by Scripts/inference-reference.py; values of the libraries that it names.\n")
print("enum InferenceReference {")
distributions()
proportions()
paired(differences())
bootstraps()
delong()
clustered()
rankings()
agreement()
multiplicity()
power()
judges()
sequences()
crossings()
print("}")
