#include "article/parser.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article/flat.h"
#include "article/format/feed_flat.h"
#include "article/format/html.h"
#include "article/input/gzip.h"
#include "base/child.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/module.h"
#include "base/sanitizer.h"
#include "base/system_text.h"

enum {
    TIMEOUT_SECONDS = 60,
    /* The tree of a page takes up to some forty times its bytes; an archive that unpacks to what is
     * allowed by default, less than the base. */
    MEMORY_BASE = 1 << 30,
    MEMORY_FACTOR = 64,
};

/* Each message of the child begins with one of these. */
enum piece_kind { PIECE = 1, LAST_PIECE };

/* ---- the child ---- */

/* Collects what is written and sends it in large pieces. */
struct sender {
    struct buf piece;
};

static void send_piece(uint32_t kind, struct sv piece)
{
    const struct sv head = {(const char *)&kind, sizeof kind};
    if (channel_send(CHILD_CHANNEL, head, piece, -1, true) != CHANNEL_DONE)
        _exit(0); /* the parent does not want it any more */
}

static void send_bytes(void *to, struct sv bytes)
{
    struct sender *s = to;
    while (s->piece.n + bytes.n >= CHANNEL_MOST) {
        size_t n = CHANNEL_MOST - s->piece.n;
        buf_add(&s->piece, bytes.p, n);
        send_piece(PIECE, buf_sv(&s->piece));
        buf_clear(&s->piece);
        bytes = sv_sub(bytes, n, bytes.n - n);
    }
    buf_add_sv(&s->piece, bytes);
}

/* The answer is a status and, if that is STATUS_OK, the result, otherwise the error. */
static void put_error(const struct flat_writer *w, const struct err *e)
{
    flat_put_text(w, buf_sv(&e->message));
    flat_put_text(w, buf_sv(&e->file));
    flat_put_number(w, e->line);
    flat_put_number(w, e->column);
}

/* ---- the parent ---- */

/* Reads a document; `with` is a struct of one of the two kinds of work below. */
struct work {
    const char *name;
    struct buf *bytes;
    const struct load_options *load;
    const char *const *modules; /* which the child opens; NULL: none */
    struct child *ending; /* set to the process once its whole answer came; NULL: it is awaited */
    /* In the child: reads the document and writes the result. */
    enum status (*read)(struct work *work, const struct flat_writer *w, struct err *e);
    /* In the parent: takes the result, which begins at this byte of the answer. False: it is
     * nonsense. */
    bool (*take)(struct work *work, struct buf *answer, size_t at);
};

/* Opens modules that the document may need, because a confined process can open none. One that is
 * missing is reported there, if it is needed. */
static void open_modules(const char *const *names)
{
    const void *unused;
    struct err e = ERR_INIT;
    for (; *names; names++)
        module_find(*names, "", &unused, &e);
    err_free(&e);
}

static void give_up(int number)
{
    (void)number;
    _exit(MEM_EXIT_CODE);
}

/* A library that lacks memory while it begins may wait for itself, as GLib does. */
static void prepare_work(void *with)
{
    enum { PATIENCE_SECONDS = 10 };
    const struct work *work = with;
    child_tell_lack_of_memory();
    if (!work->modules)
        return;
    signal(SIGALRM, give_up);
    alarm(PATIENCE_SECONDS);
    open_modules(work->modules);
    alarm(0);
}

static void run_work(void *with)
{
    struct work *work = with;
    struct sender sender = {BUF_INIT};
    const struct flat_writer w = {send_bytes, &sender};
    struct err e = ERR_INIT;
    enum status status = work->read(work, &w, &e);
    if (status) {
        flat_put_number(&w, status);
        put_error(&w, &e);
    }
    send_piece(LAST_PIECE, buf_sv(&sender.piece));
}

static const struct fetch_options *waiting_of(const struct work *work)
{
    static const struct fetch_options defaults;
    return work->load->fetch ? work->load->fetch : &defaults;
}

static uint32_t timeout_of(const struct work *work)
{
    uint32_t seconds = waiting_of(work)->timeout_s;
    return seconds ? seconds : TIMEOUT_SECONDS;
}

static enum status fail_late(const struct work *work, struct err *e)
{
    return err_set(e, STATUS_INPUT,
                   "was not taken apart within %u seconds; it may be made to take for ever; allow "
                   "more with --timeout SECONDS",
                   timeout_of(work));
}

static enum status fail_dead(int how, struct err *e)
{
    int number = WIFSIGNALED(how) ? WTERMSIG(how) : 0;
    if (WIFEXITED(how) && WEXITSTATUS(how) == MEM_EXIT_CODE)
        return err_set(e, STATUS_INPUT,
                       "needs more memory to be taken apart than may be used for it; split it, or "
                       "save it in another format");
    if (number == SIGKILL)
        return err_set(e, STATUS_INPUT,
                       "cannot be read: the system ended the process that takes it apart, as it "
                       "does when the machine lacks memory; close other programs and try again");
    if (number)
        return err_set(e, STATUS_INPUT,
                       "cannot be read: the process that takes it apart died (%s); it may be made "
                       "to do harm, and if it is not, please report it",
                       system_signal(number));
    return err_set(e, STATUS_INPUT,
                   "cannot be read: the process that takes it apart gave no answer that makes "
                   "sense; it may be made to do harm, and if it is not, please report it");
}

