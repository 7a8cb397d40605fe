"""Writes tables as other programs write them, for tests/it/typed_tables.rs: workbooks by openpyxl 3.1 (and an .ods by hand),
Parquet and Arrow by pyarrow. The argument is the folder. A last line says, as JSON, what is in them."""

import datetime
import json
import sys
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq

folder = Path(sys.argv[1])

book = openpyxl.Workbook()
actors = book.active
actors.title = "Actors"
actors.append(["Actors of a small world"])
actors.append([])
actors.append(["id", "name", "name_zh", "kind", "population", "since", "is member"])
actors.append([1, "Aland", "阿蘭", "country", 3, datetime.date(1921, 3, 13), True])
actors.append([2, "Bemia", None, "country", 4.5, None, False])
actors.append(["NA", "two\nlines\tand a tab", None, None, None, None, None])
ties = book.create_sheet("Ties")
ties.append(["from", "to", "relation", "date", "weight", "note"])
ties.append([1, 2, "visit", datetime.date(1990, 7, 1), 2, None])
ties.append([2, 1, "visit", datetime.datetime(1990, 7, 2, 12, 30), 3, "a \\ b"])
ties.append([])
ties.append([2, "NA", None, "1991-02", 1, None])
notes = book.create_sheet("Notes")
notes.append(["what these are"])
hidden = book.create_sheet("Lists")
hidden.append(["source", "target"])
hidden.append(["x", "y"])
hidden.sheet_state = "hidden"
book.create_sheet("Empty")
book.save(folder / "world.xlsx")

bad = openpyxl.Workbook()
bad.active.title = "Ties"
bad.active.append(["from", "to", "date"])
bad.active.append(["a", "b", "1990"])
bad.active.append([])
bad.active.append(["a", None, "1990"])
bad.active.append(["a", "b", "July 1990"])
bad.active.append(["a", "=1/0", "1990"])
bad.save(folder / "bad.xlsx")

far = openpyxl.Workbook()
far.active.append(["from", "to"])
far.active.append(["a", "b"])
far.active["XFD1048576"] = "far"
far.save(folder / "far.xlsx")

cell = '<table:table-cell office:value-type="{}" {}><text:p>{}</text:p></table:table-cell>'
rows = [
    [("string", "", "source"), ("string", "", "target"), ("string", "", "when"), ("string", "", "n")],
    [
        ("string", "", "a"),
        ("string", "", "b"),
        ("date", 'office:date-value="1990-07-01"', "1 July"),
        ("float", 'office:value="3"', "3"),
    ],
]
content = "".join(f"<table:table-row>{''.join(cell.format(*one) for one in row)}</table:table-row>" for row in rows)
spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
with zipfile.ZipFile(folder / "world.ods", "w") as ods:
    ods.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    ods.writestr(
        "META-INF/manifest.xml",
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    )
    ods.writestr(
        "content.xml",
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Sheet1">{content}'
        "</table:table></office:spreadsheet></office:body></office:document-content>",
    )

day = datetime.date
table = pa.table(
    {
        "source": pa.array(["1", "2", "2"]).dictionary_encode(),
        "target": pa.array(["2", "1", "x\ty"]),
        "relation": pa.array(["visit", "visit", None]),
        "date": pa.array([day(1990, 7, 1), day(1867, 7, 1), None], pa.date32()),
        "weight": pa.array([1.5, 2.0, None], pa.float32()),
        "count": pa.array([3, None, 2**40], pa.int64()),
        "sure": pa.array([True, False, None]),
        "places": pa.array([["Ulan Bator", "北京"], [], None]),
        "seen": pa.array([datetime.datetime(1990, 7, 1, 12, 30), None, None], pa.timestamp("us", tz="UTC")),
        "price": pa.array([None, None, "1.50"]).cast(pa.decimal128(9, 2)),
        "raw": pa.array([b"\x00", None, None]),
    }
)
pq.write_table(table, folder / "ties.parquet")
pq.write_table(table, folder / "gzip.parquet", compression="gzip", row_group_size=1)
pq.write_table(table, folder / "zstd.parquet", compression="zstd")
pa.feather.write_feather(table, folder / "ties.feather", compression="uncompressed")
with pa.OSFile(str(folder / "ties.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
    writer.write_table(table, max_chunksize=2)
with pa.OSFile(str(folder / "stream.arrow"), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
    writer.write_table(table)
nodes = pa.table({"id": ["1", "2"], "label": ["Aland", "Bemia"], "score": [0.25, None]})
pq.write_table(nodes, folder / "nodes.parquet")
print(json.dumps({"pyarrow": pa.__version__, "openpyxl": openpyxl.__version__}))
