# SPDX-License-Identifier: Apache-2.0
"""NumPy on the work of PeerBench, each result into existing storage where NumPy can do so."""

import numpy as np
import threadpoolctl

from measure import blas_description, options, run


def prepare(operation, size, arrays):
    a, b = (arrays + [None])[:2]
    kind = a.dtype.type
    out = np.empty_like(a)
    if operation in ("gemm", "batchgemm"):
        return lambda: np.matmul(a, b, out=out)
    if operation == "gemv":
        y = np.empty(size, kind)
        return lambda: np.matmul(a, b, out=y)
    if operation == "dot":
        return lambda: a @ b
    if operation == "axpy":
        factor, product = kind(1e-9), np.empty_like(a)

        def axpy():
            np.multiply(a, factor, out=product)
            np.add(b, product, out=b)

        return axpy
    if operation == "exp":
        return lambda: np.exp(a, out=out)
    if operation == "tanh":
        return lambda: np.tanh(a, out=out)
    if operation == "sigmoid":

        def sigmoid():
            np.negative(a, out=out)
            np.exp(out, out=out)
            np.add(out, 1, out=out)
            np.reciprocal(out, out=out)

        return sigmoid
    if operation == "axpby":
        second, p, q = np.empty_like(a), kind(1.5), kind(-0.5)

        def axpby():
            np.multiply(a, p, out=out)
            np.multiply(b, q, out=second)
            np.add(out, second, out=out)

        return axpby
    if operation in ("rowsum", "rowmean", "colsum", "colmean"):
        axis = 1 if operation.startswith("row") else 0
        result = np.empty(a.shape[1 - axis], kind)
        reduce = np.sum if operation.endswith("sum") else np.mean
        return lambda: reduce(a, axis=axis, out=result)
    if operation == "softmax":

        def softmax():
            np.subtract(a, a.max(axis=1, keepdims=True), out=out)
            np.exp(out, out=out)
            np.divide(out, out.sum(axis=1, keepdims=True), out=out)

        return softmax
    if operation == "bcast_add":
        return lambda: np.add(a, b, out=out)
    if operation == "transpose":
        return lambda: np.copyto(out, a.T)
    # NumPy's factorisations always give new arrays.
    return {
        "lu_solve": lambda: np.linalg.solve(a, b),
        "cholesky": lambda: np.linalg.cholesky(a),
        "qr": lambda: np.linalg.qr(a),
        "svd": lambda: np.linalg.svd(a, full_matrices=False),
        "eigh": lambda: np.linalg.eigh(a),
    }.get(operation)


def main():
    chosen = options("numpy")
    with threadpoolctl.threadpool_limits(chosen.threads):
        run(chosen, f"NumPy {np.__version__}: {blas_description('numpy')}", prepare)


if __name__ == "__main__":
    main()
