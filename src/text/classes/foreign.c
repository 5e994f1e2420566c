/*
 * Foreign words: by the table of loanwords, the longest phrase first, then word by word. A syllable
 * that no class before has read (in capitals, or with something glued to it) is read as a word.
 */
#include "text/classes/class.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/foreign_words.h"
#include "text/classes/capitals.h"
#include "text/classes/english_word.h"
#include "text/classes/highland.h"
#include "text/classes/unmarked_name.h"
#include "text/full_stop.h"

enum { PHRASE_WORDS = 4 };

static bool is_apostrophe(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '\'') || is_mark(v, i, 0x2019) || is_mark(v, i, 0x2018) ||
           is_mark(v, i, '`') || is_mark(v, i, 0xB4);
}

bool is_contraction(const struct view *v, uint32_t i)
{
    static const char *const ends[] = {"m", "t", "d", "ll", "re", "ve"};
    if (!is_apostrophe(v, i + 1) || !atom_glued(v, i + 1) || !atom_glued(v, i + 2))
        return false;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (word_is(v, i + 2, ends[k]))
            return !atom_glued(v, i + 3) || !is_word(v, i + 3);
    return false;
}

/* Collects the n words from atom i on in lower case, as the table writes them: a space, a hyphen or
 * an apostrophe is between them. Returns the number of atoms, 0 if there are fewer words. */
static uint32_t collect_phrase(const struct view *v, uint32_t i, uint32_t words, struct buf *key)
{
    uint32_t n = 1;
    buf_clear(key);
    buf_add_sv(key, atom_lower(v, i));
    for (uint32_t k = 1; k < words; k++) {
        bool hyphen = is_mark(v, i + n, '-') || is_mark(v, i + n, 0x2011);
        bool before = atom_glued(v, i + n), after = atom_glued(v, i + n + 1);
        bool glued = before && after;
        /* Covid -19, Covid - 19; Wi- Fi; mô- đun */
        bool part = is_foreign_name_part(v, i + n + 1) || (before && !is_capitalized(v, i + n + 1));
        bool spaced = is_number(v, i + n + 1) || ((before || after) && part);
        bool mark = hyphen ? glued || spaced : glued && is_apostrophe(v, i + n);
        n += mark;
        /* Maroon 5, Covid-19 */
        if (!is_word(v, i + n) && !is_number(v, i + n))
            return 0;
        buf_putc(key, !mark ? ' ' : hyphen ? '-' : '\'');
        buf_add_sv(key, atom_lower(v, i + n));
        n++;
    }
    return n;
}

/* A syllable that is said as it is written, also at the end of a sentence: người kia. */
static bool is_vietnamese_word(const struct view *v, uint32_t i)
{
    return is_syllable(v, i) && !(atom_at(v, i)->flags & (ATOM_UPPER | ATOM_MIXED));
}

/* The row of the phrase, or of the phrase with spaces for hyphens. */
static const struct row *phrase_row(const struct view *v, struct buf *key)
{
    const struct row *row = rules_find(v->rules, TABLE_LOANWORDS, buf_sv(key));
    if (row || !memchr(key->p, '-', key->n))
        return row;
    for (size_t i = 0; i < key->n; i++)
        if (key->p[i] == '-')
            key->p[i] = ' ';
    return rules_find(v->rules, TABLE_LOANWORDS, buf_sv(key));
}

static bool has_marks(const struct view *v, uint32_t i)
{
    return is_syllable(v, i) && !atom_has(atom_at(v, i), ATOM_PLAIN);
}

/* "Nghệ sĩ Thanh Hoa": n atoms that are Vietnamese syllables, near a word with marks, are no name
 * that lost its marks (Thanh Hóa); but a part of a foreign name (Ha Long World) may be one. */
