#include "serve/making.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"
#include "serve/files.h"

enum {
    FEED_ITEMS = 30,     /* of a feed that are taken, the first ones */
    FEEDS_SECONDS = 600, /* after which no further feed is asked; the next time it is the first */
    MOST_TEXT = 8192,    /* of a text that is reported */
};

void add_hexadecimal(struct buf *out, const unsigned char *bytes, unsigned letters)
{
    static const char digits[] = "0123456789abcdef";
    for (unsigned i = 0; i < letters; i++)
        buf_putc(out, digits[bytes[i / 2] >> (i % 2 ? 0 : 4) & 15]);
}

const char *unwritten_message(void)
{
    return _("The sound could not be written: the disk may be full. It is tried again.");
}

const char *state_word(uint32_t state)
{
    static const char *const words[STATES] = {"done", "part", "failed", "queued"};
    return words[state];
}

/* ---- in a process: reports ---- */

static void send_report(const struct report *r, const char *const texts[REPORT_TEXTS])
{
    struct buf body = BUF_INIT, text = BUF_INIT;
    for (unsigned i = 0; i < REPORT_TEXTS; i++) {
        buf_clear(&text);
        buf_add_printable(&text, utf8_shortened(sv_of(texts[i] ? texts[i] : ""), MOST_TEXT));
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
    const struct order *order;
    struct docbao_article *article, *given;
    struct buf path, title, date, message, key;
    int live; /* what listens while it is made reads this file; -1: none */
    bool missing;
    bool shared; /* the other servers have it */
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
    article_path(m->desk, m->order->id.p, LIVE_ENDING, &path);
    m->live = open(path.p, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    buf_free(&path);
}

/* A text without a title is called by its first line, on the page and in the tags. */
static void add_name(struct sv text, bool html, struct buf *out)
{
    enum { MOST = 80 };
    struct sv line = sv_trim(text);
    line = utf8_shortened(sv_trim(sv_cut(&line, '\n')), MOST);
    if (html || !line.n)
        buf_adds(out, html ? "bai.html" : "bai.txt");
    else
        buf_add_printable(out, line);
    for (size_t i = 0; i < out->n; i++)
        if (out->p[i] == '/')
            out->p[i] = ' ';
}

/* That was sent to another server. */
static bool read_shared_text(const struct making *m, struct buf *out)
{
    const char *folder = m->desk->plan->shared;
    int fd = folder ? shared_file(folder, m->order->id.p, SHARED_TEXT) : -1;
    bool read = fd >= 0 && file_read_descriptor(fd, FILE_MOST_BYTES, out);
    if (fd >= 0)
        close(fd);
    return read;
}

static enum docbao_status open_sent(struct making *m)
{
    struct buf path = BUF_INIT, bytes = BUF_INIT, name = BUF_INIT;
    bool html = strcmp(m->order->source.p, "html") == 0;
    article_path(m->desk, m->order->id.p, ".source", &path);
    enum docbao_status status = DOCBAO_INPUT;
    bool read = file_read(path.p, &bytes) || read_shared_text(m, &bytes);
    add_name(buf_sv(&bytes), html, &name);
    if (read)
        status = docbao_open_bytes(m->docbao, name.p, bytes.p, bytes.n, &m->article);
    else
        buf_add_message(&m->message, "The text that was sent is gone.");
    buf_free(&path);
    buf_free(&bytes);
    buf_free(&name);
    return status;
}

/* The library's message says what is wrong with something, as behind a name and a colon; here it is
 * a part of a sentence, so it loses its full stop. "": there is none. */
static void add_reason(const struct docbao *docbao, struct buf *out)
{
    const struct docbao_error *e = docbao_last_error(docbao);
    buf_add_printable(out, sv_of(e && e->message ? e->message : ""));
    if (out->n && out->p[out->n - 1] == '.')
        buf_cut(out, out->n - 1);
}

static void add_error(struct making *m)
{
    struct buf reason = BUF_INIT;
    add_reason(m->docbao, &reason);
    if (!m->message.n && reason.n)
        buf_add_message(&m->message, "The article cannot be read: %s.", reason.p);
    buf_free(&reason);
}

/* An article without a title is known by how it begins. */
static void add_title(struct making *m, struct docbao_head head)
{
    enum { MOST = 120 };
    struct sv title = {head.title.p, head.title.n};
    if (title.n || !head.blocks) {
        buf_add_printable(&m->title, title);
        return;
    }
    struct docbao_text first = docbao_block_at(m->article, 0).text;
    title = utf8_shortened((struct sv){first.p, first.n}, MOST);
    buf_add_printable(&m->title, title);
    if (title.n < first.n)
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
    add_hexadecimal(&m->key, key.bytes, KEY_LETTERS);
    m->given = m->article;
    note_missing(m, m->article);
    return docbao_speak(m->docbao, &speech, &m->stats);
}

static int64_t size_of(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? (int64_t)info.st_size : 0;
}

/* ---- in a process: the shared folder ---- */

static void tell_shared(struct making *m, const struct report *r)
{
    const char *title = m->title.n ? m->title.p : m->order->title.p;
    struct shelf_article a = {
        .id = m->order->id.p,
        .source = m->order->source.p,
        .state = state_word(r->state),
        .title = title,
        .date = m->date.p,
        .message = m->message.p,
        .key = r->state < STATE_FAILED ? m->key.p : "",
        .seconds = r->seconds,
        .added = m->order->added,
        .bytes = r->bytes,
    };
    m->shared = shared_tell(m->desk->plan->shared, &a);
}

/* Whether the text that was sent is there now, if one was. */
static bool share_text(const struct making *m)
{
    struct buf path = BUF_INIT;
    const char *id = m->order->id.p;
    article_path(m->desk, id, ".source", &path);
    bool shared =
        access(path.p, F_OK) != 0 || shared_put(m->desk->plan->shared, id, SHARED_TEXT, path.p);
    buf_free(&path);
    return shared;
}

/* Whether the file that was made is there now. */
static bool share_file(const struct making *m, const char *ending)
{
    struct buf path = BUF_INIT, name = BUF_INIT;
    const char *id = m->order->id.p;
    article_path(m->desk, id, ending, &path);
    buf_addf(&name, "%s%s", m->key.p, ending);
    bool shared = shared_put(m->desk->plan->shared, id, name.p, path.p);
    buf_free(&path);
    buf_free(&name);
    return shared;
}

/* The files, and then what tells of them; then they are not needed here. */
static void share(struct making *m, struct report *r)
{
    struct buf path = BUF_INIT;
    bool put = share_text(m);
    for (size_t i = 0; i < FILE_KINDS && put; i++)
        put = share_file(m, file_kinds[i].ending);
    if (put)
        tell_shared(m, r);
    for (size_t i = 0; i < FILE_KINDS && m->shared; i++) {
        buf_clear(&path);
        article_path(m->desk, m->order->id.p, file_kinds[i].ending, &path);
        unlink(path.p);
    }
    if (!m->shared)
        r->state = STATE_UNWRITTEN;
    buf_free(&path);
}

/* What another server has made meanwhile. */
static bool take_shared(struct making *m)
{
    struct shared_article a;
    const char *folder = m->desk->plan->shared;
    if (!folder || m->order->again || shared_find(folder, m->order->id.p, &a) != SHARED_FOUND)
        return false;
    if (a.key.n)
        send_report(
            &(struct report){.kind = REPORT_ARTICLE,
                             .state = strcmp(a.state.p, "done") == 0 ? STATE_DONE : STATE_PART,
                             .seconds = a.seconds,
                             .bytes = a.bytes},
            (const char *const[REPORT_TEXTS]){a.title.p, a.date.p, a.message.p, a.key.p});
    bool made = a.key.n;
    shared_article_free(&a);
    return made;
}

/* ---- in a process: the article as a whole ---- */

/* An error of the disk names its path, which is nobody's business here. */
static void set_message(struct making *m, const struct report *r)
{
    if (r->state == STATE_FAILED)
        add_error(m);
    if (r->state != STATE_UNWRITTEN)
        return;
    buf_clear(&m->message);
    buf_adds(&m->message, unwritten_message());
}

static void report_article(struct making *m, enum docbao_status status)
{
    bool made = status == DOCBAO_OK || status == DOCBAO_PARTIAL;
    struct report r = {
        .kind = REPORT_ARTICLE,
        .state = status == DOCBAO_OUTPUT ? STATE_UNWRITTEN
                 : !made                 ? STATE_FAILED
                 : status || m->missing  ? STATE_PART
                                         : STATE_DONE,
        .seconds = made && m->stats.rate ? (double)m->stats.frames / m->stats.rate : 0,
        .bytes = made ? size_of(m->path.p) : 0,
    };
    if (r.state == STATE_FAILED && take_shared(m))
        return;
    set_message(m, &r);
    if (m->desk->plan->shared && made)
        share(m, &r);
    else if (m->desk->plan->shared && r.state == STATE_FAILED)
        tell_shared(m, &r);
    if (r.state == STATE_UNWRITTEN)
        set_message(m, &r);
    send_report(&r, (const char *const[REPORT_TEXTS]){m->title.p, m->date.p, m->message.p,
                                                      r.state < STATE_FAILED ? m->key.p : ""});
}

static void make_article(struct making *m)
{
    if (take_shared(m))
        return;
    article_path(m->desk, m->order->id.p, ".mp3", &m->path);
    open_live(m);
    enum docbao_status status = source_is_sent(m->order->source.p)
                                    ? open_sent(m)
                                    : docbao_open_file(m->docbao, m->order->source.p, &m->article);
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
    struct buf reason = BUF_INIT, message = BUF_INIT;
    if (docbao_feed_open(docbao, url, NULL, &feed) == DOCBAO_OK) {
        uint32_t count = docbao_feed_count(feed);
        for (uint32_t i = count < FEED_ITEMS ? count : FEED_ITEMS; i-- > 0;)
            report_item(docbao_feed_at(feed, i));
        docbao_feed_close(feed);
    } else {
        add_reason(docbao, &reason);
        buf_add_message(&message, "The feed cannot be read: %s.", reason.p);
    }
    send_report(&(struct report){.kind = REPORT_FEED},
                (const char *const[REPORT_TEXTS]){url, message.p, NULL, NULL});
    buf_free(&reason);
    buf_free(&message);
}

/* ---- in a process: the whole ---- */

static void work(const struct desk *d, const struct order *order)
{
    struct making m = {.desk = d,
                       .docbao = docbao_new(d->plan->library),
                       .order = order,
                       .path = BUF_INIT,
                       .title = BUF_INIT,
                       .date = BUF_INIT,
                       .message = BUF_INIT,
                       .key = BUF_INIT};
    if (order->id.n)
        make_article(&m);
    int64_t end_ns = clock_now_ns() + (int64_t)FEEDS_SECONDS * CLOCK_NS_PER_SECOND;
    for (size_t i = 0; i < order->feeds.n && clock_now_ns() < end_ns; i++)
        ask_feed(m.docbao, order->feeds.at[i].url);
    docbao_free(m.docbao);
    struct buf *const texts[] = {&m.path, &m.title, &m.date, &m.message, &m.key};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        buf_free(texts[i]);
}

/* SIGTERM ends it at once: what it was at has no name yet. */
_Noreturn void run_maker(const struct desk *d, int channel, pid_t parent, const struct order *order)
{
    child_settle(channel, parent, "docbao-maker");
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow fails as on a full disk */
    work(d, order);
    _exit(0);
}
