#include "sink/player_link.h"

#include <errno.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/channel.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/system_text.h"
#include "sink/player_process.h"

enum {
    MS_PER_SECOND = 1000,
    FULL_VOLUME = 100,
    AHEAD_MS = 300,
    /* Until the device has taken as much: one that fails at once has got so little that nobody
     * takes it for heard. */
    FIRST_AHEAD_MS = 150,
    /* Sound that was cut but is still queued takes up room only beyond so many times AHEAD_MS. */
    CUTS_AHEAD = 2,
    /* Orders that may be queued: tiny ones fill the socket long before they are much sound. */
    MOST_ORDERS = 200,
    SOCKET_BYTES = 1 << 20,
    /* No wait is longer, so that a signal that arrives just before a wait is not missed long. */
    NAP_MS = 50,
    /* A device that takes nothing for so long counts as lost. */
    LOST_SECONDS = 10,
    /* The time that a process has to end by itself after it is asked to be silent. */
    LAST_WAIT_MS = 200,
};

static enum status report_stopped(struct err *e)
{
    return err_set(e, STATUS_STOPPED, "Stopped.");
}

static bool stop_asked(const struct player_link *p)
{
    return p->format.stop && *p->format.stop;
}

/* ---- the process ---- */

static enum status report_no_start(int failure, struct err *e)
{
    return err_set(e, STATUS_DEVICE,
                   "The player could not start: %s. Close other programs and try again.",
                   system_error(failure));
}

