/* Plain numbers, with their decimals and sign: 506, 2,35, -5, 007; and in words again: 03 (ba). */
#include "text/classes/class.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

/* MiG -21 Lancer, Su -30: a whole number behind the name of a make of aircraft, in two or three
 * letters of which not all are capitals (HPG -2%), and nothing that it measures (Sa Pa -2oC). */
static bool is_model_before(const struct view *v, uint32_t i)
{
    enum { LONGEST = 3, LONGEST_SYLLABLE = 2 };
    uint32_t end = i + 2;
    const struct atom *name = atom_at(v, i - 1);
    struct unit u;
    if (!is_word(v, i - 1) || !is_capitalized(v, i - 1) || is_upper(v, i - 1) ||
        !atom_has(name, ATOM_PLAIN) || is_capitalized(v, i - 2) ||
        name->text.len > (atom_has(name, ATOM_LEGAL) ? LONGEST_SYLLABLE : LONGEST))
        return false;
    return !is_mark(v, end, '%') && !is_inner_mark(v, end, ',') && !is_inner_mark(v, end, '.') &&
           !is_glued_on(v, end) && !unit_parse(v, end, &u) && !word_is(v, end, "độ") &&
           atom_at(v, end)->kind != ATOM_SYMBOL;
}

bool is_minus(const struct view *v, uint32_t i)
{
    if (!is_mark(v, i, '-') && !is_mark(v, i, 0x2212))
        return false;
    if (is_model_before(v, i))
        return false;
    if (word_is(v, i - 1, "covid"))
        return false; /* Covid -19 */
    bool open = is_mark(v, i - 1, '(') || is_mark(v, i - 1, '[') || is_mark(v, i - 1, 0x201C);
    return (open || atom_has(atom_at(v, i), ATOM_SPACED)) && is_number(v, i + 1) &&
           atom_glued(v, i + 1) && !is_number(v, i - 1);
}

/* 86-63.5-87: one digit behind a mark. */
static bool is_half(const struct view *v, uint32_t i)
{
    return (is_inner_mark(v, i, '.') || is_inner_mark(v, i, ',')) && digit_count(v, i + 1) == 1;
}

/* 4-3-3, 89-57-93, 05 - 12 - 23: three or more numbers joined by dashes of one kind are said one
 * after another; with a pause between them unless all have one digit. */
static uint32_t read_chain(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { MOST = 32, THREE_NUMBERS = 3 };
    uint32_t n = 1, numbers = 1;
    bool glued = atom_glued(v, i + 1), pause = digit_count(v, i) > 1;
    while (n < MOST && is_range_dash(v, i + n) && is_number(v, i + n + 1) &&
           atom_glued(v, i + n) == glued) {
        pause = pause || digit_count(v, i + n + 1) > 1;
        n += 2;
        if (glued && is_half(v, i + n))
            n += 2;
        numbers++;
    }
    if (numbers < THREE_NUMBERS)
        return 0;
    struct numeral last; /* 25 – 40 – 100.000 đồng */
    uint32_t groups = !glued && numeral_parse(v, i + n - 1, &last) ? last.atoms - 1 : 0;
    n += groups;
    token_begin(out, v, CLASS_digits, "numbers tied by hyphens", i, n);
    for (uint32_t k = 0; k < n; k += 2) {
        struct numeral part = {.value = 0};
        numeral_parse(v, i + k, &part);
        bool half = part.fraction && glued && k > 0 && is_half(v, i + k + 1);
        bool last_one = !glued && k + groups + 1 == n;
        if (!half && !last_one)
            part.fraction = 0;
        say_numeral(out, v, i + k, &part);
        k += half ? 2 : last_one ? groups : 0;
        if (pause && k + 1 < n)
            say_pause(out, ',');
    }
    token_end(out);
    return n;
}

/* The words inside brackets, with one space between, in lower case; false if anything else is
 * there. */
static bool words_in_brackets(const struct view *v, uint32_t open, struct buf *words,
                              uint32_t *close)
{
    enum { MOST_WORDS = 24 };
    uint32_t i = open + 1;
    for (; i <= open + MOST_WORDS && is_syllable(v, i); i++) {
        if (words->n)
            buf_putc(words, ' ');
        buf_add_sv(words, atom_lower(v, i));
    }
    *close = i;
    return words->n && is_mark(v, i, ')');
}

/* thời hạn 03 (ba) ngày, 5.000.000 (năm triệu) đồng: brackets that say the number again are silent.
 */
static uint32_t skip_number_in_words(struct utterance *out, const struct view *v, uint32_t open)
{
    enum { FAR = 3 };
    uint32_t close, k = 1;
    while (k < FAR && is_word(v, open - k))
        k++;
    struct buf words = BUF_INIT;
    const struct buf *spoken = &out->article->spoken;
    bool again = is_number(v, open - k) && words_in_brackets(v, open, &words, &close) &&
                 spoken->n > words.n && spoken->p[spoken->n - words.n - 1] == ' ' &&
                 memcmp(spoken->p + spoken->n - words.n, words.p, words.n) == 0;
    buf_free(&words);
    if (!again)
        return 0;
    uint32_t begin = atom_at(v, open)->text.off, end = atom_at(v, close)->text.off + 1;
    article_skip(out->article, (struct span){begin, end - begin}, SKIP_REPEATED);
    return close + 1 - open;
}

/* ba phần 4, ngã 4 Vũng Tàu: 4 is "tư"; somebody falls in "ngã 4 lần". */
static bool is_fourth(const struct view *v, uint32_t i)
{
    return (word_is(v, i - 1, "phần") && is_number(v, i - 2)) ||
           (word_is(v, i - 1, "ngã") && !cue_after(v, i + 1, CUE_COUNTED));
}

uint32_t read_cardinal(struct utterance *out, const struct view *v, uint32_t i)
{
    if (is_mark(v, i, '('))
        return skip_number_in_words(out, v, i);
    bool minus = is_minus(v, i);
    struct numeral n;
    if (!minus && !is_number(v, i))
        return 0;
    uint32_t chain = minus ? 0 : read_chain(out, v, i);
    if (chain)
        return chain;
    uint32_t at = i + minus;
    numeral_parse(v, at, &n);
    enum token_class cls = n.fraction ? CLASS_decimal : n.spelled ? CLASS_digits : CLASS_cardinal;
    const char *rule = n.spelled ? N_("leading zero or too long: digit by digit") : N_("number");
    token_begin(out, v, cls, n.fraction ? N_("decimal") : rule, i, n.atoms + minus);
    if (minus && !word_is(v, i - 1, "âm"))
        say(out, "âm");
    if (n.value == 4 && n.atoms == 1 && is_fourth(v, i))
        say(out, "tư");
    else
        say_numeral(out, v, at, &n);
    token_end(out);
    return n.atoms + minus;
}
