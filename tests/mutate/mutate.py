"""Changes one operator of a C file at a time and lists the changes that no test notices.

    ./dev mutate FILE... [--sample N] [--tests NAME,...] [--least PERCENT] [--all]

Each change is compiled alone and loaded before the rooms of the program; it is caught when a test
fails, crashes or runs far longer than it should. A change that cannot be noticed, because the
program does the same with it, belongs into tests/mutate/equivalent.tsv with the reason; it is not
counted. --sample takes N changes of each file, spread evenly. --all lists the caught ones too.
"""
import argparse
import concurrent.futures
import json
import os
import re
import resource
import shlex
import subprocess
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, "build-mutate")
EQUIVALENT = os.path.join(ROOT, "tests/mutate/equivalent.tsv")

# The tests that pin a file: by the longest path that holds it. "spec" is the specification, and
# "golden" the analysis of the samples, which tests/golden records.
TESTS = {
    "src/text": ["spec", "golden"],
    "src/text/doubts": ["check"],
    "src/text/normalize": ["spec", "golden", "normalize"],
    "src/text/lexicon": ["lexicon"],
    "src/text/classes/lexicon": ["lexicon"],
    "src/text/classes/script": ["spec", "docbao"],
    "src/lang": ["spec", "golden"],
    "src/lang/name_order": ["name_order"],
    "src/rules": ["spec", "tables"],
    "src/article/find": ["lines", "pages", "layouts", "boxes", "paper"],
    "src/article/find/masthead": ["masthead"],
    "src/article/find/clean_html": ["layouts", "pages", "clean_html"],
    "src/article/find/clean_plain": ["layouts", "pages", "clean_plain"],
    "src/article/format": ["docx", "epub", "markdown", "feed", "pdf", "clean_html", "read"],
    "src/article": ["read", "encodings", "promises", "clean_html", "clean_plain"],
    "src/library": ["positions", "repeats"],
    "src/session": ["session", "playback"],
}

SWAP = {
    "&&": "||", "||": "&&", "==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
    "+": "-", "-": "+", "&": "|", "|": "&", "+=": "-=", "-=": "+=", "|=": "&=", "&=": "|=",
    "true": "false", "false": "true", "!": "",
}
# Between two operands these have a space on either side; otherwise they are signs or pointers.
BETWEEN = {"<", ">", "+", "-", "&", "|"}

TOKEN = re.compile(
    r"/\*.*?\*/|//[^\n]*"                                   # comments
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''          # strings and characters
    r"|^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*"                      # lines of the preprocessor
    r"|[A-Za-z_]\w*|\.?\d[\w.]*"
    r"|<<=|>>=|->|\+\+|--|<<|>>|&&|\|\||[-+*/%&|^<>=!]=|[-+*/%&|^<>=!~?:]",
    re.S | re.M)


class Change:
    def __init__(self, path, text, start, end, old, new):
        self.path, self.start, self.end, self.old, self.new = path, start, end, old, new
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", start)
        self.line = text.count("\n", 0, start) + 1
        self.column = start - line_start + 1
        self.source = text[line_start:line_end].strip()
        before = text[line_start:start]
        self.nth = len(re.findall(r"(?<![-+&|<>=!])" + re.escape(old) + r"(?![&|<>=+-])", before)) + 1

    def key(self):
        return (self.path, self.source, self.old, str(self.nth))

    def __str__(self):
        change = f"'{self.old}' to '{self.new}'" if self.new else f"'{self.old}' removed"
        return f"{self.path}:{self.line}:{self.column}: {change} (number {self.nth}): {self.source}"


def changes_of(path):
    text = open(os.path.join(ROOT, path), encoding="utf-8").read()
    found = []
    for match in TOKEN.finditer(text):
        old = match.group(0)
        if old not in SWAP:
            continue
        start, end = match.span()
        spaced = text[start - 1] == " " and text[end] == " "
        if old in BETWEEN and not spaced:
            continue
        if old == "*" or (old == "!" and text[end] == "!"):
            continue
        found.append(Change(path, text, start, end, old, SWAP[old]))
    return text, found


def equivalents():
    rows = {}
    if os.path.exists(EQUIVALENT):
        for line in open(EQUIVALENT, encoding="utf-8"):
            if line.strip() and not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                rows[tuple(cells[:4])] = cells[4] if len(cells) > 4 else ""
    return rows


def run(command, **options):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, **options)


