/*
 * Names in addresses: Vietnamese words run together without their marks.
 */
#ifndef DOCBAO_LANG_WEB_NAMES_H
#define DOCBAO_LANG_WEB_NAMES_H

#include "base/buf.h"

/* Splits lower-case ASCII letters into syllables: the fewest, among those the longest first. Only
 * the marks that spelling forces are put back: ie iê, ye yê, uoi uôi, uo uô before c, m, t and ươ
 * otherwise, sắc before a final c, ch, p, t. Appends them with spaces between; false if the name
 * does not split, or is longer than 64 letters. */
bool web_name_split(struct sv name, struct buf *out);

/* The same for a name that is one syllable: Nguyen, Viet, Truong. */
bool web_name_syllable(struct sv name, struct buf *out);

#endif
