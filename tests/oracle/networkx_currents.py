"""Current-flow betweenness and closeness by networkx 3.6.1, of a graph too large for our exact ones: for tests/it/currents.rs.

    python3 networkx_currents.py > networkx_currents.tsv

The graph is that of `arcs(2_700, 3_000)` in the test, made here again, without values. Prints for every ninth actor its number, its betweenness
(not normalised) and its closeness, of which networkx gives the inverse of the sum of resistances and we that of their mean. It takes
some minutes, so that what it prints is kept. Nothing here comes from Chancery.
"""

import networkx as nx

state = 9


def below(most):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % most


def arcs(count, more):
    all_arcs = []
    for actor in range(1, count):
        known = below(1 << 30)
        to = below(actor) if not all_arcs or known % 3 == 0 else all_arcs[known % len(all_arcs)][1]
        below(4)  # the value, which is not asked here
        all_arcs.append((actor, to))
    for _ in range(more):
        a, b = below(count), below(count)
        below(4)
        all_arcs.append((max(a, b), min(a, b)))
    return sorted({(a, b) for a, b in all_arcs if a != b})


graph = nx.Graph(arcs(2700, 3000))
between = nx.current_flow_betweenness_centrality(graph, normalized=False, solver="full")
near = nx.current_flow_closeness_centrality(graph, solver="full")
for actor in range(0, 2700, 9):
    print(actor, between[actor], near[actor] * (len(graph) - 1), sep="\t")
