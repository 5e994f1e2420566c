/* The processes that make articles: each makes one, reports over its channel, and ends. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/message.h"
#include "base/processors.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "serve/catalogue.h"
#include "serve/making.h"

enum {
    FEED_MINUTES = 30,  /* between two askings */
    PAUSE_SECONDS = 15, /* before an article is begun again, when one could not be written */
};

/* ---- names ---- */

bool state_is_unfinished(const char *state)
{
    return strcmp(state, "queued") == 0 || strcmp(state, "making") == 0;
}

bool source_is_sent(const char *source)
{
    return strcmp(source, "html") == 0 || strcmp(source, "text") == 0;
}

void article_path(const struct desk *d, const char *id, const char *ending, struct buf *out)
{
    buf_addf(out, "%s%s%s", d->folder.p, id, ending);
}

void article_id_of(struct sv kind, struct sv bytes, struct buf *out)
{
    unsigned char digest[SHA256_BYTES];
    struct sha256 h;
    sha256_begin(&h);
    sha256_add_part(&h, kind);
    sha256_add_part(&h, bytes);
    sha256_end(&h, digest);
    add_hexadecimal(out, digest, ARTICLE_ID_LETTERS);
}

/* ---- starting them ---- */

static void order_free(struct order *order)
{
    buf_free(&order->id);
    buf_free(&order->source);
    buf_free(&order->title);
    for (size_t i = 0; i < order->feeds.n; i++)
        free(order->feeds.at[i].url);
    vec_free(&order->feeds);
}

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

bool make_again(struct desk *d, const char *id)
{
    for (size_t i = 0; i < d->makers.n; i++)
        if (strcmp(d->makers.at[i].id.p, id) == 0)
            return d->makers.at[i].again = true;
    return d->driver->again(d->shelf, id, true);
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
    *m = (struct maker){.child = {pid, ends[0]}, .id = BUF_INIT, .report = BUF_INIT};
    buf_add_sv(&m->id, buf_sv(&order->id));
    return true;
}

static void take_order(void *user, const struct shelf_article *a)
{
    struct order *order = user;
    buf_adds(&order->id, a->id);
    buf_adds(&order->source, a->source);
    buf_adds(&order->title, a->title);
    order->added = a->added;
    order->again = *a->key;
}

/* Where the disk is full, the shelf cannot be written either. */
static void pause_makers(struct desk *d, bool told)
{
    d->pause_ns = clock_now_ns() + (int64_t)PAUSE_SECONDS * CLOCK_NS_PER_SECOND;
    d->unsettled = d->unsettled || !told;
}

/* False: the queue is empty, or no process can be started now. */
static bool start_next(struct desk *d)
{
    struct order order = {.id = BUF_INIT, .source = BUF_INIT, .title = BUF_INIT};
    d->driver->next(d->shelf, take_order, &order);
    bool started = order.id.n && start_maker(d, &order);
    if (order.id.n && !started && !d->driver->put_back(d->shelf, order.id.p))
        pause_makers(d, false);
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
    (void)message;
    *vec_push(&order->feeds) = (struct order_feed){mem_copy(sv_of(url)), asked};
}

/* Those that were not asked for the longest time come first, so that slow ones keep no other from
 * being asked. */
static int compare_feeds(const void *a, const void *b)
{
    const struct order_feed *one = a, *other = b;
    return one->asked != other->asked ? (one->asked > other->asked) - (one->asked < other->asked)
                                      : strcmp(one->url, other->url);
}

static void start_feeds(struct desk *d)
{
    struct order order = {.id = BUF_INIT, .source = BUF_INIT, .title = BUF_INIT};
    int64_t now = clock_now_ns();
    if ((!d->feeds_due && now < d->feeds_ns) || asks_feeds(d))
        return;
    d->feeds_due = false;
    d->feeds_ns = now + (int64_t)FEED_MINUTES * 60 * 1000 * CLOCK_NS_PER_MS;
    d->driver->feeds(d->shelf, note_feed, &order);
    if (order.feeds.n)
        qsort(order.feeds.at, order.feeds.n, sizeof *order.feeds.at, compare_feeds);
    if (order.feeds.n)
        start_maker(d, &order);
    order_free(&order);
}

/* Whether articles may be begun: not while nothing can be written. What the shelf takes for being
 * made and is not is put into the queue again, when nothing is being made. */
