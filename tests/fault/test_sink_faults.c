/* The sinks when the disk is full, the reader goes away, the caller stops … */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sink/sink.h"

enum { PIECE = 4096, ENOUGH = 200 };

static volatile sig_atomic_t stop; /* a signal handler can set nothing else */

static const struct sink_format mono = {22050, 1, NULL};
static const struct sink_format stoppable = {22050, 1, &stop};
static const char *const endings[] = {"a.wav", "a.flac", "a.ogg", "a.opus", "a.mp3", "a.m4a"};

static int enter_folder(void **state)
{
    char name[] = "/tmp/docbao-fault-XXXXXX";
    if (!mkdtemp(name) || chdir(name) != 0 || chmod(".", 0777) != 0)
        return -1;
    *state = strdup(name);
    return 0;
}

static int count_entries(const char *folder, bool removing)
{
    int n = 0;
    DIR *d = opendir(folder);
    for (struct dirent *entry; (entry = readdir(d));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        n++;
        if (removing && unlinkat(dirfd(d), entry->d_name, 0) != 0)
            unlinkat(dirfd(d), entry->d_name, AT_REMOVEDIR);
    }
    closedir(d);
    return n;
}

static int leave_folder(void **state)
{
    count_entries(".", true);
    int failure = chdir("/") || rmdir(*state);
    free(*state);
    return failure;
}

static void write_old(const char *path)
{
    FILE *f = fopen(path, "w");
    fputs("old", f);
    fclose(f);
}

static bool is_old(const char *path)
{
    char text[8] = "";
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, text, sizeof text);
    close(fd);
    return n == 3 && memcmp(text, "old", 3) == 0;
}

/* A noise, so that no format makes it small. */
static enum status write_noise(void *state, struct err *e)
{
    static const uint32_t step = 1664525u, more = 1013904223u;
    int16_t pcm[PIECE];
    uint32_t noise = 1;
    enum status status = STATUS_OK;
    for (int i = 0; i < ENOUGH && !status; i++) {
        for (int k = 0; k < PIECE; k++) {
            noise = noise * step + more;
            pcm[k] = (int16_t)((int32_t)(noise >> 16) % 16000);
        }
        status = sink_file.write(state, pcm, PIECE, e);
    }
    return status;
}

/* The status of a whole save; the error stays in `e`. */
static enum status save(const char *path, const struct sink_format *format, struct err *e)
{
    void *state;
    enum status status = sink_file.open(&state, path, format, e);
    if (status)
        return status;
    status = write_noise(state, e);
    if (!status)
        status = sink_file.finish(state, e);
    sink_file.close(state);
    return status;
}

static bool says(const struct err *e, const char *text)
{
    return strstr(e->message.p, text) != NULL;
}

/* Runs `check` in a process of its own, which may change its own limits, user or descriptors. */
static void in_child(bool (*check)(void))
{
    pid_t child = fork();
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL); /* the test framework would go on with the next test here */
        _exit(check() ? 0 : 1);
    }
    int how;
    waitpid(child, &how, 0);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), 0);
}

/* ---- destinations that cannot be written ---- */

static void a_missing_folder_is_named(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    assert_int_equal(save("none/a.wav", &mono, &e), STATUS_OUTPUT);
    assert_true(says(&e, "none/a.wav") && says(&e, strerror(ENOENT)));
    err_free(&e);
}

static void a_folder_is_no_destination(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    assert_int_equal(mkdir("d.wav", 0700), 0);
    assert_int_equal(save("d.wav", &mono, &e), STATUS_OUTPUT);
    assert_true(says(&e, "d.wav") && says(&e, strerror(EISDIR)));
    assert_int_equal(save("new/", &mono, &e), STATUS_OUTPUT);
    assert_int_equal(count_entries(".", false), 1);
    err_free(&e);
}

static void a_loop_of_links_ends(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    assert_int_equal(symlink("b.wav", "a.wav"), 0);
    assert_int_equal(symlink("a.wav", "b.wav"), 0);
    assert_int_equal(save("a.wav", &mono, &e), STATUS_OUTPUT);
    assert_true(says(&e, strerror(ELOOP)));
    err_free(&e);
}

static bool without_permission(void)
{
    struct err e = ERR_INIT;
    write_old("old.wav");
    if (chmod("old.wav", 0444) != 0 || mkdir("closed", 0555) != 0)
        return false;
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return false;
    bool right = save("old.wav", &mono, &e) == STATUS_OUTPUT && says(&e, strerror(EACCES)) &&
                 is_old("old.wav");
    right = right && save("closed/a.wav", &mono, &e) == STATUS_OUTPUT &&
            says(&e, strerror(EACCES)) && says(&e, "closed/a.wav");
    err_free(&e);
    return right && count_entries(".", false) == 2 && count_entries("closed", false) == 0;
}

