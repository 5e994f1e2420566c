#!/bin/sh
# Writes what the samples are expected to give, and the analysis of every example of tests/spec, from
# the program as it is now:
#     sh tests/golden/update.sh build/docbao
# Read the difference (git diff tests/golden) before you commit it: it is what users will hear.
set -eu
[ $# = 1 ] || { echo "usage: update.sh PROGRAM" >&2; exit 1; }
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../assets/samples"
# The user's own voices and rules shall not count.
HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent XDG_CACHE_HOME=/dev/null
export HOME XDG_CONFIG_HOME XDG_CACHE_HOME
sound=$here/sound.txt
echo "# The sound of each sample as a WAV stream: file, POSIX cksum, bytes; plain: with --style plain. Made with" >"$sound"
echo "engine $(pkg-config --modversion espeak-ng)" >>"$sound"
for sample in *.txt; do
    # A line an object, so that a difference can be read.
    "$program" text --json "$sample" | awk '{gsub(/,\{"/, ",\n{\""); print}' \
        >"$here/${sample%.txt}.json"
    echo "$sample $("$program" save -q "$sample" -o - | cksum)" >>"$sound"
    echo "plain $sample $("$program" save -q --style plain "$sample" -o - | cksum)" >>"$sound"
done
cd "$here/.."
"$(dirname "$program")/tests/spec_runner" --record spec/*.md >/dev/null
