/* Syllables that are said as they are written: most words of a text. */
#include "text/classes/class.h"

#include "lang/syllable.h"
#include "text/classes/english_word.h"
#include "text/classes/unmarked_name.h"

/* Syllables that may be something else in small letters: a unit ("mỗi ha"), a Roman numeral ("thế
 * kỷ vi", "thế kỷ xi"). */
static bool is_doubtful(const struct view *v, uint32_t i)
{
    const struct atom *a = &v->atoms[i];
    if (a->text.len != 2)
        return false;
    char second = *lowered_at(v->lower, a->text.off + 1);
    return (a->code == 'h' && second == 'a') ||
           (second == 'i' && (a->code == 'v' || a->code == 'x'));
}

/* Whether punctuation after a syllable ends it, and makes no address or compound of it. */
static bool ends_word(const struct atom *mark, const struct atom *word)
{
    uint32_t code = mark->code;
    return mark->kind == ATOM_PUNCT && code != '.' && code != '@' && code != '/' && code != '-' &&
           code != '_' && code != '&' && (code != ')' || word->text.len > 2);
}

/* Returns the frequency of the syllable with a tone: the weight of its row; 0: rare. */
static int32_t weight_with(const struct view *v, const struct syllable *s, enum tone tone)
{
    struct syllable toned = *s;
    struct buf written = BUF_INIT;
    toned.tone = (uint8_t)tone;
    syllable_write(&toned, syllable_tone_place(&toned), &written);
    const struct row *row = rules_find(v->rules, TABLE_FREQUENT_SYLLABLES, buf_sv(&written));
    buf_free(&written);
    return row ? row_number(row, FREQUENT_SYLLABLES_WEIGHT) : 0;
}

/* môt, viêc, thưc: a syllable that ends in a stop and lost its tone mark, which can be one of two.
 * The more frequent syllable is said; sắc is what other readers add. */
static uint32_t read_toneless(struct utterance *out, const struct view *v, uint32_t i)
{
    struct syllable s;
    if (atom_has(atom_at(v, i), ATOM_PLAIN) ||
        !syllable_parse_toned(atom_lower(v, i), TONE_SAC, &s) || s.onset == 0 ||
        weight_with(v, &s, TONE_NANG) <= weight_with(v, &s, TONE_SAC))
        return 0;
    struct buf spoken = BUF_INIT;
    s.tone = TONE_NANG;
    syllable_write(&s, syllable_tone_place(&s), &spoken);
    token_begin(out, v, CLASS_word, "tone mark added", i, 1);
    say_sv(out, buf_sv(&spoken));
    token_end(out);
    buf_free(&spoken);
    return 1;
}

/* Le of Tuan Le: the name of a person that lost its marks. */
static bool is_name_without_marks(const struct view *v, uint32_t i)
{
    return atom_has(&v->atoms[i], ATOM_PLAIN | ATOM_CAPITAL) && unmarked_name(v, i).n;
}

/* May 10, 2024: a day and a year behind it. */
static bool is_english_month(const struct view *v, uint32_t i)
{
    enum { YEAR = 4 };
    return is_capitalized(v, i) && word_is(v, i, "may") && digit_count(v, i + 1) <= 2 &&
           is_mark(v, i + 2, ',') && digit_count(v, i + 3) == YEAR;
}

uint32_t read_word(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = &v->atoms[i], *next = a + 1;
    if (!atom_has(a, ATOM_LEGAL))
        return read_toneless(out, v, i);
    if ((a->flags & (ATOM_UPPER | ATOM_MIXED)) || is_doubtful(v, i) ||
        ((a->code | 0x20) == 'd' && is_foreign_d(v, i)))
        return 0;
    if (i + 1 < v->end && (next->flags & ATOM_SPACED)) {
        /* Hong Kong, Tel Aviv: the first word of a foreign name may look like a syllable. */
        if (next->kind == ATOM_WORD && (a->flags & ATOM_CAPITAL) &&
            begins_key(v, i, HEAD_LONGER(HEAD_LOANWORDS)))
            return 0;
        if (next->kind == ATOM_NUMBER && is_english_month(v, i))
            return 0;
    } else if (i + 1 < v->end &&
               (!ends_word(next, a) || is_contraction(v, i) || is_possessive(v, i + 1))) {
        return 0;
    }
    if (is_name_without_marks(v, i))
        return 0;
    if (begins_key(v, i, HEAD_ORIGINS) && read_english_word(out, v, i))
        return 1;
    if (atom_has(a, ATOM_CAPITAL) && read_korean_syllable(out, v, i))
        return 1;
    say_word_itself(out, v, i);
    return 1;
}
