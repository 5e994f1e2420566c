/*
 * PortAudio in a process of its own: what it prints reaches no terminal, an abort inside it ends
 * only that process, and a sound server that hangs can be left behind at any time.
 *
 *     parent   ── order: PLAY frames · FINISH ──▶   player process ──▶ Pa_WriteStream
 *              ◀── report: READY · PLAYED · DONE · FAILED text ──
 *
 * The parent never sends more than AHEAD_MS of sound before it is reported as played. When either
 * end dies the other sees the end of the socket. When the parent shuts its end, the player falls
 * silent, whatever it was sent before.
 */
#include "sink/player.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <portaudio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

enum {
    /* Small writes see a lost device soon: within 40 ms. */
    PIECE_FRAMES = 512,
    MOST_CHANNELS = 2,
    AHEAD_MS = 150,
    /* Pa_StopStream drops what is still buffered: so silence is what it drops. */
    TRAILING_PIECES = 20,
    /* No wait is longer, so that a signal that arrives just before a wait is not missed long. */
    NAP_MS = 50,
    /* A device that takes nothing for so many naps (10 s) is as good as lost. Naps are counted
     * rather than time, so that a program stopped by Ctrl-Z does not lose its device. */
    MOST_NAPS = 200,
    /* How long a player may take to end by itself when it is told to be silent. */
    LAST_WAIT_MS = 200,
    EXIT_ABORTED = 70,
    PLAYER_FD = 3,
};

static const double longest_latency = 0.15; /* seconds; some devices suggest far more */

enum order_kind { ORDER_PLAY = 1, ORDER_FINISH };

struct order {
    uint32_t kind;
    uint32_t frames;
};

enum report_kind { REPORT_READY = 1, REPORT_PLAYED, REPORT_DONE, REPORT_FAILED };

/* REPORT_FAILED is followed by a text for people. */
struct report {
    uint32_t kind;
    uint32_t frames;    /* played */
    uint32_t underflow; /* 1: the device had run dry */
};

/* ==== the player process ==== */

struct player_process {
    const struct sink_format *format;
    const char *wanted;
    PaDeviceIndex device;
    PaStream *stream;
    bool started;
};

static void send_report(struct report report, const char *text)
{
    struct iovec parts[] = {{&report, sizeof report}, {(void *)(uintptr_t)text, strlen(text)}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    while (sendmsg(PLAYER_FD, &message, MSG_NOSIGNAL) < 0 && errno == EINTR)
        ;
}

/* _exit: neither the caller's buffers nor its exit handlers are this process's business. */
static _Noreturn void fail(const char *text)
{
    send_report((struct report){.kind = REPORT_FAILED}, text);
    _exit(1);
}

static _Noreturn void fail_with(struct buf *text, const char *advice)
{
    buf_adds(text, advice);
    fail(text->p);
}

/* What PortAudio, or the sound system under it, says about an error. */
static const char *error_text(PaError error)
{
    const PaHostErrorInfo *host =
        error == paUnanticipatedHostError ? Pa_GetLastHostErrorInfo() : NULL;
    return host && host->errorText && *host->errorText ? host->errorText : Pa_GetErrorText(error);
}

static void on_abort(int signal_number)
{
    (void)signal_number;
    _exit(EXIT_ABORTED); /* without a core file: the caller tells what happened */
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

/* Keeps nothing of the caller but the socket: a pipe held open here would never end there. */
static void settle_process(int fd, pid_t parent)
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
    setenv("JACK_NO_START_SERVER", "1", 1);
}

/* ---- choosing a device ---- */

static bool can_play(const struct player_process *p, PaDeviceIndex i)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
    return info && info->maxOutputChannels >= (int)p->format->channels;
}

static const char *device_name(PaDeviceIndex i)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
    return info && info->name ? info->name : "?";
}

static void list_devices(const struct player_process *p, struct buf *out)
{
    const char *before = " These can play: ";
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        if (!can_play(p, i))
            continue;
        buf_addf(out, "%s%d “%s”", before, i, device_name(i));
        before = ", ";
    }
    buf_adds(out, ".");
}

