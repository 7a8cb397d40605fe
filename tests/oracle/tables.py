"""Counts of the real tables that tests/it/tables.rs reads, taken by other means.

Python 3 and its standard library only. Run: python3 tests/oracle/tables.py DATA
where DATA is the folder that CHANCERY_TEST_DATA names. Made with Python 3.12.
"""

import collections
import csv
import gzip
import io
import pathlib
import sys

data = pathlib.Path(sys.argv[1])


def rows(path, **options):
    """The rows of a table as dictionaries, whatever its line ends and encoding."""
    raw = (data / path).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [row for row in csv.DictReader(io.StringIO(text), **options) if any(row.values())]


def icews_sample():
    table = rows("icews/events.2018.sample.tab", delimiter="\t", quoting=csv.QUOTE_NONE)
    names = {row[end] for row in table for end in ("Source Name", "Target Name")}
    print("icews sample: actors", len(names), "ties", len(table))


def gdelt(path):
    table = [line.split("\t") for line in (data / path).read_text(encoding="utf-8").splitlines()]
    sides = [(row[5] or row[6], row[15] or row[16]) for row in table]
    codes = {side for pair in sides for side in pair if side}
    single = sum(1 for a, b in sides if bool(a) != bool(b))
    ties = sum(1 for a, b in sides if a or b)
    print(path, "actors", len(codes) + single, "of them events", single, "ties", ties)


def icews18_mirrors():
    seen = collections.defaultdict(collections.Counter)
    with gzip.open(data / "icews/icews18.tsv.gz", "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            source, relation, target, day = line.rstrip("\n").split("\t")
            if source != target:
                seen[relation][source, target, day] += 1
    host = seen["Host a visit"]
    visits = sum(min(n, host[b, a, day]) for (a, b, day), n in seen["Make a visit"].items())
    mutual = ["Consult", "Discuss by telephone", "Meet at a 'third' location", "Engage in negotiation", "Sign formal agreement"]
    pairs = sum(min(n, seen[r][b, a, day]) for r in mutual for (a, b, day), n in seen[r].items() if a < b)
    print("icews18: visits hosted the same day", visits, "mutual", pairs)


icews_sample()
gdelt("gdelt/native_like_v1.export.CSV")
gdelt("gdelt/native_like_v2.export.CSV")
icews18_mirrors()
