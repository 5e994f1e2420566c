/*
 * Types at a program that runs in a terminal of its own (a pseudo-terminal of 80 x 24), as a
 * listener does, and measures how soon it is heard.
 *
 *   typist keys MS KEY... -- COMMAND...
 *       Types the keys (a character, or LEFT RIGHT UP DOWN PGUP PGDN HOME END SPACE ENTER ESC
 *       BACKSPACE) one after another, MS milliseconds apart, the first once something is shown.
 *   typist random SEED MS SECONDS -- COMMAND...
 *       Types random keys of a listener for so long, then q. Questions are answered now and then.
 *   typist answered RUNS CAPTURE -- COMMAND...
 *       CAPTURE as below. Types SPACE again and again, waits each time until silence, or sound, is
 *       captured, and prints "silence" and "sound". How long that takes does not matter; after a
 *       minute without an answer the exit code is 98.
 *   typist heard RUNS CAPTURE -- COMMAND...
 *       CAPTURE is a shell command that writes what is heard to its standard output, as 16-bit mono
 *       at 44,100 Hz. Types SPACE again and again; prints the median and the longest time in
 *       milliseconds from the key to the first captured sample of silence, and from the key to the
 *       first sample of sound.
 *
 * What the program shows goes to standard output (not with `heard` and `answered`); its standard
 * error is ours. The exit code is the program's.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    CAPTURE_RATE = 44100,
    LOUD = 64,
    MOST_RUNS = 100,
    /* No pause between two sentences is as long. */
    LONG_SILENCE = 2 * CAPTURE_RATE,
    ANSWER_MS = 60 * 1000,
    NO_ANSWER = 98,
};

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "typist: %s: %s\n", what, strerror(errno));
    exit(99);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

struct program {
    pid_t pid;
    int terminal;
    bool shows; /* what it shows goes to standard output */
    bool shown; /* it has shown something */
    bool ended;
};

/* In a pseudo-terminal; standard error stays ours. */
static void start(struct program *p, char **command)
{
    int error = dup(STDERR_FILENO);
    struct winsize size = {24, 80, 0, 0};
    p->pid = forkpty(&p->terminal, NULL, NULL, &size);
    if (p->pid < 0)
        die("forkpty");
    if (p->pid == 0) {
        dup2(error, STDERR_FILENO);
        close(error);
        execvp(command[0], command);
        die(command[0]);
    }
    close(error);
}

/* Takes what it shows; the end of the terminal is its end. */
static void take_shown(struct program *p)
{
    char bytes[4096];
    ssize_t n = read(p->terminal, bytes, sizeof bytes);
    if (n <= 0) {
        p->ended = true;
        return;
    }
    p->shown = true;
    if (p->shows && write(STDOUT_FILENO, bytes, (size_t)n) < 0)
        p->shows = false;
}

/* Lets it run for so long. */
static void watch(struct program *p, double ms)
{
    double until = now_ms() + ms;
    for (double left; !p->ended && (left = until - now_ms()) > 0;) {
        struct pollfd fd = {p->terminal, POLLIN, 0};
        if (poll(&fd, 1, (int)left + 1) > 0)
            take_shown(p);
    }
}

static void await_shown(struct program *p)
{
    for (int i = 0; i < 2000 && !p->shown && !p->ended; i++)
        watch(p, 10);
}

static int finish(struct program *p)
{
    int status = 0;
    while (!p->ended)
        watch(p, 100);
    while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static const struct {
    const char *name, *bytes;
} named[] = {
    {"LEFT", "\033[D"},  {"RIGHT", "\033[C"},   {"UP", "\033[A"},   {"DOWN", "\033[B"},
    {"PGUP", "\033[5~"}, {"PGDN", "\033[6~"},   {"SPACE", " "},     {"ENTER", "\r"},
    {"ESC", "\033"},     {"BACKSPACE", "\177"}, {"HOME", "\033[H"}, {"END", "\033[F"},
};

static void type(struct program *p, const char *key)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(key, named[i].name) == 0)
            key = named[i].bytes;
    if (!p->ended && write(p->terminal, key, strlen(key)) < 0)
        p->ended = true;
}

static int type_keys(char **args, char **command)
{
    struct program p = {.shows = true};
    double ms = strtod(args[0], NULL);
    start(&p, command);
    await_shown(&p);
    for (char **key = args + 1; *key; key++) {
        watch(&p, ms);
        type(&p, *key);
    }
    return finish(&p);
}

static int type_random(char **args, char **command)
{
    static const char *const keys[] = {
        "SPACE", "SPACE", "p",    "LEFT",  "RIGHT", "UP", "DOWN", "PGUP",      "PGDN", "[",
        "]",     "{",     "}",    "9",     "0",     "v",  "r",    "BACKSPACE", "s",    "e",
        "?",     "ESC",   "g",    "ENTER", "1",     "/",  "a",    "ENTER",     "<",    ">",
        "c",     "ESC",   "LEFT", "RIGHT", "DOWN",  "UP", "p",    "SPACE",     "f",    "b",
        "HOME",  "END",   "n",    "N",     "l",     "w"};
    struct program p = {.shows = true};
    uint32_t seed = (uint32_t)strtoul(args[0], NULL, 10);
    double ms = strtod(args[1], NULL), until = now_ms() + 1e3 * strtod(args[2], NULL);
    start(&p, command);
    await_shown(&p);
    while (!p.ended && now_ms() < until) {
        seed = seed * 1103515245u + 12345u;
        type(&p, keys[(seed >> 16) % (sizeof keys / sizeof *keys)]);
        watch(&p, ms);
    }
    /* Out of whatever question or page is open. */
    for (int i = 0; i < 200 && !p.ended; i++) {
        type(&p, i % 2 ? "q" : "ESC");
        watch(&p, 100);
    }
    return finish(&p);
}

