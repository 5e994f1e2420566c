/* Recipes of bulletins: what they hold, what is wrong with one, and what their texts say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "publish/recipe.h"

static struct recipe parsed(const char *text)
{
    struct recipe r;
    struct err e = ERR_INIT;
    if (recipe_parse(&r, sv_of(text), "tin/a.ini", &e))
        fail_msg("%s", e.message.p);
    return r;
}

static void a_whole_one(void **unused)
{
    (void)unused;
    struct recipe r = parsed("\xEF\xBB\xBF; lời chú\r\n[bulletin]\r\nstation = Đài A; xã B ; C\r\n"
                             "fit = 1:02:03\nfit_by=speed\nfirst = 2026-01-31\n\n[opening]\n"
                             "text = Một\n\n  hai\n\tba = bốn\n[ jingle ]\nfile = nhac.wav\n"
                             "[audio]\nfile = /a/b.mp3\ngap = 0.5\n[article]\nfile = http://x/y\n"
                             "[audio]\nfile = docbao:nhac-hieu\n");
    assert_string_equal(r.whole.values[RECIPE_KEY_station].text, "Đài A; xã B ; C");
    assert_true(r.whole.values[RECIPE_KEY_fit].number == 3723);
    assert_true(r.whole.values[RECIPE_KEY_fit_by].number == 2);
    assert_true(recipe_number(&r.whole, RECIPE_KEY_repeat, 7) == 7);
    assert_int_equal(r.parts.n, 5);
    assert_string_equal(r.parts.at[0].values[RECIPE_KEY_text].text, "Một\nhai\nba = bốn");
    assert_string_equal(r.parts.at[1].values[RECIPE_KEY_file].text, "tin/nhac.wav");
    assert_string_equal(r.parts.at[2].values[RECIPE_KEY_file].text, "/a/b.mp3");
    assert_true(r.parts.at[2].values[RECIPE_KEY_gap].number == 0.5);
    assert_string_equal(r.parts.at[3].values[RECIPE_KEY_file].text, "http://x/y");
    assert_string_equal(r.parts.at[4].values[RECIPE_KEY_file].text, "docbao:nhac-hieu");
    assert_int_equal(r.parts.at[1].line, 13);
    recipe_free(&r);
}

/* Prose is long, and has every mark. */
static void a_long_line(void **unused)
{
    (void)unused;
    struct buf text = BUF_INIT;
    buf_adds(&text, "[text]\ntext = ");
    for (int i = 0; i < 5000; i++)
        buf_adds(&text, "mưa ; ");
    struct recipe r = parsed(text.p);
    assert_int_equal(strlen(r.parts.at[0].values[RECIPE_KEY_text].text), 5000 * 7 - 1);
    recipe_free(&r);
    buf_free(&text);
}

/* Also one that goes on for very many lines is read at once. */
static void many_lines(void **unused)
{
    (void)unused;
    struct buf text = BUF_INIT;
    buf_adds(&text, "[text]\ntext = một");
    for (int i = 0; i < 300000; i++)
        buf_adds(&text, "\n hai");
    struct recipe r = parsed(text.p);
    assert_int_equal(strlen(r.parts.at[0].values[RECIPE_KEY_text].text), 5 + 300000 * 4);
    recipe_free(&r);
    buf_free(&text);
}

/* Capitals, quotation marks, dashes and spaces as Word and telephones write them. */
static void a_typed_one(void **unused)
{
    (void)unused;
    struct recipe r =
        parsed("[Bulletin]\nStation = “Đài A”\nVoices\u00A0= “a, b”\ngap = 1,5\nfit_by = Both\n"
               "Fit = 1:00\n[Headlines]\nBed = 'nhạc nền.wav'\nbed_level = –6,5\nduck = − 9\n"
               "[ARTICLE]\nFILE = \"bài số 1.docx\"\u00A0\nInterview = Yes\n"
               "[text]\ntext = “Trời mưa”,\n\u00A0bà con nhớ.\n[jingle]\nfile = “a” “b”\n");
    const struct recipe_value *whole = r.whole.values, *headlines = r.parts.at[0].values;
    assert_string_equal(whole[RECIPE_KEY_station].text, "“Đài A”");
    assert_string_equal(whole[RECIPE_KEY_voices].text, "a, b");
    assert_true(whole[RECIPE_KEY_gap].number == 1.5);
    assert_true(whole[RECIPE_KEY_fit_by].number == 0);
    assert_string_equal(headlines[RECIPE_KEY_bed].text, "tin/nhạc nền.wav");
    assert_true(headlines[RECIPE_KEY_bed_level].number == -6.5);
    assert_true(headlines[RECIPE_KEY_duck].number == -9);
    assert_string_equal(r.parts.at[1].values[RECIPE_KEY_file].text, "tin/bài số 1.docx");
    assert_true(r.parts.at[1].values[RECIPE_KEY_interview].number == 1);
    assert_string_equal(r.parts.at[2].values[RECIPE_KEY_text].text, "“Trời mưa”,\nbà con nhớ.");
    assert_string_equal(r.parts.at[3].values[RECIPE_KEY_file].text, "tin/“a” “b”");
    recipe_free(&r);
}

