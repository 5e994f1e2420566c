#include "cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* To change the modes from the background would stop the program. */
static bool in_front(const struct terminal *t)
{
    return t->fd >= 0 && tcgetpgrp(t->fd) == getpgrp();
}

/* The settings found at the start, before anything else (a screen) changes them. */
static void save(struct terminal *t)
{
    if (!t->saved && in_front(t))
        t->saved = tcgetattr(t->fd, &t->before) == 0;
}

void terminal_open(struct terminal *t)
{
    *t = (struct terminal){.fd = -1};
    if (isatty(STDIN_FILENO)) {
        t->fd = STDIN_FILENO;
    } else if (isatty(STDOUT_FILENO) || isatty(STDERR_FILENO)) {
        t->fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
        t->own_fd = t->fd >= 0;
    }
    save(t);
}

/* From what the modes are now: a screen has some of its own. */
void terminal_keys(struct terminal *t)
{
    struct termios keys;
    save(t);
    if (!t->saved || !in_front(t) || tcgetattr(t->fd, &keys) != 0)
        return;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    keys.c_iflag &= ~(tcflag_t)IXON;
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    tcsetattr(t->fd, TCSADRAIN, &keys);
}

int terminal_waits(const struct terminal *t)
{
    return in_front(t) ? t->fd : -1;
}

void terminal_leave(struct terminal *t)
{
    if (t->saved && in_front(t))
        tcsetattr(t->fd, TCSADRAIN, &t->before);
}

void terminal_close(struct terminal *t)
{
    terminal_leave(t);
    if (t->own_fd)
        close(t->fd);
    t->fd = -1;
}

size_t terminal_read(struct terminal *t, char *bytes, size_t room, bool *end)
{
    struct pollfd gone = {.fd = t->fd};
    ssize_t n = read(t->fd, bytes, room);
    *end = n == 0;
    if (n > 0)
        return (size_t)n;
    bool hung_up = poll(&gone, 1, 0) > 0 && gone.revents & (POLLHUP | POLLERR | POLLNVAL);
    if ((n == 0 && hung_up) || (n < 0 && errno != EINTR && errno != EAGAIN)) {
        if (t->own_fd)
            close(t->fd);
        *t = (struct terminal){.fd = -1};
        *end = true;
    }
    return 0;
}

unsigned terminal_columns(int fd)
{
    struct winsize size;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
