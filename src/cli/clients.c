#include "cli/clients.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/message.h"
#include "base/system_text.h"
#include "cli/complain.h"

enum { READ_AT_ONCE = 1 << 14 };

struct client {
    int fd;        /* -1: nobody */
    struct buf in; /* a line that is not whole yet */
    bool skipping; /* the rest of a line that was too long */
    bool finished; /* it sends no more */
    bool deaf;     /* it takes no more */
    struct buf out;
    size_t sent; /* of `out` */
};

struct clients {
    int fd;
    int spare; /* closed when no descriptor is left, so that a new client can be refused */
    char *path;
    dev_t device; /* these two: of the socket's file */
    ino_t inode;
    struct client at[CLIENTS_MOST];
};

/* ---- the socket ---- */

/* Prints why the socket cannot be used. Returns false, so that callers can return the result. */
__attribute__((format(printf, 2, 3))) static bool refuse(const char *path, const char *format, ...)
{
    struct buf why = BUF_INIT;
    va_list args;
    va_start(args, format);
    buf_add_message_args(&why, format, args);
    va_end(args);
    complain("--control %s: %s", path, why.p);
    buf_free(&why);
    return false;
}

static int new_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

/* Tries whether a program listens there: 0 if one does, otherwise the errno of connect. */
static int try_to_connect(const struct sockaddr_un *address)
{
    int fd = new_socket();
    if (fd < 0)
        return errno;
    int failure = 0;
    if (connect(fd, (const struct sockaddr *)address, sizeof *address) != 0)
        failure = errno;
    close(fd);
    return failure == EAGAIN ? 0 : failure; /* EAGAIN: somebody does, and is busy */
}

/* Makes sure that the path is free, and removes a socket that a dead program left there. */
static bool make_room(const struct sockaddr_un *address)
{
    const char *path = address->sun_path;
    struct stat info;
    if (lstat(path, &info) != 0)
        return true; /* nothing is there; any other error is reported by bind */
    if (!S_ISSOCK(info.st_mode))
        return refuse(path, "something that is no socket stands there already. It was left as it "
                            "is; give another path.");
    int failure = try_to_connect(address);
    if (!failure)
        return refuse(path, "another program listens there already. Close it, or give another "
                            "path.");
    if (failure != ECONNREFUSED && failure != ENOENT)
        return refuse(path,
                      "whether another program listens there cannot be told (%s). Give "
                      "another path.",
                      system_error(failure));
    if (failure == ECONNREFUSED && unlink(path) != 0 && errno != ENOENT)
        return refuse(path,
                      "the socket that a program left there cannot be removed (%s). Give "
                      "another path.",
                      system_error(errno));
    return true;
}

static const char *why_not_bound(int failure)
{
    switch (failure) {
    case ENOENT:
    case ENOTDIR:
        return _("its folder does not exist. Make it first, or give another path.");
    case EACCES:
    case EPERM:
    case EROFS:
        return _("this user may not make a socket in that folder. Give a path in another one.");
    case EADDRINUSE:
        return _("another program has just made a file of that name. Give another path.");
    default:
        return NULL;
    }
}

/* Only this user may connect, from the first moment on: on Linux the file gets the mode that the
 * socket has when it is bound; elsewhere umask sees to it. */
static bool bind_and_listen(int fd, const struct sockaddr_un *address)
{
    fchmod(fd, S_IRUSR | S_IWUSR);
    mode_t before = umask(S_IXUSR | S_IRWXG | S_IRWXO);
    int failure = bind(fd, (const struct sockaddr *)address, sizeof *address) ? errno : 0;
    umask(before);
    if (failure) {
        const char *why = why_not_bound(failure);
        return refuse(address->sun_path, "%s", why ? why : system_error(failure));
    }
    if (listen(fd, CLIENTS_MOST) == 0)
        return true;
    failure = errno;
    unlink(address->sun_path);
    return refuse(address->sun_path, "%s", system_error(failure));
}

