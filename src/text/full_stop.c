#include "text/full_stop.h"

#include "base/utf8.h"

/* Looking. */

bool is_punct(const struct stops *g, uint32_t i, uint32_t code)
{
    return i < g->n && g->at[i].kind == ATOM_PUNCT && g->at[i].code == code;
}

bool is_full_stop(const struct stops *g, uint32_t i)
{
    return is_punct(g, i, '.') && g->at[i].text.len == 1;
}

bool is_dash_atom(const struct stops *g, uint32_t i)
{
    return is_punct(g, i, '-') || is_punct(g, i, 0x2013) || is_punct(g, i, 0x2014);
}

bool is_opening_quote(const struct stops *g, uint32_t i)
{
    return is_punct(g, i, '"') || is_punct(g, i, '\'') || is_punct(g, i, 0x201C) ||
           is_punct(g, i, 0x2018) || is_punct(g, i, 0xAB) || is_punct(g, i, 0x201E);
}

bool spaced(const struct stops *g, uint32_t i)
{
    return i >= g->n || (g->at[i].flags & ATOM_SPACED);
}

static bool is_opener(const struct stops *g, uint32_t i)
{
    /* ’ and ” open where the typist or a converter took the wrong one. */
    return is_opening_quote(g, i) || is_dash_atom(g, i) || is_punct(g, i, '(') ||
           is_punct(g, i, '[') || is_punct(g, i, '{') || is_punct(g, i, '*') ||
           is_punct(g, i, 0x2022) || is_punct(g, i, 0xB7) || is_punct(g, i, 0x2023) ||
           is_punct(g, i, 0x2019) || is_punct(g, i, 0x201D) || is_punct(g, i, 0x2026) ||
           (is_punct(g, i, '.') && g->at[i].text.len > 1);
}

uint32_t next_content(const struct stops *g, uint32_t j)
{
    enum { OPENERS = 8 };
    for (unsigned k = 0; k < OPENERS && is_opener(g, j); k++)
        j++;
    return j;
}

static bool is_word(const struct stops *g, uint32_t i)
{
    return i < g->n && g->at[i].kind == ATOM_WORD;
}

static bool is_number(const struct stops *g, uint32_t i)
{
    return i < g->n && g->at[i].kind == ATOM_NUMBER;
}

static bool is_capital(const struct stops *g, uint32_t i)
{
    return is_word(g, i) && (g->at[i].flags & ATOM_CAPITAL);
}

bool is_one_letter(const struct stops *g, uint32_t i)
{
    /* A letter has at most three bytes; a word of two letters has at least two. */
    return is_word(g, i) && g->at[i].text.len <= 3 &&
           utf8_count(sv_at(g->text, g->at[i].text)) == 1;
}

/* A single capital, or Ph, Th, Ng .... */
static bool is_initial(const struct stops *g, uint32_t i)
{
    if (!is_capital(g, i))
        return false;
    return is_one_letter(g, i) || (stop_kinds_of_written(g, i) & STOP_INITIAL);
}

/* The table. */

static uint32_t kinds_of(const struct stops *g, const char *form, uint32_t i, uint32_t j)
{
    const struct span a = g->at[i].text, b = g->at[j].text;
    return rules_stop_kinds(g->rules, (struct sv){form + a.off, b.off + b.len - a.off});
}

uint32_t stop_kinds_of_written(const struct stops *g, uint32_t i)
{
    return is_word(g, i) ? kinds_of(g, g->text.p, i, i) : 0;
}

static uint32_t kinds_of_lower(const struct stops *g, uint32_t i)
{
    return is_word(g, i) ? kinds_of(g, g->lower, i, i) : 0;
}

uint32_t stop_kinds_behind(const struct stops *g, uint32_t k)
{
    if (!is_word(g, k))
        return 0;
    uint32_t both = is_word(g, k + 1) ? kinds_of(g, g->lower, k, k + 1) : 0;
    return both & (STOP_START | STOP_NAME) ? both : kinds_of_lower(g, k);
}

/* List markers: "1.", "a.", "II.", "1.2.", "Điều 1." where the sentence begins, "1." behind a
 * colon or semicolon. */

static bool is_roman(const struct stops *g, uint32_t i)
{
    struct sv v = sv_at(g->text, g->at[i].text);
    for (size_t k = 0; k < v.n; k++)
        if (!memchr("IVXLC", v.p[k], 5))
            return false;
    return v.n <= 6;
}

