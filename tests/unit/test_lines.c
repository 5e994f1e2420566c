/*
 * Single lines are measured and recognized: tests/unit/lines/NAME.tsv holds examples, each with the
 * answer of describe_NAME. "\n" in an example is the end of a line. The examples stand right before
 * memory that nobody may read, so reading beyond the end of a line is noticed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "article/find/boilerplate.h"
#include "article/find/dateline.h"
#include "article/find/line.h"
#include "article/find/meta_date.h"
#include "article/find/paper_roles.h"
#include "article/find/people.h"
#include "article/find/same_text.h"
#include "article/find/wrap.h"

/* "end=sentence chars=12 words=3 …", only what is not zero. */
static void describe_measure(struct buf *out, struct sv text)
{
    static const char *const ends[] = {"none", "sentence", "question", "open"};
    struct line l = {.text = {0, (uint32_t)text.n}};
    line_measure(&l, text);
    buf_addf(out, "chars=%u words=%u end=%s", l.chars, l.words, ends[l.end]);
    if (l.digits)
        buf_addf(out, " digits=%u", l.digits);
    if (l.marker)
        buf_addf(out, " marker=%u", l.marker);
    if (l.gap > 1)
        buf_addf(out, " gap=%u", l.gap);
    buf_adds(out, l.numbered ? " numbered" : "");
    buf_adds(out, l.all_capitals ? " capitals" : "");
    buf_adds(out, l.starts_small ? " small" : "");
    buf_adds(out, l.has_content ? "" : " empty");
    buf_adds(out, line_reads_as_prose(&l) ? " prose" : "");
    buf_adds(out, line_reads_as_headline(&l) ? " headline" : "");
    buf_adds(out, line_reads_as_heading(&l) ? " heading" : "");
}

/* The date in ISO 8601, then every piece of the line: "[date]" or "reason(piece)". */
static void describe_dateline(struct buf *out, struct sv text)
{
    struct dateline d;
    struct dateline_pieces pieces = {0};
    char iso[ISO_DATE_SIZE];
    if (!dateline_parse(NULL, text, &d)) {
        buf_adds(out, "no");
    } else if (!d.date.len) {
        buf_addf(out, "time %02d:%02d:%d", d.hour, d.minute, d.second);
    } else {
        dateline_iso(&d, iso);
        dateline_split(&d, (uint32_t)text.n, &pieces);
        buf_adds(out, iso);
        for (size_t i = 0; i < pieces.n; i++) {
            struct dateline_piece p = pieces.at[i];
            if (p.reason != SKIP_DECORATION)
                buf_addf(out, " %s(%.*s)", p.reason ? skip_word(p.reason) : "date",
                         SV_ARG(sv_at(text, p.text)));
        }
    }
    vec_free(&pieces);
    dateline_free(&d);
}

static void describe_people(struct buf *out, struct sv text)
{
    size_t source = people_source_part(text);
    buf_adds(out, people_is_byline(NULL, text) ? "byline " : "");
    buf_adds(out, people_is_source(NULL, text) ? "source " : "");
    buf_adds(out, people_is_credit(NULL, text) ? "credit " : "");
    buf_adds(out, people_is_caption(NULL, text) ? "caption " : "");
    if (source < text.n)
        buf_addf(out, "without(%.*s) ", SV_ARG(sv_sub(text, source, text.n - source)));
    buf_adds(out, out->n ? "" : "nothing ");
    out->p[--out->n] = '\0';
}

/* The lines that hard-wrapped text becomes, each in brackets. */
static void describe_wrap(struct buf *out, struct sv text)
{
    struct line_list lines = {0};
    wrap_lines(&lines, text);
    for (size_t i = 0; i < lines.n; i++) {
        struct sv v = sv_at(text, lines.at[i].text);
        buf_putc(out, lines.at[i].blank_before ? '{' : '[');
        for (size_t k = 0; k < v.n; k++)
            buf_putc(out, v.p[k] == '\n' ? '_' : v.p[k]);
        buf_putc(out, ']');
    }
    vec_free(&lines);
}

