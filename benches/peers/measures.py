"""The questions of benches/measures.rs, asked of igraph, networkit, networkx, rustworkx, numpy, DuckDB, polars, and of graph-tool where it is
installed (a package of the system: `apt-get install python3-graph-tool`).

    cargo bench --bench measures -- --large --peers FOLDER
    python -m venv .peers && .peers/bin/pip install -r benches/peers/requirements.txt && .peers/bin/python benches/peers/measures.py FOLDER

Times are of the processor, of one thread, the median of three runs (of one above a minute); graphs are made before. Prints a table
with ratios to the times that the benchmark left beside the graphs. Names of graphs or questions after FOLDER ask these alone.
"""

import json
import os
import pathlib
import statistics
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402


def optional(name):
    try:
        return __import__(name)
    except ImportError:
        return None


def igraph(dyads, count):
    import igraph as ig

    graph = ig.Graph(n=count, edges=dyads)
    return {
        "betweenness": lambda: graph.betweenness(),
        "closeness": lambda: graph.closeness(),
        "pagerank": lambda: graph.pagerank(implementation="prpack"),
        "components": lambda: graph.connected_components(),
        "cores": lambda: graph.coreness(),
        "leiden": lambda: graph.community_leiden("modularity", n_iterations=-1).modularity,
    }


def networkit(dyads, count):
    nk = optional("networkit")
    nk.setNumberOfThreads(1)
    nk.setSeed(1, False)
    graph = nk.GraphFromCoo((dyads[:, 0].astype(np.uint64), dyads[:, 1].astype(np.uint64)), n=count)

    def leiden():
        search = nk.community.ParallelLeiden(graph, iterations=3)
        search.run()
        return nk.community.Modularity().getQuality(search.getPartition(), graph)

    return {
        "betweenness": lambda: nk.centrality.Betweenness(graph).run(),
        "closeness": lambda: nk.centrality.Closeness(graph, True, nk.centrality.ClosenessVariant.GENERALIZED).run(),
        "pagerank": lambda: nk.centrality.PageRank(graph, 0.85, 1e-8).run(),
        "components": lambda: nk.components.ConnectedComponents(graph).run(),
        "cores": lambda: nk.centrality.CoreDecomposition(graph).run(),
        "leiden": leiden,
    }


def rustworkx(dyads, count):
    rx = optional("rustworkx")
    graph = rx.PyGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from_no_data([tuple(dyad) for dyad in dyads.tolist()])
    return {
        "betweenness": lambda: rx.betweenness_centrality(graph, normalized=False),
        "closeness": lambda: rx.closeness_centrality(graph),
        "pagerank": lambda: rx.pagerank(graph.to_directed(), tol=1e-8),
        "components": lambda: rx.connected_components(graph),
        "cores": lambda: rx.core_number(graph),
    }


def graph_tool(dyads, count):
    import graph_tool.all as gt

    gt.openmp_set_num_threads(1)
    graph = gt.Graph(directed=False)
    graph.add_vertex(count)
    graph.add_edge_list(dyads)
    return {
        "betweenness": lambda: gt.betweenness(graph, norm=False),
        "closeness": lambda: gt.closeness(graph),
        "pagerank": lambda: gt.pagerank(graph, epsilon=1e-8),
        "components": lambda: gt.label_components(graph),
        "cores": lambda: gt.kcore_decomposition(graph),
    }


def tables(ties, count):
    """Ties of each actor in each year, the first ten."""
    ends = np.concatenate([ties[:, 0], ties[:, 1]])
    years = np.concatenate([ties[:, 2], ties[:, 2]])

    def numpy_years():
        for year in range(1945, 2026):
            counts = np.bincount(ends[years == year], minlength=count)
            np.argpartition(counts, -10)[-10:]

    peers = {"numpy": numpy_years}
    duckdb, polars = optional("duckdb"), optional("polars")
    if duckdb:
        connection = duckdb.connect()
        connection.execute("set threads = 1")
        source, target, year = (np.ascontiguousarray(ties[:, at]) for at in range(3))
        connection.register("arrays", {"source": source, "target": target, "year": year})
        connection.execute("create table ties as select * from arrays")
        question = """select year, actor, count(*) as ties from
            (select year, source as actor from ties union all select year, target from ties)
            group by year, actor qualify row_number() over (partition by year order by ties desc, actor) <= 10"""
        peers["duckdb"] = lambda: connection.execute(question).fetchall()
    if polars:
        frame = polars.DataFrame({"year": years, "actor": ends})
        peers["polars"] = lambda: (
            frame.group_by("year", "actor").len().sort("len", descending=True).group_by("year").head(10)
        )
    return peers


