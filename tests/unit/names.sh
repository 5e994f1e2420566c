#!/bin/sh
# The check of the names of functions: does it fail on a bad tree? names.sh PROGRAM
set -eu

script=$(cd "$(dirname "$0")/../.." && pwd)/cmake/check_names.sh
program=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir "$tree/src"
for i in $(seq 120); do
    printf 'static void filler_%s(void)\n{\n}\n' "$i"
done >"$tree/src/fillers.c"
printf 'void shared(int a,\n            int b)\n{\n}\n' >"$tree/src/a.c"

# check SOURCE: what is said of the tree with this further file.
check() {
    printf '%b' "$1" >"$tree/src/b.c"
    sh "$script" "$program" "$tree"
}

status=0
check 'int other(void)\n{\n    shared(1, 2);\n}\nvoid shared(int a, int b);\n' || status=$?
[ "$status" != 77 ] || exit 77
[ "$status" = 0 ] || {
    echo "a good tree is refused"
    exit 1
}
for bad in 'void shared(int c, int d)\n{\n}\n' 'static int shared(void)\n{\n}\n' \
    'static void close(int fd)\n{\n}\n' 'int printf(const char *f)\n{\n}\n' \
    '__attribute__((format(printf, 1, 2))) static int listen(const char *f, ...)\n{\n}\n'; do
    if check "$bad" >"$tree/said"; then
        echo "allowed, but forbidden: $bad"
        exit 1
    fi
done
