// Tries the pages that docbao save -o OUT.html writes: page.mjs MODULES FOLDER (browser.mjs)
//
// FOLDER holds bai.html with bai.mp3 and bai.json, mot.html (with its sound), and gets screenshots.
import { createServer } from "node:http";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { accessible, check, finish, launch, place as folder } from "./browser.mjs";

function near(a, b, by) {
    return Math.abs(a - b) <= by;
}

function address(name) {
    return pathToFileURL(join(folder, name)).href;
}

// ---- what is asked of a page ----

const state = (page) => page.evaluate(() => {
    const player = document.querySelector("docbao-player");
    return { time: player.audio.currentTime, paused: player.audio.paused,
        rate: player.audio.playbackRate, pitch: player.audio.preservesPitch,
        sentence: player.sentence, sentences: player.sentences.length,
        length: player.audio.duration };
});

const froms = (page) => page.evaluate(() =>
    document.querySelector("docbao-player").sentences.map((s) => s.from));

async function ready(page) {
    await page.waitForFunction(() => {
        const player = document.querySelector("docbao-player");
        return player && player.ready && player.sentences.length;
    });
}

async function open(browser, where, options = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on("console", (message) => check(message.type() !== "error",
        where + ": the console says: " + message.text()));
    page.on("pageerror", (error) => check(false, where + ": " + error.message));
    await page.goto(where);
    await ready(page);
    return page;
}

// What a screen reader is told of what can be used; and that nothing speaks by itself.
async function named(page, name) {
    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send("Accessibility.getFullAXTree");
    const text = (value) => value && value.value || "";
    const used = nodes.filter((n) => !n.ignored &&
        /^(button|slider|combobox|link|textbox|DisclosureTriangle|region)$/.test(text(n.role)));
    for (const node of used) {
        check(text(node.name).length > 1, name + ": without a name: " + text(node.role));
        check(text(node.name) !== text(node.description), name + ": said twice: " + text(node.name));
    }
    check(await page.evaluate(() => {
        const live = "[aria-live], [role=status], [role=alert], [role=log], [role=timer], output";
        return !document.querySelector(live) &&
            !document.querySelector("docbao-player").shadowRoot.querySelector(live);
    }), name + ": it speaks by itself");
    return used.map((n) => text(n.name));
}

const overflows = (page) => page.evaluate(() =>
    document.documentElement.scrollWidth > document.documentElement.clientWidth);

// ---- playing ----

// At each frame for some seconds: the marked word must be one that is heard between the frame
// before and now. Returns the words that were marked, and those that were wrong.
const watchWords = (page, seconds) => page.evaluate((seconds) => new Promise((done) => {
    const player = document.querySelector("docbao-player");
    const begun = player.audio.currentTime;
    const marked = new Set(), wrong = [];
    let before = begun;
    const heardAt = (time) => {
        let word = "";
        for (const s of player.sentences)
            for (const w of s.words)
                if (w.from <= time && time < s.to)
                    word = s.span.textContent.slice(w.start, w.end);
        return word;
    };
    const frame = () => {
        const now = player.audio.currentTime, near = 0.06 * player.audio.playbackRate;
        const highlight = CSS.highlights.get("docbao-word");
        const text = highlight ? Array.from(highlight)[0].toString() : "";
        marked.add(text);
        let right = text === "" || text === heardAt(now);
        for (let t = before; t < now + near && !right; t += 0.01)
            right = text === heardAt(t);
        if (!right)
            wrong.push([text, heardAt(now), now]);
        before = now - near;
        if (now - begun < seconds && !player.audio.paused)
            requestAnimationFrame(frame);
        else
            done({ marked: Array.from(marked), wrong });
    };
    requestAnimationFrame(frame);
}), seconds);

