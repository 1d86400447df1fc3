# SPDX-License-Identifier: Apache-2.0
"""pandas on the work of PeerBench's `csv` ids: a CSV file of n records of twenty fields.

python tables_peer.py --data DIR --ids csv.1m [--reps 7]
python tables_peer.py --data DIR --generate [--quick]   writes the seeded input file

pandas gets the types of all columns, as PeerBench gets a schema. Its default conversion of numbers
may be off by a unit in the last place, ours never is.
"""

import argparse
import json
import pathlib
import resource
import time

import numpy as np
import pandas as pd

SIZES = {"csv": ("1m", "2k")}


def count(size):
    return int(size.replace("k", "000").replace("m", "000000"))


def generate(directory, size):
    directory.mkdir(parents=True, exist_ok=True)
    rows = count(size)
    generator = np.random.Generator(np.random.PCG64([104, rows]))
    columns = {f"x{i}": generator.normal(size=rows) * 10.0**i for i in range(8)}
    for i in range(4):
        columns[f"amount{i}"] = np.round(generator.lognormal(8, 1, rows), 2)
    columns["amount0"][generator.random(rows) < 0.05] = np.nan
    columns |= {f"count{i}": generator.integers(0, 100_000, rows) for i in range(4)}
    levels = np.array(["own", "rent", "free", "none"])
    columns |= {f"level{i}": levels[generator.integers(0, 4, rows)] for i in range(3)}
    days = np.datetime64("2020-01-01") + generator.integers(0, 1000, rows).astype("timedelta64[D]")
    columns["day"] = np.datetime_as_string(days)
    pd.DataFrame(columns).to_csv(directory / f"table_{size}.csv", index=False)


def types():
    numbers = [f"x{i}" for i in range(8)] + [f"{n}{i}" for n in ("amount", "count") for i in range(4)]
    return dict.fromkeys(numbers, "f8") | {f"level{i}": "category" for i in range(3)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--generate", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--ids", default=",".join(f"{k}.{v[0]}" for k, v in SIZES.items()))
    parser.add_argument("--peer", default="pandas")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reps", type=int, default=7)
    options = parser.parse_args()
    if options.generate:
        return generate(options.data, SIZES["csv"][options.quick])
    for id in options.ids.split(","):
        name, _, size = id.rpartition(".")
        if name not in SIZES:
            continue
        path = options.data / f"table_{size}.csv"

        def work():
            return pd.read_csv(path, dtype=types(), parse_dates=["day"])

        table, times = work(), []
        for _ in range(options.reps):
            start = time.perf_counter()
            table = work()
            times.append(time.perf_counter() - start)
        line = {
            "id": id,
            "peer": options.peer,
            "threads": options.threads,
            "times_s": times,
            "quality": {
                "rows": len(table),
                "sum": float(table["amount1"].sum()),
                "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            },
        }
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
