/*
 * Captions of films: SubRip and WebVTT; and the same packed by gzip.
 */
#include "fuzz/check.h"
#include "fuzz/target.h"

enum { RAW = 1, PACKED = 2 };

/* Packs the text as it is, in one stored block without a sum: cut short, but read. */
static void pack(struct buf *out, struct sv text)
{
    enum { BLOCK_MOST = 0xFFFF };
    size_t n = text.n < BLOCK_MOST ? text.n : BLOCK_MOST;
    const char lengths[] = {(char)n, (char)(n >> 8), (char)~n, (char)~(n >> 8)};
    buf_add(out, "\x1f\x8b\x08\0\0\0\0\0\0\3\1", 11);
    buf_add(out, lengths, sizeof lengths);
    buf_add_sv(out, text);
}

static void run(struct sv input)
{
    unsigned choices = fuzz_choices(&input);
    struct fuzz_way way = {.name = "fuzz.srt", .read = {.raw = choices & RAW}};
    struct buf packed = BUF_INIT;
    if (choices & PACKED)
        pack(&packed, input);
    check_article(choices & PACKED ? buf_sv(&packed) : input, &way);
    buf_free(&packed);
}

static void add_seeds(const struct seeds *seeds)
{
    seed_text(
        seeds, 0,
        "1\n00:00:01,500 --> 00:00:03,250 X1:10\n- Chợ họp <i>sớm</i>,\ncá tươi.\n\n2\n"
        "00:00:03,250 --> 00:00:05,000\n- Cá gì?\n{\\an8}Cá <font color=\"red\">rô</font>.\n\n"
        "3\r\n00:01:05,000 --> 00:01:06,000\r\n\r\nCá rô.\r\n");
    seed_text(seeds, PACKED,
              "WEBVTT - Tin\nKind: captions\n\nNOTE ghi chú\n\nSTYLE\n::cue { color: red }\n\nmột\n"
              "00:01.000 --> 00:03.000 align:start\n<v Lan>Chợ &amp; <00:02.000><c.a>bến</c>\n"
              "Chợ bến\n\n1:00:01.000 --> 1:00:03.000\nChợ bến\nvắng khách\n");
    seed_text(seeds, RAW, "1\n0:0:1,5-->0:0:3\nMột\n\n\n9\n00:00:09.000 --> 00:00:01.000\n\n");
}

const struct fuzz_target fuzz_captions = {run, add_seeds};
