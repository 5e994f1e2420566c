#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article/parser.h"
#include "base/nfc.h"

static const struct read_options raw = {.raw = true};

static void read_bytes(struct article *a, struct sv bytes)
{
    struct err e = ERR_INIT;
    enum status status = article_from_bytes(a, "thử", bytes, &raw, &e);
    if (status != STATUS_OK)
        fail_msg("%s", e.message.p);
    err_free(&e);
}

static void expect_text(struct sv bytes, const char *text)
{
    struct article a;
    read_bytes(&a, bytes);
    if (!sv_is(a.text, text))
        fail_msg("got \"%.*s\", not \"%s\"", SV_ARG(a.text), text);
    article_free(&a);
}

/* The source bytes of the first place where `part` stands in the text. */
static void expect_source(const struct article *a, const char *part, struct sv source)
{
    ptrdiff_t at = sv_find(a->text, sv_of(part));
    assert_true(at >= 0);
    struct span span = article_source_span(a, (struct span){(uint32_t)at, (uint32_t)strlen(part)});
    if (!sv_eq(sv_at(a->source, span), source))
        fail_msg("\"%s\" came from \"%.*s\"", part, SV_ARG(sv_at(a->source, span)));
}

static void text_is_cleaned(void **state)
{
    (void)state;
    expect_text(SV("\xEF\xBB\xBFĐọc báo"), "Đọc báo");
    expect_text(SV("một\r\nhai\rba\n\nbốn"), "một\nhai\nba\n\nbốn");
    expect_text(SV("a\u2028b\u2029c\vd\fe\xC2\x85g"), "a\nb\nc\nd\ne\ng");
    expect_text(SV("a\x01\x02\tb\x7F"
                   "c\xC2\x90"
                   "d"),
                "a   b c d");
    expect_text((struct sv){"a\0\0b cho đủ chữ để là văn bản", 41}, "a b cho đủ chữ để là văn bản");
    expect_text(SV("m\u200Bộ\u00ADt \uFEFFhai\U000E0041\u2066"), "một hai");
    expect_text(SV("1\u00A0000\u2009km\u3000nữa"), "1 000 km nữa");
    expect_text(SV("tie\u0302\u0301ng Vie\u0323\u0302t, đu\u031Bo\u031B\u0323c"),
                "tiếng Việt, được");
    expect_text(SV("a\u200D\u0301"), "á"); /* what vanishes does not keep a mark away */
    expect_text(SV("\u1112\u1161\u11AB"), "한");
    expect_text(SV("\u212B \u2126"), "Å Ω");
}

static void bad_bytes_are_counted(void **state)
{
    (void)state;
    struct article a;
    read_bytes(&a, SV("Dòng đầu lành\nDòng hai \xE1\xBA rồi \xFF\xFF hết"));
    assert_true(sv_is(a.text, "Dòng đầu lành\nDòng hai \uFFFD rồi \uFFFD\uFFFD hết"));
    assert_int_equal(a.diagnostics.n, 1);
    assert_int_equal(a.diagnostics.at[0].kind, NOTE_ENCODING);
    assert_non_null(strstr(a.diagnostics.at[0].message, "3 byte"));
    assert_non_null(strstr(a.diagnostics.at[0].message, "line 2"));
    assert_true(a.confidence < 1.0 && a.confidence > 0);
    expect_source(&a, "\uFFFD rồi", SV("\xE1\xBA rồi"));
    expect_source(&a, "\uFFFD\uFFFD", SV("\xFF\xFF"));
    expect_source(&a, "hết", SV("hết"));
    article_free(&a);
}

/* Characters that NFC composes keep their own place, separate from those beside them. */
static void neighbours_stay_apart(void **state)
{
    (void)state;
    struct article a;
    read_bytes(&a, SV("ab\u1FFB\u212B\u2126 \u00A0"
                      "1e\u0302\u0301"));
    assert_true(sv_is(a.text, "ab\u038F\u00C5\u03A9  1\u1EBF"));
    expect_source(&a, "b", SV("b"));
    expect_source(&a, "\u00C5", SV("\u212B"));
    expect_source(&a, "\u03A9", SV("\u2126"));
    expect_source(&a, "1", SV("1"));
    expect_source(&a, "\u1EBF", SV("e\u0302\u0301"));
    article_free(&a);
}

