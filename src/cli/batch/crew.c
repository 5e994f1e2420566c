#include "cli/batch/crew.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/message.h"
#include "base/system_text.h"

enum {
    TICK_MS = 100,
    STOP_MS = 5000, /* to tidy up */
    NOTHING = -1,
};

struct hand {
    struct child child; /* pid 0: none */
    int64_t index;      /* of the source it works on, or NOTHING */
};

struct crew {
    const struct work *work;
    const struct crew_client *client;
    VEC(struct hand) hands;
    uint32_t next; /* of the sources */
    bool stopping;
    int64_t deadline_ns; /* when stopping */
};

/* ---- in the processes ---- */

static void work_until_end(const struct work *work)
{
    uint32_t index;
    while (channel_receive(CHILD_CHANNEL, &index, sizeof index, NULL, NULL, true) == CHANNEL_DONE) {
        struct result r;
        result_init(&r);
        r.head.index = index;
        bool goes_on =
            index < work->sources->all.n && work_on(work, &r) && result_send(&r, CHILD_CHANNEL);
        result_free(&r);
        if (!goes_on)
            break;
    }
}

/* SIGTERM, by which the parent stops it, is taken as the program takes it. */
_Noreturn static void run_hand(const struct work *work, int channel, pid_t parent)
{
    struct sigaction stop;
    bool known = sigaction(SIGTERM, NULL, &stop) == 0;
    *work->cli->on_signal = SIGNAL_ONLY_STOPS;
    child_settle(channel, parent, "docbao-batch");
    if (known)
        sigaction(SIGTERM, &stop, NULL);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow fails as on a full disk */
    work_until_end(work);
    _exit(0);
}

/* ---- in the parent ---- */

static bool start_hand(const struct crew *crew, struct hand *hand)
{
    int ends[2];
    *hand = (struct hand){.index = NOTHING};
    if (!channel_pair(ends))
        return false;
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0)
        run_hand(crew->work, ends[1], parent);
    int why = errno;
    close(ends[1]);
    if (pid < 0)
        close(ends[0]);
    else
        hand->child = (struct child){pid, ends[0]};
    errno = why;
    return pid > 0;
}

static bool is_there(const struct hand *hand)
{
    return hand->child.pid > 0;
}

static bool is_busy(const struct hand *hand)
{
    return is_there(hand) && hand->index != NOTHING;
}

static void describe_end(struct buf *message, int how)
{
    if (WIFEXITED(how) && WEXITSTATUS(how) == MEM_EXIT_CODE)
        buf_add_message(message, "The memory ran out.");
    else if (WIFSIGNALED(how))
        buf_add_message(message, "The process that worked on it was ended by signal %d (%s).",
                        WTERMSIG(how), system_signal(WTERMSIG(how)));
    else
        buf_add_message(message, "The process that worked on it ended unexpectedly.");
}

static void stop(struct crew *crew);

static void give_result(struct crew *crew, const struct result *r)
{
    if (!crew->client->take(crew->client->user, r))
        stop(crew);
}

/* It is gone: so is its article. */
static void bury(struct crew *crew, struct hand *hand)
{
    int how = child_end(&hand->child);
    if (hand->index == NOTHING || crew->stopping)
        return;
    struct result r;
    result_init(&r);
    r.head.index = (uint32_t)hand->index;
    describe_end(&r.texts[RESULT_MESSAGE], how);
    hand->index = NOTHING;
    give_result(crew, &r);
    result_free(&r);
}

/* Gives the hand the next article. False: there is none, or it is gone. */
static void give_work(struct crew *crew, struct hand *hand)
{
    uint32_t index = crew->next;
    struct sv head = {(const char *)&index, sizeof index};
    if (!is_there(hand) && !start_hand(crew, hand))
        return;
    crew->client->begin(crew->client->user, index);
    crew->next++;
    hand->index = index;
    channel_send(hand->child.channel, head, (struct sv){NULL, 0}, -1, true);
}

static void listen_to(struct crew *crew, struct hand *hand)
{
    struct result r;
    struct buf body = BUF_INIT;
    result_init(&r);
    enum channel_result came =
        channel_receive(hand->child.channel, &r.head, sizeof r.head, &body, NULL, false);
    if (came == CHANNEL_DONE && r.head.index == hand->index && result_take(&r, buf_sv(&body))) {
        hand->index = NOTHING;
        give_result(crew, &r);
    } else if (came != CHANNEL_WOULD_BLOCK) {
        bury(crew, hand);
    }
    buf_free(&body);
    result_free(&r);
}

/* Those that do nothing end when their channel does. */
static void stop(struct crew *crew)
{
    if (crew->stopping)
        return;
    crew->stopping = true;
    crew->deadline_ns = clock_now_ns() + (int64_t)STOP_MS * CLOCK_NS_PER_MS;
    for (size_t i = 0; i < crew->hands.n; i++)
        if (is_busy(&crew->hands.at[i]))
            kill(crew->hands.at[i].child.pid, SIGTERM);
}

static bool is_at_work(const struct crew *crew)
{
    for (size_t i = 0; i < crew->hands.n; i++)
        if (is_busy(&crew->hands.at[i]))
            return true;
    return false;
}

/* Waits for one of them, or a tick. */
static void await_hands(struct crew *crew)
{
    VEC(struct pollfd) fds = {NULL, 0, 0};
    for (size_t i = 0; i < crew->hands.n; i++)
        if (is_busy(&crew->hands.at[i]))
            *vec_push(&fds) = (struct pollfd){crew->hands.at[i].child.channel, POLLIN, 0};
    int came = poll(fds.at, (nfds_t)fds.n, TICK_MS);
    for (size_t i = 0, at = 0; came > 0 && i < crew->hands.n; i++) {
        struct hand *hand = &crew->hands.at[i];
        if (is_busy(hand) && at < fds.n && fds.at[at++].revents)
            listen_to(crew, hand);
    }
    vec_free(&fds);
}

/* Whether it has begun all that it shall. */
static bool has_work(const struct crew *crew)
{
    return !crew->stopping && crew->next < crew->work->sources->all.n;
}

static bool run(struct crew *crew)
{
    for (;;) {
        for (size_t i = 0; i < crew->hands.n && has_work(crew); i++)
            if (!is_busy(&crew->hands.at[i]))
                give_work(crew, &crew->hands.at[i]);
        if (!is_at_work(crew))
            return !has_work(crew);
        await_hands(crew);
        if (*crew->work->cli->stop)
            stop(crew);
        if (crew->stopping && clock_now_ns() > crew->deadline_ns)
            return true;
        crew->client->tick(crew->client->user);
    }
}

enum crew_end crew_run(const struct work *work, uint32_t count, const struct crew_client *client)
{
    struct crew crew = {.work = work, .client = client};
    for (uint32_t i = 0; i < count; i++)
        *vec_push(&crew.hands) = (struct hand){.index = NOTHING};
    bool ran = run(&crew);
    int why = errno;
    for (size_t i = 0; i < crew.hands.n; i++)
        if (is_there(&crew.hands.at[i]))
            child_end(&crew.hands.at[i].child);
    vec_free(&crew.hands);
    errno = why;
    return !ran ? CREW_CANNOT_START : crew.stopping ? CREW_STOPPED : CREW_DONE;
}