/* Reads the digits at v[*at] and moves behind them. */
static size_t number_at(struct sv v, size_t *at)
{
    size_t number = 0;
    for (; *at < v.n && v.p[*at] >= '0' && v.p[*at] <= '9'; ++*at)
        number = number * 10 + (size_t)(v.p[*at] - '0');
    return number;
}

/* Appends a line as a shape says: "|" an empty line above, "C" a capital first, "A" all capitals,
 * "-" a bullet, then the number of characters, and the last character if it is no letter: "C45,".
 */
static void add_shape(struct buf *out, struct sv shape)
{
    size_t i = shape.p[0] == '|', begin = out->n + i;
    if (i)
        buf_putc(out, '\n');
    char first = shape.p[i];
    i += first == 'C' || first == 'A' || first == '-';
    size_t length = number_at(shape, &i);
    buf_adds(out, first == '-' ? "- nam" : first == 'A' ? "NAM" : first == 'C' ? "Nam" : "nam");
    while (out->n < begin + length) {
        bool space = (out->n - begin) % 4 == 3 && out->n + 2 < begin + length;
        buf_putc(out, space ? ' ' : first == 'A' ? 'M' : 'm');
    }
    if (i < shape.n)
        out->p[out->n - 1] = shape.p[i];
    assert_int_equal(out->n - begin, length);
    buf_putc(out, '\n');
}

/* How many of the lines with these shapes each line of the result holds. "10*C45" stands for ten
 * such lines. */
static void describe_shapes(struct buf *out, struct sv shapes)
{
    struct buf text = BUF_INIT;
    struct line_list lines = {0};
    while (shapes.n) {
        struct sv shape = line_next_word(&shapes);
        size_t at = 0, times = number_at(shape, &at);
        bool many = at < shape.n && shape.p[at] == '*';
        for (size_t i = 0; i < (many ? times : 1); i++)
            add_shape(&text, sv_from(shape, many ? at + 1 : 0));
    }
    wrap_lines(&lines, buf_sv(&text));
    for (size_t i = 0; i < lines.n; i++)
        buf_addf(out, "%s%zu", i ? " " : "",
                 1 + sv_count(sv_at(buf_sv(&text), lines.at[i].text), '\n'));
    vec_free(&lines);
    buf_free(&text);
}

/* The date as the article has it. */
static void describe_meta_date(struct buf *out, struct sv text)
{
    char iso[ISO_DATE_SIZE];
    buf_adds(out, meta_date_iso(NULL, text, iso) ? iso : "no");
}

static struct rules *rules;
static const struct packed_table *known;

static int load_known(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    assert_int_equal(rules_load(&rules, NULL, &e), STATUS_OK);
    known = rules_table(rules, TABLE_BOILERPLATE);
    return 0;
}

static int free_known(void **state)
{
    (void)state;
    rules_free(rules);
    return 0;
}

/* The reason as a short line and as prose, and the agency's name inside and at the start of an
 * article. */
static void describe_boilerplate(struct buf *out, struct sv text)
{
    enum skip_reason reason = boilerplate_reason(known, text, false);
    enum skip_reason prose = boilerplate_reason(known, text, true);
    buf_addf(out, "%s %s %zu %zu", reason ? skip_word(reason) : "-", prose ? skip_word(prose) : "-",
             boilerplate_agency(known, text, false), boilerplate_agency(known, text, true));
}

/* The text of a cell with its column, after what is true of it: "/" it begins a line, "_" after an
 * empty line, "#" a number, "@" place and date, "+" begins with known words, "=" consists of them,
 * "&" a name. */
static void add_cell(struct buf *out, const struct paper_cell *c, struct sv text)
{
    struct sv v = sv_at(text, c->line.text), date = paper_date_part(rules, v);
    buf_addf(out, "%s%s%s%s%s%s%s%s%u(%.*s)", out->n ? " " : "", c->begins_line ? "/" : "",
             c->blank_before ? "_" : "", c->is_number ? "#" : "", c->is_place ? "@" : "",
             c->signs ? "+" : "", c->whole ? "=" : "", paper_is_name(rules, c, text) ? "&" : "",
             c->column, SV_ARG(v));
    if (date.n)
        buf_addf(out, " date(%.*s)", SV_ARG(date));
}

