#include "synth/command/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/message.h"
#include "base/system_text.h"

enum {
    COMPLAINT_MOST = 500,
    READS_AT_ONCE = 16, /* a pipe full: of a program that never stops it is enough */
    ENDING_MS = 500,    /* a program that closes its output is about to end */
};

void process_init(struct process *p)
{
    *p = (struct process){.in = -1, .out = -1, .err = -1};
    p->complaint = p->ending = BUF_INIT;
}

void process_be_patient(struct process *p, uint64_t ms)
{
    p->waited_ms = 0;
    p->patience_ms = ms;
}

/* ---- starting ---- */

struct pipes {
    int in[2], out[2], err[2], failed[2];
};

static void close_pipe(int ends[2])
{
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

static bool make_pipes(struct pipes *pipes)
{
    int(*const all[])[2] = {&pipes->in, &pipes->out, &pipes->err, &pipes->failed};
    *pipes = (struct pipes){{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (pipe2(*all[i], O_CLOEXEC) != 0) {
            for (size_t k = 0; k < i; k++)
                close_pipe(*all[k]);
            return false;
        }
    return true;
}

/* The signals that the pool ignores would stay ignored in the program. Those of the terminal go to
 * its group, in which the program is not. */
static void reset_signals(void)
{
    static const int numbers[] = {SIGTERM, SIGPIPE, SIGHUP, SIGQUIT, SIGALRM, SIGCHLD};
    sigset_t none;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

_Noreturn static void become_program(const struct pipes *pipes, char *const *arguments)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    reset_signals();
    if (dup2(pipes->in[0], STDIN_FILENO) >= 0 && dup2(pipes->out[1], STDOUT_FILENO) >= 0 &&
        dup2(pipes->err[1], STDERR_FILENO) >= 0)
        execv(arguments[0], arguments);
    int why = errno;
    ssize_t n = write(pipes->failed[1], &why, sizeof why);
    _exit(n > 0 ? 127 : 126);
}

/* 0: it runs; else the errno of its start. */
static int start_result(struct pipes *pipes)
{
    int why = 0;
    ssize_t n;
    close(pipes->failed[1]);
    pipes->failed[1] = -1;
    do
        n = read(pipes->failed[0], &why, sizeof why);
    while (n < 0 && errno == EINTR);
    return n == sizeof why ? why : 0;
}

static void take_pipes(struct process *p, const struct pipes *pipes)
{
    close(pipes->in[0]);
    close(pipes->out[1]);
    close(pipes->err[1]);
    close(pipes->failed[0]);
    p->in = pipes->in[1];
    p->out = pipes->out[0];
    p->err = pipes->err[0];
    const int ends[] = {p->in, p->out, p->err};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
}

bool process_start(struct process *p, char *const *arguments)
{
    struct pipes pipes;
    buf_clear(&p->complaint);
    buf_clear(&p->ending);
    if (!make_pipes(&pipes))
        return false;
    p->pid = fork();
    if (p->pid == 0)
        become_program(&pipes, arguments);
    int why = p->pid > 0 ? start_result(&pipes) : errno;
    take_pipes(p, &pipes);
    if (!why)
        return true;
    process_end(p);
    errno = why;
    return false;
}

/* ---- standard error ---- */

static void read_complaints(struct process *p)
{
    char bytes[4096];
    ssize_t n = -1;
    if (p->err < 0)
        return;
    for (unsigned reads = 0; reads < READS_AT_ONCE; reads++) {
        n = read(p->err, bytes, sizeof bytes);
        if (n <= 0)
            break;
        buf_add(&p->complaint, bytes, (size_t)n);
    }
    if (p->complaint.n > COMPLAINT_MOST)
        buf_drop(&p->complaint, p->complaint.n - COMPLAINT_MOST);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
        close(p->err);
        p->err = -1;
    }
}

/* ---- waiting ---- */

static uint64_t ms_since(int64_t begin_ns)
{
    return (uint64_t)((clock_now_ns() - begin_ns) / CLOCK_NS_PER_MS);
}

/* Waits until something can be done with `fd`, at most `most_ms`. False: the time is over. By the
 * clock, because a program that prints without end to standard error ends each wait at once. */
static bool wait_for(struct process *p, int fd, short events, uint64_t most_ms)
{
    int64_t begin_ns = clock_now_ns();
    uint64_t left_ms = p->patience_ms > p->waited_ms ? p->patience_ms - p->waited_ms : 0;
    uint64_t limit_ms = most_ms < left_ms ? most_ms : left_ms, waited = 0;
    bool ready = false;
    while (!ready && (waited = ms_since(begin_ns)) < limit_ms) {
        struct pollfd wanted[] = {{fd, events, 0}, {p->err, POLLIN, 0}};
        uint64_t rest = limit_ms - waited;
        int n = poll(wanted, 2, rest > INT32_MAX ? INT32_MAX : (int)rest);
        if (n > 0 && wanted[1].revents)
            read_complaints(p);
        ready = n > 0 && wanted[0].revents;
    }
    p->waited_ms += ms_since(begin_ns);
    return ready;
}

static bool is_not_now(ssize_t n)
{
    return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

enum process_result process_write(struct process *p, struct sv bytes)
{
    while (bytes.n) {
        ssize_t n = write(p->in, bytes.p, bytes.n);
        if (n > 0)
            bytes = sv_from(bytes, (size_t)n);
        else if (!is_not_now(n))
            return PROCESS_CLOSED;
        else if (!wait_for(p, p->in, POLLOUT, UINT64_MAX))
            return PROCESS_LATE;
    }
    return PROCESS_DONE;
}

void process_finish_input(struct process *p)
{
    if (p->in >= 0)
        close(p->in);
    p->in = -1;
}

enum process_result process_read(struct process *p, size_t most, uint64_t silence_ms,
                                 struct buf *to)
{
    for (;;) {
        buf_reserve(to, most);
        ssize_t n = read(p->out, to->p + to->n, most);
        if (n > 0) {
            to->n += (size_t)n;
            to->p[to->n] = '\0';
            return PROCESS_DONE;
        }
        if (!is_not_now(n))
            return PROCESS_CLOSED;
        if (!wait_for(p, p->out, POLLIN, silence_ms))
            return PROCESS_LATE;
    }
}

/* ---- the end ---- */

/* Waits a moment for a program that is ending by itself, so that it can be told how. */
static int reap(pid_t pid)
{
    int status = 0;
    for (int ms = 0; ms < ENDING_MS; ms += 5) {
        if (waitpid(pid, &status, WNOHANG) == pid)
            return status;
        poll(NULL, 0, 5);
    }
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

/* The last line of standard error that is not empty. */
static struct sv last_complaint(const struct process *p)
{
    struct sv rest = buf_sv(&p->complaint), last = {"", 0};
    while (rest.p) {
        struct sv line = sv_trim(sv_cut(&rest, '\n'));
        last = line.n ? line : last;
    }
    return last;
}

static void say_ending(struct process *p, int status)
{
    struct sv printed = last_complaint(p);
    bool by_signal = WIFSIGNALED(status);
    int number = by_signal ? WTERMSIG(status) : WEXITSTATUS(status);
    buf_clear(&p->ending);
    if (by_signal && printed.n)
        buf_add_message(&p->ending, "the program was ended by signal %d (%s); it printed: %.*s",
                        number, system_signal(number), SV_ARG(printed));
    else if (by_signal)
        buf_add_message(&p->ending, "the program was ended by signal %d (%s)", number,
                        system_signal(number));
    else if (printed.n)
        buf_add_message(&p->ending, "the program left with code %d; it printed: %.*s", number,
                        SV_ARG(printed));
    else
        buf_add_message(&p->ending, "the program left with code %d", number);
}

void process_end(struct process *p)
{
    int status = 0;
    process_finish_input(p);
    if (p->out >= 0)
        close(p->out);
    if (p->pid > 0)
        status = reap(p->pid);
    read_complaints(p);
    if (p->pid > 0)
        say_ending(p, status);
    if (p->err >= 0)
        close(p->err);
    p->pid = 0;
    p->out = p->err = -1;
}

void process_free(struct process *p)
{
    buf_free(&p->complaint);
    buf_free(&p->ending);
}
