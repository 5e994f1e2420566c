/* Addresses: https://baoquangninh.vn/tin, toasoan@example.vn, www.example.com, #từ_khóa, @tên. */
#include "text/classes/class.h"

#include "base/utf8.h"
#include "text/classes/numeral.h"
#include "lang/foreign_words.h"
#include "lang/syllable.h"
#include "lang/web_names.h"

enum { MOST_ATOMS = 256 };

static bool closes_phrase(uint32_t code)
{
    return code == '.' || code == ',' || code == ';' || code == ':' || code == '!' || code == '?' ||
           code == ')' || code == ']' || code == '"' || code == '\'' || code == 0x201D ||
           code == 0x2019 || code == 0xBB;
}

/* The number of atoms that are glued together from i on, without the marks that end a phrase. */
static uint32_t glued_run(const struct view *v, uint32_t i)
{
    uint32_t n = 1;
    while (n < MOST_ATOMS && atom_at(v, i + n)->text.len && atom_glued(v, i + n) &&
           !is_mark(v, i + n, '(') && !is_mark(v, i + n, '"') && !is_mark(v, i + n, 0x201C))
        n++;
    while (n > 1 && atom_at(v, i + n - 1)->kind == ATOM_PUNCT &&
           closes_phrase(atom_at(v, i + n - 1)->code))
        n--;
    return n;
}

/* Whether the text is that kind of part of an address (web.tsv). */
static bool is_kind(const struct view *v, struct sv lower, uint64_t kind)
{
    return packed_kinds(rules_table(v->rules, TABLE_WEB), lower) & kind;
}

/* bao-cao.pdf, video.mp4: the number of atoms of an extension after the last full stop; 0 if there
 * is none. */
static uint32_t extension(const struct view *v, uint32_t i, uint32_t n)
{
    uint32_t length = 0;
    while (length < 2 && length + 2 < n && !is_mark(v, i + n - 1 - length, '.'))
        length++;
    uint32_t first = i + n - length;
    if (!length || !is_mark(v, first - 1, '.') ||
        !is_kind(v, atoms_lower(v, first, i + n - 1), ADDRESS_FILE))
        return 0;
    for (uint32_t k = i; k < first; k++)
        if (!is_word(v, k) && !is_number(v, k) && !is_mark(v, k, '-') && !is_mark(v, k, '_') &&
            !is_mark(v, k, '.'))
            return 0;
    return length;
}

static bool is_top_domain(const struct view *v, uint32_t i)
{
    if (!is_word(v, i))
        return false;
    return is_kind(v, atom_lower(v, i), ADDRESS_TOP);
}

/* name.vn, name.com.vn, name.vn/path: whether the atoms begin with a host. */
static bool is_host(const struct view *v, uint32_t i, uint32_t n)
{
    bool top = false;
    for (uint32_t k = 0; k < n; k++) {
        if (is_mark(v, i + k, '/') || is_mark(v, i + k, ':') || is_mark(v, i + k, '?'))
            break;
        if (is_mark(v, i + k, '.') && k > 0 && k + 1 < n)
            top = is_top_domain(v, i + k + 1);
        else if (!is_word(v, i + k) && !is_number(v, i + k) && !is_mark(v, i + k, '-') &&
                 !is_mark(v, i + k, '_') && !is_mark(v, i + k, '@') && !is_mark(v, i + k, '.'))
            return false;
    }
    return top;
}

static bool is_scheme(const struct view *v, uint32_t i)
{
    return (word_is(v, i, "http") || word_is(v, i, "https")) && is_mark(v, i + 1, ':') &&
           is_mark(v, i + 2, '/') && is_mark(v, i + 3, '/');
}

static bool is_mail(const struct view *v, uint32_t i, uint32_t n)
{
    for (uint32_t k = 1; k + 1 < n; k++)
        if (is_mark(v, i + k, '@'))
            return is_word(v, i + k + 1) || is_number(v, i + k + 1);
    return false;
}

/* bao.Quang: a full stop without a space after it may be between two sentences, not in a host. */
static bool is_address(const struct view *v, uint32_t i, uint32_t n)
{
    if (is_scheme(v, i) || (word_is(v, i, "www") && is_mark(v, i + 1, '.')))
        return n > 2;
    return n >= 3 && (is_mail(v, i, n) || is_host(v, i, n));
}

