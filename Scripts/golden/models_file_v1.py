# SPDX-License-Identifier: Apache-2.0
"""Writes a model file of format version 1 from the written description of the format.

The output, Tests/ModelsTests/Golden/logistic-regression-model-v1.credit and model_file_v1.json,
must never change: a released format stays readable. Run from the root of the checkout.
"""

import hashlib
import json
import pathlib
import struct

FOLDER = pathlib.Path("Tests/ModelsTests/Golden")
NAME = "logistic-regression-model-v1"
CLASSES = ["good", "bad"]
FEATURES = ["duration", "amount", "Größe"]
INTERCEPT = -1.25
COEFFICIENTS = [0.1, -3.0e-5, 1 / 3]
ITERATIONS = 6
GRADIENT_NORM = 2.0**-44
COVARIANCE = [
    [0.5, -0.125, 0.0, 0.0625],
    [-0.125, 0.25, 1e-9, 0.0],
    [0.0, 1e-9, 1e-6, -1e-8],
    [0.0625, 0.0, -1e-8, 0.75],
]
LOG_LIKELIHOOD = -467.25
NULL_LOG_LIKELIHOOD = -610.5
OBSERVATIONS = 1000.0
ROWS = [[0.0, 0.0, 0.0], [12.0, 2500.0, 1.0], [48.0, 15000.0, -2.5], [1e6, -1e6, 3.0]]


def count(value):
    """Minimal LEB128."""
    result = bytearray()
    while value >= 0x80:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    result.append(value)
    return bytes(result)


def blob(value):
    return count(len(value)) + value


def text(value):
    return blob(value.encode("utf-8"))


def real(value):
    return struct.pack(">d", value)


def content():
    covariance = [value for row in COVARIANCE for value in row]
    return b"".join(
        [
            count(len(CLASSES)), *map(text, CLASSES),
            count(len(FEATURES)), *map(text, FEATURES),
            real(INTERCEPT),
            count(len(COEFFICIENTS)), *map(real, COEFFICIENTS),
            struct.pack(">q", ITERATIONS),
            real(GRADIENT_NORM),
            b"\x01",  # there is an inference
            b"\x01",  # it has an intercept
            count(len(covariance)), *map(real, covariance),
            real(LOG_LIKELIHOOD), real(NULL_LOG_LIKELIHOOD), real(OBSERVATIONS),
        ])


def main():
    body = (
        b"credit\r\nmodel\n\x00" + struct.pack(">H", 1) + text("logistic-regression-model.1")
        + blob(content()))
    domain = text("swift-credit.model-file") + struct.pack(">H", 1) + blob(b"")
    digest = hashlib.sha256(domain + body).digest()
    (FOLDER / f"{NAME}.credit").write_bytes(body + digest)
    value = {
        "digest": digest.hex(),
        "classes": CLASSES,
        "featureNames": FEATURES,
        "intercept": INTERCEPT,
        "coefficients": COEFFICIENTS,
        "iterationCount": ITERATIONS,
        "gradientNorm": GRADIENT_NORM,
        "covariance": COVARIANCE,
        "logLikelihood": LOG_LIKELIHOOD,
        "nullLogLikelihood": NULL_LOG_LIKELIHOOD,
        "observationCount": OBSERVATIONS,
        "rows": ROWS,
    }
    (FOLDER / "model_file_v1.json").write_text(
        json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
