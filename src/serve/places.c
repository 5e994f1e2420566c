#include "serve/places.h"

#include <time.h>

#include "base/decimal.h"
#include "base/message.h"
#include "serve/answer.h"
#include "serve/catalogue.h"
#include "serve/intake.h"

/* In seconds: who leaves an article so near its end (of a short one, this share of it) has heard
 * it, and who leaves it so soon after its beginning has not listened. */
static const double at_end = 5, share_at_end = 0.1, at_beginning = 1;

/* ---- what comes in ---- */

struct place_text {
    struct buf seconds, sentence, of;
};

static bool read_text(const struct http_request *r, struct place_text *t)
{
    const struct json_wanted wanted[] = {
        {"seconds", &t->seconds}, {"sentence", &t->sentence}, {"of", &t->of}};
    return sv_is(body_type(r), "application/json") &&
           json_read(r->body, wanted, sizeof wanted / sizeof *wanted);
}

/* A whole number up to the most; nothing is 0. */
static bool read_count(const struct buf *text, uint32_t *out)
{
    double number = 0;
    if (text->n && !decimal_parse(text->p, &number))
        return false;
    if (number < 0 || number > MOST_PLACE_SENTENCES)
        return false;
    *out = (uint32_t)number;
    return *out == number;
}

static bool read_place(const struct place_text *t, struct shelf_place *place)
{
    place->at = time(NULL);
    return t->seconds.n && decimal_parse(t->seconds.p, &place->seconds) && place->seconds >= 0 &&
           place->seconds <= MOST_PLACE_SECONDS && read_count(&t->sentence, &place->sentence) &&
           read_count(&t->of, &place->of) && place->sentence <= place->of;
}

static void note_nothing(void *user, const struct shelf_article *a)
{
    (void)user, (void)a;
}

/* Looking for it takes what another server has made into the shelf. */
static void keep_place(struct desk *d, const char *id, const struct shelf_place *place,
                       struct http_answer *a)
{
    bool known;
    catalogue_find(d, id, note_nothing, NULL);
    if (!d->driver->leave(d->shelf, id, place, &known))
        answer_sentence(a, BUSY, _("It cannot be kept: the disk may be full."));
    else if (!known)
        answer_sentence(a, NOT_FOUND, _("There is no such article."));
    else
        a->status = NO_CONTENT;
}

void answer_place(struct desk *d, const struct http_request *r, const char *id,
                  struct http_answer *a)
{
    struct place_text t = {BUF_INIT, BUF_INIT, BUF_INIT};
    struct shelf_place place = {0};
    if (!read_text(r, &t))
        answer_sentence(a, WRONG_TYPE, _("Send application/json with \"seconds\"."));
    else if (!read_place(&t, &place))
        answer_sentence(a, UNREADABLE,
                        _("A place has \"seconds\", and maybe \"sentence\" and \"of\": from 0 on, "
                          "and the sentence is one of so many."));
    else
        keep_place(d, id, &place, a);
    buf_free(&t.seconds);
    buf_free(&t.sentence);
    buf_free(&t.of);
}

/* ---- what is told ---- */

bool is_heard(const struct shelf_article *a)
{
    double end = share_at_end * a->seconds < at_end ? share_at_end * a->seconds : at_end;
    return a->place.at && a->place.seconds > at_beginning && a->place.seconds >= a->seconds - end;
}

void add_place_json(struct buf *out, const struct shelf_place *place)
{
    if (!place->at)
        return;
    buf_addf(out, ",\"place\":{\"seconds\":%.3f", place->seconds);
    if (place->of)
        buf_addf(out, ",\"sentence\":%u,\"of\":%u", place->sentence, place->of);
    buf_addf(out, ",\"at\":%lld}", (long long)place->at);
}

void add_place_text(struct buf *out, const struct shelf_article *a)
{
    const struct shelf_place *place = &a->place;
    unsigned left = a->seconds > place->seconds ? (unsigned)(a->seconds - place->seconds) : 0;
    struct buf text = BUF_INIT;
    if (!*a->key || !place->at || place->seconds < at_beginning)
        return;
    if (is_heard(a))
        buf_add_message(&text, "heard to the end");
    else if (place->of)
        buf_add_message(&text, "left at sentence %u of %u, %u:%02u to go", place->sentence,
                        place->of, left / 60, left % 60);
    else
        buf_add_message(&text, "left with %u:%02u to go", left / 60, left % 60);
    buf_adds(out, "<p>");
    add_html_text(out, buf_sv(&text));
    buf_adds(out, "</p>\n");
    buf_free(&text);
}
