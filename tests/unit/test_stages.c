/*
 * Stages between the session and a sink: what must hold for every chain and every way to cut sound
 * into pieces.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "sink/stage/chain.h"
#include "sink/stage/staged_sink.h"

enum { RATE = 22050, DEVICE_RATE = 48000, FRAMES = RATE, LEVEL = 10000, HERTZ = 441, FADE_MS = 5 };

static const struct stage_format mono = {RATE, 1};

static atomic_uint half_volume = 50, full_volume = 100;
static const struct gain_settings quiet = {&half_volume, FADE_MS};
static const struct gain_settings loud = {&full_volume, FADE_MS};
static const struct resample_settings device_rate = {DEVICE_RATE};
static const struct channels_settings stereo = {2};

static const struct stage empty[1];
static const struct stage gain[] = {{&stage_gain, &quiet}};
static const struct stage channels[] = {{&stage_channels, &stereo}};
static const struct stage resample[] = {{&stage_resample, &device_rate}};
static const struct stage all[] = {
    {&stage_gain, &quiet}, {&stage_resample, &device_rate}, {&stage_channels, &stereo}};

static const struct {
    const char *name;
    const struct stage *stages;
    size_t count;
} chains[] = {
    {"empty", empty, 0},       {"gain", gain, 1}, {"channels", channels, 1},
    {"resample", resample, 1}, {"all", all, 3},
};
enum { CHAINS = sizeof chains / sizeof *chains };

static int16_t tone(uint32_t i)
{
    return (int16_t)lrint(LEVEL * sin(2 * M_PI * HERTZ * i / RATE));
}

static int16_t *make_tone(void)
{
    int16_t *pcm = malloc(FRAMES * sizeof *pcm);
    for (uint32_t i = 0; i < FRAMES; i++)
        pcm[i] = tone(i);
    return pcm;
}

static struct chain *open_chain(const struct stage *stages, size_t count)
{
    struct err e = ERR_INIT;
    struct chain *c;
    if (chain_open(&c, stages, count, &mono, &e))
        fail_msg("%s", e.message.p);
    return c;
}

static void add(struct samples *out, const struct chain *c, const int16_t *pcm, uint32_t frames)
{
    size_t n = (size_t)frames * chain_format(c).channels;
    vec_reserve(out, n);
    for (size_t i = 0; i < n; i++)
        out->at[out->n++] = pcm[i];
}

/* The tone, in pieces of `piece` frames; 0: of uneven sizes. */
static struct samples run_chain(struct chain *c, uint32_t piece)
{
    struct samples out = {0};
    int16_t *pcm = make_tone();
    uint32_t count, size = piece ? piece : 1;
    const int16_t *sound;
    for (uint32_t at = 0; at < FRAMES; at += size) {
        size = piece ? piece : size * 7 % 1009 + 1;
        size = size < FRAMES - at ? size : FRAMES - at;
        sound = chain_process(c, pcm + at, size, &count);
        add(&out, c, sound, count);
    }
    sound = chain_flush(c, &count);
    add(&out, c, sound, count);
    free(pcm);
    return out;
}

static void an_empty_chain_gives_what_it_takes(void **unused)
{
    (void)unused;
    struct chain *c = open_chain(empty, 0);
    int16_t pcm[3] = {1, 2, 3};
    uint32_t count;
    assert_ptr_equal(chain_process(c, pcm, 3, &count), pcm);
    assert_int_equal(count, 3);
    chain_flush(c, &count);
    assert_int_equal(count, 0);
    assert_int_equal(chain_latency(c), 0);
    assert_int_equal(chain_frame(c, 12345), 12345);
    assert_int_equal(chain_format(c).rate, RATE);
    chain_close(c);
}

static void full_volume_leaves_every_sample(void **unused)
{
    (void)unused;
    struct chain *c = open_chain(&(struct stage){&stage_gain, &loud}, 1);
    struct samples out = run_chain(c, 100);
    assert_int_equal(out.n, FRAMES);
    for (uint32_t i = 0; i < FRAMES; i++)
        assert_int_equal(out.at[i], tone(i));
    vec_free(&out);
    chain_close(c);
}