static bool is_written_with_marks(const struct view *v, uint32_t i, uint32_t n)
{
    enum { NEAR = 4 };
    for (uint32_t k = 0; k < n; k++)
        if (is_word(v, i + k) && !is_syllable(v, i + k))
            return false;
    if (is_foreign_name_part(v, i - 1) || is_foreign_name_part(v, i + n))
        return false;
    for (uint32_t k = 1; k <= NEAR; k++)
        if (has_marks(v, i - k) || has_marks(v, i + n - 1 + k))
            return true;
    return false;
}

/* Whether the reading has the letters of the written form, with marks added: thanh hóa. A đ alone
 * adds none: lin đan is how Lin Dan is said. */
static bool adds_marks(struct sv written, struct sv reading)
{
    uint32_t code;
    size_t at = 0;
    bool marks = false;
    for (size_t i = 0, n; i < reading.n; i += n, at++) {
        n = utf8_decode_valid(reading.p + i, &code);
        uint32_t base = code == 0x111 ? 'd' : nfc_base(code);
        marks |= code >= 0x80 && code != 0x111;
        if (at == written.n || (uint32_t)(written.p[at] | 0x20) != base)
            return false;
    }
    return marks && at == written.n;
}

/* "Lin dan lát", "San lấp": syllables of which only the first has a capital begin a sentence. A row
 * that adds the marks of a Vietnamese name takes them all the same. */
static bool is_sentence_begin(const struct view *v, uint32_t i, uint32_t n)
{
    if (n < 2 || !is_capitalized(v, i) || is_capitalized(v, i + n - 1))
        return false;
    for (uint32_t k = 0; k < n; k++)
        if (!is_syllable(v, i + k))
            return false;
    return true;
}

/* Whether the row of a phrase of n atoms is not meant by them. */
static bool is_other_phrase(const struct view *v, uint32_t i, uint32_t n, const struct row *row)
{
    bool marks = adds_marks(row_text(row, LOANWORDS_WRITTEN), row_text(row, LOANWORDS_SPOKEN));
    return marks ? is_written_with_marks(v, i, n) : is_sentence_begin(v, i, n);
}

bool is_possessive(const struct view *v, uint32_t i)
{
    return is_apostrophe(v, i) && atom_glued(v, i) && word_is(v, i + 1, "s") &&
           atom_glued(v, i + 1);
}

/* n, or n + 2 if a silent 's follows. */
static uint32_t with_possessive(const struct view *v, uint32_t i, uint32_t n)
{
    return is_possessive(v, i + n) ? n + 2 : n;
}

/* How the word is said after the Vietnamese word before it, if they have a row together: jean of
 * "quần jean" is "din", the name Jean is "giăng". Empty: they have none. */
static struct sv reading_after_word(const struct view *v, uint32_t i)
{
    if (!is_syllable(v, i - 1) || is_syllable(v, i) || is_one_letter(v, i))
        return SV("");
    const struct row *row = rules_find(v->rules, TABLE_LOANWORDS, atoms_lower(v, i - 1, i));
    struct sv rest = row ? row_text(row, LOANWORDS_SPOKEN) : SV("");
    return sv_eq(sv_cut(&rest, ' '), atom_lower(v, i - 1)) ? rest : SV("");
}

/* A foreign word that may be a part of a person's name, and is no place. */
static bool is_person_part(const struct view *v, uint32_t i)
{
    return is_foreign_name_part(v, i) && !rules_find(v->rules, TABLE_PLACES, atom_lower(v, i));
}

/* Jordan Peele, Jordan B. Peterson, Michael B. Jordan, đạo diễn Jordan; the country is meant in
 * "vua Jordan Abdullah": whether the name at atom i is that of a person. */
static bool is_person(const struct view *v, uint32_t i)
{
    uint32_t next = i + 1, last = i - 1;
    if (is_word(v, i - 1) && cue_before(v, i, CUE_STATE))
        return false;
    if (is_one_letter(v, next) && is_mark(v, next + 1, '.'))
        next += 2;
    if (is_mark(v, last, '.') && is_one_letter(v, last - 1))
        last -= 2;
    return is_person_part(v, next) || is_person_part(v, last) ||
           (is_word(v, i - 1) && cue_before(v, i, CUE_CAREER));
}