async function focusGoesThrough(page, name) {
    const names = ["Nghe bài", "Câu trước", "Câu sau", "Vị trí", "Tốc độ", "Phím tắt"];
    const told = await named(page, name);
    check([...names, "Phát"].every((n) => told.includes(n)), name + ": there are " + told);
    // The focus goes through the player from left to right, and then into the text.
    const order = [];
    for (let i = 0; i < 6; i++) {
        await page.keyboard.press("Tab");
        order.push(await page.evaluate(() => {
            const inside = document.activeElement.shadowRoot.activeElement;
            return inside.title || inside.getAttribute("aria-label") || inside.textContent;
        }));
    }
    check(order.join() === "Câu trước,Phát,Câu sau,Vị trí,Tốc độ,Phím tắt", name + ": the focus goes to " + order);
}

async function marksWhatIsHeard(page, name) {
    check(!(await page.locator(".docbao-sentence").count()) && !(await page.evaluate(() =>
        CSS.highlights.has("docbao-word"))), name + ": marked before anything is heard");
    await page.locator("docbao-player button").nth(1).click();
    await page.waitForFunction(() => document.querySelector("docbao-player").audio.currentTime > 0.3);
    const watched = await watchWords(page, 4);
    check(watched.marked.length > 6, name + ": only " + watched.marked.length + " words were marked");
    check(!watched.wrong.length, name + ": marked at the wrong time: " +
        JSON.stringify(watched.wrong.slice(0, 3)));
    await accessible(page, name + ", playing");
    const told = await named(page, name + ", playing");
    check(told.includes("Tạm dừng") && !told.includes("Phát"), name + ": playing, there are " + told);
    const where = await page.locator("docbao-player input").getAttribute("aria-valuetext");
    check(/^\d+ giây, trên (\d+ phút )?(\d+ giây)?$/.test(where), name + ": the place is told as " + where);
}

// A page that was saved has no server.
async function correctsNothing(page, name) {
    await page.keyboard.press("c");
    check(await page.evaluate(() => !document.querySelector("dialog") &&
        !document.querySelector("docbao-player").shadowRoot.querySelector(".tool")),
        name + ": readings can be corrected");
}

async function keysPlayAndPause(page, name) {
    await page.keyboard.press(" ");
    check((await state(page)).paused, name + ": SPACE does not pause");
    await page.locator("docbao-player input").focus();
    await page.keyboard.press(" ");
    check(!(await state(page)).paused, name + ": SPACE does not play where the place is chosen");
    await page.keyboard.press("p");
    check((await state(page)).paused, name + ": p does not pause");
    await page.evaluate(() => {
        const player = document.querySelector("docbao-player");
        player.shadowRoot.activeElement.blur();
        player.goTo(0); // it is marked, too
    });
    check(await page.locator(".docbao-sentence").count() === 1, name + ": the sentence is not marked");
}

// The keys do what those of the player do.
async function keysGo(page, name, times) {
    let s = await state(page);
    const at = s.sentence;
    await page.keyboard.press("ArrowRight");
    s = await state(page);
    check(near(s.time, times[at + 1], 0.05), name + ": → goes to " + s.time);
    await page.keyboard.press("ArrowLeft");
    s = await state(page);
    check(near(s.time, times[at], 0.05), name + ": ← goes to " + s.time);
    await page.keyboard.press("ArrowDown");
    const down = await state(page);
    check(down.time > s.time, name + ": ↓ does not go on");
    await page.keyboard.press("ArrowUp");
    check((await state(page)).time < down.time, name + ": ↑ does not go back");
    await page.keyboard.press("f");
    let moved = await state(page);
    check(near(moved.time, s.time + 10, 0.05), name + ": f goes to " + moved.time);
    await page.keyboard.press("b");
    moved = await state(page);
    check(near(moved.time, s.time, 0.05), name + ": b goes to " + moved.time);
}

async function keysGoFarAndFast(page, name, times) {
    await page.emulateMedia({ reducedMotion: "reduce" }); // a click hits what stands still
    await page.keyboard.press("End");
    let moved = await state(page);
    check(moved.sentence === times.length - 1, name + ": END goes to " + moved.time);
    await page.keyboard.press("Home");
    moved = await state(page);
    check(moved.time === times[0], name + ": HOME goes to " + moved.time);
    await page.keyboard.press("]");
    const s = await state(page);
    check(s.rate === 1.25 && s.pitch, name + ": ] gives the speed " + s.rate);
    await page.keyboard.press("Backspace");
    check((await state(page)).rate === 1, name + ": BACKSPACE does not give the normal speed");
    await page.keyboard.press("Control+ArrowRight");
    check((await state(page)).sentence === s.sentence, name + ": a key of the browser was taken");
}

