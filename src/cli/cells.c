#include "cli/cells.h"

#include "base/utf8.h"

struct stretch {
    uint32_t from, to;
};

/* The invariants say why. */
static bool is_hidden(uint32_t code)
{
    static const struct stretch hidden[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},       {0x061C, 0x061C},
        {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},   {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0x1F3FB, 0x1F3FF}, {0xE0000, 0xE0FFF},
    };
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (code <= hidden[i].to)
            return code >= hidden[i].from;
    return false;
}

/* 0: it joins the base before it, or is hidden. */
static unsigned width_of(uint32_t code)
{
    if (code >= 0x20 && code < 0x7F)
        return 1;
    /* Nearly all of Vietnamese, for speed. */
    if ((code > 0xAD && code < 0x300) || (code >= 0x1E00 && code < 0x1F00))
        return 1;
    if (is_hidden(code))
        return 0;
    int width = wcwidth((wchar_t)code);
    return width < 0 ? 1 : (unsigned)width;
}

/* The character at the front of the text; U+FFFD for each byte that is not UTF-8. */
static unsigned next_character(const char *text, size_t n, uint32_t *code)
{
    unsigned length = utf8_decode((struct sv){text, n}, code);
    if (*code == '\t')
        *code = ' ';
    return length ? length : 1;
}

static wchar_t shown(uint32_t code)
{
    return wcwidth((wchar_t)code) < 0 ? UTF8_REPLACEMENT : (wchar_t)code;
}

/* Whether this is certainly a base, as nearly all of Vietnamese is, without decoding it. */
static bool is_letter(const char *text, size_t n)
{
    unsigned char first = (unsigned char)text[0];
    if (cell_is_ascii(text[0]) || (first >= 0xC3 && first <= 0xCB)) /* up to U+02FF */
        return true;
    unsigned char second = n > 1 ? (unsigned char)text[1] : 0;
    return first == 0xE1 && second >= 0xB8 && second <= 0xBB; /* U+1E00 to U+1EFF */
}

struct cluster cluster_show(const char *text, size_t n, wchar_t show[CLUSTER_MOST + 1])
{
    uint32_t code;
    struct cluster c = {.bytes = next_character(text, n, &code)};
    unsigned count = 0;
    c.cells = width_of(code);
    if (c.cells) {
        show[count++] = shown(code);
    } else if (!is_hidden(code)) { /* a mark without a base */
        show[count++] = ' ';
        show[count++] = (wchar_t)code;
        c.cells = 1;
    }
    while (c.bytes < n) {
        if (is_letter(text + c.bytes, n - c.bytes))
            break;
        unsigned length = next_character(text + c.bytes, n - c.bytes, &code);
        if (width_of(code))
            break;
        c.bytes += length;
        if (c.cells && count < CLUSTER_MOST && !is_hidden(code))
            show[count++] = (wchar_t)code;
    }
    show[count] = 0;
    return c;
}

unsigned cells_of(const char *text, size_t n)
{
    unsigned cells = 0;
    for (size_t i = 0; i < n;) {
        struct cluster c = cluster_at(text + i, n - i);
        cells += c.cells;
        i += c.bytes;
    }
    return cells;
}

size_t cells_fit(const char *text, size_t n, unsigned cells)
{
    size_t i = 0;
    while (i < n) {
        struct cluster c = cluster_at(text + i, n - i);
        if (c.cells > cells)
            break;
        cells -= c.cells;
        i += c.bytes;
    }
    return i;
}
