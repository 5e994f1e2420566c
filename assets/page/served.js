// What docbao serve adds to the page to read along: the listener corrects a reading where it is
// heard, and the server keeps the place, so that another device goes on there. It comes before the
// script of the player; its attributes name the article, the secret of forms, and the place.
(function () {
    "use strict";

    const SEND_EVERY = 10000; // milliseconds between two places that are sent while it is heard
    const SETTLED = 500; // milliseconds after which a place that was gone to is sent
    const ASK_AFTER = 30000; // milliseconds after which another device may have gone on
    const LOOK_EVERY = 500; // milliseconds, while the article is made again
    const SAME_PLACE = 1; // second

    const told = document.currentScript.dataset;
    const article = "/api/articles/" + told.article;

    const WORDS = {
        vi: {
            correct: "Sửa cách đọc", word: "Chữ đọc sai", now: "Đang đọc là:", unread: "không đọc",
            spoken: "Đọc là", send: "Sửa", cancel: "Thôi",
            hint: "Viết bằng âm tiết tiếng Việt, như: u bê nờ dê. Từ nay bài nào cũng đọc như vậy.",
            making: "Đang đọc lại bài…", made: "Đã sửa.", failed: "Không đọc lại được bài",
            away: "Máy chủ không trả lời.", nothing: "Chưa biết câu nào: hãy phát bài, hoặc bôi đen chữ đọc sai.",
        },
        en: {
            correct: "Correct a reading", word: "Words read wrongly", now: "Now read as:",
            unread: "not read", spoken: "Read as", send: "Correct it", cancel: "Cancel",
            hint: "Write Vietnamese syllables, such as: u bê nờ dê. It holds for all articles from now on.",
            making: "The article is read again…", made: "It is corrected.",
            failed: "The article cannot be read again", away: "The server does not answer.",
            nothing: "No sentence is known: play the article, or select the words read wrongly.",
        },
    };

    function ask(method, address, body, keepalive) {
        return fetch(address, {
            method: method,
            keepalive: keepalive,
            headers: body ? { "Content-Type": "application/json", "X-Docbao-Form": told.secret } : {},
            body: body && JSON.stringify(body),
        });
    }

    async function stateOfArticle() {
        const answer = await ask("GET", article);
        if (!answer.ok)
            throw new Error((await answer.json()).error);
        return answer.json();
    }

    // ---- the place ----

    // `known` is what the server keeps, as far as it is known here; its time is that of the server's
    // clock, because those of phones differ.
    class Keeper {
        constructor(place) {
            this.known = place;
            this.sent = this.asked = performance.now();
        }

        // A sound that was made again has other times: then its sentence counts.
        get(player) {
            const sentence = player.sentences[this.known.sentence - 1];
            const next = player.sentences[this.known.sentence];
            const seconds = this.known.seconds;
            return !sentence || (seconds >= sentence.from && !(next && seconds >= next.from)) ?
                seconds : sentence.from;
        }

        // What the player calls often.
        set(player) {
            clearTimeout(this.later);
            if (player.audio.paused)
                this.later = setTimeout(() => this.send(player), SETTLED);
            else if (performance.now() - this.sent >= SEND_EVERY)
                this.send(player);
        }

        send(player) {
            const now = player.audio.ended ? player.audio.duration : player.audio.currentTime;
            if (!player.ready || Math.abs(now - this.known.seconds) < SAME_PLACE)
                return;
            this.sent = performance.now();
            this.known = { seconds: now, sentence: player.sentence + 1, at: this.known.at };
            ask("PUT", article + "/place", { seconds: Number(now.toFixed(3)),
                sentence: player.sentence + 1, of: player.sentences.length }, true)
                .then((answer) => this.noteSent(answer))
                .catch(function () { /* it is sent again with the next place */ });
        }

        noteSent(answer) {
            if (answer.ok)
                this.known.at = Date.parse(answer.headers.get("Date")) / 1000 || this.known.at;
        }

        // Where another device has gone on, this one follows.
        async follow(player) {
            this.asked = performance.now();
            try {
                const place = (await stateOfArticle()).place;
                if (!place || place.at <= this.known.at || !player.ready ||
                    Math.abs(place.seconds - this.known.seconds) < SAME_PLACE)
                    return;
                this.known = { sentence: 0, ...place };
                player.seek(this.get(player));
            } catch (e) { /* the server is away */ }
        }
    }

    function keepPlaces(player) {
        const keeper = new Keeper({ seconds: Number(told.seconds) || 0,
            sentence: Number(told.sentence) || 0, at: Number(told.at) || 0 });
        // A phone may end a page that is out of sight without a word.
        const look = function () {
            if (document.hidden)
                keeper.send(player);
            else if (player.audio.paused)
                keeper.follow(player);
        };
        player.keeper = keeper;
        document.addEventListener("visibilitychange", look);
        addEventListener("focus", look);
        addEventListener("pagehide", function () { keeper.send(player); });
        addEventListener("pageshow", function (event) { if (event.persisted) look(); });
        player.audio.addEventListener("play", function () {
            if (performance.now() - Math.max(keeper.asked, keeper.sent) > ASK_AFTER)
                keeper.follow(player);
        });
    }

    // ---- the words of a sentence, and how they are read ----

    // Those of the captions, where they stand in the text of the page, without the marks of pauses;
    // those without letters and digits are not read wrongly.
    function wordsOf(sentence, text) {
        return customElements.get("docbao-player").placedWords(sentence, text)
            .filter((word) => /[\p{L}\p{N}]/u.test(text.slice(word.start, word.end)))
            .map((word) => ({ ...word, spoken: word.spoken.replace(/[.,:;!?…]+(?=\s|$)/g, "") }));
    }

    async function captionsOf(id) {
        const captions = await (await ask("GET", article + ".json")).json();
        for (const one of captions.articles)
            for (const sentence of one.sentences)
                if (sentence.id === id)
                    return sentence;
        return { words: [] };
    }

    // The part of an element's text that is selected; null: none.
    function selectedIn(span, range) {
        if (!range || range.collapsed || !range.intersectsNode(span))
            return null;
        const before = document.createRange();
        before.selectNodeContents(span);
        const all = before.toString().length;
        let start = 0, end = all;
        if (span.contains(range.startContainer)) {
            before.setEnd(range.startContainer, range.startOffset);
            start = before.toString().length;
        }
        before.selectNodeContents(span);
        if (span.contains(range.endContainer)) {
            before.setEnd(range.endContainer, range.endOffset);
            end = before.toString().length;
        }
        return start < end ? { start: start, end: end } : null;
    }

    // Which words are chosen first: those that are selected, together; else the one that is heard.
    function choose(words, selected, time) {
        if (!selected)
            return { words: words, first: Math.max(0, words.findLastIndex((w) => w.from <= time)) };
        const parts = words.filter((w) => w.start < selected.end && w.end > selected.start);
        if (!parts.length)
            return { words: words, first: 0 };
        if (parts.length === 1)
            return { words: words, first: words.indexOf(parts[0]) };
        const start = parts[0].start, end = parts[parts.length - 1].end;
        return { words: [{ start: start, end: end, spoken: parts.map((w) => w.spoken).join(" ") },
            ...words], first: 0 };
    }

    // ---- the dialog ----

    function element(name, attributes, ...inside) {
        const made = document.createElement(name);
        for (const key in attributes)
            made.setAttribute(key, attributes[key]);
        made.append(...inside);
        return made;
    }

    class Correction {
        constructor(player) {
            this.player = player;
            this.t = WORDS[(player.lang || "vi").slice(0, 2)] || WORDS.vi;
            player.addTool("c", this.t.correct, () => this.open());
            // Where a tap on the button takes the selection away, the last one counts.
            document.addEventListener("selectionchange", () => this.noteSelection());
            player.root.addEventListener("pointerdown", () => { this.range = null; });
        }

        noteSelection() {
            const selection = getSelection();
            if (selection.rangeCount && !selection.isCollapsed)
                this.range = selection.getRangeAt(0).cloneRange();
        }

        build() {
            const t = this.t;
            this.word = element("select", { lang: "vi" });
            this.now = element("span", { lang: "vi" });
            this.spoken = element("input", { lang: "vi", required: "", autocomplete: "off",
                spellcheck: "false", autocapitalize: "none", "aria-describedby": "docbao-now docbao-hint" });
            this.wrong = element("p", { class: "wrong", role: "alert" });
            const cancel = element("button", { type: "button" }, t.cancel);
            const form = element("form", {},
                element("h2", { id: "docbao-correct" }, t.correct),
                element("label", {}, t.word, this.word),
                element("p", { id: "docbao-now" }, t.now + " ", this.now),
                element("label", {}, t.spoken, this.spoken),
                element("p", { id: "docbao-hint", class: "hint" }, t.hint),
                this.wrong,
                element("button", { type: "submit" }, t.send), cancel);
            const lang = this.player.lang || "vi";
            this.dialog = element("dialog", { "aria-labelledby": "docbao-correct", lang: lang }, form);
            this.word.addEventListener("change", () => this.showWord());
            cancel.addEventListener("click", () => this.dialog.close());
            form.addEventListener("submit", (event) => {
                event.preventDefault();
                this.send();
            });
            // The keys of the player are not for what is typed here.
            this.dialog.addEventListener("keydown", (event) => event.stopPropagation());
            const dialog = this.dialog; // a next one may be there when this one tells that it is closed
            dialog.addEventListener("close", () => this.closed(dialog));
            document.body.append(this.dialog);
        }

        async open() {
            this.noteSelection();
            const player = this.player, range = this.range;
            const picked = range && player.sentences.find((s) => selectedIn(s.span, range));
            const sentence = picked || player.marked;
            if (!sentence)
                return player.tell(this.t.nothing);
            if (this.opening)
                return undefined;
            this.opening = true;
            const time = player.audio.currentTime;
            this.played = !player.audio.paused;
            this.sent = false;
            player.audio.pause();
            player.tell("");
            try {
                const captions = await captionsOf(sentence.span.id);
                this.show(sentence.span, captions, picked && selectedIn(sentence.span, range), time);
            } catch (e) {
                player.tell(this.t.away, "alert");
            }
            this.opening = false;
            return undefined;
        }

        show(span, captions, selected, time) {
            const text = span.textContent;
            const chosen = choose(wordsOf(captions, text), selected, time);
            if (!chosen.words.length)
                return;
            this.id = span.id;
            this.words = chosen.words;
            this.build();
            for (const word of this.words)
                this.word.append(element("option", {}, text.slice(word.start, word.end)));
            this.word.selectedIndex = chosen.first;
            this.showWord();
            this.dialog.showModal();
            if (selected)
                this.spoken.focus();
        }

        showWord() {
            const word = this.words[this.word.selectedIndex];
            this.now.textContent = word.spoken || this.t.unread;
            this.spoken.value = word.spoken;
            this.wrong.textContent = "";
        }

        // Who does not correct anything listens on.
        closed(dialog) {
            dialog.remove();
            this.range = null;
            if (this.played && !this.sent)
                this.player.toggle();
        }

        async send() {
            try {
                const answer = await ask("POST", "/api/readings", { written: this.word.value,
                    spoken: this.spoken.value, article: told.article });
                if (answer.ok) {
                    this.sent = true;
                    this.dialog.close();
                    return this.makeAgain();
                }
                this.wrong.textContent = (await answer.json()).error;
            } catch (e) {
                this.wrong.textContent = this.t.away;
            }
            return this.spoken.focus();
        }

        // ---- what is heard then ----

        async makeAgain() {
            const player = this.player;
            player.tell(this.t.making);
            try {
                const made = await this.whenMade();
                await this.renew(made.key);
                player.tell(this.t.made);
            } catch (error) {
                player.tell(this.t.failed + ": " + error.message, "alert");
            }
        }

        async whenMade() {
            for (;;) {
                const state = await stateOfArticle();
                if (state.state === "failed")
                    throw new Error(state.message);
                if (state.state !== "queued" && state.state !== "making")
                    return state;
                await new Promise((done) => setTimeout(done, LOOK_EVERY));
            }
        }

        // Goes on at the sentence that was corrected; who has begun to listen again, at theirs.
        async renew(key) {
            const player = this.player, listens = !player.audio.paused;
            const id = listens && player.marked ? player.marked.span.id : this.id;
            const page = new DOMParser().parseFromString(
                await (await ask("GET", location.pathname)).text(), "text/html");
            player.root.replaceChildren(...page.getElementById("docbao-text").childNodes);
            await player.renew(article + ".mp3?v=" + key, id, listens || this.played);
        }
    }

    document.addEventListener("docbao-player", function (event) {
        keepPlaces(event.target);
        if ("readings" in told)
            new Correction(event.target);
    });
}());
