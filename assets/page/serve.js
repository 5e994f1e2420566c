// The page of docbao serve: while articles are made, it looks now and then whether they are; only
// the list is replaced, so that nothing of what is typed or heard is lost.
(function () {
    "use strict";

    const EVERY = 3000; // milliseconds

    function playing() {
        return Array.from(document.querySelectorAll("#queue audio")).some(function (a) {
            return !a.paused;
        });
    }

    async function look() {
        const queue = document.getElementById("queue");
        if (queue.dataset.unfinished !== "0" && !playing() && !queue.contains(document.activeElement)) {
            try {
                const answer = await fetch("/", { headers: { Accept: "text/html" } });
                const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                const fresh = page.getElementById("queue");
                if (fresh)
                    queue.replaceWith(fresh);
            } catch (e) { /* the server is away; it is asked again */ }
        }
        setTimeout(look, EVERY);
    }
    setTimeout(look, EVERY);
}());