static void utf16_is_read(void **state)
{
    (void)state;
    struct sv le = {"\xFF\xFEN\0g\0h\0\xC7\x1E \0\x3D\xD8\xF0\xDC\n\0", 18};
    struct sv be = {"\xFE\xFF\0N\0g\0h\x1E\xC7\0 \xD8\x3D\xDC\xF0\0\n", 18};
    struct article a;
    read_bytes(&a, le);
    assert_string_equal(a.encoding, "UTF-16LE");
    assert_true(sv_is(a.text, "Nghệ 📰\n"));
    expect_source(&a, "ệ", (struct sv){"\xC7\x1E", 2});
    expect_source(&a, "gh", (struct sv){"g\0h\0", 4});
    article_free(&a);
    read_bytes(&a, be);
    assert_string_equal(a.encoding, "UTF-16BE");
    assert_true(sv_is(a.text, "Nghệ 📰\n"));
    article_free(&a);
    read_bytes(&a, (struct sv){"K\0h\0\xF4\0n\0g\0 \0d\0\xA5\x1Eu\0 \0\x11\x01\xA7\x1Eu\0", 26});
    assert_true(sv_is(a.text, "Không dấu đầu"));
    article_free(&a);
}

static void spans_lead_to_the_source(void **state)
{
    (void)state;
    struct article a;
    read_bytes(&a, SV("\xEF\xBB\xBFMo\u0323\u0302t\r\nhai\u00A0ba\x01\x02\x03"
                      "bốn\u200B năm"));
    assert_true(sv_is(a.text, "Một\nhai ba bốn năm"));
    expect_source(&a, "M", SV("M"));
    expect_source(&a, "Một", SV("Mo\u0323\u0302t"));
    expect_source(&a, "ộ", SV("o\u0323\u0302"));
    expect_source(&a, "hai", SV("hai"));
    expect_source(&a, "i b", SV("i\u00A0b"));
    expect_source(&a, "ba b",
                  SV("ba\x01\x02\x03"
                     "b"));
    expect_source(&a, " bốn",
                  SV("\x01\x02\x03"
                     "bốn"));
    expect_source(&a, "năm", SV("năm"));
    assert_int_equal(article_source_span(&a, (struct span){1, 0}).off, 4);
    assert_int_equal(article_source_span(&a, (struct span){1, 0}).len, 5);
    article_free(&a);
}

static void plain_text_needs_one_run(void **state)
{
    (void)state;
    struct article a;
    read_bytes(&a, SV("Chữ Việt dựng sẵn, “ngoặc kép” – gạch…\nvà dòng hai"));
    assert_int_equal(a.map.runs.n, 1);
    article_free(&a);
}

