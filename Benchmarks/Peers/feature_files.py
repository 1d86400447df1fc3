# SPDX-License-Identifier: Apache-2.0
"""The seeded input files of the feature ids; generate.py writes them.

`table_<size>.csv` has records of twenty fields, `text_<size>.txt` one document a line,
`network_<size>.bin` the two ends of each edge as little-endian 32-bit integers, over a fifth as
many nodes as edges, `t200k30_Xtr_f64.bin` thirty variables of each row with outcomes in
`t200k30_ytr_u8.bin` and a fifth as many rows held out in `t200k30_Xte_f64.bin` and
`t200k30_yte_u8.bin`, `rows_<size>.csv` applications, `metrics_score_f64.bin` probabilities with
outcomes in `metrics_y_u8.bin`, `behav_params_f64.bin` a lender and a loan a row. `t200k50`,
`t1m50` and `t50k20` are rows for models, the last with further rows in `t50k20_Xte_f64.bin`.
"""

import numpy as np
import pandas as pd

from workloads import count, feature_ids

TABLE_NUMBERS = [f"x{i}" for i in range(8)] + [
    f"{name}{i}" for name in ("amount", "count") for i in range(4)
]
TABLE_TYPES = dict.fromkeys(TABLE_NUMBERS, "f8") | {f"level{i}": "category" for i in range(3)}
CARD_VARIABLES = 30
ENTRY_SIZE = 64  # bytes of a journal's entry
ROW_NUMBERS = [f"x{i}" for i in range(7)]
ROW_LEVELS = [f"level{i}" for i in range(13)]


def table(generator, rows, path):
    columns = {f"x{i}": generator.normal(size=rows) * 10.0**i for i in range(8)}
    for i in range(4):
        columns[f"amount{i}"] = np.round(generator.lognormal(8, 1, rows), 2)
    columns["amount0"][generator.random(rows) < 0.05] = np.nan
    columns |= {f"count{i}": generator.integers(0, 100_000, rows) for i in range(4)}
    levels = np.array(["own", "rent", "free", "none"])
    columns |= {f"level{i}": levels[generator.integers(0, 4, rows)] for i in range(3)}
    days = np.datetime64("2020-01-01") + generator.integers(0, 1000, rows).astype("timedelta64[D]")
    columns["day"] = np.datetime_as_string(days)
    pd.DataFrame(columns).to_csv(path, index=False)


def text(generator, documents, path):
    letters = np.array(list("etaoinshrdlucmfwyp"))
    words = np.array(
        ["".join(generator.choice(letters, n)) for n in generator.integers(2, 11, 30_000)]
    )
    # Frequencies as in a language: the n-th word comes with probability about 1 / n.
    ranks = np.exp(generator.uniform(0, np.log(len(words)), (documents, 80)))
    lines = [" ".join(words[row]) + "." for row in ranks.astype(int) - 1]
    path.write_text("\n".join(lines) + "\n")


def network(generator, edge_count, path):
    nodes = edge_count // 5
    skewed = nodes * generator.random(edge_count) ** 2
    ends = np.stack([skewed, nodes * generator.random(edge_count)], axis=1).astype("<i4")
    ends[ends[:, 0] == ends[:, 1], 1] = nodes
    ends.tofile(path)


