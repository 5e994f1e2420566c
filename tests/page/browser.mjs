// What the scripts that try pages share: SCRIPT MODULES PLACE
//
// MODULES is the folder node_modules with playwright-core and axe-core, PLACE the address or the
// folder of the pages. CHROMIUM is the program, if it is not /usr/bin/chromium.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export const [modules, place] = process.argv.slice(2);
const require = createRequire(resolve(modules, "..") + "/");

let faults = 0;

// Prints what is wrong unless it holds.
export function check(holds, what) {
    if (holds)
        return;
    faults++;
    console.log(what);
}

// Leaves, with 1 if anything was wrong.
export function finish() {
    process.exit(faults ? 1 : 0);
}

// Chromium without a window, which asks nothing of the network by itself.
export function launch() {
    return require("playwright-core").chromium.launch({
        executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--autoplay-policy=no-user-gesture-required"],
    });
}

// What axe finds wrong with a page as it is now.
export async function accessible(page, name) {
    await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
    const result = await page.evaluate(() => window.axe.run());
    for (const v of result.violations)
        check(false, name + ": " + v.id + ": " + v.help + " (" +
            v.nodes.map((n) => n.html).join(" ").slice(0, 200) + ")");
    check(result.passes.length > 10, name + ": the checker looked at too little");
}