static struct clients *new_clients(int fd, const char *path)
{
    struct clients *c = mem_zalloc(sizeof *c);
    c->path = mem_copy(sv_of(path));
    c->fd = fd;
    c->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    for (int i = 0; i < CLIENTS_MOST; i++)
        c->at[i] = (struct client){.fd = -1, .in = BUF_INIT, .out = BUF_INIT};
    struct stat info;
    if (lstat(path, &info) == 0) {
        c->device = info.st_dev;
        c->inode = info.st_ino;
    }
    return c;
}

static bool make_address(const char *path, struct sockaddr_un *address)
{
    size_t n = strlen(path), most = sizeof address->sun_path - 1;
    if (!n)
        return refuse("\"\"", "the path of the socket is empty. Give one.");
    if (n > most)
        return refuse(path,
                      "the path has %zu bytes, and that of a socket can have no more than %zu. "
                      "Give a shorter one.",
                      n, most);
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path, path, n);
    return true;
}

struct clients *clients_open(const char *path)
{
    struct sockaddr_un address;
    if (!make_address(path, &address) || !make_room(&address))
        return NULL;
    int fd = new_socket();
    if (fd < 0) {
        refuse(path, "%s", system_error(errno));
        return NULL;
    }
    if (!bind_and_listen(fd, &address)) {
        close(fd);
        return NULL;
    }
    return new_clients(fd, path);
}

/* ---- out ---- */

/* The slot is free from here on; `in` may still be read from, and is emptied by the next one. */
static void drop(struct client *client)
{
    close(client->fd);
    client->fd = -1;
    buf_free(&client->out);
    client->sent = 0;
}

static size_t waiting(const struct client *client)
{
    return client->out.n - client->sent;
}

static void flush(struct client *client)
{
    while (client->fd >= 0 && waiting(client)) {
        ssize_t n = send(client->fd, client->out.p + client->sent, waiting(client),
                         MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n >= 0)
            client->sent += (size_t)n;
        else if (errno == EAGAIN || errno == ENOBUFS)
            return;
        else if (errno != EINTR) {
            /* The client may have gone; its earlier lines must still be executed. */
            client->deaf = true;
            client->sent = client->out.n;
        }
    }
    if (client->out.cap > READ_AT_ONCE)
        buf_free(&client->out);
    buf_clear(&client->out);
    client->sent = 0;
}

void clients_send(struct client *client, struct sv line)
{
    if (client->fd < 0 || client->deaf)
        return;
    if (client->sent > client->out.n / 2) {
        buf_drop(&client->out, client->sent);
        client->sent = 0;
    }
    buf_add_sv(&client->out, line);
    flush(client);
    if (waiting(client) > CLIENTS_MOST_WAITING)
        drop(client);
}

void clients_send_all(struct clients *c, struct sv line)
{
    for (int i = 0; i < CLIENTS_MOST; i++)
        clients_send(&c->at[i], line);
}

/* ---- in ---- */

struct call {
    const struct clients_handler *handler;
    void *user;
};

static void hand_line(const struct call *call, struct client *client, const char *line, size_t n)
{
    bool skipped = client->skipping;
    client->skipping = false;
    if (!skipped)
        call->handler->line(call->user, client, n > CLIENTS_LONGEST_LINE ? NULL : line, n);
}

/* Hands on the lines that are whole, and the rest of them where no more will come. */
static void take_lines(const struct call *call, struct client *client)
{
    struct buf *in = &client->in;
    size_t from = 0;
    const char *end;
    while (client->fd >= 0 && from < in->n && (end = memchr(in->p + from, '\n', in->n - from))) {
        hand_line(call, client, in->p + from, (size_t)(end - in->p) - from);
        from = (size_t)(end - in->p) + 1;
    }
    if (client->fd < 0)
        return;
    buf_drop(in, from);
    if (client->finished && in->n)
        hand_line(call, client, in->p, in->n);
    else if (in->n > CLIENTS_LONGEST_LINE) {
        hand_line(call, client, NULL, in->n);
        client->skipping = true;
    }
    if (client->finished || client->skipping)
        buf_clear(in);
}

