# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/resampling.json: what imbalanced-learn keeps, and how many rows
ADASYN makes.

Needs numpy and imbalanced-learn. Run from the root of the checkout.
"""

import json
import pathlib

import imblearn
import numpy
from imblearn.over_sampling import ADASYN, BorderlineSMOTE
from imblearn.under_sampling import EditedNearestNeighbours, TomekLinks

SEED = 20260313
PATH = pathlib.Path("Tests/ModelsTests/Golden/resampling.json")


def main():
    generator = numpy.random.default_rng(SEED)
    labels = (numpy.arange(150) % 5 == 0).astype(int)
    features = generator.normal(0, 1, (150, 3)) + 0.8 * labels[:, None]

    def kept(sampler):
        sampler.fit_resample(features, labels)
        return sorted(int(row) for row in sampler.sample_indices_)

    adasyn, _ = ADASYN(n_neighbors=5, random_state=0).fit_resample(features, labels)

    def danger(around):
        border = BorderlineSMOTE(k_neighbors=5, m_neighbors=around, random_state=0)
        border.fit_resample(features, labels)
        return [int(row) for row in border.in_danger_indices[1]]

    value = {
        "source": f"imbalanced-learn {imblearn.__version__}, numpy {numpy.__version__}",
        "seed": SEED,
        "features": features.tolist(),
        "labels": labels.tolist(),
        "tomek": kept(TomekLinks()),
        "edited": kept(EditedNearestNeighbours(n_neighbors=3, kind_sel="all")),
        "editedByMajority": kept(EditedNearestNeighbours(n_neighbors=3, kind_sel="mode")),
        "adasyn": len(adasyn),
        "danger": {around: danger(around) for around in (4, 10, 25)},
    }
    PATH.write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
