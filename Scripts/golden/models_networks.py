# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/networks.json: losses, optimisers and schedules by PyTorch.

Needs numpy and torch. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import torch
from torch import nn

SEED = 20261121
STEPS = 30
RATE = 0.05
PATH = pathlib.Path("Tests/ModelsTests/Golden/networks.json")


def focal_loss(outputs, targets, gamma):
    """The definition, on log probabilities; one loss per row."""
    log = nn.functional.log_softmax(outputs, dim=1)
    own = log.gather(1, targets[:, None])[:, 0]
    return -((1 - own.exp()) ** gamma) * own


def heads(generator):
    rows = 7
    found = []

    def add(name, kind, focal, width, targets, losses):
        outputs = torch.tensor(generator.normal(0, 2, (rows, width)), requires_grad=True)
        weights = torch.tensor(generator.uniform(0.2, 2, rows))
        loss = (weights * losses(outputs, torch.tensor(targets))).sum()
        loss.backward()
        found.append(
            {
                "name": name,
                "kind": kind,
                "focal": focal,
                "outputs": outputs.detach().flatten().tolist(),
                "targets": [float(value) for value in targets],
                "weights": weights.tolist(),
                "loss": loss.item(),
                "gradient": outputs.grad.flatten().tolist(),
            }
        )

    binary = generator.integers(0, 2, rows)
    classes = generator.integers(0, 4, rows)
    numbers = generator.normal(0, 2, rows)
    counts = generator.poisson(2, rows).astype(float)

    def logistic(outputs, targets):
        return nn.functional.binary_cross_entropy_with_logits(
            outputs[:, 0], targets.double(), reduction="none")

    def two(outputs, targets, gamma):
        return focal_loss(torch.cat([torch.zeros_like(outputs), outputs], 1), targets, gamma)

    add("logistic", "logistic", 0, 1, binary, logistic)
    add("logistic focal", "logistic", 2, 1, binary, lambda o, t: two(o, t, 2))
    add("softmax", "softmax", 0, 4, classes,
        lambda o, t: nn.functional.cross_entropy(o, t, reduction="none"))
    add("softmax focal", "softmax", 1.5, 4, classes, lambda o, t: focal_loss(o, t, 1.5))
    add("squared", "squared", 0, 1, numbers, lambda o, t: (o[:, 0] - t) ** 2)
    add("huber", "huber", 0.7, 1, numbers,
        lambda o, t: nn.functional.huber_loss(o[:, 0], t, delta=0.7, reduction="none"))
    add("poisson", "poisson", 0, 1, counts,
        lambda o, t: nn.functional.poisson_nll_loss(o[:, 0], t, reduction="none"))
    return found


def path(name, make, schedule=None, clipping=None):
    start, minimum = [1.5, -0.7, 0.3, 2.0], [0.2, 0.5, -0.4, 0.0]
    curvature = [1.0, 3.0, 0.4, 0.05]
    parameters = nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimiser = make([parameters])
    scheduler = schedule(optimiser) if schedule else None
    rates, points = [], []
    for _ in range(STEPS):
        optimiser.zero_grad()
        difference = parameters - torch.tensor(minimum, dtype=torch.float64)
        (0.5 * torch.tensor(curvature, dtype=torch.float64) * difference**2).sum().backward()
        if clipping is not None:
            # Without the small number that clip_grad_norm_ adds to the norm.
            norm = parameters.grad.norm()
            parameters.grad *= min(1.0, (clipping / norm).item())
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        if scheduler:
            scheduler.step()
        points.append(parameters.detach().tolist())
    return {
        "name": name, "start": start, "minimum": minimum, "curvature": curvature,
        "rates": rates, "clipping": clipping, "path": points,
    }


