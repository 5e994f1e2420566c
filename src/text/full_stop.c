#include "text/full_stop.h"

#include "lang/letter.h"

bool is_opening_quote(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '"') || is_mark(v, i, '\'') || is_mark(v, i, 0x201C) ||
           is_mark(v, i, 0x2018) || is_mark(v, i, 0xAB) || is_mark(v, i, 0x201E);
}

static bool is_opener(const struct view *v, uint32_t i)
{
    /* ’ and ” may open a quotation if the writer or a converter took the wrong mark. */
    return is_opening_quote(v, i) || is_hyphen_or_dash(v, i) || is_mark(v, i, '(') ||
           is_mark(v, i, '[') || is_mark(v, i, '{') || is_mark(v, i, '*') || is_mark(v, i, '_') ||
           is_mark(v, i, 0x2022) || is_mark(v, i, 0xB7) || is_mark(v, i, 0x2023) ||
           is_mark(v, i, 0x2019) || is_mark(v, i, 0x201D) || is_ellipsis(v, i);
}

uint32_t skip_openers(const struct view *v, uint32_t j)
{
    enum { OPENERS = 40 }; /* a rule of underscores, too */
    for (unsigned k = 0; k < OPENERS && is_opener(v, j); k++)
        j++;
    return j;
}

/* châu Á, nước Ý: a vowel with a tone mark is a word. Beside other initials it may be one: N.Á. */
static bool is_word_of_one_vowel(const struct view *v, uint32_t i)
{
    return is_syllable(v, i) && is_one_letter(v, i) && !is_glued_on(v, i) &&
           letter_of(atom_at(v, i)->code).tone != TONE_NGANG && !is_mark(v, i - 1, '.');
}

bool is_initial_letter(const struct view *v, uint32_t i)
{
    return is_capitalized(v, i) && (is_one_letter(v, i) || (kinds_as_written(v, i) & STOP_INITIAL));
}

static bool is_initial(const struct view *v, uint32_t i)
{
    return is_initial_letter(v, i) && !is_word_of_one_vowel(v, i);
}

/* ---- the table ---- */

static bool may_be_key(const struct view *v, uint32_t i)
{
    return is_word(v, i) && begins_key(v, i, HEAD_SENTENCE_ABBREVIATIONS);
}

uint64_t kinds_as_written(const struct view *v, uint32_t i)
{
    return may_be_key(v, i) ? rules_stop_kinds(v->rules, atom_written(v, i)) : 0;
}

uint64_t kinds_in_lower(const struct view *v, uint32_t i)
{
    return may_be_key(v, i) ? rules_stop_kinds(v->rules, atom_lower(v, i)) : 0;
}

uint64_t kinds_of_next(const struct view *v, uint32_t k)
{
    if (!may_be_key(v, k))
        return 0;
    uint64_t both = is_word(v, k + 1) ? rules_stop_kinds(v->rules, atoms_lower(v, k, k + 1)) : 0;
    return both & (STOP_START | STOP_NAME) ? both : kinds_in_lower(v, k);
}

/* ---- list markers: "1.", "a.", "II.", "1.2.", "Điều 1." at the start of a sentence, "1." after a
 * colon or semicolon ---- */

static bool is_roman(const struct view *v, uint32_t i)
{
    struct sv word = atom_written(v, i);
    const char *letters = is_upper(v, i) ? "IVXLC" : "ivxlc";
    for (size_t k = 0; k < word.n; k++)
        if (!memchr(letters, word.p[k], 5))
            return false;
    return word.n <= 6;
}

static bool is_marker_part(const struct view *v, uint32_t i)
{
    enum { DIGITS = 3 };
    if (is_number(v, i))
        return atom_at(v, i)->text.len <= DIGITS;
    return is_word(v, i) && (is_one_letter(v, i) || is_roman(v, i));
}

/* Whether atoms first .. last are one marker: parts joined by full stops. One of several parts must
 * be a number, because "N.V.A." is a name. */
static bool is_marker(const struct view *v, uint32_t first, uint32_t last)
{
    enum { ATOMS = 8 };
    bool number = false;
    if (last < first || last - first >= ATOMS)
        return false;
    for (uint32_t k = first; k <= last; k++) {
        bool part = (k - first) % 2 == 0;
        if ((part && !is_marker_part(v, k)) || (!part && !is_mark(v, k, '.')) ||
            (k > first && !atom_glued(v, k)))
            return false;
        number = number || is_number(v, k);
    }
    return number || first == last;
}

