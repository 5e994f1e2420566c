#include "text/sentences.h"

#include "text/credit.h"
#include "text/full_stop.h"

static bool is_end_mark(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '.') || is_mark(v, i, '!') || is_mark(v, i, '?') || is_ellipsis(v, i);
}

static bool is_closer(const struct view *v, uint32_t i)
{
    if (!is_punct(v, i))
        return false;
    switch (atom_at(v, i)->code) {
    case ')':
    case ']':
    case '}':
    case '"':
    case '\'':
    case 0xBB: /* » */
    case 0x2019:
    case 0x201D:
        return true;
    default:
        return false;
    }
}

static bool is_straight_quote(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '"') || is_mark(v, i, '\'');
}

/* Characters that may follow the end mark of a sentence and belong to it: an emoji, a heart, a
 * raised number. */
static bool is_ornament(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    bool raised = a->code == 0xB9 || a->code == 0xB2 || a->code == 0xB3 ||
                  (a->code >= 0x2070 && a->code <= 0x2079);
    if (a->kind == ATOM_PUNCT)
        return a->code == '*' && atom_glued(v, i) && !atom_glued(v, i + 1);
    if (a->kind != ATOM_SYMBOL)
        return false;
    return (raised && atom_glued(v, i)) || a->code >= 0x1F300 || a->code == 0x2764 ||
           (a->code >= 0x2600 && a->code <= 0x26FF);
}

/* The atom after a footnote ("[1]") at atom i, or i if there is none. */
static uint32_t after_footnote(const struct view *v, uint32_t i)
{
    bool footnote = is_mark(v, i, '[') && is_number(v, i + 1) && is_mark(v, i + 2, ']');
    return footnote ? i + 3 : i;
}

/* A closing mark. For a straight quotation mark, or one that was typed the wrong way round, the
 * spaces around it decide: `học ".` closes, `"Anh` opens. */
static bool is_closing_mark(const struct view *v, uint32_t j)
{
    if (is_mark(v, j, 0x201C))
        return atom_glued(v, j) && !atom_glued(v, j + 1);
    if (!is_closer(v, j))
        return false;
    bool typed = is_straight_quote(v, j) || is_mark(v, j, 0x2019) || is_mark(v, j, 0x201D);
    bool opens =
        !atom_glued(v, j) && atom_glued(v, j + 1) && !is_end_mark(v, j + 1) && !is_closer(v, j + 1);
    return !typed || !opens;
}

/* The atom after a run of end marks ("...", "?!") and the closing marks that follow. */
static uint32_t after_end_marks(const struct view *v, uint32_t i)
{
    uint32_t j = i + 1;
    for (;;) {
        uint32_t before = j;
        while (is_end_mark(v, j) && (atom_glued(v, j) || atom_at(v, j)->code != '.' || j > i + 1))
            j++;
        j = after_footnote(v, j);
        while (is_closing_mark(v, j) || is_ornament(v, j))
            j++;
        if (j == before)
            return j;
    }
}

/* "(?)" and "(!)" comment on a word and do not end a sentence, unless another end mark follows. */
static bool is_doubt(const struct view *v, uint32_t i, uint32_t j)
{
    if (!is_mark(v, i - 1, '(') && !is_mark(v, i - 1, '['))
        return false;
    for (uint32_t k = i; k < j; k++)
        if (is_closer(v, k))
            return !is_end_mark(v, j - 1);
    return false;
}

/* `"Đi đâu?" - Lan hỏi`: after a quotation, a dash may introduce the speaker, and the sentence goes
 * on. An end mark after the quotation mark ends the sentence, also before a dash that opens another
 * speech. */
static bool names_speaker(const struct view *v, uint32_t j)
{
    bool quoted =
        is_straight_quote(v, j - 1) || is_mark(v, j - 1, 0x201D) || is_mark(v, j - 1, 0xBB);
    return quoted && is_hyphen_or_dash(v, j) && !atom_glued(v, j + 1) && is_word(v, j + 1);
}

/* "chỉ còn... 3 ngày": an ellipsis before a number is only a pause. */
static bool holds_breath(const struct view *v, uint32_t i, uint32_t j)
{
    enum { THREE_BYTES = 3 }; /* "...", or the one character for it */
    return is_ellipsis(v, i) && atom_at(v, i)->text.len == THREE_BYTES && j == i + 1 &&
           is_number(v, j);
}

