#include "base/nfc.h"

#include <utf8proc.h>

#include "base/utf8.h"
#include "base/vec.h"

typedef VEC(utf8proc_int32_t) code_vec;

bool nfc_is_mark(uint32_t code)
{
    return code >= 0x300 && utf8proc_get_property((utf8proc_int32_t)code)->combining_class != 0;
}

/* Starters that join the character before them: the second parts of some Indic vowels, and Hangul
 * vowels and finals (NFC_Quick_Check=Maybe without the non-starters). */
static bool joins_before(uint32_t code)
{
    static const uint16_t low[] = {0x09BE, 0x09D7, 0x0B3E, 0x0B56, 0x0B57, 0x0BBE, 0x0BD7, 0x0CC2,
                                   0x0CD5, 0x0CD6, 0x0D3E, 0x0D57, 0x0DCF, 0x0DDF, 0x102E, 0x1B35};
    static const uint32_t high[] = {0x11127, 0x1133E, 0x11357, 0x114B0,
                                    0x114BA, 0x114BD, 0x115AF, 0x11930};
    if (code < 0x09BE)
        return false;
    if ((code >= 0x1161 && code <= 0x1175) || (code >= 0x11A8 && code <= 0x11C2))
        return true;
    for (size_t i = 0; code < 0x2000 && i < sizeof low / sizeof *low; i++)
        if (low[i] == code)
            return true;
    for (size_t i = 0; code > 0x11000 && i < sizeof high / sizeof *high; i++)
        if (high[i] == code)
            return true;
    return false;
}

/* Whether NFC puts something else in its place (NFC_Quick_Check=No). */
static bool is_replaced(uint32_t code, const utf8proc_property_t *property)
{
    if (property->decomp_seqindex == UINT16_MAX || property->decomp_type)
        return false; /* no canonical decomposition */
    if (property->comp_exclusion)
        return true;
    utf8proc_int32_t out[8];
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)code, out, 8, UTF8PROC_DECOMPOSE, NULL);
    if (n < 0 || n > 8)
        return true;
    n = utf8proc_normalize_utf32(out, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return n != 1 || (uint32_t)out[0] != code;
}

bool nfc_needs_work(uint32_t code)
{
    if (code < 0x300)
        return false;
    if (code >= 0x1E00 && code < 0x1F00) /* where Vietnamese letters are: always composed */
        return false;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code);
    return property->combining_class || joins_before(code) || is_replaced(code, property);
}

static bool is_for_old_sets(uint32_t code)
{
    bool wide = (code >= 0xFF10 && code <= 0xFF19) || (code >= 0xFF21 && code <= 0xFF3A) ||
                (code >= 0xFF41 && code <= 0xFF5A) || code == 0xFF05 || code == 0xFF0B ||
                code == 0xFF0D || code == 0xFF0F || code == 0xFF1D;
    return wide || (code >= 0x2160 && code <= 0x217F) || (code >= 0x3371 && code <= 0x33DF) ||
           (code >= 0xFB00 && code <= 0xFB06) || code == 0x2113; /* ℓ */
}

unsigned nfc_compatible(uint32_t code, uint32_t codes[COMPATIBLE_CODES])
{
    utf8proc_int32_t out[COMPATIBLE_CODES];
    if (!is_for_old_sets(code))
        return 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, out, COMPATIBLE_CODES,
                                                 UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);
    if (n < 1 || n > COMPATIBLE_CODES)
        return 0;
    for (utf8proc_ssize_t i = 0; i < n; i++)
        codes[i] = (uint32_t)out[i];
    return (unsigned)n;
}

static uint8_t class_of(utf8proc_int32_t code)
{
    return (uint8_t)utf8proc_get_property(code)->combining_class;
}

/* Puts a run of marks into canonical order: by class, otherwise in their order. Counting keeps a
 * very long run linear. */
