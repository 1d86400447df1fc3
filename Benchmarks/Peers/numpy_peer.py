# SPDX-License-Identifier: Apache-2.0
"""NumPy on the work of PeerBench, into new arrays and by `out=` into existing ones."""

import numpy as np
import threadpoolctl

from measure import blas_description, options, run


def prepare(operation, size, arrays):
    """The work into new arrays and into existing ones, None for a form that there is not."""
    a, b = (arrays + [None])[:2]
    kind = a.dtype.type
    out = np.empty_like(a)
    p, q = kind(1.5), kind(-0.5)
    if operation in ("gemm", "batchgemm"):
        return lambda: a @ b, lambda: np.matmul(a, b, out=out)
    if operation == "gemv":
        y = np.empty(size, kind)
        return lambda: a @ b, lambda: np.matmul(a, b, out=y)
    if operation == "dot":
        return lambda: a @ b, None
    if operation == "axpy":
        factor, product = kind(1e-9), np.empty_like(a)

        def axpy():
            np.multiply(a, factor, out=product)
            np.add(b, product, out=b)

        return lambda: b + factor * a, axpy
    if operation in ("exp", "tanh"):
        function = getattr(np, operation)
        return lambda: function(a), lambda: function(a, out=out)
    if operation == "sigmoid":

        def sigmoid():
            np.negative(a, out=out)
            np.exp(out, out=out)
            np.add(out, 1, out=out)
            np.reciprocal(out, out=out)

        return lambda: 1 / (1 + np.exp(-a)), sigmoid
    if operation == "axpby":
        second = np.empty_like(a)

        def axpby():
            np.multiply(a, p, out=out)
            np.multiply(b, q, out=second)
            np.add(out, second, out=out)

        return lambda: p * a + q * b, axpby
    if operation in ("rowsum", "rowmean", "colsum", "colmean"):
        axis = 1 if operation.startswith("row") else 0
        result = np.empty(a.shape[1 - axis], kind)
        reduce = np.sum if operation.endswith("sum") else np.mean
        return lambda: reduce(a, axis=axis), lambda: reduce(a, axis=axis, out=result)
    if operation == "softmax":

        def new_softmax():
            powers = np.exp(a - a.max(axis=1, keepdims=True))
            return powers / powers.sum(axis=1, keepdims=True)

        def softmax():
            np.subtract(a, a.max(axis=1, keepdims=True), out=out)
            np.exp(out, out=out)
            np.divide(out, out.sum(axis=1, keepdims=True), out=out)

        return new_softmax, softmax
    if operation == "bcast_add":
        return lambda: a + b, lambda: np.add(a, b, out=out)
    if operation == "transpose":
        return lambda: np.ascontiguousarray(a.T), lambda: np.copyto(out, a.T)
    factorisations = {
        "lu_solve": lambda: np.linalg.solve(a, b),
        "cholesky": lambda: np.linalg.cholesky(a),
        "qr": lambda: np.linalg.qr(a),
        "svd": lambda: np.linalg.svd(a, full_matrices=False),
        "eigh": lambda: np.linalg.eigh(a),
    }
    return factorisations.get(operation), None


def main():
    chosen = options("numpy")
    with threadpoolctl.threadpool_limits(chosen.threads):
        run(chosen, f"NumPy {np.__version__}: {blas_description('numpy')}", prepare)


if __name__ == "__main__":
    main()
