#include "article/find/line_words.h"

#include "base/nfc.h"
#include "base/utf8.h"

const struct row *line_words_next(const struct rules *rules, uint64_t kinds, uint32_t *next)
{
    const struct packed_table *t = rules_table(rules, TABLE_LINE_WORDS);
    const struct row *row = packed_row(t, *next);
    for (; *next < t->rows; row = packed_row_after(t, row)) {
        ++*next;
        if (row_kinds(row) & kinds)
            return row;
    }
    return NULL;
}

struct sv line_words_of(const struct row *row)
{
    return row_text(row, LINE_WORDS_WORDS);
}

/* The length of `words` (in lower case) at the front of v, in any case; 0: it has others. */
static size_t begins_with(struct sv v, struct sv words)
{
    size_t i = 0, w = 0;
    while (w < words.n && i < v.n) {
        uint32_t written, wanted;
        unsigned n = utf8_decode(sv_sub(v, i, v.n - i), &written);
        unsigned m = utf8_decode(sv_sub(words, w, words.n - w), &wanted);
        if (char_lower(written) != wanted)
            return 0;
        i += n;
        w += m;
    }
    return w == words.n ? i : 0;
}

size_t line_words_begin(const struct rules *rules, uint64_t kinds, struct sv v)
{
    uint32_t front = 0, next = 0;
    if (!rules_may_begin(rules, v, HEAD_LINE_WORDS))
        return 0;
    if (v.n)
        utf8_decode(v, &front);
    front = char_lower(front);
    for (const struct row *row; (row = line_words_next(rules, kinds, &next));) {
        struct sv words = line_words_of(row);
        if (front < 0x80 && (unsigned char)words.p[0] != front) /* it nearly always differs */
            continue;
        size_t n = begins_with(v, words);
        if (n)
            return n;
    }
    return 0;
}
