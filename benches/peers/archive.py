"""One load and one question, of chancery's archive and of other stores and libraries, on the same table of ties.

    cargo build --release && python3 -m venv .venv && .venv/bin/pip install -r benches/peers/requirements.txt
    .venv/bin/python benches/peers/archive.py made.csv [--only chancery,kuzu] [--runs 3]

The table has a header and the columns source, relation, target and date: `archive.py --make 100000 1000000 made.csv` makes it
(heavy-tailed degrees, always the same; integer ids, or strings with `--strings`). Each store loads the table in a process of its
own, and answers in another one whether two actors are joined and by how many steps. Printed are CPU seconds (user and system,
children included), peak memory and bytes on disk; medians. A store that is not installed is said. Versions: requirements.txt.
"""

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

RELATIONS = """visit host meeting consultation negotiation mediation signature agreement statement praise accusation
protest economic-aid humanitarian-aid military-aid economic-cooperation shipment sanction attack clash""".split()
EXPONENT = 2.3


def make(actors, ties, path, strings):
    """Chung and Lu (2002), as benches/made/mod.rs draws them: DOI 10.1007/PL00012580."""
    power = 1 - 1 / (EXPONENT - 1)
    whole, state, mask = (actors + 1.0) ** power - 1, 23, (1 << 64) - 1
    name = (lambda at: f"n{at:07}") if strings else str
    with open(path, "w", buffering=1 << 20) as out:
        out.write("source,relation,target,date\n")
        for _ in range(ties):
            draw = []
            for _ in range(6):
                state = (state * 6364136223846793005 + 1442695040888963407) & mask
                draw.append(state >> 33)
            places = (min(int((share / 2**31 * whole + 1) ** (1 / power) - 1), actors - 1) for share in draw[:2])
            a, b = (place * 2654435761 % actors for place in places)
            if a != b:
                day = f"{1945 + draw[3] % 81}-{1 + draw[4] % 12:02}-{1 + draw[5] % 28:02}"
                out.write(f"{name(a)},{RELATIONS[draw[2] % 20]},{name(b)},{day}\n")


def rows(path):
    with open(path) as lines:
        next(lines)
        for line in lines:
            yield line.rstrip("\n").split(",")


# What keeps its data: a load into `store`, and a question of it.
def duckdb_load(table, store):
    import duckdb

    base = duckdb.connect(f"{store}/ties.db", config={"threads": 1})
    base.execute(f"CREATE TABLE ties AS SELECT * FROM read_csv('{table}', all_varchar = true)")
    base.close()


def duckdb_ask(store, a, b):
    import duckdb

    base = duckdb.connect(f"{store}/ties.db", read_only=True, config={"threads": 1})
    base.execute("CREATE TEMP TABLE met AS SELECT ?::VARCHAR AS node, 0 AS steps", [a])
    for steps in range(7):
        if base.execute("SELECT count(*) FROM met WHERE node = ?", [b]).fetchone()[0]:
            return steps
        base.execute(
            """INSERT INTO met SELECT DISTINCT node, ? FROM (
                 SELECT target AS node FROM ties JOIN met ON ties.source = met.node WHERE steps = ?
                 UNION SELECT source FROM ties JOIN met ON ties.target = met.node WHERE steps = ?)
               WHERE node NOT IN (SELECT node FROM met)""",
            [steps + 1, steps, steps],
        )
    return None


def cypher(module):
    def load(table, store):
        base = module().Database(f"{store}/graph")
        link = module().Connection(base, num_threads=1)
        nodes, ties = f"{store}/nodes.csv", f"{store}/ties.csv"
        known = {}
        with open(ties, "w") as out:
            for source, relation, target, day in rows(table):
                known[source] = known[target] = None
                out.write(f"{source},{target},{relation},{day}\n")
        pathlib.Path(nodes).write_text("".join(f"{id}\n" for id in known))
        link.execute("CREATE NODE TABLE Actor(id STRING, PRIMARY KEY(id))")
        link.execute("CREATE REL TABLE Tie(FROM Actor TO Actor, relation STRING, day DATE)")
        link.execute(f"COPY Actor FROM '{nodes}' (header=false)")
        link.execute(f"COPY Tie FROM '{ties}' (header=false)")
        for path in (nodes, ties):
            os.remove(path)

    def ask(store, a, b):
        base = module().Database(f"{store}/graph", read_only=True)
        link = module().Connection(base, num_threads=1)
        question = "MATCH p = (a:Actor {id: $a})-[:Tie* SHORTEST 1..6]-(b:Actor {id: $b}) RETURN length(p)"
        return link.execute(question, {"a": a, "b": b}).get_next()[0]

    return load, ask


def kuzu():
    import kuzu

    return kuzu


def ladybug():
    import ladybug

    return ladybug


# What lives in memory: the load is the question's as well.
def networkx_load(table, _):
    import networkx

    graph = networkx.MultiDiGraph()
    for source, relation, target, day in rows(table):
        graph.add_edge(source, target, relation=relation, date=day)


