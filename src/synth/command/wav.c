#include "synth/command/wav.h"

enum { RIFF = 12, CHUNK = 8, FORMAT = 16, HEAD_MOST = 64 << 10 };

static uint32_t number_at(struct sv bytes, size_t at, unsigned size)
{
    uint32_t number = 0;
    for (unsigned i = 0; i < size; i++)
        number |= (uint32_t)(unsigned char)bytes.p[at + i] << 8 * i;
    return number;
}

/* PCM (1), or "extensible" (0xFFFE), which then says PCM too. */
static bool is_usable(struct sv format)
{
    uint32_t kind = number_at(format, 0, 2);
    return (kind == 1 || kind == 0xFFFE) && number_at(format, 2, 2) == 1 &&
           number_at(format, 14, 2) == 16;
}

enum wav_state wav_read_head(struct sv bytes, uint32_t *rate, size_t *length)
{
    struct sv riff = SV("RIFF");
    bool usable = false;
    size_t compared = bytes.n < riff.n ? bytes.n : riff.n;
    if (!sv_eq(sv_sub(bytes, 0, compared), sv_sub(riff, 0, compared)))
        return WAV_NONE;
    for (size_t at = RIFF; at + CHUNK <= bytes.n;) {
        struct sv name = sv_sub(bytes, at, 4);
        uint32_t size = number_at(bytes, at + 4, 4);
        at += CHUNK;
        if (sv_is(name, "data")) {
            *length = at;
            return usable ? WAV_GOOD : WAV_BAD;
        }
        if (size > HEAD_MOST)
            return WAV_BAD;
        if (sv_is(name, "fmt ") && size >= FORMAT && at + FORMAT <= bytes.n) {
            usable = is_usable(sv_from(bytes, at));
            *rate = number_at(bytes, at + 4, 4);
        }
        at += size + size % 2;
    }
    return bytes.n > HEAD_MOST ? WAV_BAD : WAV_MORE;
}
