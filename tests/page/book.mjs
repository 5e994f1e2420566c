// Lets the engine of a reading program, foliate-js, play the books that docbao save -o OUT.epub makes:
// book.mjs MODULES FOLDER (browser.mjs)
//
// MODULES has foliate-js, too. FOLDER holds bai.epub with bai.json, its captions, and hai.epub, two
// articles with hai.json.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { check, finish, launch, modules, place as folder } from "./browser.mjs";

// ---- what the browser gets ----

const types = { html: "text/html; charset=utf-8", js: "text/javascript", epub: "application/epub+zip" };

const readerPage = `<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Sách</title>
<style>html, body { height: 100%; margin: 0 } foliate-view { display: block; height: 100% }</style>
<body><script type="module" src="/foliate-js/view.js"></script></body></html>`;

function bytesOf(path) {
    if (path === "/")
        return Buffer.from(readerPage);
    const engine = path.startsWith("/foliate-js/");
    const file = engine ? join(modules, normalize(path)) : join(folder, normalize(path));
    return existsSync(file) ? readFileSync(file) : null;
}

function serve() {
    const server = createServer((request, response) => {
        const path = decodeURIComponent(request.url.split("?")[0]);
        const bytes = bytesOf(path);
        const ending = path === "/" ? "html" : path.split(".").pop();
        response.writeHead(bytes ? 200 : path === "/favicon.ico" ? 204 : 404,
            { "Content-Type": types[ending] || "text/plain" });
        response.end(bytes);
    });
    return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

// ---- the engine ----

// Opens the book, and notes for each fragment that the engine marks when the sound was there, what text
// it has, and whether the element comes to look marked. The engine makes its own Audio; the last one is
// kept.
const openBook = (page, name) => page.evaluate(async (name) => {
    const Sound = window.Audio;
    window.Audio = function (...from) {
        window.sound = new Sound(...from);
        return window.sound;
    };
    const view = document.createElement("foliate-view");
    document.body.append(view);
    await view.open(new File([await (await fetch("/" + name)).blob()], name));
    await view.init({});
    window.view = view;
    window.marked = [];
    window.failed = [];
    const activeClass = view.book.media.activeClass;
    const look = (note, tries) => { // the engine turns to the page first
        const { doc } = view.renderer.getContents()[0];
        const element = doc.getElementById(note.id);
        note.text = element ? element.textContent : "";
        note.looks = Array.from(doc.querySelectorAll("." + activeClass)).includes(element) &&
            doc.defaultView.getComputedStyle(element).backgroundColor !== "rgba(0, 0, 0, 0)";
        if (note.looks || !tries)
            note.known = true;
        else
            setTimeout(look, 10, note, tries - 1);
    };
    view.mediaOverlay.addEventListener("error", (e) => window.failed.push(String(e.detail)));
    view.mediaOverlay.addEventListener("highlight", (e) => {
        const note = { id: e.detail.text.split("#")[1], begin: e.detail.begin, end: e.detail.end,
            time: window.sound.currentTime, text: "", looks: false, known: false };
        window.marked.push(note);
        look(note, 10);
    });
    return { toc: view.book.toc.map((t) => t.label), duration: view.book.media.duration };
}, name);

const state = async (page) => {
    await page.waitForFunction(() => window.marked.every((m) => m.known));
    return page.evaluate(() => ({ marked: window.marked, failed: window.failed,
        length: window.sound ? window.sound.duration : 0 }));
};

// ---- the captions, which were made apart from the book ----

// The first word of a sentence begins with it, as in the book.
function captionWords(name) {
    const { articles, end } = JSON.parse(readFileSync(join(folder, name), "utf8"));
    const words = articles.flatMap((a) => a.sentences).flatMap((s) => s.words.map((w, i) =>
        ({ from: i ? w.start : s.start, text: w.text })));
    words.forEach((w, i) => w.to = i + 1 < words.length ? words[i + 1].from : end);
    return { words, end };
}

// Whether a word that is heard then, give or take 60 ms, is in the text.
function isHeard(captions, text, time) {
    return captions.words.some((w) =>
        w.from - 0.06 <= time && time <= w.to + 0.06 && text.includes(w.text));
}

function checkMarked(name, captions, marked) {
    for (const m of marked) {
        const what = `${name}: ${m.id} (“${m.text}”) at ${m.time.toFixed(2)}`;
        check(m.text, `${what}: the book has no such fragment`);
        check(m.begin - 0.02 <= m.time && m.time <= m.end + 0.02,
            `${what} is heard from ${m.begin} to ${m.end}`);
        check(isHeard(captions, m.text, m.time), `${what} is not what is heard`);
    }
    check(marked.filter((m) => m.looks).length >= marked.length * 3 / 4,
        `${name}: fragments do not look marked: ` + JSON.stringify(marked.filter((m) => !m.looks)));
    for (let i = 1; i < marked.length; i++)
        check(marked[i].begin >= marked[i - 1].begin, `${name}: ${marked[i].id} goes back`);
}

// ---- what a listener does ----

const start = (page, id) => page.evaluate((id) => {
    window.marked.length = 0;
    window.view.mediaOverlay.start(window.view.book.sections.findIndex((s) => s.mediaOverlay), (item) => !id || item.text.endsWith("#" + id));
}, id);

// Until the sound has come to a time, or has ended.
async function listenTo(page, time) {
    await page.waitForFunction((time) => window.failed.length ||
        (window.sound && (window.sound.currentTime >= time || window.sound.ended)), time,
        { timeout: 30000 });
    const heard = await state(page);
    check(!heard.failed.length, "the engine says: " + heard.failed);
    return heard;
}

async function open(browser, address, name) {
    const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
    page.on("console", (message) => check(message.type() !== "error",
        name + ": the console says: " + message.text()));
    page.on("pageerror", (error) => check(false, name + ": " + error.message));
    await page.goto(address);
    await page.waitForFunction(() => customElements.get("foliate-view"));
    return [page, await openBook(page, name)];
}

async function plays(browser, address, name) {
    const captions = captionWords(name.replace(".epub", ".json"));
    const [page, book] = await open(browser, address, name);
    const seconds = Number.parseFloat(book.duration);
    check(Math.abs(seconds - captions.end) < 0.002, `${name} says that it lasts ${book.duration}`);
    await start(page);
    const begun = await listenTo(page, 6);
    checkMarked(name, captions, begun.marked);
    check(begun.marked.length > 8, `${name}: only ${begun.marked.length} fragments were marked`);
    check(begun.marked[0].id === "w1-1-1", `${name} begins with ${begun.marked[0].id}`);
    check(Math.abs(begun.length - seconds) < 0.03, `${name}: the sound lasts ${begun.length}`);

    // Faster, and on from there.
    await page.evaluate(() => window.view.mediaOverlay.setRate(2));
    checkMarked(name + ", twice as fast", captions, (await listenTo(page, 14)).marked);
    await page.screenshot({ path: join(folder, name + ".png") });
    await page.evaluate(() => window.view.mediaOverlay.stop());
    await page.evaluate(() => window.view.mediaOverlay.setRate(1));
    return [page, captions, book];
}

// From a word that the listener chose, and from fragment to fragment.
async function goes(page, name, captions, id) {
    await start(page, id);
    await page.waitForFunction(() => window.marked.length > 0);
    const [first] = (await state(page)).marked;
    const heard = await listenTo(page, first.begin + 3);
    check(first.id === id, `${name}: ${first.id} is marked instead of ${id}`);
    checkMarked(`${name} from ${id}`, captions, heard.marked);
    await page.evaluate(() => window.view.mediaOverlay.stop());
}

// The last fragment is heard, and the book ends with it.
async function ends(page, name, captions, last) {
    await start(page, last);
    const heard = await listenTo(page, captions.end);
    checkMarked(name + ", the end", captions, heard.marked);
    check(heard.marked.length && heard.marked[0].id === last, `${name} does not end with ${last}`);
}

function idsOf(page) {
    return page.evaluate(async () => {
        const text = await window.view.book.loadText("EPUB/text.smil");
        return Array.from(text.matchAll(/text\.xhtml#(w[\d-]+)/g), (m) => m[1]);
    });
}

const browser = await launch();
const server = await serve();
try {
    const address = `http://127.0.0.1:${server.address().port}/`;
    for (const name of ["bai.epub", "hai.epub"]) {
        const [page, captions, book] = await plays(browser, address, name);
        const ids = await idsOf(page);
        await goes(page, name, captions, ids[Math.floor(ids.length / 2)]);
        await ends(page, name, captions, ids[ids.length - 1]);
        check(book.toc.length >= (name === "hai.epub" ? 2 : 1), `${name} has the contents ${book.toc}`);
        await page.close();
    }
} catch (error) {
    check(false, error.stack);
} finally {
    await browser.close();
    server.close();
}
finish();
