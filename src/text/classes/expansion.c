#include "text/classes/expansion.h"

#include "base/message.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "text/classes/class.h"
#include "text/classes/stock.h"
#include "text/definitions.h"
#include "text/full_stop.h"

enum { RUN_ATOMS = 9, WINDOW = 3, FAR = 8 };

/* The words around an abbreviation, each between spaces, for comparison with cues. */
struct neighbours {
    const struct rules *rules;
    struct buf before, after;
    size_t
        far; /* where the first word of `before` that counts begins: one more is kept before it */
    uint64_t follows; /* bits of enum abbreviation_cue */
};

static void add_neighbour(struct buf *words, const struct view *v, uint32_t i)
{
    /* U23 is one word. */
    if (!is_number(v, i) || !atom_glued(v, i) || !is_word(v, i - 1))
        buf_putc(words, ' ');
    buf_add_sv(words, atom_lower(v, i));
}

static bool is_year_number(const struct view *v, uint32_t i)
{
    struct sv digits = atom_written(v, i);
    return digits.n == 4 && (sv_starts(digits, SV("19")) || sv_starts(digits, SV("20")));
}

/* 123/QĐ-UBND, 12-CT/TW, 3/2024: the number of a document or a date, which counts nothing. */
static bool begins_code(const struct view *v, uint32_t i)
{
    if (is_tight_mark(v, i + 1, '/'))
        return is_number(v, i + 2) || is_upper(v, i + 2);
    bool road = is_number(v, i + 3) && atom_glued(v, i + 3); /* QL5-QL38 */
    return is_tight_mark(v, i + 1, '-') && is_upper(v, i + 2) && !road;
}

/* What the number at atom i is for an abbreviation before it, as a bit of enum abbreviation_cue; 0:
 * nothing. */
static uint64_t kind_of_number(const struct view *v, uint32_t i)
{
    if (is_year_number(v, i))
        return FOLLOWED_BY_YEAR;
    if (begins_code(v, i))
        return 0;
    /* sà lan ĐN 0978: four digits alone are no number to call */
    bool short_number = digit_count(v, i) == 4 && !is_number(v, i + 1) && !is_number(v, i + 2);
    if (atom_written(v, i).p[0] == '0')
        return short_number ? 0 : FOLLOWED_BY_ZERO;
    return FOLLOWED_BY_NUMBER;
}

/* QC: (023) 93.856.715, LH: 0912 345 678: the number at atom i begins a number to call. */
static bool is_area_code(const struct view *v, uint32_t i)
{
    return digit_count(v, i) >= 3 && atom_written(v, i).p[0] == '0';
}

/* 0912 345 678 (HN): an abbreviation alone in a bracket behind a number to call. */
static bool is_behind_phone(const struct view *v, uint32_t first, uint32_t end)
{
    return is_mark(v, first - 1, '(') && is_mark(v, end, ')') && digit_count(v, first - 2) >= 3 &&
           digit_count(v, first - 4) >= 3;
}

/* X. Tân Lập, H. Ba Vì: two capitalised syllables after a single letter, which is no initial of
 * somebody's name (chị H. Tân, Nguyễn H. Minh Anh). */
static bool is_place_name(const struct view *v, uint32_t letter, uint32_t next)
{
    /* H. Chư Păh */
    bool highland = is_word(v, next + 1) && !atom_has(atom_at(v, next + 1), ATOM_PLAIN);
    bool name = is_capitalized(v, next) && is_syllable(v, next) && is_capitalized(v, next + 1) &&
                (is_syllable(v, next + 1) || highland) && !atom_glued(v, next + 1);
    bool person =
        (kinds_in_lower(v, letter - 1) & STOP_PERSON) ||
        (letter - 1 > v->begin && is_capitalized(v, letter - 1) && !is_upper(v, letter - 1));
    return name && !(letter > v->begin && person);
}

/* HCMDoanh nghiệp: what is after a lost space belongs to something else. */
static bool has_break(const struct view *v, uint32_t i)
{
    return atom_has(atom_at(v, i), ATOM_BREAK);
}

static bool is_small_word(const struct view *v, uint32_t i)
{
    return is_word(v, i) && !is_capitalized(v, i);
}

