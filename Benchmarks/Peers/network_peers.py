# SPDX-License-Identifier: Apache-2.0
"""PyTorch, and NumPy by hand, on the networks."""

import numpy as np

from model_peers import labelled, log_loss
from workloads import count


def perceptron(directory, size, threads):
    """PyTorch's layers of 64 and 32 rectified units, ten epochs of Adam in batches of 128."""
    import torch

    torch.set_num_threads(threads)
    x, y = labelled(directory, "t50k20", size, 20)
    rows = torch.from_numpy(x.astype("f4"))
    targets = torch.from_numpy(y.astype("f4"))
    result = {}

    def fit():
        torch.manual_seed(0)
        network = torch.nn.Sequential(
            torch.nn.Linear(20, 64),
            torch.nn.ReLU(),
            torch.nn.Linear(64, 32),
            torch.nn.ReLU(),
            torch.nn.Linear(32, 1),
        )
        optimiser = torch.optim.Adam(network.parameters(), 1e-3)
        loss = torch.nn.BCEWithLogitsLoss()
        for _ in range(10):
            for batch in torch.randperm(len(rows)).split(128):
                optimiser.zero_grad(set_to_none=True)
                loss(network(rows[batch])[:, 0], targets[batch]).backward()
                optimiser.step()
        result["model"] = network.eval()

    def quality():
        with torch.inference_mode():
            return {"log_loss": log_loss(y, torch.sigmoid(result["model"](rows))[:, 0].numpy())}

    return fit, quality


def perceptron_form(directory, size, threads):
    """The same by scikit-learn."""
    from sklearn.neural_network import MLPClassifier

    x, y = labelled(directory, "t50k20", size, 20)
    result = {}

    def fit():
        model = MLPClassifier(
            (64, 32), alpha=0, batch_size=128, max_iter=10, n_iter_no_change=99, random_state=0
        )
        result["model"] = model.fit(x.astype("f4"), y)

    def quality():
        return {"log_loss": log_loss(y, result["model"].predict_proba(x.astype("f4"))[:, 1])}

    return fit, quality


def sequences(name, directory, size, threads):
    """PyTorch's LSTM under a linear layer, three epochs of Adam in batches of 128."""
    import torch

    torch.set_num_threads(threads)
    rows = count(size)
    x = np.fromfile(directory / "lstm_Xtr_f32.bin", "<f4", rows * 24 * 16)
    x = torch.from_numpy(x.reshape(rows, 24, 16))
    y = np.fromfile(directory / "lstm_ytr_u8.bin", "u1", rows)
    targets = torch.from_numpy(y.astype("f4"))
    hidden, layers = (64, 1) if ".h64." in name else (128, 2)

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.recurrent = torch.nn.LSTM(16, hidden, layers, batch_first=True)
            self.output = torch.nn.Linear(hidden, 1)

        def forward(self, steps):
            return self.output(self.recurrent(steps)[0][:, -1])[:, 0]

    def fit(epochs=3):
        torch.manual_seed(0)
        network = Network()
        optimiser = torch.optim.Adam(network.parameters(), 1e-3)
        loss = torch.nn.BCEWithLogitsLoss()
        for _ in range(epochs):
            for batch in torch.randperm(rows).split(128):
                optimiser.zero_grad(set_to_none=True)
                loss(network(x[batch]), targets[batch]).backward()
                optimiser.step()
        return network.eval()

    def score(network):
        with torch.inference_mode():
            return torch.cat([torch.sigmoid(network(part)) for part in x.split(1024)]).numpy()

    result = {}
    if name.endswith(".score"):
        network = fit(1)

        def work():
            result["probabilities"] = score(network)

        return work, lambda: {"log_loss": log_loss(y, result["probabilities"])}

    def train():
        result["model"] = fit()

    return train, lambda: {"log_loss": log_loss(y, score(result["model"]))}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def boltzmann(directory, size, threads):
    """Persistent chains written by hand in single precision, faster than scikit-learn's."""
    visible, hidden = map(int, size.split("x"))
    rows = count(size)
    v_all = np.fromfile(directory / "rbm_Xtr_f32.bin", "<f4").reshape(-1, visible)[:rows]
    result = {}

    def fit():
        f = np.float32
        g = np.random.Generator(np.random.SFC64(0))
        w = f(0.01) * g.standard_normal((visible, hidden), dtype=f)
        a, b = np.zeros(visible, f), np.zeros(hidden, f)
        states = np.zeros((100, hidden), f)
        rate = f(0.05 / 100)
        for _ in range(5):
            for start in range(0, rows, 100):
                v = v_all[start : start + 100]
                seen = sigmoid(v @ w + b)
                means = sigmoid(states @ w.T + a)
                drawn = (g.random(means.shape, dtype=f) < means).astype(f)
                drawn_seen = sigmoid(drawn @ w + b)
                w += rate * (v.T @ seen - drawn.T @ drawn_seen)
                b += rate * (seen.sum(0) - drawn_seen.sum(0))
                a += rate * (v.sum(0) - drawn.sum(0))
                states = (g.random(drawn_seen.shape, dtype=f) < drawn_seen).astype(f)
        result["model"] = w, a, b

    def quality():
        w, a, b = result["model"]
        means = sigmoid(sigmoid(v_all @ w + b) @ w.T + a)
        return {"reconstruction_error": float(((means - v_all) ** 2).mean())}

    return fit, quality


