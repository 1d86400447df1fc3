# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/comparison.json: tests that compare models.

Needs numpy, scipy, statsmodels and baycomp. Run from the root of the checkout.
"""

import json
import pathlib

import baycomp
import numpy
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

SEED = 20251122
PATH = pathlib.Path("Tests/ModelsTests/Golden/comparison.json")


def main():
    generator = numpy.random.default_rng(SEED)
    scores = numpy.round(
        0.75 + numpy.array([0, 0.004, 0.012, 0.02]) + generator.normal(0, 0.01, (12, 4)), 2)
    ranks = numpy.array([stats.rankdata(-row) for row in scores])
    friedman = stats.friedmanchisquare(*scores.T)
    n, k = scores.shape
    iman = (n - 1) * friedman.statistic / (n * (k - 1) - friedman.statistic)
    error = numpy.sqrt(k * (k + 1) / (6 * n))
    means = ranks.mean(axis=0)
    pairs = [(i, j) for i in range(k) for j in range(i + 1, k)]
    gaps = numpy.array([abs(means[i] - means[j]) / error for i, j in pairs])
    raw = 2 * stats.norm.sf(gaps)

    smooth = generator.normal(0.3, 1, 18)
    tied = numpy.array([1, -2, 2, 3, 0, 4, -1, 0, 5, 3, -3, 6, 2], dtype=float)
    many = generator.normal(0.2, 1, 80)

    def wilcoxon(values, **options):
        result = stats.wilcoxon(values, **options)
        return {"statistic": float(result.statistic), "pValue": float(result.pvalue)}

    differences = generator.normal(0.004, 0.02, 50)
    zeros = numpy.zeros(50)
    test_share = 1 / 9
    error_corrected = numpy.sqrt((1 / 50 + test_share) * differences.var(ddof=1))
    t = differences.mean() / error_corrected
    data_sets = generator.normal(0.006, 0.015, 25)

    def signed_rank(rope):
        # y less x: our first less second is theirs with x = 0.
        return list(map(float, baycomp.SignedRankTest.probs(
            numpy.zeros(25), data_sets, rope, nsamples=200_000, random_state=SEED)))

    value = {
        "source": f"scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, "
        f"baycomp 1.0.3, numpy {numpy.__version__}",
        "seed": SEED,
        "friedman": {
            "scores": scores.tolist(), "meanRanks": means.tolist(),
            "statistic": float(friedman.statistic), "pValue": float(friedman.pvalue),
            "imanDavenport": float(iman),
            "imanDavenportPValue": float(stats.f.sf(iman, k - 1, (k - 1) * (n - 1))),
            "nemenyi": stats.studentized_range.sf(gaps * numpy.sqrt(2), k, numpy.inf).tolist(),
            "criticalDifference": float(
                stats.studentized_range.ppf(0.95, k, numpy.inf) / numpy.sqrt(2) * error),
            **{name: multipletests(raw, method=method)[1].tolist() for name, method in [
                ("bonferroni", "bonferroni"), ("holm", "holm"), ("hochberg", "simes-hochberg"),
                ("benjaminiHochberg", "fdr_bh")]},
        },
        "wilcoxon": {
            "smooth": smooth.tolist(), "tied": tied.tolist(), "many": many.tolist(),
            "smoothExact": wilcoxon(smooth, method="exact"),
            "smoothGreater": wilcoxon(smooth, method="exact", alternative="greater"),
            "smoothLess": wilcoxon(smooth, method="exact", alternative="less"),
            "tiedNormal": wilcoxon(tied, method="asymptotic", zero_method="wilcox"),
            "prattNormal": wilcoxon(tied, method="asymptotic", zero_method="pratt"),
            "manyNormal": wilcoxon(many, method="asymptotic"),
        },
        "mcnemar": [{
            "first": b, "second": c,
            "exact": float(mcnemar([[10, b], [c, 10]], exact=True).pvalue),
            "midP": float(
                mcnemar([[10, b], [c, 10]], exact=True).pvalue
                - stats.binom.pmf(min(b, c), b + c, 0.5)),
            "corrected": float(mcnemar([[10, b], [c, 10]], exact=False).statistic),
            "plain": float(mcnemar([[10, b], [c, 10]], exact=False, correction=False).statistic),
            "plainPValue": float(
                mcnemar([[10, b], [c, 10]], exact=False, correction=False).pvalue),
        } for b, c in [(3, 11), (25, 14), (0, 6)]],
        "folds": {
            "differences": differences.tolist(),
            "statistic": float(t), "pValue": float(2 * stats.t.sf(abs(t), 49)),
            "interval": [float(v) for v in stats.t.interval(
                0.95, 49, differences.mean(), error_corrected)],
            "bayesian": [float(v) for v in baycomp.CorrelatedTTest.probs(
                zeros, differences, 0.005, runs=5)],
            "bayesianNoRope": [float(v) for v in baycomp.CorrelatedTTest.probs(
                zeros, differences, 0, runs=5)],
        },
        "signedRank": {
            "differences": data_sets.tolist(), "rope": signed_rank(0.005),
            "noRope": signed_rank(0),
        },
    }
    PATH.write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
