#include "synth/espeak/engine_text.h"

#include "base/utf8.h"
#include "lang/syllable.h"
#include "rules/rules.h"

/* espeak-ng's numbers for the tones. */
static const char tone_numbers[] = {[TONE_NGANG] = '7', [TONE_HUYEN] = '2', [TONE_HOI] = '4',
                                    [TONE_NGA] = '5',   [TONE_SAC] = '3',   [TONE_NANG] = '6'};

/* Appends phonemes for a syllable whose onset the Southern voice would merge with another onset;
 * false for any other syllable. */
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

/* In the South hỏi and ngã are one tone, which falls and rises as the engine's ngã does; its hỏi is
 * a high level one there. */
static bool merge_tones(enum dialect dialect, struct syllable *s)
{
    bool merged = dialect == DIALECT_SOUTH && s->tone == TONE_HOI;
    if (merged)
        s->tone = TONE_NGA;
    return merged;
}

/* Appends the word as espeak-ng reads it best; false if it is no legal syllable. */
static bool add_word(const struct rules *rules, enum dialect dialect, struct sv word,
                     struct buf *out)
{
    struct syllable s;
    const struct row *row = rules_find(rules, TABLE_RESPELLINGS, word);
    if (row) {
        buf_add_sv(out, row_text(row, RESPELLINGS_GIVEN));
        return true;
    }
    if (!syllable_parse(word, &s))
        return false;
    bool merged = merge_tones(dialect, &s);
    if (dialect == DIALECT_SOUTH && has_southern_onset(&s) && add_southern(rules, &s, out))
        return true;
    unsigned place = syllable_tone_place(&s);
    if ((s.tone == TONE_NGANG || s.tone_at == place) && !merged)
        buf_add_sv(out, word);
    else
        syllable_write(&s, place, out);
    return true;
}

void engine_text_prepare(const struct rules *rules, enum dialect dialect,
                         const struct synth_word *words, size_t n, struct buf *text,
                         uint32_t *positions)
{
    uint32_t position = 0;
    size_t start = text->n;
    for (size_t i = 0; i < n; i++) {
        size_t before = text->n;
        bool spaced = before > start;
        if (spaced)
            buf_putc(text, ' ');
        size_t at = text->n;
        if (!add_word(rules, dialect, words[i].spoken, text)) {
            buf_cut(text, before);
            positions[i] = UINT32_MAX;
            continue;
        }
        positions[i] = position + spaced;
        position += spaced + (uint32_t)utf8_count((struct sv){text->p + at, text->n - at});
        if (words[i].pause) {
            buf_putc(text, words[i].pause);
            position++;
        }
    }
}

/* ---- other languages ---- */

static bool is_latin_or_digit(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
           (code >= '0' && code <= '9') ||
           (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) ||
           (code >= 0x1E00 && code <= 0x1EFF);
}

static void add_foreign_word(struct sv word, struct buf *out)
{
    size_t before = out->n;
    bool apostrophe = false;
    for (size_t i = 0; i < word.n && out->n - before < ENGINE_WORD_BYTES;) {
        uint32_t code, next = 0;
        i += utf8_decode_valid(word.p + i, &code);
        if (i < word.n)
            utf8_decode_valid(word.p + i, &next);
        bool inside = out->n > before && is_latin_or_digit(next);
        if (is_latin_or_digit(code) || ((code == '.' || code == ',') && inside))
            buf_add_code(out, code);
        else if (code == '\'' && inside && !apostrophe) {
            buf_putc(out, '\'');
            apostrophe = true;
        }
    }
}

void engine_text_prepare_foreign(const struct synth_word *words, size_t n, struct buf *text,
                                 uint32_t *positions)
{
    size_t start = text->n;
    for (size_t i = 0; i < n; i++) {
        size_t before = text->n;
        if (before > start)
            buf_putc(text, ' ');
        size_t at = text->n;
        add_foreign_word(words[i].spoken, text);
        positions[i] = UINT32_MAX;
        if (text->n == at) {
            buf_cut(text, before);
            continue;
        }
        positions[i] = (uint32_t)utf8_count(sv_sub(buf_sv(text), start, at - start));
        if (words[i].pause)
            buf_putc(text, words[i].pause);
    }
}