def card(generator, rows, path):
    """Thirty variables, some skewed and some with many equal values, and the outcomes."""
    slopes = None
    for part, count in (("tr", rows), ("te", rows // 5)):
        x = generator.normal(size=(count, CARD_VARIABLES))
        x[:, 10:20] = np.exp(x[:, 10:20])
        x[:, 20:] = np.round(4 * x[:, 20:])
        if slopes is None:
            slopes = generator.normal(0, 0.35, CARD_VARIABLES)
            centre, spread = x.mean(0), x.std(0)
        risk = ((x - centre) / spread) @ slopes + 0.3 * np.sin(3 * x[:, 0])
        outcomes = default(generator, risk - 0.1).astype("u1")
        outcomes.tofile(path.parent / f"t200k30_y{part}_u8.bin")
        x.astype("<f8").tofile(path if part == "tr" else path.parent / "t200k30_Xte_f64.bin")


def default(generator, risk):
    """1 for a default, with a fifth to a quarter of them."""
    return (generator.random(len(risk)) < 1 / (1 + np.exp(1.5 - risk))).astype(int)


def rows(generator, row_count, path):
    """Seven numbers, some of them missing, and thirteen columns of levels."""
    numbers = np.round(generator.lognormal(0, 1, (row_count, len(ROW_NUMBERS))), 3)
    codes = generator.integers(0, 4, (row_count, len(ROW_LEVELS)))
    outcome = default(generator, numbers[:, 0] - numbers[:, 1] + (codes[:, 0] == 2))
    numbers[generator.random(numbers.shape) < 0.03] = np.nan
    frame = pd.DataFrame(numbers, columns=ROW_NUMBERS)
    for i, name in enumerate(ROW_LEVELS):
        frame[name] = np.array(["A", "B", "C", "D"])[codes[:, i]]
    frame["default"] = outcome
    frame.to_csv(path, index=False)


def scores(generator, row_count, path):
    """Probabilities of default that are right, many of them small."""
    p = 1 / (1 + np.exp(1.5 - 1.4 * generator.normal(size=row_count)))
    (generator.random(row_count) < p).astype("u1").tofile(
        path.parent / "metrics_y_u8.bin"
    )
    p.astype("<f8").tofile(path)


def lenders(generator, count, path):
    """Exponents, loss aversion, gammas, default probability, rate and reference of each lender."""
    ranges = [
        (0.6, 1), (0.6, 1), (1.2, 3.2), (0.45, 0.9), (0.5, 0.95), None, (0.06, 0.3), (0, 0.05)]
    columns = [
        generator.uniform(*ends, count) if ends else generator.beta(1.5, 12, count)
        for ends in ranges
    ]
    np.stack(columns, axis=1).astype("<f8").tofile(path)


def labelled(columns):
    """A writer of normal variables, the outcomes of their rows, and a fifth as many rows more."""

    def write(generator, row_count, path):
        x = generator.normal(size=(row_count + row_count // 5, columns))
        slopes = generator.normal(0, 0.3, columns)
        name = path.name.partition("_")[0]
        outcomes = default(generator, x[:row_count] @ slopes)
        outcomes.astype("u1").tofile(path.parent / f"{name}_ytr_u8.bin")
        x[row_count:].astype("<f8").tofile(path.parent / f"{name}_Xte_f64.bin")
        x[:row_count].astype("<f8").tofile(path)

    return write


def leaves(generator, count, path):
    """Leaves of 64 bytes."""
    generator.integers(0, 256, 64 * count, "u1").tofile(path)


def entries(generator, entry_count, path):
    path.write_bytes(generator.bytes(ENTRY_SIZE * entry_count))


def sequences(generator, row_count, path):
    """Sequences of 24 steps of 16 numbers, whose outcome depends on the latest most."""
    x = generator.normal(size=(row_count, 24, 16))
    slopes = generator.normal(0, 0.3, 16) * np.linspace(0, 1, 24)[:, None]
    outcomes = default(generator, np.tanh(x).reshape(row_count, -1) @ slopes.ravel())
    outcomes.astype("u1").tofile(path.parent / "lstm_ytr_u8.bin")
    x.astype("<f4").tofile(path)


def bits(generator, row_count, path):
    """Sixteen normal variables that share a risk, each as four bits of a thermometer."""
    x = generator.normal(size=(row_count, 16)) + generator.normal(size=(row_count, 1))
    quantiles = np.quantile(x, [0.2, 0.4, 0.6, 0.8], axis=0)
    coded = x[:, :, None] > quantiles.T[None]
    coded.reshape(row_count, 64).astype("<f4").tofile(path)


WRITERS = {
    "csv": ("table_{}.csv", table),
    "text": ("text_{}.txt", text),
    "network": ("network_{}.bin", network),
    "scorecard": ("t200k30_Xtr_f64.bin", card),
    "pipeline": ("rows_{}.csv", rows),
    "metrics": ("metrics_score_f64.bin", scores),
    "behav": ("behav_params_f64.bin", lenders),
    "logreg": ("t200k50_Xtr_f64.bin", labelled(50)),
    "gnb": ("t1m50_Xtr_f64.bin", labelled(50)),
    "knn": ("t50k20_Xtr_f64.bin", labelled(20)),
    "svc_rbf": ("t50k20_Xtr_f64.bin", labelled(20)),
    "linsvm": ("t200k50_Xtr_f64.bin", labelled(50)),
    "rf": ("t200k30_Xtr_f64.bin", card),
    "gbdt": ("t200k30_Xtr_f64.bin", card),
    "ledger.merkle": ("ledger_leaves_u8.bin", leaves),
    "ledger.append": ("ledger_entries_{}.bin", entries),
    "mlp": ("t50k20_Xtr_f64.bin", labelled(20)),
    "lstm": ("lstm_Xtr_f32.bin", sequences),
    "rbm": ("rbm_Xtr_f32.bin", bits),
    "dbn": ("dbn8_Xtr_f64.bin", labelled(8)),
}


def journal_entries(directory, size):
    """The entries of `size` in the order of the file."""
    raw = (directory / f"ledger_entries_{size}.bin").read_bytes()
    return [raw[start : start + ENTRY_SIZE] for start in range(0, len(raw), ENTRY_SIZE)]


def edges(directory, size):
    return np.fromfile(directory / f"network_{size}.bin", "<i4").reshape(-1, 2)


def write_feature_files(directory, quick):
    """Writes the files that are not there, each with the rows of the largest size that reads it."""
    files = {}
    for id in feature_ids(quick):
        size = id.rpartition(".")[2]
        name = id.rpartition(".")[0]
        pattern, write = WRITERS[name if name in WRITERS else id.partition(".")[0]]
        path = directory / pattern.format(size)
        files[path] = (write, max(count(size), files.get(path, (write, 0))[1]))
    for path, (write, row_count) in files.items():
        if path.exists():
            continue
        generator = np.random.Generator(np.random.PCG64([104, *path.name.encode()]))
        part = path.with_suffix(".part")
        write(generator, row_count, part)
        part.rename(path)
