/*
 * Chunks of WAV files that say what is heard.
 *
 * Invariants:
 * - In front of the sound stand `bext` (EBU Tech 3285) and `cart` (AES46), for radio programs.
 * Their texts are ASCII: programs read them byte by byte, each in an encoding of its own. Marks of
 *   Vietnamese letters are left out, and texts are cut to what the fields hold.
 * - Behind the sound, all in UTF-8, stand `LIST/INFO`, `cue ` and `LIST/adtl/labl`, a point for
 * each chapter, and `id3 `. ffmpeg takes no text of `id3 ` where there is `bext`, but that of INFO;
 *   mediainfo, TagLib, mutagen and kid3, which take INFO for Latin-1, prefer `id3 `.
 * - The chunks in front always have the same length, whatever they hold.
 */
#ifndef DOCBAO_SINK_TAG_RIFF_H
#define DOCBAO_SINK_TAG_RIFF_H

#include "sink/description.h"

struct riff_sound {
    uint32_t rate, channels, bits;
};

/* Append whole chunks: those in front of the sound, and those behind it; `rate`: of the frames of
 * the chapters. */
void riff_add_front(struct buf *out, const struct description *d, const struct riff_sound *sound);
void riff_add_back(struct buf *out, const struct description *d, uint32_t rate);

/* Appends the text in ASCII. */
void riff_add_ascii(struct buf *out, struct sv text);

#endif
