#!/bin/sh
# The check of the messages: does it fail on messages that cannot be translated?
set -eu

script=$(cd "$(dirname "$0")/../.." && pwd)/cmake/messages.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir "$tree/src" "$tree/po"
printf '# none\nSearch:\n' >"$tree/po/labels.txt"

# check SOURCE: what the check says of a tree with this one source file.
check() {
    printf '%s\nconst char *label = N_("Search:");\n' "$1" >"$tree/src/a.c"
    sh "$script" write "$tree" && sh "$script" check "$tree"
}

good() {
    check "$1" >"$tree/said" || {
        echo "forbidden, but allowed: $1"
        cat "$tree/said"
        exit 1
    }
}

# bad SOURCE WORDS: the check says these words.
bad() {
    if check "$1" >"$tree/said"; then
        echo "allowed, but forbidden: $1"
        exit 1
    fi
    grep -qF "$2" "$tree/said" || {
        echo "not said of: $1: $2"
        cat "$tree/said"
        exit 1
    }
}

good 'err_set(e, S, "%s cannot be written: %s", path, why);'
good 'err_set(e, S, "a sentence in " "two parts", path);'
good 'f(message_plural("%u line was left out", "%u lines were left out", n));'
good 'f("no message", "%s%s");'
bad 'err_set(e, S, "cannot write the file "));' 'white space'
bad 'err_set(e, S, "%u word%s left out here", n, s);' 'part of a word'
bad 'err_set(e, S, "%s%s in line four", a, b);' 'follow each other'
bad 'err_set(e, S, "cannot write the file:");' 'middle of a sentence'
bad 'err_set(e, S, ", so it is left out");' 'middle of a sentence'
bad 'err_set(e, S, "damaged");' 'no sentence'
bad 'f(message_plural("%u line was left out", "%u lines", n));' 'no sentence'

# A label that no message is, and a collection that was not written anew.
printf 'Go:\n' >>"$tree/po/labels.txt"
bad '' 'no message any more'
printf 'Search:\n' >"$tree/po/labels.txt"
printf 'const char *label = N_("Search:"), *other = N_("this one is new");\n' >"$tree/src/a.c"
if sh "$script" check "$tree" >"$tree/said" || ! grep -q 'not up to date' "$tree/said"; then
    echo "a stale collection is not noticed"
    exit 1
fi

# Translations: complete, with the same placeholders, and brought up to the collection.
printf 'const char *label = N_("Search:"); f(_("%%s is not there at all"));\n' >"$tree/src/a.c"
translate() {
    {
        printf 'msgid ""\nmsgstr ""\n"Project-Id-Version: t\\n"\n"PO-Revision-Date: t\\n"\n'
        printf '"Last-Translator: t\\n"\n"Language-Team: t\\n"\n"Language: vi\\n"\n'
        printf '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        printf '"Content-Transfer-Encoding: 8bit\\n"\n\n'
        printf '#, c-format\nmsgid "%%s is not there at all"\nmsgstr "%s"\n\n' "$1"
        printf 'msgid "Search:"\nmsgstr "Tìm:"\n'
    } >"$tree/po/vi.po"
}
translated() {
    translate "$1"
    sh "$script" write "$tree" && sh "$script" check "$tree" >"$tree/said" 2>&1
}
if ! translated 'không có %s'; then
    echo "a good translation is refused"
    cat "$tree/said"
    exit 1
fi
if translated '' || ! grep -q 'need a translation' "$tree/said"; then
    echo "a missing translation is not noticed"
    exit 1
fi
if translated 'không có %u' || ! grep -q 'format specifications' "$tree/said"; then
    echo "another placeholder is not noticed"
    exit 1
fi
translate 'không có %s'
printf '\nmsgid "an old message"\nmsgstr "cũ"\n' >>"$tree/po/vi.po"
if sh "$script" check "$tree" >"$tree/said" || ! grep -q 'vi.po is not up to date' "$tree/said"; then
    echo "a stale translation is not noticed"
    exit 1
fi
