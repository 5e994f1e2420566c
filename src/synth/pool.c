#include "synth/pool.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "base/message.h"
#include "base/system_text.h"
#include "synth/link.h"
#include "synth/pool_inside.h"
#include "synth/worker.h"
#include "synth/zygote.h"

enum {
    DEADLINE_MS = 10000,
    SLICE_MS = 1000,       /* of waiting: so time in which the caller was stopped counts little */
    SENTENCES_PER_JOB = 8, /* on their way, in all; each may be the only one of its article */
};

/* ---- starting and stopping ---- */

static struct sent_settings numbers_of(const struct synth_settings *s)
{
    return (struct sent_settings){s->rate, s->pitch, s->range, s->volume, s->own_rate};
}

static void encode_settings(struct buf *out, const struct synth_settings *s)
{
    const struct sent_settings sent = numbers_of(s);
    buf_clear(out);
    buf_add(out, &sent, sizeof sent);
    buf_adds(out, s->voice);
}

static uint32_t jobs_of(const struct synth_engine *engine, const char *voice, uint32_t wanted)
{
    uint32_t most = engine->most_workers ? engine->most_workers(voice) : JOBS_MAX;
    if (most > JOBS_MAX)
        most = JOBS_MAX;
    return wanted < 1 ? 1 : wanted > most ? most : wanted;
}

enum status pool_start(struct pool **out, const struct synth_engine *engine,
                       const struct synth_settings *settings, const struct pool_options *options,
                       struct err *e)
{
    struct pool *p = mem_zalloc(sizeof *p);
    p->engine = engine;
    p->jobs = jobs_of(engine, settings->voice, options->jobs);
    p->deadline_ms = options->deadline_ms ? options->deadline_ms : DEADLINE_MS;
    p->start_ms = options->start_ms;
    /* Workers that speak one sentence each need more rings: their sound waits there. */
    p->lane_count = 2 * p->jobs + 1;
    p->keeper = -1;
    p->keeper_link = p->zygote_link = -1;
    p->failed = ERR_INIT;
    p->started = p->settings = p->reason = p->build = BUF_INIT;
    p->has_build = !options->identify;
    p->begun = !options->on_demand;
    p->spare = options->spare && !engine->apart;
    encode_settings(&p->started, settings);
    struct zygote_plan plan = {
        .engine = engine,
        .settings = settings,
        .jobs = p->jobs,
        .deadline_ms = p->deadline_ms,
        .batch = options->batch,
        .identify = options->identify,
        .on_demand = options->on_demand,
        .cancels = p->engine->apart || p->spare,
    };
    enum status status = workers_start(p, &plan, e);
    if (status != STATUS_OK) {
        pool_stop(p);
        return status;
    }
    *out = p;
    return STATUS_OK;
}

static void forget(struct asked *asked)
{
    buf_free(&asked->text);
    buf_free(&asked->settings);
}

static void drop_sentences(struct pool *p)
{
    for (size_t i = p->first; i < p->asked.n; i++)
        forget(&p->asked.at[i]);
    p->asked.n = p->first = p->unassigned = 0;
    p->in_use = NULL;
    p->waited_ms = 0;
}

void pool_cancel(struct pool *p)
{
    drop_sentences(p);
    p->finished = false;
    workers_cancel(p);
}

bool pool_renew(struct pool *p)
{
    if (p->first < p->asked.n)
        pool_cancel(p);
    p->finished = false;
    p->waited_ms = p->outside_ms = 0;
    buf_clear(&p->settings);
    return p->failed.status == STATUS_OK;
}

void pool_stop(struct pool *p)
{
    if (!p)
        return;
    drop_sentences(p);
    workers_stop(p);
    vec_free(&p->asked);
    vec_free(&p->wanted);
    err_free(&p->failed);
    buf_free(&p->started);
    buf_free(&p->settings);
    buf_free(&p->reason);
    buf_free(&p->build);
    free(p);
}

const struct synth_engine *pool_engine(const struct pool *p)
{
    return p->engine;
}

int pool_zygote_pid(const struct pool *p)
{
    return (int)p->zygote_pid;
}

static enum status give_failure(const struct pool *p, struct err *e)
{
    return err_set(e, p->failed.status, "%s", p->failed.message.p);
}

/* ---- sentences in ---- */

bool pool_wants(const struct pool *p)
{
    return !p->finished && p->asked.n - p->first < (size_t)SENTENCES_PER_JOB * p->jobs;
}

/* Moves the sentences to the front of their array, now and then. */
static void close_gap(struct pool *p)
{
    if (p->first < 64 || p->first < p->asked.n / 2)
        return;
    p->asked.n -= p->first;
    memmove(p->asked.at, p->asked.at + p->first, p->asked.n * sizeof *p->asked.at);
    p->unassigned -= p->first;
    p->first = 0;
}

