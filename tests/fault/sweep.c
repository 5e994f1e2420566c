/*
 * sweep SHIM SAMPLES NAME OUT COMMAND...: runs the command again and again, each time with another
 * call that fails (plan.h), in an empty folder, and says what is wrong with the runs.
 *
 * SAMPLES: how many calls of each kind are tried; 0: all. NAME: of the command, for people. OUT:
 * the file that the command makes; "": none, its standard output counts. ONLY and EXCEPT in the
 * environment: how the names of the rows begin that are tried, or left out.
 *
 * A run is right if
 * - it ends by itself, with all its processes, before the watchdog bites;
 * - it exits 0 and gives the same bytes as without a fault, or exits 2 or 3 with whole sentences of
 *   the program on standard error and nothing else there, or exits 4 after a signal;
 * - exit 2 and 4 leave no file behind, and no run one beside OUT.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plan.h"

enum {
    /* Far beyond what any run takes, also on a busy machine; far less than what waits for
     * something that never comes (the pool's patience is 21 s). */
    WATCHDOG_S = 18,
    SIGNALLED = 128,
    HUNG = 1000,
};

/* What is made to fail, and how. */
static const struct row {
    enum fault_kind kind;
    int error, signal;
    bool onward, first_only;
    const char *name;
} rows[] = {
    {FAULT_MEMORY, ENOMEM, 0, false, true, "memory"},
    {FAULT_MEMORY, ENOMEM, 0, true, true, "memory from"},
    {FAULT_MEMORY, ENOMEM, 0, false, false, "memory of any process"},
    {FAULT_OPEN, EMFILE, 0, false, false, "open"},
    {FAULT_OPEN, EMFILE, 0, true, true, "open from"},
    {FAULT_READ, EIO, 0, false, false, "read"},
    {FAULT_READ, EINTR, 0, false, false, "read, interrupted"},
    {FAULT_WRITE, ENOSPC, 0, true, true, "write from"},
    {FAULT_WRITE, EIO, 0, false, true, "write"},
    {FAULT_WRITE, EINTR, 0, false, true, "write, interrupted"},
    {FAULT_SYNC, EIO, 0, false, true, "fsync"},
    {FAULT_NAME, EACCES, 0, false, true, "rename or link"},
    {FAULT_NAME, ENOSPC, 0, true, true, "rename or link from"},
    {FAULT_MMAP, ENOMEM, 0, false, false, "mmap"},
    {FAULT_FORK, EAGAIN, 0, false, false, "fork"},
    {FAULT_FORK, EAGAIN, 0, true, false, "fork from"},
    {FAULT_SOCKETPAIR, EMFILE, 0, false, false, "socketpair"},
    {FAULT_SOCKETPAIR, EMFILE, 0, true, false, "socketpair from"},
    {FAULT_MEMORY, 0, SIGTERM, false, true, "SIGTERM at a call of malloc"},
    {FAULT_OPEN, 0, SIGTERM, false, true, "SIGTERM at an open"},
    {FAULT_READ, 0, SIGTERM, false, true, "SIGTERM at a read"},
    {FAULT_WRITE, 0, SIGTERM, false, true, "SIGTERM at a write"},
    {FAULT_NAME, 0, SIGTERM, false, true, "SIGTERM at a rename or link"},
    {FAULT_FORK, 0, SIGTERM, false, true, "SIGTERM at a fork"},
};
enum { ROWS = sizeof rows / sizeof *rows };

static struct fault_plan *plan;
static char *plan_path;
static const char *shim, *name, *out_name;
static char **command;
static unsigned wrong, runs;

struct bytes {
    char *p;
    size_t n;
};

struct run {
    int code; /* of the exit; SIGNALLED + number; HUNG */
    bool left_processes;
    struct bytes out, err;
    bool has_file;
};

