# SPDX-License-Identifier: Apache-2.0
"""Golden values of network measures by networkx, and of label propagation by a linear solve.

Usage: python feature_networks.py > Tests/FeatureEngineeringTests/Golden/networks.json
"""

import json
import random

import networkx as nx
import numpy as np

SEED = 20261123
rng = random.Random(SEED)


def edges(count, nodes, directed):
    """Distinct edges with weights; a few nodes stay alone, hubs have many."""
    found = {}
    while len(found) < count:
        a, b = int(nodes * rng.random() ** 2), rng.randrange(nodes - 5)
        if a == b or a >= nodes - 5:
            continue
        pair = (a, b) if directed else (min(a, b), max(a, b))
        found.setdefault(pair, rng.choice([0.25, 0.5, 1.0, 1.5, 3.0]))
    return [[a, b, weight] for (a, b), weight in found.items()]


def graph(nodes, links, directed):
    built = (nx.DiGraph if directed else nx.Graph)()
    built.add_nodes_from(range(nodes))
    built.add_weighted_edges_from(links)
    return built


def listed(values, nodes):
    return [float(values[node]) for node in range(nodes)]


def ranks(built, nodes, **options):
    return listed(nx.pagerank(built, tol=1e-15, max_iter=1000, **options), nodes)


def membership(components, nodes):
    """Components numbered in the order of their first nodes."""
    number = {}
    for index, members in enumerate(sorted(components, key=min)):
        number.update((node, index) for node in members)
    return [number[node] for node in range(nodes)]


def measures(nodes, links, directed):
    built = graph(nodes, links, directed)
    personalisation = [rng.choice([0, 0, 1.0, 2.5]) for _ in range(nodes)]
    result = {
        "nodes": nodes,
        "directed": directed,
        "edges": links,
        "personalisation": personalisation,
        "degree": listed(dict(built.degree()), nodes),
        "strength": listed(dict(built.degree(weight="weight")), nodes),
        "pageRank": ranks(built, nodes),
        "pageRankPlain": ranks(built, nodes, weight=None, alpha=0.6),
        "pageRankPersonal": ranks(
            built, nodes, personalization=dict(enumerate(personalisation))
        ),
        "pageRankLoose": listed(nx.pagerank(built), nodes),
    }
    if directed:
        result["inDegree"] = listed(dict(built.in_degree()), nodes)
        result["components"] = membership(nx.weakly_connected_components(built), nodes)
        result["strong"] = membership(nx.strongly_connected_components(built), nodes)
        # The same network without directions, weights of both directions added.
        plain = nx.Graph()
        plain.add_nodes_from(range(nodes))
        for a, b, weight in links:
            old = plain.get_edge_data(a, b, {"weight": 0})["weight"]
            plain.add_edge(a, b, weight=old + weight)
        built = plain
    else:
        result["components"] = membership(nx.connected_components(built), nodes)
    result["triangles"] = listed(nx.triangles(built), nodes)
    result["clustering"] = listed(nx.clustering(built), nodes)
    result["clusteringWeighted"] = listed(nx.clustering(built, weight="weight"), nodes)
    result["averageClustering"] = nx.average_clustering(built)
    result["averageClusteringWeighted"] = nx.average_clustering(built, weight="weight")
    result["core"] = listed(nx.core_number(built), nodes)
    return result


def propagation(nodes, links, shrinkage):
    """The values at unlabelled nodes, solved directly."""
    weights = np.zeros((nodes, nodes))
    for a, b, weight in links:
        weights[a, b] = weights[b, a] = weight
    labels = [rng.choice([True, False, False, None, None]) for _ in range(nodes)]
    known = [i for i in range(nodes) if labels[i] is not None]
    free = [i for i in range(nodes) if labels[i] is None]
    values = np.array([float(labels[i]) for i in known])
    overall = values.mean()
    system = np.diag(weights.sum(axis=1) + shrinkage)[np.ix_(free, free)]
    system -= weights[np.ix_(free, free)]
    right = weights[np.ix_(free, known)] @ values + shrinkage * overall
    solved = np.linalg.solve(system, right)
    return {
        "labels": labels,
        "shrinkage": shrinkage,
        "free": free,
        "values": solved.tolist(),
    }


undirected = edges(420, 120, False)
golden = {
    "versions": {"networkx": nx.__version__, "numpy": np.__version__},
    "seed": SEED,
    "networks": [measures(120, undirected, False), measures(90, edges(300, 90, True), True)],
    "propagation": [propagation(120, undirected, 1.0), propagation(120, undirected, 0.05)],
}
print(json.dumps(golden, separators=(",", ":")))
