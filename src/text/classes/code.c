/*
 * Codes of documents: 05-CT/TW, 123/2020/NĐ-CP, 1719/QĐ-TTg, 31/2024/QH15.
 *
 * Source: Decree 30/2020/NĐ-CP, annex III, and the Party's guidance on its own documents: a number,
 * perhaps the year, the kind of document, who issued it.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

enum { MOST_ATOMS = 16, KEY_ATOMS = 5 };

/* A part of a code: a row of one of the two tables, and how many atoms its key takes. */
struct part {
    const struct row *row;
    uint32_t atoms;
};

/* A key goes on: BGD&ĐT, QH15, L-CTN. */
static bool is_key_atom(const struct speaker *s, uint32_t i)
{
    return atom_glued(s, i) &&
           (is_word(s, i) || is_number(s, i) || is_mark(s, i, '-') || is_mark(s, i, '&'));
}

/* The longest run of glued atoms from atom i on that is a key of the table: QĐ, BGD&ĐT, QH15. */
static struct part find_part(const struct speaker *s, enum rule_table table, uint32_t i)
{
    uint32_t most = 1;
    if (!is_word(s, i) || !atom_has(atom_at(s, i), ATOM_CAPITAL))
        return (struct part){NULL, 1};
    while (most < KEY_ATOMS && is_key_atom(s, i + most))
        most++;
    for (uint32_t n = most; n > 0; n--) {
        bool cut = atom_glued(s, i + n) && (is_word(s, i + n) || is_number(s, i + n)) &&
                   is_word(s, i + n - 1) && is_word(s, i + n);
        const struct row *row =
            cut ? NULL : rules_find(s->rules, table, atoms_written(s, i, i + n - 1));
        if (row)
            return (struct part){row, n};
    }
    return (struct part){NULL, 1};
}

static bool is_assembly_term(const struct speaker *s, uint32_t i)
{
    return word_is(s, i, "qh") && is_number(s, i + 1) && atom_glued(s, i + 1);
}

static bool is_known_part(const struct speaker *s, uint32_t i)
{
    return find_part(s, TABLE_CODE_TYPES, i).row || find_part(s, TABLE_CODE_ISSUERS, i).row ||
           is_assembly_term(s, i);
}

/* A word that may be a part of a code's letters. */
static bool is_letters(const struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    return a->kind == ATOM_WORD && ((a->flags & (ATOM_UPPER | ATOM_MIXED)) || is_known_part(s, i));
}

/* What parts two parts of the letters. With a space beside it the next part must be known. */
static bool is_joint(const struct speaker *s, uint32_t i)
{
    bool tight = atom_glued(s, i) && atom_glued(s, i + 1);
    if (!is_mark(s, i, '/') && !is_dash(s, i) && !(is_mark(s, i, '&') && tight))
        return false;
    return is_letters(s, i + 1) && (tight || is_known_part(s, i + 1));
}

/* How many atoms the letters take: TYPE-ISSUER and the like, from a word. */
static uint32_t letters_length(const struct speaker *s, uint32_t i)
{
    uint32_t n = 0;
    if (!is_letters(s, i))
        return 0;
    while (n < MOST_ATOMS) {
        n++;
        if (is_number(s, i + n) && atom_glued(s, i + n))
            n++;
        if (!is_joint(s, i + n))
            break;
        n++;
    }
    return n;
}

/* The number in front: 05, 123/2020, with the spaces that slip in. */
struct front {
    uint32_t end; /* the atom behind it */
    uint32_t year;
    uint32_t letter; /* 30a/2008: the atom of the letter, or 0 */
};

static struct front parse_front(const struct speaker *s, uint32_t i)
{
    struct front f = {i + 1, 0, 0};
    if (is_word(s, f.end) && atom_glued(s, f.end) && atom_at(s, f.end)->text.len == 1 &&
        !atom_has(atom_at(s, f.end), ATOM_UPPER))
        f.letter = f.end++;
    bool stroke = is_mark(s, f.end, '/') && digit_count(s, f.end + 1) == 4;
    int32_t year = stroke ? small_number(s, f.end + 1) : 0;
    if (year < 1900 || year > 2100)
        return f;
    f.year = f.end + 1;
    f.end += 2;
    return f;
}

