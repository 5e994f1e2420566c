#include "lang/name_order.h"

#include <string.h>

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/letter.h"

/* Steps of the alphabet; 0: not a letter of it. */
static const uint8_t steps[LETTER_COUNT] = {
    [LETTER_A] = 1,
    [LETTER_A_BREVE] = 2,
    [LETTER_A_CIRCUMFLEX] = 3,
    [LETTER_B] = 4,
    [LETTER_C] = 5,
    [LETTER_D] = 6,
    [LETTER_D_STROKE] = 7,
    [LETTER_E] = 8,
    [LETTER_E_CIRCUMFLEX] = 9,
    [LETTER_F] = 10,
    [LETTER_G] = 11,
    [LETTER_H] = 12,
    [LETTER_I] = 13,
    [LETTER_J] = 14,
    [LETTER_K] = 15,
    [LETTER_L] = 16,
    [LETTER_M] = 17,
    [LETTER_N] = 18,
    [LETTER_O] = 19,
    [LETTER_O_CIRCUMFLEX] = 20,
    [LETTER_O_HORN] = 21,
    [LETTER_P] = 22,
    [LETTER_Q] = 23,
    [LETTER_R] = 24,
    [LETTER_S] = 25,
    [LETTER_T] = 26,
    [LETTER_U] = 27,
    [LETTER_U_HORN] = 28,
    [LETTER_V] = 29,
    [LETTER_W] = 30,
    [LETTER_X] = 31,
    [LETTER_Y] = 32,
    [LETTER_Z] = 33,
};

/* The kinds of elements, in their order. */
enum kind { KIND_END, KIND_MARK, KIND_NUMBER, KIND_LETTER, KIND_BYTE };

struct element {
    enum kind kind;
    uint32_t place;   /* among those of its kind */
    struct sv digits; /* KIND_NUMBER: without zeros before them */
    uint8_t tone;
};

static struct element take_number(struct sv *rest)
{
    struct sv digits = *rest;
    size_t n = 0;
    while (n < rest->n && ascii_is_digit(rest->p[n]))
        n++;
    *rest = sv_from(*rest, n);
    digits.n = n;
    while (digits.n && digits.p[0] == '0')
        digits = sv_from(digits, 1);
    return (struct element){.kind = KIND_NUMBER, .digits = digits};
}

/* Letters of other languages are where those without their marks are; other scripts come last. */
static struct element element_of(uint32_t code)
{
    enum { OTHER_LETTERS = LETTER_COUNT };
    struct letter letter = letter_of(code);
    struct element e = {.kind = KIND_LETTER, .tone = letter.tone};
    if (!letter.id)
        letter = letter_of(nfc_base(code));
    if (letter.id)
        e.place = steps[letter.id];
    else if (char_kind_of(code) == CHAR_LETTER)
        e.place = OTHER_LETTERS + char_lower(code);
    else
        e = (struct element){.kind = KIND_MARK, .place = code};
    return e;
}

static struct element take(struct sv *rest)
{
    uint32_t code;
    if (!rest->n)
        return (struct element){.kind = KIND_END};
    if (ascii_is_digit(rest->p[0]))
        return take_number(rest);
    unsigned n = utf8_decode(*rest, &code);
    struct element e = {.kind = KIND_BYTE, .place = (unsigned char)rest->p[0]};
    if (n)
        e = element_of(code);
    *rest = sv_from(*rest, n ? n : 1);
    return e;
}

static int compare(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_elements(const struct element *a, const struct element *b)
{
    if (a->kind != b->kind)
        return compare(a->kind, b->kind);
    if (a->kind != KIND_NUMBER)
        return compare(a->place, b->place);
    if (a->digits.n != b->digits.n)
        return compare(a->digits.n, b->digits.n);
    return a->digits.n ? memcmp(a->digits.p, b->digits.p, a->digits.n) : 0;
}

/* Of composed text. 0: they differ only in what counts last. */
static int compare_text(struct sv a, struct sv b)
{
    int tones = 0;
    for (;;) {
        struct element x = take(&a), y = take(&b);
        int order = compare_elements(&x, &y);
        if (order || x.kind == KIND_END)
            return order ? order : tones;
        if (!tones)
            tones = compare(x.tone, y.tone);
    }
}

static struct sv composed(struct sv name, struct buf *own)
{
    if (utf8_valid_prefix(name) != name.n)
        return name;
    nfc_append(own, name);
    return buf_sv(own);
}

static int compare_bytes(struct sv a, struct sv b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : compare(a.n, b.n);
}

int name_order(struct sv a, struct sv b)
{
    struct buf own_a = BUF_INIT, own_b = BUF_INIT;
    int order = compare_text(composed(a, &own_a), composed(b, &own_b));
    buf_free(&own_a);
    buf_free(&own_b);
    return order ? order : compare_bytes(a, b);
}
