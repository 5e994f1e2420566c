#include "article/find/same_text.h"

#include "base/nfc.h"
#include "base/utf8.h"

/* The next letter or digit of v from *at on, as a small letter; 0: none is left. */
static uint32_t next_content(struct sv v, size_t *at)
{
    while (*at < v.n) {
        uint32_t code;
        unsigned n = utf8_decode(sv_from(v, *at), &code);
        *at += n ? n : 1;
        enum char_kind kind = char_kind_of(code);
        if (kind == CHAR_LETTER || kind == CHAR_DIGIT)
            return char_lower(code);
    }
    return 0;
}

static size_t count_content(struct sv v, size_t at)
{
    size_t n = 0;
    while (next_content(v, &at))
        n++;
    return n;
}

enum agreement text_agreement(struct sv a, struct sv b)
{
    enum { SHORTEST_START = 12 };
    size_t i = 0, k = 0, same = 0;
    for (;; same++) {
        uint32_t x = next_content(a, &i), y = next_content(b, &k);
        if (!x && !y)
            return same ? TEXTS_AGREE : TEXTS_DIFFER;
        if (!x || !y) {
            size_t more = 1 + (x ? count_content(a, i) : count_content(b, k));
            return same >= SHORTEST_START && more <= same ? TEXTS_SHARE_START : TEXTS_DIFFER;
        }
        if (x != y)
            return TEXTS_DIFFER;
    }
}

size_t title_without_site(struct sv text)
{
    static const char *const separators[] = {" | ", " - ", " – "};
    for (size_t at = text.n; at-- > 1;)
        for (size_t k = 0; k < sizeof separators / sizeof *separators; k++)
            if (sv_starts(sv_from(text, at), sv_of(separators[k])))
                return at;
    return text.n;
}
