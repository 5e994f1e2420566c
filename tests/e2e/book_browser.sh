#!/bin/sh
# The book that is heard in a reading program's engine, foliate-js, in headless Chromium
# (tests/page/book.mjs).
. "${0%/*}/lib.sh"

chromium=$(command -v chromium || command -v chromium-browser || :)
modules=$SOURCE/build-page/node_modules
[ -n "$chromium" ] || skip "chromium is not installed"
command -v node >/dev/null 2>&1 || skip "node is not installed"
[ -d "$modules/foliate-js" ] && [ -d "$modules/playwright-core" ] ||
    skip "foliate-js and playwright-core are not there; ./dev deps gets them"

head -n 12 "$samples/dong-xuan.txt" >bai.txt
mkdir sach
expect 0 "$DOCBAO" save -q bai.txt -o sach/bai.epub
expect 0 "$DOCBAO" save -q bai.txt --captions json -o sach/bai.mp3
expect 0 "$DOCBAO" save -q bai.txt "$samples/tin-ngan.txt" -o sach/hai.epub
expect 0 "$DOCBAO" save -q bai.txt "$samples/tin-ngan.txt" --captions json -o sach/hai.mp3
CHROMIUM=$chromium timeout 200 node "$SOURCE/tests/page/book.mjs" "$modules" "$PWD/sach" >out 2>&1 ||
    fail "in the engine: $(head -20 out)"
finish
