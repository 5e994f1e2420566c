#include "docbao/find.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "article/view.h"
#include "lang/letter.h"
#include "text/recall.h"

/* ---- folding ---- */

static const char plain_letters[] = {
    [LETTER_A] = 'a', [LETTER_A_BREVE] = 'a',      [LETTER_A_CIRCUMFLEX] = 'a',
    [LETTER_E] = 'e', [LETTER_E_CIRCUMFLEX] = 'e', [LETTER_I] = 'i',
    [LETTER_O] = 'o', [LETTER_O_CIRCUMFLEX] = 'o', [LETTER_O_HORN] = 'o',
    [LETTER_U] = 'u', [LETTER_U_HORN] = 'u',       [LETTER_Y] = 'y',
};

static uint32_t small_of(uint32_t code)
{
    return code >= 'A' && code <= 'Z' ? code + 'a' - 'A' : code;
}

/* The letter without its diacritics, in lower case. */
static uint32_t plain_of(uint32_t code)
{
    if (code < 0x80)
        return small_of(code);
    struct letter letter = letter_of(code);
    if (letter_is_vowel(letter.id))
        return (unsigned char)plain_letters[letter.id];
    return letter.id == LETTER_D_STROKE ? 'd' : nfc_base(code);
}

static uint32_t lower_of(uint32_t code)
{
    if (code < 0x80)
        return small_of(code);
    struct letter letter = letter_of(code);
    return letter.id == LETTER_NONE ? char_lower(code) : letter.lower;
}

/* Appends `text` (valid UTF-8) in the form in which it is compared, until `out` has `most` bytes.
 * Returns how many bytes of the text were used. */
static size_t fold(struct sv text, bool plain, size_t most, struct buf *out)
{
    size_t i = 0;
    bool space = false;
    while (i < text.n && out->n < most) {
        uint32_t code = (unsigned char)text.p[i];
        unsigned n = 1;
        if (code >= 0x80)
            n = utf8_decode_valid(text.p + i, &code);
        bool blank = code < 0x80 ? code <= ' ' : char_kind_of(code) == CHAR_SPACE;
        if (!blank)
            buf_add_code(out, plain ? plain_of(code) : lower_of(code));
        else if (!space)
            buf_putc(out, ' ');
        space = blank;
        i += n;
    }
    return i;
}

/* ---- the search text ---- */

enum { SPELLINGS = 3 };

struct wanted {
    bool plain;
    struct buf spelled[SPELLINGS]; /* as typed; with tones on the second letter of a pair; on the
                                      first. Equal ones are empty. */
};

static bool has_marks(struct sv text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        i += utf8_decode_valid(text.p + i, &code);
        if (plain_of(code) != code)
            return true;
    }
    return false;
}

/* oa, oe and uy (except in quy) may have the tone mark on either letter. */
static bool is_open_pair(struct letter before, struct letter first, struct letter second)
{
    if (first.id == LETTER_O)
        return second.id == LETTER_A || second.id == LETTER_E;
    return first.id == LETTER_U && second.id == LETTER_Y && before.id != LETTER_Q;
}

/* Moves the tones of such pairs, if no letter follows, to their second or their first letter. */
static void respell(struct sv text, bool second, struct buf *out)
{
    VEC(uint32_t) codes = {0};
    for (size_t i = 0; i < text.n;)
        i += utf8_decode_valid(text.p + i, vec_push(&codes));
    for (size_t i = 1; i < codes.n; i++) {
        struct letter none = {0}, one = letter_of(codes.at[i - 1]), two = letter_of(codes.at[i]);
        struct letter before = i > 1 ? letter_of(codes.at[i - 2]) : none;
        bool ends = i + 1 == codes.n || letter_of(codes.at[i + 1]).id == LETTER_NONE;
        if (!ends || !is_open_pair(before, one, two) || (one.tone && two.tone))
            continue;
        uint8_t tone = one.tone ? one.tone : two.tone;
        codes.at[i - 1] = letter_code(one.id, second ? TONE_NGANG : tone);
        codes.at[i] = letter_code(two.id, second ? tone : TONE_NGANG);
    }
    for (size_t i = 0; i < codes.n; i++)
        buf_add_code(out, codes.at[i]);
    vec_free(&codes);
}

