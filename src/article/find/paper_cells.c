#include "article/find/paper_cells.h"

#include "article/find/dateline.h"
#include "article/find/people.h"
#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"

enum { LONGEST_KNOWN = 240 }; /* bytes; a longer cell is running text */

/* ---- the words at the start of a cell ---- */

void paper_words(struct buf *out, struct sv cell)
{
    bool apart = false;
    for (size_t i = 0; i < cell.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_from(cell, i), &code);
        enum char_kind kind = char_kind_of(code);
        bool content = kind == CHAR_LETTER || kind == CHAR_DIGIT;
        if (content && apart && out->n)
            buf_putc(out, ' ');
        if (content && code < 0x80)
            buf_putc(out, ascii_lower((char)code));
        else if (content)
            buf_add_code(out, char_lower(code));
        apart = !content;
        i += n ? n : 1;
    }
}

/* The signs of the longest run of first words that the table knows; sets *length to its length. 0:
 * the table knows none. */
static uint64_t signs_of(const struct rules *rules, struct sv words, size_t *length)
{
    enum { MOST_WORDS = 9 };
    size_t ends[MOST_WORDS], n = 0;
    for (size_t i = 0; i <= words.n && n < MOST_WORDS; i++)
        if (i && (i == words.n || words.p[i] == ' '))
            ends[n++] = i;
    while (n--) {
        uint64_t signs = packed_kinds(rules_table(rules, TABLE_PAPERS), sv_sub(words, 0, ends[n]));
        *length = ends[n];
        if (signs)
            return signs;
    }
    return 0;
}

static bool is_mark_or_space(struct sv v, size_t at, const char *marks)
{
    return at < v.n && (v.p[at] == ' ' || strchr(marks, v.p[at]));
}

/* The offset after "Số:" and after the spaces and dots that are left for a number. 0: the cell does
 * not begin with "Số". */
static size_t after_number_word(struct sv v)
{
    static const struct sv heads[] = {SV("Số"), SV("SỐ"), SV("số")};
    size_t at = 0;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (sv_starts(v, heads[i]))
            at = heads[i].n;
    if (!at || !is_mark_or_space(v, at, ":."))
        return 0;
    while (is_mark_or_space(v, at, ":._") || sv_starts(sv_from(v, at), SV("…")))
        at += (unsigned char)v.p[at] < 0x80 ? 1 : strlen("…");
    return at;
}

/* The length of a number such as "45/GM-UBND" at v[at]; spaces around its strokes are allowed. 0:
 * there is none. */
static size_t document_number_at(struct sv v, size_t at)
{
    enum { LONGEST = 48 };
    bool stroke = false, capital = false;
    size_t i = at, end = at;
    while (i < v.n && i < at + LONGEST) {
        uint32_t code;
        unsigned n = utf8_decode(sv_from(v, i), &code);
        enum char_kind kind = char_kind_of(code);
        bool joins = code == '/' || code == '-' || code == 0x2013;
        if (code == ' ') {
            i++;
            bool goes_on =
                (i < v.n && strchr("/-", v.p[i])) || (end > at && strchr("/-", v.p[end - 1]));
            if (!goes_on)
                break;
            continue;
        }
        if (!joins && kind != CHAR_LETTER && kind != CHAR_DIGIT && code != '&' && code != '.')
            break;
        stroke = stroke || joins;
        capital = capital || (stroke && char_is_capital(code));
        i += n;
        end = i;
    }
    return stroke && capital ? end - at : 0;
}

static size_t number_length(struct sv v)
{
    size_t at = after_number_word(v), n = at ? document_number_at(v, at) : 0;
    return n ? at + n : 0;
}

/* Whether the text is a date; day, month and year may be missing: "ngày    tháng 7 năm". */
static bool is_open_date(struct sv v)
{
    static const char *const words[] = {"ngày", "tháng", "năm"};
    size_t next = 0;
    for (struct sv word = line_next_word(&v); word.n; word = line_next_word(&v)) {
        if (next < 3 && sv_is(word, words[next])) {
            next++;
            continue;
        }
        for (size_t i = 0; i < word.n; i++)
            if ((unsigned char)word.p[i] < 0x80 && !ascii_is_digit(word.p[i]) &&
                !strchr("./-_", word.p[i]))
                return false;
    }
    return next >= 2;
}