async function clickPlaysFromThere(page, name) {
    const word = await page.evaluate(() => {
        const player = document.querySelector("docbao-player");
        const s = player.sentences[3], w = s.words[4];
        const range = document.createRange();
        s.span.scrollIntoView({ block: "center" });
        range.setStart(s.span.firstChild, w.start);
        range.setEnd(s.span.firstChild, w.end);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2, from: w.from };
    });
    await page.mouse.click(word.x, word.y);
    const s = await state(page);
    check(!s.paused && s.time >= word.from - 0.05 && s.time < word.from + 2,
        name + ": a click on a word at " + word.from + " plays at " + s.time);
    await page.keyboard.press(" ");
}

async function keepsThePlace(page, name) {
    await page.evaluate(() => document.querySelector("docbao-player").seek(12));
    await page.reload();
    await ready(page);
    check(near((await state(page)).time, 12, 0.6), name + ": the place was forgotten");
}

async function plays(browser, name) {
    const page = await open(browser, address(name), { viewport: { width: 1280, height: 800 } });
    const times = await froms(page);
    await accessible(page, name);
    await focusGoesThrough(page, name);
    await marksWhatIsHeard(page, name);
    await correctsNothing(page, name);
    await keysPlayAndPause(page, name);
    await keysGo(page, name, times);
    await keysGoFarAndFast(page, name, times);
    await clickPlaysFromThere(page, name);
    await keepsThePlace(page, name);
    await page.screenshot({ path: join(folder, name + "-light.png") });
    await page.context().close();
}

async function looks(browser, name) {
    for (const colorScheme of ["light", "dark"])
        // The low ones: 200 and 400 percent of a window of 1280 by 740, and by 1024.
        for (const [width, height] of [[360, 740], [640, 370], [320, 256], [1280, 740]]) {
            const page = await open(browser, address(name),
                { viewport: { width, height }, colorScheme });
            const what = name + ", " + colorScheme + ", " + width;
            await page.evaluate(() => {
                const player = document.querySelector("docbao-player");
                player.seek(player.sentences[3].from + 1);
            });
            check(!(await overflows(page)), what + ": wider than the window");
            await accessible(page, what);
            await page.screenshot({ path: join(folder, name + "-" + colorScheme + "-" + width + ".png") });
            await page.context().close();
        }
}

async function prints(browser, name) {
    const page = await open(browser, address(name));
    await page.emulateMedia({ media: "print" });
    check(!(await page.locator("docbao-player").isVisible()), name + ": the player is printed");
    await page.pdf({ path: join(folder, name + ".pdf") });
    await page.context().close();
}

// Without scripts the text is there, and the browser's own player.
async function withoutScripts(browser, name) {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address(name));
    check(await page.locator("main h1").isVisible(), name + ": no text without scripts");
    check(await page.locator("audio").isVisible(), name + ": no sound without scripts");
    await context.close();
}

// ---- the marks and the sound itself ----

// A sound of tones, each a word, and its page.
const TONE_STEP = 0.7; // seconds

