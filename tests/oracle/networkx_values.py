"""Values of networkx for graphs that the tests of Chancery compare with their own.

    python3 networkx_values.py graph < GRAPH.json   node-link JSON in, values out
    python3 networkx_values.py random FOLDER        write the fixtures random-*.json

The conventions: undirected, loops left out, parallel edges count as one; betweenness over unordered
pairs and not normalised; closeness after Wasserman and Faust. Nothing here comes from Chancery.
"""

import json
import pathlib
import platform
import sys

import networkx as nx

SEED = 20160718


def simple(graph):
    """The undirected simple graph: parallel edges merged, loops left out."""
    plain = nx.Graph()
    plain.add_nodes_from(graph.nodes)
    plain.add_edges_from((a, b) for a, b in graph.edges() if a != b)
    return plain


def values(graph):
    """The values of a simple graph, by node."""
    return {
        "degree": dict(graph.degree()),
        "betweenness": nx.betweenness_centrality(graph, normalized=False),
        "closeness": nx.closeness_centrality(graph, wf_improved=True),
        "components": nx.number_connected_components(graph),
    }


def random_graphs():
    """Graphs of several shapes: in one piece and in many, with trees, with equal distances."""
    yield "sparse-in-pieces", nx.gnp_random_graph(60, 0.025, seed=SEED)
    yield "dense", nx.gnp_random_graph(40, 0.3, seed=SEED + 1)
    yield "hubs", nx.barabasi_albert_graph(80, 2, seed=SEED + 2)
    yield "small-world", nx.connected_watts_strogatz_graph(70, 4, 0.1, seed=SEED + 3)
    yield "tree", nx.random_labeled_tree(50, seed=SEED + 4)
    yield "grid", nx.convert_node_labels_to_integers(nx.grid_2d_graph(7, 8))
    multi = nx.MultiDiGraph()
    multi.add_nodes_from(range(45))
    base = nx.gnp_random_graph(45, 0.06, seed=SEED + 5, directed=True)
    for at, (a, b) in enumerate(base.edges()):
        multi.add_edges_from([(a, b)] * (1 + at % 3))
    multi.add_edges_from([(0, 0), (7, 7)])
    yield "parallel-and-loops", multi


def provenance():
    return {
        "script": "tests/oracle/networkx_values.py",
        "networkx": nx.__version__,
        "python": platform.python_version(),
        "seed": SEED,
    }


def write_random(folder):
    for name, graph in random_graphs():
        # Names sort otherwise than the numbers they stand for, so that rows are not creation order.
        names = {node: f"n{node * 37 % 101:03}" for node in graph.nodes}
        named = nx.relabel_nodes(graph, names)
        record = {
            **provenance(),
            "name": name,
            "nodes": sorted(named.nodes),
            "edges": [[a, b] for a, b in named.edges()],
            "values": values(simple(named)),
        }
        lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in record.items())
        path = pathlib.Path(folder) / f"random-{name}.json"
        path.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def main():
    match sys.argv[1:]:
        case ["graph"]:
            data = json.load(sys.stdin)
            graph = nx.node_link_graph(data, edges="edges")
            json.dump({**provenance(), "values": values(simple(graph))}, sys.stdout, ensure_ascii=True)
        case ["random", folder]:
            write_random(folder)
        case _:
            sys.exit(__doc__)


main()