class Builder:
    """Compiles one changed file to a shared object. Loaded before the library that holds the rooms,
    its functions replace the library's, so no program is linked anew for a change."""

    def __init__(self, path):
        commands = json.load(open(os.path.join(BUILD, "compile_commands.json")))
        source = os.path.join(ROOT, path)
        entry = next((c for c in commands if c["file"] == source), None)
        if not entry:
            sys.exit(f"mutate: {path} is not compiled by the build; name a .c file of src/")
        words = shlex.split(entry["command"])
        at = next(i for i, w in enumerate(words) if w.endswith("cc") or w.endswith("clang"))
        keep = ("-I", "-D", "-std", "-isystem")
        self.compile = [words[at], "-O0", "-w", "-fPIC", "-shared"]
        for i, word in enumerate(words):
            if word.startswith(keep) and word != "-isystem":
                self.compile.append(word)
            elif word in ("-include", "-isystem"):
                self.compile += [word, words[i + 1]]

    def build(self, source, target):
        """False when the change does not compile."""
        return run(self.compile + [source, "-o", target], cwd=BUILD).returncode == 0


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def spec_files():
    folder = os.path.join(ROOT, "tests/spec")
    return [os.path.join(folder, f) for f in sorted(os.listdir(folder)) if f.endswith(".md")]


def sample_files():
    folder = os.path.join(ROOT, "assets/samples")
    return [os.path.join(folder, f) for f in sorted(os.listdir(folder)) if f.endswith(".txt")]


def command_of(name):
    if name == "spec":
        return [os.path.join(BUILD, "tests/spec_runner"), *spec_files()]
    if name == "golden":
        return [os.path.join(BUILD, "docbao"), "text", "--json", *sample_files()]
    return [os.path.join(BUILD, "tests/tests"), name]


def failing_test(names, patience, golden, changed=None):
    """The first test that fails with the changed object, or None. `golden` keeps the analysis of
    the samples by the unchanged program."""
    environment = dict(os.environ, HOME="/nonexistent",
                       **({"LD_PRELOAD": changed} if changed else {}))
    for name in names:
        try:
            done = run(command_of(name), cwd=os.path.join(BUILD, "tests"), timeout=patience,
                       env=environment, preexec_fn=limit)
            if done.returncode not in (0, 77):
                return name
            if name == "golden" and golden.setdefault("output", done.stdout) != done.stdout:
                return name
        except subprocess.TimeoutExpired:
            return name + " (too slow)"
    return None


def tests_of(path, chosen):
    if chosen:
        return chosen.split(",")
    holders = [prefix for prefix in TESTS if path.startswith(prefix)]
    if not holders:
        sys.exit(f"mutate: which tests pin {path}? Name them: --tests NAME,...")
    return TESTS[max(holders, key=len)]


def try_change(builder, text, change, names, patience, golden):
    folder = os.path.join(BUILD, "mutants", f"{os.getpid()}-{threading.get_ident()}")
    os.makedirs(folder, exist_ok=True)
    source = os.path.join(folder, os.path.basename(change.path))
    with open(source, "w", encoding="utf-8") as f:
        f.write(text[:change.start] + change.new + text[change.end:])
    changed = os.path.join(folder, "changed.so")
    if not builder.build(source, changed):
        return change, "invalid"
    return change, failing_test(names, patience, golden, changed) or "survived"


def mutate(path, options, known):
    text, changes = changes_of(path)
    names = tests_of(path, options.tests)
    same = [c for c in changes if c.key() in known]
    changes = [c for c in changes if c.key() not in known]
    if options.sample and options.sample < len(changes):
        changes = [changes[i * len(changes) // options.sample] for i in range(options.sample)]
    builder = Builder(path)
    begun = time.monotonic()
    golden = {}
    broken = failing_test(names, 600, golden)
    if broken:
        sys.exit(f"mutate: the test {broken} fails without any change; mend that first")
    patience = 10 + 10 * (time.monotonic() - begun)
    caught = tried = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        jobs = [pool.submit(try_change, builder, text, c, names, patience, golden)
                for c in changes]
        for job in jobs:
            change, result = job.result()
            if result == "invalid":
                continue
            tried += 1
            caught += result != "survived"
            if result == "survived" or options.all:
                print(f"{change}" + ("" if result == "survived" else f"   [caught by {result}]"),
                      flush=True)
    share = 100.0 * caught / tried if tried else 100.0
    print(f"{path}: {caught} of {tried} changes caught, {share:.0f} %"
          + (f"; {len(same)} that change nothing not counted" if same else ""), flush=True)
    return caught, tried


def main():
    parser = argparse.ArgumentParser(prog="./dev mutate", description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--sample", type=int, default=0, help="try only so many changes of a file")
    parser.add_argument("--tests", help="the tests to run, separated by commas; spec is one")
    parser.add_argument("--least", type=float, default=0, help="fail below this percentage")
    parser.add_argument("--all", action="store_true", help="list the caught changes too")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    known = equivalents()
    caught = tried = 0
    for path in options.files:
        path = os.path.relpath(os.path.abspath(path), ROOT)
        more = mutate(path, options, known)
        caught, tried = caught + more[0], tried + more[1]
    share = 100.0 * caught / tried if tried else 100.0
    if len(options.files) > 1:
        print(f"all: {caught} of {tried} changes caught, {share:.0f} %")
    sys.exit(share < options.least)


if __name__ == "__main__":
    main()
