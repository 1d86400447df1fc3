# SPDX-License-Identifier: Apache-2.0
"""Golden values of logarithms, powers, quantiles, scaling, encodings and selection scores.

Usage: python feature_transformers.py > Tests/FeatureEngineeringTests/Golden/transformers.json
"""

import json
import sys
import warnings

import mpmath
import numpy
import pandas
import scipy
import sklearn
import statsmodels
from scipy.stats import skew, spearmanr
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_selection import _mutual_info
from sklearn.metrics import mutual_info_score
from sklearn.preprocessing import (
    MaxAbsScaler,
    MinMaxScaler,
    OrdinalEncoder,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    TargetEncoder,
)
from statsmodels.stats.outliers_influence import variance_inflation_factor

warnings.filterwarnings("ignore")
SEED = 20261122
rng = numpy.random.default_rng(SEED)
ROWS = 80


def plain(array):
    """Nested lists with None for NaN."""
    array = numpy.asarray(array, dtype=float)
    if array.ndim == 1:
        return [None if numpy.isnan(value) else float(value) for value in array]
    return [plain(row) for row in array]


numbers = pandas.DataFrame(
    {
        "normal": rng.normal(0, 12, ROWS),
        "skewed": numpy.exp(rng.normal(2, 1.5, ROWS)),
        "losses": -numpy.exp(rng.normal(1, 1, ROWS)),
        "large": 1e6 + rng.gamma(2, 3e5, ROWS),
        "counts": rng.poisson(2, ROWS).astype(float),
    }
)
for index, name in enumerate(("normal", "skewed", "counts")):
    numbers.loc[rng.choice(ROWS, 4 + index, replace=False), name] = numpy.nan
values = numbers.to_numpy()
levels = rng.choice(["own", "rent", "free", "ward"], ROWS, p=[0.5, 0.25, 0.2, 0.05])
missing_levels = rng.choice(ROWS, 5, replace=False)
labels = (rng.random(ROWS) < numpy.where(levels == "own", 0.2, 0.6)).astype(int)
amounts = rng.normal(100, 20, ROWS) + 30 * (levels == "rent")
level_list = [None if i in missing_levels else str(level) for i, level in enumerate(levels)]
# Missing as a level of its own, behind the others.
level_array = numpy.array(
    [["~" if level is None else level] for level in level_list], dtype=object
)
columns = list(numbers.columns)

golden = {
    "versions": {
        "scikit-learn": sklearn.__version__,
        "scipy": scipy.__version__,
        "mpmath": mpmath.__version__,
        "statsmodels": statsmodels.__version__,
        "pandas": pandas.__version__,
        "numpy": numpy.__version__,
    },
    "seed": SEED,
    "columns": columns,
    "numbers": plain(values),
    "levels": level_list,
    "labels": labels.tolist(),
    "amounts": amounts.tolist(),
    "skewness": [float(skew(numbers[name].dropna())) for name in columns],
    "signed_log": plain(numpy.sign(values) * numpy.log1p(numpy.abs(values))),
}


# The power of Yeo and Johnson in 40 digits: where the values are large, double precision leaves
# scikit-learn only four digits of it.
mpmath.mp.dps = 40


def yeo_johnson(x, lam):
    if x >= 0:
        return mpmath.log(x + 1) if lam == 0 else ((x + 1) ** lam - 1) / lam
    return -mpmath.log(1 - x) if lam == 2 else -((1 - x) ** (2 - lam) - 1) / (2 - lam)


def moments(results):
    mean = mpmath.fsum(results) / len(results)
    return mean, mpmath.fsum((y - mean) ** 2 for y in results) / len(results)


def likelihood(column, lam):
    _, variance = moments([yeo_johnson(x, lam) for x in column])
    logs = mpmath.fsum(mpmath.sign(x) * mpmath.log(1 + abs(x)) for x in column)
    return -mpmath.mpf(len(column)) / 2 * mpmath.log(variance) + (lam - 1) * logs


def best_power(column):
    low, high = mpmath.mpf(-3), mpmath.mpf(5)
    share = (3 - mpmath.sqrt(5)) / 2
    while high - low > mpmath.mpf(10) ** -14:
        first, second = low + share * (high - low), high - share * (high - low)
        if likelihood(column, first) > likelihood(column, second):
            high = second
        else:
            low = first
    return (low + high) / 2


golden["scikit_learn_powers"] = PowerTransformer(method="yeo-johnson").fit(values).lambdas_.tolist()
golden["powers"], golden["log_likelihoods"] = [], []
transformed = numpy.full(values.shape, numpy.nan)
for index, name in enumerate(columns):
    present = [mpmath.mpf(float(x)) for x in numbers[name].dropna()]
    lam = best_power(present)
    golden["powers"].append(float(lam))
    golden["log_likelihoods"].append(float(likelihood(present, lam)))
    results = [yeo_johnson(x, lam) for x in present]
    mean, variance = moments(results)
    transformed[numbers[name].notna().to_numpy(), index] = [
        float((y - mean) / mpmath.sqrt(variance)) for y in results
    ]
