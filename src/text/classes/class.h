/*
 * The class readers: one file for each row of classes.def.
 *
 * Invariants of every reader:
 * - It is asked at atom i, which lies in the view. It looks first and speaks then: it returns 0
 *   without having said anything, or says one or more whole tokens and returns the number of atoms
 *   that they cover.
 * - It looks at a bounded number of atoms, so that reading is linear.
 * - It keeps nothing of its own: what a later call must know goes into the notes (text/view.h).
 */
#ifndef DOCBAO_TEXT_CLASSES_CLASS_H
#define DOCBAO_TEXT_CLASSES_CLASS_H

#include "text/utterance.h"

typedef uint32_t reader_function(struct utterance *out, const struct view *v, uint32_t i);

#define CLASS(name, starts) reader_function read_##name;
#define CLASS_ONLY(name)
#include "text/classes.def"

/* ---- what readers share ---- */

/* A hyphen that is a minus sign: nothing written before it, a number glued after it. */
bool is_minus(const struct view *v, uint32_t i);
/* A cue before atom i, or before the list it is in, says that it is a ratio: tỷ lệ 1/500, 1/2000.
 * */
bool has_ratio_cue(const struct view *v, uint32_t i);
/* Newsreaders say "phần" for one part, and for the few fractions in daily use: 2/3, 3/4. */
bool is_daily_fraction(uint64_t above, uint64_t below);
/* 1/3-1/2 dân số: a range between two parts of something. */
bool is_parts_range(const struct view *v, uint32_t i);
/* Whether the pair of numbers with a stroke at atom i is a score: thắng 6/4, 6/3, dẫn trước 3/0. */
bool is_stroke_score(const struct view *v, uint32_t i);
/* Says a number after "thứ". */
void say_ordinal(struct utterance *out, uint64_t value);
/* A short pause if the sentence goes on with a word or number at atom i: what was said stands by
 * itself. */
void pause_before_words(struct utterance *out, const struct view *v, uint32_t i);
/* Says the English article, as the abbreviation THE. False if that has no row. */
bool say_article(struct utterance *out, const struct view *v);

/* Whether atom i, a plain Vietnamese syllable, belongs to a foreign name beside it and its D is a
 * đ: Vasco da Gama, Dan Brown, Kevin De Bruyne. Only class foreign reads it then. */
bool is_foreign_d(const struct view *v, uint32_t i);
/* Seo of Seo Ye Ji, Heo of Heo Jun Ho: reads a syllable that Vietnamese has too as the Korean one,
 * among others that only Korean has. Returns the number of atoms, or 0. */
uint32_t read_korean_syllable(struct utterance *out, const struct view *v, uint32_t i);
/* Whether atoms i and i + 1 are the 's behind a name, which is silent. */
bool is_possessive(const struct view *v, uint32_t i);
/* Whether atom i begins an English contraction of three atoms: I'm, don't, they've. */
bool is_contraction(const struct view *v, uint32_t i);
/* Says the names of all letters of a word. `foreign`: D is đê. */
void say_letters(struct utterance *out, struct sv word, bool foreign);
/* The Vietnamese or ASCII letter, in lower case, from which a code point is derived: u for ü. */
uint32_t letter_base(uint32_t code);
/* Says the reading of the word as an abbreviation. False if it has none that fits the words around.
 * */
bool say_abbreviation(struct utterance *out, const struct view *v, uint32_t i);

#endif
