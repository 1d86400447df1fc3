# SPDX-License-Identifier: Apache-2.0
"""The Markdown page of a comparison."""

import math
import os
import pathlib
import platform
import re
import subprocess
import textwrap

from workloads import FEATURES, FURTHER, count, feature_ids, ids

OURS = "swift-credit"
LABELS = {
    "numpy": "NumPy",
    "numpy-out": "NumPy out=",
    "torch": "PyTorch",
    "torch-out": "PyTorch out=",
    "c": "C",
    "c++": "C++",
    "optbinning": "OptBinning",
    "lightgbm": "LightGBM",
    "xgboost": "XGBoost",
    "openssl": "C++ with OpenSSL",
}
SECTIONS = ("la", "overhead", "features")

INTRODUCTION = """\
# Benchmarks

swift-credit beside its peers on the same work, in the same run, with the same inputs, sizes and
threads. A ratio is the peer's time divided by ours: above 1 we are faster. Every result of ours is
checked against a plain reference after it is timed; a wrong one would stop the run. Repeat it with
`Scripts/bench.sh --torch`; the page is written by it, not by hand.
"""

LINEAR_ALGEBRA = """\
Our forms that write into existing storage (the factorisations `lu_solve` to `eigh` give new
arrays), beside
{peers}.
"""

PEER_SENTENCES = {
    "numpy": "NumPy with new arrays and with `out=`",
    "torch": "PyTorch with new tensors and with `out=`",
    "c": "C: direct calls of the BLAS and LAPACKE that we are linked with, and loops on as many "
    "threads with the vector functions of libmvec (`-O3 -march=native -ffast-math`)",
}

OVERHEAD = """\
## On top of plain code

What ours costs beyond the plain way of doing the same, fastest of 200 samples each: `matmul`
(into a new matrix) and `gemm` (into an existing one) of 4 x 4 matrices against a direct call of
`cblas_dgemm`; `read` and `write`, a loop over `m[i, j]` in another module against one over a
Swift array; `memory`, the peak of a product of two transposed views beyond its own result.

Of the ledger, against swift-crypto's own check of as many Ed25519 signatures on as many threads:
`ledger.verify`, votes of a registered member; `ledger.certificate`, a certificate of 67 among 100
voters; `ledger.block`, a block of 200 transactions of 232 bytes, contents and effects included.
`ledger.simulator` is the time for an event of a simulated network of four banks and four bureaus
with common faults (one thread); `ledger.cluster.4` that for a transaction of 256 bytes which four
nodes in one process, three of them a quorum, check, agree on in blocks of up to a thousand, and
flush to their files before each vote (messages are handed over in memory, all cores).

| | ours | may be |
|---|---:|---:|
"""

FEATURE_ENGINEERING = """\
## Whole tasks

Whole tasks beside the library that people use for them:

- `csv`: a file of n records of twenty fields into a table of known types (pandas' C reader).
- `text`: vectors of n documents of eighty words (scikit-learn).
- `network.pagerank`: ranks in a network of n edges that is already built (networkx).
- `scorecard`: optimal bins of thirty variables of n rows, weights of evidence and a logistic
  regression (OptBinning, scikit-learn); `scorecard.row`: one row through that card.
- `pipeline.row`: the probability of one row after the other through imputation, standardisation,
  one-hot encoding and a logistic regression, as time per row (scikit-learn).
- `metrics`: a measure of n scores (scikit-learn, SciPy; the same written in NumPy by hand).
- `behav.cpt_alloc`: the best share of wealth to lend of n lenders, each with preferences and a loan
  of its own (NumPy; C++ with OpenMP, `-O3 -march=native -ffast-math`).
- `logreg`: logistic regression of n rows and fifty variables, C = 1, by scikit-learn's fastest
  solver; `logreg.row`: the score of one row.
- `gnb`: Gaussian naive Bayes of n rows; `knn`: ten neighbours by brute force among n rows for a fifth
  as many (scikit-learn).
- `ledger.append`: n entries of 64 bytes onto a chain on the disk, a thousand in a block that is
  hashed, signed, voted on by one bank and flushed (SQLite from Python with the same flushes, one hash
  for each entry and no signature).
- `svc_rbf`: a kernel machine of n rows, `linsvm`: a linear one (scikit-learn's LIBSVM and LIBLINEAR).
- `rf`: a hundred trees of n rows and thirty variables, `d12` at most twelve splits deep, `full` without
  a bound (scikit-learn), `drawn` by XGBoost's settings: 63.2 % of the rows, six variables a split and
  the same least leaf (XGBoost), `leaves` with the same draws, at most 1,024 leaves of at least twenty
  rows each (LightGBM); `rf.predict`: the scores of a fifth as many rows, `rf.row`: of one.
- `gbdt`: two hundred rounds of boosted trees of 31 leaves (scikit-learn's histogram boosting; LightGBM;
  XGBoost, six splits deep).
- `ledger.merkle`: the Merkle tree over n leaves of 64 bytes (Python's hashlib; C++ with OpenSSL, on
  as many threads). swift-crypto makes an object for every hash, which is most of the difference.
- `mlp`: a perceptron of 64 and 32 rectified units on n rows of twenty columns, ten epochs of Adam in
  batches of 128 (PyTorch; scikit-learn).
- `lstm`: an LSTM of one layer of 64 units, or of two of 128, over n sequences of 24 steps of 16
  numbers, three epochs; `score`: the probabilities of all of them (PyTorch).

MiB is the peak of memory during the work beyond what was there before it: its result counts, an
input that is in memory does not, nor do processes that OptBinning starts. "Aim" is the ratio that we
want at least, or our time at most.
"""