static const struct bad_recipe {
    const char *text;
    uint32_t line;
    const char *says;
} bad_recipes[] = {
    {"", 0, "no part to be heard"},
    {"[bulletin]\nstation = A\n", 0, "no part to be heard"},
    {"station = A\n", 1, "before the first part"},
    {"[tin]\n", 1, "[bulletin], [opening], [headlines], [article]"},
    {"[bulletin]\n[text]\ntext = a\n[bulletin]\n", 4, "second [bulletin]; the first is on line 1"},
    {"[opening]\n[opening]\n", 2, "second [opening]"},
    {"[closing]\n[opening]\n[closing]\n", 3, "second [closing]; the first is on line 1"},
    {"[headlines]\n[article]\nfile = a\n[headlines]\n", 4, "second [headlines]"},
    {"[closing\n", 1, "neither [part] nor"},
    {"closing]\n", 1, "neither [part] nor"},
    {"[article]\nfile = a\nbed = b\n", 3, "has no “bed”; it may have voices, title, gap"},
    {"[text]\ntext = a\ntext = b\n", 3, "twice in this part; the first is on line 2"},
    {"[text]\nxin chào\n", 2, "neither [part] nor key = value"},
    {"[text]\ntext =\n[closing]\n", 2, "text has no value"},
    {"[text]\ntext = a\xFF\n", 2, "UTF-8"},
    {"[text]\n", 1, "[text] needs text"},
    {"[article]\npriority = 1\n", 1, "[article] needs file"},
    {"[articles]\n", 1, "needs feed"},
    {"[jingle]\n", 1, "needs file"},
    {"[text]\ntext = a\nfile = b\n", 3, "both text and file"},
    {"[bulletin]\nnumber = 1\nfirst = 2026-01-01\n[closing]\n", 3, "both number and first"},
    {"[bulletin]\nfit_by = speed\n[closing]\n", 2, "fit_by means nothing without fit"},
    {"[opening]\nduck = -3\n", 2, "duck means nothing without bed"},
    {"[opening]\nbed_level = -3\n", 2, "without bed"},
    {"[article]\nfile = a\nvoice = b\nvoices = c, d\n", 4, "both voice and voices"},
    {"[article]\nfile = a\ninterview = yes\n", 3, "needs two voices"},
    {"[article]\nfile = a\ninterview = có\n", 3, "no, yes"},
    {"[headlines]\n[text]\ntext = a\n", 1, "neither [article] nor [articles]"},
    {"[bulletin]\nfit = 15 phút\n[closing]\n", 2, "fit = 15:00"},
    {"[bulletin]\nfit = 0:00\n[closing]\n", 2, "is no length"},
    {"[bulletin]\nfit = 1:60\n[closing]\n", 2, "is no length"},
    {"[bulletin]\nfit = 1::2\n[closing]\n", 2, "is no length"},
    {"[bulletin]\nfit = 000001\n[closing]\n", 2, "is no length"},
    {"[bulletin]\nfit = 86401\n[closing]\n", 2, "is no length"},
    {"[bulletin]\nfit = 1:2:3:4\n[closing]\n", 2, "is no length"},
    {"[bulletin]\nfit = 25:00:00\n[closing]\n", 2, "is no length"},
    {"[bulletin]\nfirst = 2026-02-30\n[closing]\n", 2, "is no date"},
    {"[bulletin]\nrepeat = 1.5\n[closing]\n", 2, "whole number from 1 to 10"},
    {"[bulletin]\nrepeat = 11\n[closing]\n", 2, "from 1 to 10"},
    {"[text]\ntext = a\ngap = -1\n", 3, "number from 0 to 30"},
    {"[text]\ntext = a\npriority = 0\n", 3, "from 1 to 9"},
    {"[text]\ntext = a\ngap = 1,2,3\n", 3, "number from 0 to 30"},
    {"[text]\ntext = a\ngap = 1.000,5\n", 3, "number from 0 to 30"},
    {"[text]\ntext = a\ngap = –\n", 3, "number from 0 to 30"},
    {"[artical]\n", 1, "no part [artical]; did you mean [article]?"},
    {"[Headlnes]\n", 1, "did you mean [headlines]?"},
    {"[bulletin]\nstaton = A\n", 2, "no “staton”; did you mean station? It may have station,"},
    {"[article]\nStation = A\n", 2, "has no “Station”; it may have"},
    {"[article]\nfile = “”\n", 2, "file has no value"},
    {"[bulletin]\nvoices = a,, b\n", 2, "voices has a comma without a name"},
    {"[bulletin]\nvoices = a,\n", 2, "voices has a comma without a name"},
    {"[opening]\nvoice = a, b\n", 2, "more than one name, and voice takes one"},
    {"[article]\nfile = a\nvoice = b\ninterview = yes\n", 3, "both interview and voice"},
    {"[text]\rtext = a\r[text]\r\nfile = b\r\n\rtitle\n", 6, "neither [part] nor"},
};