static void add_sentence(struct pool *p, uint32_t id, struct sv text, struct sent_settings tuned)
{
    workers_begin(p);
    close_gap(p);
    struct asked *asked = vec_push(&p->asked);
    *asked = (struct asked){.number = p->added++, .id = id, .text = BUF_INIT, .settings = BUF_INIT};
    asked->tuned = tuned;
    buf_add_sv(&asked->text, text);
    /* A worker that is kept has had others: it is told all settings. */
    bool same = !p->settings.n && p->engine->apart;
    buf_add_sv(&asked->settings, buf_sv(same ? &p->started : &p->settings));
    workers_assign(p);
}

void pool_add(struct pool *p, uint32_t id, struct sv text)
{
    add_sentence(p, id, text, (struct sent_settings){0});
}

void pool_add_tuned(struct pool *p, uint32_t id, struct sv text, const struct synth_settings *tuned)
{
    add_sentence(p, id, text, numbers_of(tuned));
}

void pool_adjust(struct pool *p, const struct synth_settings *settings)
{
    encode_settings(&p->settings, settings);
    if (sv_eq(buf_sv(&p->settings), buf_sv(&p->started)))
        buf_clear(&p->settings);
}

void pool_finish(struct pool *p)
{
    p->finished = true;
}

/* ---- waiting ---- */

static void want(struct pool *p, int fd, short events)
{
    *vec_push(&p->wanted) = (struct pollfd){.fd = fd, .events = events};
}

static void collect_wanted(struct pool *p)
{
    p->wanted.n = 0;
    want(p, p->keeper_link, POLLIN);
    want(p, p->zygote_link, POLLIN); /* poll passes over -1 */
    for (uint32_t i = 0; i < p->lane_count; i++) {
        const struct lane *lane = &p->lanes[i];
        short events = lane->socket >= 0 && !lane->hung_up ? POLLIN : 0;
        if (lane_unsent(lane))
            events |= POLLOUT;
        want(p, events ? lane->socket : -1, events);
    }
}

static void handle_wanted(struct pool *p)
{
    const struct pollfd *wanted = p->wanted.at;
    /* Lanes first: what the links say may take their sockets away. */
    for (uint32_t i = 0; i < p->lane_count; i++) {
        short events = wanted[i + 2].revents;
        if (events & (POLLOUT | POLLERR | POLLHUP))
            lane_send(&p->lanes[i]);
        if (events)
            lane_drain_wakes(&p->lanes[i]);
    }
    if (wanted[0].revents)
        workers_read_keeper(p);
    if (wanted[1].revents)
        workers_read_zygote(p);
    workers_assign(p);
}

static uint64_t patience_ms(struct pool *p)
{
    const struct asked *front = pool_front(p);
    if (!p->rate && p->start_ms)
        return (uint64_t)p->start_ms << p->restarts;
    if (front && front->lane && front->lane->dropped)
        return GRACE_MS;
    return 2 * worker_patience_ms(p->deadline_ms, front ? front->text.n : 0) + GRACE_MS +
           p->engine->start_ms;
}

/* How long to wait at once. */
static uint64_t slice_ms(struct pool *p, uint64_t wanted)
{
    uint64_t patience = patience_ms(p);
    uint64_t left = patience > p->waited_ms ? patience - p->waited_ms : 0;
    if (left > SLICE_MS)
        left = SLICE_MS;
    return wanted < left ? wanted : left;
}

static void check_patience(struct pool *p)
{
    if (p->waited_ms >= patience_ms(p))
        workers_end_overdue(p);
}

static uint64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Waits for any news, at most until `until` (UINT64_MAX: no limit). False: a signal came. */
static bool wait_for_news(struct pool *p, uint64_t until)
{
    collect_wanted(p);
    uint64_t before = clock_ms();
    uint64_t slice = slice_ms(p, until > before ? until - before : 0);
    int n = poll(p->wanted.at, p->wanted.n, (int)slice);
    if (n < 0)
        return errno != EINTR;
    uint64_t took = clock_ms() - before;
    p->waited_ms += took < slice ? took : slice;
    if (n > 0)
        handle_wanted(p);
    check_patience(p);
    return true;
}

enum status pool_rate(struct pool *p, uint32_t *rate, struct err *e)
{
    workers_begin(p);
    while (!p->rate && p->failed.status == STATUS_OK)
        wait_for_news(p, UINT64_MAX);
    if (p->failed.status != STATUS_OK)
        return give_failure(p, e);
    *rate = p->rate;
    return STATUS_OK;
}

bool pool_is_ready(const struct pool *p)
{
    return p->rate != 0;
}

bool pool_known_build(const struct pool *p, struct sv *build)
{
    *build = buf_sv(&p->build);
    return p->begun && p->has_build;
}

struct sv pool_build(struct pool *p)
{
    workers_begin(p);
    while (!p->has_build && p->failed.status == STATUS_OK)
        wait_for_news(p, UINT64_MAX);
    return buf_sv(&p->build);
}

/* ---- events out ---- */

