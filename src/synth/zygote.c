#include "synth/zygote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/vec.h"
#include "synth/child.h"
#include "synth/link.h"

/* A unit that waits for its child (pid 0) or has it. */
struct job {
    uint64_t unit;
    uint32_t slot;
    bool at_once;
    int socket; /* the child's end, until it is forked */
    pid_t pid;
};

struct zygote {
    const struct zygote_plan *plan;
    int link;
    VEC(struct job) jobs; /* in the order asked for */
    sigset_t outside;     /* the signal mask while it waits: child ends are told only then */
};

/* The sound and engine libraries print to the terminal, which is the caller's. Sanitizers report
 * there too: what they find must be seen. */
static bool keeps_stderr(void)
{
#if defined(__SANITIZE_ADDRESS__)
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    return true;
#else
    return false;
#endif
#else
    return false;
#endif
}

static void detach_files(int link)
{
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; null >= 0 && fd <= (keeps_stderr() ? 1 : 2); fd++)
        dup2(null, fd);
    /* Whatever else is open (a pipe the caller writes to, another pool's link) must not be held
     * open by processes that know nothing of it. */
    long limit = sysconf(_SC_OPEN_MAX);
#ifdef __linux__
    if (link > 3 && close_range(3, (unsigned)link - 1, 0) == 0 &&
        close_range((unsigned)link + 1, ~0u, 0) == 0)
        return;
#endif
    for (int fd = 3; fd < limit; fd++)
        if (fd != link)
            close(fd);
}

static bool is_fault(int number)
{
    return number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL ||
           number == SIGABRT;
}

/* The caller's handlers mean nothing here (sanitizers' handlers for faults do). */
static void detach_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGTSTP};
    for (int number = 1; number < NSIG; number++)
        if (!is_fault(number))
            signal(number, SIG_DFL);
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static pid_t wait_for(pid_t pid, int *status)
{
    pid_t got;
    do
        got = waitpid(pid, status, 0);
    while (got < 0 && errno == EINTR);
    return got;
}

/* ---- the zygote ---- */

static void job_forget(struct zygote *z, size_t i)
{
    if (z->jobs.at[i].socket >= 0)
        close(z->jobs.at[i].socket);
    memmove(&z->jobs.at[i], &z->jobs.at[i + 1], (z->jobs.n - i - 1) * sizeof *z->jobs.at);
    z->jobs.n--;
}

/* Ends the job's child, if it has one, and waits until it is gone: its slot is used again. */
static int job_kill(struct job *job)
{
    int status = 0;
    if (job->pid > 0) {
        kill(job->pid, SIGKILL);
        wait_for(job->pid, &status);
    }
    return status;
}

static void tell(struct zygote *z, const struct link_message *message, struct sv text)
{
    if (link_send(z->link, message, text, -1, true) != LINK_DONE)
        _exit(0);
}

static void tell_ended(struct zygote *z, const struct job *job, int status)
{
    const struct link_message ended = {
        .kind = LINK_ENDED, .slot = job->slot, .unit = job->unit, .value = status};
    tell(z, &ended, (struct sv){NULL, 0});
}

/* A crashed engine must not write into what belongs to others. */
static void keep_only_slot(const struct zygote_plan *plan, uint32_t slot)
{
    if (slot > 0)
        munmap(plan->slots, slot * sizeof(struct slot));
    if (slot + 1 < plan->slot_count)
        munmap(plan->slots + slot + 1, (plan->slot_count - slot - 1) * sizeof(struct slot));
}

_Noreturn static void become_child(struct zygote *z, const struct job *job)
{
#ifdef __linux__
    /* No core files of a crash that is expected and handled; no life after the zygote. */
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_SETMASK, &z->outside, NULL);
    close(z->link);
    for (size_t i = 0; i < z->jobs.n; i++)
        if (z->jobs.at[i].socket >= 0 && z->jobs.at[i].socket != job->socket)
            close(z->jobs.at[i].socket);
    keep_only_slot(z->plan, job->slot);
    child_run(z->plan->engine, &z->plan->slots[job->slot], job->socket, z->plan->deadline_ms);
}

static void start_child(struct zygote *z, struct job *job)
{
    slot_reset(&z->plan->slots[job->slot], job->unit);
    pid_t pid = fork();
    if (pid == 0)
        become_child(z, job);
    close(job->socket);
    job->socket = -1;
    job->pid = pid;
}

/* Starts what may start. A fork that fails is told as a child that ended with code 1. */
static void start_children(struct zygote *z)
{
    size_t running = 0;
    for (size_t i = 0; i < z->jobs.n; i++)
        running += z->jobs.at[i].pid > 0;
    for (size_t i = 0; i < z->jobs.n; i++) {
        struct job *job = &z->jobs.at[i];
        if (job->pid > 0 || (running >= z->plan->jobs && !job->at_once))
            continue;
        start_child(z, job);
        if (job->pid > 0) {
            running++;
            continue;
        }
        tell_ended(z, job, 1 << 8);
        job_forget(z, i--);
    }
}