static void describe_cells_of(struct buf *out, struct sv text, bool table)
{
    struct paper_cells cells = {0};
    paper_add_cells(&cells, rules, text, (struct span){0, (uint32_t)text.n}, 0, table);
    for (size_t i = 0; i < cells.n; i++)
        add_cell(out, &cells.at[i], text);
    vec_free(&cells);
}

static void describe_cells(struct buf *out, struct sv text)
{
    describe_cells_of(out, text, false);
}

static void describe_table_cells(struct buf *out, struct sv text)
{
    describe_cells_of(out, text, true);
}

/* The roles of the cells of a paper; cells of the body have none. "no": it is no paper. */
static void describe_papers(struct buf *out, struct sv text)
{
    static const char *const roles[] = {"",        "issuer", "kind",   "number",
                                        "subject", "date",   "signer", "skipped"};
    struct article a = {.text = text, .rules = rules};
    struct paper p = {.a = &a};
    paper_add_cells(&p.cells, rules, text, (struct span){0, (uint32_t)text.n}, 0, false);
    bool found = paper_find_head(&p);
    if (found) {
        paper_find_lists(&p);
        paper_find_signature(&p);
        paper_find_pages(&p);
    }
    buf_adds(out, !found ? "no" : p.two_sign ? "two sign:" : "");
    for (size_t i = 0; found && i < p.cells.n; i++) {
        const struct paper_cell *c = &p.cells.at[i];
        buf_addf(out, "%s%s(%.*s)", out->n ? " " : "",
                 c->role == ROLE_SKIPPED ? skip_word(c->reason) : roles[c->role],
                 SV_ARG(paper_text(&p, i)));
    }
    vec_free(&p.cells);
}

/* "A = B": how the two agree, and the length of each without the name of a site. */
static void describe_same_text(struct buf *out, struct sv text)
{
    static const char *const agreements[] = {"differ", "start", "agree"};
    ptrdiff_t at = sv_find(text, SV(" = "));
    assert_true(at >= 0);
    struct sv a = sv_sub(text, 0, (size_t)at), b = sv_sub(text, a.n + 3, text.n - a.n - 3);
    assert_int_equal(text_agreement(a, b), text_agreement(b, a));
    buf_addf(out, "%s %zu %zu", agreements[text_agreement(a, b)], title_without_site(a),
             title_without_site(b));
}

/* ---- The examples ---- */

static void load(struct buf *out, const char *name)
{
    struct buf path = BUF_INIT;
    char chunk[4096];
    size_t got;
    buf_addf(&path, "%s/tests/unit/lines/%s.tsv", DOCBAO_SOURCE, name);
    FILE *f = fopen(path.p, "rb");
    if (!f)
        fail_msg("%s is missing", path.p);
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(out, chunk, got);
    fclose(f);
    buf_free(&path);
}

static void unescape(struct buf *out, struct sv v)
{
    for (size_t i = 0; i < v.n; i++) {
        bool line_end = sv_starts(sv_sub(v, i, v.n - i), SV("\\n"));
        buf_putc(out, line_end ? '\n' : v.p[i]);
        i += line_end;
    }
}

/* Two pages of memory. The second one may not be read. */
struct fenced {
    char *pages;
    size_t size; /* of one page */
};