static bool may_begin(struct desk *d)
{
    if (d->unsettled && d->makers.n == asks_feeds(d))
        d->unsettled = !d->driver->recover(d->shelf, unwritten_message());
    return !d->unsettled && clock_now_ns() >= d->pause_ns;
}

void makers_start(struct desk *d)
{
    start_feeds(d);
    while (may_begin(d) && d->makers.n - asks_feeds(d) < makers_most(d))
        if (!start_next(d))
            break;
}

/* ---- what they report, and their ends ---- */

static void finish(struct desk *d, const char *id, const struct report *r,
                   const char *const texts[REPORT_TEXTS])
{
    struct shelf_article row = {
        .id = id,
        .state = state_word(r->state),
        .title = texts[0],
        .date = texts[1],
        .message = texts[2],
        .key = texts[3],
        .seconds = r->seconds,
        .bytes = r->bytes,
    };
    bool unwritten = r->state == STATE_UNWRITTEN;
    bool told = unwritten ? d->driver->postpone(d->shelf, id, row.message)
                          : d->driver->finish(d->shelf, &row);
    if (unwritten || !told)
        pause_makers(d, told);
    d->expiry_due = true;
}

static void take_item(struct desk *d, const char *url, const char *title)
{
    struct buf id = BUF_INIT;
    bool added;
    article_id_of(SV("url"), sv_of(url), &id);
    if (address_is_of_web(sv_of(url)))
        d->driver->add(d->shelf, id.p, url, title, catalogue_now(d), &added);
    buf_free(&id);
}

static bool split_texts(struct sv body, const char *texts[REPORT_TEXTS])
{
    struct sv rest = body;
    for (unsigned i = 0; i < REPORT_TEXTS; i++) {
        texts[i] = rest.p;
        if (!rest.n || !memchr(rest.p, 0, rest.n))
            return false;
        sv_cut(&rest, '\0');
    }
    return !rest.n && utf8_valid_prefix(body) == body.n;
}

/* What became of an article is noted when its process has ended: then its place on the disk is free
 * again. */
static void take_report(struct desk *d, struct maker *m, const struct report *r, struct sv body)
{
    const char *texts[REPORT_TEXTS];
    if (!split_texts(body, texts) || r->state >= STATES)
        return;
    if (r->kind == REPORT_ARTICLE && m->id.n) {
        buf_clear(&m->report);
        buf_add(&m->report, r, sizeof *r);
        buf_add_sv(&m->report, body);
    } else if (r->kind == REPORT_ITEM && !m->id.n)
        take_item(d, texts[0], texts[1]);
    else if (r->kind == REPORT_FEED && !m->id.n)
        d->driver->feed_asked(d->shelf, texts[0], time(NULL), texts[1]);
}

/* Takes all that is there. False: it has ended. */
static bool listen_to(struct desk *d, struct maker *m)
{
    for (;;) {
        struct report r;
        struct buf body = BUF_INIT;
        enum channel_result came =
            channel_receive(m->child.channel, &r, sizeof r, &body, NULL, false);
        if (came == CHANNEL_DONE)
            take_report(d, m, &r, buf_sv(&body));
        buf_free(&body);
        if (came != CHANNEL_DONE)
            return came == CHANNEL_WOULD_BLOCK;
    }
}

/* One that ended without a word has failed. */
static void settle(struct desk *d, const struct maker *m)
{
    struct report r = {.state = STATE_FAILED};
    const char *texts[REPORT_TEXTS] = {"", "",
                                       _("The process that worked on it ended unexpectedly."), ""};
    if (m->report.n) {
        memcpy(&r, m->report.p, sizeof r);
        split_texts(sv_from(buf_sv(&m->report), sizeof r), texts);
    }
    finish(d, m->id.p, &r, texts);
    if (m->again)
        d->driver->again(d->shelf, m->id.p, true);
}

static void bury(struct desk *d, struct maker *m)
{
    child_end(&m->child);
    if (m->id.n) {
        renew_live(d, m->id.p, false);
        settle(d, m);
    }
    buf_free(&m->id);
    buf_free(&m->report);
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
        struct maker *m = &d->makers.at[i];
        child_end(&m->child);
        if (m->id.n)
            renew_live(d, m->id.p, false);
        if (m->report.n)
            settle(d, m);
        buf_free(&m->id);
        buf_free(&m->report);
    }
    vec_free(&d->makers);
}