static bool begins_sentence(const struct view *v, uint32_t j)
{
    uint32_t k = skip_openers(v, j);
    const struct atom *a = atom_at(v, k);
    switch (a->kind) {
    case ATOM_WORD: /* iPhone, eBay; the next item of a list: "b. Trường hợp", "b) Nộp" */
        return (a->flags & (ATOM_CAPITAL | ATOM_MIXED)) ||
               (is_one_letter(v, k) && atom_glued(v, k + 1) && !atom_glued(v, k + 2) &&
                (is_mark(v, k + 1, ')') || is_mark(v, k + 1, '.')));
    case ATOM_PUNCT: /* @nam, #tag */
        return (a->code == '@' || a->code == '#') && atom_glued(v, k + 1);
    default:
        return true;
    }
}

/* "hôm 26/6. sinh năm 1967", "thắng 6-1. gặp bất lợi": a number is before the full stop at atom i,
 * which does not belong to it as in "gồm: 1. xã". */
static bool ends_in_number(const struct view *v, uint32_t begin, uint32_t i)
{
    return is_number(v, i - 1) && !full_stop_belongs_to_word(v, begin, i);
}

/* "ở Hà Nội. tên thật là", "trên Instagram. tên thật": the end of a name that is no abbreviation.
 */
static bool ends_in_name(const struct view *v, uint32_t i)
{
    enum { LONGEST_ABBREVIATION = 4 };
    if (!is_capitalized(v, i) || is_upper(v, i) || kinds_as_written(v, i))
        return false;
    return is_syllable(v, i)
               ? is_capitalized(v, i - 1) && is_syllable(v, i - 1) && atom_at(v, i)->text.len > 2
               : atom_at(v, i)->text.len > LONGEST_ABBREVIATION;
}

/* A syllable in small letters with marks, which no address has. */
static bool is_marked_word(const struct view *v, uint32_t i)
{
    return is_syllable(v, i) && !is_capitalized(v, i) && !atom_has(atom_at(v, i), ATOM_PLAIN);
}

/* "xong. hôm nay": a full stop before a syllable in small letters ends a sentence, too, if a
 * syllable in small letters, a name or a number is before it; the writer forgot the capital. */
static bool forgets_capital(const struct view *v, uint32_t begin, uint32_t i, uint32_t j)
{
    enum {
        BEFORE_STOP = STOP_PLACE | STOP_TITLE | STOP_NUMBER | STOP_ANY | STOP_INITIAL | STOP_HEADING
    };
    if (j != i + 1 || !is_mark(v, i, '.') || !atom_glued(v, i))
        return false;
    const struct atom *a = atom_at(v, i - 1), *b = atom_at(v, j);
    if (!atom_has(b, ATOM_LEGAL) || b->text.len < 2)
        return false;
    if (ends_in_number(v, begin, i) || ends_in_name(v, i - 1))
        return true;
    if (is_tight_mark(v, i - 2, '/') && is_marked_word(v, i - 1))
        return true; /* 3 triệu/tháng. giá */
    uint64_t kinds = kinds_as_written(v, i - 1);
    return atom_has(a, ATOM_LEGAL | ATOM_SPACED) && a->text.len > 2 && !atom_has(a, ATOM_CAPITAL) &&
           !(kinds & BEFORE_STOP) && !(kinds && is_one_letter(v, i - 1));
}

/* "tỷ USD, theo . sinh năm 1969": a full stop with a space on both sides, between words. */
static bool stands_apart(const struct view *v, uint32_t i, uint32_t j)
{
    return j == i + 1 && is_mark(v, i, '.') && !atom_glued(v, i) && is_syllable(v, i - 1) &&
           is_syllable(v, j) && !is_one_letter(v, i - 1) && !is_one_letter(v, j);
}

/* Whether atom i ends numbers with strokes between them, which begin a word: 16/2, 16/2/2024. */
static bool ends_date(const struct view *v, uint32_t begin, uint32_t i)
{
    enum { MOST_PARTS = 3 };
    unsigned parts = 1;
    for (; is_number(v, i) && is_tight_mark(v, i - 1, '/'); i -= 2)
        parts++;
    return parts > 1 && parts <= MOST_PARTS && is_number(v, i) && !(i > begin && atom_glued(v, i));
}

/* Whether the words before an end mark without a space after it can end a sentence. They cannot if
 * they are part of an address. */