static void say_why(struct pool *p, const struct lane *lane, const struct asked *asked)
{
    int status = lane->status;
    buf_clear(&p->reason);
    if (lane->dropped)
        buf_adds(&p->reason, _("the speech engine did not answer and was ended"));
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        buf_add_message(&p->reason, "the speech engine did not finish within %u ms",
                        (unsigned)worker_patience_ms(p->deadline_ms, asked->text.n));
    else if (WIFSIGNALED(status))
        buf_add_message(&p->reason, "the speech engine crashed (signal %d, %s)", WTERMSIG(status),
                        system_signal(WTERMSIG(status)));
    else
        buf_add_message(&p->reason, "the speech engine left by itself (code %d)",
                        WEXITSTATUS(status));
}

static void pop_front(struct pool *p)
{
    forget(pool_front(p));
    p->first++;
}

/* Whether the worker left as it should, between two sentences. */
static bool left_well(const struct lane *lane)
{
    bool some = atomic_load(&lane->ring->done) > 0;
    return some && !lane->dropped && WIFEXITED(lane->status) &&
           (WEXITSTATUS(lane->status) == 0 || WEXITSTATUS(lane->status) == WORKER_NOT_RESTORABLE);
}

/* The worker of the first sentence has ended before the sentence did, and all it wrote has been
 * read. True: the sentence is lost. */
static bool handle_end(struct pool *p, struct asked *asked, struct pool_event *event)
{
    struct lane *lane = asked->lane;
    bool lost = !left_well(lane) && !lane->skip; /* else it ended in one that nobody wants */
    if (lost) {
        say_why(p, lane, asked);
        *event = (struct pool_event){.kind = POOL_LOST, .id = asked->id, .why = p->reason.p};
    }
    workers_take_back(p, lane);
    if (lost)
        pop_front(p);
    workers_assign(p);
    return lost;
}

static void end_broken(struct pool *p, struct lane *lane)
{
    workers_drop(p, lane);
    lane->state = LANE_ENDED;
    lane->status = SIGSEGV;
}

/* After the last event of a sentence. */
static void end_sentence(struct pool *p, struct lane *lane, struct pool_event *event)
{
    if (event->kind == POOL_LOST) {
        buf_clear(&p->reason);
        buf_add_sv(&p->reason, buf_sv(&lane->reason));
        event->why = p->reason.p;
    } else {
        p->restarts = 0;
    }
    buf_clear(&lane->reason);
    lane->pending--;
    if (p->once && lane->pending == 0)
        lane_clear(lane);
    pop_front(p);
    if (p->zygote_link >= 0 && p->once)
        workers_read_zygote(p);
    workers_assign(p);
}

/* The next event that is there already. */
static bool take_event(struct pool *p, struct pool_event *event)
{
    if (p->in_use)
        lane_release(p->in_use);
    p->in_use = NULL;
    *event = (struct pool_event){.kind = POOL_IDLE};
    struct asked *asked = pool_front(p);
    if (!asked)
        return true;
    if (!asked->lane)
        workers_assign(p);
    struct lane *lane = asked->lane;
    if (!lane)
        return false;
    bool ended = lane->state == LANE_ENDED; /* read before the ring: nothing comes after it */
    enum lane_read read = lane_read(lane, asked, event);
    if (read == LANE_BROKEN)
        end_broken(p, lane);
    if (read == LANE_BROKEN || (read == LANE_NOTHING && ended))
        return handle_end(p, asked, event);
    if (read == LANE_NOTHING)
        return false;
    p->in_use = lane;
    p->waited_ms = 0;
    if (event->kind == POOL_SENTENCE || event->kind == POOL_LOST)
        end_sentence(p, lane, event);
    return true;
}

/* True if there is something to take already. */
static bool front_is_ready(struct pool *p)
{
    const struct asked *front = pool_front(p);
    return front && front->lane && !lane_fall_asleep(front->lane);
}

uint32_t pool_descriptors(struct pool *p, struct pollfd *fds)
{
    uint32_t n = 0;
    collect_wanted(p);
    for (size_t i = 0; i < p->wanted.n; i++)
        if (p->wanted.at[i].fd >= 0)
            fds[n++] = p->wanted.at[i];
    p->outside_ms = clock_ms();
    return n;
}

/* Waiting elsewhere is waiting, too; but time in which the caller was stopped counts little. */
static void count_outside(struct pool *p)
{
    uint64_t took = p->outside_ms ? clock_ms() - p->outside_ms : 0;
    p->outside_ms = 0;
    p->waited_ms += took < SLICE_MS ? took : SLICE_MS;
}

enum status pool_next(struct pool *p, int timeout_ms, struct pool_event *event, bool *got,
                      struct err *e)
{
    uint64_t until = timeout_ms < 0 ? UINT64_MAX : clock_ms() + (uint64_t)timeout_ms;
    *got = true;
    count_outside(p);
    for (;;) {
        if (p->failed.status != STATUS_OK)
            return give_failure(p, e);
        if (take_event(p, event))
            return STATUS_OK;
        if (front_is_ready(p))
            continue;
        if (!wait_for_news(p, until) || (until != UINT64_MAX && clock_ms() >= until)) {
            *got = take_event(p, event);
            return STATUS_OK;
        }
    }
}
