#include "sink/player_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "sink/device.h"
#include "sink/resample.h"

enum {
    PLAYER_FD = 3,
    MS_PER_SECOND = 1000,
    /* Long enough for a voice to stop without a click. */
    FADE_MS = 5,
    /* After a cut the device is kept running with silence for so long, so that the next sound need
     * not wait for it to start; then it may rest. */
    HELD_SECONDS = 10,
    /* While it is held: how long it looks for orders at a time. */
    LOOK_MS = 20,
    /* What the resampler holds is played, where nothing more comes, so long before the device runs
     * dry. */
    LAST_MOMENT_MS = 15,
    /* Stopping the device drops what is still buffered, in it and in the sound server beyond it:
     * so silence is what is dropped. */
    BEYOND_MS = 150,
    /* The first sound that a device takes may be told as late: nobody heard that. */
    SETTLE_MS = 100,
    FULL_VOLUME = 100,
};

static const int64_t second_ns = 1000 * 1000 * 1000;
static const int64_t ms_ns = 1000 * 1000;

struct process {
    const struct sink_format *format;
    const struct player_shared *shared;
    struct device *device;
    struct resample *resample; /* NULL: the device takes the format's rate */
    bool holds;                /* the resampler has taken sound that has not come out */
    uint32_t rate;             /* the device's */
    uint32_t piece;            /* frames that are written at a time */
    uint32_t obeyed;           /* the generation of the last cut that was obeyed */
    uint32_t fading_in;        /* frames of the format that still fade in */
    uint32_t volume;           /* percent, of the frame played last */
    bool held;                 /* after a cut: silence keeps the device running */
    int64_t held_until;
    int64_t dry_at;     /* when all that was written will have been played, by the clock */
    uint32_t settling;  /* frames of the device until an underrun counts */
    uint32_t underruns; /* not yet reported */
    int16_t last[PLAYER_CHANNELS]; /* the frame written last */
    int16_t *ramp, *silence;       /* one fade, one piece */
};

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * second_ns + t.tv_nsec;
}

