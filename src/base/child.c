#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/sanitizer.h"

/* No wait is longer, so that a stop that is asked for just before a wait is not missed long. */
enum { NAP_MS = 50 };

/* ---- in the child ---- */

/* Libraries print to the terminal, which is the parent's. */
enum { LAST_DETACHED = SANITIZER ? STDOUT_FILENO : STDERR_FILENO };

/* A pipe that is held open here would never end for the parent. */
void child_detach_files(int *channel)
{
    int fd = fcntl(*channel, F_DUPFD_CLOEXEC, CHILD_CHANNEL + 1);
    int nothing = open("/dev/null", O_RDWR);
    for (int i = 0; i <= LAST_DETACHED && nothing >= 0; i++)
        dup2(nothing, i);
    if (fd < 0 || dup3(fd, CHILD_CHANNEL, O_CLOEXEC) < 0)
        _exit(1);
    *channel = CHILD_CHANNEL;
    if (close_range(CHILD_CHANNEL + 1, ~0U, 0) == 0)
        return;
    long limit = sysconf(_SC_OPEN_MAX);
    for (int i = CHILD_CHANNEL + 1; i < limit; i++)
        close(i);
}

/* Beyond them are the real-time signals, which nothing here handles. */
enum { LAST_SIGNAL = SIGSYS };

static bool is_fault(int number)
{
    return number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL ||
           number == SIGABRT;
}

void child_detach_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGTSTP};
    for (int number = 1; number <= LAST_SIGNAL; number++)
        if (!SANITIZER || !is_fault(number))
            signal(number, SIG_DFL);
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Whether memory is short: the call before failed for this reason, or a little more is refused. */
static bool lacks_memory(void)
{
    enum { LITTLE = 1 << 20 };
    bool refused = errno == ENOMEM;
    void *some = mmap(NULL, LITTLE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (some == MAP_FAILED)
        return true;
    munmap(some, LITTLE);
    return refused;
}

static void end_by_fault(int number)
{
    if (number == SIGTRAP || lacks_memory())
        _exit(MEM_EXIT_CODE);
    signal(number, SIG_DFL);
    raise(number);
}

void child_tell_lack_of_memory(void)
{
    static const int numbers[] = {SIGABRT, SIGTRAP, SIGSEGV};
    errno = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && !SANITIZER; i++)
        signal(numbers[i], end_by_fault);
}

void child_settle(int channel, pid_t parent, const char *name)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    prctl(PR_SET_NAME, name);
    child_detach_files(&channel);
    child_detach_signals();
}

/* _exit: the parent's buffers and exit handlers are not this process's. */
_Noreturn static void run_child(const struct child_plan *plan, int channel, pid_t parent)
{
    child_settle(channel, parent, plan->name);
    if (plan->prepare)
        plan->prepare(plan->with);
    sandbox_enter(&plan->sandbox);
    plan->work(plan->with);
    _exit(0);
}

/* ---- in the parent ---- */

bool child_start(struct child *c, const struct child_plan *plan)
{
    int ends[2];
    if (!channel_pair(ends))
        return false;
    pid_t parent = getpid();
    c->pid = fork();
    if (c->pid == 0)
        run_child(plan, ends[1], parent);
    int why = errno;
    close(ends[1]);
    c->channel = ends[0];
    if (c->pid > 0)
        return true;
    close(ends[0]);
    errno = why;
    return false;
}

static bool wants_stop(const struct child_wait *wait)
{
    return (wait->stop && *wait->stop) || (wait->cancel && atomic_load(wait->cancel));
}

static int nap_before(int64_t deadline_ns, int64_t now_ns)
{
    int64_t left_ms = (deadline_ns - now_ns + CLOCK_NS_PER_MS - 1) / CLOCK_NS_PER_MS;
    return left_ms < NAP_MS ? (int)left_ms : NAP_MS;
}

enum child_news child_receive(struct child *c, void *head, size_t size, struct buf *body,
                              const struct child_wait *wait)
{
    for (;;) {
        enum channel_result result = channel_receive(c->channel, head, size, body, NULL, false);
        if (result != CHANNEL_WOULD_BLOCK)
            return result == CHANNEL_DONE ? CHILD_MESSAGE : CHILD_ENDED;
        if (wants_stop(wait))
            return CHILD_STOPPED;
        int64_t now_ns = clock_now_ns();
        if (now_ns >= wait->deadline_ns)
            return CHILD_LATE;
        poll(&(struct pollfd){c->channel, POLLIN, 0}, 1, nap_before(wait->deadline_ns, now_ns));
    }
}

void child_dismiss(struct child *c)
{
    close(c->channel);
    kill(c->pid, SIGKILL);
}

int child_reap(struct child *c)
{
    int how = 0;
    while (c->pid > 0 && waitpid(c->pid, &how, 0) < 0 && errno == EINTR)
        ;
    c->pid = 0;
    return how;
}

int child_end(struct child *c)
{
    child_dismiss(c);
    return child_reap(c);
}
