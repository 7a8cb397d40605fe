"""Events and Goldstein weights of each pair by month, by plain counting.

Asked by tests/it/panel.rs. Nothing but Python's own library (written for 3.10 and later).

    python monthly_panel.py EVENTS.tsv.gz relation_to_cameo.tsv RENAMED.tsv

prints month, the two actors (the lesser name first), the number of events and the sum of their weights, sorted. Actors
have numbers for names, by which nobody is an organ of anybody, and the table is written with them too.
"""

import collections
import csv
import gzip
import sys
from decimal import Decimal


def main():
    with open(sys.argv[2], encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        weights = {row["relation"]: Decimal(row["goldstein"] or 0) for row in rows}
    counts, sums = collections.Counter(), collections.defaultdict(Decimal)
    with gzip.open(sys.argv[1], "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        numbers = collections.defaultdict(lambda: f"n{len(numbers):05}")
        renamed = [["subject", "relation", "object", "date"]]
        for a, relation, b, day in rows:
            a, b = numbers[a], numbers[b]
            renamed.append([a, relation, b, day])
            if a != b:
                key = (day[:7], *sorted((a, b)))
                counts[key] += 1
                sums[key] += weights[relation]
    with open(sys.argv[3], "w", encoding="utf-8", newline="") as file:
        file.writelines("\t".join(row) + "\n" for row in renamed)
    sys.stdout.reconfigure(encoding="utf-8")
    for key, count in sorted(counts.items()):
        print("\t".join([*key, str(count), str(sums[key])]))


main()
