#include "article/input/fetch.h"

#include <errno.h>

#include "article/input/transfer.h"
#include "base/ascii.h"
#include "base/child.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "base/module.h"
#include "base/system_text.h"

enum {
    CONNECT_SECONDS = 10,
    STALL_SECONDS = 20,
    WHOLE_SECONDS = 60,
    REDIRECTS = 10,
};

struct fetching {
    struct transfer t;
    struct buf *body, *charset;
    struct buf type;
    long status;
    bool too_large;
};

bool fetch_is_url(const char *name)
{
    size_t n = 0;
    while (ascii_is_letter(name[n]) || (n && (ascii_is_digit(name[n]) || name[n] == '+')))
        n++;
    return n > 1 && strncmp(name + n, "://", 3) == 0;
}

bool fetch_is_web(struct sv name)
{
    struct sv http = SV("http://"), https = SV("https://");
    return (name.n > http.n && ascii_starts(name, http)) ||
           (name.n > https.n && ascii_starts(name, https));
}

bool fetch_resolve(const char *base, const char *reference, struct buf *out)
{
    struct err unused = ERR_INIT;
    const void *found = NULL;
    if (fetch_is_web(sv_of(base)))
        module_find("fetch", TRANSFER_SYMBOL, &found, &unused);
    err_free(&unused);
    const struct transfer_driver *driver = found;
    char *whole = driver ? driver->resolve(base, reference) : NULL;
    if (whole)
        buf_adds(out, whole);
    free(whole);
    return whole != NULL;
}

/* ---- what the server says ---- */

static void lower(struct buf *b)
{
    for (size_t i = 0; i < b->n; i++)
        b->p[i] = ascii_lower(b->p[i]);
}

/* Splits "text/html; charset=UTF-8" into type and charset, both in lower case. */
static void parse_type(struct sv header, struct buf *type, struct buf *charset)
{
    buf_clear(type);
    buf_clear(charset);
    buf_add_sv(type, sv_trim(sv_cut(&header, ';')));
    while (header.p) {
        struct sv value = sv_cut(&header, ';');
        struct sv key = sv_trim(sv_cut(&value, '='));
        value = value.p ? sv_trim(value) : value;
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = sv_sub(value, 1, value.n - 2);
        if (!charset->n && ascii_same(key, SV("charset")))
            buf_add_sv(charset, value);
    }
    lower(type);
    lower(charset);
}

/* Types that cannot hold an article. All others are read: many servers call a document an
 * application/octet-stream. */
static bool is_unreadable(struct sv type)
{
    static const struct sv families[] = {SV("image/"), SV("video/"), SV("audio/"), SV("font/"),
                                         SV("model/")};
    static const struct sv types[] = {
        SV("application/json"),
        SV("application/ld+json"),
        SV("application/javascript"),
        SV("text/javascript"),
        SV("text/css"),
        SV("application/wasm"),
        SV("application/vnd.apple.mpegurl"),
    };
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (sv_starts(type, families[i]))
            return true;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (sv_eq(type, types[i]))
            return true;
    return false;
}

static bool on_head(struct fetching *f, long status, const char *content_type)
{
    f->status = status;
    parse_type(sv_of(content_type), &f->type, f->charset);
    return status >= 200 && status < 300 && !is_unreadable(buf_sv(&f->type));
}

static bool on_body(struct fetching *f, const char *bytes, size_t n)
{
    f->too_large = n > f->t.max_bytes - f->body->n;
    if (!f->too_large)
        buf_add(f->body, bytes, n);
    return !f->too_large;
}

/* ---- messages ---- */

