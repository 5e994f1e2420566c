// The page to read along as docbao serve shows it: served.mjs MODULES ADDRESS (browser.mjs)
//
// ADDRESS is that of a server without a token, which speaks Vietnamese.
import { accessible, check, finish, launch, place as address } from "./browser.mjs";

const browser = await launch();

// `ahead`: how far the clock of the device is wrong, in milliseconds.
async function open(where, options) {
    const context = await browser.newContext(options && { ...options, ahead: undefined });
    const page = await context.newPage();
    // A refused reading is an error of its own on the console.
    page.on("console", (m) => check(m.type() !== "error" || m.text().includes("422"),
        "console: " + m.text()));
    page.on("pageerror", (e) => check(false, "error: " + e.message));
    if (options && options.ahead)
        await page.addInitScript((ahead) => {
            const now = Date.now;
            Date.now = () => now() + ahead;
        }, options.ahead);
    await page.goto(where);
    return page;
}

async function openArticle(options) {
    const page = await open(address + "read/" + id, options);
    await page.waitForFunction(() => {
        const player = document.querySelector("docbao-player");
        return player.ready && player.sentences.length;
    });
    return page;
}

const stateOf = (page) => page.evaluate(() => {
    const player = document.querySelector("docbao-player");
    return { time: player.audio.currentTime, paused: player.audio.paused, sentence: player.sentence,
        from: player.sentences.map((s) => s.from), src: player.audio.getAttribute("src"),
        said: player.said ? player.said.textContent : "" };
});
const dialogOf = (page) => page.evaluate(() => {
    const dialog = document.querySelector("dialog");
    return dialog && { open: dialog.open, words: Array.from(dialog.querySelectorAll("option"), (o) => o.text),
        word: dialog.querySelector("select").value, now: dialog.querySelector("#docbao-now").textContent,
        spoken: dialog.querySelector("input").value, wrong: dialog.querySelector("[role=alert]").textContent,
        focus: dialog.contains(document.activeElement) ? document.activeElement.localName : "outside" };
});
async function leaveDialog(page) {
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
}
const play = (page, sentence) => page.evaluate((sentence) => {
    const player = document.querySelector("docbao-player");
    player.goTo(sentence);
    if (player.audio.paused)
        player.toggle();
}, sentence);
const select = (page, sentence, from, to) => page.evaluate(([sentence, from, to]) => {
    const text = document.querySelector("docbao-player").sentences[sentence].span.firstChild;
    const start = text.data.indexOf(from);
    getSelection().setBaseAndExtent(text, start, text, text.data.indexOf(to, start) + to.length);
}, [sentence, from, to]);

// ---- an article ----

const sender = await open(address);
await sender.fill("textarea", "Chợ nổi họp sớm\n\nTrời mưa to ở bến sông, thuyền về bến vắng từ sớm.\n\n" +
    "Sáng 15/5, hội ABX và hội XYK họp ở chợ nổi với bà con buôn bán trên sông.\n\n" +
    Array(12).fill("Người đi chợ kể rằng thuyền ghe năm nay thưa hơn những năm trước nhiều.").join(" "));
await sender.locator("form:has(textarea) button").click();
const link = sender.locator("#queue li:has-text('Chợ nổi họp sớm') a[href^='/read/']");
await link.waitFor({ timeout: 30000 });
const id = (await link.getAttribute("href")).slice(6);
check(!(await sender.textContent("#a" + id)).includes("nghe dở"), "a place before anyone listened");

// ---- corrections ----

const MEETING = 2; // the sentence with ABX

async function dialogIsAccessible(colorScheme) {
    const page = await openArticle({ viewport: { width: 360, height: 740 }, colorScheme, bypassCSP: true });
    await play(page, MEETING);
    await page.waitForFunction(() => document.querySelector("docbao-player").sentence === 2);
    await page.keyboard.press("c");
    await page.waitForSelector("dialog[open]");
    await accessible(page, "the dialog, " + colorScheme);
    check(await page.evaluate(() => document.documentElement.scrollWidth) <= 360, "it is too wide");
    if (process.env.PICTURES)
        await page.screenshot({ path: process.env.PICTURES + "/dialog-" + colorScheme + ".png" });
    await page.context().close();
}

async function needsASentence(page) {
    await page.keyboard.press("c");
    await page.waitForTimeout(300);
    check(!(await dialogOf(page)), "a dialog for no sentence");
    check((await stateOf(page)).said.length > 10, "it is not said that no sentence is known");
}