static bool can_end(const struct view *v, uint32_t begin, uint32_t i)
{
    while (is_closer(v, i - 1))
        i--;
    const struct atom *a = atom_at(v, i - 1);
    bool glued = i - 1 > begin && atom_glued(v, i - 1);
    uint32_t before = glued ? atom_at(v, i - 2)->code : ' ';
    if (before == '/' && a->text.len <= 2 &&
        rules_find(v->rules, TABLE_UNITS, atom_written(v, i - 1)))
        return true; /* 80 km/h.Mưa */
    if (before == '/' && ends_date(v, begin, i - 1))
        return true; /* ngày 16/2.Chủ tịch */
    if (before == '/' || before == '@' || before == '_' || before == '=' || before == ':')
        return false;
    if (a->kind == ATOM_NUMBER)
        return i - 1 > begin && !(glued && is_word(v, i - 2));
    if (is_one_letter(v, i - 1) && glued && is_number(v, i - 2))
        return true; /* quốc lộ 1A.Cao tốc */
    if (a->kind == ATOM_WORD)
        return atom_has(a, ATOM_LEGAL) && !(a->flags & ATOM_UPPER) && a->text.len > 1 &&
               before != '.';
    return is_mark(v, i - 1, '%');
}

/* A name or word with a capital, and not a domain. */
static bool is_capitalized_word(const struct atom *a)
{
    return atom_has(a, ATOM_CAPITAL) && !(a->flags & ATOM_UPPER) && a->text.len > 3;
}

/* 24 độ C.Người, 91 cm.Cô: a number and its unit before the full stop at atom i. A unit with a
 * prefix has no row of its own; few other small letters that are no syllable follow a number. */
static bool ends_amount(const struct view *v, uint32_t i)
{
    enum { LONGEST_SIGN = 3 };
    if (!is_word(v, i - 1))
        return false;
    if (word_is(v, i - 1, "c") && word_is(v, i - 2, "độ"))
        return true;
    bool sign = atom_at(v, i - 1)->text.len <= LONGEST_SIGN && !is_syllable(v, i - 1) &&
                !is_capitalized(v, i - 1);
    return is_number(v, i - 2) &&
           (sign || rules_find(v->rules, TABLE_UNITS, atom_written(v, i - 1)));
}

/* "tuần tới.Jim Wyckoff", "hôm nay.UBND tỉnh", "anh ta.Messi nói", "năm 2023.Messi": a name at atom
 * k behind a full stop without a space. A word without marks may be an address, unless the word
 * before it has some. */
static bool is_slip_before_name(const struct view *v, uint32_t i, uint32_t k)
{
    enum { YEAR = 4 };
    while (is_closer(v, i - 1))
        i--;
    uint32_t last = i - 1;
    bool apart = !atom_glued(v, k + 1) || is_mark(v, k + 1, ',') || is_mark(v, k + 1, '-');
    if (!is_capitalized(v, k) || !apart || atom_glued(v, last) || atom_at(v, k)->text.len < 2)
        return false;
    if (is_marked_word(v, last))
        return true;
    bool name = is_capitalized_word(atom_at(v, k));
    bool plain = is_syllable(v, last) && !is_capitalized(v, last) && is_word(v, k + 1) &&
                 is_marked_word(v, last - 1);
    return (plain && (name || is_upper(v, k))) || (name && digit_count(v, last) == YEAR);
}

/* "xe container.Tài xế", "trên Facebook.Đây là": a word with marks behind a foreign word is no part
 * of an address; in a sentence it has another one behind it. */
static bool is_slip_behind_foreign(const struct view *v, uint32_t i, uint32_t k)
{
    enum { SHORTEST = 4 };
    while (is_closer(v, i - 1)) /* "Mothers and Sisters".Tại đây */
        i--;
    const struct atom *a = atom_at(v, i - 1), *b = atom_at(v, k);
    return is_word(v, i - 1) && a->text.len >= SHORTEST && atom_has(a, ATOM_PLAIN | ATOM_SPACED) &&
           !(a->flags & ATOM_UPPER) && !kinds_as_written(v, i - 1) &&
           atom_has(b, ATOM_LEGAL | ATOM_CAPITAL) && !(b->flags & (ATOM_PLAIN | ATOM_UPPER)) &&
           !atom_glued(v, k + 1) && (is_syllable(v, k + 1) || is_number(v, k + 1));
}

/* "để quay MV.MV này": the same abbreviation on both sides of the full stop at atom i. */
static bool is_slip_in_repetition(const struct view *v, uint32_t i, uint32_t j)
{
    return j == i + 1 && is_mark(v, i, '.') && is_upper(v, i - 1) && !is_one_letter(v, i - 1) &&
           sv_eq(atom_written(v, i - 1), atom_written(v, j)) && !atom_glued(v, i - 1) &&
           !atom_glued(v, j + 1);
}