static void pieces_do_not_change_the_sound(void **unused)
{
    static const uint32_t pieces[] = {0, 1, 7, 256, 441, 4096};
    (void)unused;
    for (size_t i = 0; i < CHAINS; i++) {
        struct chain *c = open_chain(chains[i].stages, chains[i].count);
        struct samples whole = run_chain(c, FRAMES);
        chain_close(c);
        for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
            c = open_chain(chains[i].stages, chains[i].count);
            struct samples parts = run_chain(c, pieces[k]);
            chain_close(c);
            if (parts.n != whole.n || memcmp(parts.at, whole.at, whole.n * sizeof *whole.at) != 0)
                fail_msg("%s: pieces of %u change the sound", chains[i].name, pieces[k]);
            vec_free(&parts);
        }
        vec_free(&whole);
    }
}

static void as_much_comes_out_as_goes_in(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < CHAINS; i++) {
        struct chain *c = open_chain(chains[i].stages, chains[i].count);
        /* Twice: after a flush a new sound begins. */
        for (int round = 0; round < 2; round++) {
            struct samples out = run_chain(c, 441);
            struct stage_format format = chain_format(c);
            uint64_t due = (uint64_t)FRAMES * format.rate / RATE;
            assert_in_range(out.n / format.channels, due - 1, due + 1);
            vec_free(&out);
        }
        chain_close(c);
    }
}

static void what_is_held_is_no_more_than_the_latency(void **unused)
{
    (void)unused;
    struct chain *c = open_chain(all, 3);
    int16_t *pcm = make_tone();
    uint64_t given = 0, most = 0;
    for (uint32_t at = 0; at + 256 <= FRAMES; at += 256) {
        uint32_t count;
        chain_process(c, pcm + at, 256, &count);
        given += count;
        uint64_t due = chain_frame(c, at + 256);
        most = due > given && due - given > most ? due - given : most;
    }
    int64_t held_ns = (int64_t)(most * 1000000000u / DEVICE_RATE);
    assert_true(chain_latency(c) > 0);
    assert_in_range(held_ns, 0, chain_latency(c) + 1000 * 1000);
    free(pcm);
    chain_close(c);
}

static void both_channels_are_the_one(void **unused)
{
    (void)unused;
    struct chain *c = open_chain(channels, 1);
    struct samples out = run_chain(c, 441);
    assert_int_equal(out.n, 2 * FRAMES);
    for (uint32_t i = 0; i < FRAMES; i++)
        assert_true(out.at[2 * i] == tone(i) && out.at[2 * i + 1] == tone(i));
    vec_free(&out);
    chain_close(c);
}

/* A change of volume comes without a step, and what follows a cut rises from silence. */
static void volume_does_not_click(void **unused)
{
    (void)unused;
    atomic_uint percent = 100;
    struct gain_settings settings = {&percent, FADE_MS};
    struct chain *c = open_chain(&(struct stage){&stage_gain, &settings}, 1);
    int16_t level[4096];
    uint32_t count;
    for (size_t i = 0; i < 4096; i++)
        level[i] = LEVEL;
    assert_int_equal(chain_process(c, level, 4096, &count)[4095], LEVEL);
    atomic_store(&percent, 50);
    const int16_t *out = chain_process(c, level, 4096, &count);
    assert_in_range(out[0], LEVEL - LEVEL / 50, LEVEL);
    for (size_t i = 1; i < 4096; i++)
        assert_in_range(out[i - 1] - out[i], 0, LEVEL / 50);
    assert_int_equal(out[4095], LEVEL / 4);
    chain_clear(c);
    out = chain_process(c, level, 4096, &count);
    assert_int_equal(out[0], 0);
    for (size_t i = 1; i < 4096; i++)
        assert_in_range(out[i] - out[i - 1], 0, LEVEL / 50);
    assert_int_equal(out[4095], LEVEL / 4);
    chain_close(c);
}

static void a_cut_leaves_nothing(void **unused)
{
    (void)unused;
    struct chain *c = open_chain(resample, 1);
    int16_t *pcm = make_tone();
    uint32_t count;
    struct samples fresh = run_chain(c, 441);
    chain_process(c, pcm, 1000, &count);
    chain_clear(c);
    struct samples after = run_chain(c, 441);
    assert_int_equal(after.n, fresh.n);
    assert_memory_equal(after.at, fresh.at, fresh.n * sizeof *fresh.at);
    vec_free(&fresh);
    vec_free(&after);
    free(pcm);
    chain_close(c);
}