static struct player_shared *share(void)
{
    void *page = mmap(NULL, sizeof(struct player_shared), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return NULL;
    struct player_shared *shared = page;
    atomic_init(&shared->generation, 0);
    atomic_init(&shared->volume, FULL_VOLUME);
    return shared;
}

/* Without `shared` the process lists devices. */
static enum status start(struct player_link *p, const char *device, struct err *e)
{
    int fds[2], bytes = SOCKET_BYTES;
    if (!channel_pair(fds))
        return report_no_start(errno, e);
    pid_t parent = getpid(), process = fork();
    if (process == 0 && p->shared)
        player_process_play(fds[1], parent, p->shared, device, &p->format);
    if (process == 0)
        player_process_list(fds[1], parent);
    int failure = errno;
    close(fds[1]);
    if (process < 0) {
        close(fds[0]);
        return report_no_start(failure, e);
    }
    setsockopt(fds[0], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    p->process = process;
    p->fd = fds[0];
    return STATUS_OK;
}

enum status player_link_start(struct player_link *p, const char *device,
                              const struct sink_format *format, struct err *e)
{
    p->format = *format;
    p->shared = share();
    enum status status = p->shared ? start(p, device, e) : report_no_start(errno, e);
    if (status && p->shared)
        munmap(p->shared, sizeof *p->shared);
    return status;
}

enum status player_link_start_list(struct player_link *p, player_device_listener *listener,
                                   void *user, struct err *e)
{
    p->listener = listener;
    p->user = user;
    return start(p, "", e);
}

/* Ends the process if it still runs, and gives how it ended. */
static int reap(struct player_link *p)
{
    int how = 0;
    if (!p->process)
        return how;
    kill(p->process, SIGKILL);
    while (waitpid(p->process, &how, 0) < 0 && errno == EINTR)
        ;
    p->process = 0;
    return how;
}

static bool has_aborted(int how)
{
    return WIFEXITED(how) && WEXITSTATUS(how) == PLAYER_ABORTED;
}

static enum status report_end_playing(int how, struct err *e)
{
    if (has_aborted(how))
        return err_set(e, STATUS_DEVICE, "The sound system stopped while playing (it aborted).");
    if (!WIFSIGNALED(how))
        return err_set(e, STATUS_DEVICE,
                       "The sound system stopped while playing (without a reason).");
    return err_set(e, STATUS_DEVICE, "The sound system stopped while playing (%s).",
                   system_signal(WTERMSIG(how)));
}

static enum status report_end_starting(int how, struct err *e)
{
    if (has_aborted(how))
        return err_set(e, STATUS_DEVICE,
                       "The sound system stopped while it was starting (it aborted): its "
                       "configuration may be broken or name no device. To save the sound instead: "
                       "“docbao save FILE -o OUT.wav”.");
    if (!WIFSIGNALED(how))
        return err_set(e, STATUS_DEVICE,
                       "The sound system stopped while it was starting (without a reason): its "
                       "configuration may be broken or name no device. To save the sound instead: "
                       "“docbao save FILE -o OUT.wav”.");
    return err_set(e, STATUS_DEVICE,
                   "The sound system stopped while it was starting (%s): its configuration may be "
                   "broken or name no device. To save the sound instead: “docbao save FILE -o "
                   "OUT.wav”.",
                   system_signal(WTERMSIG(how)));
}

/* The process ended without a report that says why. */
static enum status report_end(struct player_link *p, struct err *e)
{
    int how = reap(p);
    if (stop_asked(p))
        return report_stopped(e);
    return p->ready ? report_end_playing(how, e) : report_end_starting(how, e);
}

/* ---- reports ---- */

static void note_played(struct player_link *p, const struct player_report *r)
{
    p->orders -= p->orders > 0;
    p->queued -= r->frames < p->queued ? r->frames : p->queued;
    p->reported += r->frames;
    p->underruns += r->underruns;
    if (r->generation != p->generation)
        return;
    p->under_way -= r->frames < p->under_way ? r->frames : p->under_way;
    p->played += r->frames;
    p->played_at = r->time;
}

static void pass_device(const struct player_link *p, const struct player_report *r, struct sv text)
{
    struct buf name = BUF_INIT;
    buf_add_sv(&name, text);
    if (p->listener)
        p->listener(p->user, r->number, name.p, r->is_default, r->rate);
    buf_free(&name);
}

static enum status obey_report(struct player_link *p, const struct player_report *r, struct sv text,
                               struct err *e)
{
    p->idle = 0;
    switch ((enum player_report_kind)r->kind) {
    case REPORT_READY:
        p->ready = true;
        p->latency = r->time;
        break;
    case REPORT_PLAYED:
        note_played(p, r);
        break;
    case REPORT_DONE:
        p->done = true;
        break;
    case REPORT_DEVICE:
        pass_device(p, r, text);
        break;
    case REPORT_FAILED:
        return err_set(e, STATUS_DEVICE, "%.*s", SV_ARG(text));
    }
    return STATUS_OK;
}

enum status player_link_receive(struct player_link *p, bool *got, struct err *e)
{
    struct player_report r;
    struct buf text = BUF_INIT;
    enum channel_result result = channel_receive(p->fd, &r, sizeof r, &text, NULL, false);
    enum status status = STATUS_OK;
    *got = result == CHANNEL_DONE;
    if (*got)
        status = obey_report(p, &r, buf_sv(&text), e);
    else if (result == CHANNEL_CLOSED)
        status = report_end(p, e);
    buf_free(&text);
    return status;
}

/* ---- waiting ---- */

/* In whole orders. */
uint32_t player_link_room(const struct player_link *p)
{
    uint32_t most = p->format.rate * AHEAD_MS / MS_PER_SECOND;
    if (p->reported < most)
        most = p->format.rate * FIRST_AHEAD_MS / MS_PER_SECOND;
    if (!p->ready || p->orders >= MOST_ORDERS || p->queued >= CUTS_AHEAD * most)
        return 0;
    uint32_t free_now = p->under_way < most ? most - p->under_way : 0;
    uint32_t free_orders = MOST_ORDERS - p->orders, orders = free_now / PLAYER_PIECE;
    if (!orders && !p->under_way)
        orders = 1; /* of a very low rate */
    return (orders < free_orders ? orders : free_orders) * PLAYER_PIECE;
}

bool player_link_is_ready(const struct player_link *p)
{
    return p->ready;
}

bool player_link_is_done(const struct player_link *p)
{
    return p->done;
}

bool player_link_has_room(const struct player_link *p)
{
    return player_link_room(p) > 0;
}

bool player_link_is_hung(int64_t idle_ns)
{
    return idle_ns > (int64_t)LOST_SECONDS * CLOCK_NS_PER_SECOND;
}

enum status player_link_hung(struct err *e)
{
    return err_set(e, STATUS_DEVICE,
                   "The sound device has taken no sound for %d seconds. Look whether the sound "
                   "server still runs.",
                   LOST_SECONDS);
}

/* Naps are counted rather than time, so that a program stopped by Ctrl-Z does not lose its device.
 */
enum status player_link_wait(struct player_link *p, player_condition *holds, struct err *e)
{
    for (int naps = 0; naps < LOST_SECONDS * MS_PER_SECOND / NAP_MS;) {
        if (stop_asked(p))
            return report_stopped(e);
        bool got;
        enum status status = player_link_receive(p, &got, e);
        if (status)
            return status;
        if (holds(p))
            return STATUS_OK;
        if (got)
            naps = 0;
        else
            naps += poll(&(struct pollfd){p->fd, POLLIN, 0}, 1, NAP_MS) == 0;
    }
    return player_link_hung(e);
}

/* ---- orders ---- */

static enum channel_result send_now(const struct player_link *p, const struct player_order *order,
                                    const int16_t *pcm)
{
    struct sv head = {(const char *)order, sizeof *order};
    size_t bytes = (size_t)order->frames * p->format.channels * sizeof *pcm;
    struct sv samples = {(const char *)pcm, pcm ? bytes : 0};
    return channel_send(p->fd, head, samples, -1, false);
}

/* The socket seldom fills: what is queued is bounded. Any other failed send means that the other
 * end is gone, and what it said last is waiting to be read. */
static enum status send_order(struct player_link *p, const struct player_order *order,
                              const int16_t *pcm, struct err *e)
{
    enum channel_result sent;
    for (int naps = 0; (sent = send_now(p, order, pcm)) != CHANNEL_DONE; naps++) {
        bool full = sent == CHANNEL_WOULD_BLOCK, got = true;
        enum status status = STATUS_OK;
        while (!status && got)
            status = player_link_receive(p, &got, e);
        if (status || !full)
            return status ? status : report_end(p, e);
        if (stop_asked(p))
            return report_stopped(e);
        if (naps >= LOST_SECONDS * MS_PER_SECOND / NAP_MS)
            return player_link_hung(e);
        poll(&(struct pollfd){p->fd, POLLOUT, 0}, 1, NAP_MS);
    }
    return STATUS_OK;
}

enum status player_link_play(struct player_link *p, const int16_t *pcm, uint32_t frames,
                             struct err *e)
{
    struct player_order order = {ORDER_PLAY, p->generation, frames};
    enum status status = send_order(p, &order, pcm, e);
    if (status)
        return status;
    p->under_way += frames;
    p->queued += frames;
    p->written += frames;
    p->orders++;
    return STATUS_OK;
}

enum status player_link_finish(struct player_link *p, struct err *e)
{
    struct player_order order = {ORDER_FINISH, p->generation, 0};
    enum status status = send_order(p, &order, NULL, e);
    return status ? status : player_link_wait(p, player_link_is_done, e);
}

/* The order only wakes a process that waits for orders: where it cannot be sent, others are there
 * to wake it. */
void player_link_cut(struct player_link *p)
{
    p->generation = atomic_fetch_add(&p->shared->generation, 1) + 1;
    p->under_way = 0;
    p->written = p->played = 0;
    send_now(p, &(struct player_order){ORDER_CUT, p->generation, 0}, NULL);
}

/* ---- the end ---- */

void player_link_end(struct player_link *p)
{
    int64_t end = clock_now_ns() + (int64_t)LAST_WAIT_MS * CLOCK_NS_PER_MS;
    shutdown(p->fd, SHUT_WR);
    for (int64_t now = clock_now_ns(); p->process && now < end; now = clock_now_ns()) {
        char rest;
        while (recv(p->fd, &rest, sizeof rest, MSG_DONTWAIT) > 0)
            ;
        int left = (int)((end - now) / CLOCK_NS_PER_MS) + 1;
        if (poll(&(struct pollfd){p->fd, POLLRDHUP, 0}, 1, left < NAP_MS ? left : NAP_MS) > 0)
            break;
    }
    reap(p);
    close(p->fd);
    if (p->shared)
        munmap(p->shared, sizeof *p->shared);
}