/* The row of the phrase for what is meant here: Jordan the country, or the person. */
static const struct row *meant_row(const struct view *v, uint32_t i, const struct row *row)
{
    const struct row *person = row;
    while (person && !(row_kinds(person) & LOANWORD_PERSON))
        person = row_next(person);
    return person && (person == row || is_person(v, i)) ? person : row;
}

static uint32_t say_row(struct utterance *out, const struct view *v, uint32_t i, uint32_t n,
                        struct sv reading)
{
    n = with_possessive(v, i, n);
    token_begin(out, v, CLASS_foreign, "loanwords.tsv", i, n);
    say_sv(out, reading);
    token_end(out);
    return n;
}

static uint32_t read_phrase(struct utterance *out, const struct view *v, uint32_t i)
{
    struct buf key = BUF_INIT;
    uint32_t atoms = 0;
    uint32_t words = begins_key(v, i, HEAD_LONGER(HEAD_LOANWORDS)) ? PHRASE_WORDS : 1;
    for (; words > 0 && !atoms; words--) {
        struct sv reading = words == 1 ? reading_after_word(v, i) : SV("");
        if (reading.n) {
            atoms = say_row(out, v, i, 1, reading);
            break;
        }
        if (words == 1 && is_vietnamese_word(v, i))
            break;
        uint32_t n = collect_phrase(v, i, words, &key);
        const struct row *row = n ? phrase_row(v, &key) : NULL;
        if (!row || is_other_phrase(v, i, n, row))
            continue;
        row = meant_row(v, i, row);
        atoms = say_row(out, v, i, n, row_text(row, LOANWORDS_SPOKEN));
    }
    buf_free(&key);
    return atoms;
}

/* O'Brien, D'Angelo, H'Hen: the letter and the apostrophe belong to the name after them. */
static uint32_t read_prefixed(struct utterance *out, const struct view *v, uint32_t i)
{
    bool onset = utf8_count(atom_written(v, i)) == 1 || (kinds_as_written(v, i) & STOP_INITIAL);
    bool prefix = onset && is_apostrophe(v, i + 1) && atom_glued(v, i + 1) && is_word(v, i + 2) &&
                  atom_glued(v, i + 2) && utf8_count(atom_written(v, i + 2)) > 1;
    if (!prefix)
        return 0;
    struct buf name = BUF_INIT, spoken = BUF_INIT, part = BUF_INIT;
    bool legal = atom_has(atom_at(v, i + 2), ATOM_LEGAL);
    bool western = word_is(v, i, "d") || word_is(v, i, "l");
    bool irish = word_is(v, i, "o");
    /* H'Bla is hơ bơ la. */
    bool apart = !irish && !western && !legal && highland_part(atom_lower(v, i + 2), &part);
    if (irish)
        buf_adds(&spoken, "ô ");
    else
        buf_add_sv(&name, atom_lower(v, i));
    /* H'Hen is hơ hen, M'gar is mơ ga. */
    if (!irish && (legal || !western))
        buf_adds(&name, "ơ");
    /* A Vietnamese syllable after the apostrophe is said as it is. */
    if (irish || (!legal && !apart))
        buf_add_sv(&name, atom_lower(v, i + 2));
    const char *rule =
        foreign_word(rules_transcription(v->rules), buf_sv(&name), buf_sv(&name), NULL, &spoken);
    if (rule) {
        token_begin(out, v, CLASS_foreign, rule, i, 3);
        say_sv(out, buf_sv(&spoken));
        if (apart)
            say_sv(out, buf_sv(&part));
        else if (legal && !irish)
            say_sv(out, atom_lower(v, i + 2));
        token_end(out);
    }
    buf_free(&part);
    buf_free(&name);
    buf_free(&spoken);
    return rule ? 3 : 0;
}