/* Says the part by the tables, or split into syllables. False if it can only be spelled. */
static bool say_known_part(struct utterance *out, const struct view *v, struct sv lower)
{
    const struct row *row = rules_find(v->rules, TABLE_WEB, lower);
    const struct row *loan = row ? NULL : rules_find(v->rules, TABLE_LOANWORDS, lower);
    const struct web_tables tables = {rules_table(v->rules, TABLE_SYLLABLE_FREQUENCIES),
                                      rules_table(v->rules, TABLE_WEB)};
    struct buf syllables = BUF_INIT;
    bool known = true;
    if (row)
        say_sv(out, row_text(row, WEB_SPOKEN));
    else if (loan)
        say_sv(out, row_text(loan, LOANWORDS_SPOKEN));
    else if (syllable_is_legal(lower))
        say_sv(out, lower);
    else if ((known = web_name_split(&tables, lower, &syllables) ||
                      foreign_compound(rules_transcription(v->rules), lower, &syllables)))
        say_sv(out, buf_sv(&syllables));
    buf_free(&syllables);
    return known;
}

/* tranvanb@: a person's names and an initial. */
static bool say_name_and_initial(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { SHORTEST = 5 };
    struct sv lower = atom_lower(v, i);
    if (!is_mark(v, i + 1, '@') || lower.n < SHORTEST || !atom_has(atom_at(v, i), ATOM_PLAIN) ||
        !say_known_part(out, v, sv_sub(lower, 0, lower.n - 1)))
        return false;
    say_letters(out, sv_sub(lower, lower.n - 1, 1), false);
    return true;
}

static void say_web_part(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!say_known_part(out, v, atom_lower(v, i)) && !say_name_and_initial(out, v, i))
        say_letters(out, atom_written(v, i), false);
}

/* Says a part of a hashtag or of the name of an account; unlike in an address, a foreign word is
 * said as one. */
static void say_name_part(struct utterance *out, const struct view *v, uint32_t i)
{
    struct buf spoken = BUF_INIT;
    struct sv lower = atom_lower(v, i);
    bool spelled = utf8_count(lower) == 1 || atom_has(atom_at(v, i), ATOM_UPPER);
    if (!say_abbreviation(out, v, i)) {
        bool mixed = atom_has(atom_at(v, i), ATOM_MIXED);
        if (mixed &&
            foreign_word(rules_transcription(v->rules), atom_written(v, i), lower, NULL, &spoken))
            say_sv(out, buf_sv(&spoken));
        else if (!say_known_part(out, v, lower)) {
            if (!spelled && foreign_word(rules_transcription(v->rules), atom_written(v, i), lower,
                                         NULL, &spoken))
                say_sv(out, buf_sv(&spoken));
            else
                say_letters(out, atom_written(v, i), false);
        }
    }
    buf_free(&spoken);
}

static void say_web_mark(struct utterance *out, const struct view *v, uint32_t i)
{
    static const struct {
        char mark;
        const char *spoken;
    } names[] = {{'@', "a còng"}, {'.', "chấm"}, {'-', "gạch ngang"}, {'_', "gạch dưới"},
                 {'/', "trên"},   {'?', "hỏi"},  {':', "hai chấm"},   {'%', "phần trăm"},
                 {'#', "thăng"},  {'+', "cộng"}, {'=', "bằng"},       {'&', "và"}};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (atom_at(v, i)->code == (uint32_t)names[k].mark)
            say(out, names[k].spoken);
}

static void say_web_atom(struct utterance *out, const struct view *v, uint32_t i)
{
    if (is_word(v, i))
        say_web_part(out, v, i);
    else if (is_number(v, i))
        say_number_atom(out, v, i);
    else
        say_web_mark(out, v, i);
}

/* Whether atom i belongs to the end of the address and is not said: a stroke, or the ./. that ends
 * a paper. */
static bool is_last_stroke(const struct view *v, uint32_t i, uint32_t end)
{
    uint32_t stroke = i + is_mark(v, i, '.');
    return is_mark(v, stroke, '/') && stroke + 1 == end;
}

static void say_extension(struct utterance *out, const struct view *v, uint32_t first,
                          uint32_t length)
{
    struct sv lower = atoms_lower(v, first, first + length - 1);
    say_sv(out, row_text(rules_find(v->rules, TABLE_WEB, lower), WEB_SPOKEN));
}

