/*
 * What programs answer to docbao's engine "command": frames, WAV streams and bare samples. Whatever
 * they are, words come in order and before their sound, and no more sound than a sentence may have.
 */
#include "fuzz/check.h"
#include "fuzz/target.h"
#include "synth/command/answer.h"
#include "synth/command/wav.h"
#include "synth/sentence_sound.h"

static const char text[] = "một hai, ba bốn; năm sáu.";
enum { WORDS = 6, RATE = 8000, SECONDS_MOST = 30 + 3 * WORDS };

/* What the pool would get. */
struct heard {
    uint64_t frames;
    uint32_t words, last_frame, last_position;
};

static bool hear_audio(void *to, const int16_t *pcm, uint32_t frames)
{
    struct heard *h = to;
    if (!pcm || !frames)
        broken_promise("sound without samples");
    h->frames += frames;
    if (h->frames > (uint64_t)RATE * SECONDS_MOST)
        broken_promise("%llu frames of a sentence", (unsigned long long)h->frames);
    return true;
}

static bool hear_word(void *to, uint32_t position, uint32_t frame)
{
    struct heard *h = to;
    if (h->words && (position <= h->last_position || frame < h->last_frame))
        broken_promise("word %u at %u, frame %u", h->words, position, frame);
    if (frame < h->frames || position >= sizeof text)
        broken_promise("a word after its sound, or outside the text");
    h->words++;
    h->last_position = position;
    h->last_frame = frame;
    return true;
}

static void run_frames(struct sentence_sound *sound, struct sv input)
{
    struct answer a;
    size_t size;
    while (answer_parse(input, &a, &size) == ANSWER_WHOLE) {
        if (size > input.n || size < a.payload.n || a.payload.n > ANSWER_BYTES_MOST)
            broken_promise("a frame of %zu bytes in %zu", size, input.n);
        bool good = true;
        if (a.kind == ANSWER_PCM)
            good = sentence_sound_add(sound, a.payload);
        else if (a.kind == ANSWER_WORD)
            good = sentence_sound_word(sound, answer_number(&a, 0), answer_number(&a, 1));
        if (!good || a.kind == ANSWER_END)
            return;
        input = sv_from(input, size);
    }
}

static void run_stream(struct sentence_sound *sound, struct sv input)
{
    uint32_t rate = 0;
    size_t head = 0;
    enum wav_state state = wav_read_head(input, &rate, &head);
    if (state == WAV_GOOD && head > input.n)
        broken_promise("a head of %zu bytes in %zu", head, input.n);
    struct sv samples = sv_from(input, state == WAV_GOOD ? head : 0);
    sentence_sound_add(sound, sv_sub(samples, 0, samples.n & ~(size_t)1));
}

/* The first byte: frames or a stream, words told or not, the volume. */
static void run(struct sv input)
{
    struct heard heard = {0};
    const struct synth_output out = {hear_audio, hear_word, &heard, 0};
    unsigned choices = input.n ? (unsigned char)input.p[0] : 0;
    struct sentence_sound sound = {
        .rate = RATE, .volume = choices >> 2, .held = (choices & 1) != 0};
    if (input.n)
        input = sv_from(input, 1);
    sentence_sound_begin(&sound, text, &out);
    if (choices & 2)
        run_stream(&sound, input);
    else
        run_frames(&sound, input);
    sentence_sound_end(&sound);
    if (sound.held && heard.frames && heard.words != WORDS)
        broken_promise("%u words have a time", heard.words);
    sentence_sound_free(&sound);
}

static void add_seeds(const struct seeds *seeds)
{
    static const char frames[] = "\x0c\0\0\0h\1\0\0\0\x40\x1f\0\0\3\0\0\0"
                                 "\x8\0\0\0w\0\0\0\0\0\0\0\0"
                                 "\x8\0\0\0p\1\2\3\4\5\6\7\x7f"
                                 "\x8\0\0\0w\1\0\0\0\4\0\0\0"
                                 "\x6\0\0\0p\xff\x80\0\0\1\1"
                                 "\4\0\0\0e\1\0\0\0"
                                 "\3\0\0\0xbad";
    static const char wav[] =
        "RIFF\x30\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0"
        "data\0\0\0\0\1\2\3\4\5\6\7\x8";
    for (unsigned choices = 0; choices < 2; choices++) {
        seed_bytes(seeds, choices | 40 << 2, SV(frames));
        seed_bytes(seeds, choices | 2 | 25 << 2, SV(wav));
    }
}

const struct fuzz_target fuzz_answers = {run, add_seeds};
