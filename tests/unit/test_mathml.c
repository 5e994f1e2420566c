/* Formulas in MathML: what is read of them in pages, and that nothing of them is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/ascii.h"
#include "base/sanitizer.h"
#include "documents.h"

/* What is read of a formula in a page, between two words; without their sentence. */
static struct buf read_formula(const char *formula)
{
    struct buf page = BUF_INIT, found = BUF_INIT;
    struct article a;
    buf_addf(&page,
             "<html><body><h1>Bài toán khó của lớp chín</h1><p>Sáng nay, thầy giáo chép lên bảng "
             "công thức sau đây để cả lớp cùng xem: <math>%s</math> và nói rằng ai cũng làm được."
             "</p></body></html>",
             formula);
    open_document(&a, "bai.html", buf_sv(&page), false);
    expect_promises(&a);
    ptrdiff_t from = sv_find(a.text, SV("xem: ")), to = sv_find(a.text, SV(" và nói"));
    assert_true(from >= 0 && to >= from);
    buf_add_sv(&found, sv_sub(a.text, (size_t)from + 5, (size_t)(to - from - 5)));
    article_free(&a);
    buf_free(&page);
    return found;
}

static void expect_formula(const char *formula, const char *expected)
{
    struct buf found = read_formula(formula);
    if (strcmp(found.p, expected) != 0)
        fail_msg("“%s”, not “%s”, of %s", found.p, expected, formula);
    buf_free(&found);
}

#define MN(text) "<mn>" text "</mn>"
#define MI(text) "<mi>" text "</mi>"
#define MO(text) "<mo>" text "</mo>"
#define ROW(inside) "<mrow>" inside "</mrow>"

static void fractions(void **state)
{
    (void)state;
    expect_formula("<mfrac>" MN("1") MN("2") "</mfrac>", "1/2");
    expect_formula("<mfrac>\n <mn> 3 </mn>\n <mn>4</mn>\n</mfrac>", "3/4");
    expect_formula("<mfrac>" ROW(MN("1")) ROW(MN("2")) "</mfrac>", "1/2");
    expect_formula("<mfrac>" MI("a") MI("b") "</mfrac>", "a trên b");
    expect_formula("<mfrac>" MI("a") MN("2") "</mfrac>", "a trên 2");
    expect_formula("<mfrac>" MN("1") MI("b") "</mfrac>", "1 trên b");
    expect_formula("<mfrac>" ROW(MI("a") MO("+") MN("1")) MN("2") "</mfrac>",
                   "a + 1, tất cả trên 2");
    expect_formula("<mfrac>" ROW(MN("2") MI("a")) MN("3") "</mfrac>", "2 a trên 3");
    expect_formula("<mfrac>" MN("1") ROW(MI("a") MO("+") MN("1")) "</mfrac>" MO("+") MI("b"),
                   "1 trên a + 1, + b");
    expect_formula("<mfrac>" ROW(MO("-") MN("1")) MN("2") "</mfrac>", "âm 1 trên 2");
    /* One in another. */
    expect_formula("<mfrac>" MN("1") "<mfrac>" MN("2") MN("3") "</mfrac></mfrac>", "1 trên 2/3");
    /* Near misses: no fraction, and a whole number beside one. */
    expect_formula(MN("1") MI("a") MN("2"), "1 a 2");
    expect_formula("<mfrac>" MN("1") ROW(MN("2") MI("a")) "</mfrac>", "1 trên 2 a");
    expect_formula("<msqrt>" MN("1") "</msqrt>" MN("2"), "căn 1 2");
    /* A number that is written digit by digit. */
    expect_formula(MN("1") "\n" MN("2") MO("+") MN("3") MN("4"), "12 + 34");
    expect_formula("<mfrac>" ROW(MN("1") MN("2")) ROW(MN("1") MN("5")) "</mfrac>", "12 trên 15");
    expect_formula(MN("12"), "12");
    expect_formula(MN("2") "<mfrac>" MN("1") MN("3") "</mfrac>", "2 1/3");
    expect_formula(MN("1") MO("/") MN("2"), "1/2");
}

static void powers_and_indices(void **state)
{
    (void)state;
    expect_formula("<msup>" MI("x") MN("2") "</msup>" MO("=") MN("4"), "x² = 4");
    expect_formula("<msup>" MI("x") MN("3") "</msup>", "x³");
    expect_formula("<msup>" MI("x") MN("10") "</msup>", "x mũ 10");
    expect_formula("<msup>" MI("x") ROW(MN("2")) "</msup>", "x²");
    expect_formula("<msup>" MI("x") ROW(MN("2") MI("n")) "</msup>", "x mũ 2 n");
    expect_formula("<msup>" MI("x") ROW(MN("2") MN("5")) "</msup>", "x mũ 25");
    expect_formula("<msup>" MI("f") MO("′") "</msup>" MO("(") MI("x") MO(")"), "f phẩy (x)");
    expect_formula("<msubsup>" MI("d") MN("1") MO("′") "</msubsup>" MO("=") MN("0"),
                   "d 1 phẩy = 0");
    expect_formula("<msup>" MI("x") MI("n") "</msup>" MO("+") MN("1"), "x mũ n + 1");
    expect_formula("<msup>" MI("x") ROW(MO("-") MN("1")) "</msup>", "x mũ âm 1");
    expect_formula("<msup>" ROW(MO("(") MI("a") MO("+") MI("b") MO(")")) MN("2") "</msup>",
                   "(a + b)²");
    expect_formula("<msub>" MI("x") MN("1") "</msub>" MO("+") MI("y"), "x 1 + y");
    expect_formula("<msubsup>" MI("x") MI("i") MN("2") "</msubsup>", "x i²");
    /* Near miss: two numbers side by side. */
    expect_formula(MI("x") MN("2"), "x 2");
}

