/*
 * Codes of documents: 05-CT/TW, 123/2020/NĐ-CP, 1719/QĐ-TTg, 31/2024/QH15.
 *
 * Source: Decree 30/2020/NĐ-CP, annex III, and the Party's guidance on its own documents: a number,
 * perhaps the year, the kind of document, who issued it.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

enum { MOST_PARTS = 8 };

static bool is_separator(const struct speaker *s, uint32_t i)
{
    return (is_mark(s, i, '-') || is_mark(s, i, '/')) && atom_glued(s, i) && atom_glued(s, i + 1);
}

static const struct rule *type_at(const struct speaker *s, uint32_t i)
{
    return is_word(s, i) ? rules_find(s->rules, TABLE_CODE_TYPES, atom_written(s, i), NULL) : NULL;
}

static const struct rule *issuer_at(const struct speaker *s, uint32_t i)
{
    return is_word(s, i) ? rules_find(s->rules, TABLE_CODE_ISSUERS, atom_written(s, i), NULL) : NULL;
}

static bool is_assembly_term(const struct speaker *s, uint32_t i)
{
    return word_is(s, i, "qh") && is_number(s, i + 1) && atom_glued(s, i + 1);
}

/* The number in front: 05, 123/2020. Gives the atom behind it. */
static uint32_t number_end(const struct speaker *s, uint32_t i, bool *year)
{
    *year = is_mark(s, i + 1, '/') && atom_glued(s, i + 1) && digit_count(s, i + 2) == 4 &&
            atom_glued(s, i + 2);
    return *year ? i + 3 : i + 1;
}

/* How many atoms the letters behind the number take: TYPE-ISSUER and the like, from a word. */
static uint32_t letters_length(const struct speaker *s, uint32_t i)
{
    uint32_t n = 0;
    for (unsigned part = 0; part < MOST_PARTS; part++) {
        const struct atom *a = atom_at(s, i + n);
        if (a->kind != ATOM_WORD || !(a->flags & (ATOM_UPPER | ATOM_MIXED)))
            break;
        n++;
        if (is_number(s, i + n) && atom_glued(s, i + n))
            n++;
        bool more = is_separator(s, i + n) || (is_mark(s, i + n, '&') && atom_glued(s, i + n + 1));
        if (!more || atom_at(s, i + n + 1)->kind != ATOM_WORD ||
            !(atom_at(s, i + n + 1)->flags & (ATOM_UPPER | ATOM_MIXED)))
            break;
        n++;
    }
    return n;
}

static void say_word_letters(struct speaker *s, uint32_t i)
{
    struct sv word = atom_written(s, i);
    say_letters(s, word, false);
}

static void say_part(struct speaker *s, uint32_t i, bool first)
{
    const struct rule *row = first ? type_at(s, i) : NULL;
    if (!row)
        row = issuer_at(s, i);
    if (!row)
        row = type_at(s, i);
    if (is_assembly_term(s, i)) {
        say(s, "quốc hội khóa");
        say_cardinal(s, (uint64_t)small_number(s, i + 1));
    } else if (word_is(s, i, "tu") && row) {
        say(s, s->city_committee ? "thành ủy" : "tỉnh ủy");
    } else if (row) {
        say_sv(s, row->cell[1]);
    } else if (!say_abbreviation(s, i)) {
        say_word_letters(s, i);
    }
}

static void say_expanded(struct speaker *s, uint32_t i, uint32_t n)
{
    bool first = true;
    for (uint32_t k = 0; k < n; k++) {
        if (is_word(s, i + k)) {
            say_part(s, i + k, first);
            first = false;
        } else if (is_number(s, i + k) && !is_assembly_term(s, i + k - 1)) {
            say_digits(s, atom_written(s, i + k));
        }
    }
}

static void say_spelled(struct speaker *s, uint32_t i, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        if (is_word(s, i + k))
            say_word_letters(s, i + k);
        else if (is_number(s, i + k))
            say_cardinal(s, (uint64_t)small_number(s, i + k));
        else if (is_mark(s, i + k, '/'))
            say(s, "trên");
    }
}

static void say_code_letters(struct speaker *s, uint32_t i, uint32_t n)
{
    if (s->options->codes == CODES_SPELL)
        say_spelled(s, i, n);
    else
        say_expanded(s, i, n);
}

static void say_code_number(struct speaker *s, uint32_t i, bool year)
{
    struct numeral n = {.atoms = 1};
    numeral_parse(s, i, &n);
    n.fraction = 0;
    say_numeral(s, i, &n);
    if (year) {
        say(s, "năm");
        say_cardinal(s, (uint64_t)small_number(s, i + 2));
    }
}

/* "số 12/2020" without letters: a year behind the stroke. */
static uint32_t read_number_of_year(struct speaker *s, uint32_t i, uint32_t end)
{
    int32_t year = small_number(s, i + 2);
    if (!word_is(s, i - 1, "số") || year < 1900 || year > 2100 ||
        (atom_glued(s, end) && (is_word(s, end) || is_mark(s, end, '/'))))
        return 0;
    token_begin(s, CLASS_code, "number and year", i, end - i);
    say_code_number(s, i, true);
    token_end(s);
    return end - i;
}

static uint32_t read_numbered(struct speaker *s, uint32_t i)
{
    bool year;
    uint32_t end = number_end(s, i, &year), letters = end + 1;
    uint32_t n = is_separator(s, end) ? letters_length(s, letters) : 0;
    bool known = n && (type_at(s, letters) || issuer_at(s, letters) || is_assembly_term(s, letters));
    bool several = n > 1;
    if (!known || (!several && !year && !word_is(s, i - 1, "số") && !is_assembly_term(s, letters)))
        return year ? read_number_of_year(s, i, end) : 0;
    token_begin(s, CLASS_code, "code of a document", i, letters + n - i);
    say_code_number(s, i, year);
    token_end(s);
    say_pause(s, ',');
    say_code_letters(s, letters, n);
    token_end(s);
    return letters + n - i;
}

/* NĐ-CP, QĐ-UBND, NQ/TW without a number. */
static uint32_t read_unnumbered(struct speaker *s, uint32_t i)
{
    if (!type_at(s, i) || !is_separator(s, i + 1) || !issuer_at(s, i + 2))
        return 0;
    uint32_t n = letters_length(s, i);
    if (n < 3 || rules_find(s->rules, TABLE_ABBREVIATIONS, atoms_written(s, i, i + n - 1), NULL))
        return 0;
    token_begin(s, CLASS_code, "code without a number", i, n);
    say_code_letters(s, i, n);
    token_end(s);
    return n;
}

uint32_t read_code(struct speaker *s, uint32_t i)
{
    return is_number(s, i) ? read_numbered(s, i) : read_unnumbered(s, i);
}
