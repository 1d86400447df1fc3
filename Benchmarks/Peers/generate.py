# SPDX-License-Identifier: Apache-2.0
"""Writes the seeded input arrays: python generate.py DIRECTORY [--quick]

Raw little-endian files in row-major order, `<name>_<f32|f64>.bin`, and the files of the feature
ids. Arrays that are there with the right size are kept. --only la,features chooses.
"""

import argparse
import math
import pathlib

import numpy as np

from feature_files import write_feature_files
from workloads import ELEMENT_TYPES, inputs, ids


def counts(quick):
    """How many elements of each array are needed."""
    needed = {}
    for id in ids(quick):
        _, operation, _, size = id.split(".")
        for name, shape in inputs(operation, int(size)):
            needed[name] = max(needed.get(name, 0), math.prod(shape))
    return needed


def values(name, count):
    """Standard normal numbers; positive definite or symmetric where the name says so."""
    generator = np.random.Generator(np.random.PCG64([101, *name.encode()]))
    normal = generator.normal(size=count)
    size = math.isqrt(count)
    square = normal[: size * size].reshape(size, size)
    if name.startswith("la_spd"):
        return square @ square.T / size + np.eye(size)
    if name.startswith("la_sym"):
        return (square + square.T) / 2
    return normal


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="only what a quick run needs")
    parser.add_argument("--only", default="la,features")
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    sections = options.only.split(",")
    if "features" in sections:
        write_feature_files(options.directory, options.quick)
    for name, count in counts(options.quick).items() if "la" in sections else ():
        files = {
            options.directory / f"{name}_{key}.bin": np.dtype(element_type)
            for key, element_type in ELEMENT_TYPES.items()
        }
        if all(f.exists() and f.stat().st_size == count * t.itemsize for f, t in files.items()):
            continue
        array = values(name, count)
        for file, element_type in files.items():
            part = file.with_suffix(".part")
            array.astype(element_type).tofile(part)
            part.rename(file)


if __name__ == "__main__":
    main()
