"""Runs docbao over public test suites and prints one table: files, crashes, slow files, scores.

    ./dev suites DIR [--only NAME,...] [--worst N] [--rows FILE] [--program FILE]

DIR holds the suites, each as its own project lays it out; nothing of them belongs into this tree.
A suite is found anywhere below DIR by its layout:

    readability  test-pages/*/source.html with expected.html and expected-metadata.json
    feeds        */feedparser/tests/**/*.xml
    epub         *.epub, and folders that are unpacked books (META-INF/container.xml)
    docx         *.docx
    commonmark   spec.txt with fenced examples
    html5lib     *.dat with #data, and tokenizer/*.test
    uchardet     uchardet/test/LANGUAGE/ENCODING.txt

A crash is an end by a signal, or an exit code that the manual does not name. Slow is more than 5 s.
The scores compare words, as often as each occurs. Where the suite has a right text, P and R are
precision and recall of the words read; F1 is the mean of each file's own F1. For EPUB and DOCX the
right text is that of pandoc, if it is installed: only R is of use there, since what pandoc adds or
leaves out is not always right. Exit code 1: there was a crash or a slow file.
"""
import argparse
import collections
import datetime
import html
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SLOW = 5.0
LIMIT = 60.0
HEAD = {"title", "date", "byline"}
EXIT_CODES = {0, 1, 2, 3}
TEXT = ("text", "--json", "-q")
RAW_TEXT = (*TEXT, "--raw")
FEED = ("feed", "--list", "-q")

# `command` is what the program is asked to do; `whole`: title, date and byline count as text.
Case = collections.namedtuple("Case", "name path right fields command whole",
                              defaults=(None, {}, TEXT, False))
Row = collections.namedtuple("Row", "name seconds code precision recall f1 fields")


# ---- Words ----


WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")


def words(text):
    """Runs of letters and digits; in Chinese and Japanese each character is a word."""
    return WORD.findall(unicodedata.normalize("NFC", text).lower())


def compare(got, want):
    """Precision, recall and F1 of the words of two texts."""
    a, b = collections.Counter(words(got)), collections.Counter(words(want))
    both, n, m = sum((a & b).values()), sum(a.values()), sum(b.values())
    if not n or not m:
        return (1.0, 1.0, 1.0) if n == m else (float(not n), float(not m), 0.0)
    p, r = both / n, both / m
    return p, r, 2 * p * r / (p + r) if both else 0.0


class TextOfHtml(html.parser.HTMLParser):
    """The text that a reader sees of an HTML fragment, with the numbers of ordered lists."""

    INLINE = {"a", "abbr", "b", "cite", "code", "em", "font", "i", "kbd", "mark", "s", "small",
              "span", "strong", "sub", "sup", "tt", "u", "var", "wbr", "time", "ins", "del", "q"}
    UNSEEN = {"script", "style", "svg", "template", "title", "noscript", "head", "annotation"}

    def __init__(self):
        super().__init__()
        self.parts, self.unseen, self.lists = [], 0, []

    def number(self, attrs):
        """The number of an item; empty: its list has none."""
        if not self.lists or self.lists[-1] is None:
            return ""
        value = dict(attrs).get("value") or ""
        number = int(value) if value.isdigit() else self.lists[-1]
        self.lists[-1] = number + 1
        return f"{number}. "

    def handle_starttag(self, tag, attrs):
        self.unseen += tag in self.UNSEEN
        if tag not in self.INLINE:
            self.parts.append("\n")
        if tag in ("ol", "ul"):
            start = dict(attrs).get("start") or "1"
            self.lists.append((int(start) if start.isdigit() else 1) if tag == "ol" else None)
        elif tag == "li":
            self.parts.append(self.number(attrs))

    def handle_endtag(self, tag):
        self.unseen -= tag in self.UNSEEN and self.unseen > 0
        if tag not in self.INLINE:
            self.parts.append("\n")
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()

    def handle_data(self, data):
        if not self.unseen:
            self.parts.append(data)


def text_of_html(source):
    parser = TextOfHtml()
    parser.feed(source)
    parser.close()
    return "".join(parser.parts)


def load(path, encoding="utf-8"):
    with open(path, encoding=encoding, errors="replace") as f:
        return f.read()


# ---- One run ----


def articles_of(out):
    """The articles in the JSON that the program printed, one or an array of them; of a feed, the
    lines of its list."""
    try:
        told = json.loads(out)
    except ValueError:
        return [{"blocks": []} for line in out.splitlines() if line.strip()]
    return told if isinstance(told, list) else [told]


def run(program, case):
    """What the program makes of a file: seconds, exit code, its JSON or None."""
    begin = time.monotonic()
    try:
        p = subprocess.run([program, *case.command, case.path], capture_output=True, timeout=LIMIT)
        code, out = p.returncode, p.stdout
    except subprocess.TimeoutExpired:
        code, out = 0, b""
    seconds = time.monotonic() - begin
    return seconds, code, articles_of(out.decode("utf-8", "replace"))