def writers(ties, count):
    """GraphML and DOT of ties, each with its relation (here one for all) and year, by who writes them; to a file that is taken away."""
    folder = tempfile.TemporaryDirectory()
    path = os.path.join(folder.name, "graph")
    ends, years = ties[:, :2].tolist(), ties[:, 2].tolist()
    igraph, networkx, rustworkx = optional("igraph"), optional("networkx"), optional("rustworkx")
    peers = []
    if igraph:
        one = igraph.Graph(n=count, edges=ends, directed=True, edge_attrs={"relation": ["visit"] * len(ends), "year": years})
        peers.append(("graphml", "igraph", lambda: one.write_graphml(path)))
        peers.append(("dot", "igraph", lambda: one.write_dot(path)))
    if rustworkx:
        two = rustworkx.PyDiGraph()
        two.add_nodes_from(range(count))
        two.add_edges_from([(a, b, ("visit", str(year))) for (a, b), year in zip(ends, years)])
        told = lambda edge: {"relation": edge[0], "year": edge[1]}
        peers.append(("graphml", "rustworkx", lambda: rustworkx.write_graphml(two, path)))
        peers.append(("dot", "rustworkx", lambda: two.to_dot(edge_attr=told, filename=path)))
    if networkx:
        three = networkx.MultiDiGraph()
        three.add_nodes_from(range(count))
        three.add_edges_from((a, b, {"relation": "visit", "year": year}) for (a, b), year in zip(ends, years))
        peers.append(("graphml", "networkx", lambda: networkx.write_graphml(three, path)))
    return folder, peers


def measure(ask):
    times = []
    while len(times) < 3 and sum(times) < 60:
        before = time.process_time()
        answer = ask()
        times.append(time.process_time() - before)
    return statistics.median(times), answer


def show(question, peer, ours, spent, answer):
    said = f"  modularity {answer:.4f}" if isinstance(answer, float) else ""
    print(f"{question:>12} {peer:>12} {spent:10.4f} s {spent / ours:8.1f} times ours{said}", flush=True)


def main():
    folder, chosen = pathlib.Path(sys.argv[1]), sys.argv[2:]
    graphs = sorted(path.parent for path in folder.glob("*/dyads.u32"))
    for graph in graphs:
        questions = [name for name in chosen if name not in {other.name for other in graphs}]
        if any(other.name in chosen for other in graphs) and graph.name not in chosen:
            continue
        ours = json.loads((graph / "ours.json").read_text())
        dyads = np.fromfile(graph / "dyads.u32", dtype="<u4").reshape(-1, 2)
        count = int(dyads.max()) + 1
        print(graph.name, f"({count} actors, {len(dyads)} dyads)", flush=True)
        for question, spent in ours.items():
            print(f"{question:>12} {'chancery':>12} {spent:10.4f} s")
        for name, make in [("igraph", igraph), ("networkit", networkit), ("rustworkx", rustworkx), ("graph_tool", graph_tool)]:
            if not optional(name):
                continue
            peer = make(dyads, count)
            for question in [question for question in ours if question in peer and question in (questions or ours)]:
                show(question, name, ours[question], *measure(peer[question]))
        if "years" in ours and "years" in (questions or ours):
            ties = np.fromfile(graph / "ties.u32", dtype="<u4").reshape(-1, 3)
            for name, ask in tables(ties, count).items():
                show("years", name, ours["years"], *measure(ask)[:1], None)
        if {"graphml", "dot"} & set(ours) & set(questions or ours):
            ties = np.fromfile(graph / "ties.u32", dtype="<u4").reshape(-1, 3)
            folder, peers = writers(ties, count)
            with folder:
                for question, name, ask in peers:
                    if question in ours and question in (questions or ours):
                        show(question, name, ours[question], *measure(ask)[:1], None)


if __name__ == "__main__":
    main()