// The dialog has the words of the sentence that is heard; the sound waits, and goes on.
async function opensByTheKey(page) {
    await play(page, MEETING);
    await page.waitForFunction(() => document.querySelector("docbao-player").sentence === 2);
    await page.keyboard.press("c");
    await page.waitForSelector("dialog[open]");
    const d = await dialogOf(page);
    check((await stateOf(page)).paused, "the sound goes on under the dialog");
    check(d.words.includes("15/5") && d.words.includes("ABX"), "the words are " + d.words);
    check(d.focus === "select", "the focus is in " + d.focus);
    for (let i = 0; i < 12; i++) {
        await page.keyboard.press(i < 6 ? "Tab" : "Shift+Tab");
        check(await page.evaluate(() => document.activeElement === document.body ||
            document.querySelector("dialog").contains(document.activeElement)), "the focus leaves the dialog");
    }
    await leaveDialog(page);
    check(!(await stateOf(page)).paused, "the sound does not go on after ESC");
}

// By the button, and with what is selected.
async function takesWhatIsSelected(page) {
    await select(page, MEETING, "ABX", "ABX");
    await page.locator("docbao-player .tool").click();
    await page.waitForSelector("dialog[open]");
    const d = await dialogOf(page);
    check(d.word === "ABX" && d.focus === "input", "chosen is " + d.word + ", focus in " + d.focus);
    check(d.now.includes("a bê ích") && d.spoken === d.now.slice(d.now.indexOf(": ") + 2),
        "now it is read " + d.now);
    await page.locator("dialog select").selectOption("XYK");
    check((await dialogOf(page)).now.includes("ca"), "another word has the same reading");
    await leaveDialog(page);
    await select(page, MEETING, "BX", "XY");
    await page.keyboard.press("c");
    await page.waitForSelector("dialog[open]");
    check((await dialogOf(page)).word === "ABX và hội XYK", "chosen is " + (await dialogOf(page)).word);
    await leaveDialog(page);
}

async function saysWhatCannotBeSpoken(page) {
    await select(page, MEETING, "ABX", "ABX");
    await page.keyboard.press("c");
    await page.waitForSelector("dialog[open]");
    await page.fill("dialog input", "xyz qqq");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("dialog [role=alert]").textContent);
    const d = await dialogOf(page);
    check(d.wrong.includes("âm tiết") && d.focus === "input" && d.open, "refused, and said: " + d.wrong);
}

// The keys of the player are letters in the dialog; then the page goes on at the same sentence.
async function goesOnCorrected(page) {
    await page.fill("dialog input", "");
    await page.keyboard.type("an bình xanh rực rỡ mùa xuân");
    check((await dialogOf(page)).spoken === "an bình xanh rực rỡ mùa xuân", "typed: " + (await dialogOf(page)).spoken);
    const before = await stateOf(page);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /v=/.test(document.querySelector("docbao-player").audio.src) &&
        !document.querySelector("docbao-player").audio.paused, null, { timeout: 30000 });
    const after = await stateOf(page);
    check(after.sentence === MEETING && after.time - after.from[MEETING] < 2, "it goes on at " + after.time);
    check(after.from.length === before.from.length && after.from[MEETING + 1] - before.from[MEETING + 1] > 0.4,
        "the sentence is as long as before: " + after.from[MEETING + 1]);
    check(await page.evaluate(() => document.querySelector(".docbao-sentence").textContent.includes("ABX")),
        "the sentence is not marked");
    await page.waitForFunction(() => (document.querySelector("docbao-player").said || {}).textContent === "Đã sửa.");
    await page.keyboard.press("p");
    await page.waitForFunction(() => document.querySelector("docbao-player").audio.paused);
    const captions = await page.evaluate(async (id) =>
        (await fetch("/api/articles/" + id + ".json")).text(), id);
    check(captions.includes("an bình xanh rực rỡ mùa xuân"), "the captions have the old reading");
}

async function corrects() {
    const page = await openArticle({ viewport: { width: 360, height: 740 } });
    await needsASentence(page);
    await opensByTheKey(page);
    await takesWhatIsSelected(page);
    await saysWhatCannotBeSpoken(page);
    await goesOnCorrected(page);
    await page.context().close();
}

// ---- places ----

const placeOf = async (page) => (await (await page.request.get(address + "api/articles/" + id)).json()).place;

async function placeSent(page, near) {
    let place;
    for (let tries = 0; tries < 50; tries++) {
        place = await placeOf(page);
        if (place && Math.abs(place.seconds - near) < 1.5)
            return place;
        await page.waitForTimeout(100);
    }
    check(false, "the place " + near + " is not kept: " + JSON.stringify(place));
    return place;
}