def boltzmann_form(directory, size, threads):
    """The same by scikit-learn, in single precision too."""
    from sklearn.neural_network import BernoulliRBM

    visible, hidden = map(int, size.split("x"))
    rows = count(size)
    v = np.fromfile(directory / "rbm_Xtr_f32.bin", "<f4").reshape(-1, visible)[:rows]
    result = {}

    def fit():
        model = BernoulliRBM(hidden, learning_rate=0.05, batch_size=100, n_iter=5, random_state=0)
        result["model"] = model.fit(v)

    def quality():
        model = result["model"]
        means = sigmoid(model.transform(v) @ model.components_ + model.intercept_visible_)
        return {"reconstruction_error": float(((means - v) ** 2).mean())}

    return fit, quality


def deep_belief(directory, size, threads):
    """Contrastive divergence, back-propagation and Adam by hand in single precision."""
    widths = list(map(int, size.split("-")))
    x, y = labelled(directory, "dbn8", size, widths[0])
    x = x.astype("f4")
    result = {}

    def fit():
        f = np.float32
        g = np.random.Generator(np.random.SFC64(0))
        layers, values = [], x
        for layer, (inputs, outputs) in enumerate(zip(widths[:-2], widths[1:-1])):
            w = f(0.05) * g.standard_normal((inputs, outputs), dtype=f)
            a, b = np.zeros(inputs, f), np.zeros(outputs, f)
            for _ in range(5):
                order = g.permutation(len(values))
                for start in range(0, len(values), 100):
                    v = values[order[start : start + 100]]
                    seen = sigmoid(v @ w + b)
                    states = (g.random(seen.shape, dtype=f) < seen).astype(f)
                    drive = states @ w.T + a
                    if layer == 0:
                        drawn = drive + g.standard_normal(drive.shape, dtype=f)
                    else:
                        drawn = (g.random(drive.shape, dtype=f) < sigmoid(drive)).astype(f)
                    drawn_seen = sigmoid(drawn @ w + b)
                    rate = f((0.05 if layer else 0.01) / len(v))
                    w += rate * (v.T @ seen - drawn.T @ drawn_seen)
                    a += rate * (v.sum(0) - drawn.sum(0))
                    b += rate * (seen.sum(0) - drawn_seen.sum(0))
            layers += [w, b]
            values = sigmoid(values @ w + b)
        first = f(0.1) * g.standard_normal((widths[-2], widths[-1]), dtype=f)
        result["model"] = tune(g, layers + [first, np.zeros(widths[-1], f)])

    def forward(parameters, rows):
        outputs = [rows]
        for w, b in zip(parameters[:-2:2], parameters[1:-2:2]):
            outputs.append(sigmoid(outputs[-1] @ w + b))
        scores = outputs[-1] @ parameters[-2] + parameters[-1]
        powers = np.exp(scores - scores.max(1, keepdims=True))
        return outputs, powers / powers.sum(1, keepdims=True)

    def tune(g, parameters):
        f = np.float32
        targets = np.eye(widths[-1], dtype=f)[y.astype(int)]
        means = [np.zeros_like(p) for p in parameters]
        squares = [np.zeros_like(p) for p in parameters]
        step = 0
        for _ in range(10):
            order = g.permutation(len(x))
            for start in range(0, len(x), 100):
                chosen = order[start : start + 100]
                outputs, shares = forward(parameters, x[chosen])
                delta = (shares - targets[chosen]) / f(len(chosen))
                gradients = []
                for place in range(len(outputs) - 1, -1, -1):
                    gradients = [outputs[place].T @ delta, delta.sum(0)] + gradients
                    if place:
                        h = outputs[place]
                        delta = delta @ parameters[2 * place].T * h * (1 - h)
                step += 1
                rate = f(1e-3 * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step))
                for p, m, s, gradient in zip(parameters, means, squares, gradients):
                    m *= f(0.9)
                    m += f(0.1) * gradient
                    s *= f(0.999)
                    s += f(0.001) * gradient**2
                    p -= rate * m / (np.sqrt(s) + f(1e-8))
        return parameters

    def quality():
        shares = forward(result["model"], x)[1]
        return {"log_loss": float(-np.log(shares[np.arange(len(y)), y.astype(int)]).mean())}

    return fit, quality
