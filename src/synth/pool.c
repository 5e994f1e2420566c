#include "synth/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "synth/child.h"
#include "synth/link.h"
#include "synth/unit.h"
#include "synth/zygote.h"

enum {
    JOBS_MAX = 64,
    DEADLINE_MS = 10000,
    RESTARTS_MAX = 3, /* zygotes in a row that died before any sentence was made */
    SLICE_MS = 1000,  /* of waiting: so time in which the caller was stopped counts little */
    GRACE_MS = 1000,  /* for what should take no time at all */
    /* How much a unit holds: about a minute of audio, two thirds of what a slot holds. A fork and
     * the pages it makes new cost 1 to 4 ms, and this much text takes 60 ms: longer units save
     * little more, shorter ones share the work of a short article better among children. */
    UNIT_SENTENCES = 12,
    UNIT_BYTES = 1600,
};

struct pool {
    const struct synth_engine *engine;
    pid_t keeper, zygote_pid;
    int keeper_link, zygote_link; /* zygote_link -1: a zygote was asked for */
    uint32_t deadline_ms;
    uint32_t rate;     /* 0: the engine has not started yet */
    struct err failed; /* the engine or the zygotes cannot start: final */
    struct slot *slots;
    uint32_t slot_count;
    bool *slot_taken;
    VEC(struct unit *) units; /* in order; the first is the one being given */
    uint64_t last_number;
    bool any_unit;                /* since the start or the last cancel */
    struct buf started, settings; /* what the engine was started with, and what it has to be */
    bool finished, release;       /* release: an event of the first unit is still in use */
    uint32_t restarts;
    uint64_t waited_ms;  /* in pool_next, for the first unit, without any news */
    uint64_t outside_ms; /* when the caller began to wait elsewhere; 0: it does not */
    VEC(struct pollfd) wanted;
};

/* ---- the zygote ---- */

static void fail(struct pool *p, const char *sentence)
{
    if (p->failed.status == STATUS_OK)
        err_set(&p->failed, STATUS_USAGE, "%s", sentence);
}

static enum status give_failure(const struct pool *p, struct err *e)
{
    return err_set(e, p->failed.status, "%s", p->failed.message.p);
}

/* The zygote has died or does not answer: the keeper ends what is left of it and starts another;
 * units under way are asked for again from their beginning, and give what they gave before. */
static void restart_zygote(struct pool *p)
{
    close(p->zygote_link);
    p->zygote_link = -1;
    p->rate = 0;
    p->waited_ms = 0;
    for (size_t i = 0; i < p->units.n; i++)
        if (p->units.at[i]->state == UNIT_ASKED)
            unit_restart(p->units.at[i], p->units.at[i]->base);
    const struct link_message start = {.kind = LINK_START};
    if (++p->restarts > RESTARTS_MAX)
        fail(p, p->engine->dies_at_start);
    else if (link_send(p->keeper_link, &start, (struct sv){NULL, 0}, -1, false) != LINK_DONE)
        fail(p, "The process that starts the speech engine is gone; start the program again.");
}

static void read_keeper(struct pool *p)
{
    struct link_message m;
    int link = -1;
    enum link_result got = link_receive(p->keeper_link, &m, NULL, &link, false);
    if (got == LINK_WOULD_BLOCK)
        return;
    if (got == LINK_CLOSED || link < 0) {
        fail(p, "The process for the speech engine could not be started; the system may have "
                "run out of processes or memory.");
        return;
    }
    p->zygote_link = link;
    p->zygote_pid = (pid_t)m.value;
}

static void note_ended(struct pool *p, const struct link_message *m)
{
    for (size_t i = 0; i < p->units.n; i++) {
        struct unit *u = p->units.at[i];
        if (u->number == m->unit && u->state == UNIT_ASKED) {
            u->state = UNIT_ENDED;
            u->status = (int)m->value;
            return;
        }
    }
}

