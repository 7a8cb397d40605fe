"""Values of networkx and numpy for the structure of a network as a whole.

    python3 networkx_structure.py < GRAPH.json

GRAPH.json is {"nodes": [...], "edges": [[source, target], ...]}. Loops are left out, parallel edges count as one. Nodes
stand in three groups by their places, and in two modes (every third node is an affair). Cores and peripheries are found
by trying all partings, where there are at most twelve nodes among the first. Nothing here comes from Chancery.
"""

import itertools
import json
import math
import sys

import networkx as nx
import numpy as np


def known(value):
    return None if value is None or math.isnan(value) else float(value)


def equivalence(matrices, a, b):
    """Rows (and columns) of two nodes without the cells of the two themselves."""
    others = [at for at in range(len(matrices[0])) if at not in (a, b)]
    x = np.concatenate([matrix[a, others] for matrix in matrices])
    y = np.concatenate([matrix[b, others] for matrix in matrices])
    most = np.maximum(x, y).sum()
    lengths = np.linalg.norm(x) * np.linalg.norm(y)
    varied = len(others) > 1 and x.std() > 0 and y.std() > 0
    return {
        "jaccard": known(np.minimum(x, y).sum() / most) if most else None,
        "cosine": known(x @ y / lengths) if lengths else None,
        "correlation": known(np.corrcoef(x, y)[0, 1]) if varied else None,
        "euclidean": 1 / (1 + float(np.linalg.norm(x - y))),
    }


def core_faults(graph):
    """The fewest faults of any parting of the first twelve nodes."""
    part = graph.subgraph(list(graph)[:12])
    nodes, best = list(part), None
    for size in range(len(nodes) + 1):
        for core in itertools.combinations(nodes, size):
            inside = part.subgraph(core).number_of_edges()
            outside = part.subgraph(set(nodes) - set(core)).number_of_edges()
            faults = size * (size - 1) // 2 - inside + outside
            best = faults if best is None else min(best, faults)
    return best


def projection(graph, nodes):
    affairs = nodes[::3]
    own = [node for node in nodes if node not in set(affairs)]
    mode = nx.Graph()
    mode.add_nodes_from(nodes)
    mode.add_edges_from((a, b) for a, b in graph.edges if (a in set(affairs)) != (b in set(affairs)))
    counts = nx.bipartite.weighted_projected_graph(mode, own)
    weights = nx.bipartite.collaboration_weighted_projected_graph(mode, own)
    return [[a, b, data["weight"], weights[a][b]["weight"]] for a, b, data in counts.edges(data=True)]


def main():
    data = json.load(sys.stdin)
    nodes = data["nodes"]
    edges = [(a, b) for a, b in data["edges"] if a != b]
    loose, arrows = nx.Graph(), nx.DiGraph()
    for graph in (loose, arrows):
        graph.add_nodes_from(nodes)
        graph.add_edges_from(edges)
        nx.set_node_attributes(graph, {node: at % 3 for at, node in enumerate(nodes)}, "group")
    tied = loose.number_of_edges() > 0
    matrix, directed = nx.to_numpy_array(loose, nodes), nx.to_numpy_array(arrows, nodes)
    ways = [directed, directed.T]
    json.dump(
        {
            "density": [nx.density(loose), nx.density(arrows)],
            "transitivity": nx.transitivity(loose),
            "reciprocity": nx.overall_reciprocity(arrows) if tied else None,
            "degree_assortativity": [
                known(nx.degree_assortativity_coefficient(graph)) if tied else None for graph in (loose, arrows)
            ],
            "group_assortativity": [
                known(nx.attribute_assortativity_coefficient(graph, "group")) if tied else None
                for graph in (loose, arrows)
            ],
            "bridges": sorted(sorted(bridge) for bridge in nx.bridges(loose)),
            "cut_actors": {
                node: sorted(
                    (len(part) for part in nx.connected_components(loose.subgraph(whole - {node}))), reverse=True
                )
                for node in nx.articulation_points(loose)
                for whole in [set(nx.node_connected_component(loose, node))]
            },
            "triads": nx.triadic_census(arrows),
            "alike": [equivalence([matrix], 0, at) for at in range(1, len(nodes))],
            "alike_directed": [equivalence(ways, 0, at) for at in range(1, len(nodes))],
            "core_faults": core_faults(loose),
            "core_nodes": list(loose)[:12],
            "shared": projection(loose, nodes),
        },
        sys.stdout,
    )


main()