/* Words joined by full stops or hyphens count as one, without the full stops: "t.ư" is "tư". */
static void collect_neighbours(const struct view *v, uint32_t first, uint32_t end,
                               struct neighbours *a)
{
    *a = (struct neighbours){.rules = v->rules, .before = BUF_INIT, .after = BUF_INIT};
    uint32_t back[WINDOW + 1], words = 0;
    for (uint32_t k = 1; k <= FAR && words <= WINDOW && first >= v->begin + k; k++)
        if (is_word(v, first - k) || is_number(v, first - k))
            back[words++] = first - k;
    bool percent = is_mark(v, first - 1, '%'); /* 76% DT */
    while (words--) {
        add_neighbour(&a->before, v, back[words]);
        if (words == WINDOW)
            a->far = a->before.n;
    }
    buf_adds(&a->before, percent ? " % " : " ");
    uint32_t next = end;
    while (next < end + 2 && atom_at(v, next)->kind == ATOM_PUNCT && atom_at(v, next)->text.len)
        next++;
    words = 0;
    for (uint32_t k = next; k < next + FAR && words < WINDOW && !has_break(v, k); k++)
        if (is_word(v, k) || is_number(v, k)) {
            add_neighbour(&a->after, v, k);
            words++;
        }
    buf_putc(&a->after, ' ');
    if (is_behind_phone(v, first, end))
        a->follows = FOLLOWED_BY_ZERO;
    if (is_mark(v, end, ')') && is_hyphen_or_dash(v, first - 1) && is_small_word(v, first - 3) &&
        (is_small_word(v, first - 2) || is_small_word(v, first - 4)))
        a->follows = ENDS_NOTE; /* (một trong hai vị khách - NV); (Bến Tre - BT) is none */
    bool near = next == end || (is_mark(v, end, '.') && next == end + 1);
    bool hyphen = is_mark(v, end, '-') && !is_tight_mark(v, end, '-'); /* HK-32 is an engine */
    if ((near || hyphen) && is_number(v, next))
        a->follows = kind_of_number(v, next);
    else if (is_mark(v, end, ':') && is_area_code(v, next))
        a->follows = FOLLOWED_BY_ZERO | FOLLOWED_BY_COLON;
    else if (is_mark(v, end, ':') && is_number(v, next))
        a->follows = FOLLOWED_BY_COLON;
    else if (is_one_letter(v, first) ? is_place_name(v, first, next)
                                     : near && is_capitalized(v, next))
        a->follows = FOLLOWED_BY_CAPITAL | (is_syllable(v, next) ? FOLLOWED_BY_SYLLABLE : 0);
}

/* Whether the word of `words` at `at`, with its neighbour before it or behind it, is a word of two
 * syllables (compounds.tsv). */
static bool is_part_of_compound(const struct rules *rules, struct sv words, size_t at, size_t end)
{
    size_t begin = at, stop = end + (end < words.n);
    while (begin > 1 && words.p[begin - 2] != ' ')
        begin--;
    begin -= begin > 1;
    while (stop < words.n && words.p[stop] != ' ')
        stop++;
    return rules_find(rules, TABLE_COMPOUNDS, sv_sub(words, begin, end - begin)) ||
           rules_find(rules, TABLE_COMPOUNDS, sv_sub(words, at, stop - at));
}

/* Whether the phrase is among the words from `from` on. A single word does not count as a part of a
 * longer one: "trường" of "thị trường". */
static bool has_phrase(const struct rules *rules, struct sv words, size_t from, struct sv phrase)
{
    bool single = !memchr(phrase.p, ' ', phrase.n);
    for (size_t at = from;;) {
        ptrdiff_t found = sv_find(sv_sub(words, at, words.n - at), phrase);
        if (found < 0)
            return false;
        at += (size_t)found;
        size_t end = at + phrase.n;
        bool whole = at > 0 && words.p[at - 1] == ' ' && end < words.n && words.p[end] == ' ';
        if (whole && !(single && is_part_of_compound(rules, words, at, end)))
            return true;
        at++;
    }
}