READING = """\
Times are medians over all samples of all passes; a sample lasts 20 ms at least, after a warm-up.
The peers take turns within each group of operations. Threads are pinned, one per core. Treat a
difference under about a fifth as noise, more on a shared machine.

Errors are the largest ones against a reference in `Double`: in units in the last place of each
element (ulps), or in roundings relative to the size of the sum or product (eps).

What a size means: `gemm`, `gemv`, `transpose`, `lu_solve`, `cholesky` and `eigh` work on n x n
matrices, `qr` on 4n x n, `svd` on 2n x n, `batchgemm` on a thousand products of n x n, the others
on n elements (`rowsum` to `bcast_add`: ten times as many rows as columns).
"""


def output_of(*command):
    try:
        process = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return process.stdout.strip()


def processor():
    try:
        info = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        info = ""
    model = re.search(r"^model name\s*:\s*(.+)$", info, re.MULTILINE)
    return model.group(1).strip() if model else platform.machine()


def commit():
    root = str(pathlib.Path(__file__).resolve().parents[2])
    revision = output_of("git", "-C", root, "rev-parse", "--short", "HEAD")
    changed = output_of("git", "-C", root, "status", "--porcelain", "--", "Sources", "Benchmarks")
    return (revision or "unknown") + (" with local changes" if revision and changed else "")


def swift_version():
    found = re.search(r"Swift version (\S+)", output_of("swift", "--version"))
    return found.group(1) if found else "unknown"


def conditions(measured, options, date, load, minutes):
    software = {}
    for section in ("la", "features"):
        for row in measured.get(section, {}).values():
            for name, line in row.items():
                software.setdefault(name.removesuffix("-out"), line["blas"])
    own = software.pop(OURS, "")
    rows = [
        ("Date", date),
        ("Processor", f"{processor()}, {os.cpu_count()} cores"),
        ("System", f"Linux {platform.release()}, load {load:.1f} before the run"),
        ("Threads, passes, time", f"{options.threads}, {options.passes}, {minutes:.0f} minutes"),
        (OURS, f"commit {commit()}, Swift {swift_version()}" + (own and f", {own}")),
    ]
    rows += [(LABELS.get(name, name), text) for name, text in software.items()]
    rows += [("Python", platform.python_version())]
    return "\n".join(["| | |", "|---|---|"] + [f"| {key} | {value} |" for key, value in rows])


def duration(seconds):
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1 or unit == "µs":
            return f"{seconds * factor:.3g} {unit}"


