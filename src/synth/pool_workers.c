#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/message.h"
#include "base/system_text.h"
#include "synth/link.h"
#include "synth/pool_inside.h"
#include "synth/zygote.h"

enum {
    RESTARTS_MAX = 3, /* zygotes in a row that died before any sentence was made */
    /* Text that a worker may have in hand before it is given more. With less, it would wait for the
     * caller between sentences; with more, the others would have nothing left at the end. */
    LOAD_BYTES = 512,
};

static const struct sv no_text = {NULL, 0};

static void fail_for_good(struct pool *p, enum status status, const char *sentence)
{
    if (p->failed.status == STATUS_OK)
        err_set(&p->failed, status, "%s", _(sentence));
}

/* ---- sentences and lanes ---- */

void workers_take_back(struct pool *p, struct lane *lane)
{
    for (size_t i = p->first; i < p->asked.n; i++)
        if (p->asked.at[i].lane == lane)
            p->asked.at[i].lane = NULL;
    p->unassigned = p->first;
    if (p->in_use == lane)
        p->in_use = NULL;
    lane_clear(lane);
}

/* Whether the sentence may go to the lane's present worker: its sentences come back in the order
 * in which it got them, so that must be the order in which they are wanted. */
static bool fits(const struct pool *p, const struct lane *lane, const struct asked *asked)
{
    return lane->state == LANE_ASKED && !lane->dropped && !p->once &&
           (p->engine->apart || sv_eq(buf_sv(&lane->settings), buf_sv(&asked->settings))) &&
           (lane->pending == 0 || (lane->last < asked->number && lane_load(lane) < LOAD_BYTES));
}

/* Whether the lane may have a new worker. */
static bool is_free(const struct lane *lane)
{
    return lane->state == LANE_FREE || lane->pending == 0;
}

static bool is_speaking(const struct pool *p)
{
    for (uint32_t i = 0; i < p->lane_count; i++)
        if (p->lanes[i].state == LANE_ASKED && p->lanes[i].pending > 0)
            return true;
    return false;
}

/* The lane with the least to do that can take the sentence, or NULL. */
static struct lane *choose_lane(struct pool *p, const struct asked *asked)
{
    uint32_t count = p->once ? p->lane_count : p->jobs;
    struct lane *best = NULL;
    uint64_t least = UINT64_MAX;
    bool one_only = p->spare && is_speaking(p);
    for (uint32_t i = 0; i < count; i++) {
        struct lane *lane = &p->lanes[i];
        bool goes_on = fits(p, lane, asked);
        if ((!goes_on && !is_free(lane)) || (one_only && lane->pending == 0))
            continue;
        /* An idle worker is better than a new one. */
        uint64_t load = goes_on ? 2 * lane_load(lane) : 1;
        if (load < least) {
            least = load;
            best = lane;
        }
    }
    return best;
}

/* While others speak, what is missing may come back when they end. */
static void fail_to_connect(struct pool *p, int why)
{
    if (!is_speaking(p) && p->failed.status == STATUS_OK)
        err_set(&p->failed, STATUS_INPUT,
                "The speech engine cannot be reached: %s. Close other programs and try again.",
                system_error(why));
}

/* Asks for a worker with these settings. The first sentence must not wait for the workers of later
 * ones, because they wait for it: it gets one at once. */
static bool ask_for_worker(struct pool *p, struct lane *lane, const struct buf *settings,
                           bool at_once)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        fail_to_connect(p, errno);
        return false;
    }
    const struct link_message m = {
        .kind = LINK_WORKER,
        .ring = lane->index,
        .worker = ++p->last_worker,
        .value = at_once,
    };
    enum channel_result sent = link_send(p->zygote_link, &m, no_text, ends[1], false);
    close(ends[1]);
    if (sent == CHANNEL_DONE)
        lane_begin(lane, m.worker, ends[0], settings);
    else
        close(ends[0]);
    return sent == CHANNEL_DONE;
}

/* Sees that a worker with the present settings has nothing to do: what is said next need not wait
 * until one has started. */
static void keep_spare(struct pool *p)
{
    struct lane *free_lane = NULL;
    const struct asked *front = pool_front(p);
    bool soundless = front && !front->frames_out; /* starting another would delay it */
    if (!p->spare || !p->rate || p->once || p->zygote_link < 0 || soundless)
        return;
    for (uint32_t i = 0; i < p->jobs; i++) {
        struct lane *lane = &p->lanes[i];
        bool idle = lane->state == LANE_ASKED && !lane->dropped && lane->pending == 0;
        if (idle && sv_eq(buf_sv(&lane->settings), buf_sv(&p->settings)))
            return;
        if (idle || lane->state == LANE_FREE)
            free_lane = lane;
    }
    if (free_lane)
        ask_for_worker(p, free_lane, &p->settings, true);
}

