/*
 * The utterance: how a reader says what it has read.
 *
 * Invariants:
 * - What is said goes to the end of the article's spoken text, into the last sentence of the
 *   article. Tokens are begun and ended one after another, never one inside another.
 * - What is said are legal syllables in lower case, separated by single spaces; a pause mark
 *   directly follows a word.
 */
#ifndef DOCBAO_TEXT_UTTERANCE_H
#define DOCBAO_TEXT_UTTERANCE_H

#include "base/message.h"
#include "text/options.h"
#include "text/view.h"

/* The words that only could be spelled letter by letter, and the first that differ, by name. */
enum { SPELLED_NAMED = 5 };
struct spelled_words {
    uint32_t count, named;
    struct sv first[SPELLED_NAMED]; /* of the article's text */
    bool more;                      /* there are others */
};

struct utterance {
    struct article *article;
    const struct rules *rules;
    const struct reading_options *options;
    struct spelled_words spelled;
};

/* Begins a token for the atoms first .. first + n - 1. `rule` names what gave the reading (a table,
 * a rule) and must live as long as the article: a literal, or in its arena. It is a message for
 * people too: N_("...") where it is not the argument itself. */
void token_begin(struct utterance *out, const struct view *v, enum token_class cls,
                 const char *rule, uint32_t first, uint32_t n);
/* Ends it. A token without a word is removed, and its text is listed as skipped. */
void token_end(struct utterance *out);

/* How much of the article was said: tokens, words, bytes of spoken text. */
struct said {
    uint32_t tokens, words, spoken;
};
/* Between tokens. */
struct said said_so_far(const struct utterance *out);
/* Takes back what was said since: tokens, and the pause behind the last one before them. It must
 * be in the same sentence. */
void unsay(struct utterance *out, const struct said *before);

/* Say words separated by single spaces, inside a token. */
void say(struct utterance *out, const char *words);
void say_sv(struct utterance *out, struct sv words);
/* A pause inside or after a token: one of , . ; : ? !. Does nothing where no word was said yet in
 * this sentence. Of two pauses in one place the stronger one stays. */
void say_pause(struct utterance *out, char mark);
/* The name of a letter. `alone`: no other letter is said beside it; `foreign`: D is đê. Says
 * nothing for a code point that is no Vietnamese letter. */
void say_letter(struct utterance *out, uint32_t code, bool alone, bool foreign);

/* A whole token of class `word` for atom i, a legal syllable, which is said as it is written. */
void say_word_itself(struct utterance *out, const struct view *v, uint32_t i);
/* Says atom i, a legal syllable, inside a token, with its tone mark on the vowel that carries it.
 */
void say_syllable(struct utterance *out, const struct view *v, uint32_t i);

#endif
