#include "base/nfc.h"

#include <utf8proc.h>

bool nfc_is_mark(uint32_t code)
{
    return code >= 0x300 && utf8proc_get_property((utf8proc_int32_t)code)->combining_class != 0;
}

bool nfc_needs_work(uint32_t code)
{
    if (code < 0x300)
        return false;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code);
    /* comb_index marks what may join a character before or after it; a singleton or an excluded
     * composite decomposes and does not come back. */
    if (property->combining_class || property->comp_exclusion)
        return true;
    if (code >= 0x1160 && code <= 0x11FF)
        return true; /* Hangul vowels and finals join what stands before */
    if (property->decomp_seqindex == UINT16_MAX || property->decomp_type)
        return property->comb_index >= 0x8000 && property->comb_index != UINT16_MAX;
    utf8proc_int32_t out[8];
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)code, out, 8, UTF8PROC_DECOMPOSE, NULL);
    return n == 1; /* a singleton, such as the ohm sign */
}

void nfc_append(struct buf *out, struct sv text)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n,
                                      &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0)
        buf_add_sv(out, text); /* only on input that is not UTF-8: leave it as it is */
    else
        buf_add(out, composed, (size_t)n);
    free(composed);
}

enum char_kind char_kind_of(uint32_t code)
{
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return CHAR_LETTER;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return CHAR_DIGIT;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return CHAR_MARK;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
        return CHAR_PUNCT;
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SO:
        return CHAR_SYMBOL;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
        return CHAR_SPACE;
    default:
        return CHAR_OTHER;
    }
}

uint32_t char_lower(uint32_t code)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

uint32_t char_upper(uint32_t code)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)code);
}
