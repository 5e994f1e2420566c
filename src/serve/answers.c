/* What each request is answered with. */
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/file.h"
#include "base/message.h"
#include "base/replacement.h"
#include "base/utf8.h"
#include "serve/desk.h"

enum {
    OK = 200,
    CREATED = 201,
    ACCEPTED = 202,
    PARTIAL = 206,
    SEE_OTHER = 303,
    NOT_MODIFIED = 304,
    BAD = 400,
    UNAUTHORIZED = 401,
    FORBIDDEN = 403,
    NOT_FOUND = 404,
    NOT_ALLOWED = 405,
    WRONG_TYPE = 415,
    NO_RANGE = 416,
    NOT_HERE = 421,
    UNREADABLE = 422,
    TOO_MANY = 429,
    FAULT = 500,
    BUSY = 503,
    MOST_UNFINISHED = 10000,
    LIST = 100, /* articles of a list, where nothing is said */
    MOST_LIST = 1000,
};

/* ---- parts of answers ---- */

void answer_header(struct http_answer *a, const char *name, const char *value)
{
    if (!strpbrk(value, "\r\n"))
        buf_addf(&a->headers, "%s\t%s\n", name, value);
}

void answer_text(struct http_answer *a, unsigned status, const char *type)
{
    a->status = status;
    answer_header(a, "Content-Type", type);
}

void answer_sentence(struct http_answer *a, unsigned status, const char *sentence)
{
    answer_text(a, status, "application/json");
    buf_adds(&a->body, "{\"error\":");
    add_json_text(&a->body, sv_of(sentence));
    buf_adds(&a->body, "}\n");
}

static void lead_to(struct http_answer *a, const char *path)
{
    a->status = SEE_OTHER;
    answer_header(a, "Location", path);
}

/* A page may load nothing but from here, and no other page may hold it. */
static void add_protection(const struct desk *d, struct http_answer *a, bool article)
{
    struct buf policy = BUF_INIT;
    buf_adds(&policy, "default-src 'none'; base-uri 'none'; form-action 'self'; "
                      "frame-ancestors 'none'; media-src 'self'; ");
    if (article)
        buf_addf(&policy, "script-src 'sha256-%s'; style-src 'unsafe-inline'", d->script_hash.p);
    else
        buf_adds(&policy, "script-src 'self'; style-src 'self'; connect-src 'self'");
    answer_header(a, "Content-Security-Policy", policy.p);
    answer_header(a, "X-Content-Type-Options", "nosniff");
    answer_header(a, "Referrer-Policy", "same-origin");
    answer_header(a, "Cross-Origin-Resource-Policy", "same-origin");
    buf_free(&policy);
}

static void pack(const struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct buf packed = BUF_INIT;
    answer_header(a, "Vary", "Accept-Encoding");
    if (a->body.n && gzip_is_accepted(sv_of(r->header(r, "Accept-Encoding"))) &&
        d->http->pack(buf_sv(&a->body), &packed)) {
        answer_header(a, "Content-Encoding", "gzip");
        buf_free(&a->body);
        a->body = packed;
        return;
    }
    buf_free(&packed);
}

/* ---- articles as JSON ---- */

static void add_member(struct buf *out, const char *name, const char *text)
{
    buf_addf(out, ",\"%s\":", name);
    add_json_text(out, sv_of(text));
}

static bool is_sent(const char *source)
{
    return strcmp(source, "html") == 0 || strcmp(source, "text") == 0;
}

static void add_article(struct buf *out, const struct shelf_article *a)
{
    buf_addf(out, "{\"id\":\"%s\"", a->id);
    add_member(out, "state", a->state);
    add_member(out, "title", a->title);
    if (!is_sent(a->source))
        add_member(out, "url", a->source);
    if (*a->date)
        add_member(out, "date", a->date);
    if (*a->message)
        add_member(out, "message", a->message);
    buf_addf(out, ",\"added\":%lld", (long long)a->added);
    if (*a->key)
        buf_addf(out, ",\"seconds\":%.3f,\"bytes\":%lld,\"key\":\"%s\"", a->seconds,
                 (long long)a->bytes, a->key);
    buf_putc(out, '}');
}

