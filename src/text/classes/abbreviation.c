/*
 * Abbreviations and acronyms: with one meaning, with a meaning that the words around decide, or
 * defined in the article; with or without full stops (T.Ư, TP.HCM). A compound without a row of its
 * own is read part by part.
 */
#include "text/classes/class.h"

#include "base/utf8.h"
#include "text/classes/committee.h"
#include "text/classes/expansion.h"
#include "text/classes/mixed_case.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"
#include "text/definitions.h"
#include "text/full_stop.h"

enum { MOST_INITIALS = 9, MOST_WORDS = 16, MOST_TIED = 3 };

/* Says a part letter by letter. The s of a plural is silent. */
static void spell_part(struct utterance *out, const struct view *v, uint32_t i, bool foreign)
{
    struct sv word = atom_written(v, i);
    if (is_plural(word))
        word.n--;
    if (utf8_count(word) == 1) {
        say_letter(out, letter_base(atom_at(v, i)->code), false, foreign);
        return;
    }
    say_letters(out, word, foreign);
}

/* The reading without the two or three words that are written right before it already: "Công ty
 * CTCP" is công ty cổ phần. */
static struct sv without_words_before(const struct view *v, uint32_t i, struct sv reading)
{
    struct sv words[4], rest = reading;
    uint32_t n = 0;
    while (n < 4 && rest.p)
        words[n++] = sv_cut(&rest, ' ');
    for (uint32_t k = n - 1; k >= 2; k--) {
        uint32_t same = 0;
        while (same < k && is_word(v, i - k + same) &&
               sv_eq(words[same], atom_lower(v, i - k + same)))
            same++;
        if (same == k)
            return sv_sub(reading, (size_t)(words[k].p - reading.p),
                          reading.n - (size_t)(words[k].p - reading.p));
    }
    return reading;
}

static void say_found(struct utterance *out, const struct view *v, uint32_t i,
                      const struct expansion *f)
{
    bool foreign = f->spelling & SPELLED_FOREIGN;
    if (!f->spelling) {
        say_committee(out, v, without_words_before(v, i, f->reading));
        return;
    }
    for (uint32_t k = 0; k < f->atoms; k++) {
        if (is_word(v, i + k))
            spell_part(out, v, i + k, foreign);
        else if (is_number(v, i + k))
            say_number_atom(out, v, i + k);
        else if (is_mark(v, i + k, '&'))
            say(out, "và");
        else if (is_mark(v, i + k, '+'))
            say(out, "cộng");
    }
}

bool say_abbreviation(struct utterance *out, const struct view *v, uint32_t i)
{
    struct expansion f;
    if (!expansion_of_run(v, i, 1, &f))
        return false;
    say_found(out, v, i, &f);
    return true;
}

/* v.v., v.v..., v..v, v.v.v */
static uint32_t read_and_so_on(struct utterance *out, const struct view *v, uint32_t i)
{
    bool first = word_is(v, i, "v") && atom_glued(v, i + 1) &&
                 (is_mark(v, i + 1, '.') || is_ellipsis(v, i + 1)); /* v..v */
    bool initials = is_capitalized(v, i) && is_mark(v, i + 3, '.') && is_glued_on(v, i + 4);
    uint32_t second = i + 2;
    if (!first || initials || !word_is(v, second, "v") || !atom_glued(v, second))
        return 0;
    uint32_t n = second + 1 - i;
    while (is_tight_mark(v, i + n, '.') && word_is(v, i + n + 1, "v"))
        n += 2; /* v.v.v */
    token_begin(out, v, CLASS_abbreviation, "v.v.", i, n);
    say(out, "vân vân");
    token_end(out);
    return n;
}

/* The number of atoms of initials joined by full stops: 5 for N.V.A and for Tr.V.A; 0 if there are
 * none. */
static uint32_t initials_length(const struct view *v, uint32_t i)
{
    uint32_t n = 0;
    while (n < 2 * MOST_INITIALS && is_initial_letter(v, i + n) &&
           (n == 0 || atom_glued(v, i + n)) && is_mark(v, i + n + 1, '.') &&
           atom_glued(v, i + n + 1))
        n += 2;
    bool last = n && is_initial_letter(v, i + n) && atom_glued(v, i + n);
    uint32_t atoms = last ? n + 1 : n ? n - 1 : 0;
    return atoms < 3 ? 0 : atoms;
}

/* Ảnh: N.H: who took the picture or wrote the text; P.V is phóng viên there. */
static bool is_author(const struct view *v, uint32_t i)
{
    return is_mark(v, i - 1, ':') && near_before(v, i - 1, NEAR_CREDIT) &&
           !(word_is(v, i, "p") && word_is(v, i + 2, "v"));
}