/* The offset of "ngày" at the start or after the name of a place and a comma; -1: there is none. */
static ptrdiff_t date_offset(struct sv v)
{
    enum { LONGEST_PLACE = 60 };
    ptrdiff_t at = sv_find(v, SV("ngày "));
    if (at < 0 || at > LONGEST_PLACE)
        return -1;
    struct sv place = sv_trim(sv_sub(v, 0, (size_t)at));
    uint32_t code;
    if (!place.n)
        return at;
    utf8_decode(place, &code);
    return place.p[place.n - 1] == ',' && char_is_capital(code) ? at : -1;
}

struct sv paper_date_part(const struct rules *rules, struct sv cell)
{
    ptrdiff_t at = date_offset(cell);
    struct sv none = {cell.p, 0};
    if (at < 0)
        return none;
    struct sv date = sv_from(cell, (size_t)at);
    struct dateline d;
    bool whole = dateline_parse(rules, date, &d) && d.date.len &&
                 (!d.rest.n || (d.rest.n == 1 && d.rest.at[0].text.off == 0));
    dateline_free(&d);
    return whole ? date : none;
}

static bool is_letterhead_date(const struct rules *rules, struct sv v)
{
    ptrdiff_t at = date_offset(v);
    return at >= 0 &&
           (paper_date_part(rules, v).n || is_open_date(sv_sub(v, (size_t)at, v.n - (size_t)at)));
}

bool paper_is_name(const struct rules *rules, const struct paper_cell *cell, struct sv text)
{
    enum { LONGEST = 80, MOST_WORDS = 9 };
    struct sv v = sv_at(text, cell->line.text);
    if (v.n > LONGEST || cell->line.words > MOST_WORDS || cell->line.digits)
        return false;
    if (cell->signs & PAPER_RANK) {
        struct buf words = BUF_INIT;
        size_t length = 0;
        paper_words(&words, v);
        signs_of(rules, buf_sv(&words), &length);
        for (size_t i = 0; i < length; i++) /* cut the words of the rank off */
            if (i + 1 == length || words.p[i] == ' ')
                line_next_word(&v);
        buf_free(&words);
    }
    return people_is_byline(rules, sv_trim(v)) && !people_is_source(rules, v);
}

/* ---- cells ---- */

/* The signs of the longest run of the first words of a cell that the table knows; 0: it knows none.
 * Sets *whole to whether these are all its words. */
static uint64_t signs_of_cell(const struct rules *rules, struct sv v, bool *whole)
{
    struct buf words = BUF_INIT;
    size_t length = 0;
    *whole = false;
    if (!rules_may_begin(rules, v, HEAD_PAPERS))
        return 0;
    paper_words(&words, v);
    uint64_t signs = signs_of(rules, buf_sv(&words), &length);
    *whole = signs && length == words.n;
    buf_free(&words);
    return signs;
}

static void add_cell(struct paper_cells *cells, const struct rules *rules, struct sv text,
                     struct sv v, const struct paper_cell *like)
{
    v = sv_trim(v);
    if (!v.n)
        return;
    struct paper_cell cell = *like;
    cell.line = (struct line){.text = {(uint32_t)(v.p - text.p), (uint32_t)v.n}};
    line_measure(&cell.line, text);
    if (v.n <= LONGEST_KNOWN) {
        cell.signs = signs_of_cell(rules, v, &cell.whole);
        cell.is_number = number_length(v) == v.n;
        cell.is_place = is_letterhead_date(rules, v);
    }
    *vec_push(cells) = cell;
}

/* The signs of a text that the table knows as a whole; 0: it does not, or it is the name of the
 * state or the Party and not in capitals. */
static uint64_t signs_of_whole(const struct rules *rules, struct sv v)
{
    struct line l = {.text = {0, (uint32_t)v.n}};
    struct buf words = BUF_INIT;
    if (!rules_may_begin(rules, v, HEAD_PAPERS))
        return 0;
    paper_words(&words, v);
    uint64_t signs = packed_kinds(rules_table(rules, TABLE_PAPERS), buf_sv(&words));
    buf_free(&words);
    if (!signs)
        return 0;
    line_measure(&l, v);
    return l.all_capitals ? signs : signs & ~(uint64_t)(PAPER_NATION | PAPER_PARTY);
}

/* The offset of the national name, its motto or the name of the Party at the end of a cell whose
 * columns have run together. v.n: there is none, or it is all of the cell, or a part of a longer
 * name: "QUỐC HỘI NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM". */
