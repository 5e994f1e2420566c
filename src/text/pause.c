#include "text/pause.h"

#include "text/full_stop.h"

/* Whether the words from atom i on are the second of a pair whose first is `first`. */
static bool is_second_of(const struct view *v, uint32_t i, struct sv first)
{
    const struct row *row = rules_find(v->rules, TABLE_FIXED_PAIRS, first);
    while (row && !atoms_are(v, i, row_text(row, FIXED_PAIRS_SECOND)))
        row = row_next(row);
    return row;
}

bool dash_is_in_pair(const struct view *v, uint32_t i)
{
    enum { WORDS = 3, ABBREVIATION = 3 };
    if (is_upper(v, i - 1) && is_upper(v, i + 1) && !v->in_capitals)
        return !is_syllable(v, i - 1) && atom_at(v, i - 1)->text.len <= ABBREVIATION &&
               atom_at(v, i + 1)->text.len <= ABBREVIATION && !near_before(v, i, NEAR_NOT_PAIRED) &&
               !word_is(v, i + 1, "tp") &&
               !sv_eq(atom_written(v, i - 1), atom_written(v, i + 1)); /* Ảnh: AGS - AGS là */
    for (uint32_t n = 1; n <= WORDS && i >= v->begin + n && is_word(v, i - n); n++)
        if (is_second_of(v, i + 1, atoms_lower(v, i - n, i - 1)))
            return true;
    return false;
}

/* cao tốc Hà Nội - Lào Cai và Nội Bài - Hạ Long: a dash between the ends of a road, a line, a
 * flight. The word for it may stand before other ends. */
static bool is_in_route(const struct view *v, uint32_t i)
{
    enum { FAR = 14 };
    if (!is_capitalized(v, i - 1) || !is_capitalized(v, i + 1) || !is_word(v, i - 1) ||
        !is_word(v, i + 1))
        return false;
    for (uint32_t k = i - 1; i - k <= FAR && k >= v->begin && k < i; k--) {
        if (is_word(v, k) && cue_before(v, k + 1, CUE_ROUTE))
            return true;
        if (!is_joint(v, k, "-,", CUE_AND) && !is_capitalized(v, k))
            return false;
    }
    return false;
}

static bool is_korean_syllable(const struct view *v, uint32_t i)
{
    const struct row *row = rules_find(v->rules, TABLE_FOREIGN_SYLLABLES, atom_lower(v, i));
    while (row && !(row_kinds(row) & ORIGIN_KOREAN))
        row = row_next(row);
    return row && !is_upper(v, i);
}

/* Park Hang - seo, Kim Jong - un: a Korean given name with spaces beside its hyphen. */
static bool is_in_korean_name(const struct view *v, uint32_t i)
{
    return is_capitalized(v, i - 1) && is_capitalized(v, i - 2) && is_word(v, i + 1) &&
           !is_capitalized(v, i + 1) && atom_at(v, i + 1)->text.len > 1 && !is_upper(v, i - 1) &&
           is_korean_syllable(v, i - 2) && is_korean_syllable(v, i + 1) &&
           rules_find(v->rules, TABLE_FOREIGN_SYLLABLES, atom_lower(v, i - 1));
}

/* ba danh hiệu- 2 quan trọng, but Su- 30: a dash that stands by the word before it, in small
 * letters. */
static bool is_by_small_word(const struct view *v, uint32_t i)
{
    return atom_glued(v, i) && is_syllable(v, i - 1) && !is_capitalized(v, i - 1) &&
           !is_one_letter(v, i - 1) && !near_before(v, i, NEAR_CALENDAR) &&
           (is_number(v, i - 2) || is_number(v, i - 3));
}

/* knock – out: a row has the word with a hyphen. */
static bool is_in_known_word(const struct view *v, uint32_t i)
{
    if (!is_word(v, i - 1) || !is_word(v, i + 1) || is_capitalized(v, i + 1))
        return false;
    struct buf key = BUF_INIT;
    buf_add_sv(&key, atom_lower(v, i - 1));
    buf_putc(&key, '-');
    buf_add_sv(&key, atom_lower(v, i + 1));
    bool known = rules_find(v->rules, TABLE_LOANWORDS, buf_sv(&key));
    buf_free(&key);
    return known;
}

