#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the numbers behind paper 004's Figs. 4 and 5 from the Kaggle variant of German credit.

Usage: german_box_plots.py ../shared/data/german_kaggle_risk/german_credit_data.csv OUTPUT.json

Quartiles are NumPy's default (linear interpolation at (n - 1) p). Whiskers end at the furthest
values within 1.5 interquartile ranges. Age groups are open below and closed above: (20, 30],
(30, 40], (40, 60], (60, 80], the default of pandas.cut; ages up to 20 belong to none.
No random numbers are used.
"""

import json
import sys

import numpy
import pandas

EDGES = [20, 30, 40, 60, 80]
GROUPS = ["20-30", "30-40", "40-60", "60-80"]


def box(amounts):
    values = numpy.sort(amounts.to_numpy(dtype=float))
    lower, median, upper = numpy.quantile(values, [0.25, 0.5, 0.75], method="linear")
    reach = 1.5 * (upper - lower)
    inside = values[(values >= lower - reach) & (values <= upper + reach)]
    return {
        "count": int(values.size),
        "lowerWhisker": float(min(inside[0], lower)),
        "lowerQuartile": float(lower),
        "median": float(median),
        "upperQuartile": float(upper),
        "upperWhisker": float(max(inside[-1], upper)),
        "outliers": [float(v) for v in values if v < lower - reach or v > upper + reach],
    }


def groups(table, key, names):
    high = table["Credit amount"] > numpy.quantile(table["Credit amount"], 0.75, method="linear")
    result = []
    for name in names:
        rows = table[key == name]
        result.append({
            "group": str(name),
            "count": len(rows),
            "defaults": int((rows["Risk"] == "bad").sum()),
            "highAmounts": int((high & (key == name)).sum()),
            "defaultsOfHighAmounts": int((high & (key == name) & (table["Risk"] == "bad")).sum()),
            "medianOfAll": float(numpy.median(rows["Credit amount"])),
            "good": box(rows.loc[rows["Risk"] == "good", "Credit amount"]),
            "bad": box(rows.loc[rows["Risk"] == "bad", "Credit amount"]),
        })
    return result


def main(source, target):
    table = pandas.read_csv(source, sep=";", index_col=0, keep_default_na=False)
    ages = pandas.cut(table["Age"], EDGES, right=True, labels=GROUPS)
    golden = {
        "generator": "Scripts/golden/german_box_plots.py",
        "versions": {"numpy": numpy.__version__, "pandas": pandas.__version__},
        "quartileRule": "linear interpolation at (n - 1) p",
        "ageGroups": "open below, closed above",
        "highAmount": float(numpy.quantile(table["Credit amount"], 0.75, method="linear")),
        "outsideAgeGroups": int(ages.isna().sum()),
        "age": groups(table, ages, GROUPS),
        "job": groups(table, table["Job"], [0, 1, 2, 3]),
    }
    with open(target, "w", encoding="utf-8") as file:
        json.dump(golden, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
