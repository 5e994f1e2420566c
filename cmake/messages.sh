#!/bin/sh
# The messages of the program: messages.sh write [FOLDER] | check [FOLDER], the folder that holds
# src/ and po/ (default: here). `write` collects them with xgettext into po/docbao.pot, and brings
# the translations (po/LANGUAGE.po) up to it: new messages are added to them without a translation,
# messages that are gone are removed. `check` prints what is wrong and leaves with 1 if there was
# anything: the collection and the translations must be up to date, messages must be whole sentences,
# or labels listed in po/labels.txt (messages.awk), and all must be translated, with the same
# placeholders.
set -eu

here=$(cd "$(dirname "$0")" && pwd)

# The functions and table macros that take a message, and which of their arguments it is.
keywords='_ N_ message_plural:1,2 buf_add_message:2 err_set:3 article_note:4 complain:1
    cli_message:2 usage_error:1 refuse:2 progress_line_add:2 fault:2 listen_tell:2 listen_say:2 out_message:2 add_message:2
    message:1 OPTION:9 VERB:4 COMMAND:8'
# The same of those whose messages are always labels: rules of readings, words of the system.
label_keywords='token_begin:4 SYSTEM_ERROR:2 SYSTEM_SIGNAL:2'

# collect KEYWORD...: without dates and source lines, so that it changes with the messages alone.
collect() {
    arguments=--keyword
    for keyword in "$@"; do
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

collect_all() {
    # shellcheck disable=SC2086 # one argument a keyword
    collect $keywords $label_keywords
}

# merged FILE: the translations in it, brought up to po/docbao.pot.
merged() {
    msgmerge --quiet --no-fuzzy-matching --no-location --sort-output --no-wrap --output=- "$1" \
        po/docbao.pot | msgattrib --no-obsolete --no-wrap --sort-output
}

write() {
    collect_all >po/docbao.pot
    for po in po/*.po; do
        [ -f "$po" ] || continue
        merged "$po" >"$po.new"
        mv "$po.new" "$po"
    done
}

# check_translation FILE: prints what is wrong; msgfmt compares the placeholders.
check_translation() {
    good=true
    merged "$1" | cmp -s - "$1" || {
        echo "$1 is not up to date: run ./dev messages"
        good=false
    }
    msgfmt --check --output-file=/dev/null "$1" || good=false
    for state in untranslated only-fuzzy; do
        msgattrib --$state --no-obsolete --no-wrap "$1" >"$pot.list"
        list "$pot.list" >"$pot.left"
        [ ! -s "$pot.left" ] || {
            echo "$1: these messages need a translation:"
            cat "$pot.left"
            good=false
        }
    done
    $good
}

check() {
    pot=$(mktemp)
    trap 'rm -f "$pot" "$pot.list" "$pot.left" "$pot.labels"' EXIT
    wrong=0
    collect_all >"$pot"
    cmp -s "$pot" po/docbao.pot || {
        echo "po/docbao.pot is not up to date: run ./dev messages"
        wrong=1
    }
    list "$pot" >"$pot.list"
    # shellcheck disable=SC2086 # one argument a keyword
    collect $label_keywords >"$pot.left"
    list "$pot.left" | cat po/labels.txt - >"$pot.labels"
    LC_ALL=C awk -f "$here/messages.awk" "$pot.labels" "$pot.list" || wrong=1
    for po in po/*.po; do
        [ ! -f "$po" ] || check_translation "$po" || wrong=1
    done
    return $wrong
}

cd "${2:-$here/..}"
case ${1:-} in
write) write ;;
check) check ;;
*)
    echo "messages.sh write|check [FOLDER]" >&2
    exit 2
    ;;
esac