def optimisers():
    optim, schedules = torch.optim, torch.optim.lr_scheduler
    return [
        path("sgd", lambda p: optim.SGD(p, lr=RATE)),
        path("momentum", lambda p: optim.SGD(p, lr=RATE, momentum=0.9)),
        path("nesterov",
             lambda p: optim.SGD(p, lr=RATE, momentum=0.9, nesterov=True, weight_decay=0.1)),
        path("adam", lambda p: optim.Adam(p, lr=RATE)),
        path("adam-decay",
             lambda p: optim.Adam(p, lr=RATE, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1)),
        path("adamw", lambda p: optim.AdamW(p, lr=RATE, weight_decay=0.1)),
        path("rmsprop", lambda p: optim.RMSprop(p, lr=RATE)),
        path("rmsprop-momentum",
             lambda p: optim.RMSprop(
                 p, lr=RATE, alpha=0.9, eps=1e-6, momentum=0.7, weight_decay=0.1)),
        path("clipped", lambda p: optim.SGD(p, lr=RATE, momentum=0.9), clipping=0.8),
        path("step", lambda p: optim.SGD(p, lr=RATE),
             lambda o: schedules.StepLR(o, step_size=7, gamma=0.5)),
        path("cosine", lambda p: optim.Adam(p, lr=RATE),
             lambda o: schedules.LambdaLR(o, lambda e: held_cosine(e, 20, 0.1))),
        path("warm-up", lambda p: optim.Adam(p, lr=RATE),
             lambda o: schedules.LambdaLR(o, lambda s: min(1.0, (s + 1) / 10))),
    ]


def held_cosine(epoch, epochs, floor):
    """CosineAnnealingLR up to its last epoch, and its last value from then on."""
    optimiser = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs, eta_min=floor)
    for _ in range(min(epoch, epochs)):
        optimiser.step()
        scheduler.step()
    return optimiser.param_groups[0]["lr"]


def plateau(generator):
    losses = (1 / (1 + numpy.arange(40) / 4) + generator.normal(0, 0.08, 40)).tolist()
    optimiser = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimiser, factor=0.5, patience=2, min_lr=0.2)
    factors = []
    for loss in losses:
        scheduler.step(loss)
        factors.append(optimiser.param_groups[0]["lr"])
    return {"losses": losses, "patience": 2, "factor": 0.5, "floor": 0.2, "factors": factors}


def network(generator):
    """A training of a small network by whole batches; parameters in the order of our buffers."""
    rows = 24
    inputs = torch.tensor(generator.normal(0, 1, (rows, 3)))
    targets = torch.tensor(generator.integers(0, 3, rows))
    weights = torch.tensor(generator.uniform(0.2, 2, rows))
    layers = nn.Sequential(
        nn.Linear(3, 6), nn.BatchNorm1d(6), nn.Tanh(), nn.Linear(6, 5), nn.GELU(),
        nn.LayerNorm(5), nn.Linear(5, 3)).double()
    matrices = [p for p in layers.parameters() if p.dim() == 2]
    vectors = [p for p in layers.parameters() if p.dim() == 1]

    def flat():
        return [
            value
            for parameter in layers.parameters()
            for value in (parameter.T if parameter.dim() == 2 else parameter).flatten().tolist()
        ]

    with torch.no_grad():
        for parameter in layers.parameters():
            parameter.copy_(torch.tensor(generator.uniform(-0.7, 0.7, parameter.shape)))
    optimiser = torch.optim.Adam(
        [{"params": matrices, "weight_decay": 0.02}, {"params": vectors}], lr=0.02)
    start, losses = flat(), []
    for _ in range(15):
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(layers(inputs), targets, reduction="none")
        mean = (weights * loss).sum() / weights.sum()
        mean.backward()
        optimiser.step()
        losses.append(mean.item())
    state = layers[1].running_mean.tolist() + layers[1].running_var.tolist()
    layers.eval()
    return {
        "inputs": inputs.flatten().tolist(), "targets": [float(t) for t in targets],
        "weights": weights.tolist(), "start": start, "losses": losses, "parameters": flat(),
        "state": state, "outputs": layers(inputs).flatten().tolist(),
    }


def main():
    generator = numpy.random.default_rng(SEED)
    golden = {
        "versions": {"numpy": numpy.__version__, "torch": torch.__version__},
        "seed": SEED,
        "heads": heads(generator),
        "optimisers": optimisers(),
        "plateau": plateau(generator),
        "network": network(generator),
    }
    PATH.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