static void order_long_run(utf8proc_int32_t *codes, size_t n)
{
    size_t place[257] = {0};
    utf8proc_int32_t *ordered = mem_regrow(NULL, n, sizeof *ordered);
    for (size_t i = 0; i < n; i++)
        place[class_of(codes[i]) + 1]++;
    for (size_t i = 1; i < 257; i++)
        place[i] += place[i - 1];
    for (size_t i = 0; i < n; i++)
        ordered[place[class_of(codes[i])]++] = codes[i];
    memcpy(codes, ordered, n * sizeof *codes);
    free(ordered);
}

static void order_run(utf8proc_int32_t *codes, size_t n)
{
    if (n > 16) {
        order_long_run(codes, n);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        utf8proc_int32_t code = codes[i];
        uint8_t class = class_of(code);
        size_t j = i;
        for (; j && class_of(codes[j - 1]) > class; j--)
            codes[j] = codes[j - 1];
        codes[j] = code;
    }
}

static void order_marks(utf8proc_int32_t *codes, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t end = i;
        while (end < n && class_of(codes[end]))
            end++;
        if (end - i > 1)
            order_run(codes + i, end - i);
        i = end + 1;
    }
}

static void decompose(code_vec *out, uint32_t code)
{
    enum { LONGEST = 32 };
    vec_reserve(out, LONGEST);
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, out->at + out->n, LONGEST,
                                                 UTF8PROC_DECOMPOSE, NULL);
    if (n < 1 || n > LONGEST) {
        out->at[out->n] = (utf8proc_int32_t)code;
        n = 1;
    }
    out->n += (size_t)n;
}

static void compose_part(struct buf *out, utf8proc_int32_t *codes, size_t count)
{
    utf8proc_ssize_t n = utf8proc_normalize_utf32(codes, (utf8proc_ssize_t)count,
                                                  UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        buf_add_code(out, (uint32_t)codes[i]);
}

/* The Hangul finals are counted from U+11A7, which is none itself: the library would drop it after
 * a syllable, so it is handled alone. */
static void compose(struct buf *out, code_vec *codes)
{
    enum { BEFORE_FINALS = 0x11A7 };
    order_marks(codes->at, codes->n);
    for (size_t i = 0; i < codes->n;) {
        size_t end = i;
        while (end < codes->n && codes->at[end] != BEFORE_FINALS)
            end++;
        if (end > i)
            compose_part(out, codes->at + i, end - i);
        if (end < codes->n)
            buf_add_code(out, BEFORE_FINALS);
        i = end + 1;
    }
}

bool nfc_joins(uint32_t code)
{
    enum { LONGEST = 8 };
    if (nfc_is_mark(code) || joins_before(code))
        return true;
    if (code < 0x300)
        return false;
    utf8proc_int32_t parts[LONGEST];
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)code, parts, LONGEST, UTF8PROC_DECOMPOSE, NULL);
    uint32_t first = n > 0 && n <= LONGEST ? (uint32_t)parts[0] : code;
    return nfc_is_mark(first) || joins_before(first);
}

void nfc_append_codes(struct buf *out, const uint32_t *codes, size_t n)
{
    code_vec work = {0};
    for (size_t i = 0; i < n; i++)
        decompose(&work, codes[i]);
    compose(out, &work);
    vec_free(&work);
}

void nfc_append(struct buf *out, struct sv text)
{
    code_vec work = {0};
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        decompose(&work, code);
        i += n ? n : 1;
    }
    compose(out, &work);
    vec_free(&work);
}

const uint8_t char_kinds_of_ascii[128] = {
    [0x00 ... ' '] = CHAR_SPACE, ['!' ... '#'] = CHAR_PUNCT,  ['$'] = CHAR_SYMBOL,
    ['%' ... '*'] = CHAR_PUNCT,  ['+'] = CHAR_SYMBOL,         [',' ... '/'] = CHAR_PUNCT,
    ['0' ... '9'] = CHAR_DIGIT,  [':' ... ';'] = CHAR_PUNCT,  ['<' ... '>'] = CHAR_SYMBOL,
    ['?' ... '@'] = CHAR_PUNCT,  ['A' ... 'Z'] = CHAR_LETTER, ['[' ... ']'] = CHAR_PUNCT,
    ['^'] = CHAR_SYMBOL,         ['_'] = CHAR_PUNCT,          ['`'] = CHAR_SYMBOL,
    ['a' ... 'z'] = CHAR_LETTER, ['{'] = CHAR_PUNCT,          ['|'] = CHAR_SYMBOL,
    ['}'] = CHAR_PUNCT,          ['~'] = CHAR_SYMBOL,         [0x7F] = CHAR_SPACE};