/* Phan Lê K.V, chị Nguyễn T.D: a part of a name before its initials. T.Ư and T.W are trung ương. */
static bool follows_name(const struct view *v, uint32_t i)
{
    bool long_name = is_capitalized(v, i - 2) && is_syllable(v, i - 2) && !is_upper(v, i - 2);
    return is_capitalized(v, i - 1) && is_syllable(v, i - 1) && !is_upper(v, i - 1) &&
           (long_name || (kinds_in_lower(v, i - 2) & STOP_PERSON)) && !atom_glued(v, i) &&
           !word_is(v, i + 2, "ư") && !word_is(v, i + 2, "w");
}

/* K.V. (SN 2009), K.V (sinh năm 2009): a person. Atom i is behind the letters. */
static bool has_year_of_birth(const struct view *v, uint32_t i)
{
    uint32_t open = i + is_mark(v, i, '.');
    return is_mark(v, open, '(') && near_after(v, open + 1, NEAR_BORN);
}

/* A part of a name, or a word for a person. */
static bool is_of_person(const struct view *v, uint32_t i)
{
    bool part = is_capitalized(v, i) && is_syllable(v, i) && !is_upper(v, i);
    return part || (kinds_in_lower(v, i) & STOP_PERSON);
}

/* Trương Quang T. (20 tuổi), Nguyễn Văn T, trú tại: one letter for the last syllable of a name.
 * What has a name of its own or a number behind it is a place (Lê Lợi P. Bến Nghé, Lê Lợi Q.1),
 * unless the number is an age. */
static bool is_last_initial(const struct view *v, uint32_t i)
{
    if (!is_one_letter(v, i) || !is_upper(v, i) || is_glued_on(v, i + 1) || atom_glued(v, i))
        return false;
    bool initials = is_mark(v, i - 1, '.') && is_initial_letter(v, i - 2); /* N. V. T. 24 tuổi */
    if ((initials || is_of_person(v, i - 1)) && age_follows(v, i + 1 + is_mark(v, i + 1, '.')))
        return true;
    uint32_t next = i + 1 + is_mark(v, i + 1, '.');
    bool tied = is_mark(v, i + 1, '/') || is_mark(v, i + 1, '&') || is_mark(v, i + 1, '+') ||
                is_tight_mark(v, i + 1, '-'); /* Thái Nguyên T&T */
    return follows_name(v, i) && !is_number(v, next) && !is_capitalized(v, next) && !tied;
}

/* Whether the letters between the full stops are a name, and not an abbreviation: three letters, or
 * two after a word for a person (anh N.H.) or a part of the name, or as an author. */
static bool are_initials(const struct view *v, uint32_t i)
{
    uint32_t atoms = initials_length(v, i);
    if (!atoms)
        return is_last_initial(v, i);
    if (atoms >= 5)
        return true;
    return (kinds_in_lower(v, i - 1) & STOP_PERSON) || is_author(v, i) || follows_name(v, i) ||
           has_year_of_birth(v, i + atoms);
}

static uint32_t read_initials(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t atoms = initials_length(v, i);
    if (!atoms)
        return 0;
    /* Washington D.C. */
    bool foreign = is_foreign_name_part(v, i - 1) && atoms == 3 && word_is(v, i, "d") &&
                   word_is(v, i + 2, "c");
    token_begin(out, v, CLASS_letters, "initials", i, atoms);
    for (uint32_t k = 0; k < atoms; k += 2)
        spell_part(out, v, i + k, foreign);
    token_end(out);
    return atoms;
}

/* M-TP, T-ARA; P&C: a single letter tied to two or three capitals, or by & to another letter, makes
 * a foreign name of them. E- is "electronic": E-HSMT. */
static uint32_t read_tied_letters(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_one_letter(v, i) || !is_upper(v, i) || is_glued_on(v, i) || !is_upper(v, i + 2) ||
        is_glued_on(v, i + 3))
        return 0;
    bool single = is_one_letter(v, i + 2);
    bool hyphen = is_tight_mark(v, i + 1, '-') && !single && !word_is(v, i, "e") &&
                  atom_at(v, i + 2)->text.len <= MOST_TIED;
    bool ampersand = is_tight_mark(v, i + 1, '&') && single && !is_tight_mark(v, i + 3, '&');
    if (!hyphen && !ampersand)
        return 0;
    token_begin(out, v, CLASS_letters, "letters of a name", i, 3);
    spell_part(out, v, i, true);
    if (ampersand)
        say(out, "và");
    spell_part(out, v, i + 2, true);
    token_end(out);
    return 3;
}

/* ---- brackets that repeat ---- */

static bool is_name_mark(const struct view *v, uint32_t i)
{
    return is_mark(v, i, ',') || is_dash(v, i);
}

/* Whether the words that end before atom `end` are the reading, apart from small words that one of
 * the two may leave out; gives the first of them. */