static enum status refuse_status(long status, struct err *e)
{
    switch (status) {
    case 401:
    case 402:
    case 403:
    case 407:
        return err_set(e, STATUS_INPUT,
                       "the server does not show this page to everybody; if you may read it in a "
                       "browser, export the browser's cookies and name them with --cookie-file "
                       "FILE (HTTP %ld)",
                       status);
    case 404:
    case 410:
        return err_set(e, STATUS_INPUT,
                       "not found: the server has no such page; check the address (HTTP %ld)",
                       status);
    case 429:
        return err_set(e, STATUS_INPUT,
                       "the server has been asked too often; try again later (HTTP %ld)", status);
    case 451:
        return err_set(e, STATUS_INPUT,
                       "the server may not show this page, for legal reasons (HTTP %ld)", status);
    default:
        if (status >= 500)
            return err_set(e, STATUS_INPUT,
                           "the server has a fault of its own; try again later (HTTP %ld)", status);
        return err_set(e, STATUS_INPUT,
                       "the server gave no page; open the address in a browser (HTTP %ld)", status);
    }
}

static enum status refuse_answer(const struct fetching *f, struct err *e)
{
    if (f->too_large)
        return err_set(e, STATUS_INPUT,
                       "larger than %llu bytes, the most that is read; allow more with "
                       "--max-bytes N (at most 4294967295)",
                       (unsigned long long)f->t.max_bytes);
    if (f->status < 200 || f->status >= 300)
        return refuse_status(f->status, e);
    return err_set(e, STATUS_INPUT,
                   "is no text to be read: the server calls it %s; give the address of the article",
                   f->type.p);
}

static enum status fail_late(const struct fetching *f, enum transfer_end end, struct err *e)
{
    if (end == TRANSFER_LATE_CONNECT)
        return err_set(e, STATUS_INPUT,
                       "timeout: no connection within %u seconds; check the address and the "
                       "network, or try again later",
                       f->t.connect_seconds);
    if (end == TRANSFER_LATE_ANSWER)
        return err_set(e, STATUS_INPUT,
                       "timeout: the server was silent for too long; try again later, or wait "
                       "longer with --timeout SECONDS");
    return err_set(e, STATUS_INPUT,
                   "timeout: only %zu bytes came before the time was over; try again later, or "
                   "wait longer with --timeout SECONDS",
                   f->body->n);
}

/* The message for an end that needs no placeholder, or NULL. */
static const char *fixed_message(enum transfer_end end)
{
    switch (end) {
    case TRANSFER_BAD_URL:
        return _("is no address that can be understood; it looks like https://example.org/page");
    case TRANSFER_BAD_SCHEME:
        return _("leads to something other than a web page; only http:// and https:// are read");
    case TRANSFER_LOCAL:
        return _("leads to this machine or its own network, which is not asked unless you say so "
                 "with --allow-local");
    case TRANSFER_NO_HOST:
        return _("the name of the server is not known; check the address and the network");
    case TRANSFER_NO_CONNECT:
        return _(
            "the server refused the connection or cannot be reached; check the address and the "
            "network");
    case TRANSFER_REDIRECTS:
        return _("leads from one address to the next without an end; open it in a browser and give "
                 "the address that stands there then, or the browser's cookies with --cookie-file");
    case TRANSFER_BROKEN_OFF:
        return _("the connection broke off before all had come; try again");
    case TRANSFER_GARBLED:
        return _("came compressed, and cannot be unpacked; try again later");
    default:
        return NULL;
    }
}

static enum status fail(const struct fetching *f, enum transfer_end end, struct err *e)
{
    const char *words = fixed_message(end);
    if (words)
        return err_set(e, STATUS_INPUT, "%s", words);
    switch (end) {
    case TRANSFER_STOPPED:
        return err_set(e, STATUS_STOPPED, "Stopped.");
    case TRANSFER_UNWANTED:
        return refuse_answer(f, e);
    case TRANSFER_TOO_LARGE:
        return err_set(e, STATUS_INPUT,
                       "the server announces more than %llu bytes, the most that is read; allow "
                       "more with --max-bytes N (at most 4294967295)",
                       (unsigned long long)f->t.max_bytes);
    case TRANSFER_LATE_CONNECT:
    case TRANSFER_LATE_ANSWER:
    case TRANSFER_LATE_BODY:
        return fail_late(f, end, e);
    case TRANSFER_NO_TLS:
        return err_set(e, STATUS_INPUT,
                       "no safe (TLS) connection: %s; check the address and this machine's clock",
                       f->t.detail);
    default:
        return err_set(e, STATUS_INPUT, "cannot be fetched: %s; try again later", f->t.detail);
    }
}