static uint32_t read_web_address(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = glued_run(v, i);
    bool address = is_address(v, i, n);
    uint32_t tail = address || n < 3 ? 0 : extension(v, i, n);
    if (!address && !tail)
        return 0;
    uint32_t at = i + (is_scheme(v, i) && n > 4 ? 4 : 0);
    if (word_is(v, at, "www") && is_mark(v, at + 1, '.'))
        at += 2;
    token_begin(out, v, CLASS_web,
                tail               ? N_("file name")
                : is_mail(v, i, n) ? N_("e-mail address")
                                   : N_("web address"),
                i, n);
    for (; at + tail < i + n; at++)
        if (!is_last_stroke(v, at, i + n))
            say_web_atom(out, v, at);
    if (tail)
        say_extension(out, v, at, tail);
    token_end(out);
    return n;
}

/* #name is read as its name, @name with "a còng". */
static uint32_t read_tag(struct utterance *out, const struct view *v, uint32_t i)
{
    bool at = is_mark(v, i, '@'), hash = is_mark(v, i, '#');
    if ((!at && !hash) || !is_word(v, i + 1) || !atom_glued(v, i + 1))
        return 0;
    uint32_t n = 2;
    while (n < MOST_ATOMS && atom_glued(v, i + n) &&
           (is_word(v, i + n) || is_number(v, i + n) || is_mark(v, i + n, '_')))
        n++;
    token_begin(out, v, CLASS_web, at ? N_("account name") : N_("hashtag"), i, n);
    if (at)
        say(out, "a còng");
    for (uint32_t k = 1; k < n; k++) {
        if (is_word(v, i + k))
            say_name_part(out, v, i + k);
        else if (!is_mark(v, i + k, '_'))
            say_web_atom(out, v, i + k);
    }
    token_end(out);
    return n;
}

/* Whether atom i is inside a run of glued atoms: a word or a joining mark is before it. */
static bool is_inside_address(const struct view *v, uint32_t i)
{
    if (i == v->begin || !atom_glued(v, i))
        return false;
    const struct atom *a = atom_at(v, i - 1);
    return a->kind != ATOM_PUNCT || a->code == '.' || a->code == '-' || a->code == '_' ||
           a->code == '/' || a->code == '@' || a->code == ':';
}

/* ".vn", ".gov.vn" alone: the name of a domain. */
static uint32_t read_domain(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_mark(v, i, '.') || atom_glued(v, i) || !atom_glued(v, i + 1) ||
        !is_top_domain(v, i + 1) || is_capitalized(v, i + 1) || is_glued_on(v, i + 2))
        return 0;
    uint32_t n = is_tight_mark(v, i + 2, '.') && is_top_domain(v, i + 3) ? 4 : 2;
    token_begin(out, v, CLASS_web, N_("web address"), i, n);
    for (uint32_t k = 0; k < n; k++)
        say_web_atom(out, v, i + k);
    token_end(out);
    return n;
}

/* HA.GL, TP.HCM: two runs of capitals that have a row together, without the full stop. */
static bool is_dotted_abbreviation(const struct view *v, uint32_t i)
{
    struct buf whole = BUF_INIT;
    if (!is_upper(v, i) || !is_mark(v, i + 1, '.') || !is_upper(v, i + 2) || is_glued_on(v, i + 3))
        return false;
    buf_add_sv(&whole, atom_written(v, i));
    buf_add_sv(&whole, atom_written(v, i + 2));
    bool known = rules_find(v->rules, TABLE_ABBREVIATIONS, buf_sv(&whole));
    buf_free(&whole);
    return known;
}

uint32_t read_web(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (a->kind == ATOM_PUNCT || a->kind == ATOM_SYMBOL)
        return is_mark(v, i, '.') ? read_domain(out, v, i) : read_tag(out, v, i);
    const struct atom *next = atom_at(v, i + 1);
    bool joint = next->kind == ATOM_PUNCT && atom_glued(v, i + 1) && atom_glued(v, i + 2) &&
                 (next->code == '.' || next->code == '@' || next->code == ':' ||
                  next->code == '-' || next->code == '_');
    /* anh1.jpg, nguyenvana2024@example.vn */
    bool number =
        atom_glued(v, i + 1) && is_number(v, i + 1) && atom_glued(v, i + 2) && a->kind == ATOM_WORD;
    /* 24h.com.vn */
    number = number || (a->kind == ATOM_NUMBER && is_glued_on(v, i + 1) && is_word(v, i + 1) &&
                        is_tight_mark(v, i + 2, '.') && is_word(v, i + 3));
    /* If the whole run was no address, its middle is not one either. */
    if ((!joint && !number) || is_inside_address(v, i) || is_dotted_abbreviation(v, i))
        return 0;
    return read_web_address(out, v, i);
}
