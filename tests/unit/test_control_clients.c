/* --control: its socket, and programs that come, go, and do not read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "control_remote.h"

/* ---- how they go ---- */

static void half_closed(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    say(p, &r, "{\"command\": \"play\", \"id\": 1}\n{\"command\": \"pause\", \"id\": 2}");
    hear_exactly(p, &r, "{\"ok\": true, \"id\": 1}");
    hear_nothing(p, &r); /* the line is not whole */
    shutdown(r.fd, SHUT_WR);
    hear_exactly(p, &r, "{\"ok\": true, \"id\": 2}");
    hear_nothing(p, &r);
    p->status.player.playing = DOCBAO_PAUSED;
    control_status(p->control, &p->status);
    hear_event(p, &r, "state");
    struct pollfd fds[CONTROL_MOST_DESCRIPTORS];
    assert_int_equal(control_descriptors(p->control, fds), 2);
    assert_int_equal(fds[1].events, 0);
    leave(&r);
    serve(p);
    assert_int_equal(control_descriptors(p->control, fds), 1);
}

/* A script that sends and goes, without a look at what it is told. */
static void gone_at_once(void **state)
{
    struct player *p = *state;
    for (int greeted = 0; greeted < 2; greeted++) {
        struct remote r = connect_to(p);
        if (greeted)
            serve(p);
        p->asked = 0;
        struct buf many = BUF_INIT;
        for (int i = 0; i < 1000; i++)
            buf_adds(&many, "{\"command\": \"sentence\"}\n");
        buf_adds(&many, "{\"command\": \"pause\"}");
        assert_int_equal(send(r.fd, many.p, many.n, MSG_DONTWAIT), many.n);
        buf_free(&many);
        leave(&r);
        serve(p);
        assert_int_equal(p->asked, 1001);
        assert_int_equal(p->request.command, COMMAND_pause);
        struct pollfd fds[CONTROL_MOST_DESCRIPTORS];
        assert_int_equal(control_descriptors(p->control, fds), 1);
    }
}

/* ---- many clients ---- */

static void one_more_than_there_is_room_for(void **state)
{
    enum { MOST = CONTROL_MOST_DESCRIPTORS - 1 };
    struct player *p = *state;
    struct remote r[MOST], late = {0};
    struct pollfd fds[CONTROL_MOST_DESCRIPTORS];
    for (int i = 0; i < MOST; i++)
        r[i] = come(p);
    assert_int_equal(control_descriptors(p->control, fds), CONTROL_MOST_DESCRIPTORS);
    for (int round = 0; round < 3; round++) {
        bool ended;
        late = connect_to(p);
        hear_error(p, &late, "16 programs");
        assert_null(listen_more(&late, &ended));
        assert_true(ended);
        leave(&late);
    }
    for (int i = 0; i < MOST; i++) {
        say(p, &r[i], "{\"command\": \"play\"}\n");
        hear_exactly(p, &r[i], "{\"ok\": true}");
    }
    leave(&r[3]);
    serve(p);
    r[3] = come(p);
    for (int i = 0; i < MOST; i++) {
        hear_nothing(p, &r[i]);
        leave(&r[i]);
    }
}

/* Without this, the client that waits to be accepted would wake the player for ever. */
static void no_descriptor_left(void **state)
{
    enum { LIMIT = 64 };
    struct player *p = *state;
    struct rlimit before, low;
    struct remote r = connect_to(p);
    int taken[LIMIT], count = 0;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    low = before;
    low.rlim_cur = LIMIT;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
    while ((taken[count] = dup(STDIN_FILENO)) >= 0)
        count++;
    serve(p);
    while (count)
        close(taken[--count]);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    json_t *line = listen_more(&r, NULL);
    assert_non_null(json_object_get(line, "error"));
    json_decref(line);
    leave(&r);
    r = come(p);
    leave(&r);
}

