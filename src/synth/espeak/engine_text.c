/* What the engine is given: gated, and respelled where it reads badly. */
#include "rules/rules.h"
#include "text/normalize.h"

#include "base/utf8.h"
#include "lang/syllable.h"

static bool is_pause(char c)
{
    return c == ',' || c == '.' || c == ';' || c == ':' || c == '?' || c == '!';
}

/* The engine's numbers of the tones. */
static const char tone_numbers[] = {[TONE_NGANG] = '7', [TONE_HUYEN] = '2', [TONE_HOI] = '4',
                                    [TONE_NGA] = '5',   [TONE_SAC] = '3',   [TONE_NANG] = '6'};

/* A syllable whose onset the Southern voice would run into another, as phonemes; false for any
 * other syllable. */
static bool add_southern(const struct rules *rules, const struct syllable *s, struct buf *out)
{
    struct buf letters = BUF_INIT;
    syllable_write(s, SYLLABLE_LETTERS, &letters);
    struct sv plain = buf_sv(&letters); /* the letters of these onsets are one byte each */
    const struct row *onset = rules_find(rules, TABLE_SOUTHERN_SOUNDS, sv_sub(plain, 0, s->onset));
    const struct row *rime =
        rules_find(rules, TABLE_SOUTHERN_SOUNDS, sv_sub(plain, s->onset, plain.n - s->onset));
    bool found =
        onset && rime && (row_kinds(onset) & SOUTHERN_ONSET) && (row_kinds(rime) & SOUTHERN_RIME);
    if (found) {
        struct sv phonemes = row_text(rime, SOUTHERN_SOUNDS_PHONEMES);
        buf_addf(out, "[[%.*s", SV_ARG(row_text(onset, SOUTHERN_SOUNDS_PHONEMES)));
        for (size_t i = 0; i < phonemes.n; i++) {
            char c = phonemes.p[i];
            buf_putc(out, c == '*' ? tone_numbers[s->tone] : c);
        }
        buf_adds(out, "]]");
    }
    buf_free(&letters);
    return found;
}

static bool has_southern_onset(const struct syllable *s)
{
    const uint8_t *l = s->letters;
    return (s->onset == 1 && l[0] == LETTER_R) ||
           (s->onset == 2 && l[0] == LETTER_T && l[1] == LETTER_R);
}

/* The word as the engine reads it best; false if it is none for it. */
static bool add_word(const struct rules *rules, bool south, struct sv word, struct buf *out)
{
    struct syllable s;
    const struct row *row = rules_find(rules, TABLE_RESPELLINGS, word);
    if (row) {
        buf_add_sv(out, row_text(row, RESPELLINGS_GIVEN));
        return true;
    }
    if (!syllable_parse(word, &s))
        return false;
    if (south && has_southern_onset(&s) && add_southern(rules, &s, out))
        return true;
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
        bool given =
            add_word(rules, a->dialect == DIALECT_SOUTH, sv_at(buf_sv(&a->spoken), span), out);
        word_positions[i] = given ? position + (before > start) : UINT32_MAX;
        if (!given)
            buf_cut(out, before);
        else
            position += (uint32_t)(before > start) +
                        (uint32_t)utf8_count((struct sv){out->p + at, out->n - at});
        if (given && end < a->spoken.n && is_pause(a->spoken.p[end]) &&
            end < s->spoken.off + s->spoken.len) {
            buf_putc(out, a->spoken.p[end]);
            position++;
        }
    }
}
