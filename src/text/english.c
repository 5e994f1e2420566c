#include "text/english.h"

#include "lang/syllable.h"
#include "text/full_stop.h"

/* What follows English that was skipped begins at most so many bytes behind it: a line end, a mark
 * that opens. */
enum { NEAR_BYTES = 4 };

enum { MOST_ATOMS = 256, FEWEST_IN_SENTENCE = 5, FEWEST_IN_QUOTE = 6, FEWEST_IN_IMPRINT = 3 };

/* Counts the kinds of words in a run. */
struct word_counts {
    uint32_t words;
    uint32_t small;  /* in small letters, where a title has capitals */
    uint32_t listed; /* small words of English */
    uint32_t plain;  /* in small letters, and no Vietnamese word without its marks */
    uint32_t commas; /* a list of foreign words has one every other word or so */
    bool sure;       /* a listed one can be no Vietnamese word without its marks: these, of */
    bool marked;     /* a word has letters that English does not have */
    bool imprint;    /* one belongs to notices of copyright: these may have few small words */
    bool vietnamese; /* one in small letters may be Vietnamese */
};

static bool may_be_vietnamese(const struct view *v, uint32_t i)
{
    struct syllable s;
    return is_syllable(v, i) || syllable_parse_toned(atom_lower(v, i), TONE_SAC, &s);
}

/* The row of a small word of English, or NULL. */
static const struct row *english_word(const struct view *v, uint32_t i)
{
    return begins_key(v, i, HEAD_ENGLISH_WORDS)
               ? rules_find(v->rules, TABLE_ENGLISH_WORDS, atom_lower(v, i))
               : NULL;
}

static void count_word(const struct view *v, uint32_t i, struct word_counts *counts)
{
    const struct row *row = english_word(v, i);
    counts->words++;
    counts->marked = counts->marked || !atom_has(atom_at(v, i), ATOM_PLAIN);
    counts->listed += row != NULL;
    counts->imprint = counts->imprint || (row && (row_kinds(row) & ENGLISH_IN_IMPRINT));
    counts->vietnamese = counts->vietnamese || (!row && !is_capitalized(v, i) && is_syllable(v, i));
    counts->sure = counts->sure || (row && !may_be_vietnamese(v, i));
    counts->plain += !is_capitalized(v, i) && !may_be_vietnamese(v, i);
    counts->small += !is_capitalized(v, i) && !(row && (row_kinds(row) & ENGLISH_IN_TITLE));
}

/* The s of "it's": no word of its own. */
static bool is_after_apostrophe(const struct view *v, uint32_t i)
{
    return atom_glued(v, i) && (is_mark(v, i - 1, '\'') || is_mark(v, i - 1, 0x2019));
}

/* Subscribe the Post License number: 12/GP, © Copyright 1997. */
static bool is_imprint(const struct word_counts *counts, uint32_t fewest)
{
    return counts->imprint && counts->words >= fewest && !counts->marked && !counts->vietnamese;
}

/* Whether the word, in small letters, is a foreign one that a table has. */
static bool is_known_word(const struct view *v, uint32_t i)
{
    return !is_capitalized(v, i) && !may_be_vietnamese(v, i) &&
           rules_find(v->rules, TABLE_LOANWORDS, atom_lower(v, i));
}

/* "I want to tell him": the small words may be Vietnamese ones without their marks, but three words
 * of the atoms i to before `end` are known, and none is left that could be Vietnamese. */
static bool has_known_words(const struct view *v, uint32_t i, uint32_t end,
                            const struct word_counts *counts)
{
    enum { FEWEST_KNOWN = 3, FEWEST_LISTED = 2, ONE_IN = 4 };
    uint32_t known = 0;
    /* A list of foreign words has no small ones of English. */
    if (counts->vietnamese || counts->marked || counts->plain < FEWEST_KNOWN ||
        counts->listed < FEWEST_LISTED || counts->listed * ONE_IN < counts->words)
        return false;
    for (; i < end && known < FEWEST_KNOWN; i++)
        known += is_word(v, i) && is_known_word(v, i);
    return known == FEWEST_KNOWN;
}

static bool is_english(const struct word_counts *counts, uint32_t fewest)
{
    enum { ONE_IN = 4, FEWEST_SMALL = 2, FEWEST_PLAIN = 4, WORDS_TO_COMMA = 3 };
    if (counts->words < fewest || counts->small < FEWEST_SMALL || !counts->sure ||
        counts->commas * WORDS_TO_COMMA > counts->words)
        return false;
    /* Thai ex-PM Thaksin returns home from police hospital. */
    bool headline =
        !counts->marked && counts->plain >= FEWEST_PLAIN && counts->plain * 2 >= counts->words;
    return headline || counts->listed * ONE_IN >= counts->words;
}

static bool follows_english(const struct view *v)
{
    uint32_t end = v->notes->article[CLASS_unread];
    if (!end)
        return false;
    uint32_t begin = atom_at(v, v->begin)->text.off;
    return begin >= end && begin - end <= NEAR_BYTES;
}

