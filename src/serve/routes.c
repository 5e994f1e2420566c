#include "serve/routes.h"

#include "base/embedded.h"
#include "base/message.h"
#include "serve/answer.h"
#include "serve/catalogue.h"
#include "serve/files.h"
#include "serve/intake.h"
#include "serve/readings.h"

/* ---- pages ---- */

static void send_asset(const struct desk *d, const struct http_request *r, const char *name,
                       const char *type, struct http_answer *a)
{
    answer_text(a, OK, type);
    buf_add_sv(&a->body, embedded_find(sv_of(name)));
    answer_header(a, "Cache-Control", "private, max-age=300");
    answer_pack(d, r, a);
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
        answer_lead_to(a, "/");
    } else {
        answer_text(a, UNAUTHORIZED, "text/html; charset=utf-8");
        page_login(&a->body, true);
    }
    buf_free(&token);
    buf_free(&cookie);
}

static void send_front(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    answer_text(a, OK, "text/html; charset=utf-8");
    answer_header(a, "Cache-Control", "no-store");
    page_front(d, r, &a->body);
    answer_pack(d, r, a);
}

static void send_feed(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    const char *scheme = r->header(r, "X-Forwarded-Proto");
    struct buf base = BUF_INIT;
    buf_addf(&base, "%s://%s", scheme && strcmp(scheme, "https") == 0 ? "https" : "http",
             r->header(r, "Host"));
    answer_text(a, OK, "application/rss+xml; charset=utf-8");
    page_feed(d, base.p, &a->body);
    answer_pack(d, r, a);
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

/* ---- refusals ---- */

static bool wants_page(const struct http_request *r)
{
    const char *accept = r->header(r, "Accept");
    return strcmp(r->method, "GET") == 0 && strcmp(r->path, "/") == 0 && accept &&
           strstr(accept, "text/html");
}

static void ask_token(const struct http_request *r, struct http_answer *a)
{
    if (wants_page(r)) {
        answer_lead_to(a, "/login");
        return;
    }
    answer_sentence(a, UNAUTHORIZED, _("This server wants its token."));
    answer_header(a, "WWW-Authenticate", "Bearer");
    answer_header(a, "WWW-Authenticate", "Basic realm=\"docbao\", charset=\"UTF-8\"");
}

static void answer_refusal(struct desk *d, const struct http_request *r, enum admission admission,
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

/* ---- routes ---- */

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
    if (ending.n)
        *kind = file_kind_of(ending);
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
    else if (catalogue_remove(d, id))
        a->status = NO_CONTENT;
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
    answer_protect(d, a, article && kind && strcmp(kind->ending, ".html") == 0);
    buf_free(&id);
}

void answer_at_door(struct desk *d, const struct http_request *r, enum admission admission,
                    struct http_answer *a)
{
    answer_refusal(d, r, admission, a);
    answer_protect(d, a, false);
}
