# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/sequence_onnx.json: what onnxruntime makes of exported networks.

Reads the sequence-*.onnx files beside it, which the tests hold against the exports byte by byte, and
checks them with onnx. Needs numpy, onnx and onnxruntime. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import onnx
import onnxruntime

SEED = 20261121
GOLDEN = pathlib.Path("Tests/ModelsTests/Golden")


def run(path, inputs):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    results = dict(zip(names, session.run(None, inputs)))
    return {key: numpy.asarray(value).ravel().tolist() for key, value in results.items()}


def main():
    generator = numpy.random.default_rng(SEED)
    lengths = [5, 1, 3, 7, 7, 2]
    steps = [(generator.normal(size=(n, 2)) * [10, 1] + [100, 0]).round(3) for n in lengths]
    # Padding that would be noticed.
    padded = numpy.full((max(lengths), len(lengths), 2), 1e6)
    for row, values in enumerate(steps):
        padded[: len(values), row] = values
    statics = generator.normal(5, 2, (len(lengths), 2)).round(3)
    inputs = {
        "sequences": padded,
        "lengths": numpy.array(lengths, dtype=numpy.int64)[:, None],
        "statics": statics,
    }
    value = {
        "source": f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}",
        "seed": SEED,
        "steps": [s.tolist() for s in steps],
        "statics": statics.tolist(),
        "models": {
            path.stem: run(path, inputs) for path in sorted(GOLDEN.glob("sequence-*.onnx"))
        },
    }
    (GOLDEN / "sequence_onnx.json").write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