/* Collects the answer; STATUS_OK: all of it came. *late: it did not come within the seconds. */
static enum status receive_answer(struct child *child, const struct work *work, uint32_t seconds,
                                  struct buf *answer, bool *late, struct err *e)
{
    const struct fetch_options *waiting = waiting_of(work);
    const struct child_wait wait = {
        .deadline_ns = clock_now_ns() + seconds * (int64_t)CLOCK_NS_PER_SECOND,
        .stop = waiting->stop,
        .cancel = waiting->cancel,
    };
    uint32_t kind = PIECE;
    enum child_news news = CHILD_MESSAGE;
    while (news == CHILD_MESSAGE && kind == PIECE)
        news = child_receive(child, &kind, sizeof kind, answer, &wait);
    if (news == CHILD_MESSAGE && work->ending) {
        child_dismiss(child);
        *work->ending = *child;
        return STATUS_OK;
    }
    int how = child_end(child);
    *late = news == CHILD_LATE;
    switch (news) {
    case CHILD_MESSAGE:
        return STATUS_OK;
    case CHILD_ENDED:
        return fail_dead(how, e);
    case CHILD_LATE:
        return fail_late(work, e);
    default:
        return err_set(e, STATUS_STOPPED, "Stopped.");
    }
}

static enum status take_error(struct flat_reader *r, enum status status, struct err *e)
{
    struct sv message = flat_text(r);
    struct buf file = BUF_INIT;
    buf_add_sv(&file, flat_text(r));
    uint32_t line = (uint32_t)flat_number(r), column = (uint32_t)flat_number(r);
    err_set(e, status, "%.*s", SV_ARG(message));
    if (file.n)
        err_at(e, file.p, line, column);
    buf_free(&file);
    return status;
}

static bool is_error_of_reading(uint64_t status)
{
    return status == STATUS_INPUT || status == STATUS_USAGE;
}

static enum status take_answer(struct work *work, struct buf *answer, struct err *e)
{
    struct flat_reader r = {buf_sv(answer), false};
    uint64_t status = flat_number(&r);
    if (!r.bad && is_error_of_reading(status))
        return take_error(&r, (enum status)status, e);
    if (r.bad || status != STATUS_OK || !work->take(work, answer, answer->n - r.rest.n))
        return fail_dead(0, e);
    return STATUS_OK;
}

/* Starts the process and collects its answer within the seconds. */
static enum status try_work(struct work *work, uint32_t seconds, struct buf *answer, bool *late,
                            struct err *e)
{
    const struct child_plan plan = {
        .name = "docbao-parser",
        .sandbox = {.kind = SANDBOX_PARSER,
                    .memory = MEMORY_BASE + (uint64_t)MEMORY_FACTOR * work->bytes->n,
                    .cpu_seconds = timeout_of(work) + 1},
        .prepare = prepare_work,
        .work = run_work,
        .with = work,
    };
    struct child child;
    *late = false;
    if (!child_start(&child, &plan))
        return err_set(e, STATUS_INPUT, "Cannot start a process that takes the document apart: %s.",
                       system_error(errno));
    return receive_answer(&child, work, seconds, answer, late, e);
}

static enum status do_work(struct work *work, struct err *e)
{
    /* The malloc of a sanitizer may be locked by another thread when the process is made, and is
     * locked there for ever; a second process hardly ever meets that. */
    enum { FIRST_TRY_SECONDS = 8 };
    uint32_t seconds = timeout_of(work);
    bool twice = SANITIZER && seconds > FIRST_TRY_SECONDS, late;
    struct buf answer = BUF_INIT;
    enum status status = try_work(work, twice ? FIRST_TRY_SECONDS : seconds, &answer, &late, e);
    if (late && twice) {
        buf_clear(&answer);
        err_free(e);
        *e = ERR_INIT;
        status = try_work(work, seconds, &answer, &late, e);
    }
    if (!status)
        status = take_answer(work, &answer, e);
    if (status == STATUS_INPUT && !e->file.n)
        load_error_in(work->name, e);
    buf_free(&answer);
    return status;
}

/* ---- articles ---- */

struct article_work {
    struct work work; /* first: the functions get it */
    struct article *out;
    const struct read_options *options;
};

static enum status read_in_child(struct work *work, const struct flat_writer *w, struct err *e)
{
    struct article_work *own = (struct article_work *)work;
    struct article a;
    struct sv document = buf_sv(work->bytes);
    enum status status = article_take_bytes(&a, work->name, work->bytes, own->options, e);
    if (!status) {
        flat_put_number(w, STATUS_OK);
        article_flatten(&a, document, w);
    }
    return status;
}

