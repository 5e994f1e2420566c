#include "sink/player_end.h"

#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/channel.h"
#include "base/child.h"

static const int64_t second_ns = 1000 * 1000 * 1000;

static void on_abort(int signal_number)
{
    (void)signal_number;
    _exit(PLAYER_ABORTED); /* without a core file: the caller tells what happened */
}

void player_end_settle(int fd, pid_t parent)
{
    child_settle(fd, parent, "docbao-player");
    dup2(STDOUT_FILENO, STDERR_FILENO); /* sound systems print: nowhere, also with sanitizers */
    signal(SIGABRT, on_abort);
}

void player_end_report(struct player_report report, const char *text)
{
    struct sv head = {(const char *)&report, sizeof report};
    channel_send(PLAYER_FD, head, sv_of(text), -1, true);
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
