/*
 * The speaker: what a class reader sees of a sentence, and how it says what it has read.
 *
 * Invariants:
 * - A reader looks at atoms of its own sentence only: any other index gives the empty atom, which
 *   is no word, no number and no mark; so readers need not check bounds.
 * - A reader first looks, then speaks: it returns 0 without having said anything, or says one or
 *   more whole tokens and returns the number of atoms they took.
 * - A reader looks at a bounded number of atoms, so that reading is linear.
 * - What is said are legal syllables in lower case, separated by single spaces.
 */
#ifndef DOCBAO_TEXT_UTTERANCE_H
#define DOCBAO_TEXT_UTTERANCE_H

#include "article/article.h"
#include "rules/rules.h"
#include "text/normalize.h"
#include "text/atoms.h"

enum token_class {
#define CLASS(name, starts, reader) CLASS_##name,
#include "text/classes.def"
#undef CLASS
    CLASS_COUNT
};

struct definitions;

/* What was found before an atom: bits of enum cue. */
struct cue_memo {
    uint32_t at, kinds;
};

enum { CUE_MEMOS = 16 };

struct unit_memo;

struct speaker {
    struct article *article;
    const struct rules *rules;
    const struct reading_options *options;
    const struct definitions *definitions; /* abbreviations that the article itself explains */
    const char *lower;                     /* the text in lower case, with the same offsets */
    const struct atom *atoms;
    uint32_t begin, end; /* the atoms of the sentence */
    uint32_t cues;       /* what the words of the sentence are cues of, once known */
    bool cues_known;
    bool capitals;               /* the line is all capitals */
    bool is_dateline;            /* the block is the publication date */
    bool city_committee;         /* the article speaks of a Thành ủy, not of a Tỉnh ủy */
    uint32_t last_roman;         /* the atom behind the last Roman numeral read */
    uint32_t last_date;          /* the atom behind the last date read */
    uint32_t last_phone;         /* the atom behind the last number to call */
    struct unit_memo *unit_memo; /* of classes/unit.h */
    struct cue_memo *cue_memo;   /* CUE_MEMOS of them, by the atom's number */
    uint32_t spelled;            /* tokens spelled for want of anything better */
};

/* The atom, or the empty one where i lies outside the sentence (i may have wrapped below 0). */
static inline const struct atom *atom_at(const struct speaker *s, uint32_t i)
{
    static const struct atom none = {{0, 0}, 0, ATOM_PUNCT, ATOM_SPACED};
    return i >= s->begin && i < s->end ? &s->atoms[i] : &none;
}
static inline struct sv atom_written(const struct speaker *s, uint32_t i)
{
    return sv_at(s->article->text, atom_at(s, i)->text);
}
static inline struct sv atom_lower(const struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    return (struct sv){s->lower + a->text.off, a->text.len};
}
/* Nothing, not even white space, stands between atom i - 1 and atom i. */
static inline bool atom_glued(const struct speaker *s, uint32_t i)
{
    return !atom_has(atom_at(s, i), ATOM_SPACED);
}
static inline bool is_number(const struct speaker *s, uint32_t i)
{
    return atom_at(s, i)->kind == ATOM_NUMBER;
}
static inline bool is_word(const struct speaker *s, uint32_t i)
{
    return atom_at(s, i)->kind == ATOM_WORD;
}
/* The atom is the mark or symbol with that code point. */
static inline bool is_mark(const struct speaker *s, uint32_t i, uint32_t code)
{
    const struct atom *a = atom_at(s, i);
    return a->code == code && (a->kind == ATOM_PUNCT || a->kind == ATOM_SYMBOL) &&
           (code != '.' || a->text.len == 1);
}
/* A hyphen, en dash, em dash or minus sign. */
static inline bool is_dash(const struct speaker *s, uint32_t i)
{
    return is_mark(s, i, '-') || is_mark(s, i, 0x2013) || is_mark(s, i, 0x2014) ||
           is_mark(s, i, 0x2212);
}
/* The lower-case form of a word is `lower`. */
static inline bool word_is(const struct speaker *s, uint32_t i, const char *lower)
{
    return is_word(s, i) && sv_is(atom_lower(s, i), lower);
}
/* The same from atom i on, one atom a word of `phrase`. */
bool phrase_is(const struct speaker *s, uint32_t i, const char *phrase);
/* The text from atom i to atom j, both included. */
struct sv atoms_written(const struct speaker *s, uint32_t i, uint32_t j);

/* Whether one, two or three words right before atom i are a cue of these kinds; opening brackets,
 * quotation marks, a comma, a colon and "là" in between do not count. */
bool cue_before(const struct speaker *s, uint32_t i, uint32_t kinds);
bool cue_after(const struct speaker *s, uint32_t i, uint32_t kinds);
/* Whether any word or pair of words of the sentence is. */
bool cue_in_sentence(struct speaker *s, uint32_t kinds);

/* Begins a token that stands for atoms first .. first + n - 1; `rule` names what gave the reading
 * (a table's row, a rule) and must outlive the article: a literal, or in its arena. */
void token_begin(struct speaker *s, enum token_class cls, const char *rule, uint32_t first,
                 uint32_t n);
/* Says words separated by single spaces. */
void say(struct speaker *s, const char *words);
void say_sv(struct speaker *s, struct sv words);
/* A pause inside or behind what was said: one of , . ; : ? !; nothing where nothing was said yet
 * or a pause stands there already (a stronger one wins). */
void say_pause(struct speaker *s, char mark);
void token_end(struct speaker *s);

/* Says one letter by its name. `alone`: nothing stands beside it; `foreign`: D is đê. */
void say_letter(struct speaker *s, uint32_t code, bool alone, bool foreign);

/* Reads the atoms begin .. end as one sentence into the article. */
void speak_sentence(struct speaker *s);

#endif