/* alpha- amylase: a Greek letter belongs to what is behind it. */
static bool is_in_foreign_word(const struct view *v, uint32_t i)
{
    return atom_glued(v, i) &&
           (word_is(v, i - 1, "alpha") || word_is(v, i - 1, "beta") || word_is(v, i - 1, "gamma") ||
            word_is(v, i - 1, "omega")) &&
           is_word(v, i + 1);
}

/* (trên facebook-PV): who added the note in the bracket. */
static bool is_before_author_of_note(const struct view *v, uint32_t i)
{
    return is_tight_mark(v, i, '-') && is_upper(v, i + 1) && !is_one_letter(v, i + 1) &&
           is_mark(v, i + 2, ')') && is_word(v, i - 1) && !is_capitalized(v, i - 1);
}

/* A dash with a space on both sides, or on one where the writer forgot the other. Before a number
 * such a dash joins: Covid -19, but not "3 danh hiệu- 2 quan trọng". */
static bool is_dash_of_pause(const struct view *v, uint32_t i)
{
    bool before = !atom_glued(v, i), after = !atom_glued(v, i + 1);
    bool joins = (is_number(v, i + 1) && !is_by_small_word(v, i)) || is_in_foreign_word(v, i);
    if (before != after && (joins || !atom_exists(v, i + 1)))
        return false;
    return (before || after) && !dash_is_in_pair(v, i) && !is_in_route(v, i) &&
           !is_in_korean_name(v, i) && !is_in_known_word(v, i);
}

/* Another dash without spaces is two to four words from the one at atom i, in that direction. */
static bool has_sister_dash(const struct view *v, uint32_t i, uint32_t step)
{
    enum { FEWEST = 2, MOST = 4 };
    uint32_t words = 0;
    while (words <= MOST && is_syllable(v, i + (words + 1) * step))
        words++;
    return words >= FEWEST && words <= MOST && is_tight_mark(v, i + (words + 1) * step, '-');
}

/* xây dựng-vận hành-chuyển giao: each of three or more parts has words of its own; in names that
 * are written so none has (Móng-Cáy hay Hạ-Long). */
static bool is_dash_of_list(const struct view *v, uint32_t i)
{
    return is_tight_mark(v, i, '-') && is_syllable(v, i - 1) && !is_capitalized(v, i - 1) &&
           is_syllable(v, i - 2) && is_syllable(v, i + 1) && is_syllable(v, i + 2) &&
           (has_sister_dash(v, i, 1) || has_sister_dash(v, i, -1u));
}

/* bất động sản"Để anh tính thêm": a quotation of some words is glued to a word. */
static bool is_glued_quotation(const struct view *v, uint32_t i)
{
    enum { FEW = 4 };
    uint32_t code = atom_at(v, i)->code == '"' ? '"' : 0x201D;
    return is_syllable(v, i - 1) && !is_one_letter(v, i - 1) && atom_glued(v, i) &&
           atom_glued(v, i + 1) && is_capitalized(v, i + 1) && next_mark(v, i, code, FEW) == i;
}

/* A part of a code in brackets: capitals, a number, a letter or a sign. */
static bool is_part_of_code(const struct view *v, uint32_t i)
{
    return is_upper(v, i) || is_number(v, i) || is_one_letter(v, i) || is_mark(v, i, '-') ||
           is_mark(v, i, '+');
}

/* A(H5N1), SSN(X), Rh(-), f(x): a bracket at atom i that is glued to capitals, and closes soon. */
static bool opens_in_code(const struct view *v, uint32_t i)
{
    enum { MOST_LETTERS = 3, MOST_INSIDE = 4 };
    uint32_t k = i + 1;
    bool code = is_upper(v, i - 1) || is_one_letter(v, i - 1) || word_is(v, i - 1, "rh");
    if (!is_mark(v, i, '(') || !code || !atom_glued(v, i) ||
        atom_at(v, i - 1)->text.len > MOST_LETTERS)
        return false;
    while (k - i <= MOST_INSIDE && is_part_of_code(v, k) && atom_glued(v, k) &&
           atom_at(v, k)->text.len == 1)
        k++;
    return k > i + 1 && is_mark(v, k, ')') && atom_glued(v, k);
}

/* Whether the closing bracket at atom i ends such a code, and nothing else is behind it. */
static bool closes_in_code(const struct view *v, uint32_t i)
{
    enum { MOST = 5 };
    for (uint32_t k = 2; k <= MOST && atom_exists(v, i - k); k++)
        if (is_mark(v, i - k, '('))
            return opens_in_code(v, i - k);
    return false;
}

