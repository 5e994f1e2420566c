/*
 * Old encodings: text in every form is told and comes back letter for letter; good UTF-8 stays as
 * it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "article/input/decode.h"
#include "article/input/encoding.h"
#include "base/file.h"
#include "old_encodings.h"

struct lines {
    struct buf bytes;
    VEC(struct sv) at;
};

static void read_lines(struct lines *l, const char *const *names)
{
    *l = (struct lines){.bytes = BUF_INIT};
    for (; *names; names++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", DOCBAO_SOURCE, *names);
        assert_true(file_read(path.p, &l->bytes));
        buf_free(&path);
    }
    for (struct sv rest = buf_sv(&l->bytes); rest.p;) {
        struct sv line = sv_trim(sv_cut(&rest, '\n'));
        if (line.n)
            *vec_push(&l->at) = line;
    }
}

static void free_lines(struct lines *l)
{
    vec_free(&l->at);
    buf_free(&l->bytes);
}

static const char *const lines_file[] = {"tests/encodings/lines.txt", NULL};
static const char *const western_file[] = {"tests/encodings/western.txt", NULL};
static const char *const sample_files[] = {"assets/samples/dong-xuan.txt",
                                           "assets/samples/kinh-te.txt",
                                           "assets/samples/the-thao.txt",
                                           "assets/samples/tin-ngan.txt",
                                           "assets/samples/van-ban.txt",
                                           "tests/encodings/lines.txt",
                                           NULL};

static void decode(struct article *a, struct sv source, const char *name)
{
    struct decode_counts counts;
    struct err e = ERR_INIT;
    *a = (struct article){.spoken = BUF_INIT, .name = "thử", .source = source};
    enum status status = decode_source(a, name, &counts, &e);
    if (status != STATUS_OK)
        fail_msg("%s", e.message.p);
    err_free(&e);
}

/* Both sides of the map go forward, and lead every letter to where the next one does not stand. */
static void expect_map(const struct article *a)
{
    const struct source_map *m = &a->map;
    assert_int_equal(m->text_len, a->text.n);
    assert_true(m->runs.n > 0 && m->runs.at[0].text_off == 0);
    for (size_t i = 1; i < m->runs.n; i++) {
        assert_true(m->runs.at[i].text_off > m->runs.at[i - 1].text_off);
        assert_true(m->runs.at[i].source_off >= m->runs.at[i - 1].source_off);
    }
    assert_true(m->runs.n * sizeof *m->runs.at <= 40 * (a->source.n + 1));
}

static bool comes_back(enum old_form form, struct sv text, const char *name)
{
    struct article a;
    struct buf source = BUF_INIT, expected = BUF_INIT;
    old_write(form, text, &source);
    old_expected(form, text, &expected);
    decode(&a, buf_sv(&source), name);
    bool same = old_same(form, buf_sv(&expected), a.text);
    if (!same)
        print_message("%s read as %s: %.*s\n", old_form_names[form], a.encoding, SV_ARG(a.text));
    expect_map(&a);
    if (form != OLD_UTF8 && !name && a.confidence < 0.99 && !strstr(a.encoding, "UTF-16"))
        assert_true(a.diagnostics.n > 0);
    article_free(&a);
    buf_free(&source);
    buf_free(&expected);
    return same;
}

static void paragraphs_come_back(void **state)
{
    (void)state;
    struct lines l;
    read_lines(&l, sample_files);
    unsigned paragraphs = 0;
    for (unsigned form = 0; form < OLD_FORMS; form++) {
        paragraphs = 0;
        for (size_t i = 0; i + 1 < l.at.n; i++) {
            /* Two neighbours at least, as one text: short ones are the next test's. */
            struct sv text = {l.at.at[i].p, l.at.at[i].n};
            while (text.n < 60 && i + 1 < l.at.n) {
                i++;
                text.n = (size_t)(l.at.at[i].p + l.at.at[i].n - text.p);
            }
            assert_true(comes_back(form, text, NULL));
            paragraphs++;
        }
    }
    assert_true(paragraphs >= 100);
    free_lines(&l);
}

