# SPDX-License-Identifier: Apache-2.0
"""OptBinning and scikit-learn on the work of PeerBench's `scorecard` ids.

python scorecard_peer.py --data DIR --ids scorecard.50k [--reps 7]
python scorecard_peer.py --data DIR --generate [--quick]   writes the seeded input files

`t200k30_Xtr_f64.bin` has the rows x 30 variables, `t200k30_ytr_u8.bin` the outcomes; files of those
names that are there already are left alone.
"""

import argparse
import json
import pathlib
import time

import numpy as np

VARIABLES = 30


def count(size):
    return int(size.replace("k", "000"))


def generate(directory, quick):
    directory.mkdir(parents=True, exist_ok=True)
    features = directory / "t200k30_Xtr_f64.bin"
    if features.exists():
        return
    rows = 1_000 if quick else 50_000
    generator = np.random.Generator(np.random.PCG64(202))
    x = generator.normal(size=(rows, VARIABLES))
    x[:, 10:20] = np.exp(x[:, 10:20])
    x[:, 20:] = np.round(4 * x[:, 20:])
    slopes = generator.normal(0, 0.35, VARIABLES)
    logit = ((x - x.mean(0)) / x.std(0)) @ slopes + 0.3 * np.sin(3 * x[:, 0]) - 1.6
    x.astype("<f8").tofile(features)
    (generator.random(rows) < 1 / (1 + np.exp(-logit))).astype("u1").tofile(
        directory / "t200k30_ytr_u8.bin"
    )


def prepare(id, directory, threads):
    """The work and its quality figures; None for an id that is not known."""
    name, _, size = id.rpartition(".")
    if name not in ("scorecard", "scorecard.row"):
        return None
    from optbinning import BinningProcess
    from sklearn.linear_model import LogisticRegression

    rows = count(size)
    x = np.fromfile(directory / "t200k30_Xtr_f64.bin", "<f8", rows * VARIABLES)
    x = x.reshape(rows, VARIABLES)
    y = np.fromfile(directory / "t200k30_ytr_u8.bin", "u1", rows).astype(int)
    names = [f"x{i}" for i in range(VARIABLES)]
    result = {}

    def fit():
        process = BinningProcess(names, n_jobs=threads)
        evidence = process.fit(x, y).transform(x)
        result["process"] = process
        result["model"] = LogisticRegression(max_iter=300).fit(evidence, y)

    def score():
        evidence = result["process"].transform(x[:1])
        result["score"] = float(result["model"].predict_proba(evidence)[0, 1])

    if name == "scorecard.row":
        fit()
        return score, lambda: {"score": result["score"]}

    def quality():
        p = result["model"].predict_proba(result["process"].transform(x))[:, 1]
        return {
            "log_loss": float(-np.mean(np.log(np.where(y == 1, p, 1 - p)))),
            "variables": int(result["model"].coef_.size),
        }

    return fit, quality


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--generate", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--ids", default="scorecard.50k,scorecard.row.50k")
    parser.add_argument("--peer", default="optbinning, scikit-learn")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reps", type=int, default=7)
    options = parser.parse_args()
    if options.generate:
        return generate(options.data, options.quick)
    for id in options.ids.split(","):
        prepared = prepare(id, options.data, options.threads)
        if prepared is None:
            continue
        work, quality = prepared
        work()
        times = []
        for _ in range(options.reps):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        line = {
            "id": id,
            "peer": options.peer,
            "threads": options.threads,
            "times_s": times,
            "quality": quality(),
        }
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
