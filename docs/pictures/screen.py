#!/usr/bin/env python3
"""screen.py <CAPTURE >OUT.svg: draws what `tmux capture-pane -e -p` printed as a picture.

Knows the attributes that the screen of docbao uses: bold, dim, reversed and the colour of the bar.
"""
import html
import re
import sys

WIDTH, HEIGHT = 9.0, 20  # of a character
INK, PAPER, DIM, BAR = "#1d2733", "#fbfaf6", "#7a828c", "#0a7d8c"


def runs(line, state):
    """The parts of a line with one look each: (column, text, look); changes state."""
    column = 0
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        codes = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if not codes:
            if part:
                yield column, part, dict(state)
            column += len(part)
            continue
        for code in (int(c or 0) for c in codes[1].split(";")):
            if code == 0:
                state.clear()
            elif code in (1, 2, 7):
                state[{1: "bold", 2: "dim", 7: "reversed"}[code]] = True
            elif 30 <= code <= 37:
                state["colour"] = True
            elif code == 39:
                state.pop("colour", None)


def draw(row, column, text, look):
    x, y = 12 + column * WIDTH, 8 + row * HEIGHT
    ink = DIM if look.get("dim") else BAR if look.get("colour") else INK
    if look.get("reversed"):
        yield f'<rect x="{x}" y="{y + 2}" width="{len(text) * WIDTH}" height="{HEIGHT}" fill="{ink}"/>'
        ink = PAPER
    if text.strip():
        weight = ' font-weight="700"' if look.get("bold") else ""
        yield (f'<text x="{x}" y="{y + 17}" fill="{ink}"{weight} textLength="{len(text) * WIDTH}" '
               f'xml:space="preserve">{html.escape(text)}</text>')


def main():
    lines = sys.stdin.read().rstrip("\n").split("\n")
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    width = 24 + max(80, *(len(line) for line in plain)) * WIDTH
    height = 20 + len(lines) * HEIGHT
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
          f'viewBox="0 0 {width} {height}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" '
          f'font-size="15">')
    print(f'<rect width="100%" height="100%" rx="8" fill="{PAPER}" stroke="{DIM}"/>')
    state = {}
    for row, line in enumerate(lines):
        for column, text, look in runs(line, state):
            for element in draw(row, column, text, look):
                print(element)
    print("</svg>")


main()