/* “… luật pháp quốc tế" bà Hằng nói: who has said it follows a quotation of some words, which
 * begins the sentence or is behind a mark, without a comma. */
static bool is_before_speaker(const struct view *v, uint32_t i)
{
    enum { LONGEST = 60, FEWEST = 8, LEFT = 0x201C, RIGHT = 0x201D };
    bool close = is_mark(v, i, RIGHT) || (is_mark(v, i, '"') && atom_glued(v, i));
    if (!close || atom_glued(v, i + 1) || !is_word(v, i - 1) || is_capitalized(v, i + 1) ||
        !(kinds_in_lower(v, i + 1) & STOP_PERSON))
        return false;
    uint32_t verb = i + 2;
    while (is_capitalized(v, verb))
        verb++;
    if (verb == i + 2 || !cue_after(v, verb, CUE_SAID))
        return false;
    for (uint32_t k = 1; k <= LONGEST && atom_exists(v, i - k); k++)
        if (is_mark(v, i - k, LEFT) || is_mark(v, i - k, '"'))
            return k >= FEWEST && (i - k == v->begin || !is_word(v, i - k - 1));
    return false;
}

static bool is_quote(const struct view *v, uint32_t i, uint32_t curly)
{
    return is_mark(v, i, '"') || is_mark(v, i, curly);
}

/* Bài viết “Đi đâu?” đăng tải: the name of something inside a sentence ends with a mark that does
 * not end the sentence. */
static bool ends_inner_name(const struct view *v, uint32_t i)
{
    enum { LONGEST = 40, LEFT = 0x201C, RIGHT = 0x201D };
    if (!is_quote(v, i + 1, RIGHT) || !is_word(v, i + 2) || is_capitalized(v, i + 2))
        return false;
    for (uint32_t k = 1; k <= LONGEST && atom_exists(v, i - k); k++)
        if (is_quote(v, i - k, LEFT))
            return is_word(v, i - k - 1) && !atom_glued(v, i - k);
    return false;
}

bool pause_is_menu_step(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '>') && !atom_glued(v, i) && !atom_glued(v, i + 1) && is_word(v, i - 1) &&
           is_capitalized(v, i + 1) && !is_upper(v, i + 1) && !is_one_letter(v, i - 1);
}

bool pause_is_item(const struct view *v, uint32_t i)
{
    enum { FAR = 80 };
    if (!is_mark(v, i, '+') || atom_glued(v, i) || !is_capitalized(v, i + 1))
        return false;
    if (atom_glued(v, i + 1)) /* ra sân +Australia: Ryan */
        return is_word(v, i - 1) && is_mark(v, i + 2, ':');
    for (uint32_t k = i; i - k <= FAR; k--) {
        bool opens = k == v->begin || is_mark(v, k - 1, ':') || is_mark(v, k - 1, ';');
        if (opens && is_mark(v, k, '+') && !atom_glued(v, k + 1))
            return true;
        if (k == v->begin)
            break;
    }
    return false;
}

char pause_of_mark(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    switch (a->code) {
    case ',':
    case ';':
    case ':':
        return (char)a->code;
    case '?':
    case '!':
        return ends_inner_name(v, i) ? ',' : (char)a->code;
    case '.':
        return a->text.len == 1 ? 0 : i + 1 < v->end ? ',' : '.';
    case '(':
        return opens_in_code(v, i) ? 0 : ',';
    case ')':
        return closes_in_code(v, i) ? 0 : ',';
    case 0x2026: /* … */
    case '[':
    case ']':
    case '/':
    case '|': /* Điện thoại: 0912 345 678 | Email: */
        return ',';
    case '"':
    case 0x201C:
    case 0x201D:
        return is_glued_quotation(v, i) || is_before_speaker(v, i) ? ',' : 0;
    case '+':
        return pause_is_item(v, i) ? ',' : 0;
    case '>':
        return pause_is_menu_step(v, i) ? ',' : 0;
    case 0x2014:
        return dash_is_in_pair(v, i) ? 0 : ',';
    case '-':
    case 0x2013:
        return is_dash_of_pause(v, i) || is_dash_of_list(v, i) || is_before_author_of_note(v, i)
                   ? ','
                   : 0;
    default:
        return 0;
    }
}