/* The atom of the letters behind the number, or 0. */
static uint32_t letters_at(const struct speaker *s, uint32_t end)
{
    bool tight = atom_glued(s, end) && atom_glued(s, end + 1);
    if (!is_mark(s, end, '/') && !is_dash(s, end))
        return 0;
    if (!is_letters(s, end + 1) || (!tight && !is_known_part(s, end + 1)))
        return 0;
    return end + 1;
}

/* Whether the words before the number end with this kind of document: "Quy định số 37-QĐ/TW". */
static bool is_kind_before(const struct speaker *s, uint32_t number, struct sv kind)
{
    uint32_t j = number;
    while (j > s->begin && number - j < 3 &&
           (word_is(s, j - 1, "số") || is_mark(s, j - 1, ':') || is_mark(s, j - 1, '(')))
        j--;
    uint32_t words = 1;
    for (size_t k = 0; k < kind.n; k++)
        words += kind.p[k] == ' ';
    if (j < s->begin + words)
        return false;
    struct sv rest = kind;
    for (uint32_t k = j - words; k < j; k++)
        if (!is_word(s, k) || !sv_eq(atom_lower(s, k), sv_cut(&rest, ' ')))
            return false;
    return true;
}

/* The reading of a type: the one that is named before the number, else the first. */
static struct sv type_reading(const struct speaker *s, uint32_t i, uint32_t atoms, uint32_t number)
{
    enum { MOST_ROWS = 8 };
    struct sv key = atoms_written(s, i, i + atoms - 1);
    const struct row *row = rules_find(s->rules, TABLE_CODE_TYPES, key);
    struct sv first = row_text(row, CODE_TYPES_SPOKEN);
    for (unsigned k = 0; row && k < MOST_ROWS; k++) {
        if (is_kind_before(s, number, row_text(row, CODE_TYPES_SPOKEN)))
            return row_text(row, CODE_TYPES_SPOKEN);
        row = row_next(row);
    }
    return first;
}

/* A committee's TU is of the city where the article is about one. */
static void say_issuer(struct speaker *s, uint32_t i, const struct row *row)
{
    if (word_is(s, i, "tu"))
        say(s, s->city_committee ? "thành ủy" : "tỉnh ủy");
    else if (row_kinds(row))
        say_letters(s, atom_written(s, i), row_kinds(row) & SPELLED_FOREIGN);
    else
        say_sv(s, row_text(row, CODE_ISSUERS_SPOKEN));
}

/* Says the part that begins at atom i; returns how many atoms it takes. */
static uint32_t say_part(struct speaker *s, uint32_t i, bool first, uint32_t number)
{
    struct part type = find_part(s, TABLE_CODE_TYPES, i);
    struct part issuer = find_part(s, TABLE_CODE_ISSUERS, i);
    if (is_assembly_term(s, i)) {
        say(s, "quốc hội khóa");
        say_cardinal(s, (uint64_t)small_number(s, i + 1));
        return 2;
    }
    if (type.row && (first || !issuer.row)) {
        say_sv(s, type_reading(s, i, type.atoms, number));
        return type.atoms;
    }
    if (issuer.row) {
        say_issuer(s, i, issuer.row);
        return issuer.atoms;
    }
    if (!say_abbreviation(s, i))
        say_letters(s, atom_written(s, i), false);
    return 1;
}

static void say_expanded(struct speaker *s, uint32_t i, uint32_t n, uint32_t number)
{
    for (uint32_t k = 0; k < n;) {
        if (is_word(s, i + k)) {
            k += say_part(s, i + k, k == 0, number);
            continue;
        }
        if (is_number(s, i + k))
            say_number_atom(s, i + k);
        k++;
    }
}