function writeTones() {
    const rate = 16000, count = 30, length = Math.round((count + 1) * TONE_STEP * rate);
    const bytes = Buffer.alloc(44 + 2 * length);
    bytes.write("RIFF", 0);
    bytes.writeUInt32LE(36 + 2 * length, 4);
    bytes.write("WAVEfmt ", 8);
    bytes.writeUInt32LE(16, 16);
    bytes.writeUInt16LE(1, 20);
    bytes.writeUInt16LE(1, 22);
    bytes.writeUInt32LE(rate, 24);
    bytes.writeUInt32LE(2 * rate, 28);
    bytes.writeUInt16LE(2, 32);
    bytes.writeUInt16LE(16, 34);
    bytes.write("data", 36);
    bytes.writeUInt32LE(2 * length, 40);
    for (let tone = 1; tone <= count; tone++)
        for (let i = 0; i < 0.06 * rate; i++)
            bytes.writeInt16LE(Math.round(20000 * Math.sin(2 * Math.PI * 440 * i / rate)),
                44 + 2 * (Math.round(tone * TONE_STEP * rate) + i));
    writeFileSync(join(folder, "tones.wav"), bytes);
    const words = Array.from({ length: count + 1 }, (_, i) => i);
    writeFileSync(join(folder, "tones.html"), `<!DOCTYPE html><html lang="vi"><meta charset="utf-8">
<title>Tiếng</title><main id="bai"><span data-from="0" data-to="${(count + 1) * TONE_STEP}"
data-words="${words.map((i) => Math.round(i * TONE_STEP * 1000)).join(" ")}">${words.map((i) => "t" + i).join(" ")}
</span></main><docbao-player src="tones.wav" for="bai"></docbao-player>
<script src="docbao-player.js"></script></html>`);
}

// When each tone goes to the loudspeaker, and when its word is marked, in milliseconds.
const listenAndWatch = (page, rate, tones) => page.evaluate(async ([rate, tones]) => {
    const player = document.querySelector("docbao-player");
    const context = new AudioContext();
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([`
        registerProcessor("onsets", class extends AudioWorkletProcessor {
            process([input]) {
                for (const [i, x] of (input[0] || []).entries()) {
                    if (Math.abs(x) > 0.05 && !(this.quiet < sampleRate * 0.12))
                        this.port.postMessage(currentTime + i / sampleRate);
                    this.quiet = Math.abs(x) > 0.05 ? 0 : (this.quiet || 0) + 1;
                }
                return true;
            }
        });`], { type: "text/javascript" })));
    const ears = new AudioWorkletNode(context, "onsets");
    context.createMediaElementSource(player.audio).connect(ears).connect(context.destination);
    const heard = [], marked = [];
    ears.port.onmessage = (event) => {
        const out = context.getOutputTimestamp();
        heard.push(out.performanceTime + (event.data - out.contextTime) * 1000);
    };
    let before = "";
    const watch = () => {
        const highlight = CSS.highlights.get("docbao-word");
        const text = highlight ? Array.from(highlight)[0].toString() : "";
        if (text !== before)
            marked[Number(text.slice(1))] = performance.now();
        before = text;
        requestAnimationFrame(watch);
    };
    watch();
    player.setSpeed(rate);
    await context.resume();
    await player.audio.play();
    for (let tenth = 0; heard.length < tones && tenth < 600; tenth++)
        await new Promise((done) => setTimeout(done, 100));
    return { heard, marked };
}, [rate, tones]);

async function marksWithTheSound(browser) {
    writeTones();
    const server = await serve();
    for (const rate of [0.5, 1, 2]) {
        const page = await open(browser, `http://127.0.0.1:${server.address().port}/tones.html`);
        const { heard, marked } = await listenAndWatch(page, rate, 6);
        const late = heard.map((at, i) => Math.round(marked[i + 1] - at)).slice(1, -1);
        check(late.length >= 3, `at speed ${rate}: only ${late.length} tones were heard`);
        check(late.every(Number.isFinite), `at speed ${rate}: marked after ms: ${late}`);
        // How soon is a figure of a quiet machine; the frames of a busy one come when they can.
        const far = late.filter((ms) => Math.abs(ms) > 60);
        if (process.env.PAGE_TIMED)
            check(!far.length, `at speed ${rate}: marked after ms: ${late}`);
        await page.context().close();
    }
    server.close();
}

// ---- a long page ----