/* Also the figure of docs/encodings.md: at most one line in a hundred. */
static void single_lines_come_back(void **state)
{
    (void)state;
    struct lines l;
    read_lines(&l, lines_file);
    assert_true(l.at.n >= 100);
    unsigned wrong = 0, all = 0;
    for (unsigned form = 0; form < OLD_FORMS; form++)
        for (size_t i = 0; i < l.at.n; i++, all++)
            wrong += !comes_back(form, l.at.at[i], NULL);
    assert_true(wrong * 100 <= all);
    free_lines(&l);
}

/* By name everything comes back, however short. */
static void named_encodings_need_no_guess(void **state)
{
    (void)state;
    struct lines l;
    read_lines(&l, lines_file);
    for (unsigned form = 0; form < OLD_FORMS; form++)
        for (size_t i = 0; i < l.at.n; i++)
            assert_true(comes_back(form, l.at.at[i], old_form_encodings[form]));
    free_lines(&l);
}

static void expect(struct sv source, const char *encoding, const char *text)
{
    struct article a;
    decode(&a, source, NULL);
    if (!sv_is(a.text, text) || strcmp(a.encoding, encoding) != 0)
        fail_msg("as %s: \"%.*s\", not as %s: \"%s\"", a.encoding, SV_ARG(a.text), encoding, text);
    expect_map(&a);
    article_free(&a);
}

static void good_text_stays(void **state)
{
    (void)state;
    struct lines l;
    read_lines(&l, western_file);
    struct buf all = BUF_INIT;
    for (size_t i = 0; i < l.at.n; i++) {
        struct article a;
        decode(&a, l.at.at[i], NULL);
        if (!sv_eq(a.text, l.at.at[i]))
            fail_msg("%.*s became %.*s", SV_ARG(l.at.at[i]), SV_ARG(a.text));
        assert_string_equal(a.encoding, "UTF-8");
        assert_int_equal(a.diagnostics.n, 0);
        article_free(&a);
        buf_add_sv(&all, l.at.at[i]);
        buf_putc(&all, '\n');
    }
    expect(buf_sv(&all), "UTF-8", all.p); /* and beside each other */
    buf_free(&all);
    free_lines(&l);
}

static void single_texts_are_told(void **state)
{
    (void)state;
    expect(SV("C\u00E9ng h\u00DFa x\u00B7 h\u00E9i"), "UTF-8 (TCVN3)", "Cộng hòa xã hội");
    expect(SV("Coäng hoøa"), "UTF-8 (VNI)", "Cộng hòa");
    expect(SV("Thanh baét chuyeän"), "UTF-8 (VNI)", "Thanh bắt chuyện");
    expect(SV("H\xB5 N\xE9i"), "TCVN3", "Hà Nội");
    expect(SV("Haø Noäi"), "UTF-8 (VNI)", "Hà Nội");
}

static void capitals_stay_capitals(void **state)
{
    (void)state;
    expect(SV("C\xE9NG H\xDF"
              "A X\xB7 H\xE9I\n\xA7i h\xE4p"),
           "TCVN3", "CỘNG HÒA XÃ HỘI\nĐi họp");
    expect(SV("UBND TP H\xB5 N\xE9i h\xE4p"), "TCVN3", "UBND TP Hà Nội họp");
    expect(SV("c\xE9ng h\xDF"
              "a x\xB7 h\xE9i"),
           "TCVN3", "cộng hòa xã hội");
}

static void lines_are_told_apart(void **state)
{
    (void)state;
    expect(SV("Đoàn tàu chở hàng đã rời ga lúc nửa đêm.\n"
              "Thanh baét chuyeän vôùi baø cuï baùn nöôùc beân ñöôøng.\n"
              "Thomas Müller và Citroën đều có mặt ở São Paulo.\n"
              "C\u00E9ng h\u00DFa x\u00B7 h\u00E9i ch\u00F1 ngh\u00DCa Vi\u00D6t Nam\n"
              "Mưa đã tạnh.\n"),
           "UTF-8",
           "Đoàn tàu chở hàng đã rời ga lúc nửa đêm.\n"
           "Thanh bắt chuyện với bà cụ bán nước bên đường.\n"
           "Thomas Müller và Citroën đều có mặt ở São Paulo.\n"
           "Cộng hòa xã hội chủ nghĩa Việt Nam\n"
           "Mưa đã tạnh.\n");
    expect(SV("Đoàn tàu chở hàng đã rời ga lúc nửa đêm.\r\n"
              "C\xE9ng h\xDF"
              "a x\xB7 h\xE9i ch\xF1 ngh\xDC"
              "a Vi\xD6t Nam\r\nMưa đã tạnh, trời lại sáng.\r\n"),
           "UTF-8",
           "Đoàn tàu chở hàng đã rời ga lúc nửa đêm.\n"
           "Cộng hòa xã hội chủ nghĩa Việt Nam\nMưa đã tạnh, trời lại sáng.\n");
}

