"""Writes one graph in every form that networkx writes, and what it holds as JSON on stdout.

networkx 3.6.1. Usage: networkx_graphs.py FOLDER
"""

import json
import sys
from pathlib import Path

import networkx as nx

folder = Path(sys.argv[1])
NODES = {"Arland": 3, "蒙古 \"north\"": 5, "<Bemia> & co": 8, "Ça": 13}


def graph(kind):
    made = kind(name="small")
    names = list(NODES)
    for name, size in NODES.items():
        made.add_node(name, size=size)
    for at, (source, target) in enumerate([(0, 1), (1, 2), (2, 3), (3, 0), (1, 2), (2, 2)]):
        if made.is_multigraph() or not made.has_edge(names[source], names[target]):
            made.add_edge(names[source], names[target], relation="visit" if at % 2 else "meeting", weight=at + 0.5)
    return made


def truth(made):
    edges = [[source, target, data["relation"], data["weight"]] for source, target, data in made.edges(data=True)]
    return {"nodes": NODES, "edges": edges, "directed": made.is_directed()}


found = {}
for kind in [nx.MultiDiGraph, nx.MultiGraph, nx.DiGraph, nx.Graph]:
    made, name = graph(kind), kind.__name__
    nx.write_graphml(made, folder / f"{name}.graphml")
    nx.write_gexf(made, folder / f"{name}.gexf")
    nx.write_gml(made, folder / f"{name}.gml")
    nx.write_pajek(nx.relabel_nodes(made, {n: n.replace('"', "'") for n in NODES}), folder / f"{name}.net")
    for edges in ["edges", "links"]:
        text = json.dumps(nx.node_link_data(made, edges=edges))
        (folder / f"{name}-{edges}.json").write_text(text)
    (folder / f"{name}-adjacency.json").write_text(json.dumps(nx.adjacency_data(made)))
    (folder / f"{name}-cytoscape.json").write_text(json.dumps(nx.cytoscape_data(made)))
    found[name] = truth(made)
print(json.dumps(found))