/* Whether the words, which have a space on both sides, end with the phrase (or begin with it). */
static bool is_next(const struct rules *rules, struct sv words, struct sv phrase, bool end)
{
    if (words.n < phrase.n + 2)
        return false;
    size_t at = end ? words.n - 1 - phrase.n : 1;
    return sv_eq(sv_sub(words, at, phrase.n), phrase) && has_phrase(rules, words, at, phrase);
}

static bool is_beside(struct sv cue)
{
    return cue.n > 2 && (cue.p[0] == '<' || cue.p[0] == '>') && cue.p[1] == cue.p[0];
}

/* "x" on either side, "<x" before, "<<x" right before; ">x" and ">>x" after. */
static bool cue_fits(struct sv cue, const struct neighbours *a)
{
    char side = cue.p[0];
    struct sv before = buf_sv(&a->before), after = buf_sv(&a->after);
    if (side != '<' && side != '>')
        return has_phrase(a->rules, before, a->far, cue) || has_phrase(a->rules, after, 0, cue);
    if (is_beside(cue))
        return is_next(a->rules, side == '<' ? before : after, sv_sub(cue, 2, cue.n - 2),
                       side == '<');
    struct sv phrase = sv_sub(cue, 1, cue.n - 1);
    return side == '<' ? has_phrase(a->rules, before, a->far, phrase)
                       : has_phrase(a->rules, after, 0, phrase);
}

enum {
    FOLLOWED = FOLLOWED_BY_NUMBER | FOLLOWED_BY_ZERO | FOLLOWED_BY_YEAR | FOLLOWED_BY_CAPITAL |
               FOLLOWED_BY_SYLLABLE | FOLLOWED_BY_COLON | ENDS_NOTE
};

static bool has_cues(const struct row *row)
{
    return (row_kinds(row) & FOLLOWED) || row_text(row, ABBREVIATIONS_CUES).n;
}

static bool any_word_fits(const struct row *row, const struct neighbours *a)
{
    for (struct sv cues = row_text(row, ABBREVIATIONS_CUES); cues.n;)
        if (cue_fits(sv_cut(&cues, ';'), a))
            return true;
    return false;
}

static bool any_word_fits_beside(const struct row *row, const struct neighbours *a)
{
    for (struct sv cues = row_text(row, ABBREVIATIONS_CUES); cues.n;) {
        struct sv cue = sv_cut(&cues, ';');
        if (is_beside(cue) && cue_fits(cue, a))
            return true;
    }
    return false;
}

static bool row_fits(const struct row *row, const struct neighbours *a)
{
    return !has_cues(row) || (row_kinds(row) & a->follows) || any_word_fits(row, a);
}

/* The first of the rows of one key, from `row` on, that fits what is around the atoms first .. end
 * - 1; NULL: none does. */
static const struct row *first_that(bool (*fits)(const struct row *, const struct neighbours *),
                                    const struct row *row, const struct view *v, uint32_t first,
                                    uint32_t end)
{
    struct neighbours a;
    if (!row)
        return NULL;
    collect_neighbours(v, first, end, &a);
    while (row && !fits(row, &a))
        row = row_next(row);
    buf_free(&a.before);
    buf_free(&a.after);
    return row;
}

/* ---- meanings that the article has decided ---- */

/* Two letters have too many meanings to keep one of them. */
static bool may_be_kept(struct sv key)
{
    enum { FEWEST_LETTERS = 3 };
    return utf8_count(key) >= FEWEST_LETTERS;
}

static size_t meaning_slot(const struct row *first)
{
    return ((uintptr_t)first >> 4) % MEANING_SLOTS;
}

static void keep_meaning(const struct view *v, const struct row *first, const struct row *taken)
{
    v->notes->meanings[meaning_slot(first)].first = first;
    v->notes->meanings[meaning_slot(first)].taken = taken;
}

/* The row that was taken earlier in this article because of its cues, or NULL. */
static const struct row *kept_meaning(const struct view *v, const struct row *first)
{
    bool kept = v->notes->meanings[meaning_slot(first)].first == first;
    return kept ? v->notes->meanings[meaning_slot(first)].taken : NULL;
}

static bool is_spelled(const struct row *row)
{
    return row_kinds(row) & (SPELLED | SPELLED_FOREIGN);
}

/* The row of the key that fits the words around it; where it would be spelled, the meaning that it
 * had before in the article. `certain`: a single row needs no cue. */