static void expect_source(const struct article *a, const char *part, struct sv source)
{
    ptrdiff_t at = sv_find(a->text, sv_of(part));
    assert_true(at >= 0);
    struct span span = article_source_span(a, (struct span){(uint32_t)at, (uint32_t)strlen(part)});
    if (!sv_eq(sv_at(a->source, span), source))
        fail_msg("\"%s\" came from \"%.*s\"", part, SV_ARG(sv_at(a->source, span)));
}

static void spans_are_bytes_of_the_source(void **state)
{
    (void)state;
    struct article a;
    decode(&a, SV("\xA7\xB6ng b\xE9 h\xE4p \xAE\xAA h\xAA t"), "TCVN3");
    article_free(&a);
    decode(&a,
           SV("C\xE9ng h\xDF"
              "a x\xB7 h\xE9i"),
           NULL);
    expect_source(&a, "Cộng", SV("C\xE9ng"));
    expect_source(&a, "ộ", SV("\xE9"));
    expect_source(&a, "xã", SV("x\xB7"));
    expect_source(&a, "hội", SV("h\xE9i"));
    article_free(&a);
    decode(&a, SV("Coäng hoøa xaõ hoäi"), NULL);
    expect_source(&a, "Cộng", SV("Coäng"));
    expect_source(&a, "ộ", SV("oä"));
    expect_source(&a, "hội", SV("hoäi"));
    article_free(&a);
    decode(&a, SV("C\xF4\xF2ng ha\xCC \xF0\xF4\xF2i"), "cp1258");
    assert_true(sv_is(a.text, "Cộng hà đội"));
    expect_source(&a, "ộ", SV("\xF4\xF2"));
    expect_source(&a, "à", SV("a\xCC"));
    expect_source(&a, "đội", SV("\xF0\xF4\xF2i"));
    article_free(&a);
}

/* Characters of old sets, and letters of other alphabets among Latin ones: what was meant, and
 * where it stands. Words of those alphabets, and marks of Chinese, stay. */
static void look_alikes_are_what_was_meant(void **state)
{
    (void)state;
    struct article a;
    static const char text[] =
        "20㎡ và ５％, hạng Ⅲ, ﬁnal; ТP Vinh, Đоàn, СOVID; Путин, 你好，再见; "
        "2‑3 giờ, 5 μg, hằng số μ; Wi‑Fi ― tốt.";
    decode(&a, sv_of(text), NULL);
    assert_string_equal(a.text.p,
                        "20m2 và 5%, hạng III, final; TP Vinh, Đoàn, COVID; Путин, 你好，再见; "
                        "2-3 giờ, 5 µg, hằng số μ; Wi‑Fi — tốt.");
    expect_map(&a);
    expect_source(&a, "m2", SV("㎡"));
    expect_source(&a, "TP Vinh", SV("ТP Vinh"));
    expect_source(&a, "III", SV("Ⅲ"));
    article_free(&a);
}

/* A run of such letters is decided for as a whole; words of their own alphabets stay. */
static void runs_of_look_alikes_are_one(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"UBND ТРHCM", "UBND TPHCM"},    {"TPНСМ", "TPHCM"},   {"ТРНСМV", "TPHCMV"},
        {"СССР, МОСКВА", NULL},          {"Тест, море", NULL}, {"Ελλάδα, ΤΟ", NULL},
        {"vодка, Pутин, МОРЕй x", NULL},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *meant = texts[i][1] ? texts[i][1] : texts[i][0];
        expect(sv_of(texts[i][0]), "UTF-8", meant);
    }
    struct article a;
    decode(&a, SV("ở ТРHCM"), NULL);
    expect_source(&a, "P", SV("Р"));
    article_free(&a);
}

