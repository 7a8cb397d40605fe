#!/usr/bin/env python3
"""Makes the gazetteer: every state since 1816, as a Chancery graph.

    make.py DATA            writes states.json, departures.csv and collisions.csv beside this script
    make.py DATA --check    says whether they are current (exit 1 if not)

DATA is the folder of public data, with states/cowstates.csv, states/gwstates.csv and
names/territory_names_cldr_babel.csv. What no list has stands in our own tables under own/; README.md
says what each decides. Python's standard library is all it needs.
"""

import csv
import datetime
import io
import json
import pathlib
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
OWN = HERE / "own"
LISTS_BEGIN = datetime.date(1816, 1, 1)
NO_END = datetime.date(9999, 12, 31)
ONE_DAY = datetime.timedelta(days=1)
# A difference between the lists is worth a line in departures.csv from here on.
NOTABLE_DAYS = 365
SIZE_LIMIT_BYTES = 250 * 1024
LANGUAGES = {
    "en": "en",
    "zh_Hant": "zh-Hant",
    "zh_Hans": "zh-Hans",
    "ko": "ko",
    "ja": "ja",
    "mn": "mn",
    "ru": "ru",
    "es": "es",
    "fr": "fr",
}
LIST_REFERENCES = {"cow": "cow-states-2016", "gw": "gw-states"}
SUCCESSIONS_CITE = {"cow-states-2016", "gw-states", "gleditsch-ward-1999"}
LICENSE = "(MIT OR Apache-2.0) AND Unicode-3.0"
# The order of an actor's names within a language; `short` takes the place of CLDR's name, a blank is a variant.
USES = ["short", "official", "common", "", "former", "romanisation", "wrong"]
MODES = {"continuation", "succession", "partial", "secession", "merger"}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return datetime.date.fromisoformat(text)


def ensure(holds, message):
    """All that must hold of the tables; the first thing that does not is said, and nothing is written."""
    if not holds:
        sys.exit(f"error: {message}")


# --- the two lists -------------------------------------------------------------------------------


def read_list(path, number, abbreviation):
    """Number -> its rows, each (abbreviation, name, start, end), in order of time."""
    table = {}
    for row in rows(path):
        entry = (row[abbreviation], row["country_name"], day(row["start"]), day(row["end"]))
        table.setdefault(row[number], []).append(entry)
    for entries in table.values():
        entries.sort(key=lambda entry: entry[2])
    return table


def assign(scheme, table, actors, splits):
    """Gives every row of a list to one actor, or, where the gazetteer divides it, each day to one.

    Returns actor -> list of (number, start, end).
    """
    owners = {}
    for actor in actors:
        for number in actor[scheme].split():
            owners.setdefault(number, []).append(actor["id"])
    ensure(set(owners) == set(table), f"{scheme}: numbers without actor or row: {set(owners) ^ set(table)}")
    periods = {}
    for number, entries in table.items():
        parts = [s for s in splits if s["scheme"] == scheme and s["number"] == number]
        if not parts:
            ensure(len(owners[number]) == 1, f"{scheme} {number}: {owners[number]} need a split")
            for _, _, start, end in entries:
                periods.setdefault(owners[number][0], []).append((number, start, end))
            continue
        named = {part["id"] for part in parts}
        ensure(named == set(owners[number]), f"{scheme} {number}: split names {named}, codes say {owners[number]}")
        parts.sort(key=lambda part: part["from"])
        ensure(day(parts[0]["from"]) == entries[0][2], f"{scheme} {number}: split begins on another day")
        ensure(day(parts[-1]["to"]) >= entries[-1][3], f"{scheme} {number}: split ends before its rows")
        for before, after in zip(parts, parts[1:]):
            ensure(day(before["to"]) + ONE_DAY == day(after["from"]), f"{scheme} {number}: gap in split")
        for part in parts:
            for _, _, start, end in entries:
                first, last = max(start, day(part["from"])), min(end, day(part["to"]))
                if first <= last:
                    periods.setdefault(part["id"], []).append((number, first, last))
    return periods


def union(periods):
    """Periods that touch or overlap become one."""
    merged = []
    for start, end in sorted(periods):
        if merged and (merged[-1][1] == NO_END or start <= merged[-1][1] + ONE_DAY):
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return [tuple(period) for period in merged]


