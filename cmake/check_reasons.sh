#!/bin/sh
# Finds reasons of skipped stretches, and kinds of diagnostics, that the code gives and that
# src/article/reasons.def does not list: check_reasons.sh [FOLDER], the folder that holds src/ (default: here).
# Prints each with its file; leaves with 1 if there was one.
set -eu

root=${1:-$(dirname "$0")/..}
cd "$root"
# shellcheck disable=SC2046 # our names have no white space
LC_ALL=C awk '
# Listed: a row of reasons.def.
FILENAME ~ /reasons\.def$/ {
    if (match($0, /^(SKIPPED|DIAGNOSTIC)\("[^"]*"/)) {
        split($0, part, "\"")
        listed[part[1] part[2]] = 1
        rows++
    }
    next
}

# Words in quotation marks are identifiers if they are small letters and spaces alone.
function check(list, text, only_first,    word) {
    while (match(text, /"[^"]*"/)) {
        word = substr(text, RSTART + 1, RLENGTH - 2)
        text = substr(text, RSTART + RLENGTH)
        if (word ~ /^[a-z]+( [a-z]+)?$/ && !((list "(" word) in listed)) {
            printf "%s: \"%s\" is not in src/article/reasons.def as %s\n", file, word, list
            missing = 1
        }
        if (only_first)
            return
    }
}

# A statement: the lines to a semicolon.
function check_statement(s) {
    if (s ~ /article_note\(/)
        check("DIAGNOSTIC", substr(s, index(s, "article_note(")), 1)
    else if (s ~ /(article_skip|article_drop|skip_atoms|skip_cell|add_piece|draft_end_piece|reason_is)\(/ ||
             s ~ /reasons?(\[\])? = / || (file ~ /article\/find\// && s ~ /return [^(]*"[^(]*$/))
        check("SKIPPED", s, 0)
}

FNR == 1 {
    check_statement(statement)
    statement = ""
    file = FILENAME
}
{
    line = $0
    sub(/^ *\/?\*.*/, "", line)
    while ((at = index(line, ";")) > 0) {
        check_statement(statement " " substr(line, 1, at))
        statement = ""
        line = substr(line, at + 1)
    }
    statement = statement " " line
}
END {
    check_statement(statement)
    if (!rows) {
        print "check_reasons: src/article/reasons.def has no rows"
        missing = 1
    }
    exit missing
}' src/article/reasons.def $(find src -name "*.c" | LC_ALL=C sort)