bool is_foreign_d(const struct view *v, uint32_t i)
{
    enum { LONGEST = 3 };
    struct sv lower = atom_lower(v, i);
    if (lower.p[0] != 'd' || lower.n > LONGEST || lower.n < 2 || is_upper(v, i) ||
        !atom_has(atom_at(v, i), ATOM_PLAIN) || sv_is(lower, "duy"))
        return false;
    bool before =
        is_foreign_name_part(v, i - 1) || (word_is(v, i - 1, "van") && is_capitalized(v, i - 1));
    bool after = is_foreign_name_part(v, i + 1);
    if (is_syllable(v, i + 1) && !(atom_at(v, i + 1)->flags & (ATOM_PLAIN | ATOM_CAPITAL)))
        return false; /* đảo Palm Du khách */
    if (before && after)
        return is_capitalized(v, i) || (lower.n == 2 && !sv_is(lower, "do"));
    if (!before && !after)
        return false;
    /* "Do Trump", "Di Gaza" begin a sentence; "do Messi", "da Gucci" are inside one. */
    return sv_is(lower, "de") ||
           (is_capitalized(v, i) && !sv_is(lower, "do") && (lower.n > 2 || is_word(v, i - 1)));
}

/* Whether atoms i to i + 2 are a given name as Korean ones are printed: Min-jae. */
static bool is_korean_pair(const struct view *v, uint32_t i)
{
    enum { LONGEST = 6 };
    return is_capitalized(v, i) && is_capitalized(v, i - 1) && is_mark(v, i + 1, '-') &&
           atom_glued(v, i + 1) && atom_glued(v, i + 2) && is_word(v, i + 2) &&
           !is_capitalized(v, i + 2) && atom_written(v, i + 2).n <= LONGEST &&
           atom_written(v, i - 1).n <= LONGEST;
}

static void add_part(const struct view *v, uint32_t i, struct surroundings *around)
{
    const struct origin_scores *part = origins_of_word(v, i);
    for (unsigned k = 0; k < ORIGINS; k++)
        around->names.of[k] += part->of[k];
}

/* The other parts of the name that atom i is in, the places that the sentence speaks of, and what
 * the word itself says. Valid until the next call of origins_of_word. */
static struct surroundings surroundings_of(const struct view *v, uint32_t i)
{
    enum { BEFORE = 2, TOGETHER = 4 };
    struct surroundings around = {.places = places_in_sentence(v)};
    uint32_t n = 0;
    for (uint32_t k = i; n < BEFORE && k > v->begin && is_foreign_name_part(v, k - 1); k--, n++)
        add_part(v, k - 1, &around);
    for (uint32_t k = i + 1; n < TOGETHER && is_foreign_name_part(v, k); k++, n++)
        add_part(v, k, &around);
    if (is_korean_pair(v, i) || (is_mark(v, i - 1, '-') && is_korean_pair(v, i - 2)))
        around.places |= ORIGIN_KOREAN;
    around.known = origins_of_word(v, i);
    around.known_word = atom_lower(v, i);
    around.taken = origin_taken(v, i);
    return around;
}

bool say_article(struct utterance *out, const struct view *v)
{
    const struct row *row = rules_find(v->rules, TABLE_ABBREVIATIONS, SV("THE"));
    if (row)
        say_sv(out, row_text(row, ABBREVIATIONS_SPOKEN));
    return row;
}

/* The Beatles, The last knight: "The" before a name or a foreign word is the English article; it is
 * a syllable, too. */
static void say_syllable_or_article(struct utterance *out, const struct view *v, uint32_t i)
{
    bool foreign = is_capitalized(v, i + 1) || (is_word(v, i + 1) && !is_syllable(v, i + 1));
    bool article = word_is(v, i, "the") && is_capitalized(v, i) && foreign;
    if (!article || !say_article(out, v))
        say_syllable(out, v, i);
}

