/*
 * Codes of documents: 05-CT/TW, 123/2020/NĐ-CP, 1719/QĐ-TTg, 31/2024/QH15.
 *
 * Source: Decree 30/2020/NĐ-CP, annex III, and the Party's guidance on its own documents: a number,
 * perhaps the year, the kind of document, who issued it.
 */
#include "text/classes/class.h"
#include "text/classes/committee.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

#include "base/utf8.h"

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
    bool numbered = is_number(v, end + 2) && atom_glued(v, end + 2); /* Đội 5 - PC45 */
    if (!are_code_letters(v, end + 1) || (!tight && (numbered || !is_known_part(v, end + 1))))
        return 0;
    return end + 1;
}

/* The facts that the words before a number give about the document. */
enum said_before { SAID_NOTHING, SAID_KIND, SAID_KIND_AND_ISSUER };

/* The words right before atom j are the name of this kind. */
static bool ends_with_kind(const struct view *v, uint32_t j, struct sv kind)
{
    uint32_t words = 1 + (uint32_t)sv_count(kind, ' ');
    return j >= v->begin + words && atoms_are(v, j - words, kind);
}

/* The atom after the words that can name the kind of the document with this number: without "số",
 * a colon, a bracket. */
static uint32_t kind_end(const struct view *v, uint32_t number)
{
    uint32_t j = number;
    while (j > v->begin && number - j < 3 &&
           (word_is(v, j - 1, "số") || is_mark(v, j - 1, ':') || is_mark(v, j - 1, '(')))
        j--;
    return j;
}

/* In the letterhead of a paper, its kind was read before its number. */
static bool is_said_by_letterhead(const struct view *v, struct sv kind)
{
    return sv_starts(v->paper_kind, kind) &&
           (v->paper_kind.n == kind.n || v->paper_kind.p[kind.n] == ' ');
}

/* "Quy định số 37-QĐ/TW", "QĐ 37-QĐ/TW": the kind is named before the number, in full or with its
 * letters; "Giấy phép xuất bản số 12/GP-BTTTT": some words before it; "Nghị định của Chính phủ số
 * 168": so is who issued it. */
static enum said_before said_before_number(const struct view *v, uint32_t number, struct sv letters,
                                           struct sv kind)
{
    enum { FAR = 9 };
    uint32_t j = kind_end(v, number), far = j < number ? FAR : 1;
    if (is_word(v, j - 1) && sv_eq(atom_written(v, j - 1), letters))
        return SAID_KIND;
    enum said_before said = SAID_KIND;
    for (uint32_t k = j; j - k < far && is_word(v, k - 1); k--) {
        if (ends_with_kind(v, k, kind))
            return said;
        if (word_is(v, k - 1, "của"))
            said = SAID_KIND_AND_ISSUER;
    }
    return is_said_by_letterhead(v, kind) ? SAID_KIND : SAID_NOTHING;
}

/* The row of a kind of document whose name is before the number, else the first. */
static const struct row *type_row(const struct view *v, struct sv letters, uint32_t number,
                                  enum said_before *said)
{
    enum { MOST_ROWS = 8 };
    const struct row *first = rules_find(v->rules, TABLE_CODE_TYPES, letters), *row = first;
    for (unsigned k = 0; row && k < MOST_ROWS; k++) {
        *said = said_before_number(v, number, letters, row_text(row, CODE_TYPES_SPOKEN));
        if (*said)
            return row;
        row = row_next(row);
    }
    return first;
}

/* các nghị quyết 18-NQ/TW, 19-NQ/TW: the code before in the same list has the same kind, and its
 * name is before the list. */
static bool continues_codes(const struct view *v, uint32_t number, struct sv letters)
{
    enum { FAR = 8 };
    uint32_t joint = kind_end(v, number) - 1;
    bool list = is_joint(v, joint, ",;", CUE_AND) && last_ended_at(v, CLASS_code, joint);
    for (uint32_t k = 1; list && k <= FAR; k++)
        if (is_word(v, joint - k) && sv_eq(atom_written(v, joint - k), letters))
            return true;
    return false;
}