def written(periods):
    """EDTF intervals: open before the lists begin, and where a life has not ended."""
    texts = []
    for start, end in periods:
        first = ".." if start <= LISTS_BEGIN else start.isoformat()
        last = ".." if end == NO_END else end.isoformat()
        texts.append(f"{first}/{last}")
    return texts


def differ(a, b):
    """Whether two lives differ notably: in their gaps, or by more than a year at an end."""
    if len(a) != len(b):
        return True
    ends = [(x, y) for p, q in zip(a, b) for x, y in zip(p, q)]
    return any(abs((x - y).days) > NOTABLE_DAYS for x, y in ends)


# --- names ---------------------------------------------------------------------------------------


def spelled_out(text, language):
    """CLDR shortens the Russian words for island; here they are whole, so that they are found."""
    if language != "ru":
        return text
    for short, whole in (("о-ва ", "Острова "), ("о-в ", "Остров ")):
        if text.startswith(short):
            text = whole + text[len(short) :]
    return text.replace(" о-ва", " острова")


def key_of(text):
    """Letters and digits alone, without case and marks: the lists' own spellings must be found so."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in plain if c.isalnum())


def names_of(actor, cldr, own):
    """The short name in each language comes first: it is the one that answers show."""
    mine = [row for row in own if row["id"] == actor["id"]]
    languages = list(LANGUAGES.values())
    languages += sorted({row["lang"] for row in mine} - set(languages))
    names = []
    for language in languages:
        column = next((c for c, tag in LANGUAGES.items() if tag == language), None)
        here = sorted((row for row in mine if row["lang"] == language), key=lambda row: USES.index(row["use"]))
        short = [row["text"] for row in here if row["use"] == "short"]
        ensure(len(short) <= 1, f"{actor['id']}: two short names in {language}")
        if not short and column and actor["iso2"] in cldr and cldr[actor["iso2"]][column]:
            short = [spelled_out(cldr[actor["iso2"]][column], language)]
        group, seen = [], set()
        for text in short:
            group.append({"text": text, "lang": language})
            seen.add(text)
        for row in here:
            if row["use"] == "short":
                continue
            if row["text"] in seen:
                # The short name is also the official one: one name, the fuller mark.
                for name in group:
                    if name["text"] == row["text"] and row["use"] == "official" and "use" not in name:
                        name["use"] = "official"
                continue
            seen.add(row["text"])
            name = {"text": row["text"], "lang": language}
            if row["use"]:
                name["use"] = row["use"]
            if row["when"]:
                name["when"] = row["when"]
            group.append(name)
        names += group
    return names


# --- the three files -----------------------------------------------------------------------------


def build(data):
    actors = rows(OWN / "actors.csv")
    splits = rows(OWN / "splits.csv")
    choices = {row["id"]: row for row in rows(OWN / "existence.csv")}
    own_names = rows(OWN / "names.csv")
    notes = {row["id"]: row["note"] for row in rows(OWN / "notes.csv")}
    successions = rows(OWN / "successions.csv")
    references = json.loads((OWN / "references.json").read_text(encoding="utf-8"))
    cldr = {row["iso2"]: row for row in rows(data / "names" / "territory_names_cldr_babel.csv")}
    lists = {
        "cow": read_list(data / "states" / "cowstates.csv", "cowcode", "cowc"),
        "gw": read_list(data / "states" / "gwstates.csv", "gwcode", "gwc"),
    }
    ids = [actor["id"] for actor in actors]
    ensure(len(set(ids)) == len(ids), "an id stands twice in own/actors.csv")
    for table, used in (("existence", choices), ("notes", notes), ("names", [r["id"] for r in own_names])):
        ensure(set(used) <= set(ids), f"own/{table}.csv names no actor: {set(used) - set(ids)}")
    periods = {scheme: assign(scheme, table, actors, splits) for scheme, table in lists.items()}

    nodes, departures = [], []
    for actor in sorted(actors, key=lambda actor: actor["id"]):
        key = actor["id"]
        node = {"id": key, "kind": actor["kind"], "names": names_of(actor, cldr, own_names)}
        codes = {}
        for scheme in ("iso2", "iso3"):
            if actor[scheme]:
                codes[scheme] = actor[scheme]
        cites = []
        for scheme, table in lists.items():
            values, places = [], []
            for number in actor[scheme].split():
                for abbreviation in dict.fromkeys(entry[0] for entry in table[number]):
                    values += [number, abbreviation]
                    places.append(f"{number} {abbreviation}")
            if values:
                codes[scheme] = values
                cites.append({"ref": LIST_REFERENCES[scheme], "locator": "; ".join(places)})
        if actor["cameo"]:
            codes["cameo"] = actor["cameo"]
        if codes:
            node["codes"] = codes

        lives = {s: union((a, b) for _, a, b in periods[s].get(key, [])) for s in lists}
        default = union(period for life in lives.values() for period in life)
        texts = {scheme: written(life) for scheme, life in lives.items()}
        existence = written(default)
        reason = ""
        if key in choices:
            reason = choices[key]["reason"]
            chosen = choices[key]["existence"].split()
            ensure(chosen != written(default), f"own/existence.csv: {key} is what the lists give anyway")
            # No dates of our own: the reason is for what the lists give together.
            existence = chosen or existence
        elif all(lives.values()) and differ(lives["cow"], lives["gw"]):
            reason = "a state exists where either list counts it"
        if existence:
            node["existence"] = existence
        if reason:
            departures.append(
                [key, "dates", *(" ".join(texts[s]) for s in lists), " ".join(existence), reason]
            )
        if cites:
            node["cites"] = cites
        if key in notes:
            node["note"] = notes[key]
        nodes.append(node)

    called = {node["id"]: {key_of(name["text"]) for name in node["names"]} for node in nodes}
    for scheme, table in lists.items():
        for number, entries in table.items():
            who = [actor["id"] for actor in actors if number in actor[scheme].split()]
            for _, name, _, _ in entries:
                found = any(key_of(name) in called[key] for key in who)
                ensure(found, f"{scheme} {number}: no actor of it is called {name}")

    for scheme, number in dict.fromkeys((s["scheme"], s["number"]) for s in splits):
        parts = [s for s in splits if (s["scheme"], s["number"]) == (scheme, number)]
        held = {"cow": "", "gw": ""}
        held[scheme] = f"{number} {lists[scheme][number][0][0]}"
        chosen = " ".join(f"{p['id']} ({p['from']}/{p['to']})" for p in parts).replace("9999-12-31", "..")
        reasons = "; ".join(dict.fromkeys(p["reason"] for p in parts))
        departures.append([parts[-1]["id"], "identity", held["cow"], held["gw"], chosen, reasons])
    # Two numbers for one actor is a decision too.
    for actor in actors:
        if len(actor["cow"].split()) > 1:
            reason = choices[actor["id"]]["reason"]
            departures.append([actor["id"], "identity", actor["cow"], actor["gw"], actor["id"], reason])
    departures.sort()

    edges = []
    for row in successions:
        ensure({row["source"], row["target"]} <= set(ids), f"own/successions.csv: {row}")
        ensure(row["mode"] in MODES, f"own/successions.csv: no mode {row['mode']}")
        edge = {
            "id": f"{row['source']}-succeeds-{row['target']}",
            "source": row["source"],
            "target": row["target"],
            "relation": "succeeds",
            "when": row["when"],
        }
        if row["status"]:
            edge["status"] = row["status"]
        edge["mode"] = row["mode"]
        if row["note"]:
            edge["note"] = row["note"] + "."
        edges.append(edge)
    edges.sort(key=lambda edge: edge["id"])
    ensure(len({edge["id"] for edge in edges}) == len(edges), "a succession stands twice")

    check_names(nodes, edges)
    texts = {
        "states.json": graph_text(references, nodes, edges),
        "departures.csv": table_text(["id", "about", "cow", "gw", "chosen", "reason"], departures),
        "collisions.csv": table_text(
            ["code", "scheme", "actors", "other_scheme", "other_actors", "kind"], collisions(nodes)
        ),
    }
    size = len(texts["states.json"].encode("utf-8"))
    ensure(size < SIZE_LIMIT_BYTES, f"states.json has grown to {size} bytes, and stands in every binary")
    for name, text in texts.items():
        ensure(unicodedata.normalize("NFC", text) == text, f"{name} is not NFC")
    return texts, nodes, edges, departures


def check_names(nodes, edges):
    """One text means one actor in a language, save within a lineage and as own/shared-names.csv allows."""
    neighbours = {}
    for edge in edges:
        neighbours.setdefault(edge["source"], set()).add(edge["target"])
        neighbours.setdefault(edge["target"], set()).add(edge["source"])
    allowed = {(row["lang"], row["text"]): set(row["ids"].split()) for row in rows(OWN / "shared-names.csv")}
    holders = {}
    for node in nodes:
        languages = {name["lang"] for name in node["names"]}
        ensure("en" in languages, f"{node['id']} has no English name")
        for name in node["names"]:
            ensure(name["text"] == name["text"].strip() != "", f"{node['id']}: blank around {name}")
            ensure(unicodedata.is_normalized("NFC", name["text"]), f"{node['id']}: {name} is not NFC")
            holders.setdefault((name["lang"], name["text"]), set()).add(node["id"])
    shared = {key: who for key, who in holders.items() if len(who) > 1}
    wrong = {key: who for key, who in shared.items() if allowed.get(key) != who}
    ensure(not wrong, f"shared names to decide: {wrong}")
    ensure(set(allowed) <= set(shared), f"own/shared-names.csv: not shared: {set(allowed) - set(shared)}")


def collisions(nodes):
    """Every code text that means different actors in two schemes, or several in one."""
    held = {}
    for node in nodes:
        for scheme, values in node.get("codes", {}).items():
            for value in [values] if isinstance(values, str) else values:
                held.setdefault(value, {}).setdefault(scheme, set()).add(node["id"])
    found = []
    for code, schemes in held.items():
        names = sorted(schemes)
        for at, scheme in enumerate(names):
            if len(schemes[scheme]) > 1:
                who = " ".join(sorted(schemes[scheme]))
                found.append([code, scheme, who, scheme, who, "several"])
            for other in names[at + 1 :]:
                a, b = schemes[scheme], schemes[other]
                if a != b:
                    kind = "overlap" if a & b else "different"
                    found.append([code, scheme, " ".join(sorted(a)), other, " ".join(sorted(b)), kind])
    return sorted(found)


def one_line(record):
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def graph_text(references, nodes, edges):
    """The canonical form: one record a line."""
    parts = ['{\n"directed": true,\n"multigraph": true,\n"graph": {\n']
    parts.append(f'"title": "States since 1816",\n"license": "{LICENSE}",\n"references": [\n')
    parts.append(",\n".join(one_line(r) for r in sorted(references, key=lambda r: r["id"])))
    # What every succession rests on; the numbers stand in the codes of its ends.
    cites = [{"ref": reference["id"]} for reference in references if reference["id"] in SUCCESSIONS_CITE]
    parts.append(f'\n],\n"cites": {one_line(cites)}\n}},\n"nodes": [\n')
    parts.append(",\n".join(one_line(node) for node in nodes))
    parts.append('\n],\n"edges": [\n')
    parts.append(",\n".join(one_line(edge) for edge in edges))
    parts.append("\n]\n}\n")
    return "".join(parts)


def table_text(header, lines):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()


def main(arguments):
    check = "--check" in arguments
    folders = [argument for argument in arguments if argument != "--check"]
    if len(folders) != 1:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    texts, nodes, edges, departures = build(pathlib.Path(folders[0]))
    stale = []
    for name, text in texts.items():
        path = HERE / name
        if path.exists() and path.read_bytes() == text.encode("utf-8"):
            continue
        stale.append(name)
        if not check:
            path.write_bytes(text.encode("utf-8"))
    kinds = [node["kind"] for node in nodes]
    print(
        f"{kinds.count('country')} countries, {kinds.count('territory')} territories, "
        f"{sum(len(node['names']) for node in nodes)} names, {len(edges)} successions, "
        f"{len(departures)} departures, {len(texts['states.json'].encode('utf-8'))} bytes"
    )
    if check:
        print("current" if not stale else f"not current: {', '.join(stale)}")
        return 1 if stale else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