/* A symbol, or a mark that makes no pause: #, a quotation mark, a hyphen with one space. */
static bool is_silent(const struct view *v, uint32_t i)
{
    bool mark = is_punct(v, i) && !is_mark(v, i, '.') && !pause_of_mark(v, i);
    return mark || atom_at(v, i)->kind == ATOM_SYMBOL;
}

bool pause_keeps_numbers_apart(const struct view *v, uint32_t i)
{
    bool apart = atom_at(v, i)->kind == ATOM_SYMBOL || !atom_glued(v, i);
    if (!is_number(v, i - 1))
        return false;
    for (; is_silent(v, i); i++)
        apart = apart || !atom_glued(v, i + 1);
    return apart && is_number(v, i);
}

/* "Phạm Hiếu Địa chỉ: Tầng 10", "abc.vn Tổng biên tập: Lan": a label begins behind a name or number
 * without a mark between. */
static bool begins_label(const struct view *v, uint32_t i)
{
    enum { MOST_WORDS = 5 };
    uint32_t colon = i + 1;
    if (atom_glued(v, i) ||
        !(is_capitalized(v, i - 1) || is_number(v, i - 1) || atom_glued(v, i - 1)))
        return false;
    colon += word_is(v, i, "phó") && word_is(v, colon, "tổng"); /* Phó Tổng biên tập */
    while (colon - i < MOST_WORDS && is_word(v, colon) &&
           (!is_capitalized(v, colon) || word_is(v, colon, "biên")))
        colon++;
    if (word_is(v, i - 1, "phó"))
        return false;
    return is_mark(v, colon, ':') &&
           (rules_stop_kinds(v->rules, atoms_lower(v, i, i + (colon > i + 1))) & STOP_LABEL);
}

/* The number of capitalised syllables at the start of the sentence, of which the first is a
 * surname; 0: it is none, or they are too few or too many for a name. */
static uint32_t name_at_start(const struct view *v)
{
    enum { FEWEST = 2, MOST = 5 };
    uint32_t n = 0;
    while (n <= MOST && is_capitalized(v, v->begin + n) && is_syllable(v, v->begin + n) &&
           !is_upper(v, v->begin + n))
        n++;
    bool name = n >= FEWEST && n <= MOST && near_word(v, v->begin, NEAR_SURNAME);
    return name ? n : 0;
}

static bool is_opening_mark(const struct view *v, uint32_t i)
{
    return is_opening_quote(v, i) && !atom_glued(v, i) && atom_glued(v, i + 1);
}

/* ĐÌNH NAM Hoàng hôn buông: a name or a heading in capitals, with marks, before a word that begins
 * a sentence. */
static bool is_behind_capitals(const struct view *v, uint32_t i)
{
    enum { FEWEST = 2, MOST = 5 };
    uint32_t n = 0;
    bool marks = false;
    if (!is_upper(v, i - 1) || v->in_capitals || atom_glued(v, i) || !is_syllable(v, i + 1) ||
        is_capitalized(v, i + 1) || atom_glued(v, i + 1))
        return false;
    for (; n < MOST && is_upper(v, i - 1 - n) && is_syllable(v, i - 1 - n); n++)
        marks = marks || !atom_has(atom_at(v, i - 1 - n), ATOM_PLAIN);
    return n >= FEWEST && marks;
}

/* "Lê Thu Hà 'Bớt họp', …", "Lê Thu Hà Theo quy định": a name at the start of the sentence is that
 * of its author, and a quotation or a word that begins sentences is behind it. */
static bool is_behind_byline(const struct view *v, uint32_t i)
{
    enum { FAR = 5, FEWEST_BEFORE_WORD = 3 };
    if (i <= v->begin + 1 || i > v->begin + FAR)
        return false;
    uint32_t n = name_at_start(v);
    if (is_opening_mark(v, i))
        return n && i == v->begin + n && is_capitalized(v, i + 1);
    bool last = n && i == v->begin + n - 1 && is_syllable(v, i + 1) && !atom_glued(v, i + 1);
    if (!last || !(rules_stop_kinds(v->rules, atoms_lower(v, i, i)) & STOP_START))
        return last && (rules_stop_kinds(v->rules, atoms_lower(v, i, i + 1)) & STOP_START);
    return n > FEWEST_BEFORE_WORD && !word_is(v, i - 1, "văn") && !word_is(v, i - 1, "thị");
}