/* The atom after a date from atom i on: ngày 13/4/2015, ngày 13 tháng 4 năm 2015; i if there is
 * none. */
static uint32_t after_date(const struct view *v, uint32_t i)
{
    enum { MOST = 10 };
    uint32_t j = i + is_mark(v, i, ',');
    if (!word_is(v, j, "ngày"))
        return i;
    uint32_t end = j + 1;
    while (end < j + MOST &&
           (is_number(v, end) || is_mark(v, end, '/') || is_mark(v, end, '-') ||
            is_mark(v, end, '.') || word_is(v, end, "tháng") || word_is(v, end, "năm")))
        end++;
    return end + is_mark(v, end, ',');
}

/* "của Bộ Chính trị", "do Bộ Tài chính ban hành", "ngày 13/4/2015 của Chính phủ": who issued it is
 * said after the code. */
static bool is_issuer_said_after(const struct view *v, uint32_t i)
{
    uint32_t of = after_date(v, i);
    if (!near_after(v, of, NEAR_BY))
        return false;
    if (is_capitalized(v, of + 1))
        return cue_after(v, of + 1, CUE_ISSUER);
    for (uint32_t last = of + 2; last <= of + 3 && is_word(v, last); last++)
        if (rules_cues(v->rules, atoms_lower(v, of + 1, last)) & CUE_ISSUER)
            return true;
    return false;
}

static void say_issuer(struct utterance *out, const struct view *v, uint32_t i, struct part issuer)
{
    if (row_kinds(issuer.row))
        say_letters(out, atoms_written(v, i, i + issuer.atoms - 1),
                    row_kinds(issuer.row) & SPELLED_FOREIGN);
    else
        say_committee(out, v, row_text(issuer.row, CODE_ISSUERS_SPOKEN));
}

/* Says a part behind the kind; returns its number of atoms. What is no issuer and no department is
 * spelled: its letters mean something else elsewhere. */
static uint32_t say_code_part(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { LONG = 4 };
    struct part issuer = find_part(v, TABLE_CODE_ISSUERS, i);
    if (is_assembly_term(v, i)) {
        say(out, "quốc hội khóa");
        say_cardinal(out, (uint64_t)small_number(v, i + 1));
        return 2;
    }
    if (issuer.row) {
        say_issuer(out, v, i, issuer);
        return issuer.atoms;
    }
    if (utf8_count(atom_written(v, i)) < LONG || !say_abbreviation(out, v, i))
        say_letters(out, atom_written(v, i), false);
    return 1;
}

