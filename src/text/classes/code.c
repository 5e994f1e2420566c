/*
 * Codes of documents: 05-CT/TW, 123/2020/NĐ-CP, 1719/QĐ-TTg, 31/2024/QH15.
 *
 * Source: Decree 30/2020/NĐ-CP, annex III, and the Party's guidance on its own documents: a number,
 * perhaps the year, the kind of document, who issued it.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

enum { MOST_ATOMS = 16, KEY_ATOMS = 5 };

/* A part of a code: a row of one of the two tables, and the number of atoms of its key. */
struct part {
    const struct row *row;
    uint32_t atoms;
};

/* An atom that can be inside a key: BGD&ĐT, QH15, L-CTN. */
static bool is_key_atom(const struct view *v, uint32_t i)
{
    return atom_glued(v, i) &&
           (is_word(v, i) || is_number(v, i) || is_mark(v, i, '-') || is_mark(v, i, '&'));
}

/* The longest run of glued atoms from atom i on that is a key of the table: QĐ, BGD&ĐT, QH15. */
static struct part find_part(const struct view *v, enum rule_table table, uint32_t i)
{
    uint32_t most = 1;
    if (!is_word(v, i) || !atom_has(atom_at(v, i), ATOM_CAPITAL))
        return (struct part){NULL, 1};
    while (most < KEY_ATOMS && is_key_atom(v, i + most))
        most++;
    for (uint32_t n = most; n > 0; n--) {
        bool cut = atom_glued(v, i + n) && (is_word(v, i + n) || is_number(v, i + n)) &&
                   is_word(v, i + n - 1) && is_word(v, i + n);
        const struct row *row =
            cut ? NULL : rules_find(v->rules, table, atoms_written(v, i, i + n - 1));
        if (row)
            return (struct part){row, n};
    }
    return (struct part){NULL, 1};
}

static bool is_assembly_term(const struct view *v, uint32_t i)
{
    return word_is(v, i, "qh") && is_number(v, i + 1) && atom_glued(v, i + 1);
}

static bool is_known_part(const struct view *v, uint32_t i)
{
    return find_part(v, TABLE_CODE_TYPES, i).row || find_part(v, TABLE_CODE_ISSUERS, i).row ||
           is_assembly_term(v, i);
}

/* A word that can be part of the letters of a code. */
static bool are_code_letters(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    return a->kind == ATOM_WORD && ((a->flags & (ATOM_UPPER | ATOM_MIXED)) || is_known_part(v, i));
}

/* A mark between two parts of the letters. If there is a space beside it, the next part must be
 * known. */
static bool is_code_joint(const struct view *v, uint32_t i)
{
    bool tight = atom_glued(v, i) && atom_glued(v, i + 1);
    if (!is_mark(v, i, '/') && !is_dash(v, i) && !(is_mark(v, i, '&') && tight))
        return false;
    return are_code_letters(v, i + 1) && (tight || is_known_part(v, i + 1));
}

/* The number of atoms of the letters that begin at atom i: TYPE-ISSUER and the like; 0 if there are
 * none. */
static uint32_t code_letters_length(const struct view *v, uint32_t i)
{
    uint32_t n = 0;
    if (!are_code_letters(v, i))
        return 0;
    while (n < MOST_ATOMS) {
        n++;
        if (is_number(v, i + n) && atom_glued(v, i + n))
            n++;
        if (!is_code_joint(v, i + n))
            break;
        n++;
    }
    return n;
}

/* The number before the letters: 05, 123/2020, perhaps with spaces. */
struct code_number {
    uint32_t end; /* the atom after it */
    uint32_t year;
    uint32_t letter; /* 30a/2008: the atom of the letter, or 0 */
};

static struct code_number parse_code_number(const struct view *v, uint32_t i)
{
    struct code_number f = {i + 1, 0, 0};
    if (is_word(v, f.end) && atom_glued(v, f.end) && atom_at(v, f.end)->text.len == 1 &&
        !atom_has(atom_at(v, f.end), ATOM_UPPER))
        f.letter = f.end++;
    bool stroke = is_mark(v, f.end, '/') && digit_count(v, f.end + 1) == 4;
    int32_t year = stroke ? small_number(v, f.end + 1) : 0;
    if (year < 1900 || year > 2100)
        return f;
    f.year = f.end + 1;
    f.end += 2;
    return f;
}

