// The page of docbao serve: while articles are made, it looks now and then whether they are; only
// the list is replaced, so that nothing of what is typed or heard is lost. What is heard here goes
// on where it was left, and its place is kept by the server.
(function () {
    "use strict";

    const EVERY = 3000; // milliseconds
    const SEND_EVERY = 10000; // milliseconds between two places that are sent while it is heard

    function playing() {
        return Array.from(document.querySelectorAll("#queue audio")).some(function (a) {
            return !a.paused;
        });
    }

    async function look() {
        const queue = document.getElementById("queue");
        if (queue.dataset.unfinished !== "0" && !playing() && !queue.contains(document.activeElement)) {
            try {
                const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
                const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                const fresh = page.getElementById("queue");
                if (fresh)
                    queue.replaceWith(fresh);
            } catch (e) { /* the server is away; it is asked again */ }
        }
        setTimeout(look, EVERY);
    }
    setTimeout(look, EVERY);

    // ---- places ----

    const sent = new WeakMap(); // of an audio element: when its place was sent

    // Those of articles that are made yet have a place.
    function heard(event) {
        const audio = event.target;
        return audio instanceof HTMLAudioElement && audio.dataset.article ? audio : null;
    }

    function keepPlace(audio) {
        sent.set(audio, performance.now());
        fetch("/api/articles/" + audio.dataset.article + "/place", {
            method: "PUT",
            keepalive: true,
            headers: { "Content-Type": "application/json",
                "X-Docbao-Form": document.querySelector("[name=secret]").value },
            body: JSON.stringify({ seconds: Number(audio.currentTime.toFixed(3)) }),
        }).catch(function () { /* it is sent again with the next place */ });
    }

    // Events of sound do not bubble, but they are seen on their way down.
    document.addEventListener("loadedmetadata", function (event) {
        const audio = heard(event);
        if (audio && audio.dataset.seconds > 0)
            audio.currentTime = Number(audio.dataset.seconds);
    }, true);

    document.addEventListener("timeupdate", function (event) {
        const audio = heard(event);
        if (audio && !audio.paused && performance.now() - (sent.get(audio) || 0) > SEND_EVERY)
            keepPlace(audio);
    }, true);

    document.addEventListener("pause", function (event) {
        const audio = heard(event);
        if (audio)
            keepPlace(audio);
    }, true);

    addEventListener("pagehide", function () {
        document.querySelectorAll("#queue audio[data-article]").forEach(function (audio) {
            if (!audio.paused)
                keepPlace(audio);
        });
    });
}());