static void receive(const struct call *call, struct client *client)
{
    buf_reserve(&client->in, READ_AT_ONCE);
    ssize_t n = recv(client->fd, client->in.p + client->in.n, READ_AT_ONCE, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n > 0)
        buf_cut(&client->in, client->in.n + (size_t)n);
    else
        client->finished = true;
    take_lines(call, client);
    if (client->finished)
        buf_free(&client->in);
}

static void serve_client(const struct call *call, struct client *client, short what)
{
    if (!client->finished && what & (POLLIN | POLLHUP | POLLERR))
        receive(call, client);
    if (client->fd >= 0 && what & POLLOUT)
        flush(client);
    /* POLLHUP is there only when both ways are closed: it has gone. */
    if (client->fd >= 0 && client->finished && (client->deaf || what & (POLLHUP | POLLERR)))
        drop(client);
}

static struct client *free_place(struct clients *c)
{
    for (int i = 0; i < CLIENTS_MOST; i++)
        if (c->at[i].fd < 0)
            return &c->at[i];
    return NULL;
}

static void turn_away(int fd, const char *why)
{
    send(fd, why, strlen(why), MSG_NOSIGNAL | MSG_DONTWAIT);
    close(fd);
}

/* No descriptor is left: a waiting client would wake the caller again and again. */
static void turn_away_with_spare(struct clients *c, const char *why)
{
    close(c->spare);
    int fd = accept4(c->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0)
        turn_away(fd, why);
    c->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

/* Accepts one waiting client. If another waits, the caller's next wait ends at once. */
static void let_in(struct clients *c, const struct call *call)
{
    int fd = accept4(c->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        if ((errno == EMFILE || errno == ENFILE) && c->spare >= 0)
            turn_away_with_spare(c, call->handler->full);
        return;
    }
    struct client *client = free_place(c);
    if (!client) {
        turn_away(fd, call->handler->full);
        return;
    }
    buf_free(&client->in);
    *client = (struct client){.fd = fd, .in = BUF_INIT, .out = BUF_INIT};
    call->handler->connected(call->user, client);
}

static short wanted(const struct client *client)
{
    return (short)((client->finished ? 0 : POLLIN) | (waiting(client) ? POLLOUT : 0));
}

uint32_t clients_descriptors(const struct clients *c, struct pollfd *fds)
{
    uint32_t n = 0;
    fds[n++] = (struct pollfd){.fd = c->fd, .events = POLLIN};
    for (int i = 0; i < CLIENTS_MOST; i++)
        if (c->at[i].fd >= 0)
            fds[n++] = (struct pollfd){.fd = c->at[i].fd, .events = wanted(&c->at[i])};
    return n;
}

void clients_serve(struct clients *c, const struct clients_handler *handler, void *user)
{
    const struct call call = {handler, user};
    struct pollfd fds[CLIENTS_MOST + 1];
    for (int i = 0; i < CLIENTS_MOST; i++)
        fds[i] = (struct pollfd){.fd = c->at[i].fd, .events = wanted(&c->at[i])};
    fds[CLIENTS_MOST] = (struct pollfd){.fd = c->fd, .events = POLLIN};
    if (poll(fds, CLIENTS_MOST + 1, 0) <= 0)
        return;
    for (int i = 0; i < CLIENTS_MOST; i++)
        if (c->at[i].fd >= 0 && fds[i].revents) /* an answer to another may have dropped it */
            serve_client(&call, &c->at[i], fds[i].revents);
    if (fds[CLIENTS_MOST].revents)
        let_in(c, &call);
}

/* ---- the end ---- */

void clients_close(struct clients *c)
{
    if (!c)
        return;
    for (int i = 0; i < CLIENTS_MOST; i++) {
        flush(&c->at[i]);
        if (c->at[i].fd >= 0)
            drop(&c->at[i]);
        buf_free(&c->at[i].in);
    }
    /* While the socket is open, no other file gets its number. */
    struct stat info;
    if (lstat(c->path, &info) == 0 && info.st_dev == c->device && info.st_ino == c->inode)
        unlink(c->path);
    close(c->fd);
    if (c->spare >= 0)
        close(c->spare);
    free(c->path);
    free(c);
}
