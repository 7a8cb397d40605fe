"""The questions of benches/paths.rs, asked of networkx, igraph and, where it is installed, networkit.

    cargo bench --bench paths -- --peers FOLDER && python benches/peers/paths.py FOLDER

Each peer is asked about as many of the same pairs, in their order, as fit in a few seconds; times are of the processor, the
median of five runs. Prints a table with ratios. Versions: requirements.txt beside this file.
"""

import itertools
import json
import pathlib
import statistics
import sys
import time

import igraph
import networkx as nx

try:
    import networkit as nk
except ImportError:
    nk = None

QUESTIONS = {"shortest": 200, "count": 20, "simple10": 20}


def measure(ask, pairs):
    times = []
    for _ in range(5):
        before = time.process_time()
        for a, b in pairs:
            ask(a, b)
        times.append((time.process_time() - before) * 1e6 / len(pairs))
    return statistics.median(times)


def networkit(dyads):
    graph = nk.Graph(max(map(max, dyads)) + 1)
    for a, b in dyads:
        graph.addEdge(a, b)
    nk.setNumberOfThreads(1)

    def count(a, b):
        search = nk.distance.BFS(graph, a, True, False, b)
        search.run()
        return search.numberOfPaths(b)

    return {
        "shortest": lambda a, b: nk.distance.BidirectionalBFS(graph, a, b, True).run().getPath(),
        "count": count,
    }


def main():
    for folder in sorted(path.parent for path in pathlib.Path(sys.argv[1]).glob("**/dyads.tsv")):
        print(folder.name)
        ask(folder)


def ask(folder):
    rows = lambda name: [tuple(map(int, line.split())) for line in (folder / name).read_text().splitlines()]
    dyads, pairs = rows("dyads.tsv"), rows("pairs.tsv")
    ours = json.loads((folder / "ours.json").read_text())
    simple = nx.Graph(dyads)
    fast = igraph.Graph(n=max(map(max, dyads)) + 1, edges=dyads)
    peers = {
        "networkx": {
            "shortest": lambda a, b: nx.bidirectional_shortest_path(simple, a, b),
            "count": lambda a, b: sum(1 for _ in nx.all_shortest_paths(simple, a, b)),
            "simple10": lambda a, b: list(itertools.islice(nx.shortest_simple_paths(simple, a, b), 10)),
        },
        "igraph": {
            "shortest": lambda a, b: fast.get_shortest_path(a, b),
            "count": lambda a, b: len(fast.get_all_shortest_paths(a, b)),
            "simple10": lambda a, b: fast.get_k_shortest_paths(a, b, k=10),
        },
    }
    if nk:
        peers["networkit"] = networkit(dyads)
    print(f"{'':>10} {'chancery':>12} " + " ".join(f"{name:>12} {'ratio':>8}" for name in peers))
    for question, count in QUESTIONS.items():
        cells = []
        for asked in peers.values():
            if question not in asked:
                cells.append(f"{'–':>12} {'':>8}")
                continue
            spent = measure(asked[question], pairs[:count])
            cells.append(f"{spent:12.1f} {spent / ours[question]:8.1f}")
        print(f"{question:>10} {ours[question]:12.2f} " + " ".join(cells))


if __name__ == "__main__":
    main()