static void random_bytes_keep_the_promises(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",      "o",      "\xCC\xA3", "\xCC\x81", "\u200B",
                                         "\r",     "\n",     "\xFF",     "\xE1\xBA", "ộ",
                                         "\u00A0", "\x01",   " ",        "\uFEFF",   "한",
                                         "\u1161", "\u11A8", "\u1112",   "\u212B",   "📰"};
    uint32_t seed = 99;
    for (int round = 0; round < 3000; round++) {
        struct buf source = BUF_INIT, again = BUF_INIT;
        buf_adds(&source, "văn bản đủ dài để không bị coi là tệp nhị phân ");
        for (int i = 0; i < 14; i++) {
            seed = seed * 1664525u + 1013904223u;
            buf_adds(&source, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        struct article a;
        read_bytes(&a, buf_sv(&source));
        nfc_append(&again, a.text);
        assert_true(sv_eq(buf_sv(&again), a.text));
        assert_null(memchr(a.text.p, '\r', a.text.n));
        uint32_t end = 0;
        const struct source_map *m = &a.map;
        for (size_t i = 0; i < m->runs.n; i++) { /* both sides only go forward */
            assert_true(m->runs.at[i].source_off >= end);
            assert_true(!i || m->runs.at[i].text_off > m->runs.at[i - 1].text_off);
            end = m->runs.at[i].source_off;
        }
        article_free(&a);
        buf_free(&source);
        buf_free(&again);
    }
}

static void expect_error(enum status status, struct err *e, struct article *a, const char *part)
{
    assert_int_equal(status, STATUS_INPUT);
    if (!strstr(e->message.p, part))
        fail_msg("\"%s\" does not say \"%s\"", e->message.p, part);
    assert_true(e->file.n > 0);
    article_free(a);
    buf_clear(&e->message);
}

static void errors_say_what_to_do(void **state)
{
    (void)state;
    struct article a;
    struct err e = ERR_INIT;
    struct read_options tight = {.load.max_bytes = 8};
    expect_error(parser_read(&a, "/nowhere/at/all.txt", &raw, NULL, &e), &e, &a, "no such file");
    expect_error(parser_read(&a, "/tmp", &raw, NULL, &e), &e, &a, "folder");
    expect_error(parser_read(&a, "/dev/null", &raw, NULL, &e), &e, &a, "empty");
    expect_error(parser_read(&a, "/bin/sh", &raw, NULL, &e), &e, &a, "does not look like text");
    expect_error(parser_read(&a, DOCBAO_SOURCE "/CMakeLists.txt", &tight, NULL, &e), &e, &a,
                 "--max-bytes N");
    expect_error(parser_read(&a, "/dev/zero", &tight, NULL, &e), &e, &a, "--max-bytes N");
    expect_error(article_from_bytes(&a, "x", SV(""), &raw, &e), &e, &a, "empty");
    expect_error(article_from_bytes(&a, "x", SV(" \n\n… !\n"), &raw, &e), &e, &a,
                 "nothing to read");
    err_free(&e);
}

static void files_and_pipes_are_read(void **state)
{
    (void)state;
    struct article a;
    struct err e = ERR_INIT;
    assert_int_equal(parser_read(&a, DOCBAO_SOURCE "/CMakeLists.txt", &raw, NULL, &e), STATUS_OK);
    assert_true(a.source.n > 100 && a.blocks.n > 10);
    article_free(&a);
    char folder[] = "/tmp/docbao-read-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/ong", folder);
    assert_int_equal(mkfifo(path.p, 0600), 0);
    pid_t child = fork();
    if (child == 0) {
        FILE *f = fopen(path.p, "w");
        for (int i = 0; f && i < 100000; i++)
            fputs("dòng qua ống\n", f);
        _exit(f && fclose(f) == 0 ? 0 : 1);
    }
    assert_int_equal(parser_read(&a, path.p, &raw, NULL, &e), STATUS_OK);
    assert_int_equal(a.blocks.n, 100000);
    article_free(&a);
    unlink(path.p);
    rmdir(folder);
    buf_free(&path);
    err_free(&e);
}

/* The caller is told once that nothing comes; here it writes then. */
struct told {
    const char *path;
    int times;
};

static void write_when_told(void *user, const char *name)
{
    struct told *told = user;
    assert_string_equal(name, told->path);
    told->times++;
    int fd = open(told->path, O_WRONLY | O_CLOEXEC);
    assert_int_equal(write(fd, "Trời mưa.\n", strlen("Trời mưa.\n")), strlen("Trời mưa.\n"));
    close(fd);
}

static void a_pipe_that_nobody_writes_to_is_told(void **state)
{
    (void)state;
    struct article a;
    struct err e = ERR_INIT;
    char folder[] = "/tmp/docbao-read-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/ong", folder);
    assert_int_equal(mkfifo(path.p, 0600), 0);
    struct told told = {.path = path.p};
    const struct read_options options = {
        .raw = true,
        .load = {.waits = write_when_told, .waits_user = &told, .patience_ms = 1},
    };
    assert_int_equal(parser_read(&a, path.p, &options, NULL, &e), STATUS_OK);
    assert_int_equal(told.times, 1);
    assert_int_equal(a.blocks.n, 1);
    article_free(&a);
    unlink(path.p);
    rmdir(folder);
    buf_free(&path);
    err_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cleaned),
        cmocka_unit_test(bad_bytes_are_counted),
        cmocka_unit_test(neighbours_stay_apart),
        cmocka_unit_test(utf16_is_read),
        cmocka_unit_test(spans_lead_to_the_source),
        cmocka_unit_test(plain_text_needs_one_run),
        cmocka_unit_test(random_bytes_keep_the_promises),
        cmocka_unit_test(errors_say_what_to_do),
        cmocka_unit_test(files_and_pipes_are_read),
        cmocka_unit_test(a_pipe_that_nobody_writes_to_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
