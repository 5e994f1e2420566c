#include "cli/statusline.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cells.h"

static char *printed(const char *format, ...) __attribute__((format(printf, 1, 2)));

static char *printed(const char *format, ...)
{
    char *made = NULL;
    va_list args;
    va_start(args, format);
    if (vasprintf(&made, format, args) < 0)
        abort();
    va_end(args);
    return made;
}

/* ---- times ---- */

static char *clock_of(uint64_t ms)
{
    unsigned long long s = ms / 1000;
    if (s >= 3600)
        return printed("%llu:%02llu:%02llu", s / 3600, s / 60 % 60, s % 60);
    return printed("%llu:%02llu", s / 60, s % 60);
}

static char *times(const struct docbao_player_status *p, bool with_total)
{
    if (!p->article || !p->total_ms)
        return printed("%s", "");
    uint64_t elapsed_ms = p->elapsed_ms < p->total_ms ? p->elapsed_ms : p->total_ms;
    /* In whole seconds, so that the two always make up the total. */
    char *elapsed = clock_of(elapsed_ms), *total = clock_of(p->total_ms);
    char *left = clock_of((p->total_ms / 1000 - elapsed_ms / 1000) * 1000);
    char *made = with_total ? printed("%s / %s · %s left", elapsed, total, left)
                            : printed("%s · %s left", elapsed, left);
    free(elapsed);
    free(total);
    free(left);
    return made;
}

char *status_times(const struct ui_status *status)
{
    return times(&status->player, true);
}

/* ---- words ---- */

static char *state_of(const struct docbao_player_status *p)
{
    const char *trouble = p->trouble ? p->trouble : "";
    switch (p->playing) {
    case DOCBAO_PLAYING:
        return printed("playing");
    case DOCBAO_PAUSED:
        return printed("paused");
    case DOCBAO_FETCHING:
        return printed("fetching");
    case DOCBAO_ENDED:
        return printed("the end");
    case DOCBAO_AWAY:
        break;
    }
    return printed("%ssound device away%s%s", p->paused_behind ? "paused, " : "",
                   *trouble ? ": " : "", trouble);
}

/* In the order in which they stand, and how much each is wanted. */
enum { STATE, TIMES, VOICE, SPEED, VOLUME, SLEEP, ITEMS };
static const unsigned char least_wanted_first[] = {VOICE, VOLUME, SLEEP, SPEED, TIMES};

static void fill(char *items[ITEMS], const struct ui_status *status, bool with_times)
{
    const struct docbao_player_status *p = &status->player;
    items[STATE] = state_of(p);
    items[TIMES] = with_times ? times(p, false) : printed("%s", "");
    items[VOICE] = printed("%s", p->voice ? p->voice : "");
    items[SPEED] = p->speed_percent ? printed("speed %u %%", p->speed_percent) : printed("%s", "");
    items[VOLUME] =
        p->volume_percent != 100 ? printed("volume %u %%", p->volume_percent) : printed("%s", "");
    items[SLEEP] = status->sleep_minutes ? printed("sleep in %u min", status->sleep_minutes)
                                         : printed("%s", "");
}

static char *joined(char *const items[ITEMS])
{
    char *all = printed("%s", "");
    for (unsigned i = 0; i < ITEMS; i++) {
        if (!*items[i])
            continue;
        char *longer = printed("%s%s%s", all, *all ? " · " : "", items[i]);
        free(all);
        all = longer;
    }
    return all;
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