async function placeIsSent(phone) {
    await phone.evaluate(() => document.querySelector("docbao-player").seek(20));
    const place = await placeSent(phone, 20);
    check(place.sentence > 3 && place.of === (await stateOf(phone)).from.length,
        "the sentence is not kept: " + JSON.stringify(place));
}

// Who goes from sentence to sentence is not asked about each.
async function fewPlacesAreSent(phone) {
    let puts = 0;
    phone.on("request", (request) => { puts += request.method() === "PUT"; });
    for (let i = 0; i < 6; i++)
        await phone.keyboard.press(i < 3 ? "ArrowRight" : "ArrowLeft");
    await phone.evaluate(() => document.querySelector("docbao-player").seek(20));
    await phone.waitForTimeout(1200);
    check(puts <= 1, puts + " places were sent");
}

// Another device, whose browser knows nothing, goes on there; and the first follows it.
async function devicesFollow(phone, desk) {
    check(Math.abs((await stateOf(desk)).time - 20) < 1, "it goes on at " + (await stateOf(desk)).time);
    await desk.waitForTimeout(1100); // the server counts in seconds
    await desk.evaluate(() => document.querySelector("docbao-player").seek(30));
    await placeSent(desk, 30);
    await phone.evaluate(() => window.dispatchEvent(new Event("focus")));
    await phone.waitForFunction(() => document.querySelector("docbao-player").audio.currentTime > 29);
}

// It is sent while it is heard, and when the page is left.
async function placeIsSentAtTheEnd(desk) {
    await play(desk, 5);
    await desk.waitForTimeout(4000);
    const left = (await stateOf(desk)).time;
    await desk.goto(address);
    await placeSent(desk, left);
    await desk.reload(); // the place may come after the list
    check((await desk.textContent("#a" + id)).includes("nghe dở ở câu " + (await placeOf(desk)).sentence + "/"),
        "the list does not say where it was left");
    return left;
}

// The list goes on there, too, and keeps its place.
async function listGoesOn(desk, left) {
    await desk.evaluate((id) => document.querySelector(`#queue audio[data-article="${id}"]`).play(), id);
    await desk.waitForFunction(([id, left]) => document.querySelector(
        `#queue audio[data-article="${id}"]`).currentTime > left - 1.5, [id, left], { timeout: 5000 })
        .catch(() => check(false, "the list begins at the beginning"));
    await desk.evaluate((id) => {
        const audio = document.querySelector(`#queue audio[data-article="${id}"]`);
        audio.currentTime = 25;
        audio.pause();
    }, id);
    await placeSent(desk, 25);
}

// A sound that was made again has other times: the sentence counts.
async function sentenceCounts(desk) {
    await desk.request.put(address + "api/articles/" + id + "/place", {
        headers: { "X-Docbao-Form": await desk.locator("[name=secret]").first().getAttribute("value") },
        data: { seconds: 22, sentence: 4, of: 15 } });
    const moved = await openArticle();
    const { time, from } = await stateOf(moved);
    check(Math.abs(time - from[3]) < 0.1, `the fourth sentence is at ${from[3]}, not at ${time}`);
    await moved.context().close();
}

async function beginsAgainAfterTheEnd(phone, desk) {
    await phone.evaluate(() => {
        const player = document.querySelector("docbao-player");
        player.seek(player.audio.duration - 0.3);
        return player.toggle();
    });
    await phone.waitForFunction(() => document.querySelector("docbao-player").audio.ended);
    await placeSent(phone, (await stateOf(phone)).time);
    await desk.reload();
    check((await desk.textContent("#a" + id)).includes("đã nghe hết"), "it is not told that it was heard");
    const again = await openArticle();
    check((await stateOf(again)).time < 1, "it begins at " + (await stateOf(again)).time);
    await again.context().close();
}

async function keepsPlaces() {
    const phone = await openArticle({ viewport: { width: 360, height: 740 }, ahead: 3600e3 });
    await placeIsSent(phone);
    await fewPlacesAreSent(phone);
    const desk = await openArticle();
    await devicesFollow(phone, desk);
    const left = await placeIsSentAtTheEnd(desk);
    await listGoesOn(desk, left);
    await sentenceCounts(desk);
    await beginsAgainAfterTheEnd(phone, desk);
    for (const page of [phone, desk])
        await page.context().close();
}

for (const step of [corrects, () => dialogIsAccessible("light"), () => dialogIsAccessible("dark"), keepsPlaces])
    await step().catch((error) => check(false, error.stack));
await browser.close();
finish();