/* ---- the process that transfers: it has the network, and no files of the user ---- */

enum fetch_message_kind { FETCH_HEAD = 1, FETCH_BODY, FETCH_END };

/* HEAD: the HTTP status, with the content type. BODY: with bytes. END: an enum transfer_end, with
 * the detail; the last message. */
struct fetch_message {
    uint32_t kind;
    int64_t number;
};

struct fetch_work {
    const struct transfer_driver *driver;
    struct transfer t;
};

static bool send_message(uint32_t kind, int64_t number, struct sv body)
{
    const struct fetch_message m = {.kind = kind, .number = number};
    const struct sv head = {(const char *)&m, sizeof m};
    return channel_send(CHILD_CHANNEL, head, body, -1, true) == CHANNEL_DONE;
}

static bool send_head(void *user, long status, const char *content_type)
{
    (void)user;
    struct sv type = sv_of(content_type);
    return send_message(FETCH_HEAD, status, sv_sub(type, 0, type.n < CHANNEL_MOST ? type.n : 0));
}

static bool send_body(void *user, const char *bytes, size_t n)
{
    (void)user;
    for (size_t at = 0; at < n; at += CHANNEL_MOST) {
        struct sv piece = {bytes + at, n - at < CHANNEL_MOST ? n - at : CHANNEL_MOST};
        if (!send_message(FETCH_BODY, 0, piece))
            return false;
    }
    return true;
}

static void run_transfer(void *with)
{
    struct fetch_work *work = with;
    enum transfer_end end = work->driver->run(&work->t);
    send_message(FETCH_END, end, sv_of(work->t.detail));
}