/* Dashes that are something else: in every place, also where pieces of 4096 bytes meet. */
static void dashes_are_what_was_meant(void **state)
{
    (void)state;
    static const char *const texts[][2] = {{"Boeing 737‑800", "Boeing 737-800"},
                                           {"Boeing 737‐800", "Boeing 737-800"},
                                           {"năm 2010‒2015", "năm 2010–2015"},
                                           {"tốt ― rẻ", "tốt — rẻ"},
                                           {"1‑2‑3‑", "1-2-3‑"},
                                           {"Wi‑Fi ‒ 5 ‑ 6", NULL}};
    enum { NEAR = 4070, FAR = 4100 };
    for (size_t i = 0; i < (FAR - NEAR) * (sizeof texts / sizeof *texts); i++) {
        const char *const *text = texts[i % (sizeof texts / sizeof *texts)];
        struct buf source = BUF_INIT, meant = BUF_INIT;
        for (size_t k = 0; k < NEAR + i / (sizeof texts / sizeof *texts); k++)
            buf_putc(&source, 'a');
        buf_putc(&source, '\n');
        buf_add_sv(&meant, buf_sv(&source));
        buf_adds(&source, text[0]);
        buf_adds(&meant, text[1] ? text[1] : text[0]);
        expect(buf_sv(&source), "UTF-8", meant.p);
        buf_free(&source);
        buf_free(&meant);
    }
    struct article a;
    decode(&a, SV("Boeing 737‑800"), NULL);
    expect_source(&a, "7-8", SV("7‑8"));
    expect_source(&a, "-", SV("‑"));
    expect_source(&a, "800", SV("800"));
    article_free(&a);
}

/* A few bad bytes, wherever they came from, do not make Western text of Vietnamese. */
static void damaged_text_stays_what_it_was(void **state)
{
    (void)state;
    static const struct sv damaged[] = {
        SV("Sáng nay đi chợ mua \xC0\xAF\xC0\xAF\xC0\xAF\xC0\xAF cá tươi ở bến.\nHai dòng."),
        SV("Xe ôm \xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF ở quê"),
        SV("cá và \xED\xA0\x80\xED\xB0\x80"),
    };
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        struct article a;
        decode(&a, damaged[i], NULL);
        assert_string_equal(a.encoding, "UTF-8");
        article_free(&a);
    }
}

static void guesses_are_told(void **state)
{
    (void)state;
    struct article a;
    decode(&a,
           SV("C\xE9ng h\xDF"
              "a x\xB7 h\xE9i ch\xF1 ngh\xDC"
              "a Vi\xD6t Nam"),
           NULL);
    assert_int_equal(a.diagnostics.n, 1);
    assert_int_equal(a.diagnostics.at[0].kind, NOTE_ENCODING);
    assert_non_null(strstr(a.diagnostics.at[0].message, "TCVN3"));
    assert_non_null(strstr(a.diagnostics.at[0].message, "--encoding"));
    assert_true(a.confidence > 0.7 && a.confidence < 1);
    article_free(&a);
    decode(&a, SV("Coäng hoøa xaõ hoäi"), "UTF-8"); /* no guess where the user knows */
    assert_true(sv_is(a.text, "Coäng hoøa xaõ hoäi"));
    assert_int_equal(a.diagnostics.n, 0);
    article_free(&a);
    decode(&a, SV("Coäng hoøa xaõ hoäi"), "VNI"); /* inside UTF-8 too */
    assert_true(sv_is(a.text, "Cộng hòa xã hội"));
    assert_string_equal(a.encoding, "UTF-8 (VNI)");
    article_free(&a);
    decode(&a,
           SV("caf\xE9 cr\xE8me br\xFBl\xE9"
              "e"),
           NULL);
    assert_string_equal(a.encoding, "windows-1252");
    assert_true(a.confidence < 0.5);
    article_free(&a);
}