static void roots(void **state)
{
    (void)state;
    expect_formula("<msqrt>" MN("2") "</msqrt>", "căn 2");
    expect_formula("<msqrt>" MI("x") MO("+") MN("1") "</msqrt>" MO("=") MN("3"), "căn x + 1 = 3");
    expect_formula("<mroot>" MN("27") MN("3") "</mroot>" MO("=") MN("3"), "căn 27 bậc 3 = 3");
}

static void sums_and_limits(void **state)
{
    (void)state;
    expect_formula("<munderover>" MO("∑") ROW(MI("i") MO("=") MN("1"))
                       MI("n") "</munderover>"
                               "<msub>" MI("x") MI("i") "</msub>",
                   "∑ từ i = 1 đến n của x i");
    expect_formula("<msubsup>" MO("∫") MN("0") MN("1") "</msubsup>" MI("x"), "∫ từ 0 đến 1 của x");
    expect_formula("<munder>" MI("lim") ROW(MI("x") MO("→") MN("0")) "</munder>" MI("f"),
                   "lim khi x → 0, f");
    expect_formula("<mover>" MI("x") MO("¯") "</mover>", "x ¯");
}

static void minus_is_said(void **state)
{
    (void)state;
    expect_formula(MN("5") MO("−") MN("3"), "5 trừ 3");
    expect_formula(MN("5") MO("-") MN("3"), "5 trừ 3");
    expect_formula(MO("−") MN("3"), "âm 3");
    expect_formula("<mtable><mtr><mtd>" MN("1") "</mtd><mtd>" MO("−")
                       MN("2") "</mtd></mtr></mtable>",
                   "1, âm 2");
    expect_formula(MI("x") MO("=") MO("−") MN("3"), "x = âm 3");
    expect_formula(MO("(") MO("−") MN("3") MO(")") MO("−") MI("a"), "( âm 3) trừ a");
    expect_formula("<mtext>Covid-19</mtext>", "Covid-19");
}

static void brackets_and_tables(void **state)
{
    (void)state;
    expect_formula("<mfenced>" MI("a") MI("b") "</mfenced>" MO("=") MN("0"), "(a, b) = 0");
    expect_formula("<mfenced>" MI("a") "</mfenced>", "(a)");
    expect_formula("<mtable><mtr><mtd>" MN("1") "</mtd><mtd>" MN("2") "</mtd></mtr><mtr><mtd>" MN(
                       "3") "</mtd></mtr></mtable>",
                   "1, 2; 3");
    expect_formula(MI("f") MO("&#x2061;") MO("(") MI("x") MO(")"), "f (x)");
}

static void tex_beside_is_not_read(void **state)
{
    (void)state;
    expect_formula("<semantics>" ROW(MI("x")) "<annotation encoding='application/x-tex'>x_1"
                                              "</annotation></semantics>",
                   "x");
}

static void damage_loses_nothing(void **state)
{
    (void)state;
    expect_formula("a b", "a b");
    expect_formula("<mfrac>" MN("1") "</mfrac>", "1");
    expect_formula("<mfrac>" MN("1") MN("2") MN("3") "</mfrac>", "1 trên 2 3");
    expect_formula("<msup>" MI("x") "</msup>" MN("7"), "x 7");
    expect_formula("<mfrac>" MN("1") MN("2") "<mn>3", "1 trên 2 3");
    expect_formula("</mfrac>" MN("1"), "1");
    expect_formula("<math>" MN("1") "</math>" MN("2"), "1 2");
}

/* ---- any formula ---- */

static uint32_t next_random(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Of a formula that is made up. */
struct growth {
    struct buf text;
    uint32_t seed;
    unsigned number; /* the next */
    bool damaged;    /* some end tags are wrong */
};

static bool is_row(const char *name)
{
    static const char *const rows[] = {"mrow", "msqrt", "mtable", "mtr", "mtd", "semantics"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i], name) == 0)
            return true;
    return false;
}

