/*
 * The view: what the rules see of a block or of one sentence, and the questions they ask about it.
 *
 * Invariants:
 * - A view covers the atoms begin to end - 1. Any other index, also one that wrapped below 0, gives
 *   the empty atom: white space before it, no word, no number, no mark. So no rule checks bounds.
 * - A question about one atom reads a bounded number of atoms, so that reading is linear.
 * - The view itself does not change while its sentence is read. Only `notes` does: what was found
 *   out and what was read so far.
 */
#ifndef DOCBAO_TEXT_VIEW_H
#define DOCBAO_TEXT_VIEW_H

#include "article/article.h"
#include "rules/rules.h"
#include "text/atoms.h"
#include "text/token_class.h"

#define NO_ATOM UINT32_MAX

/* Results that are kept for the atoms of a sentence, because many readers ask for them. */
enum memo_kind { MEMO_CUES, MEMO_NO_UNIT, MEMO_KINDS };
enum { MEMO_SLOTS = 16, MEANING_SLOTS = 128, ORIGIN_SLOTS = 128 };

/* A written number: 12, 1.250, 10 000, 2,35, 12.5, 007, 1½, and the slips 10. 000, 1 .500, 2O16. */
struct numeral {
    uint32_t atoms;    /* how many atoms it has */
    uint32_t whole;    /* how many of them are before the decimals */
    uint64_t value;    /* of the part before the decimals, if it is not spelled */
    bool spelled;      /* read digit by digit: a zero in front that is said, or too many digits */
    bool padded;       /* one zero before one digit: 05. It is said in codes and names only. */
    uint32_t fraction; /* the atom of the decimals, or 0 */
    uint32_t vulgar;   /* the atom of a fraction sign glued to it: 1½; or 0 */
    bool grouped;      /* it has dots, commas or spaces between its thousands */
};

/* Results about the sentence and the article so far. */
struct notes {
    struct {
        uint64_t value;
        uint32_t atom;
    } memo[MEMO_KINDS][MEMO_SLOTS]; /* by atom % MEMO_SLOTS */
    struct {
        struct numeral numeral;
        uint32_t atom;
    } numerals[MEMO_SLOTS]; /* parsed before; by atom % MEMO_SLOTS; see numeral_parse */
    uint64_t cues;          /* of all words of the sentence; see cue_in_sentence */
    bool cues_known;
    uint64_t places; /* origins of names that the sentence speaks of; see places_in_sentence */
    bool places_known;
    /* For each class, the atom after the last token that its reader noted with note_end in this
     * sentence, or NO_ATOM: how a reader knows that a list goes on. */
    uint32_t last_end[CLASS_COUNT];
    /* For each class, a value that its reader keeps for the whole article; 0 at its start. */
    uint32_t article[CLASS_COUNT];
    /* The meanings of abbreviations that words around them decided in this article: the first row
     * of the abbreviation, and the row that was taken. */
    struct {
        const struct row *first, *taken;
    } meanings[MEANING_SLOTS];
    /* What the letters of foreign words of the article say about their origin, by a hash of the
     * word, which is in no text any more; no two words of an article will have the same, and none
     * has 0, that of an empty slot. See origins_of_word. */
    struct {
        uint64_t hash;
        struct origin_scores scores;
        uint32_t taken; /* the origin that the word was read with, or 0 */
    } origins[ORIGIN_SLOTS];
};

struct definitions;

enum { COPYRIGHT_SIGN = 0xA9 };

struct view {
    struct sv text;           /* of the article */
    struct lowered lower;     /* the block in lower case */
    const struct atom *atoms; /* of the block */
    uint32_t begin, end;      /* the atoms of the sentence, or of the whole block */
    const struct rules *rules;
    const struct definitions *definitions; /* abbreviations defined in the article, or NULL */
    enum block_kind block;                 /* the kind of block the sentence is in */
    bool in_capitals;                      /* the whole block is written in capitals */
    struct sv paper_kind; /* in the block with the number of an official paper: the kind that was
                             read before it, in lower case; else empty */
    struct notes *notes;  /* if NULL, no question about cues or notes is allowed */
};

/* ---- one atom ---- */