static bool is_marker_part(const struct stops *g, uint32_t i)
{
    enum { DIGITS = 3 };
    if (is_number(g, i))
        return g->at[i].text.len <= DIGITS;
    return is_word(g, i) && (is_one_letter(g, i) || is_roman(g, i));
}

/* Atoms first .. last are one marker: parts joined by full stops, at least one of them a number if
 * there are several ("N.V.A." is a name). */
static bool is_marker(const struct stops *g, uint32_t first, uint32_t last)
{
    enum { ATOMS = 8 };
    bool number = false;
    if (last < first || last - first >= ATOMS)
        return false;
    for (uint32_t k = first; k <= last; k++) {
        bool part = (k - first) % 2 == 0;
        if ((part && !is_marker_part(g, k)) || (!part && !is_full_stop(g, k)) ||
            (k > first && spaced(g, k)))
            return false;
        number = number || is_number(g, k);
    }
    return number || first == last;
}

/* "Điều", "Phụ lục": gives the atom behind the heading's words, or `first`. */
static uint32_t behind_heading(const struct stops *g, uint32_t first)
{
    if (is_word(g, first) && is_word(g, first + 1) &&
        (kinds_of(g, g->lower, first, first + 1) & STOP_HEADING))
        return first + 2;
    return kinds_of_lower(g, first) & STOP_HEADING ? first + 1 : first;
}

static bool is_list_marker(const struct stops *g, uint32_t begin, uint32_t last)
{
    uint32_t first = next_content(g, begin);
    if (is_punct(g, last, ')') && last > first)
        last--;
    if (is_one_letter(g, last) && last > first && is_number(g, last - 1) && !spaced(g, last))
        last--; /* Điều 7a. */
    /* TM., KT. in front of a signature are headings, too. */
    if (is_marker(g, first, last) ||
        (first == last && (stop_kinds_of_written(g, first) & STOP_HEADING)))
        return true;
    uint32_t behind = behind_heading(g, first);
    if (behind > first && behind <= last) {
        bool ordinal =
            last == behind + 1 && is_word(g, last) &&
            sv_is((struct sv){g->lower + g->at[behind].text.off, g->at[behind].text.len}, "thứ");
        return ordinal || is_marker(g, behind, last);
    }
    bool listed = last > begin && (is_punct(g, last - 1, ':') || is_punct(g, last - 1, ';'));
    return listed && spaced(g, last) && is_marker(g, last, last);
}

/* Numbers with a space inside: "(84. 4) 8529", "04. 3826", "25. 000". */
static bool number_goes_on(const struct stops *g, uint32_t before, uint32_t j)
{
    if (!is_number(g, before) || !is_number(g, j))
        return false;
    const char *digits = g->text.p + g->at[before].text.off;
    const char *next = g->text.p + g->at[j].text.off;
    uint32_t length = g->at[before].text.len, next_length = g->at[j].text.len;
    bool grouped = before >= 2 && is_full_stop(g, before - 1) && is_number(g, before - 2);
    const char *first = grouped ? g->text.p + g->at[before - 2].text.off : digits;
    bool phone = *first == '0' && length > 1 && next_length >= 3;
    bool thousand = next_length == 3 && memcmp(next, "000", 3) == 0 && length <= 3;
    return phone || thousand || (before > 0 && is_punct(g, before - 1, '(') && !spaced(g, before));
}

/* Abbreviations of the table. */

/* A place's name behind its abbreviation: TP. Thủ Đức, Q. Bình Thạnh. */
static bool is_place_name(const struct stops *g, uint32_t j)
{
    uint32_t kinds = stop_kinds_behind(g, j);
    if (!is_capital(g, j) || (kinds & STOP_NAME))
        return kinds & STOP_NAME;
    if (kinds & (STOP_START | STOP_GIVEN))
        return false;
    if ((g->at[j].flags & ATOM_UPPER) || !atom_has(&g->at[j], ATOM_LEGAL))
        return true;
    return !is_word(g, j + 1) || !spaced(g, j + 1) || is_capital(g, j + 1);
}

/* The kinds of what stands before the stop: a word, or a word with a number glued to it (CK2). */
static uint32_t kinds_before(const struct stops *g, uint32_t before)
{
    if (is_number(g, before) && before > 0 && !spaced(g, before) && is_word(g, before - 1))
        return kinds_of(g, g->text.p, before - 1, before);
    return stop_kinds_of_written(g, before);
}