/* độ ẩm 74-88%Khả năng mưa, 25-27℃Độ ẩm: a mark between was lost. */
static bool is_glued_on_sign(const struct view *v, uint32_t i)
{
    enum { CELSIUS = 0x2103 };
    return atom_glued(v, i) && is_syllable(v, i) && !is_upper(v, i) &&
           atom_at(v, i)->text.len > 2 && (is_mark(v, i - 1, '%') || is_mark(v, i - 1, CELSIUS));
}

static uint64_t unit_kinds(const struct view *v, uint32_t i)
{
    const struct row *row =
        is_word(v, i) ? rules_find(v->rules, TABLE_UNITS, atom_lower(v, i)) : NULL;
    return row ? row_kinds(row) : 0;
}

/* What the number at atom i counts; 0: no word in small letters, or another scale or coin. After
 * one digit it must be known as a counted thing: lương 2 triệu 5 thì đủ. */
static bool counts_something(const struct view *v, uint32_t i)
{
    uint32_t end = i + 1;
    if (is_number(v, i + 2) && (is_tight_mark(v, i + 1, ',') || is_tight_mark(v, i + 1, '-')))
        end = i + 3;
    bool word = is_syllable(v, end) && !is_capitalized(v, end) && !atom_glued(v, end);
    if (!word || (unit_kinds(v, end) & (UNIT_SCALE | UNIT_COIN)))
        return false;
    return digit_count(v, i) > 1 || end > i + 1 || cue_after(v, end, CUE_COUNTED) ||
           (unit_kinds(v, end) & (UNIT_TIME | UNIT_COUNT));
}

/* gần 149 triệu 20 năm trước, tăng 20% 5 năm qua: the number at atom i counts something else than
 * the scale or % before it. 2 triệu 500 nghìn and 2 triệu 5 (một tháng) are one number. */
static bool counts_something_else(const struct view *v, uint32_t i)
{
    enum { MOST_DIGITS = 2 };
    if (atom_glued(v, i) || !is_number(v, i - 2))
        return false;
    if (is_mark(v, i - 1, '%'))
        return true;
    return digit_count(v, i) <= MOST_DIGITS && (unit_kinds(v, i - 1) & UNIT_GREAT) &&
           counts_something(v, i);
}

/* năm 2011 hai nước ký: a number in words behind a year. */
static bool is_numeral_behind_year(const struct view *v, uint32_t i)
{
    enum { YEAR_DIGITS = 4 };
    return digit_count(v, i - 1) == YEAR_DIGITS && near_word(v, i, NEAR_NUMERAL) &&
           !is_capitalized(v, i) && (word_is(v, i - 2, "năm") || is_tight_mark(v, i - 2, '/'));
}

/* 40 phút 4-5 người 2.856 kcal: the minutes, the portions and the energy of a recipe. */
static bool is_number_in_recipe(const struct view *v, uint32_t i)
{
    enum { MOST_ATOMS = 3 };
    uint32_t end = i + 1;
    bool minutes = word_is(v, i - 1, "phút"), portions = word_is(v, i - 1, "người");
    if (!(minutes || portions) || !is_number(v, i - 2))
        return false;
    while (end < i + MOST_ATOMS && !is_word(v, end))
        end++;
    return word_is(v, end, minutes ? "người" : "kcal");
}

/* Chelsea FT Arsenal 1 - 2 Roma, 1 - 1 Basel Group F: in a list of results. */
static bool begins_result(const struct view *v, uint32_t i)
{
    return (word_is(v, i, "ft") && is_capitalized(v, i + 1)) ||
           (word_is(v, i, "group") && is_one_letter(v, i + 1) && is_upper(v, i + 1));
}

/* Đồn 33 Theo báo cáo, ngày 24/8/2021Tổng biên tập */
static bool begins_behind_number(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (atom_glued(v, i))
        return is_syllable(v, i) && !atom_has(a, ATOM_PLAIN) && a->text.len > 2;
    return near_word(v, i, NEAR_OPENER);
}

/* “tương lai” Cô nàng cũng: behind a quotation that closes. */
static bool begins_behind_quotation(const struct view *v, uint32_t i)
{
    bool closed = is_mark(v, i - 1, 0x201D) ||
                  (is_mark(v, i - 1, '"') && atom_glued(v, i - 1) && !atom_glued(v, i));
    bool number = is_number(v, i - 2) && is_capitalized(v, i); /* “Hoa hậu 2010” Hai người */
    return closed && (number || (is_word(v, i - 2) && near_after(v, i, NEAR_OPENER))) &&
           !is_capitalized(v, i + 1);
}

