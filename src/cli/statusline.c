#include "cli/statusline.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/message.h"
#include "cli/cells.h"

/* A message; the caller frees it. */
static char *message(const char *format, ...) __attribute__((format(printf, 1, 2)));

static char *message(const char *format, ...)
{
    struct buf made = BUF_INIT;
    va_list args;
    va_start(args, format);
    buf_add_message_args(&made, format, args);
    va_end(args);
    return buf_detach(&made);
}

static char *nothing(void)
{
    return mem_copy(SV(""));
}

/* ---- times ---- */

char *status_clock(uint64_t ms)
{
    unsigned long long s = ms / 1000;
    struct buf clock = BUF_INIT;
    if (s >= 3600)
        buf_addf(&clock, "%llu:%02llu:%02llu", s / 3600, s / 60 % 60, s % 60);
    else
        buf_addf(&clock, "%llu:%02llu", s / 60, s % 60);
    return buf_detach(&clock);
}

static char *times_of(const struct docbao_player_status *p, bool with_total)
{
    if (!p->article || !p->total_ms)
        return nothing();
    uint64_t elapsed_ms = p->elapsed_ms < p->total_ms ? p->elapsed_ms : p->total_ms;
    /* In whole seconds, so that the two always make up the total. */
    char *elapsed = status_clock(elapsed_ms), *total = status_clock(p->total_ms);
    char *left = status_clock((p->total_ms / 1000 - elapsed_ms / 1000) * 1000);
    char *made = with_total ? message("%s / %s · %s left", elapsed, total, left)
                            : message("%s · %s left", elapsed, left);
    free(elapsed);
    free(total);
    free(left);
    return made;
}

char *status_times(const struct ui_status *status)
{
    return times_of(&status->player, true);
}

/* ---- words ---- */

static char *away(const struct docbao_player_status *p)
{
    const char *trouble = p->trouble ? p->trouble : "";
    if (p->paused_while_away)
        return *trouble ? message("paused, sound device away: %s", trouble)
                        : message("paused, sound device away");
    return *trouble ? message("sound device away: %s", trouble) : message("sound device away");
}

static char *state_of(const struct docbao_player_status *p)
{
    switch (p->playing) {
    case DOCBAO_PLAYING:
        return message("playing");
    case DOCBAO_PAUSED:
        return message("paused");
    case DOCBAO_FETCHING:
        return message("fetching");
    case DOCBAO_ENDED:
        return message("the end");
    case DOCBAO_AWAY:
        break;
    }
    return away(p);
}

/* The items in display order, and the order in which they are left out. */
enum { STATE, TIMES, VOICE, SPEED, VOLUME, SLEEP, ITEMS };
static const unsigned char least_wanted_first[] = {VOICE, VOLUME, SLEEP, SPEED, TIMES};

static void fill(char *items[ITEMS], const struct ui_status *status, bool with_times)
{
    const struct docbao_player_status *p = &status->player;
    items[STATE] = state_of(p);
    items[TIMES] = with_times ? times_of(p, false) : nothing();
    items[VOICE] = mem_copy(sv_of(p->voice));
    items[SPEED] = p->speed_percent ? message("speed %u %%", p->speed_percent) : nothing();
    items[VOLUME] =
        p->volume_percent != 100 ? message("volume %u %%", p->volume_percent) : nothing();
    items[SLEEP] =
        status->sleep_minutes ? message("sleep in %u min", status->sleep_minutes) : nothing();
}

static char *joined(char *const items[ITEMS])
{
    struct buf all = BUF_INIT;
    for (unsigned i = 0; i < ITEMS; i++) {
        if (*items[i])
            buf_adds(&all, all.n ? " · " : "");
        buf_adds(&all, items[i]);
    }
    return buf_detach(&all);
}

char *status_words(const struct ui_status *status, bool with_times, unsigned cells)
{
    char *items[ITEMS];
    fill(items, status, with_times);
    char *all = joined(items);
    for (size_t i = 0; i < sizeof least_wanted_first; i++) {
        if (cells_of(all, strlen(all)) <= cells)
            break;
        *items[least_wanted_first[i]] = '\0';
        free(all);
        all = joined(items);
    }
    for (unsigned i = 0; i < ITEMS; i++)
        free(items[i]);
    return all;
}
