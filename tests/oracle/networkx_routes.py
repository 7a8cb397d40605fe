"""Disjoint routes, cuts and current flow, by networkx, for tests/it/routes.rs.

Reads {"questions": [{"a", "b", "edges": [[u, v], ...], "wires": [[u, v, conductance], ...]}, ...]} from standard input; both lists
leave the edge a-b out. Prints for each a line {"disjoint", "dyad_disjoint", "cut", "flow": {actor: throughput}}.
"""

import json
import sys

import networkx as nx


def throughput(graph, a, b):
    """networkx halves the current through a node between one source and one target, and adds 1 / (2 - n)."""
    values = nx.current_flow_betweenness_centrality_subset(
        graph, [a], [b], normalized=False, weight="conductance", solver="full"
    )
    n = graph.number_of_nodes()
    return {node: 2 * (value - 1 / (2 - n)) for node, value in values.items() if node not in (a, b)}


def main():
    for question in json.load(sys.stdin)["questions"]:
        a, b = question["a"], question["b"]
        graph = nx.Graph()
        graph.add_nodes_from([a, b])
        graph.add_edges_from(map(tuple, question["edges"]))
        wires = nx.Graph()
        wires.add_weighted_edges_from(map(tuple, question["wires"]), weight="conductance")
        joined = nx.has_path(graph, a, b)
        answer = {
            "disjoint": nx.node_connectivity(graph, a, b) if joined else 0,
            "dyad_disjoint": nx.edge_connectivity(graph, a, b) if joined else 0,
            "cut": len(nx.minimum_node_cut(graph, a, b)) if joined else 0,
            "flow": throughput(wires, a, b) if joined else {},
        }
        print(json.dumps(answer))


if __name__ == "__main__":
    main()
