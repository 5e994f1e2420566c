#include "synth/zygote.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/child.h"
#include "base/module.h"
#include "base/vec.h"
#include "base/sandbox.h"
#include "synth/link.h"
#include "synth/restore.h"
#include "synth/worker.h"

enum { IDENTIFIER_SECONDS = 2 };

/* A worker that was asked for. */
struct job {
    uint64_t worker;
    uint32_t ring;
    bool at_once;
    int socket; /* the worker's end, until it is forked */
    pid_t pid;  /* 0 until it is forked */
};

struct zygote {
    const struct zygote_plan *plan;
    int link;
    VEC(struct job) jobs; /* in the order asked for */
    sigset_t outside;     /* the signal mask while it waits: SIGCHLD arrives only then */
    bool once;            /* each worker speaks one sentence */
    pid_t identifier;     /* the process that finds out what runs here; 0: none */
};

static pid_t wait_for_process(pid_t pid, int *status)
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

/* Ends the worker, if it runs, and waits until it is gone, because its ring is used again. */
static int job_kill(struct job *job)
{
    int status = 0;
    if (job->pid > 0) {
        kill(job->pid, SIGKILL);
        wait_for_process(job->pid, &status);
    }
    return status;
}

static void send_caller(struct zygote *z, const struct link_message *message, struct sv text)
{
    if (link_send(z->link, message, text, -1, true) != CHANNEL_DONE)
        _exit(0);
}

static void tell_ended(struct zygote *z, const struct job *job, int status)
{
    const struct link_message ended = {
        .kind = LINK_ENDED, .ring = job->ring, .worker = job->worker, .value = status};
    send_caller(z, &ended, (struct sv){NULL, 0});
}

/* For an engine that is apart. */
static void confine_apart(const struct zygote_plan *plan)
{
    struct buf paths = BUF_INIT;
    VEC(const char *) list = {0};
    if (plan->engine->add_readable)
        plan->engine->add_readable(plan->settings->voice, &paths);
    for (size_t i = 0; i < paths.n; i += strlen(paths.p + i) + 1)
        *vec_push(&list) = paths.p + i;
    *vec_push(&list) = NULL;
    sandbox_enter(&(struct sandbox_plan){.kind = SANDBOX_PROGRAM, .readable = list.at});
    vec_free(&list);
    buf_free(&paths);
}

/* From now on this process, and those that it starts, can do no more than speak. */
static void confine(const struct zygote_plan *plan, enum sandbox_kind kind)
{
    struct buf folder = BUF_INIT;
    if (plan->engine->add_folder)
        plan->engine->add_folder(&folder);
    const char *const readable[] = {folder.n ? folder.p : NULL, NULL};
    sandbox_enter(&(struct sandbox_plan){.kind = kind, .readable = readable});
    buf_free(&folder);
}

/* A crashed engine must not write into what belongs to others. */
static void keep_only_ring(const struct zygote_plan *plan, uint32_t ring)
{
    if (ring > 0)
        rings_unmap(plan->rings, ring);
    if (ring + 1 < plan->ring_count)
        rings_unmap(plan->rings + ring + 1, plan->ring_count - ring - 1);
}

_Noreturn static void become_worker(struct zygote *z, const struct job *job)
{
#ifdef __linux__
    /* No core files of a crash that is expected and handled; no life after the zygote. */
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    bool apart = z->plan->engine->apart;
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_SETMASK, &z->outside, NULL);
    if (!apart)
        close(z->link);
    for (size_t i = 0; i < z->jobs.n; i++)
        if (z->jobs.at[i].socket >= 0 && z->jobs.at[i].socket != job->socket)
            close(z->jobs.at[i].socket);
    keep_only_ring(z->plan, job->ring);
    if (apart)
        confine_apart(z->plan);
    else
        confine(z->plan, SANDBOX_WORKER);
    worker_run(&(struct worker_plan){
        .engine = z->plan->engine,
        .ring = &z->plan->rings[job->ring],
        .socket = job->socket,
        .deadline_ms = z->plan->deadline_ms,
        .batch = z->plan->batch,
        .once = z->once,
        .cancels = z->plan->cancels,
        .settings = apart ? z->plan->settings : NULL,
        .link = z->link,
    });
}

static void fork_worker(struct zygote *z, struct job *job)
{
    ring_reset(&z->plan->rings[job->ring], job->worker);
    pid_t pid = fork();
    if (pid == 0)
        become_worker(z, job);
    close(job->socket);
    job->socket = -1;
    job->pid = pid;
}

/* Starts the workers that may start. If fork fails, the worker is reported to have ended with code
 * 1. */
static void start_workers(struct zygote *z)
{
    size_t running = 0;
    for (size_t i = 0; i < z->jobs.n; i++)
        running += z->jobs.at[i].pid > 0;
    for (size_t i = 0; i < z->jobs.n; i++) {
        struct job *job = &z->jobs.at[i];
        if (job->pid > 0 || (running >= z->plan->jobs && !job->at_once))
            continue;
        fork_worker(z, job);
        if (job->pid > 0) {
            running++;
            continue;
        }
        tell_ended(z, job, 1 << 8);
        job_forget(z, i--);
    }
}

static void begin_once(struct zygote *z)
{
    const struct link_message once = {.kind = LINK_ONCE};
    if (!z->once)
        send_caller(z, &once, (struct sv){NULL, 0});
    z->once = true;
}

static void send_build(struct zygote *z, struct sv build)
{
    const struct link_message message = {.kind = LINK_BUILD};
    send_caller(z, &message, build);
}

