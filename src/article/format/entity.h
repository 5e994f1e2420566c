/*
 * Character references of HTML and XML: "&amp;", "&aacute;", "&#225;", "&#xE1;".
 *
 * Invariants: nothing is decoded twice ("&amp;lt;" gives "&lt;"); what is no reference stays as it
 * is.
 *
 * Source: HTML Living Standard, 13.2.5.72 ff. (character reference state) and 13.5 (named character
 * references). entities.def lists all names of one character.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_ENTITY_H
#define DOCBAO_ARTICLE_FORMAT_ENTITY_H

#include "base/buf.h"

/*
 * Decodes the reference at the front of `text`. Returns its length in bytes and sets *code to the
 * character, or returns 0 if there is no known reference. As in HTML, the final ';' may be missing
 * after a number and after the names of Latin-1 characters ("&nbsp"); a name must not be followed
 * by a letter, a digit or '=' then, because it is probably a part of an address.
 */
size_t entity_decode(struct sv text, uint32_t *code);

/* The same for the references that libxml2's HTML parser does not decode: the newer names, and
 * names without a ';'. `text` begins with '&'. */
size_t entity_decode_newer(struct sv text, uint32_t *code);

/* Appends the text with all its references decoded. */
void entity_decode_all(struct buf *out, struct sv v);

/* The character with this name, as in "aacute"; 0 if the name is not known. */
uint32_t entity_named(struct sv name);

/* The character that a page means by this number. Old pages use the numbers of windows-1252, where
 * Unicode has control characters: "&#150;" is an en dash. A hyphen beyond ASCII is '-'. */
uint32_t entity_meaning(uint32_t number);

#endif