static void read_zygote(struct pool *p)
{
    struct link_message m;
    struct buf text = BUF_INIT;
    enum link_result got;
    while ((got = link_receive(p->zygote_link, &m, &text, NULL, false)) == LINK_DONE) {
        p->waited_ms = 0;
        if (m.kind == LINK_READY)
            p->rate = (uint32_t)m.value;
        else if (m.kind == LINK_FAILED)
            err_set(&p->failed, (enum status)m.value, "%s", text.p);
        else if (m.kind == LINK_ENDED)
            note_ended(p, &m);
    }
    buf_free(&text);
    if (got == LINK_CLOSED && p->failed.status == STATUS_OK)
        restart_zygote(p);
}

static bool take_slot(struct pool *p, struct unit *u)
{
    for (uint32_t i = 0; i < p->slot_count && !u->slot; i++)
        if (!p->slot_taken[i]) {
            p->slot_taken[i] = true;
            u->slot = &p->slots[i];
            u->slot_index = i;
        }
    return u->slot;
}

/* Asks for a child. One that goes on with a unit begun before must not wait behind the children
 * of later units, which wait for it. */
static bool ask_child(struct pool *p, struct unit *u)
{
    int ends[2];
    if (!take_slot(p, u) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    atomic_store(&u->slot->read, 0);
    struct link_message m = {.kind = LINK_UNIT, .slot = u->slot_index, .unit = ++p->last_number};
    m.value = u->number != 0;
    enum link_result sent = link_send(p->zygote_link, &m, (struct sv){NULL, 0}, ends[1], false);
    close(ends[1]);
    if (sent == LINK_DONE)
        unit_asked(u, m.unit, ends[0]);
    else
        close(ends[0]);
    return sent == LINK_DONE;
}

static void ask_children(struct pool *p)
{
    if (p->zygote_link < 0)
        read_keeper(p);
    for (size_t i = 0; i < p->units.n && p->zygote_link >= 0; i++) {
        struct unit *u = p->units.at[i];
        if (u->state == UNIT_WAITING && unit_has_work(u) && !ask_child(p, u))
            return;
    }
}

/* ---- starting and stopping ---- */

static enum status start_keeper(struct pool *p, struct zygote_plan *plan, struct err *e)
{
    size_t size = p->slot_count * sizeof(struct slot);
    void *slots =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (slots == MAP_FAILED)
        return err_set(e, STATUS_USAGE, "No memory for the audio of %u jobs (%s); try fewer jobs.",
                       plan->jobs, strerror(errno));
    p->slots = plan->slots = slots;
    int ends[2];
    if (!link_pair(ends))
        return err_set(e, STATUS_USAGE, "Cannot talk to a process for the speech engine: %s.",
                       strerror(errno));
    p->keeper_link = ends[0];
    p->keeper = fork();
    if (p->keeper == 0) {
        close(ends[0]);
        keeper_run(plan, ends[1]);
    }
    int why = errno;
    close(ends[1]);
    if (p->keeper < 0)
        return err_set(e, STATUS_USAGE, "Cannot start a process for the speech engine: %s.",
                       strerror(why));
    return STATUS_OK;
}

static void encode(struct buf *out, const struct synth_settings *s)
{
    const struct sent_settings sent = {s->rate, s->pitch, s->range, s->volume};
    buf_clear(out);
    buf_add(out, &sent, sizeof sent);
    buf_adds(out, s->voice);
}

enum status pool_start(struct pool **out, const struct synth_engine *engine,
                       const struct synth_settings *settings, const struct pool_options *options,
                       struct err *e)
{
    struct pool *p = mem_zalloc(sizeof *p);
    struct zygote_plan plan = {.engine = engine, .settings = settings, .jobs = options->jobs};
    if (plan.jobs < 1)
        plan.jobs = 1;
    if (plan.jobs > JOBS_MAX)
        plan.jobs = JOBS_MAX;
    plan.deadline_ms = options->deadline_ms ? options->deadline_ms : DEADLINE_MS;
    plan.slot_count = 2 * plan.jobs + 1;
    p->engine = engine;
    p->keeper = -1;
    p->keeper_link = p->zygote_link = -1;
    p->failed = ERR_INIT;
    p->started = p->settings = BUF_INIT;
    encode(&p->started, settings);
    p->deadline_ms = plan.deadline_ms;
    p->slot_count = plan.slot_count;
    p->slot_taken = mem_zalloc(p->slot_count * sizeof *p->slot_taken);
    enum status status = start_keeper(p, &plan, e);
    if (status != STATUS_OK) {
        pool_stop(p);
        return status;
    }
    *out = p;
    return STATUS_OK;
}

static void drop_units(struct pool *p)
{
    for (size_t i = 0; i < p->units.n; i++)
        unit_free(p->units.at[i]);
    p->units.n = 0;
    memset(p->slot_taken, 0, p->slot_count * sizeof *p->slot_taken);
    p->release = false;
    p->waited_ms = 0;
}

void pool_cancel(struct pool *p)
{
    drop_units(p);
    p->any_unit = p->finished = false;
    /* Slots are free at once: the zygote reads this before any further unit. */
    const struct link_message m = {.kind = LINK_DROP_ALL};
    if (p->zygote_link >= 0 &&
        link_send(p->zygote_link, &m, (struct sv){NULL, 0}, -1, false) == LINK_WOULD_BLOCK)
        restart_zygote(p);
}

void pool_stop(struct pool *p)
{
    if (!p)
        return;
    drop_units(p);
    if (p->zygote_link >= 0)
        close(p->zygote_link);
    if (p->keeper_link >= 0)
        close(p->keeper_link); /* the keeper's sign to end everything */
    if (p->keeper > 0) {
        kill(p->keeper, SIGCONT);
        while (waitpid(p->keeper, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    if (p->slots)
        munmap(p->slots, p->slot_count * sizeof(struct slot));
    vec_free(&p->units);
    vec_free(&p->wanted);
    free(p->slot_taken);
    err_free(&p->failed);
    buf_free(&p->started);
    buf_free(&p->settings);
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

/* ---- sentences in ---- */

bool pool_wants(const struct pool *p)
{
    /* One unit that waits for a slot, and one that is being filled. */
    return !p->finished && p->units.n < p->slot_count + 2;
}

static struct unit *open_unit(const struct pool *p)
{
    struct unit *last = p->units.n ? p->units.at[p->units.n - 1] : NULL;
    return last && !last->closed ? last : NULL;
}

static void close_unit(struct unit *u)
{
    u->closed = true;
    unit_feed(u);
}

void pool_add(struct pool *p, uint32_t id, struct sv text, bool starts_unit)
{
    struct unit *u = open_unit(p);
    if (u && (starts_unit || u->bytes + text.n > UNIT_BYTES)) {
        close_unit(u);
        u = NULL;
    }
    /* The first sentence goes alone: it is heard soonest, and the others are made meanwhile. */
    bool alone = !p->any_unit;
    p->any_unit = true;
    if (!u) {
        u = unit_new();
        buf_add_sv(&u->settings, buf_sv(&p->settings));
        *vec_push(&p->units) = u;
    }
    unit_add(u, id, text);
    u->closed = alone || u->sentences.n >= UNIT_SENTENCES || u->bytes >= UNIT_BYTES;
    unit_feed(u);
    ask_children(p);
}

void pool_adjust(struct pool *p, const struct synth_settings *settings)
{
    struct unit *u = open_unit(p);
    if (u)
        close_unit(u);
    encode(&p->settings, settings);
    if (sv_eq(buf_sv(&p->settings), buf_sv(&p->started)))
        buf_clear(&p->settings);
}

void pool_finish(struct pool *p)
{
    p->finished = true;
    struct unit *u = open_unit(p);
    if (u)
        close_unit(u);
}

/* ---- waiting ---- */

/* Removes the units at the front that have been given in full. */
static void pop_given(struct pool *p)
{
    size_t done = 0;
    while (done < p->units.n && p->units.at[done]->closed && unit_given(p->units.at[done])) {
        struct unit *u = p->units.at[done++];
        if (u->slot)
            p->slot_taken[u->slot_index] = false;
        unit_free(u);
    }
    if (!done)
        return;
    p->units.n -= done;
    memmove(p->units.at, p->units.at + done, p->units.n * sizeof *p->units.at);
    if (p->zygote_link >= 0)
        read_zygote(p);
    ask_children(p);
}

static void want(struct pool *p, int fd, short events)
{
    *vec_push(&p->wanted) = (struct pollfd){.fd = fd, .events = events};
}

static void collect_wanted(struct pool *p)
{
    p->wanted.n = 0;
    want(p, p->keeper_link, POLLIN);
    want(p, p->zygote_link, POLLIN); /* poll passes over -1 */
    for (size_t i = 0; i < p->units.n; i++) {
        struct unit *u = p->units.at[i];
        short events = i == 0 && u->socket >= 0 && !u->hung_up ? POLLIN : 0;
        if (unit_unsent(u))
            events |= POLLOUT;
        want(p, events ? u->socket : -1, events);
    }
}

static void handle_wanted(struct pool *p)
{
    const struct pollfd *wanted = p->wanted.at;
    /* Units first: what the links tell may take their sockets away. */
    for (size_t i = 0; i < p->units.n; i++) {
        struct unit *u = p->units.at[i];
        if (wanted[i + 2].revents & (POLLOUT | POLLERR | POLLHUP))
            unit_feed(u);
        if (i == 0 && wanted[2].revents)
            unit_drain_wakes(u);
    }
    if (wanted[0].revents)
        read_keeper(p);
    if (wanted[1].revents)
        read_zygote(p);
    ask_children(p);
}

/* What is waited for is long overdue: asks the zygote to end the child, then the keeper to end
 * the zygote. */
static void check_patience(struct pool *p)
{
    struct unit *u = p->units.n ? p->units.at[0] : NULL;
    size_t bytes = u && !unit_given(u) ? u->sentences.at[u->given.sentence].length : 0;
    uint64_t patience = 2 * child_patience_ms(p->deadline_ms, bytes) + GRACE_MS;
    if (p->waited_ms < (u && u->dropped ? GRACE_MS : patience))
        return;
    p->waited_ms = 0;
    if (p->zygote_link < 0) {
        fail(p, "The process that starts the speech engine does not answer; start the program "
                "again.");
    } else if (!p->rate || !u || u->state != UNIT_ASKED || u->dropped) {
        restart_zygote(p);
    } else {
        const struct link_message m = {.kind = LINK_DROP, .unit = u->number};
        link_send(p->zygote_link, &m, (struct sv){NULL, 0}, -1, false);
        u->dropped = true;
    }
}

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Waits for any news, at most until `until` (UINT64_MAX: no limit). False: a signal came. */
static bool wait_for_news(struct pool *p, uint64_t until)
{
    collect_wanted(p);
    uint64_t before = now_ms();
    uint64_t slice = until > before ? until - before : 0;
    if (slice > SLICE_MS)
        slice = SLICE_MS;
    int n = poll(p->wanted.at, p->wanted.n, (int)slice);
    if (n < 0)
        return errno != EINTR;
    uint64_t took = now_ms() - before;
    p->waited_ms += took < slice ? took : slice;
    if (n > 0)
        handle_wanted(p);
    check_patience(p);
    return true;
}

enum status pool_rate(struct pool *p, uint32_t *rate, struct err *e)
{
    while (!p->rate && p->failed.status == STATUS_OK)
        wait_for_news(p, UINT64_MAX);
    if (p->failed.status != STATUS_OK)
        return give_failure(p, e);
    *rate = p->rate;
    return STATUS_OK;
}

/* ---- events out ---- */

static void say_why(struct pool *p, struct unit *u)
{
    int status = u->status;
    buf_clear(&u->reason);
    if (u->dropped)
        buf_adds(&u->reason, "the speech engine did not answer and was ended");
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        buf_addf(
            &u->reason, "the speech engine did not finish within %u ms",
            (unsigned)child_patience_ms(p->deadline_ms, u->sentences.at[u->given.sentence].length));
    else if (WIFSIGNALED(status))
        buf_addf(&u->reason, "the speech engine crashed (signal %d, %s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else
        buf_addf(&u->reason, "the speech engine left by itself (code %d)", WEXITSTATUS(status));
}

/* The first unit's child has ended before its work was done, and all it made has been read. */
static bool take_end(struct pool *p, struct unit *u, struct pool_event *event)
{
    bool begun = u->given.words || u->given.frames;
    if (unit_replays(u) && !begun) {
        /* It died making again what had been given whole: nothing is missing. */
        unit_restart(u, u->given.sentence);
        ask_children(p);
        return false;
    }
    say_why(p, u);
    unit_lose(u, event);
    ask_children(p);
    return true;
}

static void end_broken(struct pool *p, struct unit *u)
{
    const struct link_message m = {.kind = LINK_DROP, .unit = u->number};
    if (u->state == UNIT_ASKED && p->zygote_link >= 0)
        link_send(p->zygote_link, &m, (struct sv){NULL, 0}, -1, false);
    u->state = UNIT_ENDED;
    u->status = SIGSEGV;
}

/* The next event that is there already. */
static bool take_event(struct pool *p, struct pool_event *event)
{
    if (p->release && p->units.n)
        unit_release(p->units.at[0]);
    p->release = false;
    pop_given(p);
    *event = (struct pool_event){.kind = POOL_IDLE};
    if (!p->units.n || unit_given(p->units.at[0]))
        return true;
    struct unit *u = p->units.at[0];
    bool ended = u->state == UNIT_ENDED; /* looked at before the slot: nothing comes after it */
    enum unit_read read = unit_read(u, event);
    if (read == UNIT_BROKEN)
        end_broken(p, u);
    if (read == UNIT_NOTHING)
        return ended && take_end(p, u, event);
    if (read == UNIT_BROKEN)
        return take_end(p, u, event);
    p->release = true;
    p->waited_ms = 0;
    if (event->kind == POOL_SENTENCE)
        p->restarts = 0;
    return true;
}

uint32_t pool_descriptors(struct pool *p, struct pollfd *fds)
{
    uint32_t n = 0;
    collect_wanted(p);
    for (size_t i = 0; i < p->wanted.n; i++)
        if (p->wanted.at[i].fd >= 0)
            fds[n++] = p->wanted.at[i];
    p->outside_ms = now_ms();
    return n;
}

/* Waiting elsewhere is waiting, too; but time in which the caller was stopped counts little. */
static void count_outside(struct pool *p)
{
    uint64_t took = p->outside_ms ? now_ms() - p->outside_ms : 0;
    p->outside_ms = 0;
    p->waited_ms += took < SLICE_MS ? took : SLICE_MS;
}

enum status pool_next(struct pool *p, int timeout_ms, struct pool_event *event, bool *got,
                      struct err *e)
{
    uint64_t until = timeout_ms < 0 ? UINT64_MAX : now_ms() + (uint64_t)timeout_ms;
    *got = true;
    count_outside(p);
    for (;;) {
        if (p->failed.status != STATUS_OK)
            return give_failure(p, e);
        if (take_event(p, event))
            return STATUS_OK;
        if (p->units.n && !unit_fall_asleep(p->units.at[0]))
            continue;
        if (!wait_for_news(p, until) || (until != UINT64_MAX && now_ms() >= until)) {
            *got = take_event(p, event);
            return STATUS_OK;
        }
    }
}