/* In a process of its own, because the state of this one decides the sound. */
_Noreturn static void run_identifier(struct zygote *z)
{
    struct buf build = BUF_INIT;
    sigprocmask(SIG_SETMASK, &z->outside, NULL);
    alarm(IDENTIFIER_SECONDS);
    module_add_builds(&build);
    if (z->plan->engine->identify)
        z->plan->engine->identify(z->plan->settings, &build);
    if (build.n > CHANNEL_MOST / 2)
        _exit(1);
    send_build(z, buf_sv(&build));
    _exit(0);
}

static void start_identifier(struct zygote *z)
{
    z->identifier = fork();
    if (z->identifier == 0)
        run_identifier(z);
    if (z->identifier < 0)
        send_build(z, (struct sv){NULL, 0});
}

static void reap_workers(struct zygote *z)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == z->identifier && status != 0)
            send_build(z, (struct sv){NULL, 0});
        for (size_t i = 0; i < z->jobs.n; i++)
            if (z->jobs.at[i].pid == pid) {
                if (WIFEXITED(status) && WEXITSTATUS(status) == WORKER_NOT_RESTORABLE)
                    begin_once(z);
                tell_ended(z, &z->jobs.at[i], status);
                job_forget(z, i);
                break;
            }
    }
}

/* Ends one worker, or all (NULL). */
static void drop_workers(struct zygote *z, const uint64_t *worker)
{
    for (size_t i = z->jobs.n; i-- > 0;) {
        struct job job = z->jobs.at[i];
        if (worker && job.worker != *worker)
            continue;
        int status = job_kill(&job);
        if (worker)
            tell_ended(z, &job, status);
        job_forget(z, i);
    }
}

static void add_job(struct zygote *z, const struct link_message *m, int socket)
{
    if (socket < 0 || m->ring >= z->plan->ring_count) {
        if (socket >= 0)
            close(socket);
        return;
    }
    /* The caller uses a ring again only when it is done with the worker that had it. */
    for (size_t i = z->jobs.n; i-- > 0;)
        if (z->jobs.at[i].ring == m->ring) {
            job_kill(&z->jobs.at[i]);
            job_forget(z, i);
        }
    *vec_push(&z->jobs) = (struct job){m->worker, m->ring, m->value != 0, socket, 0};
}

static void read_requests(struct zygote *z)
{
    struct link_message m;
    int socket;
    enum channel_result got;
    while ((got = link_receive(z->link, &m, NULL, &socket, false)) == CHANNEL_DONE) {
        if (m.kind == LINK_WORKER)
            add_job(z, &m, socket);
        else if (m.kind == LINK_DROP)
            drop_workers(z, &m.worker);
        else if (m.kind == LINK_DROP_ALL)
            drop_workers(z, NULL);
    }
    if (got == CHANNEL_CLOSED) {
        drop_workers(z, NULL);
        _exit(0);
    }
}

static void note_child_end(int number)
{
    (void)number; /* it only ends the wait */
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

/* Loads the engine here, for the workers. */
static void start_engine(struct zygote *z)
{
    struct err e = ERR_INIT;
    uint32_t rate = 0;
    restore_prepare();
    errno = 0;
    enum status status = z->plan->engine->start(z->plan->settings, &rate, &e);
    if (errno == ENOMEM) /* as in a worker; the keeper starts another */
        mem_exhausted();
    struct link_message ready = {.kind = LINK_READY, .value = rate};
    if (status != STATUS_OK)
        ready = (struct link_message){.kind = LINK_FAILED, .value = status};
    send_caller(z, &ready, buf_sv(&e.message));
    if (status != STATUS_OK)
        _exit(1);
}

_Noreturn static void zygote_run(const struct zygote_plan *plan, int link)
{
    struct zygote z = {.plan = plan, .link = link};
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    /* Before the engine starts: a thread of the engine must not take the signal. */
    watch_child_ends(&z);
    if (!plan->engine->apart)
        start_engine(&z);
    if (plan->identify)
        start_identifier(&z);
    if (!plan->engine->apart) {
        if (!restore_is_possible())
            begin_once(&z);
        confine(plan, SANDBOX_ZYGOTE);
    }
    for (;;) {
        struct pollfd wanted = {.fd = link, .events = POLLIN};
        ppoll(&wanted, 1, NULL, &z.outside);
        reap_workers(&z);
        read_requests(&z);
        start_workers(&z);
    }
}

/* ---- the keeper ---- */

/* Ends the zygote, its workers and their programs, which share a process group, and waits for all
 * of them: Linux gives orphans to the keeper. A program that has left the group, as it could where
 * no calls are filtered, is not waited for. */
static void end_zygote(pid_t zygote)
{
    if (zygote <= 0)
        return;
    kill(-zygote, SIGKILL);
    kill(zygote, SIGKILL);
    while (wait_for_process(-zygote, NULL) > 0)
        ;
}

static pid_t start_zygote(const struct zygote_plan *plan, int link)
{
    int ends[2];
    struct link_message started = {.kind = LINK_STARTED};
    if (!channel_pair(ends)) {
        link_send(link, &started, (struct sv){NULL, 0}, -1, true);
        return -1;
    }
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
    child_detach_signals();
    child_detach_files(&link);
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
    pid_t zygote = plan->on_demand ? -1 : start_zygote(plan, link);
    struct link_message m;
    while (link_receive(link, &m, NULL, NULL, true) == CHANNEL_DONE) {
        end_zygote(zygote);
        zygote = start_zygote(plan, link);
    }
    end_zygote(zygote);
    _exit(0);
}
