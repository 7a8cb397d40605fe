"""Reads a GraphML file with igraph and writes it again.

python-igraph 1.0.0. Usage: igraph_rewrites.py IN OUT
"""

import sys

try:
    import igraph
except ImportError:
    print("no igraph")
    sys.exit()

igraph.Graph.Read_GraphML(sys.argv[1]).write_graphml(sys.argv[2])
