"""Prints the rows of the segments of an archive as JSON, read by pyarrow alone (pyarrow 26.0.1)."""

import json
import pathlib
import sys

import pyarrow.ipc

rows = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.arrow")):
    with pyarrow.ipc.open_file(path) as segment:
        table = segment.read_all()
        alike = {field.name: field.metadata or {} for field in table.schema}
        for at, row in enumerate(table.to_pylist()):
            for name, said in alike.items():
                if b"value" in said:
                    row[name] = said[b"value"].decode()
                if b"first" in said:
                    row[name] = int(said[b"first"]) + at
            rows.append({**row, "file": int(row["file"])})
print(json.dumps(rows, ensure_ascii=False))