static void die(const char *what)
{
    fprintf(stderr, "sweep: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* ---- one run ---- */

static struct bytes read_all(const char *path)
{
    struct bytes b = {NULL, 0};
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return b;
    if (fstat(fd, &s) != 0)
        die(path);
    b.p = malloc((size_t)s.st_size + 1);
    ssize_t n = b.p ? read(fd, b.p, (size_t)s.st_size) : -1;
    if (n < 0)
        die(path);
    b.p[n] = '\0';
    b.n = (size_t)n;
    close(fd);
    return b;
}

_Noreturn static void become_command(void)
{
    if (chdir("run") != 0 || !freopen("/dev/null", "r", stdin) ||
        !freopen("../stdout", "w", stdout) || !freopen("../stderr", "w", stderr))
        _exit(99);
    signal(SIGALRM, SIG_DFL);
    setenv("DOCBAO_FAULT", plan_path, 1);
    setenv("LD_PRELOAD", shim, 1);
    execvp(command[0], command);
    _exit(99);
}

static void bite(int number)
{
    (void)number; /* it only ends a wait */
}

static void end_all_children(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *list = fopen(path, "re");
    int pid;
    while (list && fscanf(list, "%d", &pid) == 1)
        kill(pid, SIGKILL);
    if (list)
        fclose(list);
}

/* Waits for the first process and, since orphans come to this one, for all others. */
static void wait_for_all(pid_t first, struct run *r)
{
    r->code = HUNG;
    alarm(WATCHDOG_S);
    for (;;) {
        int status;
        pid_t pid = waitpid(-1, &status, 0);
        if (pid < 0 && errno == EINTR) {
            r->left_processes = r->code != HUNG;
            end_all_children();
            alarm(1);
            first = -1;
        } else if (pid < 0) {
            break;
        }
        if (pid == first)
            r->code = WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status) : WEXITSTATUS(status);
    }
    alarm(0);
}

static struct run run_once(void)
{
    struct run r = {0};
    memset(plan->calls, 0, sizeof plan->calls);
    atomic_store(&plan->failed, 0);
    runs++;
    fflush(stdout);
    pid_t pid = fork();
    if (pid < 0)
        die("fork");
    if (pid == 0)
        become_command();
    wait_for_all(pid, &r);
    char path[PATH_MAX];
    snprintf(path, sizeof path, "run/%s", out_name);
    r.has_file = *out_name && access(path, F_OK) == 0;
    r.out = read_all(*out_name ? path : "stdout");
    r.err = read_all("stderr");
    return r;
}

static void free_run(struct run *r)
{
    free(r->out.p);
    free(r->err.p);
}

/* ---- the judgement ---- */

/* Empties the folder; gives how many files but OUT were in it. */
static unsigned clear_folder(void)
{
    unsigned others = 0;
    DIR *folder = opendir("run");
    if (!folder)
        die("run");
    for (const struct dirent *d; (d = readdir(folder));) {
        if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
            continue;
        others += strcmp(d->d_name, out_name) != 0;
        if (unlinkat(dirfd(folder), d->d_name, 0) != 0)
            die(d->d_name);
    }
    closedir(folder);
    return others;
}

/* Whether each line begins as the program's messages do. */
static bool is_messages(struct bytes err)
{
    for (const char *line = err.p; line < err.p + err.n;) {
        if (strncmp(line, "docbao: ", 8) != 0)
            return false;
        const char *end = strchr(line, '\n');
        if (!end)
            return false;
        line = end + 1;
    }
    return true;
}

static const char *judge(const struct row *row, const struct run *r, const struct run *reference,
                         unsigned others)
{
    if (r->code == HUNG)
        return "hung";
    if (r->code >= SIGNALLED)
        return "crashed";
    if (r->left_processes)
        return "left a process behind";
    if (others)
        return "left a file behind";
    if (!is_messages(r->err))
        return "printed something that is no message of the program";
    if (r->code == 0) {
        bool same = r->out.n == reference->out.n &&
                    (!r->out.n || memcmp(r->out.p, reference->out.p, r->out.n) == 0);
        return same ? NULL : "succeeded with other bytes";
    }
    if (row->signal && r->code == 4)
        return r->has_file ? "was stopped and left its file" : NULL;
    if (r->code != 2 && r->code != 3)
        return "gave the wrong exit code";
    if (!r->err.n)
        return "failed without a word";
    return r->code == 2 && r->has_file ? "failed and left its file" : NULL;
}

static void tell(const struct row *row, const struct run *r, const char *why)
{
    wrong++;
    printf("%s: %s %llu: %s (code %d): %.*s\n", name, row->name, (unsigned long long)plan->n, why,
           r->code, r->err.n > 300 ? 300 : (int)r->err.n, r->err.p ? r->err.p : "");
}

/* A run without a fault. */
struct reference {
    struct run run;
    uint64_t calls[FAULT_KINDS];
};

static struct reference make_reference(bool first_only)
{
    plan->kind = FAULT_NONE;
    plan->first_only = first_only;
    struct reference reference = {.run = run_once()};
    const struct run *r = &reference.run;
    if (clear_folder() || r->code != 0 || !r->out.n) {
        printf("%s: without a fault: exit %d: %s\n", name, r->code, r->err.p ? r->err.p : "");
        exit(1);
    }
    for (size_t i = 0; i < FAULT_KINDS; i++)
        reference.calls[i] = atomic_load(&plan->calls[i]);
    return reference;
}

/* The n-th of `samples` numbers, evenly spread over 1 to `count`. */
static uint64_t spread(uint64_t i, uint64_t samples, uint64_t count)
{
    return samples < count ? 1 + i * count / samples : 1 + i;
}

static void sweep_row(const struct row *row, uint64_t samples, const struct reference *reference)
{
    uint64_t count = reference->calls[row->kind];
    uint64_t tries = samples && samples < count ? samples : count;
    for (uint64_t i = 0; i < tries; i++) {
        plan->kind = row->kind;
        plan->error = row->error;
        plan->signal = row->signal;
        plan->onward = row->onward;
        plan->first_only = row->first_only;
        plan->n = spread(i, tries, count);
        struct run r = run_once();
        const char *why = judge(row, &r, &reference->run, clear_folder());
        if (why)
            tell(row, &r, why);
        free_run(&r);
    }
}

/* ---- all of them ---- */

static void make_plan(const char *here)
{
    if (asprintf(&plan_path, "%s/plan", here) < 0)
        die("plan");
    int fd = open(plan_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, sizeof *plan) != 0)
        die(plan_path);
    plan = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (plan == MAP_FAILED || (mkdir("run", 0700) != 0 && errno != EEXIST))
        die("run");
}

int main(int argc, char **argv)
{
    if (argc < 6) {
        fprintf(stderr, "usage: sweep SHIM SAMPLES NAME OUT COMMAND...\n");
        return 1;
    }
    shim = argv[1];
    uint64_t samples = strtoull(argv[2], NULL, 10);
    name = argv[3];
    out_name = argv[4];
    command = argv + 5;
    char *here = realpath(".", NULL);
    if (!here)
        die("here");
    make_plan(here);
    clear_folder();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigaction(SIGALRM, &(struct sigaction){.sa_handler = bite}, NULL);
    struct reference of_all = make_reference(false), of_first = make_reference(true);
    for (size_t i = 0; i < ROWS; i++) {
        const char *only = getenv("ONLY"), *except = getenv("EXCEPT");
        if ((only && strncmp(rows[i].name, only, strlen(only)) != 0) ||
            (except && strncmp(rows[i].name, except, strlen(except)) == 0))
            continue;
        sweep_row(&rows[i], samples, rows[i].first_only ? &of_first : &of_all);
    }
    free_run(&of_all.run);
    free_run(&of_first.run);
    printf("%s: %u runs, %u wrong\n", name, runs, wrong);
    return wrong ? 1 : 0;
}
