#!/usr/bin/env python3
"""Makes simplified.txt: to which Simplified character each Han character folds when names are compared.

    pip install opencc-python-reimplemented==0.1.7
    make.py            writes simplified.txt beside this script
    make.py --check    says whether it is current (exit 1 if not)

The characters are those of OpenCC's dictionaries (Apache-2.0). A Traditional character folds to its first Simplified
form, again and again until it stays as it is; a character of modern Japanese that Chinese does not write folds as the old form
that it stands for. Each line is a character that changes and the one that it becomes; they are sorted by code point.
"""

import importlib.util
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def pairs(dictionary):
    """The single characters of a dictionary with what they become, each by one character."""
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        source, _, targets = line.partition("\t")
        targets = [target for target in targets.split() if len(target) == 1]
        if len(source) == 1 and targets:
            yield source, targets


def table(dictionaries):
    """What folds to what."""
    simplified = {source: targets[0] for source, targets in pairs(dictionaries / "TSCharacters.txt")}
    chinese = set(simplified) | {target for targets in dict(pairs(dictionaries / "TSCharacters.txt")).values() for target in targets}
    for source, targets in pairs(dictionaries / "STCharacters.txt"):
        chinese |= {source, *targets}
    for old, moderns in pairs(dictionaries / "JPVariants.txt"):
        for modern in moderns:
            if modern not in chinese:
                simplified.setdefault(modern, old)
    folded = {}
    for source in simplified:
        target, seen = source, {source}
        while simplified.get(target, target) not in seen:
            target = simplified[target]
            seen.add(target)
        if target != source:
            folded[source] = target
    return "".join(f"{source}{folded[source]}\n" for source in sorted(folded))


def main():
    package = importlib.util.find_spec("opencc")
    if package is None or package.origin is None:
        sys.exit("pip install opencc-python-reimplemented==0.1.7")
    text = table(pathlib.Path(package.origin).parent / "dictionary")
    file = HERE / "simplified.txt"
    if sys.argv[1:] == ["--check"]:
        if file.read_text(encoding="utf-8") != text:
            sys.exit("simplified.txt is not current: run make.py")
    else:
        file.write_text(text, encoding="utf-8", newline="\n")


main()
