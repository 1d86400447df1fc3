# SPDX-License-Identifier: Apache-2.0
"""What the Python peers share: arguments, arrays, placement of threads, sampling, one line per id.

Sampling is PeerBench's: two repetitions and 0.15 s of warm-up, then samples of 20 ms at least.
"""

import argparse
import json
import math
import os
import pathlib
import sys
import time

import numpy as np

from workloads import ELEMENT_TYPES, SIZES, inputs


def options(peer):
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default="peerdata", type=pathlib.Path)
    parser.add_argument("--ids", required=True)
    parser.add_argument("--peer", default=peer)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reps", type=int, default=7)
    return parser.parse_args()


def pin(threads):
    """Main thread on the first core, workers in the order of their birth on the others."""
    cores = sorted(os.sched_getaffinity(0))[:threads]
    if os.environ.get("PEERS_PIN") == "0" or len(cores) < threads:
        return
    main = os.getpid()
    os.sched_setaffinity(main, cores[:1])
    workers = sorted(int(task) for task in os.listdir("/proc/self/task") if int(task) != main)
    for index, worker in enumerate(workers if threads > 1 else []):
        try:
            os.sched_setaffinity(worker, {cores[1 + index % (threads - 1)]})
        except ProcessLookupError:
            pass  # ended since it was listed


def sample(work, repetitions, threads, warm_up=0.15, target=0.02):
    """Seconds per call, one number per sample, and the mean number of busy cores.

    Nothing is pinned when `threads` is None, as for work that starts processes of its own; that is
    slow work, and one repetition warms it up.
    """
    allowed = os.sched_getaffinity(0)
    start, calls, fastest = time.perf_counter(), 0, math.inf
    while calls < (1 if threads is None else 2) or time.perf_counter() - start < warm_up:
        before = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - before)
        calls += 1
        if calls == 1 and threads is not None:
            pin(threads)
    inner = max(1, min(100_000, math.ceil(target / max(fastest, 1e-9))))
    times, processor = [], time.process_time()
    for _ in range(repetitions):
        before = time.perf_counter()
        for _ in range(inner):
            work()
        times.append((time.perf_counter() - before) / inner)
    busy = (time.process_time() - processor) / max(sum(times) * inner, 1e-9)
    os.sched_setaffinity(0, allowed)
    return times, busy


def arrays(directory, operation, element_type, size):
    """The input arrays; None for an operation that is not known."""
    if operation not in SIZES or element_type not in ELEMENT_TYPES:
        return None
    loaded = []
    for name, shape in inputs(operation, size):
        file = directory / f"{name}_{element_type}.bin"
        count = math.prod(shape)
        array = np.fromfile(file, ELEMENT_TYPES[element_type], count)
        if array.size != count:
            raise SystemExit(f"{file} has {array.size} elements, {count} are needed")
        loaded.append(array.reshape(shape))
    return loaded


def memory(name):
    """MiB that /proc/self/status tells under `name`; None where there is no such file."""
    try:
        status = pathlib.Path("/proc/self/status").read_text()
    except OSError:
        return None
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024


def reset_peak():
    """Begins a new count of VmHWM, the peak of memory."""
    try:
        pathlib.Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass


def print_line(id, peer, chosen, work, software, quality=dict, pinned=True):
    """Times `work` and prints its line; `peak_mib` is memory beyond what was there before."""
    reset_peak()
    before = memory("VmRSS")
    times, busy = sample(work, chosen.reps, chosen.threads if pinned else None)
    line = {
        "id": id,
        "peer": peer,
        "threads": chosen.threads,
        "times_s": times,
        "quality": quality(),
        "cpu_util": round(busy, 2),
        "blas": software,
    }
    if before is not None:
        line["peak_mib"] = round(memory("VmHWM") - before, 1)
    print(json.dumps(line), flush=True)


def run(chosen, software, prepare):
    """Times every id for which `prepare(operation, size, arrays)` gives work; prints its lines.

    The work is a pair: into new arrays, and into existing ones under the name `<peer>-out`; None
    for a form that the library does not have.
    """
    for id in filter(None, chosen.ids.split(",")):
        try:
            _, operation, element_type, size = id.split(".")
            loaded = arrays(chosen.data, operation, element_type, int(size))
        except ValueError:
            continue
        forms = prepare(operation, int(size), loaded) if loaded is not None else ()
        for suffix, work in zip(("", "-out"), forms):
            if work is not None:
                print_line(id, chosen.peer + suffix, chosen, work, software)


def blas_description(library):
    """The BLAS that `library` has loaded, as far as threadpoolctl can tell."""
    from threadpoolctl import threadpool_info

    found = [i for i in threadpool_info() if i["user_api"] == "blas"]
    own = [i for i in found if library in i["filepath"]] or found
    if not own:
        return f"{library} (unknown BLAS)"
    info = own[0]
    name = {"openblas": "OpenBLAS", "mkl": "MKL"}.get(info["internal_api"], info["internal_api"])
    kernels = f", {info['architecture']} kernels" if info.get("architecture") else ""
    return f"{name} {info.get('version')}{kernels}, {info['num_threads']} threads"