static inline const struct atom *atom_at(const struct view *v, uint32_t i)
{
    static const struct atom none = {{0, 0}, 0, 0, ATOM_PUNCT, ATOM_SPACED};
    return i >= v->begin && i < v->end ? &v->atoms[i] : &none;
}
/* Atom i lies inside the view. */
static inline bool atom_exists(const struct view *v, uint32_t i)
{
    return i >= v->begin && i < v->end;
}
/* The text of an atom, as it is written; in lower case. Empty for an index outside of the view. */
static inline struct sv atom_written(const struct view *v, uint32_t i)
{
    return sv_at(v->text, atom_at(v, i)->text);
}
/* A part of the text of the block in lower case. */
static inline struct sv lower_of(const struct view *v, struct sv written)
{
    size_t off = (size_t)(written.p - v->text.p);
    return written.n ? (struct sv){lowered_at(v->lower, off), written.n} : written;
}
static inline struct sv atom_lower(const struct view *v, uint32_t i)
{
    return lower_of(v, atom_written(v, i));
}
/* Nothing, not even white space, is between atom i - 1 and atom i. */
static inline bool atom_glued(const struct view *v, uint32_t i)
{
    return !atom_has(atom_at(v, i), ATOM_SPACED);
}
/* A run of the digits 0 to 9. */
static inline bool is_number(const struct view *v, uint32_t i)
{
    return atom_at(v, i)->kind == ATOM_NUMBER;
}
/* The number of digits of a number; 0 for anything else. */
static inline uint32_t digit_count(const struct view *v, uint32_t i)
{
    return is_number(v, i) ? atom_at(v, i)->text.len : 0;
}
/* A word of Latin letters; a punctuation mark. */
static inline bool is_word(const struct view *v, uint32_t i)
{
    return atom_at(v, i)->kind == ATOM_WORD;
}
static inline bool is_punct(const struct view *v, uint32_t i)
{
    return atom_at(v, i)->kind == ATOM_PUNCT && atom_exists(v, i);
}
/* A word whose first letter is a capital. */
static inline bool is_capitalized(const struct view *v, uint32_t i)
{
    return is_word(v, i) && atom_has(atom_at(v, i), ATOM_CAPITAL);
}
/* A word of capitals only. */
static inline bool is_upper(const struct view *v, uint32_t i)
{
    return is_word(v, i) && atom_has(atom_at(v, i), ATOM_UPPER);
}
/* A word that is a legal Vietnamese syllable, in whatever case. */
static inline bool is_syllable(const struct view *v, uint32_t i)
{
    return is_word(v, i) && atom_has(atom_at(v, i), ATOM_LEGAL);
}
/* Some key of the table begins with the atom, or may begin with it: only then is it worth looking
 * up. `head` is one of enum table_head, or HEAD_LONGER of one: a key that goes on behind the atom.
 */
static inline bool begins_key(const struct view *v, uint32_t i, unsigned head)
{
    return atom_at(v, i)->heads & head;
}
/* A word of one letter. */
bool is_one_letter(const struct view *v, uint32_t i);
/* A capitalised word that is no Vietnamese syllable and not in capitals, as the parts of foreign
 * names are. */
bool is_foreign_name_part(const struct view *v, uint32_t i);
/* The punctuation mark or symbol with that code point; '.' means one full stop, not "...". */
static inline bool is_mark(const struct view *v, uint32_t i, uint32_t code)
{
    const struct atom *a = atom_at(v, i);
    return a->code == code && (a->kind == ATOM_PUNCT || a->kind == ATOM_SYMBOL) &&
           (code != '.' || a->text.len == 1);
}
/* "…", or several full stops in a row. */
static inline bool is_ellipsis(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    return a->kind == ATOM_PUNCT && (a->code == 0x2026 || (a->code == '.' && a->text.len > 1));
}
/* A hyphen, en dash or em dash. */
static inline bool is_hyphen_or_dash(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '-') || is_mark(v, i, 0x2013) || is_mark(v, i, 0x2014);
}
/* One of them, or a minus sign. */
static inline bool is_dash(const struct view *v, uint32_t i)
{
    return is_hyphen_or_dash(v, i) || is_mark(v, i, 0x2212);
}
/* A straight or a closing double quotation mark. */
static inline bool is_closing_quote(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '"') || is_mark(v, i, 0x201D);
}
/* A digit that is raised: ², ¹. */
static inline bool is_raised_digit(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    return a->kind == ATOM_SYMBOL && (a->code == 0xB9 || a->code == 0xB2 || a->code == 0xB3 ||
                                      (a->code >= 0x2070 && a->code <= 0x2079));
}
/* The word is `lower` in lower case. */
static inline bool word_is(const struct view *v, uint32_t i, const char *lower)
{
    return is_word(v, i) && sv_is(atom_lower(v, i), lower);
}