def body_of(articles, whole):
    blocks = [b for a in articles for b in a.get("blocks", [])]
    return "\n".join(b["text"] for b in blocks if whole or b["kind"] not in HEAD)


SITE = re.compile(r"\s*(?:[|_·»-]|\s[–—:]+\s|::)\s*")


def same_title(got, want):
    """Whether they are the same words; the right one may end with the names of the site."""
    parts = list(SITE.finditer(want))
    wants = [want] + [want[:part.start()] for part in parts if part.start()]
    return any(words(got) == words(w) for w in wants)


BY = re.compile(r"^\s*(?:by|par|written by)\s+", re.IGNORECASE)


def same_names(got, want):
    """Whether they name the same people, whatever introduces them."""
    return words(BY.sub("", got)) == words(BY.sub("", want))


def same_date(got, want):
    """Whether they are the same moment, or without a time zone the same day."""
    try:
        a, b = datetime.datetime.fromisoformat(got), datetime.datetime.fromisoformat(want)
    except ValueError:
        return got[:10] == want[:10]
    if a.tzinfo and b.tzinfo:
        return abs((a - b).total_seconds()) < 60
    return got[:10] == want[:10]


def field_results(articles, fields):
    """For each known field whether it is right."""
    article = articles[0] if articles else {}
    results = {}
    for name, want in fields.items():
        got = article.get(name) or ""
        if name == "date":
            results[name] = same_date(got, want)
        elif name == "title":
            results[name] = same_title(got, want)
        elif name == "byline":
            results[name] = same_names(got, want)
        elif name == "entries":
            results[name] = len(articles) == want
        else:
            results[name] = words(got) == words(want)
    return results


def judge(program, case):
    seconds, code, articles = run(program, case)
    right = case.right() if case.right else None
    scores = (None, None, None)
    if right is not None:
        scores = compare(body_of(articles, case.whole), right)
    return Row(case.name, seconds, code, *scores, field_results(articles, case.fields))


# ---- The suites: each yields its cases ----


def files_below(folder, ending):
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(ending):
                yield os.path.join(at, name)


def readability(folder, scratch):
    for path in files_below(folder, "source.html"):
        page = os.path.dirname(path)
        expected = os.path.join(page, "expected.html")
        if os.path.basename(os.path.dirname(page)) != "test-pages" or not os.path.exists(expected):
            continue
        told = json.loads(load(os.path.join(page, "expected-metadata.json")))
        fields = {"title": told.get("title"), "byline": told.get("byline"),
                  "date": told.get("publishedTime")}
        yield Case(os.path.basename(page), path, lambda e=expected: text_of_html(load(e)),
                   {k: v for k, v in fields.items() if v})


def feeds(folder, scratch):
    for path in files_below(folder, ".xml"):
        if f"{os.sep}feedparser{os.sep}tests{os.sep}" not in path:
            continue
        source = load(path, "latin-1")
        entries = len(re.findall(r"<(?:\w+:)?(?:item|entry)[\s>]", source))
        fields = {"entries": entries} if entries > 1 else {}
        yield Case(os.path.relpath(path, folder), path, fields=fields, command=FEED)


