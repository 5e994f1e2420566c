#include "session/transport.h"

#define NEXT(state, action)                                                                        \
    {                                                                                              \
        TRANSPORT_##state, TRANSPORT_##action                                                      \
    }
#define STAY(state)                                                                                \
    {                                                                                              \
        TRANSPORT_##state, TRANSPORT_NOTHING                                                       \
    }

/* clang-format off */
static const struct transport_step steps[TRANSPORT_STATES][TRANSPORT_EVENTS] = {
    [TRANSPORT_PLAYING] = {
        [TRANSPORT_PAUSE]    = NEXT(PAUSED, CUT),
        [TRANSPORT_RESUME]   = NEXT(PLAYING, REFUSE),
        [TRANSPORT_SEEK]     = NEXT(PLAYING, RESTART),
        [TRANSPORT_LOST]     = NEXT(AWAY, REWIND),
        [TRANSPORT_BACK]     = STAY(PLAYING),
        [TRANSPORT_STARVED]  = NEXT(FETCHING, NOTHING),
        [TRANSPORT_SUPPLIED] = STAY(PLAYING),
        [TRANSPORT_END]      = NEXT(ENDED, NOTHING),
    },
    [TRANSPORT_PAUSED] = {
        [TRANSPORT_PAUSE]    = NEXT(PAUSED, REFUSE),
        [TRANSPORT_RESUME]   = NEXT(PLAYING, GO_ON),
        [TRANSPORT_SEEK]     = NEXT(PAUSED, RESTART),
        [TRANSPORT_LOST]     = NEXT(AWAY_PAUSED, REWIND),
        [TRANSPORT_BACK]     = STAY(PAUSED),
        [TRANSPORT_STARVED]  = STAY(PAUSED),
        [TRANSPORT_SUPPLIED] = STAY(PAUSED),
        [TRANSPORT_END]      = NEXT(ENDED_PAUSED, NOTHING),
    },
    [TRANSPORT_FETCHING] = {
        [TRANSPORT_PAUSE]    = NEXT(PAUSED, CUT),
        [TRANSPORT_RESUME]   = NEXT(FETCHING, REFUSE),
        [TRANSPORT_SEEK]     = NEXT(PLAYING, RESTART),
        [TRANSPORT_LOST]     = NEXT(AWAY, REWIND),
        [TRANSPORT_BACK]     = STAY(FETCHING),
        [TRANSPORT_STARVED]  = STAY(FETCHING),
        [TRANSPORT_SUPPLIED] = NEXT(PLAYING, NOTHING),
        [TRANSPORT_END]      = NEXT(ENDED, NOTHING),
    },
    [TRANSPORT_AWAY] = {
        [TRANSPORT_PAUSE]    = NEXT(AWAY_PAUSED, CUT),
        [TRANSPORT_RESUME]   = NEXT(AWAY, REFUSE),
        [TRANSPORT_SEEK]     = NEXT(AWAY, RESTART),
        [TRANSPORT_LOST]     = STAY(AWAY),
        [TRANSPORT_BACK]     = NEXT(PLAYING, NOTHING),
        [TRANSPORT_STARVED]  = STAY(AWAY),
        [TRANSPORT_SUPPLIED] = STAY(AWAY),
        [TRANSPORT_END]      = STAY(AWAY),
    },
    [TRANSPORT_AWAY_PAUSED] = {
        [TRANSPORT_PAUSE]    = NEXT(AWAY_PAUSED, REFUSE),
        [TRANSPORT_RESUME]   = NEXT(AWAY, GO_ON),
        [TRANSPORT_SEEK]     = NEXT(AWAY_PAUSED, RESTART),
        [TRANSPORT_LOST]     = STAY(AWAY_PAUSED),
        [TRANSPORT_BACK]     = NEXT(PAUSED, NOTHING),
        [TRANSPORT_STARVED]  = STAY(AWAY_PAUSED),
        [TRANSPORT_SUPPLIED] = STAY(AWAY_PAUSED),
        [TRANSPORT_END]      = STAY(AWAY_PAUSED),
    },
    [TRANSPORT_ENDED] = {
        [TRANSPORT_PAUSE]    = NEXT(ENDED_PAUSED, CUT),
        [TRANSPORT_RESUME]   = NEXT(ENDED, REFUSE),
        [TRANSPORT_SEEK]     = NEXT(PLAYING, RESTART),
        [TRANSPORT_LOST]     = NEXT(AWAY, REWIND),
        [TRANSPORT_BACK]     = STAY(ENDED),
        [TRANSPORT_STARVED]  = STAY(ENDED),
        [TRANSPORT_SUPPLIED] = STAY(ENDED),
        [TRANSPORT_END]      = STAY(ENDED),
    },
    [TRANSPORT_ENDED_PAUSED] = {
        [TRANSPORT_PAUSE]    = NEXT(ENDED_PAUSED, REFUSE),
        [TRANSPORT_RESUME]   = NEXT(ENDED, GO_ON),
        [TRANSPORT_SEEK]     = NEXT(PAUSED, RESTART),
        [TRANSPORT_LOST]     = NEXT(AWAY_PAUSED, REWIND),
        [TRANSPORT_BACK]     = STAY(ENDED_PAUSED),
        [TRANSPORT_STARVED]  = STAY(ENDED_PAUSED),
        [TRANSPORT_SUPPLIED] = STAY(ENDED_PAUSED),
        [TRANSPORT_END]      = STAY(ENDED_PAUSED),
    },
};
/* clang-format on */

struct transport_step transport_next(enum transport_state state, enum transport_event event)
{
    return steps[state][event];
}

bool transport_is_paused(enum transport_state state)
{
    return state == TRANSPORT_PAUSED || state == TRANSPORT_AWAY_PAUSED ||
           state == TRANSPORT_ENDED_PAUSED;
}

bool transport_is_away(enum transport_state state)
{
    return state == TRANSPORT_AWAY || state == TRANSPORT_AWAY_PAUSED;
}

bool transport_is_ended(enum transport_state state)
{
    return state == TRANSPORT_ENDED || state == TRANSPORT_ENDED_PAUSED;
}
