#include "cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void terminal_open(struct terminal *t)
{
    *t = (struct terminal){.fd = -1};
    if (isatty(STDIN_FILENO)) {
        t->fd = STDIN_FILENO;
    } else if (isatty(STDOUT_FILENO) || isatty(STDERR_FILENO)) {
        t->fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
        t->own_fd = t->fd >= 0;
    }
}

/* To change the modes from the background would stop the program. */
static bool in_front(const struct terminal *t)
{
    return t->fd >= 0 && tcgetpgrp(t->fd) == getpgrp();
}

static bool take(struct terminal *t)
{
    if (!in_front(t))
        return false;
    if (!t->changed && tcgetattr(t->fd, &t->before) != 0)
        return false;
    t->changed = true;
    return true;
}

void terminal_keys(struct terminal *t)
{
    if (!take(t))
        return;
    struct termios keys = t->before;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    keys.c_iflag &= ~(tcflag_t)IXON;
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    tcsetattr(t->fd, TCSADRAIN, &keys);
}

void terminal_line(struct terminal *t)
{
    if (!take(t))
        return;
    struct termios line = t->before;
    line.c_lflag |= ICANON | ECHO;
    tcsetattr(t->fd, TCSADRAIN, &line);
}

void terminal_leave(struct terminal *t)
{
    if (t->changed && in_front(t))
        tcsetattr(t->fd, TCSADRAIN, &t->before);
    t->changed = false;
}

void terminal_close(struct terminal *t)
{
    terminal_leave(t);
    if (t->own_fd)
        close(t->fd);
    t->fd = -1;
}

size_t terminal_read(struct terminal *t, char *bytes, size_t room)
{
    ssize_t n = read(t->fd, bytes, room);
    if (n > 0)
        return (size_t)n;
    if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
        if (t->own_fd)
            close(t->fd);
        *t = (struct terminal){.fd = -1};
    }
    return 0;
}
