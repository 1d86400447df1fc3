# SPDX-License-Identifier: Apache-2.0
"""The Markdown page of a comparison."""

import math
import os
import pathlib
import platform
import re
import subprocess

from workloads import ids

OURS = "swift-credit"
LABELS = {"numpy": "NumPy", "torch": "PyTorch"}

INTRODUCTION = """\
# Benchmarks

`LinearAlgebra` beside its peers on the same work, in the same run: equal input arrays, sizes and
thread counts, results into existing storage where a library can do so. A ratio is the peer's time
divided by ours: above 1 we are faster. Every result of ours is checked against a plain reference
after it is timed; a wrong one would stop the run. Repeat it with `Scripts/bench.sh --torch`.
"""

OVERHEAD = """\
## On top of plain code

What ours costs beyond the plain way of doing the same, fastest of 200 samples each: `matmul` (into a
new matrix) and `gemm` (into an existing one) of 4 x 4 matrices against a direct call of `cblas_dgemm`;
`read` and `write`, a loop over `m[i, j]` in another module against one over a Swift array; `memory`,
the peak of a product of two transposed views beyond its own result.

| | ours | may be |
|---|---:|---:|
"""

READING = """\
Times are medians over all samples of all passes; a sample lasts 20 ms at least, after a warm-up.
The peers take turns within each operation. Threads are pinned, one per core. Treat a difference
under about a fifth as noise, more on a shared machine. Results go into existing storage, in NumPy
and PyTorch by `out=`, but for the factorisations `lu_solve` to `eigh`, which give new arrays.

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


def conditions(results, options, date, load):
    software = {}
    for row in results.values():
        for name, line in row.items():
            software.setdefault(name, line["blas"])
    rows = [
        ("Date", date),
        ("Processor", f"{processor()}, {os.cpu_count()} cores"),
        ("System", f"Linux {platform.release()}, load {load:.1f} before the run"),
        ("Threads, passes", f"{options.threads}, {options.passes}"),
        (OURS, f"commit {commit()}, Swift {swift_version()}, {software.pop(OURS)}"),
    ]
    rows += [(LABELS[name], text) for name, text in software.items()]
    return "\n".join(["| | |", "|---|---|"] + [f"| {key} | {value} |" for key, value in rows])


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


def report(results, overhead, options, date, load):
    """The whole page, from {id: {peer: line}} and the figures of our own overhead."""
    order = [id for id in ids(options.quick) if OURS in results.get(id, {})]
    if not order:
        raise SystemExit("PeerBench measured nothing")
    missing = sorted({id.split(".")[1] for id in results} - {id.split(".")[1] for id in order})
    ours = {id: results[id] for id in order}
    peers = [name for name in LABELS if any(name in row for row in ours.values())]
    parts = [INTRODUCTION]
    if options.quick:
        parts.append("A quick run on small sizes: good for a look, not for publication.\n")
    parts += [conditions(ours, options, date, load), "", table(ours, peers), ""]
    parts += [summary(ours, peers), ""]
    if missing:
        parts.append("Measured by peers only: " + ", ".join(f"`{m}`" for m in missing) + ".\n")
    return "\n".join(parts + [READING, overhead_table(overhead), ""])
