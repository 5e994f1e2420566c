#!/bin/sh
# The messages of the program: messages.sh write [FOLDER] | check [FOLDER], the folder that holds
# src/ and po/ (default: here). `write` collects them with xgettext into po/docbao.pot. `check`
# prints what is wrong and leaves with 1 if there was anything: the collection must be up to date,
# and messages must be whole sentences, or labels listed in po/labels.txt (messages.awk).
set -eu

here=$(cd "$(dirname "$0")" && pwd)

# The functions and table macros that take a message, and which of their arguments it is.
keywords='_ N_ message_plural:1,2 buf_add_message:2 err_set:3 article_note:4 complain:1
    cli_message:2 usage_error:1 refuse:2 add_item:2 fault:2 listen_tell:2 out_message:2 add_message:2
    OPTION:9 VERB:4 COMMAND:8'

# Without dates and source lines, so that it changes with the messages alone.
collect() {
    arguments=--keyword
    for keyword in $keywords; do
        arguments="$arguments --keyword=$keyword"
    done
    # shellcheck disable=SC2086 # one argument a keyword
    find src \( -name '*.c' -o -name '*.h' -o -name '*.def' \) | LC_ALL=C sort |
        xgettext --language=C --from-code=UTF-8 $arguments --no-location --sort-output --no-wrap \
            --add-comments=Translators: --files-from=- --package-name=docbao --output=- |
        sed -e '/^"POT-Creation-Date:/d' -e 's/charset=CHARSET/charset=UTF-8/'
}

# One message a line. xgettext writes each in one line, but for those that hold line ends.
list() {
    awk '
    function flush() { if (message != "") print message; message = ""; inside = 0 }
    /^msgid/ { flush(); inside = 1; sub(/^msgid(_plural)? /, "") }
    /^msgstr/ { flush() }
    inside && /^"/ { message = message substr($0, 2, length($0) - 2) }' "$1"
}

check() {
    pot=$(mktemp)
    trap 'rm -f "$pot" "$pot.list"' EXIT
    wrong=0
    collect >"$pot"
    cmp -s "$pot" po/docbao.pot || {
        echo "po/docbao.pot is not up to date: run ./dev messages"
        wrong=1
    }
    list "$pot" >"$pot.list"
    LC_ALL=C awk -f "$here/messages.awk" po/labels.txt "$pot.list" || wrong=1
    return $wrong
}

cd "${2:-$here/..}"
case ${1:-} in
write) collect >po/docbao.pot ;;
check) check ;;
*)
    echo "messages.sh write|check [FOLDER]" >&2
    exit 2
    ;;
esac