/* ---- heard ---- */

struct capture {
    int from;
    double quiet_since; /* when the first sample of the present silence came; 0: it is no silence */
    double loud_at;     /* when the first sound came since this was set to 0 */
    uint32_t quiet;     /* samples of silence so far */
    bool half;
    unsigned char first;
};

static void hear(struct capture *c, int16_t sample, double at)
{
    bool loud = sample > LOUD || sample < -LOUD;
    if (!loud) {
        if (!c->quiet++)
            c->quiet_since = at;
        return;
    }
    if (c->loud_at == 0)
        c->loud_at = at;
    c->quiet = 0;
    c->quiet_since = 0;
}

/* A sample is heard when it comes out of the capture: its delay counts, too. */
static void take_heard(struct capture *c)
{
    unsigned char bytes[8192];
    ssize_t n = read(c->from, bytes, sizeof bytes);
    if (n <= 0)
        die("the capture ended");
    double at = now_ms();
    for (ssize_t i = 0; i < n; i++) {
        if (c->half)
            hear(c, (int16_t)(c->first | bytes[i] << 8), at);
        c->first = bytes[i];
        c->half = !c->half;
    }
}

static void listen_for(struct program *p, struct capture *c, double ms)
{
    double until = now_ms() + ms;
    for (double left; !p->ended && (left = until - now_ms()) > 0;) {
        struct pollfd fds[] = {{p->terminal, POLLIN, 0}, {c->from, POLLIN, 0}};
        if (poll(fds, 2, (int)left + 1) <= 0)
            continue;
        if (fds[0].revents)
            take_shown(p);
        if (fds[1].revents)
            take_heard(c);
    }
}

static bool is_silent(const struct capture *c)
{
    return c->quiet >= LONG_SILENCE;
}

static bool is_loud(const struct capture *c)
{
    return c->loud_at > 0;
}

/* Waits until the condition holds; ends the test where it never does. */
static void await(struct program *p, struct capture *c, bool (*holds)(const struct capture *),
                  const char *what)
{
    double until = now_ms() + ANSWER_MS;
    while (!holds(c) && !p->ended && now_ms() < until)
        listen_for(p, c, 50);
    if (holds(c)) {
        printf("%s\n", what);
        return;
    }
    fprintf(stderr, "typist: no %s within %d seconds\n", what, ANSWER_MS / 1000);
    kill(p->pid, SIGKILL);
    exit(NO_ANSWER);
}

static int check_answers(char **args, char **command)
{
    struct program p = {0};
    struct capture c = {0};
    long runs = strtol(args[0], NULL, 10);
    FILE *capture = popen(args[1], "r");
    if (!capture)
        die("answered RUNS CAPTURE");
    c.from = fileno(capture);
    start(&p, command);
    await_shown(&p);
    await(&p, &c, is_loud, "sound");
    for (long i = 0; i < runs; i++) {
        c.quiet = 0;
        type(&p, "SPACE");
        await(&p, &c, is_silent, "silence");
        c.loud_at = 0;
        type(&p, "SPACE");
        await(&p, &c, is_loud, "sound");
    }
    type(&p, "q");
    fflush(stdout);
    return finish(&p);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void print_times(const char *what, double *ms, int n)
{
    qsort(ms, (size_t)n, sizeof *ms, by_size);
    printf("%s %.0f %.0f\n", what, ms[n / 2], ms[n - 1]);
}

/* A key that nothing answered took at least as long as it was waited for. A silence may have begun
 * before the key: then there was nothing to wait for. */
static double answer_ms(double typed, double answered)
{
    double at = answered > 0 ? answered : now_ms();
    return at > typed ? at - typed : 0;
}

static int measure_heard(char **args, char **command)
{
    struct program p = {0};
    struct capture c = {0};
    double to_silence[MOST_RUNS], to_sound[MOST_RUNS];
    long runs = strtol(args[0], NULL, 10);
    FILE *capture = popen(args[1], "r");
    if (!capture || runs < 1 || runs > MOST_RUNS)
        die("heard RUNS CAPTURE");
    c.from = fileno(capture);
    start(&p, command);
    await_shown(&p);
    listen_for(&p, &c, 1500);
    for (int i = 0; i < runs; i++) {
        double typed = now_ms();
        type(&p, "SPACE");
        listen_for(&p, &c, 900);
        to_silence[i] = answer_ms(typed, c.quiet_since);
        typed = now_ms();
        c.loud_at = 0;
        type(&p, "SPACE");
        listen_for(&p, &c, 1100 + 37 * i % 200);
        to_sound[i] = answer_ms(typed, c.loud_at);
    }
    if (p.ended)
        die("the program ended before the last key");
    type(&p, "q");
    print_times("silence", to_silence, (int)runs);
    print_times("sound", to_sound, (int)runs);
    fflush(stdout);
    return finish(&p);
}

int main(int argc, char **argv)
{
    int split = 2;
    while (split < argc && strcmp(argv[split], "--") != 0)
        split++;
    if (split + 1 >= argc)
        die("usage: keys, random, answered or heard … -- COMMAND…");
    argv[split] = NULL;
    char **args = argv + 2, **command = argv + split + 1;
    if (strcmp(argv[1], "keys") == 0 && split > 2)
        return type_keys(args, command);
    if (strcmp(argv[1], "random") == 0 && split == 5)
        return type_random(args, command);
    if (strcmp(argv[1], "answered") == 0 && split == 4)
        return check_answers(args, command);
    if (strcmp(argv[1], "heard") == 0 && split == 4)
        return measure_heard(args, command);
    die("usage: keys, random, answered or heard … -- COMMAND…");
}
