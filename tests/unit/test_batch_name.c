/* Names of files from a template. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "cli/batch/name.h"

static const struct name_facts meeting = {
    .date = {"2024-05-15T08:30:00+07:00", 25},
    .name = {"bai-1", 5},
    .hash = 0x0123456789abcdefu,
    .number = 7,
    .digits = 4,
};

static void expect_name(const char *template, const struct name_facts *facts, const char *wanted)
{
    struct name_template t;
    struct buf name = BUF_INIT;
    assert_true(name_template_parse(&t, sv_of(template)));
    name_render(&t, facts, &name);
    assert_string_equal(name.p, wanted);
    assert_int_equal(utf8_valid_prefix(buf_sv(&name)), name.n);
    buf_free(&name);
    name_template_free(&t);
}

static struct name_facts titled(const char *title)
{
    struct name_facts f = meeting;
    f.title = sv_of(title);
    return f;
}

static void the_placeholders(void **unused)
{
    (void)unused;
    struct name_facts f = titled("Họp dân ở xã Đại Đồng: “Giá lúa 24/5”");
    expect_name("{date}-{slug}", &f, "2024-05-15-hop-dan-o-xa-dai-dong-gia-lua-24-5");
    expect_name("{slug-vi}", &f, "họp-dân-ở-xã-đại-đồng-giá-lúa-24-5");
    expect_name("{title}", &f, "Họp dân ở xã Đại Đồng- “Giá lúa 24-5”");
    expect_name("{number} {name}", &f, "0007 bai-1");
    expect_name("tin_{hash}", &f, "tin_aerukz4j");
    f.with_hash = true;
    expect_name("{date}", &f, "2024-05-15-aerukz4j");
}

static void what_is_missing(void **unused)
{
    (void)unused;
    struct name_facts f = titled("");
    f.date = (struct sv){NULL, 0};
    expect_name("{date}-{slug}", &f, "bai-1");
    expect_name("a-{date}-b", &f, "a-b");
    f.name = SV("...");
    expect_name("{date}-{slug}", &f, "bai");
    f.name = SV("");
    f.with_hash = true;
    expect_name("{title}", &f, "bai-aerukz4j");
}

static void what_no_name_may_have(void **unused)
{
    (void)unused;
    struct name_facts f = titled("../..\\etc\n\t\x01\x7F<b>*?|\"x\": \xE2\x80\xAEy.");
    expect_name("{title}", &f, "etc _b_-_x_- y");
    f = titled("-- .rm -rf . --");
    expect_name("{title}", &f, "rm -rf");
    expect_name("{slug}", &f, "rm-rf");
    f = titled("日本 Đ\xCC\x81");
    expect_name("{slug}", &f, "d");
}

static void long_titles_are_cut(void **unused)
{
    (void)unused;
    static const char *const templates[] = {"{title}", "{slug}", "{slug-vi}", "{title}{slug}{name}",
                                            "{date} {title} {slug-vi} {name} {number} {hash}"};
    struct buf title = BUF_INIT;
    for (unsigned i = 0; i < 600; i++)
        buf_adds(&title, i % 7 ? "ế" : " ");
    struct name_facts f = titled(title.p);
    f.name = buf_sv(&title);
    f.with_hash = true;
    for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
        struct name_template t;
        struct buf name = BUF_INIT;
        assert_true(name_template_parse(&t, sv_of(templates[i])));
        name_render(&t, &f, &name);
        assert_true(name.n > 40 && name.n <= 250);
        assert_int_equal(utf8_valid_prefix(buf_sv(&name)), name.n);
        assert_true(sv_ends(buf_sv(&name), SV("aerukz4j")));
        buf_free(&name);
        name_template_free(&t);
    }
    buf_free(&title);
}

static void expect_distinction(const char *template, enum name_distinction wanted)
{
    struct name_template t;
    assert_true(name_template_parse(&t, sv_of(template)));
    assert_int_equal(t.distinction, wanted);
    name_template_free(&t);
}

static void how_names_are_told_apart(void **unused)
{
    (void)unused;
    expect_distinction("{slug}-{hash}", NAMES_DISTINCT);
    expect_distinction("{number} {title}", NAMES_DISTINCT);
    expect_distinction("tin {name}", NAMES_SHOWN_BY_LIST);
    expect_distinction("tin", NAMES_SHOWN_BY_LIST);
    expect_distinction("{date}-{name}", NAMES_SHOWN_BY_NOTHING);
    expect_distinction("{slug}", NAMES_SHOWN_BY_NOTHING);
}

static void names_of_sources(void **unused)
{
    (void)unused;
    static const char *const rows[][2] = {
        {"tin/2024/bai 1.html", "bai 1"},
        {"bai", "bai"},
        {".an", ".an"},
        {"a.b.txt", "a.b"},
        {"", ""},
        {"tin/", ""},
        {"https://bao.vn/tin/gia-vang.html?x=a/b.c#d", "gia-vang"},
        {"https://bao.vn/", "bao"},
        {"x\xFF.txt", "x\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf name = BUF_INIT;
        name_of_source(sv_of(rows[i][0]), &name);
        assert_string_equal(name.p, rows[i][1]);
        buf_free(&name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_placeholders),         cmocka_unit_test(what_is_missing),
        cmocka_unit_test(what_no_name_may_have),    cmocka_unit_test(long_titles_are_cut),
        cmocka_unit_test(how_names_are_told_apart), cmocka_unit_test(names_of_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
