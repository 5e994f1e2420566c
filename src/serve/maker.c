/* The processes that make articles: each makes one, reports over its channel, and ends. (SQLite
 * must not be used in a process that was forked from one that uses it.) */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "base/processors.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "serve/desk.h"

enum {
    FEED_ITEMS = 30,   /* of a feed that are taken, the first ones */
    FEED_MINUTES = 30, /* between two askings */
    KEY_LETTERS = 32,
    MOST_TEXT = 8192, /* of a text that is reported */
};

/* What a process reports. The texts are in the body, each with a NUL behind it. */
enum report_kind {
    REPORT_ARTICLE, /* title, date, message, key */
    REPORT_ITEM,    /* of a feed: address, title */
    REPORT_FEED,    /* it was asked: address, message */
};
enum { REPORT_TEXTS = 4 };

struct report {
    uint32_t kind, state; /* state: of state_names */
    double seconds;
    int64_t bytes;
};

enum { STATE_DONE, STATE_PART, STATE_FAILED, STATES };
static const char *const state_names[STATES] = {"done", "part", "failed"};

/* ---- names ---- */

void article_path(const struct desk *d, const char *id, const char *ending, struct buf *out)
{
    buf_addf(out, "%s%s%s", d->folder.p, id, ending);
}

static void add_hex(struct buf *out, const unsigned char *bytes, unsigned letters)
{
    static const char digits[] = "0123456789abcdef";
    for (unsigned i = 0; i < letters; i++)
        buf_putc(out, digits[bytes[i / 2] >> (i % 2 ? 0 : 4) & 15]);
}

void article_id_of(struct sv kind, struct sv bytes, struct buf *out)
{
    unsigned char digest[SHA256_BYTES];
    struct sha256 h;
    sha256_begin(&h);
    sha256_add_part(&h, kind);
    sha256_add_part(&h, bytes);
    sha256_end(&h, digest);
    add_hex(out, digest, ARTICLE_ID_LETTERS);
}

/* ---- in a process: reports ---- */

static void send_report(const struct report *r, const char *const texts[REPORT_TEXTS])
{
    struct buf body = BUF_INIT, text = BUF_INIT;
    for (unsigned i = 0; i < REPORT_TEXTS; i++) {
        struct sv whole = sv_of(texts[i] ? texts[i] : "");
        buf_clear(&text);
        buf_add_printable(&text, (struct sv){whole.p, whole.n < MOST_TEXT ? whole.n : MOST_TEXT});
        buf_add_sv(&body, buf_sv(&text));
        buf_putc(&body, '\0');
    }
    channel_send(CHILD_CHANNEL, (struct sv){(const char *)r, sizeof *r}, buf_sv(&body), -1, true);
    buf_free(&body);
    buf_free(&text);
}

/* ---- in a process: an article ---- */

struct making {
    const struct desk *desk;
    struct docbao *docbao;
    const char *id, *source;
    struct docbao_article *article, *given;
    struct buf path, title, date, message, key;
    int live; /* what listens while it is made reads this file; -1: none */
    bool missing;
    struct docbao_stats stats;
};

static struct docbao_article *give_article(void *user)
{
    struct making *m = user;
    struct docbao_article *a = m->given;
    m->given = NULL;
    return a;
}

/* What is missing of an article is said with it. */
static void note_missing(void *user, struct docbao_article *a)
{
    struct making *m = user;
    uint32_t count = docbao_head_of(a).diagnostics;
    for (uint32_t i = 0; i < count && !m->missing; i++) {
        struct docbao_diagnostic note = docbao_diagnostic_at(a, i);
        m->missing = strcmp(note.kind, "missing") == 0;
        if (m->missing)
            buf_add_valid(&m->message, sv_of(note.message));
    }
}

/* A listener who loses a piece, on a full disk, hears no more; the file itself tells the fault. */
static void give_sound(void *user, const void *bytes, size_t n)
{
    struct making *m = user;
    if (m->live >= 0 && write(m->live, bytes, n) != (ssize_t)n) {
        close(m->live);
        m->live = -1;
    }
}

static struct docbao_speech speech_of(struct making *m)
{
    return (struct docbao_speech){
        .target = m->path.p,
        .output = m->desk->plan->output,
        .captions = "vtt,json,html",
        .next = give_article,
        .read = note_missing,
        .sound = give_sound,
        .user = m,
    };
}