static bool words_are(const struct view *v, uint32_t end, struct sv reading, uint32_t *first)
{
    struct sv words[MOST_WORDS];
    uint32_t n = 0, i = end;
    for (struct sv rest = reading; rest.p && n < MOST_WORDS;)
        words[n++] = sv_cut(&rest, ' ');
    while (n && i > v->begin) {
        struct sv word = atom_lower(v, i - 1);
        bool same = is_word(v, i - 1) && sv_eq(word, words[n - 1]);
        if (same || is_name_mark(v, i - 1) || (is_word(v, i - 1) && may_lack_letter(v, word)))
            i--;
        else if (!may_lack_letter(v, words[n - 1]))
            return false;
        else
            same = true;
        n -= same;
    }
    *first = i;
    return n == 0;
}

/* Appends what the atoms from i to before `end` say: syllables, and abbreviations in full. False if
 * there is anything else, or nothing in full. */
static bool expand_words(const struct view *v, uint32_t i, uint32_t end, struct buf *out)
{
    bool any = false;
    while (i < end) {
        struct expansion e;
        bool full = is_capitalized(v, i) && expansion_find(v, i, &e) && !e.spelling;
        if (!full && !(is_syllable(v, i) && !is_upper(v, i)))
            return false;
        if (out->n)
            buf_putc(out, ' ');
        buf_add_sv(out, full ? e.reading : atom_lower(v, i));
        i += full ? e.atoms : 1;
        any = any || full;
    }
    return any && i == end;
}

/* "gọi tắt là", "viết tắt:": the atom after such words, and after a quotation mark. */
static uint32_t after_naming(const struct view *v, uint32_t i, uint32_t end)
{
    uint32_t j = i;
    bool names = false;
    while (j < end && is_syllable(v, j) && !is_capitalized(v, j)) {
        names = names || near_after(v, j, NEAR_NAMING);
        j++;
    }
    if (!names)
        return i;
    j += is_mark(v, j, ':');
    return j + is_opening_quote(v, j);
}

/* "Trường ĐH Bách khoa (ĐHBK)": whether the words before the bracket end with the reading when
 * their own abbreviations are said in full. */
static bool are_said_in_full(const struct view *v, uint32_t open, struct sv reading)
{
    enum { FAR = 8 };
    uint32_t from = open;
    while (open - from < FAR && from > v->begin && is_word(v, from - 1))
        from--;
    struct buf said = BUF_INIT;
    bool same = false;
    for (; from < open && !same; from++) {
        buf_clear(&said);
        same = expand_words(v, from, open, &said) && sv_eq(buf_sv(&said), reading);
    }
    buf_free(&said);
    return same;
}

/* Whether the words before the bracket are the reading, or were it before the name of a place:
 * "Ngân hàng Nhà nước Việt Nam (NHNN)", "Bệnh viện Đa khoa tỉnh (BVĐK)". */
static bool are_said_before(const struct view *v, uint32_t open, struct sv reading)
{
    enum { PLACE_WORDS = 3 };
    uint32_t end = open, first;
    while (open - end < PLACE_WORDS && ((is_capitalized(v, end - 1) && is_syllable(v, end - 1)) ||
                                        word_is_kind(v, end - 1, UNIT_PLACE))) {
        if (words_are(v, end, reading, &first))
            return true;
        end--;
    }
    return words_are(v, end, reading, &first) || are_said_in_full(v, open, reading);
}

/* "Hội đồng nhân dân (HĐND)": what is inside the brackets says the words before them again. */
static bool repeats_words_before(const struct view *v, uint32_t open, uint32_t close)
{
    uint32_t begin = after_naming(v, open + 1, close), end = close;
    end -= is_closing_quote(v, end - 1);
    struct buf said = BUF_INIT;
    bool repeats = begin < end && expand_words(v, begin, end, &said) &&
                   are_said_before(v, open, buf_sv(&said));
    buf_free(&said);
    return repeats;
}

/* "Sở TN&MT (Sở Tài nguyên và Môi trường)": the words from atom i to before `end` are also right
 * before the abbreviation. */
static bool are_same_heads(const struct view *v, uint32_t run, uint32_t i, uint32_t end)
{
    uint32_t n = end - i;
    for (uint32_t k = 0; k < n; k++)
        if (!is_word(v, i + k) || !sv_eq(atom_lower(v, i + k), atom_lower(v, run - n + k)))
            return false;
    return true;
}

/* "HĐND (Hội đồng nhân dân)": the words inside are those of the abbreviation before. */
static bool repeats_abbreviation_before(const struct view *v, uint32_t open, uint32_t close)
{
    uint32_t run = open, first;
    struct expansion e;
    while (run > v->begin && open - run < MOST_INITIALS && (run == open || atom_glued(v, run)))
        run--;
    return run < open && is_capitalized(v, run) && expansion_of_run(v, run, open - run, &e) &&
           !e.spelling && words_are(v, close, e.reading, &first) &&
           are_same_heads(v, run, open + 1, first);
}