/* Notes where English ends that goes on to the end of its sentence. */
static void note_english(const struct view *v, uint32_t end)
{
    const struct span last = atom_at(v, v->end - 1)->text;
    while (atom_exists(v, end) && is_punct(v, end))
        end++;
    if (!atom_exists(v, end))
        v->notes->article[CLASS_unread] = last.off + last.len;
}

/* The mark that closes what the mark before atom i opens; 0: nothing is opened there. */
static uint32_t closing_mark(const struct view *v, uint32_t i)
{
    switch (is_punct(v, i - 1) ? atom_at(v, i - 1)->code : 0) {
    case '(':
        return ')';
    case '[':
        return ']';
    case '"':
        return '"';
    case 0x201C:
        return 0x201D;
    case 0x2018:
        return 0x2019;
    case 0xAB:
        return 0xBB;
    default:
        return 0;
    }
}

/* Whether a sentence may begin at atom i: at the beginning, or behind a mark that announces it. */
static bool may_begin(const struct view *v, uint32_t i)
{
    if (!is_punct(v, i - 1))
        return i == v->begin + (atom_at(v, v->begin)->code == COPYRIGHT_SIGN);
    return is_mark(v, i - 1, ':') || closing_mark(v, i) || skip_openers(v, v->begin) == i;
}

/* Whether atom `at` closes what was opened with that mark, and is no apostrophe. */
static bool is_closing(const struct view *v, uint32_t at, uint32_t closing)
{
    return closing && is_mark(v, at, closing) && !(closing == 0x2019 && is_glued_on(v, at + 1));
}

/* Whether a word can be English: Vietnamese is neither a word with marks nor one that may stand
 * without them, save the small words of English. */
static bool may_be_english(const struct view *v, uint32_t i)
{
    if (!atom_has(atom_at(v, i), ATOM_PLAIN))
        return false;
    return english_word(v, i) || !may_be_vietnamese(v, i);
}

/* "…," he says: the end of a sentence that goes on in English behind the quotation that closes at
 * atom `at`; `at` if it does not, so that no word of it is left alone. */
static uint32_t end_of_speaker(const struct view *v, uint32_t at)
{
    enum { MOST_AFTER = 12 };
    uint32_t end = at;
    bool words = false;
    for (; atom_exists(v, end); end++) {
        if (end - at == MOST_AFTER || (is_word(v, end) && !may_be_english(v, end)))
            return at;
        words = words || is_word(v, end);
    }
    return words ? end : at;
}

/* A sentence too short to be known as English, behind one that was: "It worked!" he said. */
static bool is_more_english(const struct view *v, uint32_t i)
{
    bool plain = false;
    if (!follows_english(v) || skip_openers(v, v->begin) != i)
        return false;
    for (; atom_exists(v, i) && i - v->begin < MOST_ATOMS; i++) {
        if (!is_word(v, i) || is_after_apostrophe(v, i))
            continue;
        bool syllable = !is_capitalized(v, i) && is_syllable(v, i) && !english_word(v, i);
        if (syllable || !atom_has(atom_at(v, i), ATOM_PLAIN))
            return false;
        plain = plain || (!is_capitalized(v, i) && !may_be_vietnamese(v, i));
    }
    return plain && !atom_exists(v, i);
}

/* The same as english_sentence, where a sentence may begin. */
static uint32_t english_from(const struct view *v, uint32_t i)
{
    struct word_counts counts = {0};
    if (is_more_english(v, i)) {
        note_english(v, v->end);
        return v->end - i;
    }
    uint32_t closing = closing_mark(v, i), at = i;
    for (; atom_exists(v, at) && !is_closing(v, at, closing); at++) {
        const struct atom *a = atom_at(v, at);
        if (at - i == MOST_ATOMS || a->kind == ATOM_SCRIPT)
            return 0;
        /* A name may have marks; a word in small letters makes it Vietnamese. */
        if (is_word(v, at) && !(a->flags & (ATOM_PLAIN | ATOM_CAPITAL)))
            return 0;
        if (is_word(v, at) && !is_after_apostrophe(v, at))
            count_word(v, at, &counts);
        counts.commas += is_mark(v, at, ',');
    }
    bool whole = skip_openers(v, v->begin) == i || atom_at(v, i - 1)->code == COPYRIGHT_SIGN;
    bool quoted = !whole || atom_exists(v, at + 1);
    bool notice = whole && !quoted && is_imprint(&counts, FEWEST_IN_IMPRINT);
    counts.sure = counts.sure || has_known_words(v, i, at, &counts);
    if (!notice && !is_english(&counts, quoted ? FEWEST_IN_QUOTE : FEWEST_IN_SENTENCE))
        return 0;
    uint32_t end = whole ? end_of_speaker(v, at) : at;
    if (whole)
        note_english(v, end);
    return end - i;
}

uint32_t english_sentence(const struct view *v, uint32_t i)
{
    return may_begin(v, i) ? english_from(v, i) : 0;
}
