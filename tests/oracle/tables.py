"""Counts of the real tables that tests/it/tables.rs reads, taken by other means.

Python 3 and its standard library only. Run: python3 tests/oracle/tables.py DATA
where DATA is the folder that CHANCERY_TEST_DATA names. Made with Python 3.12.
"""

import calendar
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


def day(row, columns, last):
    """First or last day that year, month and day columns allow."""
    year, month, date = (int(row[c] or -9) for c in columns)
    if year < 0:
        return (9999, 12, 31) if last else (0, 1, 1)
    if month < 1:
        month, date = (12, 31) if last else (1, 1)
    elif date < 1:
        date = calendar.monthrange(year, month)[1] if last else 1
    return (year, month, date)


def meet(a, b):
    return max(a[0], b[0]) <= min(a[1], b[1])


def disputes():
    sides = collections.defaultdict(lambda: {"0": [], "1": []})
    for row in rows("cow/MIDB_4.2.csv"):
        if row["sidea"] in ("0", "1"):
            span = day(row, ["styear", "stmon", "stday"], False), day(row, ["endyear", "endmon", "endday"], True)
            sides[row["dispnum3"]][row["sidea"]].append(span)
    print("MIDB: ties", sum(meet(a, b) for s in sides.values() for a in s["1"] for b in s["0"]))


def wars():
    sides = collections.defaultdict(lambda: {"1": [], "2": []})
    for row in rows("cow/Inter-StateWarData_v4.0.csv"):
        for n in "12":
            if int(row["StartYear" + n]) > 0:
                start = day(row, [f"Start{part}{n}" for part in ("Year", "Month", "Day")], False)
                sides[row["WarNum"]][row["Side"]].append(
                    (start, day(row, [f"End{part}{n}" for part in ("Year", "Month", "Day")], True))
                )
    print("wars: ties", sum(meet(a, b) for s in sides.values() for a in s["1"] for b in s["2"]))


def alliances():
    members = collections.defaultdict(list)
    for row in rows("cow/alliance_v4.1_by_member.csv"):
        span = day(row, ["mem_st_year", "mem_st_month", "mem_st_day"], False), day(
            row, ["mem_end_year", "mem_end_month", "mem_end_day"], True
        )
        members[row["version4id"]].append((row["ccode"], span))
    of_two = [m for m in members.values() if len(m) == 2 and m[0][0] != m[1][0]]
    ties = sum(len(m) for m in members.values()) - sum(meet(a[1], b[1]) for a, b in of_two)
    print("alliances: of two", len(of_two), "ties", ties)


def lists():
    for path in (
        "cow/igo_membership.csv",
        "cow/majors2016.csv",
        "cow/states2016.csv",
        "states/cowstates.csv",
        "states/gwstates.csv",
        "missions/mission_status_range_cow_v0.1.csv",
    ):
        print(path, "rows", len(rows(path)))


disputes()
wars()
alliances()
lists()
icews_sample()
gdelt("gdelt/native_like_v1.export.CSV")
gdelt("gdelt/native_like_v2.export.CSV")
icews18_mirrors()
