#include "cli/codes.h"

/* How many bytes a sequence has that begins with this one; 0: none does. */
static unsigned sequence_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4)
        return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

int code_take(const char *bytes, size_t n, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (!n)
        return 0;
    unsigned char first = (unsigned char)bytes[0];
    unsigned length = sequence_length(first);
    if (!length)
        return -1;
    uint32_t c = length == 1 ? first : first & (0x7FU >> length);
    for (unsigned i = 1; i < length; i++) {
        if (i == n)
            return 0;
        if (((unsigned char)bytes[i] & 0xC0) != 0x80)
            return -1;
        c = c << 6 | ((unsigned char)bytes[i] & 0x3F);
    }
    if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return -1;
    *code = c;
    return (int)length;
}
