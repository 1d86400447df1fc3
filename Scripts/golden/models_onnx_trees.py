# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/onnx_trees.json: what onnxruntime makes of exported trees.

Reads the .onnx files beside it, which the tests hold against the exports byte by byte, and checks them
with onnx. Needs numpy, onnx and onnxruntime. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import onnx
import onnxruntime

SEED = 20251126
GOLDEN = pathlib.Path("Tests/ModelsTests/Golden")
NAMES = [
    "tree", "forest", "forest-of-three", "boosting", "boosting-of-three", "regression-tree",
    "regression-forest", "boosting-of-counts", "roots"]


def run(name, features):
    path = GOLDEN / f"{name}-v1.onnx"
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    results = dict(zip(names, session.run(None, {"features": features})))
    return {key: numpy.asarray(value).ravel().tolist() for key, value in results.items()}


def main():
    generator = numpy.random.default_rng(SEED)
    features = generator.uniform(-2, 2, (40, 4))
    # Levels 8 and 9 were not in the training rows.
    features[:, 3] = generator.integers(0, 10, 40)
    features[::5, 0] = numpy.nan
    features[::7, 3] = numpy.nan
    features[3] = numpy.nan
    value = {
        "source": f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}",
        "seed": SEED,
        "features": [[None if numpy.isnan(v) else v for v in row] for row in features.tolist()],
        "outputs": {name: run(name, features) for name in NAMES},
    }
    (GOLDEN / "onnx_trees.json").write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