static const struct row *fitting_row(const struct view *v, struct sv key, uint32_t first,
                                     uint32_t end, bool certain)
{
    const struct row *row = rules_find(v->rules, TABLE_ABBREVIATIONS, key);
    if (!row || !has_cues(row))
        return row;
    const struct row *hit = first_that(row_fits, row, v, first, end);
    if (!hit && certain && !row_next(row))
        return row;
    if (!may_be_kept(key))
        return hit;
    if (hit && is_spelled(hit) && has_cues(hit)) /* máy CNC, in an article on a khu CNC */
        return hit;
    if (hit && !is_spelled(hit)) {
        if (has_cues(hit))
            keep_meaning(v, row, hit);
        return hit;
    }
    const struct row *kept = kept_meaning(v, row);
    return kept ? kept : hit;
}

static void without_dots(struct sv text, struct buf *out)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '.')
            buf_putc(out, text.p[i]);
}

static void in_capitals(struct sv text, struct buf *out)
{
    uint32_t code;
    for (size_t i = 0, n; i < text.n; i += n) {
        n = utf8_decode_valid(text.p + i, &code);
        buf_add_code(out, char_upper(code));
    }
}

static bool found_row(struct expansion *f, uint32_t atoms, const struct row *row)
{
    if (!row)
        return false;
    *f = (struct expansion){.atoms = atoms,
                            .reading = row_text(row, ABBREVIATIONS_SPOKEN),
                            .spelling = row_kinds(row) & (SPELLED | SPELLED_FOREIGN),
                            .row = row};
    return true;
}

bool expansion_beside_cue(const struct view *v, uint32_t i, struct expansion *f)
{
    const struct row *row = rules_find(v->rules, TABLE_ABBREVIATIONS, atom_written(v, i));
    return found_row(f, 1, first_that(any_word_fits_beside, row, v, i, i + 1));
}

/* T.V, TH.T: two initials, which stand for words only where the table says so: T.Ư, and T.S before
 * a name. `bare`: without the full stop. */
static bool are_two_initials(const struct view *v, uint32_t i, uint32_t n, struct sv bare)
{
    if (n != 3 || !is_initial_letter(v, i) || !is_initial_letter(v, i + 2))
        return false;
    uint64_t kinds = rules_stop_kinds(v->rules, bare);
    bool name = is_capitalized(v, i + 3) && is_syllable(v, i + 3) && !is_upper(v, i + 3);
    return !(kinds & STOP_DOTTED) && !((kinds & (STOP_TITLE | STOP_PLACE)) && name);
}

/* Finds the row of the atoms i .. i + n - 1, which are spelled as `key`: with the full stop after
 * them, as they are, without the full stops inside. `key` is followed in memory by one more byte,
 * that of the full stop. */
static bool find_key(const struct view *v, uint32_t i, uint32_t n, struct sv key,
                     struct expansion *f)
{
    bool dot = is_mark(v, i + n, '.') && atom_glued(v, i + n);
    if (dot && found_row(f, n, fitting_row(v, (struct sv){key.p, key.n + 1}, i, i + n, false)))
        return true;
    if (found_row(f, n, fitting_row(v, key, i, i + n, false)))
        return true;
    if (n < 3 || !memchr(key.p, '.', key.n))
        return false;
    struct buf bare = BUF_INIT;
    without_dots(key, &bare);
    bool hit = !are_two_initials(v, i, n, buf_sv(&bare)) &&
               found_row(f, n, fitting_row(v, buf_sv(&bare), i, i + n, true));
    buf_free(&bare);
    return hit;
}

static bool find_in_capitals(const struct view *v, uint32_t i, uint32_t n, struct expansion *f)
{
    struct buf key = BUF_INIT;
    in_capitals(atoms_written(v, i, i + n - 1), &key);
    size_t length = key.n;
    buf_putc(&key, '.');
    bool hit = find_key(v, i, n, sv_sub(buf_sv(&key), 0, length), f);
    buf_free(&key);
    return hit;
}

static uint32_t count_vowels(struct sv word)
{
    uint32_t code, vowels = 0;
    for (size_t i = 0, n; i < word.n; i += n) {
        n = utf8_decode_valid(word.p + i, &code);
        vowels += letter_is_vowel(letter_of(letter_base(code)).id);
    }
    return vowels;
}