/* The atom after the words of a heading ("Điều", "Phụ lục"), or `first` if there are none. */
static uint32_t after_heading(const struct view *v, uint32_t first)
{
    if (is_word(v, first) && is_word(v, first + 1) &&
        (rules_stop_kinds(v->rules, atoms_lower(v, first, first + 1)) & STOP_HEADING))
        return first + 2;
    return kinds_in_lower(v, first) & STOP_HEADING ? first + 1 : first;
}

static bool is_list_marker(const struct view *v, uint32_t begin, uint32_t last)
{
    uint32_t first = skip_openers(v, begin);
    if (is_mark(v, last, ')') && last > first)
        last--;
    if (is_one_letter(v, last) && last > first && is_number(v, last - 1) && atom_glued(v, last))
        last--; /* Điều 7a. */
    /* TM. and KT. before a signature count as headings. */
    if (is_marker(v, first, last) || (first == last && (kinds_as_written(v, first) & STOP_HEADING)))
        return true;
    uint32_t after = after_heading(v, first);
    if (after > first && after <= last) {
        bool ordinal = last == after + 1 && is_word(v, last) && word_is(v, after, "thứ");
        return ordinal || is_marker(v, after, last);
    }
    bool listed = last > begin && (is_mark(v, last - 1, ':') || is_mark(v, last - 1, ';'));
    return listed && !atom_glued(v, last) && is_marker(v, last, last);
}

bool full_stop_ends_marker(const struct view *v, uint32_t i)
{
    uint32_t last = i - 1;
    if (i == v->begin || !is_mark(v, i, '.') || !atom_glued(v, i))
        return false;
    if ((last == v->begin || is_mark(v, last - 1, ':')) && is_word(v, last)) {
        /* KT. Chủ tịch: a title; V. Putin, T. Hiền: an initial, but A. Mở đầu: an item. */
        bool initial = is_upper(v, last) && is_one_letter(v, last) && !is_roman(v, last) &&
                       (atom_at(v, last)->code > 'H' || !is_syllable(v, i + 1));
        /* D. thuyết phục bà: nobody begins an item with a small letter behind a capital. */
        initial = initial || (is_upper(v, last) && is_one_letter(v, last) && is_word(v, i + 1) &&
                              !is_capitalized(v, i + 1) && v->block == BLOCK_PARAGRAPH &&
                              atom_at(v, last)->code > 'D'); /* A. tăng dần, D. giảm dần: answers */
        initial = initial || (is_roman(v, last) && is_one_letter(v, last) && is_word(v, i + 1) &&
                              !is_syllable(v, i + 1));
        if (initial || (kinds_as_written(v, last) & STOP_HEADING))
            return false;
    }
    return is_list_marker(v, v->begin, last);
}

/* Whether a number continues after a full stop and a space: "(84. 4) 8529", "04. 3826", "25. 000",
 * "khoảng 25. 300 người". */
static bool number_goes_on(const struct view *v, uint32_t before, uint32_t j)
{
    if (!is_number(v, before) || !is_number(v, j))
        return false;
    const char *digits = v->text.p + atom_at(v, before)->text.off;
    const char *next = v->text.p + atom_at(v, j)->text.off;
    uint32_t length = atom_at(v, before)->text.len, next_length = atom_at(v, j)->text.len;
    bool grouped = before >= 2 && is_mark(v, before - 1, '.') && is_number(v, before - 2);
    const char *first = grouped ? v->text.p + atom_at(v, before - 2)->text.off : digits;
    bool phone = *first == '0' && length > 1 && next_length >= 3;
    bool thousand =
        next_length == 3 && length <= 3 &&
        (memcmp(next, "000", 3) == 0 ||
         (before > 0 && *digits != '0' && (kinds_in_lower(v, before - 1) & STOP_AMOUNT)));
    return phone || thousand ||
           (before > 0 && is_mark(v, before - 1, '(') && atom_glued(v, before));
}

/* ---- abbreviations of the table ---- */

/* The name of a place after its abbreviation: TP. Thủ Đức, Q. Bình Thạnh. */
static bool is_place_name(const struct view *v, uint32_t j)
{
    uint64_t kinds = kinds_of_next(v, j);
    if (!is_capitalized(v, j) || (kinds & STOP_NAME))
        return kinds & STOP_NAME;
    if (kinds & (STOP_START | STOP_GIVEN))
        return false;
    if ((atom_at(v, j)->flags & ATOM_UPPER) || !atom_has(atom_at(v, j), ATOM_LEGAL))
        return true;
    return !is_word(v, j + 1) || atom_glued(v, j + 1) || is_capitalized(v, j + 1);
}