/* The first atom of the letters after the number, or 0. */
static uint32_t code_letters_at(const struct view *v, uint32_t end)
{
    bool tight = atom_glued(v, end) && atom_glued(v, end + 1);
    if (!is_mark(v, end, '/') && !is_dash(v, end))
        return 0;
    if (!are_code_letters(v, end + 1) || (!tight && !is_known_part(v, end + 1)))
        return 0;
    return end + 1;
}

/* Whether the words before the number end with the name of this kind of document: "Quy định số
 * 37-QĐ/TW". */
static bool is_kind_before(const struct view *v, uint32_t number, struct sv kind)
{
    uint32_t j = number;
    while (j > v->begin && number - j < 3 &&
           (word_is(v, j - 1, "số") || is_mark(v, j - 1, ':') || is_mark(v, j - 1, '(')))
        j--;
    uint32_t words = 1;
    for (size_t k = 0; k < kind.n; k++)
        words += kind.p[k] == ' ';
    if (j < v->begin + words)
        return false;
    struct sv rest = kind;
    for (uint32_t k = j - words; k < j; k++)
        if (!is_word(v, k) || !sv_eq(atom_lower(v, k), sv_cut(&rest, ' ')))
            return false;
    return true;
}

/* The reading of a kind of document: the one that is written before the number, else the first. */
static struct sv type_reading(const struct view *v, uint32_t i, uint32_t atoms, uint32_t number)
{
    enum { MOST_ROWS = 8 };
    struct sv key = atoms_written(v, i, i + atoms - 1);
    const struct row *row = rules_find(v->rules, TABLE_CODE_TYPES, key);
    struct sv first = row_text(row, CODE_TYPES_SPOKEN);
    for (unsigned k = 0; row && k < MOST_ROWS; k++) {
        if (is_kind_before(v, number, row_text(row, CODE_TYPES_SPOKEN)))
            return row_text(row, CODE_TYPES_SPOKEN);
        row = row_next(row);
    }
    return first;
}

/* TU is the committee of a province, or of a city if the article mentions one and no province. */
static bool is_city_committee(const struct view *v)
{
    enum { UNKNOWN, CITY, PROVINCE };
    uint32_t *committee = &v->notes->article[CLASS_code];
    if (*committee == UNKNOWN) {
        bool city = sv_find(v->text, SV("Thành ủy")) >= 0 || sv_find(v->text, SV("Thành uỷ")) >= 0;
        bool province =
            sv_find(v->text, SV("Tỉnh ủy")) >= 0 || sv_find(v->text, SV("Tỉnh uỷ")) >= 0;
        *committee = city && !province ? CITY : PROVINCE;
    }
    return *committee == CITY;
}

static void say_issuer(struct utterance *out, const struct view *v, uint32_t i,
                       const struct row *row)
{
    if (word_is(v, i, "tu"))
        say(out, is_city_committee(v) ? "thành ủy" : "tỉnh ủy");
    else if (row_kinds(row))
        say_letters(out, atom_written(v, i), row_kinds(row) & SPELLED_FOREIGN);
    else
        say_sv(out, row_text(row, CODE_ISSUERS_SPOKEN));
}

/* Says the part that begins at atom i; returns its number of atoms. */
static uint32_t say_code_part(struct utterance *out, const struct view *v, uint32_t i, bool first,
                              uint32_t number)
{
    struct part type = find_part(v, TABLE_CODE_TYPES, i);
    struct part issuer = find_part(v, TABLE_CODE_ISSUERS, i);
    if (is_assembly_term(v, i)) {
        say(out, "quốc hội khóa");
        say_cardinal(out, (uint64_t)small_number(v, i + 1));
        return 2;
    }
    if (type.row && (first || !issuer.row)) {
        say_sv(out, type_reading(v, i, type.atoms, number));
        return type.atoms;
    }
    if (issuer.row) {
        say_issuer(out, v, i, issuer.row);
        return issuer.atoms;
    }
    if (!say_abbreviation(out, v, i))
        say_letters(out, atom_written(v, i), false);
    return 1;
}

static void say_expanded(struct utterance *out, const struct view *v, uint32_t i, uint32_t n,
                         uint32_t number)
{
    for (uint32_t k = 0; k < n;) {
        if (is_word(v, i + k)) {
            k += say_code_part(out, v, i + k, k == 0, number);
            continue;
        }
        if (is_number(v, i + k))
            say_number_atom(out, v, i + k);
        k++;
    }
}

