/* A writer wakes its reader at once for the first sound, and seldom after that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "synth/ring.h"

enum { OWNER = 7, FRAMES = 1024, RECORD_BYTES = 16 + 2 * FRAMES };

struct counted {
    struct ring *ring;
    uint64_t at; /* the reader's place */
    size_t wakes;
};

static void read_all(struct counted *c)
{
    struct record record;
    const unsigned char *payload;
    uint64_t size;
    while (ring_peek(c->ring, OWNER, c->at, &record, &payload, &size) == RING_RECORD)
        c->at += size;
    ring_release(c->ring, c->at);
    atomic_store(&c->ring->reader_sleeps, 1);
}

/* A reader that is faster than the writer: it reads all and sleeps again. */
static void wake(void *with)
{
    struct counted *c = with;
    c->wakes++;
    read_all(c);
}

static void sleep_never(void *with)
{
    (void)with;
    fail_msg("a writer whose reader keeps up waited for room");
}

/* Writes sentences of so many records, gives the number of wakes. */
static size_t wakes_for(bool batch, size_t sentences, size_t records)
{
    static const int16_t pcm[FRAMES];
    struct counted counted = {.ring = rings_map(1)};
    assert_non_null(counted.ring);
    ring_reset(counted.ring, OWNER);
    struct ring_writer w = {
        .ring = counted.ring, .batch = batch, .sleep = sleep_never, .wake = wake, .with = &counted};
    for (size_t i = 0; i < sentences; i++) {
        for (size_t k = 0; k < records; k++)
            ring_write(&w, (struct record){.kind = RECORD_AUDIO, .a = FRAMES}, pcm, sizeof *pcm);
        ring_write(&w, (struct record){.kind = RECORD_SENTENCE}, NULL, 0);
    }
    read_all(&counted);
    assert_int_equal(counted.at, w.at);
    rings_unmap(counted.ring, 1);
    return counted.wakes;
}

static void the_first_sound_wakes_the_reader(void **state)
{
    (void)state;
    assert_int_equal(wakes_for(false, 1, 1), 2); /* the sound, and the end of the sentence */
    assert_int_equal(wakes_for(true, 1, 1), 1);
}

static void wakes_of_a_sentence_come_further_and_further_apart(void **state)
{
    (void)state;
    assert_in_range(wakes_for(false, 1, 16), 4, 6); /* after 1, 2, 4, 8, 16 records, and the end */
}

static void each_sentence_wakes_the_reader(void **state)
{
    (void)state;
    assert_true(wakes_for(false, 100, 1) == 200);
}

static void a_batch_wakes_for_a_quarter_of_the_ring(void **state)
{
    (void)state;
    size_t records = 10 * (size_t)RING_WAKE_BYTES / RECORD_BYTES;
    size_t growth = 8; /* 2 KB, 4 KB, ... up to RING_WAKE_BYTES */
    assert_in_range(wakes_for(true, records, 1), 8, 10 + growth);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_sound_wakes_the_reader),
        cmocka_unit_test(wakes_of_a_sentence_come_further_and_further_apart),
        cmocka_unit_test(each_sentence_wakes_the_reader),
        cmocka_unit_test(a_batch_wakes_for_a_quarter_of_the_ring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
