"""Makes the fonts that PNG and PDF are set in, as subsets of Debian's packages, and the widths that layouts reckon with.

    apt-get install fonts-noto-core fonts-noto-cjk fonts-dejavu-core
    pip install -r fonts/requirements.txt
    python fonts/make.py [--check]

Latin, Greek and Cyrillic (Mongolian's letters too) come from Noto Sans in two weights; Han, Hangul, Kana and signs from
Noto Sans CJK TC in one: the common characters of Big5 and GB 2312 (level 1 of either: 5,401 traditional, 3,755
simplified), the Hangul of KS X 1001, and every character that the project's own data use. `--check` compares with what is committed.
"""

import io
import json
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

HERE = pathlib.Path(__file__).parent
NOTO = pathlib.Path("/usr/share/fonts")


def two_bytes(encoding, first, last):
    """The characters of a double-byte encoding between two codes."""
    found = set()
    for code in range(first, last + 1):
        try:
            found |= set(code.to_bytes(2, "big").decode(encoding))
        except UnicodeDecodeError:
            pass
    return found


def own():
    """The characters of the data that the project ships."""
    texts = [*HERE.glob("../graph/*.json"), HERE / "../gazetteer/states.json", HERE / "../vocabulary/relations.json"]
    return set("".join(json.dumps(json.loads(p.read_text("utf-8")), ensure_ascii=False) for p in texts))


def between(*ranges):
    return {chr(code) for first, last in ranges for code in range(first, last + 1)}


ALPHABETS = between((0x20, 0x7E), (0xA0, 0x24F), (0x259, 0x259), (0x2B0, 0x2FF), (0x300, 0x33F), (0x370, 0x3FF),
                    (0x400, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2116, 0x2122))
# The ranges whose widths the layout knows, each character a little-endian u16 in thousandths of an em, first plain,
# then bold; `src/diagram/widths.rs` has the same list. Zero where no font has the character.
MEASURED = [(0x20, 0x7E), (0xA0, 0x2FF), (0x370, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x20BF), (0x2100, 0x214F)]
SQUARES = (two_bytes("big5", 0xA140, 0xC67E) | two_bytes("gb2312", 0xA1A1, 0xD7F9) | two_bytes("euc_kr", 0xB0A1, 0xC8FE)
           | between((0x2190, 0x2195), (0x2212, 0x2212), (0x25A0, 0x25FF), (0x3000, 0x30FF), (0xFF00, 0xFFEF)))


def make(source, characters, number=-1):
    font = TTFont(NOTO / source, fontNumber=number, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = ["ccmp", "mark", "mkmk"]
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GDEF"] if number >= 0 else []
    maker = subset.Subsetter(options)
    has = font.getBestCmap()
    maker.populate(unicodes=[ord(c) for c in sorted(characters) if ord(c) in has])
    maker.subset(font)
    # Scattered characters are too many segments for format 4.
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.length, table.nGroups = 12, 0, 0, 0
    table.cmap = font.getBestCmap()
    font["cmap"].tables = [table]
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue(), {c for c in characters if ord(c) in has}


def widths():
    """The wider of Noto Sans and DejaVu Sans, so that text fits in either, and in what is narrower."""
    out = b""
    for weight, dejavu in [("Regular", "DejaVuSans"), ("Bold", "DejaVuSans-Bold")]:
        fonts = [TTFont(NOTO / f"truetype/noto/NotoSans-{weight}.ttf"), TTFont(NOTO / f"truetype/dejavu/{dejavu}.ttf")]
        for first, last in MEASURED:
            for code in range(first, last + 1):
                names = [(font, font.getBestCmap().get(code)) for font in fonts]
                found = [-(-font["hmtx"][name][0] * 1000 // font["head"].unitsPerEm) for font, name in names if name]
                out += max(found, default=0).to_bytes(2, "little")
    return out


def main():
    regular, alphabets = make("truetype/noto/NotoSans-Regular.ttf", ALPHABETS | own())
    bold, _ = make("truetype/noto/NotoSans-Bold.ttf", ALPHABETS | own())
    cjk, squares = make("opentype/noto/NotoSansCJK-Regular.ttc", (SQUARES | own()) - alphabets, number=3)
    wrong = False
    for name, data in [("NotoSans-Regular.ttf", regular), ("NotoSans-Bold.ttf", bold), ("NotoSansCJKtc-Regular.otf", cjk),
                       ("widths.bin", widths())]:
        path = HERE / name
        if "--check" in sys.argv:
            wrong |= path.read_bytes() != data
        else:
            path.write_bytes(data)
        print(f"{name}: {len(data)} bytes")
    missing = sorted(c for c in own() - alphabets - squares if c.isprintable())
    print(f"{len(alphabets)} letters, {len(squares)} squares and signs; of our own data missing: {missing}")
    sys.exit("not what is committed" if wrong else None)


if __name__ == "__main__":
    main()