static void add_row(void *user, const struct shelf_article *a)
{
    struct buf *out = user;
    if (out->p[out->n - 1] == '}')
        buf_adds(out, ",\n");
    add_article(out, a);
}

static uint32_t number_of(const struct http_request *r, const char *name, uint32_t otherwise,
                          uint32_t most)
{
    const char *text = r->argument(r, name);
    char *end;
    unsigned long number = text ? strtoul(text, &end, 10) : otherwise;
    if (text && (end == text || *end))
        number = otherwise;
    return number > most ? most : (uint32_t)number;
}

static void list_articles(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    uint32_t all, unfinished;
    answer_text(a, OK, "application/json");
    d->driver->count(d->shelf, &all, &unfinished);
    buf_addf(&a->body, "{\"count\":%u,\"unfinished\":%u,\"articles\":[", all, unfinished);
    d->driver->each(d->shelf, number_of(r, "from", 0, INT32_MAX),
                    number_of(r, "most", LIST, MOST_LIST), add_row, &a->body);
    buf_adds(&a->body, "]}\n");
    pack(d, r, a);
}

/* One row, as far as it is needed after the call. */
struct found {
    struct buf json, state, key;
};

static void note_found(void *user, const struct shelf_article *a)
{
    struct found *f = user;
    add_article(&f->json, a);
    buf_adds(&f->state, a->state);
    buf_adds(&f->key, a->key);
}

static struct found find_article(const struct desk *d, const char *id)
{
    struct found f = {BUF_INIT, BUF_INIT, BUF_INIT};
    d->driver->find(d->shelf, id, note_found, &f);
    return f;
}

static void found_free(struct found *f)
{
    buf_free(&f->json);
    buf_free(&f->state);
    buf_free(&f->key);
}

static void tell_article(const struct desk *d, const char *id, unsigned status,
                         struct http_answer *a)
{
    struct found f = find_article(d, id);
    if (f.json.n) {
        answer_text(a, status, "application/json");
        buf_addf(&a->body, "%s\n", f.json.p);
    } else {
        answer_sentence(a, NOT_FOUND, _("There is no such article."));
    }
    found_free(&f);
}

/* ---- files ---- */

static const struct file_kind {
    const char *ending, *type;
} kinds[] = {
    {".mp3", "audio/mpeg"},
    {".vtt", "text/vtt; charset=utf-8"},
    {".json", "application/json"},
    {".html", "text/html; charset=utf-8"},
};

static void send_range(const struct http_request *r, uint64_t size, const char *etag,
                       struct http_answer *a)
{
    const char *condition = r->header(r, "If-Range"), *range = r->header(r, "Range");
    enum range_kind kind = RANGE_WHOLE;
    struct buf text = BUF_INIT;
    a->status = OK;
    a->offset = 0;
    a->length = size;
    if (range && (!condition || strcmp(condition, etag) == 0))
        kind = range_read(sv_of(range), size, &a->offset, &a->length);
    if (kind == RANGE_PART) {
        a->status = PARTIAL;
        buf_addf(&text, "bytes %llu-%llu/%llu", (unsigned long long)a->offset,
                 (unsigned long long)(a->offset + a->length - 1), (unsigned long long)size);
        answer_header(a, "Content-Range", text.p);
    } else if (kind == RANGE_NONE) {
        buf_addf(&text, "bytes */%llu", (unsigned long long)size);
        answer_header(a, "Content-Range", text.p);
        close(a->fd);
        a->fd = -1;
        a->status = NO_RANGE;
    }
    buf_free(&text);
}

/* While it is made anew, the file may be the new one already: its time tells. */
static void add_etag(const struct found *f, const struct stat *info, const char *ending,
                     struct buf *out)
{
    buf_addf(out, "\"%s", f->key.p);
    if (strcmp(f->state.p, "done") != 0 && strcmp(f->state.p, "part") != 0)
        buf_addf(out, "-%llx%lx", (unsigned long long)info->st_mtim.tv_sec, info->st_mtim.tv_nsec);
    buf_addf(out, "%s\"", ending);
}