/* ubnd, Hđnd, csgt: small letters that cannot be a word, because fewer than a third are vowels. A
 * single letter only before a full stop inside a word: q.1. */
static bool looks_abbreviated(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (a->kind != ATOM_WORD || (a->flags & (ATOM_LEGAL | ATOM_UPPER | ATOM_MIXED)))
        return false;
    if (is_tight_mark(v, i + 1, '-') && is_number(v, i + 2))
        return false; /* Kh-101 is a missile */
    bool initial = is_mark(v, i + 1, '.') || (kinds_in_lower(v, i - 1) & STOP_PERSON);
    if ((kinds_as_written(v, i) & STOP_INITIAL) && initial)
        return false; /* Th. kể lại, chị Th bị: somebody's initial */
    struct sv lower = atom_lower(v, i);
    size_t letters = utf8_count(lower);
    if (letters == 1)
        return is_mark(v, i + 1, '.') && atom_glued(v, i + 1) && atom_at(v, i + 2)->text.len;
    return count_vowels(lower) * 3 < letters && !rules_find(v->rules, TABLE_LOANWORDS, lower);
}

/* Covid, Nato: an acronym that is said as a word and written like one. Its reading has about one
 * syllable for two letters; an expansion has one for each letter (Cap is not CAP, công an phường).
 * */
static bool find_as_word(const struct view *v, uint32_t i, struct expansion *f)
{
    const struct atom *a = atom_at(v, i);
    if (!atom_has(a, ATOM_CAPITAL) || (a->flags & (ATOM_UPPER | ATOM_LEGAL | ATOM_MIXED)) ||
        !find_in_capitals(v, i, 1, f) || f->spelling)
        return false;
    return (sv_count(f->reading, ' ') + 1) * 2 <= utf8_count(atom_written(v, i)) + 1;
}

/* KOLs, PCs: capitals with the s of a plural, which is silent. */
bool is_plural(struct sv written)
{
    if (written.n < 3 || written.p[written.n - 1] != 's')
        return false;
    for (size_t i = 0; i + 1 < written.n; i++)
        if (written.p[i] < 'A' || written.p[i] > 'Z')
            return false;
    return true;
}

static bool find_plural(const struct view *v, uint32_t i, struct expansion *f)
{
    struct sv written = atom_written(v, i);
    if (!is_plural(written))
        return false;
    struct sv single = sv_sub(written, 0, written.n - 1);
    if (!found_row(f, 1, fitting_row(v, single, i, i + 1, false)))
        *f = (struct expansion){.atoms = 1, .spelling = SPELLED_FOREIGN};
    return true;
}

/* The abbreviation is beside its explanation: the last word in brackets, or right before them. */
static bool is_explained_here(const struct view *v, uint32_t end)
{
    return is_mark(v, end, '(') || is_mark(v, end + is_closing_quote(v, end), ')');
}

/* TS Lê Viết Khuyến, in an article on examinees (TS): a title before the name of a person. */
static bool is_title_of_person(const struct view *v, uint32_t i, uint32_t n)
{
    return n == 1 && (kinds_as_written(v, i) & STOP_TITLE) && is_capitalized(v, i + 1) &&
           is_capitalized(v, i + 2) && near_word(v, i + 1, NEAR_SURNAME);
}

/* What the article defines, unless words around this place are a cue of another meaning: "TT Trump"
 * in an article on a center (TT). */
static bool find_defined(const struct view *v, uint32_t i, uint32_t n, struct expansion *f)
{
    struct sv written = atoms_written(v, i, i + n - 1);
    struct sv defined = definitions_find(v->definitions, written);
    if (!defined.p || is_title_of_person(v, i, n))
        return false;
    *f = (struct expansion){.atoms = n, .reading = defined, .defined = true};
    if (!is_explained_here(v, i + n))
        found_row(f, n,
                  first_that(any_word_fits, rules_find(v->rules, TABLE_ABBREVIATIONS, written), v,
                             i, i + n));
    return true;
}

