#!/bin/sh
# The pages of docbao serve in headless Chromium (tests/page/serve.mjs, served.mjs).
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"

chromium=$(command -v chromium || command -v chromium-browser || :)
modules=$SOURCE/build-page/node_modules
[ -n "$chromium" ] || skip "chromium is not installed"
command -v node >/dev/null 2>&1 || skip "node is not installed"
[ -d "$modules/playwright-core" ] || skip "playwright-core is not there; ./dev deps gets it"

LANGUAGE=vi
export LANGUAGE
begin
for page in serve served; do
    CHROMIUM=$chromium timeout 140 node "$SOURCE/tests/page/$page.mjs" "$modules" "$web/" \
        >out 2>&1 || fail "$page in the browser: $(head -20 out)"
done
finish
