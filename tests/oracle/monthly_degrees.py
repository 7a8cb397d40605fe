"""Number of others that each actor has an event with, month by month, by plain counting.

Asked by tests/it/series.rs. Nothing but Python's own library (written for 3.10 and later).

    python monthly_degrees.py EVENTS.tsv.gz

prints month, actor and degree, sorted.
"""

import collections
import csv
import gzip
import sys


def main():
    with gzip.open(sys.argv[1], "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        others = collections.defaultdict(set)
        for a, _, b, day in rows:
            if a != b:
                others[day[:7], a].add(b)
                others[day[:7], b].add(a)
    sys.stdout.reconfigure(encoding="utf-8")
    for (month, actor), known in sorted(others.items()):
        print(f"{month}\t{actor}\t{len(known)}")


main()