/* A word of another language, and no abbreviation. */
static bool is_foreign_word(const struct view *v, uint32_t i)
{
    return is_word(v, i) && !is_syllable(v, i) && !is_upper(v, i);
}

/* Whether capitals stand for words: UBND. */
static bool are_expanded(const struct view *v, uint32_t i)
{
    struct sv written = atom_written(v, i);
    const struct row *row = rules_find(v->rules, TABLE_ABBREVIATIONS, written);
    while (row && is_spelled(row))
        row = row_next(row);
    return row || definitions_find(v->definitions, written).p;
}

/* Audi Q7, Q5; LQ Q6; Huawei P40; P30 Pro; protein P53; căn P12A: a letter and its number are a
 * model or a name and no ward or district: a foreign word is before their list or behind them, a
 * letter is glued on, or the number is higher than that of any ward. */
static bool names_model(const struct view *v, uint32_t i)
{
    enum { MOST_IN_LIST = 6, STEP = 3 };
    uint32_t k = i;
    if (!is_one_letter(v, i) || !is_number(v, i + 1) || !atom_glued(v, i + 1) ||
        !atom_has(atom_at(v, i), ATOM_PLAIN)) /* Ø800 */
        return false;
    if (cue_in_sentence(v, CUE_RACE)) /* Q3, P1 of Formula 1 */
        return true;
    if (is_tight_mark(v, i - 1, '-') && is_number(v, i - 2) && word_is(v, i - 3, "c"))
        return true; /* C46-P12: offices of the police */
    if (is_tight_mark(v, i - 1, '-') && is_upper(v, i - 2) && !is_one_letter(v, i - 2))
        return true; /* DCI-P3 */
    bool high = digit_count(v, i + 1) == 2 && sv_cmp(atom_written(v, i + 1), SV("30")) > 0;
    if (high || digit_count(v, i + 1) > 2 || (is_word(v, i + 2) && atom_glued(v, i + 2)) ||
        is_foreign_word(v, i + 2))
        return true;
    for (unsigned n = 0; n < MOST_IN_LIST; n++, k -= STEP) {
        bool joint = is_joint(v, k - 1, ",/", CUE_AND);
        if (!joint || !is_number(v, k - 2) || !atom_glued(v, k - 2) || !is_one_letter(v, k - 3))
            break;
    }
    bool letters = is_upper(v, k - 1) && !is_one_letter(v, k - 1) && !is_syllable(v, k - 1) &&
                   !are_expanded(v, k - 1);
    uint32_t name =
        k - 1 - (word_is(v, k - 1, "như") || word_is(v, k - 1, "gồm")); /* Audi như A6, Q7 */
    return letters || is_foreign_word(v, name);
}

/* mã DN4010123456789: letters of a long number that names something. */
static bool begins_identifier(const struct view *v, uint32_t i)
{
    enum { FEWEST = 8 };
    return digit_count(v, i + 1) >= FEWEST && atom_glued(v, i + 1) &&
           near_before(v, i, NEAR_IDENTIFIER);
}

/* CMC TS cùng HPE: behind other capitals, which stand for no words, and before nobody's name, the
 * letters of a title are a part of the name of a company. */
static bool ends_company(const struct view *v, uint32_t i)
{
    uint32_t before = i - 1;
    bool capitals = is_upper(v, i) && is_upper(v, before) && !atom_glued(v, i) && !v->in_capitals &&
                    !is_syllable(v, before) && atom_at(v, before)->text.len > 1;
    return capitals && (kinds_as_written(v, i) & STOP_TITLE) &&
           !(kinds_as_written(v, before) & STOP_TITLE) && !are_expanded(v, before) &&
           !is_mark(v, i + 1, '.') && !is_mark(v, i + 1, '/') && !is_tight_mark(v, i + 1, '-') &&
           !is_capitalized(v, i + 1);
}

/* bệnh nhân NDT (26 tuổi): initials of somebody whose age is behind them, though they are a kind of
 * money elsewhere. A row for people (HS, CCB) is meant as it says. */
static bool is_patient(const struct view *v, uint32_t i)
{
    return is_upper(v, i) && atom_at(v, i)->text.len == 3 && is_mark(v, i + 1, '(') &&
           age_follows(v, i + 1) && (kinds_in_lower(v, i - 1) & STOP_PERSON) &&
           rules_find(v->rules, TABLE_CURRENCIES, atom_written(v, i));
}

