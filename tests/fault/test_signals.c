/*
 * A signal at any moment from the very first: once the program has begun, it ends with code 4 and
 * leaves no file; before that the system ends it, and nothing is begun.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/replacement.h"

enum { EXIT_BY_SIGNAL = 4, MOMENTS = 24, STEP_NS = 300000 };

struct place {
    char folder[sizeof "/tmp/docbao-signals-XXXXXX"];
    struct buf article, sounds, sound;
};

static void make_place(struct place *p)
{
    *p = (struct place){.folder = "/tmp/docbao-signals-XXXXXX"};
    struct buf text = BUF_INIT;
    assert_non_null(mkdtemp(p->folder));
    p->article = p->sounds = p->sound = BUF_INIT;
    buf_addf(&p->article, "%s/a.txt", p->folder);
    buf_addf(&p->sounds, "%s/sounds", p->folder);
    buf_addf(&p->sound, "%s/a.wav", p->sounds.p);
    for (int i = 0; i < 5000; i++) /* far longer than any of the moments */
        buf_adds(&text, "Chợ họp sớm hôm nay, cá tươi.\n");
    assert_true(file_replace(p->article.p, buf_sv(&text)));
    assert_int_equal(mkdir(p->sounds.p, 0700), 0);
    buf_free(&text);
}

static void remove_place(struct place *p)
{
    unlink(p->article.p);
    rmdir(p->sounds.p);
    rmdir(p->folder);
    buf_free(&p->article);
    buf_free(&p->sounds);
    buf_free(&p->sound);
}

static unsigned files_in(const char *folder)
{
    unsigned count = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (const struct dirent *entry; (entry = readdir(d));)
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    closedir(d);
    return count;
}

/* Starts to save the article, and returns once the program is no longer this one. */
static pid_t start(const struct place *p)
{
    int running[2];
    char byte;
    assert_int_equal(pipe2(running, O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0) {
        int nothing = open("/dev/null", O_RDWR);
        for (int i = 0; i <= STDERR_FILENO; i++)
            dup2(nothing, i);
        execl(DOCBAO_PROGRAM, DOCBAO_PROGRAM, "save", "--no-cache", p->article.p, "-o", p->sound.p,
              (char *)NULL);
        _exit(99);
    }
    assert_true(pid > 0);
    close(running[1]);
    assert_int_equal(read(running[0], &byte, 1), 0);
    close(running[0]);
    return pid;
}

/* Whether the process handles the signal: it has begun. (Or it has ended.) */
static bool handles(pid_t pid, int number)
{
    unsigned long long caught = 0;
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *status = fopen(path, "re");
    while (status && fgets(line, sizeof line, status)) {
        if (strncmp(line, "State:\tZ", 8) == 0)
            caught = ~0ULL;
        sscanf(line, "SigCgt: %llx", &caught);
    }
    if (status)
        fclose(status);
    return caught >> (number - 1) & 1;
}

static void wait_until(int64_t moment_ns)
{
    while (clock_now_ns() < moment_ns)
        ;
}

static void expect_end(const struct place *p, pid_t pid, int number, bool begun)
{
    int how;
    kill(pid, number);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    bool ended = WIFEXITED(how) && WEXITSTATUS(how) == EXIT_BY_SIGNAL;
    bool before = !begun && WIFSIGNALED(how) && WTERMSIG(how) == number;
    if (!ended && !before)
        fail_msg("signal %d: wait status %#x", number, (unsigned)how);
    assert_int_equal(files_in(p->sounds.p), 0);
}

static void signals_at_any_moment(void **state)
{
    (void)state;
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct place place;
    make_place(&place);
    for (int i = 0; i < 2 * MOMENTS; i++) {
        bool begun = i % 2;
        int number = numbers[i % 3];
        pid_t pid = start(&place);
        while (begun && !handles(pid, number))
            ;
        wait_until(clock_now_ns() + i / 2 * (int64_t)STEP_NS);
        expect_end(&place, pid, number, begun);
    }
    remove_place(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(signals_at_any_moment)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