static void spell_code(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        if (is_word(v, i + k))
            say_letters(out, atom_written(v, i + k), false);
        else if (is_number(v, i + k))
            say_number_atom(out, v, i + k);
        else if (is_mark(v, i + k, '/'))
            say(out, "trên");
        else if (is_mark(v, i + k, '&'))
            say(out, "và");
    }
}

static void say_code_letters(struct utterance *out, const struct view *v, uint32_t i, uint32_t n,
                             uint32_t number)
{
    if (out->options->codes == DOCBAO_CODES_SPELL)
        spell_code(out, v, i, n);
    else
        say_expanded(out, v, i, n, number);
}

static void say_code_number(struct utterance *out, const struct view *v, uint32_t i,
                            struct code_number f)
{
    say_number_atom(out, v, i);
    if (f.letter)
        say_letter(out, atom_at(v, f.letter)->code, false, false);
    if (!f.year)
        return;
    say(out, "năm");
    say_cardinal(out, (uint64_t)small_number(v, f.year));
}

/* "số 12/2020", "Nghị định 10/2022": a code without letters, with the year after the stroke. */
static uint32_t read_number_of_year(struct utterance *out, const struct view *v, uint32_t i,
                                    struct code_number f)
{
    bool glued =
        atom_glued(v, f.end) && (is_word(v, f.end) || is_mark(v, f.end, '/')) &&
        (is_word(v, f.end) || (atom_glued(v, f.end + 1) && atom_at(v, f.end + 1)->text.len));
    if (!cue_before(v, i, CUE_DOCUMENT) || is_mark(v, i - 1, ',') || glued)
        return 0;
    token_begin(out, v, CLASS_code, "number and year", i, f.end - i);
    say_code_number(out, v, i, f);
    token_end(out);
    return f.end - i;
}

/* Whether the number and the letters after it are a code. */
static bool is_code(const struct view *v, uint32_t i, struct code_number f, uint32_t letters,
                    uint32_t n)
{
    if (!n || !is_known_part(v, letters))
        return false;
    struct part type = find_part(v, TABLE_CODE_TYPES, letters);
    bool several = n > (type.row ? type.atoms : 1);
    if (!several && word_is(v, i - 1, "số") && word_is(v, i - 2, "mẫu"))
        return false;
    return several || f.year || cue_before(v, i, CUE_DOCUMENT) || is_assembly_term(v, letters);
}

static uint32_t read_numbered(struct utterance *out, const struct view *v, uint32_t i)
{
    struct code_number f = parse_code_number(v, i);
    uint32_t letters = code_letters_at(v, f.end);
    uint32_t n = letters ? code_letters_length(v, letters) : 0;
    if (!is_code(v, i, f, letters, n))
        return f.year ? read_number_of_year(out, v, i, f) : 0;
    token_begin(out, v, CLASS_code, "code of a document", i, letters + n - i);
    say_code_number(out, v, i, f);
    token_end(out);
    say_pause(out, ',');
    say_code_letters(out, v, letters, n, i);
    token_end(out);
    return letters + n - i;
}

/* NĐ-CP, QĐ-UBND, NQ/TW without a number. */
static uint32_t read_unnumbered(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!atom_glued(v, i + 1) || atom_at(v, i + 1)->kind != ATOM_PUNCT)
        return 0;
    struct part type = find_part(v, TABLE_CODE_TYPES, i);
    uint32_t j = i + type.atoms;
    if (!type.row || (i > v->begin && is_number(v, i - 1)))
        return 0;
    if (!(is_mark(v, j, '-') || is_mark(v, j, '/')) || !atom_glued(v, j) || !atom_glued(v, j + 1) ||
        !find_part(v, TABLE_CODE_ISSUERS, j + 1).row)
        return 0;
    uint32_t n = code_letters_length(v, i);
    if (n < 3 || rules_find(v->rules, TABLE_ABBREVIATIONS, atoms_written(v, i, i + n - 1)))
        return 0;
    token_begin(out, v, CLASS_code, "code without a number", i, n);
    say_code_letters(out, v, i, n, i);
    token_end(out);
    return n;
}

uint32_t read_code(struct utterance *out, const struct view *v, uint32_t i)
{
    return is_number(v, i) ? read_numbered(out, v, i) : read_unnumbered(out, v, i);
}