static size_t state_name_at(const struct rules *rules, struct sv v)
{
    enum { LONGEST = 100 };
    bool inside = false; /* a word */
    for (size_t at = 0; at < v.n;) {
        uint64_t signs = 0;
        uint32_t code;
        struct sv rest = sv_from(v, at);
        unsigned n = utf8_decode(rest, &code);
        if (!inside && rest.n <= LONGEST && char_is_capital(code))
            signs = signs_of_whole(rules, rest);
        if (signs)
            return at && (signs & (PAPER_NATION | PAPER_MOTTO | PAPER_PARTY)) ? at : v.n;
        inside = char_kind_of(code) == CHAR_LETTER;
        at += n ? n : 1;
    }
    return v.n;
}

/* The offset at which the columns of a cell have run together: before the national name, its motto
 * or the name of the Party, or after the number of the paper. v.n: it is one cell. */
static size_t run_together(const struct rules *rules, struct sv v)
{
    if (v.n > LONGEST_KNOWN)
        return v.n;
    size_t name = state_name_at(rules, v);
    if (name < v.n)
        return name;
    size_t number = number_length(v);
    struct sv rest = sv_from(v, number);
    return number && number < v.n && is_letterhead_date(rules, sv_trim(rest)) ? number : v.n;
}

static void divide_cell(struct paper_cells *cells, const struct rules *rules, struct sv text,
                        struct sv v, struct paper_cell *like)
{
    size_t left = run_together(rules, v);
    if (left == v.n) {
        add_cell(cells, rules, text, v, like);
        return;
    }
    divide_cell(cells, rules, text, sv_sub(v, 0, left), like);
    like->column++;
    like->begins_line = like->blank_before = false;
    add_cell(cells, rules, text, sv_from(v, left), like);
}

/* Whether the spaces before v[at] are left for a missing number, not between two columns:
 * "Số:      /TB-UBND", "ngày     tháng 7". */
static bool is_left_open(struct sv v, size_t at)
{
    struct sv rest = sv_from(v, at);
    return sv_starts(rest, SV("/")) || sv_starts(rest, SV("tháng ")) || sv_starts(rest, SV("năm "));
}

/* The length of the gap between two columns at v[at]: many spaces, or "; " in a table. 0: there is
 * none. */
static size_t gap_at(struct sv v, size_t at, bool table)
{
    size_t n = 0;
    while (at + n < v.n && v.p[at + n] == ' ')
        n++;
    if (n)
        return n >= strlen(COLUMN_GAP) && !is_left_open(v, at + n) ? n : 0;
    return table && v.p[at] == ';' && sv_starts(sv_from(v, at), SV("; ")) ? 2 : 0;
}

static void add_line_cells(struct paper_cells *cells, const struct rules *rules, struct sv text,
                           struct sv line, struct paper_cell *like, bool table)
{
    enum { FAR_INDENTED = 20 };
    size_t at = 0, from;
    while (at < line.n && line.p[at] == ' ')
        at++;
    like->column = at >= FAR_INDENTED;
    like->begins_line = true;
    for (from = at; at < line.n;) {
        size_t gap = gap_at(line, at, table);
        if (!gap) {
            at++;
            continue;
        }
        divide_cell(cells, rules, text, sv_sub(line, from, at - from), like);
        from = at += gap;
        like->column++;
        like->begins_line = like->blank_before = false;
    }
    divide_cell(cells, rules, text, sv_from(line, from), like);
}

void paper_add_cells(struct paper_cells *cells, const struct rules *rules, struct sv text,
                     struct span stretch, uint32_t unit, bool table)
{
    struct sv rest = sv_at(text, stretch);
    struct paper_cell like = {.unit = unit};
    /* The indentation of the first line, and an empty line before it, precede the stretch. */
    while (rest.p > text.p && rest.p[-1] == ' ') {
        rest.p--;
        rest.n++;
    }
    for (const char *p = rest.p - (rest.p > text.p); p > text.p && strchr(" \n", p[-1]); p--)
        like.blank_before = like.blank_before || p[-1] == '\n';
    while (rest.p) {
        struct sv line = sv_cut(&rest, '\n');
        if (sv_trim(line).n) {
            add_line_cells(cells, rules, text, line, &like, table);
            like.blank_before = false;
        } else {
            like.blank_before = true;
        }
    }
}
