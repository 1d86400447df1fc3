# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LinearAlgebraTests/Golden/files.json (needs numpy).

Files that NumPy writes, as base64, with what they hold (row-major little-endian float64), and a few
results of NumPy's array functions.

With `--check FOLDER` it reads instead what the tests wrote there (run them with
CREDIT_NUMPY_CHECK=FOLDER) and compares it bit for bit with the same arrays.
"""

import base64
import io
import json
import pathlib
import sys

import numpy as np

SEED = 20261121
OUTPUT = pathlib.Path(__file__).parents[2] / "Tests/LinearAlgebraTests/Golden/files.json"

generator = np.random.default_rng(SEED)


def arrays():
    """Arrays that can become tensors of float64, by name."""
    special = np.array([[1.5, -0.0, np.inf], [-np.inf, 5e-324, 1e308], [np.nan, 0.1, -2.0**-1074]])
    result = {
        "special_f8": special,
        "special_f4": special.astype(np.float64).clip(-3e38, 3e38).astype(np.float32),
        "big_endian_f8": generator.normal(size=(2, 3)).astype(">f8"),
        "big_endian_f4": generator.normal(size=5).astype(">f4"),
        "fortran_f8": np.asfortranarray(generator.normal(size=(3, 4))),
        "fortran_rank3_f4": np.asfortranarray(generator.normal(size=(2, 3, 4)).astype("<f4")),
        "rank0_f8": np.array(2.5),
        "rank4_f8": generator.normal(size=(2, 1, 3, 2)),
        "empty_f8": np.zeros((0, 3)),
        "empty_rank4_f8": np.asfortranarray(np.zeros((2, 0, 3, 4))),
        "bool": np.array([True, False, True]),
        "exact_i8": np.array([2**53, -(2**53), 2**62, -(2**63), 7]),
        "exact_u8": np.array([2**63, 2**53, 0], dtype=np.uint64),
        "big_endian_i4": np.array([[1, -2], [2**31 - 1, -(2**31)]], dtype=">i4"),
        "big_endian_u2": np.array([1, 65535], dtype=">u2"),
        "fortran_i2": np.asfortranarray(np.array([[1, -2, 3], [32767, -32768, 0]], dtype="<i2")),
    }
    for code in ("i1", "u1", "i2", "u2", "i4", "u4"):
        info = np.iinfo(code)
        result[f"limits_{code}"] = np.array([info.min, info.max, 1], dtype=code)
    half = np.array([[1.5, -0.0, np.inf], [-np.inf, np.nan, 2.0**-24], [65504, 0.1, -(2.0**-14)]])
    result["special_f2"] = half.astype("<f2")
    result["big_endian_f2"] = half.astype(">f2")
    result["fortran_f2"] = np.asfortranarray(half.astype("<f2"))
    return result


def refused():
    """Arrays that cannot, by name."""
    return {
        "c16": np.array([1 + 2j]),
        "f16": np.frombuffer(bytes(16), dtype=np.longdouble),
        "U3": np.array(["abc"]),
        "record": np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f8")]),
        "date": np.array(["2020-01-01"], dtype="datetime64[D]"),
        "inexact_i8": np.array([0, 2**53 + 1, -(2**53) - 1]),
    }


def text(data):
    """Base64 of bytes."""
    return base64.b64encode(data).decode()


def saved(array, version=None):
    """The bytes of a .npy file."""
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, version=version, allow_pickle=False)
    return buffer.getvalue()


def archive(save, contents):
    """The bytes of a .npz file."""
    buffer = io.BytesIO()
    save(buffer, **contents)
    return buffer.getvalue()


def values(array):
    """Row-major little-endian float64 elements."""
    return np.ascontiguousarray(array).astype("<f8").tobytes()


def case(name, array, version=None):
    """One array, its file and what the file holds."""
    return {
        "name": name,
        "descr": np.lib.format.dtype_to_descr(array.dtype),
        "shape": list(array.shape),
        "file": text(saved(array, version)),
        "values": text(values(array)),
    }


def write():
    """Writes the golden file."""
    contents = arrays()
    cases = [case(name, array) for name, array in contents.items()]
    small = contents["special_f8"]
    cases += [case(f"version_{major}", small, (major, 0)) for major in (2, 3)]
    some = {name: contents[name] for name in ("special_f8", "fortran_rank3_f4", "exact_i8")}
    some["Kreditbetr\u00e4ge"] = contents["empty_f8"]
    keys = np.array([3.0, np.nan, -0.0, 1.0, 0.0, np.inf, 1.0, np.nan, -np.inf, 3.0, 1.0])
    cube = np.arange(24.0).reshape(2, 3, 4)
    golden = {
        "numpy": np.__version__,
        "seed": SEED,
        "cases": cases,
        "refused": [{"name": n, "file": text(saved(a))} for n, a in refused().items()],
        "archiveNames": list(some),
        "archive": text(archive(np.savez, some)),
        "compressed": text(archive(np.savez_compressed, some)),
        "emptyArchive": text(archive(np.savez, {})),
        "argsortKeys": text(values(keys)),
        "argsort": np.argsort(keys, kind="stable").tolist(),
        "sorted": text(values(np.sort(keys, kind="stable"))),
        "linearlySpaced": [
            {"first": a, "last": b, "count": n, "values": text(values(np.linspace(a, b, n)))}
            for a, b, n in ((0.0, 1.0, 11), (-3.7, 12.9, 50), (2.0, -1.0, 7), (0.1, 0.3, 1))
        ],
        "permuted": [
            {"order": order, "values": np.transpose(cube, order).ravel().astype(int).tolist()}
            for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1], [1, 2, 0], [0, 2, 1])
        ],
        "stacked": [
            np.stack([cube, cube + 100], axis).ravel().astype(int).tolist() for axis in range(4)
        ],
        "concatenated": [
            np.concatenate([cube, cube + 100], axis).ravel().astype(int).tolist()
            for axis in range(3)
        ],
        "split": [
            [part.astype(int).ravel().tolist() for part in np.array_split(cube, 3, axis)]
            for axis in range(3)
        ],
    }
    OUTPUT.write_text(json.dumps(golden, indent=0, ensure_ascii=True) + "\n")
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size} bytes, {len(cases)} files")


def check(folder):
    """Compares the tests' files with the arrays."""
    folder = pathlib.Path(folder)
    contents = arrays()
    with (
        np.load(folder / "all.npz") as together,
        np.load(folder / "compressed.npz") as compressed,
    ):
        assert sorted(together.files) == sorted(contents), together.files
        for name, array in contents.items():
            for read in (np.load(folder / f"{name}.npy"), together[name], compressed[name]):
                assert read.dtype == np.dtype("<f8") and read.shape == array.shape, name
                assert read.tobytes() == values(array), name
            raw = np.fromfile(folder / f"{name}.raw", dtype="<f8")
            assert raw.tobytes() == values(array), name
    with np.load(folder / "float.npz") as together:
        single = together["Kreditbetr\u00e4ge"]
        assert single.dtype == np.dtype("<f4")
        assert np.array_equal(single, np.array([0.1, 0.2], dtype="<f4"))
    print(f"NumPy {np.__version__} reads all {len(contents)} arrays")


if sys.argv[1:2] == ["--check"]:
    check(sys.argv[2])
else:
    write()
