#!/bin/sh
# Runs the fuzzer on one target, in a build FOLDER.
#
#   run.sh TARGET FOLDER SECONDS            as a test: it stops at the first input that breaks
#                                           something. Always with the same inputs in the same
#                                           order, so that a run can be repeated.
#   run.sh TARGET FOLDER SECONDS WORKERS    to find as many as possible: with so many processes,
#                                           from where the last run ended (FOLDER/fuzz/corpus)
#
# It begins with the inputs that the target gives, and with those that broke something before
# (found/TARGET), and takes words from dictionaries/*.dict. What breaks something is kept in FOLDER/fuzz/crashes/TARGET. Leaves with 1 if a
# test breaks, and if no input was tried.
set -u

target=$1 folder=$2 seconds=$3 workers=${4:-}
here=$(cd "$(dirname "$0")" && pwd)
program=$folder/tests/fuzz_$target
crashes=$folder/fuzz/crashes/$target
corpus=$folder/fuzz/corpus/$target
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

mkdir -p "$work/seeds" "$work/files" "$crashes" "$corpus" || exit 1
"$program" --seeds "$work/seeds" || exit 1
[ ! -d "$here/found/$target" ] || cp "$here/found/$target"/* "$work/seeds" || exit 1
# Some targets write a file for each input: in memory, where there is such a folder.
[ -w /dev/shm ] || export TMPDIR="$work/files"

set -- -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=1024 -print_funcs=0 \
    -artifact_prefix="$crashes/"
# A test tries a fixed number of inputs, so that a machine that is fast tries no others.
[ -n "$workers" ] || set -- "$@" -runs=250
# The first line of a dictionary names the targets that it is for.
for dictionary in "$here"/dictionaries/*.dict; do
    case "$(head -n 1 "$dictionary") " in
    "# Targets:"*" $target "*) cat "$dictionary" >>"$work/dictionary" ;;
    esac
done
[ ! -f "$work/dictionary" ] || set -- "$@" -dict="$work/dictionary"

# last_number: of "#123: cov: 45", the lines that libFuzzer prints.
last_number() {
    sed -n 's/^#\([0-9][0-9]*\).*/\1/p' "$work/log" | tail -n 1
}

if [ -n "$workers" ]; then
    "$program" "$@" -fork="$workers" -ignore_crashes=1 -ignore_ooms=1 -ignore_timeouts=1 \
        "$corpus" "$work/seeds" >"$work/log" 2>&1
    tried=$(last_number)
    echo "$target: ${tried:-0} inputs tried"
    [ "${tried:-0}" -gt 0 ] || tail -n 20 "$work/log"
    [ "${tried:-0}" -gt 0 ]
    exit
fi

find "$work/seeds" -type f | LC_ALL=C sort | paste -s -d , - >"$work/list"
"$program" "$@" -seed=1 -shuffle=0 -print_final_stats=1 -seed_inputs=@"$work/list" \
    >"$work/log" 2>&1
status=$?
tried=$(last_number)
echo "$target: ${tried:-0} inputs tried"
[ "$status" != 0 ] || [ "${tried:-0}" = 0 ] || exit 0

grep -av '^#' "$work/log" | tail -n 60
broken=$(sed -n 's/.*Test unit written to //p' "$work/log" | tail -n 1)
if [ -f "$broken" ]; then
    echo "again: $program $broken"
    echo "the input, in base64:"
    head -c 8192 "$broken" | base64
fi
exit 1