// The page of some hours: the text many times, each later than the one before.
function writeLong() {
    const page = readFileSync(join(folder, "bai.html"), "utf8");
    const from = page.indexOf("<article>"), to = page.indexOf("</main>");
    const length = JSON.parse(readFileSync(join(folder, "bai.json"), "utf8")).end;
    const texts = Array.from({ length: 60 }, (_, copy) => page.slice(from, to)
        .replace(/id="s1-/g, `id="s${copy + 1}-`)
        .replace(/data-(from|to)="([0-9.]+)"/g, (_, which, time) =>
            `data-${which}="${(Number(time) + copy * length).toFixed(3)}"`));
    writeFileSync(join(folder, "dai.html"), page.slice(0, from) + texts.join("") + page.slice(to));
}

// The processor time of each task of the page's main thread while `act` runs, in milliseconds.
async function tasksOf(page, act) {
    const client = await page.context().newCDPSession(page);
    const events = [];
    client.on("Tracing.dataCollected", (part) => events.push(...part.value));
    await client.send("Tracing.start", { transferMode: "ReportEvents",
        traceConfig: { includedCategories: ["toplevel", "devtools.timeline"] } });
    await act();
    const complete = new Promise((done) => client.once("Tracing.tracingComplete", done));
    await client.send("Tracing.end");
    await complete;
    const frame = events.find((e) => e.name === "FireAnimationFrame");
    return events.filter((e) => frame && e.pid === frame.pid && e.tid === frame.tid &&
        e.name.endsWith("RunTask") && e.tdur !== undefined).map((e) => e.tdur / 1000);
}

// No frame is lost because the page has too much to do: whatever the machine does besides, each task
// takes less than the time of a frame.
async function staysQuick(browser) {
    writeLong();
    const page = await open(browser, address("dai.html"), { viewport: { width: 1280, height: 800 } });
    check((await state(page)).sentences > 500, "long: only " + (await state(page)).sentences + " sentences");
    await page.evaluate(() => {
        const player = document.querySelector("docbao-player");
        player.setSpeed(2);
        return player.toggle();
    });
    const tasks = await tasksOf(page, async () => {
        await page.waitForTimeout(2000);
        await page.mouse.move(600, 400);
        for (let i = 0; i < 20; i++) {
            await page.mouse.wheel(0, i < 12 ? 1500 : -700);
            await page.waitForTimeout(80);
        }
        for (let i = 0; i < 8; i++)
            await page.keyboard.press("ArrowRight");
    });
    const slow = tasks.filter((ms) => ms > 16);
    check(tasks.length > 200, "long: only " + tasks.length + " tasks were seen");
    check(!slow.length, "long: tasks took ms: " + slow.map(Math.round));
    await page.context().close();
}

// A browser that marks no ranges and makes no style objects: the words get elements, and the text
// stays as it is.
async function inOlderBrowser(browser, name) {
    const page = await (await browser.newContext()).newPage();
    page.on("pageerror", (error) => check(false, "older: " + error.message));
    await page.addInitScript(() => {
        delete window.Highlight;
        delete CSSStyleSheet.prototype.replaceSync;
    });
    await page.goto(address(name));
    await ready(page);
    const text = await page.locator("main").textContent();
    const words = await page.evaluate(async () => {
        const player = document.querySelector("docbao-player"), words = new Set();
        player.goTo(3);
        await player.toggle();
        for (let i = 0; i < 30; i++) {
            await new Promise((done) => setTimeout(done, 50));
            const marked = Array.from(document.querySelectorAll(".docbao-word"), (e) => e.textContent);
            words.add(marked.join("|"));
        }
        return Array.from(words);
    });
    check(words.length > 3 && words.every((word) => text.includes(word)), "older: marked are " + words);
    check(await page.locator("main").textContent() === text, "older: the text is changed");
    check(await page.evaluate(() => getComputedStyle(document.querySelector(".docbao-sentence"))
        .backgroundColor) !== "rgba(0, 0, 0, 0)", "older: the sentence has no colour");
    await page.context().close();
}

// ---- in another page ----

function serve() {
    const types = { html: "text/html; charset=utf-8", json: "application/json", mp3: "audio/mpeg",
        js: "text/javascript", wav: "audio/wav" };
    const server = createServer((request, response) => {
        const name = decodeURIComponent(request.url.slice(1));
        try {
            const bytes = readFileSync(join(folder, name.replace(/[^\w.-]/g, "")));
            const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range || "");
            const from = range ? Number(range[1]) : 0;
            const to = range && range[2] ? Number(range[2]) : bytes.length - 1;
            response.writeHead(range ? 206 : 200, {
                "Content-Type": types[name.split(".").pop()] || "text/plain",
                "Accept-Ranges": "bytes", "Content-Length": to - from + 1,
                ...(range ? { "Content-Range": `bytes ${from}-${to}/${bytes.length}` } : {}) });
            response.end(bytes.subarray(from, to + 1));
        } catch (error) {
            response.writeHead(name === "favicon.ico" ? 204 : 404).end();
        }
    });
    return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

// A newspaper's page: its own elements, the names of the sentences, one script, and a policy that
// forbids styles and scripts in the page.
async function embedded(browser) {
    const captions = JSON.parse(readFileSync(join(folder, "bai.json"), "utf8"));
    const sentences = captions.articles[0].sentences;
    const spans = sentences.map((s) =>
        `<p><span id="${s.id}">${s.text.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</span></p>`);
    writeFileSync(join(folder, "trang.html"), `<!DOCTYPE html><html lang="vi"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<title>Trang của báo</title><main><h1>Báo</h1>
<docbao-player src="bai.mp3" times="bai.json" for="bai"></docbao-player>
<docbao-player src="bai.mp3" for="khac"></docbao-player><p id="khac">Một bài khác.</p>
<div id="bai">${spans.join("\n")}</div></main><script src="docbao-player.js"></script></html>`);
    const server = await serve();
    const page = await open(browser, `http://127.0.0.1:${server.address().port}/trang.html`);
    const s = await state(page);
    check(s.sentences === sentences.length, "embedded: " + s.sentences + " sentences were found");
    await named(page, "embedded");
    check(await page.evaluate(() => getComputedStyle(
        document.querySelector("docbao-player").shadowRoot.querySelector(".bar")).display) === "flex",
        "embedded: the policy of the page takes the style away");
    await page.keyboard.press("ArrowRight");
    check((await state(page)).time === 0, "embedded: a key outside the player was taken");
    await page.locator("docbao-player button").nth(1).click();
    await page.waitForFunction(() => document.querySelector("docbao-player").audio.currentTime > 0.3);
    const watched = await watchWords(page, 2);
    check(watched.marked.length > 3 && !watched.wrong.length,
        "embedded: words are marked wrong: " + JSON.stringify(watched));
    check(await page.evaluate(() => getComputedStyle(document.querySelector(".docbao-sentence"))
        .backgroundColor) !== "rgba(0, 0, 0, 0)", "embedded: the sentence has no colour");
    // One is heard at a time; and none that the page takes away, which has no keys either.
    await page.evaluate(() => document.querySelectorAll("docbao-player")[1].toggle());
    check((await state(page)).paused, "embedded: two players are heard");
    await page.evaluate(async () => {
        const player = document.querySelector("docbao-player");
        await player.toggle();
        player.remove();
        window.removed = player;
    });
    check(await page.evaluate(() => window.removed.audio.paused), "embedded: what is gone is heard");
    await page.context().close();
    server.close();
}

// The sound is not there: it is said.
async function missingSound(browser) {
    const text = readFileSync(join(folder, "bai.html"), "utf8").replace('src="bai.mp3"', 'src="gone.mp3"');
    writeFileSync(join(folder, "gone.html"), text);
    const page = await browser.newPage();
    await page.goto(address("gone.html"));
    await page.locator("docbao-player button").nth(1).click();
    await page.waitForFunction(() =>
        (document.querySelector("docbao-player").said || {}).role === "alert" &&
        document.querySelector("docbao-player").said.textContent.length > 10);
    await page.close();
}

const browser = await launch();
try {
    await plays(browser, "bai.html");
    await plays(browser, "mot.html");
    await looks(browser, "bai.html");
    await prints(browser, "bai.html");
    await withoutScripts(browser, "bai.html");
    await withoutScripts(browser, "mot.html");
    await embedded(browser);
    await missingSound(browser);
    await marksWithTheSound(browser);
    await staysQuick(browser);
    await inOlderBrowser(browser, "bai.html");
} catch (error) {
    check(false, error.stack);
} finally {
    await browser.close();
}
finish();
