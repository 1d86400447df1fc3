# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/onnx.json: what onnxruntime makes of the exported models.

Reads the .onnx files beside it, which the tests hold against the exports byte by byte, and checks them
with onnx. Needs numpy, onnx and onnxruntime. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import onnx
import onnxruntime

SEED = 20251125
GOLDEN = pathlib.Path("Tests/ModelsTests/Golden")


def run(name, inputs):
    path = GOLDEN / f"{name}.onnx"
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    results = dict(zip(names, session.run(None, inputs)))
    return {key: [None if isinstance(v, float) and numpy.isnan(v) else v
                  for v in numpy.asarray(value).ravel().tolist()] for key, value in results.items()}


def numbers(values):
    return numpy.array([[numpy.nan if v is None else float(v)] for v in values])


def levels(values):
    return numpy.array([["" if v is None else v] for v in values], dtype=object)


def main():
    generator = numpy.random.default_rng(SEED)
    rows = json.loads((GOLDEN / "model_file_v1.json").read_text())["rows"]
    table = json.loads((GOLDEN / "pipeline_model_v1.json").read_text())
    card = json.loads((GOLDEN / "scorecard_model_v1.json").read_text())
    features = generator.normal(0, 1.5, (12, 4))
    loans = {
        "amount": [None, -50, 100.5, *generator.uniform(400, 9500, 17).round(1).tolist()],
        "age": [30, None, 18, *generator.integers(15, 80, 17).tolist()],
        "home": [None, "rent", "boat", *generator.choice(["rent", "own", "free"], 17).tolist()],
    }
    value = {
        "source": f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}",
        "seed": SEED,
        "features": features.tolist(), "loans": loans,
        "logistic": run("logistic-regression-v1", {"features": numpy.array(rows)}),
        "multinomial": run("multinomial-regression-v1", {"features": features}),
        "ordinal": run("ordinal-regression-v1", {"features": features}),
        "pipeline": run("pipeline-v1", {
            "amount": numbers(table["amount"]), "age": numbers(table["age"]),
            "home": levels(table["home"])}),
        "scaled": run("scaled-pipeline-v1", {
            "amount": numbers(loans["amount"]), "age": numbers(loans["age"]),
            "home": levels(loans["home"])}),
        "scorecard": run("scorecard-v1", {
            **{name: numbers(card[name]) for name in ["income", "balance", "age"]},
            "home": levels(card["home"])}),
    }
    (GOLDEN / "onnx.json").write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
