#include "article/find/search.h"

#include "article/find/people.h"
#include "base/ascii.h"

void search_begin(struct search *s, struct article *a, const struct html_page *page)
{
    *s = (struct search){.a = a, .page = page, .title = -1, .date = -1, .byline = -1};
    s->boilerplate = rules_table(a->rules, TABLE_BOILERPLATE);
}

void search_free(struct search *s)
{
    vec_free(&s->lines);
    vec_free(&s->boxes);
    vec_free(&s->prose);
    vec_free(&s->letters);
    vec_free(&s->links);
}

/* ---- Reasons ---- */

bool reason_is_closing(enum skip_reason reason)
{
    return reason == SKIP_COMMENTS || reason == SKIP_COPYRIGHT || reason == SKIP_TAGS ||
           reason == SKIP_LINKS;
}

bool reason_is_box(enum skip_reason reason)
{
    return reason == SKIP_SHARE || reason == SKIP_WIDGET || reason == SKIP_COMMENTS ||
           reason == SKIP_RELATED || reason == SKIP_TAGS || reason == SKIP_ADVERT ||
           reason == SKIP_PAGE;
}

bool reason_spreads(enum skip_reason reason)
{
    return reason && reason != SKIP_SHARE && reason != SKIP_WIDGET && reason != SKIP_PAGE;
}

/* ---- Lines ---- */