/* The files that a resolver and TLS read. */
static void list_readable(const char *readable[])
{
    static const char *const system[] = {
        "/etc/resolv.conf",
        "/etc/hosts",
        "/etc/host.conf",
        "/etc/nsswitch.conf",
        "/etc/gai.conf",
        "/etc/services",
        "/etc/protocols",
        "/etc/localtime",
        "/etc/ssl",
        "/etc/pki",
        "/etc/ca-certificates",
        "/etc/crypto-policies",
        "/usr/share/ca-certificates",
        "/usr/local/share/ca-certificates",
        "/usr/share/pki",
        "/var/lib/ca-certificates",
        "/usr/lib/ssl",
        "/dev/urandom",
    };
    static const char *const named[] = {"SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof system / sizeof *system; i++)
        readable[n++] = system[i];
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (getenv(named[i]))
            readable[n++] = getenv(named[i]);
    readable[n] = NULL;
}

static void copy_detail(struct transfer *t, struct sv detail)
{
    size_t n = detail.n < sizeof t->detail ? detail.n : sizeof t->detail - 1;
    memcpy(t->detail, detail.p, n);
    t->detail[n] = '\0';
}

/* Handles one message; true: the transfer goes on. */
static bool obey_message(struct fetching *f, const struct fetch_message *m, struct sv body,
                         enum transfer_end *end)
{
    struct buf type = BUF_INIT;
    bool wanted = false;
    switch (m->kind) {
    case FETCH_HEAD:
        buf_add_sv(&type, body);
        wanted = on_head(f, (long)m->number, type.p);
        buf_free(&type);
        break;
    case FETCH_BODY:
        wanted = on_body(f, body.p, body.n);
        break;
    case FETCH_END:
        copy_detail(&f->t, body);
        *end = m->number >= 0 && m->number <= TRANSFER_FAILED ? (enum transfer_end)m->number
                                                              : TRANSFER_FAILED;
        return false;
    }
    if (!wanted)
        *end = TRANSFER_UNWANTED;
    return wanted;
}

/* Reports the end of a transfer for which no message came. */
static enum transfer_end end_without_message(enum child_news news, struct transfer *t)
{
    if (news == CHILD_STOPPED)
        return TRANSFER_STOPPED;
    if (news == CHILD_LATE)
        return TRANSFER_LATE_BODY;
    copy_detail(t, sv_of(_("the process that fetches it died")));
    return TRANSFER_FAILED;
}

static enum transfer_end follow(struct fetching *f, struct child *child,
                                const struct fetch_options *options)
{
    enum { GRACE_SECONDS = 5 }; /* curl notices by itself when the time is over */
    const struct child_wait wait = {
        .deadline_ns =
            clock_now_ns() + (f->t.whole_seconds + GRACE_SECONDS) * (int64_t)CLOCK_NS_PER_SECOND,
        .stop = options->stop,
        .cancel = options->cancel,
    };
    struct buf body = BUF_INIT;
    enum transfer_end end = TRANSFER_DONE;
    enum child_news news;
    bool goes_on = true;
    do {
        struct fetch_message m;
        buf_clear(&body);
        news = child_receive(child, &m, sizeof m, &body, &wait);
        goes_on = news == CHILD_MESSAGE && obey_message(f, &m, buf_sv(&body), &end);
    } while (goes_on);
    buf_free(&body);
    return news == CHILD_MESSAGE ? end : end_without_message(news, &f->t);
}

static enum transfer_end transfer(struct fetching *f, const struct transfer_driver *driver,
                                  const struct fetch_options *options)
{
    enum { READABLE_MOST = 32 };
    const char *readable[READABLE_MOST];
    struct fetch_work work = {driver, f->t};
    work.t.head = send_head;
    work.t.body = send_body;
    list_readable(readable);
    const struct child_plan plan = {
        .name = "docbao-fetcher",
        .sandbox = {.kind = SANDBOX_FETCHER, .readable = readable},
        .work = run_transfer,
        .with = &work,
    };
    struct child child;
    if (!child_start(&child, &plan)) {
        copy_detail(&f->t, sv_of(system_error(errno)));
        return TRANSFER_FAILED;
    }
    enum transfer_end end = follow(f, &child, options);
    child_end(&child);
    return end;
}

/* ---- the whole way ---- */

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static void begin_transfer(struct fetching *f, const char *url, uint64_t max_bytes, char *cookies,
                           const struct fetch_options *options)
{
    uint32_t whole = options->timeout_s ? options->timeout_s : WHOLE_SECONDS;
    f->t = (struct transfer){
        .url = url,
        .cookies = cookies,
        .max_bytes = max_bytes,
        .connect_seconds = smaller(whole, CONNECT_SECONDS),
        .stall_seconds = smaller(whole, STALL_SECONDS),
        .whole_seconds = whole,
        .redirects = REDIRECTS,
        .allow_local = options->allow_local,
    };
}

static enum status read_cookies(const char *file, struct buf *out, struct err *e)
{
    if (!file || file_read(file, out))
        return STATUS_OK;
    err_set(e, STATUS_USAGE, "the cookies cannot be read: %s; check the name after --cookie-file",
            file_fault(errno));
    return err_at(e, file, 0, 0);
}

enum status fetch_url(const char *url, uint64_t max_bytes, const struct fetch_options *options,
                      struct buf *body, struct buf *charset, bool *cut_short, struct err *e)
{
    if (!fetch_is_web(sv_of(url))) {
        err_set(e, STATUS_INPUT, "only http:// and https:// addresses are read, and files");
        return err_at(e, url, 0, 0);
    }
    const void *found;
    enum status status = module_find("fetch", TRANSFER_SYMBOL, &found, e);
    if (status)
        return err_set(e, status, "Nothing can be read from the network: %s", e->message.p);
    struct buf cookies = BUF_INIT;
    status = read_cookies(options->cookie_file, &cookies, e);
    if (status)
        return status;
    const struct transfer_driver *driver = found;
    struct fetching f = {.body = body, .charset = charset, .type = BUF_INIT};
    begin_transfer(&f, url, max_bytes, cookies.n ? cookies.p : NULL, options);
    enum transfer_end end = transfer(&f, driver, options);
    if (end == TRANSFER_BROKEN_OFF && body->n && cut_short) {
        *cut_short = true;
    } else if (end != TRANSFER_DONE) {
        fail(&f, end, e);
        status = err_at(e, url, 0, 0);
    }
    buf_free(&f.type);
    buf_free(&cookies);
    return status;
}
