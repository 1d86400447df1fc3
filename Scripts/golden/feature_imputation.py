# SPDX-License-Identifier: Apache-2.0
"""Golden values of kNN and iterative imputation, winsorising and outliers.

Usage: python feature_imputation.py > Tests/FeatureEngineeringTests/Golden/imputation.json
"""

import json
import sys
import warnings

import numpy
import scipy
import sklearn
from scipy.stats import chi2, median_abs_deviation
from scipy.stats.mstats import winsorize
from sklearn.covariance import EmpiricalCovariance, MinCovDet
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer
from sklearn.linear_model import BayesianRidge, Ridge

warnings.simplefilter("ignore")
SEED = 20261121
rng = numpy.random.default_rng(SEED)


def plain(array):
    """Nested lists with None for NaN."""
    return [
        [None if numpy.isnan(value) else float(value) for value in row]
        for row in numpy.atleast_2d(array)
    ]


def loans(rows):
    """Columns that depend on each other, of very different scale, a fifth of them missing."""
    wealth = rng.normal(0, 1, rows)
    table = numpy.column_stack(
        [
            40 + 9 * wealth + rng.normal(0, 6, rows),
            numpy.exp(8 + wealth + rng.normal(0, 0.4, rows)),
            0.05 - 0.01 * wealth + rng.normal(0, 0.005, rows),
            rng.normal(3, 1, rows) + 0.5 * wealth,
        ]
    )
    table[rng.uniform(size=table.shape) < 0.2] = numpy.nan
    return table


train, test = loans(50), loans(12)
test[3] = numpy.nan
scale = numpy.nanstd(train, axis=0)
golden = {
    "versions": {
        "scikit-learn": sklearn.__version__,
        "scipy": scipy.__version__,
        "numpy": numpy.__version__,
    },
    "seed": SEED,
    "train": plain(train),
    "test": plain(test),
    "neighbours": [],
    "iterative": [],
}

# Columns are brought to one scale first, as our pipeline's step before does.
centre = numpy.nanmean(train, axis=0)
for count, weights in ((5, "uniform"), (3, "distance"), (60, "distance")):
    imputer = KNNImputer(n_neighbors=count, weights=weights, add_indicator=True)
    golden["neighbours"].append(
        {
            "count": count,
            "weights": weights,
            "train": plain(imputer.fit_transform((train - centre) / scale)),
            "test": plain(imputer.transform((test - centre) / scale)),
        }
    )

for name, estimator, rounds, tolerance in (
    ("bayesianRidge", BayesianRidge(), 10, 1e-3),
    ("bayesianRidge", BayesianRidge(), 25, 1e-6),
    ("ridge", Ridge(alpha=2.5), 10, 1e-3),
):
    imputer = IterativeImputer(estimator, max_iter=rounds, tol=tolerance)
    golden["iterative"].append(
        {
            "regression": name,
            "rounds": rounds,
            "tolerance": tolerance,
            "train": plain(imputer.fit_transform(train)),
            "test": plain(imputer.transform(test)),
            "rounds_done": imputer.n_iter_,
        }
    )

# Two clouds of outliers in correlated rows.
clean = rng.multivariate_normal([10, 200, -3], [[4, 15, 1], [15, 100, 2], [1, 2, 1]], 70)
rows = numpy.vstack([clean, rng.normal([25, 80, 4], 1, (12, 3)), rng.normal([10, 400, -3], 5, (4, 3))])
rows = rows[rng.permutation(len(rows))]
quartiles = numpy.quantile(rows, [0.25, 0.75], axis=0)
spread = quartiles[1] - quartiles[0]
median = numpy.median(rows, axis=0)
mad = median_abs_deviation(rows, scale="normal")
threshold = chi2.ppf(0.975, rows.shape[1])
classical = EmpiricalCovariance().fit(rows)
classical.covariance_ *= len(rows) / (len(rows) - 1)
# The best of several searches: a single one may end in another half of the rows.
robust = min(
    (MinCovDet(random_state=state).fit(rows) for state in range(20)),
    key=lambda estimate: numpy.linalg.slogdet(estimate.raw_covariance_)[1],
)


def distances(centre, covariance):
    difference = rows - centre
    return numpy.sum(difference @ numpy.linalg.inv(covariance) * difference, axis=1)


golden["outliers"] = {
    "rows": plain(rows),
    "winsorised_10_5": plain(
        numpy.column_stack([winsorize(column, limits=(0.10, 0.05)) for column in rows.T])
    ),
    "interquartile_1.5": plain(numpy.array([quartiles[0] - 1.5 * spread, quartiles[1] + 1.5 * spread])),
    "median_deviation_3": plain(numpy.array([median - 3 * mad, median + 3 * mad])),
    "threshold": float(threshold),
}
for name, centre, covariance in (
    ("mahalanobis", classical.location_, classical.covariance_),
    ("robust", robust.location_, robust.covariance_),
):
    golden["outliers"][name] = {
        "centre": plain(centre)[0],
        "covariance": plain(covariance),
        "outliers": numpy.flatnonzero(distances(centre, covariance) > threshold).tolist(),
    }

json.dump(golden, sys.stdout, indent=1)
