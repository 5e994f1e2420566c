#include "sink/player_end.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static const int64_t second_ns = 1000 * 1000 * 1000;

static void on_abort(int signal_number)
{
    (void)signal_number;
    _exit(PLAYER_ABORTED); /* without a core file: the caller tells what happened */
}

/* The caller decides what a signal means; this process ends with its socket. */
static void settle_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    static const int usual[] = {SIGCHLD, SIGUSR1, SIGUSR2, SIGALRM, SIGWINCH, SIGTSTP, SIGCONT};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        signal(usual[i], SIG_DFL);
    signal(SIGABRT, on_abort);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Nothing of the caller is kept but the socket: a pipe held open here would never end there. */
void player_end_settle(int fd, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    prctl(PR_SET_NAME, "docbao-player");
    fd = fcntl(fd, F_DUPFD, PLAYER_FD + 1);
    int nothing = open("/dev/null", O_RDWR);
    for (int i = 0; i < PLAYER_FD && nothing >= 0; i++)
        dup2(nothing, i);
    if (fd < 0 || dup3(fd, PLAYER_FD, O_CLOEXEC) < 0)
        _exit(1);
    close_range(PLAYER_FD + 1, ~0U, 0);
    settle_signals();
}

void player_end_report(struct player_report report, const char *text)
{
    struct iovec parts[] = {{&report, sizeof report}, {(void *)(uintptr_t)text, strlen(text)}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    while (sendmsg(PLAYER_FD, &message, MSG_NOSIGNAL) < 0 && errno == EINTR)
        ;
}

/* _exit: the caller's buffers and exit handlers are not this process's. */
_Noreturn void player_end_fail(const char *text)
{
    player_end_report((struct player_report){.kind = REPORT_FAILED}, text);
    _exit(1);
}

bool player_end_hung_up(void)
{
    struct pollfd end = {.fd = PLAYER_FD, .events = POLLRDHUP};
    return poll(&end, 1, 0) > 0 && (end.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

bool player_end_wait(int64_t ns)
{
    struct pollfd orders = {.fd = PLAYER_FD, .events = POLLIN | POLLRDHUP};
    struct timespec time = {ns > 0 ? ns / second_ns : 0, ns > 0 ? ns % second_ns : 0};
    return ppoll(&orders, 1, &time, NULL) == 0;
}