static void send_open_file(const struct http_request *r, const struct found *f,
                           const struct file_kind *kind, struct http_answer *a)
{
    struct stat info;
    struct buf etag = BUF_INIT;
    if (fstat(a->fd, &info) != 0)
        memset(&info, 0, sizeof info);
    add_etag(f, &info, kind->ending, &etag);
    answer_header(a, "ETag", etag.p);
    answer_header(a, "Cache-Control", "private, no-cache");
    if (etag_is_listed(sv_of(r->header(r, "If-None-Match")), buf_sv(&etag))) {
        close(a->fd);
        a->fd = -1;
        a->status = NOT_MODIFIED;
    } else {
        answer_header(a, "Content-Type", kind->type);
        answer_header(a, "Accept-Ranges", "bytes");
        send_range(r, (uint64_t)info.st_size, etag.p, a);
    }
    buf_free(&etag);
}

/* It is not made yet, or never will be. */
static void tell_absent(const struct found *f, struct http_answer *a)
{
    bool failed = strcmp(f->state.p, "failed") == 0;
    if (!f->json.n)
        answer_sentence(a, NOT_FOUND, _("There is no such article."));
    else
        answer_text(a, failed ? NOT_FOUND : ACCEPTED, "application/json");
    if (f->json.n)
        buf_addf(&a->body, "%s\n", f->json.p);
    if (f->json.n && !failed)
        answer_header(a, "Retry-After", "1");
}

/* ---- sound while it is made ---- */

struct live {
    const struct desk *desk;
    struct buf id;
    int fd; /* the answer's */
};

/* The end is looked for first: what is there then is all. */
static uint64_t live_size(void *with, bool *whole)
{
    const struct live *live = with;
    struct stat info;
    *whole = !is_being_made(live->desk, live->id.p);
    return fstat(live->fd, &info) == 0 ? (uint64_t)info.st_size : 0;
}

static void live_free(void *with)
{
    struct live *live = with;
    buf_free(&live->id);
    free(live);
}

/* Several listeners read the same file. False: it is not being made. */
static bool send_live(const struct desk *d, const char *id, struct http_answer *a)
{
    struct buf path = BUF_INIT;
    article_path(d, id, LIVE_ENDING, &path);
    if (is_being_made(d, id))
        a->fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    buf_free(&path);
    if (a->fd < 0)
        return false;
    struct live *live = mem_zalloc(sizeof *live);
    *live = (struct live){d, BUF_INIT, a->fd};
    buf_adds(&live->id, id);
    a->grown = live_size;
    a->release = live_free;
    a->with = live;
    answer_text(a, OK, "audio/mpeg");
    answer_header(a, "Cache-Control", "no-store");
    return true;
}

static void send_file(const struct desk *d, const struct http_request *r, const char *id,
                      const struct file_kind *kind, struct http_answer *a)
{
    struct found f = find_article(d, id);
    struct buf path = BUF_INIT;
    article_path(d, id, kind->ending, &path);
    if (f.key.n)
        a->fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (a->fd >= 0)
        send_open_file(r, &f, kind, a);
    else if (strcmp(kind->ending, ".mp3") != 0 || !send_live(d, id, a))
        tell_absent(&f, a);
    buf_free(&path);
    found_free(&f);
}

static void send_asset(const struct desk *d, const struct http_request *r, const char *name,
                       const char *type, struct http_answer *a)
{
    answer_text(a, OK, type);
    buf_add_sv(&a->body, embedded_find(sv_of(name)));
    answer_header(a, "Cache-Control", "private, max-age=300");
    pack(d, r, a);
}

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
static struct sv type_of(const struct http_request *r)
{
    struct sv type = sv_of(r->header(r, "Content-Type"));
    return sv_trim(sv_cut(&type, ';'));
}

/* False: a type that is not known, or a body that is not of its type. */
static bool take_parcel(const struct http_request *r, struct parcel *p)
{
    struct sv type = type_of(r);
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
    bool added = false;
    *why = url.n && !address_is_of_web(url)
               ? _("Give an address that begins with http:// or https://.")
           : !url.n && !sv_trim(text).n ? _("There is no text and no address.")
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
                d->driver->add(d->shelf, id->p, source.p, title.p, time(NULL), &added) &&
                (added || d->driver->revive(d->shelf, id->p));
    *why = kept ? NULL : _("It cannot be kept: the disk may be full.");
    buf_free(&source);
    buf_free(&title);
    return !kept ? BUSY : added ? CREATED : OK;
}