static void what_is_wrong(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof bad_recipes / sizeof *bad_recipes; i++) {
        const struct bad_recipe *bad = &bad_recipes[i];
        struct recipe r;
        struct err e = ERR_INIT;
        if (!recipe_parse(&r, sv_of(bad->text), "a.ini", &e))
            fail_msg("taken: %s", bad->text);
        assert_int_equal(e.status, STATUS_USAGE);
        if (!strstr(e.message.p, bad->says) || e.line != bad->line)
            fail_msg("%s\n%u: %s", bad->text, e.line, e.message.p);
        assert_string_equal(e.file.p, "a.ini");
        err_free(&e);
    }
}

/* What goes together stays allowed. */
static void near_misses(void **unused)
{
    (void)unused;
    static const char *const good[] = {
        "[text]\ntext = a\n[text]\ntext = b\n",
        "[bulletin]\nnumber = 1\nfit = 90\nfit_by = both\n[closing]\n",
        "[opening]\nbed = a\nduck = -3\nbed_level = 0\n",
        "[bulletin]\nvoices = a, b\n[article]\nfile = a\ninterview = yes\n",
        "[article]\nfile = a\nvoices = c, d\ninterview = yes\n",
        "[article]\nfile = a\ninterview = no\n",
        "[headlines]\n[articles]\nfeed = a\n",
        "[text]\ntext = a\ngap = 30\npriority = 9\n",
        "[bulletin]\nfit = 86400\n[text]\ntext = a\ngap = 0\npriority = 1\n",
        "[bulletin]\nfit = 24:00:00\nfirst = 2028-02-29\n[closing]\n",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct recipe r = parsed(good[i]);
        recipe_free(&r);
    }
}

static void days_are_counted(void **unused)
{
    (void)unused;
    int32_t day;
    assert_true(recipe_days("1970-01-01", &day) && day == 0);
    assert_true(recipe_days("2000-02-29", &day) && day == 11016);
    assert_true(recipe_days("2026-11-30", &day) && day == 20787);
    static const char *const bad[] = {"2026-11-31", "2025-02-29", "2026-13-01",  "2026-00-10",
                                      "2026-01-00", "2026-1-1",   "2026-11-30 ", "1899-01-01",
                                      "",           "hôm nay"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(recipe_days(bad[i], &day));
}

static void expect_text(struct recipe *r, const char *text, const char *date, const char *says)
{
    struct buf out = BUF_INIT;
    struct err e = ERR_INIT;
    int32_t day;
    assert_true(recipe_days(date, &day));
    enum status status = recipe_add_text(r, &r->parts.at[0], text, day, &out, &e);
    const char *said = status ? e.message.p : out.p;
    if (status ? !strstr(said, says) : strcmp(said, says) != 0)
        fail_msg("%s: %s", text, said);
    buf_free(&out);
    err_free(&e);
}

static void texts_of_a_day(void **unused)
{
    (void)unused;
    struct recipe r = parsed("[bulletin]\nstation = Đài {A}\nfirst = 2026-11-29\n[closing]\n");
    expect_text(&r, "{station}, {weekday}, {date}, {number}.", "2026-11-30",
                "Đài {A}, Thứ Hai, 30/11/2026, 2.");
    expect_text(&r, "{weekday}", "2026-11-29", "Chủ nhật");
    expect_text(&r, "{weekday}", "2026-12-05", "Thứ Bảy");
    expect_text(&r, "{number}", "2027-11-29", "366");
    expect_text(&r, "{number}", "2026-11-29", "1");
    expect_text(&r, "{weekday}, {date}", "1900-03-01", "Thứ Năm, 1/3/1900");
    expect_text(&r, "{weekday}, {date}", "2400-02-29", "Thứ Ba, 29/2/2400");
    expect_text(&r, "{number}", "2026-11-28", "before first = 2026-11-29");
    expect_text(&r, "một { hai", "2026-11-30", "một { hai");
    expect_text(&r, "{ngày}", "2026-11-30", "{station}, {title}, {weekday}");
    expect_text(&r, "{title}", "2026-11-30", "needs title = TEXT");
    recipe_free(&r);
    r = parsed("[bulletin]\nnumber = 12\n[closing]\n");
    expect_text(&r, "số {number}", "2026-11-30", "số 12");
    recipe_free(&r);
    r = parsed("[closing]\n");
    expect_text(&r, "số {number}", "2026-11-30", "needs number = N");
    recipe_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_one),      cmocka_unit_test(a_long_line),
        cmocka_unit_test(many_lines),       cmocka_unit_test(what_is_wrong),
        cmocka_unit_test(a_typed_one),      cmocka_unit_test(near_misses),
        cmocka_unit_test(days_are_counted), cmocka_unit_test(texts_of_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