/* Waits for whom it must, and for nobody else. */
static int waits_to_write(struct player *p)
{
    struct pollfd fds[CONTROL_MOST_DESCRIPTORS];
    uint32_t n = control_descriptors(p->control, fds);
    int writes = 0;
    for (uint32_t i = 1; i < n; i++)
        writes += (fds[i].events & POLLOUT) != 0;
    return writes;
}

static void one_who_never_reads(void **state)
{
    struct player *p = *state;
    struct remote reads = come(p), sleeps = come(p);
    struct pollfd fds[CONTROL_MOST_DESCRIPTORS];
    uint32_t told = 0;
    assert_int_equal(waits_to_write(p), 0);
    while (control_descriptors(p->control, fds) == 3 && told < 100000) {
        change(p, ++told);
        json_t *line = hear(p, &reads);
        assert_int_equal(json_integer_value(json_object_get(line, "speed")), told);
        json_decref(line);
    }
    assert_int_equal(waits_to_write(p), 0);
    /* The buffers that the system has for a socket are additional. */
    assert_in_range(told, (1 << 20) / 200, (1 << 22) / 100);
    bool ended = false;
    uint32_t heard = 0;
    while (!ended) {
        json_t *line = listen_more(&sleeps, &ended);
        heard += line != NULL;
        json_decref(line);
    }
    assert_true(heard < told);
    say(p, &reads, "{\"command\": \"play\"}\n");
    hear_exactly(p, &reads, "{\"ok\": true}");
    leave(&reads);
    leave(&sleeps);
}

/* It sends, and never reads the answers: dropped while it is being answered. */
static void one_who_only_asks(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    static const char status[] = "{\"command\": \"status\"}\n";
    ssize_t sent = 0;
    for (int i = 0; i < 100000 && (sent >= 0 || errno == EAGAIN); i++) {
        sent = send(r.fd, status, sizeof status - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (i % 64 == 0)
            serve(p);
    }
    assert_true(sent < 0 && errno == EPIPE);
    leave(&r);
    r = come(p);
    leave(&r);
}

static void one_who_is_slow(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    for (uint32_t i = 1; i <= 5000; i++)
        change(p, i);
    assert_int_equal(waits_to_write(p), 1);
    for (uint32_t i = 1; i <= 5000; i++) {
        json_t *line = hear(p, &r);
        assert_int_equal(json_integer_value(json_object_get(line, "speed")), i);
        json_decref(line);
    }
    hear_nothing(p, &r);
    assert_int_equal(waits_to_write(p), 0);
    leave(&r);
}

/* ---- the socket's file ---- */

/* The message of control_open for a path that it refuses. */
static void assert_refused(struct player *p, const char *path, const char *part)
{
    char *name, said[1000];
    assert_true(asprintf(&name, "%s/stderr", p->folder) > 0);
    int file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600), before = dup(STDERR_FILENO);
    assert_true(file >= 0 && before >= 0);
    dup2(file, STDERR_FILENO);
    struct control *c = control_open(path, does, p);
    dup2(before, STDERR_FILENO);
    ssize_t n = pread(file, said, sizeof said - 1, 0);
    said[n > 0 ? n : 0] = '\0';
    close(before);
    close(file);
    unlink(name);
    free(name);
    assert_null(c);
    if (!strstr(said, part) || !strstr(said, "docbao: --control ") || !strchr(said, '\n') ||
        strchr(said, '\n')[1])
        fail_msg("“%s” does not say: %s", said, part);
}

static char *in_folder(struct player *p, const char *name)
{
    char *path;
    assert_true(asprintf(&path, "%s/%s", p->folder, name) > 0);
    return path;
}

