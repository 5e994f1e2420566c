#include "serve/intake.h"

#include "base/file.h"
#include "base/message.h"
#include "base/replacement.h"
#include "base/utf8.h"
#include "serve/answer.h"
#include "serve/catalogue.h"
#include "serve/files.h"

enum { MOST_UNFINISHED = 10000, MOST_FEEDS = 200 };

/* ---- what comes in ---- */

/* What was sent: an address, or a text. */
struct parcel {
    struct buf url, text, title;
    bool html;
};

static void take_field(void *user, struct sv name, struct sv value)
{
    struct parcel *p = user;
    bool html = sv_is(name, "html");
    struct buf *to = sv_is(name, "url")            ? &p->url
                     : sv_is(name, "text") || html ? &p->text
                     : sv_is(name, "title")        ? &p->title
                                                   : NULL;
    p->html = p->html || html;
    if (to) {
        buf_clear(to);
        buf_add_sv(to, value);
    }
}

/* The type without its parameters. */
struct sv body_type(const struct http_request *r)
{
    struct sv type = sv_of(r->header(r, "Content-Type"));
    return sv_trim(sv_cut(&type, ';'));
}

/* False: a type that is not known, or a body that is not of its type. */
static bool take_parcel(const struct http_request *r, struct parcel *p)
{
    struct sv type = body_type(r);
    if (sv_is(type, "application/json"))
        return json_fields(r->body, take_field, p);
    p->html = sv_is(type, "text/html");
    if (!p->html && !sv_is(type, "text/plain"))
        return false;
    buf_add_sv(&p->text, r->body);
    return true;
}

static void parcel_free(struct parcel *p)
{
    buf_free(&p->url);
    buf_free(&p->text);
    buf_free(&p->title);
}

static bool keep_text(const struct desk *d, const char *id, struct sv text)
{
    struct buf path = BUF_INIT;
    article_path(d, id, ".source", &path);
    bool kept = file_update(path.p, text);
    buf_free(&path);
    return kept;
}

/* Puts it into the queue, and its id into `id`. Gives the status; *why where it is none of success.
 */
static unsigned take_in(struct desk *d, const struct parcel *p, struct buf *id, const char **why)
{
    uint32_t all, unfinished;
    struct sv url = sv_trim(buf_sv(&p->url)), text = buf_sv(&p->text);
    const char *kind = p->html ? "html" : "text";
    struct buf source = BUF_INIT, title = BUF_INIT;
    int64_t now = catalogue_now(d);
    bool added = false;
    *why = url.n && !address_is_of_web(url)
               ? _("Give an address that begins with http:// or https://.")
           : !url.n && !sv_trim(text).n ? _("There is no text and no address; give one of them.")
                                        : NULL;
    if (*why)
        return UNREADABLE;
    if (!d->driver->count(d->shelf, &all, &unfinished) || unfinished >= MOST_UNFINISHED) {
        *why = _("Too many articles are waiting; try again later.");
        return BUSY;
    }
    article_id_of(url.n ? SV("url") : sv_of(kind), url.n ? url : text, id);
    buf_add_sv(&source, url.n ? url : sv_of(kind));
    buf_add_printable(&title, buf_sv(&p->title));
    bool kept = (url.n || keep_text(d, id->p, text)) &&
                d->driver->add(d->shelf, id->p, source.p, title.p, now, &added) &&
                (added || d->driver->revive(d->shelf, id->p, now));
    if (kept && catalogue_added(d, id->p))
        added = false;
    *why = kept ? NULL : _("It cannot be kept: the disk may be full.");
    buf_free(&source);
    buf_free(&title);
    return !kept ? BUSY : added ? CREATED : OK;
}

void post_article(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct parcel p = {BUF_INIT, BUF_INIT, BUF_INIT, false};
    struct buf id = BUF_INIT, place = BUF_INIT;
    const char *why;
    if (!take_parcel(r, &p)) {
        answer_sentence(a, WRONG_TYPE,
                        _("Send text/plain, text/html, or application/json with \"url\", \"text\" "
                          "or \"html\"."));
    } else {
        unsigned status = take_in(d, &p, &id, &why);
        if (why) {
            answer_sentence(a, status, why);
        } else {
            tell_article(d, r, id.p, status, a);
            buf_addf(&place, "/api/articles/%s", id.p);
            answer_header(a, "Location", place.p);
        }
    }
    parcel_free(&p);
    buf_free(&id);
    buf_free(&place);
}

/* ---- forms: they lead back to the page ---- */

void refuse_form(const char *sentence, unsigned status, struct http_answer *a)
{
    answer_text(a, status, "text/html; charset=utf-8");
    page_fault(&a->body, sentence);
}

void form_articles(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct parcel p = {BUF_INIT, BUF_INIT, BUF_INIT, false};
    struct buf id = BUF_INIT;
    const char *why;
    form_field(r->body, "url", &p.url);
    form_field(r->body, "text", &p.text);
    struct sv start = sv_trim(buf_sv(&p.text));
    p.html = sv_starts(start, SV("<!")) || sv_starts(start, SV("<html"));
    unsigned status = take_in(d, &p, &id, &why);
    if (why)
        refuse_form(why, status, a);
    else
        answer_lead_to(a, "/");
    parcel_free(&p);
    buf_free(&id);
}

static void count_feed(void *user, const char *url, int64_t asked, const char *message)
{
    (void)url, (void)asked, (void)message;
    ++*(uint32_t *)user;
}

/* NULL: it was done. */
static const char *change_feed(struct desk *d, const char *url, bool removes)
{
    uint32_t count = 0;
    if (removes)
        return d->driver->feed_remove(d->shelf, url)
                   ? NULL
                   : _("It cannot be kept: the disk may be full.");
    if (!d->driver->feeds(d->shelf, count_feed, &count) || count >= MOST_FEEDS)
        return _("There are too many feeds; remove one first.");
    d->feeds_due = d->driver->feed_add(d->shelf, url);
    return d->feeds_due ? NULL : _("It cannot be kept: the disk may be full.");
}

void form_feeds(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct buf url = BUF_INIT, trimmed = BUF_INIT, remove = BUF_INIT;
    form_field(r->body, "url", &url);
    buf_add_sv(&trimmed, sv_trim(buf_sv(&url)));
    if (!address_is_of_web(buf_sv(&trimmed))) {
        refuse_form(_("Give an address that begins with http:// or https://."), UNREADABLE, a);
    } else {
        const char *why = change_feed(d, trimmed.p, form_field(r->body, "remove", &remove));
        if (why)
            refuse_form(why, BUSY, a);
        else
            answer_lead_to(a, "/");
    }
    buf_free(&trimmed);
    buf_free(&url);
    buf_free(&remove);
}

void form_article(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct buf id = BUF_INIT, what = BUF_INIT;
    bool known = form_field(r->body, "id", &id) && form_field(r->body, "do", &what) &&
                 article_id_is_valid(buf_sv(&id));
    bool done = known && (strcmp(what.p, "remove") == 0 ? catalogue_remove(d, id.p)
                                                        : d->driver->again(d->shelf, id.p, false));
    if (done)
        answer_lead_to(a, "/");
    else
        refuse_form(_("That cannot be done now; try again later."), BAD, a);
    buf_free(&id);
    buf_free(&what);
}
