#!/bin/sh
# The pages of docbao serve in headless Chromium (tests/page/serve.mjs, served.mjs).
. "${0%/*}/lib.sh"

chromium=$(command -v chromium || command -v chromium-browser || :)
modules=$SOURCE/build-page/node_modules
[ -n "$chromium" ] || skip "chromium is not installed"
command -v node >/dev/null 2>&1 || skip "node is not installed"
[ -d "$modules/playwright-core" ] || skip "playwright-core is not there; ./dev deps gets it"
"$DOCBAO" --version | grep -q 'not installed:.*\(http\|sqlite\)' && skip "the server is not built"

LANGUAGE=vi "$DOCBAO" serve -o state --listen 127.0.0.1:0 >address 2>said &
server=$!
cleanup='kill -9 $server 2>/dev/null'
tries=0
while [ ! -s address ] && [ $tries -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
[ -s address ] || fail "the server does not begin: $(cat said)"
for page in serve served; do
    CHROMIUM=$chromium timeout 140 node "$SOURCE/tests/page/$page.mjs" "$modules" "$(head -1 address)" \
        >out 2>&1 || fail "$page in the browser: $(head -20 out)"
done
finish