static struct fenced new_fenced(void)
{
    struct fenced f = {.size = (size_t)sysconf(_SC_PAGESIZE)};
    f.pages = mmap(NULL, 2 * f.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(f.pages != MAP_FAILED);
    assert_int_equal(mprotect(f.pages + f.size, f.size, PROT_NONE), 0);
    return f;
}

/* A copy of the text that ends where the second page begins. */
static struct sv fence(const struct fenced *f, struct sv text)
{
    assert_true(text.n <= f->size);
    return (struct sv){memcpy(f->pages + f->size - text.n, text.p, text.n), text.n};
}

static void check_examples(const char *name, void (*describe)(struct buf *out, struct sv text))
{
    struct buf table = BUF_INIT, text = BUF_INIT, got = BUF_INIT;
    struct fenced fenced = new_fenced();
    size_t examples = 0, wrong = 0;
    load(&table, name);
    for (struct sv rest = buf_sv(&table); rest.n;) {
        struct sv want = sv_cut(&rest, '\n');
        if (!want.n || *want.p == '#')
            continue;
        struct sv example = sv_cut(&want, '\t');
        buf_clear(&text);
        buf_clear(&got);
        unescape(&text, example);
        describe(&got, fence(&fenced, buf_sv(&text)));
        examples++;
        if (sv_eq(buf_sv(&got), want))
            continue;
        wrong++;
        print_error("%s: \"%.*s\"\n   got: %.*s\nwanted: %.*s\n", name, SV_ARG(example),
                    SV_ARG(buf_sv(&got)), SV_ARG(want));
    }
    assert_true(examples > 0);
    assert_int_equal(wrong, 0);
    munmap(fenced.pages, 2 * fenced.size);
    buf_free(&table);
    buf_free(&text);
    buf_free(&got);
}

#define EXAMPLES(name)                                                                             \
    static void name##_examples(void **state)                                                      \
    {                                                                                              \
        (void)state;                                                                               \
        check_examples(#name, describe_##name);                                                    \
    }

EXAMPLES(measure)
EXAMPLES(dateline)
EXAMPLES(people)
EXAMPLES(wrap)
EXAMPLES(shapes)
EXAMPLES(meta_date)
EXAMPLES(boilerplate)
EXAMPLES(cells)
EXAMPLES(table_cells)
EXAMPLES(papers)
EXAMPLES(same_text)

/* ---- Lengths ---- */

/* A line of so many words and code points, which ends with `end`. */
static struct line make_line(unsigned words, unsigned chars, const char *end)
{
    struct buf b = BUF_INIT;
    struct line l = {0};
    buf_adds(&b, "Ba");
    for (unsigned i = 1; i < words; i++)
        buf_adds(&b, " ba");
    while (b.n + strlen(end) < chars)
        buf_putc(&b, 'a');
    buf_adds(&b, end);
    l.text.len = (uint32_t)b.n;
    line_measure(&l, buf_sv(&b));
    assert_int_equal(l.chars, chars);
    assert_int_equal(l.words, words);
    buf_free(&b);
    return l;
}

static void lengths(void **state)
{
    (void)state;
    static const struct {
        unsigned words, chars;
        const char *end;
        bool prose, headline, heading;
    } rows[] = {
        {9, 60, ".", true, false, false},  {8, 60, ".", false, false, false},
        {9, 59, ".", false, false, false}, {9, 60, "", false, true, true},
        {9, 60, ":", true, false, false},  {22, 130, "", true, true, true},
        {21, 130, "", false, true, true},  {22, 129, "", false, true, true},
        {4, 18, "", false, true, true},    {3, 18, "", false, false, true},
        {4, 17, "", false, false, true},   {4, 250, "", false, true, false},
        {4, 251, "", false, false, false}, {4, 170, "", false, true, true},
        {4, 171, "", false, true, false},  {4, 90, "?", false, true, true},
        {4, 91, "?", false, true, false},  {4, 40, ",", false, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct line l = make_line(rows[i].words, rows[i].chars, rows[i].end);
        if (line_reads_as_prose(&l) != rows[i].prose ||
            line_reads_as_headline(&l) != rows[i].headline ||
            line_reads_as_heading(&l) != rows[i].heading)
            fail_msg("%u words, %u characters, \"%s\"", rows[i].words, rows[i].chars, rows[i].end);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measure_examples),     cmocka_unit_test(dateline_examples),
        cmocka_unit_test(people_examples),      cmocka_unit_test(wrap_examples),
        cmocka_unit_test(shapes_examples),      cmocka_unit_test(meta_date_examples),
        cmocka_unit_test(boilerplate_examples), cmocka_unit_test(cells_examples),
        cmocka_unit_test(table_cells_examples), cmocka_unit_test(papers_examples),
        cmocka_unit_test(same_text_examples),   cmocka_unit_test(lengths),
    };
    return cmocka_run_group_tests(tests, load_known, free_known);
}
