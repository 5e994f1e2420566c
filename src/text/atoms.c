#include "text/atoms.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/syllable.h"

struct scanner {
    struct sv text; /* from 0 to the end of the span */
    uint32_t at;
    struct lowered lower;
    struct atoms *out;
    struct scan_memo *memo;
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

/* Writes the lower-case form if it has the same length; other letters stay as they are. */
static void put_lower(char *at, uint32_t code, unsigned bytes, uint32_t lower)
{
    char form[4];
    if (lower != code && utf8_encode(lower, form) == bytes)
        memcpy(at, form, bytes);
}

/* The facts about a word, collected while its letters are read. */
struct word {
    struct syllable syllable; /* its letters, as long as they are Vietnamese */
    bool may_be_syllable, mixed, capital, plain;
    unsigned capitals, small;
};

static inline void add_syllable_letter(struct word *w, struct letter letter)
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

static void count_capital(struct word *w)
{
    w->capitals++;
    w->mixed = w->mixed || w->small;
    w->capital = w->capital || w->capitals + w->small == 1;
}

/* Reads a letter or mark that Vietnamese does not have. False if the word ends before it. */
static bool scan_other_letter(struct word *w, char *lower_at, uint32_t code, unsigned bytes,
                              bool latin, bool first)
{
    enum char_kind kind = code < 0x80 ? CHAR_PUNCT : char_kind_of(code);
    bool mark = kind == CHAR_MARK && !first;
    if (!mark && (kind != CHAR_LETTER || is_latin(code) != latin))
        return false;
    uint32_t lower = char_lower(code);
    put_lower(lower_at, code, bytes, lower);
    if (!mark && lower != code)
        count_capital(w);
    else if (!mark)
        w->small++;
    w->may_be_syllable = false;
    return true;
}

/* Reads letters up to the end of the word or the text. Returns the offset after them. */
static uint32_t scan_letters(const struct scanner *s, struct word *w, bool latin)
{
    const char *text = s->text.p;
    uint32_t at = s->at, end = (uint32_t)s->text.n;
    while (at < end) {
        uint32_t code;
        unsigned bytes = utf8_decode_valid(text + at, &code);
        struct letter letter = letter_of(code);
        if (letter.id != LETTER_NONE && latin) {
            if (letter.upper) {
                put_lower(lowered_at(s->lower, at), code, bytes, letter.lower);
                count_capital(w);
            } else {
                w->small++;
            }
            add_syllable_letter(w, letter);
        } else if (!scan_other_letter(w, lowered_at(s->lower, at), code, bytes, latin,
                                      at == s->at)) {
            break;
        }
        w->plain = w->plain && bytes == 1;
        at += bytes;
    }
    return at;
}

static void scan_word(struct scanner *s, struct atom atom)
{
    bool latin = atom.kind == ATOM_WORD;
    struct word w = {.may_be_syllable = latin, .plain = true};
    uint32_t end = scan_letters(s, &w, latin);
    unsigned flags = (w.plain ? ATOM_PLAIN : 0) | (w.mixed ? ATOM_MIXED : 0) |
                     (w.capital ? ATOM_CAPITAL : 0) | (w.capitals && !w.small ? ATOM_UPPER : 0);
    if (w.may_be_syllable && syllable_split(&w.syllable))
        flags |= ATOM_LEGAL | (syllable_tone_fits(&w.syllable) ? 0 : ATOM_MISPLACED);
    atom.flags |= (uint8_t)flags;
    atom.text.len = end - s->at;
    if (latin && s->memo && s->memo->heads) {
        struct sv lower = {lowered_at(s->lower, s->at), atom.text.len};
        atom.heads = (uint32_t)packed_kinds(s->memo->heads, lower);
    }
    s->at = end;
    *vec_push(s->out) = atom;
}

static void scan_number(struct scanner *s, struct atom number)
{
    uint32_t end = s->at;
    while (end < s->text.n && is_ascii_digit((unsigned char)s->text.p[end]))
        end++;
    number.text.len = end - s->at;
    s->at = end;
    *vec_push(s->out) = number;
}

static void scan_mark(struct scanner *s, struct atom mark, unsigned bytes)
{
    uint32_t end = s->at + bytes;
    while (mark.code == '.' && end < s->text.n && s->text.p[end] == '.')
        end++;
    mark.text.len = end - s->at;
    s->at = end;
    *vec_push(s->out) = mark;
}

/* The kind of an atom that begins with this character. */
static enum atom_kind atom_kind_of(uint32_t code, bool *space)
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

/* The number of bytes up to the next ASCII character that is no letter. If they are one word, the
 * memo may have it. */
static uint32_t word_bytes_ahead(const struct scanner *s)
{
    static const bool is_word_byte[256] = {
        ['A' ... 'Z'] = true, ['a' ... 'z'] = true, [0x80 ... 0xFF] = true};
    uint32_t n = 0, most = (uint32_t)s->text.n - s->at;
    if (most > SCAN_MEMO_BYTES + 1)
        most = SCAN_MEMO_BYTES + 1;
    const unsigned char *p = (const unsigned char *)s->text.p + s->at;
    while (n < most && is_word_byte[p[n]])
        n++;
    return n;
}

/* The first n bytes of the text at `at`, 1 to 16 of them, and zeros behind them. */
static struct memo_word memo_word_at(struct sv text, uint32_t at, uint32_t n)
{
    static const unsigned char kept[2 * SCAN_MEMO_BYTES] = {[0 ... SCAN_MEMO_BYTES - 1] = 0xFF};
    struct memo_word word = {0, 0}, mask;
    if (text.n - at < sizeof word) {
        memcpy(&word, text.p + at, n);
        return word;
    }
    memcpy(&word, text.p + at, sizeof word);
    memcpy(&mask, kept + SCAN_MEMO_BYTES - n, sizeof mask);
    return (struct memo_word){word.head & mask.head, word.tail & mask.tail};
}

static size_t memo_slot(struct memo_word word)
{
    uint64_t mixed = (word.head ^ (word.tail * 0x9E3779B97F4A7C15u)) * 0xC2B2AE3D27D4EB4Fu;
    return (size_t)(mixed >> 32) % SCAN_MEMO_WORDS;
}

static void scan_one(struct scanner *s);

/* Scans one atom, from the memo if it is a word that is there. False if it can be no such word. */
static bool scan_known(struct scanner *s)
{
    uint32_t n = word_bytes_ahead(s);
    if (!n || n > SCAN_MEMO_BYTES)
        return false;
    struct memo_word word = memo_word_at(s->text, s->at, n);
    size_t slot = memo_slot(word);
    struct known_word *known = &s->memo->at[slot];
    if (known->length == n && known->word.head == word.head && known->word.tail == word.tail) {
        if (known->flags & (ATOM_CAPITAL | ATOM_MIXED)) /* else the lower case is the same */
            memcpy(lowered_at(s->lower, s->at), s->memo->lower[slot], n);
        uint8_t flags = known->flags | (s->spaced ? ATOM_SPACED : 0);
        *vec_push(s->out) = (struct atom){{s->at, n}, known->code, known->heads, ATOM_WORD, flags};
        s->at += n;
        s->spaced = false;
        return true;
    }
    uint32_t at = s->at;
    scan_one(s);
    const struct atom *atom = s->out->n ? &s->out->at[s->out->n - 1] : NULL;
    if (atom && atom->kind == ATOM_WORD && atom->text.off == at && atom->text.len == n) {
        known->word = word;
        memcpy(s->memo->lower[slot], lowered_at(s->lower, at), n);
        known->code = atom->code;
        known->heads = atom->heads;
        known->length = (uint8_t)n;
        known->flags = atom->flags & (uint8_t)~ATOM_SPACED;
    }
    return true;
}

static void scan_one(struct scanner *s)
{
    uint32_t code;
    unsigned bytes = utf8_decode_valid(s->text.p + s->at, &code);
    bool space;
    enum atom_kind kind = atom_kind_of(code, &space);
    if (space) {
        s->at += bytes;
        s->spaced = true;
        return;
    }
    struct atom atom = {{s->at, 0}, code, UINT32_MAX, (uint8_t)kind, s->spaced ? ATOM_SPACED : 0};
    s->spaced = false;
    if (kind == ATOM_WORD || kind == ATOM_SCRIPT)
        scan_word(s, atom);
    else if (kind == ATOM_NUMBER)
        scan_number(s, atom);
    else
        scan_mark(s, atom, bytes);
}

void scan(struct sv text, struct span span, struct lowered lower, struct atoms *out,
          struct scan_memo *memo)
{
    if (span.len)
        memcpy(lowered_at(lower, span.off), text.p + span.off, span.len);
    struct scanner s = {sv_sub(text, 0, span.off + span.len), span.off, lower, out, memo, true};
    while (s.at < s.text.n) {
        if (s.text.p[s.at] == ' ') {
            s.at++;
            s.spaced = true;
        } else if (!memo || !scan_known(&s)) {
            scan_one(&s);
        }
    }
}