/* The word as foreign_word reads it; a syllable with a foreign D by its sounds. */
static const char *say_sounds(const struct view *v, uint32_t i, const struct surroundings *around,
                              struct buf *out)
{
    const struct transcription_tables *tables = rules_transcription(v->rules);
    struct sv lower = atom_lower(v, i);
    if (atom_has(atom_at(v, i), ATOM_LEGAL))
        return transcribe(tables, lower, true, around, out) ? "transcribe.tsv" : NULL;
    return foreign_word(tables, atom_written(v, i), lower, around, out);
}

static const struct row *korean_syllable(const struct view *v, uint32_t i)
{
    const struct row *row = rules_find(v->rules, TABLE_FOREIGN_SYLLABLES, atom_lower(v, i));
    while (row && row_kinds(row) != ORIGIN_KOREAN)
        row = row_next(row);
    return row;
}

/* A capitalised word in plain letters that is a Korean syllable. */
static const struct row *korean_row(const struct view *v, uint32_t i)
{
    bool name = is_capitalized(v, i) && !is_upper(v, i) && atom_has(atom_at(v, i), ATOM_PLAIN);
    return name ? korean_syllable(v, i) : NULL;
}

/* Whether one of the two words from atom i on in that direction is Korean alone, and those between
 * may be. */
static bool has_korean_beside(const struct view *v, uint32_t i, uint32_t step)
{
    for (unsigned k = 0; k < 2; k++, i += step) {
        if (!korean_row(v, i))
            return false;
        if (!is_syllable(v, i))
            return true;
    }
    return false;
}

/* So Ji-sub, Kim So-hyun: the family name before a given name with a hyphen, or the first part of
 * that. One part of the given name is Korean alone. */
static bool is_in_korean_name(const struct view *v, uint32_t i)
{
    if (!is_capitalized(v, i))
        return false;
    uint32_t given = is_mark(v, i + 1, '-') ? i : i + 1;
    if (!is_mark(v, given + 1, '-') || !is_korean_pair(v, given))
        return false;
    return !is_syllable(v, given + 2) ? korean_syllable(v, given + 2) != NULL
                                      : korean_row(v, given) && !is_syllable(v, given);
}

uint32_t read_korean_syllable(struct utterance *out, const struct view *v, uint32_t i)
{
    bool known = rules_find(v->rules, TABLE_LOANWORDS, atom_lower(v, i));
    bool pair = !known && is_in_korean_name(v, i);
    if (!pair && !sv_ends(atom_lower(v, i), SV("eo")))
        return 0;
    const struct row *row = korean_row(v, i);
    if (!row || !(pair || has_korean_beside(v, i + 1, 1) || has_korean_beside(v, i - 1, -1u)))
        return 0;
    token_begin(out, v, CLASS_foreign, "foreign-syllables.tsv", i, 1);
    say_sv(out, row_text(row, FOREIGN_SYLLABLES_SPOKEN));
    token_end(out);
    return 1;
}

/* A question about atom i; if the answer is yes, it appends how the atom is said. */
typedef bool reading_of_word(const struct view *v, uint32_t i, struct buf *spoken);

static uint32_t read_if(reading_of_word *reading, const char *rule, struct utterance *out,
                        const struct view *v, uint32_t i)
{
    struct buf spoken = BUF_INIT;
    bool found = reading(v, i, &spoken);
    if (found) {
        token_begin(out, v, CLASS_foreign, rule, i, 1);
        say_sv(out, buf_sv(&spoken));
        token_end(out);
    }
    buf_free(&spoken);
    return found;
}

/* HOCMAI, Dienmayxanh: Vietnamese words without marks that run together. */
static uint32_t read_joined(struct utterance *out, const struct view *v, uint32_t i)
{
    return read_if(words_are_joined, N_("words that run together"), out, v, i);
}