static void what_cannot_be_done_is_refused(void **unused)
{
    static const struct resample_settings no_rate = {0};
    static const struct channels_settings one = {1};
    (void)unused;
    struct err e = ERR_INIT;
    struct chain *c;
    const struct stage refused[] = {{&stage_gain, &loud}, {&stage_resample, &no_rate}};
    assert_int_equal(chain_open(&c, refused, 2, &mono, &e), STATUS_USAGE);
    assert_null(c);
    assert_non_null(strstr(e.message.p, "22050"));
    const struct stage fewer = {&stage_channels, &one};
    assert_int_equal(chain_open(&c, &fewer, 1, &(struct stage_format){RATE, 2}, &e), STATUS_USAGE);
    err_free(&e);
}

/* ---- a sink that records ---- */

struct recorder {
    struct sink_format format;
    VEC(int16_t) pcm;
    VEC(struct sink_mark) marks;
    struct buf title;
    uint32_t tagged, finished, closed;
    bool fails;
};

static struct recorder recorder;

static enum status record_open(void **state, const char *target, const struct sink_format *format,
                               struct err *e)
{
    *state = NULL;
    recorder.format = *format;
    if (strcmp(target, "refused") == 0)
        return err_set(e, STATUS_OUTPUT, "refused");
    *state = &recorder;
    return STATUS_OK;
}

static enum status record_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct recorder *r = state;
    if (r->fails)
        return err_set(e, STATUS_OUTPUT, "full");
    assert_true(frames > 0);
    for (size_t i = 0; i < (size_t)frames * r->format.channels; i++)
        *vec_push(&r->pcm) = pcm[i];
    return STATUS_OK;
}

static enum status record_tags(void *state, const struct sink_tags *tags, struct err *e)
{
    struct recorder *r = state;
    (void)e;
    assert_int_equal(r->pcm.n, 0);
    buf_add_sv(&r->title, tags->title);
    r->tagged++;
    return STATUS_OK;
}

static enum status record_mark(void *state, const struct sink_mark *mark, struct err *e)
{
    struct recorder *r = state;
    (void)e;
    assert_true(mark->frame >= r->pcm.n / r->format.channels);
    *vec_push(&r->marks) = *mark;
    return STATUS_OK;
}

static enum status record_finish(void *state, struct err *e)
{
    struct recorder *r = state;
    (void)e;
    r->finished++;
    return STATUS_OK;
}

static void record_close(void *state)
{
    struct recorder *r = state;
    r->closed++;
}

static const struct sink_driver recording = {
    .name = "recording",
    .open = record_open,
    .write = record_write,
    .finish = record_finish,
    .close = record_close,
    .tags = record_tags,
    .mark = record_mark,
};

static int reset(void **state)
{
    (void)state;
    vec_free(&recorder.pcm);
    vec_free(&recorder.marks);
    if (recorder.tagged)
        buf_free(&recorder.title);
    recorder = (struct recorder){.title = BUF_INIT};
    return 0;
}

static const struct sink_format voice = {.rate = RATE, .channels = 1};

enum { CLICKS = 20, CLICK_EVERY = 1009 };

/* Clicks among silence, with a mark at each. */
static void write_clicks(const struct stage *stages, size_t count)
{
    struct err e = ERR_INIT;
    struct staged_sink *s;
    int16_t pcm[CLICK_EVERY] = {0};
    pcm[0] = LEVEL;
    assert_int_equal(staged_sink_open(&s, &recording, "", stages, count, &voice, &e), STATUS_OK);
    assert_int_equal(staged_sink_tags(s, &(struct sink_tags){.title = sv_of("Chợ")}, &e),
                     STATUS_OK);
    for (uint32_t i = 0; i < CLICKS; i++) {
        struct sink_mark mark = {(uint64_t)i * CLICK_EVERY, SINK_MARK_WORD, sv_of("chợ")};
        assert_int_equal(staged_sink_mark(s, &mark, &e), STATUS_OK);
        assert_int_equal(staged_sink_write(s, pcm, CLICK_EVERY, &e), STATUS_OK);
    }
    assert_int_equal(staged_sink_finish(s, &e), STATUS_OK);
    staged_sink_close(s);
    assert_true(sv_is(buf_sv(&recorder.title), "Chợ"));
    assert_int_equal(recorder.tagged, 1);
    assert_int_equal(recorder.finished, 1);
    assert_int_equal(recorder.closed, 1);
    assert_int_equal(recorder.marks.n, CLICKS);
}

