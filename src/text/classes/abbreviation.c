/*
 * Abbreviations and acronyms by the table: one meaning, one by the words around, one defined in the
 * article itself; with or without dots (T.Ư, TP.HCM). Compounds are read part by part where no row
 * holds the whole, as each part is a word of its own.
 */
#include "text/classes/class.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "text/classes/numeral.h"
#include "text/definitions.h"

enum { RUN_ATOMS = 9, WINDOW = 3, FAR = 8 };

/* An abbreviation found: its atoms and its row. */
struct found {
    uint32_t atoms;
    struct sv reading; /* empty where it is spelled */
    uint32_t spelling; /* a bit of enum spelling, or 0 */
    bool defined;
};

/* The words around the run, as "| w1 w2 w3 |": what cues are compared with. */
struct around {
    struct buf before, after;
    bool number_follows, zero_follows, capital_follows;
};

static void add_neighbour(struct buf *words, const struct view *v, uint32_t i)
{
    /* U23 is one word. */
    if (!is_number(v, i) || !atom_glued(v, i) || !is_word(v, i - 1))
        buf_putc(words, ' ');
    buf_add_sv(words, atom_lower(v, i));
}

/* Words tied by dots or hyphens count as one, without the dots: "t.ư" is "tư". */
static void look_around(const struct view *v, uint32_t first, uint32_t end, struct around *a)
{
    *a = (struct around){.before = BUF_INIT, .after = BUF_INIT};
    uint32_t back[WINDOW], words = 0;
    for (uint32_t k = 1; k <= FAR && words < WINDOW && first >= v->begin + k; k++)
        if (is_word(v, first - k) || is_number(v, first - k))
            back[words++] = first - k;
    while (words--)
        add_neighbour(&a->before, v, back[words]);
    buf_putc(&a->before, ' ');
    uint32_t next = end;
    while (next < end + 2 && atom_at(v, next)->kind == ATOM_PUNCT && atom_at(v, next)->text.len)
        next++;
    words = 0;
    for (uint32_t k = next; k < next + FAR && words < WINDOW; k++)
        if (is_word(v, k) || is_number(v, k)) {
            add_neighbour(&a->after, v, k);
            words++;
        }
    buf_putc(&a->after, ' ');
    bool behind = next == end || is_mark(v, end, '.') || is_mark(v, end, '-');
    a->number_follows = behind && is_number(v, next);
    a->zero_follows = a->number_follows && atom_written(v, next).p[0] == '0';
    a->capital_follows = is_word(v, next) && atom_has(atom_at(v, next), ATOM_CAPITAL);
}

static bool has_phrase(const struct buf *words, struct sv phrase)
{
    struct sv rest = buf_sv(words);
    for (;;) {
        ptrdiff_t at = sv_find(rest, phrase);
        if (at < 0)
            return false;
        size_t end = (size_t)at + phrase.n;
        if (at > 0 && rest.p[at - 1] == ' ' && end < rest.n && rest.p[end] == ' ')
            return true;
        rest = sv_sub(rest, (size_t)at + 1, rest.n - (size_t)at - 1);
    }
}

static bool cue_fits(struct sv cue, const struct around *a)
{
    struct sv phrase = cue;
    bool before = cue.p[0] != '>', after = cue.p[0] != '<';
    if (!before || !after)
        phrase = sv_sub(cue, 1, cue.n - 1);
    return (before && has_phrase(&a->before, phrase)) || (after && has_phrase(&a->after, phrase));
}

enum { FOLLOWED = FOLLOWED_BY_NUMBER | FOLLOWED_BY_ZERO | FOLLOWED_BY_CAPITAL };

static bool has_cues(const struct row *row)
{
    return (row_kinds(row) & FOLLOWED) || row_text(row, ABBREVIATIONS_CUES).n;
}

static bool any_cue_fits(const struct row *row, const struct around *a)
{
    uint32_t kinds = row_kinds(row);
    if (((kinds & FOLLOWED_BY_NUMBER) && a->number_follows && !a->zero_follows) ||
        ((kinds & FOLLOWED_BY_ZERO) && a->zero_follows) ||
        ((kinds & FOLLOWED_BY_CAPITAL) && a->capital_follows))
        return true;
    for (struct sv cues = row_text(row, ABBREVIATIONS_CUES); cues.n;)
        if (cue_fits(sv_cut(&cues, ';'), a))
            return true;
    return false;
}

/* The row of the key that fits the words around; `certain`: a lone row needs no cue. */
static const struct row *fitting_row(const struct view *v, struct sv key, uint32_t first,
                                     uint32_t end, bool certain)
{
    const struct row *row = rules_find(v->rules, TABLE_ABBREVIATIONS, key);
    if (!row || !has_cues(row))
        return row;
    const struct row *only = row, *hit = NULL;
    struct around a;
    look_around(v, first, end, &a);
    for (; row && !hit; row = row_next(row)) {
        if (row != only)
            certain = false;
        if (!has_cues(row) || any_cue_fits(row, &a))
            hit = row;
    }
    buf_free(&a.before);
    buf_free(&a.after);
    return hit ? hit : certain ? only : NULL;
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
        n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        if (!n)
            return;
        buf_add_code(out, char_upper(code));
    }
}