/* Tran of Kevin Tran. */
static uint32_t read_unmarked_name(struct utterance *out, const struct view *v, uint32_t i)
{
    struct sv spoken = unmarked_name(v, i);
    if (!spoken.n)
        return 0;
    uint32_t n = with_possessive(v, i, 1);
    token_begin(out, v, CLASS_foreign, "unmarked-names.tsv", i, n);
    say_sv(out, spoken);
    token_end(out);
    return n;
}

/* Hrinh of Đăk Hrinh. */
static uint32_t read_highland_name(struct utterance *out, const struct view *v, uint32_t i)
{
    return read_if(highland_name, N_("name of the highlands"), out, v, i);
}

static bool is_long_name_in_capitals(const struct view *v, uint32_t i)
{
    enum { LONG = 5 };
    return is_upper(v, i) && !is_syllable(v, i) &&
           foreign_is_pronounceable(atom_written(v, i), LONG) &&
           !rules_find(v->rules, TABLE_ABBREVIATIONS, atom_written(v, i));
}

/* How many letters capitals must have to be said as a word: ROY of ROY KEANE has enough beside
 * another one. */
static size_t fewest_letters(const struct view *v, uint32_t i)
{
    enum { ALONE = 5, IN_LINE = 4, BESIDE = 3 };
    bool beside = is_long_name_in_capitals(v, i - 1) || is_long_name_in_capitals(v, i + 1);
    return beside ? BESIDE : v->in_capitals ? IN_LINE : ALONE;
}

static uint32_t read_single_word(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    struct sv written = atom_written(v, i);
    /* SE1, CA3: short capitals with a number glued to them are a name. */
    bool name = atom_has(a, ATOM_UPPER | ATOM_PLAIN) && written.n >= 2 && written.n <= 3 &&
                is_number(v, i + 1) && atom_glued(v, i + 1) && !v->in_capitals;
    bool word = !is_upper(v, i) || v->in_capitals || is_one_letter(v, i) || capitals_are_word(v, i);
    bool syllable = atom_has(a, ATOM_LEGAL) && !is_foreign_d(v, i);
    if (syllable && (name || !word))
        return 0;
    if (syllable && (read_english_word(out, v, i) || read_english_pronoun(out, v, i) ||
                     read_korean_syllable(out, v, i)))
        return 1;
    if (syllable) {
        uint32_t n = is_capitalized(v, i) ? with_possessive(v, i, 1) : 1; /* Tom's */
        token_begin(out, v, CLASS_word, "word", i, n);
        say_syllable_or_article(out, v, i);
        token_end(out);
        return n;
    }
    uint32_t joined = read_joined(out, v, i);
    if (joined)
        return joined;
    struct sv lower = atom_lower(v, i);
    bool capitals = atom_has(a, ATOM_UPPER);
    if (utf8_count(written) < 2 ||
        (capitals && !foreign_is_pronounceable(written, fewest_letters(v, i)) &&
         !foreign_is_vietnamese(lower)))
        return 0;
    struct buf spoken = BUF_INIT;
    struct surroundings around = surroundings_of(v, i);
    const char *rule = say_sounds(v, i, &around, &spoken);
    uint32_t n = rule ? with_possessive(v, i, 1) : 0;
    if (rule) {
        token_begin(out, v, CLASS_foreign, rule, i, n);
        say_sv(out, buf_sv(&spoken));
        token_end(out);
    }
    buf_free(&spoken);
    return n;
}

uint32_t read_foreign(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_word(v, i))
        return 0;
    uint32_t n = read_highland_name(out, v, i);
    if (!n)
        n = read_phrase(out, v, i);
    if (!n)
        n = read_unmarked_name(out, v, i);
    if (!n)
        n = read_prefixed(out, v, i);
    return n ? n : read_single_word(out, v, i);
}
