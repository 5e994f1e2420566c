#include "synth/link.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

bool link_pair(int ends[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0;
}

union descriptor_space {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(sizeof(int))];
};

static enum link_result result_of_error(void)
{
    return errno == EAGAIN || errno == EWOULDBLOCK ? LINK_WOULD_BLOCK : LINK_CLOSED;
}

enum link_result link_send(int link, const struct link_message *message, struct sv text, int fd,
                           bool wait)
{
    struct iovec parts[2] = {
        {.iov_base = (void *)(uintptr_t)message, .iov_len = sizeof *message},
        {.iov_base = (void *)(uintptr_t)text.p, .iov_len = text.n},
    };
    struct msghdr header = {.msg_iov = parts, .msg_iovlen = text.n ? 2 : 1};
    union descriptor_space space;
    if (fd >= 0) {
        memset(&space, 0, sizeof space);
        header.msg_control = space.bytes;
        header.msg_controllen = sizeof space.bytes;
        struct cmsghdr *control = CMSG_FIRSTHDR(&header);
        control->cmsg_level = SOL_SOCKET;
        control->cmsg_type = SCM_RIGHTS;
        control->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(control), &fd, sizeof fd);
    }
    ssize_t n;
    do
        n = sendmsg(link, &header, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT));
    while (n < 0 && errno == EINTR);
    return n < 0 ? result_of_error() : LINK_DONE;
}

static int descriptor_of(struct msghdr *header)
{
    int fd = -1;
    struct cmsghdr *control = CMSG_FIRSTHDR(header);
    if (control && control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_RIGHTS)
        memcpy(&fd, CMSG_DATA(control), sizeof fd);
    return fd;
}

enum link_result link_receive(int link, struct link_message *message, struct buf *text, int *fd,
                              bool wait)
{
    int flags = wait ? 0 : MSG_DONTWAIT;
    ssize_t n;
    do
        n = recv(link, NULL, 0, MSG_PEEK | MSG_TRUNC | flags);
    while (n < 0 && errno == EINTR);
    if (n < (ssize_t)sizeof *message)
        return n < 0 ? result_of_error() : LINK_CLOSED;
    struct buf rest = BUF_INIT;
    buf_reserve(&rest, (size_t)n);
    struct iovec parts[2] = {{message, sizeof *message}, {rest.p, (size_t)n - sizeof *message}};
    union descriptor_space space;
    struct msghdr header = {.msg_iov = parts,
                            .msg_iovlen = 2,
                            .msg_control = space.bytes,
                            .msg_controllen = sizeof space.bytes};
    n = recvmsg(link, &header, MSG_CMSG_CLOEXEC | flags);
    int came = n < 0 ? -1 : descriptor_of(&header);
    if (fd)
        *fd = came;
    else if (came >= 0)
        close(came);
    if (text && n > (ssize_t)sizeof *message)
        buf_add(text, rest.p, (size_t)n - sizeof *message);
    buf_free(&rest);
    return n < 0 ? result_of_error() : LINK_DONE;
}