/* JADES-GS-z14: a title between other letters and numbers tied by hyphens is none; PGS-TS is. */
static bool is_title_in_code(const struct view *v, uint32_t i)
{
    if (!(kinds_as_written(v, i) & STOP_TITLE))
        return false;
    bool before = is_tight_mark(v, i - 1, '-') && is_word(v, i - 2) &&
                  !(kinds_as_written(v, i - 2) & STOP_TITLE) && !is_syllable(v, i - 2);
    bool after = is_tight_mark(v, i + 1, '-') && is_one_letter(v, i + 2) && is_glued_on(v, i + 3);
    return before || after;
}

/* Whether the reading has a word for each letter of the capitals: cựu chiến binh, but not ai pi ô.
 */
static bool is_word_for_letter(const struct view *v, uint32_t i, struct sv reading)
{
    struct sv letters = atom_lower(v, i);
    uint32_t letter, first;
    for (size_t at = 0; at < letters.n;) {
        at += utf8_decode_valid(letters.p + at, &letter);
        struct sv syllable = sv_cut(&reading, ' ');
        if (!syllable.n)
            return false;
        utf8_decode_valid(syllable.p, &first);
        if (letter_base(first) != letter_base(letter))
            return false;
    }
    return !reading.n;
}

/* Whether a syllable of the reading is among the words before the bracket at atom `open`. */
static bool shares_syllable(const struct view *v, uint32_t open, struct sv reading)
{
    enum { NAME_WORDS = 9 };
    while (reading.n) {
        struct sv syllable = sv_cut(&reading, ' ');
        for (uint32_t k = 1; k <= NAME_WORDS && is_word(v, open - k); k++)
            if (sv_eq(atom_lower(v, open - k), syllable))
                return true;
    }
    return false;
}

/* Toyota Việt Nam (TMV), Ngân hàng Xây dựng Trung Quốc (CCB): in a bracket behind a name with a
 * foreign word of the same first letter, or behind a firm with other words, stand the name's own
 * letters, whatever they mean elsewhere without a cue. */
static bool is_of_name_before(const struct view *v, uint32_t i, const struct expansion *f)
{
    bool same = false;
    uint32_t k = i - 2;
    if (!is_mark(v, i - 1, '(') || !is_mark(v, i + 1, ')') || f->defined || !f->row ||
        has_cues(f->row) || is_spelled(f->row) || rules_find(v->rules, TABLE_PLACES, f->reading))
        return false;
    for (; is_capitalized(v, k); k--)
        same = same || (is_foreign_word(v, k) && atom_at(v, k)->code == atom_at(v, i)->code);
    bool firm = is_bracketed_behind_firm(v, i) && atom_at(v, i)->text.len == 3 &&
                atom_has(atom_at(v, i), ATOM_PLAIN) && !shares_syllable(v, i - 1, f->reading);
    return (firm || (same && k + 3 < i)) && is_word_for_letter(v, i, f->reading);
}

bool expansion_of_run(const struct view *v, uint32_t i, uint32_t n, struct expansion *f)
{
    struct sv written = atoms_written(v, i, i + n - 1);
    /* GS25: a title has no number glued to it; NV1 is a choice of school, GĐ2 a stage of works. */
    if (n == 1 && is_number(v, i + 1) && atom_glued(v, i + 1) && !word_is(v, i, "nv") &&
        !word_is(v, i, "gđ") && (kinds_as_written(v, i) & STOP_TITLE))
        return false;
    bool inside = n == 1 && is_glued_on(v, i) && is_number(v, i - 1) && is_glued_on(v, i + 1) &&
                  is_number(v, i + 1); /* Su-30MK2 */
    if (inside || (n == 1 && is_title_in_code(v, i)))
        return false;
    if (n == 1 && (names_model(v, i) || begins_identifier(v, i)))
        return false;
    if (n == 1 && (is_stock_code(v, i) || ends_company(v, i) || is_patient(v, i))) {
        *f = (struct expansion){.atoms = 1, .spelling = SPELLED};
        return true;
    }
    if (find_defined(v, i, n, f) || find_key(v, i, n, written, f)) {
        if (n == 1 && is_of_name_before(v, i, f))
            *f = (struct expansion){.atoms = 1, .spelling = SPELLED};
        return true;
    }
    if (looks_abbreviated(v, i) && find_in_capitals(v, i, n, f))
        return true;
    /* Đ/c at the start of a sentence. */
    return n >= 3 && atom_has(atom_at(v, i), ATOM_CAPITAL) &&
           find_key(v, i, n, (struct sv){atom_lower(v, i).p, written.n}, f);
}

