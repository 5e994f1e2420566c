#include "session/progress.h"

/* Short names keep the table in the order and width of the one in the header. */
enum {
    NOWHERE = PROGRESS_NOWHERE,
    SOUGHT = PROGRESS_SOUGHT,
    TOLD = PROGRESS_TOLD,
    INSIDE = PROGRESS_INSIDE,
    AFTER = PROGRESS_AFTER,
    BEYOND = PROGRESS_BEYOND
};

/* clang-format off */
static const unsigned char nexts[PROGRESS_STATES][PROGRESS_EVENTS] = {
    /*            SEEK    SEEK_BEYOND REMAKE   TELL     BEGIN   END */
    [NOWHERE] = { SOUGHT, BEYOND,     NOWHERE, NOWHERE, INSIDE, NOWHERE },
    [SOUGHT]  = { SOUGHT, BEYOND,     SOUGHT,  TOLD,    INSIDE, SOUGHT },
    [TOLD]    = { SOUGHT, BEYOND,     TOLD,    TOLD,    INSIDE, TOLD },
    [INSIDE]  = { SOUGHT, BEYOND,     TOLD,    INSIDE,  INSIDE, AFTER },
    [AFTER]   = { SOUGHT, BEYOND,     AFTER,   AFTER,   INSIDE, AFTER },
    [BEYOND]  = { SOUGHT, BEYOND,     BEYOND,  BEYOND,  INSIDE, BEYOND },
};
/* clang-format on */

enum progress progress_next(enum progress progress, enum progress_event event)
{
    return (enum progress)nexts[progress][event];
}