def milliseconds(seconds):
    value = seconds * 1e3
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def error_figure(quality):
    """The first error, with its unit: `0.6 ulps`."""
    for key, value in sorted(quality.items()):
        if key.startswith(("error_", "residual_")):
            return f"{value:.2g} {key.split('_')[1]}"
    return "exact" if not quality else ""


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def table(results, peers):
    head = ["workload", "ours, ms"] + [f"{LABELS[p]}, ms" for p in peers]
    head += [f"{LABELS[p]} / ours" for p in peers] + ["our error"]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    for id, row in results.items():
        ours = row[OURS]["median_s"]
        times = [milliseconds(row[p]["median_s"]) if p in row else "" for p in peers]
        ratios = [f"{row[p]['median_s'] / ours:.2f}" if p in row else "" for p in peers]
        cells = [id.removeprefix("la."), milliseconds(ours), *times, *ratios]
        lines.append("| " + " | ".join(cells + [error_figure(row[OURS]["quality"])]) + " |")
    return "\n".join(lines)


def summary(results, peers):
    """Geometric mean and worst case of the ratios, per peer."""
    lines = []
    for peer in peers:
        ratios = {
            id: row[peer]["median_s"] / row[OURS]["median_s"]
            for id, row in results.items()
            if peer in row
        }
        worst = min(ratios, key=ratios.get)
        lines.append(
            f"- {LABELS[peer]} / ours: geometric mean {geometric_mean(ratios.values()):.2f} over "
            f"{len(ratios)} workloads, worst {ratios[worst]:.2f} (`{worst}`)"
        )
    return "\n".join(lines)


def overhead_table(figures):
    def text(value, unit):
        return f"{value:.2f} x" if unit == "x" else f"{value:.1f} {unit}"

    lines = [
        f"| {figure['id'].removeprefix('overhead.')} | {text(figure['value'], figure['unit'])} "
        f"| {text(figure['limit'], figure['unit'])} |"
        for figure in figures
    ]
    return OVERHEAD + "\n".join(lines)


def feature_table(results):
    head = ["task", "ours", "peer", "its time", "peer / ours", "aim", "ours, MiB", "peer, MiB"]
    lines = ["| " + " | ".join(head) + " |", "|---|---:|---|" + "---:|" * (len(head) - 3)]
    for id, row in results.items():
        name, _, size = id.rpartition(".")
        ours = row[OURS]
        library, aim = FEATURES[name][2:]
        share = count(size) if name == "pipeline.row" else 1
        for peer, wanted in {library: aim, **FURTHER.get(name, {})}.items():
            if peer not in row:
                continue  # such as C++ where there is no compiler
            theirs = row[peer]
            lines.append(
                f"| {id} | {duration(ours['median_s'] / share)} | {LABELS.get(peer, peer)} "
                f"| {duration(theirs['median_s'] / share)} "
                f"| {theirs['median_s'] / ours['median_s']:.2f} | {wanted} "
                f"| {mebibytes(ours)} | {mebibytes(theirs)} |"
            )
    return "\n".join(lines)


def mebibytes(line):
    return f"{line['peak_mib']:.1f}" if "peak_mib" in line else ""


def in_order(results, published):
    """The rows that we have measured, in the order of publication."""
    order = [id for id in published if OURS in results.get(id, {})]
    missing = sorted(set(published) - set(order))
    if missing:
        raise SystemExit(f"PeerBench has not measured {', '.join(missing)}")
    return {id: results[id] for id in order}


def linear_algebra(results, options):
    results = in_order(results, ids(options.quick))
    peers = [name for name in LABELS if any(name in row for row in results.values())]
    sentences = [PEER_SENTENCES[name] for name in peers if name in PEER_SENTENCES]
    return [
        "## LinearAlgebra\n",
        textwrap.fill(LINEAR_ALGEBRA.format(peers="; ".join(sentences)), 100),
        "",
        table(results, peers),
        "",
        summary(results, peers),
        "",
        READING,
    ]


def report(measured, options, date, load, minutes):
    """The whole page, from what each section has measured."""
    parts = [INTRODUCTION]
    if options.quick:
        parts.append("A quick run on small sizes: good for a look, not for publication.\n")
    parts += [conditions(measured, options, date, load, minutes), ""]
    if "la" in measured:
        parts += linear_algebra(measured["la"], options)
    if "overhead" in measured:
        parts += [overhead_table(measured["overhead"]), ""]
    if "features" in measured:
        results = in_order(measured["features"], feature_ids(options.quick))
        parts += [FEATURE_ENGINEERING, feature_table(results), ""]
    return "\n".join(parts)
