#include "synth/sentence_sound.h"

enum { SECONDS = 30, SECONDS_A_WORD = 3, FULL_VOLUME = 100 };

static void stop_stretching(struct sentence_sound *s)
{
    if (s->stretched)
        s->speed->close(s->stretched);
    s->stretched = NULL;
}

void sentence_sound_begin(struct sentence_sound *s, const char *text,
                          const struct synth_output *out)
{
    struct sv rest = sv_of(text);
    struct plain_word word;
    uint32_t position = 0;
    s->out = out;
    s->text = text;
    s->unwanted = false;
    s->frames = s->given = s->last_frame = 0;
    s->last_word = 0;
    s->pcm.n = s->positions.n = 0;
    while (plain_text_next(&rest, &position, &word))
        *vec_push(&s->positions) = word.position;
    s->most = (uint64_t)s->rate * (SECONDS + SECONDS_A_WORD * s->positions.n);
    stop_stretching(s);
    s->stretched = s->speed ? s->speed->open(s->rate, s->by) : NULL;
    if (s->speed && !s->stretched)
        mem_exhausted();
}

bool sentence_sound_word(struct sentence_sound *s, uint32_t word, uint32_t frame)
{
    if (s->held)
        return true; /* it said that it would tell none */
    if (word >= s->positions.n || word < s->last_word || frame < s->frames ||
        frame < s->last_frame || frame > s->most)
        return false;
    s->last_word = word + 1;
    s->last_frame = frame;
    uint32_t heard = s->stretched ? (uint32_t)(frame / s->by + 0.5) : frame;
    if (!s->unwanted)
        s->unwanted = !s->out->word(s->out->to, s->positions.at[word], heard);
    return true;
}

static int16_t sample_at(const char *bytes, uint32_t volume)
{
    const unsigned char *b = (const unsigned char *)bytes;
    int16_t sample = (int16_t)(uint16_t)(b[0] | b[1] << 8);
    return volume == FULL_VOLUME ? sample : (int16_t)(sample * (int32_t)volume / FULL_VOLUME);
}

static void pass_on(struct sentence_sound *s, const int16_t *pcm, uint32_t frames)
{
    s->given += frames;
    if (!s->held) {
        s->unwanted = !s->out->audio(s->out->to, pcm, frames);
        return;
    }
    vec_reserve(&s->pcm, frames);
    memcpy(s->pcm.at + s->pcm.n, pcm, frames * sizeof *pcm);
    s->pcm.n += frames;
}

/* Passes on what there is of stretched sound, at most as much as the speed makes of what came. */
static void pass_on_stretched(struct sentence_sound *s)
{
    enum { ROOM = 1024 };
    int16_t pcm[ROOM];
    uint64_t most = (uint64_t)((double)s->frames / s->by + 0.5);
    while (s->given < most && !s->unwanted) {
        uint64_t left = most - s->given;
        uint32_t n = s->speed->take(s->stretched, pcm, left < ROOM ? (uint32_t)left : ROOM);
        if (!n)
            return;
        pass_on(s, pcm, n);
    }
}

bool sentence_sound_add(struct sentence_sound *s, struct sv bytes)
{
    uint32_t frames = (uint32_t)(bytes.n / sizeof(int16_t));
    if (s->frames + frames > s->most)
        return false;
    s->frames += frames;
    if (s->unwanted || !frames)
        return true;
    s->block.n = 0;
    vec_reserve(&s->block, frames);
    for (uint32_t i = 0; i < frames; i++)
        s->block.at[s->block.n++] = sample_at(bytes.p + i * sizeof(int16_t), s->volume);
    if (!s->stretched)
        pass_on(s, s->block.at, frames);
    else if (s->speed->add(s->stretched, s->block.at, frames))
        pass_on_stretched(s);
    else
        mem_exhausted();
    return true;
}

void sentence_sound_end(struct sentence_sound *s)
{
    if (s->stretched && !s->unwanted && s->speed->end(s->stretched))
        pass_on_stretched(s);
    stop_stretching(s);
    if (!s->held || s->unwanted || !s->pcm.n)
        return;
    uint32_t frames = (uint32_t)s->pcm.n;
    syllable_time_divide(s->text, s->pcm.at, frames, s->rate, s->out->word, s->out->to);
    s->out->audio(s->out->to, s->pcm.at, frames);
}

void sentence_sound_free(struct sentence_sound *s)
{
    stop_stretching(s);
    vec_free(&s->pcm);
    vec_free(&s->block);
    vec_free(&s->positions);
}
