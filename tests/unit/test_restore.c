/* A restored process speaks every sentence as a fresh process does (synth/restore.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vec.h"
#include "synth/restore.h"
#include "synth/synth.h"

enum { SENTENCES = 500, WORDS_MAX = 7 };

/* In shared memory: a digest of each sentence. */
struct digests {
    uint64_t fresh[SENTENCES], restored[SENTENCES], kept[SENTENCES];
};

struct sentences {
    char *text[SENTENCES];
    uint32_t order[SENTENCES]; /* shuffled */
};

/* The same on every machine. */
static uint32_t next_random(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)*seed * below >> 32);
}

static void sentences_make(struct sentences *s, uint32_t seed)
{
    static const char *const words[] = {
        "một",   "hai",  "người", "nước", "trường", "đi",   "không", "khỏe", "phở",      "ngoằn",
        "ngoèo", "sáng", "xã",    "hội",  "quỳnh",  "giữa", "lạnh",  "thuở", "[[m'O3k]]"};
    static const char marks[] = "   ,   ; ?  :";
    for (uint32_t i = 0; i < SENTENCES; i++) {
        struct buf text = BUF_INIT;
        for (uint32_t n = 1 + next_random(&seed, WORDS_MAX); n > 0; n--) {
            buf_adds(&text, words[next_random(&seed, sizeof words / sizeof *words)]);
            char mark = n > 1 ? marks[next_random(&seed, sizeof marks - 1)] : '.';
            if (mark != ' ')
                buf_putc(&text, mark);
            if (n > 1)
                buf_putc(&text, ' ');
        }
        s->text[i] = buf_detach(&text);
        s->order[i] = i;
    }
    for (uint32_t i = SENTENCES; i-- > 1;) {
        uint32_t other = next_random(&seed, i + 1), kept = s->order[i];
        s->order[i] = s->order[other];
        s->order[other] = kept;
    }
}

static void sentences_free(struct sentences *s)
{
    for (uint32_t i = 0; i < SENTENCES; i++)
        free(s->text[i]);
}

static bool digest_audio(void *to, const int16_t *pcm, uint32_t frames)
{
    uint64_t *hash = to;
    for (uint32_t i = 0; i < frames; i++)
        *hash = (*hash ^ (uint16_t)pcm[i]) * 0x100000001b3;
    return true;
}

static bool digest_word(void *to, uint32_t text_position, uint32_t frame)
{
    uint64_t *hash = to;
    *hash = (*hash ^ text_position ^ (uint64_t)frame << 32) * 0x100000001b3;
    return true;
}

static void speak(const char *text, uint64_t *digest)
{
    struct err e = ERR_INIT;
    const struct synth_output out = {digest_audio, digest_word, digest, 0};
    if (synth_espeak.speak(text, &out, &e) != STATUS_OK)
        _exit(2);
}

static void wait_well(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        ;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        _exit(3);
}

static void speak_fresh(const struct sentences *s, struct digests *d)
{
    for (uint32_t i = 0; i < SENTENCES; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            restore_wipe_stack();
            speak(s->text[i], &d->fresh[i]);
            _exit(0);
        }
        wait_well(pid);
    }
}

/* One process for all, with and without restoring. */
static void speak_on(const struct sentences *s, uint64_t *digests, bool restoring)
{
    pid_t pid = fork();
    if (pid != 0) {
        wait_well(pid);
        return;
    }
    const struct restore *restore = restoring ? restore_save() : NULL;
    if (restoring && !restore)
        _exit(4);
    for (uint32_t i = 0; i < SENTENCES; i++) {
        if (restoring)
            restore_apply(restore);
        speak(s->text[s->order[i]], &digests[s->order[i]]);
    }
    _exit(0);
}

/* In a process of its own, since the engine can be started once only. */
static void speak_all(const struct synth_settings *settings, const struct sentences *s,
                      struct digests *d)
{
    pid_t pid = fork();
    if (pid == 0) {
        struct err e = ERR_INIT;
        uint32_t rate;
        restore_prepare();
        if (synth_espeak.start(settings, &rate, &e) != STATUS_OK)
            _exit(5);
        speak_fresh(s, d);
        speak_on(s, d->restored, true);
        speak_on(s, d->kept, false);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void check_voice(const char *voice, uint32_t seed)
{
    const struct synth_settings settings = {voice, 350, 50, 50, 80, 100, 0, 0};
    struct sentences s;
    struct digests *d =
        mmap(NULL, sizeof *d, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(d != MAP_FAILED);
    sentences_make(&s, seed);
    speak_all(&settings, &s, d);
    uint32_t different = 0;
    for (uint32_t i = 0; i < SENTENCES; i++) {
        if (d->fresh[i] != d->restored[i])
            fail_msg("%s: “%s” sounds different in a restored process", voice, s.text[i]);
        different += d->fresh[i] != d->kept[i];
    }
    /* Otherwise this test proves nothing. */
    assert_true(different > SENTENCES / 2);
    munmap(d, sizeof *d);
    sentences_free(&s);
}

static void test_a_restored_process_is_like_a_fresh_one(void **state)
{
    (void)state;
    static const char *const voices[] = {"vi",         "docbao-central", "docbao-south+Annie",
                                         "vi+whisper", "vi+croak",       "vi+klatt2"};
    if (!restore_is_possible())
        skip();
    for (size_t i = 0; i < sizeof voices / sizeof *voices; i++)
        check_voice(voices[i], (uint32_t)i + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_restored_process_is_like_a_fresh_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
