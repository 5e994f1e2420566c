/*
 * The caller's side of the player; the device is driven by a process of its own
 * (player_process.h): what it prints reaches no terminal, an abort inside it ends only that
 * process, and a sound server that hangs can be left behind at any time.
 *
 * The caller never sends more than AHEAD_MS of sound before it is reported as played. That is far
 * more than the device holds: a cut overtakes what is queued, and a busy machine makes no gap.
 */
#include "sink/player.h"

#include <errno.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "sink/player_process.h"

enum {
    MS_PER_SECOND = 1000,
    FULL_VOLUME = 100,
    AHEAD_MS = 300,
    /* Until the device has taken as much: one that fails at once has got so little that nobody
     * takes it for heard. */
    FIRST_AHEAD_MS = 150,
    /* What was cut but is still queued counts against room only beyond so many times AHEAD_MS. */
    CUTS_AHEAD = 2,
    /* Orders that may be queued: tiny ones fill the socket long before they are much sound. */
    MOST_ORDERS = 200,
    SOCKET_BYTES = 1 << 20,
    /* No wait is longer, so that a signal that arrives just before a wait is not missed long. */
    NAP_MS = 50,
    /* While sound is under way: how often to look how far it is. */
    LOOK_MS = 30,
    STARTING_LOOK_MS = 500,
    /* A device that takes nothing for so long is as good as lost. */
    LOST_SECONDS = 10,
    /* How long a player may take to end by itself when it is told to be silent. */
    LAST_WAIT_MS = 200,
};

static const int64_t second_ns = 1000 * 1000 * 1000;
static const int64_t ms_ns = 1000 * 1000;

typedef void (*device_told)(void *user, uint32_t number, const char *name, bool is_default,
                            uint32_t rate);

struct player {
    struct sink_format format;
    pid_t process; /* 0: ended and waited for */
    int fd;
    struct player_shared *shared; /* NULL: this one lists devices */
    uint32_t generation;
    bool ready;
    bool done;
    uint32_t queued, orders; /* sent and not yet reported, whatever their generation */
    uint32_t under_way;      /* frames of this generation among them */
    uint32_t underruns;
    uint64_t taken;           /* frames reported since open */
    uint64_t written, played; /* frames since the last cut: sent; taken by the device */
    uint64_t heard;           /* as told last */
    int64_t played_at;        /* when the last of `played` was taken */
    int64_t latency;          /* from there to the ear; ns */
    int64_t looked_at, idle;  /* the last look; how long nothing was reported; ns */
    device_told told;         /* by a process that lists devices */
    void *user;
};

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * second_ns + t.tv_nsec;
}

static enum status stopped(struct err *e)
{
    return err_set(e, STATUS_STOPPED, "Stopped.");
}

static bool stop_asked(const struct player *p)
{
    return p->format.stop && *p->format.stop;
}

/* ---- the process ---- */

