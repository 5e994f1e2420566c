/*
 * Fonts that have signs in place of letters: Symbol, Wingdings. Word stores their signs by the code
 * in the font, mostly with 0xF000 added.
 *
 * Invariants: the tables are constant; the name of a font is compared without its case.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_SYMBOL_FONT_H
#define DOCBAO_ARTICLE_FORMAT_SYMBOL_FONT_H

#include "base/sv.h"

/* The character for a code of the font named `font`; a character of the private use area, which is
 * listed as unreadable, if the sign or the font is not known. 0: the code is none of a font. */
uint32_t symbol_font_code(struct sv font, uint32_t code);

#endif