static void permissions_are_kept(void **unused)
{
    (void)unused;
    in_child(without_permission);
}

static bool with_closed_output(void)
{
    struct err e = ERR_INIT;
    close(STDOUT_FILENO);
    bool right = save("-", &mono, &e) == STATUS_OUTPUT && says(&e, strerror(EBADF));
    err_free(&e);
    return right;
}

static void a_closed_standard_output_is_told(void **unused)
{
    (void)unused;
    in_child(with_closed_output);
}

/* ---- a disk that fills ---- */

static void a_full_device_is_told(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    assert_int_equal(save("/dev/full", &mono, &e), STATUS_OUTPUT);
    assert_true(says(&e, "/dev/full") && says(&e, strerror(ENOSPC)));
    err_free(&e);
}

/* Every format, at every size: where the header, the sound or the end of the file is cut. */
static bool with_small_files(void)
{
    static const rlim_t sizes[] = {0, 10, 60, 5000, 100000};
    struct err e = ERR_INIT;
    signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < 4; i++)
        write_old(endings[i]);
    bool right = true;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct rlimit limit = {sizes[s], RLIM_INFINITY};
        setrlimit(RLIMIT_FSIZE, &limit);
        for (size_t i = 0; i < 4; i++) {
            enum status status = save(endings[i], &mono, &e);
            right = right && status == STATUS_OUTPUT && says(&e, strerror(EFBIG)) &&
                    says(&e, endings[i]) && is_old(endings[i]);
        }
    }
    err_free(&e);
    return right && count_entries(".", false) == 4;
}

static void a_file_cut_short_leaves_the_old_one(void **unused)
{
    (void)unused;
    in_child(with_small_files);
}

/* Whether this process may now mount, seen by no other process. */
static bool may_mount(void)
{
    struct buf map = BUF_INIT;
    buf_addf(&map, "0 %u 1", (unsigned)geteuid());
    bool root = geteuid() == 0;
    bool may = unshare(root ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) == 0;
    if (may && !root) {
        int fd = open("/proc/self/uid_map", O_WRONLY);
        may = fd >= 0 && write(fd, map.p, map.n) == (ssize_t)map.n;
        close(fd);
    }
    buf_free(&map);
    return may && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

/* A disk of 64 KiB, where the system lets us mount one; else there is nothing to test here. */
static bool on_a_full_disk(void)
{
    if (!may_mount() || mkdir("disk", 0700) != 0 ||
        mount("none", "disk", "tmpfs", 0, "size=64k") != 0)
        return true;
    struct err e = ERR_INIT;
    write_old("disk/a.flac");
    bool right = save("disk/a.flac", &mono, &e) == STATUS_OUTPUT && says(&e, strerror(ENOSPC)) &&
                 is_old("disk/a.flac") && count_entries("disk", false) == 1;
    err_free(&e);
    return right;
}

static void a_full_disk_leaves_the_old_file(void **unused)
{
    (void)unused;
    in_child(on_a_full_disk);
}

/* ---- readers that go, and stops ---- */

static bool with_a_gone_reader(void)
{
    int ends[2];
    struct err e = ERR_INIT;
    signal(SIGPIPE, SIG_IGN);
    if (pipe(ends) != 0)
        return false;
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    bool right = save("-", &mono, &e) == STATUS_STOPPED && says(&e, "went away");
    err_free(&e);
    return right;
}

static void a_reader_that_goes_away_is_a_stop(void **unused)
{
    (void)unused;
    in_child(with_a_gone_reader);
}

static void on_alarm(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

static void stop_soon(void)
{
    stop = 0;
    signal(SIGALRM, on_alarm);
    setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {0, 30000}}, NULL);
}

static void a_stop_ends_the_wait_for_a_reader(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    stop_soon();
    assert_int_equal(save("pipe", &stoppable, &e), STATUS_STOPPED);
    err_free(&e);
}

static void a_stop_ends_the_wait_for_a_slow_reader(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    int reader = open("pipe", O_RDONLY | O_NONBLOCK); /* which never reads */
    stop_soon();
    assert_int_equal(save("pipe", &stoppable, &e), STATUS_STOPPED);
    close(reader);
    err_free(&e);
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(a_missing_folder_is_named),
        in_folder(a_folder_is_no_destination),
        in_folder(a_loop_of_links_ends),
        in_folder(permissions_are_kept),
        in_folder(a_closed_standard_output_is_told),
        in_folder(a_full_device_is_told),
        in_folder(a_file_cut_short_leaves_the_old_one),
        in_folder(a_full_disk_leaves_the_old_file),
        in_folder(a_reader_that_goes_away_is_a_stop),
        in_folder(a_stop_ends_the_wait_for_a_reader),
        in_folder(a_stop_ends_the_wait_for_a_slow_reader),
    };
    return cmocka_run_group_tests_name("sink_faults", tests, NULL, NULL);
}