static void post_article(struct desk *d, const struct http_request *r, struct http_answer *a)
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
            tell_article(d, id.p, status, a);
            buf_addf(&place, "/api/articles/%s", id.p);
            answer_header(a, "Location", place.p);
        }
    }
    parcel_free(&p);
    buf_free(&id);
    buf_free(&place);
}

/* ---- readings ---- */

/* Articles that were made before are made anew when they are asked to be. */
static unsigned add_reading(struct desk *d, const char *written, const char *spoken,
                            const char *article, struct buf *why)
{
    struct docbao *docbao = docbao_new(d->plan->library);
    enum docbao_status status =
        d->plan->lexicon ? docbao_lexicon_add(docbao, d->plan->lexicon, written, spoken, "")
                         : DOCBAO_USAGE;
    if (!d->plan->lexicon)
        buf_add_message(why, "This server keeps no readings.");
    else if (status == DOCBAO_OUTPUT)
        buf_add_message(why, "The reading cannot be kept: the disk may be full.");
    else if (status)
        buf_add_printable(why, sv_of(docbao_last_error(docbao)->message));
    docbao_free(docbao);
    if (!status && article_id_is_valid(sv_of(article)))
        d->driver->again(d->shelf, article);
    return !status ? OK : status == DOCBAO_OUTPUT ? BUSY : UNREADABLE;
}

struct correction {
    struct buf written, spoken, article;
};

static void take_reading(void *user, struct sv name, struct sv value)
{
    struct correction *g = user;
    struct buf *to = sv_is(name, "written")   ? &g->written
                     : sv_is(name, "spoken")  ? &g->spoken
                     : sv_is(name, "article") ? &g->article
                                              : NULL;
    if (to) {
        buf_clear(to);
        buf_add_sv(to, value);
    }
}

static void correction_free(struct correction *g)
{
    buf_free(&g->written);
    buf_free(&g->spoken);
    buf_free(&g->article);
}

static void post_reading(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct correction g = {BUF_INIT, BUF_INIT, BUF_INIT};
    struct buf why = BUF_INIT;
    if (!sv_is(type_of(r), "application/json") || !json_fields(r->body, take_reading, &g)) {
        answer_sentence(a, WRONG_TYPE, _("Send application/json with \"written\" and \"spoken\"."));
    } else {
        unsigned status = add_reading(d, g.written.p, g.spoken.p, g.article.p, &why);
        if (why.n)
            answer_sentence(a, status, why.p);
        else
            answer_text(a, status, "application/json");
        if (!why.n)
            buf_adds(&a->body, "{}\n");
    }
    correction_free(&g);
    buf_free(&why);
}

/* ---- forms: they lead back to the page ---- */

static void refuse_form(const struct desk *d, const char *sentence, unsigned status,
                        struct http_answer *a)
{
    (void)d;
    answer_text(a, status, "text/plain; charset=utf-8");
    buf_addf(&a->body, "%s\n", sentence);
}

static void form_articles(struct desk *d, const struct http_request *r, struct http_answer *a)
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
        refuse_form(d, why, status, a);
    else
        lead_to(a, "/");
    parcel_free(&p);
    buf_free(&id);
}

static void form_readings(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct correction g = {BUF_INIT, BUF_INIT, BUF_INIT};
    struct buf why = BUF_INIT;
    form_field(r->body, "written", &g.written);
    form_field(r->body, "spoken", &g.spoken);
    form_field(r->body, "article", &g.article);
    unsigned status = add_reading(d, g.written.p, g.spoken.p, g.article.p, &why);
    if (why.n)
        refuse_form(d, why.p, status, a);
    else
        lead_to(a, "/");
    correction_free(&g);
    buf_free(&why);
}

static void form_feeds(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct buf url = BUF_INIT, remove = BUF_INIT;
    form_field(r->body, "url", &url);
    if (!address_is_of_web(sv_trim(buf_sv(&url)))) {
        refuse_form(d, _("Give an address that begins with http:// or https://."), UNREADABLE, a);
    } else {
        buf_cut(&url, sv_trim(buf_sv(&url)).n);
        if (form_field(r->body, "remove", &remove))
            d->driver->feed_remove(d->shelf, url.p);
        else
            d->feeds_due = d->driver->feed_add(d->shelf, url.p);
        lead_to(a, "/");
    }
    buf_free(&url);
    buf_free(&remove);
}

