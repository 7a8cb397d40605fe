"""The first day on which contact can have come from one actor to all others, by plain enumeration.

Asked by tests/it/temporal.rs. Nothing but Python's own library (written for 3.10 and later): ties of a day are looked at
again and again until nobody new is reached, strictly or within the day.

    python arrivals.py EVENTS.tsv.gz ACTOR same-day|strict

prints each actor reached and its day, sorted by name.
"""

import csv
import gzip
import itertools
import sys


def main():
    path, start, pace = sys.argv[1:4]
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        ties = sorted((row[3], row[0], row[2]) for row in rows)
    reached = {start: ""}
    for day, today in itertools.groupby(ties, key=lambda tie: tie[0]):
        today = [(a, b) for _, a, b in today]
        while True:
            if pace == "strict":
                have = {actor for actor, since in reached.items() if since < day}
            else:
                have = set(reached)
            new = {y for a, b in today for x, y in ((a, b), (b, a)) if x in have and y not in reached}
            reached.update(dict.fromkeys(new, day))
            if not new or pace == "strict":
                break
    del reached[start]
    sys.stdout.reconfigure(encoding="utf-8")
    for actor, day in sorted(reached.items()):
        print(f"{actor}\t{day}")


main()
