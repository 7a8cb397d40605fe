"""Reads graph files with networkx and igraph, and prints what they hold as JSON.

networkx 3.6.1, python-igraph 1.0.0. Usage: read_graphs.py FILE…
"""

import json
import sys
from pathlib import Path

import networkx as nx

try:
    import igraph
except ImportError:
    igraph = None


def with_networkx(path):
    ending = path.suffix
    if ending == ".graphml":
        return nx.read_graphml(path, force_multigraph=True)
    if ending == ".gexf":
        return nx.read_gexf(path)
    if ending == ".net":
        return nx.read_pajek(path)
    return nx.cytoscape_graph(json.loads(path.read_text()))


def with_igraph(path):
    if path.suffix == ".graphml":
        return igraph.Graph.Read_GraphML(str(path))
    if path.suffix == ".net":
        return igraph.Graph.Read_Pajek(str(path))
    return None


graphs = []
for path in map(Path, sys.argv[1:]):
    graph = with_networkx(path)
    edges = []
    for source, target, key, data in graph.edges(keys=True, data=True):
        # networkx makes the id of an edge of GraphML its key.
        edges.append({"source": source, "target": target, "data": {"id": key, **data}})
    graphs.append({"by": "networkx", "file": path.name, "nodes": dict(graph.nodes(data=True)), "edges": edges})
    graph = with_igraph(path) if igraph else None
    if graph is not None:
        ids = graph.vs["id"] if "id" in graph.vs.attributes() else graph.vs["name"]
        nodes = {node: vertex.attributes() for node, vertex in zip(ids, graph.vs)}
        edges = [{"source": ids[e.source], "target": ids[e.target], "data": e.attributes()} for e in graph.es]
        graphs.append({"by": "igraph", "file": path.name, "nodes": nodes, "edges": edges})

# igraph has NaN where a number is missing, which JSON has not.
text = json.dumps({"has_igraph": igraph is not None, "graphs": graphs}).replace("NaN", "null")
print(text)
