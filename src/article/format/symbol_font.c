#include "article/format/symbol_font.h"

#include "base/ascii.h"

enum font { UNKNOWN, SYMBOL, WINGDINGS, WINGDINGS_2, WINGDINGS_3 };

static enum font font_named(struct sv name)
{
    static const struct {
        struct sv name;
        enum font font;
    } fonts[] = {{SV("Symbol"), SYMBOL},
                 {SV("Wingdings"), WINGDINGS},
                 {SV("Wingdings 2"), WINGDINGS_2},
                 {SV("Wingdings 3"), WINGDINGS_3}};
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
        if (ascii_same(name, fonts[i].name))
            return fonts[i].font;
    return UNKNOWN;
}

uint32_t symbol_font_code(struct sv font, uint32_t code)
{
    enum { PRIVATE = 0xF000, CODES = 0x100 };
    static const struct {
        uint8_t font, code;
        uint32_t character;
    } signs[] = {
#define SIGN(font, code, character) {font, code, character},
#include "article/format/symbol_fonts.def"
    };
    uint32_t in_font = code >= PRIVATE && code < PRIVATE + CODES ? code - PRIVATE : code;
    if (in_font <= ' ' || in_font >= CODES)
        return 0;
    enum font named = font_named(font);
    for (size_t i = 0; named && i < sizeof signs / sizeof *signs; i++)
        if (signs[i].font == named && signs[i].code == in_font)
            return signs[i].character;
    return PRIVATE + in_font;
}