static bool is_abbreviation_before(const struct stops *g, uint32_t kinds, uint32_t j)
{
    if (kinds & STOP_ANY)
        return true;
    if ((kinds & STOP_NUMBER) && is_number(g, j))
        return true;
    if ((kinds & STOP_TITLE) && is_capital(g, j))
        return !(stop_kinds_behind(g, j) & STOP_START);
    return (kinds & STOP_PLACE) && is_place_name(g, j);
}

/* Initials. */

/* A letter behind a number is a unit: 30 °C, 220 V. */
static bool is_unit(const struct stops *g, uint32_t i)
{
    return i > 0 && (g->at[i - 1].kind == ATOM_NUMBER || g->at[i - 1].kind == ATOM_SYMBOL);
}

/* The first of a run of initials that ends at `last`: N.T.H, and how many they are. */
static uint32_t first_initial(const struct stops *g, uint32_t last, unsigned *count)
{
    enum { MOST = 6 };
    uint32_t k = last;
    for (*count = 1; *count < MOST && k >= 2; ++*count, k -= 2)
        if (spaced(g, k) || spaced(g, k - 1) || !is_full_stop(g, k - 1) || !is_initial(g, k - 2))
            break;
    return k;
}

static bool is_name_part(const struct stops *g, uint32_t i)
{
    return is_capital(g, i) && atom_has(&g->at[i], ATOM_LEGAL) && !is_one_letter(g, i);
}

/* What a word says of the letter behind it; nothing where its own capital makes it a name: "anh T"
 * and "phạm nhân T", but "Ông Phạm T". */
static uint32_t naming_kinds(const struct stops *g, uint32_t begin, uint32_t i)
{
    return i > begin && is_capital(g, i) ? 0 : kinds_of_lower(g, i);
}

/* The initial at the end of a sentence, by what stands before it: "Nguyễn Văn A", "anh T",
 * "bảng B"; unless a name goes on behind it: "ông V. Putin", "bà Tr. Thị Tư". */
static bool initial_ends(const struct stops *g, uint32_t begin, uint32_t first, bool name_next)
{
    if (first == begin || !is_word(g, first - 1) || !spaced(g, first))
        return false;
    uint32_t kinds = naming_kinds(g, begin, first - 1);
    if (kinds & STOP_THING)
        return true;
    if (kinds & STOP_PERSON)
        return !name_next;
    return first >= begin + 2 && is_name_part(g, first - 1) && is_name_part(g, first - 2) &&
           !(kinds_of_lower(g, first - 2) & STOP_PERSON);
}

static bool initial_goes_on(const struct stops *g, uint32_t begin, uint32_t last, uint32_t j)
{
    enum { WHOLE_NAME = 3 }; /* N.T.H. stands for a whole name */
    unsigned count;
    uint32_t first = first_initial(g, last, &count);
    if (is_unit(g, first))
        return false;
    if (is_punct(g, j, '('))
        return true;
    if (!is_capital(g, j) || (stop_kinds_behind(g, j) & STOP_START))
        return false;
    if (is_initial(g, j) && is_full_stop(g, j + 1))
        return true;
    bool foreign = !atom_has(&g->at[j], ATOM_LEGAL) && !(g->at[j].flags & ATOM_UPPER);
    bool name = foreign || (is_capital(g, j + 1) && spaced(g, j + 1));
    if (initial_ends(g, begin, first, name))
        return false;
    return foreign || count < WHOLE_NAME;
}

bool stop_belongs(const struct stops *g, uint32_t begin, uint32_t i)
{
    uint32_t before = i - 1, j = i + 1;
    if (i == begin || !is_full_stop(g, i))
        return false;
    uint32_t kinds = kinds_before(g, before);
    if (spaced(g, i))
        return kinds && !is_one_letter(g, before) && is_abbreviation_before(g, kinds, j);
    if (is_list_marker(g, begin, before) || number_goes_on(g, before, j))
        return true;
    bool of_person = is_one_letter(g, before) && before > begin && spaced(g, before) &&
                     (naming_kinds(g, begin, before - 1) & STOP_PERSON);
    if (kinds && !of_person) {
        if (is_abbreviation_before(g, kinds, j))
            return true;
        if (kinds & (STOP_PLACE | STOP_TITLE))
            return false;
    }
    return is_initial(g, before) && initial_goes_on(g, begin, before, j);
}
