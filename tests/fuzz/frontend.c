/*
 * Fuzzes the whole front end: bytes, to an article, to what is said, to what the engine is given.
 * The first byte chooses the options, the rest is the document. Every promise of
 * tests/promises.h must hold, and reading twice must give the same.
 *
 * ./dev fuzz builds it with libFuzzer; with replay.c it is a program that reads files once.
 */
#include "article/read.h"
#include "promises.h"
#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RAW = 1, DIALECT = 6, SPELL = 8, MARKDOWN = 16 };

/* Loading the tables takes far longer than reading an input. */
static const struct rules *loaded_rules(void)
{
    static struct rules *rules;
    struct err e = ERR_INIT;
    if (!rules && rules_load(&rules, NULL, &e) != STATUS_OK) {
        fprintf(stderr, "fuzz_frontend: %s: %s\n", e.file.p, e.message.p);
        exit(1);
    }
    return rules;
}

/* False if there is nothing to read in it. */
static bool analyse(struct article *a, struct sv document, uint8_t choice)
{
    const struct read_options read = {.raw = choice & RAW};
    const struct reading_options reading = {
        .dialect = (choice & DIALECT) == DIALECT ? DIALECT_NORTH : (choice & DIALECT) >> 1,
        .codes = choice & SPELL ? DOCBAO_CODES_SPELL : DOCBAO_CODES_EXPAND,
        .sentence_pause_ms = 400,
        .block_pause_ms = 700,
        .title_pause_ms = 1000,
    };
    const char *name = choice & MARKDOWN ? "fuzz.md" : "fuzz";
    struct err e = ERR_INIT;
    enum status status = article_from_bytes(a, name, document, &read, &e);
    err_free(&e);
    if (status == STATUS_OK)
        normalize_article(a, loaded_rules(), &reading);
    return status == STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct sv document = {(const char *)data + 1, size - 1};
    struct article a = {0}, again = {0};
    struct buf broken = BUF_INIT;
    bool readable = analyse(&a, document, data[0]);
    bool kept = analyse(&again, document, data[0]) == readable;
    if (!kept)
        buf_adds(&broken, "read once, but not twice");
    else if (readable)
        kept = promises_kept(&a, loaded_rules(), &broken) && promises_same(&a, &again, &broken);
    if (!kept) {
        fprintf(stderr, "fuzz_frontend: broken promise: %s\n", broken.p);
        abort();
    }
    buf_free(&broken);
    article_free(&a);
    article_free(&again);
    return 0;
}
