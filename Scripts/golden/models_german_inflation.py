# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/german_inflation.json: variance inflation of German credit.

Needs numpy and statsmodels. Usage: models_german_inflation.py SHARED/german/german.data-numeric
Run from the root of the checkout.
"""

import json
import pathlib
import sys

import numpy
import statsmodels
import statsmodels.api
from statsmodels.stats.outliers_influence import variance_inflation_factor

PATH = pathlib.Path("Tests/ModelsTests/Golden/german_inflation.json")


def main():
    rows = statsmodels.api.add_constant(numpy.loadtxt(sys.argv[1])[:, :-1], has_constant="add")
    factors = [variance_inflation_factor(rows, column) for column in range(1, rows.shape[1])]
    value = {
        "source": f"statsmodels {statsmodels.__version__}, numpy {numpy.__version__}",
        "factors": [float(factor) for factor in factors],
    }
    PATH.write_text(json.dumps(value, indent=1) + "\n")


main()
