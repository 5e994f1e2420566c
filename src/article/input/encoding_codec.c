#include "article/input/encoding.h"

#include "article/input/old_letters.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "base/windows_1252.h"
#include "rules/rules.h"

enum {
    NONE = 0, /* in `single` and `pair`: not a letter */
};

struct codec {
    uint16_t single[LETTERS_COUNT][256];
    bool is_base[256];       /* VNI: a letter that takes marks */
    bool is_mark[256];       /* VNI: a byte that marks the letter before it */
    uint16_t pair[256][256]; /* VNI: base and mark to letter */
};

/* ---- the tables ---- */

static bool is_quote_or_dash(uint16_t code)
{
    return code >= 0x2010 && code <= 0x203A;
}

/* The fonts called ABC or TCVN3 have no capitals with tones where the standard puts them among the
 * controls, but the quotes, dashes and dots of windows-1252. */
static void mend_tcvn3(uint16_t single[256])
{
    for (unsigned byte = 0; byte < 0x80; byte++)
        single[byte] = (uint16_t)byte;
    for (unsigned byte = 0x80; byte < 0xA0; byte++)
        if (is_quote_or_dash(windows_1252_code(byte)) || single[byte] == NONE)
            single[byte] = windows_1252_code(byte);
    for (unsigned byte = 0xB0; byte < 0xB5; byte++)
        single[byte] = windows_1252_code(byte); /* ° and the like: the fonts compose nothing */
}

static uint16_t code_of(struct sv *cell)
{
    uint32_t code = NONE;
    unsigned n = cell->n ? utf8_decode(*cell, &code) : 0;
    *cell = sv_sub(*cell, n, cell->n - n);
    return (uint16_t)code;
}

static void load_vni(struct codec *k, const struct packed_table *vni)
{
    for (unsigned byte = 0; byte < 256; byte++)
        k->single[LETTERS_VNI][byte] = windows_1252_code(byte);
    for (uint32_t i = 0; i < vni->rows; i++) {
        struct sv bytes = row_text(packed_row(vni, i), VNI_BYTES);
        struct sv letter = row_text(packed_row(vni, i), VNI_LETTER);
        unsigned base = (unsigned)windows_1252_byte(code_of(&bytes)) & 0xFF;
        if (!bytes.n) {
            k->single[LETTERS_VNI][base] = code_of(&letter);
            continue;
        }
        unsigned mark = (unsigned)windows_1252_byte(code_of(&bytes)) & 0xFF;
        k->is_base[base] = k->is_mark[mark] = true;
        k->pair[base][mark] = code_of(&letter);
    }
}

struct codec *codec_new(const struct rules *rules)
{
    struct codec *k = mem_zalloc(sizeof *k);
    memcpy(k->single[LETTERS_1258], old_letters_1258, sizeof old_letters_1258);
    memcpy(k->single[LETTERS_VISCII], old_letters_viscii, sizeof old_letters_viscii);
    memcpy(k->single[LETTERS_TCVN3], old_letters_tcvn3, sizeof old_letters_tcvn3);
    mend_tcvn3(k->single[LETTERS_TCVN3]);
    load_vni(k, rules_table(rules, TABLE_VNI));
    for (unsigned byte = 0; byte < 256; byte++)
        k->single[LETTERS_PLAIN][byte] = windows_1252_code(byte);
    return k;
}

void codec_free(struct codec *k)
{
    free(k);
}

/* ---- units ---- */

static uint32_t unit16(const char *p, bool big)
{
    const unsigned char *u = (const unsigned char *)p;
    return big ? (uint32_t)u[0] << 8 | u[1] : (uint32_t)u[1] << 8 | u[0];
}

static unsigned next_utf16(struct sv source, size_t at, bool big, uint32_t *code, bool *bad)
{
    size_t left = source.n - at;
    *bad = left < 2;
    *code = UTF8_REPLACEMENT;
    if (*bad)
        return (unsigned)left;
    uint32_t first = unit16(source.p + at, big);
    if (first < 0xD800 || first > 0xDFFF) {
        *code = first;
        return 2;
    }
    uint32_t second = left >= 4 ? unit16(source.p + at + 2, big) : 0;
    *bad = first > 0xDBFF || second < 0xDC00 || second > 0xDFFF;
    if (*bad)
        return 2;
    *code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    return 4;
}

/* Decodes one unit; with FORM_BYTES its code is the byte. */
static unsigned next_unit(unsigned form, struct sv source, size_t at, uint32_t *code, bool *bad)
{
    if (form == FORM_BYTES) {
        *bad = false;
        *code = (unsigned char)source.p[at];
        return 1;
    }
    if (form != FORM_UTF8)
        return next_utf16(source, at, form == FORM_UTF16BE, code, bad);
    struct sv rest = sv_sub(source, at, source.n - at);
    unsigned n = utf8_decode(rest, code);
    *bad = n == 0;
    return n ? n : utf8_bad_length(rest);
}

/* The byte that the unit at `at` once was; NOT_A_BYTE if it was none, or at the end. */
static int byte_at(unsigned form, struct sv source, size_t at, unsigned *n)
{
    uint32_t code;
    bool bad;
    *n = 0;
    if (at >= source.n)
        return NOT_A_BYTE;
    *n = next_unit(form, source, at, &code, &bad);
    if (bad)
        return NOT_A_BYTE;
    return form == FORM_BYTES ? (int)code : windows_1252_byte(code);
}