static void reap_children(struct zygote *z)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        for (size_t i = 0; i < z->jobs.n; i++)
            if (z->jobs.at[i].pid == pid) {
                tell_ended(z, &z->jobs.at[i], status);
                job_forget(z, i);
                break;
            }
}

/* Ends the jobs of one unit, or of all (NULL). */
static void drop(struct zygote *z, const uint64_t *unit)
{
    for (size_t i = z->jobs.n; i-- > 0;) {
        struct job job = z->jobs.at[i];
        if (unit && job.unit != *unit)
            continue;
        int status = job_kill(&job);
        if (unit)
            tell_ended(z, &job, status);
        job_forget(z, i);
    }
}

static void add_job(struct zygote *z, const struct link_message *m, int socket)
{
    if (socket < 0 || m->slot >= z->plan->slot_count) {
        if (socket >= 0)
            close(socket);
        return;
    }
    /* The caller gives a slot away only when it is done with who had it. */
    for (size_t i = z->jobs.n; i-- > 0;)
        if (z->jobs.at[i].slot == m->slot) {
            job_kill(&z->jobs.at[i]);
            job_forget(z, i);
        }
    *vec_push(&z->jobs) = (struct job){m->unit, m->slot, m->value != 0, socket, 0};
}

static void read_requests(struct zygote *z)
{
    struct link_message m;
    int socket;
    enum link_result got;
    while ((got = link_receive(z->link, &m, NULL, &socket, false)) == LINK_DONE) {
        if (m.kind == LINK_UNIT)
            add_job(z, &m, socket);
        else if (m.kind == LINK_DROP)
            drop(z, &m.unit);
        else if (m.kind == LINK_DROP_ALL)
            drop(z, NULL);
    }
    if (got == LINK_CLOSED) {
        drop(z, NULL);
        _exit(0);
    }
}

static void note_child_end(int number)
{
    (void)number; /* it only has to end the wait */
}

static void watch_child_ends(struct zygote *z)
{
    struct sigaction action = {.sa_handler = note_child_end};
    sigaction(SIGCHLD, &action, NULL);
    sigset_t child_end;
    sigemptyset(&child_end);
    sigaddset(&child_end, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_end, &z->outside);
}

_Noreturn static void zygote_run(const struct zygote_plan *plan, int link)
{
    struct zygote z = {.plan = plan, .link = link};
    struct err e = ERR_INIT;
    uint32_t rate = 0;
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    /* Before the engine starts: a thread that it makes must not take the signal from the wait. */
    watch_child_ends(&z);
    enum status status = plan->engine->start(plan->settings, &rate, &e);
    struct link_message ready = {.kind = LINK_READY, .value = rate};
    if (status != STATUS_OK)
        ready = (struct link_message){.kind = LINK_FAILED, .value = status};
    tell(&z, &ready, buf_sv(&e.message));
    if (status != STATUS_OK)
        _exit(1);
    for (;;) {
        struct pollfd wanted = {.fd = link, .events = POLLIN};
        ppoll(&wanted, 1, NULL, &z.outside);
        reap_children(&z);
        read_requests(&z);
        start_children(&z);
    }
}

/* ---- the keeper ---- */

/* Ends the zygote and all of its children. They have a process group of their own, and where the
 * system lets orphans come to the keeper, it sees every one of them go. */
static void end_zygote(pid_t zygote)
{
    if (zygote <= 0)
        return;
    kill(-zygote, SIGKILL);
    kill(zygote, SIGKILL);
    while (wait_for(-1, NULL) > 0)
        ;
}

static pid_t start_zygote(const struct zygote_plan *plan, int link)
{
    int ends[2];
    struct link_message started = {.kind = LINK_STARTED};
    if (!link_pair(ends))
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        close(link);
        close(ends[0]);
        zygote_run(plan, ends[1]);
    }
    if (pid > 0)
        setpgid(pid, pid);
    close(ends[1]);
    started.value = pid;
    link_send(link, &started, (struct sv){NULL, 0}, pid > 0 ? ends[0] : -1, true);
    close(ends[0]);
    return pid;
}

_Noreturn void keeper_run(const struct zygote_plan *plan, int link)
{
    setpgid(0, 0);
    detach_signals();
    detach_files(link);
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
    pid_t zygote = start_zygote(plan, link);
    struct link_message m;
    while (link_receive(link, &m, NULL, NULL, true) == LINK_DONE) {
        end_zygote(zygote);
        zygote = start_zygote(plan, link);
    }
    end_zygote(zygote);
    _exit(0);
}
