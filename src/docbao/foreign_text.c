#include "docbao/foreign_text.h"

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "text/token_class.h"

enum { SENTENCE_MOST_BYTES = 300 }; /* the engine divides longer clauses without asking */

struct reader {
    struct article *a;
    const struct reading_options *options;
    struct sentence *sentence; /* that is being read, or NULL */
};

/* ---- words ---- */

static unsigned code_at(struct sv text, size_t i, uint32_t *code)
{
    *code = 0;
    return i < text.n ? utf8_decode_valid(text.p + i, code) : 0;
}

static bool is_word_code(uint32_t code)
{
    enum char_kind kind = char_kind_of(code);
    return kind == CHAR_LETTER || (code >= '0' && code <= '9') || kind == CHAR_MARK;
}

/* Whether a mark between these two is inside a word: don't, 3.5. */
static bool joins(uint32_t before, uint32_t mark, uint32_t after)
{
    if (mark == '\'' || mark == 0x2019)
        return is_word_code(before) && is_word_code(after) && !code_is_digit(before);
    return (mark == '.' || mark == ',') && code_is_digit(before) && code_is_digit(after);
}

/* The length of the word at i; 0: there is none. */
static size_t word_length(struct sv text, size_t i)
{
    uint32_t before = 0, code, after;
    size_t start = i;
    for (;;) {
        unsigned n = code_at(text, i, &code);
        code_at(text, i + n, &after);
        if (!n || (!is_word_code(code) && !joins(before, code, after)))
            return i - start;
        before = code;
        i += n;
    }
}

static void add_spoken(struct buf *out, struct sv word)
{
    for (size_t i = 0; i < word.n;) {
        uint32_t code;
        i += code_at(word, i, &code);
        buf_add_code(out, code == 0x2019 ? '\'' : code);
    }
}

static void begin_sentence(struct reader *r, size_t at)
{
    struct article *a = r->a;
    r->sentence = vec_push(&a->sentences);
    *r->sentence = (struct sentence){.text = {(uint32_t)at, 0},
                                     .spoken = {(uint32_t)a->spoken.n, 0},
                                     .tok0 = (uint32_t)a->tokens.n,
                                     .pause_ms = r->options->sentence_pause_ms};
}

static void add_word(struct reader *r, struct sv text, size_t i, size_t n)
{
    struct article *a = r->a;
    if (!r->sentence)
        begin_sentence(r, i);
    else
        buf_putc(&a->spoken, ' ');
    uint32_t at = (uint32_t)a->spoken.n;
    add_spoken(&a->spoken, sv_sub(text, i, n));
    struct span spoken = {at, (uint32_t)a->spoken.n - at};
    *vec_push(&a->words) = (struct word){spoken, (uint32_t)a->tokens.n};
    *vec_push(&a->tokens) = (struct token){.cls = CLASS_word,
                                           .rule = "",
                                           .text = {(uint32_t)i, (uint32_t)n},
                                           .spoken = spoken,
                                           .word0 = (uint32_t)a->words.n - 1,
                                           .nword = 1};
    r->sentence->ntok++;
    r->sentence->text.len = (uint32_t)(i + n) - r->sentence->text.off;
    r->sentence->spoken.len = (uint32_t)a->spoken.n - r->sentence->spoken.off;
}

/* ---- pauses ---- */

static bool pauses_already(const struct article *a)
{
    return a->spoken.n && strchr(",.;:?!", a->spoken.p[a->spoken.n - 1]);
}

/* A mark after a word is a pause; one that ends a sentence ends it. */
static void add_mark(struct reader *r, char mark)
{
    struct article *a = r->a;
    if (!r->sentence || pauses_already(a))
        return;
    buf_putc(&a->spoken, mark);
    a->tokens.at[a->tokens.n - 1].spoken.len++;
    r->sentence->spoken.len++;
    bool ends = strchr(".?!", mark) || r->sentence->text.len > SENTENCE_MOST_BYTES;
    if (ends)
        r->sentence = NULL;
}

static void read_line(struct reader *r, struct span line)
{
    struct sv text = r->a->text;
    size_t end = (size_t)line.off + line.len;
    for (size_t i = line.off; i < end;) {
        size_t n = word_length(sv_sub(text, 0, end), i);
        uint32_t code;
        if (n) {
            add_word(r, text, i, n);
            i += n;
            continue;
        }
        i += code_at(text, i, &code);
        if (code < 0x80 && code && strchr(",.;:?!", (int)code))
            add_mark(r, (char)code);
        else if (code == '(' || code == ')' || code == 0x2014 || code == 0x2013)
            add_mark(r, ',');
        if (r->sentence && r->sentence->text.len > 2 * SENTENCE_MOST_BYTES)
            r->sentence = NULL;
    }
    r->sentence = NULL;
}

void foreign_text_read(struct article *a, const struct reading_options *options)
{
    struct reader r = {.a = a, .options = options};
    a->foreign = true;
    for (size_t i = 0; i < a->blocks.n; i++) {
        struct block *block = &a->blocks.at[i];
        block->sent0 = (uint32_t)a->sentences.n;
        read_line(&r, block->text);
        block->nsent = (uint32_t)a->sentences.n - block->sent0;
        if (block->nsent)
            a->sentences.at[a->sentences.n - 1].pause_ms = options->block_pause_ms;
    }
}
