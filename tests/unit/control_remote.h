/*
 * --control for its tests: docbao's side, where a struct player stands for the program, and the
 * other side, a struct remote. Both are one thread: whatever waits for an answer serves first.
 * Include after cmocka.h, in one file of a program.
 */
#ifndef DOCBAO_TESTS_CONTROL_REMOTE_H
#define DOCBAO_TESTS_CONTROL_REMOTE_H

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/message.h"
#include "base/buf.h"
#include "cli/control.h"
/* ---- docbao's side ---- */

struct player {
    char folder[32];
    char *path;
    struct control *control;
    struct ui_status status;
    /* The last request, and the number of all requests. */
    struct request request;
    char *text, *spoken;
    int asked;
    const char *refusal; /* for `does` to give back */
};

static inline const char *does(void *user, const struct request *request)
{
    struct player *p = user;
    free(p->text);
    free(p->spoken);
    p->request = *request;
    p->text = request->text ? strdup(request->text) : NULL;
    p->spoken = request->spoken ? strdup(request->spoken) : NULL;
    p->asked++;
    if (request->command == COMMAND_speed && !p->refusal)
        p->status.player.speed_percent = (uint32_t)request->number;
    return p->refusal;
}

static inline int start(void **state)
{
    struct player *p = calloc(1, sizeof *p);
    memcpy(p->folder, "/tmp/docbao-control-XXXXXX", 27);
    assert_non_null(mkdtemp(p->folder));
    assert_true(asprintf(&p->path, "%s/socket", p->folder) > 0);
    p->status.player = (struct docbao_player_status){.speed_percent = 100,
                                                     .volume_percent = 90,
                                                     .voice = "nam",
                                                     .trouble = "",
                                                     .total_ms = 5000};
    p->status.article = 1;
    p->control = control_open(p->path, does, p);
    assert_non_null(p->control);
    *state = p;
    return 0;
}

static inline int end(void **state)
{
    struct player *p = *state;
    control_close(p->control);
    assert_int_equal(access(p->path, F_OK), -1);
    assert_int_equal(rmdir(p->folder), 0);
    free(p->path);
    free(p->text);
    free(p->spoken);
    free(p);
    return 0;
}

/* Serves until nothing more has come. */
static inline void serve(struct player *p)
{
    struct pollfd fds[CONTROL_MOST_DESCRIPTORS];
    for (int i = 0; i < 100000; i++) {
        uint32_t n = control_descriptors(p->control, fds);
        if (poll(fds, n, 0) <= 0)
            return;
        control_serve(p->control, &p->status);
    }
    fail_msg("the descriptors wake the player for ever");
}

/* ---- the other side ---- */

struct remote {
    int fd;
    struct buf in;
};

static inline struct sockaddr_un address_of(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    assert_true(strlen(path) < sizeof address.sun_path);
    memcpy(address.sun_path, path, strlen(path));
    return address;
}

static inline struct remote connect_to(struct player *p)
{
    struct sockaddr_un address = address_of(p->path);
    struct remote r = {socket(AF_UNIX, SOCK_STREAM, 0), BUF_INIT};
    assert_int_equal(connect(r.fd, (struct sockaddr *)&address, sizeof address), 0);
    return r;
}

static inline void leave(struct remote *r)
{
    close(r->fd);
    buf_free(&r->in);
}

static inline void say_bytes(struct player *p, struct remote *r, const char *bytes, size_t n)
{
    while (n) {
        ssize_t sent = send(r->fd, bytes, n, MSG_NOSIGNAL | MSG_DONTWAIT);
        serve(p);
        if (sent < 0 && errno != EAGAIN)
            fail_msg("docbao has gone: %s", strerror(errno));
        if (sent > 0) {
            bytes += sent;
            n -= (size_t)sent;
        }
    }
}

static inline void say(struct player *p, struct remote *r, const char *text)
{
    say_bytes(p, r, text, strlen(text));
}

/* A client may print the line to a terminal. */
static inline void expect_printable(struct sv line)
{
    struct buf printable = BUF_INIT;
    buf_add_printable(&printable, line);
    if (!sv_eq(buf_sv(&printable), line))
        fail_msg("a terminal would obey %s", printable.p);
    buf_free(&printable);
}

/* The next line, or NULL: there is none now. `ended`, where wanted: there will be none. */
static inline json_t *listen_more(struct remote *r, bool *ended)
{
    char block[4096];
    const char *line_end;
    ssize_t n = 0;
    while (!(line_end = r->in.n ? memchr(r->in.p, '\n', r->in.n) : NULL) &&
           (n = recv(r->fd, block, sizeof block, MSG_DONTWAIT)) > 0)
        buf_add(&r->in, block, (size_t)n);
    if (ended)
        *ended = !line_end && (n == 0 || errno != EAGAIN);
    if (!line_end)
        return NULL;
    json_error_t error;
    size_t length = (size_t)(line_end - r->in.p);
    expect_printable((struct sv){r->in.p, length});
    json_t *line = json_loadb(r->in.p, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!line)
        fail_msg("no JSON: %s: %.*s", error.text, (int)length, r->in.p);
    memmove(r->in.p, line_end + 1, r->in.n - length - 1);
    buf_cut(&r->in, r->in.n - length - 1);
    return line;
}

static inline json_t *hear(struct player *p, struct remote *r)
{
    serve(p);
    json_t *line = listen_more(r, NULL);
    assert_non_null(line);
    return line;
}

static inline void hear_nothing(struct player *p, struct remote *r)
{
    serve(p);
    json_t *line = listen_more(r, NULL);
    if (line)
        fail_msg("unexpected: %s", json_dumps(line, 0));
}

/* The next line is just this. */
static inline void hear_exactly(struct player *p, struct remote *r, const char *expected)
{
    json_error_t error;
    json_t *wanted = json_loads(expected, 0, &error), *line = hear(p, r);
    if (!wanted)
        fail_msg("the test is wrong: %s: %s", error.text, expected);
    if (!json_equal(wanted, line))
        fail_msg("%s\nis not %s", json_dumps(line, 0), expected);
    json_decref(wanted);
    json_decref(line);
}

static inline void hear_event(struct player *p, struct remote *r, const char *name)
{
    json_t *line = hear(p, r);
    const char *event = json_string_value(json_object_get(line, "event"));
    if (!event || strcmp(event, name) != 0)
        fail_msg("%s is no event %s", json_dumps(line, 0), name);
    json_decref(line);
}

/* The next line is an error that says so. */
static inline void hear_error(struct player *p, struct remote *r, const char *part)
{
    json_t *line = hear(p, r);
    const char *error = json_string_value(json_object_get(line, "error"));
    if (!error || !strstr(error, part) || json_object_get(line, "ok"))
        fail_msg("%s does not say: %s", json_dumps(line, 0), part);
    assert_true(strlen(error) > 20);
    json_decref(line);
}

static inline struct remote come(struct player *p)
{
    struct remote r = connect_to(p);
    hear_event(p, &r, "hello");
    hear_event(p, &r, "state");
    return r;
}

static inline void change(struct player *p, uint32_t speed)
{
    p->status.player.speed_percent = speed;
    control_status(p->control, &p->status);
}

#endif