static bool take(struct found *f, uint32_t atoms, const struct row *row)
{
    if (!row)
        return false;
    *f = (struct found){.atoms = atoms,
                        .reading = row_text(row, ABBREVIATIONS_SPOKEN),
                        .spelling = row_kinds(row) & (SPELLED | SPELLED_FOREIGN)};
    return true;
}

/* The row of the atoms i .. i + n - 1, spelled as `key`, behind which the byte of the next atom
 * stands: with the full stop behind them, as they are, without the stops inside. */
static bool find_key(const struct view *v, uint32_t i, uint32_t n, struct sv key, struct found *f)
{
    bool dot = is_mark(v, i + n, '.') && atom_glued(v, i + n);
    if (dot && take(f, n, fitting_row(v, (struct sv){key.p, key.n + 1}, i, i + n, false)))
        return true;
    if (take(f, n, fitting_row(v, key, i, i + n, false)))
        return true;
    if (n < 3 || !memchr(key.p, '.', key.n))
        return false;
    struct buf bare = BUF_INIT;
    without_dots(key, &bare);
    bool hit = take(f, n, fitting_row(v, buf_sv(&bare), i, i + n, true));
    buf_free(&bare);
    return hit;
}

static bool find_in_capitals(const struct view *v, uint32_t i, uint32_t n, struct found *f)
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
        n = utf8_decode(sv_sub(word, i, word.n - i), &code);
        if (!n)
            break;
        vowels += letter_is_vowel(letter_of(letter_base(code)).id);
    }
    return vowels;
}

/* ubnd, Hđnd, csgt: small letters that are no word: fewer than a third of them are vowels. One
 * letter only before a full stop and more: q.1. */
static bool looks_abbreviated(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (a->kind != ATOM_WORD || (a->flags & (ATOM_LEGAL | ATOM_UPPER | ATOM_MIXED)))
        return false;
    struct sv lower = atom_lower(v, i);
    size_t letters = utf8_count(lower);
    if (letters == 1)
        return is_mark(v, i + 1, '.') && atom_glued(v, i + 1) && atom_at(v, i + 2)->text.len;
    return count_vowels(lower) * 3 < letters && !rules_find(v->rules, TABLE_LOANWORDS, lower);
}

/* Covid, Nato: an acronym that is said as a word, written as one: its reading has about a syllable
 * for two letters, where an expansion has one for each (Cap is not CAP, công an phường). */
static bool find_as_word(const struct view *v, uint32_t i, struct found *f)
{
    const struct atom *a = atom_at(v, i);
    if (!atom_has(a, ATOM_CAPITAL) || (a->flags & (ATOM_UPPER | ATOM_LEGAL | ATOM_MIXED)) ||
        !find_in_capitals(v, i, 1, f) || f->spelling)
        return false;
    size_t syllables = 1;
    for (size_t k = 0; k < f->reading.n; k++)
        syllables += f->reading.p[k] == ' ';
    return syllables * 2 <= utf8_count(atom_written(v, i)) + 1;
}

/* KOLs, PCs: capitals with the s of a plural, which is silent. */
static bool is_plural(struct sv written)
{
    if (written.n < 3 || written.p[written.n - 1] != 's')
        return false;
    for (size_t i = 0; i + 1 < written.n; i++)
        if (written.p[i] < 'A' || written.p[i] > 'Z')
            return false;
    return true;
}

static bool find_plural(const struct view *v, uint32_t i, struct found *f)
{
    struct sv written = atom_written(v, i);
    if (!is_plural(written))
        return false;
    struct sv single = sv_sub(written, 0, written.n - 1);
    if (!take(f, 1, fitting_row(v, single, i, i + 1, false)))
        *f = (struct found){.atoms = 1, .spelling = SPELLED_FOREIGN};
    return true;
}

/* The atoms i .. i + n - 1 as one abbreviation. */
static bool find_run(const struct view *v, uint32_t i, uint32_t n, struct found *f)
{
    struct sv written = atoms_written(v, i, i + n - 1);
    struct sv defined = definitions_find(v->definitions, written);
    if (defined.p) {
        *f = (struct found){.atoms = n, .reading = defined, .defined = true};
        return true;
    }
    if (find_key(v, i, n, written, f))
        return true;
    if (looks_abbreviated(v, i) && find_in_capitals(v, i, n, f))
        return true;
    /* Đ/c at the start of a sentence. */
    return n >= 3 && atom_has(atom_at(v, i), ATOM_CAPITAL) &&
           find_key(v, i, n, (struct sv){atom_lower(v, i).p, written.n}, f);
}

/* KT - XH; CNH, HĐH; VH - TT & DL: parts in capitals with spaces around what ties them, if a row
 * holds the whole. */
