// The page that docbao check --html writes: a click on a sentence, or on the button of a doubt,
// plays the sentence.
(function () {
    "use strict";
    const audio = document.querySelector("audio");
    let end = Infinity;
    let heard = [];

    function show(from) {
        heard.forEach(function (element) { element.classList.remove("heard"); });
        heard = Array.from(document.querySelectorAll('.sentence[data-from="' + from + '"]'));
        heard.forEach(function (element) { element.classList.add("heard"); });
    }

    document.addEventListener("click", function (event) {
        const place = event.target.closest("[data-from]");
        if (!place)
            return;
        audio.currentTime = Number(place.dataset.from);
        end = Number(place.dataset.to);
        show(place.dataset.from);
        audio.play();
    });

    audio.addEventListener("timeupdate", function () {
        if (audio.currentTime >= end) {
            end = Infinity;
            audio.pause();
        }
    });
})();
