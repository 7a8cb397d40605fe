"""Prints the rows of the segments of an archive as JSON, read by pyarrow alone (pyarrow 26.0.1)."""

import json
import pathlib
import sys

import pyarrow.ipc

rows = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.arrow")):
    with pyarrow.ipc.open_file(path) as segment:
        rows += segment.read_all().to_pylist()
print(json.dumps(rows, ensure_ascii=False))
