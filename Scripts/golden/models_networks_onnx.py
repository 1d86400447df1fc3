# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/networks_onnx.json: what onnxruntime makes of exported networks.

Reads the .onnx files beside it, which the tests hold against the exports byte by byte, and checks
them with onnx. Needs numpy, onnx and onnxruntime. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import onnx
import onnxruntime

SEED = 20261122
ROWS = 16
GOLDEN = pathlib.Path("Tests/ModelsTests/Golden")


def run(name, output, features):
    path = GOLDEN / f"multilayer-perceptron-{name}-v1.onnx"
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_outputs()]
    results = dict(zip(names, session.run(None, {"features": features})))
    value = {"values": results[output].ravel().tolist()}
    if "label" in results:
        value["label"] = results["label"].tolist()
    return value


def main():
    generator = numpy.random.default_rng(SEED)
    # The last column has the codes 0 to 3 of a category, and one that is none of them.
    features = numpy.column_stack([
        generator.uniform(-1, 1, ROWS), generator.uniform(1, 5, ROWS),
        generator.uniform(3, 9, ROWS), numpy.arange(ROWS) % 5])
    golden = {
        "source": f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}",
        "seed": SEED,
        "features": features.tolist(),
        "binary": run("binary", "probabilities", features),
        "classes": run("classes", "probabilities", features),
        "number": run("number", "predictions", features),
    }
    (GOLDEN / "networks_onnx.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