static void open_live(struct making *m)
{
    struct buf path = BUF_INIT;
    article_path(m->desk, m->id, LIVE_ENDING, &path);
    m->live = open(path.p, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    buf_free(&path);
}

static enum docbao_status open_sent(struct making *m)
{
    struct buf path = BUF_INIT, bytes = BUF_INIT;
    bool html = strcmp(m->source, "html") == 0;
    article_path(m->desk, m->id, ".source", &path);
    enum docbao_status status = DOCBAO_INPUT;
    if (file_read(path.p, &bytes))
        status = docbao_open_bytes(m->docbao, html ? "bai.html" : "bai.txt", bytes.p, bytes.n,
                                   &m->article);
    else
        buf_add_message(&m->message, "The text that was sent is gone.");
    buf_free(&path);
    buf_free(&bytes);
    return status;
}

static bool is_sent(const char *source)
{
    return strcmp(source, "html") == 0 || strcmp(source, "text") == 0;
}

static void add_error(struct making *m)
{
    const struct docbao_error *e = docbao_last_error(m->docbao);
    if (!m->message.n && e && e->message)
        buf_add_printable(&m->message, sv_of(e->message));
}

/* An article without a title is known by how it begins. */
static void add_title(struct making *m, struct docbao_head head)
{
    enum { MOST = 120 };
    struct docbao_text title = head.title;
    if (!title.n && head.blocks)
        title = docbao_block_at(m->article, 0).text;
    size_t n = title.n < MOST || title.p == head.title.p ? title.n : MOST;
    while (n < title.n && ((unsigned char)title.p[n] & 0xC0) == 0x80)
        n--;
    buf_add_printable(&m->title, (struct sv){title.p, n});
    if (n < title.n)
        buf_adds(&m->title, "…");
}

static enum docbao_status speak(struct making *m)
{
    struct docbao_speech speech = speech_of(m);
    struct docbao_key settings, key;
    struct docbao_head head = docbao_head_of(m->article);
    add_title(m, head);
    buf_adds(&m->date, head.date ? head.date : "");
    enum docbao_status status = docbao_settings_key(m->docbao, &speech, &settings);
    if (status)
        return status;
    docbao_article_key(&settings, m->article, &key);
    add_hex(&m->key, key.bytes, KEY_LETTERS);
    m->given = m->article;
    note_missing(m, m->article);
    return docbao_speak(m->docbao, &speech, &m->stats);
}

static int64_t size_of(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? (int64_t)info.st_size : 0;
}

/* An error of the disk names its path, which is nobody's business here. */
static void report_article(struct making *m, enum docbao_status status)
{
    bool made = status == DOCBAO_OK || status == DOCBAO_PARTIAL;
    if (status == DOCBAO_OUTPUT) {
        buf_clear(&m->message);
        buf_add_message(&m->message, "The sound could not be written: the disk may be full.");
    } else if (!made) {
        add_error(m);
    }
    struct report r = {
        .kind = REPORT_ARTICLE,
        .state = !made                  ? STATE_FAILED
                 : status || m->missing ? STATE_PART
                                        : STATE_DONE,
        .seconds = made && m->stats.rate ? (double)m->stats.frames / m->stats.rate : 0,
        .bytes = made ? size_of(m->path.p) : 0,
    };
    send_report(&r, (const char *const[REPORT_TEXTS]){m->title.p, m->date.p, m->message.p,
                                                      made ? m->key.p : ""});
}

static void make_article(struct making *m)
{
    article_path(m->desk, m->id, ".mp3", &m->path);
    open_live(m);
    enum docbao_status status =
        is_sent(m->source) ? open_sent(m) : docbao_open_file(m->docbao, m->source, &m->article);
    if (!status)
        status = speak(m);
    if (status != DOCBAO_STOPPED)
        report_article(m, status);
    docbao_close(m->article);
    if (m->live >= 0)
        close(m->live);
}

/* ---- in a process: feeds ---- */

static void report_item(struct docbao_feed_item item)
{
    struct buf url = BUF_INIT, title = BUF_INIT;
    buf_add(&url, item.link.p, item.link.n);
    buf_add(&title, item.title.p, item.title.n);
    if (address_is_of_web(buf_sv(&url)))
        send_report(&(struct report){.kind = REPORT_ITEM},
                    (const char *const[REPORT_TEXTS]){url.p, title.p, NULL, NULL});
    buf_free(&url);
    buf_free(&title);
}

/* The newest stand first in a feed, so the last one is queued first. */
static void ask_feed(struct docbao *docbao, const char *url)
{
    struct docbao_feed *feed;
    const char *message = "";
    if (docbao_feed_open(docbao, url, NULL, &feed) == DOCBAO_OK) {
        uint32_t count = docbao_feed_count(feed);
        for (uint32_t i = count < FEED_ITEMS ? count : FEED_ITEMS; i-- > 0;)
            report_item(docbao_feed_at(feed, i));
        docbao_feed_close(feed);
    } else {
        message = docbao_last_error(docbao)->message;
    }
    send_report(&(struct report){.kind = REPORT_FEED},
                (const char *const[REPORT_TEXTS]){url, message, NULL, NULL});
}

/* ---- in a process: the whole ---- */

/* What there is to do: an article, or feeds. */
struct order {
    struct buf id, source;
    VEC(char *) feeds;
};

static void order_free(struct order *order)
{
    buf_free(&order->id);
    buf_free(&order->source);
    for (size_t i = 0; i < order->feeds.n; i++)
        free(order->feeds.at[i]);
    vec_free(&order->feeds);
}

static void work(const struct desk *d, const struct order *order)
{
    struct making m = {.desk = d,
                       .docbao = docbao_new(d->plan->library),
                       .id = order->id.p,
                       .source = order->source.p,
                       .path = BUF_INIT,
                       .title = BUF_INIT,
                       .date = BUF_INIT,
                       .message = BUF_INIT,
                       .key = BUF_INIT};
    if (order->id.n)
        make_article(&m);
    for (size_t i = 0; i < order->feeds.n; i++)
        ask_feed(m.docbao, order->feeds.at[i]);
    docbao_free(m.docbao);
    struct buf *const texts[] = {&m.path, &m.title, &m.date, &m.message, &m.key};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        buf_free(texts[i]);
}

/* SIGTERM ends it at once: what it was at has no name yet. */
_Noreturn static void run_maker(const struct desk *d, int channel, pid_t parent,
                                const struct order *order)
{
    child_settle(channel, parent, "docbao-maker");
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow fails as on a full disk */
    work(d, order);
    _exit(0);
}

/* ---- in the server: starting them ---- */

/* The file that listeners read while an article is made: there, and empty, before it begins; those
 * who read one of before keep it. */
static void renew_live(const struct desk *d, const char *id, bool begins)
{
    struct buf path = BUF_INIT;
    article_path(d, id, LIVE_ENDING, &path);
    unlink(path.p);
    int fd = begins ? open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    if (fd >= 0)
        close(fd);
    buf_free(&path);
}

bool is_being_made(const struct desk *d, const char *id)
{
    for (size_t i = 0; i < d->makers.n; i++)
        if (strcmp(d->makers.at[i].id.p, id) == 0)
            return true;
    return false;
}

uint32_t makers_most(const struct desk *d)
{
    return d->plan->jobs ? d->plan->jobs : processors_allowed();
}

static bool start_maker(struct desk *d, const struct order *order)
{
    int ends[2];
    if (!channel_pair(ends))
        return false;
    if (order->id.n)
        renew_live(d, order->id.p, true);
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        run_maker(d, ends[1], parent, order);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    struct maker *m = vec_push(&d->makers);
    *m = (struct maker){.child = {pid, ends[0]}, .id = BUF_INIT};
    buf_add_sv(&m->id, buf_sv(&order->id));
    return true;
}

static void take_order(void *user, const struct shelf_article *a)
{
    struct order *order = user;
    buf_adds(&order->id, a->id);
    buf_adds(&order->source, a->source);
}

/* False: the queue is empty, or no process can be started now. */
static bool start_next(struct desk *d)
{
    struct order order = {.id = BUF_INIT, .source = BUF_INIT};
    d->driver->next(d->shelf, take_order, &order);
    bool started = order.id.n && start_maker(d, &order);
    if (order.id.n && !started)
        d->driver->put_back(d->shelf, order.id.p);
    order_free(&order);
    return started;
}

static bool asks_feeds(const struct desk *d)
{
    for (size_t i = 0; i < d->makers.n; i++)
        if (!d->makers.at[i].id.n)
            return true;
    return false;
}

static void note_feed(void *user, const char *url, int64_t asked, const char *message)
{
    struct order *order = user;
    (void)asked, (void)message;
    *vec_push(&order->feeds) = mem_copy(sv_of(url));
}

static void start_feeds(struct desk *d)
{
    struct order order = {.id = BUF_INIT, .source = BUF_INIT};
    int64_t now = clock_now_ns();
    if ((!d->feeds_due && now < d->feeds_ns) || asks_feeds(d))
        return;
    d->feeds_due = false;
    d->feeds_ns = now + (int64_t)FEED_MINUTES * 60 * 1000 * CLOCK_NS_PER_MS;
    d->driver->feeds(d->shelf, note_feed, &order);
    if (order.feeds.n)
        start_maker(d, &order);
    order_free(&order);
}

void makers_start(struct desk *d)
{
    start_feeds(d);
    while (d->makers.n - asks_feeds(d) < makers_most(d))
        if (!start_next(d))
            break;
}

/* ---- what they report, and their ends ---- */

static void finish(struct desk *d, const char *id, const struct report *r,
                   const char *const texts[REPORT_TEXTS])
{
    struct shelf_article row = {
        .id = id,
        .state = state_names[r->state],
        .title = texts[0],
        .date = texts[1],
        .message = texts[2],
        .key = texts[3],
        .seconds = r->seconds,
        .bytes = r->bytes,
    };
    d->driver->finish(d->shelf, &row);
}

static void take_item(struct desk *d, const char *url, const char *title)
{
    struct buf id = BUF_INIT;
    bool added;
    article_id_of(SV("url"), sv_of(url), &id);
    if (address_is_of_web(sv_of(url)))
        d->driver->add(d->shelf, id.p, url, title, time(NULL), &added);
    buf_free(&id);
}

static bool split_texts(const struct buf *body, const char *texts[REPORT_TEXTS])
{
    struct sv rest = buf_sv(body);
    for (unsigned i = 0; i < REPORT_TEXTS; i++) {
        texts[i] = rest.p;
        if (!rest.n || !memchr(rest.p, 0, rest.n))
            return false;
        sv_cut(&rest, '\0');
    }
    return !rest.n && utf8_valid_prefix(buf_sv(body)) == body->n;
}

static void take_report(struct desk *d, const struct maker *m, const struct report *r,
                        const struct buf *body)
{
    const char *texts[REPORT_TEXTS];
    if (!split_texts(body, texts) || r->state >= STATES)
        return;
    if (r->kind == REPORT_ARTICLE && m->id.n)
        finish(d, m->id.p, r, texts);
    else if (r->kind == REPORT_ITEM && !m->id.n)
        take_item(d, texts[0], texts[1]);
    else if (r->kind == REPORT_FEED && !m->id.n)
        d->driver->feed_asked(d->shelf, texts[0], time(NULL), texts[1]);
}

/* Takes all that is there. False: it has ended. */
static bool listen_to(struct desk *d, const struct maker *m)
{
    for (;;) {
        struct report r;
        struct buf body = BUF_INIT;
        enum channel_result came =
            channel_receive(m->child.channel, &r, sizeof r, &body, NULL, false);
        if (came == CHANNEL_DONE)
            take_report(d, m, &r, &body);
        buf_free(&body);
        if (came != CHANNEL_DONE)
            return came == CHANNEL_WOULD_BLOCK;
    }
}

static void note_state(void *user, const struct shelf_article *a)
{
    *(bool *)user = strcmp(a->state, "making") == 0;
}

/* One that ended without a word has taken its article with it. */
static void bury(struct desk *d, struct maker *m)
{
    child_end(&m->child);
    bool lost = false;
    if (m->id.n)
        renew_live(d, m->id.p, false);
    if (m->id.n)
        d->driver->find(d->shelf, m->id.p, note_state, &lost);
    if (lost)
        finish(d, m->id.p, &(struct report){.state = STATE_FAILED},
               (const char *const[REPORT_TEXTS]){
                   "", "", _("The process that worked on it ended unexpectedly."), ""});
    buf_free(&m->id);
}

void makers_look(struct desk *d)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->makers.n; i++)
        if (listen_to(d, &d->makers.at[i]))
            d->makers.at[kept++] = d->makers.at[i];
        else
            bury(d, &d->makers.at[i]);
    d->makers.n = kept;
}

size_t makers_descriptors(const struct desk *d, struct pollfd *fds, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < d->makers.n && n < most; i++)
        fds[n++] = (struct pollfd){d->makers.at[i].child.channel, POLLIN, 0};
    return n;
}

/* What they were at is in the queue again when the server begins the next time. */
void makers_end(struct desk *d)
{
    for (size_t i = 0; i < d->makers.n; i++) {
        child_end(&d->makers.at[i].child);
        if (d->makers.at[i].id.n)
            renew_live(d, d->makers.at[i].id.p, false);
        buf_free(&d->makers.at[i].id);
    }
    vec_free(&d->makers);
}