/* Numbers in a row are parted: two side by side would be one that is written digit by digit. */
static void grow(struct growth *g, unsigned depth, bool in_row)
{
    static const char *const names[] = {"mrow",  "mfrac", "msup",       "msub",     "msubsup",
                                        "msqrt", "mroot", "munderover", "mfenced",  "mtable",
                                        "mtr",   "mtd",   "mover",      "semantics"};
    static const char *const signs[] = {"+", "−", "∑", "(", ")", "=", ",", "lim", "′", "-"};
    uint32_t kind = next_random(&g->seed, 8);
    if (depth && kind < 5) {
        const char *name = names[next_random(&g->seed, sizeof names / sizeof *names)];
        buf_addf(&g->text, "<%s>", name);
        for (uint32_t n = 1 + next_random(&g->seed, 4); n; n--)
            grow(g, depth - 1, is_row(name));
        buf_addf(&g->text, "</%s>", g->damaged && !next_random(&g->seed, 9) ? "mrow" : name);
    } else if (kind < 7) {
        buf_addf(&g->text, "<mn>%u</mn>%s", g->number++, in_row ? MI("q") : "\n ");
    } else {
        buf_addf(&g->text, "<mo>%s</mo>",
                 signs[next_random(&g->seed, sizeof signs / sizeof *signs)]);
    }
}

static bool is_glued(const struct buf *b, size_t from, size_t to)
{
    return ascii_is_digit(b->p[to]) || (from && ascii_is_digit(b->p[from - 1]));
}

/* Each number is there, in its order, and not beside another digit. */
static void expect_numbers(const struct buf *found, unsigned from, const struct growth *g)
{
    size_t at = 0;
    for (; from < g->number; from++) {
        char number[16];
        snprintf(number, sizeof number, "%u", from);
        ptrdiff_t place = sv_find(sv_from(buf_sv(found), at), sv_of(number));
        if (place < 0)
            fail_msg("%s is lost in “%s” of %s", number, found->p, g->text.p);
        size_t begin = at + (size_t)place;
        at = begin + strlen(number);
        if (!g->damaged && is_glued(found, begin, at))
            fail_msg("%s is glued in “%s” of %s", number, found->p, g->text.p);
    }
}

static void no_number_is_lost_or_glued(void **state)
{
    (void)state;
    enum { ROUNDS = SANITIZER ? 60 : 400, FIRST = 1000 };
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        struct growth g = {
            .text = BUF_INIT, .seed = round, .number = FIRST, .damaged = round % 4 == 0};
        for (int i = 0; i < 3; i++)
            grow(&g, 5, true);
        buf_addf(&g.text, "<mn>%u</mn>", g.number++);
        struct buf found = read_formula(g.text.p);
        expect_numbers(&found, FIRST, &g);
        buf_free(&found);
        buf_free(&g.text);
    }
}

/* Every letter and digit of the source of a book's page is read, or listed as skipped. */
static void a_book_says_the_same(void **state)
{
    (void)state;
    struct part parts[] = {
        {"META-INF/container.xml",
         "<container><rootfiles><rootfile full-path=\"s.opf\"/></rootfiles></container>"},
        {"s.opf", "<package><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/"
                  "xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>"},
        {"a.xhtml",
         "<html><body><p>Ta có <m:math xmlns:m=\"http://www.w3.org/1998/Math/MathML\"><m:mfrac>"
         "<m:mn>1</m:mn><m:mn>2</m:mn></m:mfrac><m:mo>−</m:mo><m:msup><m:mi>x</m:mi><m:mn>2</m:mn>"
         "</m:msup><m:mfenced><m:mi>y</m:mi></m:mfenced></m:math>.</p></body></html>"},
        {NULL, NULL},
    };
    expect_parts("a.epub", parts, "paragraph: Ta có 1/2 trừ x² (y).\n");
}

/* A picture stands for the formula; without it, the formula would be lost. */
static void wikipedia_hides_what_it_shows_as_a_picture(void **state)
{
    (void)state;
    expect_formula(
        "</math><span class='mwe-math-element'><span class='mwe-math-mathml-inline "
        "mwe-math-mathml-a11y' style='display: none;'><math><mfrac>" MN("1")
            MN("2") "</mfrac></math></span><img src='https://a.example/x.svg' alt='{1 \\over 2}'>"
                    "</span>",
        "1/2");
    expect_formula(MN("1") "</math> <span style='display: none;'><math>" MN("2") "</math></span>",
                   "1 2");
    expect_formula(
        MN("1") "</math> <span hidden><math><mfenced>" MN("2") "</mfenced></math></span>", "1 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fractions),
        cmocka_unit_test(powers_and_indices),
        cmocka_unit_test(roots),
        cmocka_unit_test(sums_and_limits),
        cmocka_unit_test(minus_is_said),
        cmocka_unit_test(brackets_and_tables),
        cmocka_unit_test(tex_beside_is_not_read),
        cmocka_unit_test(damage_loses_nothing),
        cmocka_unit_test(no_number_is_lost_or_glued),
        cmocka_unit_test(a_book_says_the_same),
        cmocka_unit_test(wikipedia_hides_what_it_shows_as_a_picture),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
