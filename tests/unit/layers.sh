#!/bin/sh
# cmake/check_layers.sh passes our own tree, passes a good one, and can fail: each bad line below,
# alone in a tree, must be found and named.
set -eu

source=$(cd "$(dirname "$0")/../.." && pwd)
check=$source/cmake/check_layers.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

"$check" "$source" || failed=1

# put FILE LINE: a tree that holds this one file.
put() {
    rm -rf "$tree/src"
    mkdir -p "$tree/$(dirname "$1")"
    printf '/* one line */\n%s\n' "$2" >"$tree/$1"
}

good() {
    put "$1" "$2"
    if ! "$check" "$tree" >"$tree/out" 2>&1; then
        echo "refused, but allowed: $1: $2"
        failed=1
    fi
}

bad() {
    put "$1" "$2"
    if "$check" "$tree" >"$tree/out" 2>&1; then
        echo "allowed, but forbidden: $1: $2"
        failed=1
    elif ! grep -qF "$1:2: $2" "$tree/out"; then
        echo "refused without its place: $1: $2"
        failed=1
    fi
}

good src/base/buf.h '#include "base/sv.h"'
good src/lang/transcription.c '#include "base/packed_table.h"'
good src/rules/rules.c '#include "lang/transcription.h"'
good src/article/input/likeness.c '#include "rules/rules.h"'
good src/text/classes/date.c '#include "article/article.h"'
good src/sink/captions.c '#include "article/article.h"'
good src/session/play.c '#include "synth/pool.h"'
good src/docbao/docbao.c '#include "session/session.h"'
good src/docbao/docbao.h '#include <stdint.h>'
good src/cli/main.c '#include "base/buf.h"'
good src/cli/main.c '#include "docbao/docbao.h"'
good src/cli/main.c '#include "cli/options.h"'
good src/cli/control.c '#include <yajl/yajl_gen.h>'
good src/synth/espeak/library.h '#include <espeak-ng/speak_lib.h>'
good src/synth/espeak/espeak.c '#include "synth/espeak/timing.h"'
good src/module/fetch.c '#include <curl/curl.h>'
good src/module/zip.c '#include <zip.h>'
good src/module/pdf.c '#include <poppler.h>'
good src/module/pdf.c '#include "article/format/pdf_module.h"'
good src/module/mpris.c '#include <systemd/sd-bus.h>'
good src/module/mpris.c '#include "session/desktop.h"'
good src/docbao/desktop.c '#include "session/desktop.h"'
good src/article/format/markdown.c '#include <md4c.h>'
good src/base/mem.c '#include <sys/mman.h>'
good src/base/nfc.c '#  include <utf8proc.h> /* the one place */'

good src/module/html.c '#include <libxml/HTMLparser.h>'
bad src/article/find/clean_html.c '#include <libxml/HTMLparser.h>'
bad src/base/sv.c '#include "article/article.h"'
bad src/lang/transcription.c '#include "rules/rules.h"'
bad src/rules/rules.h '#include "text/normalize.h"'
bad src/rules/read.c '#include "article/article.h"'
bad src/article/find/page.c '#include "lang/syllable.h"'
bad src/article/read.c '#include "text/normalize.h"'
good src/article/read.c '#include "article/find/clean_html.h"'
good src/article/find/masthead.c '#include "article/format/draft.h"'
good src/article/format/draft.c '#include "article/input/decode.h"'
good src/article/input/decode.c '#include "article/source_map.h"'
good src/article/article.h '#include "article/source_map.h"'
bad src/article/find/clean_html.c '#include "article/read.h"'
bad src/article/format/docx.c '#include "article/find/masthead.h"'
bad src/article/format/feed.h '#include "article/read.h"'
bad src/article/input/load.c '#include "article/format/format.h"'
bad src/article/source_map.c '#include "article/input/decode.h"'
bad src/text/token.c '#include "synth/synth.h"'
good src/text/view.c '#include "text/view.h"'
good src/text/classes/date.c '#include "text/classes/numeral.h"'
good src/text/classes/amount.h '#include "text/classes/unit.h"'
bad src/text/view.h '#include "text/utterance.h"'
bad src/text/sentences.c '#include "text/definitions_of_tomorrow.h"'
bad src/text/classes/unit.c '#include "text/classes/numeral.h"'
bad src/text/classes/date.c '#include "text/classes/phone.h"'
good src/text/classes/date_evidence.c '#include "text/classes/date_context.h"'
bad src/text/classes/date_context.c '#include "text/classes/date_evidence.h"'
bad src/text/breath.c '#include "text/sentences.h"'
bad src/text/classes/date.c '#include "session/session.h"'
bad src/synth/pool.c '#include "article/article.h"'
bad src/synth/pool.c '#include "text/normalize.h"'
bad src/synth/voice.c '#include "synth/espeak/timing.h"'
bad src/docbao/time.c '#include "synth/espeak/timing.h"'
bad src/sink/file.c '#include "text/normalize.h"'
bad src/session/play.c '#include "cli/main.h"'
bad src/docbao/docbao.c '#include "cli/main.h"'
bad src/docbao/docbao.h '#include "base/sv.h"'
bad src/cli/main.c '#include "lang/letter.h"'
bad src/cli/main.c '#include "docbao/internal.h"'
bad src/cli/main.c '  #  include "text/normalize.h"'
bad src/text/token.c '#include "reading.h"'
bad src/text/token.c '#include "../synth/synth.h"'
bad src/text/token.c '#include "text/../synth/synth.h"'
bad src/kitchen/stove.c '#include "base/sv.h"'
bad src/synth/pool.c '#include <espeak-ng/speak_lib.h>'
bad src/sink/file.c '#include <portaudio.h>'
bad src/sink/player.c '#include <sndfile.h>'
bad src/session/voice.c '#include <ini.h>'
bad src/cli/main.c '#include <yajl/yajl_gen.h>'
bad src/text/token.c '#include <utf8proc.h>'
bad src/base/net.c '#include <curl/curl.h>'
bad src/article/input/fetch.c '#include <curl/curl.h>'
bad src/article/input/archive.c '#include <zip.h>'
bad src/article/format/pdf.c '#include <poppler.h>'
bad src/article/format/docx.c '#include <libxml/parser.h>'
bad src/session/desktop.c '#include <systemd/sd-bus.h>'
bad src/article/read.c '#include <md4c.h>'
bad src/article/read.c '#include <libxml/parser.h>'
bad src/article/input/fetch.c '#include "module/fetch.h"'
bad src/base/odd.c '#include HEADER'

rm -rf "$tree/src"
mkdir "$tree/src"
if "$check" "$tree" >/dev/null 2>&1; then
    echo "an empty tree passed"
    failed=1
fi
exit $failed