static void say_code_parts(struct utterance *out, const struct view *v, uint32_t i, uint32_t end)
{
    while (i < end) {
        if (is_word(v, i)) {
            i += say_code_part(out, v, i);
            continue;
        }
        if (is_number(v, i))
            say_number_atom(out, v, i);
        i++;
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

static void say_code_number(struct utterance *out, const struct view *v, uint32_t i,
                            struct code_number f)
{
    say_number_atom(out, v, i);
    if (f.letter)
        say_letter(out, atom_at(v, f.letter)->code, false, false);
    token_end(out);
    if (!f.year)
        return;
    /* "125, năm 2020": without the pause it is 125 years. */
    say_pause(out, ',');
    say(out, "năm");
    say_cardinal(out, (uint64_t)small_number(v, f.year));
    token_end(out);
}

void pause_before_words(struct utterance *out, const struct view *v, uint32_t i)
{
    if (is_word(v, i) || is_number(v, i))
        say_pause(out, ',');
}

/* "số 12/2020", "Nghị định 10/2022": a code without letters, with the year after the stroke. */
static uint32_t read_number_of_year(struct utterance *out, const struct view *v, uint32_t i,
                                    struct code_number f)
{
    bool glued =
        atom_glued(v, f.end) && (is_word(v, f.end) || is_mark(v, f.end, '/')) &&
        (is_word(v, f.end) || (atom_glued(v, f.end + 1) && atom_at(v, f.end + 1)->text.len));
    bool list = is_joint(v, i - 1, ",", CUE_AND) && last_ended_at(v, CLASS_code, i - 1);
    if ((!list && (!cue_before(v, i, CUE_DOCUMENT) || is_mark(v, i - 1, ','))) || glued)
        return 0;
    token_begin(out, v, CLASS_code, "number and year", i, f.end - i);
    say_code_number(out, v, i, f);
    pause_before_words(out, v, f.end);
    note_end(v, CLASS_code, f.end);
    return f.end - i;
}

/* Whether the number and the letters after it are a code. */
static bool is_code(const struct view *v, uint32_t i, struct code_number f, uint32_t letters,
                    uint32_t n)
{
    if (!n)
        return false;
    if (!is_known_part(v, letters)) /* Hợp đồng số 12/2023/HĐABC */
        return f.year && cue_before(v, i, CUE_DOCUMENT);
    struct part type = find_part(v, TABLE_CODE_TYPES, letters);
    bool several = n > (type.row ? type.atoms : 1);
    if (!several && word_is(v, i - 1, "số") && word_is(v, i - 2, "mẫu"))
        return false;
    return several || f.year || cue_before(v, i, CUE_DOCUMENT) || is_assembly_term(v, letters);
}

/* The letters of a code: who and what they name, and what of it the words around say already. */
struct code_letters {
    uint32_t first, end; /* atoms */
    uint32_t kind_atoms; /* 0: they name no kind */
    struct sv kind;      /* empty where it is not said */
    bool named;          /* the kind is named before the number */
    bool issuer;         /* the issuer is said here */
};

static struct code_letters parse_code_letters(const struct view *v, uint32_t number, uint32_t first,
                                              uint32_t n)
{
    struct code_letters c = {.first = first, .end = first + n};
    enum said_before said = SAID_NOTHING;
    struct part type = find_part(v, TABLE_CODE_TYPES, first);
    if (type.row && !is_assembly_term(v, first)) {
        struct sv letters = atoms_written(v, first, first + type.atoms - 1);
        const struct row *row = type_row(v, letters, number, &said);
        c.kind_atoms = type.atoms;
        c.named = said || continues_codes(v, number, letters);
        c.kind = c.named ? SV("") : row_text(row, CODE_TYPES_SPOKEN);
    }
    c.issuer = said != SAID_KIND_AND_ISSUER && !is_issuer_said_after(v, c.end);
    return c;
}

/* bộ công an, chính phủ: the row names somebody who issues documents, no department. */
static bool is_authority(const struct view *v, const struct row *row)
{
    struct sv words = row ? row_text(row, CODE_ISSUERS_SPOKEN) : SV("");
    struct sv rest = words, first = sv_cut(&rest, ' ');
    return row &&
           (rules_cues(v->rules, first) & CUE_ISSUER || rules_cues(v->rules, words) & CUE_ISSUER);
}

/* 282/SGDĐT-KTKĐCL của Sở: of the parts behind the kind only a department is said. */
static void say_departments(struct utterance *out, const struct view *v, uint32_t i, uint32_t end)
{
    enum { LONG = 4 };
    struct part issuer = find_part(v, TABLE_CODE_ISSUERS, i);
    if (!issuer.row)
        return;
    for (i += issuer.atoms; i < end; i++) {
        bool department = is_word(v, i) && utf8_count(atom_written(v, i)) >= LONG &&
                          !is_authority(v, find_part(v, TABLE_CODE_ISSUERS, i).row);
        if (!department)
            continue;
        say_pause(out, ',');
        say_code_part(out, v, i);
    }
}

/* Says the letters behind their number. False where nothing is left to say. */
static bool say_code_letters(struct utterance *out, const struct view *v,
                             const struct code_letters *c)
{
    size_t before = out->article->words.n;
    if (out->options->codes == DOCBAO_CODES_SPELL) {
        spell_code(out, v, c->first, c->end - c->first);
    } else {
        say_sv(out, c->kind);
        if (c->issuer)
            say_code_parts(out, v, c->first + c->kind_atoms, c->end);
        else
            say_departments(out, v, c->first + c->kind_atoms, c->end);
    }
    token_end(out);
    return out->article->words.n > before;
}

static uint32_t read_numbered(struct utterance *out, const struct view *v, uint32_t i)
{
    struct code_number f = parse_code_number(v, i);
    uint32_t letters = code_letters_at(v, f.end);
    uint32_t n = letters ? code_letters_length(v, letters) : 0;
    if (!is_code(v, i, f, letters, n))
        return f.year ? read_number_of_year(out, v, i, f) : 0;
    struct code_letters c = parse_code_letters(v, i, letters, n);
    token_begin(out, v, CLASS_code, "code of a document", i, c.end - i);
    say_code_number(out, v, i, f);
    bool spelled = out->options->codes == DOCBAO_CODES_SPELL;
    if (spelled || c.kind.n || (c.issuer && c.first + c.kind_atoms < c.end))
        say_pause(out, ',');
    bool said = say_code_letters(out, v, &c);
    /* "kết luận hai mươi mốt, trung ương, về ...": the issuer is a phrase of its own. "Số không
     * năm, ngày mười lăm" is not five days. */
    bool of = near_after(v, c.end, NEAR_BY);
    if (!spelled && !c.kind.n && (said || f.year || !of))
        pause_before_words(out, v, c.end);
    if (c.named)
        note_end(v, CLASS_code, c.end);
    return c.end - i;
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
    struct code_letters c = parse_code_letters(v, i, i, n);
    c.issuer = true;
    token_begin(out, v, CLASS_code, "code without a number", i, n);
    say_code_letters(out, v, &c);
    return n;
}

/* ---- QĐ 1719, TT số 219: the letters of a kind before a number ---- */

static uint32_t number_behind(const struct view *v, uint32_t i)
{
    return i + 1 + word_is(v, i + 1, "số");
}

static bool is_no_kind(const struct candidate *c)
{
    return !is_number(c->v, number_behind(c->v, c->i)) || atom_glued(c->v, c->i + 1) ||
           utf8_count(atom_written(c->v, c->i)) < 2;
}

static bool counts_things(const struct candidate *c)
{
    struct numeral n;
    uint32_t at = number_behind(c->v, c->i);
    numeral_parse(c->v, at, &n);
    return is_counted_thing(c->v, at + n.atoms) || cue_after(c->v, at + n.atoms, CUE_AMOUNT);
}

static bool has_word_for_number(const struct candidate *c)
{
    return word_is(c->v, c->i + 1, "số");
}

static bool has_letters_after(const struct candidate *c)
{
    uint32_t letters = code_letters_at(c->v, parse_code_number(c->v, c->i + 1).end);
    return letters && is_known_part(c->v, letters);
}

static bool needs_no_word(const struct candidate *c)
{
    return row_kinds(c->parts) & CODE_ALONE;
}

static const struct evidence for_kind_of_number[] = {
    {"no number, or one that is glued on", is_no_kind, EXCLUDED}, /* QĐ của, CT01 */
    {"it counts something", counts_things, EXCLUDED},             /* TT 50 km */
    {"số between them", has_word_for_number, ENOUGH},             /* TB số 98 */
    {"a code after it", has_letters_after, ENOUGH},               /* KH 15/KH-UBND */
    {"a kind that is nothing else", needs_no_word, ENOUGH},       /* QĐ 1719 */
    {0},
};

static uint32_t read_kind_of_number(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct row *row = rules_find(v->rules, TABLE_CODE_TYPES, atom_written(v, i));
    if (!row || !evidence_is_enough(for_kind_of_number, v, i, row))
        return 0;
    token_begin(out, v, CLASS_abbreviation, "kind of a document before its number", i, 1);
    say_sv(out, row_text(row, CODE_TYPES_SPOKEN));
    token_end(out);
    return 1;
}

uint32_t read_code(struct utterance *out, const struct view *v, uint32_t i)
{
    if (is_number(v, i))
        return read_numbered(out, v, i);
    if (!is_capitalized(v, i))
        return 0;
    uint32_t n = read_unnumbered(out, v, i);
    bool number = is_number(v, i + 1) || word_is(v, i + 1, "số");
    return n || !number ? n : read_kind_of_number(out, v, i);
}