/* The loudest frame around `frame`. */
static uint64_t click_near(uint64_t frame)
{
    uint64_t from = frame > 100 ? frame - 100 : 0, loudest = from;
    uint32_t channel_count = recorder.format.channels;
    for (uint64_t i = from; i < frame + 100 && i * channel_count < recorder.pcm.n; i++)
        if (abs(recorder.pcm.at[i * channel_count]) > abs(recorder.pcm.at[loudest * channel_count]))
            loudest = i;
    return loudest;
}

static void marks_stay_with_their_sound(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < CHAINS; i++) {
        reset(NULL);
        write_clicks(chains[i].stages, chains[i].count);
        for (size_t k = 0; k < recorder.marks.n; k++) {
            uint64_t frame = recorder.marks.at[k].frame, heard = click_near(frame);
            if (heard + 1 < frame || heard > frame + 1)
                fail_msg("%s: mark %zu at frame %ju, its sound at %ju", chains[i].name, k,
                         (uintmax_t)frame, (uintmax_t)heard);
        }
    }
}

/* A day of sound: no product overflows, and no error adds up. */
static void late_marks_are_as_exact(void **unused)
{
    (void)unused;
    struct chain *c = open_chain(resample, 1);
    uint64_t day = (uint64_t)RATE * 60 * 60 * 24;
    assert_int_equal(chain_frame(c, day), (uint64_t)DEVICE_RATE * 60 * 60 * 24);
    assert_int_equal(chain_frame(c, day + 1), (uint64_t)DEVICE_RATE * 60 * 60 * 24 + 2);
    chain_close(c);
}

static void no_stage_hands_on_every_call(void **unused)
{
    (void)unused;
    write_clicks(empty, 0);
    assert_int_equal(recorder.format.rate, RATE);
    assert_int_equal(recorder.pcm.n, CLICKS * CLICK_EVERY);
    for (size_t i = 0; i < recorder.pcm.n; i++)
        assert_int_equal(recorder.pcm.at[i], i % CLICK_EVERY ? 0 : LEVEL);
}

static void failures_reach_the_caller(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    struct staged_sink *s;
    int16_t pcm[4096] = {0};
    assert_int_equal(staged_sink_open(&s, &recording, "refused", all, 3, &voice, &e),
                     STATUS_OUTPUT);
    assert_null(s);
    assert_int_equal(recorder.closed, 0);
    assert_int_equal(staged_sink_open(&s, &recording, "", all, 3, &voice, &e), STATUS_OK);
    recorder.fails = true;
    assert_int_equal(staged_sink_write(s, pcm, 4096, &e), STATUS_OUTPUT);
    staged_sink_close(s);
    assert_int_equal(recorder.closed, 1);
    assert_int_equal(recorder.finished, 0);
    err_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_chain_gives_what_it_takes),
        cmocka_unit_test(full_volume_leaves_every_sample),
        cmocka_unit_test(pieces_do_not_change_the_sound),
        cmocka_unit_test(as_much_comes_out_as_goes_in),
        cmocka_unit_test(what_is_held_is_no_more_than_the_latency),
        cmocka_unit_test(both_channels_are_the_one),
        cmocka_unit_test(volume_does_not_click),
        cmocka_unit_test(a_cut_leaves_nothing),
        cmocka_unit_test(what_cannot_be_done_is_refused),
        cmocka_unit_test_setup(marks_stay_with_their_sound, reset),
        cmocka_unit_test(late_marks_are_as_exact),
        cmocka_unit_test_setup(no_stage_hands_on_every_call, reset),
        cmocka_unit_test_setup(failures_reach_the_caller, reset),
    };
    return cmocka_run_group_tests_name("stages", tests, NULL, NULL);
}