static enum status tell_no_start(int failure, struct err *e)
{
    return err_set(e, STATUS_DEVICE,
                   "The player could not start: %s. Close other programs and try again.",
                   strerror(failure));
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

/* Starts the process; without `shared` it lists devices. */
static enum status start(struct player *p, const char *device, struct err *e)
{
    int fds[2], bytes = SOCKET_BYTES;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0)
        return tell_no_start(errno, e);
    pid_t parent = getpid(), process = fork();
    if (process == 0 && p->shared)
        player_process_play(fds[1], parent, p->shared, device, &p->format);
    if (process == 0)
        player_process_list(fds[1], parent);
    int failure = errno;
    close(fds[1]);
    if (process < 0) {
        close(fds[0]);
        return tell_no_start(failure, e);
    }
    setsockopt(fds[0], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    p->process = process;
    p->fd = fds[0];
    return STATUS_OK;
}

static enum status player_open(void **state, const char *target, const struct sink_format *format,
                               struct err *e)
{
    *state = NULL;
    struct player *p = mem_zalloc(sizeof *p);
    p->format = *format;
    p->shared = share();
    enum status status = p->shared ? start(p, target, e) : tell_no_start(errno, e);
    if (!status) {
        *state = p;
        return status;
    }
    if (p->shared)
        munmap(p->shared, sizeof *p->shared);
    free(p);
    return status;
}

/* Ends the process if it still runs, and gives how it ended. */
static int reap(struct player *p)
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

/* The process ended without a word. */
static enum status tell_end(struct player *p, struct err *e)
{
    int how = reap(p);
    if (stop_asked(p))
        return stopped(e);
    bool aborted = WIFEXITED(how) && WEXITSTATUS(how) == PLAYER_ABORTED;
    const char *cause = aborted            ? "it aborted"
                        : WIFSIGNALED(how) ? strsignal(WTERMSIG(how))
                                           : "without a reason";
    if (p->ready)
        return err_set(e, STATUS_DEVICE, "The sound system stopped while playing (%s).", cause);
    return err_set(e, STATUS_DEVICE,
                   "The sound system stopped while it was starting (%s): its configuration may "
                   "be broken or name no device. To save the sound instead: “docbao save FILE "
                   "-o OUT.wav”.",
                   cause);
}

/* ---- reports ---- */

static void take_played(struct player *p, const struct player_report *r)
{
    p->orders -= p->orders > 0;
    p->queued -= r->frames < p->queued ? r->frames : p->queued;
    p->taken += r->frames;
    p->underruns += r->underruns;
    if (r->generation != p->generation)
        return;
    p->under_way -= r->frames < p->under_way ? r->frames : p->under_way;
    p->played += r->frames;
    p->played_at = r->time;
}

static void tell_device(const struct player *p, const struct player_report *r, struct sv text)
{
    struct buf name = BUF_INIT;
    buf_add_sv(&name, text);
    if (p->told)
        p->told(p->user, r->number, name.p, r->is_default, r->rate);
    buf_free(&name);
}

static enum status take_report(struct player *p, const struct player_report *r, struct sv text,
                               struct err *e)
{
    p->idle = 0;
    switch ((enum player_report_kind)r->kind) {
    case REPORT_READY:
        p->ready = true;
        p->latency = r->time;
        break;
    case REPORT_PLAYED:
        take_played(p, r);
        break;
    case REPORT_DONE:
        p->done = true;
        break;
    case REPORT_DEVICE:
        tell_device(p, r, text);
        break;
    case REPORT_FAILED:
        return err_set(e, STATUS_DEVICE, "%.*s", SV_ARG(text));
    }
    return STATUS_OK;
}

/* Takes one report if there is one; *got tells. */
static enum status receive_report(struct player *p, bool *got, struct err *e)
{
    *got = false;
    ssize_t size = recv(p->fd, NULL, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
    /* An end that leaves orders unread resets the socket; what it said last comes after that. */
    if (size < 0 && errno == ECONNRESET)
        size = recv(p->fd, NULL, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return STATUS_OK;
    struct player_report r;
    if (size < (ssize_t)sizeof r)
        return tell_end(p, e);
    struct buf message = BUF_INIT;
    buf_reserve(&message, (size_t)size);
    size = recv(p->fd, message.p, (size_t)size, MSG_DONTWAIT);
    enum status status = STATUS_OK;
    if (size >= (ssize_t)sizeof r) {
        *got = true;
        memcpy(&r, message.p, sizeof r);
        struct sv text = {message.p + sizeof r, (size_t)size - sizeof r};
        status = take_report(p, &r, text, e);
    }
    buf_free(&message);
    return status;
}

/* ---- waiting ---- */

/* How many frames may be sent now, in whole orders. */
static uint32_t room_of(const struct player *p)
{
    uint32_t most = p->format.rate * AHEAD_MS / MS_PER_SECOND;
    if (p->taken < most)
        most = p->format.rate * FIRST_AHEAD_MS / MS_PER_SECOND;
    if (!p->ready || p->orders >= MOST_ORDERS || p->queued >= CUTS_AHEAD * most)
        return 0;
    uint32_t free_now = p->under_way < most ? most - p->under_way : 0;
    uint32_t free_orders = MOST_ORDERS - p->orders, orders = free_now / PLAYER_PIECE;
    if (!orders && !p->under_way)
        orders = 1; /* of a very low rate */
    return (orders < free_orders ? orders : free_orders) * PLAYER_PIECE;
}

typedef bool (*player_condition)(const struct player *p);

static bool is_ready(const struct player *p)
{
    return p->ready;
}

static bool is_done(const struct player *p)
{
    return p->done;
}

static bool has_room(const struct player *p)
{
    return room_of(p) > 0;
}

static enum status tell_hung(struct err *e)
{
    return err_set(e, STATUS_DEVICE,
                   "The sound device has taken no sound for %d seconds. Look whether the sound "
                   "server still runs.",
                   LOST_SECONDS);
}

/* Takes reports until the condition holds. Naps are counted rather than time, so that a program
 * stopped by Ctrl-Z does not lose its device. */
static enum status wait_for(struct player *p, player_condition holds, struct err *e)
{
    for (int naps = 0; naps < LOST_SECONDS * MS_PER_SECOND / NAP_MS;) {
        if (stop_asked(p))
            return stopped(e);
        bool got;
        enum status status = receive_report(p, &got, e);
        if (status)
            return status;
        if (holds(p))
            return STATUS_OK;
        if (got)
            naps = 0;
        else
            naps += poll(&(struct pollfd){p->fd, POLLIN, 0}, 1, NAP_MS) == 0;
    }
    return tell_hung(e);
}

/* ---- orders ---- */

static bool send_now(const struct player *p, const struct player_order *order, const int16_t *pcm)
{
    size_t bytes = (size_t)order->frames * p->format.channels * sizeof *pcm;
    struct iovec parts[] = {{(void *)(uintptr_t)order, sizeof *order},
                            {(void *)(uintptr_t)pcm, bytes}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = pcm ? 2 : 1};
    ssize_t n;
    do
        n = sendmsg(p->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    return n >= 0;
}

/* The socket seldom fills: what is queued is bounded. Any other failed send means that the other
 * end is gone, and what it said last is waiting to be read. */
static enum status send_order(struct player *p, const struct player_order *order,
                              const int16_t *pcm, struct err *e)
{
    for (int naps = 0; !send_now(p, order, pcm); naps++) {
        bool full = errno == EAGAIN || errno == ENOBUFS, got = true;
        enum status status = STATUS_OK;
        while (!status && got)
            status = receive_report(p, &got, e);
        if (status || !full)
            return status ? status : tell_end(p, e);
        if (stop_asked(p))
            return stopped(e);
        if (naps >= LOST_SECONDS * MS_PER_SECOND / NAP_MS)
            return tell_hung(e);
        poll(&(struct pollfd){p->fd, POLLOUT, 0}, 1, NAP_MS);
    }
    return STATUS_OK;
}

static enum status send_sound(struct player *p, const int16_t *pcm, uint32_t frames, struct err *e)
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

static enum status player_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct player *p = state;
    while (frames) {
        uint32_t piece = frames < PLAYER_PIECE ? frames : PLAYER_PIECE;
        enum status status = wait_for(p, has_room, e);
        if (!status)
            status = send_sound(p, pcm, piece, e);
        if (status)
            return status;
        pcm += (size_t)piece * p->format.channels;
        frames -= piece;
    }
    return STATUS_OK;
}

static enum status player_finish(void *state, struct err *e)
{
    struct player *p = state;
    struct player_order order = {ORDER_FINISH, p->generation, 0};
    enum status status = send_order(p, &order, NULL, e);
    return status ? status : wait_for(p, is_done, e);
}

/* A player that is well closes its device in good order within one piece of sound. */
static void player_close(void *state)
{
    struct player *p = state;
    int64_t end = now_ns() + LAST_WAIT_MS * ms_ns;
    shutdown(p->fd, SHUT_WR);
    for (int64_t now = now_ns(); p->process && now < end; now = now_ns()) {
        char rest;
        while (recv(p->fd, &rest, sizeof rest, MSG_DONTWAIT) > 0)
            ;
        int left = (int)((end - now) / ms_ns) + 1;
        if (poll(&(struct pollfd){p->fd, POLLRDHUP, 0}, 1, left < NAP_MS ? left : NAP_MS) > 0)
            break;
    }
    reap(p);
    close(p->fd);
    if (p->shared)
        munmap(p->shared, sizeof *p->shared);
    free(p);
}

/* ---- listening ---- */

static uint32_t player_room(void *state)
{
    return room_of(state);
}

/* A look that comes late, since the program was stopped by Ctrl-Z or the machine slept, tells
 * nothing about the device: no more than a second is counted. */
static bool is_hung(struct player *p, int64_t now)
{
    int64_t passed = p->looked_at ? now - p->looked_at : 0;
    p->looked_at = now;
    p->idle = p->ready && !p->queued ? 0 : p->idle + (passed < second_ns ? passed : second_ns);
    return p->idle > LOST_SECONDS * second_ns;
}

/* The device goes on between two reports; but what it has not taken it cannot have played. */
static uint64_t heard_by(const struct player *p, int64_t now)
{
    int64_t to_come = p->played_at + p->latency - now;
    if (to_come <= 0 || !p->played)
        return p->played;
    int64_t heard = (int64_t)p->played - to_come * p->format.rate / second_ns;
    return heard > (int64_t)p->heard ? (uint64_t)heard : p->heard;
}

static enum status player_look(void *state, uint64_t *heard, struct err *e)
{
    struct player *p = state;
    bool got = !p->done; /* then the end of the process is no news */
    while (got) {
        enum status status = receive_report(p, &got, e);
        if (status)
            return status;
        got = got && !p->done;
    }
    int64_t now = now_ns();
    p->heard = heard_by(p, now);
    *heard = p->heard;
    return is_hung(p, now) ? tell_hung(e) : STATUS_OK;
}

/* The order only wakes a process that waits for orders: where it cannot be sent, others are there
 * to wake it. */
static void player_cut(void *state)
{
    struct player *p = state;
    p->generation = atomic_fetch_add(&p->shared->generation, 1) + 1;
    p->under_way = 0;
    p->written = p->played = p->heard = 0;
    send_now(p, &(struct player_order){ORDER_CUT, p->generation, 0}, NULL);
}

static int player_descriptor(void *state, int *timeout_ms)
{
    const struct player *p = state;
    int most = !p->ready ? STARTING_LOOK_MS : p->heard < p->written ? LOOK_MS : -1;
    if (most >= 0 && (*timeout_ms < 0 || *timeout_ms > most))
        *timeout_ms = most;
    return p->fd;
}

/* ---- what only a player can do ---- */

enum status sink_player_devices(device_told each, void *user, struct err *e)
{
    struct player *p = mem_zalloc(sizeof *p);
    p->told = each;
    p->user = user;
    enum status status = start(p, "", e);
    if (status) {
        free(p);
        return status;
    }
    status = wait_for(p, is_done, e);
    player_close(p);
    return status;
}

enum status sink_player_probe(const char *device, const struct sink_format *format, struct err *e)
{
    void *state;
    enum status status = player_open(&state, device, format, e);
    if (status)
        return status;
    status = wait_for(state, is_ready, e);
    player_close(state);
    return status;
}

uint32_t sink_player_underflows(const void *state)
{
    const struct player *p = state;
    return p->underruns;
}

pid_t sink_player_process(const void *state)
{
    const struct player *p = state;
    return p->process;
}

static void player_volume(void *state, uint32_t percent)
{
    struct player *p = state;
    atomic_store(&p->shared->volume, percent);
}

static const struct sink_live player_live = {
    player_room, player_look, player_cut, player_descriptor, player_volume, sink_player_underflows};

const struct sink_driver sink_player = {
    .name = "player",
    .open = player_open,
    .write = player_write,
    .finish = player_finish,
    .close = player_close,
    .live = &player_live,
};