/* The device that is meant by a whole name, by its number, or by a part that only one name has. */
static PaDeviceIndex find_device(const struct player_process *p, size_t *fits)
{
    PaDeviceIndex count = Pa_GetDeviceCount(), part = paNoDevice;
    *fits = 0;
    for (PaDeviceIndex i = 0; i < count; i++)
        if (can_play(p, i) && strcmp(device_name(i), p->wanted) == 0)
            return i;
    char *end;
    long number = strtol(p->wanted, &end, 10);
    if (isdigit((unsigned char)*p->wanted) && !*end)
        return number < count && can_play(p, (PaDeviceIndex)number) ? (PaDeviceIndex)number
                                                                    : paNoDevice;
    for (PaDeviceIndex i = 0; i < count; i++) {
        if (can_play(p, i) && strcasestr(device_name(i), p->wanted)) {
            part = i;
            ++*fits;
        }
    }
    return *fits == 1 ? part : paNoDevice;
}

static void choose_device(struct player_process *p)
{
    PaDeviceIndex usable = 0;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++)
        usable += can_play(p, i);
    p->device = Pa_GetDefaultOutputDevice();
    if (!usable || (!*p->wanted && p->device == paNoDevice))
        fail("No sound device was found. Connect or switch on one, or save the sound with "
             "“docbao save FILE -o OUT.wav”.");
    if (!*p->wanted)
        return;
    size_t fits;
    p->device = find_device(p, &fits);
    if (p->device != paNoDevice)
        return;
    struct buf text = BUF_INIT;
    buf_addf(&text,
             fits ? "“%s” fits more than one sound device." : "No sound device is called “%s”.",
             p->wanted);
    list_devices(p, &text);
    fail(text.p);
}

/* ---- playing ---- */

static void open_device(struct player_process *p)
{
    struct buf text = BUF_INIT;
    PaError error = Pa_Initialize();
    if (error) {
        buf_addf(&text, "The sound system did not start: %s.", error_text(error));
        fail_with(&text, " To save the sound instead: “docbao save FILE -o OUT.wav”.");
    }
    choose_device(p);
    const PaDeviceInfo *info = Pa_GetDeviceInfo(p->device);
    PaStreamParameters output = {.device = p->device,
                                 .channelCount = (int)p->format->channels,
                                 .sampleFormat = paInt16,
                                 .suggestedLatency = info->defaultHighOutputLatency};
    if (output.suggestedLatency > longest_latency)
        output.suggestedLatency = longest_latency;
    error = Pa_OpenStream(&p->stream, NULL, &output, p->format->rate, PIECE_FRAMES, paNoFlag, NULL,
                          NULL);
    if (!error)
        return;
    buf_addf(&text, "The sound device “%s” ", device_name(p->device));
    if (error == paInvalidSampleRate)
        buf_addf(&text, "does not take %u frames a second.", p->format->rate);
    else
        buf_addf(&text, "did not open: %s.", error_text(error));
    fail_with(&text, " Choose another device, or save the sound with "
                     "“docbao save FILE -o OUT.wav”.");
}

static _Noreturn void fail_lost(const struct player_process *p, PaError error)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "The sound device “%s” was lost: %s.", device_name(p->device),
             error_text(error));
    fail_with(&text, " Connect it again, or choose another.");
}

