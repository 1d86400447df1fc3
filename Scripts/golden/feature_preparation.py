# SPDX-License-Identifier: Apache-2.0
"""Golden values of imputation, clipping, one-hot encoding and standardisation by scikit-learn.

Usage: python feature_preparation.py GERMAN_DATA > Tests/FeatureEngineeringTests/Golden/preparation.json
"""

import json
import sys

import numpy
import pandas
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

SEED = 20261121
rng = numpy.random.default_rng(SEED)
ROWS = 60


def numeric_columns():
    columns = {
        "normal": rng.normal(50, 12, ROWS),
        "skewed": numpy.exp(rng.normal(7, 1.5, ROWS)),
        "counts": rng.integers(0, 6, ROWS).astype(float),
        "offset": 1e9 + rng.normal(0, 1e-2, ROWS),
        "constant": numpy.full(ROWS, 0.1),
    }
    for index, name in enumerate(("normal", "skewed", "counts")):
        columns[name][rng.choice(ROWS, 5 + index, replace=False)] = numpy.nan
    return pandas.DataFrame(columns)


def plain(array):
    """Nested lists with None for NaN."""
    return [
        [None if numpy.isnan(value) else float(value) for value in row]
        for row in numpy.atleast_2d(array)
    ]


numbers = numeric_columns()
levels = pandas.DataFrame(
    {
        "housing": rng.choice(["own", "rent", "free"], ROWS, p=[0.6, 0.3, 0.1]),
        "job": rng.choice(["a", "b", "c", "d"], ROWS, p=[0.4, 0.3, 0.2, 0.1]),
    }
)
levels.loc[rng.choice(ROWS, 6, replace=False), "housing"] = None

golden = {
    "versions": {
        "scikit-learn": sklearn.__version__,
        "pandas": pandas.__version__,
        "numpy": numpy.__version__,
    },
    "seed": SEED,
    "columns": list(numbers.columns),
    "numbers": plain(numbers.to_numpy()),
    "housing": [None if value is None or value != value else value for value in levels["housing"]],
    "job": list(levels["job"]),
}

for name, strategy in (("median", "median"), ("mean", "mean"), ("mode", "most_frequent")):
    imputer = SimpleImputer(strategy=strategy, add_indicator=True)
    golden[f"imputed_{name}"] = plain(imputer.fit_transform(numbers.to_numpy()))
    golden[f"replacements_{name}"] = plain(imputer.statistics_)[0]
golden["indicators"] = [list(numbers.columns)[i] for i in imputer.indicator_.features_]

scaler = StandardScaler()
golden["standardised_population"] = plain(scaler.fit_transform(numbers.to_numpy()))
golden["means"] = plain(scaler.mean_)[0]
spread = numpy.nanstd(numbers.to_numpy(), axis=0, ddof=1)
spread[list(numbers.columns).index("constant")] = 1
golden["standardised_sample"] = plain((numbers.to_numpy() - scaler.mean_) / spread)

limits = numpy.nanquantile(numbers.to_numpy(), [0.05, 0.9], axis=0)
golden["clipped_5_90"] = plain(numpy.clip(numbers.to_numpy(), limits[0], limits[1]))

filled = SimpleImputer(strategy="most_frequent", missing_values=None).fit_transform(
    levels.astype(object).where(levels.notna(), None).to_numpy()
)
for name, drop in (("full", None), ("first", "first")):
    encoder = OneHotEncoder(drop=drop, sparse_output=False).fit(filled)
    golden[f"encoded_{name}"] = plain(encoder.transform(filled))
    golden[f"encoded_{name}_names"] = list(encoder.get_feature_names_out(["housing", "job"]))

# The whole pipeline on real data: one-hot in the place of each column, then all standardised, for
# the first 700 rows; features of three of the other rows.
german = pandas.read_csv(sys.argv[1], sep=r"\s+", header=None, dtype=str)
kinds = [
    "numeric" if german[column].str.fullmatch(r"\d+").all() else "categorical"
    for column in range(20)
]
transformer = ColumnTransformer(
    [
        (
            str(column),
            OneHotEncoder(
                sparse_output=False,
                # In the order of the codes' numbers, so that A410 is behind A49.
                categories=[
                    sorted(german[column][:700].unique(), key=lambda text: (len(text), text))
                ],
            )
            if kinds[column] == "categorical"
            else "passthrough",
            [column],
        )
        for column in range(20)
    ]
)
for column in range(20):
    if kinds[column] == "numeric":
        german[column] = german[column].astype(float)
train = transformer.fit_transform(german[:700]).astype(float)
scaler = StandardScaler().fit(train)
golden["german"] = {
    "training_rows": 700,
    "rows": [700, 850, 999],
    "features": plain(scaler.transform(transformer.transform(german.iloc[[700, 850, 999]]).astype(float))),
}

json.dump(golden, sys.stdout, indent=1)
