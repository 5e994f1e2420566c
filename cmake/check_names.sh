#!/bin/sh
# The names of functions: check_names.sh PROGRAM [FOLDER], a program linked with the C library, and
# the folder that holds src/ (default: here). No two functions that other files see share a name, no
# static one has the name of such a function, and none has the name of a function of the C library.
# Prints each name that breaks a rule; leaves with 1 if there was one.
set -eu

program=$1
cd "${2:-$(dirname "$0")/..}"
names=$(mktemp)
trap 'rm -f "$names" "$names.libc"' EXIT

# nm prints "puts@@GLIBC_2.2.5".
for library in $(ldd "$program" | awk '/\/lib[cm]\.so/ { print $3 }'); do
    nm -D --defined-only "$library"
done | awk '$2 ~ /^[TWi]$/ { sub(/@.*/, "", $3); print $3 }' | sort -u >"$names.libc"
if ! grep -qx printf "$names.libc"; then
    echo "check_names: nm finds no C library" >&2
    exit 77
fi

# A definition begins in the first column and has its name before the first bracket; a declaration
# ends with a semicolon. (nm does not see static functions that were inlined.)
find src -name '*.c' | LC_ALL=C sort | while read -r file; do
    awk -v file="$file" '
    /^[a-z_]/ && /\(/ {
        line = $0
        gsub(/__attribute__\(\([^)]*\)[^)]*\)\)? */, "", line)
        head = line
        sub(/\(.*/, "", head)
        if (head ~ /=/ || head !~ /[a-z_0-9]$/ || head ~ /^(typedef|extern|return|else|enum [a-z_]+ *\{)/)
            next
        while (line !~ /[;{]/ && (getline more) > 0)
            line = line " " more
        if (line ~ /;/ || head !~ /[ *]/)
            next
        linkage = head ~ /^static/ ? "static" : "external"
        sub(/.*[ *]/, "", head)
        print head, linkage, file
    }' "$file"
done >"$names"

LC_ALL=C awk '
NR == FNR { libc[$1] = 1; next }
{
    name[FNR] = $1; linkage[FNR] = $2; file[FNR] = $3; count = FNR
    # Once for each file: under #if a function may be there twice.
    if ($2 == "external" && $3 !~ /^src\/module\// && !(($1, $3) in seen)) {
        owner[$1] = owner[$1] " " $3
        seen[$1, $3] = 1
    }
}
END {
    if (count < 100) {
        print "check_names: hardly any function was found"
        exit 1
    }
    for (i = 1; i <= count; i++) {
        if (name[i] in libc && name[i] != "main")
            broken = complain(i, "is also a function of the C library")
        others = split(owner[name[i]], all, " ")
        if (linkage[i] == "external" && others > 1 && name[i] != "main") # each program has one
            broken = complain(i, "is also in" owner[name[i]])
        if (linkage[i] == "static" && others)
            broken = complain(i, "is static here, and external in" owner[name[i]])
    }
    exit broken
}
function complain(i, what) {
    printf "%s: %s() %s\n", file[i], name[i], what
    return 1
}' "$names.libc" "$names"