/* Whether the caller wants silence: seen at once, before what is still queued. */
static bool hung_up(void)
{
    struct pollfd end = {.fd = PLAYER_FD, .events = POLLRDHUP};
    return poll(&end, 1, 0) > 0 && (end.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

static _Noreturn void fall_silent(struct player_process *p)
{
    if (p->started)
        Pa_AbortStream(p->stream);
    Pa_CloseStream(p->stream);
    _exit(0);
}

static bool play(struct player_process *p, const int16_t *pcm, uint32_t frames)
{
    if (hung_up())
        fall_silent(p);
    PaError error = p->started ? paNoError : Pa_StartStream(p->stream);
    if (!error) {
        p->started = true;
        error = Pa_WriteStream(p->stream, pcm, frames);
    }
    if (error && error != paOutputUnderflowed)
        fail_lost(p, error);
    return error == paOutputUnderflowed;
}

static _Noreturn void play_out(struct player_process *p)
{
    static const int16_t silence[PIECE_FRAMES * MOST_CHANNELS];
    PaError error = paNoError;
    if (p->started) {
        for (int i = 0; i < TRAILING_PIECES; i++)
            play(p, silence, PIECE_FRAMES);
        error = Pa_StopStream(p->stream);
    }
    if (error)
        fail_lost(p, error);
    Pa_CloseStream(p->stream);
    send_report((struct report){.kind = REPORT_DONE}, "");
    _exit(0);
}

static _Noreturn void run_player(const char *device, const struct sink_format *format)
{
    struct player_process p = {.format = format, .wanted = device};
    open_device(&p);
    send_report((struct report){.kind = REPORT_READY}, "");
    struct {
        struct order order;
        int16_t pcm[PIECE_FRAMES * MOST_CHANNELS];
    } in;
    for (;;) {
        ssize_t n = recv(PLAYER_FD, &in, sizeof in, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < (ssize_t)sizeof in.order)
            fall_silent(&p);
        if (in.order.kind == ORDER_FINISH)
            play_out(&p);
        bool dry = play(&p, in.pcm, in.order.frames);
        send_report((struct report){REPORT_PLAYED, in.order.frames, dry}, "");
    }
}

/* ==== the caller's side ==== */

struct player {
    struct sink_format format;
    pid_t process; /* 0: ended and waited for */
    int fd;
    bool ready;
    bool done;
    uint32_t under_way; /* frames sent and not yet reported as played */
    uint32_t underflows;
};

static enum status stopped(struct err *e)
{
    return err_set(e, STATUS_STOPPED, "Stopped.");
}

static bool stop_asked(const struct player *p)
{
    return p->format.stop && *p->format.stop;
}

static enum status player_open(void **state, const char *target, const struct sink_format *format,
                               struct err *e)
{
    *state = NULL;
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0)
        return err_set(e, STATUS_DEVICE, "The player could not start: %s.", strerror(errno));
    pid_t parent = getpid(), process = fork();
    if (process == 0) {
        settle_process(fds[1], parent);
        run_player(target, format);
    }
    int failure = errno;
    close(fds[1]);
    if (process < 0) {
        close(fds[0]);
        return err_set(e, STATUS_DEVICE,
                       "The player could not start: %s. Close other programs and try again.",
                       strerror(failure));
    }
    struct player *p = mem_zalloc(sizeof *p);
    p->format = *format;
    p->process = process;
    p->fd = fds[0];
    *state = p;
    return STATUS_OK;
}

/* Ends the process if it still runs, and gives how it ended. */
static int reap(struct player *p)
{
    int how = 0;
    if (!p->process)
        return how;
    kill(p->process, SIGKILL);
    while (waitpid(p->process, &how, 0) < 0 && errno == EINTR)
        ;
    p->process = 0;
    return how;
}

/* The process ended without a word. */
static enum status tell_end(struct player *p, struct err *e)
{
    int how = reap(p);
    if (stop_asked(p))
        return stopped(e);
    bool aborted = WIFEXITED(how) && WEXITSTATUS(how) == EXIT_ABORTED;
    const char *cause = aborted            ? "it aborted"
                        : WIFSIGNALED(how) ? strsignal(WTERMSIG(how))
                                           : "without a reason";
    if (p->ready)
        return err_set(e, STATUS_DEVICE, "The sound system stopped while playing (%s).", cause);
    return err_set(e, STATUS_DEVICE,
                   "The sound system stopped while it was starting (%s): its configuration may "
                   "be broken or name no device. To save the sound instead: “docbao save FILE "
                   "-o OUT.wav”.",
                   cause);
}

static enum status take_report(struct player *p, const struct report *r, struct sv text,
                               struct err *e)
{
    switch ((enum report_kind)r->kind) {
    case REPORT_READY:
        p->ready = true;
        break;
    case REPORT_PLAYED:
        p->under_way -= r->frames < p->under_way ? r->frames : p->under_way;
        p->underflows += r->underflow;
        break;
    case REPORT_DONE:
        p->done = true;
        break;
    case REPORT_FAILED:
        return err_set(e, STATUS_DEVICE, "%.*s", SV_ARG(text));
    }
    return STATUS_OK;
}

/* Takes one report if there is one; *got tells. */
static enum status receive_report(struct player *p, bool *got, struct err *e)
{
    *got = false;
    ssize_t size = recv(p->fd, NULL, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
    /* An end that leaves orders unread resets the socket; what it said last comes after that. */
    if (size < 0 && errno == ECONNRESET)
        size = recv(p->fd, NULL, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return STATUS_OK;
    struct report r;
    if (size < (ssize_t)sizeof r)
        return tell_end(p, e);
    struct buf message = BUF_INIT;
    buf_reserve(&message, (size_t)size);
    size = recv(p->fd, message.p, (size_t)size, MSG_DONTWAIT);
    enum status status = STATUS_OK;
    if (size >= (ssize_t)sizeof r) {
        *got = true;
        memcpy(&r, message.p, sizeof r);
        struct sv text = {message.p + sizeof r, (size_t)size - sizeof r};
        status = take_report(p, &r, text, e);
    }
    buf_free(&message);
    return status;
}

typedef bool (*player_condition)(const struct player *p);

static bool is_ready(const struct player *p)
{
    return p->ready;
}

static bool is_done(const struct player *p)
{
    return p->done;
}

static bool has_room(const struct player *p)
{
    uint32_t ahead = p->under_way + PIECE_FRAMES;
    return p->ready && (!p->under_way || ahead <= p->format.rate * AHEAD_MS / 1000);
}

/* Takes reports until the condition holds. */
static enum status wait_for(struct player *p, player_condition holds, struct err *e)
{
    for (int naps = 0; naps < MOST_NAPS;) {
        if (stop_asked(p))
            return stopped(e);
        bool got;
        enum status status = receive_report(p, &got, e);
        if (status)
            return status;
        if (holds(p))
            return STATUS_OK;
        if (got)
            naps = 0;
        else
            naps += poll(&(struct pollfd){p->fd, POLLIN, 0}, 1, NAP_MS) == 0;
    }
    return err_set(e, STATUS_DEVICE,
                   "The sound device has taken no sound for %d seconds. Look whether the sound "
                   "server still runs.",
                   MOST_NAPS * NAP_MS / 1000);
}

/* The socket holds far more than AHEAD_MS; a failed send means that the other end is gone, and
 * what it said last is waiting to be read. */
static enum status send_order(struct player *p, struct order order, const int16_t *pcm,
                              struct err *e)
{
    size_t bytes = (size_t)order.frames * p->format.channels * sizeof *pcm;
    struct iovec parts[] = {{&order, sizeof order}, {(void *)(uintptr_t)pcm, bytes}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = pcm ? 2 : 1};
    while (sendmsg(p->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
        if (errno == EINTR)
            continue;
        bool got = true;
        enum status status = STATUS_OK;
        while (!status && got)
            status = receive_report(p, &got, e);
        return status ? status : tell_end(p, e);
    }
    p->under_way += order.frames;
    return STATUS_OK;
}

static enum status player_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct player *p = state;
    while (frames) {
        uint32_t piece = frames < PIECE_FRAMES ? frames : PIECE_FRAMES;
        enum status status = wait_for(p, has_room, e);
        if (!status)
            status = send_order(p, (struct order){ORDER_PLAY, piece}, pcm, e);
        if (status)
            return status;
        pcm += (size_t)piece * p->format.channels;
        frames -= piece;
    }
    return STATUS_OK;
}

static enum status player_finish(void *state, struct err *e)
{
    struct player *p = state;
    enum status status = send_order(p, (struct order){ORDER_FINISH, 0}, NULL, e);
    return status ? status : wait_for(p, is_done, e);
}

static void player_close(void *state)
{
    struct player *p = state;
    /* A player that is well closes its device in good order within one piece of sound. */
    shutdown(p->fd, SHUT_WR);
    for (int left = LAST_WAIT_MS; p->process && left > 0; left -= NAP_MS) {
        char rest;
        while (recv(p->fd, &rest, sizeof rest, MSG_DONTWAIT) > 0)
            ;
        if (poll(&(struct pollfd){p->fd, POLLRDHUP, 0}, 1, NAP_MS) > 0)
            break;
    }
    reap(p);
    close(p->fd);
    free(p);
}

enum status sink_player_probe(const char *device, const struct sink_format *format, struct err *e)
{
    void *state;
    enum status status = player_open(&state, device, format, e);
    if (status)
        return status;
    status = wait_for(state, is_ready, e);
    player_close(state);
    return status;
}

uint32_t sink_player_underflows(const void *state)
{
    const struct player *p = state;
    return p->underflows;
}

pid_t sink_player_process(const void *state)
{
    const struct player *p = state;
    return p->process;
}

const struct sink_driver sink_player = {"player",      player_open,  player_write,
                                        player_finish, player_close, NULL};