static void say_spelled(struct speaker *s, uint32_t i, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        if (is_word(s, i + k))
            say_letters(s, atom_written(s, i + k), false);
        else if (is_number(s, i + k))
            say_number_atom(s, i + k);
        else if (is_mark(s, i + k, '/'))
            say(s, "trên");
        else if (is_mark(s, i + k, '&'))
            say(s, "và");
    }
}

static void say_code_letters(struct speaker *s, uint32_t i, uint32_t n, uint32_t number)
{
    if (s->options->codes == CODES_SPELL)
        say_spelled(s, i, n);
    else
        say_expanded(s, i, n, number);
}

static void say_front(struct speaker *s, uint32_t i, struct front f)
{
    say_number_atom(s, i);
    if (f.letter)
        say_letter(s, atom_at(s, f.letter)->code, false, false);
    if (!f.year)
        return;
    say(s, "năm");
    say_cardinal(s, (uint64_t)small_number(s, f.year));
}

/* "số 12/2020", "Nghị định 10/2022" without letters: a year behind the stroke. */
static uint32_t read_number_of_year(struct speaker *s, uint32_t i, struct front f)
{
    bool glued =
        atom_glued(s, f.end) && (is_word(s, f.end) || is_mark(s, f.end, '/')) &&
        (is_word(s, f.end) || (atom_glued(s, f.end + 1) && atom_at(s, f.end + 1)->text.len));
    if (!cue_before(s, i, CUE_DOCUMENT) || is_mark(s, i - 1, ',') || glued)
        return 0;
    token_begin(s, CLASS_code, "number and year", i, f.end - i);
    say_front(s, i, f);
    token_end(s);
    return f.end - i;
}

/* Whether the letters behind a number make a code of it. */
static bool is_code(const struct speaker *s, uint32_t i, struct front f, uint32_t letters,
                    uint32_t n)
{
    if (!n || !is_known_part(s, letters))
        return false;
    struct part type = find_part(s, TABLE_CODE_TYPES, letters);
    bool several = n > (type.row ? type.atoms : 1);
    if (!several && word_is(s, i - 1, "số") && word_is(s, i - 2, "mẫu"))
        return false;
    return several || f.year || cue_before(s, i, CUE_DOCUMENT) || is_assembly_term(s, letters);
}

static uint32_t read_numbered(struct speaker *s, uint32_t i)
{
    struct front f = parse_front(s, i);
    uint32_t letters = letters_at(s, f.end);
    uint32_t n = letters ? letters_length(s, letters) : 0;
    if (!is_code(s, i, f, letters, n))
        return f.year ? read_number_of_year(s, i, f) : 0;
    token_begin(s, CLASS_code, "code of a document", i, letters + n - i);
    say_front(s, i, f);
    token_end(s);
    say_pause(s, ',');
    say_code_letters(s, letters, n, i);
    token_end(s);
    return letters + n - i;
}

/* NĐ-CP, QĐ-UBND, NQ/TW without a number. */
static uint32_t read_unnumbered(struct speaker *s, uint32_t i)
{
    if (!atom_glued(s, i + 1) || atom_at(s, i + 1)->kind != ATOM_PUNCT)
        return 0;
    struct part type = find_part(s, TABLE_CODE_TYPES, i);
    uint32_t j = i + type.atoms;
    if (!type.row || (i > s->begin && is_number(s, i - 1)))
        return 0;
    if (!(is_mark(s, j, '-') || is_mark(s, j, '/')) || !atom_glued(s, j) || !atom_glued(s, j + 1) ||
        !find_part(s, TABLE_CODE_ISSUERS, j + 1).row)
        return 0;
    uint32_t n = letters_length(s, i);
    if (n < 3 || rules_find(s->rules, TABLE_ABBREVIATIONS, atoms_written(s, i, i + n - 1)))
        return 0;
    token_begin(s, CLASS_code, "code without a number", i, n);
    say_code_letters(s, i, n, i);
    token_end(s);
    return n;
}

uint32_t read_code(struct speaker *s, uint32_t i)
{
    return is_number(s, i) ? read_numbered(s, i) : read_unnumbered(s, i);
}
