#!/bin/sh
# The page to read along in headless Chromium (tests/page/page.mjs).
. "${0%/*}/lib.sh"

chromium=$(command -v chromium || command -v chromium-browser || :)
modules=$SOURCE/build-page/node_modules
[ -n "$chromium" ] || skip "chromium is not installed"
command -v node >/dev/null 2>&1 || skip "node is not installed"
[ -d "$modules/playwright-core" ] || skip "playwright-core is not there; ./dev deps gets it"

head -n 12 "$samples/dong-xuan.txt" >bai.txt
mkdir trang
export LANGUAGE=vi
expect 0 "$DOCBAO" save -q bai.txt --captions json -o trang/bai.html
expect 0 "$DOCBAO" save -q bai.txt --single -o trang/mot.html
cp "$SOURCE/assets/page/docbao-player.js" trang/
CHROMIUM=$chromium timeout 280 node "$SOURCE/tests/page/page.mjs" "$modules" "$PWD/trang" >out 2>&1 ||
    fail "in the browser: $(head -20 out)"
finish