/* An engine that is apart is started by the first worker, which tells its sample rate. */
static void start_apart(struct pool *p)
{
    if (p->engine->apart && !p->rate && p->zygote_link >= 0 && p->lanes[0].state != LANE_ASKED)
        ask_for_worker(p, &p->lanes[0], &p->started, true);
}

void workers_assign(struct pool *p)
{
    if (p->zygote_link < 0)
        workers_read_keeper(p);
    start_apart(p);
    if (p->unassigned < p->first)
        p->unassigned = p->first;
    for (; p->unassigned < p->asked.n && p->zygote_link >= 0; p->unassigned++) {
        struct asked *asked = &p->asked.at[p->unassigned];
        if (asked->lane)
            continue;
        struct lane *lane = choose_lane(p, asked);
        bool first = asked == pool_front(p);
        if (!lane || (!fits(p, lane, asked) && !ask_for_worker(p, lane, &asked->settings, first)))
            return;
        lane_give(lane, asked);
    }
    keep_spare(p);
}

/* ---- the keeper and the zygote ---- */

static void fail_to_reach_keeper(struct pool *p)
{
    fail_for_good(
        p, STATUS_INPUT,
        N_("The process that starts the speech engine is gone; start the program again."));
}

/* The zygote has died or does not answer: the keeper ends what is left of it and starts another;
 * sentences under way are spoken again, and what they gave before is skipped. */
static void restart_zygote(struct pool *p)
{
    close(p->zygote_link);
    p->zygote_link = -1;
    p->rate = 0;
    buf_clear(&p->build); /* the next one may be another, if what is installed was changed */
    p->once = false;      /* the next zygote will find out for itself */
    p->waited_ms = 0;
    for (uint32_t i = 0; i < p->lane_count; i++)
        if (p->lanes[i].state == LANE_ASKED)
            workers_take_back(p, &p->lanes[i]);
    const struct link_message start = {.kind = LINK_START};
    if (++p->restarts > RESTARTS_MAX)
        fail_for_good(p, STATUS_USAGE, p->engine->dies_at_start);
    else if (link_send(p->keeper_link, &start, no_text, -1, false) != CHANNEL_DONE)
        fail_to_reach_keeper(p);
}

void workers_read_keeper(struct pool *p)
{
    struct link_message m;
    int link = -1;
    enum channel_result got = link_receive(p->keeper_link, &m, NULL, &link, false);
    if (got == CHANNEL_WOULD_BLOCK)
        return;
    if (got == CHANNEL_CLOSED || link < 0) {
        fail_for_good(
            p, STATUS_INPUT,
            N_("The process for the speech engine could not be started; the system may have "
               "run out of processes or memory."));
        return;
    }
    p->zygote_link = link;
    p->zygote_pid = (pid_t)m.value;
}

void workers_begin(struct pool *p)
{
    const struct link_message start = {.kind = LINK_START};
    if (!p->begun && link_send(p->keeper_link, &start, no_text, -1, true) != CHANNEL_DONE)
        fail_to_reach_keeper(p);
    p->begun = true;
}

/* False: the engine died while it started. */
static bool note_ended(struct pool *p, const struct link_message *m)
{
    for (uint32_t i = 0; i < p->lane_count; i++) {
        struct lane *lane = &p->lanes[i];
        if (lane->worker == m->worker && lane->state == LANE_ASKED) {
            lane->state = LANE_ENDED;
            lane->status = (int)m->value;
        }
    }
    return p->rate || !p->engine->apart;
}

static void note_rate(struct pool *p, uint32_t rate)
{
    if (p->rate && p->rate != rate && p->failed.status == STATUS_OK)
        err_set(&p->failed, STATUS_USAGE,
                "The speech engine gave %u frames of sound a second, and now %u; start again.",
                p->rate, rate);
    p->rate = rate;
}

/* Workers that have nothing to do would keep others from being started. */
static void begin_once_mode(struct pool *p)
{
    p->once = true;
    for (uint32_t i = 0; i < p->lane_count; i++)
        if (p->lanes[i].state == LANE_ASKED && p->lanes[i].pending == 0)
            lane_clear(&p->lanes[i]);
}

static void note_build(struct pool *p, const struct buf *build)
{
    buf_clear(&p->build);
    buf_add_sv(&p->build, buf_sv(build));
    p->has_build = true;
}

