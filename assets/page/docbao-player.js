// <docbao-player>: plays the sound of a text, and marks the sentence and the word that are heard.
// This file is all that a page needs, as a script at its end (docs/producing.md):
//
//     <docbao-player src="bai.mp3" times="bai.json" for="bai"></docbao-player>
//     <div id="bai"><p><span id="s1-1">Câu thứ nhất.</span> <span id="s1-2">…</span></p></div>
//
// src    the sound: an address, or "#id" of an <audio> of the page; or an <audio> inside the element
// times  the captions that `docbao save --captions json` wrote. Without it, each sentence has its
//        times itself, in seconds: data-from, data-to; and data-words, in milliseconds from its
//        start, one for each word (between spaces)
// for    the id of the element with the text; without it, the whole page
// keys   the keys of the player work everywhere in the page, not only where the focus is in it
// lang   vi or en: the words on the buttons; without it, those of the page
//
// A script that comes before this one may add to the player: the event "docbao-player" comes from
// each when it is there, before it looks for its place (keeper, addTool, tell, renew below).
(function () {
    "use strict";

    const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];
    const READING_PAUSE = 4000; // the page does not scroll while the reader has just scrolled it
    const SAVE_EVERY = 5; // seconds
    const STEP = 10; // seconds
    const SEEN_AFTER = 0.02; // seconds, about, until what is marked now is seen
    const SAID_FOR = 10000; // milliseconds that a message without an alarm stays

    const WORDS = {
        vi: {
            player: "Nghe bài", play: "Phát", pause: "Tạm dừng",
            back: "Câu trước", next: "Câu sau", place: "Vị trí", speed: "Tốc độ",
            of: "trên", keys: "Phím tắt", failed: "Không phát được âm thanh",
            hours: "giờ", minutes: "phút", seconds: "giây",
            help: [["Space, p", "phát, tạm dừng"], ["← →", "câu trước, câu sau"],
                ["↑ ↓", "đoạn trước, đoạn sau"], ["PgUp PgDn", "đề mục hoặc bài trước, sau"],
                ["Home End", "câu đầu, câu cuối"], ["b f", "lùi, tiến 10 giây"],
                ["r", "đọc lại câu"], ["[ ]", "chậm hơn, nhanh hơn"],
                ["Backspace", "tốc độ bình thường"]],
        },
        en: {
            player: "Listen", play: "Play", pause: "Pause",
            back: "Sentence before", next: "Next sentence", place: "Place", speed: "Speed",
            of: "of", keys: "Keys", failed: "The sound cannot be played",
            hours: "hours", minutes: "minutes", seconds: "seconds",
            help: [["Space, p", "play, pause"], ["← →", "the sentence before, the next"],
                ["↑ ↓", "the paragraph before, the next"],
                ["PgUp PgDn", "the heading or article before, the next"],
                ["Home End", "the first sentence, the last"], ["b f", "10 seconds back, on"],
                ["r", "repeat the sentence"], ["[ ]", "slower, faster"],
                ["Backspace", "normal speed"]],
        },
    };

    const ICONS = {
        play: "M7 4v16l13-8z", pause: "M6 4h4v16H6zM14 4h4v16h-4z",
        back: "M6 5h3v14H6zM20 5v14L10 12z", next: "M15 5h3v14h-3zM4 5v14l10-7z",
    };

    // What marks the text must stand in the page itself, not in the player.
    const PAGE_STYLE = `
.docbao-sentence { background: var(--docbao-sentence, #fff1b8); color: var(--docbao-text, #1b1b1b); }
::highlight(docbao-word) { background: var(--docbao-word, #ffc53d); color: #1b1b1b; }
.docbao-word { background: var(--docbao-word, #ffc53d); color: #1b1b1b; }
[data-from], .docbao-timed { cursor: pointer; }
@media (prefers-color-scheme: dark) {
    .docbao-sentence { background: var(--docbao-sentence, #3d3416); color: var(--docbao-text, #f3efe6); }
}
@media (forced-colors: active) {
    .docbao-sentence { background: Highlight; color: HighlightText; forced-color-adjust: none; }
    ::highlight(docbao-word), .docbao-word { background: Mark; color: MarkText; }
}
@media print {
    docbao-player { display: none !important; }
    .docbao-sentence { background: none; color: inherit; }
    ::highlight(docbao-word), .docbao-word { background: none; color: inherit; }
}`;

    const PLAYER_STYLE = `
:host { display: block; font: 1rem/1.4 system-ui, sans-serif; color: var(--docbao-text, #1b1b1b); }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .5rem; padding: .5rem;
    background: var(--docbao-bar, #f3f0e8); border: 1px solid var(--docbao-line, #8a8373);
    border-radius: .6rem; }
button, select { font: inherit; color: inherit; min-width: 2.75rem; min-height: 2.75rem;
    background: none; border: 1px solid transparent; border-radius: .5rem; cursor: pointer; }
select { background: var(--docbao-bar, #f3f0e8); border-color: var(--docbao-line, #8a8373); }
button:hover { background: var(--docbao-hover, #e2dccb); }
button:focus-visible, select:focus-visible, input:focus-visible, summary:focus-visible {
    outline: 3px solid var(--docbao-focus, #0b57d0); outline-offset: 1px; }
svg { width: 1.5rem; height: 1.5rem; fill: currentColor; vertical-align: middle; }
input { flex: 1 1 8rem; min-width: 6rem; height: 2.75rem; margin: 0; accent-color: currentColor; }
.time { font-variant-numeric: tabular-nums; white-space: nowrap; }
details { flex-basis: 100%; }
summary { cursor: pointer; padding: .25rem 0; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem 1rem; margin: .25rem 0; }
dt { font-weight: 600; }
dd { margin: 0; }
.tool { padding: 0 .75rem; border-color: var(--docbao-line, #8a8373); }
.said { flex-basis: 100%; margin: .25rem 0; font-weight: 600; }
.said:empty { display: none; }
@media (hover: none) { details { display: none; } }
@media (prefers-color-scheme: dark) {
    :host { color: var(--docbao-text, #f3efe6); }
    .bar, select { background: var(--docbao-bar, #2a2823); }
    .bar, select, .tool { border-color: var(--docbao-line, #8f8877); }
    button:hover { background: var(--docbao-hover, #3c3930); }
    button:focus-visible, select:focus-visible, input:focus-visible, summary:focus-visible {
        outline-color: var(--docbao-focus, #8ab4f8); }
}`;

    function clock(seconds) {
        const s = Math.max(0, Math.floor(seconds || 0));
        const two = function (n) { return String(n).padStart(2, "0"); };
        const minutes = Math.floor(s / 60) % 60, hours = Math.floor(s / 3600);
        return (hours ? hours + ":" + two(minutes) : minutes) + ":" + two(s % 60);
    }

    // The same for those who hear it: "1 phút 5 giây".
    function clockInWords(seconds, words) {
        const s = Math.max(0, Math.floor(seconds || 0));
        const parts = [[Math.floor(s / 3600), words.hours], [Math.floor(s / 60) % 60, words.minutes],
            [s % 60, words.seconds]];
        return parts.filter(function (part, i) { return part[0] || (i === 2 && s < 1); })
            .map(function (part) { return part.join(" "); }).join(" ");
    }

    function element(name, attributes, text) {
        const made = document.createElement(name);
        for (const key in attributes)
            made.setAttribute(key, attributes[key]);
        if (text !== undefined)
            made.textContent = text;
        return made;
    }

    function icon(name) {
        const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
        svg.setAttribute("viewBox", "0 0 24 24");
        svg.setAttribute("aria-hidden", "true");
        path.setAttribute("d", ICONS[name]);
        svg.append(path);
        return svg;
    }

    // Adds a style to a document or a shadow root: as an object, which no policy of the page (CSP)
    // forbids, where the browser can.
    function addStyle(root, css) {
        try {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
        } catch (e) {
            (root.head || root).append(element("style", {}, css));
        }
    }

    // Settings are a convenience: where the browser keeps none, they last as long as the page.
    const settings = {
        get: function (key) {
            try { return localStorage.getItem(key); } catch (e) { return null; }
        },
        set: function (key, value) {
            try { localStorage.setItem(key, value); } catch (e) { /* kept nowhere */ }
        },
    };

    // ---- the text and its times ----

    // The words of a text, as the offsets of their starts and ends.
    function wordsOf(text) {
        return Array.from(text.matchAll(/\S+/g), function (m) {
            return { start: m.index, end: m.index + m[0].length };
        });
    }

    function fromAttributes(span) {
        const from = Number(span.dataset.from);
        const times = (span.dataset.words || "").split(" ").map(Number);
        const words = wordsOf(span.textContent);
        words.forEach(function (word, i) {
            word.from = from + (times[Math.min(i, times.length - 1)] || 0) / 1000;
        });
        return { span: span, from: from, to: Number(span.dataset.to), words: words };
    }

    // The words of a sentence of the captions that stand in the text of the page, and where.
    function placedWords(sentence, text) {
        const words = [];
        let at = 0;
        for (const word of sentence.words) {
            const start = text.indexOf(word.text, at);
            if (start < 0)
                continue;
            at = start + word.text.length;
            words.push({ start: start, end: at, from: word.start, spoken: word.spoken });
        }
        return words;
    }

    // The tokens of the captions, where they stand in the text of the page.
    function fromCaptions(span, sentence) {
        const words = placedWords(sentence, span.textContent);
        span.classList.add("docbao-timed");
        return { span: span, from: sentence.start, to: sentence.end, words: words };
    }

    function sentencesByCaptions(captions, root) {
        const found = [];
        for (const article of captions.articles)
            for (const sentence of article.sentences) {
                const span = root.querySelector("#" + CSS.escape(sentence.id));
                if (span)
                    found.push(fromCaptions(span, sentence));
            }
        return found;
    }

    // The index of the last of the items that begins at or before the time; -1: none.
    function lastBefore(items, time) {
        let low = -1, high = items.length - 1;
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if (items[middle].from <= time)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    // A place in the text of an element, as a range of its text nodes.
    function rangeOf(parent, start, end) {
        const range = document.createRange();
        const walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT);
        let at = 0, begun = false;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const length = node.data.length;
            if (!begun && start < at + length) {
                range.setStart(node, start - at);
                begun = true;
            }
            if (begun && end <= at + length) {
                range.setEnd(node, end - at);
                return range;
            }
            at += length;
        }
        return null;
    }

    // The offset in the text of an element of what is at a place of the window; -1: unknown.
    function offsetAt(parent, x, y) {
        let node, offset;
        if (document.caretPositionFromPoint) {
            const caret = document.caretPositionFromPoint(x, y);
            node = caret && caret.offsetNode;
            offset = caret && caret.offset;
        } else if (document.caretRangeFromPoint) {
            const caret = document.caretRangeFromPoint(x, y);
            node = caret && caret.startContainer;
            offset = caret && caret.startOffset;
        }
        if (!node || !parent.contains(node) || node.nodeType !== Node.TEXT_NODE)
            return -1;
        const walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT);
        for (let other = walker.nextNode(); other && other !== node; other = walker.nextNode())
            offset += other.data.length;
        return offset;
    }

    // Whether an element does something of its own with a key.
    function belongsTo(target, key) {
        if (target instanceof Element && target.matches("input[type=range]"))
            return /^(Arrow|Page|Home|End)/.test(key);
        const own = key === " " || key === "Enter" ? ", button, summary, a" : "";
        return target instanceof Element &&
            target.closest("input, select, textarea, [contenteditable]" + own) !== null;
    }

    // Marks a word without changing the page where the browser can, else by an element around it.
    const marker = window.CSS && CSS.highlights && window.Highlight ? {
        mark: function (range) { CSS.highlights.set("docbao-word", new Highlight(range)); },
        clear: function () { CSS.highlights.delete("docbao-word"); },
    } : {
        mark: function (range) {
            this.clear();
            if (range.startContainer !== range.endContainer)
                return;
            this.around = element("span", { class: "docbao-word" });
            range.surroundContents(this.around);
        },
        clear: function () {
            if (!this.around)
                return;
            const parent = this.around.parentNode;
            this.around.replaceWith(...this.around.childNodes);
            parent.normalize();
            this.around = null;
        },
    };

    // ---- the player ----

    class DocbaoPlayer extends HTMLElement {
        // For the script of a page that has the captions, too.
        static placedWords = placedWords;

        connectedCallback() {
            if (this.audio)
                return;
            const lang = this.lang || document.documentElement.lang;
            this.words = WORDS[lang.slice(0, 2)] || WORDS.vi;
            this.sentences = [];
            this.sentence = this.word = -1;
            this.scrolled = -Infinity;
            this.begun = false; // nothing is marked before anything is heard or looked for
            if (!DocbaoPlayer.styled)
                addStyle(document, PAGE_STYLE);
            DocbaoPlayer.styled = true;
            this.findAudio();
            this.build();
            this.dispatchEvent(new CustomEvent("docbao-player", { bubbles: true }));
            this.listen();
            this.load();
        }

        // A player that a page takes away is heard no more.
        disconnectedCallback() {
            this.audio.pause();
        }

        // One player is heard at a time.
        silenceOthers() {
            for (const other of document.querySelectorAll("docbao-player"))
                if (other !== this && other.audio)
                    other.audio.pause();
        }

        get root() {
            return document.getElementById(this.getAttribute("for") || "") || document.body;
        }

        findAudio() {
            const src = this.getAttribute("src") || "";
            this.audio = this.querySelector("audio") ||
                (src.startsWith("#") ? document.querySelector(src) : null) ||
                element("audio", { preload: "metadata", src: src });
            this.audio.controls = false;
            this.audio.hidden = true;
            this.audio.preservesPitch = true;
            const address = this.audio.getAttribute("src") || "";
            const key = "docbao:" + location.pathname +
                (address.startsWith("data:") ? "" : ":" + address);
            // Where the place is kept: a time in seconds.
            this.keeper = {
                get: function () { return Number(settings.get(key)) || 0; },
                set: function (player) {
                    settings.set(key, player.audio.ended ? 0 : player.audio.currentTime);
                },
            };
        }

        // ---- what is seen ----

        button(name, act) {
            // The title is the name: a label besides would be read twice.
            const made = element("button", { type: "button", title: this.words[name] });
            made.append(icon(name));
            made.addEventListener("click", act);
            return made;
        }

        build() {
            const t = this.words;
            const bar = element("div", { class: "bar", role: "region", "aria-label": t.player });
            this.toggleButton = this.button("play", () => this.toggle());
            this.place = element("input", { type: "range", min: 0, max: 0, step: 1, value: 0,
                "aria-label": t.place });
            this.place.addEventListener("input", () => this.seek(Number(this.place.value)));
            this.time = element("span", { class: "time" }, clock(0));
            this.speed = element("select", { "aria-label": t.speed });
            for (const speed of SPEEDS)
                this.speed.append(element("option", { value: speed },
                    String(speed).replace(".", t === WORDS.vi ? "," : ".") + "×"));
            this.speed.addEventListener("change", () => this.setSpeed(Number(this.speed.value)));
            this.bar = bar;
            this.keys = this.keyActs();
            bar.append(this.button("back", () => this.bySentence(-1)), this.toggleButton,
                this.button("next", () => this.bySentence(1)), this.place, this.time, this.speed,
                this.keyList());
            const shadow = this.attachShadow({ mode: "open" });
            addStyle(shadow, PLAYER_STYLE);
            shadow.append(bar);
            this.setSpeed(Number(settings.get("docbao:speed")) || 1);
        }

        keyList() {
            const list = element("dl", {});
            for (const [key, means] of this.words.help)
                list.append(element("dt", {}, key), element("dd", {}, means));
            const details = element("details", {});
            details.append(element("summary", {}, this.words.keys), list);
            this.keyRows = list;
            this.keyDetails = details;
            return details;
        }

        // A button of others in the bar, and its key.
        addTool(key, name, act) {
            const made = element("button", { type: "button", class: "tool",
                "aria-keyshortcuts": key }, name);
            made.addEventListener("click", act);
            this.keyDetails.before(made);
            this.keyRows.append(element("dt", {}, key), element("dd", {}, name));
            this.keys[key] = act;
            return made;
        }

        // A sentence below the buttons, which is also spoken to those who do not see it; "" removes
        // it. Nothing else of the player speaks by itself.
        tell(text, role) {
            if (this.said)
                this.said.remove();
            this.said = text ? element("p", { class: "said", role: role || "status" }) : null;
            if (!text)
                return;
            const said = this.said;
            this.bar.append(said);
            setTimeout(() => { said.textContent = text; }); // a change is spoken, not a beginning
            if (role !== "alert")
                setTimeout(() => said.remove(), SAID_FOR);
        }

        showState() {
            const name = this.audio.paused ? "play" : "pause";
            this.toggleButton.title = this.words[name];
            this.toggleButton.replaceChildren(icon(name));
        }

        showTime() {
            const now = Math.floor(this.audio.currentTime);
            if (now === this.shown && this.length === this.audio.duration)
                return;
            this.shown = now;
            this.length = this.audio.duration;
            this.place.max = Math.floor(this.length || 0);
            this.place.value = now;
            this.place.setAttribute("aria-valuetext", clockInWords(now, this.words) + ", " +
                this.words.of + " " + clockInWords(this.length, this.words));
            this.time.textContent = clock(now) + " / " + clock(this.length);
            if (now % SAVE_EVERY === 0)
                this.keepPlace();
        }

        // ---- the text ----

        async load() {
            const times = this.getAttribute("times");
            try {
                this.sentences = times ?
                    sentencesByCaptions(await (await fetch(times)).json(), this.root) :
                    Array.from(this.root.querySelectorAll("[data-from]"), fromAttributes);
            } catch (error) {
                this.fail(error.message);
            }
            this.sentences.sort(function (a, b) { return a.from - b.from; });
            this.sentences.forEach(function (s) { s.block = s.span.parentElement; });
            this.show();
        }

        // The text of the page and its sound are other ones: goes on with the sentence of that id.
        async renew(address, id, plays) {
            this.ready = false;
            this.audio.src = address;
            await this.load();
            await new Promise((done) =>
                this.audio.addEventListener("loadedmetadata", done, { once: true }));
            this.ready = true;
            this.goTo(this.sentences.findIndex((s) => s.span.id === id));
            if (plays)
                this.toggle();
        }

        show() {
            const time = this.audio.currentTime +
                (this.audio.paused ? 0 : SEEN_AFTER * this.audio.playbackRate);
            this.sentence = lastBefore(this.sentences, time);
            const marked = this.begun ? this.sentences[this.sentence] : undefined;
            if (marked !== this.marked)
                this.markSentence(marked);
            if (marked)
                this.showWord(marked, time);
            this.showTime();
        }

        markSentence(now) {
            if (this.marked)
                this.marked.span.classList.remove("docbao-sentence");
            this.marked = now;
            this.word = -1;
            marker.clear();
            if (!now)
                return;
            now.span.classList.add("docbao-sentence");
            this.follow(now.span);
        }

        showWord(sentence, time) {
            const word = time < sentence.to ? lastBefore(sentence.words, time) : -1;
            if (word === this.word)
                return;
            this.word = word;
            const w = sentence.words[word];
            const range = w && rangeOf(sentence.span, w.start, w.end);
            if (range)
                marker.mark(range);
            else
                marker.clear();
        }

        // Scrolls only if the sentence is not in sight, and the reader does not scroll.
        follow(span) {
            const box = span.getBoundingClientRect();
            const covered = this.getBoundingClientRect().bottom; // the player may be stuck there
            const top = covered < innerHeight / 2 ? Math.max(covered, innerHeight * 0.1) : 0;
            const bottom = innerHeight * 0.75;
            if ((box.top >= top && box.bottom <= bottom) ||
                performance.now() - this.scrolled < READING_PAUSE)
                return;
            const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
            span.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
        }

        // ---- what is done ----

        toggle() {
            if (!this.audio.paused)
                return this.audio.pause();
            this.tell("");
            if (this.audio.ended)
                this.audio.currentTime = 0;
            this.scrolled = -Infinity;
            return this.audio.play().catch((error) => this.fail(error.message));
        }

        seek(time) {
            this.audio.currentTime = Math.min(Math.max(time, 0), this.audio.duration || time);
            this.scrolled = -Infinity;
            this.begun = true;
            this.show();
        }

        // A sentence that has only begun is left by going back; another one is repeated.
        bySentence(step) {
            const now = this.sentences[this.sentence];
            const begun = now && this.audio.currentTime - now.from > 2;
            this.goTo(step < 0 && begun ? this.sentence : this.sentence + step);
        }

        goTo(sentence) {
            const last = this.sentences.length - 1;
            if (last >= 0)
                this.seek(this.sentences[Math.min(Math.max(sentence, 0), last)].from);
        }

        // To the next sentence whose block is wanted, or the one before.
        byBlock(step, wanted) {
            const blockOf = (i) => this.sentences[i] && this.sentences[i].block;
            const first = (i) => blockOf(i) !== blockOf(i - 1);
            let i = Math.max(this.sentence, 0);
            const here = blockOf(i);
            for (i += step; this.sentences[i]; i += step)
                if (first(i) && blockOf(i) !== here && wanted(blockOf(i)))
                    return this.goTo(i);
            return step < 0 ? this.goTo(0) : undefined;
        }

        setSpeed(speed) {
            const nearest = SPEEDS.reduce(function (a, b) {
                return Math.abs(b - speed) < Math.abs(a - speed) ? b : a;
            });
            this.audio.defaultPlaybackRate = this.audio.playbackRate = nearest;
            this.speed.value = String(nearest);
            settings.set("docbao:speed", nearest);
        }

        faster(step) {
            const at = SPEEDS.indexOf(Number(this.speed.value)) + step;
            if (SPEEDS[at])
                this.setSpeed(SPEEDS[at]);
        }

        keepPlace() {
            if (this.ready)
                this.keeper.set(this);
        }

        resume() {
            const kept = this.keeper.get(this);
            this.ready = true;
            if (kept > SAVE_EVERY && kept < this.audio.duration - SAVE_EVERY &&
                this.audio.currentTime < 1) // it may be heard already
                this.seek(kept);
            this.showTime();
        }

        fail(why) {
            this.tell(this.words.failed + (why ? ": " + why : "") + ".", "alert");
        }

        // ---- events ----

        listen() {
            const audio = this.audio;
            const frame = () => {
                this.show();
                this.frame = audio.paused ? 0 : requestAnimationFrame(frame);
            };
            const changed = () => {
                this.begun = this.begun || !audio.paused;
                this.showState();
                this.keepPlace();
                if (!this.frame)
                    frame();
            };
            for (const name of ["play", "pause", "ended", "seeked"])
                audio.addEventListener(name, changed);
            audio.addEventListener("play", () => this.silenceOthers());
            audio.addEventListener("timeupdate", () => this.show());
            audio.addEventListener("error", () => this.fail(audio.error && audio.error.message));
            if (audio.readyState)
                this.resume();
            else
                audio.addEventListener("loadedmetadata", () => this.resume(), { once: true });
            addEventListener("pagehide", () => this.keepPlace());
            for (const name of ["wheel", "touchmove"])
                addEventListener(name, () => { this.scrolled = performance.now(); },
                    { passive: true });
            this.root.addEventListener("click", (event) => this.clicked(event));
            (this.hasAttribute("keys") ? document : this)
                .addEventListener("keydown", (event) => this.pressed(event));
            this.listenToMediaKeys();
        }

        listenToMediaKeys() {
            if (!("mediaSession" in navigator))
                return;
            const title = this.root.querySelector("h1");
            navigator.mediaSession.metadata = new MediaMetadata(
                { title: title ? title.textContent.trim() : document.title });
            navigator.mediaSession.setActionHandler("previoustrack", () => this.bySentence(-1));
            navigator.mediaSession.setActionHandler("nexttrack", () => this.bySentence(1));
        }

        // A click on a word plays from there; what is selected or linked is left alone.
        clicked(event) {
            if (event.button || event.target.closest("a, button, input, select, label, summary") ||
                !getSelection().isCollapsed)
                return;
            const sentence = this.sentences.findIndex((s) => s.span.contains(event.target));
            if (sentence < 0)
                return;
            const s = this.sentences[sentence];
            const offset = offsetAt(s.span, event.clientX, event.clientY);
            const word = s.words.find(function (w) { return offset < w.end; });
            this.seek(offset >= 0 && word ? word.from : s.from);
            if (this.audio.paused)
                this.toggle();
        }

        pressed(event) {
            const target = event.composedPath()[0];
            if (!this.isConnected || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented ||
                belongsTo(target, event.key))
                return;
            const act = this.keys[event.key];
            if (!act)
                return;
            event.preventDefault();
            act();
        }

        keyActs() {
            const heading = (block) => /^H[1-6]$/.test(block.tagName);
            return {
                " ": () => this.toggle(),
                p: () => this.toggle(),
                ArrowLeft: () => this.bySentence(-1),
                ArrowRight: () => this.bySentence(1),
                ArrowUp: () => this.byBlock(-1, () => true),
                ArrowDown: () => this.byBlock(1, () => true),
                PageUp: () => this.byBlock(-1, heading),
                PageDown: () => this.byBlock(1, heading),
                Home: () => this.goTo(0),
                End: () => this.goTo(this.sentences.length - 1),
                b: () => this.seek(this.audio.currentTime - STEP),
                f: () => this.seek(this.audio.currentTime + STEP),
                r: () => this.goTo(this.sentence),
                "[": () => this.faster(-1),
                "]": () => this.faster(1),
                Backspace: () => this.setSpeed(1),
            };
        }
    }

    if (!customElements.get("docbao-player"))
        customElements.define("docbao-player", DocbaoPlayer);
})();
