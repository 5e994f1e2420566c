/*
 * Foreign words and names by rule: what letters say in the language a word seems to come from, in
 * Vietnamese syllables.
 *
 * Invariants: the result depends on the arguments only; the time is linear in the letters.
 */
#ifndef DOCBAO_LANG_TRANSCRIPTION_H
#define DOCBAO_LANG_TRANSCRIPTION_H

#include "base/buf.h"
#include "base/packed_table.h"

/* The languages that a word may come from: bits. */
enum origin {
    ORIGIN_ENGLISH = 1 << 0,
    ORIGIN_FRENCH = 1 << 1,
    ORIGIN_RUSSIAN = 1 << 2,
    ORIGIN_POLISH = 1 << 3,
    ORIGIN_SLAVIC = 1 << 4,
    ORIGIN_GERMAN = 1 << 5,
    ORIGIN_ITALIAN = 1 << 6,
    ORIGIN_SPANISH = 1 << 7,
    ORIGIN_PORTUGUESE = 1 << 8,
    ORIGIN_INDONESIAN = 1 << 9,
    ORIGIN_CHINESE = 1 << 10,
    ORIGIN_KOREAN = 1 << 11,
    ORIGIN_JAPANESE = 1 << 12,
    ORIGIN_OTHER = 1 << 13,
    /* Some of the others: their signs count beside those of ORIGIN_OTHER. */
    ORIGIN_THAI = 1 << 14, /* also Lao and Khmer */
    ORIGIN_BURMESE = 1 << 15,
    ORIGIN_DUTCH = 1 << 16,
    ORIGIN_NORDIC = 1 << 17,
    ORIGIN_ALL = (1 << 18) - 1,
};

enum { ORIGINS = 18 };

/* Conditions on the letters around a group, any one of these: bits beside the origins. */
enum letters_before {
    BEFORE_NOTHING = 1 << 18,
    BEFORE_VOWEL = 1 << 19,
    BEFORE_CONSONANT = 1 << 20,
    BEFORE_ALL = 7 << 18,
};

enum letters_after {
    AFTER_NOTHING = 1 << 21,
    AFTER_VOWEL = 1 << 22,
    AFTER_CONSONANT = 1 << 23,
    AFTER_ALL = 7 << 21,
};

/* Column 0 of every table is what is looked up. A column of kinds has no text of its own. */

/* What groups of letters say. The row's kinds: the origins it is for (none: all), and what must be
 * before and after; _BEFORE and _AFTER list letters that may be there instead. */
enum { SOUNDS_SPOKEN = 1, SOUNDS_ORIGIN, SOUNDS_BEFORE, SOUNDS_AFTER };

/* What an English letter says, by the letters around it: the key is the letter with one letter
 * after it, one before it, a second one after it and so on, "^" and "$" beyond the word's ends. For
 * each key the table has all shorter ones for the same letter too. "-" is silence. */
enum { ENGLISH_PHONEMES = 1 };

/* What groups of letters ("^" and "$": the word's ends) are a sign of: the row's origin and a
 * weight. */
enum { SIGN_ORIGIN = 1, SIGN_WEIGHT };

/* The syllables of languages that have few; the row's origin is the language. */
enum { FOREIGN_SYLLABLE_SPOKEN = 1 };

/* Whole words and phrases, in lower case. */
enum { LOANWORD_SPOKEN = 1 };

struct transcription_tables {
    /* What groups of letters say, and what groups of phonemes do: the same columns. */
    const struct packed_table *sounds, *phonemes;
    const struct packed_table *english, *signs, *syllables, *loanwords;
};

/* The score of each origin, by the number of its bit. */
struct origin_scores {
    int32_t of[ORIGINS];
};

/* What the letters of a word, in lower case, say about its origin. All 0 for more than 64 letters.
 */
struct origin_scores origin_scores_of(const struct transcription_tables *tables, struct sv lower);

/* Other signs of where a word comes from. */
struct surroundings {
    struct origin_scores names; /* of the other parts of the same name, added up */
    uint64_t places;            /* origins that the sentence speaks of */
    /* A word whose scores are known already; it may be the one that is read. Else NULL. */
    const struct origin_scores *known;
    struct sv known_word;
    /* The origin that was taken for the known word before, so that a name is always said alike; 0:
     * none yet, and what is taken for a name is written there. Or NULL. */
    uint32_t *taken;
};

/* Appends the syllables for one word in Latin letters, in lower case; `name`: it was written with a
 * capital, so it need not be English; `around` may be NULL. False if it has no vowel, or more than
 * 64 letters. */
bool transcribe(const struct transcription_tables *tables, struct sv lower, bool name,
                const struct surroundings *around, struct buf *out);

#endif