static size_t unit_before(unsigned form, struct sv source, size_t at)
{
    if (form == FORM_UTF16LE || form == FORM_UTF16BE)
        return at - (at < 2 ? at : 2);
    at--;
    while (form == FORM_UTF8 && at && ((unsigned char)source.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* ---- capitals of TCVN3 ---- */

struct cases {
    unsigned capitals, smalls; /* counts of letters that have a case */
    bool in_word;
};

/* Whether the byte belongs to the word; counts it by its case. */
static bool count_case(int byte, struct cases *word, struct cases *line)
{
    bool ascii_letter = byte > 0 && byte < 0x80 && (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    bool capital = (ascii_letter && byte < 'a') || (byte >= 0xA1 && byte <= 0xA7);
    bool small = ascii_letter && byte >= 'a';
    if (byte == NOT_A_BYTE || byte == '\n' || byte == '\r')
        return false;
    word->in_word = word->in_word && (ascii_letter || byte >= 0xA1);
    word->capitals += word->in_word && capital;
    word->smalls += word->in_word && small;
    line->capitals += capital;
    line->smalls += small;
    return true;
}

/* Whether the small letter with a tone at [at, next) is meant as a capital, which those fonts do
 * not have: it is if its neighbours are capitals. */
static bool among_capitals(unsigned form, struct sv source, size_t at, size_t next)
{
    enum { FAR = 24 };
    struct cases word = {.in_word = true}, line = {0};
    unsigned n;
    for (unsigned i = 0; i < FAR && at > 0; i++) {
        at = unit_before(form, source, at);
        if (!count_case(byte_at(form, source, at, &n), &word, &line))
            break;
        if (word.smalls) /* true for most words */
            return false;
    }
    word.in_word = true;
    for (unsigned i = 0; i < FAR && next < source.n; i++) {
        if (!count_case(byte_at(form, source, next, &n), &word, &line))
            break;
        if (word.smalls)
            return false;
        next += n;
    }
    return word.capitals > 1 || (line.capitals > 2 && !line.smalls);
}

/* ---- letters ---- */

/* Decodes a letter that was encoded in UTF-8 twice. */
static unsigned next_twice(unsigned form, struct sv source, size_t at, uint32_t *code)
{
    char bytes[4];
    unsigned n, total = 0, count = 0, ends[4];
    while (count < 4) {
        int byte = byte_at(form, source, at + total, &n);
        if (byte == NOT_A_BYTE || (count && (byte & 0xC0) != 0x80))
            break;
        total += n;
        ends[count] = total;
        bytes[count++] = (char)byte;
    }
    unsigned used = count > 1 ? utf8_decode((struct sv){bytes, count}, code) : 0;
    return used > 1 ? ends[used - 1] : 0;
}

/* The length of the mark after a base letter of VNI; 0: there is none. */
static unsigned next_vni_pair(const struct codec *k, unsigned form, struct sv source, size_t at,
                              int base, uint32_t *code)
{
    unsigned n;
    int mark = byte_at(form, source, at, &n);
    uint16_t letter = mark == NOT_A_BYTE ? NONE : k->pair[base][mark];
    if (letter == NONE)
        return 0;
    *code = letter;
    return n;
}

/* A character that cannot have been a letter of the old encoding means itself. */
static unsigned no_letter(unsigned form, unsigned n, uint32_t *code, bool *bad, bool *stray)
{
    *bad = form == FORM_BYTES;
    *stray = !*bad;
    if (*bad)
        *code = UTF8_REPLACEMENT;
    return n;
}

unsigned codec_next(const struct codec *k, struct encoding e, struct sv source, size_t at,
                    uint32_t *code, bool *bad, bool *stray)
{
    unsigned n = next_unit(e.form, source, at, code, bad);
    *stray = false;
    if (*bad || (e.letters == LETTERS_PLAIN && e.form != FORM_BYTES))
        return n;
    int byte = e.form == FORM_BYTES ? (int)*code : windows_1252_byte(*code);
    if (byte == NOT_A_BYTE) { /* after a letter such as ế the text is good */
        *stray = true;
        return n;
    }
    if (e.letters == LETTERS_UTF8) {
        unsigned whole = byte < 0x80 ? 0 : next_twice(e.form, source, at, code);
        *stray = !whole && byte >= 0x80;
        return whole ? whole : n;
    }
    if (e.letters == LETTERS_VNI && k->is_base[byte]) {
        unsigned both = next_vni_pair(k, e.form, source, at + n, byte, code);
        if (both)
            return n + both;
    }
    *stray = e.letters == LETTERS_VNI && k->is_mark[byte];
    uint32_t letter = k->single[e.letters][byte];
    if (letter == NONE && byte)
        return no_letter(e.form, n, code, bad, stray);
    *code = letter;
    if (e.letters == LETTERS_TCVN3 && letter >= 0xC0 && letter < 0x2000 &&
        char_upper(letter) != letter && among_capitals(e.form, source, at, at + n))
        *code = char_upper(letter);
    return n;
}
