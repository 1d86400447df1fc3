# SPDX-License-Identifier: Apache-2.0
"""Runs PeerBench and its peers in turn and writes the tables of their ratios.

Scripts/bench.sh calls it. Each group of operations is run by every peer before the next group,
several times over, so that a machine that slows down or speeds up does so for all of them alike.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

from report import SECTIONS, report
from workloads import feature_ids, ids

HERE = pathlib.Path(__file__).resolve().parent
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# Settings of OpenBLAS that most machines do not have; with them it would run slower kernels.
KERNEL_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
GROUPS = (
    ("gemm", "gemv", "dot", "axpy", "batchgemm"),
    ("exp", "sigmoid", "tanh", "axpby"),
    ("rowsum", "rowmean", "colsum", "colmean"),
    ("softmax", "bcast_add", "transpose"),
    ("lu_solve", "cholesky", "qr", "svd", "eigh"),
)


def environment(threads):
    kept = {k: v for k, v in os.environ.items() if k not in KERNEL_VARIABLES}
    return kept | {name: str(threads) for name in THREAD_VARIABLES}


def run_peer(command, name, block, options, samples):
    """The lines of one peer for some ids; stops the whole comparison when the peer fails."""
    arguments = ["--data", str(options.data), "--ids", ",".join(block), "--peer", name]
    arguments += ["--threads", str(options.threads), "--reps", str(samples)]
    process = subprocess.run(
        command + arguments, capture_output=True, text=True, env=environment(options.threads)
    )
    if process.returncode != 0:
        raise SystemExit(f"{name} failed on {','.join(block)}:\n{process.stderr.strip()}")
    return [json.loads(line) for line in process.stdout.splitlines() if line.startswith("{")]


def measure(options, peers, blocks, samples):
    """{id: {peer: line with the samples of all passes}}."""
    results = {}
    for number in range(1, options.passes + 1):
        for block in blocks:
            names = dict.fromkeys(id.removeprefix("la.").split(".")[0] for id in block)
            print(
                f"pass {number} of {options.passes}: {', '.join(names)}",
                file=sys.stderr,
                flush=True,
            )
            for name, command in peers.items():
                for line in run_peer(command, name, block, options, samples):
                    row = results.setdefault(line["id"], {})
                    earlier = row.setdefault(line["peer"], line)
                    if earlier is not line:
                        earlier["times_s"] += line["times_s"]
                        for key in ("peak_mib", "cpu_util"):
                            if key in line:
                                earlier[key] = max(earlier[key], line[key])
    for id, row in results.items():
        for line in row.values():
            line["median_s"] = statistics.median(line["times_s"])
        require_agreement(id, row)
    return results


def require_agreement(id, row):
    """Stops when the peers' single results differ by more than their roundings explain."""
    limit = 0.05 if ".f32." in id else 1e-6
    found = {name: line["quality"].get("check") for name, line in row.items()}
    found = {name: value for name, value in found.items() if value is not None}
    values = [abs(value) for value in found.values()]
    if values and max(values) - min(values) > limit * max(values):
        raise SystemExit(f"{id}: the peers do not agree: {found}")


def measure_linear_algebra(options):
    peers = {"swift-credit": [str(options.bench)]}
    peers["numpy"] = [sys.executable, str(HERE / "numpy_peer.py")]
    if options.torch:
        peers["torch"] = [sys.executable, str(HERE / "torch_peer.py")]
    if options.c_peer:
        peers["c"] = [str(options.c_peer)]
    everything = ids(options.quick)
    blocks = [[id for id in everything if id.split(".")[1] in group] for group in GROUPS]
    return measure(options, peers, blocks, samples=3 if options.quick else 5)


def measure_features(options):
    peers = {"swift-credit": [str(options.bench)]}
    peers["features"] = [sys.executable, str(HERE / "features_peer.py")]
    if options.lenders_peer:
        peers["c++"] = [str(options.lenders_peer)]
    if options.merkle_peer:
        peers["openssl"] = [str(options.merkle_peer)]
    # A process for each id, so that one does not work in the memory that another has left.
    blocks = [[id] for id in feature_ids(options.quick)]
    return measure(options, peers, blocks, samples=2)


def measure_overhead(options):
    """What ours costs on top of plain code: one figure a line."""
    process = subprocess.run(
        [str(options.bench), "--overhead"],
        capture_output=True,
        text=True,
        env=environment(options.threads),
    )
    if process.returncode != 0:
        raise SystemExit(f"PeerBench --overhead failed:\n{process.stderr.strip()}")
    return [json.loads(line) for line in process.stdout.splitlines()]


def sections(text):
    chosen = text.split(",")
    unknown = set(chosen) - set(SECTIONS)
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))} is none of {SECTIONS}")
    return chosen


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=pathlib.Path, required=True, help="the PeerBench program")
    parser.add_argument("--c-peer", type=pathlib.Path, help="the C peer, built")
    parser.add_argument("--lenders-peer", type=pathlib.Path, help="the C++ peer, built")
    parser.add_argument("--merkle-peer", type=pathlib.Path, help="the OpenSSL peer, built")
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--only", type=sections, default=list(SECTIONS))
    parser.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--torch", action="store_true")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    load, start = os.getloadavg()[0], time.monotonic()
    if load > 0.5:
        print(f"the machine is busy (load {load:.1f}): times will not repeat", file=sys.stderr)
    date = time.strftime("%Y-%m-%d", time.gmtime())
    work = {
        "la": measure_linear_algebra,
        "overhead": measure_overhead,
        "features": measure_features,
    }
    measured = {name: work[name](options) for name in SECTIONS if name in options.only}
    minutes = (time.monotonic() - start) / 60
    text = report(measured, options, date, load, minutes)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    part = options.output.with_suffix(".part")
    part.write_text(text)
    part.rename(options.output)
    print(f"wrote {options.output} after {minutes:.1f} minutes", file=sys.stderr)


if __name__ == "__main__":
    main()