/* An end mark without a space after it ends a sentence only if the writer forgot the space
 * ("xong.Hôm"): a syllable is followed by a capitalised one, or anything by a word that begins
 * sentences. */
static bool is_slip(const struct view *v, uint32_t begin, uint32_t i, uint32_t j)
{
    uint32_t k = j;
    while (is_opening_quote(v, k))
        k++;
    if (!is_word(v, k))
        return false;
    if (is_slip_in_repetition(v, i, j))
        return true;
    const struct atom *b = atom_at(v, k);
    if (ends_date(v, begin, i - 1) && is_capitalized_word(b))
        return true; /* ngày 17/2.Rafah */
    if (!atom_has(b, ATOM_LEGAL) && is_slip_before_name(v, i, k))
        return true;
    if (is_slip_behind_foreign(v, i, k))
        return true;
    bool address = atom_glued(v, k + 1) &&
                   (is_mark(v, k + 1, '@') || is_mark(v, k + 1, '/') || is_mark(v, k + 1, '_'));
    if (address || !atom_has(b, ATOM_LEGAL | ATOM_CAPITAL) || (b->flags & ATOM_UPPER) ||
        b->text.len < 2)
        return false;
    if (can_end(v, begin, i) || ends_amount(v, i))
        return true;
    return is_word(v, i - 1) && atom_at(v, i - 1)->text.len > 1 &&
           (i - 1 == begin || !atom_glued(v, i - 1) || is_mark(v, i - 2, '.')) &&
           (kinds_of_next(v, k) & STOP_START);
}

/* "bình luận.4", "hay.10 người": a number is glued to the full stop after a whole syllable in small
 * letters. One without marks may be a name with a number: only before another word. */
static bool is_slip_before_number(const struct view *v, uint32_t begin, uint32_t i, uint32_t j)
{
    const struct atom *a = atom_at(v, i - 1);
    bool marked = !(a->flags & ATOM_PLAIN);
    return j == i + 1 && is_number(v, j) && !is_glued_on(v, j + 1) && i - 1 > begin &&
           atom_has(a, ATOM_LEGAL | ATOM_SPACED) && !(a->flags & ATOM_CAPITAL) && a->text.len > 2 &&
           (marked || (is_word(v, j + 1) && !atom_glued(v, j + 1))) && !kinds_as_written(v, i - 1);
}

/* "mùa 2023-2024.- HAGL": a dash is glued to the full stop, and a space is behind it. */
static bool ends_before_dash(const struct view *v, uint32_t begin, uint32_t i, uint32_t j)
{
    bool whole = is_number(v, i - 1) ||
                 (is_syllable(v, i - 1) && !is_capitalized(v, i - 1) && !is_one_letter(v, i - 1));
    return is_mark(v, i, '.') && whole && is_hyphen_or_dash(v, j) && !atom_glued(v, j + 1) &&
           is_capitalized(v, j + 1) && !full_stop_belongs_to_word(v, begin, i);
}

static bool is_sentence_end(const struct view *v, uint32_t begin, uint32_t i, uint32_t j)
{
    if (j >= v->end)
        return true;
    if (atom_glued(v, j))
        return is_slip(v, begin, i, j) || is_slip_before_number(v, begin, i, j) ||
               ends_before_dash(v, begin, i, j);
    if (is_doubt(v, i, j) || names_speaker(v, j) || holds_breath(v, i, j))
        return false;
    if (!begins_sentence(v, j))
        return forgets_capital(v, begin, i, j) || stands_apart(v, i, j);
    return j > i + 1 || !full_stop_belongs_to_word(v, begin, i);
}

void find_sentences(const struct view *v, struct ends *out)
{
    uint32_t begin = v->begin;
    size_t before = out->n;
    bool content = false; /* an end mark before anything else ("... Hôm nay") ends nothing */
    for (uint32_t i = v->begin; i < v->end; i++) {
        if (!is_punct(v, i)) {
            content = content || atom_at(v, i)->kind != ATOM_SYMBOL;
            continue;
        }
        bool credit = is_mark(v, i, ':');
        if (!is_end_mark(v, i) && !credit)
            continue;
        uint32_t j = credit ? credit_line_end(v, i) : after_end_marks(v, i);
        if (credit && j == i)
            continue;
        if (content && (credit || is_sentence_end(v, begin, i, j))) {
            *vec_push(out) = j;
            begin = j;
            content = false;
        }
        i = j - 1;
    }
    if (begin == v->end)
        return;
    if (!content && out->n > before) /* marks alone at the end are no sentence */
        out->at[out->n - 1] = v->end;
    else
        *vec_push(out) = v->end;
}
