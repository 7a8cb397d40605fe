"""Distances and numbers of shortest paths, by networkx, for tests/it/paths.rs.

Reads {"nodes": [...], "edges": [[a, b], ...]} from standard input. Prints, for each pair of nodes a < b, a line
{"a", "b", "distance", "count", "besides", "besides_count", "simple"}: with all edges, and with the edge a-b left out; null where there
is no path; for every fortieth pair, the lengths of its first twelve simple paths. The graph is simple and undirected. Paths are enumerated, not counted, so that the count is no algorithm
of ours.
"""

import itertools
import json
import sys

import networkx as nx


def shortest(graph, a, b):
    try:
        paths = list(nx.all_shortest_paths(graph, a, b))
    except nx.NetworkXNoPath:
        return None, 0
    return len(paths[0]) - 1, len(paths)


def simple(graph, a, b):
    try:
        return [len(path) - 1 for path in itertools.islice(nx.shortest_simple_paths(graph, a, b), 12)]
    except nx.NetworkXNoPath:
        return []


def main():
    given = json.load(sys.stdin)
    graph = nx.Graph()
    graph.add_nodes_from(given["nodes"])
    graph.add_edges_from(map(tuple, given["edges"]))
    for at, (a, b) in enumerate(itertools.combinations(sorted(given["nodes"]), 2)):
        distance, count = shortest(graph, a, b)
        direct = graph.has_edge(a, b)
        if direct:
            graph.remove_edge(a, b)
        besides, besides_count = shortest(graph, a, b)
        if direct:
            graph.add_edge(a, b)
        line = {"a": a, "b": b, "distance": distance, "count": count}
        line["simple"] = None if at % 40 else simple(graph, a, b)
        print(json.dumps(line | {"besides": besides, "besides_count": besides_count}))


if __name__ == "__main__":
    main()
