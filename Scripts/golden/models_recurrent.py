# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/recurrent.json: outputs and gradients of PyTorch's LSTM and GRU.

Needs numpy and torch. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import torch

SEED = 20261121
PATH = pathlib.Path("Tests/ModelsTests/Golden/recurrent.json")
LENGTHS = [7, 5, 5, 2, 1]
INPUTS, HIDDEN = 3, 6


def network(kind, layers, both_ways, generator):
    """One network with weights, outputs by sequence, and gradients of a weighted sum of outputs."""
    rnn = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](
        INPUTS, HIDDEN, layers, batch_first=True, bidirectional=both_ways
    ).double()
    for parameter in rnn.parameters():
        parameter.data = torch.from_numpy(generator.normal(scale=0.5, size=parameter.shape).round(3))
    steps = [torch.from_numpy(generator.normal(size=(n, INPUTS)).round(3)) for n in LENGTHS]
    packed = torch.nn.utils.rnn.pack_sequence(steps)
    packed.data.requires_grad_(True)
    packed.data.retain_grad()
    outputs, _ = rnn(packed)
    values, lengths = torch.nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True)
    weights = torch.from_numpy(generator.normal(size=values.shape).round(3))
    total = sum((values[i, :n] * weights[i, :n]).sum() for i, n in enumerate(lengths))
    total.backward()
    return {
        "cell": kind,
        "layers": layers,
        "bothWays": both_ways,
        "steps": [s.tolist() for s in steps],
        "parameters": {n: p.detach().tolist() for n, p in rnn.named_parameters()},
        "outputs": [values[i, :n].detach().tolist() for i, n in enumerate(lengths)],
        "outputWeights": [weights[i, :n].tolist() for i, n in enumerate(lengths)],
        "gradients": {n: p.grad.tolist() for n, p in rnn.named_parameters()},
        "inputGradients": packed.data.grad.tolist(),
    }


def main():
    generator = numpy.random.default_rng(SEED)
    networks = [
        network(kind, layers, both_ways, generator)
        for kind in ("lstm", "gru")
        for layers, both_ways in ((1, False), (2, False), (2, True))
    ]
    PATH.write_text(
        json.dumps(
            {
                "versions": {"numpy": numpy.__version__, "torch": torch.__version__},
                "seed": SEED,
                "lengths": LENGTHS,
                "hidden": HIDDEN,
                "networks": networks,
            }
        )
        + "\n"
    )


main()
