#include "cli/module_trial.h"

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

extern char **environ;

enum { TRIAL_MS = 10000, MOST_ANSWER_BYTES = 4 << 20 };

static const char talk[] = "INIT\nAUDIO\naudio_output_method=server\n.\n"
                           "SPEAK\n<speak>Xin chào.</speak>\n.\n";

struct trial {
    pid_t pid;
    int to, from;
    struct buf answers;
};

static bool start_trial(struct trial *t, const char *program)
{
    int in[2], out[2];
    if (pipe(in) != 0)
        return false;
    if (pipe(out) != 0) {
        close(in[0]);
        close(in[1]);
        return false;
    }
    char *const argv[] = {(char *)(uintptr_t)program, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    for (int i = 0; i < 2; i++) {
        posix_spawn_file_actions_addclose(&actions, in[i]);
        posix_spawn_file_actions_addclose(&actions, out[i]);
    }
    bool started = posix_spawn(&t->pid, program, &actions, NULL, argv, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    t->to = in[1];
    t->from = out[0];
    return started;
}

/* Reads until the message has ended, the program has, or the time is over. */
static void listen_to_trial(struct trial *t)
{
    int64_t until = clock_now_ns() + (int64_t)TRIAL_MS * CLOCK_NS_PER_MS;
    struct pollfd from = {.fd = t->from, .events = POLLIN};
    char bytes[4096];
    while (t->answers.n < MOST_ANSWER_BYTES) {
        int64_t left = until - clock_now_ns();
        if (left <= 0 || poll(&from, 1, (int)(left / CLOCK_NS_PER_MS) + 1) < 0)
            return;
        if (!from.revents)
            continue;
        ssize_t n = read(t->from, bytes, sizeof bytes);
        if (n <= 0)
            return;
        buf_add(&t->answers, bytes, (size_t)n);
        if (sv_find(buf_sv(&t->answers), SV("\n702 END\n")) >= 0)
            return;
    }
}

static void end_trial(struct trial *t)
{
    close(t->to);
    close(t->from);
    kill(t->pid, SIGKILL);
    waitpid(t->pid, NULL, 0);
}

/* The line of an answer that tells what is wrong: "399-...". */
static void add_fault(struct sv answers, struct buf *why)
{
    for (struct sv rest = answers; rest.p;) {
        struct sv line = sv_cut(&rest, '\n');
        if (sv_starts(line, SV("399-")))
            buf_add_sv(why, sv_from(line, 4));
    }
}

bool module_trial(const char *program, struct buf *why)
{
    struct trial t = {.answers = BUF_INIT};
    if (!start_trial(&t, program))
        return false;
    /* It fits into the pipe. */
    bool sent = write(t.to, talk, sizeof talk - 1) == (ssize_t)sizeof talk - 1;
    if (sent)
        listen_to_trial(&t);
    end_trial(&t);
    struct sv answers = buf_sv(&t.answers);
    bool sounded =
        sv_find(answers, SV("\n705 AUDIO\n")) >= 0 && sv_find(answers, SV("\n702 END\n")) >= 0;
    if (!sounded)
        add_fault(answers, why);
    buf_free(&t.answers);
    return sounded;
}