/* The kinds of the word before a full stop, which may have a number glued to it (CK2). A letter
 * after a stroke or a number is a unit: km/h, 14h. */
static uint64_t kinds_before(const struct view *v, uint32_t before)
{
    bool unit = is_word(v, before) && !is_capitalized(v, before) && is_number(v, before - 1);
    if (is_tight_mark(v, before - 1, '-') && is_one_letter(v, before - 2))
        return 0; /* Sơn Tùng M-TP. Anh */
    if (before > 0 && atom_glued(v, before) && (unit || is_mark(v, before - 1, '/')))
        return 0;
    if (unit && rules_find(v->rules, TABLE_UNITS, atom_written(v, before)))
        return 0; /* 10 ft. Anh */
    if (is_number(v, before) && before > 0 && atom_glued(v, before) && is_word(v, before - 1))
        return rules_stop_kinds(v->rules, atoms_written(v, before - 1, before));
    return kinds_as_written(v, before);
}

/* "danh hiệu NSND. Anh nhận giải": a word that begins sentences, but may be a given name, before a
 * word in small letters. */
static bool title_ends(const struct view *v, uint32_t j)
{
    uint64_t kinds = kinds_of_next(v, j);
    return (kinds & STOP_START) ||
           ((kinds & STOP_GIVEN) && is_syllable(v, j + 1) && !is_capitalized(v, j + 1));
}

static bool is_abbreviation_before(const struct view *v, uint64_t kinds, uint32_t j)
{
    if (kinds & STOP_ANY)
        return true;
    if ((kinds & STOP_NUMBER) && is_number(v, j))
        return true;
    if ((kinds & STOP_TITLE) && is_capitalized(v, j))
        return !title_ends(v, j);
    return (kinds & STOP_PLACE) && is_place_name(v, j);
}

/* ---- initials ---- */

/* A letter after a number or symbol is a unit: 30 °C, 220 V; after a hyphen it is a part of a name:
 * Enklav-N. */
static bool is_unit_or_part(const struct view *v, uint32_t i)
{
    return i > 0 && (is_number(v, i - 1) || atom_at(v, i - 1)->kind == ATOM_SYMBOL ||
                     (is_tight_mark(v, i - 1, '-') && is_word(v, i - 2)));
}

/* 25 o C. Nhiệt độ; từ A đến Z. Bố mẹ */
static bool is_degree_or_end(const struct view *v, uint32_t i)
{
    bool degree = word_is(v, i, "c") &&
                  ((word_is(v, i - 1, "o") && is_number(v, i - 2)) || word_is(v, i - 1, "độ"));
    bool ordinal = is_roman(v, i) && word_is(v, i - 1, "thứ") && is_syllable(v, i + 2) &&
                   !is_capitalized(v, i + 3); /* lần thứ V. Sắp tới; not bàn thứ V. Persie */
    return degree || ordinal ||
           (word_is(v, i, "z") && word_is(v, i - 1, "đến") && word_is(v, i - 2, "a"));
}

/* The first atom of a run of initials that ends at atom `last`, and their count: N.T.H. */
static uint32_t first_initial(const struct view *v, uint32_t last, unsigned *count)
{
    enum { MOST = 6 };
    uint32_t k = last;
    for (*count = 1; *count < MOST && k >= 2; ++*count, k -= 2)
        if (!atom_glued(v, k) || !atom_glued(v, k - 1) || !is_mark(v, k - 1, '.') ||
            !is_initial(v, k - 2))
            break;
    return k;
}

static bool is_vietnamese_name_part(const struct view *v, uint32_t i)
{
    return is_capitalized(v, i) && atom_has(atom_at(v, i), ATOM_LEGAL) && !is_one_letter(v, i);
}

/* What the table says of the letter after a word. Nothing if the word's own capital makes it a
 * name: "anh T" and "phạm nhân T", but "Ông Phạm T". */
static uint64_t naming_kinds(const struct view *v, uint32_t begin, uint32_t i)
{
    return i > begin && is_capitalized(v, i) ? 0 : kinds_in_lower(v, i);
}

/* Gen Z, Serie A, Big C: a word that is no syllable of a Vietnamese name. */
static bool is_foreign_word(const struct view *v, uint32_t i)
{
    return is_word(v, i) && !is_syllable(v, i) && !is_one_letter(v, i) && !is_upper(v, i);
}

