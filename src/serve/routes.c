#include "serve/routes.h"

#include "base/embedded.h"
#include "base/message.h"
#include "serve/answer.h"
#include "serve/catalogue.h"
#include "serve/files.h"
#include "serve/intake.h"
#include "serve/places.h"
#include "serve/reading_page.h"
#include "serve/readings.h"

/* ---- pages ---- */

/* Sends some of the files of assets/page as one; NULL ends them. */
static void send_assets(const struct desk *d, const struct http_request *r,
                        const char *const *names, const char *type, struct http_answer *a)
{
    answer_text(a, OK, type);
    for (; *names; names++)
        buf_add_sv(&a->body, embedded_find(sv_of(*names)));
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

static const char css[] = "text/css; charset=utf-8", js[] = "text/javascript; charset=utf-8";

static void send_style(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    send_assets(d, r, (const char *const[]){"base.css", "serve.css", NULL}, css, a);
}

static void send_reading_style(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    send_assets(d, r, (const char *const[]){"base.css", "read.css", "served.css", NULL}, css, a);
}

static void send_script(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    send_assets(d, r, (const char *const[]){"serve.js", NULL}, js, a);
}

static void send_reading_script(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    send_assets(d, r, (const char *const[]){"served.js", NULL}, js, a);
}

static void send_player(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    send_assets(d, r, (const char *const[]){"docbao-player.js", NULL}, js, a);
}

static void send_icon(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    send_assets(d, r, (const char *const[]){"docbao.svg", NULL}, "image/svg+xml", a);
}

/* ---- refusals ---- */

static bool wants_front(const struct http_request *r)
{
    const char *accept = r->header(r, "Accept");
    return strcmp(r->method, "GET") == 0 && strcmp(r->path, "/") == 0 && accept &&
           strstr(accept, "text/html");
}

static void ask_token(const struct http_request *r, struct http_answer *a)
{
    if (wants_front(r)) {
        answer_lead_to(a, "/login");
        return;
    }
    answer_fault(r, a, UNAUTHORIZED, _("This server wants its token."));
    answer_header(a, "WWW-Authenticate", "Bearer");
    answer_header(a, "WWW-Authenticate", "Basic realm=\"docbao\", charset=\"UTF-8\"");
}

static void answer_refusal(const struct http_request *r, enum admission admission,
                           struct http_answer *a)
{
    switch (admission) {
    case NOT_OUR_NAME:
        answer_fault(r, a, NOT_HERE,
                     _("This server has another name: use the address that it printed when it "
                       "began, or start it with --host and this name."));
        break;
    case FROM_ELSEWHERE:
        answer_fault(
            r, a, FORBIDDEN,
            _("Only the pages of this server, and who has its token, may do that; open its "
              "page anew and try again."));
        break;
    case WITHOUT_TOKEN:
        ask_token(r, a);
        break;
    case TOO_OFTEN:
        answer_fault(r, a, TOO_MANY, _("Too many requests; try again later."));
        answer_header(a, "Retry-After", "5");
        break;
    case ADMITTED:
        break;
    }
}

/* ---- routes ---- */

/* Who may ask. */
enum right {
    EVERYONE,     /* who came in (door.c): it changes nothing, or asks for the token itself */
    WITH_HEADERS, /* may_change, by the headers alone */
    WITH_FORM,    /* may_change, also by the secret in the body: a form of a page */
};

static const struct route {
    const char *method, *path;
    void (*answer)(struct desk *d, const struct http_request *r, struct http_answer *a);
    enum right right;
} routes[] = {
    {"GET", "/", send_front, EVERYONE},
    {"GET", "/feed.xml", send_feed, EVERYONE},
    {"GET", "/serve.css", send_style, EVERYONE},
    {"GET", "/serve.js", send_script, EVERYONE},
    {"GET", "/read.css", send_reading_style, EVERYONE},
    {"GET", "/served.js", send_reading_script, EVERYONE},
    {"GET", "/docbao-player.js", send_player, EVERYONE},
    {"GET", "/docbao.svg", send_icon, EVERYONE},
    {"GET", "/login", send_login, EVERYONE},
    {"GET", "/api/articles", list_articles, EVERYONE},
    {"POST", "/api/articles", post_article, WITH_HEADERS},
    {"POST", "/api/readings", post_reading, WITH_HEADERS},
    {"POST", "/articles", form_articles, WITH_FORM},
    {"POST", "/article", form_article, WITH_FORM},
    {"POST", "/readings", form_readings, WITH_FORM},
    {"POST", "/feeds", form_feeds, WITH_FORM},
    {"POST", "/login", form_login, EVERYONE},
};

/* What is asked of one article. */
struct article_target {
    struct buf id;
    const struct file_kind *kind; /* a file of it; NULL: none */
    bool place, page;             /* where it was left; the page to read along */
};

static bool split_ending(struct sv ending, struct article_target *t)
{
    t->place = sv_is(ending, "/place");
    if (ending.n && !t->place)
        t->kind = file_kind_of(ending);
    return !ending.n || t->place || t->kind;
}

/* "/api/articles/ID" with the ending of a file, "/place" or nothing; "/read/ID". */
static bool split_article(const char *path, struct article_target *t)
{
    struct sv rest = sv_of(path);
    t->page = sv_starts(rest, SV("/read/"));
    if (!t->page && !sv_starts(rest, SV("/api/articles/")))
        return false;
    rest = sv_from(rest, t->page ? SV("/read/").n : SV("/api/articles/").n);
    size_t n = rest.n < ARTICLE_ID_LETTERS ? rest.n : ARTICLE_ID_LETTERS;
    buf_add(&t->id, rest.p, n);
    struct sv ending = sv_from(rest, n);
    return article_id_is_valid(buf_sv(&t->id)) && (t->page ? !ending.n : split_ending(ending, t));
}

static void change_article(struct desk *d, const struct http_request *r,
                           const struct article_target *t, struct http_answer *a)
{
    const char *method = t->place ? "PUT" : "DELETE";
    if (strcmp(r->method, method) != 0 || t->kind || t->page)
        answer_fault(r, a, NOT_ALLOWED, _("That cannot be done here."));
    else if (!may_change(d, r, (struct sv){NULL, 0}))
        answer_refusal(r, FROM_ELSEWHERE, a);
    else if (t->place)
        answer_place(d, r, t->id.p, a);
    else if (catalogue_remove(d, t->id.p))
        a->status = NO_CONTENT;
    else
        answer_sentence(a, BUSY, _("That cannot be done now; try again later."));
}

static void answer_article(struct desk *d, const struct http_request *r,
                           const struct article_target *t, struct http_answer *a)
{
    if (strcmp(r->method, "GET") != 0 || t->place)
        change_article(d, r, t, a);
    else if (t->page)
        send_reading_page(d, r, t->id.p, a);
    else if (t->kind)
        send_file(d, r, t->id.p, t->kind, a);
    else
        tell_article(d, r, t->id.p, OK, a);
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
    if (route->right == EVERYONE)
        return true;
    if (route->right == WITH_FORM)
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
        answer_fault(r, a, NOT_ALLOWED, _("That cannot be done here."));
    else if (!route)
        answer_fault(r, a, NOT_FOUND, _("There is no such page."));
    else if (!may_be_answered(d, r, route))
        answer_refusal(r, FROM_ELSEWHERE, a);
    else
        route->answer(d, r, a);
}

void answer_request(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct article_target t = {.id = BUF_INIT};
    bool article = split_article(r->path, &t);
    if (article)
        answer_article(d, r, &t, a);
    else
        answer_route(d, r, a);
    bool alone = article && a->status < BAD && t.kind && strcmp(t.kind->ending, ".html") == 0;
    answer_protect(d, a, alone);
    buf_free(&t.id);
}

void answer_refused_body(const struct desk *d, const struct http_request *r, bool too_large,
                         struct http_answer *a)
{
    if (too_large)
        answer_fault(r, a, TOO_LARGE,
                     _("This is larger than the server takes; send less, or let it take more with "
                       "--max-bytes."));
    else
        answer_fault(r, a, BUSY, _("Too much is being sent at once; try again later."));
    answer_protect(d, a, false);
}

void answer_at_door(struct desk *d, const struct http_request *r, enum admission admission,
                    struct http_answer *a)
{
    answer_refusal(r, admission, a);
    answer_protect(d, a, false);
}