/* The kind of document that the words or letters from atom i to before `end` are: NĐ, Nghị định. */
static struct sv kind_of_document(const struct view *v, uint32_t i, uint32_t end)
{
    const struct row *row = end == i + 1 && is_upper(v, i)
                                ? rules_find(v->rules, TABLE_CODE_TYPES, atom_written(v, i))
                                : NULL;
    return row ? row_text(row, CODE_TYPES_SPOKEN) : atoms_lower(v, i, end - 1);
}

/* "Nghị định 94/2012/NĐ-CP (NĐ 94)": the kind and the number of the document before the bracket. */
static bool repeats_document_before(const struct view *v, uint32_t open, uint32_t close)
{
    enum { MOST = 12, MOST_KIND = 3 };
    uint32_t at = open + 1, first;
    while (at < close && is_word(v, at))
        at++;
    if (at == open + 1 || at > open + 1 + MOST_KIND || at + 1 != close || !is_number(v, at))
        return false;
    uint32_t number = open - 1;
    while (number > v->begin && open - number < MOST && atom_glued(v, number))
        number--;
    bool code = is_mark(v, number + 1, '/') || is_mark(v, number + 1, '-');
    if (!is_number(v, number) || !code || !sv_eq(atom_written(v, number), atom_written(v, at)))
        return false;
    return words_are(v, number - word_is(v, number - 1, "số"), kind_of_document(v, open + 1, at),
                     &first);
}

/* Skips brackets that say again what is right before them. */
static uint32_t skip_repeated(struct utterance *out, const struct view *v, uint32_t open)
{
    enum { INSIDE = 15 };
    uint32_t close = next_mark(v, open, ')', INSIDE);
    if (close == open || open == v->begin ||
        (!repeats_words_before(v, open, close) && !repeats_abbreviation_before(v, open, close) &&
         !repeats_document_before(v, open, close)))
        return 0;
    uint32_t begin = atom_at(v, open)->text.off, end = atom_at(v, close)->text.off + 1;
    article_skip(out->article, (struct span){begin, end - begin}, SKIP_REPEATED);
    return close + 1 - open;
}

/* đường ĐT.609, quận Q.1: the word before says what the abbreviation begins with. */
static void drop_repeated_head(const struct view *v, uint32_t i, struct expansion *f)
{
    struct sv rest = f->reading;
    bool same = is_word(v, i - 1) && !atom_glued(v, i) && !is_upper(v, i - 1) &&
                sv_eq(sv_cut(&rest, ' '), atom_lower(v, i - 1));
    if (same && near_word(v, i - 1, NEAR_HEAD))
        f->reading = rest;
}

/* LIỆU: capitals that are a syllable with marks, and no abbreviation. */
static bool is_marked_capitals(const struct view *v, uint32_t i)
{
    return is_upper(v, i) && is_syllable(v, i) && !is_one_letter(v, i) &&
           !atom_has(atom_at(v, i), ATOM_PLAIN) &&
           !rules_find(v->rules, TABLE_ABBREVIATIONS, atom_written(v, i));
}

uint32_t read_abbreviation(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    struct expansion f;
    if (is_mark(v, i, '('))
        return skip_repeated(out, v, i);
    uint32_t n = read_and_so_on(out, v, i);
    if (n)
        return n;
    if (!is_word(v, i))
        return 0;
    /* In a line of capitals a syllable is a word, if no cue is right beside it: ỨNG DỤNG AI. */
    bool beside = is_marked_capitals(v, i + 1) || is_marked_capitals(v, i - 1); /* Ảnh: TƯ LIỆU */
    bool doubtful = atom_has(a, ATOM_LEGAL | ATOM_UPPER) && (v->in_capitals || beside);
    /* No abbreviation begins with a syllable in small letters. */
    if (atom_has(a, ATOM_LEGAL) && !(a->flags & (ATOM_CAPITAL | ATOM_MIXED)))
        return 0;
    if (doubtful ? expansion_beside_cue(v, i, &f)
                 : !are_initials(v, i) && expansion_find(v, i, &f)) {
        drop_repeated_head(v, i, &f);
        if (!f.spelling && !f.reading.n) { /* quận Q.1 */
            article_skip(out->article, atom_at(v, i)->text, SKIP_REPEATED);
            return f.atoms;
        }
        token_begin(out, v, CLASS_abbreviation, expansion_rule(v, &f), i, f.atoms);
        say_found(out, v, i, &f);
        token_end(out);
        return f.atoms;
    }
    if (doubtful)
        return 0;
    n = read_initials(out, v, i);
    if (!n)
        n = read_tied_letters(out, v, i);
    return n ? n : read_mixed_case(out, v, i);
}