/* The kind of each category of Unicode. */
static const uint8_t kind_of_category[] = {
    [UTF8PROC_CATEGORY_CN] = CHAR_OTHER,  [UTF8PROC_CATEGORY_LU] = CHAR_LETTER,
    [UTF8PROC_CATEGORY_LL] = CHAR_LETTER, [UTF8PROC_CATEGORY_LT] = CHAR_LETTER,
    [UTF8PROC_CATEGORY_LM] = CHAR_LETTER, [UTF8PROC_CATEGORY_LO] = CHAR_LETTER,
    [UTF8PROC_CATEGORY_MN] = CHAR_MARK,   [UTF8PROC_CATEGORY_MC] = CHAR_MARK,
    [UTF8PROC_CATEGORY_ME] = CHAR_MARK,   [UTF8PROC_CATEGORY_ND] = CHAR_DIGIT,
    [UTF8PROC_CATEGORY_NL] = CHAR_DIGIT,  [UTF8PROC_CATEGORY_NO] = CHAR_DIGIT,
    [UTF8PROC_CATEGORY_PC] = CHAR_PUNCT,  [UTF8PROC_CATEGORY_PD] = CHAR_PUNCT,
    [UTF8PROC_CATEGORY_PS] = CHAR_PUNCT,  [UTF8PROC_CATEGORY_PE] = CHAR_PUNCT,
    [UTF8PROC_CATEGORY_PI] = CHAR_PUNCT,  [UTF8PROC_CATEGORY_PF] = CHAR_PUNCT,
    [UTF8PROC_CATEGORY_PO] = CHAR_PUNCT,  [UTF8PROC_CATEGORY_SM] = CHAR_SYMBOL,
    [UTF8PROC_CATEGORY_SC] = CHAR_SYMBOL, [UTF8PROC_CATEGORY_SK] = CHAR_SYMBOL,
    [UTF8PROC_CATEGORY_SO] = CHAR_SYMBOL, [UTF8PROC_CATEGORY_ZS] = CHAR_SPACE,
    [UTF8PROC_CATEGORY_ZL] = CHAR_SPACE,  [UTF8PROC_CATEGORY_ZP] = CHAR_SPACE,
    [UTF8PROC_CATEGORY_CC] = CHAR_SPACE,  [UTF8PROC_CATEGORY_CF] = CHAR_SPACE,
    [UTF8PROC_CATEGORY_CS] = CHAR_OTHER,  [UTF8PROC_CATEGORY_CO] = CHAR_OTHER,
};

enum char_kind char_kind_of_slow(uint32_t code)
{
    return (enum char_kind)kind_of_category[utf8proc_category((utf8proc_int32_t)code)];
}

unsigned char_space_at_slow(struct sv v)
{
    uint32_t code;
    unsigned n = utf8_decode(v, &code);
    return char_kind_of(code) == CHAR_SPACE ? n : 0;
}

bool char_is_format(uint32_t code)
{
    return utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_CF;
}

/* Vietnamese letters with a tone or quality mark: capitals are even, small letters odd. */
static bool is_paired(uint32_t code)
{
    return code >= 0x1EA0 && code <= 0x1EF9;
}

uint32_t char_lower(uint32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z' ? code + 0x20 : code;
    if (is_paired(code))
        return code | 1;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

uint32_t char_upper(uint32_t code)
{
    if (code < 0x80)
        return code >= 'a' && code <= 'z' ? code - 0x20 : code;
    if (is_paired(code))
        return code & ~1u;
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)code);
}

uint32_t nfc_base(uint32_t code)
{
    utf8proc_int32_t parts[32];
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, parts, 32,
                                                 UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);
    return char_lower(n > 0 ? (uint32_t)parts[0] : code);
}
