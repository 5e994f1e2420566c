/*
 * The names of characters and keys, for those who hear them one by one.
 *
 * Invariants:
 * - Every character has a name: its own, or that of its block in Unicode with its code point.
 * - A name is legal syllables in lower case (a key may be a name in other letters, as "F5").
 */
#ifndef DOCBAO_TEXT_CHARACTER_NAME_H
#define DOCBAO_TEXT_CHARACTER_NAME_H

#include "base/buf.h"
#include "docbao/docbao.h"

struct rules;

/* What is at the front of a text: a character, or several that have one name together (an emoji
 * with all of its parts). */
struct named_character {
    uint32_t code;     /* the first */
    size_t length;     /* in bytes, at least 1 */
    const char *rest;  /* said behind the name: the tone; or "" */
    struct sv name;    /* of the tables; empty: it has none of its own */
    bool is_emoji;     /* a picture, which is named wherever it stands */
    uint64_t named_at; /* bits of enum named_at; 0: only by itself */
};

/* Looks at the front of valid UTF-8 (text.n >= 1), in NFC if letters with tones shall be known. */
struct named_character named_character_at(const struct rules *r, enum docbao_letters letters,
                                          struct sv text);

/* Appends the whole name. `capital`: "hoa" is said behind the name of a capital. */
void character_add_name(const struct rules *r, enum docbao_letters letters,
                        const struct named_character *c, bool capital, struct buf *out);

/* Whether it is named in a text at this setting. */
bool character_is_named(const struct named_character *c, enum docbao_punctuation punctuation);

/* Appends the names of the keys that are pressed together: "control_shift_a". */
void key_add_name(const struct rules *r, enum docbao_letters letters, struct sv key,
                  struct buf *out);

#endif
