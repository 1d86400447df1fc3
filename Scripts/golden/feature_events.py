# SPDX-License-Identifier: Apache-2.0
"""Golden values of windows, rolling statistics, lags and trends over an event log, by pandas.

Usage: python feature_events.py > Tests/FeatureEngineeringTests/Golden/events.json
"""

import json

import numpy
import pandas

SEED = 20261121
rng = numpy.random.default_rng(SEED)
ACCOUNTS = [f"a{index}" for index in range(12)]
KINDS = ["enquiry", "loan", "repayment"]

count = 420
days = pandas.Timestamp("2020-01-01") + pandas.to_timedelta(rng.integers(0, 1100, count), "D")
events = pandas.DataFrame(
    {
        "account": rng.choice(ACCOUNTS, count),
        "date": days,
        "kind": rng.choice(KINDS, count),
        "amount": numpy.round(rng.lognormal(5, 1, count), 2),
        "employer": rng.choice(["north", "south", "east"], count, p=[0.7, 0.2, 0.1]),
    }
)
events.loc[rng.choice(count, 40, replace=False), "amount"] = numpy.nan

# Month ends, where months of different length must be told apart, and days with events.
dates = [pandas.Timestamp(text) for text in ("2020-03-31", "2020-12-31", "2021-02-28")]
dates += [pandas.Timestamp(text) for text in ("2021-05-31", "2022-02-28", "2022-08-30")]
cuts = [(account, date) for account in ACCOUNTS + ["unknown"] for date in dates]
cuts += [(row.account, row.date) for row in events.sample(25, random_state=1).itertuples()]

ordered = events.sort_values(["account", "date"], kind="stable")


def known(account, date, boundary):
    rows = ordered[ordered.account == account]
    return rows[rows.date < date] if boundary == "exclusive" else rows[rows.date <= date]


def window(rows, date, months, boundary, lag=0):
    end = date - pandas.DateOffset(months=lag)
    start = date - pandas.DateOffset(months=lag + months)
    if boundary == "exclusive":
        return rows[(rows.date >= start) & (rows.date < end)]
    return rows[(rows.date > start) & (rows.date <= end)]


def plain(value):
    return None if pandas.isna(value) else float(value)


def features(account, date, boundary):
    rows = known(account, date, boundary)
    repayments = rows[rows.kind == "repayment"]
    changed = rows.employer.ne(rows.employer.shift()) & rows.employer.shift().notna()
    result = {}
    for months in (1, 3, 6, 12, 24):
        name = f"{months}m"
        part = window(rows, date, months, boundary)
        paid = part[part.kind == "repayment"].amount
        result[f"count {name}"] = len(part)
        result[f"count(enquiry) {name}"] = int((part.kind == "enquiry").sum())
        result[f"count(enquiry|loan) {name}"] = int(part.kind.isin(["enquiry", "loan"]).sum())
        result[f"sum(amount of repayment) {name}"] = paid.sum()
        result[f"mean(amount of repayment) {name}"] = paid.mean()
        result[f"minimum(amount) {name}"] = part.amount.min()
        result[f"maximum(amount) {name}"] = part.amount.max()
        result[f"standardDeviation(amount) {name}"] = part.amount.std()
        result[f"distinctCount(employer) {name}"] = part.employer.nunique()
        result[f"changeCount(employer) {name}"] = int(changed[part.index].sum())
    result["daysSinceLast all"] = (date - rows.date.max()).days if len(rows) else None
    result["daysSinceFirst(repayment) all"] = (
        (date - repayments.date.min()).days if len(repayments) else None
    )
    for lag in (1, 2, 3):
        result[f"lag {lag}(amount of repayment)"] = (
            repayments.amount.iloc[-lag] if len(repayments) >= lag else None
        )
    for size in (3, 5):
        last = repayments.amount.tail(size)
        result[f"mean(amount of repayment) {size}e"] = last.mean()
    for months in (6, 12):
        parts = [window(rows, date, 1, boundary, lag) for lag in reversed(range(months))]
        steps = numpy.arange(months)
        counts = [len(part) for part in parts]
        result[f"countSlope {months}m"] = numpy.polyfit(steps, counts, 1)[0]
        sums = [part.amount.sum() for part in parts]
        result[f"sumSlope(amount) {months}m"] = numpy.polyfit(steps, sums, 1)[0]
        means = numpy.array([part.amount.mean() for part in parts])
        there = ~numpy.isnan(means)
        result[f"meanSlope(amount) {months}m"] = (
            numpy.polyfit(steps[there], means[there], 1)[0] if there.sum() > 1 else None
        )
    long = window(rows, date, 12, boundary)
    short = window(rows, date, 3, boundary)
    result["countRatio 3m/12m"] = len(short) / 3 / (len(long) / 12) if len(long) else None
    result["sumRatio(amount) 3m/12m"] = (
        short.amount.sum() / 3 / (long.amount.sum() / 12) if long.amount.sum() else None
    )
    lagged = window(rows, date, 3, boundary, 6)
    result["count 3m lag 6"] = len(lagged)
    return {name: plain(value) for name, value in result.items()}


# Rolling windows that end just before each event, as pandas has them.
closed = {}
repayments = ordered[ordered.kind == "repayment"].drop_duplicates(["account", "date"])
for length in (30, 90):
    closed[str(length)] = [
        plain(value)
        for value in repayments.set_index("date")
        .groupby("account")
        .amount.rolling(f"{length}D", closed="left", min_periods=1)
        .mean()
    ]

golden = {
    "versions": {"pandas": pandas.__version__, "numpy": numpy.__version__},
    "seed": SEED,
    "events": {
        "account": list(events.account),
        "date": [str(date.date()) for date in events.date],
        "kind": list(events.kind),
        "amount": [plain(value) for value in events.amount],
        "employer": list(events.employer),
    },
    "cuts": {
        "account": [account for account, _ in cuts],
        "date": [str(date.date()) for _, date in cuts],
    },
}
for boundary in ("exclusive", "inclusive"):
    rows = [features(account, date, boundary) for account, date in cuts]
    golden[boundary] = {name: [row[name] for row in rows] for name in rows[0]}
golden["rolling"] = {
    "account": list(repayments.account),
    "date": [str(date.date()) for date in repayments.date],
    "amount": [plain(value) for value in repayments.amount],
    "means": closed,
}
# A line for each list.
print(json.dumps(golden).replace('], "', '],\n"'))