static void remove_files(const struct desk *d, const char *id)
{
    static const char *const endings[] = {".mp3", ".vtt", ".json", ".html", ".source", LIVE_ENDING};
    struct buf path = BUF_INIT;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        buf_clear(&path);
        article_path(d, id, endings[i], &path);
        unlink(path.p);
    }
    buf_free(&path);
}

/* Not while it is made: its files would come back. */
static bool remove_article(struct desk *d, const char *id)
{
    if (is_being_made(d, id) || !d->driver->remove(d->shelf, id))
        return false;
    remove_files(d, id);
    return true;
}

static void form_article(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct buf id = BUF_INIT, what = BUF_INIT;
    bool known = form_field(r->body, "id", &id) && form_field(r->body, "do", &what) &&
                 article_id_is_valid(buf_sv(&id));
    bool done = known && (strcmp(what.p, "remove") == 0 ? remove_article(d, id.p)
                                                        : d->driver->again(d->shelf, id.p));
    if (done)
        lead_to(a, "/");
    else
        refuse_form(d, _("That cannot be done now; try again later."), BAD, a);
    buf_free(&id);
    buf_free(&what);
}

/* The cookie is made of the token: a new token makes the old cookies worthless. */
static void form_login(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct buf token = BUF_INIT, cookie = BUF_INIT;
    form_field(r->body, "token", &token);
    if (secret_is_same(sv_trim(buf_sv(&token)), buf_sv(&d->token))) {
        buf_addf(&cookie, "docbao=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000",
                 d->cookie.p);
        answer_header(a, "Set-Cookie", cookie.p);
        lead_to(a, "/");
    } else {
        answer_text(a, UNAUTHORIZED, "text/html; charset=utf-8");
        page_login(&a->body, true);
    }
    buf_free(&token);
    buf_free(&cookie);
}

/* ---- routes ---- */

static void send_front(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    answer_text(a, OK, "text/html; charset=utf-8");
    answer_header(a, "Cache-Control", "no-store");
    page_front(d, r, &a->body);
    pack(d, r, a);
}

static void send_feed(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    const char *scheme = r->header(r, "X-Forwarded-Proto");
    struct buf base = BUF_INIT;
    buf_addf(&base, "%s://%s", scheme && strcmp(scheme, "https") == 0 ? "https" : "http",
             r->header(r, "Host"));
    answer_text(a, OK, "application/rss+xml; charset=utf-8");
    page_feed(d, base.p, &a->body);
    pack(d, r, a);
    buf_free(&base);
}

static void send_login(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    (void)d, (void)r;
    answer_text(a, OK, "text/html; charset=utf-8");
    page_login(&a->body, false);
}

static void send_style(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    send_asset(d, r, "serve.css", "text/css; charset=utf-8", a);
}

static void send_script(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    send_asset(d, r, "serve.js", "text/javascript; charset=utf-8", a);
}

/* `form`: a POST of a page, which has the secret in its body. */
static const struct route {
    const char *method, *path;
    void (*answer)(struct desk *d, const struct http_request *r, struct http_answer *a);
    bool form, open;
} routes[] = {
    {"GET", "/", send_front, false, false},
    {"GET", "/feed.xml", send_feed, false, false},
    {"GET", "/serve.css", send_style, false, false},
    {"GET", "/serve.js", send_script, false, false},
    {"GET", "/login", send_login, false, false},
    {"GET", "/api/articles", list_articles, false, false},
    {"POST", "/api/articles", post_article, false, false},
    {"POST", "/api/readings", post_reading, false, false},
    {"POST", "/articles", form_articles, true, false},
    {"POST", "/article", form_article, true, false},
    {"POST", "/readings", form_readings, true, false},
    {"POST", "/feeds", form_feeds, true, false},
    {"POST", "/login", form_login, false, true},
};

/* "/api/articles/ID" with the ending of a file, or none. */
static bool split_article(const char *path, struct buf *id, const struct file_kind **kind)
{
    struct sv rest = sv_of(path);
    *kind = NULL;
    if (!sv_starts(rest, SV("/api/articles/")))
        return false;
    rest = sv_from(rest, SV("/api/articles/").n);
    struct sv ending =
        rest.n > ARTICLE_ID_LETTERS ? sv_from(rest, ARTICLE_ID_LETTERS) : (struct sv){NULL, 0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && ending.n; i++)
        if (sv_is(ending, kinds[i].ending))
            *kind = &kinds[i];
    if (ending.n && !*kind)
        return false;
    buf_add_sv(id, (struct sv){rest.p, rest.n - ending.n});
    return article_id_is_valid(buf_sv(id));
}

