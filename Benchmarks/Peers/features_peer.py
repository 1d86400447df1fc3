# SPDX-License-Identifier: Apache-2.0
"""scikit-learn and networkx on the work of PeerBench's `text` and `network` ids.

python features_peer.py --data DIR --ids text.tfidf.20k,network.pagerank.1m [--reps 7]
python features_peer.py --data DIR --generate [--quick]   writes the seeded input files

`text_<size>.txt` has one document a line, `network_<size>.bin` the two ends of each edge as
little-endian 32-bit integers, over a fifth as many nodes as edges.
"""

import argparse
import json
import pathlib
import time

import numpy as np

SIZES = {
    "text.tfidf": ("20k", "500"),
    "text.hashing": ("20k", "500"),
    "network.pagerank": ("1m", "2k"),
}


def count(size):
    return int(size.replace("k", "000").replace("m", "000000"))


def generate(directory, quick):
    directory.mkdir(parents=True, exist_ok=True)
    for name in sorted({f"{id.split('.')[0]}.{s[quick]}" for id, s in SIZES.items()}):
        kind, size = name.split(".")
        generator = np.random.Generator(np.random.PCG64([103, *name.encode()]))
        if kind == "text":
            letters = np.array(list("etaoinshrdlucmfwyp"))
            words = np.array(
                ["".join(generator.choice(letters, n)) for n in generator.integers(2, 11, 30_000)]
            )
            # Frequencies as in a language: the n-th word comes with probability about 1 / n.
            ranks = np.exp(generator.uniform(0, np.log(len(words)), (count(size), 80)))
            lines = [" ".join(words[row]) + "." for row in ranks.astype(int) - 1]
            (directory / f"text_{size}.txt").write_text("\n".join(lines) + "\n")
        else:
            nodes = count(size) // 5
            ends = np.stack(
                [
                    nodes * generator.random(count(size)) ** 2,
                    nodes * generator.random(count(size)),
                ],
                axis=1,
            ).astype("<i4")
            ends[ends[:, 0] == ends[:, 1], 1] = nodes
            ends.tofile(directory / f"network_{size}.bin")


def prepare(id, directory):
    """The work and its quality figures; None for an id that is not known."""
    name, _, size = id.rpartition(".")
    if name.startswith("text."):
        from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer

        lines = (directory / f"text_{size}.txt").read_text().splitlines()
        vectorizer = {"text.tfidf": TfidfVectorizer, "text.hashing": HashingVectorizer}.get(name)
        if vectorizer is None:
            return None
        result = {}

        def work():
            result["matrix"] = vectorizer().fit_transform(lines)

        return work, lambda: {
            "stored": result["matrix"].nnz,
            "sum": float(result["matrix"].sum()),
        }
    if name == "network.pagerank":
        import networkx as nx

        ends = np.fromfile(directory / f"network_{size}.bin", "<i4").reshape(-1, 2)
        graph = nx.DiGraph()
        graph.add_nodes_from(range(count(size) // 5 + 1))
        graph.add_edges_from(map(tuple, ends.tolist()))
        result = {}

        def work():
            result["ranks"] = nx.pagerank(graph)

        return work, lambda: {
            "largest": max(result["ranks"].values()),
            "first": result["ranks"][0],
        }
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--generate", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--ids", default=",".join(f"{k}.{v[0]}" for k, v in SIZES.items()))
    parser.add_argument("--peer", default="scikit-learn, networkx")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reps", type=int, default=7)
    options = parser.parse_args()
    if options.generate:
        return generate(options.data, options.quick)
    for id in options.ids.split(","):
        prepared = prepare(id, options.data)
        if prepared is None:
            continue
        work, quality = prepared
        work()
        times = []
        for _ in range(options.reps):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        line = {
            "id": id,
            "peer": options.peer,
            "threads": options.threads,
            "times_s": times,
            "quality": quality(),
        }
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
