/*
 * The whole front end: bytes, to an article, to what is said, to what the engine is given.
 */
#include "fuzz/check.h"
#include "fuzz/target.h"

enum { RAW = 1, DIALECT = 6, SPELL = 8, MARKDOWN = 16 };

static void run(struct sv input)
{
    unsigned choices = fuzz_choices(&input);
    struct fuzz_way way = {
        .name = choices & MARKDOWN ? "fuzz.md" : "fuzz",
        .read.raw = choices & RAW,
        .reading = {.dialect =
                        (choices & DIALECT) == DIALECT ? DIALECT_NORTH : (choices & DIALECT) >> 1,
                    .codes = choices & SPELL ? DOCBAO_CODES_SPELL : DOCBAO_CODES_EXPAND,
                    .sentence_pause_ms = 400,
                    .block_pause_ms = 700,
                    .title_pause_ms = 1000},
    };
    check_article(input, &way);
}

static void add_seeds(const struct seeds *seeds)
{
    static const char choices[] = {0, RAW, 4, RAW | 4 | SPELL, MARKDOWN, MARKDOWN | RAW};
    for (size_t i = 0; i < sizeof choices; i++)
        seed_files(seeds, &choices[i], 1, "assets/samples/*");
    seed_files(seeds, choices, sizeof choices, "tests/spec/*.md");
}

const struct fuzz_target fuzz_frontend = {run, add_seeds};