def pandoc_text(path, kind):
    try:
        p = subprocess.run(["pandoc", "-f", kind, "-t", "plain", "--wrap=none", path],
                           capture_output=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return None
    return p.stdout.decode("utf-8", "replace") if p.returncode == 0 else None


def right_by_pandoc(path, kind):
    return (lambda: pandoc_text(path, kind)) if shutil.which("pandoc") else None


def pack_book(folder, path):
    """Makes an EPUB of an unpacked book, the member `mimetype` first as the standard wants."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for member in files_below(folder, ""):
            name = os.path.relpath(member, folder)
            if name != "mimetype":
                z.write(member, name)


def epub(folder, scratch):
    for path in files_below(folder, ".epub"):
        yield Case(os.path.relpath(path, folder), path, right_by_pandoc(path, "epub"), whole=True)
    for n, path in enumerate(files_below(folder, "container.xml")):
        if os.path.basename(os.path.dirname(path)) != "META-INF":
            continue
        unpacked = os.path.dirname(os.path.dirname(path))
        book = os.path.join(scratch, f"book-{n}.epub")
        pack_book(unpacked, book)
        yield Case(os.path.relpath(unpacked, folder), book, right_by_pandoc(book, "epub"),
                   whole=True)


def docx(folder, scratch):
    for path in files_below(folder, ".docx"):
        yield Case(os.path.relpath(path, folder), path, right_by_pandoc(path, "docx"), whole=True)


def write(scratch, name, text):
    path = os.path.join(scratch, name)
    with open(path, "w", encoding="utf-8", errors="surrogatepass", newline="") as f:
        f.write(text)
    return path


def commonmark(folder, scratch):
    fence = "`" * 32
    for path in files_below(folder, "spec.txt"):
        examples = re.findall(rf"^{fence} example\n(.*?)^\.\n(.*?)^{fence}$", load(path), re.M | re.S)
        for n, (source, page) in enumerate(examples, 1):
            source, page = source.replace("→", "\t"), page.replace("→", "\t")
            file = write(scratch, f"example-{n}.md", source)
            yield Case(f"example {n}", file, lambda p=page: text_of_html(p), {}, RAW_TEXT, True)


def html5lib_inputs(path):
    if path.endswith(".dat"):
        for part in load(path).split("#data\n")[1:]:
            yield part.split("\n#errors", 1)[0]
    else:
        for test in json.loads(load(path)).get("tests", []):
            if not test.get("doubleEscaped"):
                yield test["input"]


def html5lib(folder, scratch):
    tokenizer = [p for p in files_below(folder, ".test") if f"{os.sep}tokenizer{os.sep}" in p]
    for path in [*files_below(folder, ".dat"), *tokenizer]:
        if "html5lib" not in path:
            continue
        whole = "\n".join(f"<div>{source}</div>" for source in html5lib_inputs(path))
        name = os.path.basename(path)
        yield Case(name, write(scratch, name + ".html", "<!doctype html>" + whole))


def uchardet(folder, scratch):
    for path in files_below(folder, ".txt"):
        at, language = os.path.split(os.path.dirname(path))
        if not at.endswith(os.path.join("uchardet", "test")):
            continue
        yield Case(f"{language}/{os.path.basename(path)}", path)


SUITES = [readability, feeds, epub, docx, commonmark, html5lib, uchardet]


# ---- The table ----


def mean(numbers):
    numbers = [n for n in numbers if n is not None]
    return sum(numbers) / len(numbers) if numbers else None


def shown(number):
    return "    -" if number is None else f"{number:.3f}"


def is_crash(row):
    return row.code not in EXIT_CODES


def print_suite(name, rows, worst):
    crashes, slow = [r for r in rows if is_crash(r)], [r for r in rows if r.seconds > SLOW]
    scores = [shown(mean([getattr(r, k) for r in rows])) for k in ("precision", "recall", "f1")]
    fields = collections.Counter((k, ok) for r in rows for k, ok in r.fields.items())
    counts = "  ".join(f"{k} {fields[k, True]}/{fields[k, True] + fields[k, False]}"
                       for k in sorted({k for k, _ in fields}))
    read = [r.f1 for r in rows if r.f1]
    if read:
        counts = f"(read: {len(read)}, F1 of these {shown(mean(read))})  {counts}"
    print(f"{name:12s} {len(rows):6d} {len(crashes):8d} {len(slow):9d}  {'  '.join(scores)}  {counts}")
    for title, some in (("crash", crashes), ("slow", slow)):
        for r in some:
            print(f"    {title}: {r.name}  exit {r.code}  {r.seconds:.1f} s")
    key = "recall" if name in ("epub", "docx") else "f1"
    scored = [r for r in rows if getattr(r, key) is not None]
    for r in sorted(scored, key=lambda r: getattr(r, key))[:worst]:
        wrong = " ".join(k for k, ok in r.fields.items() if not ok)
        print(f"    {shown(r.precision)}  {shown(r.recall)}  {shown(r.f1)}  {r.name}  {wrong}")


def write_rows(path, name, rows):
    with open(path, "a", encoding="utf-8") as f:
        for r in rows:
            wrong = " ".join(k for k, ok in r.fields.items() if not ok)
            f.write("\t".join([name, r.name, shown(r.precision), shown(r.recall), shown(r.f1),
                               f"{r.seconds:.2f}", str(r.code), wrong]) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("dir", metavar="DIR")
    parser.add_argument("--only", default="", help="names of suites, separated by commas")
    parser.add_argument("--worst", type=int, default=5, help="so many of the worst files")
    parser.add_argument("--rows", help="append one line for each file to this file")
    parser.add_argument("--program", default=os.path.join(ROOT, "build", "docbao"))
    options = parser.parse_args()
    chosen = [s for s in SUITES if not options.only or s.__name__ in options.only.split(",")]
    if not chosen:
        parser.error(f"--only knows: {', '.join(s.__name__ for s in SUITES)}")
    bad = found = 0
    print(f"{'suite':12s} {'files':>6s} {'crashes':>8s} {'over 5 s':>9s}  {'P':>5s}  {'R':>5s}  {'F1':>5s}")
    for suite in chosen:
        with tempfile.TemporaryDirectory() as scratch:
            rows = [judge(options.program, case) for case in suite(options.dir, scratch)]
        if rows:
            print_suite(suite.__name__, rows, options.worst)
            sys.stdout.flush()
        if rows and options.rows:
            write_rows(options.rows, suite.__name__, rows)
        found += len(rows)
        bad += sum(is_crash(r) or r.seconds > SLOW for r in rows)
    if not found:
        parser.error(f"{options.dir} holds none of the suites that this script knows")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