void workers_read_zygote(struct pool *p)
{
    struct link_message m;
    struct buf text = BUF_INIT;
    enum channel_result got;
    bool started = true;
    while ((got = link_receive(p->zygote_link, &m, &text, NULL, false)) == CHANNEL_DONE) {
        p->waited_ms = 0;
        if (m.kind == LINK_READY)
            note_rate(p, (uint32_t)m.value);
        else if (m.kind == LINK_BUILD)
            note_build(p, &text);
        else if (m.kind == LINK_FAILED)
            err_set(&p->failed, (enum status)m.value, "%s", text.p);
        else if (m.kind == LINK_ONCE)
            begin_once_mode(p);
        else if (m.kind == LINK_ENDED)
            started = note_ended(p, &m);
        buf_clear(&text);
    }
    buf_free(&text);
    if ((got == CHANNEL_CLOSED || !started) && p->failed.status == STATUS_OK)
        restart_zygote(p);
}

bool workers_drop(struct pool *p, const struct lane *lane)
{
    const struct link_message m = {.kind = LINK_DROP, .worker = lane->worker};
    return lane->state != LANE_ASKED || p->zygote_link < 0 ||
           link_send(p->zygote_link, &m, no_text, -1, false) != CHANNEL_WOULD_BLOCK;
}

void workers_end_overdue(struct pool *p)
{
    const struct asked *front = pool_front(p);
    struct lane *lane = front ? front->lane : NULL;
    p->waited_ms = 0;
    if (p->zygote_link < 0) {
        fail_for_good(
            p, STATUS_INPUT,
            N_("The process that starts the speech engine does not answer; start the program "
               "again."));
    } else if (!p->rate || !lane || lane->state != LANE_ASKED || lane->dropped) {
        restart_zygote(p);
    } else {
        workers_drop(p, lane);
        lane->dropped = true;
    }
}

/* Whether the lane's worker shall end its sentences early and go on: to start another takes longer.
 * One that has not even ended those of the cancel before may hang. */
static bool may_abandon(const struct pool *p, struct lane *lane)
{
    lane_pass_over(lane);
    return p->engine->apart || (p->spare && !p->once && !lane->skip);
}

void workers_cancel(struct pool *p)
{
    bool blocked = false;
    for (uint32_t i = 0; i < p->lane_count; i++) {
        struct lane *lane = &p->lanes[i];
        if (lane->state == LANE_ASKED && !lane->dropped && lane->pending == 0)
            continue; /* it has nothing to do, and can go on */
        if (lane->state == LANE_ASKED && !lane->dropped && may_abandon(p, lane)) {
            lane_abandon(lane);
            continue;
        }
        /* Its ring can be used again at once: the zygote reads this before any further request. */
        if (lane->state == LANE_ASKED)
            blocked |= !workers_drop(p, lane);
        lane_clear(lane);
    }
    if (blocked)
        restart_zygote(p);
}

/* ---- starting and stopping ---- */

static enum status make_lanes(struct pool *p, struct err *e)
{
    struct ring *rings = rings_map(p->lane_count);
    if (!rings)
        return err_set(e, STATUS_INPUT, "No memory for the audio of %u jobs (%s); try fewer jobs.",
                       p->jobs, system_error(errno));
    p->rings = rings;
    p->lanes = mem_zalloc(p->lane_count * sizeof *p->lanes);
    for (uint32_t i = 0; i < p->lane_count; i++)
        lane_init(&p->lanes[i], &rings[i], i);
    return STATUS_OK;
}

enum status workers_start(struct pool *p, struct zygote_plan *plan, struct err *e)
{
    enum status status = make_lanes(p, e);
    if (status)
        return status;
    plan->rings = p->rings;
    plan->ring_count = p->lane_count;
    int ends[2];
    if (!channel_pair(ends))
        return err_set(e, STATUS_INPUT, "Cannot talk to a process for the speech engine: %s.",
                       system_error(errno));
    p->keeper_link = ends[0];
    p->keeper = fork();
    if (p->keeper == 0) {
        close(ends[0]);
        keeper_run(plan, ends[1]);
    }
    int why = errno;
    close(ends[1]);
    if (p->keeper < 0)
        return err_set(e, STATUS_INPUT, "Cannot start a process for the speech engine: %s.",
                       system_error(why));
    return STATUS_OK;
}

void workers_stop(struct pool *p)
{
    if (p->zygote_link >= 0)
        close(p->zygote_link);
    if (p->keeper_link >= 0)
        close(p->keeper_link); /* this makes the keeper end everything */
    if (p->keeper > 0) {
        kill(p->keeper, SIGCONT);
        while (waitpid(p->keeper, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    for (uint32_t i = 0; p->lanes && i < p->lane_count; i++)
        lane_free(&p->lanes[i]);
    free(p->lanes);
    if (p->rings)
        rings_unmap(p->rings, p->lane_count);
}
