#include "base/channel.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

bool channel_pair(int ends[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0;
}

union descriptor_space {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(sizeof(int))];
};

static enum channel_result result_of_error(void)
{
    bool full = errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS;
    return full ? CHANNEL_WOULD_BLOCK : CHANNEL_CLOSED;
}

static void attach(struct msghdr *header, union descriptor_space *space, int fd)
{
    memset(space, 0, sizeof *space);
    header->msg_control = space->bytes;
    header->msg_controllen = sizeof space->bytes;
    struct cmsghdr *control = CMSG_FIRSTHDR(header);
    control->cmsg_level = SOL_SOCKET;
    control->cmsg_type = SCM_RIGHTS;
    control->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(control), &fd, sizeof fd);
}

enum channel_result channel_send(int channel, struct sv head, struct sv body, int fd, bool wait)
{
    struct iovec parts[2] = {
        {.iov_base = (void *)(uintptr_t)head.p, .iov_len = head.n},
        {.iov_base = (void *)(uintptr_t)body.p, .iov_len = body.n},
    };
    struct msghdr header = {.msg_iov = parts, .msg_iovlen = body.n ? 2 : 1};
    union descriptor_space space;
    if (fd >= 0)
        attach(&header, &space, fd);
    ssize_t n;
    do
        n = sendmsg(channel, &header, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT));
    while (n < 0 && errno == EINTR);
    return n < 0 ? result_of_error() : CHANNEL_DONE;
}

static int descriptor_of(struct msghdr *header)
{
    int fd = -1;
    struct cmsghdr *control = CMSG_FIRSTHDR(header);
    if (control && control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_RIGHTS)
        memcpy(&fd, CMSG_DATA(control), sizeof fd);
    return fd;
}

/* The size of the next message; -1 with errno set. An end that leaves messages unread resets the
 * socket: what it sent last comes after that. */
static ssize_t next_size(int channel, int flags)
{
    ssize_t n;
    bool was_reset = false, again;
    do {
        n = recv(channel, NULL, 0, MSG_PEEK | MSG_TRUNC | flags);
        again = n < 0 && (errno == EINTR || (errno == ECONNRESET && !was_reset));
        was_reset = was_reset || (n < 0 && errno == ECONNRESET);
    } while (again);
    return n;
}

enum channel_result channel_receive(int channel, void *head, size_t size, struct buf *body, int *fd,
                                    bool wait)
{
    int flags = wait ? 0 : MSG_DONTWAIT;
    ssize_t n = next_size(channel, flags);
    if (n < (ssize_t)size)
        return n < 0 ? result_of_error() : CHANNEL_CLOSED;
    size_t rest = (size_t)n - size, before = 0;
    if (body) {
        before = body->n;
        buf_reserve(body, rest);
    }
    struct iovec parts[2] = {{head, size}, {body ? body->p + before : NULL, body ? rest : 0}};
    union descriptor_space space;
    struct msghdr header = {.msg_iov = parts,
                            .msg_iovlen = body ? 2 : 1,
                            .msg_control = space.bytes,
                            .msg_controllen = sizeof space.bytes};
    n = recvmsg(channel, &header, MSG_CMSG_CLOEXEC | flags);
    int came = n < 0 ? -1 : descriptor_of(&header);
    if (fd)
        *fd = came;
    else if (came >= 0)
        close(came);
    if (n < (ssize_t)size)
        return n < 0 ? result_of_error() : CHANNEL_CLOSED;
    if (body) {
        body->n = before + (size_t)n - size;
        if (body->cap)
            body->p[body->n] = '\0';
    }
    return CHANNEL_DONE;
}