/* The bytes are this process's: what the child did with its copy of them does not matter. */
static bool take_article(struct work *work, struct buf *answer, size_t at)
{
    struct article_work *own = (struct article_work *)work;
    own->out->source.n = work->bytes->n;
    own->out->source_owned = buf_detach(work->bytes);
    own->out->source.p = own->out->source_owned;
    return article_from_flat(own->out, answer, at);
}

/* The bytes that the formats begin with, or contain, and the name tell which modules are needed.
 * Those that this process opens are open for the next article too. GLib, which PDF needs,
 * ends the process that opens it without memory: that must not be this one. */
static void open_article_modules(struct work *work)
{
    static const char *const archives[] = {"zip", "html", NULL}, *const pdf[] = {"pdf", NULL},
                             *const pages[] = {"html", NULL},
                             *const packed[] = {"gzip", "html", "zip", NULL};
    struct sv bytes = buf_sv(work->bytes);
    bool named_pdf = sv_find(sv_of(work->name), SV(".pdf")) >= 0; /* a.pdf.gz */
    if (gzip_is_packed(bytes) && named_pdf)
        work->modules = pdf;
    if (gzip_is_packed(bytes))
        open_modules(packed);
    else if (sv_starts(bytes, SV("PK")))
        open_modules(archives);
    else if (sv_find(sv_sub(bytes, 0, bytes.n < 1024 ? bytes.n : 1024), SV("%PDF-")) >= 0)
        work->modules = pdf;
    else if (html_is_name_of_page(sv_of(work->name)) || (bytes.n && memchr(bytes.p, '<', bytes.n)))
        open_modules(pages);
}

/* `out` has begun. */
static enum status parse(struct article *out, const char *name, struct buf *bytes,
                         const struct read_options *options, struct child *ending, struct err *e)
{
    struct article_work own = {
        .work = {.name = name,
                 .bytes = bytes,
                 .load = &options->load,
                 .ending = ending,
                 .read = read_in_child,
                 .take = take_article},
        .out = out,
        .options = options,
    };
    open_article_modules(&own.work);
    return do_work(&own.work, e);
}

enum status parser_take_bytes(struct article *out, const char *name, struct buf *bytes,
                              const struct read_options *options, struct child *ending,
                              struct err *e)
{
    article_begin(out, name, options);
    return parse(out, name, bytes, options, ending, e);
}

enum status parser_read(struct article *out, const char *name, const struct read_options *options,
                        struct child *ending, struct err *e)
{
    struct buf bytes = BUF_INIT, charset = BUF_INIT;
    struct read_options with_charset = *options;
    article_begin(out, name, options);
    enum status status =
        load_document(name, &options->load, &bytes, &charset, &with_charset.cut_short, e);
    if (!options->charset && charset.n)
        with_charset.charset = charset.p;
    if (!status)
        status = parse(out, name, &bytes, &with_charset, ending, e);
    buf_free(&bytes);
    buf_free(&charset);
    return status;
}

/* ---- feeds ---- */

struct feed_work {
    struct work work; /* first: the functions get it */
    struct feed *out;
    const char *charset;
    bool cut_short; /* the bytes are not all of it */
};

static enum status read_feed_in_child(struct work *work, const struct flat_writer *w, struct err *e)
{
    struct feed_work *own = (struct feed_work *)work;
    struct feed feed = {0};
    bool cut_short = own->cut_short;
    enum status status =
        gzip_unpack(work->name, load_limit(work->load), work->bytes, &cut_short, e);
    if (!status)
        status = feed_from_bytes(&feed, work->name, buf_sv(work->bytes), own->charset, e);
    feed.cut_short = feed.cut_short || cut_short;
    if (!status) {
        flat_put_number(w, STATUS_OK);
        feed_flatten(&feed, w);
    }
    return status;
}

static bool take_feed(struct work *work, struct buf *answer, size_t at)
{
    struct feed_work *own = (struct feed_work *)work;
    bool good = feed_from_flat(own->out, sv_sub(buf_sv(answer), at, answer->n - at));
    if (!good)
        feed_free(own->out);
    return good;
}

enum status parser_read_feed(struct feed *out, const char *name, const struct load_options *options,
                             struct err *e)
{
    /* "fetch" resolves relative addresses. */
    static const char *const modules[] = {"fetch", NULL}, *const packed[] = {"gzip", NULL};
    struct buf bytes = BUF_INIT, charset = BUF_INIT;
    bool cut_short = false;
    *out = (struct feed){0};
    enum status status = load_document(name, options, &bytes, &charset, &cut_short, e);
    if (!status) {
        struct feed_work own = {
            .work = {.name = name,
                     .bytes = &bytes,
                     .load = options,
                     .read = read_feed_in_child,
                     .take = take_feed},
            .out = out,
            .charset = charset.n ? charset.p : NULL,
            .cut_short = cut_short,
        };
        open_modules(modules);
        if (gzip_is_packed(buf_sv(&bytes)))
            open_modules(packed);
        status = do_work(&own.work, e);
    }
    buf_free(&charset);
    buf_free(&bytes);
    return status;
}