bool capitals_are_letters(const struct view *v, uint32_t i)
{
    struct expansion e;
    bool capitals = is_upper(v, i) && !is_one_letter(v, i) && !is_syllable(v, i);
    return capitals && !(expansion_of_run(v, i, 1, &e) && !e.spelling);
}

/* KT - XH; VN- Index: a part in capitals, or a foreign name behind a hyphen. */
static bool is_spaced_part(const struct view *v, uint32_t i)
{
    return is_upper(v, i) || (is_dash(v, i - 1) && is_capitalized(v, i) && !is_syllable(v, i));
}

/* KT - XH; CNH, HĐH; VH - TT & DL: parts with spaces around the marks between them, if a row has
 * the whole. */
static bool find_spaced(const struct view *v, uint32_t i, struct expansion *f)
{
    uint32_t ends[RUN_ATOMS], lengths[RUN_ATOMS], parts = 0;
    struct buf key = BUF_INIT;
    buf_add_sv(&key, atom_written(v, i));
    for (uint32_t n = 1; n + 1 < RUN_ATOMS; n += 2) {
        bool joint = is_dash(v, i + n) || is_mark(v, i + n, '&') || is_mark(v, i + n, '/') ||
                     is_mark(v, i + n, ',');
        if (!joint || !is_word(v, i + n + 1) || !is_spaced_part(v, i + n + 1))
            break;
        buf_putc(&key, is_dash(v, i + n) ? '-' : (char)atom_at(v, i + n)->code);
        buf_add_sv(&key, atom_written(v, i + n + 1));
        ends[parts] = n + 2;
        lengths[parts++] = (uint32_t)key.n;
    }
    bool hit = false;
    while (parts-- > 0 && !hit)
        hit = found_row(
            f, ends[parts],
            fitting_row(v, sv_sub(buf_sv(&key), 0, lengths[parts]), i, i + ends[parts], false));
    buf_free(&key);
    return hit;
}

static bool is_run_mark(const struct atom *a)
{
    return a->kind == ATOM_PUNCT && a->text.len == 1 &&
           (a->code == '.' || a->code == '-' || a->code == '&' || a->code == '/' || a->code == ',');
}

bool expansion_find(const struct view *v, uint32_t i, struct expansion *f)
{
    uint32_t most = 1;
    while (most < RUN_ATOMS && atom_at(v, i + most)->text.len && atom_glued(v, i + most) &&
           (is_word(v, i + most) || is_number(v, i + most) || is_run_mark(atom_at(v, i + most)) ||
            is_mark(v, i + most, '+')))
        most++;
    for (uint32_t n = most; n > 0; n--) {
        if (atom_at(v, i + n - 1)->kind == ATOM_PUNCT)
            continue;
        if (n > 1 && atom_glued(v, i + n) && (is_word(v, i + n) || is_number(v, i + n)))
            continue;
        if (n == 1 && atom_has(atom_at(v, i), ATOM_UPPER) && find_spaced(v, i, f))
            return true;
        if (expansion_of_run(v, i, n, f))
            return true;
    }
    return find_as_word(v, i, f) || find_plural(v, i, f);
}

const char *expansion_rule(const struct view *v, const struct expansion *e)
{
    if (e->defined)
        return N_("defined in the article");
    if (!e->row && e->spelling == SPELLED)
        return "stock-words.tsv";
    if (!e->row || has_cues(e->row))
        return "abbreviations.tsv";
    struct sv key = row_text(e->row, ABBREVIATIONS_WRITTEN);
    bool first = rules_find(v->rules, TABLE_ABBREVIATIONS, key) == e->row;
    return first ? "abbreviations.tsv" : N_("abbreviations.tsv, no cue");
}