golden["yeo_johnson"] = plain(transformed)

probe = numpy.linspace(-40, 60, 41)
golden["probe"] = probe.tolist()
for distribution in ("uniform", "normal"):
    transformer = QuantileTransformer(n_quantiles=20, output_distribution=distribution, subsample=None)
    transformer.fit(values)
    golden[f"quantile_{distribution}"] = plain(transformer.transform(values))
    frame = numpy.column_stack([probe] * len(columns))
    golden[f"quantile_{distribution}_probe"] = plain(transformer.transform(frame))
golden["robust_scaled"] = plain(RobustScaler().fit_transform(values))
golden["robust_scaled_10_80"] = plain(RobustScaler(quantile_range=(10, 80)).fit_transform(values))
golden["min_max_scaled"] = plain(MinMaxScaler((-2, 5)).fit_transform(values))
golden["max_abs_scaled"] = plain(MaxAbsScaler().fit_transform(values))

known = [level for level in level_list if level is not None]
golden["ordinal"] = OrdinalEncoder().fit_transform(numpy.array(known).reshape(-1, 1)).ravel().tolist()
golden["ordinal_levels"] = known
for name, target, kind in (("binary", labels, "binary"), ("continuous", amounts, "continuous")):
    for smooth in ("auto", 3.5):
        encoder = TargetEncoder(smooth=smooth, target_type=kind, random_state=0)
        encoder.fit(level_array, target)
        golden[f"target_{name}_{'auto' if smooth == 'auto' else 'fixed'}"] = {
            "levels": [str(level) for level in encoder.categories_[0]],
            "values": encoder.encodings_[0].tolist(),
            "mean": float(encoder.target_mean_),
        }

tokens = ["own", "rent", "free", "ward", "", "Zürich", "a b c", "12345678", "東京"]
for buckets in (4, 7):
    hasher = FeatureHasher(n_features=buckets, input_type="string")
    golden[f"hashed_{buckets}"] = hasher.transform([[token] for token in tokens]).toarray().tolist()
golden["tokens"] = tokens

# Selection: complete columns, two of them almost the same, one a sum of others.
base = rng.normal(0, 1, (ROWS, 4))
selection = pandas.DataFrame(base, columns=["a", "b", "c", "d"])
selection["a2"] = selection["a"] + rng.normal(0, 0.05, ROWS)
selection["e"] = selection["b"] - 2 * selection["c"] + rng.normal(0, 0.4, ROWS)
selection["f"] = labels + rng.normal(0, 0.7, ROWS)
matrix = selection.to_numpy()
golden["selection_columns"] = list(selection.columns)
golden["selection"] = plain(matrix)
golden["variances"] = matrix.var(axis=0).tolist()
golden["pearson"] = plain(numpy.corrcoef(matrix, rowvar=False))
golden["spearman"] = plain(spearmanr(matrix).statistic)
with_intercept = numpy.column_stack([numpy.ones(ROWS), matrix])
golden["variance_inflation"] = [
    float(variance_inflation_factor(with_intercept, column + 1)) for column in range(matrix.shape[1])
]
golden["neighbour_information"] = [
    float(max(0, _mutual_info._compute_mi_cd(matrix[:, [column]].ravel(), labels, 3)))
    for column in range(matrix.shape[1])
]


def binned(column, bins):
    edges = numpy.unique(numpy.quantile(column, numpy.arange(1, bins) / bins))
    return numpy.searchsorted(edges, column, side="left")


def information_value(codes):
    table = pd_crosstab(codes)
    added = numpy.where((table == 0).any(axis=1, keepdims=True), 0.5, 0)
    good = (table[:, 0] + added[:, 0]) / table[:, 0].sum()
    bad = (table[:, 1] + added[:, 0]) / table[:, 1].sum()
    return float(((good - bad) * numpy.log(good / bad)).sum())


def pd_crosstab(codes):
    return pandas.crosstab(codes, labels).to_numpy().astype(float)


golden["information_values"] = [information_value(binned(column, 5)) for column in matrix.T]
golden["binned_information"] = [
    float(mutual_info_score(binned(column, 5), labels)) for column in matrix.T
]
level_codes = numpy.array(["~" if level is None else level for level in level_list])
golden["level_information_value"] = information_value(level_codes)
golden["level_mutual_information"] = float(mutual_info_score(level_codes, labels))

dates = pandas.to_datetime(
    ["1899-12-31", "1900-02-28", "1970-01-01", "2000-02-29", "2024-12-31", "2026-11-21"]
)
golden["dates"] = [date.strftime("%Y-%m-%d") for date in dates]
golden["date_parts"] = [
    [
        date.year,
        date.quarter,
        date.month,
        date.day,
        date.isoweekday(),
        date.dayofyear,
        float(numpy.sin(2 * numpy.pi * (date.month - 1) / 12)),
        float(numpy.cos(2 * numpy.pi * (date.month - 1) / 12)),
        (date - pandas.Timestamp("2000-01-01")).days,
    ]
    for date in dates
]

json.dump(golden, sys.stdout, indent=1)
