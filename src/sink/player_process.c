#include "sink/player_process.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/message.h"
#include "sink/device.h"
#include "sink/player_end.h"
#include "sink/playout.h"

struct received {
    struct player_order order;
    int16_t pcm[PLAYER_PIECE * PLAYER_CHANNELS];
};

/* JACK would start a server of its own where none runs. */
static void become_player(int fd, pid_t parent)
{
    player_end_settle(fd, parent);
    setenv("JACK_NO_START_SERVER", "1", 1);
}

static void play_order(struct playout *p, const struct received *in)
{
    uint32_t underruns = playout_play(p, in->order.generation, in->pcm, in->order.frames);
    player_end_report((struct player_report){.kind = REPORT_PLAYED,
                                             .generation = in->order.generation,
                                             .frames = in->order.frames,
                                             .underruns = underruns,
                                             .time = clock_now_ns()},
                      "");
}

static void obey(struct playout *p, const struct received *in)
{
    switch ((enum player_order_kind)in->order.kind) {
    case ORDER_PLAY:
        play_order(p, in);
        break;
    case ORDER_CUT:
        playout_cut(p);
        break;
    case ORDER_FINISH:
        playout_finish(p);
        player_end_report((struct player_report){.kind = REPORT_DONE}, "");
        _exit(0);
    }
}

_Noreturn void player_process_play(int fd, pid_t parent, const struct player_shared *shared,
                                   const char *device, const struct sink_format *format)
{
    become_player(fd, parent);
    struct playout *p = playout_open(device, format, shared);
    player_end_report((struct player_report){.kind = REPORT_READY, .time = playout_latency(p)}, "");
    for (;;) {
        struct received in;
        playout_rest(p);
        ssize_t n = recv(PLAYER_FD, &in, sizeof in, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < (ssize_t)sizeof in.order) {
            playout_close(p);
            _exit(0);
        }
        obey(p, &in);
    }
}

static void report_device(void *user, const struct device_entry *entry)
{
    (void)user;
    player_end_report((struct player_report){.kind = REPORT_DEVICE,
                                             .number = entry->number,
                                             .rate = entry->rate,
                                             .is_default = entry->is_default},
                      entry->name);
}

_Noreturn void player_process_list(int fd, pid_t parent)
{
    struct device_fault why = DEVICE_FAULT_INIT;
    become_player(fd, parent);
    if (!playout_device_driver()->list(report_device, NULL, &why))
        player_end_fail(why.text.p);
    player_end_report((struct player_report){.kind = REPORT_DONE}, "");
    _exit(0);
}
