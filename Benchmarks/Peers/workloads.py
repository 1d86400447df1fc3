# SPDX-License-Identifier: Apache-2.0
"""The ids, sizes and input arrays that PeerBench and its peers share."""

ELEMENT_TYPES = {"f32": "<f4", "f64": "<f8"}

# operation: (published sizes, sizes of a quick run)
SIZES = {
    "gemm": ((256, 512, 1024, 2048), (256, 512)),
    "gemv": ((4096,), (1024,)),
    "dot": ((1_000_000,), (1_000_000,)),
    "axpy": ((1_000_000,), (1_000_000,)),
    "exp": ((10_000_000,), (1_000_000,)),
    "sigmoid": ((10_000_000,), (1_000_000,)),
    "tanh": ((10_000_000,), (1_000_000,)),
    "axpby": ((10_000_000,), (1_000_000,)),
    "rowsum": ((10_000_000,), (100_000,)),
    "rowmean": ((10_000_000,), (100_000,)),
    "colsum": ((10_000_000,), (100_000,)),
    "colmean": ((10_000_000,), (100_000,)),
    "softmax": ((10_000_000,), (100_000,)),
    "bcast_add": ((10_000_000,), (100_000,)),
    "transpose": ((4096,), (1024,)),
    "batchgemm": ((32,), (32,)),
    "lu_solve": ((1000,), (250,)),
    "cholesky": ((2000,), (250,)),
    "qr": ((500,), (125,)),
    "svd": ((500,), (125,)),
    "eigh": ((1000,), (250,)),
}

# name: (published sizes, size of a quick run, the library beside ours, what we aim at)
FEATURES = {
    "csv": (("1m",), "2k", "pandas", "1 x"),
    "text.tfidf": (("20k",), "500", "scikit-learn", "3 x"),
    "text.hashing": (("20k",), "500", "scikit-learn", "3 x"),
    "network.pagerank": (("1m",), "2k", "networkx", "5 x"),
    "scorecard": (("50k",), "1k", "optbinning", "3 x"),
    "scorecard.row": (("50k",), "1k", "optbinning", "10 µs"),
    "pipeline.row": (("500",), "200", "scikit-learn", "10 µs"),
    "metrics.roc_auc": (("1e6", "1e7"), "2e3", "scikit-learn", "4 x"),
    "metrics.avg_precision": (("1e6", "1e7"), "2e3", "scikit-learn", "4 x"),
    "metrics.ks": (("1e6", "1e7"), "2e3", "scipy", "4 x"),
    "metrics.brier": (("1e6", "1e7"), "2e3", "scikit-learn", "4 x"),
    "metrics.log_loss": (("1e6", "1e7"), "2e3", "scikit-learn", "4 x"),
    "behav.cpt_alloc": (("100k",), "1k", "numpy", "5 x"),
    "logreg": (("200k",), "1k", "scikit-learn", "2 x"),
    "logreg.row": (("200k",), "1k", "scikit-learn", "1 µs"),
    "gnb": (("1m",), "1k", "scikit-learn", "2 x"),
    "knn": (("50k",), "1k", "scikit-learn", "1.5 x"),
    "svc_rbf": (("5k", "20k"), "1k", "scikit-learn", "4 x"),
    "linsvm": (("200k",), "1k", "scikit-learn", "1.5 x"),
    "rf.d12": (("50k", "200k"), "1k", "scikit-learn", "5 x"),
    "rf.full": (("50k", "200k"), "1k", "scikit-learn", "5 x"),
    "rf.drawn": (("50k", "200k"), "1k", "xgboost", "1.5 x"),
    "rf.leaves": (("50k", "200k"), "1k", "lightgbm", "1.5 x"),
    "rf.predict": (("50k",), "1k", "scikit-learn", "5 x"),
    "rf.row": (("50k",), "1k", "scikit-learn", "20 µs"),
    "gbdt": (("50k", "200k"), "1k", "scikit-learn", "1 x"),
    "gbdt.lightgbm": (("50k", "200k"), "1k", "lightgbm", "1 x"),
    "gbdt.xgboost": (("50k", "200k"), "1k", "xgboost", "1 x"),
    "ledger.merkle": (("1m",), "1k", "hashlib", "1 x"),
    "ledger.append": (("100k",), "2k", "sqlite3", "500 ms"),
    "mlp": (("50k",), "1k", "torch", "1 x"),
    "lstm.h64.l1": (("20k",), "16", "torch", "1.5 x"),
    "lstm.h64.l1.score": (("20k",), "16", "torch", "1.5 x"),
    "lstm.h128.l2": (("20k",), "16", "torch", "1.5 x"),
    "lstm.h128.l2.score": (("20k",), "16", "torch", "1.5 x"),
    "rbm": (("64x256",), "64x16", "numpy", "2 x"),
    "dbn": (("8-64-32-2",), "8-16-8-2", "numpy", "2 x"),
}

