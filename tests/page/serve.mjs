// The page of docbao serve in a browser: serve.mjs MODULES ADDRESS (browser.mjs)
//
// ADDRESS is that of a server without a token.
import { accessible, check, finish, launch, place as address } from "./browser.mjs";

const browser = await launch();

// What the policy of a page forbids is an error on its console, too.
async function open(options) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on("console", function (m) { check(m.type() !== "error", "console: " + m.text()); });
    page.on("pageerror", function (e) { check(false, "error: " + e.message); });
    return page;
}

// axe is put in before the policy of the page could forbid it.
async function isAccessible(where, options) {
    const context = await browser.newContext({ ...options, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(where);
    await accessible(page, where);
    await context.close();
}

const page = await open({ viewport: { width: 360, height: 800 } });
await page.goto(address);
await page.fill("textarea", "Chợ nổi\n\nTrời mưa to ở bến sông, thuyền về bến vắng.");
await page.locator("form:has(textarea) button").click();
await page.waitForLoadState();
check(page.url() === address, "the form leads to " + page.url());

// The list is renewed without the page being loaded again, and what is typed stays.
await page.fill("textarea", "Chưa gửi");
await page.evaluate(() => document.activeElement.blur());
await page.waitForSelector("#queue a[href^='/read/']", { timeout: 20000 });
check(await page.inputValue("textarea") === "Chưa gửi", "what was typed is gone");
check(await page.evaluate(() => document.documentElement.scrollWidth) <= 360, "it is too wide");

await page.locator("#queue a[href^='/read/']").first().click();
await page.waitForLoadState();
await page.keyboard.press("Space");
await page.waitForSelector(".docbao-sentence", { timeout: 10000 });
const marked = await page.locator(".docbao-sentence").first().innerText();
check(marked.length > 3, "nothing is marked");

// What went wrong is said in a page, in the language of the server, with a way back.
async function goesWrong(act, status) {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const wrong = await context.newPage();
    await wrong.goto(address);
    const [response] = await Promise.all([wrong.waitForNavigation(), act(wrong)]);
    const text = await wrong.innerText("main");
    check(response.status() === status, `${response.status()}, not ${status}: ${text}`);
    check(/[ạảãàáâậầấẩẫăắằặẳẵđêếềệểễôốồộổỗơớờợởỡưứừựửữịỉĩìí]/.test(text) && /[.;]/.test(text), "no sentence: " + text);
    check(await wrong.evaluate(() => document.documentElement.scrollWidth) <= 360, "a page with a reason is too wide");
    await wrong.click("main a");
    await wrong.waitForLoadState();
    check(wrong.url() === address, "the way back leads to " + wrong.url());
    await context.close();
}
await goesWrong(function (wrong) {
    return wrong.evaluate(function () {
        const form = document.querySelector("form:has(textarea)");
        form.querySelector("textarea").value = " ";
        form.submit();
    });
}, 422);
await goesWrong(function (wrong) {
    return wrong.evaluate(function () {
        document.querySelector("input[name=secret]").value = "0";
        document.forms[0].submit();
    });
}, 403);
await goesWrong((wrong) => wrong.goto(address + "khong-co"), 404);
await isAccessible(address + "khong-co", { colorScheme: "dark" });

// A page of another site may neither send articles nor read the list.
const other = await (await browser.newContext()).newPage();
await other.setContent(`<form method="post" action="${address}articles"><input name="text" value="x">
    </form>`);
const read = await other.evaluate(async function (list) {
    try { return await (await fetch(list)).text(); } catch (e) { return "refused"; }
}, address + "api/articles");
check(read === "refused", "another site reads the list: " + read);
const [answer] = await Promise.all([
    other.waitForResponse((r) => r.url().endsWith("/articles")),
    other.evaluate(() => document.forms[0].submit()),
]);
check(answer.status() === 403, "another site sends an article: " + answer.status());

await isAccessible(address, { viewport: { width: 360, height: 800 } });
await isAccessible(address, { colorScheme: "dark" });
await browser.close();
finish();
