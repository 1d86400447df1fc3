# SPDX-License-Identifier: Apache-2.0
"""Runs PeerBench and its peers in turn and writes the table of their ratios.

Scripts/bench.sh calls it. Each operation is run by every peer before the next operation, several
times over, so that a machine that slows down or speeds up does so for all of them alike.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

from report import report
from workloads import ids

HERE = pathlib.Path(__file__).resolve().parent
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# Settings of OpenBLAS that most machines do not have; with them it would run slower kernels.
KERNEL_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def environment(threads):
    kept = {k: v for k, v in os.environ.items() if k not in KERNEL_VARIABLES}
    return kept | {name: str(threads) for name in THREAD_VARIABLES}


def blocks(quick):
    """The ids of each operation, in the order of publication."""
    grouped = {}
    for id in ids(quick):
        grouped.setdefault(id.split(".")[1], []).append(id)
    return grouped


def run_peer(command, name, block, options):
    """The lines of one peer for some ids; stops the whole comparison when the peer fails."""
    arguments = ["--data", str(options.data), "--ids", ",".join(block), "--peer", name]
    arguments += ["--threads", str(options.threads), "--reps", "3" if options.quick else "7"]
    process = subprocess.run(
        command + arguments, capture_output=True, text=True, env=environment(options.threads)
    )
    if process.returncode != 0:
        raise SystemExit(f"{name} failed on {','.join(block)}:\n{process.stderr.strip()}")
    return [json.loads(line) for line in process.stdout.splitlines() if line.startswith("{")]


def measure(options):
    """{id: {peer: line with the samples of all passes}}."""
    peers = {"swift-credit": [str(options.bench)]}
    for name in ["numpy"] + (["torch"] if options.torch else []):
        peers[name] = [sys.executable, str(HERE / f"{name}_peer.py")]
    results = {}
    for number in range(1, options.passes + 1):
        for operation, block in blocks(options.quick).items():
            print(f"pass {number} of {options.passes}: {operation}", file=sys.stderr, flush=True)
            for name, command in peers.items():
                for line in run_peer(command, name, block, options):
                    row = results.setdefault(line["id"], {})
                    if name in row:
                        row[name]["times_s"] += line["times_s"]
                    else:
                        row[name] = line
    for row in results.values():
        for line in row.values():
            line["median_s"] = statistics.median(line["times_s"])
    return results


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=pathlib.Path, required=True, help="the PeerBench program")
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--torch", action="store_true")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"the machine is busy (load {load:.1f}): times will not repeat", file=sys.stderr)
    date = time.strftime("%Y-%m-%d", time.gmtime())
    text = report(measure(options), measure_overhead(options), options, date, load)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    part = options.output.with_suffix(".part")
    part.write_text(text)
    part.rename(options.output)
    print(f"wrote {options.output}", file=sys.stderr)


if __name__ == "__main__":
    main()
