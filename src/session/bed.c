#include "session/bed.h"

#include <math.h>

/* Milliseconds of the ways down and up, at the ends, and where the music begins again. It stays
 * down through the pauses inside a paragraph. */
enum {
    DOWN_MS = 300,
    HOLD_MS = 450,
    UP_MS = 800,
    IN_MS = 400,
    OUT_MS = 1500,
    JOIN_MS = 10,
    MS_PER_SECOND = 1000
};

static float factor_of(double db)
{
    return (float)pow(10, db / 20);
}

void bed_begin(struct bed *b, struct recording *music, uint32_t rate, uint32_t channels,
               double full_db, double duck_db)
{
    b->music = music;
    b->rate = rate;
    b->channels = channels;
    b->full = factor_of(full_db);
    b->duck = factor_of(duck_db);
    b->done = b->at = b->rounds = 0;
    if (music)
        recording_rewind(music);
}

/* From 0 to 1 over so many milliseconds. */
static float way(const struct bed *b, uint64_t frames, uint32_t ms)
{
    uint64_t length = (uint64_t)b->rate * ms / MS_PER_SECOND;
    return frames >= length ? 1 : (float)frames / (float)length;
}

static uint64_t later(uint64_t frames, uint64_t by)
{
    return frames == BED_NEVER ? BED_NEVER : frames + by;
}

static uint64_t sooner(uint64_t frames, uint64_t by)
{
    return frames == BED_NEVER ? BED_NEVER : frames > by ? frames - by : 0;
}

static float gain_at(const struct bed *b, struct bed_place p)
{
    uint64_t hold = (uint64_t)b->rate * HOLD_MS / MS_PER_SECOND;
    uint64_t rising = p.since == BED_NEVER ? BED_NEVER : p.since > hold ? p.since - hold : 0;
    float up = fminf(way(b, rising, UP_MS), way(b, p.until, DOWN_MS));
    float ends = fminf(way(b, b->done, IN_MS), way(b, p.left, OUT_MS));
    uint64_t rest = recording_frames(b->music) - b->at;
    float join = fminf(way(b, b->at, JOIN_MS), way(b, rest, JOIN_MS));
    return (b->duck + (b->full - b->duck) * up) * ends * join;
}

static void read_music(struct bed *b, float *to, uint32_t frames)
{
    size_t given = recording_read(b->music, to, frames, b->channels) * b->channels;
    for (; given < (size_t)frames * b->channels; given++) /* the disk failed: recording_status */
        to[given] = 0;
}

static void mix_frame(int16_t *pcm, const float *music, uint32_t channels, float gain)
{
    enum { FULL_SCALE = 32768, HIGHEST = 32767 };
    for (uint32_t c = 0; c < channels; c++) {
        float sum = (float)pcm[c] + music[c] * gain * FULL_SCALE;
        pcm[c] = (int16_t)lrintf(fmaxf(-FULL_SCALE, fminf(HIGHEST, sum)));
    }
}

/* No further than to the end of the music. */
static void mix_piece(struct bed *b, int16_t *pcm, uint32_t frames, struct bed_place place)
{
    b->piece.n = 0;
    vec_reserve(&b->piece, (size_t)frames * b->channels);
    read_music(b, b->piece.at, frames);
    for (uint32_t i = 0; i < frames; i++) {
        struct bed_place now = place;
        now.since = place.since ? later(place.since, i) : 0;
        now.until = sooner(place.until, i);
        now.left = sooner(place.left, i);
        mix_frame(pcm + (size_t)i * b->channels, b->piece.at + (size_t)i * b->channels, b->channels,
                  gain_at(b, now));
        b->done++;
        b->at++;
    }
}

void bed_mix(struct bed *b, int16_t *pcm, uint32_t frames, struct bed_place place)
{
    while (b->music && frames) {
        uint64_t rest = recording_frames(b->music) - b->at;
        uint32_t piece = rest < frames ? (uint32_t)rest : frames;
        mix_piece(b, pcm, piece, place);
        if (piece == rest) {
            recording_rewind(b->music);
            b->at = 0;
            b->rounds++;
        }
        place.since = place.since ? later(place.since, piece) : 0;
        place.until = sooner(place.until, piece);
        place.left = sooner(place.left, piece);
        pcm += (size_t)piece * b->channels;
        frames -= piece;
    }
}

void bed_end(struct bed *b)
{
    vec_free(&b->piece);
    b->music = NULL;
}