/* Prose that invites to read or watch something else. */
static bool is_invitation(struct sv text)
{
    static const char *const heads[] = {"Mời ", "MỜI ", ">>", "Xem thêm", "Đọc thêm", "XEM THÊM"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (sv_starts(text, sv_of(heads[i])))
            return true;
    return false;
}

static void recognize_date(struct line *l, struct sv text)
{
    struct dateline d;
    l->dated = dateline_parse(text, &d);
    l->has_date = l->dated && d.date.len;
    dateline_free(&d);
}

/* "#bảo tàng #hiện vật" */
static bool is_hashtags(const struct line *l, struct sv text)
{
    enum { MOST_WORDS = 8 };
    return text.n > 1 && text.p[0] == '#' && text.p[1] != ' ' && text.p[1] != '#' &&
           !(text.p[1] >= '0' && text.p[1] <= '9') && l->words <= MOST_WORDS;
}

void search_add(struct search *s, struct line l)
{
    struct sv text = sv_at(s->a->text, l.text);
    bool prose = line_reads_as_prose(&l);
    l.prose = prose && l.shown && l.linked_bytes * 2 < l.text.len;
    if (!prose && l.digits)
        recognize_date(&l, text);
    if (l.shown && !l.dated)
        l.known =
            boilerplate_reason(s->boilerplate, text, prose && !(s->page && is_invitation(text)));
    if (l.shown && !l.known && !prose && is_hashtags(&l, text))
        l.known = SKIP_TAGS;
    *vec_push(&s->lines) = l;
}

/* ---- The numbers of pictures ---- */

/* Reads "3/12", also with a word before it: "Ảnh 3/12". */
static bool read_counter(struct sv v, unsigned *number, unsigned *all)
{
    static const char *const words[] = {"Ảnh ", "ảnh ", "Hình ", "hình "};
    unsigned *const values[] = {number, all};
    size_t at = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        at = sv_starts(v, sv_of(words[i])) ? strlen(words[i]) : at;
    for (int k = 0; k < 2; k++) {
        size_t from = at;
        for (*values[k] = 0; at < v.n && at < from + 3 && ascii_is_digit(v.p[at]); at++)
            *values[k] = *values[k] * 10 + (unsigned)(v.p[at] - '0');
        if (at == from || (k == 0 && (at == v.n || v.p[at++] != '/')))
            return false;
    }
    return at == v.n;
}

/* Returns the line after line i that has the next number of the same count (2/5 after 1/5), or the
 * number of lines if there is none. */
static size_t next_counter(const struct search *s, size_t i)
{
    enum { FURTHEST = 12 };
    unsigned number, all, next, same;
    read_counter(search_text(s, i), &number, &all);
    for (size_t k = i + 1; k < s->lines.n && k <= i + FURTHEST; k++)
        if (read_counter(search_text(s, k), &next, &same))
            return next == number + 1 && same == all ? k : s->lines.n;
    return s->lines.n;
}

/* A count begins with 1 and is complete: the days of a month are not (1/9, 2/9). */
void search_find_counters(struct search *s)
{
    enum { FEWEST = 3 };
    unsigned number, all;
    for (size_t i = 0; i < s->lines.n; i++) {
        size_t last = i, next = i;
        if (!read_counter(search_text(s, i), &number, &all) || number != 1 || all < FEWEST)
            continue;
        for (; next < s->lines.n; next = next_counter(s, next), number++)
            last = next;
        if (number <= all)
            continue;
        for (next = i; next < s->lines.n; next = next_counter(s, next))
            s->lines.at[next].known = SKIP_PAGE;
        i = last;
    }
}

struct sv search_text(const struct search *s, size_t i)
{
    return sv_at(s->a->text, s->lines.at[i].text);
}

bool line_is_any(const struct search *s, size_t i)
{
    return i < s->lines.n;
}

bool line_is_known(const struct search *s, size_t i)
{
    return s->lines.at[i].known;
}

bool line_is_known_related(const struct search *s, size_t i)
{
    return s->lines.at[i].known == SKIP_RELATED;
}

bool line_is_known_closing(const struct search *s, size_t i)
{
    return reason_is_closing(s->lines.at[i].known);
}

bool line_is_dated(const struct search *s, size_t i)
{
    return s->lines.at[i].dated;
}

bool line_is_prose(const struct search *s, size_t i)
{
    return s->lines.at[i].prose;
}

bool line_is_text(const struct search *s, size_t i)
{
    return i < s->lines.n && s->lines.at[i].prose && !s->lines.at[i].known;
}

bool line_has_marker(const struct search *s, size_t i)
{
    return s->lines.at[i].marker;
}

bool line_has_six_words(const struct search *s, size_t i)
{
    return s->lines.at[i].words >= 6;
}

bool line_has_digits(const struct search *s, size_t i)
{
    return s->lines.at[i].digits;
}

bool line_is_small(const struct search *s, size_t i)
{
    return s->lines.at[i].starts_small;
}

bool line_is_clause(const struct search *s, size_t i)
{
    return s->lines.at[i].words >= 4 && s->lines.at[i].end != END_NONE;
}

bool line_is_byline(const struct search *s, size_t i)
{
    return people_is_byline(search_text(s, i));
}

bool line_is_caption(const struct search *s, size_t i)
{
    return people_is_caption(search_text(s, i));
}

bool line_is_source(const struct search *s, size_t i)
{
    return people_is_source(search_text(s, i));
}

static bool is_above_credit(const struct search *s, size_t i)
{
    return !s->lines.at[i].prose && i + 1 < s->to && !s->lines.at[i + 1].reason &&
           people_is_credit(search_text(s, i + 1));
}

bool line_is_captioned(const struct search *s, size_t i)
{
    return !s->lines.at[i].marker && (line_is_caption(s, i) || is_above_credit(s, i));
}

bool line_is_settled(const struct search *s, size_t i)
{
    ptrdiff_t at = (ptrdiff_t)i;
    return at == s->title || at == s->date || at == s->byline;
}

double line_prose_amount(const struct search *s, size_t i)
{
    enum { LONGEST = 400 };
    uint32_t chars = s->lines.at[i].chars;
    return 0.4 + (chars < LONGEST ? chars : LONGEST) / 120.0;
}

/* ---- The article ---- */

/* Whether readers' comments or the imprint begin at the line. */
static bool ends_article(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    return l->known == SKIP_COMMENTS || l->known == SKIP_COPYRIGHT ||
           (s->boxes.n && s->boxes.at[l->node] == SKIP_COMMENTS);
}

double search_core(struct search *s, size_t start)
{
    const double enough = 10; /* of some paragraphs */
    double sum = 0, best = 0, damp = 1;
    for (size_t i = start; i < s->lines.n; i++) {
        double weight = s->lines.at[i].weight;
        if (sum <= 0) {
            if (s->page && s->title >= 0 && best >= enough)
                break;
            sum = 0;
            start = i;
        }
        /* Prose counts little below a good deal of text and the begin of the comments. */
        if (best > 1.5 && ends_article(s, i))
            damp = 0.15;
        sum += weight > 0 ? weight * damp : weight;
        if (sum > best) {
            best = sum;
            s->core0 = start;
            s->core1 = i + 1;
        }
    }
    return best;
}

/* Sets the time of `d` to that of the line before or after the publication line. */
static void borrow_time_beside(const struct search *s, struct dateline *d)
{
    for (ptrdiff_t i = s->date - 1; i <= s->date + 1 && !d->has_time; i += 2)
        if (i >= 0 && (size_t)i < s->lines.n && s->lines.at[i].dated)
            dateline_borrow_time(d, search_text(s, (size_t)i));
}

void search_read_date(struct search *s)
{
    struct dateline d;
    char iso[ISO_DATE_SIZE];
    dateline_parse(search_text(s, (size_t)s->date), &d);
    borrow_time_beside(s, &d);
    dateline_iso(&d, iso);
    s->a->date = arena_dup(&s->a->arena, sv_of(iso));
    dateline_free(&d);
}

void search_find_names(struct search *s)
{
    struct dateline d;
    if (s->byline >= 0 || s->date < 0)
        return;
    struct sv line = search_text(s, (size_t)s->date);
    dateline_parse(line, &d);
    struct span names = dateline_names(&d, line);
    dateline_free(&d);
    if (names.len && !boilerplate_reason(s->boilerplate, sv_at(line, names), false))
        s->names = (struct span){s->lines.at[s->date].text.off + names.off, names.len};
}

void search_settle(struct search *s)
{
    const ptrdiff_t lines[] = {s->title, s->date, s->byline};
    static const uint8_t kinds[] = {BLOCK_TITLE, BLOCK_DATE, BLOCK_BYLINE};
    for (int k = 0; k < 3; k++) {
        if (lines[k] < 0)
            continue;
        struct line *l = &s->lines.at[lines[k]];
        l->reason = SKIP_NONE;
        l->kind = kinds[k];
        l->row = 0;
    }
}
