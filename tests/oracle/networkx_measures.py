"""Values of networkx and numpy for all measures by which actors are ranked.

    python3 networkx_measures.py < GRAPH.json

GRAPH.json is {"nodes": [...], "edges": [[source, target], ...]}. Out comes, for each convention (undirected,
directed, weighted), measure and node, a value; null where the measure is not defined. Loops are left out; the
weight of a dyad is its number of edges, its length the inverse, kept as a fraction so that equal lengths are equal.
Nothing here comes from Chancery.
"""

import json
import math
import sys
from fractions import Fraction

import networkx as nx
import numpy as np
from networkx.algorithms.structuralholes import normalized_mutual_weight

ALPHA = 0.05


def leading(matrix, nodes):
    """The projection of (1, …, 1) on the space of the greatest eigenvalue of a symmetric matrix."""
    values, vectors = np.linalg.eigh(matrix)
    space = vectors[:, values > values[-1] - 1e-9]
    vector = space @ (space.T @ np.ones(len(nodes)))
    return vector


def named(nodes, values):
    return {node: float(value) for node, value in zip(nodes, values)}


def eigenvector(graph, nodes, weight):
    vector = leading(nx.to_numpy_array(graph, nodes, weight=weight), nodes)
    return named(nodes, vector / np.linalg.norm(vector))


def hits(graph, nodes, weight):
    matrix = nx.to_numpy_array(graph, nodes, weight=weight)
    hubs, authorities = leading(matrix @ matrix.T, nodes), leading(matrix.T @ matrix, nodes)
    return named(nodes, hubs / hubs.sum()), named(nodes, authorities / authorities.sum())


def katz(graph, nodes, weight):
    matrix = nx.to_numpy_array(graph, nodes, weight=weight)
    return named(nodes, np.linalg.solve(np.eye(len(nodes)) - ALPHA * matrix.T, np.ones(len(nodes))))


def pagerank(graph, weight):
    return nx.pagerank(graph, tol=1e-15, max_iter=5000, weight=weight)


def current_flow(graph, weight):
    """Both, component by component."""
    between, near = dict.fromkeys(graph, 0.0), dict.fromkeys(graph, 0.0)
    for component in nx.connected_components(graph):
        part, size = graph.subgraph(component), len(component)
        if size < 2:
            continue
        if size > 2:
            between |= nx.current_flow_betweenness_centrality(part, normalized=False, weight=weight)
        raw = nx.current_flow_closeness_centrality(part, weight=weight)
        near |= {node: value * (size - 1) * (size - 1) / (len(graph) - 1) for node, value in raw.items()}
    return between, near


def burt(graph, weight):
    """From networkx's pieces: its whole functions leave out actors to whom others are tied one way only."""
    constraint, effective, efficiency, hierarchy = {}, {}, {}, {}
    share = lambda a, b, norm: normalized_mutual_weight(graph, a, b, norm=norm, weight=weight)
    for node in graph:
        others = sorted(set(nx.all_neighbors(graph, node)))
        parts = [nx.local_constraint(graph, node, other, weight) for other in others]
        if not parts:
            constraint[node] = effective[node] = efficiency[node] = hierarchy[node] = None
            continue
        constraint[node] = sum(parts)
        redundant = lambda other: sum(share(node, third, sum) * share(other, third, max) for third in others)
        effective[node] = sum(1 - redundant(other) for other in others)
        efficiency[node] = effective[node] / len(others)
        mean = sum(parts) / len(parts)
        disorder = sum(part / mean * math.log(part / mean) for part in parts)
        hierarchy[node] = disorder / (len(parts) * math.log(len(parts))) if len(parts) > 1 else None
    return {"constraint": constraint, "effective-size": effective, "efficiency": efficiency, "hierarchy": hierarchy}


def both(graph, nodes, weight, distance):
    """What is asked of every graph."""
    turned = graph.reverse() if graph.is_directed() else graph
    return {
        "betweenness": nx.betweenness_centrality(graph, normalized=False, weight=distance),
        "closeness": nx.closeness_centrality(turned, wf_improved=True, distance=distance),
        "harmonic": nx.harmonic_centrality(turned, distance=distance),
        "pagerank": pagerank(graph, weight),
        "katz": katz(graph, nodes, weight),
        **burt(graph, weight),
    }


def undirected(graph, nodes, weight, distance):
    between, near = current_flow(graph, weight)
    return {
        **both(graph, nodes, weight, distance),
        "eigenvector": eigenvector(graph, nodes, weight),
        "current-flow-betweenness": between,
        "current-flow-closeness": near,
    }


def directed(graph, nodes, weight, distance):
    hubs, authorities = hits(graph, nodes, weight)
    return {
        **both(graph, nodes, weight, distance),
        "hits-hubs": hubs,
        "hits-authorities": authorities,
        "in-strength": dict(graph.in_degree(weight=weight)),
        "out-strength": dict(graph.out_degree(weight=weight)),
        "strength": dict(graph.degree(weight=weight)),
    }


def between(graph, sources, targets, distance):
    """Each pair of a source and a target once. networkx counts each undirected pair half for each end that it is asked
    from, so a pair of which both ends are sources and targets counts one there already."""
    subset = nx.betweenness_centrality_subset
    values = subset(graph, sources, targets, weight=distance)
    if not graph.is_directed():
        both = [node for node in sources if node in targets]
        inner = subset(graph, both, both, weight=distance)
        values = {node: 2 * value - inner[node] for node, value in values.items()}
    return values


def weighted(kind, nodes, edges):
    graph = kind()
    graph.add_nodes_from(nodes)
    for a, b in edges:
        if a != b:
            graph.add_edge(a, b, weight=graph.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    for _, _, data in graph.edges(data=True):
        data["length"] = Fraction(1, data["weight"])
    return graph


def main():
    data = json.load(sys.stdin)
    nodes, edges = data["nodes"], data["edges"]
    loose, arrows = weighted(nx.Graph, nodes, edges), weighted(nx.DiGraph, nodes, edges)
    answer = {
        "undirected": {
            **undirected(loose, nodes, None, None),
            "degree": dict(loose.degree()),
            "core": nx.core_number(loose),
            "clustering": nx.clustering(loose),
        },
        "directed": {
            **{key: value for key, value in directed(arrows, nodes, None, None).items() if "strength" not in key},
            "degree": dict(arrows.degree()),
            "in-degree": dict(arrows.in_degree()),
            "out-degree": dict(arrows.out_degree()),
        },
        "weighted": {**undirected(loose, nodes, "weight", "length"), "strength": dict(loose.degree(weight="weight"))},
        "weighted-directed": directed(arrows, nodes, "weight", "length"),
        "dyads": [[a, b, value] for (a, b), value in nx.edge_betweenness_centrality(loose, normalized=False).items()],
        "inward": nx.closeness_centrality(arrows, wf_improved=True),
    }
    sources, targets = nodes[::3], nodes[::2]
    answer["between"] = {
        "sources": sources,
        "targets": targets,
        "undirected": between(loose, sources, targets, None),
        "directed": between(arrows, sources, targets, None),
        "weighted": between(loose, sources, targets, "length"),
    }
    json.dump(answer, sys.stdout, default=float)


main()
