# SPDX-License-Identifier: Apache-2.0
"""PyTorch on the work of PeerBench, into new tensors and by `out=` into existing ones."""

import torch

from measure import options, run


def prepare(operation, size, arrays):
    """The work into new tensors and into existing ones, None for a form that there is not."""
    a, b = ([torch.from_numpy(array) for array in arrays] + [None])[:2]
    out = torch.empty_like(a)
    if operation in ("gemm", "batchgemm"):
        return lambda: torch.matmul(a, b), lambda: torch.matmul(a, b, out=out)
    if operation == "gemv":
        y = torch.empty_like(b)
        return lambda: torch.mv(a, b), lambda: torch.mv(a, b, out=y)
    if operation == "dot":
        return lambda: torch.dot(a, b), None
    if operation == "axpy":
        return lambda: b.add(a, alpha=1e-9), lambda: b.add_(a, alpha=1e-9)
    if operation in ("exp", "sigmoid", "tanh"):
        function = getattr(torch, operation)
        return lambda: function(a), lambda: function(a, out=out)
    if operation == "axpby":

        def axpby():
            torch.mul(a, 1.5, out=out)
            out.add_(b, alpha=-0.5)

        return lambda: 1.5 * a - 0.5 * b, axpby
    if operation in ("rowsum", "rowmean", "colsum", "colmean"):
        dimension = 1 if operation.startswith("row") else 0
        result = torch.empty(a.shape[1 - dimension], dtype=a.dtype)
        reduce = torch.sum if operation.endswith("sum") else torch.mean
        return lambda: reduce(a, dimension), lambda: reduce(a, dimension, out=result)
    if operation == "softmax":
        return lambda: torch.softmax(a, 1), lambda: torch.softmax(a, 1, out=out)
    if operation == "bcast_add":
        return lambda: a + b, lambda: torch.add(a, b, out=out)
    if operation == "transpose":
        return lambda: a.t().contiguous(), lambda: out.copy_(a.t())
    factorisations = {
        "lu_solve": lambda: torch.linalg.solve(a, b),
        "cholesky": lambda: torch.linalg.cholesky(a),
        "qr": lambda: torch.linalg.qr(a),
        "svd": lambda: torch.linalg.svd(a, full_matrices=False),
        "eigh": lambda: torch.linalg.eigh(a),
    }
    return factorisations.get(operation), None


def main():
    chosen = options("torch")
    torch.set_num_threads(chosen.threads)
    torch.set_grad_enabled(False)
    # The pool takes its size from the cores it sees when it starts: before any thread is pinned.
    torch.exp(torch.ones(5_000_000))
    blas = "MKL" if torch.backends.mkl.is_available() else "own build"
    run(chosen, f"PyTorch {torch.__version__}: {blas}, {chosen.threads} threads", prepare)


if __name__ == "__main__":
    main()
