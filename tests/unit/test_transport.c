/* The tables of the player: every state with every event. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "session/progress.h"
#include "session/transport.h"

/* ---- the expected table, cell by cell, written apart from the one in the program ---- */

struct cell {
    enum transport_state state;
    enum transport_event event;
    enum transport_state next;
    enum transport_action action;
};

#define CELL(state, event, next, action)                                                           \
    {                                                                                              \
        TRANSPORT_##state, TRANSPORT_##event, TRANSPORT_##next, TRANSPORT_##action                 \
    }

/* Every cell that changes something; in all others the state stays and nothing is done. */
static const struct cell cells[] = {
    CELL(PLAYING, PAUSE, PAUSED, CUT),
    CELL(FETCHING, PAUSE, PAUSED, CUT),
    CELL(AWAY, PAUSE, AWAY_PAUSED, CUT),
    CELL(ENDED, PAUSE, ENDED_PAUSED, CUT),
    CELL(PAUSED, PAUSE, PAUSED, REFUSE),
    CELL(AWAY_PAUSED, PAUSE, AWAY_PAUSED, REFUSE),
    CELL(ENDED_PAUSED, PAUSE, ENDED_PAUSED, REFUSE),

    CELL(PAUSED, RESUME, PLAYING, GO_ON),
    CELL(AWAY_PAUSED, RESUME, AWAY, GO_ON),
    CELL(ENDED_PAUSED, RESUME, ENDED, GO_ON),
    CELL(PLAYING, RESUME, PLAYING, REFUSE),
    CELL(FETCHING, RESUME, FETCHING, REFUSE),
    CELL(AWAY, RESUME, AWAY, REFUSE),
    CELL(ENDED, RESUME, ENDED, REFUSE),

    CELL(PLAYING, SEEK, PLAYING, RESTART),
    CELL(PAUSED, SEEK, PAUSED, RESTART),
    CELL(FETCHING, SEEK, PLAYING, RESTART),
    CELL(AWAY, SEEK, AWAY, RESTART),
    CELL(AWAY_PAUSED, SEEK, AWAY_PAUSED, RESTART),
    CELL(ENDED, SEEK, PLAYING, RESTART),
    CELL(ENDED_PAUSED, SEEK, PAUSED, RESTART),

    CELL(PLAYING, LOST, AWAY, REWIND),
    CELL(PAUSED, LOST, AWAY_PAUSED, REWIND),
    CELL(FETCHING, LOST, AWAY, REWIND),
    CELL(ENDED, LOST, AWAY, REWIND),
    CELL(ENDED_PAUSED, LOST, AWAY_PAUSED, REWIND),

    CELL(AWAY, BACK, PLAYING, NOTHING),
    CELL(AWAY_PAUSED, BACK, PAUSED, NOTHING),

    CELL(PLAYING, STARVED, FETCHING, NOTHING),
    CELL(FETCHING, SUPPLIED, PLAYING, NOTHING),

    CELL(PLAYING, END, ENDED, NOTHING),
    CELL(FETCHING, END, ENDED, NOTHING),
    CELL(PAUSED, END, ENDED_PAUSED, NOTHING),
};

static struct transport_step expected(enum transport_state state, enum transport_event event)
{
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (cells[i].state == state && cells[i].event == event)
            return (struct transport_step){cells[i].next, cells[i].action};
    return (struct transport_step){state, TRANSPORT_NOTHING};
}

#define each_cell(state, event)                                                                    \
    for (enum transport_state state = 0; state < TRANSPORT_STATES; state++)                        \
        for (enum transport_event event = 0; event < TRANSPORT_EVENTS; event++)

static void test_every_cell(void **unused)
{
    (void)unused;
    each_cell(state, event)
    {
        struct transport_step got = transport_next(state, event), want = expected(state, event);
        if (got.next != want.next || got.action != want.action)
            fail_msg("state %d, event %d: next %d, action %d; expected %d, %d", (int)state,
                     (int)event, (int)got.next, (int)got.action, (int)want.next, (int)want.action);
    }
}

static void test_only_its_commands_pause_and_resume(void **unused)
{
    (void)unused;
    each_cell(state, event)
    {
        struct transport_step step = transport_next(state, event);
        bool before = transport_is_paused(state), after = transport_is_paused(step.next);
        if (event == TRANSPORT_PAUSE)
            assert_true(after);
        else if (event == TRANSPORT_RESUME)
            assert_false(after);
        else
            assert_int_equal(after, before);
        bool command = event == TRANSPORT_PAUSE || event == TRANSPORT_RESUME;
        assert_int_equal(step.action == TRANSPORT_REFUSE, command && before == after);
        if (step.action == TRANSPORT_REFUSE)
            assert_int_equal(step.next, state);
    }
}

static void test_only_the_device_leads_away_and_back(void **unused)
{
    (void)unused;
    each_cell(state, event)
    {
        bool before = transport_is_away(state);
        bool after = transport_is_away(transport_next(state, event).next);
        if (event == TRANSPORT_LOST)
            assert_true(after);
        else if (event == TRANSPORT_BACK)
            assert_false(after);
        else
            assert_int_equal(after, before);
    }
}

static void test_a_seek_leaves_the_end_and_the_wait(void **unused)
{
    (void)unused;
    for (enum transport_state state = 0; state < TRANSPORT_STATES; state++) {
        struct transport_step step = transport_next(state, TRANSPORT_SEEK);
        assert_int_equal(step.action, TRANSPORT_RESTART);
        assert_false(transport_is_ended(step.next));
        assert_int_not_equal(step.next, TRANSPORT_FETCHING);
    }
}

/* A listener who presses pause and play keeps the place, whatever the state. */
static void test_pause_and_resume_undo_each_other(void **unused)
{
    (void)unused;
    for (enum transport_state state = 0; state < TRANSPORT_STATES; state++) {
        bool paused = transport_is_paused(state);
        enum transport_event one = paused ? TRANSPORT_RESUME : TRANSPORT_PAUSE;
        enum transport_event two = paused ? TRANSPORT_PAUSE : TRANSPORT_RESUME;
        enum transport_state back = transport_next(transport_next(state, one).next, two).next;
        /* Whether the next article is waited for is found out again. */
        assert_int_equal(back, state == TRANSPORT_FETCHING ? TRANSPORT_PLAYING : state);
    }
}

/* ---- how far the listener is with the sentence ---- */

static void test_progress(void **unused)
{
    (void)unused;
    for (enum progress p = 0; p < PROGRESS_STATES; p++) {
        assert_int_equal(progress_next(p, PROGRESS_SEEK), PROGRESS_SOUGHT);
        assert_int_equal(progress_next(p, PROGRESS_SEEK_BEYOND), PROGRESS_BEYOND);
        assert_int_equal(progress_next(p, PROGRESS_BEGIN), PROGRESS_INSIDE);
        assert_int_equal(progress_next(p, PROGRESS_REMAKE),
                         p == PROGRESS_INSIDE ? PROGRESS_TOLD : p);
        assert_int_equal(progress_next(p, PROGRESS_TELL), p == PROGRESS_SOUGHT ? PROGRESS_TOLD : p);
        assert_int_equal(progress_next(p, PROGRESS_END), p == PROGRESS_INSIDE ? PROGRESS_AFTER : p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_cell),
        cmocka_unit_test(test_only_its_commands_pause_and_resume),
        cmocka_unit_test(test_only_the_device_leads_away_and_back),
        cmocka_unit_test(test_a_seek_leaves_the_end_and_the_wait),
        cmocka_unit_test(test_pause_and_resume_undo_each_other),
        cmocka_unit_test(test_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