static void send_report(struct player_report report, const char *text)
{
    struct iovec parts[] = {{&report, sizeof report}, {(void *)(uintptr_t)text, strlen(text)}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    while (sendmsg(PLAYER_FD, &message, MSG_NOSIGNAL) < 0 && errno == EINTR)
        ;
}

/* _exit: neither the caller's buffers nor its exit handlers are this process's business. */
static _Noreturn void fail(const char *text)
{
    send_report((struct player_report){.kind = REPORT_FAILED}, text);
    _exit(1);
}

/* ---- becoming a process of its own ---- */

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

/* ---- writing to the device ---- */

static _Noreturn void fall_silent(struct process *p)
{
    device_close(p->device);
    _exit(0);
}

/* Whether the caller wants silence: seen at once, before what is still queued. */
static bool hung_up(void)
{
    struct pollfd end = {.fd = PLAYER_FD, .events = POLLRDHUP};
    return poll(&end, 1, 0) > 0 && (end.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

static uint32_t wanted(const struct process *p)
{
    return atomic_load_explicit(&p->shared->generation, memory_order_acquire);
}

/* The clock tells how much is ahead only as long as the device keeps its pace: what no device
 * would hold is not believed. */
static void note_written(struct process *p, uint32_t frames)
{
    int64_t now = now_ns(), most = now + device_latency(p->device) + BEYOND_MS * ms_ns;
    int64_t from = p->dry_at > now ? p->dry_at : now;
    p->dry_at = from + frames * second_ns / p->rate;
    p->dry_at = p->dry_at < most ? p->dry_at : most;
}

static void put(struct process *p, const int16_t *pcm, uint32_t frames)
{
    struct buf why = BUF_INIT;
    bool dry;
    if (hung_up())
        fall_silent(p);
    if (!device_running(p->device))
        p->settling = p->rate * SETTLE_MS / MS_PER_SECOND;
    if (!device_write(p->device, pcm, frames, &dry, &why))
        fail(why.p);
    p->underruns += dry && !p->settling && !p->held;
    p->settling -= frames < p->settling ? frames : p->settling;
    note_written(p, frames);
    memcpy(p->last, pcm + (size_t)(frames - 1) * p->format->channels,
           p->format->channels * sizeof *pcm);
}

/* ---- cuts ---- */

static uint32_t fade_frames(uint32_t rate)
{
    return rate * FADE_MS / MS_PER_SECOND + 1;
}

/* Fades to nothing what would have come next: `frames` of it, and then the last frame's level. */
static void fade_out(struct process *p, const int16_t *pcm, uint32_t frames)
{
    uint32_t channels = p->format->channels, fade = fade_frames(p->rate);
    for (uint32_t i = 0; i < fade; i++) {
        const int16_t *frame = i < frames ? pcm + (size_t)i * channels : p->last;
        for (uint32_t c = 0; c < channels; c++) {
            p->last[c] = frame[c];
            p->ramp[i * channels + c] =
                (int16_t)(frame[c] * (int32_t)(fade - 1 - i) / (int32_t)fade);
        }
    }
    put(p, p->ramp, fade);
}

/* Obeys a cut. `frames` of `pcm`, in the device's rate, are what would have come next; without
 * any, the sound may have ended by itself meanwhile, and then nothing is left to fade. */
static void obey_cut(struct process *p, const int16_t *pcm, uint32_t frames)
{
    p->obeyed = wanted(p);
    p->fading_in = fade_frames(p->format->rate);
    bool sounds = device_running(p->device) && !p->held;
    p->held = device_running(p->device);
    p->held_until = now_ns() + HELD_SECONDS * second_ns;
    if (sounds && (frames || now_ns() < p->dry_at + device_latency(p->device)))
        fade_out(p, pcm, frames);
    if (p->resample)
        resample_clear(p->resample);
    p->holds = false;
}

/* Keeps the device running until there is an order, or until it may rest. */
static void keep_silent(struct process *p)
{
    struct buf why = BUF_INIT;
    struct pollfd orders = {.fd = PLAYER_FD, .events = POLLIN | POLLRDHUP};
    for (;;) {
        int64_t now = now_ns(), ahead = p->dry_at - device_latency(p->device) - now;
        if (now >= p->held_until)
            break;
        ahead = ahead < 0 ? 0 : ahead < LOOK_MS * ms_ns ? ahead : LOOK_MS * ms_ns;
        if (ppoll(&orders, 1, &(struct timespec){0, (long)ahead}, NULL) > 0)
            return;
        if (now_ns() >= p->dry_at - device_latency(p->device))
            put(p, p->silence, p->piece);
    }
    p->held = false;
    if (!device_stop(p->device, &why))
        fail(why.p);
}

/* ---- sound ---- */

/* The first sound after a cut begins from nothing. */
static void fade_in(struct process *p, int16_t *pcm, uint32_t frames)
{
    uint32_t channels = p->format->channels, fade = fade_frames(p->format->rate);
    for (uint32_t i = 0; i < frames && p->fading_in; i++, p->fading_in--)
        for (uint32_t c = 0; c < channels; c++) {
            int32_t sample = pcm[i * channels + c];
            pcm[i * channels + c] =
                (int16_t)(sample * (int32_t)(fade - p->fading_in) / (int32_t)fade);
        }
}

/* Full volume leaves every sample as it is; another one is come to in the course of the piece. */
static void set_volume(struct process *p, int16_t *pcm, uint32_t frames)
{
    uint32_t channels = p->format->channels;
    int64_t from = p->volume;
    int64_t to = atomic_load_explicit(&p->shared->volume, memory_order_relaxed);
    p->volume = (uint32_t)to;
    if (from == FULL_VOLUME && to == FULL_VOLUME)
        return;
    for (uint32_t i = 0; i < frames; i++) {
        /* The ear hears the square: half of the number is about half as loud. */
        int64_t volume = from + (to - from) * (i + 1) / frames;
        for (uint32_t c = 0; c < channels; c++)
            pcm[i * channels + c] =
                (int16_t)(pcm[i * channels + c] * volume * volume / (FULL_VOLUME * FULL_VOLUME));
    }
}

/* Plays what is in the device's rate, piece by piece, until a cut is asked for. */
static void play_out(struct process *p, const int16_t *pcm, uint32_t frames)
{
    while (frames) {
        if (wanted(p) != p->obeyed) {
            obey_cut(p, pcm, frames);
            return;
        }
        uint32_t piece = frames < p->piece ? frames : p->piece;
        put(p, pcm, piece);
        pcm += (size_t)piece * p->format->channels;
        frames -= piece;
    }
}

/* What the device is to be given next, in its rate, where this sound comes next. */
static const int16_t *next_sound(struct process *p, int16_t *pcm, uint32_t *frames)
{
    set_volume(p, pcm, *frames);
    fade_in(p, pcm, *frames);
    p->holds = p->resample != NULL;
    return p->resample ? resample_put(p->resample, pcm, *frames, frames) : pcm;
}

/* … and where none comes: what the resampler still holds. */
static const int16_t *rest_of_sound(struct process *p, uint32_t *frames)
{
    bool some = p->holds;
    *frames = 0;
    p->holds = false;
    return some ? resample_flush(p->resample, frames) : NULL;
}

/* A cut that was asked for, with the sound that would have come next. */
static void take_cut(struct process *p, int16_t *pcm, uint32_t frames)
{
    if (wanted(p) == p->obeyed)
        return;
    const int16_t *sound = frames ? next_sound(p, pcm, &frames) : NULL;
    if (!frames)
        sound = rest_of_sound(p, &frames);
    obey_cut(p, sound, frames);
}

static void take_play(struct process *p, const struct player_order *order, int16_t *pcm)
{
    uint32_t frames = order->frames;
    bool stale = order->generation != wanted(p);
    take_cut(p, pcm, stale ? frames : 0);
    if (order->generation == p->obeyed) { /* and not cut since the line before */
        if (p->held)
            p->settling = p->rate * SETTLE_MS / MS_PER_SECOND;
        p->held = false;
        const int16_t *sound = next_sound(p, pcm, &frames);
        play_out(p, sound, frames);
    }
    send_report((struct player_report){.kind = REPORT_PLAYED,
                                       .generation = order->generation,
                                       .frames = order->frames,
                                       .underruns = p->underruns,
                                       .time = now_ns()},
                "");
    p->underruns = 0;
}

/* Nothing is queued: what the resampler holds waits for more as long as there is time. */
static void release_in_time(struct process *p)
{
    struct pollfd orders = {.fd = PLAYER_FD, .events = POLLIN | POLLRDHUP};
    int64_t left = p->dry_at - LAST_MOMENT_MS * ms_ns - now_ns();
    struct timespec wait = {left > 0 ? left / second_ns : 0, left > 0 ? left % second_ns : 0};
    if (ppoll(&orders, 1, &wait, NULL) != 0)
        return;
    uint32_t frames;
    const int16_t *rest = rest_of_sound(p, &frames);
    play_out(p, rest, frames);
}

static _Noreturn void finish(struct process *p)
{
    struct buf why = BUF_INIT;
    uint32_t frames;
    const int16_t *rest = rest_of_sound(p, &frames);
    play_out(p, rest, frames);
    int64_t left = p->rate * (device_latency(p->device) + BEYOND_MS * ms_ns) / second_ns;
    if (!device_running(p->device) || p->held)
        left = 0; /* nothing sounds */
    for (; left > 0; left -= p->piece)
        put(p, p->silence, p->piece);
    if (!device_stop(p->device, &why))
        fail(why.p);
    device_close(p->device);
    send_report((struct player_report){.kind = REPORT_DONE}, "");
    _exit(0);
}

/* ---- orders ---- */

static void open_device(struct process *p, const char *device)
{
    struct buf why = BUF_INIT;
    uint32_t channels = p->format->channels;
    p->device = device_open(device, p->format, &why);
    if (!p->device)
        fail(why.p);
    p->rate = device_rate(p->device);
    p->piece = device_piece(p->rate);
    if (p->rate != p->format->rate) {
        p->resample = resample_open(p->format->rate, p->rate, channels);
        if (!p->resample)
            fail("The sound device takes another rate than the voice has, and no way leads from "
                 "one to the other. Choose another device, or save the sound with “docbao save "
                 "FILE -o OUT.wav”.");
    }
    p->ramp = mem_zalloc(fade_frames(p->rate) * channels * sizeof *p->ramp);
    p->silence = mem_zalloc(p->piece * channels * sizeof *p->silence);
}

_Noreturn void player_process_play(int fd, pid_t parent, const struct player_shared *shared,
                                   const char *device, const struct sink_format *format)
{
    struct process p = {.format = format, .shared = shared, .volume = FULL_VOLUME};
    settle_process(fd, parent);
    open_device(&p, device);
    int64_t latency = device_latency(p.device) + (p.resample ? resample_delay(p.resample) : 0);
    send_report((struct player_report){.kind = REPORT_READY, .time = latency}, "");
    struct {
        struct player_order order;
        int16_t pcm[PLAYER_PIECE * PLAYER_CHANNELS];
    } in;
    for (;;) {
        if (p.held)
            keep_silent(&p);
        else if (p.holds)
            release_in_time(&p);
        ssize_t n = recv(PLAYER_FD, &in, sizeof in, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < (ssize_t)sizeof in.order)
            fall_silent(&p);
        if (in.order.kind == ORDER_FINISH)
            finish(&p);
        if (in.order.kind == ORDER_CUT)
            take_cut(&p, NULL, 0);
        else
            take_play(&p, &in.order, in.pcm);
    }
}

static void report_device(void *user, uint32_t number, const char *name, bool is_default,
                          uint32_t rate)
{
    (void)user;
    send_report(
        (struct player_report){
            .kind = REPORT_DEVICE, .number = number, .rate = rate, .is_default = is_default},
        name);
}

_Noreturn void player_process_list(int fd, pid_t parent)
{
    struct buf why = BUF_INIT;
    settle_process(fd, parent);
    if (!device_list(report_device, NULL, &why))
        fail(why.p);
    send_report((struct player_report){.kind = REPORT_DONE}, "");
    _exit(0);
}
