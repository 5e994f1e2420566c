#include "text/classes/english_word.h"

#include "text/classes/class.h"

enum { CERTAIN_ENGLISH = 99 };

/* How certainly the word is one that English has, too: the weight of its row as a whole word; 0: it
 * has none. */
static int32_t english_weight(const struct view *v, uint32_t i)
{
    struct buf whole = BUF_INIT;
    if (!begins_key(v, i, HEAD_ORIGINS))
        return 0;
    buf_putc(&whole, '^');
    buf_add_sv(&whole, atom_lower(v, i));
    buf_putc(&whole, '$');
    const struct row *row = rules_find(v->rules, TABLE_ORIGINS, buf_sv(&whole));
    buf_free(&whole);
    return row && row_kinds(row) == ORIGIN_ENGLISH ? row_number(row, SIGN_WEIGHT) : 0;
}

static bool is_english_too(const struct view *v, uint32_t i)
{
    return english_weight(v, i) > 0;
}

static bool is_plain_word(const struct view *v, uint32_t i)
{
    return is_word(v, i) && atom_has(atom_at(v, i), ATOM_PLAIN);
}

/* Whether the nearest word in that direction that is no syllable has ASCII letters, and only
 * English words and numbers are between: Year 10 to UNI. */
static bool is_beside_foreign(const struct view *v, uint32_t i, uint32_t step)
{
    enum { REACH = 3 };
    for (uint32_t k = 1; k <= REACH; k++) {
        i += step;
        if (is_number(v, i))
            continue;
        if (!is_plain_word(v, i))
            return false;
        if (!is_syllable(v, i))
            return true;
        if (!is_english_too(v, i))
            return false;
    }
    return false;
}

/* A capitalised word that is no Vietnamese syllable, and no Chinese or Korean one either. */
static bool is_western_name(const struct view *v, uint32_t i)
{
    enum { ENGLISH, CHINESE = 10, KOREAN };
    if (!is_capitalized(v, i) || !is_plain_word(v, i) || is_syllable(v, i) || is_upper(v, i))
        return false;
    const int32_t *score = origins_of_word(v, i)->of;
    return score[ENGLISH] >= score[CHINESE] && score[ENGLISH] >= score[KOREAN];
}

/* Sun Life, Me & Pet Run: a capitalised syllable beside a foreign name, if it is hardly ever the
 * Vietnamese word there. */
static bool is_part_of_english_name(const struct view *v, uint32_t i)
{
    uint32_t after = i + 1 + is_mark(v, i + 1, '&'), before = i - 1 - is_mark(v, i - 1, '&');
    /* Hà My, Thu Ray: a Vietnamese name. */
    if (i > v->begin + 1 && is_capitalized(v, i - 1) && is_syllable(v, i - 1) &&
        !is_english_too(v, i - 1))
        return false;
    return is_capitalized(v, i) && (is_western_name(v, after) || is_western_name(v, before)) &&
           english_weight(v, i) == CERTAIN_ENGLISH;
}

static bool is_certain(const struct view *v, uint32_t i)
{
    return is_plain_word(v, i) && english_weight(v, i) == CERTAIN_ENGLISH;
}

/* "Stand by Me", "Will Go On": only words that English alone has are from atom i to the end of the
 * phrase, capitalised ones, and between it and a western word before it. */
static bool ends_english_name(const struct view *v, uint32_t i)
{
    enum { MOST = 3 };
    uint32_t last = i + !is_capitalized(v, i), first = i - 1;
    uint32_t k = last;
    while (k - i < MOST && is_capitalized(v, k) && is_certain(v, k))
        k++;
    while (i - first < MOST && is_certain(v, first))
        first--;
    return k > last && !is_word(v, k) && !is_number(v, k) && is_western_name(v, first);
}

/* The word may be English: it is no syllable, or a syllable that English has, too. */
static bool may_be_english(const struct view *v, uint32_t i)
{
    return is_plain_word(v, i) && (!is_syllable(v, i) || is_english_too(v, i) ||
                                   (begins_key(v, i, HEAD_ENGLISH_WORDS) &&
                                    rules_find(v->rules, TABLE_ENGLISH_WORDS, atom_lower(v, i))));
}

static bool is_quote(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '"') || is_mark(v, i, 0x201C) || is_mark(v, i, 0x201D);
}

/* "I want to go home", "to my friend": atom i is in a short quotation of words that may be English,
 * of which one is no syllable. */
bool is_in_english_quotation(const struct view *v, uint32_t i)
{
    enum { MOST = 8 };
    uint32_t first = i, end = i;
    bool foreign = false;
    for (; i - first < MOST && may_be_english(v, first); first--)
        foreign = foreign || !is_syllable(v, first);
    for (; end - i < MOST && may_be_english(v, end); end++)
        foreign = foreign || !is_syllable(v, end);
    return foreign && is_quote(v, first) && is_quote(v, end);
}

/* "Journey to the West": a syllable that is an English word among English words, or between them
 * and the end of a name. */
static bool is_among_english(const struct view *v, uint32_t i)
{
    if (!is_english_too(v, i))
        return false;
    return (is_beside_foreign(v, i, -1u) && is_beside_foreign(v, i, 1)) ||
           (is_certain(v, i) && ends_english_name(v, i)) || is_in_english_quotation(v, i);
}

uint32_t read_english_pronoun(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct row *row = rules_letter(out->rules, LETTER_I);
    if (!is_upper(v, i) || !word_is(v, i, "i") || !row || !is_in_english_quotation(v, i))
        return 0;
    token_begin(out, v, CLASS_foreign, "letters.tsv", i, 1);
    say_sv(out, row_text(row, LETTER_NAMES_ENGLISH));
    token_end(out);
    return 1;
}

static uint32_t read_transcribed(struct utterance *out, const struct view *v, uint32_t i)
{
    static const struct origin_scores sure = {.of = {CERTAIN_ENGLISH}};
    struct buf spoken = BUF_INIT;
    struct surroundings around = {.known = &sure, .known_word = atom_lower(v, i)};
    bool english =
        transcribe(rules_transcription(v->rules), atom_lower(v, i), false, &around, &spoken);
    if (english) {
        token_begin(out, v, CLASS_foreign, "transcribe.tsv", i, 1);
        if (!word_is(v, i, "the") || !say_article(out, v))
            say_sv(out, buf_sv(&spoken));
        token_end(out);
    }
    buf_free(&spoken);
    return english;
}

uint32_t read_english_word(struct utterance *out, const struct view *v, uint32_t i)
{
    bool english = is_plain_word(v, i) && is_syllable(v, i) && !is_upper(v, i) &&
                   (is_among_english(v, i) || is_part_of_english_name(v, i));
    return english ? read_transcribed(out, v, i) : 0;
}