/* Bytes that are not UTF-8 do not change the encoding of a text in which more is UTF-8. */
static void few_bad_bytes_change_no_encoding(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\xC0\xAF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xF5\x80\x80\x80", "\xED\xA0\x80",
        "\xFE",     "\xE9"};
    static const char good[] = "Ban tin co mot vai dau: Hà Nội, Huế.";
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct article a;
        struct buf text = BUF_INIT;
        buf_addf(&text, "%s%s%s%s %s\n%s %s%s %s%s\n", bad[i], bad[i], bad[i], bad[i], good, good,
                 bad[i], bad[i], bad[i], bad[i]);
        decode(&a, buf_sv(&text), NULL);
        if (strcmp(a.encoding, "UTF-8") != 0 || sv_find(a.text, SV(good)) < 0)
            fail_msg("%02X makes it %s: %.*s", (unsigned char)bad[i][0], a.encoding,
                     SV_ARG(a.text));
        article_free(&a);
        buf_free(&text);
    }
    struct article a; /* here an accident is UTF-8 */
    decode(&a,
           SV("le caf\xE9 \xABLIBERT\xC9\xBB cr\xE8me br\xFBl\xE9"
              "e"),
           NULL);
    assert_string_equal(a.encoding, "windows-1252");
    article_free(&a);
}

static void names_are_known(void **state)
{
    (void)state;
    struct encoding e;
    assert_true(encoding_named(SV("Windows-1258"), &e));
    assert_string_equal(encoding_name(e), "windows-1258");
    assert_true(encoding_named(SV("utf8"), &e));
    assert_string_equal(encoding_name(e), "UTF-8");
    assert_true(encoding_named(SV("abc"), &e));
    assert_string_equal(encoding_name(e), "TCVN3");
    assert_true(encoding_named(SV("utf-8 (vni)"), &e));
    assert_string_equal(encoding_name(e), "UTF-8 (VNI)");
    assert_false(encoding_named(SV("klingon"), &e));
    assert_false(encoding_named(SV(""), &e));
    struct article a = {.spoken = BUF_INIT, .name = "thử", .source = SV("abc")};
    struct decode_counts counts;
    struct err err = ERR_INIT;
    assert_int_equal(decode_source(&a, "klingon", &counts, &err), STATUS_USAGE);
    assert_non_null(strstr(err.message.p, "klingon"));
    assert_non_null(strstr(err.message.p, "TCVN3"));
    err_free(&err);
    article_free(&a);
}

static void random_bytes_keep_the_map(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",  "o\xE4", "\xE9", "h",    "\xB5", "\n",
                                         "\r", "\xFF",  "ế",    "\xAE", " ",    "Ã©",
                                         "i",  "á»‡",   "\xCC", "\x01", "é",    "ng"};
    uint32_t seed = 7;
    for (int round = 0; round < 1000; round++) {
        struct buf source = BUF_INIT;
        unsigned n = round % 40;
        for (unsigned i = 0; i <= n; i++) {
            seed = seed * 1664525u + 1013904223u;
            buf_adds(&source, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        struct article a, again;
        decode(&a, buf_sv(&source), NULL);
        decode(&again, buf_sv(&source), NULL);
        assert_true(sv_eq(a.text, again.text));
        expect_map(&a);
        article_free(&a);
        article_free(&again);
        buf_free(&source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_come_back),
        cmocka_unit_test(single_lines_come_back),
        cmocka_unit_test(named_encodings_need_no_guess),
        cmocka_unit_test(good_text_stays),
        cmocka_unit_test(single_texts_are_told),
        cmocka_unit_test(capitals_stay_capitals),
        cmocka_unit_test(lines_are_told_apart),
        cmocka_unit_test(spans_are_bytes_of_the_source),
        cmocka_unit_test(look_alikes_are_what_was_meant),
        cmocka_unit_test(runs_of_look_alikes_are_one),
        cmocka_unit_test(dashes_are_what_was_meant),
        cmocka_unit_test(damaged_text_stays_what_it_was),
        cmocka_unit_test(guesses_are_told),
        cmocka_unit_test(few_bad_bytes_change_no_encoding),
        cmocka_unit_test(names_are_known),
        cmocka_unit_test(random_bytes_keep_the_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