static bool find_spaced(const struct view *v, uint32_t i, struct found *f)
{
    uint32_t ends[RUN_ATOMS], lengths[RUN_ATOMS], parts = 0;
    struct buf key = BUF_INIT;
    buf_add_sv(&key, atom_written(v, i));
    for (uint32_t n = 1; n + 1 < RUN_ATOMS; n += 2) {
        bool joint = is_dash(v, i + n) || is_mark(v, i + n, '&') || is_mark(v, i + n, '/') ||
                     is_mark(v, i + n, ',');
        if (!joint || !is_word(v, i + n + 1) || !atom_has(atom_at(v, i + n + 1), ATOM_UPPER))
            break;
        buf_putc(&key, is_dash(v, i + n) ? '-' : (char)atom_at(v, i + n)->code);
        buf_add_sv(&key, atom_written(v, i + n + 1));
        ends[parts] = n + 2;
        lengths[parts++] = (uint32_t)key.n;
    }
    bool hit = false;
    while (parts-- > 0 && !hit)
        hit = take(
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

/* The longest run of glued words, numbers and joints from atom i on that is an abbreviation. */
static bool find(const struct view *v, uint32_t i, struct found *f)
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
        if (find_run(v, i, n, f))
            return true;
    }
    return find_as_word(v, i, f) || find_plural(v, i, f);
}

/* Letter by letter, as the row wants it; the s of a plural is silent. */
static void say_spelled(struct utterance *out, const struct view *v, uint32_t i, bool foreign)
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

static void say_found(struct utterance *out, const struct view *v, uint32_t i,
                      const struct found *f)
{
    bool foreign = f->spelling & SPELLED_FOREIGN;
    if (!f->spelling) {
        say_sv(out, f->reading);
        return;
    }
    for (uint32_t k = 0; k < f->atoms; k++) {
        if (is_word(v, i + k))
            say_spelled(out, v, i + k, foreign);
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
    struct found f;
    if (!find_run(v, i, 1, &f))
        return false;
    say_found(out, v, i, &f);
    return true;
}

/* v.v., v.v... */
static uint32_t read_and_so_on(struct utterance *out, const struct view *v, uint32_t i)
{
    bool first = word_is(v, i, "v") && is_mark(v, i + 1, '.') && atom_glued(v, i + 1);
    if (!first || !word_is(v, i + 2, "v") || !atom_glued(v, i + 2))
        return 0;
    token_begin(out, v, CLASS_abbreviation, "v.v.", i, 3);
    say(out, "vân vân");
    token_end(out);
    return 3;
}

/* How many atoms single capitals tied by full stops take from atom i on: N.V.A is 5. */
static uint32_t initials_length(const struct view *v, uint32_t i)
{
    uint32_t n = 0;
    while (n < 2 * RUN_ATOMS && is_word(v, i + n) && atom_has(atom_at(v, i + n), ATOM_UPPER) &&
           utf8_count(atom_written(v, i + n)) == 1 && (n == 0 || atom_glued(v, i + n)) &&
           is_mark(v, i + n + 1, '.') && atom_glued(v, i + n + 1))
        n += 2;
    bool last = n && is_word(v, i + n) && atom_glued(v, i + n) &&
                atom_has(atom_at(v, i + n), ATOM_UPPER) && utf8_count(atom_written(v, i + n)) == 1;
    uint32_t atoms = last ? n + 1 : n ? n - 1 : 0;
    return atoms < 3 ? 0 : atoms;
}

/* Whether the full stops part the letters of a name, so that nothing is looked up without them:
 * three letters, or two behind a word for a person (anh N.H.). */
static bool are_initials(const struct view *v, uint32_t i)
{
    uint32_t atoms = initials_length(v, i);
    return atoms >= 5 || (atoms == 3 && i > v->begin && is_word(v, i - 1) &&
                          (rules_stop_kinds(v->rules, atom_lower(v, i - 1)) & STOP_PERSON));
}

static uint32_t read_initials(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t atoms = initials_length(v, i);
    if (!atoms)
        return 0;
    token_begin(out, v, CLASS_letters, "initials", i, atoms);
    for (uint32_t k = 0; k < atoms; k += 2)
        say_letter(out, letter_base(atom_at(v, i + k)->code), false, false);
    token_end(out);
    return atoms;
}

uint32_t read_abbreviation(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    struct found f;
    uint32_t n = read_and_so_on(out, v, i);
    if (n)
        return n;
    if (!is_word(v, i) || (atom_has(a, ATOM_LEGAL | ATOM_UPPER) && v->in_capitals))
        return 0;
    /* No abbreviation begins with a syllable in small letters. */
    if (atom_has(a, ATOM_LEGAL) && !(a->flags & ATOM_CAPITAL))
        return 0;
    if (are_initials(v, i) || !find(v, i, &f))
        return read_initials(out, v, i);
    token_begin(out, v, CLASS_abbreviation,
                f.defined ? "defined in the article" : "abbreviations.tsv", i, f.atoms);
    say_found(out, v, i, &f);
    token_end(out);
    return f.atoms;
}