/* huyện H. Ba Vì: the letter stands for the word before it, so it hides no name. */
static bool repeats_word(const struct view *v, uint32_t i)
{
    const struct row *row = rules_find(v->rules, TABLE_ABBREVIATIONS, atoms_written(v, i, i + 1));
    return row && sv_eq(row_text(row, ABBREVIATIONS_SPOKEN), atom_lower(v, i - 1));
}

/* Whether an initial ends the sentence, by the words before it: "Nguyễn Văn A", "anh T", "bảng B".
 * It does not if a name follows: "ông V. Putin", "bà Tr. Thị Tư". */
static bool initial_ends(const struct view *v, uint32_t begin, uint32_t first, bool name_next)
{
    if (first == begin || !is_word(v, first - 1) || atom_glued(v, first))
        return false;
    uint64_t kinds = naming_kinds(v, begin, first - 1);
    if (kinds & STOP_THING)
        return !repeats_word(v, first);
    if (kinds & STOP_PERSON)
        return !name_next;
    if (!name_next && is_foreign_word(v, first - 1))
        return true;
    return first >= begin + 2 && is_vietnamese_name_part(v, first - 1) &&
           is_vietnamese_name_part(v, first - 2) && !(kinds_in_lower(v, first - 2) & STOP_PERSON);
}

/* M.U., T.Ư.: two letters that are an abbreviation, and nobody's initials. */
static bool is_dotted_abbreviation(const struct view *v, uint32_t first)
{
    struct buf both = BUF_INIT;
    buf_add_sv(&both, atom_written(v, first));
    buf_add_sv(&both, atom_written(v, first + 2));
    bool dotted = rules_stop_kinds(v->rules, buf_sv(&both)) & STOP_DOTTED;
    buf_free(&both);
    return dotted;
}

static bool initial_goes_on(const struct view *v, uint32_t begin, uint32_t last, uint32_t j)
{
    enum { WHOLE_NAME = 3 }; /* N.T.H. is a whole name */
    unsigned count;
    uint32_t first = first_initial(v, last, &count);
    if (is_unit_or_part(v, first) || is_degree_or_end(v, first))
        return false;
    if (is_mark(v, j, '('))
        return true;
    if (!is_capitalized(v, j) || (kinds_of_next(v, j) & STOP_START))
        return false;
    if (is_initial(v, j) && is_mark(v, j + 1, '.'))
        return true;
    bool foreign = !atom_has(atom_at(v, j), ATOM_LEGAL) && !(atom_at(v, j)->flags & ATOM_UPPER);
    bool name = foreign || (is_capitalized(v, j + 1) && !atom_glued(v, j + 1));
    if (initial_ends(v, begin, first, name))
        return false;
    if (count == 2 && !name && is_dotted_abbreviation(v, first))
        return false;
    return foreign || count < WHOLE_NAME;
}

bool age_follows(const struct view *v, uint32_t i)
{
    i += is_mark(v, i, ',') || is_mark(v, i, '(');
    uint32_t unit = i + 1 + word_is(v, i + 1, "tháng"); /* 3 tháng tuổi */
    return near_after(v, i, NEAR_BORN) ||
           (is_number(v, i) && !atom_glued(v, i + 1) && word_is(v, unit, "tuổi"));
}

bool full_stop_belongs_to_word(const struct view *v, uint32_t begin, uint32_t i)
{
    uint32_t before = i - 1, j = i + 1;
    if (i == begin || !is_mark(v, i, '.'))
        return false;
    uint64_t kinds = kinds_before(v, before);
    if (!atom_glued(v, i))
        return kinds && !is_one_letter(v, before) && is_abbreviation_before(v, kinds, j);
    if (is_list_marker(v, begin, before) || number_goes_on(v, before, j))
        return true;
    bool thing = kinds_in_lower(v, before - 1) & STOP_THING; /* vitamin B. 5 tuổi */
    if (is_one_letter(v, before) && is_initial(v, before) && !thing && age_follows(v, j))
        return true;
    /* A signature is several lines, each of which may begin with KT. or the like. */
    if (v->block == BLOCK_BYLINE && is_word(v, before) &&
        (kinds_as_written(v, before) & STOP_HEADING))
        return true;
    bool of_person = is_one_letter(v, before) && before > begin && !atom_glued(v, before) &&
                     (naming_kinds(v, begin, before - 1) & STOP_PERSON);
    if (kinds && !of_person) {
        if (is_abbreviation_before(v, kinds, j))
            return true;
        if (kinds & (STOP_PLACE | STOP_TITLE))
            return false;
    }
    return is_initial(v, before) && initial_goes_on(v, begin, before, j);
}
