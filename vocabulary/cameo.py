#!/usr/bin/env python3
"""Writes the "cameo" part of relations.json from the published CAMEO and PLOVER tables.

    python3 cameo.py FOLDER            rewrite the part in place
    python3 cameo.py --check FOLDER    change nothing; exit 1 if the part is not current

The part "relations" is written by hand. It is read here and left as it is, byte for byte.

FOLDER holds two files:

cameo-codes.csv          the CAMEO codes as ICEWS lists them: `code`, `name` and `goldstein` are
                         taken, the other columns are not. The file is Windows-1252 around text that
                         was UTF-8 and had been read as Mac Roman; the names are repaired. Names keep
                         CAMEO's wording, but each begins with a capital and roots, which CAMEO
                         prints in capitals, are in sentence case.
CAMEO2PLOVER-2021.txt    lines `code: CLASS, mode, context # comment`: class and mode are taken.
                         Roots 01 and 02 have no class in PLOVER. A root that the table puts in two
                         classes (08) is left without. A mode that is a context everywhere else in
                         the table (175, pro_autocracy) is a slip of columns and left out. A code
                         that stands in this table alone (1214) is added, without a weight, its
                         comment as its label.

What a code's record says beyond that:

relation    the relation that names the code under "cameo", if one does. Naming a code that does not
            exist, or one code twice, is a mistake, and nothing is written.
channel     that relation's; else stance for the roots 01-03 and 09-13, interaction for the others.
polarity    that relation's; else the sign of the Goldstein weight, where a weight between -0.5 and
            0.5, both excluded, counts as none ("0"): comments, and appeals for change. A code
            without a weight takes its parent's for this.
quad        GDELT's class, by root: 1 verbal cooperation (01-05), 2 material cooperation (06-08),
            3 verbal conflict (09-13), 4 material conflict (14-20).

A relation that names codes must give the PLOVER class, mode, quad class and weight of the first of
them; this is checked too.
"""

import argparse
import csv
import json
import pathlib
import re
import sys

RELATIONS = pathlib.Path(__file__).resolve().parent / "relations.json"
OPENING = '"cameo":[\n'
CLOSING = "\n]\n}\n"
NEUTRAL_BELOW = 0.5
STANCE_ROOTS = {"01", "02", "03", "09", "10", "11", "12", "13"}


def unbroken(text):
    """Undoes UTF-8 that was read as Mac Roman; text that was not is returned as it is."""
    try:
        return text.encode("mac_roman").decode("utf-8")
    except UnicodeError:
        return text


def label(name, is_root):
    """The name of a code with its wording kept: capital first, single blanks, roots not shouted."""
    name = " ".join(unbroken(name).split())
    if is_root:
        name = name.lower()
    return name[:1].upper() + name[1:]


def number(text):
    """A weight as JSON writes it: 4, not 4.0."""
    value = float(text)
    return int(value) if value.is_integer() else value


def read_codes(folder):
    """code -> (label, weight), from the list of CAMEO codes."""
    with open(folder / "cameo-codes.csv", encoding="cp1252", newline="") as file:
        return {
            row["code"]: (label(row["name"], len(row["code"]) == 2), number(row["goldstein"]))
            for row in csv.DictReader(file)
        }


def read_plover(folder):
    """code -> (class, mode, comment), mode None where the table gives none or a context."""
    rows = {}
    for line in (folder / "CAMEO2PLOVER-2021.txt").read_text(encoding="ascii").splitlines():
        match = re.match(r"(\d{2,4}):([^#]*)#?(.*)", line)
        if match:
            fields = [field.strip() for field in match[2].split(",")] + ["", ""]
            rows.setdefault(match[1], []).append((*fields[:3], match[3].strip()))
    contexts = {name.strip() for found in rows.values() for row in found for name in row[2].split(";")}
    table = {}
    for code, found in rows.items():
        if len({row[0] for row in found}) == 1:
            plover, mode, _, comment = found[0]
            table[code] = (plover, None if mode in contexts else mode or None, comment)
    return table


def quad_class(code):
    """GDELT's quad class, which depends on the root alone."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def facts(folder):
    """code -> what the tables say of it, in the order of the codes."""
    folder = pathlib.Path(folder)
    codes, plover = read_codes(folder), read_plover(folder)
    for code, (_, _, comment) in plover.items():
        if code not in codes:
            codes[code] = (label(comment, len(code) == 2), None)
    table = {}
    for code in sorted(codes):
        name, weight = codes[code]
        row = {"label": name, "quad": quad_class(code)}
        if code in plover:
            row["plover"] = plover[code][0]
            if plover[code][1]:
                row["mode"] = plover[code][1]
        if weight is not None:
            row["goldstein"] = weight
        table[code] = row
    return table


def sign(code, table):
    """The polarity that the weight of a code, or of its nearest ancestor with one, gives it."""
    while "goldstein" not in table[code]:
        code = code[:-1]
    weight = table[code]["goldstein"]
    return "0" if abs(weight) < NEUTRAL_BELOW else "+" if weight > 0 else "-"


def claims(relations, table):
    """code -> the relation that names it, and what is wrong with how relations name codes."""
    claimed, problems = {}, []
    for relation in relations:
        for code in relation.get("cameo", []):
            if code not in table:
                problems.append(f"relation `{relation['id']}`: no code `{code}`")
            elif code in claimed:
                problems.append(f"relation `{relation['id']}`: code `{code}` belongs to `{claimed[code]['id']}`")
            else:
                claimed[code] = relation
        first = next(iter(relation.get("cameo", [])), None)
        for key in ("plover", "mode", "quad", "goldstein"):
            if first in table and relation.get(key) != table[first].get(key):
                problems.append(f"relation `{relation['id']}`: `{key}` differs from that of its first code `{first}`")
    return claimed, problems


def record(code, table, claimed):
    """The record of one code, keys in their fixed order."""
    row, relation = table[code], claimed.get(code)
    out = {"code": code, "label": row["label"]}
    if relation:
        out["relation"] = relation["id"]
        out["channel"] = relation["channel"]
        out["polarity"] = relation["polarity"]
    else:
        out["channel"] = "stance" if code[:2] in STANCE_ROOTS else "interaction"
        out["polarity"] = sign(code, table)
    for key in ("plover", "mode", "quad", "goldstein"):
        if key in row:
            out[key] = row[key]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="folder with cameo-codes.csv and CAMEO2PLOVER-2021.txt")
    parser.add_argument("--check", action="store_true", help="only tell whether the part is current")
    arguments = parser.parse_args()

    old = RELATIONS.read_text(encoding="utf-8")
    table = facts(arguments.folder)
    claimed, problems = claims(json.loads(old)["relations"], table)
    head, opening, _ = old.rpartition("\n" + OPENING)
    if not opening:
        problems.append(f"{RELATIONS.name}: no line `{OPENING.strip()}`")
    if problems:
        sys.exit("\n".join(problems))

    rows = (record(code, table, claimed) for code in table)
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    new = head + opening + ",\n".join(lines) + CLOSING
    if arguments.check:
        if new != old:
            sys.exit(f"{RELATIONS.name}: the part `cameo` is not current")
    elif new != old:
        with open(RELATIONS, "w", encoding="utf-8", newline="\n") as file:
            file.write(new)
    print(f"{len(table)} codes, {len(claimed)} of them named by a relation")


if __name__ == "__main__":
    main()