/* cuốn hồi ký Trước khi bình minh, Liên đoàn Các nhà khoa học: a word before it says that a title
 * or a name follows. */
static bool is_title_or_name(const struct view *v, uint32_t i)
{
    enum { FAR = 3 };
    if (cue_before(v, i, CUE_NAMED))
        return true;
    for (uint32_t k = 0; k < FAR && is_word(v, i - k - 1); k++)
        if (cue_before(v, i - k, CUE_TITLED))
            return true;
    return false;
}

/* hôm ấy, ông Để từ Huế vào: a name that is also a word with which sentences begin; no caption ends
 * in a title behind a comma. */
static bool is_name_of_person(const struct view *v, uint32_t i)
{
    return (kinds_in_lower(v, i - 1) & STOP_PERSON) && is_mark(v, i - 2, ',');
}

/* một bảo vật Theo lời ông Nam: a heading or a caption is before it, without its full stop. */
static bool begins_behind_words(const struct view *v, uint32_t i)
{
    bool words = i > v->begin + 1 && is_word(v, i - 1) && is_syllable(v, i - 1) &&
                 !atom_glued(v, i) && is_syllable(v, i + 1) && !is_capitalized(v, i + 1);
    return words && near_after(v, i, NEAR_OPENER) && !v->in_capitals && !is_title_or_name(v, i) &&
           !is_name_of_person(v, i);
}

/* Ảnh: An Chiều 5/3, ba xe đâm nhau */
static bool is_moment(const struct view *v, uint32_t i)
{
    return is_number(v, i + 1) && !atom_glued(v, i + 1) && near_word(v, i, NEAR_MOMENT) &&
           is_word(v, i - 1) && !v->in_capitals;
}

/* The text begins with the name of a place, and a sentence with a capital follows: Argentina Tay
 * vợt số hai thua. */
static bool is_behind_place(const struct view *v, uint32_t i)
{
    enum { MOST_WORDS = 3 };
    uint32_t words = i - v->begin;
    if (words > MOST_WORDS || v->begin || !is_syllable(v, i) || !is_syllable(v, i + 1) ||
        is_capitalized(v, i + 1) || atom_at(v, i)->text.len < 2)
        return false;
    if (words == 1 && is_syllable(v, v->begin))
        return false; /* Mỹ Tâm hát */
    return rules_find(v->rules, TABLE_PLACES, atoms_lower(v, v->begin, i - 1)) ||
           (words == 2 && word_is(v, v->begin, "tp") && is_upper(v, v->begin + 1));
}

/* Whether a word with a capital begins something else. */
static bool is_apart_from_before(const struct view *v, uint32_t i)
{
    if (begins_result(v, i) || begins_label(v, i) || is_behind_byline(v, i))
        return true;
    if (is_upper(v, i))
        return false;
    return (is_number(v, i - 1) && begins_behind_number(v, i)) || begins_behind_quotation(v, i) ||
           begins_behind_words(v, i) || is_moment(v, i) || is_behind_place(v, i) ||
           is_behind_capitals(v, i) || is_glued_on_sign(v, i);
}

bool pause_where_none_is_written(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (i == v->begin)
        return false;
    switch (a->kind) {
    case ATOM_WORD:
        return atom_has(a, ATOM_CAPITAL) ? is_apart_from_before(v, i)
                                         : is_numeral_behind_year(v, i);
    case ATOM_NUMBER:
        return is_number_in_recipe(v, i) || counts_something_else(v, i);
    default:
        return is_opening_mark(v, i) && is_behind_byline(v, i);
    }
}

bool pause_before_notice(const struct view *v, uint32_t i)
{
    bool begins = is_capitalized(v, i + 1) || is_number(v, i + 1);
    return atom_at(v, i)->code == COPYRIGHT_SIGN && begins && is_capitalized(v, i - 1) &&
           !word_is(v, i - 1, "ảnh");
}

bool pause_before_cell(const struct view *v, uint32_t i)
{
    if (i == v->begin || (v->block != BLOCK_TABLE && v->block != BLOCK_BYLINE))
        return false;
    uint32_t from = v->atoms[i - 1].text.off + v->atoms[i - 1].text.len;
    uint32_t n = v->atoms[i].text.off - from;
    return n && (n >= strlen(COLUMN_GAP) || memchr(v->text.p + from, '\n', n));
}
