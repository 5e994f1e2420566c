/*
 * Names of places in the highlands, behind the word that says what they are (đăk and ea: water,
 * plei, kon and buôn: village): Đăk Hrinh, Ia Rbol, Cư Jút, Plei Me. Their languages put consonants
 * together that Vietnamese does not.
 */
#ifndef DOCBAO_TEXT_CLASSES_HIGHLAND_H
#define DOCBAO_TEXT_CLASSES_HIGHLAND_H

#include "text/view.h"

/* Appends how the word at atom i is said as such a name: each consonant of its own gets ơ (hrinh:
 * hơ rinh), the syllable after it stays as it is written. False, and nothing appended, if the word
 * is a syllable, the word before it is none of those (cues.tsv: highland), or nothing in it is
 * spelled in that way. */
bool highland_name(const struct view *v, uint32_t i, struct buf *out);

/* Appends a part of a name in that way: the bla of H'Bla is bơ la. False, and nothing appended, if
 * it cannot be spelled so. */
bool highland_part(struct sv lower, struct buf *out);

#endif