# Further peers of some of them, and what we aim at beside each.
FURTHER = {
    "metrics.roc_auc": {"numpy": "1.5 x"},
    "metrics.avg_precision": {"numpy": "1.5 x"},
    "metrics.ks": {"numpy": "1.5 x"},
    "metrics.brier": {"numpy": "1.5 x"},
    "metrics.log_loss": {"numpy": "1.5 x"},
    "behav.cpt_alloc": {"c++": "1 x"},
    "ledger.merkle": {"openssl": "0.5 x"},
    "mlp": {"scikit-learn": "1 x"},
    "rbm": {"scikit-learn": "4 x"},
}

BATCH = 1000  # products in one batchgemm

ON_ROWS_AND_COLUMNS = ("rowsum", "rowmean", "colsum", "colmean", "softmax", "bcast_add")


def ids(quick=False):
    """All ids in the order of publication."""
    return [
        f"la.{operation}.{element_type}.{size}"
        for element_type in ELEMENT_TYPES
        for operation, sizes in SIZES.items()
        for size in sizes[1 if quick else 0]
    ]


def feature_ids(quick=False):
    """All ids of feature engineering in the order of publication."""
    return [
        f"{name}.{size}"
        for name, (published, small, *_) in FEATURES.items()
        for size in ([small] if quick else published)
    ]


# The rows of features whose size is the shape of a network.
SHAPED_ROWS = {"64x256": 50_000, "64x16": 1_000, "8-64-32-2": 50_000, "8-16-8-2": 1_000}


def count(size):
    """The number that a size such as `20k`, `1m` or `1e6` stands for; rows for a shape."""
    if size in SHAPED_ROWS:
        return SHAPED_ROWS[size]
    return int(float(size.replace("k", "e3").replace("m", "e6")))


def tall_shape(size):
    """Ten times as many rows as columns, `size` elements."""
    columns = round((size / 10) ** 0.5)
    if columns * columns * 10 != size:
        raise ValueError(f"{size} elements are no matrix of 10n x n")
    return 10 * columns, columns


def inputs(operation, size):
    """The arrays that the work reads, as (file name without type, shape)."""
    square = (size, size)
    if operation == "gemm":
        return [("la_A", square), ("la_B", square)]
    if operation in ("gemv", "lu_solve"):
        return [("la_A", square), ("la_x", (size,))]
    if operation in ("dot", "axpy", "axpby"):
        return [("la_x", (size,)), ("la_y", (size,))]
    if operation in ("exp", "sigmoid", "tanh"):
        return [("la_x", (size,))]
    if operation in ON_ROWS_AND_COLUMNS:
        shape = tall_shape(size)
        return [("la_x", shape)] + ([("la_y", shape[1:])] if operation == "bcast_add" else [])
    return {
        "transpose": [("la_A", square)],
        "batchgemm": [("la_A", (BATCH, *square)), ("la_B", (BATCH, *square))],
        "cholesky": [(f"la_spd{size}", square)],
        "qr": [("la_A", (4 * size, size))],
        "svd": [("la_A", (2 * size, size))],
        "eigh": [(f"la_sym{size}", square)],
    }.get(operation)
