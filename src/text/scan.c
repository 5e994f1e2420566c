#include "text/scan.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "text/syllable.h"

struct scanner {
    struct sv text; /* from 0 to the end of the span */
    uint32_t at;
    char *lower;
    struct atoms *out;
    bool spaced;
};

static bool is_ascii_letter(uint32_t code)
{
    return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
}

static bool is_ascii_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

/* Letters of the Latin script by block: Basic to Extended-B, IPA, Additional, and the forms for
 * compatibility. */
static bool is_latin(uint32_t code)
{
    return code < 0x300 || (code >= 0x1E00 && code <= 0x1EFF) || (code >= 0x2C60 && code <= 0x2C7F);
}

/* Writes the lower-case form where it has the same length; other letters stay as they are. */
static void put_lower(struct scanner *s, uint32_t code, unsigned bytes, uint32_t lower)
{
    char form[4];
    if (lower != code && utf8_encode(lower, form) == bytes)
        memcpy(s->lower + s->at, form, bytes);
    else
        memcpy(s->lower + s->at, s->text.p + s->at, bytes);
}

/* What is known of a word while its letters are read. */
struct word {
    struct atom atom;
    struct syllable syllable; /* its letters, as long as they are Vietnamese */
    bool may_be_syllable;
    unsigned capitals, small;
};

static void add_letter(struct word *w, struct letter letter)
{
    struct syllable *s = &w->syllable;
    if (letter.id >= LETTER_F || s->n == SYLLABLE_LETTERS ||
        (letter.tone != TONE_NGANG && s->tone != TONE_NGANG)) {
        w->may_be_syllable = false;
        return;
    }
    if (letter.tone != TONE_NGANG) {
        s->tone = letter.tone;
        s->tone_at = s->n;
    }
    s->letters[s->n++] = letter.id;
}

static void count_case(struct word *w, bool upper)
{
    if (!upper) {
        w->small++;
        return;
    }
    w->capitals++;
    if (w->small)
        w->atom.flags |= ATOM_MIXED;
    else if (w->capitals == 1)
        w->atom.flags |= ATOM_CAPITAL;
}

/* A letter or mark that Vietnamese does not have: false where the word ends before it. */
static bool take_other(struct scanner *s, struct word *w, uint32_t code, unsigned bytes)
{
    enum char_kind kind = code < 0x80 ? CHAR_PUNCT : char_kind_of(code);
    bool mark = kind == CHAR_MARK && w->atom.text.len;
    if (!mark && (kind != CHAR_LETTER || is_latin(code) != (w->atom.kind == ATOM_WORD)))
        return false;
    uint32_t lower = char_lower(code);
    put_lower(s, code, bytes, lower);
    if (!mark)
        count_case(w, lower != code);
    w->may_be_syllable = false;
    return true;
}

/* Takes the letter at the scanner's place into the word, false if there is none. */
static bool take_letter(struct scanner *s, struct word *w)
{
    uint32_t code;
    unsigned bytes = utf8_decode_valid(s->text.p + s->at, &code);
    struct letter letter = letter_of(code);
    if (letter.id != LETTER_NONE && w->atom.kind == ATOM_WORD) {
        if (letter.upper)
            put_lower(s, code, bytes, letter.lower);
        else
            memcpy(s->lower + s->at, s->text.p + s->at, bytes);
        count_case(w, letter.upper);
        add_letter(w, letter);
    } else if (!take_other(s, w, code, bytes)) {
        return false;
    }
    if (bytes > 1)
        w->atom.flags &= (uint8_t)~ATOM_PLAIN;
    s->at += bytes;
    w->atom.text.len += bytes;
    return true;
}

static void scan_word(struct scanner *s, struct atom atom)
{
    struct word w = {.atom = atom, .may_be_syllable = atom.kind == ATOM_WORD};
    w.atom.flags |= ATOM_PLAIN;
    while (s->at < s->text.n && take_letter(s, &w))
        ;
    if (w.capitals && !w.small)
        w.atom.flags |= ATOM_UPPER;
    if (w.may_be_syllable && syllable_split(&w.syllable))
        w.atom.flags |= ATOM_LEGAL;
    *vec_push(s->out) = w.atom;
}

static void copy_through(struct scanner *s, struct atom *atom, unsigned bytes)
{
    memcpy(s->lower + s->at, s->text.p + s->at, bytes);
    s->at += bytes;
    atom->text.len += bytes;
}

static void scan_number(struct scanner *s, struct atom number)
{
    while (s->at < s->text.n && is_ascii_digit((unsigned char)s->text.p[s->at]))
        copy_through(s, &number, 1);
    *vec_push(s->out) = number;
}

static void scan_mark(struct scanner *s, struct atom mark, unsigned bytes)
{
    copy_through(s, &mark, bytes);
    if (mark.code == '.')
        while (s->at < s->text.n && s->text.p[s->at] == '.')
            copy_through(s, &mark, 1);
    *vec_push(s->out) = mark;
}

/* What an atom that begins with this character is. */
static enum atom_kind kind_of(uint32_t code, bool *space)
{
    *space = false;
    if (is_ascii_letter(code) || letter_of(code).id != LETTER_NONE)
        return ATOM_WORD;
    if (is_ascii_digit(code))
        return ATOM_NUMBER;
    switch (char_kind_of(code)) {
    case CHAR_LETTER:
        return is_latin(code) ? ATOM_WORD : ATOM_SCRIPT;
    case CHAR_PUNCT:
        return ATOM_PUNCT;
    case CHAR_SPACE:
        *space = true;
        return ATOM_PUNCT;
    default:
        return ATOM_SYMBOL;
    }
}

static void scan_one(struct scanner *s)
{
    uint32_t code;
    unsigned bytes = utf8_decode_valid(s->text.p + s->at, &code);
    bool space;
    enum atom_kind kind = kind_of(code, &space);
    if (space) {
        memcpy(s->lower + s->at, s->text.p + s->at, bytes);
        s->at += bytes;
        s->spaced = true;
        return;
    }
    struct atom atom = {{s->at, 0}, code, (uint8_t)kind, s->spaced ? ATOM_SPACED : 0};
    s->spaced = false;
    if (kind == ATOM_WORD || kind == ATOM_SCRIPT)
        scan_word(s, atom);
    else if (kind == ATOM_NUMBER)
        scan_number(s, atom);
    else
        scan_mark(s, atom, bytes);
}

void scan(struct sv text, struct span span, char *lower, struct atoms *out)
{
    struct scanner s = {sv_sub(text, 0, span.off + span.len), span.off, lower, out, true};
    while (s.at < s.text.n)
        scan_one(&s);
}
