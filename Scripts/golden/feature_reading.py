# SPDX-License-Identifier: Apache-2.0
"""Golden values of the readers: numbers, dates and the contents of real files, by Python alone.

Usage: python feature_reading.py DATA_FOLDER > Tests/FeatureEngineeringTests/Golden/reading.json
"""

import csv
import datetime
import json
import math
import platform
import random
import struct
import sys
from collections import Counter

SEED = 20261121
random.seed(SEED)


def bits(number):
    return str(struct.unpack("<Q", struct.pack("<d", number))[0])


def decimal_texts():
    yield from (
        "0", "-0", "+0.0", "1.", ".5", "-.5e1", "007", "1e22", "1e23", "9007199254740992",
        "9007199254740993", "9007199254740993e0", "123456789012345678", "1234567890123456789",
        "12345678901234567890", "0.1", "0.30000000000000004", "1e-22", "1e-23", "2.5E+3", "5e-324",
        "2.4703282292062328e-324", "1.7976931348623157e308", "2.2250738585072011e-308",
        "179769313486231570000e288", "0.000000000000000000000000000000000001", "1e-400",
        "0e999999999999", "8.5", "100000000000000000000000",
        "9007199254740992.5000000000000000000001", "0." + "0" * 400 + "1e401",
    )
    for _ in range(600):
        digits = random.randint(1, 22)
        text = "".join(random.choice("0123456789") for _ in range(digits))
        point = random.randint(0, digits)
        text = text[:point] + "." + text[point:] if random.random() < 0.7 else text
        if random.random() < 0.5:
            text += random.choice("eE") + random.choice(["", "+", "-"]) + str(random.randint(0, 40))
        yield random.choice(["", "-", "+"]) + text


def summary(rows, names):
    columns = []
    for index, name in enumerate(names):
        values = [row[index] for row in rows]
        try:
            numbers = [float(value) for value in values]
            columns.append({"name": name, "sum": math.fsum(numbers), "min": min(numbers), "max": max(numbers)})
        except ValueError:
            columns.append({"name": name, "levels": dict(sorted(Counter(values).items()))})
    return {"rows": len(rows), "columns": columns}


data = sys.argv[1]
files = {}
for name in ("german/german.data", "german/german.data-numeric", "australian/australian.dat"):
    rows = [line.split() for line in open(f"{data}/{name}") if line.strip()]
    files[name] = summary(rows, [f"column{index + 1}" for index in range(len(rows[0]))])
for name, delimiter in (
    ("german_kaggle_risk/german_credit_data.csv", ";"),
    ("taiwan/UCI_Credit_Card.csv", ","),
):
    with open(f"{data}/{name}", newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file, delimiter=delimiter))
    files[name] = summary(rows, [text or f"column{i + 1}" for i, text in enumerate(header)])

epoch = datetime.date(1970, 1, 1)
days = [random.randint(-719162, 2932896) for _ in range(300)] + [-719162, 2932896, 0, 11016, 19782]
golden = {
    "versions": {"python": platform.python_version()},
    "seed": SEED,
    "numbers": [{"text": text, "bits": bits(float(text))} for text in decimal_texts()],
    "dates": [
        {"text": (epoch + datetime.timedelta(days=day)).isoformat(), "days": day} for day in days
    ],
    "files": files,
}
json.dump(golden, sys.stdout, indent=1)
