#include "sink/player_process.h"

#include <unistd.h>

#include "base/channel.h"
#include "base/clock.h"
#include "base/message.h"
#include "sink/device.h"
#include "sink/player_end.h"
#include "sink/playout.h"

/* JACK would start a server of its own where none runs. */
static void become_player(int fd, pid_t parent)
{
    player_end_settle(fd, parent);
    setenv("JACK_NO_START_SERVER", "1", 1);
}

static void play_order(struct playout *p, const struct player_order *order, const int16_t *pcm)
{
    uint32_t underruns = playout_play(p, order->generation, pcm, order->frames);
    player_end_report((struct player_report){.kind = REPORT_PLAYED,
                                             .generation = order->generation,
                                             .frames = order->frames,
                                             .underruns = underruns,
                                             .time = clock_now_ns()},
                      "");
}

static void obey(struct playout *p, const struct player_order *order, const int16_t *pcm)
{
    switch ((enum player_order_kind)order->kind) {
    case ORDER_PLAY:
        play_order(p, order, pcm);
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
    struct buf pcm = BUF_INIT;
    for (;;) {
        struct player_order order;
        playout_rest(p);
        buf_clear(&pcm);
        if (channel_receive(PLAYER_FD, &order, sizeof order, &pcm, NULL, true) != CHANNEL_DONE) {
            playout_close(p);
            _exit(0);
        }
        obey(p, &order, (const int16_t *)(const void *)pcm.p);
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
