"""Disjoint routes, cuts and current flow, by networkx 3.6.1, for tests/it/routes.rs.

Reads {"edges": [[u, v], ...], "questions": [{"a", "b", "wires": [[u, v, conductance], ...]}, ...]} from standard input, or
{"ties": [[u, v], ...], "weight": w, "questions": [{"a", "b"}, ...]}: then what conducts is worked out here, too. The edge a-b
counts for neither. Prints for each question a line {"disjoint", "dyad_disjoint", "cut", "flow": {actor: throughput}}.
"""

import collections
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


def wired(graph, counts, weight, a, b):
    """All among those on walks of at most one hop more than the shortest; of n ties the i-th adds weight / i."""
    from_a, from_b = (nx.single_source_shortest_path_length(graph, end) for end in (a, b))
    most = from_a[b] + 1
    region = {node for node in from_a if from_a[node] + from_b[node] <= most}
    strength = lambda u, v: weight * sum(1 / i for i in range(1, counts[frozenset((u, v))] + 1))
    return [(u, v, strength(u, v)) for u, v in graph.edges if u in region and v in region]


def main():
    given = json.load(sys.stdin)
    counts = collections.Counter(frozenset(tie) for tie in given.get("ties", ()))
    whole = nx.Graph(map(tuple, given.get("edges") or given["ties"]))
    whole.remove_edges_from(list(nx.selfloop_edges(whole)))
    for question in given["questions"]:
        a, b = question["a"], question["b"]
        graph = whole.copy()
        graph.add_nodes_from([a, b])
        if graph.has_edge(a, b):
            graph.remove_edge(a, b)
        joined = nx.has_path(graph, a, b)
        flow = {}
        if joined:
            wires = question.get("wires") or wired(graph, counts, given["weight"], a, b)
            circuit = nx.Graph()
            circuit.add_weighted_edges_from(map(tuple, wires), weight="conductance")
            flow = throughput(circuit, a, b)
        answer = {
            "disjoint": nx.node_connectivity(graph, a, b) if joined else 0,
            "dyad_disjoint": nx.edge_connectivity(graph, a, b) if joined else 0,
            "cut": len(nx.minimum_node_cut(graph, a, b)) if joined else 0,
            "flow": flow,
        }
        print(json.dumps(answer))


if __name__ == "__main__":
    main()