/* False: there is nothing to search for. */
static bool prepare(struct wanted *w, struct sv typed)
{
    struct buf valid = BUF_INIT, folded = BUF_INIT, composed = BUF_INIT;
    for (int i = 0; i < SPELLINGS; i++)
        w->spelled[i] = BUF_INIT;
    nfc_append(&composed, view_valid(typed, &valid));
    fold(view_fold(buf_sv(&composed), &valid), false, SIZE_MAX, &folded);
    w->plain = !has_marks(buf_sv(&folded));
    buf_add_sv(&w->spelled[0], buf_sv(&folded));
    for (int i = 1; i < SPELLINGS && !w->plain; i++)
        respell(buf_sv(&folded), i == 1, &w->spelled[i]);
    /* Equal spellings are searched for once. */
    for (int i = 1; i < SPELLINGS; i++)
        if (sv_eq(buf_sv(&w->spelled[i]), buf_sv(&folded)))
            buf_clear(&w->spelled[i]);
    buf_free(&valid);
    buf_free(&folded);
    buf_free(&composed);
    return w->spelled[0].n > 0;
}

/* ---- the search ---- */

/* The position of the earliest match of any spelling in the folded text, or -1. */
static ptrdiff_t first_of(const struct wanted *w, struct sv folded)
{
    ptrdiff_t first = -1;
    for (int i = 0; i < SPELLINGS; i++) {
        ptrdiff_t at = w->spelled[i].n ? sv_find(folded, buf_sv(&w->spelled[i])) : -1;
        if (at >= 0 && (first < 0 || at < first))
            first = at;
    }
    return first;
}

static uint32_t token_at(const struct article *a, const struct sentence *s, uint32_t off)
{
    recall_sentence(a, (uint32_t)(s - a->sentences.at));
    for (uint32_t i = 0; i < s->ntok; i++) {
        struct span text = article_token(a, s->tok0 + i)->text;
        if (text.off + text.len > off)
            return s->tok0 + i;
    }
    return s->tok0 + (s->ntok ? s->ntok - 1 : 0);
}

static bool find_in(const struct article *a, const struct sentence *s, const struct wanted *w,
                    struct buf *folded, uint32_t *token)
{
    struct sv text = sv_at(a->text, s->text);
    buf_clear(folded);
    fold(text, w->plain, SIZE_MAX, folded);
    ptrdiff_t at = first_of(w, buf_sv(folded));
    if (at < 0)
        return false;
    buf_clear(folded);
    *token = token_at(a, s, s->text.off + (uint32_t)fold(text, w->plain, (size_t)at, folded));
    return true;
}

/* The sentence `i` steps from `from`, of `n`, going round. */
static uint32_t sentence_after_steps(uint32_t from, uint32_t i, int step, uint32_t n)
{
    uint64_t index = step > 0 ? (uint64_t)from + i : (uint64_t)from + n - 1 - i;
    return (uint32_t)(index % n);
}

bool find_text(const struct article *a, struct sv wanted, uint32_t from, int step,
               uint32_t *sentence, uint32_t *token)
{
    struct wanted w;
    struct buf folded = BUF_INIT;
    uint32_t n = (uint32_t)a->sentences.n;
    bool found = false;
    from = from < n ? from : 0;
    bool wants = prepare(&w, wanted);
    for (uint32_t i = 0; wants && i < n && !found; i++) {
        uint32_t index = sentence_after_steps(from, i, step, n);
        found = find_in(a, &a->sentences.at[index], &w, &folded, token);
        if (found)
            *sentence = index;
    }
    for (int i = 0; i < SPELLINGS; i++)
        buf_free(&w.spelled[i]);
    buf_free(&folded);
    return found;
}