static void answer_article(struct desk *d, const struct http_request *r, const char *id,
                           const struct file_kind *kind, struct http_answer *a)
{
    bool get = strcmp(r->method, "GET") == 0;
    if (get && kind)
        send_file(d, r, id, kind, a);
    else if (get)
        tell_article(d, id, OK, a);
    else if (strcmp(r->method, "DELETE") != 0 || kind)
        answer_sentence(a, NOT_ALLOWED, _("That cannot be done here."));
    else if (!may_change(d, r, (struct sv){NULL, 0}))
        answer_refusal(d, r, FROM_ELSEWHERE, a);
    else if (remove_article(d, id))
        a->status = 204;
    else
        answer_sentence(a, BUSY, _("That cannot be done now; try again later."));
}

static const struct route *route_of(const struct http_request *r, bool *known)
{
    *known = false;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (strcmp(r->path, routes[i].path) != 0)
            continue;
        *known = true;
        if (strcmp(r->method, routes[i].method) == 0)
            return &routes[i];
    }
    return NULL;
}

static bool may_be_answered(const struct desk *d, const struct http_request *r,
                            const struct route *route)
{
    struct buf secret = BUF_INIT;
    if (strcmp(r->method, "GET") == 0 || route->open)
        return true;
    if (route->form)
        form_field(r->body, "secret", &secret);
    bool may = may_change(d, r, buf_sv(&secret));
    buf_free(&secret);
    return may;
}

static void answer_route(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    bool known;
    const struct route *route = route_of(r, &known);
    if (!route && known)
        answer_sentence(a, NOT_ALLOWED, _("That cannot be done here."));
    else if (!route)
        answer_sentence(a, NOT_FOUND, _("There is no such page."));
    else if (!may_be_answered(d, r, route))
        answer_refusal(d, r, FROM_ELSEWHERE, a);
    else
        route->answer(d, r, a);
}

void answer_request(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct buf id = BUF_INIT;
    const struct file_kind *kind;
    bool article = split_article(r->path, &id, &kind);
    if (article)
        answer_article(d, r, id.p, kind, a);
    else
        answer_route(d, r, a);
    add_protection(d, a, article && kind && strcmp(kind->ending, ".html") == 0);
    buf_free(&id);
}

/* ---- refusals ---- */

void answer_at_door(struct desk *d, const struct http_request *r, enum admission admission,
                    struct http_answer *a)
{
    answer_refusal(d, r, admission, a);
    add_protection(d, a, false);
}

static bool wants_page(const struct http_request *r)
{
    const char *accept = r->header(r, "Accept");
    return strcmp(r->method, "GET") == 0 && strcmp(r->path, "/") == 0 && accept &&
           strstr(accept, "text/html");
}

static void ask_token(const struct http_request *r, struct http_answer *a)
{
    if (wants_page(r)) {
        lead_to(a, "/login");
        return;
    }
    answer_sentence(a, UNAUTHORIZED, _("This server wants its token."));
    answer_header(a, "WWW-Authenticate", "Bearer");
    answer_header(a, "WWW-Authenticate", "Basic realm=\"docbao\", charset=\"UTF-8\"");
}

void answer_refusal(struct desk *d, const struct http_request *r, enum admission admission,
                    struct http_answer *a)
{
    (void)d;
    switch (admission) {
    case NOT_OUR_NAME:
        answer_sentence(a, NOT_HERE, _("This server has another name; see --host."));
        break;
    case FROM_ELSEWHERE:
        answer_sentence(a, FORBIDDEN,
                        _("Only the pages of this server, and who has its token, may do that."));
        break;
    case WITHOUT_TOKEN:
        ask_token(r, a);
        break;
    case TOO_OFTEN:
        answer_sentence(a, TOO_MANY, _("Too many requests; try again later."));
        answer_header(a, "Retry-After", "5");
        break;
    case ADMITTED:
        break;
    }
}
