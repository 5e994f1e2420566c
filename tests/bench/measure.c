/*
 * Times and weighs programs, for tests/bench/run.
 *
 *   bench_measure pair RUNS WHAT COMMAND... -- WHAT COMMAND...
 *       Runs the two by turns, RUNS times each (A B A B ...), and prints the two medians in
 *       milliseconds, then the median of A / B over the rounds. By turns, so that whatever else
 *       the machine does weighs on both alike.
 *       WHAT is  wall   until the program has ended
 *                first  until its standard output has given more than a WAV header (44 bytes);
 *                       the program is then ended
 *                other  the number of that name in a JSON line on its standard error
 *   bench_measure rss COMMAND...
 *       Prints the peak resident memory, in megabytes, of the largest single process among the
 *       program and all processes under it that were waited for.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/vec.h"

extern char **environ;

enum { WAV_HEADER = 44 };

struct side {
    const char *what;
    char **command; /* NULL-terminated */
    VEC(double) ms;
};

static _Noreturn void die(const char *what, const char *detail)
{
    fprintf(stderr, "bench_measure: %s: %s\n", what, detail);
    exit(1);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Starts the command; descriptor `wanted` (1 or 2, or 0 for none) goes to a pipe whose reading
 * end is returned in *from. Standard input, and standard output if not wanted, are /dev/null. */
static pid_t start(char **command, int wanted, int *from)
{
    int ends[2] = {-1, -1};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    if (wanted != 1)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    if (wanted) {
        if (pipe2(ends, O_CLOEXEC))
            die("pipe", strerror(errno));
        posix_spawn_file_actions_adddup2(&actions, ends[1], wanted);
    }
    pid_t pid = 0;
    int error = posix_spawnp(&pid, command[0], &actions, NULL, command, environ);
    if (error)
        die(command[0], strerror(error));
    posix_spawn_file_actions_destroy(&actions);
    if (wanted)
        close(ends[1]);
    *from = ends[0];
    return pid;
}

static void finish(pid_t pid, const char *name, struct rusage *usage, bool any_end)
{
    int status = 0;
    while (wait4(pid, &status, 0, usage) < 0)
        if (errno != EINTR)
            die("wait", strerror(errno));
    if (!any_end && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        die(name, "did not end well");
}

static double time_wall(const struct side *s)
{
    int from;
    struct rusage usage;
    double begin = now_ms();
    finish(start(s->command, 0, &from), s->command[0], &usage, false);
    return now_ms() - begin;
}

static double time_first(const struct side *s)
{
    int from;
    struct rusage usage;
    char bytes[4096];
    size_t seen = 0;
    double begin = now_ms();
    pid_t pid = start(s->command, 1, &from);
    while (seen <= WAV_HEADER) {
        ssize_t n = read(from, bytes, sizeof bytes);
        if (n <= 0)
            die(s->command[0], "ended without any sound on its standard output");
        seen += (size_t)n;
    }
    double took = now_ms() - begin;
    kill(pid, SIGTERM);
    close(from);
    finish(pid, s->command[0], &usage, true);
    return took;
}

/* The number behind "key": in the text. */
static double json_number(struct sv text, const char *key)
{
    struct buf quoted = BUF_INIT;
    buf_addf(&quoted, "\"%s\"", key);
    ptrdiff_t at = sv_find(text, buf_sv(&quoted));
    if (at < 0)
        die("no such number on standard error", key);
    const char *p = text.p + at + quoted.n;
    buf_free(&quoted);
    p += strspn(p, " :");
    char *end = NULL;
    double value = strtod(p, &end);
    if (end == p)
        die("no number behind", key);
    return value;
}

static double read_number(const struct side *s)
{
    int from;
    struct rusage usage;
    struct buf said = BUF_INIT;
    char bytes[4096];
    pid_t pid = start(s->command, 2, &from);
    ssize_t n;
    while ((n = read(from, bytes, sizeof bytes)) > 0)
        buf_add(&said, bytes, (size_t)n);
    close(from);
    finish(pid, s->command[0], &usage, false);
    double value = json_number(buf_sv(&said), s->what);
    buf_free(&said);
    return value;
}

static double run_once(struct side *s, bool keep)
{
    double ms;
    if (!strcmp(s->what, "wall"))
        ms = time_wall(s);
    else if (!strcmp(s->what, "first"))
        ms = time_first(s);
    else
        ms = read_number(s);
    if (keep)
        *vec_push(&s->ms) = ms;
    return ms;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, size_t n)
{
    qsort(values, n, sizeof *values, by_size);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static int measure_pair(char **args)
{
    struct side sides[2] = {{0}};
    VEC(double) ratios = {0};
    char *end = NULL;
    long runs = strtol(args[0], &end, 10);
    if (runs < 1 || *end)
        die("no number of runs", args[0]);
    char **p = args + 1;
    for (int i = 0; i < 2; i++) {
        if (!p[0] || !p[1])
            die("usage", "pair RUNS WHAT COMMAND... -- WHAT COMMAND...");
        sides[i].what = p[0];
        sides[i].command = ++p;
        while (*p && strcmp(*p, "--") != 0)
            p++;
        if (*p)
            *p++ = NULL;
    }
    /* Once unmeasured, so that files and libraries are in memory for both. */
    for (long run = -1; run < runs; run++) {
        double a = run_once(&sides[0], run >= 0), b = run_once(&sides[1], run >= 0);
        if (run >= 0)
            *vec_push(&ratios) = a / b;
    }
    printf("%.3f %.3f %.3f\n", median(sides[0].ms.at, sides[0].ms.n),
           median(sides[1].ms.at, sides[1].ms.n), median(ratios.at, ratios.n));
    vec_free(&ratios);
    vec_free(&sides[0].ms);
    vec_free(&sides[1].ms);
    return 0;
}

static int measure_rss(char **command)
{
    int from;
    struct rusage usage = {0};
    finish(start(command, 0, &from), command[0], &usage, false);
    printf("%.1f\n", (double)usage.ru_maxrss / 1024); /* Linux counts in KiB */
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 3 && !strcmp(argv[1], "pair"))
        return measure_pair(argv + 2);
    if (argc > 2 && !strcmp(argv[1], "rss"))
        return measure_rss(argv + 2);
    die("usage", "pair RUNS WHAT COMMAND... -- WHAT COMMAND... | rss COMMAND...");
}