static void what_is_refused(void **state)
{
    struct player *p = *state;
    char *file = in_folder(p, "file"), *link = in_folder(p, "link"), *far = in_folder(p, "a/b");
    char *in_file = in_folder(p, "file/x"), *longest = in_folder(p, "");
    struct stat info;
    assert_refused(p, p->path, "another program listens there");
    struct remote r = come(p); /* and that one still does */
    leave(&r);
    assert_int_equal(close(open(file, O_WRONLY | O_CREAT, 0600)), 0);
    assert_refused(p, file, "no socket");
    assert_int_equal(stat(file, &info), 0);
    assert_int_equal(symlink("nowhere", link), 0);
    assert_refused(p, link, "no socket");
    assert_int_equal(lstat(link, &info), 0);
    assert_refused(p, p->folder, "no socket");
    assert_refused(p, far, "folder does not exist");
    assert_refused(p, in_file, "folder does not exist");
    assert_refused(p, "", "empty");
    struct buf path = BUF_INIT;
    buf_adds(&path, longest);
    while (path.n < 107)
        buf_adds(&path, "x");
    struct control *c = control_open(path.p, does, p);
    assert_non_null(c);
    control_close(c);
    buf_adds(&path, "x");
    assert_refused(p, path.p, "108 bytes");
    buf_free(&path);
    unlink(link);
    unlink(file);
    free(file), free(link), free(far), free(in_file), free(longest);
}

static void the_file_of_the_socket(void **state)
{
    struct player *p = *state;
    struct stat info;
    char *path = in_folder(p, "other");
    mode_t before = umask(0);
    struct control *c = control_open(path, does, p);
    assert_int_equal(umask(before), 0); /* and umask is as it was */
    assert_int_equal(lstat(path, &info), 0);
    assert_int_equal(info.st_mode, S_IFSOCK | 0600);
    /* Somebody removed it, and put something else there. */
    assert_int_equal(unlink(path), 0);
    struct control *theirs = control_open(path, does, p);
    control_close(c);
    assert_int_equal(lstat(path, &info), 0);
    control_close(theirs);
    assert_int_equal(lstat(path, &info), -1);
    /* A docbao that was killed leaves a socket that nobody listens at. */
    struct sockaddr_un address = address_of(path);
    int dead = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(dead, (struct sockaddr *)&address, sizeof address), 0);
    close(dead);
    c = control_open(path, does, p);
    assert_non_null(c);
    control_close(c);
    assert_int_equal(lstat(path, &info), -1);
    control_close(NULL);
    free(path);
}

static void flags_of_the_descriptors(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    struct pollfd fds[CONTROL_MOST_DESCRIPTORS];
    assert_int_equal(control_descriptors(p->control, fds), 2);
    for (int i = 0; i < 2; i++) {
        assert_true(fcntl(fds[i].fd, F_GETFL) & O_NONBLOCK);
        assert_true(fcntl(fds[i].fd, F_GETFD) & FD_CLOEXEC);
    }
    leave(&r);
}

/* Answers that were written arrive, although docbao has ended. */
static void answers_before_the_end(void **state)
{
    struct player *p = *state;
    struct remote r = come(p);
    say(p, &r, "{\"command\": \"quit\"}\n");
    control_close(p->control);
    json_t *line = listen_more(&r, NULL);
    assert_true(json_is_true(json_object_get(line, "ok")));
    json_decref(line);
    bool ended;
    assert_null(listen_more(&r, &ended));
    assert_true(ended);
    leave(&r);
    p->control = control_open(p->path, does, p);
    assert_non_null(p->control);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(half_closed, start, end),
        cmocka_unit_test_setup_teardown(gone_at_once, start, end),
        cmocka_unit_test_setup_teardown(one_more_than_there_is_room_for, start, end),
        cmocka_unit_test_setup_teardown(no_descriptor_left, start, end),
        cmocka_unit_test_setup_teardown(one_who_never_reads, start, end),
        cmocka_unit_test_setup_teardown(one_who_only_asks, start, end),
        cmocka_unit_test_setup_teardown(one_who_is_slow, start, end),
        cmocka_unit_test_setup_teardown(what_is_refused, start, end),
        cmocka_unit_test_setup_teardown(the_file_of_the_socket, start, end),
        cmocka_unit_test_setup_teardown(flags_of_the_descriptors, start, end),
        cmocka_unit_test_setup_teardown(answers_before_the_end, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