/* The atom joins the members of a list, or the ends of a range: it is a word that is a cue of one
 * of these kinds (CUE_AND, CUE_OR, CUE_TO), or one of the ASCII marks; '-' stands for any dash. */
bool is_joint(const struct view *v, uint32_t i, const char *marks, uint64_t words);

/* ---- several atoms ---- */

/* The words and numbers from atom i on are `phrase`, in lower case, which has one space between
 * them. */
bool atoms_are(const struct view *v, uint32_t i, struct sv phrase);
static inline bool phrase_is(const struct view *v, uint32_t i, const char *phrase)
{
    return atoms_are(v, i, sv_of(phrase));
}
/* The text from atom i to atom j, both included; the same in lower case. */
struct sv atoms_written(const struct view *v, uint32_t i, uint32_t j);
struct sv atoms_lower(const struct view *v, uint32_t i, uint32_t j);
/* The first such mark among the `most` atoms after atom i; i if there is none. */
uint32_t next_mark(const struct view *v, uint32_t i, uint32_t code, uint32_t most);
/* The mark, with no space on either side. */
static inline bool is_tight_mark(const struct view *v, uint32_t i, uint32_t code)
{
    return is_mark(v, i, code) && atom_glued(v, i) && atom_glued(v, i + 1);
}
/* A word or number at atom i is glued to atom i - 1. */
static inline bool is_glued_on(const struct view *v, uint32_t i)
{
    return atom_glued(v, i) && (is_word(v, i) || is_number(v, i));
}

/* ---- cues (assets/rules/cues.tsv) ---- */

/* The one to four words right before atom i are a cue of one of these kinds. An opening
 * bracket or quotation mark, a comma or a colon between them is passed over. */
bool cue_before(const struct view *v, uint32_t i, uint64_t kinds);
/* The one to four words from atom i on are such a cue. */
bool cue_after(const struct view *v, uint32_t i, uint64_t kinds);
/* Any word or pair of words of the sentence is such a cue. */
bool cue_in_sentence(const struct view *v, uint64_t kinds);

/* ---- words near (assets/rules/near-words.tsv) ---- */

/* The word at atom i is of one of these kinds. */
static inline bool near_word(const struct view *v, uint32_t i, uint64_t kinds)
{
    return begins_key(v, i, HEAD_NEAR_WORDS) && is_word(v, i) &&
           (rules_near(v->rules, atom_lower(v, i)) & kinds);
}
/* The one to three words right before atom i, or from it on, are together of one of them. */
bool near_before(const struct view *v, uint32_t i, uint64_t kinds);
bool near_after(const struct view *v, uint32_t i, uint64_t kinds);

/* ---- places (assets/rules/places.tsv) and origins ---- */

/* Where the countries, towns and clubs lie that the sentence names (assets/rules/places.tsv): bits
 * of enum origin. */
uint64_t places_in_sentence(const struct view *v);

/* What the letters of the word say about its origin (origin_scores_of); kept for the article until
 * another word takes the place. Valid until the next call. */
const struct origin_scores *origins_of_word(const struct view *v, uint32_t i);
/* Where the origin that the word is read with is kept; valid as long. */
uint32_t *origin_taken(const struct view *v, uint32_t i);

/* ---- notes ---- */

/* Forgets what was noted about the sentence before; about atoms, which are now others. */
void notes_begin_sentence(struct notes *notes);
/* Notes that a token of the class ends before atom `end`. */
static inline void note_end(const struct view *v, enum token_class cls, uint32_t end)
{
    v->notes->last_end[cls] = end;
}
/* The last token of the class that was noted ends before atom i. */
static inline bool last_ended_at(const struct view *v, enum token_class cls, uint32_t i)
{
    return v->notes->last_end[cls] == i;
}
/* Finds the value kept for the atom; false if there is none. */
bool memo_find(const struct view *v, enum memo_kind kind, uint32_t i, uint64_t *value);
/* Keeps the value for the atom; another atom may take its place. */
void memo_keep(const struct view *v, enum memo_kind kind, uint32_t i, uint64_t value);

#endif
