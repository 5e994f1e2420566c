#!/usr/bin/python3
"""Makes assets/rules/emoji.tsv and blocks.tsv: character_tables.py PROGRAM.

From CLDR (the names of emoji and of scripts in Vietnamese) and the Unicode Character Database, as
Debian's packages unicode-cldr-core and unicode-data bring them. PROGRAM is docbao: it makes legal
syllables of what the names hold of other languages. The build does not run this.
"""
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

CLDR = "/usr/share/unicode/cldr/common/"
UCD = "/usr/share/unicode/"
LICENCE = """# © 1991-2022 Unicode, Inc. Under the Unicode License (https://www.unicode.org/license.txt), which
# permits copies and changes as long as this notice is kept."""
SKIN = range(0x1F3FB, 0x1F400)
ROOT = __file__.rsplit("/", 2)[0] + "/assets/rules/"

# Blocks that hold no script, by words of their names; the first that fits.
SYMBOLS = [
    ("Arrows", "mũi tên"), ("Box Drawing", "nét kẻ khung"), ("Block Elements", "khối vuông"),
    ("Geometric Shapes", "hình học"), ("Mathematical", "ký hiệu toán học"),
    ("Currency", "ký hiệu tiền tệ"), ("Dingbats", "ký hiệu trang trí"),
    ("Musical", "ký hiệu âm nhạc"), ("Music", "ký hiệu âm nhạc"), ("Braille", "chữ nổi"),
    ("Emoticons", "biểu tượng cảm xúc"), ("Mahjong", "quân mạt chược"),
    ("Domino", "quân đô mi nô"), ("Playing Cards", "quân bài"), ("Chess", "quân cờ"),
    ("Alchemical", "ký hiệu giả kim"), ("Transport", "ký hiệu giao thông"),
    ("Enclosed", "ký tự có khung"), ("Number Forms", "dạng số"),
    ("Superscripts", "chỉ số trên và dưới"), ("Punctuation", "dấu câu"),
    ("Control Pictures", "hình ký tự điều khiển"), ("Optical Character", "ký tự nhận dạng"),
    ("Letterlike", "ký hiệu dạng chữ"), ("Yijing", "quẻ kinh dịch"),
    ("Private Use", "ký tự riêng"), ("Surrogates", "ký tự thay thế"),
    ("Variation Selectors", "ký tự chọn dạng"), ("Tags", "ký tự thẻ"),
    ("Specials", "ký tự đặc biệt"), ("Combining", "dấu ghép"), ("Diacritical", "dấu ghép"),
    ("Modifier", "chữ bổ trợ"), ("Phonetic", "chữ phiên âm"), ("IPA", "chữ phiên âm"),
    ("CJK", "chữ hán"), ("Ideographic", "chữ hán"), ("Kanbun", "chữ hán"),
    ("Pictographs", "hình vẽ"), ("Technical", "ký hiệu kỹ thuật"), ("Symbols", "ký hiệu"),
    ("Numerals", "chữ số cổ"), ("Numbers", "chữ số cổ"), ("Latin", "chữ la tinh"),
    ("Legacy Computing", "ký hiệu máy tính cũ"),
]


def spoken(program, names):
    """Each name in legal syllables, without pauses."""
    text = "\n".join(re.sub(r"[:,;()–-]", " ", n.replace("&", " và ")).strip() for n in names)
    out = subprocess.run([program, "text", "--json", "--raw", "-"], input=text.lower().encode(),
                         stdout=subprocess.PIPE, check=True).stdout
    import json
    lines = text.lower().encode().split(b"\n")
    starts, at = {}, 0
    for number, line in enumerate(lines):
        starts[at + len(line) - len(line.lstrip())] = number
        at += len(line) + 1
    result = [""] * len(lines)
    for block in json.loads(out)["blocks"]:
        said = " ".join(s["spoken"] for s in block["sentences"])
        result[starts[block["span"][0]]] = " ".join(re.sub(r"[,.;:?!]", " ", said).split())
    return result


def emoji(program):
    rows = {}
    for folder in ("annotations", "annotationsDerived"):
        for a in tree.parse(CLDR + folder + "/vi.xml").iter("annotation"):
            cp = a.get("cp").replace("\ufe0f", "")
            toned = len(cp) > 1 and any(ord(c) in SKIN for c in cp)
            plain = len(cp) == 1 and ord(cp) < 0x80 # characters.tsv has them
            if a.get("type") == "tts" and not toned and not plain and "#" not in cp:
                rows[cp] = a.text
    names = spoken(program, list(rows.values()))
    with open(ROOT + "emoji.tsv", "w", encoding="utf-8") as out:
        out.write("# The names of emoji, and of symbols that characters.tsv does not name.\n# emoji\tname\n"
                  "# Skin tones are rows of their own, and are said behind the emoji.\n"
                  "# From: the Vietnamese names of CLDR 42, by cmake/character_tables.py.\n"
                  + LICENCE + "\n")
        for cp, name in sorted(zip(rows, names)):
            if name:
                out.write(f"{cp}\t{name}\n")


def script_of_blocks():
    codes, scripts, blocks = {}, [], []
    for line in open(UCD + "PropertyValueAliases.txt", encoding="utf-8"):
        part = [p.strip() for p in line.split("#")[0].split(";")]
        if part[0] == "sc":
            codes[part[2]] = part[1]
    for line in open(UCD + "Scripts.txt", encoding="utf-8"):
        m = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)", line)
        if m:
            scripts.append((int(m[1], 16), int(m[2] or m[1], 16), codes[m[3]]))
    for line in open(UCD + "Blocks.txt", encoding="utf-8"):
        m = re.match(r"([0-9A-F]+)\.\.([0-9A-F]+); (.*)", line)
        if m:
            first, last = int(m[1], 16), int(m[2], 16)
            count = {}
            for a, b, code in scripts:
                n = min(b, last) - max(a, first) + 1
                if n > 0:
                    count[code] = count.get(code, 0) + n
            blocks.append((first, last, m[3], max(count, key=count.get) if count else ""))
    return blocks


def blocks(program):
    names = {}
    for s in tree.parse(CLDR + "main/vi.xml").iter("script"):
        if not s.get("alt"):
            names[s.get("type")] = s.text.replace("Chứ ", "Chữ ")
    rows = []
    for first, last, block, script in script_of_blocks():
        symbol = next((name for words, name in SYMBOLS if words in block), None)
        known = script in names and script not in ("Zyyy", "Zinh", "Latn", "Hani")
        rows.append((first, last, names[script] if known else symbol or "ký tự"))
    said = spoken(program, [r[2] for r in rows])
    with open(ROOT + "blocks.tsv", "w", encoding="utf-8") as out:
        out.write("# What a character without a name of its own is called, by its block in Unicode.\n"
                  "# first\tlast\tname\n"
                  "# first, last   code points, hexadecimal\n"
                  "# From: the names of scripts of CLDR 42 and the blocks of Unicode 15, by "
                  "cmake/character_tables.py.\n" + LICENCE + "\n")
        for (first, last, _), name in zip(rows, said):
            out.write(f"{first:04X}\t{last:04X}\t{name or 'ký tự'}\n")


emoji(sys.argv[1])
blocks(sys.argv[1])