def igraph_load(table, _):
    import igraph

    igraph.Graph.TupleList(((s, t, r, d) for s, r, t, d in rows(table)), directed=True, edge_attrs=["relation", "date"])


def networkit_load(table, _):
    import networkit

    graph, numbers = networkit.Graph(0, directed=True), {}
    for source, _, target, _ in rows(table):
        ends = [numbers.setdefault(id, len(numbers)) for id in (source, target)]
        graph.addEdge(*ends, addMissing=True)


def rustworkx_load(table, _):
    import rustworkx

    graph, numbers = rustworkx.PyDiGraph(), {}
    ties = [(numbers.setdefault(s, len(numbers)), numbers.setdefault(t, len(numbers)), (r, d)) for s, r, t, d in rows(table)]
    graph.add_nodes_from(list(numbers))
    graph.add_edges_from(ties)


def raphtory_load(table, _):
    import pandas
    import raphtory

    frame = pandas.read_csv(table, dtype=str)
    frame["date"] = pandas.to_datetime(frame["date"])
    graph = raphtory.Graph()
    graph.load_edges(data=frame, time="date", src="source", dst="target", layer_col="relation")


def chancery_load(program):
    return lambda table, store: subprocess.run(
        [program, "load", table, "--into", f"{store}/ties.chancery"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def chancery_ask(program, *lens):
    def ask(store, a, b):
        command = [program, "paths", a, b, "--limit", "1", "--channel", "all", *lens, "--graph", f"{store}/ties.chancery"]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return next((line for line in done.stdout.splitlines() if line.strip()), "")

    return ask


def stores(program):
    narrow = chancery_ask(program, "--relation", "visit", "--during", "1990/1995")
    return {
        "chancery": (chancery_load(program), chancery_ask(program)),
        "chancery, visits 1990/1995": (None, narrow),
        "DuckDB": (duckdb_load, duckdb_ask),
        "kuzu": cypher(kuzu),
        "ladybug": cypher(ladybug),
        "raphtory": (raphtory_load, None),
        "networkit": (networkit_load, None),
        "rustworkx": (rustworkx_load, None),
        "igraph": (igraph_load, None),
        "networkx": (networkx_load, None),
    }


def spent(run):
    """CPU seconds and peak MB of a run in a process of its own, and what it gives or why it fails."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            told = f"+{run()}"
        except Exception as error:  # whatever a peer raises is shown in its row
            told = f"-{type(error).__name__}: {error}".splitlines()[0]
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        seconds = sum(part.ru_utime + part.ru_stime for part in used)
        os.write(write, f"{seconds} {max(part.ru_maxrss for part in used) / 1024} {told[:200]}".encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    if not text:
        return None, None, "-it was killed"
    seconds, memory, told = text.split(" ", 2)
    return float(seconds), float(memory), told


def size(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file())


def row(name, what, measured, ours, extra=""):
    seconds = statistics.median(one[0] for one in measured)
    memory = statistics.median(one[1] for one in measured)
    ratio = f"{seconds / ours:8.2f}" if ours else " " * 8
    print(f"{name:>28} {what:>6} {seconds:10.3f} {ratio} {memory:9.0f} {extra}", flush=True)
    return seconds


def main():
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("table")
    told.add_argument("--make", nargs=2, type=int, metavar=("ACTORS", "TIES"))
    told.add_argument("--strings", action="store_true")
    told.add_argument("--only", default="")
    told.add_argument("--runs", type=int, default=3)
    told.add_argument("--program", default="target/release/chancery")
    told.add_argument("--pair", nargs=2, default=None)
    args = told.parse_args()
    if args.make:
        return make(*args.make, args.table, args.strings)
    every = list(zip(range(2000), rows(args.table)))
    a, b = args.pair or (every[0][1][0], every[-1][1][2])
    only = [name for name in args.only.split(",") if name]
    print(f"{'':>28} {'':>6} {'CPU s':>10} {'ratio':>8} {'peak MB':>9} bytes a tie, or the answer for {a} and {b}")
    ties = sum(1 for _ in rows(args.table))
    with tempfile.TemporaryDirectory() as folder:
        ours = {}
        for name, (load, ask) in stores(os.path.abspath(args.program)).items():
            base = name.split(",")[0]
            if only and base not in only:
                continue
            store = pathlib.Path(folder, base)
            for what, run, count in (("load", load and (lambda: load(args.table, str(store))), args.runs), ("ask", ask and (lambda: ask(str(store), a, b)), args.runs)):
                if not run:
                    continue
                measured = []
                for _ in range(count):
                    if what == "load":
                        shutil.rmtree(store, ignore_errors=True)
                        store.mkdir()
                    seconds, memory, answer = spent(run)
                    if answer.startswith("-"):
                        print(f"{name:>28} {what:>6} {answer[1:]}", flush=True)
                        measured = []
                        break
                    measured.append((seconds, memory))
                if measured:
                    extra = f"{size(store) / ties:.1f}" if what == "load" and size(store) else ("" if what == "load" else answer[1:].strip())
                    seconds = row(name, what, measured, ours.get(what), extra)
                    ours.setdefault(what, seconds)


if __name__ == "__main__":
    sys.exit(main())
