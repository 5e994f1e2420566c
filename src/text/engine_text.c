/* What the engine is given: gated, and respelled where it reads badly. */
#include "text/rules.h"

#include "base/utf8.h"
#include "text/syllable.h"

static bool is_pause(char c)
{
    return c == ',' || c == '.' || c == ';' || c == ':' || c == '?' || c == '!';
}

/* The word as the engine reads it best; false if it is none for it. */
static bool add_word(const struct rules *rules, struct sv word, struct buf *out)
{
    struct syllable s;
    const struct rule *row = rules_find(rules, TABLE_RESPELLINGS, word, NULL);
    if (row) {
        buf_add_sv(out, row->cell[1]);
        return true;
    }
    if (!syllable_parse(word, &s))
        return false;
    unsigned place = syllable_tone_place(&s);
    if (s.tone == TONE_NGANG || s.tone_at == place)
        buf_add_sv(out, word);
    else
        syllable_write(&s, place, out);
    return true;
}

void reading_engine_text(const struct article *a, const struct sentence *s,
                         const struct rules *rules, struct buf *out, uint32_t *word_positions)
{
    uint32_t first, n = reading_sentence_words(a, s, &first), position = 0;
    size_t start = out->n;
    for (uint32_t i = 0; i < n; i++) {
        struct span span = a->words.at[first + i].spoken;
        size_t end = span.off + span.len, before = out->n;
        if (before > start)
            buf_putc(out, ' ');
        size_t at = out->n;
        bool given = add_word(rules, sv_at(buf_sv(&a->spoken), span), out);
        word_positions[i] = given ? position + (before > start) : UINT32_MAX;
        if (!given)
            buf_cut(out, before);
        else
            position += (uint32_t)(before > start) + (uint32_t)utf8_count((struct sv){out->p + at, out->n - at});
        if (given && end < a->spoken.n && is_pause(a->spoken.p[end]) && end < s->spoken.off + s->spoken.len) {
            buf_putc(out, a->spoken.p[end]);
            position++;
        }
    }
}
