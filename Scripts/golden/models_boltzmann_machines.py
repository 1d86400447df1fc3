# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/boltzmann_machines.json.

Partition functions, gradients of the log-likelihood and conditional probabilities are sums over all
states in float64; hidden probabilities and free energies of bits are those of scikit-learn's
BernoulliRBM, and so is the machine trained on bars and stripes. Needs numpy, scipy and scikit-learn.
Run from the root of the checkout.
"""

import itertools
import json
import pathlib

import numpy
import scipy
import sklearn
from scipy.special import expit, logsumexp
from sklearn.neural_network import BernoulliRBM

SEED = 20261121
PATH = pathlib.Path("Tests/ModelsTests/Golden/boltzmann_machines.json")


def states(count):
    """All states of binary units (2^count x count)."""
    return numpy.array(list(itertools.product([0.0, 1.0], repeat=count)))


def draw(generator, *shape, scale=1.0):
    """Numbers that Float holds exactly."""
    return generator.normal(scale=scale, size=shape).astype("f4").astype("f8")


def energy(machine, visible, hidden):
    """The energy of every pair of scaled visible and hidden states (visible x hidden)."""
    weights, a, b = machine
    return -(visible @ a)[:, None] - (hidden @ b)[None] - visible @ weights @ hidden.T


def bernoulli(generator, visible, hidden, scale, queries):
    """A machine of bits with everything that can be counted."""
    weights = draw(generator, visible, hidden, scale=scale)
    a, b = draw(generator, visible, scale=scale), draw(generator, hidden, scale=scale)
    v, h = states(visible), states(hidden)
    table = -energy((weights, a, b), v, h)
    log_z = logsumexp(table)
    marginal = numpy.exp(logsumexp(table, axis=1) - log_z)
    rows = v[generator.choice(len(v), size=queries, p=marginal)]
    peer = BernoulliRBM(n_components=hidden)
    peer.components_, peer.intercept_hidden_, peer.intercept_visible_ = weights.T, b, a
    pseudo = []
    index = {tuple(state): place for place, state in enumerate(v)}
    for row in rows:
        total = 0.0
        for unit in range(visible):
            other = row.copy()
            other[unit] = 1 - other[unit]
            here, there = marginal[index[tuple(row)]], marginal[index[tuple(other)]]
            total += numpy.log(here / (here + there))
        pseudo.append(total)
    hidden_probabilities = peer.transform(rows)
    return {
        "weights": weights.tolist(), "visibleBiases": a.tolist(), "hiddenBiases": b.tolist(),
        "logPartition": float(log_z), "rows": rows.tolist(),
        "hidden": hidden_probabilities.tolist(),
        "reconstruction": expit(hidden_probabilities @ weights.T + a).tolist(),
        "freeEnergies": peer._free_energy(rows).tolist(),
        "pseudoLogLikelihoods": pseudo,
        "gradient": bernoulli_gradient((weights, a, b), rows),
    }


def bernoulli_gradient(machine, rows):
    """The exact gradient of the mean log-likelihood of the rows."""
    weights, a, b = machine
    v, h = states(len(a)), states(len(b))
    joint = numpy.exp(-energy(machine, v, h) - logsumexp(-energy(machine, v, h)))
    p = expit(rows @ weights + b)
    return {
        "weights": (rows.T @ p / len(rows) - v.T @ joint @ h).tolist(),
        "visibleBiases": (rows.mean(0) - joint.sum(1) @ v).tolist(),
        "hiddenBiases": (p.mean(0) - joint.sum(0) @ h).tolist(),
    }


def gaussian(generator, visible, hidden, scale, queries):
    """A machine of numbers; integrals over the visible units are closed."""
    weights = draw(generator, visible, hidden, scale=scale)
    a, b = draw(generator, visible), draw(generator, hidden)
    sigma = numpy.exp(draw(generator, visible, scale=0.3)).astype("f4").astype("f8")
    h = states(hidden)
    means = a + h @ weights.T
    log_terms = h @ b + 0.5 * (means**2).sum(1)
    volume = numpy.log(sigma).sum() + visible * 0.5 * numpy.log(2 * numpy.pi)
    share = numpy.exp(log_terms - logsumexp(log_terms))
    picked = generator.choice(len(h), size=queries, p=share)
    rows = sigma * (means[picked] + generator.normal(size=(queries, visible)))
    rows = rows.round(3)
    s = rows / sigma
    drives = s @ weights + b
    p = expit(drives)
    free = -s @ a - numpy.logaddexp(0, drives).sum(1) + 0.5 * (s**2).sum(1)
    gradient = {
        "weights": (s.T @ p / queries - (means * share[:, None]).T @ h).tolist(),
        "visibleBiases": (s.mean(0) - share @ means).tolist(),
        "hiddenBiases": (p.mean(0) - share @ h).tolist(),
        # The model's mean of (s - a) s - s W h is that of s (s - mean), a variance of 1.
        "logDeviations": ((s * (s - a - p @ weights.T)).mean(0) - 1).tolist(),
    }
    return {
        "weights": weights.tolist(), "visibleBiases": a.tolist(), "hiddenBiases": b.tolist(),
        "deviations": sigma.tolist(), "logPartition": float(logsumexp(log_terms) + volume),
        "rows": rows.tolist(), "hidden": p.tolist(),
        "reconstruction": (sigma * (a + p @ weights.T)).tolist(),
        "freeEnergies": free.tolist(), "gradient": gradient,
    }


def bars():
    """Bars and stripes of 3 x 3 pixels, each once."""
    rows = set()
    for lines in itertools.product([0.0, 1.0], repeat=3):
        picture = numpy.tile(lines, (3, 1))
        rows.add(tuple(picture.ravel()))
        rows.add(tuple(picture.T.ravel()))
    return numpy.array(sorted(rows))


def trained_peer():
    """The exact mean log-likelihood of scikit-learn's machine on bars and stripes."""
    rows = bars()
    peer = BernoulliRBM(
        n_components=12, learning_rate=0.05, batch_size=14, n_iter=4000, random_state=0)
    peer.fit(rows)
    log_z = logsumexp(-peer._free_energy(states(9)))
    return {
        "rows": rows.tolist(),
        "meanLogLikelihood": float((-peer._free_energy(rows) - log_z).mean()),
    }


def main():
    generator = numpy.random.default_rng(SEED)
    golden = {
        "source": f"numpy {numpy.__version__}, scipy {scipy.__version__}, "
        f"scikit-learn {sklearn.__version__}, seed {SEED}",
        "bernoulli": bernoulli(generator, 3, 2, 1.0, 5),
        "gaussian": gaussian(generator, 3, 2, 0.7, 5),
        "bits": bernoulli(generator, 10, 10, 0.6, 8),
        "numbers": gaussian(generator, 10, 10, 0.25, 8),
        "bars": trained_peer(),
    }
    PATH.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
